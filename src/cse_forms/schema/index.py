"""The index of a form: which versions were published when, by which digests, and which are retired.

It stands in the form's folder, beside its versions, and `publish` and `retire` alone write to it. It is read without
the models of the format, since whoever only lists forms does not wait for them.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import Any

from cse_forms import pointers
from cse_forms.errors import DefinitionError, InputError, Problem
from cse_forms.reading import parse_json, read_file
from cse_forms.schema.faults import not_json

INDEX_FILE = "index.json"
_DIGEST = re.compile(r"sha256:[0-9a-f]{64}")
_VERSION = re.compile(r"(0|[1-9]\d*)(\.(0|[1-9]\d*)){2}")


class State(StrEnum):
    """How far the publishing of a version has come."""

    PUBLISHING = "publishing"
    """Its digests are recorded, and its file is still to say that it is published."""
    PUBLISHED = "published"


@dataclass(frozen=True, slots=True, kw_only=True)
class Retirement:
    """That a version is no longer to be used for new responses."""

    date: str
    reason: str
    replaced_by: str | None = None
    """The version to use in its place."""

    def to_dict(self) -> dict[str, Any]:
        """Return it as the file has it."""
        told = {"date": self.date, "reason": self.reason}
        return told if self.replaced_by is None else {**told, "replaced_by": self.replaced_by}


@dataclass(frozen=True, slots=True, kw_only=True)
class Publication:
    """That a version was published."""

    state: State
    published: str
    """The date, as ISO 8601 writes it."""
    digest: str
    """sha256:... of the definition's canonical form (RFC 8785): what responses carry."""
    bytes: str
    """sha256:... of the file, which never changes again."""
    retired: Retirement | None = None

    def to_dict(self) -> dict[str, Any]:
        """Return it as the file has it."""
        told: dict[str, Any] = {word: str(getattr(self, word)) for word in ("state", "published", "digest", "bytes")}
        return told if self.retired is None else {**told, "retired": self.retired.to_dict()}


@dataclass(frozen=True, slots=True, kw_only=True)
class Index:
    """The published versions of one form."""

    form: str
    versions: Mapping[str, Publication] = field(default_factory=dict)

    def with_version(self, version: str, publication: Publication) -> Index:
        """Return the index with a version added or changed; the oldest version stands first."""
        versions = {**self.versions, version: publication}
        return replace(self, versions=dict(sorted(versions.items(), key=lambda item: numbers_of(item[0]))))

    def newest_before(self, version: str) -> str | None:
        """Return the newest published version that is older than a version; None where there is none."""
        older = (one for one in self.versions if numbers_of(one) < numbers_of(version))
        published = [one for one in older if self.versions[one].state is State.PUBLISHED]
        return max(published, key=numbers_of, default=None)

    def to_bytes(self) -> bytes:
        """Return it as the file has it."""
        told = {"form": self.form, "versions": {name: one.to_dict() for name, one in self.versions.items()}}
        return (json.dumps(told, indent=2, ensure_ascii=False) + "\n").encode("utf-8")


def numbers_of(version: str) -> tuple[int, ...]:
    """Return the numbers of a version, by which 1.10.0 comes after 1.9.0; what is no version has none."""
    parts = version.split(".")
    return tuple(map(int, parts)) if all(part.isascii() and part.isdecimal() for part in parts) else ()


def is_version(text: str) -> bool:
    """Whether a text is three numbers, such as 1.0.0."""
    return _VERSION.fullmatch(text) is not None


def index_path(folder: Path) -> Path:
    """Return where the index of the form in a folder stands."""
    return folder / INDEX_FILE


def read_index(folder: Path) -> Index:
    """Return the index of the form in a folder; an empty one where there is none.

    Raises:
        DefinitionError: the file is no index, with every fault of it.
        InputError: it cannot be read.
    """
    path = index_path(folder)
    if not path.is_file():
        return Index(form=folder.name)
    data = read_file(path)
    try:
        document = parse_json(data, str(path))
    except InputError as error:
        raise not_json(str(path), data, error) from None
    faults = list(_faults(document, folder.name))
    if faults:
        places = pointers.locate(data.decode("utf-8-sig"), (at for at, _ in faults))
        problems = (
            Problem(line=places[at][0], column=places[at][1], pointer=at, message=message, code="wrong-index")
            for at, message in faults
        )
        raise DefinitionError(str(path), tuple(sorted(problems)))
    return Index(
        form=document["form"],
        versions={version: _publication(words) for version, words in document["versions"].items()},
    )


def _publication(words: dict[str, Any]) -> Publication:
    retired = words.get("retired")
    told = {word: words[word] for word in ("published", "digest", "bytes")}
    return Publication(state=State(words["state"]), retired=Retirement(**retired) if retired else None, **told)


def _faults(document: Any, form: str) -> Iterator[tuple[str, str]]:
    """Yield what is wrong with an index, each with its pointer."""
    if not isinstance(document, dict) or not isinstance(document.get("versions"), dict):
        yield "", 'an index is {"form": ..., "versions": {...}}, as \'cse-forms publish\' writes it'
        return
    yield from _unknown("", document, {"form", "versions"})
    if document.get("form") != form:
        yield "/form", f"this must be '{form}', as the folder is called"
    for version, words in document["versions"].items():
        at = f"/versions/{pointers.escape(version)}"
        if not is_version(version):
            yield at, "this must be a version of three numbers, such as 1.0.0"
        if not isinstance(words, dict):
            yield at, "this must be an object, as 'cse-forms publish' writes it"
            continue
        yield from _unknown(at, words, {"state", "published", "digest", "bytes", "retired"})
        if words.get("state") not in list(State):
            yield f"{at}/state", "this must be 'published' (or 'publishing', while that is being done)"
        yield from _date_faults(f"{at}/published", words.get("published"))
        for word in ("digest", "bytes"):
            if not (isinstance(words.get(word), str) and _DIGEST.fullmatch(words[word])):
                yield f"{at}/{word}", "this must be 'sha256:' and 64 hexadecimal digits"
        if "retired" in words:
            yield from _retirement_faults(f"{at}/retired", words["retired"], document["versions"], version)


def _retirement_faults(at: str, words: Any, versions: dict[str, Any], version: str) -> Iterator[tuple[str, str]]:
    if not isinstance(words, dict):
        yield at, "this must be an object, as 'cse-forms retire' writes it"
        return
    yield from _unknown(at, words, {"date", "reason", "replaced_by"})
    yield from _date_faults(f"{at}/date", words.get("date"))
    if not (isinstance(words.get("reason"), str) and words["reason"].strip()):
        yield f"{at}/reason", "this must say why the version was retired"
    if "replaced_by" in words and (words["replaced_by"] not in versions or words["replaced_by"] == version):
        yield f"{at}/replaced_by", "this must be another published version of the form"


def _unknown(at: str, words: dict[str, Any], known: set[str]) -> Iterator[tuple[str, str]]:
    for word in words.keys() - known:
        yield f"{at}/{pointers.escape(word)}", f"an index has no word '{word}' here"


def _date_faults(at: str, value: Any) -> Iterator[tuple[str, str]]:
    try:
        date.fromisoformat(value)
    except (TypeError, ValueError):
        yield at, "this must be a date, such as 2026-01-31"
