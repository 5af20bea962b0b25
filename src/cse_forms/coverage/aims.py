"""What the scenarios of a definition should show: every rule holding and failing, every level, every boundary."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Literal, TypeAlias, assert_never

from cse_forms.schema.conditions import (
    AllCondition,
    Condition,
    ItemsCondition,
    ItemsTerm,
    Match,
    MeasureCondition,
    Prorated,
    Prorating,
    SumMeasure,
    Within,
)
from cse_forms.schema.definition import Definition
from cse_forms.schema.ranges import number_of
from cse_forms.schema.vocabulary import Assessment, Band, Rule
from cse_forms.thresholds.sites import NOWHERE, Start


@dataclass(frozen=True, slots=True)
class Holds:
    """A condition certainly holds, or certainly does not; in some row, where it speaks of one."""

    condition: Condition
    truth: bool = True
    starts: tuple[Start, ...] = NOWHERE


@dataclass(frozen=True, slots=True)
class Counts:
    """So many answers certainly match and no more do so far, where those that are left can never be ruled out."""

    condition: ItemsCondition
    count: int
    starts: tuple[Start, ...] = NOWHERE

    @property
    def reached(self) -> Condition:
        """So many match."""
        return self.condition.model_copy(update={"at_least": self.count, "at_most": None})

    @property
    def passed(self) -> Condition:
        """One more matches."""
        return self.condition.model_copy(update={"at_least": self.count + 1, "at_most": None})


@dataclass(frozen=True, slots=True)
class Gives:
    """A rule certainly gives this level, or certainly gives nothing."""

    assessment: str
    rule: str
    level: str | None


@dataclass(frozen=True, slots=True)
class Suggests:
    """A level is the suggested one, on answers that are recorded; None is "no level"."""

    assessment: str
    level: str | None


@dataclass(frozen=True, slots=True)
class Clashes:
    """Rules hold that give different levels, of which none is higher."""

    assessment: str


DayPlace: TypeAlias = Literal["day-before", "first-day", "last-day", "day-after"]


@dataclass(frozen=True, slots=True)
class DayAt:
    """A date stands at one end of a span of time, or a day outside it."""

    condition: ItemsCondition
    within: Within
    place: DayPlace
    starts: tuple[Start, ...] = NOWHERE

    @property
    def altered(self) -> ItemsCondition | None:
        """The condition with a span that is shorter or longer, so that the day falls on the other side of its end.

        None where there is no such, or the span is not a number that is written.
        """
        step = {"first-day": -1, "day-before": 1}.get(self.place)
        unit = next(unit for unit in ("years", "months", "days") if getattr(self.within, unit) is not None)
        length = getattr(self.within, unit)
        if step is None or not isinstance(length, int) or self.condition.match.within != self.within:
            return None
        within = self.within.model_copy(update={unit: length + step})
        match = self.condition.match.model_copy(update={"within": within})
        return self.condition.model_copy(update={"match": match})


Goal: TypeAlias = Holds | Counts | Gives | Suggests | Clashes | DayAt

Kind: TypeAlias = Literal["rule", "band", "adjustment", "level", "prompt", "check", "condition", "limit", "boundary"]

KINDS: dict[Kind, str] = {
    "rule": "Rules, giving a level and giving none",
    "band": "Bands",
    "adjustment": "Adjustments, made and not made",
    "level": "Levels suggested",
    "prompt": "Prompts, holding and not holding",
    "check": "Checks, holding and not holding",
    "condition": "Named conditions, holding and not holding",
    "limit": "Limits to a judgement, in force and not",
    "boundary": "Boundaries, just below, at and above",
}
"""What is to be shown, in the order in which it is reported."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Aim:
    """One thing that some scenario should show."""

    kind: Kind
    about: str
    """What it is said of: a rule's id with its assessment's, a prompt's id, a condition in words."""
    what: str
    """What is to be seen of it: "holds", "15, just below 16"."""
    goal: Goal

    @property
    def text(self) -> str:
        """Both in one line."""
        return f"{self.about}: {self.what}"


def aims(definition: Definition) -> tuple[Aim, ...]:
    """Return all that a form's scenarios should show, each once."""
    from cse_forms.coverage.boundaries import boundary_aims

    found: dict[str, Aim] = {}
    for aim in (*_policy_aims(definition), *boundary_aims(definition)):
        named = "" if aim.kind == "boundary" else aim.text
        key = f"{named} {_key(aim.goal)}"
        found[key] = _joined(found[key], aim) if key in found else aim
    return tuple(found.values())


def _joined(first: Aim, second: Aim) -> Aim:
    """Return two things to be seen that are the same, such as a number above one boundary and below the next."""
    words = second.what.rpartition(", ")[2]
    if second.about != first.about or words in first.what:
        return first
    return replace(first, what=f"{first.what} and {words}")


def _key(goal: Goal) -> str:
    """Return what two goals have in common that ask for the same."""
    match goal:
        case Holds():
            return f"{goal.truth} {[start.keys for start in goal.starts]} {goal.condition!r}"
        case Counts():
            return f"{goal.count} {[start.keys for start in goal.starts]} {goal.condition!r}"
        case DayAt():
            return f"{goal.place} {[start.keys for start in goal.starts]} {goal.condition!r}"
        case Gives() | Suggests() | Clashes():
            return repr(goal)
        case _:
            assert_never(goal)


