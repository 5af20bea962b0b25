"""A response whose answers are not fixed: for each question a symbolic answer, and for each table some rows."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction
from typing import Any, TypeAlias

import z3

from cse_forms import pointers
from cse_forms.schema.definition import Definition
from cse_forms.schema.items import NO_DEFAULT, Kind, Question, Table
from cse_forms.schema.places import ROW, expand
from cse_forms.thresholds.proving.dates import Day, chosen_day, day_of, unfixed_day
from cse_forms.thresholds.proving.logic import (
    Amount,
    Bool,
    all_of,
    amount,
    any_of,
    choose,
    implies,
    names_in,
    opposite,
)

Keys: TypeAlias = tuple[str | int, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What stands at one place of a response."""

    question: Question
    given: Bool
    """Whether anything is there; an empty text is nothing."""
    chosen: tuple[tuple[Any, Bool], ...] = ()
    """Of a question with options, and of a box to tick: each value, and whether it is chosen."""
    none: Bool = False
    """Whether it is known to be none of the options: a question with Yes and Not Known has a silent No.

    No response can say so. It is what an answer may turn out to be."""
    number: Amount | None = None
    day: Day | None = None
    length: Amount | None = None
    """How many characters a text has."""
    is_text: Callable[[str], Bool] = field(default=lambda _text: False, compare=False)
    """Whether a text is this one."""
    texts: Callable[[], Iterable[str]] = field(default=tuple, compare=False)
    """The texts that something was asked of so far."""

    @property
    def not_known(self) -> Bool:
        """Whether it says that the answer is not known."""
        unknown = {option.value for option in self.question.options if option.unknown}
        if not unknown:
            return False
        return any_of(taken for value, taken in self.chosen if value in unknown and not isinstance(value, bool))

    @property
    def known(self) -> Bool:
        """Whether there is an answer, and all of it is known."""
        return all_of((self.given, opposite(self.not_known)))


def has_silent_no(question: Question) -> bool:
    """Whether an answer may be none of the options, since fewer than two known ones are offered."""
    return question.kind is Kind.CHOICE and sum(not option.unknown for option in question.options) < 2


def values_of(question: Question) -> tuple[Any, ...]:
    """Return the values that a question offers."""
    return (True, False) if question.kind is Kind.TICK else tuple(option.value for option in question.options)


def is_same(first: Any, second: Any) -> bool:
    """Whether two JSON values are equal: 1 and 1.0 are, 1 and true are not."""
    if isinstance(first, bool) or isinstance(second, bool):
        return first is second
    return bool(first == second)


def exact(number: float) -> Fraction:
    """Return a JSON number without binary rounding."""
    return Fraction(number) if isinstance(number, int) else Fraction(repr(number))


def fixed(question: Question, value: Any) -> Answer:
    """Return an answer that is known beforehand; it must be one that the question accepts."""
    match question.kind:
        case Kind.CHOICES:
            chosen = tuple((option, any(is_same(option, one) for one in value)) for option in values_of(question))
            return Answer(question=question, given=True, chosen=chosen)
        case Kind.TICK | Kind.CHOICE:
            chosen = tuple((option, is_same(option, value)) for option in values_of(question))
            return Answer(question=question, given=True, chosen=chosen)
        case Kind.INTEGER | Kind.NUMBER:
            return Answer(question=question, given=True, number=amount(exact(value)))
        case Kind.DATE:
            return Answer(question=question, given=True, day=day_of(date.fromisoformat(value)))
        case Kind.TEXT:
            length = amount(len(value))
            return Answer(
                question=question,
                given=bool(value),
                length=length,
                is_text=lambda text: text == value,
                texts=lambda: (value,),
            )


def blank(question: Question) -> Answer:
    """Return the answer that is not there."""
    match question.kind:
        case Kind.CHOICES | Kind.TICK | Kind.CHOICE:
            return Answer(question=question, given=False, chosen=tuple((v, False) for v in values_of(question)))
        case Kind.INTEGER | Kind.NUMBER:
            return Answer(question=question, given=False, number=amount(0))
        case Kind.DATE:
            return Answer(question=question, given=False, day=day_of(date(2000, 1, 1)))
        case Kind.TEXT:
            return Answer(question=question, given=False, length=amount(0))


