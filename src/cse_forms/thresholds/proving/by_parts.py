"""Proofs made part by part: what holds of each part of a number holds of the whole.

A sum of forty answers is hard for a solver that looks at all of them at once. But where each answer's part of it can
only rise, so can the sum; where each part is known exactly, so is the sum. Each part is proved by itself, which is
easy, and the number then stands in what is left to prove as one of which no more than that is known. Whatever is
proved so holds of all responses; where it cannot be, nothing is said, and the whole is looked at.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal, TypeAlias

import z3

from cse_forms.schema.conditions import CountMeasure, Selection, SumMeasure
from cse_forms.thresholds.proving.answers import Sheet
from cse_forms.thresholds.proving.encode import Encoding
from cse_forms.thresholds.proving.logic import (
    Amount,
    Bool,
    Truth,
    all_of,
    any_of,
    at_least,
    is_identical,
    more_than,
    names_in,
    opposite,
    unfixed,
    unfixed_number,
)
from cse_forms.thresholds.proving.numbers import Adder
from cse_forms.thresholds.proving.ranges import End, Range
from cse_forms.thresholds.proving.solving import Clock, spoken_of

if TYPE_CHECKING:
    from cse_forms.thresholds.proving.changing import Pair

Way: TypeAlias = Literal["up", "down"]
Ends: TypeAlias = tuple[End, End]

_FOR_A_PART = 0.5
"""Seconds that one part may take."""

_FOR_ALL_PARTS = 10.0
"""Seconds that the parts of all numbers that a claim speaks of may take together."""

_FOR_THE_WHOLE = 3.0
"""Seconds that what is left to prove may take."""


class Premises:
    """What is known beforehand, and what follows from it at once."""

    def __init__(self, sheets: Sequence[Sheet], known: list[Bool]) -> None:
        """Take what is known.

        Args:
            sheets: the responses whose answers are not fixed.
            known: what holds of them besides; it may grow.
        """
        self._sheets = sheets
        self._known = known
        self._assumed: list[Bool] = []
        self._names: dict[int, tuple[Any, frozenset[str]]] = {}

    def assume(self, found: Bool) -> None:
        """Take something for known that was proved."""
        if found is not True:
            self._assumed.append(found)

    def rule_out(self, wrong: Bool, clock: Clock, seconds: float = _FOR_A_PART) -> bool:
        """Return whether something can certainly not be; not whether it can."""
        if wrong is False:
            return True
        if wrong is True or clock.left <= 0:
            return False
        own = clock.share(seconds)
        named = set(self._names_of(wrong))
        terms = [wrong, *self._reaching(self._assumed, named, again=True)]
        terms += self._reaching(self._known, named, again=False)
        if any(term is False for term in terms):
            return True
        limits = spoken_of(self._sheets, frozenset(named))[1]
        solver = z3.Solver()
        solver.set("timeout", max(1, int(own.left * 1000)))
        solver.set("random_seed", 1)
        solver.add([term for term in (*terms, *limits) if term is not True])
        return bool(solver.check() == z3.unsat)

    def _reaching(self, terms: Sequence[Bool], named: set[str], *, again: bool) -> Iterator[Bool]:
        """Yield the terms that speak of what is named, and name what else they speak of."""
        pending = [term for term in terms if term is not True]
        found = True
        while found:
            found = False
            start = frozenset(named)
            left = []
            for term in pending:
                own = self._names_of(term)
                if term is False or not own.isdisjoint(start):
                    named |= own
                    found = again
                    yield term
                else:
                    left.append(term)
            pending = left

    def _names_of(self, term: Bool) -> frozenset[str]:
        if isinstance(term, bool):
            return frozenset()
        key = term.get_id()
        if key not in self._names:
            # The term is kept, so that no other one comes to have its number.
            self._names[key] = (term, names_in([term]))
        return self._names[key][1]


# --- parts ------------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Parts:
    """A number, and what it is the sum of."""

    whole: Range
    ends: list[Ends]


def parts_of(form: Encoding, name: str) -> Parts:
    """Return a measure's number and its parts; a number that is no sum is its own only part."""
    whole = form.number(name)
    measure = form.definition.words.measures[name]
    found: list[Ends] | None = None
    if isinstance(measure, SumMeasure):
        found = Adder(form).ends_of_sum(measure)
    elif isinstance(measure, CountMeasure) and isinstance(measure.count, Selection):
        found = form.ends_of_count(measure, measure.count)
    return Parts(whole, [(whole.low, whole.high)] if found is None else found)


