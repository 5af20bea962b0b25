"""A version's life: begun as a draft, published so that it never changes again, retired so that nobody begins with it.

A version is published by three writes, each whole or not at all: the index records the digests that the file is to
have, the file says that it is published, and the index says that this is done. Whoever is interrupted before the second
has the draft that there was; whoever is interrupted after it has a published version. Publishing again goes on from
there.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

from cse_forms.checking import check_file
from cse_forms.errors import CseFormsError
from cse_forms.forms import Form
from cse_forms.pointers import locate
from cse_forms.reading import parse_json, read_file
from cse_forms.schema.catalogue import FORM_FILE, load_file
from cse_forms.schema.digests import canonical_digest, digest_of_bytes
from cse_forms.schema.index import Index, Publication, Retirement, State, index_path, is_version, numbers_of, read_index
from cse_forms.schema.translation import FILE_NAME as TRANSLATION
from cse_forms.schema.translation import missing_for_publishing
from cse_forms.writing import write_file

if TYPE_CHECKING:
    from cse_forms.comparing import Comparison

OF_ONE_VERSION = frozenset({FORM_FILE, "migration.json", "variant.json"})
"""What is not taken along to a new version: how one came about is not how the next one does."""
CHANGELOG_FILE = "CHANGELOG.md"
KINDS = ("none", "patch", "minor", "major")
"""The kinds of change, the slightest first. The last three are called as the numbers of a version are."""


class NotPublishedError(CseFormsError):
    """A version that cannot be published or retired, with every reason. Nothing was written."""

    def __init__(self, name: str, reasons: Iterable[str]) -> None:
        self.name = name
        """The form's id and version."""
        self.reasons = tuple(reasons)
        super().__init__("\n".join(f"{name}: {reason}" for reason in self.reasons))


@dataclass(frozen=True, slots=True, kw_only=True)
class Published:
    """What was published, or would be."""

    form: str
    version: str
    publication: Publication
    previous: str | None = None
    """The published version that it follows; None of a form's first."""
    comparison: Comparison | None = None
    """What changed since then."""
    notes: tuple[str, ...]
    """What whoever publishes it should know."""

    def to_dict(self) -> dict[str, Any]:
        """Return it as `publish --json` prints it."""
        comparison = self.comparison
        return {
            "form": self.form,
            "version": self.version,
            **self.publication.to_dict(),
            "previous": self.previous,
            "kind": comparison.kind if comparison else None,
            "notes": list(self.notes),
        }


def begin_version(path: Path, version: str) -> Path:
    """Begin a new version of a form as a draft that says what another version says, and return its file.

    Its scenarios and translations are taken along. The new folder is there as a whole or not at all.

    Args:
        path: the definition's file of the version to begin from.
        version: the new version, three numbers such as 1.1.0.

    Raises:
        CseFormsError: there is such a version already, or `version` is none.
        DefinitionError: the version to begin from is not sound.
    """
    folder, definition = path.parent.parent, load_file(path)
    if not is_version(version):
        raise CseFormsError(f"'{version}' is no version; a version is three numbers, such as 1.1.0")
    new = folder / version
    if new.exists():
        raise CseFormsError(f"There is a folder {new} already; choose another number, or go on there")
    texts = {
        "/$id": f"urn:cse-forms:{definition.id}:{version}",
        "/x-form/version": version,
        "/x-form/status": "draft",
    }
    with TemporaryDirectory(dir=folder, prefix=f".{version}.") as temporary:
        begun = Path(temporary) / version
        begun.mkdir()
        (begun / FORM_FILE).write_bytes(_with_texts(read_file(path), texts))
        for file in path.parent.glob("*.json"):
            if file.name not in OF_ONE_VERSION:
                is_translation = re.fullmatch(TRANSLATION, file.name) is not None
                data = read_file(file)
                (begun / file.name).write_bytes(_with_texts(data, {"/version": version}) if is_translation else data)
        begun.rename(new)
    return new / FORM_FILE


