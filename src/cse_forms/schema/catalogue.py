"""The definitions of a folder, by id and version."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from glob import escape
from importlib import metadata, resources
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit
from urllib.request import url2pathname

from cse_forms.errors import CseFormsError, DefinitionError, FormNotFoundError, InputError, Problem
from cse_forms.reading import parse_json, read_file
from cse_forms.schema.digests import digest_of_bytes
from cse_forms.schema.faults import Fault, suggestion
from cse_forms.schema.index import INDEX_FILE, Index, Publication, Retirement, State, numbers_of, read_index

if TYPE_CHECKING:
    from cse_forms.schema.definition import Definition

FORM_FILE = "form.json"


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
    """One of "draft", "published" and "retired"."""
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
        return {form: _in_order(versions) for form, versions in found.items()}

    def entries(self) -> tuple[Entry, ...]:
        """Return what there is, by id and version, the oldest version first.

        Raises:
            DefinitionError: a file is not even JSON, or does not say what it is.
        """
        return tuple(entry for form, versions in self.versions().items() for entry in self._entries(form, versions))

    def get(self, form: str, version: str | None = None) -> Definition:
        """Return a definition: of the newest published version in use, or the newest if none is published.

        Nothing is read of other forms.

        Args:
            form: its id.
            version: the one to return, retired or not.

        Raises:
            FormNotFoundError: with the forms or versions that there are.
            DefinitionError: the file is no sound definition, or a published one was changed.
        """
        path = self.path_of(form, version)
        if path not in self._loaded:
            self._loaded[path] = load_file(path)
        return self._loaded[path]

    def path_of(self, form: str, version: str | None = None) -> Path:
        """Return the file of a definition, as `get` finds it.

        Raises:
            FormNotFoundError: with the forms or versions that there are.
            DefinitionError: where no version is named: a file does not say what it is.
        """
        known = self._versions_of(form)
        if not known:
            others = self.versions()
            listed = ", ".join(others) or "none"
            near = suggestion(form, others) or "."
            raise FormNotFoundError(f"No form '{form}'{near} Known forms: {listed}")
        if version is None:
            version = self._newest(form, known)
        elif version not in known:
            listed = ", ".join(known)
            raise FormNotFoundError(f"No form '{form}' at version {version}; known versions: {listed}")
        return self._path(form, version)

    def retirement(self, form: str, version: str) -> Retirement | None:
        """Return that a version is retired, when and why; None, while it is in use."""
        publication = self._index(form).versions.get(version)
        return publication.retired if publication else None

    def _versions_of(self, form: str) -> tuple[str, ...]:
        # An id is looked up as a name in the folder, and never as a path that leads out of it.
        if not form or Path(form).name != form:
            return ()
        return _in_order(path.parent.name for path in self.directory.glob(f"{escape(form)}/*/{FORM_FILE}"))

    def _newest(self, form: str, known: tuple[str, ...]) -> str:
        entries = self._entries(form, known)
        for status in ("published", "retired", "draft"):
            found = [entry for entry in entries if entry.status == status]
            if found and status == "retired":
                listed = ", ".join(entry.path.parent.name for entry in found)
                raise FormNotFoundError(
                    f"Every published version of '{form}' is retired ({listed}); name the version that you mean"
                )
            if found:
                return found[-1].path.parent.name
        raise AssertionError(known)

    def _index(self, form: str) -> Index:
        return read_index(self.directory / form)

    def _path(self, form: str, version: str) -> Path:
        return self.directory / form / version / FORM_FILE

    def _entries(self, form: str, versions: Iterable[str]) -> list[Entry]:
        index = self._index(form)
        return [self._entry(self._path(form, version), index) for version in versions]

    def _entry(self, path: Path, index: Index) -> Entry:
        try:
            document = parse_json(read_file(path), str(path))
        except InputError:
            load_file(path)  # It says what is wrong, and where.
            raise
        words = document.get("x-form") if isinstance(document, dict) else None
        told = {word: words.get(word) for word in ("id", "version", "status")} if isinstance(words, dict) else {}
        told["title"] = document.get("title") if told else None
        texts = {word: text for word, text in told.items() if isinstance(text, str)}
        if len(texts) != 4:
            # The whole check says what is wrong, and where; a file that passes it has all four.
            load_file(path)
        publication = index.versions.get(path.parent.name)
        if publication and publication.retired:
            texts["status"] = "retired"
        return Entry(path=path, **texts)


def load_file(path: Path) -> Definition:
    """Load one definition's file, and hold it against its folder's name and the form's index.

    Raises:
        DefinitionError: it is no sound definition, stands in another folder than it says, or was published and changed.
    """
    # The models of the format take a tenth of a second to load: what only lists the forms does without.
    from cse_forms.schema.loading import load_definition

    data = read_file(path)
    publication = read_index(path.parent.parent).versions.get(path.parent.name)
    if publication and publication.state is State.PUBLISHED and digest_of_bytes(data) != publication.bytes:
        # Whatever else is wrong with it, it is not what was published.
        raise _refused(path, [_changed(data, publication)])
    definition = load_definition(data, str(path))
    faults = list(
        record_faults(
            path, data, publication, form=definition.id, version=definition.version, status=definition.words.status
        )
    )
    if faults:
        raise _refused(path, faults)
    return definition


def record_faults(
    path: Path, data: bytes, publication: Publication | None, *, form: str, version: str, status: str
) -> Iterator[Fault]:
    """Hold a definition's file against its folder's name and what the form's index records of it.

    Args:
        path: the file.
        data: what it holds.
        publication: what the index records of its version, if anything.
        form: the id that it gives itself.
        version: the version that it gives itself.
        status: what it says of its publication.
    """
    if (form, version) != (path.parent.parent.name, path.parent.name):
        yield Fault("", f"this is {form} {version}: its folder must be {form}/{version}", "wrong-folder")
    if publication is None:
        if status != "published":
            return
        message = (
            f"this version says that it is published, and {INDEX_FILE} in the form's folder does not record it; "
            "set its status to 'draft', and publish it with 'cse-forms publish'"
        )
        yield Fault("", message, "not-recorded")
    elif "published" in {status, publication.state} and digest_of_bytes(data) != publication.bytes:
        yield _changed(data, publication)


def _changed(data: bytes, publication: Publication) -> Fault:
    message = (
        f"this version was published on {publication.published} and was changed since: the digest of the file is "
        f"{digest_of_bytes(data)}, and {publication.bytes} is recorded. Put the published file back, and make the "
        "change in a new version"
    )
    return Fault("", message, "changed-since")


def _refused(path: Path, faults: Iterable[Fault]) -> DefinitionError:
    problems = (Problem(line=1, column=1, pointer="", message=fault.message, code=fault.code) for fault in faults)
    return DefinitionError(str(path), tuple(problems))


def _in_order(versions: Iterable[str]) -> tuple[str, ...]:
    """Order versions by their numbers: 1.10.0 comes after 1.9.0. What is no version comes first."""
    return tuple(sorted(versions, key=lambda version: (numbers_of(version), version)))
