"""Assessments of the plain reading: what each rule gives, and every level that comes of some choice of what is open."""

from __future__ import annotations

from fractions import Fraction
from itertools import pairwise, product
from typing import Any

from tests.property.plain_conditions import PlainConditions
from tests.property.plain_numbers import Bound, Num
from tests.property.plain_values import BLANK, Node, Truth, is_not_known

Gifts = set[str | None]
"""The levels that a rule may give; None is nothing."""


class PlainAssessments(PlainConditions):
    """How answers become levels."""

    def __init__(self, document: Node, answers: object, *, draft: bool) -> None:
        super().__init__(document, answers, draft=draft)
        self._possible: dict[str, list[str | None]] = {}

    # --- rules ---------------------------------------------------------------------------------------------

    def gifts(self, assessment: Node, rule: Node) -> Gifts:
        holds = self.condition(rule["when"]) if "when" in rule else True
        if holds is False:
            return {None}
        if "level" in rule:
            given: Gifts = {rule["level"]}
        elif "bands" in rule:
            given = self.of_bands(rule)
        else:
            given = self.of_levels(assessment, rule["levelOf"])
        return given if holds else given | {None}

    def of_bands(self, rule: Node) -> Gifts:
        """Put each number that matters through the bands: the bounds themselves, and one between and beyond each."""
        number = self.measure(rule["measure"])
        if number.has is False:
            return {None}
        bounds = [
            {word: self.number_of(band[word]) for word in ("from", "to") if word in band} for band in rule["bands"]
        ]
        ends = [end for band in bounds for bound in band.values() for end in bound[:2]]
        marks = sorted({end for end in (*number[:2], *ends) if end is not None} or {Fraction(0)})
        marks = [marks[0] - 2, marks[0] - 1, *marks, marks[-1] + 1, marks[-1] + 2]
        samples = [*marks, *((one + other) / 2 for one, other in pairwise(marks))]
        values = [value for value in samples if _lies(value, number)]
        given: Gifts = {None} if number.has is None else set()
        words = [(place, word) for place, band in enumerate(bounds) for word in band]
        choices = [
            [None] * (bounds[place][word].has is not True) + [s for s in samples if _lies(s, bounds[place][word])]
            for place, word in words
        ]
        for chosen in product(*choices):
            fixed = dict(zip(words, chosen, strict=True))
            given |= {_in_bands(value, rule["bands"], fixed) for value in values}
        return given

    def of_levels(self, assessment: Node, sources: str | list[str]) -> Gifts:
        """Return the highest that each source may give, whichever it is of each."""
        order = [level["id"] for level in assessment["levels"]]
        found: list[Gifts] = []
        for source in [sources] if isinstance(sources, str) else sources:
            if not source.startswith("/"):
                other = next(one for one in self.words["assessments"] if one["id"] == source)
                found.append({level if level in order else None for level in self.possible(other)})
                continue
            for seen in self.select(source, None, ()):
                asked = self.is_asked(seen)
                options = [option["const"] for option in seen.item.options if not is_not_known(option)]
                value = BLANK if seen.keys is None else self.read(seen)
                if asked is False:
                    found.append({None})
                elif value in options:
                    found.append({value if value in order else None} | ({None} if asked is None else set()))
                else:
                    found.append({level for level in options if level in order} | {None})
        return {
            max((level for level in levels if level is not None), key=order.index, default=None)
            for levels in product(*found)
        }

    def rules(self, assessment: Node) -> list[Gifts]:
        return [self.gifts(assessment, rule) for rule in assessment.get("rules", ())]

    def adjustments(self, assessment: Node) -> list[Truth]:
        return [self.condition(change["when"]) for change in assessment.get("adjustments", ())]

    # --- levels --------------------------------------------------------------------------------------------

    def applies_at_all(self, assessment: Node) -> Truth:
        return self.condition(assessment["showWhen"]) if "showWhen" in assessment else True

    def possible(self, assessment: Node) -> list[str | None]:
        """Return every level that comes of some choice of what is unknown, from the lowest; None is no level."""
        name = assessment["id"]
        if name not in self._possible:
            applies = self.applies_at_all(assessment)
            found: Gifts = {None} if applies is False else set().union(*self.ways(assessment))
            found = found | {None} if applies is None else found
            order = [level["id"] for level in assessment["levels"]]
            self._possible[name] = [None] * (None in found) + [level for level in order if level in found]
        return self._possible[name]

    def ways(self, assessment: Node) -> list[Gifts]:
        """Return what comes of each choice of what is unknown: one level or none, or all those that clash."""
        order = [level["id"] for level in assessment["levels"]]
        otherwise = assessment.get("otherwise", {}).get("level")
        ways: list[Gifts] = []
        for gifts in product(*self.rules(assessment)):
            given = {level for level in gifts if level is not None}
            if not assessment.get("ordered", True):
                ways.append(set(given) or {otherwise})
                continue
            level = max(given, key=order.index) if given else otherwise
            changes = product(*(_either(truth) for truth in self.adjustments(assessment)))
            ways.extend({_adjusted(assessment, order, level, made)} for made in changes)
        return ways

    def clash(self, assessment: Node) -> bool:
        """Return whether two rules certainly give different levels where none is higher than another."""
        if assessment.get("ordered", True) or self.applies_at_all(assessment) is not True:
            return False
        certain = [gifts for gifts in self.rules(assessment) if len(gifts) == 1 and None not in gifts]
        return len(set().union(*certain)) > 1

    # --- judgement -----------------------------------------------------------------------------------------

    def permitted(self, assessment: Node, suggested: str | None) -> list[str] | None:
        """Return the levels that no limit bars; what is open bars nothing."""
        if "judgement" not in assessment:
            return None
        order = [level["id"] for level in assessment["levels"]]
        limits = assessment["judgement"].get("may", "differ")
        lowest, highest = 0, len(order) - 1
        for limit in [] if limits == "differ" else limits:
            if "when" in limit and self.condition(limit["when"]) is not True:
                continue
            if (least := _place(order, limit.get("atLeast"), suggested)) is not None:
                lowest = max(lowest, least)
            if (most := _place(order, limit.get("atMost"), suggested)) is not None:
                highest = min(highest, most)
        return order[lowest : highest + 1]


