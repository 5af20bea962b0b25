"""What an answer weighs in a measure, as the plain reading finds it: in every way in which it may be weighed."""

from __future__ import annotations

import json
from fractions import Fraction
from typing import Any, NamedTuple

from tests.property.plain_answers import NO_READING, Seen
from tests.property.plain_matching import PlainMatching
from tests.property.plain_numbers import (
    NOTHING,
    NOUGHT,
    Num,
    added,
    any_of,
    compared,
    exact,
    is_number,
    multiplied,
    point,
)
from tests.property.plain_values import BLANK, Item, Node, Truth, is_not_known, same


class Part(NamedTuple):
    """One number that an answer brings."""

    number: Num
    is_gap: bool = False
    there: Truth = True
    """Whether it is certain that there is such a number."""


Weighed = list[Part]
"""What one answer brings, weighed in one way: a number, or one for each of several options chosen."""


class PlainWeights(PlainMatching):
    """How answers and measures become the numbers that count."""

    def scales(self, term: Node, seen: Seen | None) -> list[Node | None]:
        """Return the ways in which a term may weigh; None where it weighs nothing."""
        if "choose" not in term:
            return [term]
        found: list[Node | None] = []
        for scale in term["choose"]:
            if "when" not in scale:
                truth: Truth = True
            else:
                truth = self.condition(scale["when"]) if seen is None else self.is_taken(scale, seen)
            if truth is not False:
                found.append(scale)
            if truth is True:
                return found
        return [*found, None]

    def weigh(self, term: Node, seen: Seen, *, summed: bool) -> list[Weighed]:
        """Return what an answer brings, in each way in which it may be weighed."""
        times = self.number_of(term["times"]) if "times" in term else point(1)
        found = []
        for scale in self.scales(term, seen):
            parts = [Part(NOUGHT)] if scale is None else self.parts(scale, seen, summed=summed)
            found.append([Part(multiplied(part.number, times), part.is_gap, part.there) for part in parts])
        return found

    def weigh_measure(self, term: Node, number: Num) -> Num:
        """Return what another measure brings."""
        times = self.number_of(term["times"]) if "times" in term else point(1)
        ways = [NOUGHT if scale is None else self.stepped(scale, number) for scale in self.scales(term, None)]
        return multiplied(any_of(ways), times)

    def parts(self, scale: Node, seen: Seen, *, summed: bool) -> Weighed:
        # Of rows that nobody has counted it is open what they say, be it what a blank would mean.
        value = BLANK if seen.keys is None else self.read(seen)
        item = seen.item
        is_gap = value is BLANK or value is NO_READING
        if item.schema.get("type") in {"integer", "number"}:
            if not is_gap:
                return [Part(self.stepped(scale, point(value)))]
            ends = [item.schema.get(word) for word in ("minimum", "maximum")]
            low, high = (None if end is None else exact(end) for end in ends)
            return [Part(self.stepped(scale, Num(low, high)), is_gap=True)]
        if isinstance(value, list) or item.schema.get("type") == "array":
            return self.of_several(scale, item, [] if is_gap else value, is_gap=is_gap, summed=summed)
        return [self.of_option(scale, item, value)]

    def stepped(self, scale: Node, number: Num) -> Num:
        """Return the weight of a number: that of the first step that it fits."""
        if number.has is False:
            return NOTHING
        if "steps" not in scale:
            return number
        found = [NOTHING] if number.has is None else []
        inside = Num(number.low, number.high)
        for step in scale["steps"]:
            word = next((word for word in ("maximum", "exclusiveMaximum") if word in step), None)
            truth: Truth = True
            if word is not None:
                limit = self.number_of(step[word])
                if limit.has is not True:
                    found.append(NOTHING)
                if limit.has is False:
                    return any_of(found)
                truth = compared(word, inside, limit)
            if truth is not False:
                found.append(self.number_of(step["weight"]))
            if truth is True:
                return any_of(found)
        return any_of([*found, NOUGHT])

    def weight_of(self, scale: Node, option: Node) -> Num | None:
        """Return the weight of an option of its own; None where it has none."""
        if "weights" in scale:
            const = option["const"]
            key = const if isinstance(const, str) else json.dumps(const)
            if key in scale["weights"]:
                return self.number_of(scale["weights"][key])
            listed = "else" in scale["weights"] and not is_not_known(option)
            return self.number_of(scale["weights"]["else"]) if listed else None
        if "weight" in option.get("x-form", {}):
            return point(option["x-form"]["weight"])
        return point(option["const"]) if is_number(option["const"]) and not is_not_known(option) else None

    def of_option(self, scale: Node, item: Item, value: Any) -> Part:
        """Return the weight of the option chosen, or the weights of all that a gap may be."""
        options = item.options or [{"const": True}, {"const": False}]
        weights = [(option, self.weight_of(scale, option)) for option in options]
        chosen = [(option, weight) for option, weight in weights if same(option["const"], value)]
        if chosen:
            option, weight = chosen[0]
            if weight is not None:
                return Part(weight)
            if not is_not_known(option):
                return Part(NOUGHT)
        known = [weight or NOUGHT for option, weight in weights if not is_not_known(option)]
        none_of_these = [NOUGHT] if len(known) < 2 else []
        # A blank may still become a Not Known that has a weight of its own.
        others = [] if chosen else [weight for option, weight in weights if is_not_known(option) and weight is not None]
        return Part(any_of([*known, *none_of_these, *others]), is_gap=True)

    def of_several(self, scale: Node, item: Item, values: list[Any], *, is_gap: bool, summed: bool) -> Weighed:
        """Return the weights of several options, and of those that a Not Known among them, or a blank, may be."""
        parts: Weighed = []
        may_be_not_known = is_gap
        for value in values:
            option = next((option for option in item.options if same(option["const"], value)), None)
            weight = None if option is None else self.weight_of(scale, option)
            if weight is not None:
                parts.append(Part(weight))
            else:
                is_gap = is_gap or option is None or is_not_known(option)
                may_be_not_known = may_be_not_known or option is None
        if not is_gap:
            return parts
        left = [option for option in item.options if not any(same(option["const"], value) for value in values)]
        weights = [(option, self.weight_of(scale, option)) for option in left]
        others = [weight or NOUGHT for option, weight in weights if not is_not_known(option)]
        if may_be_not_known:
            others += [weight for option, weight in weights if is_not_known(option) and weight is not None]
        if summed:
            total = NOUGHT
            for weight in others:
                total = added(total, any_of([weight, NOUGHT]))
            return [*parts, Part(total, is_gap=True)]
        if others:
            parts.append(Part(any_of(others), is_gap=True, there=None))
        return parts


def summed_up(parts: Weighed) -> Part:
    """Return the sum of what one answer brings."""
    total = NOUGHT
    for part in parts:
        total = added(total, part.number)
    return Part(total, any(part.is_gap for part in parts))


def times_any(number: Num) -> Num:
    """Return the sum of any number of numbers, each between the same bounds."""
    if number.has is False:
        return Num(Fraction(0), Fraction(0), None)
    low = Fraction(0) if number.low is not None and number.low >= 0 else None
    high = Fraction(0) if number.high is not None and number.high <= 0 else None
    return Num(low, high, number.has)
