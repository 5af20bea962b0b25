"""Looking for a response in which something comes out: a rule holds, a level is reached, a measure has a number.

`answers_where` is for whoever wants an example, such as a scenario. It returns the answers of a complete response, or
None where no answers do it, or `UNDECIDED` where the solver did not find out within its time. What it returns has been
read by the solver alone; who needs to be certain asks `Form.evaluate`.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from typing import Any, TypeAlias, assert_never

from cse_forms.schema.definition import Definition
from cse_forms.schema.items import Section
from cse_forms.thresholds.proving.answers import Sheet
from cse_forms.thresholds.proving.encode import Encoding
from cse_forms.thresholds.proving.ladder import NOTHING, band_truths
from cse_forms.thresholds.proving.logic import (
    TRUE,
    Bool,
    Truth,
    all_of,
    amount,
    any_of,
    equal,
    every,
    implies,
    opposite,
)
from cse_forms.thresholds.proving.ranges import is_exact
from cse_forms.thresholds.proving.solving import Clock, Undecided, solve, written


@dataclass(frozen=True, slots=True)
class RuleHolds:
    """A rule certainly holds (gives a level), certainly fails (gives nothing), or is unknown (None)."""

    assessment: str
    rule: str
    truth: bool | None = True


@dataclass(frozen=True, slots=True)
class BandHolds:
    """A rule's measure certainly lies in one of its bands, or certainly does not; the first band is 0."""

    assessment: str
    rule: str
    band: int
    truth: bool | None = True


@dataclass(frozen=True, slots=True)
class AdjustmentHolds:
    """An adjustment's condition certainly holds, certainly fails, or is unknown."""

    assessment: str
    adjustment: str
    truth: bool | None = True


@dataclass(frozen=True, slots=True)
class PromptHolds:
    """A prompt's condition certainly holds, certainly fails, or is unknown."""

    prompt: str
    truth: bool | None = True


@dataclass(frozen=True, slots=True)
class PromptShown:
    """A prompt holds, and no stronger one takes its place."""

    prompt: str


@dataclass(frozen=True, slots=True)
class CheckHolds:
    """A check's condition certainly holds, certainly fails, or is unknown."""

    check: str
    truth: bool | None = True


@dataclass(frozen=True, slots=True)
class LevelIs:
    """A level alone is possible; None is "no level"."""

    assessment: str
    level: str | None


@dataclass(frozen=True, slots=True)
class LowestIs:
    """A level is the lowest that is possible: the one that is suggested."""

    assessment: str
    level: str | None


@dataclass(frozen=True, slots=True)
class MeasureIs:
    """A measure certainly has this number; None: it certainly has no value."""

    measure: str
    value: int | float | Fraction | None


@dataclass(frozen=True, slots=True)
class QuestionAsked:
    """A question is certainly asked, certainly not, or it is unknown; in a table, in some row."""

    pointer: str
    truth: bool | None = True


@dataclass(frozen=True, slots=True)
class All:
    """Several goals at once."""

    goals: tuple[Goal, ...]


Goal: TypeAlias = (
    RuleHolds
    | BandHolds
    | AdjustmentHolds
    | PromptHolds
    | PromptShown
    | CheckHolds
    | LevelIs
    | LowestIs
    | MeasureIs
    | QuestionAsked
    | All
)


def answers_where(
    definition: Definition, goal: Goal, time_limit: float = 5.0, *, draft: bool = False
) -> dict[str, Any] | Undecided | None:
    """Return answers with which the goal is met; None where there are none; `UNDECIDED` when time has run out.

    Answers are preferred in which what is required is answered and nothing is Not Known. What need not be answered is
    left blank.

    Args:
        definition: the form's.
        goal: what must come out.
        time_limit: seconds.
        draft: whether the answers are to be read as a draft.
    """
    return Searcher(definition, draft=draft).answers(goal, time_limit)


class Searcher:
    """Looks for answers to one form; for several goals it is faster than `answers_where`."""

    def __init__(self, definition: Definition, *, draft: bool = False) -> None:
        self.definition = definition
        self.sheet = Sheet(definition)
        self.encoding = Encoding(definition, self.sheet, draft=draft)

    def answers(self, goal: Goal, time_limit: float = 5.0) -> dict[str, Any] | Undecided | None:
        """Return answers with which a goal is met; None, or `UNDECIDED`."""
        model = self.model(goal_term(self.encoding, goal), Clock.of(time_limit))
        if model is None or isinstance(model, Undecided):
            return model
        return written(self.sheet, model)

    def model(self, asked: Bool, clock: Clock) -> Any | Undecided | None:
        """Return a model, such as responses had better be."""
        if asked is False:
            return None
        required = list(required_answers(self.encoding))
        named = [opposite(answer.not_known) for answer in self.sheet.answers().values()]
        return solve([asked], [self.sheet], clock, [[*required, *named], required], sparing=True)


