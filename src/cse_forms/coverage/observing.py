"""What one response shows of the things that scenarios should show."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from typing import Any, assert_never

from cse_forms.coverage.aims import Aim, Clashes, Counts, DayAt, DayPlace, Gives, Goal, Holds, Suggests
from cse_forms.schema.conditions import Condition, Within
from cse_forms.schema.definition import Definition
from cse_forms.schema.items import Question
from cse_forms.schema.places import ROW
from cse_forms.thresholds.evaluate import Evaluator
from cse_forms.thresholds.intervals import day_of
from cse_forms.thresholds.levels import NO_LEVEL
from cse_forms.thresholds.matching import span_of, unit_of
from cse_forms.thresholds.reading import Keys, Reading, Run, instances, is_asked
from cse_forms.thresholds.sites import Start, selected
from cse_forms.thresholds.spans import start_of

_DAY = timedelta(days=1)


class Observer:
    """Sees what responses to one form show."""

    def __init__(self, definition: Definition) -> None:
        self._definition = definition
        self._evaluator = Evaluator(definition)
        self._readings: dict[int, tuple[Goal, tuple[tuple[tuple[Reading, ...], Start | None], ...]]] = {}

    def seen(self, aims: Iterable[Aim], answers: Any, *, draft: bool) -> Iterator[Aim]:
        """Yield those things that a response shows for certain."""
        run = Run(answers, draft)
        for aim in aims:
            if self._shows(aim.goal, run):
                yield aim

    def shows(self, aim: Aim, answers: Any, *, draft: bool = False) -> bool:
        """Return whether a response shows something for certain."""
        return self._shows(aim.goal, Run(answers, draft))

    def read(self, goal: Goal) -> Iterator[Question]:
        """Yield the questions that decide whether something is shown."""
        match goal:
            case Holds() | DayAt():
                starts: tuple[Start | None, ...] = goal.starts or (None,)
                for start in starts:
                    yield from self._evaluator.condition(goal.condition, start).read()
            case Counts():
                yield from selected(self._definition, goal.condition.items, goal.starts)
            case Gives() | Suggests() | Clashes():
                yield from self._evaluator.questions_of_level(goal.assessment)
            case _:
                assert_never(goal)

    def _shows(self, goal: Goal, run: Run) -> bool:
        match goal:
            case Holds():
                return any(
                    reading.truth(run, row) is goal.truth
                    for (reading,), row in self._readings_of(goal, (goal.condition,), run)
                )
            case Counts():
                return any(
                    reached.truth(run, row) is True and passed.truth(run, row) is not True
                    for (reached, passed), row in self._readings_of(goal, (goal.reached, goal.passed), run)
                )
            case Gives():
                compiled = self._evaluator.compiled(goal.assessment)
                place = [rule.id for rule in compiled.assessment.rules].index(goal.rule)
                gift = compiled.found(run).gifts[place]
                levels = [level.id for level in compiled.assessment.levels]
                return gift == (NO_LEVEL if goal.level is None else levels.index(goal.level),)
            case Suggests():
                return self._suggests(goal, run)
            case Clashes():
                return self._evaluator.compiled(goal.assessment).found(run).clash
            case DayAt():
                return self._shows_day(goal, run) and self._is_decisive(goal, run)
            case _:
                assert_never(goal)

    def _suggests(self, goal: Suggests, run: Run) -> bool:
        compiled = self._evaluator.compiled(goal.assessment)
        found = compiled.found(run)
        if found.clash or not (len(found.possible) == 1 or compiled.assessment.ordered):
            return False
        # Where an assessment does not apply, nothing need be recorded for it.
        return found.possible[0] == goal.level and (found.applies is False or self._is_recorded(goal.assessment, run))

    def _is_recorded(self, assessment: str, run: Run) -> bool:
        read = self._evaluator.compiled(assessment).read
        return not read or any(
            instance.is_given and is_asked(asked, run, instance.keys) is not False
            for question, asked in read
            for instance in instances(run, question)
        )

    def _readings_of(
        self, goal: Holds | Counts | DayAt, conditions: tuple[Condition, ...], run: Run
    ) -> Iterator[tuple[tuple[Reading, ...], Keys]]:
        """Yield some conditions compiled, with each row of a response at which they can be read."""
        # The goal is kept beside its readings, so that no other one can come to have its number.
        if id(goal) not in self._readings:
            starts: tuple[Start | None, ...] = goal.starts or (None,)
            compiled = tuple(
                (tuple(self._evaluator.condition(condition, start) for condition in conditions), start)
                for start in starts
            )
            self._readings[id(goal)] = goal, compiled
        for readings, start in self._readings[id(goal)][1]:
            for row in self.rows(run, start):
                yield readings, row

    def rows(self, run: Run, start: Start | None) -> Iterator[Keys]:
        """Yield the rows of a response at which a condition that starts in a row can be read."""
        if start is None:
            yield ()
        elif ROW not in start.keys:
            yield start.keys
        else:
            depth = len(start.keys)
            inside = next((q for q in self._definition.questions.values() if q.keys[:depth] == start.keys), None)
            for instance in instances(run, inside) if inside is not None else ():
                if not instance.rows_unknown:
                    yield instance.keys[:depth]

    def _is_decisive(self, goal: DayAt, run: Run) -> bool:
        """Return whether the condition would come out otherwise if the span were shorter or longer."""
        altered = goal.altered
        return altered is None or any(
            as_it_is.truth(run, row) is not otherwise.truth(run, row)
            for (as_it_is, otherwise), row in self._readings_of(goal, (goal.condition, altered), run)
        )

    def _shows_day(self, goal: DayAt, run: Run) -> bool:
        if goal.within.before is None:
            return _are_apart([day for day, _, _ in self._days(goal, run)], goal, self._length(goal, run, ()))
        for day, _, row in self._days(goal, run):
            last = self._evaluator.day(run, goal.within.before, row)
            length = self._length(goal, run, row)
            if last is not None and length is not None and day == day_at(goal.place, last, goal.within, length):
                return True
        return False

    def _days(self, goal: DayAt, run: Run) -> Iterator[tuple[date, Question, Keys]]:
        """Yield the dates that are certainly looked at, each with its row."""
        when = goal.condition.when
        for question in selected(self._definition, goal.condition.items, goal.starts):
            asked = self._evaluator.asked(question)
            for instance in instances(run, question):
                day = day_of(instance.as_read(draft=run.draft).value)
                row = instance.keys[:-1]
                if day is None or not is_asked(asked, run, instance.keys):
                    continue
                if when is None or self._evaluator.condition(when, question.holder).truth(run, row):
                    yield day, question, row

    def _length(self, goal: DayAt, run: Run, row: Keys) -> int | None:
        span = span_of(goal.within, self._evaluator.around(run, row))
        return int(span.lowest) if span.is_exact and span.lowest is not None else None


def day_at(place: DayPlace, last: date, within: Within, length: int) -> date | None:
    """Return the day at a place of the span that ends on a day; None where the calendar has none."""
    try:
        match place:
            case "last-day":
                return last
            case "day-after":
                return last + _DAY
            case "first-day":
                return start_of(last, unit_of(within), length)
            case "day-before":
                return start_of(last, unit_of(within), length) - _DAY
    except OverflowError:
        return None


def _are_apart(days: list[date], goal: DayAt, length: int | None) -> bool:
    return length is not None and any(
        day_at(goal.place, last, goal.within, length) == first for last in days for first in days if first < last
    )
