"""Which question each control of a Word document belongs to, and what it says."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING

from cse_forms.answers.fields import FieldReport, Mark, Place, unknown_field
from cse_forms.renderers.docx.naming import BOOKMARK, EVERY_ROW, bookmark_of, option_names, tag_of
from cse_forms.schema.items import Kind, Question

if TYPE_CHECKING:
    from cse_forms.reading_back.controls import Control
    from cse_forms.schema.definition import Definition

_TICKS = frozenset("☒☑✓✔✗✘xX")
_NO_TICKS = frozenset({"☐", "□", ""})
_IN_ROW = f"/{EVERY_ROW}/"
_BOOKMARK_LENGTH = len(bookmark_of(""))

_GONE = "The control is gone; its words were read by its bookmark."
_CHANGED = "Changes to it were recorded: what was put in counts, what was taken out does not."
_TWO_MINDS = "The box shows one thing and is set to another; it was read as it is set."


@dataclass(frozen=True, slots=True)
class _Name:
    """What a control is for."""

    question: Question
    pointer: str
    option: int | None = None


class Names:
    """What the controls of a form are called."""

    def __init__(self, definition: Definition, choose: str, placeholders: frozenset[str]) -> None:
        """Work the names out from a definition.

        Args:
            definition: the form.
            choose: what an empty list of options shows.
            placeholders: what any empty control shows.
        """
        self.choose = choose
        self.placeholders = placeholders
        self.options: dict[str, tuple[str, ...]] = {}
        self.by_tag: dict[str, _Name] = {}
        for pointer, question in definition.questions.items():
            self.by_tag[tag_of(pointer)] = _Name(question, pointer)
            names = option_names([_as_json(option.value) for option in question.options])
            self.options[pointer] = names
            for place, name in enumerate(names):
                self.by_tag[tag_of(pointer, name)] = _Name(question, pointer, place)
        self._by_bookmark = {bookmark_of(tag): name for tag, name in self.by_tag.items()}

    def of(self, control: Control) -> _Name | None:
        """Return what a control is for, by its tag, or by the bookmark around it; None if it is none of the form's."""
        found = self.by_tag.get(control.tag)
        if found is None and control.bookmark.startswith(BOOKMARK):
            found = self._by_bookmark.get(control.bookmark[:_BOOKMARK_LENGTH])
        return found


class Marking:
    """What stands in the controls of each question. `unknown` reports those that the form does not have."""

    def __init__(self, names: Names, controls: list[Control]) -> None:
        self._names = names
        self.marks: dict[Place, list[Mark]] = {}
        self.unknown: list[FieldReport] = []
        self._rows: dict[str, dict[int | None, int]] = {}
        named = [(control, names.of(control)) for control in controls]
        # A row that a person added has no bookmarks, and LibreOffice takes its tags: its cells say what it asks for.
        columns = {
            control.place: name
            for control, name in named
            if name is not None and control.place and _IN_ROW in name.pointer
        }
        for control, name in named:
            found = name
            if found is None and not control.tag and control.place is not None:
                found = columns.get(control.place)
            if found is None:
                self._report(control)
                continue
            self.marks.setdefault(self._place(found.pointer, control), []).append(self._mark(found, control))

    def _report(self, control: Control) -> None:
        if control.kind != "bookmark" or control.text:
            text = None if control.is_placeholder else control.text or None
            self.unknown.append(unknown_field(control.title or control.tag or control.bookmark, text))

    def _place(self, pointer: str, control: Control) -> Place:
        table, in_row, _ = pointer.rpartition(_IN_ROW)
        if not in_row:
            return pointer, None
        rows = self._rows.setdefault(table, {})
        return pointer, rows.setdefault(control.row, len(rows))

    def _mark(self, name: _Name, control: Control) -> Mark:
        remarks = [_CHANGED] if control.has_changes else []
        if control.kind == "bookmark":
            remarks.append(_GONE)
        text: str | None = None if control.is_placeholder else control.text
        if name.option is not None or name.question.kind is Kind.TICK:
            glyph = (text or "").strip()
            shown = True if glyph in _TICKS and glyph else False if glyph in _NO_TICKS else None
            if control.is_ticked is None and shown is None:
                return Mark(option=name.option, text=glyph, remark=" ".join(remarks))
            ticked = bool(shown) if control.is_ticked is None else control.is_ticked
            if shown is not None and glyph and shown is not ticked:
                remarks.append(_TWO_MINDS)
            return Mark(option=name.option, is_ticked=ticked, remark=" ".join(remarks))
        if text and self._is_placeholder(name, control, text):
            text = None
        if text is not None and not text.strip():
            # Nobody sees it; where it was an answer, the document carries it with what it cannot show.
            text = None
        return Mark(text=text, picked=control.picked, remark=" ".join(remarks))

    def _is_placeholder(self, name: _Name, control: Control, text: str) -> bool:
        """Whether an empty control shows this. LibreOffice takes the mark of an empty control with its tag."""
        if name.question.options and any(option.title == text for option in name.question.options):
            return False
        if name.question.options and text == self._names.choose:
            return True
        return not control.tag and text in self._names.placeholders


def _as_json(value: str | float | bool) -> str:
    return value if isinstance(value, str) else json.dumps(value)
