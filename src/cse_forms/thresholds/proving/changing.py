"""Claims about two responses: what an answer that is changed, learned or not asked does to the outcome."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from typing import Any

from cse_forms.schema.items import Question
from cse_forms.schema.vocabulary import Assessment
from cse_forms.thresholds.proving.answers import Answer, ChangedSheet, Keys, Rows, Sheet, Spot, mixed
from cse_forms.thresholds.proving.by_parts import LEARNED, UNCHANGED, Expected, Loose
from cse_forms.thresholds.proving.claims import (
    NOT_REPRODUCED,
    OUT_OF_TIME,
    PROVED,
    Claim,
    Decision,
    Example,
    Proof,
    gives_levels,
    proved,
)
from cse_forms.thresholds.proving.encode import Encoding
from cse_forms.thresholds.proving.ladder import Assessed
from cse_forms.thresholds.proving.logic import (
    Bool,
    all_of,
    any_of,
    at_least,
    choose,
    equal,
    implies,
    opposite,
    same,
)
from cse_forms.thresholds.proving.ranges import End, Range
from cse_forms.thresholds.proving.solving import Clock, Undecided, solve, written


def claims(proof: Proof) -> Iterator[Claim]:
    """Yield the claims about one form."""
    for assessment in proof.definition.words.assessments:
        if not gives_levels(assessment):
            continue
        title = assessment.title
        yield _learning(proof, Outside(assessment=assessment), assessment.id, f"the levels shown of '{title}'")
        yield _hiding(proof, Differing(assessment=assessment), assessment.id, f"the level of '{title}'")
    for name in proof.definition.words.measures:
        yield _learning(proof, Outside(measure=name), name, f"the bounds shown of the measure '{name}'")
        yield _hiding(proof, Differing(measure=name), name, f"the measure '{name}'")
    if proof.definition.words.prompts or proof.definition.words.checks:
        yield _hiding(proof, Differing(), "prompts and checks", "the prompts and checks")


# --- pairs of responses --------------------------------------------------------------------------------------------


@dataclass
class Pair:
    """Two responses, the second of which follows from the first and from answers of its own."""

    before: Encoding
    after: Encoding
    own: Sheet
    """The answers of the second response that are not those of the first."""
    limits: list[Bool]
    """What holds between the two."""
    expected: Expected
    """Which way numbers are expected to go from the first to the second."""
    _loose: Loose | None = None

    @property
    def sheets(self) -> tuple[Sheet, ...]:
        """The responses whose answers are not fixed."""
        return self.before.sheet, self.own

    def never(self, wrong: Callable[[Pair], Bool], clock: Clock) -> bool:
        """Return whether something can certainly not be, as far as that can be told part by part."""
        if self._loose is None:
            self._loose = Loose(self, self.expected)
        loose = Pair(self._loose.before, self._loose.after, self.own, self.limits, self.expected)
        return self._loose.never(lambda: wrong(loose), clock)


def decided(
    proof: Proof,
    pair: Pair,
    wrong: Callable[[Pair], Bool],
    confirm: Callable[[Any, Any], bool],
    clock: Clock,
    *,
    note: str | None = None,
) -> Decision:
    """Return whether two such responses can never go wrong, with the two that do, if any."""
    if clock.left <= 0:
        return OUT_OF_TIME
    if pair.never(wrong, clock):
        return proved(pair.after.sheet)
    model = solve([wrong(pair), *pair.limits], pair.sheets, clock, sparing=True)
    if model is None:
        return proved(pair.after.sheet)
    if isinstance(model, Undecided):
        return OUT_OF_TIME
    before, after = written(pair.before.sheet, model), written(pair.after.sheet, model)
    found = proof.evaluate(before, draft=pair.before.draft), proof.evaluate(after, draft=pair.after.draft)
    if not confirm(*found):
        return NOT_REPRODUCED
    examples = (
        Example(answers=before, draft=pair.before.draft, part="before"),
        Example(answers=after, draft=pair.after.draft, part="after"),
    )
    return Decision(verdict="refuted", note=note, examples=examples)


def place_of(assessment: Assessment, level: str | None) -> int:
    """Return the number of a level from the lowest; -1 for "no level"."""
    return -1 if level is None else [found.id for found in assessment.levels].index(level)


# --- learning what is not known ---------------------------------------------------------------------------------------


@dataclass(frozen=True, kw_only=True)
class Outside:
    """That what comes out afterwards lies outside of what was shown before."""

    assessment: Assessment | None = None
    measure: str | None = None

    def term(self, pair: Pair) -> Bool:
        """Return it as a term of the solver."""
        if self.assessment is not None:
            name = self.assessment.id
            return _levels_outside(pair.before.assessment(name), pair.after.assessment(name))
        assert self.measure is not None
        return _number_outside(pair.before.number(self.measure), pair.after.number(self.measure))

    def confirmed(self, before: Any, after: Any) -> bool:
        """Return whether two evaluations show it."""
        if self.assessment is not None:
            first, second = (one.assessments[self.assessment.id] for one in (before, after))
            if not self.assessment.ordered:
                return not set(second.possible) <= set(first.possible)
            firsts = [place_of(self.assessment, level) for level in first.possible]
            seconds = [place_of(self.assessment, level) for level in second.possible]
            return min(seconds) < min(firsts) or max(seconds) > max(firsts)
        assert self.measure is not None
        first, second = (one.measures[self.measure].interval.to_dict() for one in (before, after))
        lower = first["lowest"] is not None and (second["lowest"] is None or second["lowest"] < first["lowest"])
        upper = first["highest"] is not None and (second["highest"] is None or second["highest"] > first["highest"])
        known = first["has_value"] is not None and first["has_value"] is not second["has_value"]
        return bool(
            (first["has_value"] is not False and second["has_value"] is not False and (lower or upper)) or known
        )


def _levels_outside(before: Assessed, after: Assessed) -> Bool:
    if not before.assessment.ordered:
        pairs = zip(before.possible, after.possible, strict=True)
        return any_of(all_of((later, opposite(earlier))) for earlier, later in pairs)
    levels = range(len(before.assessment.levels))
    return any_of(
        any_of(
            (
                all_of((before.lowest_is_at_least(level), opposite(after.lowest_is_at_least(level)))),
                all_of((after.highest_is_at_least(level), opposite(before.highest_is_at_least(level)))),
            )
        )
        for level in levels
    )


def _number_outside(before: Range, after: Range) -> Bool:
    lower = all_of((opposite(before.low.none), any_of((after.low.none, _less(after.low, before.low)))))
    upper = all_of((opposite(before.high.none), any_of((after.high.none, _less(before.high, after.high)))))
    has_value = all_of((before.present.possible, after.present.possible))
    changed = any_of(
        (
            all_of((before.present.holds, opposite(after.present.holds))),
            all_of((before.present.fails, opposite(after.present.fails))),
        )
    )
    return any_of((all_of((has_value, any_of((lower, upper)))), changed))


def _less(first: End, second: End) -> Bool:
    return opposite(at_least(first.number, second.number))


def learned(proof: Proof, *, draft: bool) -> Pair:
    """Return a response, and what it may become once more is known.

    Args:
        proof: the form's.
        draft: whether the first is a draft, of which every blank may still be answered; else what is blank stays so.
    """
    own = Sheet(proof.definition, "learned")
    limits: list[Bool] = []

    def change(question: Question, keys: Keys, answer: Answer) -> Answer:
        open_answer = any_of((answer.not_known, opposite(answer.given) if draft else False))
        if open_answer is False:
            return answer
        other = own.answer(question, keys)
        limits.append(implies(answer.not_known, other.given))
        if len(answer.chosen) == len(other.chosen):
            unknown = {option.value for option in question.options if option.unknown}
            limits.extend(
                implies(all_of((answer.not_known, taken)), later)
                for (value, taken), (_, later) in zip(answer.chosen, other.chosen, strict=True)
                if value not in unknown
            )
        return mixed(open_answer, other, answer)

    def change_rows(keys: Keys, rows: Rows) -> Rows:
        if not draft:
            return rows
        other = own.rows(_table(proof, keys), keys)
        return Rows(any_of((rows.given, other.given)), choose(rows.given, rows.count, other.count))

    before = proof.draft if draft else proof.complete
    after = Encoding(proof.definition, ChangedSheet(before.sheet, change, change_rows), draft=False)
    return Pair(before, after, own, limits, LEARNED)


def _table(proof: Proof, keys: Keys) -> Any:
    wanted = tuple("*" if isinstance(key, int) else key for key in keys)
    return next(item for item in proof.definition.walk() if item.keys == wanted)


def _learning(proof: Proof, outside: Outside, about: str, what: str) -> Claim:
    def decide(clock: Clock) -> Decision:
        decision = PROVED
        for draft in (True, False):
            pair = proof.pair("learned", draft, partial(learned, proof, draft=draft))
            note = (
                "Between a draft and the response that it becomes."
                if draft
                else "Between a complete response with an answer that is Not Known and the same one once that is "
                "learned; a measure that takes a gap for nought, or scales it up, asks for that."
            )
            decision = decided(proof, pair, outside.term, outside.confirmed, clock, note=note)
            if decision.verdict != "proved":
                break
        return decision

    return Claim(
        kind="learning-stays-inside",
        about=about,
        statement=f"Learning what is blank or Not Known never leads outside {what}.",
        decide=decide,
    )


# --- what is not asked -----------------------------------------------------------------------------------------------


@dataclass(frozen=True, kw_only=True)
class Differing:
    """That two responses do not come to the same."""

    assessment: Assessment | None = None
    measure: str | None = None

    def term(self, pair: Pair) -> Bool:
        """Return it as a term of the solver."""
        before, after = pair.before, pair.after
        if self.assessment is not None:
            first, second = (one.assessment(self.assessment.id) for one in (before, after))
            found = [opposite(same(*levels)) for levels in zip(first.possible, second.possible, strict=True)]
            return any_of((*found, opposite(same(first.clash, second.clash))))
        if self.measure is not None:
            return _numbers_differ(before.number(self.measure), after.number(self.measure))
        words = before.definition.words
        conditions = [prompt.when for prompt in words.prompts if prompt.when is not None]
        conditions += [check.when for check in words.checks]
        pairs = [(before.condition(one), after.condition(one)) for one in conditions]
        return any_of(
            any_of((opposite(same(one.holds, two.holds)), opposite(same(one.fails, two.fails)))) for one, two in pairs
        )

    def confirmed(self, before: Any, after: Any) -> bool:
        """Return whether two evaluations show it."""
        if self.assessment is not None:
            first, second = (one.assessments[self.assessment.id] for one in (before, after))
            return bool(first.possible != second.possible)
        if self.measure is not None:
            first, second = (one.measures[self.measure].interval for one in (before, after))
            return bool(first != second)
        return any(
            one.truth is not two.truth
            for word in ("prompts", "checks")
            for one, two in zip(getattr(before, word), getattr(after, word), strict=True)
        )


def _numbers_differ(first: Range, second: Range) -> Bool:
    ends = ((first.low, second.low), (first.high, second.high))
    found: list[Bool] = [
        any_of(
            (
                opposite(same(one.none, two.none)),
                all_of((opposite(one.none), opposite(two.none), opposite(equal(one.number, two.number)))),
            )
        )
        for one, two in ends
    ]
    present = [
        opposite(same(first.present.holds, second.present.holds)),
        opposite(same(first.present.fails, second.present.fails)),
    ]
    return any_of((*(all_of((first.present.possible, part)) for part in found), *present))


def hidden(proof: Proof, *, draft: bool) -> Pair:
    """Return two responses that differ in nothing but answers to questions that the first certainly does not ask."""
    own = Sheet(proof.definition, "hidden")
    before = proof.draft if draft else proof.complete

    def change(question: Question, keys: Keys, answer: Answer) -> Answer:
        asked = before.asked_at(Spot(question, keys, before.sheet.exists(keys)))
        if asked.fails is False:
            return answer
        # Rows that are not there are no answers to hidden questions.
        return mixed(all_of((asked.fails, before.sheet.exists(keys))), own.answer(question, keys), answer)

    after = Encoding(proof.definition, ChangedSheet(before.sheet, change), draft=draft)
    return Pair(before, after, own, [], UNCHANGED)


def _hiding(proof: Proof, differing: Differing, about: str, what: str) -> Claim:
    def decide(clock: Clock) -> Decision:
        if all(item.words.show_when is None for item in proof.definition.walk()):
            return Decision(verdict="proved", note="Every question is always asked.")
        decision = PROVED
        for draft in (False, True):
            pair = proof.pair("hidden", draft, partial(hidden, proof, draft=draft))
            decision = decided(proof, pair, differing.term, differing.confirmed, clock)
            if decision.verdict != "proved":
                break
        return decision

    return Claim(
        kind="hidden-never-decides",
        about=about,
        statement=f"An answer to a question that is not asked never changes {what}.",
        decide=decide,
    )
