"""The templates, and what they may call."""

from __future__ import annotations

from functools import cache

from jinja2 import Environment, PackageLoader, StrictUndefined

from cse_forms.document.tree import Heading, Question, Table
from cse_forms.renderers.docx.controls import control
from cse_forms.renderers.docx.filling import Fillable, GrowingTable
from cse_forms.renderers.docx.layout import (
    FIELD_SHARES,
    Fields,
    Gap,
    LaidPanel,
    in_one_line,
    is_wanted,
    is_whole,
    laid_rows,
    lines_of,
    panel_lines,
    room,
    wanted_columns,
)
from cse_forms.renderers.docx.markup import carried, followed, paragraph, relationship, run

TEMPLATE_OF = {
    Heading: "heading",
    LaidPanel: "panel",
    Question: "question",
    Fillable: "question",
    GrowingTable: "table",
    Fields: "fields",
    Table: "table",
    Gap: "gap",
}
"""The template, in `blocks/`, of each thing that stands in a body."""


@cache
def environment() -> Environment:
    """Return the environment of the templates. They are compiled once in a process."""
    made = Environment(
        loader=PackageLoader("cse_forms.renderers.docx", "templates"),
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
        undefined=StrictUndefined,
        finalize=carried,
        auto_reload=False,
    )
    made.globals.update(field_shares=FIELD_SHARES, macros=macros, paragraph=paragraph, run=run)
    made.globals.update(control=control)
    made.filters["template"] = _template_of
    made.filters.update(followed=followed, relationship=relationship)
    made.filters.update(in_one_line=in_one_line, is_whole=is_whole, room=room)
    made.filters.update(wanted_columns=wanted_columns, laid_rows=laid_rows, lines_of=lines_of, panel_lines=panel_lines)
    made.tests.update(question=_is_question, wanted=is_wanted, fillable=_is_fillable, growing=_is_growing)
    return made


@cache
def macros(name: str) -> object:
    """Return the macros of a template, for one whose name follows from what is to be written."""
    return environment().get_template(f"{name}.xml").module


def _template_of(block: object) -> str:
    return TEMPLATE_OF[type(block)]


def _is_question(cell: object) -> bool:
    return isinstance(cell, Question)


def _is_fillable(question: object) -> bool:
    return isinstance(question, Fillable)


def _is_growing(table: object) -> bool:
    return isinstance(table, GrowingTable)
