"""The document of a page that is filled in in a browser and sent back: what goes with it, and what it says anew."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from cse_forms.answers import page_fields as named
from cse_forms.answers.findings import Finding
from cse_forms.answers.messages import Message
from cse_forms.document.phrases import PagePhrases, Phrases
from cse_forms.document.sending import Button, Kept, Sending
from cse_forms.document.wording import distinct_title, titles_in
from cse_forms.errors import InputError
from cse_forms.passages import runs_of, strung
from cse_forms.pointers import split
from cse_forms.schema.items import Item, Kind, Question, Section

if TYPE_CHECKING:
    from cse_forms.answers.submitted import Parsed, Typed
    from cse_forms.schema.definition import Definition

_PLAIN = {
    Kind.DATE: "typed_date",
    Kind.INTEGER: "typed_integer",
    Kind.NUMBER: "typed_number",
    Kind.CHOICE: "typed_option",
    Kind.CHOICES: "typed_option",
}
_MOST_NAMES = 10
_OF_A_KIND = frozenset({"wrong-type", "not-a-date", "not-an-option"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """What a host says of a page. `Form.page` has what each of these means."""

    action: str = ""
    fields: tuple[tuple[str, str], ...] = ()
    buttons: tuple[str, ...] = (named.CONTINUE, named.SAVE)
    sections: tuple[str, ...] = ()
    script: str | None = None
    definition: str | None = None

    def check(self, definition: Definition) -> None:
        """Refuse what cannot be on a page.

        Raises:
            InputError: an address that is none of the web, a button or a section that there is not.
        """
        for address in (self.action, self.script or "", self.definition or ""):
            if urlsplit(address).scheme not in ("", "http", "https"):
                raise InputError("An address of a page begins with https: or http:, or stands on the same host")
        if wrong := [name for name in self.buttons if name not in (named.CONTINUE, named.SAVE)]:
            raise InputError(f"No button '{wrong[0]}'; there are '{named.CONTINUE}' and '{named.SAVE}'")
        if not self.buttons:
            raise InputError("A page that is sent back needs a button")
        if wrong := [key for key in self.sections if key not in definition.root.children]:
            raise InputError(f"The form has no section '{wrong[0]}'; it has {', '.join(definition.root.children)}")
        if (self.script is None) != (self.definition is None):
            raise InputError("The script of a page reads the form's definition: say the addresses of both, or of none")


@dataclass(frozen=True, slots=True, kw_only=True)
class Filled:
    """What a page shows besides the answers of a response."""

    typed: Mapping[str, Typed]
    """What was written that can be no answer, by pointer."""
    rows: Mapping[str, int]
    """How many rows each table shows, where that is known."""
    sections: tuple[str, ...]
    """The keys of those that are shown; empty for all."""


def _missing(item: Item, pointer: str) -> Iterator[tuple[str, Item]]:
    """Yield what must be answered of an item that is missing: of a section, the questions, which people see."""
    needed = item.required if isinstance(item, Section) else ()
    for key in needed:
        yield from _missing(item.children[key], f"{pointer}/{key}")
    if not needed:
        yield pointer, item


def page_of(definition: Definition, options: Mapping[str, Any]) -> Page:
    """Return what a host says of a page.

    Raises:
        InputError: it says what cannot be on a page.
    """
    page = Page(
        action=options.get("action", ""),
        fields=tuple(options.get("fields", ())),
        buttons=tuple(options.get("buttons", (named.CONTINUE, named.SAVE))),
        sections=tuple(options.get("sections", ())),
        script=options.get("script"),
        definition=options.get("definition"),
    )
    page.check(definition)
    return page


def filled_by(parsed: Parsed | None, page: Page) -> Filled:
    """Return what a page shows besides the answers: what came back with it, where it did."""
    if parsed is None:
        return Filled(typed={}, rows={}, sections=page.sections)
    return Filled(typed=parsed.typed, rows=parsed.rows, sections=page.sections or parsed.parts)


def plain_findings(definition: Definition, findings: Iterable[Finding]) -> Iterator[Finding]:
    """Yield findings in words for those who fill in a page, and not for those who write JSON."""
    for finding in findings:
        item = definition.item_at(finding.pointer)
        if finding.code == "missing-answer" and item is not None:
            for pointer, missing in _missing(item, finding.pointer):
                name = missing.full_title if isinstance(missing, Question) else missing.title
                yield replace(finding, pointer=pointer, question=name, message=Message("missing"))
        elif finding.code in _OF_A_KIND and isinstance(item, Question) and item.kind in _PLAIN:
            yield replace(finding, message=Message(_PLAIN[item.kind]))
        else:
            yield finding


def sending_of(
    definition: Definition,
    page: Page,
    phrases: Phrases,
    *,
    answers: Any,
    findings: Iterable[Finding],
    not_asked: Iterable[str],
    parsed: Parsed | None,
) -> Sending:
    """Return how a page is sent back.

    Args:
        definition: the form.
        page: what its host says of it.
        phrases: the interface's words.
        answers: the answers that it shows; None on a blank page.
        findings: what is wrong with them.
        not_asked: the pointers of those that no longer apply.
        parsed: what was sent, where the page comes back.
    """
    words = phrases.page
    titles = titles_in(definition)
    problems = tuple((one.pointer, _problem(definition, one, phrases, titles)) for one in findings)
    if parsed is not None:
        problems += tuple(("", text) for text in _refusals(parsed, words))
    title = words.window.format(title=definition.title, form=definition.id, version=definition.version)
    texts = {named.CONTINUE: words.continue_, named.SAVE: words.save}
    return Sending(
        action=page.action,
        hidden=(*page.fields, *_hidden(definition, page.sections or (parsed.parts if parsed else ()), answers)),
        button=named.BUTTON,
        buttons=tuple(
            Button(value=name, text=texts[name], is_secondary=place > 0) for place, name in enumerate(page.buttons)
        ),
        row=named.ROW,
        add=Button(value=named.ADD, text=words.add, is_secondary=True),
        remove=Button(value=named.REMOVE, text=words.remove, is_secondary=True),
        no_more_rows=words.no_more_rows,
        problems=problems,
        problems_title=words.problems,
        window_title=words.error.format(title=title) if problems else title,
        notices=() if parsed is None else tuple(_notices(parsed, words)),
        kept=_kept([(at, asked_at(definition, at, words, titles)) for at in not_asked], words),
        script=page.script,
        definition=page.definition,
        sayings=_sayings(words),
    )


def _sayings(words: PagePhrases) -> dict[str, str]:
    names = ("progress", "complete", "more_asked", "fewer_asked", "row_added", "row_removed")
    lang = runs_of(words.more_asked)[0].lang
    return {name: getattr(words, name) for name in names} | ({"lang": lang} if lang else {})


def _refusals(parsed: Parsed, words: PagePhrases) -> Iterator[str]:
    """Yield why a page is not clean, besides what is wrong with its answers. No field of the page leads there."""
    if parsed.is_of_another_form and parsed.button == named.CONTINUE:
        yield words.other_form
    for status, sentence in (("unknown", words.unknown), ("deleted", words.not_sent)):
        names = list(dict.fromkeys(report.question for report in parsed.fields if report.status == status))
        # What was not sent is no reason to refuse a draft.
        if names and (status == "unknown" or parsed.button == named.CONTINUE):
            shown = strung(", ", names[:_MOST_NAMES])
            yield sentence.format(names=words.and_more.format(names=shown) if len(names) > _MOST_NAMES else shown)


def _notices(parsed: Parsed, words: PagePhrases) -> Iterator[str]:
    if parsed.is_of_another_form and parsed.button != named.CONTINUE:
        yield words.other_form


def _hidden(definition: Definition, sections: tuple[str, ...], answers: Any) -> Iterator[tuple[str, str]]:
    yield named.FORM, definition.id
    yield named.VERSION, definition.version
    yield named.DIGEST, definition.digest
    if stated := named.stated(answers or {}):
        yield named.STATED, json.dumps(stated)
    yield from ((named.PART, key) for key in sections)


def _problem(definition: Definition, finding: Finding, phrases: Phrases, titles: Counter[str]) -> str:
    message = phrases.message(finding.message)
    if finding.question is None:
        return message
    is_asked = isinstance(definition.item_at(finding.pointer), Question)
    question = asked_at(definition, finding.pointer, phrases.page, titles) if is_asked else finding.question
    return phrases.found.format(question=question, message=message)


def _kept(answers: list[tuple[str, str]], words: PagePhrases) -> Kept | None:
    if not answers:
        return None
    return Kept(
        title=words.kept,
        lead=words.kept_lead,
        answers=tuple(answers),
        all_of_them=(named.EVERY, words.drop_all),
        listed=named.LISTED,
        drop=named.DROP,
    )


def asked_at(definition: Definition, pointer: str, words: PagePhrases, titles: Counter[str]) -> str:
    """Return what is asked at a pointer, so that it can be told from all else that the form asks.

    Args:
        definition: the form.
        pointer: of an answer.
        words: the page's own.
        titles: how many of its questions have each title.
    """
    item = definition.item_at(pointer)
    assert item is not None
    name = distinct_title(item, titles) if isinstance(item, Question) else item.title
    # The pointer of one option among several goes further than that of its question.
    rows = [key for own, key in zip(item.keys, split(pointer), strict=False) if own == "*"]
    return words.in_row.format(question=name, row=int(rows[-1]) + 1) if rows else name
