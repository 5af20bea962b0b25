"""Translations of a form's wording: beside a version's form.json a file for each language, such as cy.json.

A translation carries the digest of the wording that it translates. So whoever changes the wording need do nothing: what
was translated before shows that it is stale. A version that is published may still gain translations.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import Field

from cse_forms.errors import DefinitionError, Problem
from cse_forms.passages import in_language, primary
from cse_forms.reading import read_file
from cse_forms.schema import items
from cse_forms.schema.definition import Definition, TranslatedFrom
from cse_forms.schema.digests import digest_of_bytes
from cse_forms.schema.document import FormSchema, ItemSchema
from cse_forms.schema.faults import Fault
from cse_forms.schema.loading import located, read_object
from cse_forms.schema.places import expand
from cse_forms.schema.refusals import refusals
from cse_forms.schema.wording import Wording, changed, wordings
from cse_forms.schema.words import DIGEST, LANGUAGE, POINTER, Slug, Text, Version, Word

FILE_NAME = r"([a-z]{2,3}(-[A-Za-z0-9]{2,8})*)\.json"
"""What the file of a translation is called: its language, as BCP 47 names it."""

_FOREIGN = "\ufdd0"
"""Stands before a string that is not translated while the definition is built; Unicode keeps it for such ends."""


class TranslatedString(Word):
    """A string of the form's wording in another language."""

    text: Text
    """The wording in that language."""
    source: Annotated[str, Field(pattern=DIGEST)]
    """The digest of the wording that it translates: sha256:... of its UTF-8. Stale, where the form says another."""
    status: Literal["draft", "reviewed"] = "draft"
    """Whether somebody who speaks the language has looked at it."""
    note: Text | None = None
    """What translators should know of it."""


class TranslationFile(Word):
    """The translation of one version of a form into one language."""

    form: Slug
    """The form's id."""
    version: Version
    """The version whose wording it translates."""
    language: Annotated[str, Field(pattern=LANGUAGE)]
    """The language of the translation, as BCP 47 names it; the file is called after it."""
    strings: dict[Annotated[str, Field(pattern=POINTER)], TranslatedString]
    """Each string by the JSON Pointer at which the definition has it."""


class State(StrEnum):
    """How far a string is translated."""

    MISSING = "missing"
    DRAFT = "draft"
    REVIEWED = "reviewed"
    STALE = "stale"


@dataclass(frozen=True, slots=True)
class Standing:
    """A string of a form's wording, and how far it is translated."""

    wording: Wording
    translated: TranslatedString | None

    @property
    def state(self) -> State:
        """Missing and stale are worked out; who translates says whether it is a draft."""
        if self.translated is None:
            return State.MISSING
        return State(self.translated.status) if self.is_of_this_wording else State.STALE

    @property
    def is_of_this_wording(self) -> bool:
        """Whether there is a translation of what the form says now."""
        return self.translated is not None and self.translated.source == digest_of_text(self.wording.text)


@dataclass(frozen=True, slots=True, kw_only=True)
class Progress:
    """How far a form is translated into a language."""

    standings: tuple[Standing, ...]
    """Every string of the form, in its order."""
    orphans: Mapping[str, TranslatedString]
    """What is translated at pointers where the form has no wording, by the pointer."""

    def count(self, state: State) -> int:
        """Return how many strings are in a state."""
        return sum(standing.state is state for standing in self.standings)


def digest_of_text(text: str) -> str:
    """Return sha256:... of a string, by which a translation knows what it translates."""
    return digest_of_bytes(text.encode("utf-8", "surrogatepass"))


def progress(document: Mapping[str, Any], translation: TranslationFile | None) -> Progress:
    """Return how far a definition's wording is translated.

    Args:
        document: the definition.
        translation: None, where there is none yet.
    """
    strings = {} if translation is None else translation.strings
    standings = tuple(Standing(wording, strings.get(wording.pointer)) for wording in wordings(document))
    known = {standing.wording.pointer for standing in standings}
    return Progress(standings=standings, orphans={at: one for at, one in strings.items() if at not in known})


def load_translation(data: bytes, name: str) -> TranslationFile:
    """Return the translation that a file holds.

    Raises:
        DefinitionError: with every fault of the file and its place.
    """
    document = read_object(data, name, 'this must be an object: {"form": ..., "language": ..., "strings": {...}}')
    if faults := refusals(TranslationFile, document):
        raise DefinitionError(name, located(data, faults))
    return TranslationFile.model_validate(document)


def to_bytes(translation: TranslationFile) -> bytes:
    """Return a translation as its file holds it."""
    document = translation.model_dump(mode="json", by_alias=True, exclude_none=True)
    return (json.dumps(document, indent=2, ensure_ascii=False) + "\n").encode("utf-8", "surrogatepass")


def translation_files(folder: Path) -> dict[str, Path]:
    """Return the translations in a version's folder, by their languages."""
    found = ((re.fullmatch(FILE_NAME, path.name), path) for path in sorted(folder.glob("*.json")))
    return {match[1]: path for match, path in found if match is not None}


def find_translation(definition: Definition, folder: Path, language: str) -> TranslationFile | None:
    """Return a form's translation into a language; for a region that has none of its own, that of the language.

    Args:
        definition: the form.
        folder: where its form.json stands.
        language: BCP 47.

    Raises:
        DefinitionError: the file is no translation of this form into this language.
    """
    files = translation_files(folder)
    known = {name.casefold(): path for name, path in files.items()}
    path = known.get(language.casefold()) or known.get(primary(language))
    if path is None:
        return None
    data = read_file(path)
    translation = load_translation(data, str(path))
    if faults := list(_misplaced(definition, translation, path)):
        raise DefinitionError(str(path), located(data, faults))
    return translation


