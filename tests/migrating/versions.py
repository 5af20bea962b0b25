"""Three versions of an invented form, with the migrations between them."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from cse_forms.answers.response import Response
from cse_forms.forms import Catalogue, Form
from cse_forms.schema.migration import MIGRATION_FILE, Migration, load_migration
from cse_forms.thresholds.as_schema import with_derived_rules
from tests import forms
from tests.cli.folders import write_form
from tests.forms import Document, choice, choices, date, definition, integer, section, table, text, tick

FIRST, SECOND, THIRD = "1.0.0", "2.0.0", "2.1.0"


def assessment(pointer: str) -> list[Document]:
    """Return an assessment that is high where one question is answered with yes."""
    rule = {"id": "gone", "level": "high", "when": {"items": pointer, "match": {"const": "yes"}}}
    levels = [{"id": "low"}, {"id": "high"}]
    return [{"id": "risk", "levels": levels, "rules": [rule], "otherwise": {"level": "low"}}]


def first() -> Document:
    """Return the first version."""
    return definition(
        {
            "child": section({"name": text(), "age": integer(), "school": text()}),
            "signs": section({"missing": choice("yes", "no", "maybe"), "worries": choices("home", "street", "online")}),
            "visits": table(section({"on": date(), "who": text()})),
            "told": tick(),
        },
        version=FIRST,
        assessments=assessment("/signs/missing"),
    )


def second() -> Document:
    """Return the second version: renamed, moved, split, with other options, and one question more."""
    return definition(
        {
            "child": section({"first": text(), "last": text(), "age": integer()}),
            "indicators": section(
                {"missing": choice("yes", "no", "not-known"), "worries": choices("home", "street", "internet")}
            ),
            "contacts": table(section({"on": date(), "with": text()})),
            "education": section({"school": text()}),
            "told": choice("yes", "no"),
            "review": choice("yes", "no"),
        },
        version=SECOND,
        assessments=assessment("/indicators/missing"),
    )


def third() -> Document:
    """Return the third version, which asks for something more."""
    document = second()
    properties = {**document["properties"], "extra": text()}
    return definition(properties, version=THIRD, assessments=assessment("/indicators/missing"))


STEPS: tuple[Document, ...] = (
    {"split": "/child/name", "by": " ", "to": ["/child/first", "/child/last"]},
    {"move": "/child/school", "to": "/education/school", "because": "It has a section of its own."},
    {"move": "/signs", "to": "/indicators"},
    {"options": "/signs/missing", "map": {"maybe": "not-known"}},
    {"options": "/signs/worries", "map": {"online": "internet"}},
    {"move": "/visits", "to": "/contacts"},
    {"move": "/visits/*/who", "to": "/contacts/*/with"},
    {"options": "/told", "map": {"true": "yes", "false": "no"}},
    {"default": "/review", "value": "no"},
)
"""What becomes of answers to the first version in the second."""

ANSWERS: dict[str, Any] = {
    "child": {"name": "Robin Sample", "age": 14, "school": "Hill School"},
    "signs": {"missing": "maybe", "worries": ["street", "online"]},
    "visits": [{"on": "2026-01-31", "who": "A neighbour"}, {}, {"who": "An aunt"}],
    "told": True,
}
MIGRATED: dict[str, Any] = {
    "child": {"first": "Robin", "last": "Sample", "age": 14},
    "indicators": {"missing": "not-known", "worries": ["street", "internet"]},
    "contacts": [{"on": "2026-01-31", "with": "A neighbour"}, {}, {"with": "An aunt"}],
    "education": {"school": "Hill School"},
    "told": "yes",
    "review": "no",
}


def migration(*steps: Document, start: str = FIRST, end: str = SECOND) -> Migration:
    """Return a migration of the invented form."""
    document = {"form": forms.ID, "from": start, "to": end, "steps": list(steps)}
    return load_migration(forms.to_bytes(document), MIGRATION_FILE)


def between(old: Document, new: Document) -> tuple[Form, Form]:
    """Return two versions, the second of which gets a number of its own if it has none."""
    return forms.form(old), forms.form(numbered(new, SECOND) if old["$id"] == new["$id"] else new)


def numbered(document: Document, version: str) -> Document:
    """Return a definition under another version."""
    words = {**document["x-form"], "version": version}
    return {**document, "$id": f"urn:cse-forms:{words['id']}:{version}", "x-form": words}


def catalogue(folder: Path, *documents: Document, migrations: dict[str, Any] | None = None) -> Catalogue:
    """Return a catalogue of these versions, with the migrations by the versions that they lead to."""
    for document in documents:
        path = write_form(folder, with_derived_rules(forms.load(document)))
        found = (migrations or {}).get(path.parent.name)
        if found is not None:
            path.with_name(MIGRATION_FILE).write_bytes(forms.to_bytes(found))
    return Catalogue.from_directory(folder)


def three(folder: Path) -> Catalogue:
    """Return a catalogue of the three versions."""
    told = {"form": forms.ID, "from": FIRST, "to": SECOND, "steps": list(STEPS)}
    return catalogue(folder, first(), second(), third(), migrations={SECOND: told})


def response(answers: dict[str, Any], version: str = FIRST, **words: Any) -> Response:
    """Return a response to the invented form."""
    return Response(form=forms.ID, version=version, answers=answers, **words)