def mixed(case: Bool, first: Answer, second: Answer) -> Answer:
    """Return the first answer where the case is given, else the second; both are to one question."""
    if case is True or case is False:
        return first if case else second

    def pick(one: Bool, other: Bool) -> Bool:
        return one if one is other else any_of((all_of((case, one)), all_of((opposite(case), other))))

    numbers, days, lengths = (first.number, second.number), (first.day, second.day), (first.length, second.length)
    return Answer(
        question=first.question,
        given=pick(first.given, second.given),
        chosen=tuple(
            (value, pick(one, other)) for (value, one), (_, other) in zip(first.chosen, second.chosen, strict=True)
        ),
        none=pick(first.none, second.none),
        number=None if numbers[0] is None or numbers[1] is None else choose(case, numbers[0], numbers[1]),
        day=None if days[0] is None or days[1] is None else chosen_day(case, days[0], days[1]),
        length=None if lengths[0] is None or lengths[1] is None else choose(case, lengths[0], lengths[1]),
        is_text=lambda text: pick(first.is_text(text), second.is_text(text)),
        texts=lambda: {*first.texts(), *second.texts()},
    )


def as_read(answer: Answer, *, draft: bool) -> Answer:
    """Return an answer with its default in the place of a blank, where one stands there."""
    default = answer.question.default
    if draft or default is NO_DEFAULT or answer.given is True:
        return answer
    return mixed(answer.given, answer, fixed(answer.question, default))


@dataclass(frozen=True, slots=True)
class Rows:
    """The rows of a table."""

    given: Bool
    """Whether the table is there at all."""
    count: Amount


@dataclass(frozen=True, slots=True)
class Spot:
    """A question where it stands in a response, or the rows of a table of which nobody knows how many there are."""

    question: Question
    keys: Keys
    exists: Bool
    """Whether there is such a row."""
    rows_unknown: bool = False


