"""Content controls: where a person answers in Word. The order of their elements is that of the standard.

Every control stands within a paragraph, in a bookmark of its own. Its wording around it cannot be changed, because the
whole body stands in a control of the kind "group": Word lets nobody write in one but in the controls within it. The
other ways were not taken. Protection for forms turns off the spelling check and the adding of rows; protection against
all writing would need an exception around each control, which a row that is added would not have.
"""

from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING

from markupsafe import escape

from cse_forms.renderers.docx.layout import in_one_line
from cse_forms.renderers.docx.markup import carried, paragraph, run
from cse_forms.renderers.docx.naming import bookmark_of, option_names, tag_of, title_of

if TYPE_CHECKING:
    from cse_forms.document.tree import Labels
    from cse_forms.renderers.docx.filling import Fillable
    from cse_forms.renderers.docx.page import Page

_PLACEHOLDER = "PlaceholderText"
_BOX = "TickBox"
_TICKED, _UNTICKED = "☒", "☐"
_BREAK = re.compile("(\r\n|[\t\n\r])")
_ELEMENTS = {
    "\n": "<w:br/>",
    # A line break that says what was there, so that it is read back as it was written; it looks like any other.
    "\r\n": '<w:br w:type="textWrapping" w:clear="all"/>',
    "\r": "<w:cr/>",
    "\t": "<w:tab/>",
}
_DAY = re.compile(r"(\d{4})-(\d\d)-(\d\d)")
_FIRST_YEAR = 1900
"""Word's calendar has no dates before it: an earlier one stands in its control as text alone."""
_LONGEST_ITEM = 200
"""Letters of an option that are still read well in a list that drops down."""


def placeholders(labels: Labels) -> tuple[tuple[str, str], ...]:
    """Return what empty controls show, each with the name by which they refer to it."""
    return (("CseFormsWrite", labels.write), ("CseFormsChoose", labels.choose), ("CseFormsDate", labels.pick_date))


def control(question: Fillable, width: int, labels: Labels, page: Page) -> str:
    """Write the control, or the controls, in which a question is answered.

    Args:
        question: with what was answered already.
        width: of the column that it stands in.
        labels: what stands in a control that is empty.
        page: the sheet.
    """
    if question.kind in {"tick", "choices"}:
        return _boxes(question, width, page)
    if question.kind == "choice":
        titles = [option.title for option in question.options]
        drops = len(set(titles)) == len(titles) and all(0 < len(title) <= _LONGEST_ITEM for title in titles)
        if in_one_line(question, width, page) or not drops:
            return _boxes(question, width, page)
        return _answer(_drop_down(question, labels))
    if question.kind == "date":
        return _answer(_date(question, labels))
    return _answer(_text(question, labels))


def _answer(content: str) -> str:
    return paragraph("Answer", content)


def _boxes(question: Fillable, width: int, page: Page) -> str:
    names = option_names([option.value for option in question.options])
    boxes = []
    for place, (option, name) in enumerate(zip(question.options, names, strict=True)):
        state = f'<w14:checkbox><w14:checked w14:val="{option.chosen:d}"/>'
        state += '<w14:checkedState w14:val="2612" w14:font="MS Gothic"/>'
        state += '<w14:uncheckedState w14:val="2610" w14:font="MS Gothic"/></w14:checkbox>'
        title = question.title if question.kind == "tick" else title_of(question.title, option.title)
        box = run(_TICKED if option.chosen else _UNTICKED, _BOX)
        # A tick has one box, which is its question's own.
        own = None if question.kind == "tick" else name
        boxes.append(_control(question, state, box, title=title, option=own, place=place) + run(" " + option.title))
    if in_one_line(question, width, page):
        return paragraph("Options", run("   ").join(boxes))
    return "".join(paragraph("Options", box) for box in boxes)


def _drop_down(question: Fillable, labels: Labels) -> str:
    names = option_names([option.value for option in question.options])
    items = "".join(
        f'<w:listItem w:displayText="{_attribute(option.title)}" w:value="{name}"/>'
        for option, name in zip(question.options, names, strict=True)
    )
    if labels.choose not in {option.title for option in question.options}:
        items = f'<w:listItem w:value="{_attribute(labels.choose)}"/>{items}'
    chosen = next((option.title for option in question.options if option.chosen), None)
    content = run(labels.choose, _PLACEHOLDER) if chosen is None else run(chosen)
    kind = f"<w:dropDownList>{items}</w:dropDownList>"
    return _control(question, kind, content, empty="CseFormsChoose", is_empty=chosen is None)


def _date(question: Fillable, labels: Labels) -> str:
    shown, full = question.value, ""
    found = _DAY.fullmatch(question.value or "")
    if found and _is_day(question.value or ""):
        year, month, day = found.groups()
        shown = f"{day}/{month}/{year}"
        if int(year) >= _FIRST_YEAR:
            full = f' w:fullDate="{question.value}T00:00:00Z"'
    kind = f'<w:date{full}><w:dateFormat w:val="dd/MM/yyyy"/><w:lid w:val="en-GB"/>'
    kind += '<w:storeMappedDataAs w:val="dateTime"/><w:calendar w:val="gregorian"/></w:date>'
    content = run(labels.pick_date, _PLACEHOLDER) if not shown else _exactly(shown)
    return _control(question, kind, content, empty="CseFormsDate", is_empty=not shown)


def _text(question: Fillable, labels: Labels) -> str:
    # Whoever presses Enter in a short answer expects no second line. A long one may have paragraphs: LibreOffice joins
    # the lines of a control that holds plain text, so that "one" and "two" would become "onetwo".
    lines = question.kind == "long-text" or _BREAK.search(question.value or "")
    content = _exactly(question.value) if question.value else run(labels.write, _PLACEHOLDER)
    kind = "<w:richText/>" if lines else "<w:text/>"
    return _control(question, kind, content, empty="CseFormsWrite", is_empty=not question.value)


def _control(
    question: Fillable,
    kind: str,
    content: str,
    *,
    title: str | None = None,
    option: str | None = None,
    place: int = 0,
    empty: str | None = None,
    is_empty: bool = False,
) -> str:
    tag = tag_of(question.name, option)
    number = question.number_of_control + place
    bookmark = bookmark_of(tag, question.row)
    lock = '<w:lock w:val="sdtLocked"/>' if question.is_locked else ""
    properties = f'<w:alias w:val="{_attribute(title or question.title)}"/><w:tag w:val="{_attribute(tag)}"/>'
    shown = f'<w:placeholder><w:docPart w:val="{empty}"/></w:placeholder>' if empty else ""
    shown += "<w:showingPlcHdr/>" if is_empty else ""
    properties += f'<w:id w:val="{number}"/>{lock}{shown}{kind}'
    return (
        f'<w:bookmarkStart w:id="{number}" w:name="{bookmark}"/>'
        f"<w:sdt><w:sdtPr>{properties}</w:sdtPr><w:sdtContent>{content}</w:sdtContent></w:sdt>"
        f'<w:bookmarkEnd w:id="{number}"/>'
    )


def _exactly(text: str) -> str:
    """Write a run from which the same text is read again, to the last line break."""
    pieces = [
        _ELEMENTS.get(piece) or f'<w:t xml:space="preserve">{escape(piece)}</w:t>'
        for piece in _BREAK.split(text)
        if piece
    ]
    return f"<w:r>{''.join(pieces)}</w:r>"


def _attribute(text: str) -> str:
    return str(escape(carried(" ".join(text.split()))))


def _is_day(text: str) -> bool:
    try:
        date.fromisoformat(text)
    except ValueError:
        return False
    return True
