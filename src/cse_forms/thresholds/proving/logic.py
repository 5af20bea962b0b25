"""Truths and numbers that depend on answers nobody has given yet, as terms of the solver.

What is certain already stays a plain Python value: most of a form's conditions fold away before the solver sees them.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import count
from typing import Any, TypeAlias

import z3

Bool: TypeAlias = Any
"""True, False, or a Boolean term of the solver."""

_FRESH = count()

_OPEN = " #"
"""Stands in the name of what is not fixed by any answer."""


def all_of(parts: Iterable[Bool]) -> Bool:
    """Return whether every part holds."""
    kept = []
    for part in parts:
        if part is False:
            return False
        if part is not True:
            kept.append(part)
    return True if not kept else kept[0] if len(kept) == 1 else z3.And(kept)


def any_of(parts: Iterable[Bool]) -> Bool:
    """Return whether at least one part holds."""
    kept = []
    for part in parts:
        if part is True:
            return True
        if part is not False:
            kept.append(part)
    return False if not kept else kept[0] if len(kept) == 1 else z3.Or(kept)


def opposite(part: Bool) -> Bool:
    """Return whether the part does not hold."""
    return not part if isinstance(part, bool) else z3.Not(part)


def implies(first: Bool, second: Bool) -> Bool:
    """Return whether the second holds wherever the first does."""
    return any_of((opposite(first), second))


def same(first: Bool, second: Bool) -> Bool:
    """Return whether both hold or neither does."""
    if isinstance(first, bool):
        return second if first else opposite(second)
    if isinstance(second, bool):
        return first if second else opposite(first)
    return first == second


def unfixed(name: str) -> Any:
    """Return a truth of which nothing is known."""
    return z3.Bool(f"{name}{_OPEN}{next(_FRESH)}")


def unfixed_number(name: str, *, whole: bool) -> Any:
    """Return a number of which nothing is known."""
    made = z3.Int if whole else z3.Real
    return made(f"{name}{_OPEN}{next(_FRESH)}")


def names_in(terms: Iterable[Bool]) -> frozenset[str]:
    """Return the names of all that the solver may choose in these terms."""
    found: set[str] = set()
    pending = [term for term in terms if not isinstance(term, bool)]
    seen: set[int] = set()
    while pending:
        term = pending.pop()
        key = term.get_id()
        if key in seen:
            continue
        seen.add(key)
        if term.num_args():
            pending += term.children()
        elif z3.is_const(term) and term.decl().kind() == z3.Z3_OP_UNINTERPRETED:
            found.add(term.decl().name())
    return frozenset(found)


def leaves_open(terms: Iterable[Bool]) -> bool:
    """Return whether something of which nothing is known stands in these terms."""
    return any(_OPEN in name for name in names_in(terms))


# --- three-valued truth --------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, eq=False)
class Truth:
    """Whether something certainly holds, and whether it certainly fails; unknown where neither."""

    holds: Bool
    fails: Bool

    @property
    def possible(self) -> Bool:
        """Whether it does not certainly fail."""
        return opposite(self.fails)

    @property
    def unknown(self) -> Bool:
        """Whether it neither certainly holds nor certainly fails."""
        return opposite(any_of((self.holds, self.fails)))


TRUE = Truth(True, False)
FALSE = Truth(False, True)
UNKNOWN = Truth(False, False)


def plain(holds: Bool) -> Truth:
    """Return the truth of what is never unknown."""
    return Truth(holds, opposite(holds))


def every(truths: Iterable[Truth]) -> Truth:
    """Kleene's conjunction."""
    parts = list(truths)
    return Truth(all_of(part.holds for part in parts), any_of(part.fails for part in parts))


def some(truths: Iterable[Truth]) -> Truth:
    """Kleene's disjunction."""
    parts = list(truths)
    return Truth(any_of(part.holds for part in parts), all_of(part.fails for part in parts))


def contrary(truth: Truth) -> Truth:
    """The contrary; of unknown, unknown."""
    return Truth(truth.fails, truth.holds)


