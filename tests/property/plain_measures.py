"""Measures of the plain reading: sums, the highest and lowest, counts, products, quotients and spans of time."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from typing import Any, TypeAlias

from tests.property.plain_answers import Seen
from tests.property.plain_matching import UNITS
from tests.property.plain_numbers import (
    NOTHING,
    NOUGHT,
    Num,
    added,
    any_of,
    compared,
    divided,
    multiplied,
    point,
    rounded,
)
from tests.property.plain_values import Item, Node, Truth, conjunction, contrary, elapsed
from tests.property.plain_weights import Part, PlainWeights, summed_up, times_any

Among: TypeAlias = Callable[[list[tuple[Truth, Num]]], Num]
"""Finds one number among several, of which some are certainly there."""


class PlainMeasures(PlainWeights):
    """The form's named numbers."""

    def __init__(self, document: Node, answers: object, *, draft: bool) -> None:
        super().__init__(document, answers, draft=draft)
        self._measures: dict[str, Num] = {}

    def counted_items(
        self,
        selection: Node,
        row: Item | None = None,
        row_keys: tuple[str | int, ...] | None = (),
        *,
        unknown_is_none: bool = False,
    ) -> Num:
        raise NotImplementedError

    def assessment_truth(self, asked: Node, name: str) -> Truth:
        raise NotImplementedError

    def measure(self, name: str) -> Num:
        """Return the lowest and the highest number that a measure may have, and whether it has one."""
        if name not in self._measures:
            self._measures[name] = self.measured(self.words["measures"][name])
        return self._measures[name]

    def measured(self, measure: Node) -> Num:
        word = next(word for word in MEASURES if word in measure)
        match word:
            case "sum" | "highest" | "lowest":
                return self.of_terms(word, measure)
            case "count":
                return self.count_of(measure)
            case "product":
                total = point(1)
                for number in measure["product"]:
                    total = multiplied(total, self.number_of(number))
                return total
            case "quotient":
                one, other = (self.number_of(number) for number in measure["quotient"])
                return rounded(divided(one, other), measure.get("round"), measure.get("decimals", 0))
            case "constant":
                return point(measure["constant"])
            case _:
                return self.span_of(word, measure[word])

    def of_terms(self, word: str, measure: Node) -> Num:
        missing = measure.get("missing", "unknown")
        if word in AMONG:
            found = self.one_of_terms(measure[word], missing, AMONG[word])
        elif isinstance(missing, str):
            found = self.sum_of(measure)
        else:
            found = self.prorated(measure, missing["prorate"])
        return found if found.has is not False else NOTHING

    # --- what is there -------------------------------------------------------------------------------------

    def applies(self, selection: Node) -> Truth:
        """Return whether one of the questions, or the table that they stand in, is asked."""
        truths = []
        for question in self.questions(selection["items"]):
            truths += [self.is_asked(seen) for seen in self.seen(outside_tables(question))]
        return contrary(conjunction([contrary(truth) for truth in truths]))

    def there(self, term: Node, seen: Seen) -> Truth:
        return conjunction([self.is_asked(seen), self.is_taken(term, seen)])

    def filled(self, part: Part, missing: str) -> Part:
        """Return a part with what `missing` makes of a gap."""
        if not part.is_gap or missing != "zero":
            return part
        if self.draft:
            return Part(any_of([part.number, NOUGHT]), True, part.there)
        return Part(NOUGHT)

    # --- sums ----------------------------------------------------------------------------------------------

    def sum_of(self, measure: Node) -> Num:
        missing = measure.get("missing", "unknown")
        total = NOUGHT
        applies: list[Truth] = []
        for term in measure["sum"]:
            if "measure" in term:
                # Without its number there is no sum at all, unless it is left out; so it applies.
                applies.append(True)
                total = added(total, self.measure_term(term))
                continue
            applies.append(self.applies(term))
            for seen in self.select(term["items"], None, ()):
                there = self.there(term, seen)
                if there is not False:
                    ways = self.weigh(term, seen, summed=True)
                    number = any_of(summed_up([self.filled(part, missing) for part in way]).number for way in ways)
                    if seen.keys is None:
                        filled = missing == "zero" and not self.draft
                        number = NOUGHT if filled else times_any(number)
                    total = added(total, number if there else any_of([number, NOUGHT]))
        if True in applies:
            return total
        return Num(total.low, total.high, None) if None in applies and total.has is not False else NOTHING

    def measure_term(self, term: Node) -> Num:
        taken = self.condition(term["when"]) if "when" in term else True
        if taken is False:
            return NOUGHT
        number = self.weigh_measure(term, self.measure(term["measure"]))
        return number if taken else any_of([number, NOUGHT])

    def prorated(self, measure: Node, prorate: Node) -> Num:
        """Try each way in which what is open may turn out: how many apply, how many are answered, to what sum."""
        ways: dict[tuple[int, int], Num] = {(0, 0): NOUGHT}
        others = NOUGHT
        for term in measure["sum"]:
            if "measure" in term:
                others = added(others, self.measure_term(term))
                continue
            for seen in self.select(term["items"], None, ()):
                there = self.there(term, seen)
                if there is False:
                    continue
                turns = self.turns(term, seen)
                if there is None or seen.keys is None:
                    # Of rows that nobody has counted there may be none.
                    turns = [(0, 0, NOUGHT)] + (turns if seen.keys is not None else [])
                    self.is_exact = False
                gathered: dict[tuple[int, int], list[Num]] = {}
                for (applying, answered), total in ways.items():
                    for applies, answers, number in turns:
                        gathered.setdefault((applying + applies, answered + answers), []).append(added(total, number))
                ways = {key: any_of(totals) for key, totals in gathered.items()}
        found = [self.scaled(*key, total, prorate) for key, total in ways.items()]
        return added(any_of(number for several in found for number in several), others)

    def turns(self, term: Node, seen: Seen) -> list[tuple[int, int, Num]]:
        """Return whether an answer applies, whether it is a number, and which, as it may turn out."""
        weighed = [summed_up(way) for way in self.weigh(term, seen, summed=True)]
        self.is_exact = self.is_exact and len(weighed) == 1 and not (self.draft and weighed[0].is_gap)
        turns = []
        for part in weighed:
            if part.is_gap:
                turns.append((1, 0, NOUGHT))
            if not part.is_gap or self.draft:
                turns.append((1, 1, part.number))
        return turns

    def scaled(self, applying: int, answered: int, total: Num, prorate: Node) -> list[Num]:
        enough = compared("minimum", point(answered), self.number_of(prorate["answered"]))
        if enough is False or answered == 0:
            return [NOTHING]
        factor = Fraction(applying, answered)
        number = rounded(multiplied(total, Num(factor, factor)), prorate.get("round"))
        return [number] if enough else [number, NOTHING]

    # --- the highest and the lowest -------------------------------------------------------------------------

    def one_of_terms(self, terms: list[Node], missing: Any, among: Among) -> Num:
        found: list[tuple[Truth, Num]] = []
        for term in terms:
            if "measure" in term:
                taken = self.condition(term["when"]) if "when" in term else True
                number = self.measure(term["measure"])
                number = self.weigh_measure(term, number)
                there = conjunction([taken, number.has])
                if there is not False:
                    found.append((there, Num(number.low, number.high)))
                continue
            for seen in self.select(term["items"], None, ()):
                there = self.there(term, seen)
                if there is False:
                    continue
                ways = self.weigh(term, seen, summed=False)
                ends: list[Num] = []
                for way in ways:
                    parts = [self.filled(part, missing) for part in way]
                    ends.append(among([(part.there, part.number) for part in parts]))
                number = any_of(ends)
                there = conjunction([there, number.has, None if seen.keys is None else True])
                if there is not False:
                    found.append((there, Num(number.low, number.high)))
        return among(found)

    # --- counts and spans ----------------------------------------------------------------------------------

    def count_of(self, measure: Node) -> Num:
        counted = measure["count"]
        unknown_is_none = measure.get("missing") == "zero" and not self.draft
        if "assessments" in counted:
            truths = [self.assessment_truth(counted, name) for name in counted["assessments"]]
            low, high = truths.count(True), len(truths) - truths.count(False)
            return Num(Fraction(low), Fraction(low if unknown_is_none else high))
        applies = self.applies(counted)
        if applies is False:
            return NOTHING
        number = self.counted_items(counted, unknown_is_none=unknown_is_none)
        return Num(number.low, number.high, applies)

    def span_of(self, unit: str, span: Node) -> Num:
        ends = [self.select(span[end], None, ())[0] for end in ("from", "to")]
        asked = conjunction([self.is_asked(seen) for seen in ends])
        if asked is False:
            return NOTHING
        days = [self.known_day(seen) for seen in ends]
        if None in days:
            return Num(None, None, asked)
        return point(elapsed(unit, *days))


