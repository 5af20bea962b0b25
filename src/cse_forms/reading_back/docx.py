"""A filled Word document, read back as a response."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote

from cse_forms.answers.fields import FieldReader, Note, Reading, draft_of
from cse_forms.errors import InputError
from cse_forms.reading_back.controls import W
from cse_forms.reading_back.identity import about_version, form_of, name_and_bytes
from cse_forms.reading_back.marking import Marking, Names
from cse_forms.reading_back.package import Package
from cse_forms.reading_back.walking import Walk
from cse_forms.renderers.docx.filling import mark_of

if TYPE_CHECKING:
    from cse_forms.forms import Catalogue, Form

_CARRIED = "{urn:cse-forms:filling}"
_MARGINS = frozenset({"header", "footer"})
_NOTES = frozenset({"footnotes", "endnotes"})
_EMBEDDED = frozenset({"oleObject", "package", "aFChunk", "subDocument", "control", "attachedTemplate", "frame"})
_MOST_NOTES = 200
"""So many pieces of text are told one by one; what is beyond is told in one."""


@dataclass(frozen=True, slots=True)
class _Blank:
    """What the blank of a form says, for comparison, and what its controls are called."""

    names: Names
    words: frozenset[str]
    links: frozenset[str]


@dataclass(frozen=True, slots=True)
class _Identity:
    """What a document says that it is."""

    form: str
    version: str
    digest: str | None
    interface: str | None
    """The language of the interface's own words."""
    said: frozenset[str]
    """Marks of the words that its blank does not have, and that nobody wrote into it."""
    stated: dict[str, Any]


def read_docx(document: str | Path | bytes, catalogue: Catalogue | None = None) -> Reading:
    """Read a Word document that was filled in back as a response.

    The document says of which form it is, and of which version: it is read against that one. Nothing in it is run, and
    nothing that it leads to is fetched.

    Args:
        document: its path, or its bytes.
        catalogue: the forms; the shipped ones, if none are named.

    Raises:
        InputError: it is no Word document, none that was made to be filled in from a form of the catalogue, or it is
            damaged, holds macros, or is larger than any form.
    """
    from cse_forms.forms import shipped_catalogue

    catalogue = catalogue or shipped_catalogue()
    name, data = name_and_bytes(document)
    package = Package(data, name)
    identity = _identity(package)
    form = form_of(catalogue, name, identity.form, identity.version, identity.digest)
    # Options that were picked from a list are known by their words, which are the translation's where there is one.
    form = form.in_language(identity.interface)
    try:
        walk = Walk(package.xml_of(package.body))
    except RecursionError:
        raise InputError(f"{name} is nested deeper than any form") from None
    blank = _blank_of(form, identity.interface)
    marking = Marking(blank.names, walk.controls)
    if not marking.marks:
        raise InputError(
            f"{name} was made from {form.id} {form.version}, but has no controls to fill in: it is for paper, or is a "
            "record"
        )
    fields = FieldReader(form.definition, marking.marks, blank.names.options, identity.stated)
    response = draft_of(form.definition, fields, name)
    notes = [*about_version(catalogue, form, identity.digest), *_about(package, walk, blank, identity)]
    # LibreOffice puts nameless controls around words of ours.
    unknown = [report for report in marking.unknown if not _is_own(report.text or report.question, blank, identity)]
    return Reading(response=response, fields=(*fields.reports, *unknown), notes=tuple(notes))


def _identity(package: Package) -> _Identity:
    """Return what the document's properties say; where they are lost, what it carries for this."""
    said: dict[str, str] = {}
    marks: set[str] = set()
    stated: dict[str, Any] = {}
    for part in package.parts_for(package.body, {"customXml"}):
        root = package.xml_of(part)
        if root.tag == f"{_CARRIED}filling":
            said = {str(key): str(value) for key, value in root.items()}
            marks = {one.get("mark", "") for one in root.iterchildren(f"{_CARRIED}said")}
            stated = dict(_stated(root))
            break
    said |= package.properties
    if not said.get("form") or not said.get("version"):
        raise InputError(
            f"{package.name} is a Word document, but none that was made from a form; it does not say which form it is"
        )
    return _Identity(
        form=said["form"],
        version=said["version"],
        digest=said.get("digest"),
        interface=said.get("interface"),
        said=frozenset(marks),
        stated=stated,
    )


