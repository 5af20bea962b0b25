"""Measures read over one response: the number, as an interval, and the answers that it rests on."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Protocol

from typing_extensions import override

from cse_forms.schema.items import Question
from cse_forms.thresholds.intervals import ELAPSED, UNBOUNDED, Interval, day_of, exactly
from cse_forms.thresholds.reading import Instance, Run
from cse_forms.thresholds.tally import Leaf, Tally


class MeasureSource(Protocol):
    """A measure, compiled for one form."""

    def number(self, run: Run) -> Interval:
        """Return its number in a response."""

    def counted(self, run: Run) -> Iterator[Instance]:
        """Yield the answers that it certainly rests on."""

    def uncounted(self, run: Run) -> Iterator[Instance]:
        """Yield the answers that it may yet rest on."""

    def deciding(self, run: Run, *, lowest: bool) -> Iterator[Instance]:
        """Yield the answers that make it as high as it is at the least, or that keep it from being higher."""

    def open(self, run: Run) -> Iterator[Instance]:
        """Yield the blank and Not Known answers that leave it open."""

    def read(self) -> Iterator[Question]:
        """Yield the questions that it reads."""


@dataclass(frozen=True, slots=True)
class CountReading(MeasureSource):
    """How many of the selected answers match."""

    tally: Tally

    @override
    def number(self, run: Run) -> Interval:
        counts = self.tally.counts(run)
        return Interval(counts.matching, counts.possible)

    @override
    def counted(self, run: Run) -> Iterator[Instance]:
        return self.tally.answers(run, truth=True)

    @override
    def uncounted(self, run: Run) -> Iterator[Instance]:
        return self.tally.answers(run, truth=None)

    @override
    def deciding(self, run: Run, *, lowest: bool) -> Iterator[Instance]:
        return self.tally.deciding(run, (), matching=lowest, of_all=not lowest)

    @override
    def open(self, run: Run) -> Iterator[Instance]:
        return self.tally.open(run, ())

    @override
    def read(self) -> Iterator[Question]:
        return self.tally.questions()


@dataclass(frozen=True, slots=True)
class ElapsedReading(MeasureSource):
    """Completed years, months or days between two dates; without bounds while one of them is not given."""

    unit: str
    ends: tuple[Leaf, ...]
    """From, and to."""

    @override
    def number(self, run: Run) -> Interval:
        days = [day_of(instance.value) for instance in self.counted(run)]
        if len(days) != len(self.ends) or days[0] is None or days[1] is None:
            return UNBOUNDED
        return exactly(ELAPSED[self.unit](days[0], days[1]))

    @override
    def counted(self, run: Run) -> Iterator[Instance]:
        for leaf in self.ends:
            for instance in leaf.instances(run, ()):
                read = instance.as_read(draft=run.draft)
                if read.is_given and leaf.is_counted(run, instance.keys):
                    yield read

    @override
    def uncounted(self, run: Run) -> Iterator[Instance]:
        counted = {instance.keys for instance in self.counted(run)}
        for leaf in self.ends:
            yield from (instance for instance in leaf.instances(run, ()) if instance.keys not in counted)

    @override
    def deciding(self, run: Run, *, lowest: bool) -> Iterator[Instance]:
        return self.counted(run)

    @override
    def open(self, run: Run) -> Iterator[Instance]:
        for leaf in self.ends:
            for instance in leaf.instances(run, ()):
                counted = leaf.is_counted(run, instance.keys)
                if counted is None:
                    yield from leaf.undecided(run, instance.keys)
                if counted is not False and not instance.as_read(draft=run.draft).is_given:
                    yield instance

    @override
    def read(self) -> Iterator[Question]:
        return (leaf.question for leaf in self.ends)
