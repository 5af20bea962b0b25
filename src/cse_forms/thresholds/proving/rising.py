"""Claims that an outcome rises with the answers: an indicator that is answered Yes never lowers the suggestion.

An indicator is a question with an answer that a rule of the assessment asks for: one that a match names, in a condition
that asks for at least so many such answers or in a count, and not under a `not`. That answer need not be called Yes.
A weighted question is one that a term of a measure weighs; there a higher weight must not lower the suggestion. Where
every table of bands that reads it gives lower levels to higher numbers, a higher weight must not raise it instead.

Rows of one shape that no rule tells apart are argued once, for the first of them: swapping two such rows changes
neither what any rule reads nor what it says.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from cse_forms.schema.conditions import ItemsTerm
from cse_forms.schema.items import Item, Kind, Question
from cse_forms.schema.vocabulary import Assessment
from cse_forms.thresholds.proving.answers import Answer, ChangedSheet, Keys, Sheet, is_same, mixed, values_of
from cse_forms.thresholds.proving.changing import Pair, decided, place_of
from cse_forms.thresholds.proving.claims import PROVED, Claim, Decision, Proof, numbered
from cse_forms.thresholds.proving.encode import Encoding
from cse_forms.thresholds.proving.ladder import Assessed
from cse_forms.thresholds.proving.logic import Bool, all_of, any_of, at_least, equal, opposite
from cse_forms.thresholds.proving.numbers import Adder
from cse_forms.thresholds.proving.reads import Read, Reader, named_values
from cse_forms.thresholds.proving.solving import Clock


@dataclass(frozen=True)
class Indicator:
    """A question, and the answers of it that count as Yes."""

    question: Question
    values: tuple[Any, ...]


@dataclass(frozen=True)
class Weighed:
    """A question, and the term that weighs it."""

    question: Question
    term: ItemsTerm


def claims(proof: Proof) -> Iterator[Claim]:
    """Yield the claims about one form."""
    alike = Alike(proof)
    for assessment in proof.definition.words.assessments:
        if not assessment.ordered:
            continue
        reads = list(Reader(proof.definition, follow=True).assessment(assessment))
        for group in alike.grouped(indicators(reads)):
            yield _indicator_claim(proof, assessment, group)
        downwards = _descends(assessment)
        for weighed in alike.grouped_terms(reads):
            yield _weight_claim(proof, assessment, weighed, downwards=downwards)


def indicators(reads: Sequence[Read]) -> list[Indicator]:
    """Return the questions that have an answer that a rule asks for, each with those answers."""
    found: dict[tuple[str, ...], tuple[Question, list[Any]]] = {}
    for read in reads:
        if not read.asks_for or read.match is None:
            continue
        unknown = {option.value for option in read.question.options if option.unknown}
        for value in named_values(read.match):
            offered = any(is_same(value, one) for one in values_of(read.question))
            if offered and value not in unknown:
                known = found.setdefault(read.question.keys, (read.question, []))[1]
                if not any(is_same(value, one) for one in known):
                    known.append(value)
    return [Indicator(question, tuple(values)) for question, values in found.values()]


class Alike:
    """Tells which questions the rules do not tell apart."""

    def __init__(self, proof: Proof) -> None:
        self._reads: dict[tuple[str, ...], set[str]] = defaultdict(set)
        for read in Reader(proof.definition, follow=False).all():
            if read.by:
                self._reads[read.question.keys].add(f"{read.by} {read.match!r}")

    def grouped(self, found: Sequence[Indicator]) -> list[list[Indicator]]:
        """Return indicators in groups, each of questions that are alike."""
        groups: dict[Any, list[Indicator]] = defaultdict(list)
        for indicator in found:
            groups[(repr(indicator.values), self._sign(indicator.question))].append(indicator)
        return list(groups.values())

    def grouped_terms(self, reads: Sequence[Read]) -> list[list[Weighed]]:
        """Return weighted questions in groups, each of questions that are alike."""
        groups: dict[Any, list[Weighed]] = defaultdict(list)
        for read in reads:
            if read.term is not None:
                groups[(id(read.term), self._sign(read.question))].append(Weighed(read.question, read.term))
        return list(groups.values())

    def _sign(self, question: Question) -> tuple[Any, ...]:
        """Return what questions have in common that may stand for one another, with the rows that they stand in."""
        row = question.holder
        if row is None or not getattr(row, "is_row", False):
            return (question.keys,)
        around = row.holder
        columns = tuple((key, self._own(child)) for key, child in row.children.items())
        return (() if around is None else around.keys, question.keys[-1], repr(row.show_when), columns)

    def _own(self, item: Item) -> Any:
        if not isinstance(item, Question):
            return item.keys
        options = tuple((option.value, option.unknown, option.weight) for option in item.options)
        read = tuple(sorted(self._reads.get(item.keys, ())))
        return (item.kind, options, repr(item.default), repr(item.show_when), read)


# --- indicators ------------------------------------------------------------------------------------------------------


def _indicator_claim(proof: Proof, assessment: Assessment, group: Sequence[Indicator]) -> Claim:
    indicator = group[0]
    titles = indicator.question.option_titles
    named = " or ".join(
        f"'{titles.get(value, 'ticked' if value is True else 'not ticked')}'" for value in indicator.values
    )

    def decide(clock: Clock) -> Decision:
        return _never_falls(proof, assessment, _answered(proof, indicator), clock)

    return Claim(
        kind="indicator-never-lowers",
        about=f"{assessment.id}{indicator.question.pointer}",
        statement=f"Answering {named} at {numbered([one.question for one in group])} never lowers the level of "
        f"'{assessment.title}'.",
        decide=decide,
    )


def _spot_of(question: Question) -> Keys:
    """Return where a question stands; in a table, in its first row: rows can be swapped."""
    return tuple(0 if key == "*" else key for key in question.keys)


def _answered(proof: Proof, indicator: Indicator) -> Iterator[tuple[bool, Pair]]:
    """Yield pairs of responses of which the second alone answers an indicator with Yes."""
    place = _spot_of(indicator.question)
    for draft in (False, True):
        own = Sheet(proof.definition, "yes")
        before = proof.draft if draft else proof.complete
        limits: list[Bool] = []

        def change(
            question: Question, keys: Keys, answer: Answer, own: Sheet = own, limits: list[Bool] = limits
        ) -> Answer:
            if keys != place:
                return answer
            other = own.answer(question, keys)
            yes = [_is_value(other, value) for value in indicator.values]
            was = [_is_value(answer, value) for value in indicator.values]
            limits.append(any_of(yes))
            if question.kind is Kind.CHOICES:
                # One more option is chosen, and nothing else changes.
                limits.append(any_of(all_of((now, opposite(then))) for now, then in zip(yes, was, strict=True)))
                limits.extend(
                    any_of((opposite(then), now))
                    for (_, then), (_, now) in zip(answer.chosen, other.chosen, strict=True)
                )
                limits.extend(
                    any_of((then, opposite(now)))
                    for (value, then), (_, now) in zip(answer.chosen, other.chosen, strict=True)
                    if not any(is_same(value, one) for one in indicator.values)
                )
            else:
                limits.append(opposite(any_of(was)))
            return mixed(True, other, answer)

        yield (
            draft,
            Pair(before, Encoding(proof.definition, ChangedSheet(before.sheet, change), draft=draft), own, limits),
        )


def _is_value(answer: Answer, value: Any) -> Bool:
    return any_of(taken for one, taken in answer.chosen if is_same(one, value))


def _never_falls(
    proof: Proof,
    assessment: Assessment,
    pairs: Iterator[tuple[bool, Pair]],
    clock: Clock,
    *,
    downwards: bool = False,
) -> Decision:
    """Return whether the level never falls from the first response to the second; downwards: whether it never rises."""
    for _, pair in pairs:
        first, second = (one.assessment(assessment.id) for one in (pair.before, pair.after))
        wrong = falls(second, first) if downwards else falls(first, second)

        def confirm(before: Any, after: Any) -> bool:
            ends = [
                sorted(place_of(assessment, level) for level in one.assessments[assessment.id].possible)
                for one in ((after, before) if downwards else (before, after))
            ]
            return ends[1][0] < ends[0][0] or ends[1][-1] < ends[0][-1]

        found = decided(proof, pair, wrong, confirm, clock)
        if found.verdict != "proved":
            return found
    return PROVED


def falls(before: Assessed, after: Assessed) -> Bool:
    """Return whether the lowest or the highest possible level is lower afterwards."""
    return any_of(
        any_of(
            (
                all_of((before.lowest_is_at_least(level), opposite(after.lowest_is_at_least(level)))),
                all_of((before.highest_is_at_least(level), opposite(after.highest_is_at_least(level)))),
            )
        )
        for level in range(len(before.assessment.levels))
    )


# --- weights ---------------------------------------------------------------------------------------------------------


def _descends(assessment: Assessment) -> bool:
    """Whether higher numbers mean lower levels in all bands of the assessment."""
    place = {level.id: index for index, level in enumerate(assessment.levels)}
    rows = [[place[band.level] for band in rule.bands] for rule in assessment.rules if len(rule.bands) > 1]
    return bool(rows) and all(row == sorted(row, reverse=True) for row in rows)


def _weight_claim(proof: Proof, assessment: Assessment, group: Sequence[Weighed], *, downwards: bool) -> Claim:
    weighed = group[0]

    def decide(clock: Clock) -> Decision:
        return _never_falls(proof, assessment, _heavier(proof, weighed), clock, downwards=downwards)

    does = "raises" if downwards else "lowers"
    return Claim(
        kind="weight-never-lowers",
        about=f"{assessment.id}{weighed.question.pointer}",
        statement=f"An answer of a higher weight at {numbered([one.question for one in group])} never {does} the level "
        f"of '{assessment.title}'.",
        decide=decide,
    )


def _heavier(proof: Proof, weighed: Weighed) -> Iterator[tuple[bool, Pair]]:
    """Yield pairs of responses of which the second has one known answer of a higher weight, or of the same."""
    place = _spot_of(weighed.question)
    for draft in (False, True):
        own = Sheet(proof.definition, "heavier")
        before = proof.draft if draft else proof.complete
        limits: list[Bool] = []

        def change(question: Question, keys: Keys, answer: Answer, own: Sheet = own) -> Answer:
            return own.answer(question, keys) if keys == place else answer

        after = Encoding(proof.definition, ChangedSheet(before.sheet, change), draft=draft)
        weights = [Adder(one).weight_at(weighed.term, weighed.question, place) for one in (before, after)]
        for (number, gap), encoding in zip(weights, (before, after), strict=True):
            limits += [opposite(gap), opposite(number.low.none), opposite(number.high.none)]
            limits += [equal(number.low.number, number.high.number), encoding.sheet.exists(place)]
        limits.append(at_least(weights[1][0].low.number, weights[0][0].low.number))
        yield draft, Pair(before, after, own, limits)
