"""The way back: the migration that undoes another one, where there is one."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import assert_never

from cse_forms import pointers
from cse_forms.migrating.routes import Routes, key_of
from cse_forms.schema.definition import Definition
from cse_forms.schema.items import Kind, Question
from cse_forms.schema.migration import Migration, MigrationStep, Value


@dataclass(frozen=True, slots=True, kw_only=True)
class Inverse:
    """The migration that goes back, or why there is none."""

    migration: Migration | None
    reasons: tuple[str, ...] = ()
    """What cannot be undone; empty where all can."""


def inverse(migration: Migration, old: Definition, new: Definition) -> Inverse:
    """Return the migration from the newer version back to the older one.

    It takes every answer that came from the older version back to where it was, written as it was. What the newer
    version alone asks has no place in the older one, and is lost on the way back unless the migration filled it in.

    Args:
        migration: from the older version to the newer one; what it names is there in both.
        old: the older version.
        new: the newer version.
    """
    routes = Routes(migration, old, new)
    reasons = [f"step {number}: {why}" for number, why in _obstacles(migration, routes)]
    if reasons:
        return Inverse(migration=None, reasons=tuple(reasons))
    steps = [back for step in migration.steps for back in _undone(step, routes)]
    back = Migration(form=migration.form, from_=migration.to, to=migration.from_, steps=tuple(steps))
    strays = tuple(_strays(routes, Routes(back, new, old)))
    return Inverse(migration=None, reasons=strays) if strays else Inverse(migration=back)


def _obstacles(migration: Migration, routes: Routes) -> Iterator[tuple[int, str]]:
    for number, step in enumerate(migration.steps, 1):
        match step.action:
            case "drop":
                yield number, f"what was dropped at '{step.drop}' does not come back"
            case "join":
                yield number, f"nobody can tell where the parts of '{step.to}' began before they were joined"
            case "options":
                if not _is_one_to_one(step, routes):
                    yield number, f"two answers to '{step.options}' became one, and nobody can tell which it was"
            case "move" | "split" | "default":
                continue
            case _:
                assert_never(step.action)


def _is_one_to_one(step: MigrationStep, routes: Routes) -> bool:
    assert step.options is not None
    names = step.map or {}
    item = routes.old.get(pointers.split(step.options))
    if not isinstance(item, Question):
        return False
    values = [names.get(key_of(value), value) for value in _values(item)]
    return len({(isinstance(value, bool), value) for value in values}) == len(values)


def _values(question: Question) -> list[Value]:
    """Return the answers that a question with options, or a tick, may have."""
    return [True, False] if question.kind is Kind.TICK else [option.value for option in question.options]


def _undone(step: MigrationStep, routes: Routes) -> Iterator[MigrationStep]:
    match step.action:
        case "move":
            yield MigrationStep(move=step.targets[0], to=step.sources[0], because=step.because)
        case "options":
            yield from _options_undone(step, routes)
        case "split":
            yield MigrationStep(join=step.targets, by=step.by, to=step.sources[0], because=step.because)
        case "default":
            value = step.value
            if isinstance(value, str | int | float | bool):
                why = "It was filled in when the response was migrated."
                yield MigrationStep(drop=step.targets[0], values=(value,), because=why)
        case "drop" | "join":
            return
        case _:
            assert_never(step.action)


def _options_undone(step: MigrationStep, routes: Routes) -> Iterator[MigrationStep]:
    (source,) = step.sources
    keys = pointers.split(source)
    item = routes.old[keys]
    assert isinstance(item, Question)
    names = step.map or {}
    back = {
        key_of(names[key_of(value)]): value
        for value in _values(item)
        if key_of(value) in names and not _is_same(names[key_of(value)], value)
    }
    if back:
        yield MigrationStep(options=pointers.join(routes.route(keys).to[0]), map=back, because=step.because)


def _is_same(one: Value, other: Value) -> bool:
    return isinstance(one, bool) == isinstance(other, bool) and one == other


def _strays(routes: Routes, back: Routes) -> Iterator[str]:
    """Yield the questions whose answers would not come back to where they were."""
    for keys, item in routes.old.items():
        if not isinstance(item, Question):
            continue
        for to in routes.route(keys).to:
            if isinstance(routes.new.get(to), Question) and back.route(to).to != (keys,):
                yield f"what stands at '{pointers.join(to)}' would not come back to '{pointers.join(keys)}'"
