"""What a browser sends of a page that was filled in, as answers with a report of each field."""

from __future__ import annotations

import json
import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any, Literal, TypeAlias

from cse_forms.answers import page_fields as named
from cse_forms.answers.fields import FieldReader, FieldReport, Mark, Note, Place, Reading, draft_of, unknown_field
from cse_forms.answers.findings import Finding
from cse_forms.answers.messages import Message
from cse_forms.errors import InputError
from cse_forms.pointers import join, split
from cse_forms.reading import MAX_BYTES
from cse_forms.schema.definition import Definition
from cse_forms.schema.items import Kind, Question, Table
from cse_forms.schema.places import ROW

MAX_PAIRS = 20_000
"""How many fields a page may send. The largest real one has a few hundred."""

Typed: TypeAlias = str | tuple[str, str, str]
"""What was written in a control; of a date, in its three fields."""

Button: TypeAlias = Literal["continue", "save", "rows", "clear", ""]

_ROW_NUMBER = re.compile("0|[1-9][0-9]{0,5}")
_UNCARRIED = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_NAMES = ("form", "version", "digest")

_HOLDS_CONTROLS = "It holds a character that can be neither seen nor printed; take it out."
_IS_FILE = "A file was sent here; the form asks for none."


@dataclass(frozen=True, slots=True, kw_only=True)
class Parsed(Reading):
    """What was read from a page that was sent back. `Form.page` shows it again, with nothing lost."""

    button: Button = ""
    """The button that was used: to continue, to save, to add or remove a row, to take an answer away; empty, if the
    page does not say."""
    findings: tuple[Finding, ...] = ()
    """What was written that can be no answer. Those answers are not in the response."""
    typed: Mapping[str, Typed] = field(default_factory=dict, repr=False)
    """What was written there, by the pointers of the answers."""
    rows: Mapping[str, int] = field(default_factory=dict)
    """How many rows each table is to show, by its pointer."""
    parts: tuple[str, ...] = ()
    """The keys of the sections that the page showed; empty, if it showed all."""
    is_of_another_form: bool = False
    """Whether the page was made from another form, from another version, or before the form was changed."""


def parse_page(
    definition: Definition,
    pairs: Any,
    *,
    files: Any = (),
    onto: Mapping[str, Any] | None = None,
    expected: Collection[str] = (),
) -> Parsed:
    """Read what a browser sent of a page.

    Args:
        definition: the form.
        pairs: names and values, as `Form.parse` takes them.
        files: names and files.
        onto: the answers that stand in the sections that the page did not show.
        expected: the names of the fields that the page's host put there itself.

    Raises:
        InputError: there are more fields, or more text, than any form sends.
    """
    sent = _bounded([*_pairs(pairs), *((name, None) for name, _ in _pairs(files))])
    return _Submission(definition, [pair for pair in sent if pair[0] not in expected]).parsed(onto or {})


def _pairs(pairs: Any) -> Iterator[tuple[str, Any]]:
    """Yield names and values, whichever framework keeps them and however it does."""
    for every in ("multi_items", "lists"):
        if callable(listed := getattr(pairs, every, None)):
            pairs = listed()
            break
    else:
        if isinstance(pairs, Mapping) or hasattr(pairs, "items"):
            pairs = pairs.items()
    for name, value in pairs:
        if isinstance(value, (list, tuple)):
            yield from ((str(name), one) for one in value)
        else:
            yield str(name), value


def _bounded(pairs: Iterable[tuple[str, Any]]) -> list[tuple[str, str | None]]:
    found: list[tuple[str, str | None]] = []
    size = 0
    for name, value in pairs:
        text = value if isinstance(value, str) else None
        size += len(name) + len(text or "")
        found.append((name, None if text is None else named.with_plain_breaks(text)))
        if len(found) > MAX_PAIRS:
            raise InputError(f"The page sent more than {MAX_PAIRS:,} fields; no form has so many")
        if size > MAX_BYTES:
            raise InputError(f"The page sent more than {MAX_BYTES / 1e6:,.0f} MB of text, which no form needs")
    return found


