"""The definitions of a folder, by id and version."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib import metadata, resources
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit
from urllib.request import url2pathname

from cse_forms.errors import CseFormsError, DefinitionError, FormNotFoundError, InputError, Problem
from cse_forms.reading import parse_json, read_file
from cse_forms.schema.faults import not_json, suggestion

if TYPE_CHECKING:
    from cse_forms.schema.definition import Definition

FORM_FILE = "form.json"
DIGEST_FILE = "form.json.sha256"
"""What `sha256sum form.json` prints, recorded when a version is published."""


@cache
def shipped_directory() -> Path:
    """Return the folder of the definitions that come with the library.

    An installed package carries them inside. A checkout that is installed in place has them at its top, and the
    installer has recorded where that is (PEP 610).

    Raises:
        CseFormsError: they are in neither place.
    """
    inside = resources.files("cse_forms") / "definitions"
    if isinstance(inside, Path) and inside.is_dir():
        return inside
    try:
        record = metadata.distribution("cse_forms").read_text("direct_url.json")
    except metadata.PackageNotFoundError:
        record = None
    url = urlsplit(json.loads(record)["url"]) if record else None
    if url is not None and url.scheme == "file":
        checkout = Path(url2pathname(url.path)) / "definitions"
        if checkout.is_dir():
            return checkout
    raise CseFormsError(
        "The shipped definitions were not found; install the package ('pip install cse_forms', or 'pip install -e .' "
        "in a checkout), or name a folder of your own"
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """What a catalogue lists of a definition, read without checking the whole of it."""

    id: str
    version: str
    status: str
    """Either "draft" or "published"."""
    title: str
    path: Path


class DefinitionStore:
    """The definitions of a folder that holds `<id>/<version>/form.json`. Each file is loaded once."""

    def __init__(self, directory: Path) -> None:
        if not directory.is_dir():
            raise FormNotFoundError(f"There is no folder {directory}; a catalogue holds <id>/<version>/{FORM_FILE}")
        self.directory = directory
        self._loaded: dict[Path, Definition] = {}

    def versions(self) -> Mapping[str, tuple[str, ...]]:
        """Return the versions of every form, oldest first, by the forms' ids."""
        found: dict[str, list[str]] = {}
        for path in sorted(self.directory.glob(f"*/*/{FORM_FILE}")):
            found.setdefault(path.parent.parent.name, []).append(path.parent.name)
        return {form: tuple(sorted(versions, key=_precedence)) for form, versions in found.items()}

    def entries(self) -> tuple[Entry, ...]:
        """Return what there is, by id and version, the oldest version first.

        Raises:
            DefinitionError: a file is not even JSON, or does not say what it is.
        """
        return tuple(self._entry(form, version) for form, versions in self.versions().items() for version in versions)

    def get(self, form: str, version: str | None = None) -> Definition:
        """Return a definition: of the newest published version, or the newest if none is, unless one is named.

        Raises:
            FormNotFoundError: with the forms or versions that there are.
            DefinitionError: the file is no sound definition, or a published one was changed.
        """
        known = self.versions()
        if form not in known:
            listed = ", ".join(known) or "none"
            near = suggestion(form, known) or "."
            raise FormNotFoundError(f"No form '{form}'{near} Known forms: {listed}")
        if version is None:
            newest_first = [self._entry(form, name) for name in reversed(known[form])]
            chosen = next((entry for entry in newest_first if entry.status == "published"), newest_first[0])
            version = chosen.path.parent.name
        elif version not in known[form]:
            listed = ", ".join(known[form])
            raise FormNotFoundError(f"No form '{form}' at version {version}; known versions: {listed}")
        path = self._path(form, version)
        if path not in self._loaded:
            self._loaded[path] = load_file(path)
        return self._loaded[path]

    def _path(self, form: str, version: str) -> Path:
        return self.directory / form / version / FORM_FILE

    def _entry(self, form: str, version: str) -> Entry:
        path = self._path(form, version)
        data = read_file(path)
        try:
            document = parse_json(data, str(path))
        except InputError as error:
            raise not_json(str(path), data, error) from None
        words = document.get("x-form") if isinstance(document, dict) else None
        told = {word: words.get(word) for word in ("id", "version", "status")} if isinstance(words, dict) else {}
        told["title"] = document.get("title") if told else None
        texts = {word: text for word, text in told.items() if isinstance(text, str)}
        if len(texts) != 4:
            # The whole check says what is wrong, and where; a file that passes it has all four.
            load_file(path)
        return Entry(path=path, **texts)


def load_file(path: Path) -> Definition:
    """Load one definition's file, and hold it against its folder's name and its recorded digest.

    Raises:
        DefinitionError: it is no sound definition, stands in another folder than it says, or was published and changed.
    """
    # The models of the format take a tenth of a second to load: what only lists the forms does without.
    from cse_forms.schema.loading import digest_of, load_definition

    data = read_file(path)
    definition = load_definition(data, str(path))
    faults = []
    if (definition.id, definition.version) != (path.parent.parent.name, path.parent.name):
        faults.append(
            f"this is {definition.id} {definition.version}: its folder must be {definition.id}/{definition.version}"
        )
    if definition.is_published:
        recorded = recorded_digest(path)
        if recorded is None:
            faults.append(f"this version is published, and {DIGEST_FILE} beside it does not record its digest")
        elif recorded != digest_of(data):
            faults.append(
                f"this version is published and was changed since: its digest is {digest_of(data)}, and {recorded} is "
                "recorded. Put the published file back, and make the change in a new version"
            )
    if faults:
        problems = tuple(Problem(line=1, column=1, pointer="", message=fault) for fault in faults)
        raise DefinitionError(str(path), problems)
    return definition


def recorded_digest(path: Path) -> str | None:
    """Return the digest that was recorded when the definition at this path was published."""
    record = path.with_name(DIGEST_FILE)
    if not record.is_file():
        return None
    return f"sha256:{read_file(record).decode('utf-8', 'replace').split(' ', 1)[0].strip()}"


def _precedence(version: str) -> tuple[tuple[int, ...], str]:
    """Order versions by their numbers: 1.10.0 comes after 1.9.0. What is no version comes first."""
    parts = version.split(".")
    return (tuple(map(int, parts)) if all(part.isdecimal() for part in parts) else ()), version
