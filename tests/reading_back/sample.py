"""A small invented form with every kind of question, to be filled in."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import cse_forms
from cse_forms.forms import Form
from tests import forms
from tests.cli.folders import write_form

FORM = "invented"
LONG = tuple(f"an-option-with-so-many-words-that-it-drops-{one}" for one in ("down", "further", "deepest"))


def sample(version: str = "1.0.0", *, status: str = "published", **more: Any) -> forms.Document:
    """Return the definition."""
    row = forms.section({"name": forms.text(), "seen": forms.tick(), "since": forms.date()})
    return forms.definition(
        {
            "name": forms.text(),
            "story": forms.text(lines=6),
            "born": forms.date(),
            "age": forms.integer(),
            "share": forms.number(),
            "agreed": forms.tick(),
            "missing": forms.choice("yes", "no", "not-known"),
            "level": forms.choice(*LONG),
            "models": forms.choices("online", "peer", "gang"),
            "signs": forms.matrix({"gifts": forms.section({"seen": forms.choice("yes", "no"), "notes": forms.text()})}),
            "people": forms.table(row),
        }
        | more,
        version=version,
        status=status,
    )


def catalogue(folder: Path, *definitions: forms.Document) -> cse_forms.Catalogue:
    """Return a catalogue of definitions, written to a folder."""
    for document in definitions or (sample(),):
        write_form(folder, document)
    return cse_forms.Catalogue.from_directory(folder)


def blank_of(form: Form, answers: dict[str, Any] | None = None) -> bytes:
    """Return the form to be filled in."""
    made = form.render("docx", answers, draft=True, purpose="fill")
    assert isinstance(made, bytes)
    return made
