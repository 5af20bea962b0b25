"""The forms of a folder."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from cse_forms.forms.form import Form
from cse_forms.schema.catalogue import DefinitionStore, Entry, shipped_directory

if TYPE_CHECKING:
    from collections.abc import Mapping

    from cse_forms.schema.index import Retirement


class Catalogue:
    """The forms of a folder, by id and version."""

    def __init__(self, store: DefinitionStore) -> None:
        self._store = store
        self._forms: dict[tuple[str, str], Form] = {}

    @classmethod
    def from_directory(cls, directory: str | Path) -> Catalogue:
        """Return the forms of a folder that holds `<id>/<version>/form.json`.

        Raises:
            FormNotFoundError: there is no such folder.
        """
        return cls(DefinitionStore(Path(directory)))

    @classmethod
    def shipped(cls) -> Catalogue:
        """Return the forms that come with the library."""
        return cls(DefinitionStore(shipped_directory()))

    @property
    def directory(self) -> Path:
        """The folder."""
        return self._store.directory

    def entries(self) -> tuple[Entry, ...]:
        """Return what there is - id, version, status, title - without loading the forms.

        Raises:
            DefinitionError: a file is not even JSON, or does not say what it is.
        """
        return self._store.entries()

    def versions(self) -> Mapping[str, tuple[str, ...]]:
        """Return the versions of every form, oldest first, by the forms' ids."""
        return self._store.versions()

    def retirement(self, form: str, version: str) -> Retirement | None:
        """Return that a version is retired, when, why and what to use in its place; None, while it is in use."""
        return self._store.retirement(form, version)

    def get_form(self, form: str, version: str | None = None) -> Form:
        """Return a form.

        Args:
            form: its id.
            version: three numbers; the newest published version that is not retired if none is said, or the newest,
                if none is published.

        Raises:
            FormNotFoundError: with the forms or versions that there are.
            DefinitionError: its file is no sound definition, or a published one was changed.
        """
        definition = self._store.get(form, version)
        key = definition.id, definition.version
        if key not in self._forms:
            self._forms[key] = Form(definition, self._store.directory / definition.id / definition.version)
        return self._forms[key]


@cache
def shipped_catalogue() -> Catalogue:
    """Return the catalogue of the shipped forms, the same one each time."""
    return Catalogue.shipped()


def get_form(form: str, version: str | None = None) -> Form:
    """Return one of the shipped forms; see `Catalogue.get_form`."""
    return shipped_catalogue().get_form(form, version)
