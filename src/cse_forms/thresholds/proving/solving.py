"""Asking the solver, and writing its model down as a response."""

from __future__ import annotations

import time
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import Any

import z3

from cse_forms.schema.items import Kind
from cse_forms.thresholds.proving.answers import Answer, Keys, Rows, Sheet
from cse_forms.thresholds.proving.logic import Bool, all_of, implies, names_in, opposite


class Undecided:
    """The mark of a question that the solver did not answer within its time."""

    def __repr__(self) -> str:
        return "UNDECIDED"


UNDECIDED = Undecided()


@dataclass(slots=True)
class Clock:
    """The time that is left."""

    until: float

    @classmethod
    def of(cls, seconds: float) -> Clock:
        """Return a clock that runs for so many seconds from now."""
        return cls(time.monotonic() + seconds)

    @property
    def left(self) -> float:
        """Seconds, never less than nought."""
        return max(0.0, self.until - time.monotonic())

    def share(self, seconds: float) -> Clock:
        """Return a clock that ends with this one, or earlier."""
        return Clock(min(self.until, time.monotonic() + seconds))


def solve(
    asked: Iterable[Bool],
    sheets: Sequence[Sheet],
    clock: Clock,
    wishes: Sequence[Sequence[Bool]] = (),
    *,
    sparing: bool = False,
) -> Any | Undecided | None:
    """Return a model in which all that is asked holds, None where there is none, or `UNDECIDED`.

    Args:
        asked: what must hold.
        sheets: the responses that it speaks of.
        clock: when to give up.
        wishes: what the model had better say as well: all of the first list, else all of the second, and so on. It had
            better look as responses do, too.
        sparing: whether it had better leave blank what need not be answered.
    """
    goal = all_of(asked)
    if goal is False:
        return None
    bare = [goal, *spoken_of(sheets, names_in([goal]))[1]]
    # Most claims are decided at once; a hard one is easier where examples are looked for among usual answers alone.
    model = _check(bare, clock.share(_AT_ONCE))
    if model is None:
        return None
    for wish in (*wishes, ()):
        terms = [goal, *wish]
        answers, limits = spoken_of(sheets, names_in(terms))
        blanks = [opposite(answer.given) for answer in answers] if sparing else []
        better = _check([*terms, *limits, *usual(answers)], clock.share(_FOR_A_WISH), blanks)
        if not (better is None or isinstance(better, Undecided)):
            return better
    return _check(bare, clock) if isinstance(model, Undecided) else model


def spoken_of(sheets: Sequence[Sheet], named: frozenset[str]) -> tuple[list[Answer], list[Bool]]:
    """Return the answers that something is asked of, and what holds of them; all others stay blank."""
    answers, found = [], []
    for sheet in sheets:
        for keys, limits in sheet.limits().items():
            answer = sheet.answers().get(keys)
            if not named.isdisjoint(sheet.names(keys)):
                found += limits
                answers += [] if answer is None else [answer]
    return answers, found


_AT_ONCE = 1.0
"""Seconds in which nearly all claims are decided."""

_FOR_A_WISH = 2.0
"""Seconds that a better example is worth."""


def _check(asked: Sequence[Bool], clock: Clock, blanks: Sequence[Bool] = ()) -> Any | Undecided | None:
    if any(part is False for part in asked):
        return None
    if clock.left <= 0:
        return UNDECIDED
    solver = z3.Solver()
    solver.set("timeout", max(1, int(clock.left * 1000)))
    solver.set("random_seed", 1)
    solver.add([part for part in asked if part is not True])
    found = solver.check()
    if found != z3.sat:
        return None if found == z3.unsat else UNDECIDED
    return _sparing(solver, [blank for blank in blanks if not isinstance(blank, bool)], clock)


def _sparing(solver: Any, blanks: Sequence[Any], clock: Clock) -> Any:
    """Return a model of a solver that has one, with as many blanks as can easily be had."""
    model = solver.model()
    if not blanks:
        return model
    marks = {z3.Bool(f"blank {index}"): blank for index, blank in enumerate(blanks)}
    solver.add([z3.Implies(mark, blank) for mark, blank in marks.items()])
    wanted, given_up = list(marks), []
    while (found := solver.check(*wanted)) == z3.unsat and clock.left > 0:
        core = solver.unsat_core()
        if not core:
            return model
        wanted = [mark for mark in wanted if not mark.eq(core[0])]
        given_up.append(core[0])
    if found != z3.sat:
        return model
    model = solver.model()
    # What was given up early may have become possible by what was given up later.
    for mark in given_up:
        if clock.left > 0 and solver.check(*wanted, mark) == z3.sat:
            wanted.append(mark)
            model = solver.model()
    return model