def _either(truth: Truth) -> list[bool]:
    return [True, False] if truth is None else [truth]


def _adjusted(assessment: Node, order: list[str], given: str | None, made: tuple[Any, ...]) -> str | None:
    """Return the level where it is settled which level is given and which adjustments are made."""
    if given is None:
        return None
    level = order.index(given)
    for change, is_made in zip(assessment.get("adjustments", ()), made, strict=True):
        if is_made:
            stop = order.index(change["notAbove"]) if "notAbove" in change else len(order) - 1
            for _ in range(change.get("raise", 0)):
                level = level + 1 if level < stop else level
            ground = order.index(change["notBelow"]) if "notBelow" in change else 0
            for _ in range(change.get("lower", 0)):
                level = level - 1 if level > ground else level
            if "atLeast" in change:
                level = max(level, order.index(change["atLeast"]))
            if "atMost" in change:
                level = min(level, order.index(change["atMost"]))
    return order[level]


def _lies(value: Fraction, number: Num) -> bool:
    return (number.low is None or number.low <= value) and (number.high is None or value <= number.high)


def _in_bands(value: Fraction, bands: list[Node], fixed: dict[tuple[int, str], Bound]) -> str | None:
    """Return the level of the band that a number lies in, where all bounds are settled; None is a bound that fails."""
    for place, band in enumerate(bands):
        truths = []
        if "from" in band:
            bound = fixed[place, "from"]
            truths.append(bound is not None and value >= bound)
        elif place and (place - 1, "to") in fixed:
            bound = fixed[place - 1, "to"]
            truths.append(bound is not None and value > bound)
        if "to" in band:
            bound = fixed[place, "to"]
            truths.append(bound is not None and value <= bound)
        elif (place + 1, "from") in fixed:
            bound = fixed[place + 1, "from"]
            truths.append(bound is not None and value < bound)
        if all(truths):
            return str(band["level"])
    return None


def _place(order: list[str], bound: Any, suggested: str | None) -> int | None:
    """Return the place of a bound among the levels; None where it bars nothing."""
    if bound is None:
        return None
    if isinstance(bound, str) and bound != "suggested":
        return order.index(bound)
    if suggested is None:
        return None
    steps = 0 if bound == "suggested" else bound["suggested"]
    return min(max(order.index(suggested) + steps, 0), len(order) - 1)
