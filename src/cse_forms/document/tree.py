"""The document tree: what is to be shown, in order, in words. It is the only thing that a renderer sees.

Every wording in it is final text, to be escaped by the renderer and never to be parsed. A renderer adds
nothing of its own but the page: margins, fonts, page numbers with the words in `Labels`.

Any text may be a `Said`: then `runs_of` tells the language of each part of it, and what is drawn says so wherever that
is not the document's language.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, Literal, TypeAlias

from cse_forms.document.redlined import Redlined
from cse_forms.document.sending import Button, Kept, Sending
from cse_forms.passages import Run, Said, runs_of

__all__ = [
    "ABOUT",
    "OUTCOME",
    "Answer",
    "AnswerStatus",
    "Block",
    "BulletList",
    "Button",
    "Cell",
    "Chart",
    "Diagram",
    "Document",
    "DocumentStatus",
    "Heading",
    "Kept",
    "Labels",
    "LinkList",
    "Option",
    "Panel",
    "PanelKind",
    "Paragraph",
    "Purpose",
    "Question",
    "QuestionKind",
    "Redlined",
    "Row",
    "Run",
    "Said",
    "Sending",
    "Step",
    "Table",
    "TermList",
    "Words",
    "runs_of",
]


@dataclass(frozen=True, slots=True, kw_only=True)
class Heading:
    """A heading. Level 1 is the document's title, which stands in `Document.title` alone."""

    level: int
    """2 to 6."""
    text: str
    number: str | None = None
    """The section's number, such as "4", shown before the text."""
    anchor: str | None = None
    """The pointer of the section, unique in the document."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Paragraph:
    """Running text. Line breaks in it were written by a person, and are kept."""

    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class BulletList:
    """A list without order. An item may have a list of its own below it."""

    items: tuple[str, ...]
    depths: tuple[int, ...] = ()
    """How deep each item stands: 0 at the left, at most one more than the item before it. Empty, if all are at 0."""

    @property
    def deep_items(self) -> tuple[tuple[int, str], ...]:
        """Each item with its depth."""
        return tuple(zip(self.depths or (0,) * len(self.items), self.items, strict=True))


@dataclass(frozen=True, slots=True, kw_only=True)
class TermList:
    """Terms, each with what is said of it."""

    terms: tuple[tuple[str, tuple[str, ...]], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class LinkList:
    """Addresses, each with its title."""

    links: tuple[tuple[str, str], ...]
    """(title, address)"""


ABOUT = "about-this-form"
"""The anchor of the heading above what is said about the form itself."""

OUTCOME = "outcome"
"""The anchor of the outcome's heading. It is no pointer, so that no section can have the same."""

PanelKind: TypeAlias = Literal[
    "text", "note", "warning", "definition", "outcome", "immediate", "soon", "consider", "findings"
]