def holds_in(model: Any, term: Bool) -> bool:
    """Return whether something holds in a model."""
    return term if isinstance(term, bool) else z3.is_true(model.eval(term, model_completion=True))


def number_in(model: Any, term: Any) -> Fraction:
    """Return the number that a term is in a model."""
    if isinstance(term, Fraction):
        return term
    found = model.eval(term, model_completion=True)
    if z3.is_algebraic_value(found):
        found = found.approx(20)
    return (
        Fraction(found.numerator_as_long(), found.denominator_as_long())
        if z3.is_rational_value(found)
        else (Fraction(found.as_long()))
    )


def written(sheet: Sheet, model: Any) -> dict[str, Any]:
    """Return the answers of a model as a response has them, in the order of the form."""
    rows = {keys: _row_count(found, model) for keys, found in sheet.tables().items()}
    answers: dict[str, Any] = {}
    for keys, count in sorted(rows.items(), key=lambda found: len(found[0])):
        if count is not None and _row_exists(keys, rows):
            _put(answers, keys, [{} for _ in range(count)])
    placed = sorted(sheet.answers().items(), key=lambda found: (found[1].question.position, _numbers(found[0])))
    for keys, answer in placed:
        if _row_exists(keys, rows) and holds_in(model, answer.given):
            _put(answers, keys, _value(answer, model))
    return answers


def _numbers(keys: Keys) -> tuple[int, ...]:
    return tuple(key for key in keys if isinstance(key, int))


def _row_count(rows: Rows, model: Any) -> int | None:
    return int(number_in(model, rows.count.term)) if holds_in(model, rows.given) else None


def _row_exists(keys: Keys, rows: dict[Keys, int | None]) -> bool:
    for depth, key in enumerate(keys):
        if isinstance(key, int):
            count = rows.get(keys[:depth])
            if count is None or key >= count:
                return False
    return True


def _put(answers: dict[str, Any], keys: Keys, value: Any) -> None:
    node: Any = answers
    for key in keys[:-1]:
        node = node[key] if isinstance(key, int) else node.setdefault(key, {})
    node[keys[-1]] = value


def _value(answer: Answer, model: Any) -> Any:
    match answer.question.kind:
        case Kind.TICK | Kind.CHOICE:
            return next(value for value, taken in answer.chosen if holds_in(model, taken))
        case Kind.CHOICES:
            return [value for value, taken in answer.chosen if holds_in(model, taken)]
        case Kind.INTEGER | Kind.NUMBER:
            assert answer.number is not None
            return plain_number(number_in(model, answer.number.term))
        case Kind.DATE:
            assert answer.day is not None
            parts = (answer.day.year, answer.day.month, answer.day.day)
            return date(*(int(number_in(model, part.term)) for part in parts)).isoformat()
        case Kind.TEXT:
            assert answer.length is not None
            return _text(answer, model)


def _text(answer: Answer, model: Any) -> str:
    for text in answer.texts():
        if holds_in(model, answer.is_text(text)):
            return text
    assert answer.length is not None
    return "x" * min(int(number_in(model, answer.length.term)), 10_000)


def plain_number(number: Fraction) -> int | float:
    """Return a number as JSON has it."""
    return int(number) if number.denominator == 1 else float(number)


def usual(answers: Iterable[Answer]) -> list[Bool]:
    """Return what answers had better look like: dates of our days, short texts, numbers of few places."""
    found: list[Bool] = []
    for answer in answers:
        if answer.day is not None and answer.day.year.constant is None:
            year = answer.day.year.term
            found.append(implies(answer.given, z3.And(year >= 2000, year <= 2040)))
        if answer.length is not None and answer.length.constant is None:
            found.append(answer.length.term <= 200)
        if answer.number is not None and answer.number.constant is None:
            term = answer.number.term
            if not answer.number.whole:
                found.append(term * 100 == z3.ToReal(z3.ToInt(term * 100)))
            found.append(z3.And(term >= -1000, term <= 1000))
    return found
