"""The way from one version of a form to another, over the migrations that stand in a catalogue."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator
from itertools import pairwise
from pathlib import Path

from cse_forms.answers.response import Response
from cse_forms.comparing.exchanged import exchanged
from cse_forms.errors import DefinitionError, InputError
from cse_forms.forms import Catalogue, Form
from cse_forms.migrating.checks import HELD_BACK, answers_of, find_faults
from cse_forms.migrating.inverse import inverse
from cse_forms.migrating.migrate import Leg, travel
from cse_forms.migrating.report import Migrated, MigrationError
from cse_forms.reading import read_file
from cse_forms.schema.definition import Definition
from cse_forms.schema.items import Question
from cse_forms.schema.loading import located
from cse_forms.schema.migration import MIGRATION_FILE, Migration, load_migration


def migrate_to(
    response: Response,
    catalogue: Catalogue,
    version: str,
    *,
    accept_loss: Iterable[str] = (),
    original: bytes | None = None,
) -> Migrated:
    """Return a response to another version of its form, over as many versions as it takes, onwards or back.

    Args:
        response: to any version of the form.
        catalogue: the forms at hand.
        version: the one to which it is taken.
        accept_loss: the pointers of the answers that may be lost, as the given response has them.
        original: the bytes that the response was read from; they are kept to the letter.

    Raises:
        MigrationError: no migration leads there, or it would lose an answer that nobody named.
        FormNotFoundError: there is no such form, or not that version of it.
        DefinitionError: no way is left, since a migration or a version has faults.
        InputError: the response answers that version already.
        DigestError: a response to other bytes of its version.
    """
    form = catalogue.get_form(response.form, response.version)
    target = catalogue.get_form(response.form, version)
    if form.version == target.version:
        raise InputError(f"This response answers {form.id} {form.version} already")
    legs = find_way(catalogue, form.id, form.version, target.version)
    return travel(response, legs, accept_loss=accept_loss, original=original)


def find_way(catalogue: Catalogue, form: str, start: str, end: str) -> tuple[Leg, ...]:
    """Return the shortest way from one version to another.

    A migration leads on, and back where it can be undone. Where none stands beside a version that still asks all that
    the one before it asked, and in which no words changed places, nothing need be said, and every answer stays at its
    pointer.

    Raises:
        MigrationError: there is no way; with what stands in it.
        DefinitionError: there is no way, and a migration or a version that might be on it has faults.
    """
    map_ = _Map(catalogue, form)
    came: dict[str, tuple[str, ...]] = {start: (start,)}
    waiting = deque([start])
    while waiting and end not in came:
        here = waiting.popleft()
        for there in map_.next_to(here):
            if there not in came:
                came[there] = (*came[here], there)
                waiting.append(there)
    path = came.get(end)
    if path is None:
        map_.raise_what_is_broken()
        raise MigrationError(
            f"No migration leads from {form} {start} to {end}.{map_.obstacles()} Make one with "
            f"'cse-forms draft-migration {form}@{start} {form}@{end}', decide what it asks, and put it beside {end}"
        )
    return tuple(map_.leg(one, other) for one, other in pairwise(path))


class _Map:
    """The versions of a form, and the migrations between them."""

    def __init__(self, catalogue: Catalogue, form: str) -> None:
        self._catalogue = catalogue
        self._form = form
        self._versions = catalogue.versions()[form]
        self._legs: dict[tuple[str, str], Leg | None] = {}
        self._reasons: list[str] = []
        self._broken: list[DefinitionError] = []
        """What is wrong with versions and migrations that a way might have led over."""
        self._migrations: dict[str, Migration] = {}
        self._unsaid_to = set(self._versions)
        """The versions beside which no migration stands."""
        for version in self._versions:
            self._read(version)

    def _path(self, version: str) -> Path:
        return self._catalogue.directory / self._form / version / MIGRATION_FILE

    def _read(self, version: str) -> None:
        path = self._path(version)
        if not path.is_file():
            return
        self._unsaid_to.discard(version)
        try:
            self._migrations[version] = load_migration(read_file(path), str(path))
        except DefinitionError as error:
            self._broken.append(error)

    def raise_what_is_broken(self) -> None:
        """Tell the first fault that a way might have led over, if there is one.

        Raises:
            DefinitionError: there is.
        """
        if self._broken:
            raise self._broken[0]

    def next_to(self, version: str) -> Iterator[str]:
        """Yield the versions that can be reached from one in one step."""
        for other in self._versions:
            if other != version and self._leg(version, other) is not None:
                yield other

    def leg(self, start: str, end: str) -> Leg:
        """Return the way between two versions of which one is next to the other."""
        leg = self._leg(start, end)
        assert leg is not None
        return leg

    def obstacles(self) -> str:
        """Return why there is no way where one might be looked for."""
        return "".join(f" {reason}." for reason in dict.fromkeys(self._reasons))

    def _leg(self, start: str, end: str) -> Leg | None:
        if (start, end) not in self._legs:
            try:
                self._legs[start, end] = self._found(start, end)
            except DefinitionError as error:
                # Another way may lead there, and what is wrong here need not concern it.
                self._broken.append(error)
                self._legs[start, end] = None
        return self._legs[start, end]

    def _found(self, start: str, end: str) -> Leg | None:
        onwards, back = self._migrations.get(end), self._migrations.get(start)
        if onwards is not None and onwards.from_ == start:
            old, new = self._get(start), self._get(end)
            self._check(onwards, old, new)
            return Leg(old=old, new=new, migration=onwards)
        if back is not None and back.from_ == end:
            new, old = self._get(start), self._get(end)
            self._check(back, old, new)
            undone = inverse(back, old.definition, new.definition)
            if undone.migration is None:
                reasons = "; ".join(undone.reasons)
                self._reasons.append(f"That from {end} to {start} cannot be undone: {reasons}")
                return None
            return Leg(old=new, new=old, migration=undone.migration)
        return self._unsaid(start, end)

    def _unsaid(self, start: str, end: str) -> Leg | None:
        """Return the way between two neighbours of which nothing need be said."""
        places = self._versions.index(start), self._versions.index(end)
        newer = max(start, end, key=self._versions.index)
        if abs(places[0] - places[1]) != 1 or newer not in self._unsaid_to:
            return None
        old, new = self._get(start), self._get(end)
        if not _asks_all_of(*sorted((old.definition, new.definition), key=lambda one: one.version == newer)):
            return None
        if exchanged(old.definition, new.definition):
            self._reasons.append(f"Between {start} and {end} words changed places, so that answers would be misread")
            return None
        return Leg(old=old, new=new, migration=Migration(form=self._form, from_=start, to=end))

    def _get(self, version: str) -> Form:
        return self._catalogue.get_form(self._form, version)

    def _check(self, migration: Migration, old: Form, new: Form) -> None:
        path = self._path(migration.to)
        faults = [one for one in find_faults(migration, old.definition, new.definition) if one.code not in HELD_BACK]
        if faults:
            raise DefinitionError(str(path), located(read_file(path), faults))


def _asks_all_of(old: Definition, new: Definition) -> bool:
    """Whether each question of the older version is in the newer one, of the same kind and with the same options."""
    for pointer, question in old.questions.items():
        other = new.questions.get(pointer)
        if not isinstance(other, Question) or other.kind is not question.kind:
            return False
        if not answers_of(question).keys() <= answers_of(other).keys():
            return False
    return True