def publish(path: Path, *, on: date, time_limit: float = 10, dry_run: bool = False) -> Published:
    """Publish a draft version.

    Args:
        path: its definition's file.
        on: the date that is recorded.
        time_limit: seconds for deciding what kind of change it is.
        dry_run: whether only to see if it may be published.

    Raises:
        NotPublishedError: the check fails, its number claims a lesser change than was made, a language that it must
            have is not complete, or it is published already.
        ConflictError: somebody else wrote to its file or to the index meanwhile.
    """
    record, version = _Record(path.parent.parent), path.parent.name
    data = read_file(path)
    begun = record.index.versions.get(version)
    if begun and begun.state is State.PUBLISHING and begun.bytes == digest_of_bytes(data):
        note = "its publishing was interrupted, and is now complete"
        done = Published(form=record.index.form, version=version, publication=_done(begun), notes=(note,))
    else:
        done, published = _judged(path, data, record.index, on, time_limit)
        if not dry_run:
            record.write(version, replace(done.publication, state=State.PUBLISHING))
            write_file(path, published, was=data)
    if not dry_run:
        record.write(version, done.publication)
    return done


def _done(publication: Publication) -> Publication:
    return replace(publication, state=State.PUBLISHED)


class _Record:
    """The index of a form, from reading it to the last write."""

    def __init__(self, folder: Path) -> None:
        self._path = index_path(folder)
        self._was = read_file(self._path) if self._path.is_file() else None
        self.index = read_index(folder)

    def write(self, version: str, publication: Publication) -> None:
        """Record a version, unless somebody else has written to the index."""
        self.index = self.index.with_version(version, publication)
        data = self.index.to_bytes()
        write_file(self._path, data, was=self._was)
        self._was = data


def _judged(path: Path, data: bytes, index: Index, on: date, time_limit: float) -> tuple[Published, bytes]:
    """Return what is recorded of a draft that may be published, and the bytes that its file is to hold."""
    folder, version = path.parent.parent, path.parent.name
    name = f"{folder.name} {version}"
    checked = check_file(path)
    definition = checked.definition
    if definition is None or not checked.is_fit:
        raise NotPublishedError(
            name, ["the check finds faults; mend what 'cse-forms check' tells, and publish it again"]
        )
    if definition.is_published:
        raise NotPublishedError(name, ["it is published already; make a change in a new version"])
    previous = index.newest_before(version)
    comparison = _comparison(folder / previous / FORM_FILE, Form(definition), time_limit) if previous else None
    reasons = list(missing_for_publishing(definition, path.parent))
    if comparison and previous:
        reasons += _claims_less(comparison, previous, version)
    if reasons:
        raise NotPublishedError(name, reasons)
    published = _with_status_published(data)
    publication = Publication(
        state=State.PUBLISHED,
        published=on.isoformat(),
        digest=canonical_digest(parse_json(published, str(path))),
        bytes=digest_of_bytes(published),
    )
    done = Published(
        form=folder.name,
        version=version,
        publication=publication,
        previous=previous,
        comparison=comparison,
        notes=tuple(_notes(folder, version)),
    )
    return done, published


def _comparison(path: Path, form: Form, time_limit: float) -> Comparison:
    from cse_forms.comparing.files import compare_in_folder

    return compare_in_folder(Form(load_file(path)), path, form, time_limit=time_limit)


def claimed(previous: str, version: str) -> str:
    """Return the kind of change that a version's number claims, beside the version before it."""
    pairs = zip(numbers_of(previous), numbers_of(version), strict=True)
    return next(kind for kind, (old, new) in zip(("major", "minor", "patch"), pairs, strict=True) if old != new)


def _claims_less(comparison: Comparison, previous: str, version: str) -> Iterator[str]:
    kind = claimed(previous, version)
    if comparison.kind in KINDS:
        if KINDS.index(comparison.kind) > KINDS.index(kind):
            yield (
                f"the change since {previous} is {comparison.kind}, and the number {version} claims that it is {kind}; "
                f"publish it as {_next(previous, comparison.kind)}, and see 'cse-forms diff' for the reasons"
            )
    elif kind != "major":
        yield (
            f"what the change since {previous} does to old responses could not be decided, and the number {version} "
            f"claims that it is {kind}; see 'cse-forms diff', give it more time with --time-limit, or publish it as "
            f"{_next(previous, 'major')}"
        )


