"""The files of a variant: variant.json, the definition that is built beside it, and the base that both rest on."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from cse_forms.errors import ConflictError, CseFormsError, DefinitionError, FormNotFoundError, InputError, Problem
from cse_forms.reading import parse_json, read_file
from cse_forms.schema.catalogue import FORM_FILE, DefinitionStore
from cse_forms.schema.definition import Definition
from cse_forms.schema.digests import digest_of_bytes
from cse_forms.schema.faults import Fault
from cse_forms.schema.loading import located
from cse_forms.schema.variant import VARIANT_FILE, VariantFile, load_variant
from cse_forms.schema.vocabulary import Base
from cse_forms.variants.building import Built, build
from cse_forms.variants.parts import alike
from cse_forms.writing import write_file


@dataclass(frozen=True, slots=True, kw_only=True)
class VariantAt:
    """A variant where it stands, with its base."""

    path: Path
    data: bytes
    variant: VariantFile
    base: Definition


def stores(folders: Iterable[Path]) -> tuple[DefinitionStore, ...]:
    """Return the catalogues in which a base is looked for, each folder once; what is no folder is passed over."""
    return tuple(DefinitionStore(folder) for folder in dict.fromkeys(folders) if folder.is_dir())


def find_base(name: Base, places: Sequence[DefinitionStore]) -> Definition:
    """Return the form that a variant names as its base.

    Raises:
        CseFormsError: it is nowhere, or is no longer what the variant was built upon.
    """
    found = find_form(name.form, name.version, places)
    if found.digest != name.digest:
        kept = "A published version never changes: this is another form of the same name"
        draft = (
            "It was a draft and has changed since: put it back, or name the new digest, and look at what comes out. "
            "Better build on a version that is published"
        )
        raise CseFormsError(
            f"The base {name.form} {name.version} is not what this variant was made from: its digest is "
            f"{found.digest}, and {name.digest} is named. {kept if found.is_published else draft}"
        )
    return found


def find_form(form: str, version: str | None, places: Sequence[DefinitionStore]) -> Definition:
    """Return a form from the first catalogue that has it.

    Raises:
        FormNotFoundError: none has.
    """
    missing: FormNotFoundError | None = None
    for place in places:
        try:
            return place.get(form, version)
        except FormNotFoundError as error:
            missing = missing or error
    raise missing or FormNotFoundError(f"No form '{form}': there is no folder of forms to look in")


def variant_path(path: Path) -> Path:
    """Return the variant.json that a path means: itself, or the one in a folder or beside a definition."""
    if path.is_dir():
        return path / VARIANT_FILE
    return path.with_name(VARIANT_FILE) if path.name == FORM_FILE else path


def read_variant(path: Path, places: Sequence[DefinitionStore]) -> VariantAt:
    """Return the variant at a path, and its base.

    Raises:
        DefinitionError: the file is not sound, with every fault of it.
        CseFormsError: its base is not to be found.
    """
    data = read_file(path)
    variant = load_variant(data, str(path))
    if faults := list(_of_another_folder(path, variant)):
        raise DefinitionError(str(path), located(data, faults))
    return VariantAt(path=path, data=data, variant=variant, base=find_base(variant.base, places))


def built_from(found: VariantAt, *, status: str = "draft") -> Built:
    """Return what a variant builds to.

    Raises:
        DefinitionError: nothing sound, with the operations at fault.
    """
    built = build(found.variant, found.base, status=status)
    if built.faults:
        raise DefinitionError(str(found.path), located(found.data, built.faults))
    return built


def write_built(found: VariantAt, *, replace: bool = False) -> bool:
    """Build a variant into the form.json beside it, and say whether that changed.

    Args:
        found: the variant.
        replace: whether a form.json that somebody edited is written over.

    Raises:
        CseFormsError: form.json is published, or is not what was last built.
    """
    built = built_from(found)
    path = found.path.with_name(FORM_FILE)
    held = read_file(path) if path.is_file() else None
    digest = digest_of_bytes(built.data)
    if held is not None and held != built.data:
        if _status_of(held, path) == "published":
            raise CseFormsError(
                f"{path} is published, and a published version never changes; make a new version of the variant"
            )
        if digest_of_bytes(held) != found.variant.built and not replace:
            raise CseFormsError(
                f"{path} is not what was last built here, so somebody may have edited it. Take the edits into the "
                f"variant with 'cse-forms variant capture {path} --because ...', or give them up with --replace"
            )
    if held != built.data:
        write_file(path, built.data, was=held)
    if found.variant.built != digest:
        write_file(found.path, with_built(found.data, digest), was=found.data)
    return held != built.data


def with_built(data: bytes, digest: str) -> bytes:
    """Return the bytes of a variant that records what was built from it."""
    document: dict[str, Any] = parse_json(data, VARIANT_FILE)
    return bytes_of({**document, "built": digest})


def bytes_of(document: dict[str, Any]) -> bytes:
    """Return a document as its file has it."""
    return (json.dumps(document, indent=2, ensure_ascii=False) + "\n").encode("utf-8")


def to_bytes(variant: VariantFile) -> bytes:
    """Return a variant as its file has it."""
    told = variant.model_dump(by_alias=True, exclude_none=True, exclude={"operations", "built"})
    # Null says something in an operation: that a word is taken out, or was not there.
    operations = [
        {word: value for word, value in one.model_dump(by_alias=True).items() if value is not None}
        for one in variant.operations
    ]
    built = {"built": variant.built} if variant.built else {}
    return bytes_of({**told, "operations": operations, **built})


def write_new(path: Path, variant: VariantFile, built: Built) -> None:
    """Write a variant and what is built from it, where there is neither yet.

    Args:
        path: variant.json.
        variant: what it is to hold.
        built: what form.json beside it is to hold.

    Raises:
        ConflictError: one of them is there already.
    """
    beside = path.with_name(FORM_FILE)
    if beside.exists():
        raise ConflictError(f"{beside} is there already; name another version, or move this one away")
    # A variant without what is built from it says so when it is checked, and a build mends it. The other way round a
    # definition would stand there of which nobody knows what it was built from.
    write_file(path, to_bytes(variant.model_copy(update={"built": digest_of_bytes(built.data)})), was=None)
    write_file(beside, built.data, was=None)


def problems(path: Path, data: bytes, places: Sequence[DefinitionStore]) -> Iterator[Problem]:
    """Yield what is wrong with a variant and with the definition beside it.

    Raises:
        DefinitionError: with the faults of the file itself.
    """
    variant = load_variant(data, str(path))
    yield from located(data, _of_another_folder(path, variant))
    try:
        base = find_base(variant.base, places)
    except CseFormsError as error:
        yield from located(data, [Fault("/base", str(error), "wrong-base")])
        return
    beside = path.with_name(FORM_FILE)
    held = read_file(beside) if beside.is_file() else None
    built = build(variant, base, status="draft" if held is None else _status_of(held, beside))
    yield from located(data, built.faults)
    if not built.faults and (held is None or not _is_built(held, built)):
        what = "form.json is missing beside this" if held is None else "form.json is not what is built from this"
        yield from located(data, [Fault("", f"{what}; {_BUILD}", "not-built")])


_BUILD = "run 'cse-forms variant build' on it, or 'cse-forms variant capture' if form.json was edited and is meant so"


def _of_another_folder(path: Path, variant: VariantFile) -> Iterator[Fault]:
    if (variant.id, variant.version) != (path.parent.parent.name, path.parent.name):
        message = f"this is {variant.id} {variant.version}; its folder must be {variant.id}/{variant.version}"
        yield Fault("", message, "wrong-folder")


def _status_of(data: bytes, path: Path) -> str:
    try:
        document = parse_json(data, str(path))
    except InputError:
        return "draft"
    words = document.get("x-form") if isinstance(document, dict) else None
    return "published" if isinstance(words, dict) and words.get("status") == "published" else "draft"


def _is_built(held: bytes, built: Built) -> bool:
    try:
        return alike(parse_json(held, FORM_FILE), parse_json(built.data, FORM_FILE))
    except InputError:
        return False
