"""Responses at hand: the scenarios beside a form, and some that are made up, to show quickly what can come out.

That something can come out needs no solver where one response shows it. Those made up answer every question, and no
answer in them is Not Known. There are runs in which one answer after another turns from one option to another, so that
a number made of many answers passes through all that it can be; the rest is chosen at random, the same each time.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from cse_forms.schema.definition import Definition
from cse_forms.schema.items import Item, Kind, Question, Section, Table
from cse_forms.schema.places import expand
from cse_forms.thresholds.proving.solving import Clock

if TYPE_CHECKING:
    from cse_forms.thresholds.policy import Evaluation

_MOST = 500
"""Responses that are made up."""

_MOST_SECONDS = 6.0
"""Seconds that making and evaluating them may take, in all claims together."""

_MOST_ROWS = 12
_RANDOM = 120
"""Of the first that are made up after the plain ones, how many are chosen at random through and through."""

_LAST_DAY = date(2024, 6, 15)
_SPANS = (0, 20, 80, 300, 700, 3000, 9000)
"""Days within which the dates of a response lie."""


@dataclass(frozen=True, slots=True)
class Witness:
    """A complete response, and what the library says of it."""

    answers: dict[str, Any]
    found: Evaluation
    is_known: bool
    """Whether every question is answered, and no answer is Not Known."""


class Witnesses:
    """Responses to one form, made and evaluated as they are needed."""

    def __init__(
        self,
        definition: Definition,
        evaluate: Callable[[dict[str, Any]], Evaluation],
        scenarios: Sequence[Mapping[str, Any]] = (),
    ) -> None:
        """Make a collection.

        Args:
            definition: the form's.
            evaluate: says what comes of the answers of a complete response.
            scenarios: answers of complete responses that are known beforehand.
        """
        self._evaluate = evaluate
        self._found: list[Witness] = []
        self._pending = _responses(definition, scenarios)
        self._seconds = _MOST_SECONDS

    def first(self, shows: Callable[[Witness], bool], clock: Clock) -> Witness | None:
        """Return the first response that shows something; None where none at hand does."""
        for witness in self._all(clock):
            if shows(witness):
                return witness
        return None

    def _all(self, clock: Clock) -> Iterator[Witness]:
        index = 0
        while clock.left > 0 and (index < len(self._found) or self._grows()):
            yield self._found[index]
            index += 1

    def _grows(self) -> bool:
        made = None
        own = Clock.of(self._seconds)
        if self._seconds > 0:
            made = next(self._pending, None)
        if made is None:
            return False
        answers, is_known = made
        self._found.append(Witness(answers, self._evaluate(answers), is_known))
        self._seconds = own.left
        return True


def made_small(answers: dict[str, Any], shows: Callable[[dict[str, Any]], bool], clock: Clock) -> dict[str, Any]:
    """Return answers of which as many are left out as can be, while they still show something."""
    small = answers
    for keys in list(_leaves(answers, ())):
        if clock.left <= 0:
            break
        without = _without(small, keys)
        if shows(without):
            small = without
    return small


def _leaves(answers: Mapping[str, Any], keys: tuple[str, ...]) -> Iterator[tuple[str, ...]]:
    for key, value in answers.items():
        if isinstance(value, dict):
            yield from _leaves(value, (*keys, key))
        yield (*keys, key)


def _without(answers: dict[str, Any], keys: tuple[str, ...]) -> dict[str, Any]:
    if len(keys) == 1:
        return {key: value for key, value in answers.items() if key != keys[0]}
    return {
        key: _without(value, keys[1:]) if key == keys[0] and isinstance(value, dict) else value
        for key, value in answers.items()
    }


def _responses(definition: Definition, scenarios: Sequence[Mapping[str, Any]]) -> Iterator[tuple[dict[str, Any], bool]]:
    """Yield answers, each with whether all of them are known."""
    for scenario in scenarios:
        yield dict(scenario), False
    author = _Author(definition)
    for _ in range(_MOST):
        made = author.response()
        if made is None:
            return
        yield made, author.answers_all


class _Author:
    """Makes up responses to one form."""

    def __init__(self, definition: Definition) -> None:
        self._definition = definition
        self._random = random.Random(1)  # noqa: S311
        self._schemas = {place.keys: place.schema for place in expand(dict(definition.schema)).walk()}
        self._numbers = sorted(set(_numbers_in(dict(definition.schema).get("x-form"))))
        self._questions = [
            question for question in definition.questions.values() if question.kind in {Kind.CHOICE, Kind.TICK}
        ]
        self._made = 0
        self._plan: list[dict[Any, Any]] = []
        self._span = 0
        self._rows = 1
        self.answers_all = True
        """Whether the last response answers every question."""

    def response(self) -> dict[str, Any] | None:
        """Return the next response; None where there is nothing to answer."""
        if not self._definition.questions:
            return None
        self._made += 1
        self.answers_all = True
        self._span = self._random.choice(_SPANS)
        self._rows = self._random.choice((1, 2, 3, 5, 8, _MOST_ROWS))
        if not self._plan and self._made > _RANDOM:
            self._plan = list(self._run())
        wanted = self._plan.pop(0) if self._plan else {}
        if self._made <= len(_PLAIN):
            wanted = {question.keys: _PLAIN[self._made - 1] for question in self._questions}
        found = self._of(self._definition.root, wanted)
        return found if isinstance(found, dict) else None

    def _run(self) -> Iterator[dict[Any, Any]]:
        """Yield plans in which one question after another turns from one option to another."""
        order = list(self._questions)
        self._random.shuffle(order)
        turned = {question.keys: self._random.random() for question in order}
        plan = {question.keys: self._random.random() for question in order}
        if self._random.random() < 0.7:
            # Most sums rise from the last option to the first, or the other way round.
            ends = (0.0, 0.999) if self._random.random() < 0.5 else (0.999, 0.0)
            plan, turned = (dict.fromkeys(plan, end) for end in ends)
        for question in order:
            yield dict(plan)
            plan[question.keys] = turned[question.keys]

    def _of(self, item: Item, wanted: Mapping[Any, Any]) -> Any:
        if isinstance(item, Question):
            answer = self._answer(item, wanted.get(item.keys))
            self.answers_all = self.answers_all and answer is not None
            return answer
        if isinstance(item, Table):
            return self._table(item, wanted)
        if isinstance(item, Section):
            found = {}
            for key, child in item.children.items():
                answer = self._of(child, wanted)
                if answer is not None:
                    found[key] = answer
            return found
        return None

    def _table(self, table: Table, wanted: Mapping[Any, Any]) -> list[Any]:
        schema = self._schemas[table.keys]
        least, most = schema.get("minItems", 0), schema.get("maxItems", _MOST_ROWS)
        count = min(max(self._random.choice((0, 1, self._rows)), least), most)
        return [self._of(table.row, wanted) for _ in range(count)]

    def _answer(self, question: Question, place: float | None) -> Any:
        schema = self._schemas[question.keys]
        match question.kind:
            case Kind.TICK:
                return self._picked([True, False], place)
            case Kind.CHOICE:
                return self._picked([option.value for option in question.options if not option.unknown], place)
            case Kind.CHOICES:
                return self._several(question, schema)
            case Kind.INTEGER | Kind.NUMBER:
                return self._number(question, schema)
            case Kind.DATE:
                return (_LAST_DAY - timedelta(days=self._random.randint(0, self._span))).isoformat()
            case Kind.TEXT:
                if "pattern" in schema or "format" in schema:
                    return None
                least = max(schema.get("minLength", 1), 1)
                return "x" * self._random.choice((least, max(least, min(schema.get("maxLength", 60), 60))))

    def _picked(self, values: Sequence[Any], place: float | None) -> Any:
        at = self._random.random() if place is None else place
        return values[int(at * len(values))] if values else None

    def _several(self, question: Question, schema: Mapping[str, Any]) -> list[Any]:
        known = [option.value for option in question.options if not option.unknown]
        most = min(schema.get("maxItems", len(known)), len(known))
        least = min(schema.get("minItems", 0), most)
        taken = set(self._random.sample(range(len(known)), self._random.randint(least, most)))
        return [value for index, value in enumerate(known) if index in taken]

    def _number(self, question: Question, schema: Mapping[str, Any]) -> Any:
        least, most = schema.get("minimum", 0), schema.get("maximum")
        if most is None:
            most = max([least + 20, *(number + 2 for number in self._numbers)])
        near = [number + step for number in self._numbers for step in (-1, 0, 1) if least <= number + step <= most]
        by_chance = self._random.randint(int(least // 1), int(most // 1))
        found: Any = self._random.choice([*near, least, most, by_chance, by_chance])
        if question.kind is Kind.INTEGER or "multipleOf" in schema:
            found = int(found)
        step = schema.get("multipleOf", 1)
        if isinstance(step, int):
            found = found - found % step if "multipleOf" in schema else found
        low, high = schema.get("exclusiveMinimum"), schema.get("exclusiveMaximum")
        is_inside = least <= found <= most and (low is None or found > low) and (high is None or found < high)
        return found if is_inside and (isinstance(step, int) or found % step == 0) else None


_PLAIN = (0.0, 0.999, 0.5)
"""The options that all questions are first answered with: the first, the last, one in the middle."""


def _numbers_in(value: Any) -> Iterator[int | float]:
    if isinstance(value, dict):
        for member in value.values():
            yield from _numbers_in(member)
    elif isinstance(value, list):
        for member in value:
            yield from _numbers_in(member)
    elif isinstance(value, int | float) and not isinstance(value, bool) and abs(value) < 10_000:
        yield value
