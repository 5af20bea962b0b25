"""One step of the way: the answers to one version as answers to the next."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from cse_forms import pointers
from cse_forms.forms import Form
from cse_forms.migrating.answered import Keys, Leaf, Taken, instances_of, is_in, numbered, same, take_apart, title_of
from cse_forms.migrating.assembling import Assembly, in_order
from cse_forms.migrating.report import LossCode
from cse_forms.migrating.routes import Pattern, Route, Routes, key_of, rows_in
from cse_forms.pointers import BLANK
from cse_forms.schema.items import NO_DEFAULT, Item, Kind, Question, Section, Table
from cse_forms.schema.migration import Migration, MigrationStep
from cse_forms.schema.places import ROW
from cse_forms.thresholds.matching import option_of


@dataclass(frozen=True, slots=True, kw_only=True)
class Placed:
    """An answer in its new place."""

    keys: Keys
    item: Item | None
    """What the newer version has there."""
    value: Any = field(repr=False)
    sources: tuple[Leaf, ...] = ()
    """The answers that it is made of; none, where it was filled in."""
    is_changed: bool = False
    steps: tuple[MigrationStep, ...] = ()
    was_refused: bool = False
    """Whether the older version did not accept it either."""

    @property
    def pointer(self) -> str:
        """Its JSON Pointer."""
        return pointers.join(self.keys)


@dataclass(frozen=True, slots=True, kw_only=True)
class Loss:
    """An answer that has no place in the newer version."""

    leaves: tuple[Leaf, ...]
    code: LossCode
    because: str
    step: MigrationStep | None = None
    """The step that gives it up."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Hop:
    """What becomes of the answers from one version to the next."""

    answers: dict[str, Any] = field(repr=False)
    placed: tuple[Placed, ...]
    losses: tuple[Loss, ...]


def carry(answers: dict[str, Any], old: Form, new: Form, migration: Migration, *, draft: bool) -> Hop:
    """Return answers to one version of a form as answers to another.

    Nothing of them is passed over: each is in its new place, or among the losses with the reason. Where a blank stands
    for an answer, and would stand for another one or for none in the new version, that answer is written down.
    """
    return _Carrier(old, new, migration).carry(answers, draft=draft)


def refused_places(form: Form, answers: dict[str, Any]) -> frozenset[str]:
    """Return the pointers of what a form does not accept, be it in a draft, and of all that holds such a thing."""
    findings = form.validate(answers, draft=True).findings
    refused = [pointers.split(finding.pointer) for finding in findings if finding.severity == "error"]
    return frozenset(pointers.join(keys[:length]) for keys in refused for length in range(len(keys) + 1))