def _unsaid_end(found: End, limits: list[Bool]) -> End:
    """Return a bound of which no more is known than how far it can ever lie."""
    number = _unsaid_number(found.number, limits)
    return End(number, found.none if isinstance(found.none, bool) else unfixed("no bound"))


def _unsaid_number(found: Amount, limits: list[Bool]) -> Amount:
    if found.constant is not None:
        return found
    number = Amount(unfixed_number("number", whole=found.whole), found.least, found.most, found.whole)
    # What is plain from the bounds alone is said to the solver too.
    for bound, sense in ((found.least, 1), (found.most, -1)):
        if bound is not None:
            value = z3.Q(bound.numerator, bound.denominator)
            limits.append(number.term >= value if sense > 0 else number.term <= value)
    return number


def _is_upside_down(ends: Ends) -> Bool:
    low, high = ends
    return all_of((opposite(low.none), opposite(high.none), more_than(low.number, high.number)))


# --- one response -----------------------------------------------------------------------------------------------------


class Known:
    """A response in which all is known: its numbers are exact wherever that can be proved of each of their parts."""

    def __init__(self, encoding: Encoding, known: list[Bool]) -> None:
        """Prepare the proofs.

        Args:
            encoding: the response.
            known: what holds where all is known.
        """
        self._premises = Premises([encoding.sheet], known)
        self._form = Encoding(encoding.definition, encoding.sheet, draft=encoding.draft)
        self._form.instead = self._prepare
        self._prepared: set[str] = set()
        self._clock = Clock.of(0)

    def never(self, asked: Callable[[Encoding], Bool], clock: Clock) -> bool:
        """Return whether something is certainly so in no such response; not whether it is in one."""
        self._clock = clock.share(_FOR_ALL_PARTS)
        return self._premises.rule_out(asked(self._form), clock, _FOR_THE_WHOLE)

    def _prepare(self, name: str) -> None:
        if name in self._prepared:
            return
        self._prepared.add(name)
        found = parts_of(self._form, name)
        whole, premises = found.whole, self._premises
        if whole.low.number.constant is not None and whole.high.number.constant is not None:
            return
        settled = premises.rule_out(whole.present.unknown, self._clock)
        if settled and all(premises.rule_out(_is_open(ends), self._clock) for ends in found.ends):
            limits: list[Bool] = []
            number = End(_unsaid_number(whole.low.number, limits), False)
            there = whole.present.holds if isinstance(whole.present.holds, bool) else unfixed("a value")
            self._form.assume(name, Range(number, number, Truth(there, opposite(there))))
            for limit in limits:
                premises.assume(limit)


def _is_open(ends: Ends) -> Bool:
    low, high = ends
    if low.none is False and high.none is False and is_identical(low.number, high.number):
        return False
    differ = any_of((more_than(low.number, high.number), more_than(high.number, low.number)))
    return any_of((low.none, high.none, differ))


# --- two responses ----------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Expected:
    """In which ways the bounds of numbers are expected to go from one response to another; tried in this order."""

    low: tuple[Way, ...]
    high: tuple[Way, ...]
    all_ways: bool = False
    """Whether they are expected to go neither way."""


LEARNED = Expected(("up",), ("down",))
UNCHANGED = Expected(("up", "down"), ("up", "down"), all_ways=True)
EITHER_WAY = Expected(("up", "down"), ("up", "down"))


