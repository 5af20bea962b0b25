"""What a part of a policy leaves out or never does: numbers in no band, questions that never match, idle changes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from cse_forms import pointers
from cse_forms.schema.checks.bands import Ends, ends_of, shown
from cse_forms.schema.checks.possibilities import Possibilities
from cse_forms.schema.checks.said import Said, conditions_in, said_conditions
from cse_forms.schema.conditions import (
    AssessmentSelection,
    CountMeasure,
    DaysMeasure,
    ItemsCondition,
    Match,
    MeasureCondition,
    MonthsMeasure,
    YearsMeasure,
)
from cse_forms.schema.items import Kind, Question
from cse_forms.schema.reach import Reach, Real
from cse_forms.schema.vocabulary import Adjustment, Assessment, Rule

_NUMBER_WORDS = {"minimum", "maximum", "exclusive_minimum", "exclusive_maximum"}
_NUMBERS = {Kind.INTEGER, Kind.NUMBER}


def left_out(possibilities: Possibilities) -> Iterator[tuple[str, str, str]]:
    """Yield the place, the code and the words of all that seems to be left out of a policy, or never to do a thing."""
    for number, assessment in enumerate(possibilities.definition.words.assessments):
        at = f"/x-form/assessments/{number}"
        for index, rule in enumerate(assessment.rules):
            if rule.bands:
                for message in _outside(possibilities, assessment, rule):
                    yield f"{at}/rules/{index}/bands", "outside-bands", message
        for index in _idle(assessment):
            message = "this changes nothing: every level that can stand before it stays; levels go from the lowest up"
            yield f"{at}/adjustments/{index}", "changes-nothing", message
    yield from _never_matching(possibilities)


def _outside(possibilities: Possibilities, assessment: Assessment, rule: Rule) -> Iterator[str]:
    """Say which numbers lie below the first band or above the last one, where that may be a slip."""
    if rule.measure is None:
        return
    reach = possibilities.reaches[rule.measure]
    bands = ends_of(possibilities.definition, rule)
    first, last = bands[0].first, bands[-1].last
    others = [one for one in assessment.rules if one is not rule]
    if _is_read(possibilities, rule.measure, others):
        return
    below, above = _ends_told(assessment, rule)
    if below and first is not None and reach.is_within(None, first, below=True) and not _is_past(possibilities, rule):
        yield f"no band holds {_below(reach, first)}, which '{rule.measure}' may come to{_remedy('first', 'from')}"
    if above and last is not None and reach.is_within(last, None, above=True):
        yield f"no band holds {_above(reach, last)}, which '{rule.measure}' may come to{_remedy('last', 'to')}"


def _remedy(which: str, word: str) -> str:
    return f"; if it has that level too, leave '{word}' out of the {which} band"


def _ends_told(assessment: Assessment, rule: Rule) -> tuple[bool, bool]:
    """Return whether what lies below the bands is told, and what lies above them.

    Where `otherwise` gives a level it is meant for one end of the bands, the one at which they are less grave.
    """
    if assessment.otherwise is None or assessment.otherwise.level is None:
        return True, True
    order = [level.id for level in assessment.levels]
    first, last = order.index(rule.bands[0].level), order.index(rule.bands[-1].level)
    return assessment.ordered and first > last, assessment.ordered and last > first


def _is_read(possibilities: Possibilities, measure: str, rules: Iterable[Rule]) -> bool:
    """Whether other rules of the assessment read the same measure, and so may hold what is left out."""
    for rule in rules:
        if rule.measure == measure:
            return True
        if rule.when is not None:
            inside = conditions_in(possibilities.definition, Said("", rule.when))
            if any(isinstance(one.condition, MeasureCondition) and one.condition.measure == measure for one in inside):
                return True
    return False


def _is_past(possibilities: Possibilities, rule: Rule) -> bool:
    """Whether the numbers are those of a span that ends before it begins, which is a slip in the answers."""
    measure = possibilities.definition.words.measures[rule.measure or ""]
    if not isinstance(measure, YearsMeasure | MonthsMeasure | DaysMeasure):
        return False
    ends: Ends = ends_of(possibilities.definition, rule)[0]
    return ends.first is not None and ends.first <= 0


def _below(reach: Reach, first: Real) -> str:
    if reach.lowest is None:
        return f"numbers less than {shown(first)}"
    last = reach.below(first) if reach.values is not None or reach.unit else None
    if last is None:
        return f"numbers from {shown(reach.lowest)} to less than {shown(first)}"
    return _from_to(reach.lowest, last)


def _above(reach: Reach, last: Real) -> str:
    if reach.highest is None:
        return f"numbers more than {shown(last)}"
    first = reach.above(last) if reach.values is not None or reach.unit else None
    if first is None:
        return f"numbers more than {shown(last)}, up to {shown(reach.highest)}"
    return _from_to(first, reach.highest)


def _from_to(first: Real, last: Real) -> str:
    return shown(first) if first == last else f"{shown(first)} to {shown(last)}"


def _idle(assessment: Assessment) -> Iterator[int]:
    """Yield the adjustments that leave every level as it is that can stand before them."""
    order = [level.id for level in assessment.levels]
    before = {
        order.index(level)
        for rule in assessment.rules
        for level in [rule.level, *(band.level for band in rule.bands), *(order if rule.level_of is not None else [])]
        if level is not None
    }
    if assessment.otherwise is not None and assessment.otherwise.level is not None:
        before.add(order.index(assessment.otherwise.level))
    for index, adjustment in enumerate(assessment.adjustments):
        after = {_changed(order, adjustment, level) for level in before}
        if all(_changed(order, adjustment, level) == level for level in before):
            yield index
        before |= after


def _changed(order: list[str], adjustment: Adjustment, level: int) -> int:
    top = len(order) - 1
    ceiling = top if adjustment.not_above is None else order.index(adjustment.not_above)
    floor = 0 if adjustment.not_below is None else order.index(adjustment.not_below)
    changed = max(level, min(level + (adjustment.raise_ or 0), ceiling))
    changed = min(changed, max(changed - (adjustment.lower or 0), floor))
    changed = max(changed, 0 if adjustment.at_least is None else order.index(adjustment.at_least))
    return min(changed, top if adjustment.at_most is None else order.index(adjustment.at_most))


def _never_matching(possibilities: Possibilities) -> Iterator[tuple[str, str, str]]:
    """Yield where some of the selected questions can never match, while others can."""
    told: set[str] = set()
    for at, match, questions in _asked(possibilities):
        for_unknown = _asks_for_unknown(match, questions)
        never = [one for one in questions if not _can_match(possibilities, one, match, for_unknown=for_unknown)]
        if never and len(never) < len(questions) and at not in told:
            told.add(at)
            others = f" and {len(never) - 1} more" if len(never) > 1 else ""
            message = f"{never[0].pointer}{others} can never match this, while the rest of what is selected can"
            yield at, "cannot-match", message


def _asked(possibilities: Possibilities) -> Iterator[tuple[str, Match, tuple[Question, ...]]]:
    """Yield where answers are matched: the place, what is asked of them, and of which questions."""
    definition = possibilities.definition
    for name, measure in definition.words.measures.items():
        if isinstance(measure, CountMeasure) and not isinstance(measure.count, AssessmentSelection):
            at = f"/x-form/measures/{pointers.escape(name)}/count"
            yield at, measure.count.match, definition.select(measure.count.items)
    for said in said_conditions(definition):
        for one in conditions_in(definition, said):
            if isinstance(one.condition, ItemsCondition):
                yield one.at, one.condition.match, definition.select(one.condition.items, one.row)


def _can_match(possibilities: Possibilities, question: Question, match: Match, *, for_unknown: bool) -> bool:
    """Whether an answer to a question can match. One that lacks the Not Known that is asked for is let pass."""
    if not _suits(question, match):
        return False
    if for_unknown and question.kind in {Kind.CHOICE, Kind.CHOICES}:
        return True
    return possibilities.of_answer(question, match).holds


def _suits(question: Question, match: Match) -> bool:
    """Whether an answer to a question of this kind can be what each word of a match speaks of."""
    kind, words = question.kind, match.model_fields_set
    values = [option.value for option in question.options]
    if words & _NUMBER_WORDS and kind not in _NUMBERS and not any(_is_number(value) for value in values):
        return False
    if "min_length" in words and kind not in {Kind.TEXT, Kind.DATE} and not any(isinstance(v, str) for v in values):
        return False
    if "contains" in words and kind is not Kind.CHOICES:
        return False
    if "within" in words and kind is not Kind.DATE:
        return False
    if "weight" in words and kind is not Kind.CHOICE:
        return False
    wanted = [*([match.const] if "const" in words else []), *match.enum]
    if wanted and kind in {Kind.TEXT, Kind.DATE}:
        return any(isinstance(value, str) for value in wanted)
    return not wanted or kind is not Kind.CHOICES or any(isinstance(value, list) for value in wanted)


def _is_number(value: object) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


def _asks_for_unknown(match: Match, questions: Iterable[Question]) -> bool:
    wanted = [match.const, *match.enum]
    return any(option.unknown and option.value in wanted for one in questions for option in one.options)