def outside_tables(item: Item) -> Item:
    """Return the table that a question stands in, or the question."""
    while "*" in item.path:
        assert item.holder is not None
        item = item.holder
    return item


MEASURES = ("sum", "highest", "lowest", "count", "product", "quotient", "constant", *UNITS)


def highest_among(found: list[tuple[Truth, Num]]) -> Num:
    """Return the highest of numbers, of which some are certainly there."""
    if any(number.has is False and there is True for there, number in found):
        return NOTHING
    may_lack = any(number.has is False for _, number in found)
    found = [(there, number) for there, number in found if number.has is not False]
    certain = [number for there, number in found if there is True]
    if not found:
        return NOTHING
    highs = [number.high for _, number in found]
    high = None if None in highs else max(high for high in highs if high is not None)
    if not certain:
        return Num(any_of(number for _, number in found).low, high, None)
    lows = [number.low for number in certain if number.low is not None]
    has = conjunction([*(number.has for _, number in found), None if may_lack else True])
    return Num(max(lows, default=None), high, has)


def lowest_among(found: list[tuple[Truth, Num]]) -> Num:
    """Return the lowest of numbers: on the other side of nought it is the highest."""
    minus = Num(Fraction(-1), Fraction(-1))
    return multiplied(highest_among([(there, multiplied(number, minus)) for there, number in found]), minus)


AMONG: dict[str, Among] = {"highest": highest_among, "lowest": lowest_among}
