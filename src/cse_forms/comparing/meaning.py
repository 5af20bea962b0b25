"""What each part of a policy means, without its words and names: parts that mean the same come to the same.

Two parts of two versions that have the same text here come to the same in every response that both versions accept.
The contrary does not follow: the same can be said in two ways.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from hashlib import sha256
from typing import Any, assert_never

from cse_forms.comparing.accepting import DERIVED, constraints
from cse_forms.comparing.canonical import canonical
from cse_forms.schema.conditions import (
    AllCondition,
    AnyCondition,
    AssessmentCondition,
    AssessmentSelection,
    Condition,
    ConstantMeasure,
    CountMeasure,
    DaysMeasure,
    HighestMeasure,
    ItemsCondition,
    ItemsTerm,
    LowestMeasure,
    Match,
    Measure,
    MeasureCondition,
    MeasureReference,
    MeasureTerm,
    MonthsMeasure,
    NamedCondition,
    NotCondition,
    Number,
    ProductMeasure,
    QuotientMeasure,
    Scale,
    Selector,
    Span,
    Step,
    SumMeasure,
    Term,
    UnsettledCondition,
    Within,
    YearsMeasure,
)
from cse_forms.schema.definition import Definition
from cse_forms.schema.items import NO_DEFAULT, Item, Question, Section, Table
from cse_forms.schema.places import expand
from cse_forms.schema.vocabulary import Adjustment, Assessment, Limit, Rule

_ASKS_FOR_MORE = frozenset({"required", "allOf", "if", DERIVED})
"""Keywords that ask for an answer, and say nothing of what it means."""


class Meaning:
    """What the parts of one definition mean. Each is worked out once."""

    def __init__(self, definition: Definition, names: Mapping[str, str] | None = None) -> None:
        """Prepare the reading.

        Args:
            definition: of one version.
            names: the pointers that questions have in the other version, by their own, where they are to be taken for
                the same although they have another name there.
        """
        self._definition = definition
        self._names = names or {}
        self._places = {place.keys: place for place in expand(dict(definition.schema)).walk()}
        self._digests: dict[tuple[str, Any], str] = {}

    # --- parts of the policy --------------------------------------------------------------------------------------

    def assessment(self, assessment: Assessment) -> str:
        """Return what an assessment comes to, and on what."""
        key = "assessment", assessment.id
        if key not in self._digests:
            self._digests[key] = _digest(self._assessment(assessment))
        return self._digests[key]

    def judgement(self, assessment: Assessment) -> str:
        """Return what a judgement on an assessment may be."""
        judgement = assessment.judgement
        if judgement is None:
            return ""
        may: Any = judgement.may if judgement.may == "differ" else [self.limit(limit) for limit in judgement.may]
        return _digest([self.pointer(judgement.level), may])

    def limit(self, limit: Limit) -> Any:
        """Return what a limit to the judgement bars, and on what condition."""
        bounds = limit.model_dump(include={"at_least", "at_most"}, exclude_none=True)
        return [bounds, self._optional(limit.when)]

    def measure(self, name: str) -> str:
        """Return how a measure comes to its number."""
        key = "measure", name
        if key not in self._digests:
            self._digests[key] = _digest(self._measure(self._definition.words.measures[name]))
        return self._digests[key]

    def question(self, question: Question) -> str:
        """Return what the answers to a question can be and mean, and when it is asked."""
        key = "question", question.keys
        if key not in self._digests:
            self._digests[key] = _digest(self._question(question))
        return self._digests[key]

    def asked(self, item: Item) -> Any:
        """Return the conditions on which an item, and all that holds it, is asked."""
        node: Item | None = item
        found = []
        while node is not None:
            if node.show_when is not None:
                found.append(self.condition(node.show_when, node.holder))
            node = node.holder
        return found

    # --- answers --------------------------------------------------------------------------------------------------

    def _question(self, question: Question) -> Any:
        options = [[option.value, option.unknown, option.weight] for option in question.options]
        accepted = [
            [word, sorted(said) if isinstance(said, frozenset) else said]
            for word, said in constraints(self._definition, self._places[question.keys])
            if word not in _ASKS_FOR_MORE
        ]
        default = ["none"] if question.default is NO_DEFAULT else ["default", question.default]
        tables = []
        holder = question.holder
        while holder is not None:
            if isinstance(holder, Table):
                tables.append(["none"] if holder.default is NO_DEFAULT else ["default", holder.default])
                tables.append(sorted(map(canonical, self._row_limits(holder))))
            holder = holder.holder
        kept = sorted(map(canonical, accepted))
        return [self._name(question), question.kind, _sorted(options), kept, default, tables, self.asked(question)]

    def _name(self, question: Question) -> str:
        return self.pointer(question.pointer)

    def pointer(self, pointer: str) -> str:
        """Return a question's pointer, as the other version has it where the two are taken for the same."""
        return self._names.get(pointer, pointer)

    def _row_limits(self, table: Table) -> Iterable[Any]:
        return (
            [word, said]
            for word, said in constraints(self._definition, self._places[table.keys])
            if word in {"minItems", "maxItems"}
        )

    def _selected(
        self, items: Selector, match: Match | None, when: Condition | None, start: Item | None
    ) -> list[list[Any]]:
        """Return the answers that are read, each with what is asked of it and on what condition."""
        base = start if isinstance(start, Section) else None
        here = tuple(path for path in items if isinstance(path, str) and path.startswith("./"))
        everywhere = tuple(path for path in items if path not in here)
        found = {question.keys: (question, False) for question in self._definition.select(everywhere)}
        for question in self._definition.select(here, base) if here else ():
            found.setdefault(question.keys, (question, True))
        return _sorted(
            [
                self.question(question),
                in_row,
                None if match is None else self._match(match, question),
                None if when is None else self.condition(when, question.holder),
            ]
            for question, in_row in found.values()
        )

    def _match(self, match: Match, question: Question | None) -> Any:
        """Return what is asked of an answer, or of a number where there is no question."""
        said: dict[str, Any] = {}
        for word in match.model_fields_set:
            asked = getattr(match, word)
            if isinstance(asked, Match):
                said[word] = self._match(asked, question)
            elif isinstance(asked, Within):
                said[word] = self._within(asked, question)
            elif word == "enum":
                said[word] = sorted(map(canonical, asked))
            elif isinstance(asked, MeasureReference):
                said[word] = self._number(asked)
            elif asked is not None or word == "const":
                said[word] = asked
        return said

    def _within(self, within: Within, question: Question | None) -> Any:
        spans = [[word, self._optional_number(getattr(within, word))] for word in ("years", "months", "days")]
        if within.before is None:
            return [spans, None]
        base = question.holder if question is not None and isinstance(question.holder, Section) else None
        in_row = within.before.startswith("./")
        return [spans, [[self.question(one), in_row] for one in self._definition.select((within.before,), base)]]

    # --- conditions -----------------------------------------------------------------------------------------------

    def _optional(self, condition: Condition | None) -> Any:
        return None if condition is None else self.condition(condition)

    def condition(self, condition: Condition, start: Item | None = None) -> Any:
        """Return when a condition holds, fails and is unknown.

        Args:
            condition: from the definition.
            start: the object or row that `./` starts at.
        """
        match condition:
            case ItemsCondition():
                found = self._selected(condition.items, condition.match, condition.when, start)
                if condition.every:
                    return ["every", found]
                least = condition.at_least
                if least is None and condition.at_most is None:
                    least = 1
                return ["items", self._optional_number(least), self._optional_number(condition.at_most), found]
            case MeasureCondition():
                return ["measure", self.measure(condition.measure), self._match(condition.match, None)]
            case AssessmentCondition():
                return ["assessment", self._level_of(condition.assessment), self._level_asked(condition)]
            case NamedCondition():
                return self.condition(self._definition.words.conditions[condition.condition])
            case UnsettledCondition():
                return ["unsettled"]
            case AllCondition():
                return self._joined("all", condition.all, start)
            case AnyCondition():
                return self._joined("any", condition.any, start)
            case NotCondition():
                return ["not", self.condition(condition.not_, start)]
        assert_never(condition)

    def _joined(self, word: str, conditions: Iterable[Condition], start: Item | None) -> Any:
        parts = {canonical(part): part for part in (self.condition(one, start) for one in conditions)}
        return next(iter(parts.values())) if len(parts) == 1 else [word, [parts[key] for key in sorted(parts)]]

    def _level_asked(self, asked: AssessmentCondition | AssessmentSelection) -> Any:
        match = None if asked.match is None else self._match(asked.match, None)
        return [asked.at_least, asked.at_most, match]

    def _level_of(self, name: str) -> str:
        return self.assessment(next(one for one in self._definition.words.assessments if one.id == name))

    # --- measures -------------------------------------------------------------------------------------------------

    def _optional_number(self, number: Number | None) -> Any:
        return None if number is None else self._number(number)

    def _number(self, number: Number) -> Any:
        return ["measure", self.measure(number.measure)] if isinstance(number, MeasureReference) else number

    def _measure(self, measure: Measure) -> Any:
        match measure:
            case SumMeasure():
                missing = measure.missing if isinstance(measure.missing, str) else measure.missing.prorate
                gaps = missing if isinstance(missing, str) else [self._number(missing.answered), missing.round]
                return ["sum", self._terms(measure.sum), gaps]
            case HighestMeasure():
                return ["highest", self._terms(measure.highest), measure.missing]
            case LowestMeasure():
                return ["lowest", self._terms(measure.lowest), measure.missing]
            case CountMeasure():
                counted = measure.count
                if isinstance(counted, AssessmentSelection):
                    levels = _sorted(self._level_of(name) for name in counted.assessments)
                    return ["count levels", levels, self._level_asked(counted), measure.missing]
                return ["count", self._selected(counted.items, counted.match, counted.when, None), measure.missing]
            case ProductMeasure():
                return ["product", _sorted(self._number(number) for number in measure.product)]
            case QuotientMeasure():
                numbers = [self._number(number) for number in measure.quotient]
                return ["quotient", numbers, measure.round, measure.decimals]
            case YearsMeasure():
                return ["years", self._span(measure.years)]
            case MonthsMeasure():
                return ["months", self._span(measure.months)]
            case DaysMeasure():
                return ["days", self._span(measure.days)]
            case ConstantMeasure():
                return ["constant", measure.constant]
        assert_never(measure)

    def _span(self, span: Span) -> Any:
        return [self.question(self._definition.questions[pointer]) for pointer in (span.from_, span.to)]

    def _terms(self, terms: Iterable[Term]) -> Any:
        return _sorted(self._term(term) for term in terms)

    def _term(self, term: Term) -> Any:
        times = self._optional_number(term.times)
        match term:
            case ItemsTerm():
                # Conditions of a term may speak of each answer's row.
                found = self._selected(term.items, None, None, None)
                rows = [
                    [self._name(question), self._weighed(term, question.holder)]
                    for question in self._definition.select(term.items)
                ]
                return ["items", found, _sorted(rows), times]
            case MeasureTerm():
                return ["measure", self.measure(term.measure), self._weighed(term, None), times]
        assert_never(term)

    def _weighed(self, term: Term, start: Item | None) -> Any:
        when = None if term.when is None else self.condition(term.when, start)
        return [when, self._scale(term.weights, term.steps), [self._chosen(scale, start) for scale in term.choose]]

    def _chosen(self, scale: Scale, start: Item | None) -> Any:
        when = None if scale.when is None else self.condition(scale.when, start)
        return [when, self._scale(scale.weights, scale.steps)]

    def _scale(self, weights: dict[str, Number] | None, steps: Iterable[Step]) -> Any:
        by_option = None if weights is None else {key: self._number(weight) for key, weight in weights.items()}
        by_bound = [
            [
                self._optional_number(step.maximum),
                self._optional_number(step.exclusive_maximum),
                self._number(step.weight),
            ]
            for step in steps
        ]
        return [by_option, by_bound]

    # --- assessments ----------------------------------------------------------------------------------------------

    def _assessment(self, assessment: Assessment) -> Any:
        otherwise = assessment.otherwise.level if assessment.otherwise is not None else None
        return [
            assessment.id,
            [level.id for level in assessment.levels],
            assessment.ordered,
            self._optional(assessment.show_when),
            _distinct(self.rule(rule) for rule in assessment.rules),
            otherwise,
            [self.adjustment(change) for change in assessment.adjustments],
        ]

    def rule(self, rule: Rule) -> Any:
        """Return which level a rule gives, and when."""
        bands = [[self._optional_number(band.from_), self._optional_number(band.to), band.level] for band in rule.bands]
        number = None if rule.measure is None else self.measure(rule.measure)
        sources = _sorted(
            _sorted(self.question(question) for question in self._definition.select((source,)))
            if source.startswith("/")
            else self._level_of(source)
            for source in rule.level_of or ()
        )
        return [rule.level, self._optional(rule.when), number, bands, sources]

    def adjustment(self, change: Adjustment) -> Any:
        """Return what an adjustment does to the level, and when."""
        does = change.model_dump(exclude={"id", "because", "provenance", "when"}, exclude_none=True)
        return [does, self.condition(change.when)]


def _sorted(parts: Iterable[Any]) -> list[Any]:
    return sorted(parts, key=canonical)


def _distinct(parts: Iterable[Any]) -> list[Any]:
    """Return parts in one order, each once: a rule that is said twice is one rule."""
    return _sorted({canonical(part): part for part in parts}.values())


def _digest(value: Any) -> str:
    return sha256(canonical(value).encode("utf-8", "surrogatepass")).hexdigest()