class Sheet:
    """A response whose answers are not fixed."""

    def __init__(
        self, definition: Definition, name: str = "", *, rows: int | None = None, silent: bool = False
    ) -> None:
        """Make a response of which nothing is fixed.

        Args:
            definition: the form's.
            name: tells its answers from those of another response.
            rows: the most that a table has; as many as the conditions need, if none is said.
            silent: whether an answer may be known to be none of the options.
        """
        self.definition = definition
        self.row_limit = rows_needed(definition) if rows is None else rows
        self._silent = silent
        self._name = name
        self._schemas: Mapping[tuple[str, ...], dict[str, Any]] = {
            place.keys: place.schema for place in expand(dict(definition.schema)).walk()
        }
        self._answers: dict[Keys, Answer] = {}
        self._rows: dict[Keys, Rows] = {}
        self._texts: dict[Keys, dict[str, Bool]] = {}
        self._limits: dict[Keys, list[Bool]] = {}
        self._names: dict[Keys, tuple[int, frozenset[str]]] = {}

    def answer(self, question: Question, keys: Keys) -> Answer:
        """Return the answer to a question, as it stands in the response."""
        if keys not in self._answers:
            self._answers[keys] = self._made(question, keys)
        return self._answers[keys]

    def rows(self, table: Table, keys: Keys) -> Rows:
        """Return the rows of a table."""
        if keys not in self._rows:
            self._rows[keys] = self._made_rows(table, keys)
        return self._rows[keys]

    def limits(self) -> Mapping[Keys, list[Bool]]:
        """Return what holds of every response, by place: each answer is such as its question accepts."""
        return {keys: self.limits_at(keys) for keys in self._limits}

    def names(self, keys: Keys) -> frozenset[str]:
        """Return the names of all that the solver may choose at one place."""
        # What was asked of a text so far grows.
        asked = len(self._texts.get(keys, ()))
        if self._names.get(keys, (-1,))[0] != asked:
            answer = self._answers.get(keys)
            own = [] if answer is None else [answer.given, *(taken for _, taken in answer.chosen)]
            self._names[keys] = asked, names_in([*own, *self.limits_at(keys)])
        return self._names[keys][1]

    def limits_at(self, keys: Keys) -> list[Bool]:
        """Return what holds of whatever stands at one place."""
        return [*self._limits[keys], *(self._text_limits(keys) if keys in self._texts else ())]

    def answers(self) -> Mapping[Keys, Answer]:
        """Return the answers that were asked for so far."""
        return self._answers

    def tables(self) -> Mapping[Keys, Rows]:
        """Return the tables that were asked for so far."""
        return self._rows

    def exists(self, keys: Keys) -> Bool:
        """Return whether there are the rows that a place stands in."""
        found: list[Bool] = []
        for depth, key in enumerate(keys):
            if isinstance(key, int):
                rows = self.rows(self._table(keys[:depth]), keys[:depth])
                found += [rows.given, _at_least(rows.count, key + 1)]
        return all_of(found)

    @property
    def is_cut_short(self) -> bool:
        """Whether a table was asked for that may have more rows than are looked at."""
        most = (self._schemas[self._table(keys).keys].get("maxItems") for keys in self._rows)
        return any(found is None or found > self.row_limit for found in most)

    def _table(self, keys: Keys) -> Table:
        wanted = tuple(ROW if isinstance(key, int) else key for key in keys)
        found = next(item for item in self.definition.walk() if item.keys == wanted)
        assert isinstance(found, Table)
        return found

    def spots(self, question: Question, prefix: Keys = (), *, draft: bool) -> Iterator[Spot]:
        """Yield a question as it stands in the response, once for each row of the tables that hold it.

        Args:
            question: one of the form's questions.
            prefix: the row to stay in, where a condition speaks of the same row.
            draft: whether every blank may still be answered.
        """
        if ROW not in question.keys:
            yield Spot(question, question.keys, True)
            return
        inside = prefix if _leads_to(prefix, question.keys) else ()
        yield from self._spots(question, inside, True, draft=draft)

    def _spots(self, question: Question, keys: Keys, exists: Bool, *, draft: bool) -> Iterator[Spot]:
        for index in range(len(keys), len(question.keys)):
            key = question.keys[index]
            if key != ROW:
                keys = (*keys, key)
                continue
            table = table_at(question, index)
            rows = self.rows(table, keys)
            for number in range(self.row_limit):
                here = all_of((exists, rows.given, _at_least(rows.count, number + 1)))
                if here is not False:
                    yield from self._spots(question, (*keys, number), here, draft=draft)
            open_rows = all_of((exists, opposite(rows.given), draft or table.default != []))
            if open_rows is not False:
                yield Spot(question, keys, open_rows, rows_unknown=True)
            return
        yield Spot(question, keys, exists)

    def _made(self, question: Question, keys: Keys) -> Answer:
        name = f"{self._name}{pointers.join(keys)}"
        given = z3.Bool(name)
        limits = self._limits.setdefault(keys, [])
        match question.kind:
            case Kind.TICK | Kind.CHOICE:
                chosen = [(value, z3.Bool(f"{name}={value!r}")) for value in values_of(question)]
                none: Bool = False
                if self._silent and has_silent_no(question):
                    none = z3.Bool(f"{name} none")
                taken = [*(taken for _, taken in chosen), *([] if none is False else [none])]
                for index, one in enumerate(taken):
                    limits += [z3.Not(z3.And(one, other)) for other in taken[:index]]
                return Answer(question=question, given=any_of(taken), chosen=tuple(chosen), none=none)
            case Kind.CHOICES:
                chosen = [(value, z3.Bool(f"{name}={value!r}")) for value in values_of(question)]
                limits += [z3.Implies(taken, given) for _, taken in chosen]
                limits += self._limits_of_choices(question, given, [taken for _, taken in chosen])
                return Answer(question=question, given=given, chosen=tuple(chosen))
            case Kind.INTEGER | Kind.NUMBER:
                return Answer(question=question, given=given, number=self._number(question, name, limits))
            case Kind.DATE:
                day = unfixed_day(name)
                limits.append(day.limits)
                return Answer(question=question, given=given, day=day)
            case Kind.TEXT:
                length = Amount(z3.Int(f"{name} length"), Fraction(1), None, whole=True)
                limits.append(length.term >= 1)
                self._texts[keys] = {}
                return Answer(
                    question=question,
                    given=given,
                    length=length,
                    is_text=lambda text: self._is_text(keys, text),
                    texts=lambda: tuple(self._texts[keys]),
                )

    def bounds(self, question: Question) -> tuple[Fraction | None, Fraction | None]:
        """Return the least and the greatest number that a question accepts; None where there is none."""
        schema = self._schemas[question.keys]
        least, most = schema.get("minimum"), schema.get("maximum")
        return (None if least is None else exact(least), None if most is None else exact(most))

    def _number(self, question: Question, name: str, limits: list[Bool]) -> Amount:
        schema = self._schemas[question.keys]
        whole = question.kind is Kind.INTEGER
        term = z3.Int(name + " number") if whole else z3.Real(name + " number")
        least, most = self.bounds(question)
        if whole:
            least = None if least is None else Fraction(least.__ceil__())
            most = None if most is None else Fraction(most.__floor__())
        for bound, sense in ((least, 1), (most, -1)):
            if bound is not None:
                limits.append(term >= _value(bound) if sense > 0 else term <= _value(bound))
        if "exclusiveMinimum" in schema:
            limits.append(term > _value(exact(schema["exclusiveMinimum"])))
        if "exclusiveMaximum" in schema:
            limits.append(term < _value(exact(schema["exclusiveMaximum"])))
        if "multipleOf" in schema:
            steps = z3.Int(name + " steps")
            limits.append(z3.ToReal(steps) * _value(exact(schema["multipleOf"])) == term)
        return Amount(term, least, most, whole)

    def _limits_of_choices(self, question: Question, given: Bool, taken: list[Any]) -> Iterator[Bool]:
        schema = self._schemas[question.keys]
        number = z3.Sum([z3.If(one, 1, 0) for one in taken])
        if "minItems" in schema:
            yield z3.Implies(given, number >= schema["minItems"])
        if "maxItems" in schema:
            yield number <= schema["maxItems"]

    def _made_rows(self, table: Table, keys: Keys) -> Rows:
        name = f"{self._name}{pointers.join(keys)}"
        given, count = z3.Bool(name), z3.Int(f"{name} rows")
        schema = self._schemas[table.keys]
        most = min(self.row_limit, schema.get("maxItems", self.row_limit))
        self._limits[keys] = [count >= min(schema.get("minItems", 0), most), count <= most]
        return Rows(given, Amount(count, Fraction(0), Fraction(most), whole=True))

    def _is_text(self, keys: Keys, text: str) -> Bool:
        if not text:
            return False
        known = self._texts[keys]
        if text not in known:
            known[text] = z3.Bool(f"{self._name}{pointers.join(keys)}={text!r}")
        return known[text]

    def _text_limits(self, keys: Keys) -> Iterator[Bool]:
        length = self._answers[keys].length
        assert length is not None
        known = list(self._texts[keys].items())
        for index, (text, taken) in enumerate(known):
            yield implies(taken, length.term == len(text))
            yield from (z3.Not(z3.And(taken, other)) for _, other in known[:index])


