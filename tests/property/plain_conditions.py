"""Conditions of the plain reading: how many answers match, and what follows for the whole."""

from __future__ import annotations

from datetime import date
from fractions import Fraction
from math import floor
from typing import Any, NamedTuple

from tests.property.plain_answers import NO_READING, Keys, Seen
from tests.property.plain_matching import UNITS
from tests.property.plain_measures import PlainMeasures
from tests.property.plain_numbers import Num, compared
from tests.property.plain_values import (
    BLANK,
    Item,
    Node,
    Truth,
    agreed,
    conjunction,
    contrary,
    days_back,
    is_not_known,
    same,
)


class Counted(NamedTuple):
    """A selected answer: whether it counts, whether it matches, and whether it is but one answer."""

    counts: Truth
    matches: Truth
    is_one: bool
    day: date | None


class PlainConditions(PlainMeasures):
    """The conditions of a form."""

    def possible(self, assessment: Node) -> list[str | None]:
        raise NotImplementedError

    def condition(self, condition: Node, row: Item | None = None, row_keys: Keys | None = ()) -> Truth:
        """Return whether a condition holds, in the row at hand if it speaks of one."""
        if "all" in condition:
            return conjunction([self.condition(part, row, row_keys) for part in condition["all"]])
        if "any" in condition:
            return contrary(conjunction([contrary(self.condition(part, row, row_keys)) for part in condition["any"]]))
        if "not" in condition:
            return contrary(self.condition(condition["not"], row, row_keys))
        if "measure" in condition:
            return self.number_matches(condition["match"], self.measure(condition["measure"]))
        if "assessment" in condition:
            return self.assessment_truth(condition, condition["assessment"])
        if "condition" in condition:
            return self.condition(self.words["conditions"][condition["condition"]])
        if "unsettled" in condition:
            return None
        if condition.get("every"):
            return self.every(condition, row, row_keys)
        number = self.counted_items(condition, row, row_keys)
        least = condition.get("atLeast", None if "atMost" in condition else 1)
        most = condition.get("atMost")
        return conjunction(
            [
                True if least is None else compared("minimum", number, self.number_of(least)),
                True if most is None else compared("maximum", number, self.number_of(most)),
            ]
        )

    # --- answers -------------------------------------------------------------------------------------------

    def counted(self, selection: Node, row: Item | None, row_keys: Keys | None) -> list[Counted]:
        """Return each selected answer; a `within` that compares the dates with one another is left to the caller."""
        match = {word: asked for word, asked in selection["match"].items() if not _is_window(word, asked)}
        found = []
        for seen in self.select(selection["items"], row, row_keys):
            counts = conjunction([self.is_asked(seen), self.is_taken(selection, seen)])
            matches = None if seen.keys is None else self.matches(match, seen)
            day = self.date_of(seen)
            if len(match) < len(selection["match"]) and self.is_no_date(seen):
                matches = False
            found.append(Counted(counts, matches, seen.keys is not None, day))
        return found

    def is_no_date(self, seen: Seen) -> bool:
        """Return whether an answer is certainly no date: another one, or whichever option is chosen."""
        value = NO_READING if seen.keys is None else self.read(seen)
        if value is NO_READING:
            return False
        if "oneOf" in seen.item.schema or seen.item.schema.get("type") == "boolean":
            return True
        if isinstance(value, list):
            known = [option["const"] for option in seen.item.options if not is_not_known(option)]
            return all(any(same(one, chosen) for one in known) for chosen in value)
        return value is not BLANK and self.date_of(seen) is None

    def date_of(self, seen: Any) -> date | None:
        value = None if seen.keys is None or seen.item.schema.get("format") != "date" else self.read(seen)
        return date.fromisoformat(value) if isinstance(value, str) else None

    def counted_items(
        self,
        selection: Node,
        row: Item | None = None,
        row_keys: Keys | None = (),
        *,
        unknown_is_none: bool = False,
    ) -> Num:
        """Return how many answers certainly count and match, and how many may; None where there is no bound."""
        counted = self.counted(selection, row, row_keys)
        certain = [one for one in counted if one.counts is True and one.matches is True]
        unlikely = (False, None) if unknown_is_none else (False,)
        may = [one for one in counted if one.counts is not False and one.matches not in unlikely]
        within = selection["match"].get("within", {"before": ""})
        if "before" in within:
            return Num(Fraction(len(certain)), Fraction(len(may)) if all(one.is_one for one in may) else None)
        undated = [] if unknown_is_none else [one for one in may if one.day is None]
        low = self.most_within(within, [one.day for one in certain if one.day is not None], shortest=True)
        high = self.most_within(within, [one.day for one in may if one.day is not None], shortest=False)
        return Num(Fraction(low), Fraction(high + len(undated)) if all(one.is_one for one in undated) else None)

    def span_number(self, within: Node) -> Num:
        return self.number_of(next(within[unit] for unit in UNITS if unit in within))

    def most_within(self, within: Node, days: list[date], *, shortest: bool) -> int:
        """Return the greatest number of dates that lie within one span, which ends on one of them."""
        unit = next(unit for unit in UNITS if unit in within)
        number = self.span_number(within)
        length = number.low if shortest else number.high
        if number.has is False or (shortest and (number.has is None or length is None)):
            return 0
        if length is None:
            return len(days)
        if length < 0:
            return 0
        counts = [sum(days_back(unit, floor(length), end) <= day <= end for day in days) for end in days]
        return max(counts, default=0)

    def every(self, condition: Node, row: Item | None, row_keys: Keys | None) -> Truth:
        """An answer is no matter if it does not count; else it must match."""
        counted = self.counted(condition, row, row_keys)
        within = condition["match"].get("within", {"before": ""})
        if "before" in within:
            return conjunction([contrary(conjunction([one.counts, contrary(one.matches)])) for one in counted])
        if any(one.counts is True and one.matches is False for one in counted):
            return False
        may = [one for one in counted if one.counts is not False]
        dates = [one.day for one in may if one.day is not None]
        sure = [one.day for one in may if one.counts is True and one.day is not None]
        if len(dates) == len(may) == self.most_within(within, dates, shortest=True):
            return True
        return False if self.most_within(within, sure, shortest=False) < len(sure) else None

    # --- assessments ---------------------------------------------------------------------------------------

    def assessment_truth(self, asked: Node, name: str) -> Truth:
        """Return whether every level that is possible is such a one, or none, or some."""
        assessment = next(one for one in self.words["assessments"] if one["id"] == name)
        order = [level["id"] for level in assessment["levels"]]
        return agreed(self.is_such(asked, order, level) for level in self.possible(assessment))

    def is_such(self, asked: Node, order: list[str], level: str | None) -> bool:
        if "match" in asked and not self.level_matches(asked["match"], level):
            return False
        if level is None:
            return "atLeast" not in asked and "atMost" not in asked
        place = order.index(level)
        return place >= order.index(asked.get("atLeast", order[0])) and place <= order.index(
            asked.get("atMost", order[-1])
        )


def _is_window(word: str, asked: Any) -> bool:
    return word == "within" and "before" not in asked
