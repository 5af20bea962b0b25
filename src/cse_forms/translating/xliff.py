"""XLIFF 2.1, which tools of translators read and write: a unit for each string, with notes on where it stands."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from lxml import etree

from cse_forms.errors import InputError
from cse_forms.schema.translation import State
from cse_forms.translating.jobs import Job, Unit
from cse_forms.workbook.characters import from_cell, to_cell

SUFFIX = ".xlf"

_NAMESPACE = "urn:oasis:names:tc:xliff:document:2.0"
_PREFIXES: dict[Any, str] = {None: _NAMESPACE}
_XML_SPACE = "{http://www.w3.org/XML/1998/namespace}space"
_STATES = {
    State.MISSING: "initial",
    State.STALE: "initial",
    State.DRAFT: "translated",
    State.REVIEWED: "reviewed",
}
_READ = {
    "initial": State.STALE,
    "translated": State.DRAFT,
    "reviewed": State.REVIEWED,
    "final": State.REVIEWED,
}
_STALE = "cse-forms:stale"
"""The further state of a string whose wording was changed after it was translated."""


def write(job: Job) -> bytes:
    """Return the file of a job."""
    root = etree.Element(_tag("xliff"), nsmap=_PREFIXES, version="2.1")
    root.set("srcLang", job.source_language)
    root.set("trgLang", job.language)
    file = etree.SubElement(root, _tag("file"), id="form", original=f"{job.form}@{job.version}")
    texts = [pair for number, unit in enumerate(job.units, 1) for pair in _written(file, unit, number)]
    # What is set out in lines afterwards would gain spaces that are not its own.
    etree.indent(root)
    for element, text in texts:
        _fill(element, text)
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8") + b"\n"


def _written(file: Any, unit: Unit, number: int) -> Iterator[tuple[Any, str]]:
    """Write a unit, and yield the elements that are to hold its texts."""
    element = etree.SubElement(file, _tag("unit"), id=f"u{number}", name=unit.pointer)
    notes = etree.SubElement(element, _tag("notes"))
    told = (
        ("where", unit.where),
        ("kind", unit.kind),
        ("digest", unit.digest),
        ("translates", unit.translates),
        ("note", unit.note),
    )
    for category, text in told:
        if text:
            etree.SubElement(notes, _tag("note"), category=category).text = to_cell(text)
    segment = etree.SubElement(element, _tag("segment"), state=_STATES[unit.state])
    if unit.state is State.STALE:
        segment.set("subState", _STALE)
    for tag, text in (("source", unit.source), ("target", unit.text)):
        if tag == "source" or text:
            content = etree.SubElement(segment, _tag(tag))
            content.set(_XML_SPACE, "preserve")
            yield content, text


def _fill(element: Any, text: str) -> None:
    """Write a text; characters that XML cannot carry become elements of their own."""
    last: Any = None
    run = ""
    for sign in text:
        if _is_carried(sign):
            run += sign
            continue
        last = _add(element, last, run)
        run = ""
        last = etree.SubElement(element, _tag("cp"), hex=f"{ord(sign):04X}")
    _add(element, last, run)


def _add(element: Any, last: Any, run: str) -> Any:
    if last is None:
        element.text = run
    else:
        last.tail = run
    return last


def _is_carried(sign: str) -> bool:
    """Whether XML carries a character as it is; a carriage return comes back as a line break."""
    code = ord(sign)
    return sign in "\t\n" or (0x20 <= code < 0xD800) or (0xE000 <= code < 0xFFFE) or code > 0xFFFF


def read(data: bytes, name: str) -> Job:
    """Return the job that a file holds.

    Args:
        data: the file's bytes.
        name: what to call it in errors.

    Raises:
        InputError: it is no XLIFF 2 of one of our forms.
    """
    root = _root(data, name)
    file = root.find(_tag("file"))
    original = "" if file is None else str(file.get("original", ""))
    form, _, version = original.partition("@")
    language = root.get("trgLang")
    if not form or not version or not language:
        raise InputError(f"{name} does not say which form it translates into which language; extract it anew")
    return Job(
        form=form,
        version=version,
        source_language=root.get("srcLang", ""),
        language=language,
        units=tuple(_unit(unit, name) for unit in root.iter(_tag("unit"))),
    )


def _root(data: bytes, name: str) -> Any:
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, remove_comments=True, remove_pis=True
    )
    try:
        root = etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise InputError(f"{name} is no XML that can be read; look for a whole copy") from error
    tree: Any = root.getroottree()
    if tree.docinfo.doctype:
        raise InputError(f"{name} has a document type, which no XLIFF file has; it is not read")
    if root.tag != _tag("xliff"):
        raise InputError(f"{name} is no XLIFF 2 file; save it as XLIFF 2.0 or 2.1")
    return root


def _unit(unit: Any, name: str) -> Unit:
    notes = {note.get("category"): from_cell(_text(note)) for note in unit.iter(_tag("note"))}
    pointer, digest = unit.get("name"), notes.get("digest")
    if not pointer or not digest:
        raise InputError(
            f"{name}: the unit '{unit.get('id')}' has lost its name or the note with its digest, so that nothing tells "
            "what it translates; extract the file anew"
        )
    parts = [part for part in unit if part.tag in {_tag("segment"), _tag("ignorable")}]
    states = [_READ.get(part.get("state", "initial"), State.DRAFT) for part in parts if part.tag == _tag("segment")]
    text = "".join(_content(part, "target") for part in parts)
    state = min(states, key=(State.STALE, State.DRAFT, State.REVIEWED).index, default=State.MISSING)
    if state is State.STALE and not notes.get("translates"):
        # A tool that writes a translation without a word on its state has still translated it.
        state = State.DRAFT
    return Unit(
        pointer=pointer,
        source="".join(_content(part, "source") for part in parts),
        digest=digest,
        text=text,
        state=state if text else State.MISSING,
        translates=notes.get("translates"),
        note=notes.get("note"),
        where=notes.get("where", ""),
        kind=notes.get("kind", ""),
    )


def _content(part: Any, tag: str) -> str:
    found = part.find(_tag(tag))
    return "" if found is None else _text(found)


def _text(element: Any) -> str:
    """Return the text of an element, with that of all marks of a tool in it."""
    return "".join(_texts(element))


def _texts(element: Any) -> Iterator[str]:
    if element.tag == _tag("cp"):
        yield _sign(element.get("hex", ""))
    yield element.text or ""
    for member in element:
        yield from _texts(member)
        yield member.tail or ""


def _sign(written: str) -> str:
    try:
        return chr(int(written, 16))
    except (ValueError, OverflowError):
        return "\N{REPLACEMENT CHARACTER}"


def _tag(name: str) -> str:
    return f"{{{_NAMESPACE}}}{name}"
