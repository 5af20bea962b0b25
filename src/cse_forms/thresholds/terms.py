"""The terms of a sum, or of the numbers of which the highest is taken, read over one response."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple, Protocol

from typing_extensions import override

from cse_forms.schema.conditions import Step
from cse_forms.schema.items import Question
from cse_forms.thresholds.intervals import (
    NO_VALUE,
    NOUGHT,
    Interval,
    Real,
    Truth,
    hull,
)
from cse_forms.thresholds.matching import Surroundings, all_hold, any_holds
from cse_forms.thresholds.measures import Numbers
from cse_forms.thresholds.reading import Instance, Reading, Run
from cse_forms.thresholds.tally import Leaf
from cse_forms.thresholds.weighing import (
    Factor,
    Weigher,
    Weight,
    measures_of_weighing,
    stepped,
)


class Part(NamedTuple):
    """One number that a term gives, in one response."""

    number: Interval
    included: Truth
    """Whether it counts: the question is asked, and the term's `when` does not leave it out."""
    is_gap: Truth = False
    """Unknown where it is one on some of the scales on which it may be weighed."""
    filled: Interval = NOUGHT
    """What a gap gives where it is taken for nought."""
    is_there: bool | None = True
    """Whether there is a number where a gap is answered: none of several options may be chosen."""
    is_answer: bool = True
    """Whether it is an answer's, and not another measure's."""
    is_many: bool = False
    """Whether it stands for rows of which nobody knows how many there are."""


class TermReading(Protocol):
    """A term, compiled for one form."""

    def applies(self, run: Run) -> Truth:
        """Whether one of its questions is asked, or its measure has a value or is left out."""

    def is_impossible(self, run: Run) -> Truth:
        """Whether it leaves a sum without a value."""

    def parts(self, run: Run) -> Iterator[Part]:
        """Yield what counts, and what may."""

    def answers(self, run: Run, truth: Truth) -> Iterator[Instance]:
        """Yield the answers that count for certain, for certain not, or perhaps."""

    def deciding(self, run: Run, *, lowest: bool, floor: Real | None = None) -> Iterator[Instance]:
        """Yield the answers that make its numbers what they are.

        Args:
            run: the response.
            lowest: whether those alone are asked for that make the whole as high as it is at the least.
            floor: how high that is, of the highest number; of a sum None.
        """

    def open(self, run: Run, *, gaps: bool) -> Iterator[Instance]:
        """Yield the answers that leave its numbers open; those that are gaps too, if they do."""

    def read(self) -> Iterator[Question]:
        """Yield the questions that it reads."""


@dataclass(frozen=True, slots=True)
class WeighedLeaf:
    """A selected question, and the scales on which its answers may be weighed."""

    leaf: Leaf
    scales: tuple[tuple[Reading | None, Weigher], ...]

    def weight(self, run: Run, instance: Instance, around: Surroundings) -> Weight:
        """Return what an answer weighs: on the first scale whose condition holds, or on none, and then nought."""
        found: list[Weight] = []
        for when, weigher in self.scales:
            truth = True if when is None else when.truth(run, instance.keys[:-1])
            if truth is not False:
                if instance.rows_unknown:
                    found.append(Weight(weigher.of_any_row(around), is_gap=True))
                else:
                    found.append(weigher.weight(instance.value, around, draft=run.draft))
            if truth:
                break
        else:
            found.append(Weight(NOUGHT))
        if len(found) == 1:
            return found[0]
        there, gaps = {weight.is_there for weight in found}, {weight.is_gap for weight in found}
        return Weight(
            hull(weight.number for weight in found if weight.is_there is not False),
            is_gap=gaps.pop() if len(gaps) == 1 else None,
            is_there=there.pop() if len(there) == 1 else None,
            filled=hull(weight.filled if weight.is_gap else weight.number for weight in found),
        )

    def deciding(self, run: Run, instance: Instance) -> Iterator[Instance]:
        """Yield the answers that say on which scale it is weighed."""
        for when, _ in self.scales:
            truth = True if when is None else when.truth(run, instance.keys[:-1])
            if when is not None and truth is not None:
                yield from when.deciding(run, instance.keys[:-1])
            if truth is not False:
                return

    def undecided(self, run: Run, instance: Instance) -> Iterator[Instance]:
        """Yield the answers that leave open on which scale it is weighed."""
        for when, _ in self.scales:
            truth = True if when is None else when.truth(run, instance.keys[:-1])
            if truth is None and when is not None:
                yield from when.deciding(run, instance.keys[:-1])
            if truth:
                return


