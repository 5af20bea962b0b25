"""The usual layout of a definition and of the files beside it, so that a comparison of two files shows the change."""

from __future__ import annotations

import json
from dataclasses import dataclass
from enum import Enum
from pathlib import Path
from typing import Any

from cse_forms.errors import CseFormsError, InputError
from cse_forms.reading import parse_json, read_file
from cse_forms.schema.faults import not_json
from cse_forms.schema.loading import load_definition
from cse_forms.thresholds.as_schema import with_derived_rules


class Layout(Enum):
    """How a file is set out."""

    USUAL = "usual"
    OTHER = "other"
    PUBLISHED = "published"
    """Otherwise than usual, in a version that never changes again."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Formatted:
    """A file as it is, and as it is usually set out."""

    path: Path
    layout: Layout
    was: bytes
    data: bytes


def usual(document: Any) -> bytes:
    """Return a JSON document in its usual layout. The keys keep their order, since it is that of the form."""
    return (json.dumps(document, indent=2, ensure_ascii=False) + "\n").encode("utf-8")


def formatted(path: Path) -> list[Formatted]:
    """Return a definition and the files beside it as they are usually set out; nothing is written.

    Args:
        path: the definition's file.

    Raises:
        DefinitionError: it has faults, or a file beside it is no JSON.
        InputError: a file cannot be read.
    """
    was = read_file(path)
    definition = load_definition(was, str(path))
    data = usual(with_derived_rules(definition))
    other = Layout.PUBLISHED if definition.is_published else Layout.OTHER
    found = [Formatted(path=path, layout=Layout.USUAL if data == was else other, was=was, data=data)]
    for file in sorted(path.parent.glob("*.json")):
        if file != path:
            was = read_file(file)
            try:
                data = usual(parse_json(was, str(file)))
            except InputError as error:
                raise not_json(str(file), was, error) from None
            found.append(Formatted(path=file, layout=Layout.USUAL if data == was else Layout.OTHER, was=was, data=data))
    return found


def check_changeable(found: Formatted) -> None:
    """See that a file may be set out anew.

    Raises:
        CseFormsError: it is a published version.
    """
    if found.layout is Layout.PUBLISHED:
        raise CseFormsError(
            f"{found.path} is published, and a published version never changes; make a new version of it"
        )
