"""The smallest sets of answers that would settle what is open, or change what is suggested, in words."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

from cse_forms.document.answer import words_of
from cse_forms.document.changes import level_titles
from cse_forms.document.judged import waiting_sentence
from cse_forms.document.outcome import headline, not_ruled_out
from cse_forms.document.phrases import ENGLISH
from cse_forms.document.stretches import MEASURED, Merged, Stretch, merged, stretches
from cse_forms.document.supposing import SAID
from cse_forms.document.wording import Wording
from cse_forms.schema.items import Kind
from cse_forms.thresholds.in_words.naming import joined, number_of
from cse_forms.thresholds.outcome import AssessmentOutcome, in_order
from cse_forms.thresholds.policy import Policy
from cse_forms.thresholds.reading import Instance
from cse_forms.thresholds.supposing.candidates import ANY_DAY, Candidates
from cse_forms.thresholds.supposing.smallest_sets import SHOWN, SmallestSets, smallest_sets
from cse_forms.thresholds.supposing.what_if import Possibility, Supposed, supposing


def settling(policy: Policy, answers: Any, *, draft: bool) -> Iterator[str]:
    """Yield the smallest sets of answers that would settle or change each level that is open, line by line."""
    evaluation = policy.evaluate(answers, draft=draft)
    if not evaluation.assessments:
        yield SAID.no_assessment
        return
    supposing_ = Supposing(policy, answers, draft=draft)
    found = {sets.assessment: sets for sets in smallest_sets(policy, answers, draft=draft)}
    nothing_open = True
    for name, assessment in evaluation.assessments.items():
        lines = _sets(assessment, found[name], supposing_) if name in found else []
        lines = [*lines, *_waiting(assessment, supposing_)]
        if lines:
            nothing_open = False
            yield f"{assessment.assessment.title}: {headline(assessment, supposing_.wording)}"
            yield from (f"  {line}" for line in lines)
    if nothing_open:
        yield SAID.nothing_open


class Supposing:
    """Says what the answers of one response would come to if they were others."""

    def __init__(self, policy: Policy, answers: Any, *, draft: bool) -> None:
        self.wording = Wording(policy.definition, policy.reader(answers, draft=draft), ENGLISH)
        self.candidates = Candidates(policy.definition, answers)
        self._policy, self._answers, self._draft = policy, answers, draft

    def outcome(self, assessment: str, supposed: Iterable[tuple[Instance, Any]]) -> AssessmentOutcome:
        """Return what an assessment would come to."""
        changed = self._answers
        for instance, value in supposed:
            changed = supposing(changed, instance.keys, value)
        return self._policy.evaluate(changed, draft=self._draft).assessments[assessment]

    def value(self, assessment: str, found: Merged, place: int) -> str:
        """Return all that one answer of some sets may be, in words; an empty text, where it need only be given."""
        one, values = found.supposed[place], found.values[place]
        if one.instance.question.kind not in MEASURED or values == (ANY_DAY,):
            return _value(one, self.wording)

        def is_so(value: Any) -> bool:
            others = zip(found.supposed, found.values, strict=True)
            tried = [(each.instance, value if each is one else its[0]) for each, its in others]
            return self.outcome(assessment, tried).possible == found.possible

        question = one.instance.question
        told = stretches(question, values, self.candidates.values(one.instance), is_so)
        texts = [self._stretch(one.instance, stretch) for stretch in told]
        return "" if "" in texts else joined(texts, SAID.or_, SAID.comma)

    def _stretch(self, instance: Instance, stretch: Stretch) -> str:
        first, last = (
            "" if end is None else words_of(Instance(instance.question, instance.keys, end), self.wording.phrases)
            for end in (stretch.first, stretch.last)
        )
        is_date = instance.question.kind is Kind.DATE
        if first and last:
            return first if first == last else SAID.between.format(first=first, last=last)
        if first:
            return (SAID.from_day if is_date else SAID.or_more).format(first=first)
        return (SAID.to_day if is_date else SAID.or_less).format(last=last) if last else ""


def _waiting(assessment: AssessmentOutcome, supposing_: Supposing) -> Iterator[str]:
    """Yield the limits to the judgement that wait for answers, and the answers that bring them in force."""
    if assessment.judgement is None:
        return
    for place, limit in enumerate(assessment.judgement.limits):
        if limit.truth is not None:
            continue
        yield waiting_sentence(assessment, limit, supposing_.wording)
        groups: dict[str, list[Instance]] = {}
        for instance in limit.deciding:
            for value in supposing_.candidates.values(instance) if instance.question.kind not in MEASURED else ():
                judgement = supposing_.outcome(assessment.id, [(instance, value)]).judgement
                if judgement is not None and judgement.limits[place].truth:
                    text = _value(Supposed(instance, value), supposing_.wording)
                    groups.setdefault(text, []).append(instance)
        for text, members in groups.items():
            # Each of them alone does it.
            answers = _said([_Group(members, text, 1)], supposing_.wording)
            yield f"- {SAID.in_force.format(answers=answers)}"


def _sets(assessment: AssessmentOutcome, sets: SmallestSets, supposing_: Supposing) -> Iterator[str]:
    wording = supposing_.wording
    line = not_ruled_out(assessment, wording)
    if line:
        yield line
    settling = _lines(assessment, sets.settling, supposing_)
    changing = [line for line in _lines(assessment, sets.changing, supposing_) if line not in settling]
    enough = [line for one in sets.enough for line in _enough(assessment, one, wording)]
    for heading, lines in ((SAID.settled, settling), (SAID.enough, enough), (SAID.changed, changing)):
        if lines:
            yield heading
            yield from (line if line.startswith(" ") else f"- {line}" for line in lines)
    settled = {possibility.possible[0] for possibility in (*sets.settling, *sets.enough)}
    open_ = [level for level in assessment.possible if level not in settled]
    if open_ and sets.largest:
        titles = joined(_titles(assessment, open_), SAID.or_, SAID.comma)
        phrase = SAID.not_settled_by_one if sets.largest == 1 else SAID.not_settled_by
        phrase = SAID.never_settled if sets.is_exhaustive else phrase
        yield phrase.format(count=sets.largest, levels=titles)
    if sets.largest < sets.wanted and open_:
        yield SAID.given_up.format(count=sets.largest + 1)
    if sets.untried:
        yield SAID.untried.format(answers=wording.numbers(sets.untried))
    if sets.is_exhaustive and not settled:
        yield from (SAID.left_open.format(text=text) for text in assessment.unsettled)


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
        yield f"  {SAID.each.format(question=wording.question(one.instance.question), value=value)}"


def _lines(assessment: AssessmentOutcome, found: Iterable[Possibility], supposing_: Supposing) -> list[str]:
    """Return a line for each set; sets of one answer that do the same share one."""
    told: dict[object, tuple[Merged, list[str], list[Instance]]] = {}
    for each in merged(found):
        values = [supposing_.value(assessment.id, each, place) for place in range(len(each.supposed))]
        key = (values[0], each.possible) if len(values) == 1 else id(each)
        first = each.supposed[0]
        told.setdefault(key, (each, values, []))[2].extend((first.instance, *first.alike))
    lines: dict[tuple[str | None, ...], list[str]] = {}
    for each, values, members in told.values():
        groups = _grouped(each.supposed, values)
        if len(values) == 1:
            groups = [_Group(list(in_order(members)), values[0], 1)]
        answers = _said(groups, supposing_.wording)
        levels = _levels(assessment, each.possible)
        lines.setdefault(each.possible[:1], []).append(SAID.supposed.format(answers=answers, levels=levels))
    return [line for some in lines.values() for line in some[:SHOWN]]


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


def _grouped(supposed: Sequence[Supposed], values: Sequence[str]) -> list[_Group]:
    """Return the answers of a set with what each would be, in words; those that are alike as one."""
    groups: dict[tuple[Any, str], _Group] = {}
    members: dict[Any, list[Instance]] = {}
    for one, value in zip(supposed, values, strict=True):
        last = (one.alike or (one.instance,))[-1].keys
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
    # Of answers in rows each is named with its row.
    named = [wording.numbers([one]) for one in members]
    rows = zip(members, named, strict=True)
    return ", ".join(wording.in_row(name, one) if number_of(one.question) else name for one, name in rows)


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
            "settling": [_as_json(possibility) for possibility in _first(one.settling)],
            "changing": [_as_json(possibility) for possibility in _first(one.changing)],
            "enough": [_as_json(possibility) for possibility in one.enough],
            "tried_up_to": one.largest,
            "given_up": one.largest < one.wanted,
            "untried": [instance.pointer for instance in one.untried],
        }
        for one in found
    ]


def _first(found: Iterable[Possibility]) -> Iterator[Possibility]:
    """Yield the first sets for each level."""
    count: Counter[str | None] = Counter()
    for possibility in found:
        count[possibility.possible[0]] += 1
        if count[possibility.possible[0]] <= SHOWN:
            yield possibility


def _as_json(possibility: Possibility) -> dict[str, Any]:
    supposed = [
        {"pointer": one.instance.pointer, "value": one.value, "alike": [other.pointer for other in one.alike]}
        for one in possibility.supposed
    ]
    return {"supposed": supposed, "possible": list(possibility.possible)}
