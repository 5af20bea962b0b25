"""The forms that a service serves. Ids and versions of requests are matched with those that there are."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from pydantic_core import to_json

from cse_forms.errors import FormNotFoundError

if TYPE_CHECKING:
    from collections.abc import Mapping

    from cse_forms.forms import Catalogue, Form

_NAME = re.compile(r"[0-9A-Za-z.-]{1,64}")
"""What an id or a version consists of. Anything else is not looked up at all."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ServedVersion:
    """One version of a form, in a list."""

    __pydantic_config__: ClassVar[Mapping[str, bool]] = {"use_attribute_docstrings": True}

    version: str
    """Three numbers, such as 1.0.0."""
    status: str
    """One of "draft", "published" and "retired"."""
    title: str
    """The form's title in this version."""
    href: str
    """Where its definition is."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ServedForm:
    """One form, in a list."""

    __pydantic_config__: ClassVar[Mapping[str, bool]] = {"use_attribute_docstrings": True}

    id: str
    """The form's id."""
    current: str | None
    """The version to use: the newest that is published and in use; null where all are retired."""
    href: str
    """Where its list of versions is."""
    versions: tuple[ServedVersion, ...]
    """All versions, the oldest first."""


class ServedForms:
    """The forms of a catalogue, by the names that requests give."""

    def __init__(self, catalogue: Catalogue) -> None:
        self.catalogue = catalogue
        self._forms: dict[tuple[str, str], Form] = {}
        self._definitions: dict[tuple[str, str], bytes] = {}

    def at_hand(self, form: str, version: str) -> Form | None:
        """Return a form that was served before; None, if it was not yet."""
        return self._forms.get((form, version))

    def form(self, form: str, version: str) -> Form:
        """Return a form.

        Raises:
            FormNotFoundError: there is none of this id and version.
            DefinitionError: its definition is not sound.
        """
        found = self._forms.get((form, version))
        if found is None:
            versions = self.versions_of(form)
            if version not in versions:
                raise FormNotFoundError(f"There is no such version of '{form}'; there is: {', '.join(versions)}.")
            found = self.catalogue.get_form(form, version)
            self._forms[form, version] = found
        return found

    def versions_of(self, form: str) -> tuple[str, ...]:
        """Return the versions of a form.

        Raises:
            FormNotFoundError: there is no such form.
        """
        known = self.versions()
        if form not in known:
            raise FormNotFoundError(f"There is no form of this id; there is: {', '.join(known) or 'none'}.")
        return known[form]

    def versions(self) -> dict[str, tuple[str, ...]]:
        """Return the versions of every form. What could not stand in an address is left out."""
        return {
            form: tuple(version for version in versions if _NAME.fullmatch(version))
            for form, versions in self.catalogue.versions().items()
            if _NAME.fullmatch(form)
        }

    def definition(self, form: Form) -> bytes:
        """Return the definition of a form as JSON."""
        key = form.id, form.version
        if key not in self._definitions:
            self._definitions[key] = to_json(dict(form.schema))
        return self._definitions[key]

    def listed(self, base: str, only: str | None = None) -> list[ServedForm]:
        """Return a list of the forms.

        Args:
            base: what stands before every address of the service.
            only: the id of the one form to list; all, if none is named.

        Raises:
            FormNotFoundError: there is no such form.
            DefinitionError: a definition is not sound.
        """
        known = {only: self.versions_of(only)} if only is not None else self.versions()
        entries = self.catalogue.entries()
        return [
            ServedForm(
                id=form,
                current=self._current(form),
                href=f"{base}/forms/{form}",
                versions=tuple(
                    ServedVersion(
                        version=version,
                        status=entry.status,
                        title=entry.title,
                        href=f"{base}/forms/{form}/{version}",
                    )
                    for entry in entries
                    if entry.path.parent.parent.name == form and (version := entry.path.parent.name) in known[form]
                ),
            )
            for form in known
        ]

    def _current(self, form: str) -> str | None:
        try:
            return self.catalogue.get_form(form).version
        except FormNotFoundError:
            return None  # every version is retired