def _misplaced(definition: Definition, translation: TranslationFile, path: Path) -> Iterator[Fault]:
    """Yield what a translation says of itself that its place contradicts."""
    if path.name != f"{translation.language}.json":
        message = (
            f"this file is called {path.name}, and it says that it is in '{translation.language}'; make them agree"
        )
        yield Fault("/language", message, "misplaced-translation")
    for word, at in (("form", definition.id), ("version", definition.version)):
        if getattr(translation, word) != at:
            yield Fault(f"/{word}", f"this stands beside {word} {at}; say so here", "misplaced-translation")


def translated(definition: Definition, translation: TranslationFile) -> Definition:
    """Return a definition with its wording in another language.

    What is not translated, or was translated from an earlier wording, stays as it is, and says in which language it is.
    """
    own, language = definition.words.language, translation.language
    found = progress(definition.schema, translation)
    told = {
        one.wording.pointer: one.translated.text for one in found.standings if one.translated and one.state in _USED
    }

    def foreign(text: str) -> str:
        return f"{_FOREIGN}{text}"

    document = changed(definition.schema, lambda at, text: told.get(at, foreign(text)), foreign)

    def revived(value: Any) -> Any:
        return _revived(value, own, language)

    form: FormSchema = revived(FormSchema.model_validate(document))
    read = items.build(expand(document), lambda schema: revived(ItemSchema.model_validate(schema)))
    untranslated = found.count(State.MISSING) + found.count(State.STALE)
    return replace(
        definition,
        title=form.title,
        description=form.description,
        words=form.x_form.model_copy(update={"language": language}),
        root=read,
        translation=TranslatedFrom(language=own, drafts=found.count(State.DRAFT), untranslated=untranslated),
    )


_USED = (State.DRAFT, State.REVIEWED)
"""A stale translation says what the form said once: it is not shown."""


def _revived(value: Any, own: str, language: str) -> Any:
    """Return part of a model in which the strings that are not translated say in which language they are."""
    if isinstance(value, str):
        return in_language(value[len(_FOREIGN) :], own, language) if value.startswith(_FOREIGN) else value
    if isinstance(value, Word):
        members = ((name, getattr(value, name)) for name in value.model_fields_set)
        revived = {name: (old, _revived(old, own, language)) for name, old in members}
        update = {name: new for name, (old, new) in revived.items() if new is not old}
        return value.model_copy(update=update) if update else value
    if isinstance(value, tuple):
        parts = tuple(_revived(member, own, language) for member in value)
        return parts if any(new is not old for new, old in zip(parts, value, strict=True)) else value
    if isinstance(value, dict):
        return {key: _revived(member, own, language) for key, member in value.items()}
    return value


def missing_for_publishing(definition: Definition, folder: Path) -> Iterator[str]:
    """Yield why a form may not be published: what it lacks of the languages that it says it must have.

    Args:
        definition: the form.
        folder: where its form.json stands.
    """
    for language in definition.words.languages:
        if primary(language) == primary(definition.words.language):
            continue
        found = progress(definition.schema, find_translation(definition, folder, language))
        states = (State.MISSING, State.STALE, State.DRAFT)
        counts = [f"{found.count(state)} {_TELLING[state]}" for state in states if found.count(state)]
        if counts:
            yield (
                f"the form must be complete in '{language}' before it is published, and of its "
                f"{len(found.standings)} strings {' and '.join(counts)}; see 'cse-forms translate status'"
            )


_TELLING = {
    State.MISSING: "are not translated",
    State.STALE: "were changed since they were translated",
    State.DRAFT: "are drafts that nobody has reviewed",
}

_SHOWN = 3
"""So many strings that are not translated are named; the rest are counted."""


def translation_problems(
    path: Path, data: bytes, document: Mapping[str, Any], definition: Definition | None
) -> tuple[Problem, ...]:
    """Return what is wrong with a translation beside a definition, and what is not translated as it stands now.

    Args:
        path: the translation's file.
        data: its bytes.
        document: the definition, sound or not.
        definition: None where the document has faults.

    Raises:
        DefinitionError: it is no translation.
    """
    translation = load_translation(data, str(path))
    found = progress(document, translation)
    faults = [] if definition is None else list(_misplaced(definition, translation, path))
    for at in found.orphans:
        message = f"the form has no wording at {at}; move this to the string that it translates, or take it out"
        faults.append(Fault(_key(at), message, "translation-of-nothing"))
    warnings = located(data, _doubts(found, translation))
    return (*located(data, faults), *(replace(problem, severity="warning") for problem in warnings))


def _doubts(found: Progress, translation: TranslationFile) -> Iterator[Fault]:
    for standing in found.standings:
        if standing.state is State.STALE:
            message = (
                "the form's wording was changed since this was translated, so that it is not shown; translate "
                f"'{_short(standing.wording.text)}'"
            )
            yield Fault(_key(standing.wording.pointer), message, "stale-translation")
    missing = [one.wording.pointer for one in found.standings if one.state is State.MISSING]
    if missing:
        named = ", ".join(missing[:_SHOWN])
        rest = f" and {len(missing) - _SHOWN} more" if len(missing) > _SHOWN else ""
        message = (
            f"not translated into '{translation.language}': {named}{rest}; "
            "'cse-forms translate extract' gives them to translators"
        )
        yield Fault("/strings", message, "untranslated")


def _key(pointer: str) -> str:
    escaped = pointer.replace("~", "~0").replace("/", "~1")
    return f"/strings/{escaped}"


def _short(text: str) -> str:
    return text if len(text) <= 60 else f"{text[:57]}..."