@dataclass(frozen=True, slots=True, kw_only=True)
class Panel:
    """Words that belong together and ask for no answer: guidance, the outcome, a prompt, the findings.

    The kind is said in `label` too, so that nothing rests on colour alone: "Warning", "Act immediately".
    A panel of kind "text" is running text, without a frame.
    """

    kind: PanelKind
    label: str | None = None
    title: str | None = None
    blocks: tuple[Words, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Option:
    """One option of a question, and whether it is chosen."""

    title: str
    chosen: bool = False
    value: str = ""
    """What a response holds where it is chosen, as JSON writes it; a text without its quotation marks."""
    sent: str = ""
    """What a page sends where it is chosen: its value, or another word where values look alike on a page."""


AnswerStatus: TypeAlias = Literal["given", "not-known", "unanswered", "not-asked"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What a response says to a question, in the form's words."""

    status: AnswerStatus
    text: str
    """The answer; for one that is not given, the words that say so: "Not answered"."""


QuestionKind: TypeAlias = Literal["text", "long-text", "number", "date", "tick", "choice", "choices"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """A question, with room for the answer on a blank form, or with the answer."""

    pointer: str
    """The JSON Pointer of the answer: unique in the document, also in rows that stand empty to be filled."""
    label: str
    heading_level: int | None = None
    """Where the question is a section of its own: the level of heading that its label is."""
    kind: QuestionKind
    number: str | None = None
    hint: str | None = None
    routing: str | None = None
    """When it is to be answered, in words: "Answer this if ..."."""
    required: bool = False
    """Whether every complete response must answer it."""
    options: tuple[Option, ...] = ()
    """Of a choice or choices, in order; of a tick, the one box with its words."""
    lines: int = 1
    """Lines of room for a written answer."""
    answer: Answer | None = None
    """None where the answer is still to be given: on a blank form, and on one that is completed on a screen."""
    value: str | None = None
    """What was written, as the response has it, for a control that is to be filled in; a date as YYYY-MM-DD."""
    date_parts: tuple[str, str, str] | None = None
    """Of a date that is none: what was written as its day, its month and its year."""
    findings: tuple[str, ...] = ()
    """What is wrong with this answer, in plain sentences."""
    clear: tuple[str, str] | None = None
    """What a button sends that takes the answer away, its name and its value, where the control itself cannot."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """A row of a table: a heading for it, and a cell for each further column."""

    header: str
    """The words of the row's first cell; empty in a table without a row header."""
    number: str | None = None
    """Shown before the header, as is the hint after it."""
    hint: str | None = None
    anchor: str | None = None
    cells: tuple[Cell, ...]
    """As many as the table has columns after the first; None where the row has no such question."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """A table whose first column names its rows, unless `row_header` is None."""

    caption: str
    """What the table is, for those who cannot see the heading above it; shown only to assistive technology."""
    row_header: str | None
    columns: tuple[str, ...]
    """The headings of the columns after the first, or of all columns where there is no row header."""
    widths: tuple[int, ...]
    """Relative widths of all columns, the row header's first where there is one."""
    rows: tuple[Row, ...]
    grows_at: str | None = None
    """The pointer of a table to which rows can be added; None of any other."""
    most_rows: int | None = None
    """How many rows that one may have; None where the form does not say."""


Words: TypeAlias = Paragraph | BulletList | TermList | LinkList
Cell: TypeAlias = Question | tuple[Words, ...] | None
"""A question whose label is the column's heading (show it only to assistive technology), or words, or nothing."""
Block: TypeAlias = Heading | Panel | Question | Table


@dataclass(frozen=True, slots=True, kw_only=True)
class Labels:
    """The few words that a renderer itself puts on a page, in the interface's language."""

    page: str
    """Before a page's number: "Page"."""
    of: str
    """Between a page's number and their count: "of"."""
    required: str
    """Beside a question that must be answered: "required"."""
    day: str
    month: str
    year: str
    contents: str
    """The heading of a list of sections."""
    problem: str
    """Before what is wrong with an answer: "Problem"."""
    clear: str
    """The button that takes away the answer to a question of which one option is chosen: "Clear this answer"."""
    skip: str
    """The link that leads past the top of a page: "Skip to the form"."""
    write: str
    """In an empty control for words or a number."""
    choose: str
    """In an empty list of options."""
    pick_date: str
    """In an empty control for a date."""


DocumentStatus: TypeAlias = Literal["blank", "draft", "complete", "policy"]
"""A form with room for answers, the answers of a draft or of a complete response, or how the form decides."""

Purpose: TypeAlias = Literal["print", "fill", "record"]
"""What a document is for: a blank to write on by hand, one to complete on a screen, or a response to be read."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """One form to be shown: blank, with the answers of a draft or of a complete response, or its policy."""

    title: str
    language: str
    """BCP 47, such as en-GB: the language of the form's wording, and of every text that says nothing else."""
    form: str
    """The form's id."""
    version: str
    digest: str
    """sha256:... of the definition's canonical form."""
    status: DocumentStatus
    purpose: Purpose = "print"
    interface: str = "en-GB"
    """The language that was asked for; the interface's own words are `Said` where theirs is not the document's."""
    large_print: bool = False
    """Whether it is set for those who need 18 points."""
    banner: str | None
    """For a draft, the word that stands on every page: "DRAFT"."""
    reference: str
    """What stands on every page: the form's title or id and version."""
    labels: Labels
    facts: tuple[tuple[str, str], ...] = ()
    """What identifies this document, as (name, value): name of the child, completed by, date, form, version, digest."""
    blocks: tuple[Block, ...] = ()
    sending: Sending | None = None
    """How a page that was filled in is sent back; None where it is not."""
    response: dict[str, Any] | None = field(default=None, compare=False)
    """The response as it came, for renderers whose readers are programs; None for a blank form."""
    outcome: dict[str, Any] | None = field(default=None, compare=False)
    """Its outcome, as `evaluate --json` prints it, for the same readers."""

    @property
    def outcome_blocks(self) -> tuple[Block, ...]:
        """The blocks of the outcome alone, with their heading; none, where there is no outcome."""
        found: list[Block] = []
        for block in self.blocks:
            if isinstance(block, Heading) and block.level == 2 and (found or block.anchor == OUTCOME):
                if found:
                    break
                found.append(block)
            elif found:
                found.append(block)
        return tuple(found)


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """A box of a diagram: a question with the result where it holds, or words alone."""

    lines: tuple[tuple[int, str], ...]
    """What stands in the box: each line with its depth, 0 for running text and more for points."""
    label: str | None = None
    """On the way to the result: "holds"."""
    result: str | None = None
    """What comes of it. Without one the box asks nothing."""
    onward: str | None = None
    """On the way to the next box: "else"; None at the end of the chart."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Chart:
    """Boxes one below another, each leading to the next."""

    title: str
    steps: tuple[Step, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Diagram:
    """How a form decides, as a drawing shows it."""

    title: str
    language: str
    description: str
    """All that the drawing shows, in sentences, for those who cannot see it."""
    reference: str
    """The form's id and version, and its digest."""
    charts: tuple[Chart, ...]