class _Submission:
    """Sorts what was sent: by question, and the page's own fields apart."""

    def __init__(self, definition: Definition, pairs: list[tuple[str, str | None]]) -> None:
        self._definition = definition
        self._own: dict[str, list[str]] = {}
        self._written: dict[Place, list[str]] = {}
        self._days: dict[Place, dict[str, list[str]]] = {}
        self._rows: dict[str, set[int]] = {}
        self._parts_of_dates: dict[tuple[str, str], tuple[str, str, str]] = {}
        self.unknown: list[FieldReport] = []
        for name, value in pairs:
            if value is None:
                self.unknown.append(replace(unknown_field(name, None), message=_IS_FILE))
            elif name.startswith("cse-forms."):
                self._own.setdefault(name, []).append(value)
            elif not self._take(name, value):
                self.unknown.append(unknown_field(name, value or None))
        for pointer in self._own.get(named.ROW, ()):
            self._take_row(pointer)
        self._stated = self._read_stated()
        self._dropped = self._read_dropped()

    def parsed(self, onto: Mapping[str, Any]) -> Parsed:
        """Return what the fields make together."""
        definition = self._definition
        shown = tuple(dict.fromkeys(key for key in self._own.get(named.PART, ()) if key in definition.root.children))
        options = {pointer: named.sent_values(question) for pointer, question in definition.questions.items()}
        reader = FieldReader(definition, self._marks(options), options, self._stated)
        reports = [report for report in reader.reports if f"/{ROW}/" not in report.pointer]
        if shown:
            reports = [report for report in reports if split(report.pointer)[0] in shown]
            kept = {key: value for key, value in onto.items() if key not in shown}
            read = {key: value for key, value in reader.answers.items() if key in shown}
            order = [*definition.root.children, *kept]
            reader.answers = {key: both[key] for key in dict.fromkeys(order) if key in (both := kept | read)}
        wrong = [report for report in reports if report.status in ("unreadable", "ambiguous")]
        button, rows = self._button()
        is_other = self._is_of_another_form()
        return Parsed(
            response=draft_of(definition, reader, "The page"),
            fields=(*reports, *self.unknown),
            notes=(_OTHER_FORM,) if is_other else (),
            button=button,
            findings=tuple(self._finding(report) for report in wrong),
            typed={report.pointer: self._typed(report) for report in wrong},
            rows=rows,
            parts=shown,
            is_of_another_form=is_other,
        )

    def _take(self, name: str, value: str) -> bool:
        """Take up what a field holds; tell whether the form has it."""
        place = self._place(name)
        if place is not None:
            self._written.setdefault(place, []).append(value)
            return True
        above, _, part = name.rpartition("/")
        place = self._place(above) if part in named.DATE_PARTS else None
        if place is None or self._definition.questions[place[0]].kind is not Kind.DATE:
            return False
        self._days.setdefault(place, {}).setdefault(part, []).append(value)
        return True

    def _place(self, name: str) -> Place | None:
        """Return the question that has a pointer, and the number of its row, if it has one."""
        question = self._definition.item_at(name) if name.startswith("/") else None
        if not isinstance(question, Question):
            return None
        keys, row = split(name), None
        if len(keys) != len(question.keys):
            return None
        for own, key in zip(question.keys, keys, strict=True):
            if own == ROW:
                if not _ROW_NUMBER.fullmatch(key):
                    return None
                row = int(key)
                self._rows.setdefault(question.pointer.rpartition(f"/{ROW}/")[0], set()).add(row)
            elif own != key:
                return None
        return question.pointer, row

    def _take_row(self, pointer: str) -> None:
        table, _, number = pointer.rpartition("/")
        item = self._definition.item_at(table) if table.startswith("/") else None
        if isinstance(item, Table) and item.pointer == table and _ROW_NUMBER.fullmatch(number):
            self._rows.setdefault(table, set()).add(int(number))

    def _marks(self, options: Mapping[str, tuple[str, ...]]) -> dict[Place, list[Mark]]:
        """Return what stands in the controls of each question, in each row that the page showed."""
        gone = self._gone_row()
        marks: dict[Place, list[Mark]] = {}
        for pointer, question in self._definition.questions.items():
            table, in_row, _ = pointer.rpartition(f"/{ROW}/")
            for row in sorted(self._rows.get(table, ())) if in_row else (None,):
                if (table, row) == gone:
                    continue
                place = (pointer, row)
                at = pointer if row is None else f"{table}/{row}/{pointer.rpartition('/')[2]}"
                if at in self._dropped:
                    marks[place] = self._nothing(question)
                elif found := list(self._marks_of(question, place, options[pointer], at)):
                    marks[place] = found
        return marks

    def _nothing(self, question: Question) -> list[Mark]:
        if question.options:
            return [Mark(option=place) for place, _ in enumerate(question.options)]
        return [Mark()]

    def _marks_of(self, question: Question, place: Place, names: tuple[str, ...], at: str) -> Iterator[Mark]:
        written = self._written.get(place, [])
        if question.kind is Kind.TICK:
            yield Mark(is_ticked="true" in written)
            yield from (Mark(text=text) for text in written if text != "true")
        elif question.options:
            for number, name in enumerate(names):
                yield Mark(option=number, is_ticked=name in written)
            yield from (Mark(text=text) for text in written if text not in names)
        elif question.kind is Kind.DATE:
            yield from (Mark(text=text.strip() or None) for text in written)
            yield from self._date(question, self._days.get(place, {}))
        else:
            yield from (self._text(text, at) for text in written)

    def _text(self, text: str, at: str) -> Mark:
        before = self._stated.get(at)
        if isinstance(before, str) and text.strip() and text in named.comes_back_as(before):
            return Mark(text=before)
        refusal = _HOLDS_CONTROLS if _UNCARRIED.search(text) else ""
        return Mark(text=text if text.strip() else None, refusal=refusal)

    def _date(self, question: Question, parts: Mapping[str, list[str]]) -> Iterator[Mark]:
        """Yield the days that three fields give; more than one, where a field was sent more than once."""
        for number in range(max(map(len, parts.values()), default=0)):
            found = [parts.get(part, [""]) for part in named.DATE_PARTS]
            day, month, year = (texts[min(number, len(texts) - 1)].strip() for texts in found)
            if not (day or month or year):
                yield Mark()
                continue
            text = ("/" if month.isdecimal() or not month else " ").join((day, month, year))
            self._parts_of_dates[question.pointer, text] = (day, month, year)
            yield Mark(text=text)

    def _typed(self, report: FieldReport) -> Typed:
        item = self._definition.item_at(report.pointer)
        text = report.text or ""
        pointer = "" if item is None else item.pointer
        return self._parts_of_dates.get((pointer, text), text)

    def _finding(self, report: FieldReport) -> Finding:
        item = self._definition.item_at(report.pointer)
        assert isinstance(item, Question)
        code, sentence = _SAID[item.kind]
        if _UNCARRIED.search(report.text or ""):
            code, sentence = "control-character", "typed_control"
        elif report.status == "ambiguous":
            sentence = "typed_twice"
        return Finding(
            code=code, pointer=report.pointer, question=item.full_title, message=Message(sentence), severity="error"
        )

    def _read_stated(self) -> dict[str, Any]:
        try:
            read = json.loads((self._own.get(named.STATED) or ["{}"])[0])
        except (ValueError, RecursionError):
            # Whoever changed it has changed no answer: it only tells an empty text from none.
            return {}
        return {str(at): value for at, value in read.items()} if isinstance(read, dict) else {}

    def _read_dropped(self) -> frozenset[str]:
        """Return the pointers of the questions whose answers are to be removed, and forget what was stated of them."""
        asked = self._own.get(named.DROP, [])
        places = [*(self._own.get(named.LISTED, []) if named.EVERY in asked else asked)]
        if self._said.startswith(named.CLEAR):
            places.append(self._said.removeprefix(named.CLEAR))
        pointers = {self._pointer(place) for place in (*self._written, *self._days)} | set(self._stated)
        dropped = frozenset(at for at in pointers if any(at == place or at.startswith(f"{place}/") for place in places))
        for at in dropped:
            self._stated.pop(at, None)
        return dropped

    @property
    def _said(self) -> str:
        """What the button sent that was used."""
        return (self._own.get(named.BUTTON) or [""])[-1]

    def _pointer(self, place: Place) -> str:
        pointer, row = place
        keys = split(pointer)
        return join(str(row) if key == ROW else key for key in keys)

    def _gone_row(self) -> tuple[str, int | None] | None:
        """Return the row that a button removes: its table, and its number."""
        said = self._said
        table, _, number = said.removeprefix(named.REMOVE).rpartition("/")
        is_row = said.startswith(named.REMOVE) and _ROW_NUMBER.fullmatch(number)
        return (table, int(number)) if is_row else None

    def _button(self) -> tuple[Button, dict[str, int]]:
        """Return the button that was used, and how many rows each table is to show."""
        said = self._said
        rows = {table: len(numbers) for table, numbers in self._rows.items()}
        if said == named.CONTINUE:
            return "continue", rows
        if said == named.SAVE:
            return "save", rows
        if said.startswith(named.ADD):
            table = said.removeprefix(named.ADD)
            item = self._definition.item_at(table) if table.startswith("/") else None
            if isinstance(item, Table):
                count = rows.get(table, 0)
                is_full = item.most_rows is not None and count >= item.most_rows
                return "rows", rows if is_full else rows | {table: count + 1}
        if said.startswith(named.CLEAR):
            return "clear", rows
        gone = self._gone_row()
        if gone is not None:
            table = gone[0]
            return "rows", rows | ({table: max(rows[table] - 1, 0)} if gone[1] in self._rows.get(table, ()) else {})
        return "", rows

    def _is_of_another_form(self) -> bool:
        definition = self._definition
        said = {name: texts[-1] for name, texts in self._own.items()}
        is_known = named.DIGEST not in said or definition.is_known_as(said[named.DIGEST])
        is_same = (said.get(named.FORM, definition.id), said.get(named.VERSION, definition.version)) == (
            definition.id,
            definition.version,
        )
        return not (is_known and is_same)


_SAID = {
    Kind.TEXT: ("wrong-type", "typed_text"),
    Kind.DATE: ("not-a-date", "typed_date"),
    Kind.INTEGER: ("wrong-type", "typed_integer"),
    Kind.NUMBER: ("wrong-type", "typed_number"),
    Kind.TICK: ("wrong-type", "typed_option"),
    Kind.CHOICE: ("not-an-option", "typed_option"),
    Kind.CHOICES: ("not-an-option", "typed_option"),
}
"""The code of a finding, and its sentence, by what was asked."""

_OTHER_FORM = Note(
    kind="changed-form",
    message="The page was made from another form, from another version of it, or before it was changed; "
    "it was read by the form as it is at hand.",
)
