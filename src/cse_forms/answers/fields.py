"""From what controls hold to answers, with a report for each field. Word, PDF and pages share it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal, TypeAlias

from cse_forms.answers.envelope import MAX_VALUES
from cse_forms.answers.response import Response
from cse_forms.answers.values import option_of, value_of
from cse_forms.errors import InputError
from cse_forms.pointers import BLANK, Key, count_values, join
from cse_forms.schema.definition import Definition
from cse_forms.schema.items import Item, Kind, Option, Question, Section, Table

FieldStatus: TypeAlias = Literal["read", "empty", "unreadable", "ambiguous", "deleted", "unknown"]

_NOTHING: Mapping[Kind, Any] = {Kind.TEXT: "", Kind.TICK: False, Kind.CHOICES: []}
"""What a response may hold where nothing is answered, besides holding nothing."""

_FINE = frozenset({"read", "empty"})


@dataclass(frozen=True, slots=True, kw_only=True)
class FieldReport:
    """What became of one field of a document."""

    pointer: str
    """The JSON Pointer of its answer in the response; empty for a control that the form does not have."""
    question: str
    """The question's words, or what the control is called."""
    status: FieldStatus
    text: str | None = field(default=None, repr=False)
    """What stands in it; None where nothing does."""
    message: str = ""
    """What is to be known about it, in a sentence; empty where nothing is."""

    @property
    def is_fine(self) -> bool:
        """Whether nobody need look at it."""
        return self.status in _FINE and not self.message

    def to_dict(self) -> dict[str, Any]:
        """Return it as JSON has it."""
        return {
            "pointer": self.pointer,
            "question": self.question,
            "status": self.status,
            "text": self.text,
            "message": self.message,
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class Note:
    """Something in a document that is no field, and is to be looked at."""

    kind: str
    """text, comment, tracked-change, changed-page, older-version, changed-form, link, embedded, script or damaged."""
    message: str
    """What it is, in a sentence."""
    text: str | None = field(default=None, repr=False)
    """Its words, if it has any."""

    def to_dict(self) -> dict[str, Any]:
        """Return it as JSON has it."""
        return {"kind": self.kind, "message": self.message, "text": self.text}


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """What was read from a filled document."""

    response: Response
    """A draft: who filled the document in may not have finished."""
    fields: tuple[FieldReport, ...]
    """Every field of the form, in its order, and then the controls that the form does not have."""
    notes: tuple[Note, ...]
    """Whatever else stands in the document: text outside its controls, comments, an older version."""

    @property
    def is_clean(self) -> bool:
        """Whether all was read, and there is nothing to look at."""
        return not self.notes and all(report.is_fine for report in self.fields)

    def to_dict(self) -> dict[str, Any]:
        """Return it as `cse-forms read --json` prints it."""
        return {
            "clean": self.is_clean,
            "response": self.response.to_dict(),
            "fields": [report.to_dict() for report in self.fields],
            "notes": [note.to_dict() for note in self.notes],
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """What one control holds."""

    option: int | None = None
    """The place of the option whose box it is; None for a control that takes the whole answer."""
    text: str | None = field(default=None, repr=False)
    """What was written or chosen in it; None where nothing was."""
    is_ticked: bool = False
    picked: str | None = field(default=None, repr=False)
    """The date that it keeps besides its text, as YYYY-MM-DD."""
    remark: str = ""
    """What is to be known about how it was read."""
    refusal: str = ""
    """Why its text can be no answer, whatever is asked; empty where it may be one."""


Place: TypeAlias = tuple[str, int | None]
"""The pointer of a question, with `*` for the number of a row, and that number."""


class FieldReader:
    """Makes answers of marks, for one definition."""

    def __init__(
        self,
        definition: Definition,
        marks: Mapping[Place, Sequence[Mark]],
        names: Mapping[str, tuple[str, ...]],
        stated: Mapping[str, Any],
    ) -> None:
        """Take what the controls hold.

        Args:
            definition: the form.
            marks: what stands in the controls of each question; rows are numbered as they stand in the document.
            names: the names of the options of each question that has any, by its pointer.
            stated: values that look like no answer in a document, by their pointers: an empty text, a box that was
                left unticked. One is taken up where nothing else was answered.
        """
        self.reports: list[FieldReport] = []
        self._marks = marks
        self._names = names
        self._stated = stated
        self._rows: dict[str, set[int]] = {}
        for pointer, row in marks:
            if row is not None:
                self._rows.setdefault(pointer.rpartition("/*/")[0], set()).add(row)
        answers = self._section(definition.root, ())
        self.answers: dict[str, Any] = {} if answers is BLANK else answers

    def _section(self, section: Section, keys: tuple[Key, ...]) -> Any:
        members = {key: self._item(child, (*keys, key)) for key, child in section.children.items()}
        kept = {key: value for key, value in members.items() if value is not BLANK}
        return kept or self._as_stated({}, BLANK, join(keys))

    def _item(self, item: Item, keys: tuple[Key, ...]) -> Any:
        if isinstance(item, Section):
            return self._section(item, keys)
        if isinstance(item, Table):
            return self._table(item, keys)
        return self._question(item, keys, None)

    def _table(self, table: Table, keys: tuple[Key, ...]) -> Any:
        """Return the rows in which something stands, and those empty ones that were stated."""
        rows: list[Any] = []
        empty = []
        stated = self._stated_rows(keys)
        columns = [(key, child) for key, child in table.row.children.items() if isinstance(child, Question)]
        for number in sorted(self._rows.get(table.pointer, ())):
            here: tuple[Key, ...] = (*keys, len(rows))
            if not self._is_filled(columns, number) and join((*keys, number)) not in stated:
                empty.append(number)
                continue
            rows.append(self._row(columns, here, number))
        for place, number in enumerate(empty, len(rows)):
            self._row(columns, (*keys, place), number)
        if not rows and not empty:
            for _, question in columns:
                self._question(question, question.keys, None)
        return rows or self._as_stated([], BLANK, join(keys))

    def _row(self, columns: list[tuple[str, Question]], keys: tuple[Key, ...], number: int) -> dict[str, Any]:
        members = {key: self._question(question, (*keys, key), number) for key, question in columns}
        return {key: value for key, value in members.items() if value is not BLANK}

    def _is_filled(self, columns: list[tuple[str, Question]], number: int) -> bool:
        marks = (mark for _, question in columns for mark in self._marks.get((question.pointer, number), ()))
        return any(mark.text or mark.is_ticked for mark in marks)

    def _stated_rows(self, keys: tuple[Key, ...]) -> set[str]:
        """Return the pointers of rows of which something was stated that a document does not show."""
        start = f"{join(keys)}/"
        return {f"{start}{at[len(start) :].partition('/')[0]}" for at in self._stated if at.startswith(start)}

    def _question(self, question: Question, keys: tuple[Key, ...], row: int | None) -> Any:
        at = join(keys)
        pointer = at if row is None else question.pointer
        marks = self._marks.get((pointer, row), ())
        read = self._read(question, pointer, marks)
        # What was stated bears the number that the row had in the document: rows before it may have been dropped.
        stated_at = at if row is None else join((*keys[:-2], row, keys[-1]))
        value = self._as_stated(_NOTHING.get(question.kind), read.value, stated_at)
        remarks = dict.fromkeys(mark.remark for mark in marks if mark.remark)
        self.reports.append(
            FieldReport(
                pointer=at,
                question=question.full_title,
                status=read.status,
                text=read.text,
                message=" ".join([*([read.message] if read.message else []), *remarks]),
            )
        )
        return value

    def _as_stated(self, nothing: Any, value: Any, at: str) -> Any:
        """Return what was stated, where it says the same as what was read: the value for nothing, or another order."""
        stated = self._stated.get(at, BLANK)
        if stated is BLANK:
            return value
        if value is BLANK:
            bare = stated.strip() if isinstance(stated, str) else stated
            return stated if type(bare) is type(nothing) and bare == nothing else value
        if isinstance(stated, list) and isinstance(value, list):
            is_same = len(stated) == len(value) and sorted(map(repr, stated)) == sorted(map(repr, value))
            return stated if is_same else value
        return value

    def _read(self, question: Question, pointer: str, marks: Sequence[Mark]) -> _Read:
        if not marks:
            return _Read("deleted", message="The control for this answer is gone.")
        if question.kind is Kind.TICK:
            return _Read("read", True, "☒") if any(mark.is_ticked for mark in marks) else _told(_Read("empty"), marks)
        if question.options:
            return _options(question, marks, self._names[pointer])
        return _written(question, marks)


@dataclass(frozen=True, slots=True)
class _Read:
    status: FieldStatus
    value: Any = BLANK
    text: str | None = None
    message: str = ""


def _told(read: _Read, marks: Sequence[Mark]) -> _Read:
    """Return the same, or that what stands in a box is no tick."""
    texts = [mark.text for mark in marks if mark.text]
    if not texts:
        return read
    return _Read("unreadable", text="; ".join(texts), message="What stands in the box is neither a tick nor none.")


def _written(question: Question, marks: Sequence[Mark]) -> _Read:
    found = {mark.text: mark for mark in marks if mark.text}
    if not found:
        return _Read("empty")
    if len(found) > 1:
        text = "\n".join(text for text in found if text)
        return _Read("ambiguous", text=text, message="The control stands there more than once, with different words.")
    ((text, mark),) = found.items()
    assert text is not None
    if mark.refusal:
        return _Read("unreadable", text=text, message=mark.refusal)
    read = value_of(question, text, picked=mark.picked)
    if read.refusal is not None:
        return _Read("ambiguous" if read.is_ambiguous else "unreadable", text=text, message=read.refusal)
    return _Read("read", read.value, text)


def _options(question: Question, marks: Sequence[Mark], names: tuple[str, ...]) -> _Read:
    chosen: list[Option] = []
    unread: list[str] = []
    for mark in marks:
        if mark.option is not None:
            if mark.is_ticked:
                chosen.append(question.options[mark.option])
            elif mark.text:
                unread.append(mark.text)
        elif mark.text:
            found = option_of(question, mark.text, names)
            chosen += found
            if not found:
                unread.append(mark.text)
    chosen = [option for option in question.options if option in chosen]
    text = "; ".join([*(option.title for option in chosen), *unread]) or None
    if unread:
        return _Read("unreadable", text=text, message=f"None of the options is called '{'; '.join(unread)}'.")
    gone = _gone(question, marks)
    if question.kind is Kind.CHOICES:
        if not chosen:
            return _Read("deleted" if gone else "empty", message=gone)
        return _Read("read", [option.value for option in chosen], text, gone)
    if len(chosen) > 1:
        named = " and ".join(f"'{option.title}'" for option in chosen)
        return _Read("ambiguous", text=text, message=f"Only one answer is meant, and {named} are chosen.")
    if not chosen:
        return _Read("deleted" if gone else "empty", message=gone)
    return _Read("read", chosen[0].value, text, gone)


def _gone(question: Question, marks: Sequence[Mark]) -> str:
    """Return a sentence about the boxes that are gone; nothing, if none is."""
    there = {mark.option for mark in marks}
    if None in there:
        return ""
    gone = [f"'{option.title}'" for place, option in enumerate(question.options) if place not in there]
    return f"The box of {', '.join(gone)} is gone." if gone else ""


def unknown_field(title: str, text: str | None) -> FieldReport:
    """Return the report of a control that the form does not have."""
    return FieldReport(
        pointer="",
        question=title,
        status="unknown",
        text=text,
        message="The form has no such control; what stands in it is in no answer.",
    )


def draft_of(definition: Definition, fields: FieldReader, name: str) -> Response:
    """Return the answers that were read, as a draft.

    Raises:
        InputError: there are more than any form asks for.
    """
    response = Response(
        form=definition.id,
        version=definition.version,
        digest=definition.digest if definition.is_published else None,
        answers=fields.answers,
        meta={"status": "draft"},
    )
    if count_values(response.to_dict()) > MAX_VALUES:
        raise InputError(f"{name} holds more than {MAX_VALUES:,} values; no form asks for so many")
    return response
