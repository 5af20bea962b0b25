"""The smallest sets of answers that would settle what is open, or change what is suggested, in words."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

from cse_forms.document.answer import words_of
from cse_forms.document.changes import level_titles
from cse_forms.document.outcome import headline, not_ruled_out
from cse_forms.document.phrases import ENGLISH
from cse_forms.document.supposing import SAID
from cse_forms.document.wording import Wording
from cse_forms.schema.items import Kind
from cse_forms.thresholds.in_words.naming import joined, number_of
from cse_forms.thresholds.outcome import AssessmentOutcome, in_order
from cse_forms.thresholds.policy import Policy
from cse_forms.thresholds.reading import Instance
from cse_forms.thresholds.supposing.candidates import ANY_DAY
from cse_forms.thresholds.supposing.smallest_sets import SmallestSets, smallest_sets
from cse_forms.thresholds.supposing.what_if import Possibility, Supposed


def settling(policy: Policy, answers: Any, *, draft: bool) -> Iterator[str]:
    """Yield the smallest sets of answers that would settle or change each level that is open, line by line."""
    evaluation = policy.evaluate(answers, draft=draft)
    if not evaluation.assessments:
        yield SAID.no_assessment
        return
    wording = Wording(policy.definition, policy.reader(answers, draft=draft), ENGLISH)
    found = smallest_sets(policy, answers, draft=draft)
    for sets in found:
        yield from _sets(evaluation.assessments[sets.assessment], sets, wording)
    if not found:
        yield SAID.nothing_open


def _sets(assessment: AssessmentOutcome, sets: SmallestSets, wording: Wording) -> Iterator[str]:
    yield f"{assessment.assessment.title}: {headline(assessment, wording)}"
    line = not_ruled_out(assessment, wording)
    if line:
        yield f"  {line}"
    settling = _lines(assessment, sets.settling, wording)
    changing = [line for line in _lines(assessment, sets.changing, wording) if line not in settling]
    enough = [line for one in sets.enough for line in _enough(assessment, one, wording)]
    for heading, lines in ((SAID.settled, settling), (SAID.enough, enough), (SAID.changed, changing)):
        if lines:
            yield f"  {heading}"
            yield from (f"  {line}" if line.startswith(" ") else f"  - {line}" for line in lines)
    settled = {possibility.possible[0] for possibility in (*sets.settling, *sets.enough)}
    open_ = [level for level in assessment.possible if level not in settled]
    if open_ and sets.largest:
        titles = joined(_titles(assessment, open_), SAID.or_, SAID.comma)
        phrase = SAID.not_settled_by_one if sets.largest == 1 else SAID.not_settled_by
        phrase = SAID.never_settled if sets.is_exhaustive else phrase
        yield f"  {phrase.format(count=sets.largest, levels=titles)}"
    if sets.largest < sets.wanted and open_:
        yield f"  {SAID.given_up.format(count=sets.largest + 1)}"
    if sets.untried:
        yield f"  {SAID.untried.format(answers=wording.numbers(sets.untried))}"


def _enough(assessment: AssessmentOutcome, found: Possibility, wording: Wording) -> Iterator[str]:
    """Yield a set of which all is needed; question by question, where they have no numbers."""
    levels = _levels(assessment, found.possible)
    if all(number_of(one.instance.question) for one in found.supposed):
        answers = _said(_together(found.supposed, wording), wording)
        yield SAID.supposed.format(answers=answers, levels=levels)
        return
    yield SAID.together.format(levels=levels)
    for one in found.supposed:
        value = _value(one, wording) or SAID.answered
        yield f"    {SAID.each.format(question=wording.question(one.instance.question), value=value)}"


def _lines(assessment: AssessmentOutcome, found: Iterable[Possibility], wording: Wording) -> list[str]:
    """Return a line for each set; sets of one answer that do the same share one."""
    merged: dict[object, tuple[Possibility, list[Instance]]] = {}
    for possibility in found:
        first = possibility.supposed[0]
        alone = len(possibility.supposed) == 1
        key = (_value(first, wording), possibility.possible) if alone else id(possibility)
        merged.setdefault(key, (possibility, []))[1].extend((first.instance, *first.alike))
    lines = []
    for possibility, members in merged.values():
        groups = _grouped(possibility.supposed, wording)
        if len(possibility.supposed) == 1:
            groups = [_Group(list(in_order(members)), groups[0].value, 1)]
        levels = _levels(assessment, possibility.possible)
        lines.append(SAID.supposed.format(answers=_said(groups, wording), levels=levels))
    return lines


@dataclass(frozen=True, slots=True)
class _Group:
    """Answers that would be the same."""

    members: list[Instance]
    """Those of which so many would be it."""
    value: str
    """An answer in words; an empty text where it matters only that there is one."""
    count: int
    is_rest: bool = False
    """Whether some of the same members were spoken of before, with another answer."""


def _grouped(supposed: Sequence[Supposed], wording: Wording) -> list[_Group]:
    """Return the answers of a set with what each would be; those that are alike as one."""
    groups: dict[tuple[Any, str], _Group] = {}
    members: dict[Any, list[Instance]] = {}
    for one in supposed:
        value, last = _value(one, wording), (one.alike or (one.instance,))[-1].keys
        members.setdefault(last, [one.instance, *one.alike])
        is_rest = any(key == last and said != value for key, said in groups)
        found = groups.get((last, value), _Group(members[last], value, 0, is_rest))
        groups[last, value] = replace(found, count=found.count + 1)
    return list(groups.values())


def _together(supposed: Sequence[Supposed], wording: Wording) -> list[_Group]:
    """Return the answers of a set, of which all are needed, by what each of them would be."""
    groups: dict[str, list[Instance]] = {}
    for one in supposed:
        groups.setdefault(_value(one, wording), []).append(one.instance)
    return [_Group(members, value, len(members)) for value, members in groups.items()]


def _value(supposed: Supposed, wording: Wording) -> str:
    """Return an answer in words; an empty text for one of which it matters only that it is given."""
    question, value = supposed.instance.question, supposed.value
    if question.kind is Kind.TEXT or value == ANY_DAY:
        return ""
    if value == []:
        return SAID.no_option
    text = words_of(Instance(question, supposed.instance.keys, value), wording.phrases)
    return text.lower() if question.kind is Kind.TICK else text


def _said(groups: Iterable[_Group], wording: Wording) -> str:
    return joined([_group(group, wording) for group in groups], SAID.and_, SAID.comma)


def _group(group: _Group, wording: Wording) -> str:
    value, answers = group.value or SAID.answered, _named(group.members, wording)
    if len(group.members) == 1:
        return SAID.one.format(answers=answers, value=value)
    count = SAID.counts[group.count] if group.count < len(SAID.counts) else str(group.count)
    if group.is_rest:
        return SAID.others.format(count=count, value=value)
    phrase = SAID.all_of if group.count == len(group.members) else SAID.several
    return phrase.format(count=count, answers=answers, value=value)


def _named(members: Sequence[Instance], wording: Wording) -> str:
    if not any(isinstance(key, int) for member in members for key in member.keys):
        return wording.numbers(members)
    named = []
    for member in members:
        row = next((key + 1 for key in reversed(member.keys) if isinstance(key, int)), None)
        name = wording.numbers([member])
        named.append(name if row is None else wording.phrases.in_row.format(question=name, row=row))
    return ", ".join(named)


def _levels(assessment: AssessmentOutcome, possible: Sequence[str | None]) -> str:
    titles = _titles(assessment, possible)
    if len(titles) == 1 or not assessment.assessment.ordered:
        return joined(titles, SAID.or_, SAID.comma)
    return SAID.still.format(level=titles[0], levels=joined(titles[1:], SAID.or_, SAID.comma))


def _titles(assessment: AssessmentOutcome, levels: Iterable[str | None]) -> list[str]:
    return [next(iter(level_titles(assessment, [level])), SAID.no_level) for level in levels]


def to_dict(found: Iterable[SmallestSets]) -> list[dict[str, Any]]:
    """Return the smallest sets as `what-if --json` prints them."""
    return [
        {
            "id": one.assessment,
            "settling": [_as_json(possibility) for possibility in one.settling],
            "changing": [_as_json(possibility) for possibility in one.changing],
            "enough": [_as_json(possibility) for possibility in one.enough],
            "tried_up_to": one.largest,
            "given_up": one.largest < one.wanted,
            "untried": [instance.pointer for instance in one.untried],
        }
        for one in found
    ]


def _as_json(possibility: Possibility) -> dict[str, Any]:
    supposed = [
        {"pointer": one.instance.pointer, "value": one.value, "alike": [other.pointer for other in one.alike]}
        for one in possibility.supposed
    ]
    return {"supposed": supposed, "possible": list(possibility.possible)}