def agreed(truths: Iterable[Truth]) -> Truth:
    """Return the one truth that all cases have, else unknown."""
    parts = list(truths)
    return Truth(all_of(part.holds for part in parts), all_of(part.fails for part in parts))


def by_case(cases: Iterable[tuple[Bool, Truth]]) -> Truth:
    """Return the truth of the one case that is given; unknown where none is."""
    parts = [(case, truth) for case, truth in cases if case is not False]
    return Truth(
        any_of(all_of((case, truth.holds)) for case, truth in parts),
        any_of(all_of((case, truth.fails)) for case, truth in parts),
    )


def undecided(name: str) -> Truth:
    """Return a truth that the encoding cannot say: it may be any of the three."""
    holds, fails = unfixed(name), unfixed(name)
    return Truth(holds, all_of((fails, opposite(holds))))


# --- numbers ---------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, eq=False)
class Amount:
    """An exact number. Its bounds are those that it keeps whatever is answered; None where there is none."""

    term: Any
    """A fraction, or an arithmetical term of the solver."""
    least: Fraction | None
    most: Fraction | None
    whole: bool
    """Whether it is always a whole number."""

    @property
    def constant(self) -> Fraction | None:
        """The number itself, where it does not depend on any answer."""
        return self.term if isinstance(self.term, Fraction) else None

    @property
    def solver_term(self) -> Any:
        """The number as the solver has it."""
        return _in_solver(self.term, whole=self.whole)


def amount(number: int | Fraction) -> Amount:
    """Return a number that depends on no answer."""
    exact = Fraction(number)
    return Amount(exact, exact, exact, exact.denominator == 1)


def term_amount(term: Any, least: Fraction | None, most: Fraction | None, *, whole: bool) -> Amount:
    """Return a term of the solver as a number."""
    return Amount(term, least, most, whole)


ZERO = amount(0)
ONE = amount(1)


def _in_solver(term: Any, *, whole: bool) -> Any:
    if isinstance(term, Fraction):
        return z3.IntVal(term.numerator) if whole else z3.Q(term.numerator, term.denominator)
    return term


def _real(number: Amount) -> Any:
    if number.constant is not None:
        return z3.Q(number.constant.numerator, number.constant.denominator)
    return z3.ToReal(number.term) if number.whole else number.term


def _aligned(first: Amount, second: Amount) -> tuple[Any, Any]:
    """Return two numbers as terms of one sort."""
    if first.whole and second.whole:
        return first.solver_term, second.solver_term
    return _real(first), _real(second)


def is_identical(first: Amount, second: Amount) -> bool:
    """Return whether two numbers are the same term, so that no answer can tell them apart."""
    if first is second:
        return True
    if first.constant is not None or second.constant is not None:
        return first.constant == second.constant
    return bool(first.term.eq(second.term))


def choose(case: Bool, first: Amount, second: Amount) -> Amount:
    """Return the first number where the case is given, else the second."""
    if case is True or is_identical(first, second):
        return first
    if case is False:
        return second
    one, other = _aligned(first, second)
    least = None if first.least is None or second.least is None else min(first.least, second.least)
    most = None if first.most is None or second.most is None else max(first.most, second.most)
    return Amount(z3.If(case, one, other), least, most, first.whole and second.whole)


def total(numbers: Iterable[Amount]) -> Amount:
    """Return the sum."""
    fixed, parts = Fraction(0), []
    for number in numbers:
        if number.constant is not None:
            fixed += number.constant
        else:
            parts.append(number)
    if not parts:
        return amount(fixed)
    if fixed:
        parts.append(amount(fixed))
    if len(parts) == 1:
        return parts[0]
    whole = all(part.whole for part in parts)
    terms = [part.solver_term if whole else _real(part) for part in parts]
    leasts, mosts = [part.least for part in parts], [part.most for part in parts]
    least = None if None in leasts else sum((found for found in leasts if found is not None), Fraction(0))
    most = None if None in mosts else sum((found for found in mosts if found is not None), Fraction(0))
    return Amount(z3.Sum(terms), least, most, whole)


def how_many(cases: Iterable[Bool]) -> Amount:
    """Return how many of these hold."""
    return total(choose(case, ONE, ZERO) for case in cases)


