"""Responses taken from one version of a form to another."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace

from cse_forms import pointers
from cse_forms.answers.response import Response
from cse_forms.errors import InputError
from cse_forms.forms import Form, Outcome
from cse_forms.migrating.answered import title_of
from cse_forms.migrating.carrying import Hop, Placed, carry
from cse_forms.migrating.checks import HELD_BACK, find_faults
from cse_forms.migrating.keeping import bytes_of, with_original
from cse_forms.migrating.report import (
    Asked,
    Carried,
    LevelChange,
    Levels,
    Lost,
    Migrated,
    MigrationError,
    MigrationReport,
    loss_error,
)
from cse_forms.migrating.routes import Pattern, Routes
from cse_forms.schema.items import Question
from cse_forms.schema.migration import Migration
from cse_forms.schema.places import ROW


@dataclass(frozen=True, slots=True, kw_only=True)
class Leg:
    """The way from one version to the next."""

    old: Form
    new: Form
    migration: Migration


def migrate(
    response: Response,
    old: Form,
    new: Form,
    migration: Migration,
    *,
    accept_loss: Iterable[str] = (),
    original: bytes | None = None,
) -> Migrated:
    """Return a response to another version of the form.

    Args:
        response: to the old version. A draft stays a draft.
        old: the version that it answers.
        new: the version to which it is taken.
        migration: from the one to the other.
        accept_loss: the pointers of the answers that may be lost; `*` stands for every row.
        original: the bytes that the response was read from; they are kept to the letter.

    Raises:
        MigrationError: it would lose an answer that nobody named, or the migration does not fit the two versions.
        InputError: a response to another version, or bytes of another response.
        DigestError: a response to other bytes of the old version.
    """
    check_fit(migration, old, new)
    return travel(response, [Leg(old=old, new=new, migration=migration)], accept_loss=accept_loss, original=original)


def check_fit(migration: Migration, old: Form, new: Form) -> None:
    """Refuse a migration that does not fit two versions, or in which something is still to be decided.

    Raises:
        MigrationError: with every reason.
    """
    named = (migration.form, migration.from_), (migration.form, migration.to)
    if named != ((old.id, old.version), (new.id, new.version)):
        raise MigrationError(
            f"This migration is of {migration.form} from {migration.from_} to {migration.to}, and not from "
            f"{old.id} {old.version} to {new.id} {new.version}"
        )
    faults = [one for one in find_faults(migration, old.definition, new.definition) if one.code not in HELD_BACK]
    if faults:
        told = "\n".join(f"  {fault.pointer or 'the migration'}: {fault.message}" for fault in faults)
        raise MigrationError(f"The migration to {new.id} {new.version} cannot be used:\n{told}")


def travel(
    response: Response, legs: Sequence[Leg], *, accept_loss: Iterable[str] = (), original: bytes | None = None
) -> Migrated:
    """Return a response that was taken from version to version; see `migrate`.

    Args:
        response: to the first version.
        legs: the way, which fits.
        accept_loss: as for `migrate`: pointers into the response that is given.
        original: as for `migrate`.
    """
    first, last = legs[0].old, legs[-1].new
    before = first.evaluate(response)
    data = bytes_of(response, original)
    accepted = _accepted(accept_loss, response, first)
    trip = _Trip(first)
    answers = response.answers
    for leg in legs:
        hop = carry(answers, leg.old, leg.new, leg.migration, draft=response.is_draft)
        trip.add(leg, hop)
        answers = hop.answers
    refused = [one for one in trip.lost if not one.is_agreed and not _is_named(one, accepted)]
    if refused:
        raise loss_error(first.id, first.version, last.version, refused)
    digest = last.digest if last.definition.is_published else None
    made = Response(form=last.id, version=last.version, digest=digest, answers=answers, meta=response.meta)
    after = last.evaluate(made)
    report = MigrationReport(
        form=last.id,
        path=(first.version, *(leg.new.version for leg in legs)),
        carried=tuple(one for one, is_changed in trip.arrived() if not is_changed),
        changed=tuple(one for one, is_changed in trip.arrived() if is_changed),
        lost=tuple(trip.lost),
        asked=tuple(trip.asked(last)),
        levels=level_changes(before, after, first, last),
        was_valid=_is_valid(before),
        is_valid=_is_valid(after),
        findings=after.findings,
    )
    kept = with_original(response, data, first, before, report)
    return Migrated(response=replace(made, migrated_from=kept), report=report)


def _is_valid(outcome: Outcome) -> bool:
    return all(finding.severity != "error" for finding in outcome.findings)


# --- what may be lost ------------------------------------------------------------------------------------------


def _accepted(named: Iterable[str], response: Response, form: Form) -> list[tuple[str, ...]]:
    """Return the keys of the pointers that may be lost; one that names nothing is a slip, and not passed over."""
    found = []
    for pointer in named:
        keys = pointers.split(pointer)
        known = pointer.startswith("/") and (
            any(_names(keys, tuple(pointers.split(other))) for other in form.definition.questions)
            or pointers.value_at(response.answers, pointers.keys_in(response.answers, pointer)) is not pointers.BLANK
        )
        if not known:
            raise InputError(f"{form.id} {form.version} has no question '{pointer}', and nothing is lost there")
        found.append(keys)
    return found


def _names(keys: Sequence[str], other: Sequence[str]) -> bool:
    """Whether a pointer names another one; `*` is every row, and the number of a row is one."""
    return len(keys) == len(other) and all(
        one in (two, ROW) or (two == ROW and one.isdecimal()) for one, two in zip(keys, other, strict=True)
    )


def _is_named(lost: Lost, accepted: Iterable[Sequence[str]]) -> bool:
    return all(any(_names(keys, pointers.split(pointer)) for keys in accepted) for pointer in lost.old)


# --- what became of each answer --------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class _Traced:
    """An answer on its way, with where it comes from."""

    origins: tuple[str, ...]
    """Its pointers in the response; none, where it was filled in on the way."""
    is_changed: bool = False
    because: tuple[str, ...] = ()
    placed: Placed | None = field(default=None, repr=False)


class _Trip:
    """What becomes of every answer on the way over several versions."""

    def __init__(self, first: Form) -> None:
        self._here: dict[str, _Traced] | None = None
        """Every answer that is still there, by its pointer; None before the first leg."""
        self._reached = frozenset(item.keys for item in first.definition.walk() if isinstance(item, Question))
        """The questions to which answers of the response may have come."""
        self.lost: list[Lost] = []

    def add(self, leg: Leg, hop: Hop) -> None:
        """Go on by one version."""
        for loss in hop.losses:
            known = [self._origin(leaf.pointer) for leaf in loss.leaves]
            origins = tuple(origin for one, leaf in zip(known, loss.leaves, strict=True)
                            for origin in (one.origins or (leaf.pointer,)))  # fmt: skip
            title = next((leaf.title for leaf in loss.leaves if leaf.title), None)
            is_agreed = loss.step is not None or loss.code == "empty"
            self.lost.append(Lost(old=origins, title=title, code=loss.code, because=loss.because, is_agreed=is_agreed))
        self._here = {placed.pointer: self._traced(placed) for placed in hop.placed}
        routes = Routes(leg.migration, leg.old.definition, leg.new.definition)
        self._reached = routes.reached(self._reached)

    def _origin(self, pointer: str) -> _Traced:
        if self._here is None:
            return _Traced(origins=(pointer,))
        return self._here.get(pointer, _Traced(origins=()))

    def _traced(self, placed: Placed) -> _Traced:
        known = [self._origin(leaf.pointer) for leaf in placed.sources]
        because = (*(why for one in known for why in one.because), *(step.because or "" for step in placed.steps))
        return _Traced(
            origins=tuple(dict.fromkeys(origin for one in known for origin in one.origins)),
            is_changed=placed.is_changed or any(one.is_changed for one in known),
            because=tuple(dict.fromkeys(filter(None, because))),
            placed=placed,
        )

    def arrived(self) -> list[tuple[Carried, bool]]:
        """Return the answers of the response that are there at the end, and whether they are written otherwise."""
        found = []
        for pointer, one in (self._here or {}).items():
            if one.origins and one.placed is not None:
                title = title_of(one.placed.item)
                carried = Carried(old=one.origins, new=pointer, title=title, because=one.because)
                found.append((carried, one.is_changed))
        return found

    def asked(self, form: Form) -> list[Asked]:
        """Return the questions of the last version to which no answer of the response could come."""
        filled: set[Pattern] = {
            one.placed.item.keys
            for one in (self._here or {}).values()
            if not one.origins and one.placed is not None and isinstance(one.placed.item, Question)
        }
        return [
            Asked(pointer=question.pointer, title=question.full_title, is_filled=question.keys in filled)
            for question in form.definition.questions.values()
            if question.keys not in self._reached
        ]


# --- levels ----------------------------------------------------------------------------------------------------


def level_changes(before: Outcome, after: Outcome, old: Form, new: Form) -> tuple[LevelChange, ...]:
    """Return what each assessment came to in two outcomes, in the order of the newer version."""
    titles = _assessment_titles(old) | _assessment_titles(new)
    names = [*after.assessments, *(name for name in before.assessments if name not in after.assessments)]
    return tuple(
        LevelChange(id=name, title=titles[name], before=levels_of(before, name), after=levels_of(after, name))
        for name in names
    )


def levels_of(outcome: Outcome, name: str) -> Levels | None:
    """Return what an assessment came to, in the words of its form; None where there is no such assessment."""
    found = outcome.assessments.get(name)
    if found is None:
        return None

    def titled(level: str | None) -> str | None:
        said = found.level(level)
        return None if said is None else said.title

    return Levels(suggested=titled(found.suggested), possible=tuple(map(titled, found.possible)))


def _assessment_titles(form: Form) -> dict[str, str]:
    return {one.id: one.title for one in form.definition.words.assessments}