def _policy_aims(definition: Definition) -> Iterator[Aim]:
    words = definition.words
    for assessment in words.assessments:
        yield from _assessment_aims(assessment)
    for name, condition in words.conditions.items():
        if not is_unsettled(condition):
            yield from _both_ways("condition", name, condition)
    for prompt in words.prompts:
        if prompt.when is not None:
            yield from _both_ways("prompt", prompt.id, prompt.when)
    for check in words.checks:
        yield from _both_ways("check", check.id, check.when)
    for name, measure in words.measures.items():
        if isinstance(measure, SumMeasure) and isinstance(measure.missing, Prorated):
            for condition, what in _prorated(definition, name, measure, measure.missing.prorate):
                yield Aim(kind="boundary", about=measure.title or name, what=what, goal=Holds(condition))


def _prorated(
    definition: Definition, name: str, measure: SumMeasure, how: Prorating
) -> Iterator[tuple[Condition, str]]:
    """Yield that just enough is answered for a measure to have a value, and that one answer too few is."""
    items = tuple(path for term in measure.sum if isinstance(term, ItemsTerm) for path in term.items)
    unknown = tuple(
        option.value for question in definition.select(items) for option in question.options if option.unknown
    )
    known = Match(answered=True, not_=Match(enum=unknown)) if unknown else Match(answered=True)
    least = number_of(definition, how.answered)
    is_plain = all(isinstance(term, ItemsTerm) and term.when is None for term in measure.sum)
    for count, has_value, what in ((0, True, "just enough is answered"), (-1, False, "one answer too few")):
        valued = MeasureCondition(measure=name, match=Match(answered=has_value))
        if least is None or not is_plain:
            yield valued, what
        else:
            number = int(least) + count
            answered = ItemsCondition(items=items, match=known, at_least=number or None, at_most=number)
            yield AllCondition(all=(valued, answered)), what


def is_unsettled(condition: Condition) -> bool:
    """Whether a condition is always unknown, since the policy does not say."""
    return hasattr(condition, "unsettled")


def _both_ways(kind: Kind, about: str, condition: Condition, words: tuple[str, str] = ("holds", "fails")) -> list[Aim]:
    return [
        Aim(kind=kind, about=about, what=what, goal=Holds(condition, truth))
        for what, truth in zip(words, (True, False), strict=True)
    ]


def _assessment_aims(assessment: Assessment) -> Iterator[Aim]:
    name = assessment.id
    for rule in assessment.rules:
        yield from _rule_aims(assessment, rule)
    for change in assessment.adjustments:
        yield from _both_ways("adjustment", f"{name}/{change.id}", change.when, ("is made", "is not made"))
    levels: list[str | None] = [level.id for level in assessment.levels]
    if assessment.show_when is not None or assessment.otherwise is None or assessment.otherwise.level is None:
        levels.append(None)
    # Without rules and adjustments no answers lead to a level: there is nothing to be seen of them.
    for level in levels if assessment.rules or assessment.adjustments else ():
        what = "no level is suggested" if level is None else f"{level} is suggested"
        yield Aim(kind="level", about=name, what=what, goal=Suggests(name, level))
    if not assessment.ordered and len(assessment.rules) > 1:
        yield Aim(kind="level", about=name, what="rules that clash are reported", goal=Clashes(name))
    if assessment.show_when is not None:
        yield from _both_ways("condition", name, assessment.show_when, ("applies", "does not apply"))
    judgement = assessment.judgement
    for index, limit in enumerate(() if judgement is None or judgement.may == "differ" else judgement.may, 1):
        if limit.when is not None:
            about = f"{name}, limit {index}"
            yield from _both_ways("limit", about, limit.when, ("is in force", "is not in force"))


def _rule_aims(assessment: Assessment, rule: Rule) -> Iterator[Aim]:
    about = f"{assessment.id}/{rule.id}"
    if rule.level is not None and rule.when is not None:
        yield from _both_ways("rule", about, rule.when, (f"gives {rule.level}", "gives nothing"))
        return
    if rule.measure is not None:
        for index, band in enumerate(rule.bands):
            inside = band_condition(rule.measure, rule.bands, index)
            whole = inside if rule.when is None else AllCondition(all=(rule.when, inside))
            yield Aim(kind="band", about=about, what=f"gives {band.level}, band {index + 1}", goal=Holds(whole))
    else:
        for level in assessment.levels:
            goal = Gives(assessment.id, rule.id, level.id)
            yield Aim(kind="rule", about=about, what=f"gives {level.id}", goal=goal)
    if rule.when is not None:
        yield Aim(kind="rule", about=about, what="does not apply", goal=Holds(rule.when, truth=False))


def band_condition(measure: str, bands: tuple[Band, ...], index: int) -> Condition:
    """Return the condition that a measure's number lies in a band."""
    band = bands[index]
    before = bands[index - 1].to if index else None
    after = bands[index + 1].from_ if index + 1 < len(bands) else None
    match = {
        "minimum": band.from_,
        "maximum": band.to,
        "exclusive_minimum": before if band.from_ is None else None,
        "exclusive_maximum": after if band.to is None else None,
    }
    said = {word: bound for word, bound in match.items() if bound is not None}
    return MeasureCondition(measure=measure, match=Match.model_validate(said))
