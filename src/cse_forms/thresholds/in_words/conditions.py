"""Conditions said in plain words: one of the readings of the condition language.

What is said is exactly what is evaluated: a phrase that is shorter, and true in most cases only, has no place here.
Measures are said in `numbers_in_words`, and rules in `rules_in_words`.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import assert_never

from cse_forms.schema.conditions import (
    AllCondition,
    AnyCondition,
    AssessmentCondition,
    AssessmentSelection,
    Condition,
    ItemsCondition,
    Match,
    MeasureCondition,
    MeasureReference,
    NamedCondition,
    NotCondition,
    Number,
    Selection,
    UnsettledCondition,
)
from cse_forms.schema.definition import Definition
from cse_forms.schema.items import Section, Table
from cse_forms.thresholds.in_words.naming import Naming, Noun, Selected, holders
from cse_forms.thresholds.in_words.phrases import ENGLISH, Sayings
from cse_forms.thresholds.in_words.predicates import About, Predicates
from cse_forms.thresholds.in_words.sentences import Saying

Starts = Sequence[Section | Table]


class ConditionsInWords:
    """Says the conditions of one form."""

    def __init__(self, definition: Definition, sayings: Sayings = ENGLISH) -> None:
        self.definition = definition
        self.sayings = sayings
        self.naming = Naming(definition, sayings)
        self.predicates = Predicates(self.naming, sayings)

    def condition(self, condition: Condition, starts: Starts = (), *, negated: bool = False) -> Saying:
        """Return a condition in words.

        Args:
            condition: one of the form's.
            starts: the rows or sections that a pointer that begins with './' may start from.
            negated: whether its contrary is said.
        """
        sayings = self.sayings
        match condition:
            case ItemsCondition():
                return self._items(condition, starts, negated=negated)
            case MeasureCondition():
                return self._measure(condition, negated=negated)
            case AssessmentCondition():
                return self._assessment(condition, negated=negated)
            case NamedCondition():
                phrase = sayings.not_named if negated else sayings.named
                return Saying(phrase.format(name=self.naming.own_words(condition.condition)))
            case UnsettledCondition():
                # The contrary of what is open is open, too.
                return Saying(sayings.unsettled.format(text=condition.unsettled.rstrip(".")))
            case AllCondition():
                return self._several(condition.all, starts, every=True, negated=negated)
            case AnyCondition():
                return self._several(condition.any, starts, every=False, negated=negated)
            case NotCondition():
                return self.condition(condition.not_, starts, negated=not negated)
            case _:
                assert_never(condition)

    def level_predicate(self, assessment: str, asked: AssessmentCondition | AssessmentSelection, *, many: bool) -> str:
        """Return what is asked of an assessment's level: "is High or higher"."""
        sayings, verbs = self.sayings, self.sayings.verbs[many]
        low, high = (None if one is None else self.naming.level(assessment, one) for one in self._ends(asked))
        said = []
        if low is not None and low == high:
            said.append(sayings.is_value.format(**verbs, value=low))
        elif low is not None and high is not None:
            said.append(sayings.level_between.format(**verbs, low=low, high=high))
        elif low is not None:
            said.append(sayings.or_higher.format(**verbs, level=low))
        elif high is not None:
            said.append(sayings.or_lower.format(**verbs, level=high))
        if asked.match is not None:
            said.append(self.predicates.predicate(asked.match, self._about_levels(assessment), many=many))
        return said[0] if len(said) == 1 else sayings.and_.format(first=said[0], last=said[1])

    def answers(self, selected: Selected, match: Match | None = None) -> str:
        """Return what the answers of some questions are called: "the answers to 'Seen?' in section 2 Signs"."""
        sayings = self.sayings
        noun: Noun = selected.noun
        if match is not None and self.predicates.is_of_answering(match):
            noun = "question"
        if selected.form == "place":
            phrase = {
                "answer": sayings.answers_in,
                "date": sayings.dates_in,
                "box": sayings.boxes_in,
                "question": sayings.questions_in,
            }[noun]
            return phrase.format(place=selected.text)
        if selected.form == "marked":
            phrase = {
                "answer": sayings.answers_so,
                "date": sayings.dates_so,
                "box": sayings.boxes_so,
                "question": sayings.questions_so,
            }[noun]
            return phrase.format(marked=selected.text)
        phrases = {
            "answer": (sayings.the_answer, sayings.the_answers),
            "date": (sayings.the_date, sayings.the_dates),
            "box": (sayings.the_box, sayings.the_boxes),
            "question": (sayings.the_question, sayings.the_questions),
        }
        return phrases[noun][selected.many].format(questions=selected.text)

    def selection(self, selection: Selection) -> Saying:
        """Return what a count counts: "how many of the answers to ... are Yes"."""
        sayings = self.sayings
        selected = self.naming.selected(selection.items)
        about = About("answer", selected.questions, starts=holders(selected.questions))
        predicate = self.predicates.predicate(selection.match, about, many=selected.many)
        together = selection.match.within is not None and selection.match.within.before is None
        phrase = sayings.count_of if selected.many else sayings.count_of_one
        if together:
            phrase = sayings.count_within
        text = phrase.format(answers=self.answers(selected, selection.match), predicate=predicate)
        return self._narrowed(Saying(text), selection.when, selected, sayings.counted_where)

    def _items(self, condition: ItemsCondition, starts: Starts, *, negated: bool) -> Saying:
        selected = self.naming.selected(condition.items, starts)
        inner = holders(selected.questions)
        about = About("answer", selected.questions, starts=inner)
        answers = self.answers(selected, condition.match)
        is_plain = condition.at_least in (None, 1) and condition.at_most is None
        if not selected.many and (condition.every or is_plain or condition.at_most == 0):
            contrary = negated is not (condition.at_most == 0)
            predicate = self.predicates.predicate(condition.match, about, negated=contrary)
            one = Saying(self.sayings.said_of.format(subject=answers, predicate=predicate))
            if condition.when is None:
                return one
            if is_plain and not condition.every and not negated:
                parts = (one, self.condition(condition.when, inner))
                return Saying(self.sayings.all_hold, parts, self.sayings.both)
            return self._narrowed(one, condition.when, selected, self.sayings.asked_where)
        named = any(isinstance(bound, MeasureReference) for bound in (condition.at_least, condition.at_most))
        if named and negated:
            # Where the measure has no value, neither the condition nor its contrary in other words holds.
            return self._items(condition, starts, negated=False).within(self.sayings.not_so)
        phrase, numbers, many = self._quantity(condition, negated=negated)
        predicate = self.predicates.predicate(condition.match, about, many=many)
        frame = self.sayings.as_many if named else self.sayings.so_many
        text = frame.format(quantity=phrase.format(**numbers), answers=answers, predicate=predicate)
        where = self.sayings.asked_where if condition.every else self.sayings.counted_where
        return self._narrowed(Saying(text), condition.when, selected, where)

    def _narrowed(self, saying: Saying, when: Condition | None, selected: Selected, phrase: str) -> Saying:
        """Add on what condition an answer counts."""
        if when is None:
            return saying
        narrowing = self.condition(when, holders(selected.questions)).settled()
        text = phrase.format(text=saying.text, condition=narrowing.text)
        return Saying(text, narrowing.parts)

    def _quantity(self, condition: ItemsCondition, *, negated: bool) -> tuple[str, dict[str, str], bool]:
        """Return how many are asked for: the phrase, the numbers in it, and whether several are spoken of."""
        sayings, least, most = self.sayings, condition.at_least, condition.at_most
        if condition.every:
            return (sayings.not_all_of if negated else sayings.all_of), {}, True
        low = {} if least is None else {"low": self._count(least)}
        high = {} if most is None else {"high": self._count(most)}
        if least is not None and most is not None:
            if least == most and not negated:
                return sayings.exactly_of, {"number": low["low"]}, least != 1
            named = any(isinstance(bound, MeasureReference) for bound in (least, most))
            phrase = sayings.outside_of if negated else sayings.bounds_of if named else sayings.range_of
            return phrase, {**low, **high}, True
        if most is not None:
            if most == 0:
                return (sayings.any_of if negated else sayings.none_of), {}, False
            return (sayings.more_of if negated else sayings.most_of), {"number": high["high"]}, most != 1
        if least in (None, 1):
            return (sayings.none_of if negated else sayings.any_of), {}, False
        return (sayings.fewer_of if negated else sayings.least_of), {"number": low["low"]}, True

    def _count(self, number: Number) -> str:
        text = self.naming.number(number)
        return self.sayings.number_named.format(number=text) if isinstance(number, MeasureReference) else text

    def _measure(self, condition: MeasureCondition, *, negated: bool) -> Saying:
        name = self.naming.measure_with_meaning(condition.measure)
        predicate = self.predicates.predicate(condition.match, About("number"), negated=negated)
        text = self.sayings.said_of.format(subject=name, predicate=predicate)
        # Of a number without a value nothing holds, and so the contrary of everything does.
        if negated and not self.predicates.is_of_answering(condition.match):
            text = self.sayings.or_has_no_value.format(text=text)
        return Saying(text)

    def _assessment(self, condition: AssessmentCondition, *, negated: bool) -> Saying:
        sayings, assessment = self.sayings, condition.assessment
        subject = sayings.level_of.format(assessment=self.naming.assessment(assessment))
        if not negated:
            predicate = self.level_predicate(assessment, condition, many=False)
            return Saying(sayings.said_of.format(subject=subject, predicate=predicate))
        verbs = sayings.verbs[False]
        low, high = (None if one is None else self.naming.level(assessment, one) for one in self._ends(condition))
        said = [] if low is None else [sayings.lower_than.format(**verbs, level=low)]
        said += [] if high is None else [sayings.higher_than.format(**verbs, level=high)]
        if condition.match is not None:
            about = self._about_levels(assessment)
            said.append(self.predicates.predicate(condition.match, about, negated=True))
        text = sayings.said_of.format(subject=subject, predicate=self._or(said) if said else "")
        is_certain = condition.match is not None and self.predicates.is_of_answering(condition.match)
        # "No level" is neither high nor low: the contrary of everything holds of it.
        return Saying(text if is_certain else sayings.or_has_no_level.format(text=text))

    def _or(self, said: Sequence[str]) -> str:
        text = said[-1]
        for one in reversed(said[:-1]):
            text = self.sayings.or_.format(first=one, last=text)
        return text

    def _several(self, conditions: Sequence[Condition], starts: Starts, *, every: bool, negated: bool) -> Saying:
        sayings = self.sayings
        if len(conditions) == 1:
            return self.condition(conditions[0], starts, negated=negated)
        parts = tuple(self.condition(one, starts) for one in conditions)
        if negated:
            return Saying(sayings.not_all_hold if every else sayings.none_holds, parts)
        if every:
            return Saying(sayings.all_hold, parts, sayings.both)
        return Saying(sayings.any_holds, parts, sayings.either)

    def _about_levels(self, assessment: str) -> About:
        found = next(one for one in self.definition.words.assessments if one.id == assessment)
        return About("level", levels={level.id: level.title for level in found.levels})

    def _ends(self, asked: AssessmentCondition | AssessmentSelection) -> tuple[str | None, str | None]:
        return asked.at_least, asked.at_most
