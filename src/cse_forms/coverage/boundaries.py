"""The boundaries in a definition, and the numbers, counts and days just below, at and above each."""

from __future__ import annotations

from collections.abc import Iterator

from cse_forms.coverage.aims import Aim, Counts, DayAt, DayPlace, Goal, Holds
from cse_forms.coverage.points import Point, layers_of, points_around, points_around_measure, reach_of, wrapped
from cse_forms.coverage.possible import may_be_shown
from cse_forms.schema.conditions import (
    AllCondition,
    Condition,
    CountMeasure,
    ItemsCondition,
    ItemsTerm,
    Match,
    MeasureCondition,
    MeasureReference,
    NotCondition,
    Number,
    Selection,
    Selector,
    Step,
    Term,
)
from cse_forms.schema.definition import Definition
from cse_forms.schema.places import ROW
from cse_forms.schema.ranges import number_of, reachable
from cse_forms.schema.reach import Reach
from cse_forms.thresholds.in_words.conditions import ConditionsInWords
from cse_forms.thresholds.matching import spans_of
from cse_forms.thresholds.sites import NOWHERE, Site, Start, bounds_of, selected, sites, terms_of

_DAYS: dict[DayPlace, str] = {
    "day-before": "the day before its first day",
    "first-day": "its first day",
    "last-day": "its last day",
    "day-after": "the day after its last day",
}
_WINDOW: dict[DayPlace, str] = {"first-day": "just so far apart", "day-before": "a day further apart"}


def boundary_aims(definition: Definition) -> Iterator[Aim]:
    """Yield what is to be seen of every boundary in a form's conditions, bands and steps."""
    reader = _Boundaries(definition)
    for site in sites(definition):
        yield from reader.of_site(site)
    for assessment in definition.words.assessments:
        for rule in assessment.rules:
            if rule.measure is not None:
                for bound in (bound for band in rule.bands for bound in (band.from_, band.to)):
                    yield from reader.of_measure(rule.measure, bound)
    for measure in definition.words.measures.values():
        if isinstance(measure, CountMeasure) and isinstance(measure.count, Selection):
            yield from reader.of_selection(measure.count)
        for term in terms_of(measure):
            yield from reader.of_term(term)


