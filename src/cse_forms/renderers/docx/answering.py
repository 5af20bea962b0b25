"""How each kind of question is answered in a document for paper or in a record: room to write, boxes, or the answer.

What is filled in on a screen has controls instead; see `controls`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from cse_forms.renderers.docx.controls import control
from cse_forms.renderers.docx.filling import Fillable
from cse_forms.renderers.docx.layout import in_one_line, is_wanted
from cse_forms.renderers.docx.markup import paragraph, run

if TYPE_CHECKING:
    from cse_forms.document.tree import Answer, Labels, Option, Question
    from cse_forms.renderers.docx.page import Page


def answer(question: Question, width: int, labels: Labels, page: Page) -> str:
    """Write the answer, the room for it, or the control that it is given in, as the kind of question has it.

    Args:
        question: what is asked.
        width: of the column that it stands in.
        labels: the words that a renderer itself puts on a page.
        page: the sheet.
    """
    if isinstance(question, Fillable):
        return control(question, width, labels, page)
    match question.kind:
        case "text" | "long-text" | "number":
            return paragraph("Answer", "") if question.answer is None else _said(question.answer)
        case "date":
            return _date(width, labels, page) if question.answer is None else _said(question.answer)
        case "tick":
            return "".join(_tick(question, option) for option in question.options)
        case "choice" | "choices":
            return _boxes(question, width, page)


def label(question: Question, labels: Labels, style: str, *, keep: bool = False) -> str:
    """Write the words of a question, and that it must be answered."""
    content = run((question.number + " " if question.number else "") + question.label)
    if is_wanted(question):
        content += run(" ") + required(labels)
    return paragraph(style, content, keep)


def required(labels: Labels) -> str:
    """Write that an answer must be given."""
    return run("(" + labels.required + ")", "Required", bold=False)


def notes(question: Question, *, keep: bool = False) -> str:
    """Write what helps to answer a question, and when it is to be answered."""
    hint = paragraph("Hint", run(question.hint), keep) if question.hint else ""
    return hint + (paragraph("Routing", run(question.routing), keep) if question.routing else "")


def findings(question: Question, labels: Labels, *, keep: bool = False) -> str:
    """Write what is wrong with the answer."""
    before = run(labels.problem + ": ", bold=True) if question.findings else ""
    return "".join(paragraph("Finding", before + run(finding), keep) for finding in question.findings)


def _said(answer: Answer) -> str:
    """Write an answer in words; what was not given is set apart from what was."""
    return paragraph("Answer", run(answer.text, None if answer.status == "given" else "Emphasis"))


def _date(width: int, labels: Labels, page: Page) -> str:
    """Write the three parts of a date, each with its name and a line to write on."""
    if width <= page.measure // 2:
        return paragraph("Date", run(labels.day + " / " + labels.month + " / " + labels.year))
    places = "".join(
        f'<w:tab w:val="left" w:leader="underscore" w:pos="{width * place // 100}"/>' for place in (26, 56, 90)
    )
    parts = (labels.day + " ", " " + labels.month + " ", " " + labels.year + " ")
    runs = "".join(f"{run(part)}<w:r><w:tab/></w:r>" for part in parts)
    return f'<w:p><w:pPr><w:pStyle w:val="Date"/><w:tabs>{places}</w:tabs></w:pPr>{runs}</w:p>\n'


def _tick(question: Question, option: Option) -> str:
    """Write one box to tick, with its words; with the answer, the box and what it says."""
    if question.answer is None:
        return paragraph("Options", run("☐", "TickBox") + run(" " + option.title))
    words = run(" " + question.answer.text, None if question.answer.status == "given" else "Emphasis")
    return paragraph("Answer", run("☒" if option.chosen else "☐", "ShownBox") + words)


def _boxes(question: Question, width: int, page: Page) -> str:
    """Write options, each with its box. Which is chosen is said in words above them, and not by its box alone."""
    style, above = ("Options", "") if question.answer is None else ("Offered", _said(question.answer))
    box = "TickBox" if question.answer is None else "ShownBox"
    options = [
        run("☒" if option.chosen else "☐", box) + run(" " + option.title, bold=True if option.chosen else None)
        for option in question.options
    ]
    if in_one_line(question, width, page):
        return above + paragraph(style, run("   ").join(options))
    return above + "".join(paragraph(style, option) for option in options)
