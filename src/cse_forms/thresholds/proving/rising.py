"""Claims that an outcome rises with the answers: an indicator that is answered Yes never lowers the suggestion.

An indicator is a question with an answer that a rule of the assessment asks for: one that a match names, in a condition
that asks for at least so many such answers or in a count, and not under a `not`. That answer need not be called Yes.
A weighted question is one that a term of a measure weighs; there a higher weight must not lower the suggestion, or,
where low numbers are the grave ones, not raise it. Where the same weight counts both ways, nothing is claimed.

What is compared is the suggestion: the lowest level that is possible, whatever else is known or not.

Questions that no rule tells apart are argued once, for the first of them, and so are rows and sections: swapping two
such questions, or two such rows with all that stands in them, changes neither what any rule reads nor what it says.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

from cse_forms.schema.conditions import ItemsTerm
from cse_forms.schema.items import Item, Kind, Question, Section
from cse_forms.schema.vocabulary import Assessment
from cse_forms.thresholds.proving.answers import Answer, ChangedSheet, Keys, Sheet, is_same, mixed, values_of
from cse_forms.thresholds.proving.by_parts import EITHER_WAY
from cse_forms.thresholds.proving.changing import Pair, decided, place_of
from cse_forms.thresholds.proving.claims import PROVED, Claim, Decision, Proof, gives_levels, numbered
from cse_forms.thresholds.proving.encode import Encoding
from cse_forms.thresholds.proving.ladder import Assessed
from cse_forms.thresholds.proving.logic import Bool, all_of, any_of, equal, more_than, opposite
from cse_forms.thresholds.proving.numbers import Adder
from cse_forms.thresholds.proving.reads import Read, Reader, named_values
from cse_forms.thresholds.proving.solving import Clock
from cse_forms.thresholds.proving.ways import Ways

One = TypeVar("One")


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
        if not assessment.ordered or not gives_levels(assessment):
            continue
        reads = list(Reader(proof.definition, follow=True).assessment(assessment))
        for group in alike.grouped(indicators(reads)):
            yield _indicator_claim(proof, assessment, group)
        ways = Ways(proof.definition, assessment)
        for weighed in alike.grouped_terms(reads):
            way = ways.of(weighed[0].term)
            if way is not None:
                yield _weight_claim(proof, assessment, weighed, downwards=way < 0)


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
        self._read_in_row: set[tuple[str, ...]] = set()
        """Questions that a rule names as they stand beside another one."""
        for read in Reader(proof.definition, follow=False).all():
            if read.by:
                self._reads[read.question.keys].add(f"{read.by} {read.match!r}")
            else:
                self._read_in_row.add(read.question.keys)

    def grouped(self, found: Sequence[Indicator]) -> list[list[Indicator]]:
        """Return indicators in groups, each of questions that are alike."""
        return _joined(found, lambda one: self._signs(one.question, repr(one.values)))

    def grouped_terms(self, reads: Sequence[Read]) -> list[list[Weighed]]:
        """Return weighted questions in groups, each of questions that are alike."""
        found = [Weighed(read.question, read.term) for read in reads if read.term is not None]
        return _joined(found, lambda one: self._signs(one.question, id(one.term)))

    def _signs(self, question: Question, of: Any) -> list[tuple[Any, ...]]:
        """Return what questions have in common that may stand for one another.

        Two in one section may, where nothing tells them apart; or two in sections that nothing tells apart.
        """
        row = question.holder
        if not isinstance(row, Section):
            return [(of, question.keys)]
        beside = question.keys if question.keys in self._read_in_row else ()
        around = () if row.holder is None else row.holder.keys
        columns = tuple((key, self._own(child)) for key, child in row.children.items())
        return [
            (of, "beside", beside, row.keys, self._own(question)),
            (of, "in", around, question.keys[-1], repr(row.show_when), columns),
        ]

    def _own(self, item: Item) -> Any:
        if not isinstance(item, Question):
            return item.keys
        options = tuple((option.value, option.unknown, option.weight) for option in item.options)
        read = tuple(sorted(self._reads.get(item.keys, ())))
        bounds = item.lowest, item.highest
        return (item.kind, options, bounds, repr(item.default), repr(item.show_when), read)


def _joined(found: Sequence[One], signs: Callable[[One], list[tuple[Any, ...]]]) -> list[list[One]]:
    """Return groups of what has a sign in common with another of its group."""
    groups: list[list[One]] = []
    known: dict[tuple[Any, ...], list[One]] = {}
    for one in found:
        own = signs(one)
        joined: list[One] = []
        for group in {id(known[sign]): known[sign] for sign in own if sign in known}.values():
            joined += group
            groups = [other for other in groups if other is not group]
        joined.append(one)
        groups.append(joined)
        for member in joined:
            known |= dict.fromkeys(signs(member), joined)
    return groups


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


def _answered(proof: Proof, indicator: Indicator) -> Iterator[Pair]:
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

        after = Encoding(proof.definition, ChangedSheet(before.sheet, change), draft=draft)
        yield Pair(before, after, own, limits, EITHER_WAY)


def _is_value(answer: Answer, value: Any) -> Bool:
    return any_of(taken for one, taken in answer.chosen if is_same(one, value))


def _never_falls(
    proof: Proof,
    assessment: Assessment,
    pairs: Iterator[Pair],
    clock: Clock,
    *,
    downwards: bool = False,
) -> Decision:
    """Return whether the suggestion never falls from the first response to the second; downwards: never rises."""
    decision = PROVED
    for pair in pairs:

        def wrong(one: Pair) -> Bool:
            first, second = one.before.assessment(assessment.id), one.after.assessment(assessment.id)
            return falls(second, first) if downwards else falls(first, second)

        def confirm(before: Any, after: Any) -> bool:
            first, second = (
                min(place_of(assessment, level) for level in one.assessments[assessment.id].possible)
                for one in (before, after)
            )
            return second > first if downwards else second < first

        decision = decided(proof, pair, wrong, confirm, clock)
        if decision.verdict != "proved":
            break
    return decision


def falls(before: Assessed, after: Assessed) -> Bool:
    """Return whether the lowest possible level, which is the one suggested, is lower afterwards.

    The highest one may well fall once a blank is answered: an answer always leaves less open.
    """
    return any_of(
        all_of((before.lowest_is_at_least(level), opposite(after.lowest_is_at_least(level))))
        for level in range(len(before.assessment.levels))
    )


# --- weights ---------------------------------------------------------------------------------------------------------


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


def _heavier(proof: Proof, weighed: Weighed) -> Iterator[Pair]:
    """Yield pairs of responses of which the second has one known answer of a higher weight."""
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
        limits.append(more_than(weights[1][0].low.number, weights[0][0].low.number))
        yield Pair(before, after, own, limits, EITHER_WAY)
