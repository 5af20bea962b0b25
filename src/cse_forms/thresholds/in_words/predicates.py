"""What is asked of an answer, a number or a level, in words: "is Yes", "are 6 to 10", "has no value"."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal

from cse_forms.passages import strung
from cse_forms.plurals import Counted
from cse_forms.schema.conditions import Match, MeasureReference, Number, Within
from cse_forms.schema.items import Kind, Question, Section, Table
from cse_forms.thresholds.in_words.naming import Naming, joined, plain_number
from cse_forms.thresholds.in_words.phrases import Sayings
from cse_forms.thresholds.intervals import day_of

BOUNDS = ("minimum", "exclusive_minimum", "maximum", "exclusive_maximum")

_LONG_TITLE = 5
"""Words of an option's title from which it is put in quotation marks."""


@dataclass(frozen=True, slots=True)
class About:
    """What a match is over."""

    kind: Literal["answer", "number", "level"]
    questions: tuple[Question, ...] = ()
    levels: Mapping[str, str] = field(default_factory=dict)
    """The title of each level, by its id."""
    starts: tuple[Section | Table, ...] = ()
    """Where a pointer that begins with `./` starts."""


class Predicates:
    """Says matches in words."""

    def __init__(self, naming: Naming, sayings: Sayings) -> None:
        self._naming = naming
        self._sayings = sayings

    def predicate(self, match: Match, about: About, *, many: bool = False, negated: bool = False) -> str:
        """Return the words that follow what is spoken of: "is Yes"; negated, "is not Yes".

        Args:
            match: what is asked.
            about: of what.
            many: whether several are spoken of: "are".
            negated: whether the contrary is said.
        """
        said = list(self._words(match, about, many=many, negated=negated))
        return joined(said, self._sayings.or_ if negated else self._sayings.and_, self._sayings.comma)

    def is_of_answering(self, match: Match) -> bool:
        """Whether nothing is asked but that there is an answer, or none."""
        return match.model_fields_set == {"answered"}

    def value(self, value: Any, about: About) -> str:
        """Return an answer in words: an option's title, a level's, a date, a number."""
        sayings = self._sayings
        if isinstance(value, MeasureReference):
            return self._naming.number(value)
        if about.kind == "level":
            return about.levels.get(value, str(value))
        if isinstance(value, list):
            named = [self.value(one, about) for one in value] or [sayings.nothing]
            return joined(named, sayings.and_, sayings.comma)
        if isinstance(value, dict):
            return sayings.quoted.format(text=json.dumps(value, ensure_ascii=False))
        titles = dict.fromkeys(
            option.title
            for question in about.questions
            if (option := question.option_by_value.get((isinstance(value, bool), value))) is not None
        )
        if titles:
            return strung(sayings.slash, (self._title(title) for title in titles))
        if isinstance(value, bool):
            return sayings.ticked if value else sayings.not_ticked
        if isinstance(value, int | float):
            return plain_number(value)
        day = day_of(value) if any(question.kind is Kind.DATE for question in about.questions) else None
        if day is not None:
            return sayings.day.format(day=day.day, month=sayings.months[day.month - 1], year=day.year)
        text = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
        return sayings.quoted.format(text=text)

    def _title(self, title: str) -> str:
        plain = len(title.split()) < _LONG_TITLE and not set(title) & set(",;.:?'")
        return title if plain else self._sayings.quoted.format(text=title)

    def _fill(self, phrase: str | Counted, many: bool, **values: str) -> str:
        return phrase.format(**self._sayings.verbs[many], **values)

    def _words(self, match: Match, about: About, *, many: bool, negated: bool) -> Iterator[str]:
        """Yield what each word of a match asks."""
        sayings, said = self._sayings, match.model_fields_set
        if "const" in said:
            yield self._one_of((match.const,), about, many=many, negated=negated)
        if "enum" in said:
            yield self._one_of(match.enum, about, many=many, negated=negated)
        yield from self._bounds(match, many=many, negated=negated)
        if match.min_length is not None:
            yield self._length(match.min_length, many=many, negated=negated)
        if match.type is not None:
            phrase = sayings.is_not_value if negated else sayings.is_value
            yield self._fill(phrase, many, value=sayings.types[match.type])
        if match.contains is not None:
            yield self._contains(match.contains, about, many=many, negated=negated)
        if match.not_ is not None:
            yield self._contrary(match.not_, about, many=many, negated=negated)
        if match.answered is not None:
            yield self._answered(about, many=many, answered=match.answered is not negated)
        if match.weight is not None:
            phrase = sayings.weighs_not if negated else sayings.weighs
            yield self._fill(phrase, many, predicate=self.predicate(match.weight, About("number")))
        if match.within is not None:
            yield self._within(match.within, about, many=many, negated=negated)

    def _one_of(self, values: Sequence[Any], about: About, *, many: bool, negated: bool) -> str:
        sayings = self._sayings
        if len(values) == 1 and isinstance(values[0], bool) and self._are_ticks(about):
            ticked = (values[0] is True) is not negated
            return self._fill(sayings.is_ticked if ticked else sayings.is_not_ticked, many)
        named = [self.value(value, about) for value in values] or [sayings.nothing]
        if negated and len(named) > 1:
            return self._fill(sayings.is_none_of, many, values=joined(named, sayings.neither_nor, sayings.comma))
        phrase = sayings.is_not_value if negated else sayings.is_value
        return self._fill(phrase, many, value=joined(named, sayings.or_, sayings.comma))

    def _are_ticks(self, about: About) -> bool:
        return bool(about.questions) and all(question.kind is Kind.TICK for question in about.questions)

    def _bounds(self, match: Match, *, many: bool, negated: bool) -> Iterator[str]:
        """Yield the bounds of a number together: "is 6 to 10"; the contrary, "is less than 6 or is more than 10"."""
        sayings = self._sayings
        said = {word: bound for word in BOUNDS if (bound := getattr(match, word)) is not None}
        if set(said) == {"minimum", "maximum"} and not negated:
            low, high = (self._naming.number(said[word]) for word in ("minimum", "maximum"))
            yield self._fill(sayings.from_to, many, low=low, high=high)
            return
        for word, bound in said.items():
            phrase = self._bound(word, bound, negated=negated)
            yield self._fill(phrase, many, number=self._naming.number(bound))

    def _bound(self, word: str, bound: Number, *, negated: bool) -> str:
        sayings, is_named = self._sayings, isinstance(bound, MeasureReference)
        affirmed = {
            "minimum": sayings.at_least if is_named else sayings.or_more,
            "maximum": sayings.at_most if is_named else sayings.or_less,
            "exclusive_minimum": sayings.more_than,
            "exclusive_maximum": sayings.less_than,
        }
        denied = {
            "minimum": sayings.less_than,
            "maximum": sayings.more_than,
            "exclusive_minimum": sayings.or_less,
            "exclusive_maximum": sayings.or_more,
        }
        # A comparison with a measure without a value fails, and so does its contrary in other words.
        denied_of_named = {
            "minimum": sayings.not_at_least,
            "maximum": sayings.not_at_most,
            "exclusive_minimum": sayings.not_more_than,
            "exclusive_maximum": sayings.not_less_than,
        }
        if not negated:
            return affirmed[word]
        return (denied_of_named if is_named else denied)[word]

    def _length(self, length: int, *, many: bool, negated: bool) -> str:
        sayings = self._sayings
        if length == 1 and negated:
            return self._fill(sayings.has_no_length, many)
        phrase = sayings.has_shorter if negated else sayings.has_length
        return self._fill(phrase, many, number=plain_number(length))

    def _contains(self, match: Match, about: About, *, many: bool, negated: bool) -> str:
        """Say what is asked of at least one of the options chosen."""
        sayings = self._sayings
        values = (match.const,) if "const" in match.model_fields_set else match.enum
        if len(match.model_fields_set) == 1 and values:
            named = joined([self.value(value, about) for value in values], sayings.or_, sayings.comma)
            return self._fill(sayings.includes_not if negated else sayings.includes_value, many, value=named)
        phrase = sayings.includes_none_such if negated else sayings.includes_such
        return self._fill(phrase, many, predicate=self.predicate(match, about))

    def _contrary(self, match: Match, about: About, *, many: bool, negated: bool) -> str:
        """Say the contrary. Of "no level" nothing is asked by a `not` but that there is none."""
        if about.kind == "level" and not negated and not self.is_of_answering(match):
            named = [self.value(value, about) for value in (match.const, *match.enum) if value is not None]
            if named:
                text = joined(named, self._sayings.or_, self._sayings.comma)
                return self._fill(self._sayings.other_level, many, values=text)
        return self.predicate(match, about, many=many, negated=not negated)

    def _answered(self, about: About, *, many: bool, answered: bool) -> str:
        sayings = self._sayings
        phrases = {
            "answer": (sayings.is_not_answered, sayings.is_answered),
            "number": (sayings.has_no_number, sayings.has_number),
            "level": (sayings.has_no_level, sayings.has_level),
        }
        return self._fill(phrases[about.kind][answered], many)

    def _within(self, within: Within, about: About, *, many: bool, negated: bool) -> str:
        sayings = self._sayings
        unit, number = next(
            (unit, number) for unit in ("years", "months", "days") if (number := getattr(within, unit)) is not None
        )
        date = "" if within.before is None else self._naming.pointer(within.before, about.starts)
        if isinstance(number, MeasureReference):
            phrases = (sayings.lies_as_long, sayings.lies_not_as_long)
            if date:
                phrases = (sayings.lies_as_long_up_to, sayings.lies_not_as_long_up_to)
            named = self._naming.number(number)
            return self._fill(phrases[negated], many, unit=sayings.many_units[unit], number=named, date=date)
        span = sayings.units[unit].format(number=plain_number(number))
        if not date:
            return self._fill(sayings.lies_not_together if negated else sayings.lies_together, many, span=span)
        # After "the", one month is "the month".
        span = sayings.one_unit[unit] if number == 1 else span
        return self._fill(sayings.lies_not_up_to if negated else sayings.lies_up_to, many, span=span, date=date)
