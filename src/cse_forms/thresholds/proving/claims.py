"""What is to be proved of a form, and what came of it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any, Literal, TypeAlias

from cse_forms.schema.definition import Definition
from cse_forms.schema.items import Question, Table
from cse_forms.schema.vocabulary import Assessment
from cse_forms.thresholds.proving.answers import Sheet, as_read
from cse_forms.thresholds.proving.by_parts import Known
from cse_forms.thresholds.proving.encode import Encoding
from cse_forms.thresholds.proving.logic import Bool, any_of, implies
from cse_forms.thresholds.proving.reads import Reader, asks_only_whether_answered
from cse_forms.thresholds.proving.solving import Clock
from cse_forms.thresholds.proving.witnesses import Witnesses

if TYPE_CHECKING:
    from cse_forms.thresholds.policy import Evaluation, Policy
    from cse_forms.thresholds.proving.changing import Pair

Verdict: TypeAlias = Literal["proved", "refuted", "not decided", "exact", "wider"]
"""`exact` and `wider` are said of bounds: whether some completion of the answers comes to each of them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Example:
    """A response that shows something."""

    answers: dict[str, Any]
    draft: bool = False
    part: str = ""
    """Which of two responses it is: "before" or "after"."""

    def response(self, definition: Definition) -> dict[str, Any]:
        """Return it as a response's file has it."""
        meta = {"meta": {"status": "draft"}} if self.draft else {}
        return {"form": definition.id, "version": definition.version, **meta, "answers": self.answers}


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """What came of a claim."""

    verdict: Verdict
    note: str | None = None
    """What a reader must know besides."""
    examples: tuple[Example, ...] = ()
    """Responses that refute the claim, or that show that a level can be reached."""


PROVED = Decision(verdict="proved")
OUT_OF_TIME = Decision(verdict="not decided", note="The solver did not come to an end in the time that it was given.")
NOT_REPRODUCED = Decision(
    verdict="not decided",
    note="The solver found an example that 'cse-forms evaluate' does not confirm; part of the definition cannot be "
    "put to the solver exactly.",
)


def proved(*sheets: Sheet) -> Decision:
    """Return that a claim holds of all responses that were looked at, and say where these are not all that there are.

    Args:
        sheets: of which it was proved; a table of theirs may have more rows than were looked at.
    """
    for sheet in sheets:
        if sheet.is_cut_short:
            return Decision(verdict="proved", note=f"For tables with up to {_rows(sheet)}.")
    return PROVED


def none_found(sheet: Sheet, note: str) -> Decision:
    """Return that no response shows something, or, where more rows of a table might, that this is not decided.

    Args:
        sheet: where nothing was found.
        note: what is said where there is nothing else to look at.
    """
    if sheet.is_cut_short:
        found = f"Tables with up to {_rows(sheet)} do not show it; whether more rows would was not looked at."
        return Decision(verdict="not decided", note=found)
    return Decision(verdict="refuted", note=note)


def _rows(sheet: Sheet) -> str:
    return f"{sheet.row_limit} rows"


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """Something that ought to hold of every response."""

    kind: str
    """Which of the claims it is, such as "level-reached"."""
    about: str
    """What it speaks of, such as "risk/medium"."""
    statement: str
    """The claim in words."""
    decide: Callable[[Clock], Decision]
    """Prove or refute it."""


class Proof:
    """One form's rules, read over responses that are not fixed; each reading is made once."""

    def __init__(self, definition: Definition, scenarios: Sequence[Mapping[str, Any]] = ()) -> None:
        """Prepare the proof.

        Args:
            definition: the form's.
            scenarios: answers of complete responses that are known beforehand and may show what can come out.
        """
        self.definition = definition
        self._known: dict[Encoding, Known] = {}
        self._pairs: dict[tuple[str, bool], Pair] = {}
        self.witnesses = Witnesses(definition, self.evaluate, scenarios)

    @cached_property
    def policy(self) -> Policy:
        """What evaluates the examples."""
        from cse_forms.thresholds.policy import Policy

        return Policy(self.definition)

    def evaluate(self, answers: dict[str, Any], *, draft: bool = False) -> Evaluation:
        """Return what the library says of answers."""
        return self.policy.evaluate(answers, draft=draft)

    @cached_property
    def sheet(self) -> Sheet:
        """Any response."""
        return Sheet(self.definition)

    @cached_property
    def complete(self) -> Encoding:
        """Any response that is not a draft."""
        return Encoding(self.definition, self.sheet, draft=False)

    @cached_property
    def draft(self) -> Encoding:
        """Any draft."""
        return Encoding(self.definition, self.sheet, draft=True)

    @cached_property
    def learned(self) -> Encoding:
        """Any complete response, in which an answer may also be known to be none of the options."""
        return Encoding(self.definition, Sheet(self.definition, "learned", silent=True), draft=False)

    def known(self, encoding: Encoding) -> Known:
        """Return a response in which all is known; it is prepared once."""
        if encoding not in self._known:
            self._known[encoding] = Known(encoding, list(self.all_known(encoding)))
        return self._known[encoding]

    def pair(self, kind: str, draft: bool, make: Callable[[], Pair]) -> Pair:
        """Return two responses of one kind; they are made once."""
        if (kind, draft) not in self._pairs:
            self._pairs[kind, draft] = make()
        return self._pairs[kind, draft]

    @cached_property
    def value_read(self) -> frozenset[tuple[str, ...]]:
        """The questions of which the rules read more than whether they are answered."""
        return frozenset(
            read.question.keys
            for read in Reader(self.definition, follow=False).all()
            if read.match is None or not asks_only_whether_answered(read.match)
        )

    def all_known(self, encoding: Encoding) -> Iterator[Bool]:
        """Yield that every question is answered, and the answer known, that the rules read and that is asked."""
        tables: dict[tuple[str, ...], Table] = {}
        for question in self.definition.questions.values():
            if question.keys not in self.value_read:
                continue
            holder = question.holder
            while holder is not None:
                if isinstance(holder, Table):
                    tables[holder.keys] = holder
                holder = holder.holder
            for spot in encoding.spots(question):
                if not spot.rows_unknown:
                    answer = as_read(encoding.sheet.answer(question, spot.keys), draft=encoding.draft)
                    yield implies(encoding.asked_at(spot).possible, any_of((answer.known,)))
        for table in tables.values():
            if "*" not in table.keys and table.default != []:
                yield encoding.sheet.rows(table, table.keys).given

    @property
    def rows(self) -> int:
        """How many rows of a table are looked at; 0 where the form has none."""
        return self.sheet.row_limit


def gives_levels(assessment: Assessment) -> bool:
    """Return whether the policy has anything to say on the level; else it is the practitioner's own choice."""
    return bool(assessment.rules or assessment.adjustments)


def titled(question: Question) -> str:
    """Return a question as people find it: its number or its row's, or its words."""
    row = question.holder
    return question.number or (row.number if row is not None else None) or f"'{question.full_title}'"


def numbered(questions: Sequence[Question]) -> str:
    """Return several questions of one kind in a few words."""
    first, last = titled(questions[0]), titled(questions[-1])
    if len(questions) == 1:
        return first
    return f"{first} and {last}" if len(questions) == 2 else f"{first} to {last} ({len(questions)} questions)"
