"""The practitioner's own decision: what it is, whose, why, and whether the policy permits it."""

from __future__ import annotations

from collections.abc import Iterator

from cse_forms.document import tree
from cse_forms.document.changes import level_titles
from cse_forms.document.wording import Wording
from cse_forms.passages import strung
from cse_forms.thresholds.in_words.naming import joined
from cse_forms.thresholds.outcome import AssessmentOutcome, JudgementOutcome, LimitOutcome


def judgement_panel(assessment: AssessmentOutcome, judgement: JudgementOutcome, wording: Wording) -> tree.Panel:
    """Return the decision beside the suggestion."""
    phrases = wording.phrases
    decided = next(level_titles(assessment, (judgement.level,)), None)
    title = decided or phrases.not_judged
    if decided and judgement.differs:
        suggested = next(level_titles(assessment, (judgement.suggested,)), "")
        title = phrases.judged_differently.format(level=decided, suggested=suggested)
    return tree.Panel(
        kind="outcome",
        label=phrases.judgement.format(assessment=assessment.assessment.title),
        title=title,
        blocks=tuple(tree.Paragraph(text=text) for text in _told(assessment, judgement, wording)),
    )


def _told(assessment: AssessmentOutcome, judgement: JudgementOutcome, wording: Wording) -> Iterator[str]:
    phrases = wording.phrases
    if judgement.differs and not judgement.reason:
        yield phrases.no_reason
    if judgement.reason:
        yield phrases.reason.format(reason=judgement.reason)
    recorded = _recorded(wording)
    if judgement.level is not None and recorded:
        yield recorded
    if judgement.limits:
        yield from _permission(assessment, judgement, wording)


def _permission(assessment: AssessmentOutcome, judgement: JudgementOutcome, wording: Wording) -> Iterator[str]:
    """Yield whether the policy permits the decision, what else it permits and why, and which limits still wait."""
    phrases = wording.phrases
    titles = list(level_titles(assessment, judgement.permitted))
    levels = joined(titles, phrases.or_, phrases.comma) or phrases.none_permitted
    if judgement.is_permitted is None:
        yield phrases.may_be.format(levels=levels)
    elif judgement.is_permitted:
        yield phrases.permitted
    else:
        yield phrases.not_permitted.format(levels=levels)
    for limit in judgement.limits:
        if limit.truth and (judgement.level is None or judgement.level not in limit.permitted):
            phrase = phrases.barred if limit.limit.because is None else phrases.barred_because
            yield phrase.format(limit=_limit(assessment, limit, wording), because=limit.limit.because)
    yield from (waiting_sentence(assessment, limit, wording) for limit in judgement.waiting)


def waiting_sentence(assessment: AssessmentOutcome, limit: LimitOutcome, wording: Wording) -> str:
    """Return that a limit is not in force yet, and the answers that it waits for."""
    answers = strung("; ", (wording.question(instance.question) for instance in limit.deciding))
    return wording.phrases.waiting.format(limit=_limit(assessment, limit, wording), answers=answers)


def _limit(assessment: AssessmentOutcome, limit: LimitOutcome, wording: Wording) -> str:
    return wording.policy.limit(assessment.assessment, limit.limit)


def _recorded(wording: Wording) -> str | None:
    """Return who recorded the response, and when, as far as it says so itself."""
    phrases = wording.phrases
    who, when = (value if isinstance(value := wording.meta.get(word), str) else None for word in ("who", "when"))
    if who and when:
        return phrases.judged_by.format(who=who, when=when)
    if who:
        return phrases.judged_by_whom.format(who=who)
    return phrases.judged_when.format(when=when) if when else None