class ChangedSheet(Sheet):
    """A response that follows from another one, answer by answer."""

    def __init__(
        self,
        base: Sheet,
        change: Callable[[Question, Keys, Answer], Answer],
        change_rows: Callable[[Keys, Rows], Rows] | None = None,
    ) -> None:
        super().__init__(base.definition, rows=base.row_limit)
        self._base = base
        self._change = change
        self._change_rows = change_rows

    def _made(self, question: Question, keys: Keys) -> Answer:
        return self._change(question, keys, self._base.answer(question, keys))

    def _made_rows(self, table: Table, keys: Keys) -> Rows:
        rows = self._base.rows(table, keys)
        return rows if self._change_rows is None else self._change_rows(keys, rows)

    def limits(self) -> Mapping[Keys, list[Bool]]:
        """Return what holds of the response that it follows from."""
        return self._base.limits()

    def names(self, keys: Keys) -> frozenset[str]:
        """Return the names of all that the solver may choose at one place of that response."""
        return self._base.names(keys)


_FEWEST_ROWS, _MOST_ROWS = 2, 6


def rows_needed(definition: Definition) -> int:
    """Return how many rows a table must have for most conditions to be seen holding and failing.

    It is one more than the greatest number that a condition or a band asks for, and never very many: with each row
    there is more for the solver to go through. What more rows might do is never taken for decided.
    """
    if not any(isinstance(item, Table) for item in definition.walk()):
        return 0
    asked = (number for number in _numbers_under(dict(definition.schema)) if number < _MOST_ROWS)
    return min(max(max(asked, default=1) + 1, _FEWEST_ROWS), _MOST_ROWS)


_ASKING = frozenset({"atLeast", "atMost", "from", "to", "minimum", "maximum", "exclusiveMinimum", "const", "constant"})


def _numbers_under(value: Any) -> Iterator[int]:
    """Yield every whole number that a policy compares something with: how many must match, or where a band ends."""
    if isinstance(value, dict):
        for key, member in value.items():
            if key == "x-form":
                yield from _compared(member)
            else:
                yield from _numbers_under(member)
    elif isinstance(value, list):
        for member in value:
            yield from _numbers_under(member)


def _compared(value: Any) -> Iterator[int]:
    if isinstance(value, dict):
        for key, member in value.items():
            if key in _ASKING and isinstance(member, int) and not isinstance(member, bool):
                yield member
            else:
                yield from _compared(member)
    elif isinstance(value, list):
        for member in value:
            yield from _compared(member)


def table_at(question: Question, depth: int) -> Table:
    """Return the table that holds a question and whose path is so long."""
    holder = question.holder
    while holder is not None and not (isinstance(holder, Table) and len(holder.keys) == depth):
        holder = holder.holder
    assert isinstance(holder, Table)
    return holder


def _leads_to(prefix: Keys, keys: tuple[str, ...]) -> bool:
    return len(prefix) <= len(keys) and all(
        mine == theirs or (theirs == ROW and isinstance(mine, int)) for mine, theirs in zip(prefix, keys, strict=False)
    )


def _at_least(count: Amount, number: int) -> Bool:
    return count.solver_term >= number


def _value(number: Fraction) -> Any:
    return z3.Q(number.numerator, number.denominator) if number.denominator != 1 else z3.IntVal(number.numerator)
