"""A way through the body of a Word document: what stands in its controls, and what stands outside them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import ClassVar

from cse_forms.reading_back.controls import Control, Element, W, control_of
from cse_forms.renderers.docx.naming import BOOKMARK

_MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_MATHS = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"

_UNSEEN = frozenset(
    f"{W}{name}"
    for name in (
        "pPr",
        "rPr",
        "tblPr",
        "tblGrid",
        "trPr",
        "tcPr",
        "tblPrEx",
        "sectPr",
        "sdtPr",
        "sdtEndPr",
        "instrText",
        "delInstrText",
        "delText",
        "annotationRef",
        "commentReference",
        "proofErr",
        "lastRenderedPageBreak",
        "commentRangeStart",
        "commentRangeEnd",
        "separator",
    )
)
_RUN = f"{W}r"
_EMBEDDED = frozenset(f"{W}{name}" for name in ("drawing", "pict", "object", "altChunk", "subDoc", "control"))


class Words(list[str]):
    """Pieces of text on their way into a paragraph or a control."""

    def __init__(self, *, in_control: bool = False) -> None:
        super().__init__()
        self.in_control = in_control
        self.paragraphs = 0
        self.is_joined = False
        """Whether the end of the paragraph before was taken out, and recorded as a change."""

    def __str__(self) -> str:
        return "".join(self)


@dataclass(slots=True)
class _Row:
    table: int
    number: int
    cell: int = 0
    controls: int = 0


@dataclass(slots=True)
class _Bookmark:
    name: str
    words: Words
    start: int
    is_used: bool = False


@dataclass(slots=True)
class _Overrun:
    """A control whose bookmark goes on behind it: LibreOffice ends a control with its first paragraph."""

    control: Control
    bookmark: str
    words: Words
    """Those of the paragraph in which the control ends, and from where on they follow it."""
    start: int
    lines: list[str]
    """What follows, paragraph by paragraph."""


class Walk:
    """Goes through one part. `controls` and `loose` are what it found."""

    def __init__(self, root: Element, *, skips_fields: bool = False) -> None:
        self.controls: list[Control] = []
        self.loose: list[str] = []
        """The words of each paragraph that stand in no control."""
        self.changes = 0
        """How many changes were recorded."""
        self.embedded = 0
        """How many pictures and other things there are that are no text."""
        self._skips_fields = skips_fields
        self._row: _Row | None = None
        self._tables = 0
        self._rows = 0
        self._open: dict[str, _Bookmark] = {}
        self._field_depth = 0
        self._in_result = False
        self._control: Control | None = None
        self._within: dict[str, Control] = {}
        self._overrun: _Overrun | None = None
        words = Words()
        self._children(root, words)
        self._keep(words)
        self._give_up()

    def _keep(self, words: Words) -> None:
        overrun = self._overrun
        if overrun is not None:
            start = overrun.start if overrun.words is words else 0
            overrun.lines.append("".join(words[start:]))
            del words[start:]
        text = str(words)
        if text.strip():
            self.loose.append(text)

    def _give_up(self) -> None:
        """Take what follows a control for words like any other: its bookmark does not end where it should."""
        if self._overrun is not None:
            self.loose += [line for line in self._overrun.lines if line.strip()]
        self._overrun = None

    def _children(self, element: Element, words: Words) -> None:
        steps = self._STEPS
        for child in element:
            name = child.tag
            if name in _UNSEEN:
                continue
            step = steps.get(name)
            if step is not None:
                step(self, child, words)
            elif name == _RUN:
                self._children(child, words)
            elif isinstance(name, str):
                self.embedded += name in _EMBEDDED
                self._children(child, words)

    def _text(self, element: Element, words: Words) -> None:
        if element.text and not (self._skips_fields and self._in_result):
            words.append(element.text)

    def _tab(self, _element: Element, words: Words) -> None:
        words.append("\t")

    def _break(self, element: Element, words: Words) -> None:
        exact = element.get(f"{W}type") == "textWrapping" and element.get(f"{W}clear") == "all"
        words.append("\r\n" if exact else "\n")

    def _return(self, _element: Element, words: Words) -> None:
        words.append("\r")

    def _hyphen(self, element: Element, words: Words) -> None:
        words.append("\u2011" if element.tag == f"{W}noBreakHyphen" else "\u00ad")

    def _symbol(self, element: Element, words: Words) -> None:
        try:
            words.append(chr(int(element.get(f"{W}char", ""), 16)))
        except (ValueError, OverflowError):
            words.append("\ufffd")

    def _field_mark(self, element: Element, _words: Words) -> None:
        kind = element.get(f"{W}fldCharType")
        if kind == "begin":
            self._field_depth += 1
        elif kind == "end":
            self._field_depth = max(0, self._field_depth - 1)
        self._in_result = kind == "separate" or (kind == "end" and self._in_result and self._field_depth > 0)

    def _simple_field(self, element: Element, words: Words) -> None:
        if not self._skips_fields:
            self._children(element, words)

    def _paragraph(self, element: Element, words: Words) -> None:
        if not words.in_control:
            own = Words()
            self._children(element, own)
            self._keep(own)
            return
        if words.paragraphs and not words.is_joined:
            words.append("\n")
        words.paragraphs += 1
        self._children(element, words)
        mark = element.find(f"{W}pPr/{W}rPr/{W}del")
        words.is_joined = mark is not None
        self.changes += mark is not None

    def _table(self, element: Element, words: Words) -> None:
        outer, self._row = self._row, None
        self._tables += 1
        table = self._tables
        for row in element.iterchildren():
            self._row = None
            self._in_table(row, table, words)
        self._row = outer

    def _in_table(self, element: Element, table: int, words: Words) -> None:
        """Go through a row, or through what stands around rows."""
        if element.tag == f"{W}tr":
            if element.find(f"{W}trPr/{W}del") is not None:
                self.changes += 1
                return
            self._rows += 1
            self._row = _Row(table, self._rows)
            self._children(element, words)
        elif element.tag not in _UNSEEN and isinstance(element.tag, str):
            if element.tag in {f"{W}bookmarkStart", f"{W}bookmarkEnd"}:
                self._STEPS[element.tag](self, element, words)
            for child in element.iterchildren():
                self._in_table(child, table, words)

    def _cell(self, element: Element, words: Words) -> None:
        if self._row is not None:
            self._row.cell += 1
            self._row.controls = 0
        self._children(element, words)
        self._give_up()

    def _taken_out(self, _element: Element, _words: Words) -> None:
        self.changes += 1

    def _put_in(self, element: Element, words: Words) -> None:
        self.changes += 1
        self._children(element, words)

    def _alternatives(self, element: Element, words: Words) -> None:
        """Take the first way in which a thing is said: the others say the same."""
        for way in element.iterchildren(f"{_MC}Choice", f"{_MC}Fallback"):
            self._children(way, words)
            return

    def _text_box(self, element: Element, _words: Words) -> None:
        self._children(element, Words())

    def _bookmark_start(self, element: Element, words: Words) -> None:
        name = element.get(f"{W}name", "")
        if not name.startswith(BOOKMARK):
            return
        if self._overrun is not None and self._overrun.control.bookmark == name:
            # LibreOffice may begin the bookmark anew in its last paragraph.
            self._overrun.bookmark = element.get(f"{W}id", "")
            return
        # LibreOffice puts the start of the bookmark into the control.
        if self._control is not None and not self._control.bookmark:
            self._control.bookmark = name
            self._within[element.get(f"{W}id", "")] = self._control
            return
        self._open[element.get(f"{W}id", "")] = _Bookmark(name, words, len(words))

    def _bookmark_end(self, element: Element, words: Words) -> None:
        identifier = element.get(f"{W}id", "")
        self._within.pop(identifier, None)
        if self._overrun is not None and self._overrun.bookmark == identifier:
            self._end_overrun(self._overrun, words)
        bookmark = self._open.pop(identifier, None)
        if bookmark is None or bookmark.is_used or bookmark.words is not words or words.in_control:
            return
        text = "".join(words[bookmark.start :])
        if text.strip():
            del words[bookmark.start :]
            self._found(Control(bookmark=bookmark.name, kind="bookmark", text=text))

    def _end_overrun(self, overrun: _Overrun, words: Words) -> None:
        self._overrun = None
        if overrun.words is not words:
            overrun.lines.append(str(words))
            words.clear()
            overrun.control.text += "\n".join(overrun.lines)

    def _found(self, control: Control) -> None:
        if self._row is not None:
            control.row = self._row.number
            control.place = (self._row.table, self._row.cell, self._row.controls)
            self._row.controls += 1
        self.controls.append(control)

    def _sdt(self, element: Element, words: Words) -> None:
        properties, content = element.find(f"{W}sdtPr"), element.find(f"{W}sdtContent")
        if content is None:
            return
        control = control_of(properties)
        holds_others = not control.tag and content.find(f".//{W}sdt") is not None
        if control.kind == "container" or holds_others or (self._control is not None and not control.tag):
            self._children(content, words)
            return
        waiting = [bookmark for bookmark in self._open.values() if not bookmark.is_used]
        if waiting and not words.in_control:
            waiting[-1].is_used = True
            control.bookmark = waiting[-1].name
        outer, self._control = self._control, control
        before, inner = self.changes, Words(in_control=True)
        self._children(content, inner)
        self._control = outer
        control.text, control.has_changes = str(inner), self.changes > before
        self._found(control)
        going_on = [identifier for identifier, holder in self._within.items() if holder is control]
        if going_on and control.kind == "text" and not words.in_control:
            self._give_up()
            self._overrun = _Overrun(control, going_on[0], words, len(words), [])

    _STEPS: ClassVar[dict[str, Callable[[Walk, Element, Words], None]]] = {
        f"{W}t": _text,
        f"{_MATHS}t": _text,
        f"{W}tab": _tab,
        f"{W}ptab": _tab,
        f"{W}br": _break,
        f"{W}cr": _return,
        f"{W}noBreakHyphen": _hyphen,
        f"{W}softHyphen": _hyphen,
        f"{W}sym": _symbol,
        f"{W}fldChar": _field_mark,
        f"{W}fldSimple": _simple_field,
        f"{W}p": _paragraph,
        f"{W}tbl": _table,
        f"{W}tc": _cell,
        f"{W}sdt": _sdt,
        f"{W}del": _taken_out,
        f"{W}moveFrom": _taken_out,
        f"{W}ins": _put_in,
        f"{W}moveTo": _put_in,
        f"{W}bookmarkStart": _bookmark_start,
        f"{W}bookmarkEnd": _bookmark_end,
        f"{W}txbxContent": _text_box,
        f"{_MC}AlternateContent": _alternatives,
    }
