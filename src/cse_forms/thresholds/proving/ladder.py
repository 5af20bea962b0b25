"""From rules and adjustments that hold, fail or are unknown to the levels that are possible, as the solver's terms."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from cse_forms.schema.conditions import AssessmentCondition, AssessmentSelection, Match, MeasureReference
from cse_forms.schema.items import Kind
from cse_forms.schema.vocabulary import Adjustment, Assessment, Band, Rule
from cse_forms.thresholds.proving.answers import as_read
from cse_forms.thresholds.proving.logic import (
    TRUE,
    Bool,
    Truth,
    all_of,
    any_of,
    every,
    opposite,
)
from cse_forms.thresholds.proving.matching import bound_of, compare, matches_nothing_there
from cse_forms.thresholds.proving.ranges import Range

if TYPE_CHECKING:
    from cse_forms.thresholds.proving.encode import Encoding

NOTHING = -1
"""The number of "no level"; levels are numbered from nought, from the lowest."""


@dataclass(frozen=True, slots=True)
class Gift:
    """What a rule may give: nothing, or levels."""

    nothing: Bool
    levels: tuple[Bool, ...]

    def is_certainly(self, level: int) -> Bool:
        """Whether it gives this level and can give nothing else."""
        others = (found for index, found in enumerate(self.levels) if index != level)
        return all_of((self.levels[level], opposite(self.nothing), *(opposite(other) for other in others)))

    def up_to(self, level: int) -> Bool:
        """Whether it may give nothing, or no more than this level."""
        return any_of((self.nothing, *self.levels[: level + 1]))


@dataclass(frozen=True, slots=True)
class Assessed:
    """What an assessment comes to."""

    assessment: Assessment
    possible: tuple[Bool, ...]
    """Whether each level is possible: "no level" first, then from the lowest."""
    applies: Truth
    clash: Bool
    gifts: tuple[Gift, ...]
    """What each rule may give."""
    adjustments: tuple[Truth, ...]

    @property
    def determined(self) -> Bool:
        """Whether one level alone is possible."""
        single = [
            all_of((found, *(opposite(other) for index, other in enumerate(self.possible) if index != at)))
            for at, found in enumerate(self.possible)
        ]
        return all_of((any_of(single), opposite(self.clash)))

    def is_level(self, level: int) -> Bool:
        """Whether this level alone is possible."""
        others = (found for index, found in enumerate(self.possible) if index != level + 1)
        return all_of((self.possible[level + 1], opposite(self.clash), *(opposite(other) for other in others)))

    def lowest_is_at_least(self, level: int) -> Bool:
        """Whether nothing below this level is possible."""
        return all_of(opposite(found) for found in self.possible[: level + 1])

    def highest_is_at_least(self, level: int) -> Bool:
        """Whether this level, or one above it, is possible."""
        return any_of(self.possible[level + 1 :])


def gift(encoding: Encoding, rule: Rule, assessment: Assessment) -> Gift:
    """Return what a rule may give."""
    place = {level.id: index for index, level in enumerate(assessment.levels)}
    when = TRUE if rule.when is None else encoding.condition(rule.when)
    if rule.level is not None:
        levels = tuple(when.possible if level == place[rule.level] else False for level in range(len(place)))
        return Gift(opposite(when.holds), levels)
    if rule.level_of is not None:
        found = _level_of(encoding, rule.level_of, place)
    else:
        assert rule.measure is not None
        found = _banded(encoding, encoding.number(rule.measure), rule.bands, place)
    nothing = any_of((opposite(when.holds), found.nothing))
    return Gift(nothing, tuple(all_of((when.possible, level)) for level in found.levels))


def band_truths(encoding: Encoding, number: Range, bands: Sequence[Band]) -> list[Truth]:
    """Return whether a number lies in each of the bands."""
    found = []
    for index, band in enumerate(bands):
        truths = [number.present]
        if band.from_ is not None:
            truths.append(compare("minimum", number, bound_of(band.from_, encoding)))
        elif index and bands[index - 1].to is not None:
            before = bands[index - 1].to
            assert before is not None
            truths.append(compare("exclusive_minimum", number, bound_of(before, encoding)))
        if band.to is not None:
            truths.append(compare("maximum", number, bound_of(band.to, encoding)))
        elif index + 1 < len(bands) and bands[index + 1].from_ is not None:
            after = bands[index + 1].from_
            assert after is not None
            truths.append(compare("exclusive_maximum", number, bound_of(after, encoding)))
        found.append(every(truths))
    return found


def _banded(encoding: Encoding, number: Range, bands: Sequence[Band], place: dict[str, int]) -> Gift:
    truths = [Truth(truth.holds, truth.fails) for truth in band_truths(encoding, number, bands)]
    levels = tuple(
        any_of(truth.possible for band, truth in zip(bands, truths, strict=True) if place[band.level] == level)
        for level in range(len(place))
    )
    inside = any_of((*(truth.holds for truth in truths), _leaves_no_gap(encoding, number, bands)))
    return Gift(opposite(all_of((any_of(levels), number.present.holds, inside))), levels)


def _leaves_no_gap(encoding: Encoding, number: Range, bands: Sequence[Band]) -> Bool:
    """Return whether a number lies between the first and the last bound, whatever band it is in."""
    taken = any(isinstance(bound, MeasureReference) for band in bands for bound in (band.from_, band.to))
    if taken and any(one.to is not None and other.from_ is not None for one, other in pairwise(bands)):
        return False
    ends = []
    if bands[0].from_ is not None:
        ends.append(compare("minimum", number, bound_of(bands[0].from_, encoding)))
    if bands[-1].to is not None:
        ends.append(compare("maximum", number, bound_of(bands[-1].to, encoding)))
    return every(ends).holds


def _level_of(encoding: Encoding, sources: Iterable[str], place: dict[str, int]) -> Gift:
    """Return the highest level of answers and of other assessments."""
    gifts: list[Gift] = []
    for source in sources:
        if source.startswith("/"):
            gifts += _answers_levels(encoding, source, place)
        else:
            gifts.append(_other_level(encoding, source, place))
    return highest_gift(gifts, len(place))


def highest_gift(gifts: Sequence[Gift], count: int) -> Gift:
    """Return the highest of what several may give, each taken for itself."""
    levels = tuple(
        all_of((any_of(one.levels[level] for one in gifts), *(one.up_to(level) for one in gifts)))
        for level in range(count)
    )
    return Gift(all_of(one.nothing for one in gifts), levels)


def _other_level(encoding: Encoding, name: str, place: dict[str, int]) -> Gift:
    found = encoding.assessment(name)
    levels: list[list[Bool]] = [[] for _ in place]
    nothing = [found.possible[0]]
    for level, possible in zip(found.assessment.levels, found.possible[1:], strict=True):
        if level.id in place:
            levels[place[level.id]].append(possible)
        else:
            nothing.append(possible)
    return Gift(any_of(nothing), tuple(any_of(parts) for parts in levels))


def _answers_levels(encoding: Encoding, source: str, place: dict[str, int]) -> list[Gift]:
    found = []
    for question in encoding.definition.select((source,)):
        for spot in encoding.spots(question):
            asked = encoding.asked_at(spot)
            if spot.rows_unknown:
                offered = {option.value for option in question.options if not option.unknown}
                found.append(Gift(True, tuple(all_of((asked.possible, level in offered)) for level in place)))
                continue
            answer = as_read(encoding.sheet.answer(question, spot.keys), draft=encoding.draft)
            found.append(_answer_level(question, answer, asked, place))
    return found


def _answer_level(question: Any, answer: Any, asked: Truth, place: dict[str, int]) -> Gift:
    if not question.options:
        return Gift(True, (False,) * len(place))
    unknown = {option.value for option in question.options if option.unknown}
    known = [option.value for option in question.options if not option.unknown]
    open_answer = any_of((opposite(answer.given), *(taken for value, taken in answer.chosen if value in unknown)))
    if question.kind is Kind.CHOICES:
        # Several options name no level.
        open_answer = True
    levels: list[list[Bool]] = [[] for _ in place]
    nothing = [opposite(asked.holds), answer.none]
    for value, is_chosen in answer.chosen:
        if value in unknown:
            continue
        taken = all_of((is_chosen, opposite(open_answer)))
        if value in place:
            levels[place[value]] += [taken, open_answer]
        else:
            nothing += [taken, open_answer]
    if len(known) < 2:
        nothing.append(open_answer)
    # An unknown answer may be any of the levels, or nothing.
    nothing.append(open_answer)
    return Gift(any_of(nothing), tuple(all_of((asked.possible, any_of(parts))) for parts in levels))


def assessed(encoding: Encoding, assessment: Assessment, *, without_rule: int | None = None) -> Assessed:
    """Return what an assessment comes to.

    Args:
        encoding: the response.
        assessment: one of the form's.
        without_rule: the index of a rule that is left out, to see whether it matters.
    """
    gifts = tuple(gift(encoding, rule, assessment) for rule in assessment.rules)
    adjustments = tuple(encoding.condition(adjustment.when) for adjustment in assessment.adjustments)
    applies = TRUE if assessment.show_when is None else encoding.condition(assessment.show_when)
    counting = tuple(found for index, found in enumerate(gifts) if index != without_rule)
    return combined(assessment, counting, adjustments, applies, shown=gifts)


def combined(
    assessment: Assessment,
    gifts: Sequence[Gift],
    adjustments: Sequence[Truth],
    applies: Truth,
    *,
    shown: tuple[Gift, ...],
) -> Assessed:
    """Return the levels that rules and adjustments make."""
    count = len(assessment.levels)
    place = {level.id: index for index, level in enumerate(assessment.levels)}
    otherwise = NOTHING
    if assessment.otherwise is not None and assessment.otherwise.level is not None:
        otherwise = place[assessment.otherwise.level]
    if assessment.ordered:
        possible = _before_changes(gifts, count, otherwise)
        for adjustment, truth in zip(assessment.adjustments, adjustments, strict=True):
            possible = _changed(possible, change(adjustment, place), truth)
        clash: Bool = False
    else:
        possible, clash = _unordered(gifts, count, otherwise)
    possible = [all_of((applies.possible, found)) for found in possible]
    possible[0] = any_of((possible[0], opposite(applies.holds)))
    clash = all_of((clash, applies.holds))
    return Assessed(assessment, tuple(possible), applies, clash, shown, tuple(adjustments))


def _before_changes(gifts: Sequence[Gift], count: int, otherwise: int) -> list[Bool]:
    possible: list[Bool] = [False] * (count + 1)
    found = highest_gift(gifts, count) if gifts else Gift(True, (False,) * count)
    for level in range(count):
        possible[level + 1] = found.levels[level]
    possible[otherwise + 1] = any_of((possible[otherwise + 1], found.nothing))
    return possible


def _unordered(gifts: Sequence[Gift], count: int, otherwise: int) -> tuple[list[Bool], Bool]:
    certain = [any_of(one.is_certainly(level) for one in gifts) for level in range(count)]
    possible: list[Bool] = [False, *(any_of(one.levels[level] for one in gifts) for level in range(count))]
    none_certain = all_of(opposite(found) for found in certain)
    possible[otherwise + 1] = any_of((possible[otherwise + 1], none_certain))
    clash = any_of(all_of((one, other)) for index, one in enumerate(certain) for other in certain[:index])
    return possible, clash


def change(adjustment: Adjustment, place: dict[str, int]) -> list[int]:
    """Return the level that each level becomes."""
    top = len(place) - 1
    raise_by, lower_by = adjustment.raise_ or 0, adjustment.lower or 0
    not_above, not_below = place.get(adjustment.not_above or "", top), place.get(adjustment.not_below or "", 0)
    least, most = place.get(adjustment.at_least or "", 0), place.get(adjustment.at_most or "", top)
    found = []
    for level in range(len(place)):
        raised = max(level, min(level + raise_by, not_above))
        lowered = min(raised, max(raised - lower_by, not_below))
        found.append(min(max(lowered, least), most))
    return found


def _changed(possible: Sequence[Bool], becomes: Sequence[int], truth: Truth) -> list[Bool]:
    parts: list[list[Bool]] = [[] for _ in possible]
    parts[0].append(possible[0])
    for level, found in enumerate(possible[1:]):
        if becomes[level] == level:
            parts[level + 1].append(found)
        else:
            parts[level + 1].append(all_of((found, opposite(truth.holds))))
            parts[becomes[level] + 1].append(all_of((found, truth.possible)))
    return [any_of(found) for found in parts]


def level_matches(asked: AssessmentCondition | AssessmentSelection, level: str | None, assessment: Assessment) -> bool:
    """Return whether a level is such as is asked; "no level" is neither high nor low."""
    place = {found.id: index for index, found in enumerate(assessment.levels)}
    if level is None:
        only_match = asked.at_least is None and asked.at_most is None and asked.match is not None
        return only_match and asked.match is not None and matches_nothing_there(asked.match)
    if asked.at_least is not None and place[level] < place[asked.at_least]:
        return False
    if asked.at_most is not None and place[level] > place[asked.at_most]:
        return False
    return asked.match is None or _level_id_matches(asked.match, level)


def _level_id_matches(match: Match, level: str) -> bool:
    truths = []
    for word in match.model_fields_set:
        asked = getattr(match, word)
        if word in {"const", "enum"}:
            truths.append(level in (asked if word == "enum" else (asked,)))
        elif word == "not_":
            truths.append(not _level_id_matches(asked, level))
        else:
            truths.append(word == "answered" and bool(asked))
    return all(truths)
