"""What takes the answer to a question: GOV.UK Frontend's components, filled in as far as there is an answer."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from markupsafe import Markup

from cse_forms.document.tree import Labels, Question
from cse_forms.renderers.html.characters import identifier
from cse_forms.renderers.html.components import component, spoken

_DATE = re.compile(r"([0-9]{4})-([0-9]{2})-([0-9]{2})")
_EMPTY = Markup("")
_CHECKED = (_EMPTY, Markup(" checked"))
_WORDS = Markup('<span class="words">')
_ROUTING = Markup('<span class="routing">')
_END = Markup("</span>")
_BUTTON = Markup('<button type="submit" class="clear" id="{}" name="{}" value="{}"{}{}>{}</button>')
_PARTS = (("day", 3, "govuk-input--width-2"), ("month", 2, "govuk-input--width-2"), ("year", 1, "govuk-input--width-4"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Naming:
    """What names a control: words that stand with it, or words elsewhere on the page."""

    words: Markup | None = None
    size: str = "s"
    """How large those words are: s, m or l."""
    named_by: str | None = None
    """The identifiers of the words elsewhere that name it, in their order."""

    @property
    def label(self) -> dict[str, Any] | None:
        """The label of a control that stands alone."""
        return None if self.words is None else {"html": self.words, "classes": f"govuk-label--{self.size}"}

    @property
    def legend(self) -> dict[str, Any] | None:
        """The legend of a group of controls."""
        return None if self.words is None else {"html": self.words, "classes": f"govuk-fieldset__legend--{self.size}"}

    @property
    def attributes(self) -> dict[str, str] | None:
        """The attribute that leads to words elsewhere."""
        return None if self.named_by is None else {"aria-labelledby": self.named_by}


def control(question: Question, labels: Labels, naming: Naming, *, in_cell: bool = False) -> Markup:
    """Return the control of a question, with its hint and with what is wrong with its answer.

    Args:
        question: the question; its answer is still to be given, or to be completed.
        labels: the few words of the page itself.
        naming: what names the control.
        in_cell: whether it stands in a cell of a table, which is short of width.
    """
    match question.kind:
        case "choice" | "choices" | "tick":
            return _options(question, labels, naming, in_cell=in_cell)
        case "date" if shown_as_date(question):
            return _date(question, labels, naming)
    # In a cell, a field that grows shows all that was written, on paper too.
    multiline = question.kind == "long-text" or (question.kind == "text" and in_cell)
    return _written(question, labels, naming, multiline=multiline)


def shown_as_date(question: Question) -> bool:
    """Tell whether a date's three fields can show what was written; if not, one field shows it as it is."""
    return question.date_parts is not None or question.value is None or _DATE.fullmatch(question.value) is not None


def _written(question: Question, labels: Labels, naming: Naming, *, multiline: bool) -> Markup:
    identified = identifier(question.pointer)
    # A browser leaves out the first line break of a text field.
    value = question.value or None
    if multiline and value is not None and value.startswith(("\n", "\r")):
        value = "\n" + value
    number = question.kind == "number"
    return component(
        "textarea" if multiline else "input",
        _common(question, labels)
        | {
            "id": identified,
            "name": question.pointer,
            "label": naming.label,
            "attributes": naming.attributes,
            "value": value,
            "rows": str(question.lines) if multiline else None,
            # A field of type number takes a wheel's turn or a letter "e" for part of the answer, and says nothing.
            "inputmode": "decimal" if number else None,
            "classes": "govuk-input--width-10" if number else None,
        },
    )


def _date(question: Question, labels: Labels, naming: Naming) -> Markup:
    """Return three fields, as people write a date that they know: a date picker is slow, and useless on paper."""
    identified = identifier(question.pointer)
    given = _DATE.fullmatch(question.value or "")
    words = {"day": labels.day, "month": labels.month, "year": labels.year}
    written = dict(zip(words, question.date_parts, strict=True)) if question.date_parts else {}
    items = [
        {
            "id": f"{identified}_{part}",
            "name": f"{question.pointer}/{part}",
            "label": words[part],
            "value": written.get(part) or (given[place] if given and not written else None),
            "classes": width,
        }
        for part, place, width in _PARTS
    ]
    fieldset = {"legend": naming.legend, "attributes": naming.attributes}
    return component("date-input", _common(question, labels) | {"id": identified, "fieldset": fieldset, "items": items})


def _options(question: Question, labels: Labels, naming: Naming, *, in_cell: bool) -> Markup:
    identified = identifier(question.pointer)
    alone = question.kind == "tick" and (in_cell or naming.words is None)
    items = [
        {
            "id": identified if question.kind == "tick" else f"{identified}_o{place}",
            "value": option.sent or option.value or str(option.title),
            "html": Markup('<span id="{}_label">{}</span>').format(identified, spoken(option.title)) if alone else None,
            "text": None if alone else option.title,
            "attributes": _attributes(naming.named_by if alone else None, chosen=option.chosen),
        }
        for place, option in enumerate(question.options, start=1)
    ]
    fieldset = None if alone else {"legend": naming.legend, "attributes": naming.attributes}
    options = component(
        "radios" if question.kind == "choice" else "checkboxes",
        _common(question, labels)
        | {
            "idPrefix": identified,
            "name": question.pointer,
            "fieldset": fieldset,
            "items": items,
            "classes": ("govuk-radios--small" if question.kind == "choice" else "govuk-checkboxes--small")
            if in_cell
            else None,
        },
    )
    return options if question.clear is None else options + _clearing(question, labels, naming)


def _clearing(question: Question, labels: Labels, naming: Naming) -> Markup:
    """Return the button that takes away a choice; it stays hidden while there is none."""
    identified, (name, value) = f"{identifier(question.pointer)}_clear", question.clear or ("", "")
    hidden = _EMPTY if any(option.chosen for option in question.options) else Markup(" hidden")
    if naming.named_by is None:
        words = Markup('{}<span class="govuk-visually-hidden">: {}</span>').format(
            spoken(labels.clear), spoken(question.label)
        )
        attributes = _EMPTY
    else:
        words = spoken(labels.clear)
        attributes = Markup(' aria-labelledby="{} {}"').format(identified, naming.named_by)
    return _BUTTON.format(identified, name, value, attributes, hidden, words)


def _attributes(named_by: str | None, *, chosen: bool) -> Markup:
    naming = _EMPTY if named_by is None else Markup(' aria-labelledby="') + named_by + Markup('"')
    return naming + _CHECKED[chosen]


def _common(question: Question, labels: Labels) -> dict[str, Any]:
    """Return what every component takes: the hint, what is wrong, and the class of the question's kind."""
    hint = _EMPTY
    if question.routing:
        hint += _ROUTING + spoken(question.routing) + _END
    if question.hint:
        hint += _WORDS + spoken(question.hint) + _END
    wrong = _EMPTY
    for text in question.findings:
        wrong += _WORDS + spoken(text) + _END
    return {
        "hint": {"html": hint} if hint else None,
        "errorMessage": {"html": wrong, "visuallyHiddenText": labels.problem} if wrong else None,
        "formGroup": {"classes": f"question kind-{question.kind}"},
    }
