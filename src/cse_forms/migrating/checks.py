"""Whether a migration fits the two versions of the form that it stands between."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain
from pathlib import Path
from typing import Any

from cse_forms import pointers
from cse_forms.errors import CseFormsError, Problem
from cse_forms.forms import Form
from cse_forms.migrating.carrying import refused_places
from cse_forms.migrating.routes import Pattern, Routes, key_of, rows_in
from cse_forms.schema.catalogue import FORM_FILE, load_file
from cse_forms.schema.definition import Definition
from cse_forms.schema.faults import Fault, suggestion
from cse_forms.schema.items import Item, Kind, Question, Table
from cse_forms.schema.loading import located
from cse_forms.schema.migration import Migration, MigrationStep, Value, load_migration
from cse_forms.schema.places import ROW

HELD_BACK = frozenset({"question-unaccounted", "option-unaccounted"})
"""Faults with which a migration can be used none the less: what would be lost by them is told answer by answer."""


def check_migration(path: Path, data: bytes, new: Definition | None) -> tuple[Problem, ...]:
    """Return every fault of a migration.json, in the order of its lines.

    Args:
        path: the file; the version from which it leads stands in a folder next to its own.
        data: what it holds.
        new: the version beside which it stands; None where that has faults that leave open what it means.

    Raises:
        DefinitionError: with every fault of the file itself.
    """
    migration = load_migration(data, str(path))
    faults = list(_folder_faults(migration, path))
    if not faults:
        try:
            old = load_file(path.parent.parent / migration.from_ / FORM_FILE)
        except CseFormsError:
            old = None
        if old is None or new is None:
            message = "one of the two versions has faults of its own; mend those, and check this again"
            faults.append(Fault("", message, "migration-not-checked"))
        else:
            faults += find_faults(migration, old, new)
    return located(data, faults)


def _folder_faults(migration: Migration, path: Path) -> Iterator[Fault]:
    form, version = path.parent.parent.name, path.parent.name
    if migration.form != form:
        yield Fault("/form", f"this must be '{form}', as the form's folder is called", "wrong-version")
    if migration.to != version:
        yield Fault("/to", f"this must be '{version}', the version beside which the file stands", "wrong-version")
    if migration.from_ == migration.to:
        yield Fault("/from", "this is the version itself; name the one that responses come from", "wrong-version")
    elif not (path.parent.parent / migration.from_ / FORM_FILE).is_file():
        known = {one.parent.name for one in path.parent.parent.glob(f"*/{FORM_FILE}")}
        listed = ", ".join(sorted(known - {version})) or "none"
        yield Fault("/from", f"there is no version {migration.from_}; the others are: {listed}", "wrong-version")


def find_faults(migration: Migration, old: Definition, new: Definition) -> list[Fault]:
    """Return what does not fit two versions of the form, each fault with its place in the migration."""
    return list(_Checks(migration, old, new).faults())


class _Checks:
    def __init__(self, migration: Migration, old: Definition, new: Definition) -> None:
        self._migration = migration
        self._new_form = Form(new)
        self._routes = Routes(migration, old, new)

    def faults(self) -> Iterator[Fault]:
        for number, step in enumerate(self._migration.steps):
            at = f"/steps/{number}"
            if step.decide is not None:
                message = f"this is still to be decided: {step.decide}; take 'decide' out when it is"
                yield Fault(f"{at}/decide", message, "step-undecided")
            missing = list(self._missing(step, at))
            yield from missing or self._unfit(step, at)
        yield from self._read_twice()
        yield from self._written_twice()
        yield from self._unaccounted()

    def _missing(self, step: MigrationStep, at: str) -> Iterator[Fault]:
        """Find pointers that lead nowhere."""
        for version, items, pairs in (
            ("older", self._routes.old, _places(step.sources, f"{at}/{step.action}")),
            ("newer", self._routes.new, _places(step.targets, f"{at}/{'to' if step.to else 'default'}")),
        ):
            for pointer, place in pairs:
                if pointers.split(pointer) not in items:
                    near = suggestion(pointer, (pointers.join(keys) for keys in items if keys))
                    yield Fault(place, f"the {version} version has nothing at '{pointer}'{near}", "no-question")

    def _unfit(self, step: MigrationStep, at: str) -> Iterator[Fault]:
        """Find a step that cannot do what it says to what it names."""
        old = [self._routes.old[pointers.split(source)] for source in step.sources]
        new = [self._routes.new[pointers.split(target)] for target in step.targets]
        for source in old:
            if any(rows_in(target.keys) != rows_in(source.keys) for target in new):
                message = "an answer stays in its row, or outside of all; use as many '*' as the older pointer has"
                yield Fault(f"{at}/to", message, "rows-differ")
        match step.action:
            case "move":
                if type(old[0]) is not type(new[0]):
                    message = f"a {_kind(old[0])} cannot become a {_kind(new[0])}"
                    yield Fault(f"{at}/to", message, "kinds-differ")
            case "options":
                yield from self._unfit_options(step, old[0], at)
            case "drop" if step.values is not None:
                yield from _unknown_answers(old[0], [key_of(value) for value in step.values], f"{at}/values")
            case "split" | "join":
                for item in (*old, *new):
                    if not isinstance(item, Question) or item.kind is not Kind.TEXT:
                        message = f"'{item.pointer}' is no question for text; only texts are split and joined"
                        yield Fault(at, message, "kinds-differ")
            case "default":
                yield from self._unfit_default(step, new[0], at)
            case "drop":
                return

    def _unfit_options(self, step: MigrationStep, item: Item, at: str) -> Iterator[Fault]:
        names = step.map or {}
        unknown = list(_unknown_answers(item, list(names), f"{at}/map"))
        yield from unknown
        target = self._routes.target_of(item.keys)
        if unknown or not isinstance(target, Question):
            return
        known = answers_of(target)
        for name, value in names.items():
            if known and key_of(value) not in known:
                near = suggestion(key_of(value), known)
                message = f"the newer version has no option '{key_of(value)}' at '{target.pointer}'{near}"
                yield Fault(f"{at}/map/{pointers.escape(name)}", message, "no-option")

    def _unfit_default(self, step: MigrationStep, item: Item, at: str) -> Iterator[Fault]:
        if not isinstance(item, Question):
            yield Fault(f"{at}/default", f"'{item.pointer}' is no question; an answer is filled in", "kinds-differ")
            return
        tried: Any = step.value
        for key in reversed(item.keys):
            tried = [tried] if key == ROW else {key: tried}
        place = item.pointer.replace(f"/{ROW}", "/0")
        if place in refused_places(self._new_form, tried):
            message = f"the newer version does not accept this as an answer to '{item.full_title}'"
            yield Fault(f"{at}/value", message, "wrong-default")

    def _read_twice(self) -> Iterator[Fault]:
        seen: dict[tuple[str, bool], int] = {}
        for number, step in enumerate(self._migration.steps):
            for source in step.sources:
                # What is written otherwise may be moved as well, and a part of the answers be given up.
                aside = step.action == "options" or step.values is not None
                kind = f"{step.action} {source}" if aside else source
                first = seen.setdefault((kind, aside), number)
                if first != number:
                    message = f"step {first + 1} says already what becomes of '{source}'; join the two into one step"
                    yield Fault(f"/steps/{number}/{step.action}", message, "step-twice")

    def _written_twice(self) -> Iterator[Fault]:
        """Find questions of the newer version that answers to two questions of the older one would come to."""
        numbers = {id(step): number for number, step in enumerate(self._migration.steps)}
        writers: dict[Pattern, dict[object, tuple[str, MigrationStep | None]]] = {}
        for keys, item in self._routes.old.items():
            route = self._routes.route(keys)
            if isinstance(item, Question):
                for to in route.to:
                    writer = id(route.step) if route.step and route.step.action == "join" else keys
                    writers.setdefault(to, {})[writer] = (item.pointer, route.step)
        for to, found in writers.items():
            steps = [step for _, step in found.values() if step is not None]
            if len(found) > 1 and steps and isinstance(self._routes.new.get(to), Question):
                names = " and ".join(f"'{pointer}'" for pointer, _ in found.values())
                message = f"answers to {names} would both come to '{pointers.join(to)}'; move or drop one of them"
                last = max(numbers[id(step)] for step in steps)
                yield Fault(f"/steps/{last}", message, "written-twice")
        for to, step in self._routes.defaults.items():
            if to in writers:
                pointer = next(iter(writers[to].values()))[0]
                message = f"answers to '{pointer}' come to '{pointers.join(to)}' already; take the default out"
                yield Fault(f"/steps/{numbers[id(step)]}", message, "written-twice")

    def _unaccounted(self) -> Iterator[Fault]:
        """Find questions and options of the older version of which nothing is said and nothing is left."""
        for keys, item in self._routes.old.items():
            route = self._routes.route(keys)
            if not isinstance(item, Question) or not route.to:
                continue
            if not any(isinstance(self._routes.new.get(to), Question) for to in route.to):
                message = (
                    f"the migration does not say what becomes of answers to '{item.pointer}' ({item.full_title}); "
                    "move them, or drop them with the reason"
                )
                yield Fault("/steps" if self._migration.steps else "", message, "question-unaccounted")
                continue
            target = self._routes.target_of(keys)
            if isinstance(target, Question):
                yield from self._unaccounted_options(item, target)

    def _unaccounted_options(self, old: Question, new: Question) -> Iterator[Fault]:
        known, names = answers_of(new), self._routes.map_of(old.keys)
        if not known:
            return
        for name, value in answers_of(old).items():
            if self._routes.drops_value(old.keys, value) is None and key_of(names.get(name, value)) not in known:
                message = (
                    f"the newer version has no option '{name}' at '{new.pointer}', and the migration does not say what "
                    f"becomes of such answers to '{old.pointer}'; name it under 'options', or drop it with the reason"
                )
                yield Fault("/steps" if self._migration.steps else "", message, "option-unaccounted")


def answers_of(question: Item) -> dict[str, Value]:
    """Return the answers that a question with options, or a tick, may have, by their names; of others none."""
    if not isinstance(question, Question):
        return {}
    values: list[Value] = [option.value for option in question.options]
    return {key_of(value): value for value in ([True, False] if question.kind is Kind.TICK else values)}


def _unknown_answers(item: Item, names: list[str], at: str) -> Iterator[Fault]:
    known = answers_of(item)
    if not isinstance(item, Question):
        yield Fault(at, f"'{item.pointer}' is no question; its questions have options of their own", "kinds-differ")
        return
    for name in names:
        if known and name not in known:
            near = suggestion(name, known)
            yield Fault(at, f"the older version has no option '{name}' at '{item.pointer}'{near}", "no-option")


def _places(named: tuple[str, ...], at: str) -> Iterator[tuple[str, str]]:
    """Yield pointers that a step names, each with its own place."""
    several = len(named) > 1
    yield from chain.from_iterable([(name, f"{at}/{place}" if several else at)] for place, name in enumerate(named))


def _kind(item: Item) -> str:
    if isinstance(item, Question):
        return "question"
    return "table" if isinstance(item, Table) else "section"
