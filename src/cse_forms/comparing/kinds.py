"""Which kind of change it is: derived from what the two versions accept and say, never from what somebody claims."""

from __future__ import annotations

import time
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Literal, TypeAlias

from cse_forms.comparing.accepting import DERIVED, Narrowing, narrowings
from cse_forms.comparing.canonical import nameless
from cse_forms.comparing.exchanged import exchanged
from cse_forms.comparing.outcomes import Outcomes
from cse_forms.comparing.phrases import KINDS
from cse_forms.comparing.searching import CounterExample, Search, Trial
from cse_forms.comparing.shape import shape
from cse_forms.forms import Form
from cse_forms.schema.items import Question
from cse_forms.schema.places import ROW
from cse_forms.thresholds.in_words.naming import Naming
from cse_forms.thresholds.proving import is_installed

Kind: TypeAlias = Literal["none", "patch", "minor", "major", "not-decided"]
"""`patch`: words for people alone. `minor`: every old response is valid and comes to the same. `not-decided`: it could
not be told, and has to be treated as `major`."""

Verdict: TypeAlias = Literal["yes", "no", "not-decided"]
How: TypeAlias = Literal["structure", "proof", "counter-example", "not-decided"]

_SEARCH = 0.5
"""The share of the time that goes to looking for a response, before it is tried to prove that there is none."""

_BESIDES = 0.5
"""Seconds for what does not decide the kind any more."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Reason:
    """Why the kind of the change is what it is."""

    about: Literal["acceptance", "outcome", "words"]
    """Whether every old response is valid, whether it comes to the same, or whether its answers read as they did."""
    verdict: Verdict
    how: How
    text: str
    counter_example: CounterExample | None = None
    """A response that shows it, where the verdict is no; none for words that changed places."""

    def to_dict(self) -> dict[str, Any]:
        """Return it as `diff --json` prints it."""
        example = None if self.counter_example is None else self.counter_example.to_dict()
        return {
            "about": self.about,
            "verdict": self.verdict,
            "how": self.how,
            "text": self.text,
            "counter_example": example,
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class Decided:
    """The kind of a change, and what it rests on."""

    kind: Kind
    reasons: tuple[Reason, ...] = ()


def kind_of(old: Form, new: Form, time_limit: float, examples: Iterable[Trial] = ()) -> Decided:
    """Return the kind of the change from one version to another.

    Args:
        old: the version that was.
        new: the version that is to take its place.
        time_limit: seconds for looking for counter-examples, and for proving that there are none.
        examples: responses to the old version that are known beforehand, each with whether it is a draft.
    """
    if nameless(old.definition) == nameless(new.definition):
        return Decided(kind="none")
    return _Decision(old, new, time.monotonic() + time_limit, examples).decided()


class _Decision:
    def __init__(self, old: Form, new: Form, until: float, examples: Iterable[Trial]) -> None:
        self._old, self._new, self._until = old, new, until
        self._narrowings = narrowings(old.definition, new.definition)
        self._outcomes = Outcomes(old, new)
        self._search = Search(self._outcomes, examples)

    def decided(self) -> Decided:
        """Return the kind, with a reason for each of the two questions, and one for all words that changed places."""
        acceptance = self._acceptance()
        outcome = self._outcome(acceptance.verdict)
        misread = exchanged(self._old.definition, self._new.definition)
        words = [Reason(about="words", verdict="no", how="structure", text=text) for text in misread]
        verdicts = {acceptance.verdict, outcome.verdict, *(reason.verdict for reason in words)}
        kind: Kind = "minor"
        if "no" in verdicts:
            kind = "major"
        elif "not-decided" in verdicts:
            kind = "not-decided"
        elif {acceptance.how, outcome.how} == {"structure"} and self._is_alike():
            kind = "patch"
        return Decided(kind=kind, reasons=(acceptance, outcome, *words))

    def _is_alike(self) -> bool:
        """Whether nothing but words differs: what is asked, in which order, and what may be answered."""
        before, after = self._outcomes.meanings
        return shape(self._old.definition, before) == shape(self._new.definition, after)

    def _share(self) -> float:
        """Return until when it is searched: a part of the time stays for the proof, where there can be one."""
        now = time.monotonic()
        return now + max(0.0, self._until - now) * (_SEARCH if is_installed() else 1.0)

    # --- is every old response valid? -----------------------------------------------------------------------------

    def _acceptance(self) -> Reason:
        if not self._narrowings:
            return Reason(about="acceptance", verdict="yes", how="structure", text=KINDS.accepts_by_structure)
        found = self._search.refused(self._narrowings, self._share())
        if found is not None:
            return Reason(
                about="acceptance", verdict="no", how="counter-example", text=KINDS.accepts_not, counter_example=found
            )
        if all(one.word == DERIVED for one in self._narrowings) and is_installed():
            from cse_forms.comparing.proving import Proof
            from cse_forms.thresholds.proving.solving import Clock

            if Proof(self._outcomes).never_asks_for_more(Clock(self._until)):
                return Reason(about="acceptance", verdict="yes", how="proof", text=KINDS.accepts_by_proof)
        places = "; ".join(dict.fromkeys(map(self._place, self._narrowings)))
        text = KINDS.accepts_open.format(places=places)
        return Reason(about="acceptance", verdict="not-decided", how="not-decided", text=text)

    def _place(self, narrowing: Narrowing) -> str:
        """Return what the place is called at which more may be asked for."""
        naming = Naming(self._old.definition)
        item = self._old.definition.item_at(narrowing.pointer.replace(ROW, "0")) or self._old.definition.root
        return naming.question(item) if isinstance(item, Question) else naming.place(item)

    # --- does it come to the same? --------------------------------------------------------------------------------

    def _outcome(self, accepted: Verdict) -> Reason:
        if not self._outcomes.differing:
            return Reason(about="outcome", verdict="yes", how="structure", text=KINDS.outcome_by_structure)
        # Once a response is refused, the kind is known; the rest is told as far as it is easily found.
        until = self._share() if accepted != "no" else min(self._share(), time.monotonic() + _BESIDES)
        found = self._search.differing(until)
        if found is not None:
            return self._differs(found)
        why = KINDS.no_solver
        if accepted == "yes" and is_installed():
            proved = self._proved()
            if isinstance(proved, CounterExample):
                return self._differs(proved)
            if proved:
                return Reason(about="outcome", verdict="yes", how="proof", text=KINDS.outcome_by_proof)
            why = KINDS.no_proof
        elif accepted == "no":
            why = KINDS.not_looked_further
        parts = "; ".join(map(self._outcomes.about, self._outcomes.differing))
        text = KINDS.outcome_open.format(why=why, parts=parts)
        return Reason(about="outcome", verdict="not-decided", how="not-decided", text=text)

    @staticmethod
    def _differs(found: CounterExample) -> Reason:
        return Reason(
            about="outcome", verdict="no", how="counter-example", text=KINDS.outcome_not, counter_example=found
        )

    def _proved(self) -> bool | CounterExample:
        """Return whether it is proved that the outcome is the same, or a response that the solver found."""
        from cse_forms.comparing.proving import Proof
        from cse_forms.thresholds.proving.solving import Clock

        found = Proof(self._outcomes).never_differs(Clock(self._until))
        if isinstance(found, bool) or found is None:
            return bool(found)
        answers, draft = found
        for trial in (answers, self._search.completed(answers)) if not draft else (answers,):
            if self._search.is_example(trial, draft=draft):
                return self._search.example(trial, draft=draft)
        return False