class _Boundaries:
    """Finds the boundaries of one form."""

    def __init__(self, definition: Definition) -> None:
        self._definition = definition
        self._reachable = reachable(definition)
        self._words = ConditionsInWords(definition)

    def of_site(self, site: Site) -> Iterator[Aim]:
        """Yield what is to be seen of one condition."""
        condition = site.condition
        if isinstance(condition, MeasureCondition):
            for bound in bounds_of(condition.match):
                yield from self.of_measure(condition.measure, bound)
            return
        yield from self._quantities(condition, site)
        decisive = Match(not_=condition.match) if condition.every else condition.match
        if not any(span.before is None for span in spans_of(decisive)):
            about = self._said(condition, site.starts)
            yield from _left_out(condition.items, decisive, condition.when, site.starts, about)
        yield from self._answers(condition, site.starts)
        yield from self._spans(condition, site.starts)

    def of_measure(self, measure: str, bound: Number | None) -> Iterator[Aim]:
        """Yield a measure's numbers around a boundary."""
        if bound is None:
            return
        about = self._words.naming.measure(measure)
        for point in self._points(bound, self._reachable[measure]):
            goal = Holds(MeasureCondition(measure=measure, match=point.match))
            yield Aim(kind="boundary", about=about, what=point.words, goal=goal)

    def of_selection(self, counted: Selection) -> Iterator[Aim]:
        """Yield what is to be seen of a count."""
        about = self._words.selection(counted).line()
        yield from _left_out(counted.items, counted.match, counted.when, NOWHERE, about)

    # --- how many match ------------------------------------------------------------------------------------------

    def _quantities(self, condition: ItemsCondition, site: Site) -> Iterator[Aim]:
        if condition.every:
            yield from self._all_but(condition, site)
            return
        bounds = [bound for bound in (condition.at_least, condition.at_most) if bound is not None]
        about = self._said(condition, site.starts)
        if not bounds:
            yield from self._at_least_one(condition, site, about)
        for bound in bounds:
            number = number_of(self._definition, bound)
            if number is None:
                yield from self._counts_around_measure(condition, bound, site.starts, about)
                continue
            yield from self._counts_around(condition, int(number), site.starts, about)

    def _at_least_one(self, condition: ItemsCondition, site: Site, about: str) -> Iterator[Aim]:
        """Yield the counts around one, which is meant where no number is said; of one question, whether it matches."""
        if not site.is_policy:
            return
        if self._most(condition, site.starts) != 1:
            yield from self._counts_around(condition, 1, site.starts, about)
        elif not any(bounds_of(condition.match)) and not any(spans_of(condition.match)):
            for count, words in ((0, "not so"), (1, "so")):
                goal = Holds(_exactly(condition, count), starts=site.starts)
                yield Aim(kind="boundary", about=about, what=words, goal=goal)

    def _counts_around(
        self, condition: ItemsCondition, number: int, starts: tuple[Start, ...], about: str
    ) -> Iterator[Aim]:
        most = self._most(condition, starts)
        for step, words in ((-1, f"just below {number}"), (0, "at the boundary"), (1, f"just above {number}")):
            count = number + step
            if count >= 0 and (most is None or count <= most):
                goal: Goal = Holds(_exactly(condition, count), starts=starts)
                if count and not may_be_shown(self._definition, goal):
                    # With questions that offer no No, nobody ever knows that there are no more.
                    goal = Counts(condition, count, starts)
                yield Aim(kind="boundary", about=about, what=f"{count}, {words}", goal=goal)

    def _most(self, condition: ItemsCondition, starts: tuple[Start, ...]) -> int | None:
        questions = selected(self._definition, condition.items, starts)
        if any(ROW in question.keys[len(starts[0].keys) if starts else 0 :] for question in questions):
            return None
        in_row = all(isinstance(path, str) and path.startswith("./") for path in condition.items)
        return max(1, len(questions) // len(starts)) if in_row and starts else len(questions)

    def _all_but(self, condition: ItemsCondition, site: Site) -> Iterator[Aim]:
        if any(span.before is None for span in spans_of(condition.match)):
            return
        about = self._said(condition, site.starts)
        others = condition.model_copy(update={"match": Match(not_=condition.match), "every": False})
        for count, words in ((0, "all do"), (1, "all but one")):
            goal = Holds(_exactly(others, count), starts=site.starts)
            yield Aim(kind="boundary", about=about, what=words, goal=goal)

    def _counts_around_measure(
        self, condition: ItemsCondition, bound: Number, starts: tuple[Start, ...], about: str
    ) -> Iterator[Aim]:
        least = condition.model_copy(update={"at_least": bound, "at_most": None})
        most = condition.model_copy(update={"at_least": None, "at_most": bound})
        cases: list[tuple[Condition, str]] = [
            (NotCondition(not_=least), "below the number"),
            (AllCondition(all=(least, most)), "just the number"),
            (NotCondition(not_=most), "above the number"),
        ]
        for case, words in cases:
            yield Aim(kind="boundary", about=about, what=words, goal=Holds(case, starts=starts))

    # --- numbers that are answered -------------------------------------------------------------------------------

    def _answers(self, condition: ItemsCondition, starts: tuple[Start, ...]) -> Iterator[Aim]:
        questions = selected(self._definition, condition.items, starts)
        about = self._said(condition, starts)
        for outer, match in layers_of(condition.match):
            for bound in bounds_of(match):
                for point in self._points(bound, reach_of(questions, outer)):
                    asked = _asking(condition.items, wrapped(outer, point.match), condition.when)
                    yield Aim(kind="boundary", about=about, what=point.words, goal=Holds(asked, starts=starts))
            if match.min_length is not None and not outer:
                yield from _lengths(condition, match.min_length, starts, about)

    def _spans(self, condition: ItemsCondition, starts: tuple[Start, ...]) -> Iterator[Aim]:
        about = self._said(condition, starts)
        for span in spans_of(condition.match):
            places = _WINDOW if span.before is None else _DAYS
            for place, words in places.items():
                goal = DayAt(condition, span, place, starts)
                yield Aim(kind="boundary", about=about, what=words, goal=goal)

    def of_term(self, term: Term) -> Iterator[Aim]:
        """Yield the numbers around the steps of a part of a measure."""
        scales: list[tuple[tuple[Step, ...], list[Condition]]] = [(term.steps, [])]
        passed: list[Condition] = []
        for scale in term.choose:
            scales.append((scale.steps, [*passed, *([] if scale.when is None else [scale.when])]))
            passed += [] if scale.when is None else [NotCondition(not_=scale.when)]
        for steps, conditions in scales:
            bounds = [step.maximum if step.maximum is not None else step.exclusive_maximum for step in steps]
            narrowed = [*([] if term.when is None else [term.when]), *conditions]
            for bound in (bound for bound in bounds if bound is not None):
                if isinstance(term, ItemsTerm):
                    yield from self._stepped_answers(term, bound, narrowed)
                else:
                    for aim in self.of_measure(term.measure, bound):
                        assert isinstance(aim.goal, Holds)
                        goal = Holds(_joined([*narrowed, aim.goal.condition]))
                        yield Aim(kind="boundary", about=aim.about, what=aim.what, goal=goal)

    def _stepped_answers(self, term: ItemsTerm, bound: Number, narrowed: list[Condition]) -> Iterator[Aim]:
        questions = self._definition.select(term.items)
        when = _joined(narrowed) if narrowed else None
        naming = self._words.naming.selected(term.items)
        for point in self._points(bound, reach_of(questions, ())):
            goal = Holds(_asking(term.items, point.match, when))
            yield Aim(kind="boundary", about=self._words.answers(naming), what=point.words, goal=goal)

    # --- what they have in common --------------------------------------------------------------------------------

    def _points(self, bound: Number, reach: Reach) -> Iterator[Point]:
        """Yield the numbers around a boundary that can be reached at all."""
        if isinstance(bound, MeasureReference) and number_of(self._definition, bound) is None:
            return points_around_measure(bound, self._words.naming.measure(bound.measure))
        number = number_of(self._definition, bound)
        return iter(()) if number is None else points_around(number, reach)

    def _said(self, condition: ItemsCondition, starts: tuple[Start, ...]) -> str:
        said = self._words.condition(condition, starts).line()
        places = {place.title: None for start in starts for place in (start.holder,) if place is not None}
        titles = [title for title in places if title]
        return f"{said} ({', '.join(titles)})" if titles else said


def _left_out(
    items: Selector, match: Match, when: Condition | None, starts: tuple[Start, ...], about: str
) -> Iterator[Aim]:
    """Yield that an answer that would count is left out, since its row is none that is looked at."""
    if when is not None:
        goal = Holds(_asking(items, match, NotCondition(not_=when)), starts=starts)
        yield Aim(kind="boundary", about=about, what="an answer that would count is left out", goal=goal)


def _exactly(condition: ItemsCondition, count: int) -> ItemsCondition:
    return condition.model_copy(update={"at_least": count or None, "at_most": count})


def _asking(items: Selector, match: Match, when: Condition | None) -> ItemsCondition:
    return ItemsCondition(items=items, match=match, when=when)


def _joined(conditions: list[Condition]) -> Condition:
    return conditions[0] if len(conditions) == 1 else AllCondition(all=tuple(conditions))


def _lengths(condition: ItemsCondition, bound: int, starts: tuple[Start, ...], about: str) -> Iterator[Aim]:
    """Yield texts that are a character too short, just long enough, and longer; an empty one is a blank."""
    around = ((bound - 1, "a character too short"), (bound, "just long enough"), (bound + 1, "a character longer"))
    for length, words in around:
        if length >= 1:
            match = Match(min_length=length, not_=Match(min_length=length + 1))
            goal = Holds(_asking(condition.items, match, condition.when), starts=starts)
            yield Aim(kind="boundary", about=about, what=words, goal=goal)
