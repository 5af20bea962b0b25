"""Whether selectors and pointers lead to questions, and what may be meant where they do not."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from cse_forms import pointers
from cse_forms.schema.checks.form import FormDocument, Tag, has_one_answer, selectors
from cse_forms.schema.faults import Fault, suggestion
from cse_forms.schema.places import ROW, Place

_LISTED = 12
"""How many tags are named to one who looks for another."""


def selection_faults(form: FormDocument, at: str, written: Any, start: Place | None) -> Iterator[Fault]:
    """Whether every selector selects something."""
    for end, selector in selectors(written):
        if not form.select(selector, start):
            yield no_question(form, f"{at}{end}", selector, start)


def pointer_faults(
    form: FormDocument, at: str, pointer: Any, start: Place | None = None, *, is_date: bool = False
) -> Iterator[Fault]:
    """Whether a pointer names one question, with one answer, which is a date if one is needed."""
    # What is no pointer at all is refused as such.
    if not isinstance(pointer, str) or not pointer.startswith(("/", "./")):
        return
    found = form.select(pointer, start)
    if not found:
        yield no_question(form, at, pointer, start)
    elif ROW in pointers.split(pointer.removeprefix(".")) or not has_one_answer(found[0], start):
        yield Fault(at, f"{pointer} may have several answers; name a question that has one", "several-answers")
    if is_date and any(place.schema.get("format") != "date" for place in found):
        yield Fault(at, f"{pointer} does not ask for a date", "not-a-date")


def no_question(form: FormDocument, at: str, selector: str | Tag, start: Place | None) -> Fault:
    """Return the fault that a selector names no question, and say which one may be meant."""
    if isinstance(selector, Tag):
        return Fault(at, _nothing_tagged(form, selector), "no-question")
    if selector.startswith("./"):
        if start is None:
            return Fault(at, f"'{selector}' speaks of a row, and there is none here; begin with a slash", "no-row")
        known = [f"./{key}" for key, child in start.children.items() if child.is_question]
    else:
        known = sorted({*form.questions(), *_patterns(form)})
    return Fault(at, f"no question '{selector}'{suggestion(selector, known)}", "no-question")


def _nothing_tagged(form: FormDocument, selector: Tag) -> str:
    tagged = form.tags.get(selector.tag)
    if tagged is None:
        tags = sorted(form.tags)
        listed = f"; the tags are {', '.join(tags[:_LISTED])}" if tags else "; no item has a tag"
        return f"no item has the tag '{selector.tag}'{suggestion(selector.tag, tags) or listed}"
    known = sorted({key for place in tagged for key, child in place.children.items() if child.is_question})
    if selector.at is None:
        remedy = f"; say 'at', such as '{known[0]}'" if known else ""
        return f"no question has the tag '{selector.tag}', only what holds questions{remedy}"
    remedy = suggestion(selector.at, known) or (f"; there are {', '.join(known[:_LISTED])}" if known else "")
    return f"no question '{selector.at}' stands in what has the tag '{selector.tag}'{remedy}"


def _patterns(form: FormDocument) -> Iterator[str]:
    """Yield the selectors with one or two `*` that would select something."""
    for place in form.root.walk():
        if place.is_question and place.keys:
            keys = place.keys
            for count in (1, 2):
                if len(keys) > count + 1:
                    yield pointers.join((*keys[: -count - 1], *("*",) * count, keys[-1]))
