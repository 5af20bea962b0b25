"""Claims about what can come out: every level is reached, nothing is dead, and every known response has one level."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from cse_forms.schema.conditions import MeasureReference
from cse_forms.schema.vocabulary import Assessment, Rule
from cse_forms.thresholds.proving.answers import Sheet, exact
from cse_forms.thresholds.proving.claims import (
    NOT_REPRODUCED,
    OUT_OF_TIME,
    PROVED,
    Claim,
    Decision,
    Example,
    Proof,
    gives_levels,
    none_found,
    proved,
)
from cse_forms.thresholds.proving.encode import Encoding
from cse_forms.thresholds.proving.ladder import Assessed, Gift, band_truths, combined
from cse_forms.thresholds.proving.logic import (
    FALSE,
    TRUE,
    UNKNOWN,
    Bool,
    Truth,
    all_of,
    any_of,
    every,
    leaves_open,
    opposite,
    same,
)
from cse_forms.thresholds.proving.search import (
    AdjustmentHolds,
    BandHolds,
    CheckHolds,
    Goal,
    LevelIs,
    LowestIs,
    PromptShown,
    RuleHolds,
    Searcher,
    required_answers,
)
from cse_forms.thresholds.proving.solving import Clock, Undecided, holds_in, solve, written
from cse_forms.thresholds.proving.witnesses import made_small

if TYPE_CHECKING:
    from cse_forms.thresholds.policy import Evaluation


def claims(proof: Proof) -> Iterator[Claim]:
    """Yield the claims about one form."""
    words = proof.definition.words
    for assessment in words.assessments:
        if gives_levels(assessment):
            for level in assessment.levels:
                yield _level_reached(proof, assessment, level.id, level.title)
        for index, rule in enumerate(assessment.rules):
            yield from _rule_claims(proof, assessment, rule, index)
        for index, adjustment in enumerate(assessment.adjustments):
            about = f"{assessment.id}/{adjustment.id}"
            goal = AdjustmentHolds(assessment.id, adjustment.id)
            yield _can(proof, "adjustment-holds", about, f"Adjustment '{about}' can be made.", goal)
            yield _not_always(proof, assessment, about, index, adjusting=True)
            yield _adjustment_matters(proof, assessment, index)
        if gives_levels(assessment):
            yield _one_level(proof, assessment)
    for prompt in words.prompts:
        yield _can(proof, "prompt-shown", prompt.id, f"Prompt '{prompt.id}' can be shown.", PromptShown(prompt.id))
    for check in words.checks:
        yield _can(proof, "check-holds", check.id, f"Check '{check.id}' can find something.", CheckHolds(check.id))


def _rule_claims(proof: Proof, assessment: Assessment, rule: Rule, index: int) -> Iterator[Claim]:
    about = f"{assessment.id}/{rule.id}"
    goal: Goal
    for band in range(len(rule.bands)):
        goal = BandHolds(assessment.id, rule.id, band)
        place = f"{about}/{band + 1}"
        yield _can(proof, "band-reached", place, f"Band {band + 1} of rule '{about}' can be reached.", goal)
        yield _rule_matters(proof, assessment, index, band)
    if not rule.bands:
        yield _can(proof, "rule-holds", about, f"Rule '{about}' can hold.", RuleHolds(assessment.id, rule.id))
        yield _rule_matters(proof, assessment, index, None)
    if rule.level is not None:
        yield _not_always(proof, assessment, about, index, adjusting=False)


def confirmed(goal: Goal, found: Evaluation) -> bool:
    """Return whether `evaluate` says of a complete response what a goal asks for."""
    match goal:
        case RuleHolds() | BandHolds():
            outcome = found.assessments[goal.assessment]
            rule = next(rule for rule in outcome.rules if rule.id == goal.rule)
            if isinstance(goal, BandHolds):
                return in_band(found, goal.assessment, goal.rule, goal.band)
            return rule.truth is goal.truth
        case AdjustmentHolds():
            outcome = found.assessments[goal.assessment]
            return any(one.id == goal.adjustment and one.truth is goal.truth for one in outcome.adjustments)
        case PromptShown():
            return goal.prompt in {prompt.id for prompt in found.shown_prompts}
        case CheckHolds():
            return any(check.id == goal.check and check.truth is goal.truth for check in found.checks)
        case LevelIs():
            outcome = found.assessments[goal.assessment]
            return outcome.determined and outcome.possible == (goal.level,)
        case LowestIs():
            return found.assessments[goal.assessment].lowest == goal.level
        case _:
            raise AssertionError(goal)


def in_band(found: Evaluation, assessment: str, rule: str, band: int) -> bool:
    """Return whether the number of a rule certainly lies in one of its bands."""
    outcome = next(one for one in found.assessments[assessment].rules if one.id == rule)
    bands = outcome.rule.bands
    if outcome.truth is not True or outcome.level != bands[band].level:
        return False
    if sum(one.level == outcome.level for one in bands) == 1:
        return True
    # Where two bands have one level, the number itself tells them apart.
    assert outcome.rule.measure is not None
    number = found.measures[outcome.rule.measure].interval
    if number.lowest is None or number.lowest != number.highest:
        return False
    after = bands[band + 1 :][:1]
    before = bands[max(band - 1, 0) : band]
    starts = [one.to for one in before if bands[band].from_ is None] or [bands[band].from_]
    ends = [one.from_ for one in after if bands[band].to is None] or [bands[band].to]
    start, end = starts[0], ends[0]
    if isinstance(start, MeasureReference) or isinstance(end, MeasureReference):
        return False
    low = None if start is None else exact(start)
    high = None if end is None else exact(end)
    value = Fraction(number.lowest)
    above = low is None or value > low or (value == low and bands[band].from_ is not None)
    below = high is None or value < high or (value == high and bands[band].to is not None)
    return above and below


def _can(proof: Proof, kind: str, about: str, statement: str, goal: Goal) -> Claim:
    def decide(clock: Clock) -> Decision:
        if proof.witnesses.first(lambda witness: confirmed(goal, witness.found), clock) is not None:
            return PROVED
        searcher = Searcher(proof.definition)
        answers = searcher.answers(goal, clock.left)
        if isinstance(answers, Undecided):
            return OUT_OF_TIME
        if answers is None:
            return none_found(searcher.sheet, "No answers make it so.")
        return PROVED if confirmed(goal, proof.evaluate(answers)) else NOT_REPRODUCED

    return Claim(kind=kind, about=about, statement=statement, decide=decide)


def _level_reached(proof: Proof, assessment: Assessment, level: str, title: str) -> Claim:
    def decide(clock: Clock) -> Decision:
        alone = LevelIs(assessment.id, level)
        answers = _answers_of(proof, alone, clock)
        if isinstance(answers, dict):
            return Decision(verdict="proved", examples=(Example(answers=answers),))
        if answers.verdict != "refuted" or not assessment.ordered:
            return answers
        answers = _answers_of(proof, LowestIs(assessment.id, level), clock)
        if isinstance(answers, dict):
            note = "It is suggested; that another level is possible too is never ruled out."
            return Decision(verdict="proved", note=note, examples=(Example(answers=answers),))
        return answers

    return Claim(
        kind="level-reached",
        about=f"{assessment.id}/{level}",
        statement=f"Level '{title}' of '{assessment.title}' can be reached.",
        decide=decide,
    )


def _answers_of(proof: Proof, goal: Goal, clock: Clock) -> dict[str, Any] | Decision:
    """Return few answers with which a goal is met; where there are none, or none were found, what that means."""
    witness = proof.witnesses.first(lambda one: confirmed(goal, one.found), clock)
    if witness is not None:
        return made_small(witness.answers, lambda fewer: confirmed(goal, proof.evaluate(fewer)), clock)
    searcher = Searcher(proof.definition)
    answers = searcher.answers(goal, clock.left)
    if isinstance(answers, Undecided):
        return OUT_OF_TIME
    if answers is None:
        return none_found(searcher.sheet, "No answers lead to it.")
    return answers if confirmed(goal, proof.evaluate(answers)) else NOT_REPRODUCED


def _exists(
    proof: Proof,
    asked: Callable[[Encoding], Bool],
    confirm: Callable[[Evaluation], bool],
    clock: Clock,
    refuted: str,
) -> Decision:
    """Return whether there is a response, all of it known, in which something is so, and which `evaluate` confirms.

    That an answer is none of the options has no words in a response. Where an example needs it, it stands for itself
    as long as the encoding says all that it is about exactly.
    """
    if proof.witnesses.first(lambda one: one.is_known and confirm(one.found), clock) is not None:
        return PROVED
    if clock.left <= 0:
        return OUT_OF_TIME
    encoding = proof.learned
    terms = [asked(encoding), *proof.all_known(encoding)]
    in_words = [opposite(answer.none) for answer in encoding.sheet.answers().values()]
    model = solve(terms, [encoding.sheet], clock.share(clock.left / 2), [in_words])
    if isinstance(model, Undecided):
        if proof.known(encoding).never(asked, clock):
            return _none_exists(proof, asked, refuted)
        model = solve(terms, [encoding.sheet], clock, [in_words])
    if isinstance(model, Undecided):
        return OUT_OF_TIME
    if model is None:
        return _none_exists(proof, asked, refuted)
    if all(holds_in(model, term) for term in in_words):
        return PROVED if confirm(proof.evaluate(written(encoding.sheet, model))) else NOT_REPRODUCED
    return NOT_REPRODUCED if leaves_open(terms) else PROVED


def _none_exists(proof: Proof, asked: Callable[[Encoding], Bool], refuted: str) -> Decision:
    # What is asked is read once more, to see which tables it speaks of.
    sheet = Sheet(proof.definition, "tables", silent=True)
    asked(Encoding(proof.definition, sheet, draft=False))
    return none_found(sheet, refuted)


def _not_always(proof: Proof, assessment: Assessment, about: str, index: int, *, adjusting: bool) -> Claim:
    def confirm(found: Evaluation) -> bool:
        outcome = found.assessments[assessment.id]
        return (outcome.adjustments if adjusting else outcome.rules)[index].truth is False

    def decide(clock: Clock) -> Decision:
        def fails(encoding: Encoding) -> Bool:
            found = encoding.assessment(assessment.id)
            return found.adjustments[index].fails if adjusting else opposite(any_of(found.gifts[index].levels))

        return _exists(proof, fails, confirm, clock, "It holds whatever is answered.")

    kind, noun = ("adjustment-fails", "Adjustment") if adjusting else ("rule-fails", "Rule")
    return Claim(kind=kind, about=about, statement=f"{noun} '{about}' can fail.", decide=decide)


# --- what matters -----------------------------------------------------------------------------------------------------


def _differ(first: Assessed, second: Assessed) -> Bool:
    pairs = zip(first.possible, second.possible, strict=True)
    return any_of((*(opposite(same(*pair)) for pair in pairs), opposite(same(first.clash, second.clash))))


def _evaluated(assessment: Assessment, found: Evaluation) -> Assessed:
    """Return what `evaluate` finds each rule to give and each adjustment to say, as the ladder takes it."""
    outcome = found.assessments[assessment.id]
    gifts = tuple(
        Gift(None in rule.gives, tuple(level.id in rule.gives for level in assessment.levels)) for rule in outcome.rules
    )
    adjustments = tuple(_KNOWN[one.truth] for one in outcome.adjustments)
    return combined(assessment, gifts, adjustments, _KNOWN[outcome.applies], shown=gifts)


_KNOWN = {True: TRUE, False: FALSE, None: UNKNOWN}


def _without_rule(found: Assessed, index: int, band: int | None, lies_in: Truth) -> Assessed:
    """Return what comes of the same rules without one, or without one of its bands.

    Args:
        found: what comes of all.
        index: of the rule.
        band: of its band; None for the whole rule.
        lies_in: whether the number lies in that band.
    """
    gifts = list(found.gifts)
    old = gifts[index]
    if band is None:
        gifts[index] = Gift(True, (False,) * len(old.levels))
    else:
        levels = tuple(all_of((level, opposite(lies_in.holds))) for level in old.levels)
        gifts[index] = Gift(any_of((old.nothing, lies_in.possible)), levels)
    return combined(found.assessment, gifts, found.adjustments, found.applies, shown=tuple(gifts))


def _rule_matters(proof: Proof, assessment: Assessment, index: int, band: int | None) -> Claim:
    rule = assessment.rules[index]
    about = f"{assessment.id}/{rule.id}"

    def confirm(evaluation: Evaluation) -> bool:
        found = _evaluated(assessment, evaluation)
        lies_in = TRUE
        if band is not None:
            lies_in = TRUE if in_band(evaluation, assessment.id, rule.id, band) else FALSE
        return bool(_differ(found, _without_rule(found, index, band, lies_in)))

    def decide(clock: Clock) -> Decision:
        def differ(encoding: Encoding) -> Bool:
            lies_in = TRUE
            if band is not None:
                assert rule.measure is not None
                lies_in = band_truths(encoding, encoding.number(rule.measure), rule.bands)[band]
            found = encoding.assessment(assessment.id)
            return _differ(found, _without_rule(found, index, band, lies_in))

        return _exists(proof, differ, confirm, clock, _SHADOWED)

    what = f"Rule '{about}'" if band is None else f"Band {band + 1} of rule '{about}'"
    return Claim(
        kind="rule-matters" if band is None else "band-matters",
        about=about if band is None else f"{about}/{band + 1}",
        statement=f"{what} changes the level of some response.",
        decide=decide,
    )


_SHADOWED = "Wherever it holds, the level is the same without it."


def _adjustment_matters(proof: Proof, assessment: Assessment, index: int) -> Claim:
    about = f"{assessment.id}/{assessment.adjustments[index].id}"

    def without(found: Assessed) -> Bool:
        truths = list(found.adjustments)
        truths[index] = FALSE
        other = combined(assessment, found.gifts, truths, found.applies, shown=found.gifts)
        return _differ(found, other)

    def confirm(found: Evaluation) -> bool:
        return bool(without(_evaluated(assessment, found)))

    def decide(clock: Clock) -> Decision:
        return _exists(proof, lambda encoding: without(encoding.assessment(assessment.id)), confirm, clock, _SHADOWED)

    statement = f"Adjustment '{about}' changes the level of some response."
    return Claim(kind="adjustment-matters", about=about, statement=statement, decide=decide)


# --- exactly one level -----------------------------------------------------------------------------------------------


def _between_bands(encoding: Encoding, assessment: Assessment) -> Bool:
    """Return whether a number lies between two bands of a rule, and in none."""
    gaps = []
    for rule in assessment.rules:
        if not rule.bands:
            continue
        assert rule.measure is not None
        number = encoding.number(rule.measure)
        when = TRUE if rule.when is None else encoding.condition(rule.when)
        truths = band_truths(encoding, number, rule.bands)
        in_none = all_of((number.present.holds, *(truth.fails for truth in truths)))
        within = every((when, *_between_ends(encoding, rule)))
        gaps.append(all_of((within.holds, in_none)))
    return any_of(gaps)


def _between_ends(encoding: Encoding, rule: Rule) -> Iterator[Any]:
    from cse_forms.thresholds.proving.matching import bound_of, compare

    assert rule.measure is not None
    number = encoding.number(rule.measure)
    first, last = rule.bands[0], rule.bands[-1]
    if first.from_ is not None:
        yield compare("minimum", number, bound_of(first.from_, encoding))
    if last.to is not None:
        yield compare("maximum", number, bound_of(last.to, encoding))


def _one_level(proof: Proof, assessment: Assessment) -> Claim:
    """Return the claim that a complete response, all of it known, comes to one level, or to what `otherwise` says."""

    def wrong(encoding: Encoding) -> dict[str, Bool]:
        found = encoding.assessment(assessment.id)
        faults = {
            "clash": found.clash,
            "gap": all_of((found.applies.holds, _between_bands(encoding, assessment))),
            "open": opposite(any_of((found.determined, found.clash))),
        }
        if assessment.otherwise is None:
            faults["none"] = all_of((found.applies.holds, found.is_level(-1)))
        return faults

    def decide(clock: Clock) -> Decision:
        # What has no words in a response, that an answer is none of the options, is tried last.
        for encoding in (proof.complete, proof.learned):
            if proof.known(encoding).never(lambda one: any_of(wrong(one).values()), clock):
                continue
            faults = wrong(encoding)
            asked = [any_of(faults.values()), *proof.all_known(encoding)]
            model = solve(asked, [encoding.sheet], clock, [list(required_answers(encoding))])
            if isinstance(model, Undecided):
                return OUT_OF_TIME
            if model is None:
                continue
            fault = next(name for name, term in faults.items() if holds_in(model, term))
            answers = written(encoding.sheet, model)
            if not _shows(proof, assessment, fault, answers):
                return NOT_REPRODUCED
            return Decision(verdict="refuted", note=_FAULTS[fault], examples=(Example(answers=answers),))
        sheet = Sheet(proof.definition)
        wrong(Encoding(proof.definition, sheet, draft=False))
        return proved(sheet)

    return Claim(
        kind="one-level",
        about=assessment.id,
        statement=f"Every complete response in which all is known has exactly one level of '{assessment.title}', "
        "or what 'otherwise' says.",
        decide=decide,
    )


_FAULTS = {
    "clash": "Rules with different levels hold together.",
    "gap": "A number lies between two bands, and in neither.",
    "open": "More than one level stays possible although all is known.",
    "none": "No rule gives a level, and there is no 'otherwise'.",
}


def _shows(proof: Proof, assessment: Assessment, fault: str, answers: dict[str, Any]) -> bool:
    outcome = proof.evaluate(answers).assessments[assessment.id]
    match fault:
        case "clash":
            return outcome.clash
        case "gap":
            return any(rule.truth is False and rule.rule.bands for rule in outcome.rules)
        case "open":
            return not outcome.determined and not outcome.clash
        case _:
            return None in outcome.possible
