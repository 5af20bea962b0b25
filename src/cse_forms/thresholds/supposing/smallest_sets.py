"""The smallest sets of answers that would settle what is open, or change what is suggested."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import combinations, islice, product
from typing import Any

from cse_forms.pointers import value_at
from cse_forms.schema.conditions import (
    Condition,
    CountMeasure,
    ItemsCondition,
    ItemsTerm,
    Selection,
)
from cse_forms.schema.definition import Definition
from cse_forms.schema.items import Kind, Question, Section, Table
from cse_forms.thresholds.outcome import AssessmentOutcome
from cse_forms.thresholds.policy import Policy
from cse_forms.thresholds.reading import Instance
from cse_forms.thresholds.sites import selected, sites, terms_of
from cse_forms.thresholds.supposing.candidates import Candidates
from cse_forms.thresholds.supposing.what_if import Possibility, Supposed, supposing

LARGEST = 6
"""Answers in the largest sets that are tried."""

BUDGET = 3_000
"""Evaluations in which the search ends. Three to a hundred of them are made in a millisecond."""

_WHOLES = 200
"""So many ways to answer all that is open are tried for a level that no small set settles."""

SHOWN = 20
"""So many sets are told for one level: of more nobody reads all."""

_KEPT = 200
"""So many are kept: those that differ in a date or a number only are told as one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SmallestSets:
    """For one assessment that is not determined: what would settle it, and what would change what is suggested."""

    assessment: str
    settling: tuple[Possibility, ...]
    """For each level the smallest sets after which it alone is possible."""
    changing: tuple[Possibility, ...]
    """For each level the smallest sets after which it is suggested, which it is not now."""
    enough: tuple[Possibility, ...]
    """For levels that no set was found for: larger sets that settle it, of which no answer can be left out."""
    is_exhaustive: bool
    """Whether all that the open answers may be was tried, so that there is no other set."""
    largest: int
    """The size up to which all sets were tried."""
    wanted: int
    """The size up to which they were to be tried; where `largest` is less, the search was given up."""
    untried: tuple[Instance, ...]
    """The open answers of which no examples could be tried, such as the rows of a table that nobody knows."""