def _stated(root: Any) -> Iterator[tuple[str, Any]]:
    for one in root.iterchildren(f"{_CARRIED}stated"):
        try:
            yield one.get("at", ""), json.loads(one.text or "")
        except (ValueError, RecursionError):
            # Whoever changed it has changed no answer: it only tells an empty text from none.
            continue


def _blank_of(form: Form, interface: str | None) -> _Blank:
    try:
        return _blank(form, interface)
    except InputError:
        # It names a language that the interface does not speak, or no longer does.
        return _blank(form, None)


@lru_cache(maxsize=32)
def _blank(form: Form, interface: str | None) -> _Blank:
    """Return what the blank of a form says. It is written once, and read as any other document."""
    words: set[str] = set()
    # In large print a heading of a table may stand beside other words.
    for large in (True, False):
        made = form.render("docx", purpose="fill", language=interface, large_print=large)
        assert isinstance(made, bytes)
        package = Package(made, form.id)
        words.update(_plain(text) for text in Walk(package.xml_of(package.body)).loose)
    for link in package.links_of(package.body):
        if link.kind in _MARGINS:
            words.update(_plain(text) for text in Walk(package.xml_of(link.target), skips_fields=True).loose)
    labels = form.document(purpose="fill", language=interface).labels
    return _Blank(
        names=Names(form.definition, labels.choose, frozenset({labels.write, labels.choose, labels.pick_date})),
        words=frozenset(words),
        links=frozenset(_address(link.target) for link in package.all_links() if link.is_external),
    )


def _about(package: Package, walk: Walk, blank: _Blank, identity: _Identity) -> Iterator[Note]:
    """Yield whatever stands in the document besides its fields and the form's own words."""
    found = [*walk.loose]
    comments: list[Note] = []
    changes, embedded = walk.changes, walk.embedded
    for kinds in (_MARGINS, _NOTES):
        for part in package.parts_for(package.body, kinds):
            other = Walk(package.xml_of(part), skips_fields=kinds is _MARGINS)
            found += [*other.loose, *(control.text for control in other.controls)]
            changes, embedded = changes + other.changes, embedded + other.embedded
    for part in package.parts_for(package.body, {"comments"}):
        comments += _comments(package.xml_of(part))
    embedded += sum(1 for _ in package.parts_for(package.body, _EMBEDDED))
    yield from _loose([text for text in found if not _is_own(text, blank, identity)])
    yield from comments
    if changes:
        message = "Changes were recorded in it and not accepted: what was put in counts, what was taken out does not."
        yield Note(kind="tracked-change", message=message)
    if embedded:
        yield Note(kind="embedded", message="It holds pictures or other things that are no text; they were not read.")
    outside = {link.target for link in package.all_links() if link.is_external}
    for address in sorted(address for address in outside if _address(address) not in blank.links)[:_MOST_NOTES]:
        yield Note(kind="link", message="It leads somewhere that the form does not; nothing was fetched.", text=address)


def _address(target: str) -> str:
    """Return an address without what a word processor changes in it."""
    return unquote(target).rstrip("/")


def _loose(texts: list[str]) -> Iterator[Note]:
    message = "This stands where no control is, and is in no answer."
    for text in texts[:_MOST_NOTES]:
        yield Note(kind="text", message=message, text=text)
    if rest := texts[_MOST_NOTES:]:
        yield Note(kind="text", message=message, text="\n".join(rest))


def _is_own(text: str, blank: _Blank, identity: _Identity) -> bool:
    plain = _plain(text)
    return not plain or plain in blank.words or mark_of(text) in identity.said


def _plain(text: str) -> str:
    return " ".join(text.split())


def _comments(root: Any) -> list[Note]:
    found = []
    for comment in root.iterchildren(f"{W}comment"):
        author = comment.get(f"{W}author") or "somebody"
        walk = Walk(comment)
        text = "\n".join([*walk.loose, *(control.text for control in walk.controls)])
        found.append(Note(kind="comment", message=f"{author} has made a comment; it is in no answer.", text=text))
    return found
