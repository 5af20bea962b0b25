"""Of which form a document says that it is. Word and PDF share it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from cse_forms.answers.fields import Note
from cse_forms.errors import FormNotFoundError, InputError
from cse_forms.reading import MAX_BYTES, read_file

if TYPE_CHECKING:
    from cse_forms.forms import Catalogue, Form


def name_and_bytes(document: str | Path | bytes) -> tuple[str, bytes]:
    """Return what to call a document, and its bytes.

    Raises:
        InputError: it cannot be read, or is larger than any form.
    """
    if not isinstance(document, bytes):
        return str(document), read_file(Path(document))
    name = "the document"
    if len(document) > MAX_BYTES:
        raise InputError(f"{name} has more than {MAX_BYTES / 1e6:,.0f} MB, which no form needs")
    return name, document


def form_of(catalogue: Catalogue, name: str, form: str, version: str, digest: str | None) -> Form:
    """Return the form that a document was made from.

    Args:
        catalogue: the forms.
        name: what the document is called.
        form: the id of the form.
        version: its version.
        digest: of the definition, if the document says one.

    Raises:
        InputError: there is no such form, or it was published with other bytes.
    """
    try:
        found = catalogue.get_form(form, version)
    except FormNotFoundError as error:
        raise InputError(f"{name}: {error}") from error
    if digest and not found.definition.is_known_as(digest) and found.definition.is_published:
        raise InputError(
            f"{name} was made from another {found.id} {found.version} ({digest}) than the one at hand "
            f"({found.digest}). Find the definition that it was made from; it cannot be read by this one."
        )
    return found


def about_version(catalogue: Catalogue, form: Form, digest: str | None) -> Iterator[Note]:
    """Yield that there is a newer version, or that the form has changed since the document was made."""
    newest = catalogue.get_form(form.id).version
    if _numbers(newest) > _numbers(form.version):
        yield Note(
            kind="older-version",
            message=f"This document is of version {form.version} of the form, and was read as such; "
            f"the newest is {newest}.",
        )
    if digest and not form.definition.is_known_as(digest):
        yield Note(
            kind="changed-form",
            message="The form is not published yet, and has changed since this document was made; "
            "it was read by the form as it is now.",
        )


def _numbers(version: str) -> tuple[int, ...]:
    return tuple(int(part) for part in version.split("."))
