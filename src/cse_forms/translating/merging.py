"""What translators give back, taken in: nothing that was translated is lost, and what does not fit is told."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from cse_forms.errors import InputError
from cse_forms.passages import primary
from cse_forms.schema.definition import Definition
from cse_forms.schema.translation import State, TranslatedString, TranslationFile, digest_of_text, progress
from cse_forms.translating.jobs import Job, Unit

_WORDS = ("added", "changed", "replaced", "stale", "unknown", "passed_over")
"""What may become of a string, as the command tells it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Imported:
    """A translation with what was given back, and what became of each string."""

    translation: TranslationFile
    added: tuple[str, ...]
    """The pointers of strings that had no translation."""
    changed: tuple[str, ...]
    """Those whose translation is another one now, or has been reviewed."""
    replaced: tuple[str, ...]
    """Those of the changed ones that were reviewed, and of which another translation, or a draft, was given back."""
    stale: tuple[str, ...]
    """Those whose wording the form has changed since they were given out: kept, and not shown."""
    unknown: tuple[str, ...]
    """Those that the form has no longer: kept, and named."""
    passed_over: tuple[str, ...]
    """Those that are of an earlier wording, where there is a translation of the present one already."""

    @property
    def is_clean(self) -> bool:
        """Whether everything that was given back is of what the form says now."""
        return not (self.stale or self.unknown or self.passed_over)

    def to_dict(self) -> dict[str, Any]:
        """Return it as `translate import --json` prints it."""
        return {"language": self.translation.language} | {word: list(getattr(self, word)) for word in _WORDS}


def merged(definition: Definition, translation: TranslationFile | None, job: Job) -> Imported:
    """Return a form's translation with what translators gave back.

    A string that they left empty keeps the translation that it has.

    Args:
        definition: the form.
        translation: what there was; None, where there was nothing.
        job: what was given back.

    Raises:
        InputError: it is of another form, or into the form's own language.
    """
    if job.form != definition.id:
        raise InputError(f"This translates {job.form}, and the form is {definition.id}")
    if primary(job.language) == primary(definition.words.language):
        raise InputError(f"This translates into '{job.language}', which is the form's own language")
    known = {standing.wording.pointer: standing for standing in progress(definition.schema, translation).standings}
    strings = {} if translation is None else dict(translation.strings)
    told: dict[str, list[str]] = {word: [] for word in _WORDS}
    for unit in job.units:
        given = _given(unit, strings)
        if given is None:
            continue
        standing = known.get(unit.pointer)
        told_as = "changed" if unit.pointer in strings else "added"
        if standing is None:
            told["unknown"].append(unit.pointer)
        elif given.source != digest_of_text(standing.wording.text):
            if standing.is_of_this_wording:
                told["passed_over"].append(unit.pointer)
                continue
            told["stale"].append(unit.pointer)
        elif strings.get(unit.pointer) != given:
            told[told_as].append(unit.pointer)
            before = standing.translated
            if (
                before
                and standing.state is State.REVIEWED
                and (before.text, before.status) != (given.text, given.status)
            ):
                told["replaced"].append(unit.pointer)
        strings[unit.pointer] = given
    ordered = {at: strings[at] for at in known if at in strings} | strings
    return Imported(
        translation=TranslationFile(
            form=definition.id, version=definition.version, language=job.language, strings=ordered
        ),
        **{word: tuple(pointers) for word, pointers in told.items()},
    )


def _given(unit: Unit, strings: Mapping[str, TranslatedString]) -> TranslatedString | None:
    """Return what was given back of a string; None, where nothing was."""
    if not unit.text:
        return None
    before, source, status = strings.get(unit.pointer), unit.digest, unit.state
    if status is State.STALE and (before is None or before.text == unit.text):
        # Nobody has looked at it since: it still translates what it did.
        source = unit.translates or unit.digest
        status = State.DRAFT if before is None else State(before.status)
    return TranslatedString(
        text=unit.text,
        source=source,
        status="reviewed" if status is State.REVIEWED else "draft",
        note=unit.note,
    )