def scaled(number: Amount, factor: Fraction) -> Amount:
    """Return a number multiplied by one that depends on no answer."""
    if number.constant is not None:
        return amount(number.constant * factor)
    if factor in {0, 1}:
        return ZERO if factor == 0 else number
    ends = [None if end is None else end * factor for end in (number.least, number.most)]
    least, most = ends if factor > 0 else reversed(ends)
    whole = number.whole and factor.denominator == 1
    if whole:
        return Amount(number.term * z3.IntVal(factor.numerator), least, most, whole)
    return Amount(_real(number) * z3.Q(factor.numerator, factor.denominator), least, most, whole)


_FEW = 80
"""Values of a whole number that are gone through one by one."""


def product(first: Amount, second: Amount) -> Amount:
    """Return two numbers multiplied; a small whole number is gone through value by value, which solvers do well."""
    for one, other in ((first, second), (second, first)):
        if one.constant is not None:
            return scaled(other, one.constant)
        values = _few_values(one)
        if values is not None:
            return _by_value(one, [(value, scaled(other, value)) for value in values])
    ends = [first.least, first.most, second.least, second.most]
    least = most = None
    if None not in ends:
        corners = [one * other for one in ends[:2] for other in ends[2:] if one is not None and other is not None]
        least, most = min(corners), max(corners)
    one, other = _aligned(first, second)
    return Amount(one * other, least, most, first.whole and second.whole)


def ratio(first: Amount, second: Amount) -> Amount:
    """Return the first number divided by the second, which must not be nought; where it is, any number."""
    if second.constant is not None:
        return scaled(first, 1 / second.constant) if second.constant else _any_number("ratio")
    values = _few_values(second)
    if values is not None:
        return _by_value(second, [(value, scaled(first, 1 / value)) for value in values if value])
    found = _any_number("ratio")
    return Amount(_real(first) / _real(second), found.least, found.most, whole=False)


def _any_number(name: str) -> Amount:
    return Amount(unfixed_number(name, whole=False), None, None, whole=False)


def _few_values(number: Amount) -> list[Fraction] | None:
    if not number.whole or number.least is None or number.most is None or number.most - number.least >= _FEW:
        return None
    return [number.least + step for step in range(int(number.most - number.least) + 1)]


def _by_value(number: Amount, results: Sequence[tuple[Fraction, Amount]]) -> Amount:
    if not results:
        return _any_number("no value")
    found = results[-1][1]
    for value, result in reversed(results[:-1]):
        found = choose(number.solver_term == z3.IntVal(int(value)), result, found)
    return found


def rounded_down(number: Amount) -> Amount:
    """Return the greatest whole number that is not more."""
    if number.whole:
        return number
    if number.constant is not None:
        return amount(number.constant.__floor__())
    least = None if number.least is None else Fraction(number.least.__floor__())
    most = None if number.most is None else Fraction(number.most.__floor__())
    return Amount(z3.ToInt(number.term), least, most, whole=True)


def at_least(first: Amount, second: Amount) -> Bool:
    """Return whether the first number is the second or more."""
    if first.least is not None and second.most is not None and first.least >= second.most:
        return True
    if first.most is not None and second.least is not None and first.most < second.least:
        return False
    one, other = _aligned(first, second)
    return one >= other


def more_than(first: Amount, second: Amount) -> Bool:
    """Return whether the first number is more than the second."""
    return opposite(at_least(second, first))


def equal(first: Amount, second: Amount) -> Bool:
    """Return whether the two are the same number."""
    if first.constant is not None and second.constant is not None:
        return first.constant == second.constant
    if at_least(first, second) is False or at_least(second, first) is False:
        return False
    one, other = _aligned(first, second)
    return one == other


def highest(numbers: Sequence[Amount]) -> Amount:
    """Return the highest of at least one number."""
    found = numbers[0]
    for number in numbers[1:]:
        found = choose(at_least(found, number), found, number)
    return found


def lowest(numbers: Sequence[Amount]) -> Amount:
    """Return the lowest of at least one number."""
    found = numbers[0]
    for number in numbers[1:]:
        found = choose(at_least(number, found), found, number)
    return found