def _next(version: str, kind: str) -> str:
    """Return the least version that claims a kind of change."""
    major, minor, patch = numbers_of(version)
    numbers = {"major": (major + 1, 0, 0), "minor": (major, minor + 1, 0), "patch": (major, minor, patch + 1)}[kind]
    return ".".join(map(str, numbers))


def _with_status_published(data: bytes) -> bytes:
    """Return a draft's bytes with its status changed, and nothing else."""
    return _with_texts(data, {"/x-form/status": "published"})


def _with_texts(data: bytes, texts: Mapping[str, str]) -> bytes:
    """Return a document's bytes with some of its texts changed, and nothing else: its layout is its author's.

    Args:
        data: JSON in UTF-8.
        texts: what is to stand there, by the pointers of members of objects that are texts now.
    """
    mark = _BYTE_ORDER_MARK if data.startswith(_BYTE_ORDER_MARK) else b""
    text = data.removeprefix(mark).decode("utf-8")
    starts = [0, *(found.end() for found in re.finditer("\n", text))]
    for pointer, (line, column) in sorted(locate(text, texts).items(), key=lambda item: item[1], reverse=True):
        at = starts[line - 1] + column - 1
        member = _MEMBER.match(text, at)
        assert member is not None, pointer
        text = f"{text[:at]}{member['key']}{json.dumps(texts[pointer], ensure_ascii=False)}{text[member.end() :]}"
    return mark + text.encode("utf-8")


_BYTE_ORDER_MARK = b"\xef\xbb\xbf"
_TEXT = r'"(?:[^"\\]|\\.)*"'
_MEMBER = re.compile(rf"(?P<key>{_TEXT}\s*:\s*){_TEXT}")


def _notes(folder: Path, version: str) -> Iterator[str]:
    path = folder / CHANGELOG_FILE
    text = read_file(path).decode("utf-8", "replace") if path.is_file() else ""
    if not re.search(rf"^#+ .*{re.escape(version)}", text, re.MULTILINE):
        yield f"{path} does not say what changed in {version}, and why; write it there for those who come after you"


def retire(path: Path, *, reason: str, on: date, replaced_by: str | None = None) -> Retirement:
    """Retire a published version: responses to it stay readable, and nobody is given it to begin with.

    Args:
        path: its definition's file.
        reason: why, for those who meet it.
        on: the date that is recorded.
        replaced_by: the published version to use in its place, if there is one.

    Raises:
        NotPublishedError: it is not published, or is retired already, `reason` is empty, or `replaced_by` is
            no other published version or is retired itself.
        ConflictError: somebody else wrote to the index meanwhile.
    """
    record, version = _Record(path.parent.parent), path.parent.name
    publication = record.index.versions.get(version)
    reasons = [] if reason.strip() else ["say why it is retired, for those who meet it"]
    if publication is None or publication.state is not State.PUBLISHED:
        reasons.append("it is not published; only a published version can be retired, and a draft can be deleted")
    elif publication.retired is not None:
        reasons.append(f"it was retired on {publication.retired.date} already")
    if replaced_by is not None and (replaced_by == version or replaced_by not in record.index.versions):
        others = ", ".join(one for one in record.index.versions if one != version) or "there is none"
        reasons.append(f"{replaced_by} is no other published version; published are: {others}")
    elif replaced_by is not None and record.index.versions[replaced_by].retired is not None:
        reasons.append(f"{replaced_by} is retired itself, so that nobody should be sent to it; name one that is not")
    if reasons or publication is None:
        raise NotPublishedError(f"{record.index.form} {version}", reasons)
    retirement = Retirement(date=on.isoformat(), reason=reason, replaced_by=replaced_by)
    record.write(version, replace(publication, retired=retirement))
    return retirement