def smallest_sets(
    policy: Policy, answers: Any, *, draft: bool, largest: int = LARGEST, budget: int = BUDGET
) -> tuple[SmallestSets, ...]:
    """Return the smallest sets of answers that would settle or change each assessment that is not determined.

    Of questions of one shape, which the policy reads alike and which are answered alike, one stands for all.

    Args:
        policy: the form's.
        answers: the response's.
        draft: whether it is one.
        largest: how many answers are supposed together at most.
        budget: how many evaluations are made at most, for all assessments together.
    """
    candidates = Candidates(policy.definition, answers)
    roles = _roles(policy.definition)
    outcomes = policy.evaluate(answers, draft=draft).assessments.values()
    undetermined = [outcome for outcome in outcomes if not outcome.determined]
    found = []
    for outcome in undetermined:
        search = _Search(policy, answers, outcome, draft=draft, budget=budget // len(undetermined))
        found.append(search.result(_groups(outcome.open, answers, candidates, roles), largest))
    return tuple(found)


@dataclass(frozen=True, slots=True)
class _Group:
    """Open answers that are alike, and what each of them may be."""

    members: tuple[Instance, ...]
    values: tuple[Any, ...]


class _Search:
    """Tries sets of answers, the smallest first."""

    def __init__(self, policy: Policy, answers: Any, outcome: AssessmentOutcome, *, draft: bool, budget: int) -> None:
        self._policy, self._answers, self._outcome, self._draft = policy, answers, outcome, draft
        self._left = budget
        self._settling: dict[str | None, list[Possibility]] = {}
        self._changing: dict[str | None, list[Possibility]] = {}

    def result(self, groups: list[_Group], largest: int) -> SmallestSets:
        """Return the smallest sets of both kinds."""
        tried = 0
        while tried < largest and self._is_wanted() and self._try(groups, tried + 1):
            tried += 1
        untried = tuple(member for group in groups if not group.values for member in group.members)
        offered = all(group.members[0].question.kind in {Kind.TICK, Kind.CHOICE} for group in groups)
        count = sum(len(group.members) for group in groups)
        return SmallestSets(
            assessment=self._outcome.id,
            settling=_listed(self._settling),
            changing=_listed(self._changing),
            enough=tuple(self._enough(groups)),
            is_exhaustive=offered and not untried and tried >= count,
            largest=min(tried, count),
            wanted=min(largest, count) if self._is_wanted() else tried,
            untried=untried,
        )

    def _enough(self, groups: list[_Group]) -> Iterator[Possibility]:
        """Yield for levels that are left a set of answers that settles them, made as small as leaving out can make it.

        All answers that are alike are supposed to be the same.
        """
        usable = [group for group in groups if group.values]
        found = set(self._settling)
        for values in islice(product(*(group.values for group in usable)), _WHOLES):
            supposed = tuple(
                Supposed(member, value) for group, value in zip(usable, values, strict=True) for member in group.members
            )
            possible = self._possible(supposed)
            if len(possible) == 1 and possible[0] not in found:
                found.add(possible[0])
                yield Possibility(self._fewest(supposed, possible), self._outcome.id, possible)

    def _fewest(self, supposed: tuple[Supposed, ...], possible: tuple[str | None, ...]) -> tuple[Supposed, ...]:
        """Return what is left of a set when all is left out that can be."""
        for one in reversed(supposed):
            fewer = tuple(other for other in supposed if other is not one)
            if self._possible(fewer) == possible:
                supposed = fewer
        return supposed

    def _is_wanted(self) -> bool:
        """Return whether there is a level left that no set was found for."""
        return not set(self._outcome.possible) <= set(self._settling)

    def _try(self, groups: list[_Group], size: int) -> bool:
        """Try all sets of one size; return False where the search was given up before the last."""
        settling: dict[str | None, list[Possibility]] = {}
        changing: dict[str | None, list[Possibility]] = {}
        is_whole = True
        for supposed in _sets(groups, size):
            if self._left == 0:
                is_whole = False
                break
            self._left -= 1
            possible = self._possible(supposed)
            found = Possibility(supposed, self._outcome.id, possible)
            if len(possible) == 1:
                settling.setdefault(possible[0], []).append(found)
            if self._changes(possible):
                changing.setdefault(possible[0], []).append(found)
        # What a smaller set does is not done again by a larger one.
        self._settling = settling | self._settling
        self._changing = changing | self._changing
        return is_whole

    def _possible(self, supposed: tuple[Supposed, ...]) -> tuple[str | None, ...]:
        changed = self._answers
        for one in supposed:
            changed = supposing(changed, one.instance.keys, one.value)
        return self._policy.evaluate(changed, draft=self._draft).assessments[self._outcome.id].possible

    def _changes(self, possible: tuple[str | None, ...]) -> bool:
        """Return whether another level is suggested; of levels without an order, whether one is that was not."""
        if self._outcome.assessment.ordered:
            return possible[0] != self._outcome.possible[0]
        return len(possible) == 1


def _listed(found: dict[str | None, list[Possibility]]) -> tuple[Possibility, ...]:
    """Return the sets for every level, the smallest first."""
    return tuple(sorted((one for sets in found.values() for one in sets[:_KEPT]), key=lambda one: len(one.supposed)))


def _sets(groups: list[_Group], size: int) -> Iterator[tuple[Supposed, ...]]:
    """Yield every choice of so many open answers with what they may be; of those that are alike, the first ones."""
    usable = [(number, group) for number, group in enumerate(groups) if group.values]
    slots = [(number, group, place) for number, group in usable for place in range(min(size, len(group.members)))]
    for chosen in combinations(slots, size):
        taken = [(number, place) for number, _, place in chosen]
        # Of a group the first members stand for any: the second is chosen beside the first only.
        if any(place and (number, place - 1) not in taken for number, place in taken):
            continue
        for values in product(*(range(len(group.values)) for _, group, _ in chosen)):
            if not _is_in_order(taken, values):
                continue
            yield tuple(
                Supposed(group.members[place], group.values[value], group.members[place + 1 :])
                for (_, group, place), value in zip(chosen, values, strict=True)
            )


def _is_in_order(taken: list[tuple[int, int]], values: tuple[int, ...]) -> bool:
    """Return whether members of one group have their values in ascending order: any other order is the same."""
    pairs = zip(zip(taken, values, strict=True), zip(taken[1:], values[1:], strict=True), strict=False)
    return all(first[0] != second[0] or value <= other for (first, value), (second, other) in pairs)


def _groups(
    open_: tuple[Instance, ...], answers: Any, candidates: Candidates, roles: dict[str, frozenset[int]]
) -> list[_Group]:
    grouped: dict[object, list[Instance]] = {}
    for instance in open_:
        grouped.setdefault(_likeness(instance, answers, roles), []).append(instance)
    return [_Group(tuple(members), candidates.values(members[0])) for members in grouped.values()]


def _likeness(instance: Instance, answers: Any, roles: dict[str, frozenset[int]]) -> object:
    """Return what answers have in common of which each may stand for the others."""
    question = instance.question
    holder = question.holder
    if instance.rows_unknown or not isinstance(holder, Section) or not holder.is_row:
        return instance.keys
    # Rows are alike if their questions have the same shape, are read by the same parts of the policy and are asked on
    # the same conditions, and if their answers are the same.
    beside = [(child.at, sorted(roles.get(child.pointer, ()))) for child in holder.children.values()]
    row = value_at(answers, instance.keys[:-1])
    answered = [(child.at, value_at(row, (key,))) for key, child in holder.children.items() if child.pointer in roles]
    return question.at, repr(beside), repr(answered), repr(list(_shown_when(holder)))


def _shown_when(holder: Section | Table | None) -> Iterator[Condition]:
    while holder is not None:
        if holder.show_when is not None:
            yield holder.show_when
        holder = holder.holder


def _roles(definition: Definition) -> dict[str, frozenset[int]]:
    """Return by which selections each question is read; rows of one table are read alike."""
    found: dict[str, set[int]] = {}
    selections: list[tuple[Question, ...]] = [
        selected(definition, site.condition.items, site.starts)
        for site in sites(definition)
        if isinstance(site.condition, ItemsCondition)
    ]
    for measure in definition.words.measures.values():
        if isinstance(measure, CountMeasure) and isinstance(measure.count, Selection):
            selections.append(definition.select(measure.count.items))
        else:
            terms = terms_of(measure)
            selections += [definition.select(term.items) for term in terms if isinstance(term, ItemsTerm)]
    for assessment in definition.words.assessments:
        for rule in assessment.rules:
            named = tuple(name for name in rule.level_of or () if name.startswith("/"))
            if named:
                selections.append(definition.select(named))
    for number, questions in enumerate(selections):
        for question in questions:
            found.setdefault(question.pointer, set()).add(number)
    return {pointer: frozenset(numbers) for pointer, numbers in found.items()}