def required_answers(encoding: Encoding) -> Iterator[Bool]:
    """Yield that each question is answered that a complete response must answer."""
    for question in encoding.definition.questions.values():
        words = question.words.required
        holder = question.holder
        by_key = isinstance(holder, Section) and question.keys[-1] in holder.required
        if words is False and not by_key:
            continue
        for spot in encoding.spots(question):
            if spot.rows_unknown:
                continue
            required = TRUE
            if not by_key and not isinstance(words, bool):
                required = encoding.condition(words, holder, spot.keys[:-1])
            asked = every((encoding.asked_at(spot), required))
            yield implies(asked.holds, encoding.sheet.answer(question, spot.keys).given)


def truth_is(truth: Truth, wanted: bool | None) -> Bool:
    """Return whether a truth is certainly this one; None is unknown."""
    return truth.unknown if wanted is None else truth.holds if wanted else truth.fails


def goal_term(encoding: Encoding, goal: Goal) -> Bool:
    """Return whether a goal is met."""
    words = encoding.definition.words
    match goal:
        case RuleHolds():
            found = encoding.assessment(goal.assessment)
            index = [rule.id for rule in found.assessment.rules].index(goal.rule)
            gift = found.gifts[index]
            return truth_is(Truth(opposite(gift.nothing), opposite(any_of(gift.levels))), goal.truth)
        case BandHolds():
            found = encoding.assessment(goal.assessment)
            rule = next(rule for rule in found.assessment.rules if rule.id == goal.rule)
            assert rule.measure is not None
            when = TRUE if rule.when is None else encoding.condition(rule.when)
            band = band_truths(encoding, encoding.number(rule.measure), rule.bands)[goal.band]
            return truth_is(every((when, band)), goal.truth)
        case AdjustmentHolds():
            found = encoding.assessment(goal.assessment)
            index = [one.id for one in found.assessment.adjustments].index(goal.adjustment)
            return truth_is(found.adjustments[index], goal.truth)
        case PromptHolds():
            return truth_is(prompt_truth(encoding, goal.prompt), goal.truth)
        case PromptShown():
            stronger = [prompt.id for prompt in words.prompts if goal.prompt in prompt.replaces]
            shown = [opposite(prompt_truth(encoding, other).holds) for other in stronger]
            return all_of((prompt_truth(encoding, goal.prompt).holds, *shown))
        case CheckHolds():
            check = next(check for check in words.checks if check.id == goal.check)
            return truth_is(encoding.condition(check.when), goal.truth)
        case LevelIs():
            return encoding.assessment(goal.assessment).is_level(_place(encoding, goal.assessment, goal.level))
        case LowestIs():
            found, place = encoding.assessment(goal.assessment), _place(encoding, goal.assessment, goal.level)
            return all_of((found.lowest_is_at_least(place), found.possible[place + 1]))
        case MeasureIs():
            number = encoding.number(goal.measure)
            if goal.value is None:
                return number.present.fails
            value = goal.value if isinstance(goal.value, Fraction) else Fraction(str(goal.value))
            return all_of((number.present.holds, is_exact(number), equal(number.low.number, amount(value))))
        case QuestionAsked():
            question = encoding.definition.questions[goal.pointer]
            return any_of(
                all_of((spot.exists, truth_is(encoding.asked_at(spot), goal.truth)))
                for spot in encoding.spots(question)
            )
        case All():
            return all_of(goal_term(encoding, one) for one in goal.goals)
    assert_never(goal)


def prompt_truth(encoding: Encoding, name: str) -> Truth:
    """Return whether a prompt's condition holds; one without a condition always does."""
    prompt = next(prompt for prompt in encoding.definition.words.prompts if prompt.id == name)
    return TRUE if prompt.when is None else encoding.condition(prompt.when)


def _place(encoding: Encoding, assessment: str, level: str | None) -> int:
    levels = [found.id for found in encoding.assessment(assessment).assessment.levels]
    return NOTHING if level is None else levels.index(level)
