"""Proving that two versions say the same of all responses that the old one accepts, with a solver.

Both policies are read over one response that is not fixed: one to the old version. The new version reads the same
answers; of what it asks besides, nothing is given.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from cse_forms.comparing.canonical import canonical
from cse_forms.comparing.carrying import CannotCarryError, CarriedSheet
from cse_forms.comparing.meaning import Meaning
from cse_forms.comparing.outcomes import Outcomes, Part, assessment_of
from cse_forms.schema.conditions import Condition
from cse_forms.schema.definition import Definition
from cse_forms.schema.items import Item, Question
from cse_forms.schema.places import ROW
from cse_forms.schema.vocabulary import Assessment, Bound, Limit, Suggested
from cse_forms.thresholds.as_schema import unsaid
from cse_forms.thresholds.evaluate import Evaluator
from cse_forms.thresholds.proving.answers import Keys, Sheet, Spot, rows_needed
from cse_forms.thresholds.proving.by_parts import UNCHANGED
from cse_forms.thresholds.proving.changing import Differing, Pair, place_of
from cse_forms.thresholds.proving.encode import Encoding
from cse_forms.thresholds.proving.ladder import Assessed
from cse_forms.thresholds.proving.logic import (
    TRUE,
    Bool,
    Truth,
    all_of,
    any_of,
    every,
    opposite,
    same,
    undecided,
)
from cse_forms.thresholds.proving.ranges import havoc
from cse_forms.thresholds.proving.search import PromptShown, goal_term
from cse_forms.thresholds.proving.solving import Clock, Undecided, solve, written


class Proof:
    """Both versions, read over one response to the old one that is not fixed."""

    def __init__(self, outcomes: Outcomes) -> None:
        self._outcomes = outcomes

    def never_differs(self, clock: Clock) -> bool | tuple[dict[str, Any], bool] | None:
        """Return whether the two never say anything else, as far as is known in time.

        True is a proof. Answers, with whether they are a draft's, are those in which the solver sees a difference.
        None: it is not decided.
        """
        for draft in (False, True):
            found = self._never_differs(clock, draft=draft)
            if found is not True:
                return found
        return True

    def _never_differs(self, clock: Clock, *, draft: bool) -> bool | tuple[dict[str, Any], bool] | None:
        both = _Both(self._outcomes, draft=draft)
        try:
            wrong = both.wrong()
        except CannotCarryError:
            return None
        if wrong is None:
            return None
        model = solve([wrong, *both.complete()], [both.sheet], clock, sparing=True)
        if isinstance(model, Undecided):
            return None
        if model is not None:
            return written(both.sheet, model), draft
        if not both.sheet.is_cut_short:
            return True
        # A table may have more rows than were looked at; what means the same in both versions need not be looked at.
        loose = _Both(self._outcomes, draft=draft, shared=both.before.seen & both.after.seen)
        wrong = loose.wrong()
        if wrong is None or solve([wrong, *loose.complete()], [loose.sheet], clock) is not None:
            return None
        return True if not loose.sheet.is_cut_short else None

    def never_asks_for_more(self, clock: Clock) -> bool:
        """Return whether nothing is certainly required that was not before: what `showWhen` and `required` ask for."""
        both = _Both(self._outcomes, draft=False)
        try:
            wrong = any_of(both.newly_required())
        except CannotCarryError:
            return False
        return solve([wrong], [both.sheet], clock) is None and not both.sheet.is_cut_short


class _Shared(Encoding):
    """A reading of one version, in which what means the same in the other may be left open, alike in both."""

    def __init__(
        self,
        definition: Definition,
        sheet: Sheet,
        meaning: Meaning,
        *,
        draft: bool,
        shared: Mapping[str, Truth] | None = None,
    ) -> None:
        super().__init__(definition, sheet, draft=draft)
        self._meaning = meaning
        self._shared = shared or {}
        self.seen: set[str] = set()
        """The meaning of every condition that speaks of no row, as far as they were read."""

    def condition(self, condition: Condition, start: Item | None = None, row: Keys = ()) -> Truth:
        """Return whether a condition holds."""
        if start is None and not row:
            meaning = canonical(self._meaning.condition(condition))
            self.seen.add(meaning)
            if meaning in self._shared:
                return self._shared[meaning]
        return super().condition(condition, start, row)


class _Both:
    """Two readings of one response."""

    def __init__(self, outcomes: Outcomes, *, draft: bool, shared: Iterable[str] = ()) -> None:
        """Prepare the readings.

        Args:
            outcomes: the two versions.
            draft: whether the response is a draft.
            shared: what conditions mean that both versions have, and that may come out in any way, alike in both.
        """
        self._outcomes = outcomes
        old, new = outcomes.old.definition, outcomes.new.definition
        rows = max(rows_needed(old), rows_needed(new))
        self.sheet = Sheet(old, rows=rows)
        same_truth = {meaning: undecided("shared") for meaning in shared}
        first, second = outcomes.meanings
        carried = CarriedSheet(new, self.sheet, rows)
        self._loose = bool(same_truth)
        self.before = _Shared(old, self.sheet, first, draft=draft, shared=same_truth)
        self.after = _Shared(new, carried, second, draft=draft, shared=same_truth)
        self.before.instead = self._leave_open
        self.after.instead = self._assume

    def _assume(self, name: str) -> None:
        """Take the old number of a measure that means the same: it need not be worked out a second time."""
        before, after = self._outcomes.meanings
        measures = self.before.definition.words.measures
        if name in measures and before.measure(name) == after.measure(name):
            self.after.assume(name, self.before.number(name))

    def _leave_open(self, name: str) -> None:
        """Let the number of a measure that means the same be any, where no more is asked than that it is one number."""
        before, after = self._outcomes.meanings
        measures = self.after.definition.words.measures
        if self._loose and name in measures and before.measure(name) == after.measure(name):
            self.before.assume(name, havoc("shared"))

    def complete(self) -> Iterator[Bool]:
        """Yield what holds of every valid response that is no draft: what is always required is answered."""
        if not self.before.draft:
            for question in self.before.definition.questions.values():
                if question.always_required and ROW not in question.keys:
                    yield self.sheet.answer(question, question.keys).given

    def wrong(self) -> Bool | None:
        """Return that some part is not the same; None where that cannot be put to the solver."""
        found: list[Bool] = []
        for part in self._outcomes.differing:
            term = self._differs(part)
            if term is None:
                return None
            found.append(term)
        return any_of(found)

    def _differs(self, part: Part) -> Bool | None:
        kind, name = part
        if kind == "assessment":
            return self._levels_differ(name)
        if kind == "judgement":
            return self._permitted_differ(name)
        if kind == "measure":
            both = (form.definition.words.measures for form in (self.before, self.after))
            known = all(name in measures for measures in both)
            pair = Pair(self.before, self.after, self.sheet, [], UNCHANGED)
            return Differing(measure=name).term(pair) if known else None
        if kind == "prompt":
            return self._prompts_differ(name)
        holding = [self._holding(form, name, side) for side, form in enumerate((self.before, self.after))]
        return opposite(same(*holding))

    def _prompts_differ(self, name: str) -> Bool:
        shown: list[Bool] = []
        urgencies = []
        for side, form in enumerate((self.before, self.after)):
            prompts = form.definition.words.prompts
            found = next((one for one in prompts if self._outcomes.prompt_name(one, side) == name), None)
            shown.append(False if found is None else goal_term(form, PromptShown(found.id)))
            urgencies.append(None if found is None else found.urgency)
        return any_of(shown) if len(set(urgencies)) > 1 else opposite(same(*shown))

    def _holding(self, form: Encoding, name: str, side: int) -> Bool:
        checks = form.definition.words.checks
        found = next((one for one in checks if self._outcomes.check_name(one, side) == name), None)
        return False if found is None else form.condition(found.when).holds

    # --- levels ---------------------------------------------------------------------------------------------------

    def _levels_differ(self, name: str) -> Bool | None:
        old, new = (assessment_of(form.definition, name) for form in (self.before, self.after))
        if old is None or new is None or not _have_the_same_levels(old, new):
            return None
        first, second = self.before.assessment(name), self.after.assessment(name)
        levels = [opposite(same(*pair)) for pair in zip(first.possible, second.possible, strict=True)]
        recorded = self._recorded_differ(old, new)
        return any_of((*levels, opposite(same(first.clash, second.clash)), recorded))

    def _recorded_differ(self, old: Assessment, new: Assessment) -> Bool:
        """Return that one version has something recorded to go by, and the other has not."""
        read = [
            [question for question, _ in Evaluator(form.definition).compiled(assessment.id).read]
            for form, assessment in ((self.before, old), (self.after, new))
        ]
        meant = [
            {meaning.question(question) for question in questions}
            for meaning, questions in zip(self._outcomes.meanings, read, strict=True)
        ]
        if meant[0] == meant[1]:
            return False
        return opposite(same(_recorded(self.before, read[0]), _recorded(self.after, read[1])))

    def _permitted_differ(self, name: str) -> Bool | None:
        first, second = (assessment_of(form.definition, name) for form in (self.before, self.after))
        before, after = self._outcomes.meanings
        if first is None or second is None or not _have_the_same_levels(first, second):
            return None
        if before.judgement(first) == after.judgement(second):
            # The suggestion is told to be the same by the assessment's own part.
            return False
        if first.judgement is None or second.judgement is None or first.judgement.level != second.judgement.level:
            return None
        found: list[Bool] = []
        for level in (None, *range(len(first.levels))):
            state = True if level is None else _may_suggest(self.before.assessment(name), level)
            for other in range(len(first.levels)):
                allowed = [
                    _allows(form, one, level, other) for form, one in ((self.before, first), (self.after, second))
                ]
                found.append(all_of((state, opposite(same(*allowed)))))
        return any_of(found)

    # --- what is required -----------------------------------------------------------------------------------------

    def newly_required(self) -> Iterator[Bool]:
        """Yield, of each question, that it is required now, was not before, and is blank."""
        unenforced = [{one.keys for one in unsaid(form.definition)} for form in (self.before, self.after)]
        asked_before = {one.keys: one for one in self.before.definition.questions.values()}
        for question in self.after.definition.questions.values():
            if question.words.required is False or question.keys in unenforced[1]:
                continue
            own = asked_before.get(question.keys)
            for spot in self.after.spots(question):
                if spot.rows_unknown:
                    continue
                required = _required(self.after, question, spot.keys)
                given = self.after.sheet.answer(question, spot.keys).given
                was: Bool = False
                if own is not None and own.words.required is not False and own.keys not in unenforced[0]:
                    was = _required(self.before, own, spot.keys)
                yield all_of((spot.exists, required, opposite(given), opposite(was)))


def _recorded(form: Encoding, read: Sequence[Question]) -> Bool:
    """Return whether any of these answers is given and known, to a question that may be asked."""
    return not read or any_of(
        all_of((spot.exists, form.asked_at(spot).possible, form.sheet.answer(question, spot.keys).known))
        for question in read
        for spot in form.spots(question)
        if not spot.rows_unknown
    )


def _required(form: Encoding, question: Question, keys: Keys) -> Bool:
    required = TRUE
    if not isinstance(question.words.required, bool):
        required = form.condition(question.words.required, question.holder, keys[:-1])
    return every((form.asked_at(Spot(question, keys, True)), required)).holds


def _have_the_same_levels(first: Assessment, second: Assessment) -> bool:
    return first.ordered == second.ordered and [one.id for one in first.levels] == [one.id for one in second.levels]


def _may_suggest(found: Assessed, level: int) -> Bool:
    return found.possible[level + 1]


def _allows(form: Encoding, assessment: Assessment, suggested: int | None, level: int) -> Bool:
    """Return whether a level keeps within every limit, where a level is suggested."""
    assert assessment.judgement is not None
    limits = () if assessment.judgement.may == "differ" else assessment.judgement.may
    return opposite(
        any_of(
            True if limit.when is None else form.condition(limit.when).holds
            for limit in limits
            if not _keeps_within(assessment, limit, suggested, level)
        )
    )


def _keeps_within(assessment: Assessment, limit: Limit, suggested: int | None, level: int) -> bool:
    top = len(assessment.levels) - 1

    def place(bound: Bound | None, otherwise: int) -> int:
        if isinstance(bound, Suggested) or bound == "suggested":
            steps = bound.suggested if isinstance(bound, Suggested) else 0
            return otherwise if suggested is None else min(max(suggested + steps, 0), top)
        return otherwise if bound is None else place_of(assessment, bound)

    return place(limit.at_least, 0) <= level <= place(limit.at_most, top)
