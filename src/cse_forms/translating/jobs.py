"""What translators are given and give back: each string of a form, where it stands, and how far it is translated."""

from __future__ import annotations

from dataclasses import dataclass

from cse_forms.schema.definition import Definition
from cse_forms.schema.translation import (
    Progress,
    Standing,
    State,
    TranslatedString,
    TranslationFile,
    digest_of_text,
    progress,
)
from cse_forms.translating.places import Places


@dataclass(frozen=True, slots=True, kw_only=True)
class Unit:
    """One string, with its translation."""

    pointer: str
    """Where the definition has it."""
    source: str
    """The form's wording."""
    digest: str
    """The digest of that wording."""
    text: str = ""
    """The translation; empty, where there is none."""
    state: State
    translates: str | None = None
    """Of a stale translation: the digest of the wording that it translates."""
    note: str | None = None
    """What translators should know of it."""
    where: str = ""
    """Which part of the form it belongs to."""
    kind: str = ""
    """What it is there."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Job:
    """All strings of a form for one language."""

    form: str
    version: str
    source_language: str
    language: str
    units: tuple[Unit, ...]


def job_of(definition: Definition, translation: TranslationFile | None, language: str) -> Job:
    """Return what translators are given of a form.

    Args:
        definition: the form.
        translation: what there is already; None, where there is nothing.
        language: into which it is to be translated, as BCP 47 names it.
    """
    places, found = Places(definition), progress(definition.schema, translation)
    remembered = _remembered(found)

    def unit(standing: Standing) -> Unit:
        wording, place = standing.wording, places.place(standing.wording.pointer)
        digest = digest_of_text(wording.text)
        translated, state = standing.translated, standing.state
        if not standing.is_of_this_wording and digest in remembered:
            translated, state = remembered[digest], State.DRAFT
        return Unit(
            pointer=wording.pointer,
            source=wording.text,
            digest=digest,
            text="" if translated is None else translated.text,
            state=state,
            translates=translated.source if translated is not None and state is State.STALE else None,
            note=None if translated is None else translated.note,
            where=place.where,
            kind=place.kind,
        )

    return Job(
        form=definition.id,
        version=definition.version,
        source_language=definition.words.language,
        language=language,
        units=tuple(map(unit, found.standings)),
    )


def _remembered(found: Progress) -> dict[str, TranslatedString]:
    """Return what was translated of a wording that stands elsewhere now, by its digest."""
    lost = (standing.translated for standing in found.standings if standing.state is State.STALE)
    return {one.source: one for one in (*found.orphans.values(), *lost) if one is not None}
