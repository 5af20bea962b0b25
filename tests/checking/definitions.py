"""Invented definitions written into a folder and checked."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from cse_forms.checking import Checked, check_file
from cse_forms.errors import Problem
from tests.cli.folders import write_form
from tests.forms import Document


def codes_of(checked: Checked) -> set[str]:
    """Return the codes of all that was found."""
    return {notice.problem.code for notice in checked.notices}


def checked_in(folder: Path, document: Document, *, scenarios: list[Document] | None = None) -> Checked:
    """Return what is found about a definition."""
    return check_file(write_form(folder, document, scenarios=scenarios))


def told(checked: Checked, code: str) -> list[Problem]:
    """Return what was found under a code."""
    return [notice.problem for notice in checked.notices if notice.problem.code == code]


def with_words(document: Document, **words: Any) -> Document:
    """Return a document with words of the form's x-form in place of its own."""
    return document | {"x-form": document["x-form"] | words}