class Loose:
    """Two responses with numbers of which no more is known than which way they go, where that can be proved."""

    def __init__(self, pair: Pair, expected: Expected) -> None:
        self._expected = expected
        self._premises = Premises(pair.sheets, pair.limits)
        self.before = Encoding(pair.before.definition, pair.before.sheet, draft=pair.before.draft)
        self.after = Encoding(pair.after.definition, pair.after.sheet, draft=pair.after.draft)
        self._prepared: set[str] = set()
        self._clock = Clock.of(0)
        for form in (self.before, self.after):
            form.instead = self._prepare

    def never(self, wrong: Callable[[], Bool], clock: Clock) -> bool:
        """Return whether something can certainly not be; not whether it can."""
        self._clock = clock.share(_FOR_ALL_PARTS)
        return self._premises.rule_out(wrong(), clock, _FOR_THE_WHOLE)

    def _prepare(self, name: str) -> None:
        if name in self._prepared:
            return
        self._prepared.add(name)
        found = parts_of(self.before, name), parts_of(self.after, name)
        if self._clock.left > 0 and len(found[0].ends) == len(found[1].ends):
            self._loosen(name, found)

    def _loosen(self, name: str, found: tuple[Parts, Parts]) -> None:
        """Assume two numbers of which only the ways they go are known in the place of a measure's, if they are."""
        clock, premises = self._clock, self._premises
        pairs = list(zip(found[0].ends, found[1].ends, strict=True))
        wholes = found[0].whole, found[1].whole
        ways = []
        for at, tried in ((0, self._expected.low), (1, self._expected.high)):
            ends = [(one[at], other[at]) for one, other in pairs]
            ways.append(_ways(ends, tried, premises, clock, is_low=at == 0, all_ways=self._expected.all_ways))
        presence = _presence(wholes[0].present, wholes[1].present, premises, clock)
        if not all(ways) or presence is None:
            return
        limits: list[Bool] = []
        bounds = [[_unsaid_end(end, limits) for end in (whole.low, whole.high)] for whole in wholes]
        for at, kept in enumerate(ways):
            if len(kept) == 2:
                # What goes neither way is the same.
                bounds[1][at] = bounds[0][at]
            else:
                limits += [opposite(_goes_wrong(bounds[0][at], bounds[1][at], way, is_low=at == 0)) for way in kept]
        for side, form in enumerate((self.before, self.after)):
            if all(premises.rule_out(_is_upside_down(one[side]), clock) for one in pairs):
                limits.append(opposite(_is_upside_down((bounds[side][0], bounds[side][1]))))
            form.assume(name, Range(bounds[side][0], bounds[side][1], presence[side]))
        for limit in limits:
            premises.assume(limit)


def _ways(
    ends: Sequence[tuple[End, End]],
    tried: Sequence[Way],
    premises: Premises,
    clock: Clock,
    *,
    is_low: bool,
    all_ways: bool,
) -> tuple[Way, ...]:
    """Return the ways that all parts go; both, where they go neither way."""
    differing = [pair for pair in ends if not _is_same_end(*pair)]
    if not differing:
        return ("up", "down")
    kept: list[Way] = []
    for way in tried:
        if all(premises.rule_out(_goes_wrong(*pair, way, is_low=is_low), clock) for pair in differing):
            kept.append(way)
            if not all_ways:
                break
    return tuple(kept)


def _is_same_end(first: End, second: End) -> bool:
    return _is_same_term(first.none, second.none) and is_identical(first.number, second.number)


def _is_same_term(first: Bool, second: Bool) -> bool:
    if isinstance(first, bool) or isinstance(second, bool):
        return first is second
    return bool(first.eq(second))


def _goes_wrong(before: End, after: End, way: Way, *, is_low: bool) -> Bool:
    """Return whether a bound goes another way than it is to go; no bound lies beyond all."""
    lower, upper = (before, after) if way == "up" else (after, before)
    less = opposite(at_least(upper.number, lower.number))
    if is_low:
        return all_of((opposite(lower.none), any_of((upper.none, less))))
    return all_of((opposite(upper.none), any_of((lower.none, less))))


def _presence(before: Truth, after: Truth, premises: Premises, clock: Clock) -> tuple[Truth, Truth] | None:
    """Return whether two numbers have values, with what is proved of that; None where nothing is."""
    if _is_same_term(before.holds, after.holds) and _is_same_term(before.fails, after.fails):
        return before, after
    lost = any_of((all_of((before.holds, opposite(after.holds))), all_of((before.fails, opposite(after.fails)))))
    return (before, after) if premises.rule_out(lost, clock) else None
