"""Claims about bounds: whether some completion of a draft's answers comes to each of them.

For every draft there must be a completion, so one solver cannot simply be asked. Completions are collected instead:
each says what every question is answered with where the draft leaves it open. As long as there is a draft for which
none of those collected reaches the bound, that draft is completed by itself: the completion found is added to the
others, or there is none, and the bound is wider than the truth.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from cse_forms.schema.items import Kind, Question
from cse_forms.schema.vocabulary import Assessment
from cse_forms.thresholds.proving.answers import (
    Answer,
    ChangedSheet,
    Keys,
    Rows,
    Sheet,
    blank,
    fixed,
    has_silent_no,
    mixed,
)
from cse_forms.thresholds.proving.claims import (
    NOT_REPRODUCED,
    OUT_OF_TIME,
    Claim,
    Decision,
    Example,
    Proof,
    gives_levels,
    proved,
)
from cse_forms.thresholds.proving.dates import day_of
from cse_forms.thresholds.proving.encode import Encoding
from cse_forms.thresholds.proving.logic import Bool, all_of, amount, any_of, choose, equal, implies, opposite
from cse_forms.thresholds.proving.ranges import is_exact
from cse_forms.thresholds.proving.solving import Clock, Undecided, holds_in, number_in, solve, written

_ROUNDS = 60
"""Completions that are collected before it is given up."""


@dataclass(frozen=True)
class Bound:
    """One end of what is shown of an assessment or of a measure."""

    subject: Assessment | str
    lowest: bool

    def there(self, draft: Encoding) -> Bool:
        """Return whether there is such a bound."""
        if isinstance(self.subject, Assessment):
            return True
        number = draft.number(self.subject)
        return all_of((number.present.possible, opposite((number.low if self.lowest else number.high).none)))

    def reached(self, draft: Encoding, completed: Encoding) -> Bool:
        """Return whether a completed response comes to the bound that the draft shows."""
        if isinstance(self.subject, str):
            number, other = draft.number(self.subject), completed.number(self.subject)
            end = number.low if self.lowest else number.high
            return all_of((other.present.holds, is_exact(other), equal(other.low.number, end.number)))
        before, after = draft.assessment(self.subject.id), completed.assessment(self.subject.id)
        found: list[Bool] = []
        for level in range(-1, len(self.subject.levels)):
            beyond = before.possible[: level + 1] if self.lowest else before.possible[level + 2 :]
            is_end = all_of((before.possible[level + 1], *(opposite(one) for one in beyond)))
            found.append(all_of((is_end, after.is_level(level))))
        return any_of(found)


def claims(proof: Proof) -> Iterator[Claim]:
    """Yield the claims about one form."""
    for assessment in proof.definition.words.assessments:
        if assessment.ordered and gives_levels(assessment):
            what = f"the levels shown of '{assessment.title}'"
            yield _claim(proof, assessment, assessment.id, what)
    for name in proof.definition.words.measures:
        yield _claim(proof, name, name, f"the measure '{name}'")


def _claim(proof: Proof, subject: Assessment | str, about: str, what: str) -> Claim:
    def decide(clock: Clock) -> Decision:
        for lowest in (True, False):
            found = _Search(proof, Bound(subject, lowest)).decide(clock)
            if found.verdict != "exact":
                return _with_more_rows(found)
        return Decision(verdict="exact", note=_looked_at().note)

    def _looked_at() -> Decision:
        # The bounds are read once more, to see which tables they speak of.
        sheet = Sheet(proof.definition, "tables")
        draft = Encoding(proof.definition, sheet, draft=True)
        for lowest in (True, False):
            Bound(subject, lowest).reached(draft, draft)
        return proved(sheet)

    def _with_more_rows(found: Decision) -> Decision:
        """Return that a bound is not reached, or, where more rows of a table might reach it, that it is not decided."""
        rows = _looked_at().note
        if found.verdict != "wider" or rows is None:
            return found
        return Decision(verdict="not decided", note=f"{rows[:-1]}: {found.note}", examples=found.examples)

    return Claim(
        kind="bounds-attained",
        about=about,
        statement=f"Each bound of {what} is reached by some completion of the answers.",
        decide=decide,
    )


class _Search:
    """Looks for a draft of which no completion comes to a bound."""

    def __init__(self, proof: Proof, bound: Bound) -> None:
        self._proof = proof
        self._bound = bound
        self._draft = proof.draft
        self._missed: list[Bool] = []
        """That none of the completions collected so far reaches the bound."""

    def decide(self, clock: Clock) -> Decision:
        if clock.left <= 0:
            return OUT_OF_TIME
        sheet = self._draft.sheet
        there = self._bound.there(self._draft)
        # One completion that fits most drafts shortens the search: that of an empty draft.
        first = self._completed(_FixedSheet(sheet, None), clock)
        if isinstance(first, dict):
            self._missed.append(opposite(self._reached_by(first)))
        for _ in range(_ROUNDS):
            model = solve([there, *self._missed], [sheet], clock)
            if model is None:
                return Decision(verdict="exact")
            if isinstance(model, Undecided):
                return OUT_OF_TIME
            completion = self._completed(_FixedSheet(sheet, model), clock)
            if isinstance(completion, Undecided):
                return OUT_OF_TIME
            if completion is None:
                return self._wider(written(sheet, model), model)
            self._missed.append(opposite(self._reached_by(completion)))
        return OUT_OF_TIME

    def _wider(self, answers: dict[str, Any], model: Any) -> Decision:
        found = self._proof.evaluate(answers, draft=True)
        subject = self._bound.subject
        word = "lowest" if self._bound.lowest else "highest"
        if isinstance(subject, str):
            shown = found.measures[subject].interval.to_dict()[word]
            number = self._draft.number(subject)
            end = number.low if self._bound.lowest else number.high
            if shown is None or abs(float(number_in(model, end.number.term)) - float(shown)) > 1e-9:
                return NOT_REPRODUCED
        else:
            outcome = found.assessments[subject.id]
            shown = outcome.possible[0] if self._bound.lowest else outcome.possible[-1]
            before = self._draft.assessment(subject.id)
            levels = [None, *(level.id for level in subject.levels)]
            possible = [one for one, term in zip(levels, before.possible, strict=True) if holds_in(model, term)]
            if tuple(possible) != tuple(outcome.possible):
                return NOT_REPRODUCED
        note = f"Wider than the truth: no completion of these answers comes to the {word} that is shown, {shown}."
        return Decision(verdict="wider", note=note, examples=(Example(answers=answers, draft=True),))

    def _completed(self, draft_sheet: Sheet, clock: Clock) -> dict[Any, Any] | Undecided | None:
        """Return what answers that are open are completed with, so that the bound is reached."""
        own = Sheet(self._proof.definition, "completed", silent=True)
        draft = Encoding(self._proof.definition, draft_sheet, draft=True)
        after, limits = completion(self._proof, draft_sheet, own.answer, own.rows)
        asked = [self._bound.reached(draft, after), *self._proof.all_known(after), *limits]
        model = solve(asked, [draft_sheet, own], clock)
        if model is None or isinstance(model, Undecided):
            return model
        values: dict[Any, Any] = {keys: _frozen(answer, model) for keys, answer in own.answers().items()}
        values |= {keys: int(number_in(model, rows.count.term)) for keys, rows in own.tables().items()}
        return values

    def _reached_by(self, values: dict[Any, Any]) -> Bool:
        def answer(question: Question, keys: Keys) -> Answer:
            return values[keys] if keys in values else _usual_answer(question)

        def rows(_table: Any, keys: Keys) -> Rows:
            return Rows(True, amount(values.get(keys, 0)))

        after, limits = completion(self._proof, self._draft.sheet, answer, rows)
        known = self._proof.all_known(after)
        return all_of((self._bound.reached(self._draft, after), *known, *limits))


def completion(
    proof: Proof,
    sheet: Sheet,
    answer: Callable[[Question, Keys], Answer],
    rows: Callable[[Any, Keys], Rows],
) -> tuple[Encoding, list[Bool]]:
    """Return a response in which other answers stand where one leaves it open, and what holds between the two.

    Args:
        proof: the form's.
        sheet: the response.
        answer: the answers that complete it.
        rows: the rows of tables that complete it.
    """
    limits: list[Bool] = []

    def change(question: Question, keys: Keys, old: Answer) -> Answer:
        new = answer(question, keys)
        if question.kind is Kind.CHOICES and old.not_known is not False:
            unknown = {option.value for option in question.options if option.unknown}
            limits.extend(
                implies(all_of((old.not_known, taken)), later)
                for (value, taken), (_, later) in zip(old.chosen, new.chosen, strict=True)
                if value not in unknown
            )
        return mixed(old.known, old, new)

    def change_rows(keys: Keys, old: Rows) -> Rows:
        wanted = tuple("*" if isinstance(key, int) else key for key in keys)
        new = rows(next(item for item in proof.definition.walk() if item.keys == wanted), keys)
        return Rows(any_of((old.given, new.given)), choose(old.given, old.count, new.count))

    after = Encoding(proof.definition, ChangedSheet(sheet, change, change_rows), draft=False)
    return after, limits


def _frozen(answer: Answer, model: Any) -> Answer:
    """Return an answer as a model has it."""
    if not holds_in(model, answer.given):
        return blank(answer.question)
    day, number, length = answer.day, answer.number, answer.length
    return Answer(
        question=answer.question,
        given=True,
        chosen=tuple((value, holds_in(model, taken)) for value, taken in answer.chosen),
        none=holds_in(model, answer.none),
        number=None if number is None else amount(number_in(model, number.term)),
        day=None
        if day is None
        else day_of(date(*(int(number_in(model, part.term)) for part in (day.year, day.month, day.day)))),
        length=None if length is None else amount(number_in(model, length.term)),
        is_text=lambda text: holds_in(model, answer.is_text(text)),
        texts=answer.texts,
    )


def _usual_answer(question: Question) -> Answer:
    match question.kind:
        case Kind.TICK:
            return fixed(question, False)
        case Kind.CHOICE if not has_silent_no(question):
            return fixed(question, next(option.value for option in question.options if not option.unknown))
        case _:
            return blank(question)


class _FixedSheet(Sheet):
    """A response as a model has it; without a model, one that is blank."""

    def __init__(self, sheet: Sheet, model: Any) -> None:
        super().__init__(sheet.definition, rows=sheet.row_limit)
        self._sheet = sheet
        self._model = model

    def _made(self, question: Question, keys: Keys) -> Answer:
        if self._model is None:
            return blank(question)
        return _frozen(self._sheet.answer(question, keys), self._model)

    def _made_rows(self, table: Any, keys: Keys) -> Rows:
        if self._model is None:
            return Rows(False, amount(0))
        rows = self._sheet.rows(table, keys)
        count = number_in(self._model, rows.count.term)
        return Rows(holds_in(self._model, rows.given), amount(count))