@dataclass(frozen=True, slots=True)
class ItemsTermReading(TermReading):
    """The weights of the selected answers."""

    leaves: tuple[WeighedLeaf, ...]
    numbers: Numbers
    measures: tuple[str, ...]
    """Those that weights, bounds and factors are taken from."""

    @override
    def applies(self, run: Run) -> Truth:
        return any_holds(weighed.leaf.may_be_asked(run) for weighed in self.leaves)

    @override
    def is_impossible(self, run: Run) -> Truth:
        # A weight without a value is told by the answer that weighs so: what is left out does no harm.
        return False

    @override
    def parts(self, run: Run) -> Iterator[Part]:
        for weighed in self.leaves:
            for instance in weighed.leaf.instances(run, ()):
                included = weighed.leaf.is_counted(run, instance.keys)
                if included is not False:
                    yield self._part(run, weighed, instance, included)

    def _part(self, run: Run, weighed: WeighedLeaf, instance: Instance, included: Truth) -> Part:
        around = self.numbers.around(run, instance.keys[:-1])
        weight = weighed.weight(run, instance, around)
        if weight.is_there is False:
            included = False
        return Part(
            weight.number, included, weight.is_gap, weight.filled, weight.is_there, is_many=instance.rows_unknown
        )

    @override
    def answers(self, run: Run, truth: Truth) -> Iterator[Instance]:
        for weighed in self.leaves:
            for instance in weighed.leaf.instances(run, ()):
                included = weighed.leaf.is_counted(run, instance.keys)
                if included is not False:
                    part = self._part(run, weighed, instance, included)
                    if (True if part.included and part.is_gap is False else None) is truth:
                        yield instance

    @override
    def deciding(self, run: Run, *, lowest: bool, floor: Real | None = None) -> Iterator[Instance]:
        for weighed in self.leaves:
            for instance in weighed.leaf.instances(run, ()):
                included = weighed.leaf.is_counted(run, instance.keys)
                if included and not instance.rows_unknown:
                    part = self._part(run, weighed, instance, included)
                    if part.is_gap is False and not (lowest and _adds_nothing(part.number, floor)):
                        yield instance
                        yield from weighed.deciding(run, instance)
                when = weighed.leaf.when
                if when is not None and (not lowest or included):
                    yield from when.deciding(run, instance.keys[:-1])
        for measure in self.measures:
            yield from self.numbers.deciding(run, measure)

    @override
    def open(self, run: Run, *, gaps: bool) -> Iterator[Instance]:
        for weighed in self.leaves:
            for instance in weighed.leaf.instances(run, ()):
                included = weighed.leaf.is_counted(run, instance.keys)
                if included is False:
                    continue
                if included is None:
                    yield from weighed.leaf.undecided(run, instance.keys)
                yield from weighed.undecided(run, instance)
                if gaps and self._part(run, weighed, instance, included).is_gap is not False:
                    yield instance
        for measure in self.measures:
            yield from self.numbers.open(run, measure)

    @override
    def read(self) -> Iterator[Question]:
        for weighed in self.leaves:
            yield weighed.leaf.question
            if weighed.leaf.when is not None:
                yield from weighed.leaf.when.read()
            for when, _ in weighed.scales:
                if when is not None:
                    yield from when.read()
        for measure in self.measures:
            yield from self.numbers.questions(measure)


@dataclass(frozen=True, slots=True)
class MeasureTermReading(TermReading):
    """The number of another measure."""

    measure: str
    scales: tuple[tuple[Reading | None, tuple[Step, ...]], ...]
    factor: Factor
    when: Reading | None
    numbers: Numbers
    is_needed: bool
    """Whether the whole has no value where this one has none; the highest is that of the others."""

    @override
    def applies(self, run: Run) -> Truth:
        # What its `when` leaves out weighs nothing; without a value it is impossible.
        return True

    @override
    def is_impossible(self, run: Run) -> Truth:
        if not self.is_needed:
            return False
        has_value = self._number(run).has_value
        return all_hold((self._included(run), None if has_value is None else not has_value))

    @override
    def parts(self, run: Run) -> Iterator[Part]:
        included = self._included(run)
        number = self._number(run)
        if included is not False and number.has_value is not False:
            if not self.is_needed:
                included = all_hold((included, number.has_value))
            yield Part(Interval(number.lowest, number.highest), included, is_answer=False)

    def _included(self, run: Run) -> Truth:
        return True if self.when is None else self.when.truth(run)

    def _number(self, run: Run) -> Interval:
        number, around = self.numbers.number(run, self.measure), self.numbers.around(run, ())
        if number.has_value is not False and self.scales:
            weights = []
            for when, steps in self.scales:
                truth = True if when is None else when.truth(run)
                if truth is not False:
                    weights.append(stepped(steps, number.as_valued(), around) if steps else number.as_valued())
                if truth:
                    break
            else:
                weights.append(NOUGHT)
            weighed = hull(weights)
            number = weighed if number.has_value else weighed.or_else(NO_VALUE)
        return self.factor.applied(number, around)

    @override
    def answers(self, run: Run, truth: Truth) -> Iterator[Instance]:
        if self._included(run) is not False:
            yield from self.numbers.counted(run, self.measure) if truth else self.numbers.uncounted(run, self.measure)

    @override
    def deciding(self, run: Run, *, lowest: bool, floor: Real | None = None) -> Iterator[Instance]:
        if self._included(run) is not False and not (lowest and _adds_nothing(self._number(run), floor)):
            is_itself = self.factor == Factor() and not any(steps for _, steps in self.scales)
            yield from self.numbers.deciding_number(run, self.measure, True, lowest=lowest and is_itself)
            for measure in self._others():
                yield from self.numbers.deciding(run, measure)
        for when in self._conditions():
            yield from when.deciding(run)

    @override
    def open(self, run: Run, *, gaps: bool) -> Iterator[Instance]:
        if self._included(run) is not False:
            for measure in self._measures():
                yield from self.numbers.open(run, measure)
        for when in self._conditions():
            if when.truth(run) is None:
                yield from when.deciding(run)

    @override
    def read(self) -> Iterator[Question]:
        for measure in self._measures():
            yield from self.numbers.questions(measure)
        for when in self._conditions():
            yield from when.read()

    def _measures(self) -> Iterator[str]:
        yield self.measure
        yield from self._others()

    def _others(self) -> Iterator[str]:
        for _, steps in self.scales:
            yield from measures_of_weighing(None, steps)
        yield from self.factor.measures

    def _conditions(self) -> Iterator[Reading]:
        for when in (self.when, *(when for when, _ in self.scales)):
            if when is not None:
                yield when


def _adds_nothing(number: Interval, floor: Real | None) -> bool:
    """Whether a sum would be as high without a number, or whether the highest number is another."""
    if floor is None:
        return number == NOUGHT
    return number.has_value is False or number.lowest is None or number.lowest < floor
