"""Whether an answer or a number matches, as the plain reading finds it: in each thing that it may still be."""

from __future__ import annotations

from fractions import Fraction
from math import floor
from typing import Any, NamedTuple

from tests.property.plain_answers import NO_READING, PlainAnswers, Seen
from tests.property.plain_numbers import Num, compared, is_number, point
from tests.property.plain_values import (
    BLANK,
    NONE_OF_THESE,
    OPEN,
    Item,
    Node,
    Truth,
    agreed,
    conjunction,
    contrary,
    day_of,
    days_back,
    is_not_known,
    known_values,
    same,
)

UNITS = ("years", "months", "days")


class World(NamedTuple):
    """One thing that an answer may be."""

    value: Any
    not_known: Any = BLANK
    """The Not Known by which it is told."""
    answered: Truth = True


class PlainMatching(PlainAnswers):
    """Matches over answers, over numbers, and over levels."""

    # --- one answer ----------------------------------------------------------------------------------------

    def matches(self, match: Node, seen: Seen) -> Truth:
        """Return whether an answer matches in all that it may still be, in none of it, or in some."""
        value = self.read(seen)
        if value is NO_READING:
            return None
        if isinstance(value, list):
            return self.several_match(match, seen, value)
        answered: Truth = True if value is not BLANK else (None if self.draft else False)
        not_known = [option["const"] for option in seen.item.options if is_not_known(option)]
        if value is BLANK:
            worlds = [(known, BLANK) for known in known_values(seen.item)]
            worlds += [(known, name) for known in known_values(seen.item) for name in not_known]
        elif any(same(value, name) for name in not_known):
            worlds = [(known, value) for known in known_values(seen.item)]
        else:
            worlds = [(value, BLANK)]
        return agreed(self.holds(match, seen, World(known, name, answered)) for known, name in worlds)

    def holds(self, match: Node, seen: Seen, world: World) -> Truth:
        """Return whether a match holds where the answer is this one."""
        return conjunction(
            [
                contrary(self.holds(asked, seen, world)) if word == "not" else self.word_holds(word, asked, seen, world)
                for word, asked in match.items()
            ]
        )

    def word_holds(self, word: str, asked: Any, seen: Seen, world: World) -> Truth:
        value, not_known, answered = world
        if word == "answered":
            return answered if asked else contrary(answered)
        if word in {"const", "enum"} and any(same(one, not_known) for one in (asked if word == "enum" else [asked])):
            return True
        if word == "type":
            return has_type(seen.item, value, asked)
        if word == "weight" and value is not OPEN:
            return self.weight_holds(asked, seen.item, not_known if not_known is not BLANK else value, value)
        if word == "within":
            return self.lies_within(asked, seen, value)
        if value is OPEN:
            return None
        if word == "enum":
            return any(same(one, value) for one in asked)
        if word == "const" and not isinstance(asked, dict):
            return same(asked, value)
        if word == "minLength":
            return isinstance(value, str) and len(value) >= asked
        if word == "contains" or not is_number(value):
            return False
        return compared(word, point(value), self.number_of(asked))

    def weight_holds(self, match: Node, item: Item, chosen: Any, otherwise: Any) -> Truth:
        """Return whether the weight on an option matches; where a Not Known has none, that of what it stands for."""
        for value in (chosen, otherwise):
            weights = [
                option["x-form"]["weight"]
                for option in item.options
                if same(option["const"], value) and "weight" in option.get("x-form", {})
            ]
            if weights:
                return self.number_matches(match, point(weights[0]))
        return False

    def lies_within(self, within: Node, seen: Seen, value: Any) -> Truth:
        """Return whether a date lies in the span that ends with another."""
        unit = next(unit for unit in UNITS if unit in within)
        number = self.number_of(within[unit])
        if value is not OPEN and day_of(value) is None:
            return False
        later = self.select(within["before"], seen.item.holder, None if seen.keys is None else seen.keys[:-1])[0]
        end = self.known_day(later)
        day = day_of(value)
        if end is None or day is None:
            return None
        if number.has is False or day > end or (number.high is not None and number.high < 0):
            return False
        in_shortest = number.low is not None and number.low >= 0 and day >= days_back(unit, floor(number.low), end)
        in_longest = number.high is None or day >= days_back(unit, floor(number.high), end)
        return (number.has is True or None) if in_shortest else None if in_longest else False

    def known_day(self, seen: Seen) -> Any:
        """Return the day of an answer that is certainly asked and readable."""
        return day_of(self.read(seen)) if seen.keys is not None and self.is_asked(seen) is True else None

    # --- several options -----------------------------------------------------------------------------------

    def several_match(self, match: Node, seen: Seen, values: list[Any]) -> Truth:
        """Return whether a list of options matches: `contains` looks into it, other words at the whole."""
        truths: list[Truth] = []
        item = seen.item
        known = [option["const"] for option in item.options if not is_not_known(option)]
        unsure = any(all(not same(one, value) for one in known) for value in values)
        for word, asked in match.items():
            if word == "answered":
                chosen = [option for option in item.options if any(same(option["const"], value) for value in values)]
                truths.append(asked if chosen or not values else None)
            elif word == "not":
                truths.append(contrary(self.several_match(asked, seen, values)))
            elif word == "contains":
                truths.append(self.contained(asked, seen, values, known))
            elif word == "type":
                truths.append(asked == "array")
            elif word in {"weight", "within"}:
                truths.append(None if unsure else False)
            else:
                wanted = asked if word == "enum" else [asked] if word == "const" else []
                truths.append(None if unsure else any(same(one, values) for one in wanted))
        return conjunction(truths)

    def contained(self, match: Node, seen: Seen, values: list[Any], known: list[Any]) -> Truth:
        """Return whether one of the options matches; one that is not known may be any of the others, or none."""
        truths: list[Truth] = []
        for value in values:
            if any(same(value, one) for one in known):
                truths.append(self.holds(match, seen, World(value)))
                continue
            name = value if any(same(option["const"], value) for option in seen.item.options) else BLANK
            if self.holds(match, seen, World(NONE_OF_THESE, name)) is True and name is not BLANK:
                truths.append(agreed(self.holds(match, seen, World(one, name)) for one in [*known, NONE_OF_THESE]))
            else:
                may_be = [self.holds(match, seen, World(one, name)) for one in known]
                truths.append(False if all(truth is False for truth in may_be) else None)
        return contrary(conjunction([contrary(truth) for truth in truths]))

    # --- numbers and levels --------------------------------------------------------------------------------

    def number_matches(self, match: Node, number: Num) -> Truth:
        """Return whether a number, of which the bounds are known, matches."""
        if number.has is None:
            return agreed(self.number_matches(match, Num(number.low, number.high, has)) for has in (True, False))
        truths: list[Truth] = []
        for word, asked in match.items():
            if word == "answered":
                unknown = number.has is True and number.low is None and number.high is None
                truths.append(None if unknown else asked is number.has)
            elif word == "not":
                only_answered = number.has is True or set(asked) == {"answered"}
                truths.append(contrary(self.number_matches(asked, number)) if only_answered else False)
            elif word == "enum":
                equal = [self.number_matches({"const": one}, number) for one in asked]
                truths.append(contrary(conjunction([contrary(truth) for truth in equal])))
            else:
                truths.append(compared(word, number, self.number_of(asked)))
        return conjunction(truths)

    def level_matches(self, match: Node, level: str | None) -> bool:
        """Return whether the id of a level, or "no level", matches."""
        found = []
        for word, asked in match.items():
            if word == "answered":
                found.append(asked is (level is not None))
            elif word == "not":
                found.append(not self.level_matches(asked, level) and (level is not None or set(asked) == {"answered"}))
            else:
                found.append(level is not None and level in (asked if word == "enum" else [asked]))
        return all(found)


def has_type(item: Item, value: Any, name: str) -> Truth:
    """Return whether a value is of a type, by JSON Schema's names."""
    if value is OPEN:
        kind = item.schema["type"]
        if kind == "number" and name == "integer":
            return None
        return name == kind or (kind, name) == ("integer", "number")
    if value is NONE_OF_THESE:
        return None
    whole = is_number(value) and Fraction(value).denominator == 1
    return {
        "string": isinstance(value, str),
        "boolean": isinstance(value, bool),
        "number": is_number(value),
        "integer": whole,
        "array": isinstance(value, list),
    }[name]