class _Carrier:
    def __init__(self, old: Form, new: Form, migration: Migration) -> None:
        self._old = old
        self._new = new
        self._routes = Routes(migration, old.definition, new.definition)
        self._losses: list[Loss] = []
        self._refused: frozenset[str] = frozenset()

    def carry(self, answers: dict[str, Any], *, draft: bool) -> Hop:
        taken = take_apart(self._old.definition.root, answers)
        self._refused = refused_places(self._old, answers)
        stood_for = () if draft else self._stood_for(taken)
        placed = self._assembled([*self._placed((*taken.leaves, *stood_for))], taken)[0]
        placed = self._accepted(placed, taken)
        placed, made = self._assembled([*placed, *self._filled(placed, taken)], taken)
        return Hop(answers=made, placed=tuple(placed), losses=tuple(self._losses))

    def _lose(self, leaves: Iterable[Leaf], code: LossCode, because: str, step: MigrationStep | None = None) -> None:
        self._losses.append(Loss(leaves=tuple(leaves), code=code, because=because, step=step))

    # --- where each answer goes -------------------------------------------------------------------------------

    def _stood_for(self, taken: Taken) -> Iterator[Leaf]:
        """Yield the answers for which a blank stands, where it would not stand for them in the newer version."""
        there = {leaf.keys for leaf in taken.leaves}
        for pattern, item in self._routes.old.items():
            target = self._routes.target_of(pattern)
            if not isinstance(item, Question) or not isinstance(target, Question) or item.default is NO_DEFAULT:
                continue
            if same(self._written(pattern, item, target, item.default), target.default):
                continue
            for keys in instances_of(pattern, ((old, keys) for keys, old in taken.rows)):
                if keys not in there:
                    yield Leaf(keys=keys, pattern=pattern, item=item, value=item.default, is_unwritten=True)

    def _placed(self, leaves: tuple[Leaf, ...]) -> Iterator[Placed]:
        joins: dict[Keys, tuple[Route, dict[Pattern, Leaf]]] = {}
        for leaf in leaves:
            route = self._routes.route(leaf.pattern)
            action = route.step.action if route.step else None
            if action == "drop" and route.step is not None:
                self._drop(leaf, route.step)
            elif any(rows_in(to) != rows_in(leaf.pattern) for to in route.to):
                self._lose([leaf], "rows-differ", "it would leave the rows of its table, or come to stand in some")
            elif action == "split":
                yield from self._split(leaf, route)
            elif action == "join":
                joins.setdefault(numbered(route.to[0], leaf.keys), (route, {}))[1][leaf.pattern] = leaf
            else:
                yield from self._moved(leaf, route)
        for keys, (route, parts) in joins.items():
            yield from self._joined(keys, route, parts)

    def _drop(self, leaf: Leaf, step: MigrationStep) -> None:
        self._lose([leaf], "dropped", step.because or "the migration gives it up", step)

    def _moved(self, leaf: Leaf, route: Route) -> Iterator[Placed]:
        to = route.to[0]
        item, steps = self._routes.new.get(to), (route.step,) if route.step else ()
        if leaf.item is None and not self._stays_unknown(to, item):
            self._lose([leaf], "no-question", f"neither version asks this, and {self._new.version} has no room for it")
            return
        value = self._kept(leaf, leaf.item) if isinstance(leaf.item, Question) else leaf.value
        if value is BLANK:
            return
        if leaf.item is not None and item is None:
            self._lone_loss(leaf)
            return
        if type(leaf.item) is not type(item):
            self._lose([leaf], "another-kind", "a question, a section or a table of another kind stands there now")
            return
        if isinstance(leaf.item, Question) and isinstance(item, Question):
            value = self._written(leaf.pattern, leaf.item, item, value)
            step = self._routes.step_of_map(leaf.pattern)
            if step is not None and not same(value, leaf.value):
                steps = (*steps, step)
        yield Placed(
            keys=numbered(to, leaf.keys),
            item=item,
            value=value,
            sources=(leaf,),
            is_changed=leaf.is_unwritten or not same(value, leaf.value),
            steps=steps,
            was_refused=leaf.pointer in self._refused,
        )

    def _stays_unknown(self, to: Pattern, item: Item | None) -> bool:
        """Whether what neither version asks for can stay where it is."""
        return item is None and isinstance(self._routes.new.get(to[:-1]), Section)

    def _lone_loss(self, leaf: Leaf) -> None:
        if leaf.is_empty:
            self._lose([leaf], "empty", "nothing stands in it")
        else:
            self._lose(
                [leaf], "no-question", f"{self._new.version} does not ask this, and the migration does not say why"
            )

    def _kept(self, leaf: Leaf, question: Question) -> Any:
        """Return what is left of an answer when what the migration gives up is taken out; `BLANK`, if nothing."""
        if question.kind is not Kind.CHOICES or not isinstance(leaf.value, list):
            step = self._routes.drops_value(leaf.pattern, leaf.value)
            if step is not None:
                self._drop(leaf, step)
                return BLANK
            return leaf.value
        steps = [self._routes.drops_value(leaf.pattern, one) for one in leaf.value]
        given_up = next((step for step in steps if step is not None), None)
        if given_up is None:
            return leaf.value
        self._drop(leaf, given_up)
        return [one for one, step in zip(leaf.value, steps, strict=True) if step is None] or BLANK

    def _written(self, pattern: Pattern, old: Question, new: Question, value: Any) -> Any:
        """Return an answer as the newer version writes it."""
        names = self._routes.map_of(pattern)

        def one(answer: Any) -> Any:
            option = option_of(old, answer)
            if option is not None:
                return names.get(key_of(option.value), answer)
            return names.get(key_of(answer), answer) if old.kind is Kind.TICK and isinstance(answer, bool) else answer

        if old.kind is Kind.CHOICES and isinstance(value, list):
            several = [one(answer) for answer in value]
            unlike = [answer for place, answer in enumerate(several) if not is_in(answer, several[:place])]
            if names:
                several = unlike
            return several[0] if new.kind in {Kind.CHOICE, Kind.TICK} and len(several) == 1 else several
        single = one(value)
        return [single] if new.kind is Kind.CHOICES and old.kind in {Kind.CHOICE, Kind.TICK} else single

    def _split(self, leaf: Leaf, route: Route) -> Iterator[Placed]:
        step = route.step
        assert step is not None
        assert step.by is not None
        if not isinstance(leaf.value, str):
            self._lose([leaf], "no-text", "it is no text, and cannot be split", None)
            return
        for to, part in zip(route.to, leaf.value.split(step.by, len(route.to) - 1), strict=False):
            yield self._part(to, leaf.keys, part, (leaf,), step)

    def _joined(self, keys: Keys, route: Route, parts: dict[Pattern, Leaf]) -> Iterator[Placed]:
        step = route.step
        assert step is not None
        assert step.by is not None
        found = [parts[keys_of] for keys_of in map(pointers.split, step.sources) if keys_of in parts]
        for leaf in found:
            if not isinstance(leaf.value, str):
                self._lose([leaf], "no-text", "it is no text, and cannot be joined", None)
        texts = [leaf for leaf in found if isinstance(leaf.value, str)]
        if texts:
            joined = step.by.join(leaf.value for leaf in texts)
            yield self._part(route.to[0], keys, joined, tuple(texts), step)

    def _part(self, to: Pattern, keys: Keys, text: str, leaves: tuple[Leaf, ...], step: MigrationStep) -> Placed:
        return Placed(
            keys=numbered(to, keys),
            item=self._routes.new.get(to),
            value=text,
            sources=leaves,
            is_changed=True,
            steps=(step,),
            was_refused=any(leaf.pointer in self._refused for leaf in leaves),
        )

    # --- what the newer version makes of them -----------------------------------------------------------------

    def _assembled(self, placed: list[Placed], taken: Taken) -> tuple[list[Placed], dict[str, Any]]:
        """Put answers together; what finds its place taken is lost, and what was named by a step comes first."""
        assembly, found = Assembly(), []
        for one in sorted(placed, key=_rank):
            if one.value == {} and isinstance(one.item, Section):
                done = assembly.put_empty(one.keys, has_rows=False)
            elif one.value == [] and isinstance(one.item, Table):
                done = assembly.put_empty(one.keys, has_rows=True)
            else:
                done = assembly.put(one.keys, one.value)
            if done:
                found.append(one)
            elif one.sources:
                self._lose(one.sources, "place-taken", f"another answer has its place in {self._new.version}")
        for keys, pattern in taken.rows:
            to = self._routes.route(pattern).to
            if len(to) == 1 and isinstance(self._routes.new.get(to[0][:-1]), Table) and to[0][-1] == ROW:
                assembly.put_empty(numbered(to[0], keys), has_rows=False)
        return found, in_order(self._new.definition.root, assembly.answers())

    def _accepted(self, placed: list[Placed], taken: Taken) -> list[Placed]:
        """Take out what the newer version does not accept and the older one did."""
        _, made = self._assembled(placed, taken)
        refused = refused_places(self._new, made)
        found = []
        for one in placed:
            if not one.was_refused and one.pointer in refused:
                because = f"{self._new.version} does not accept it as an answer to '{title_of(one.item)}'"
                self._lose(one.sources, "not-accepted", because)
            else:
                found.append(one)
        return found

    def _filled(self, placed: list[Placed], taken: Taken) -> Iterator[Placed]:
        there = {one.keys for one in placed}
        for pattern, step in self._routes.defaults.items():
            rows = ((to, numbered(to, keys)) for keys, old in taken.rows for to in self._routes.route(old).to)
            for keys in instances_of(pattern, rows):
                if keys not in there:
                    yield Placed(keys=keys, item=self._routes.new.get(pattern), value=step.value, steps=(step,))


def _rank(placed: Placed) -> tuple[bool, bool, bool]:
    """What a step names comes before what merely stays, and what is of the kind asked for before the rest."""
    is_bare = not isinstance(placed.item, Question)
    return not placed.sources, is_bare, not placed.steps
