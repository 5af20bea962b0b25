"""What changed of one assessment: its levels, its rules, and what may be decided."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from cse_forms.comparing.canonical import canonical
from cse_forms.comparing.change import About, Change, added, out_of_order, removed
from cse_forms.comparing.meaning import Meaning
from cse_forms.comparing.parts import Part, about_part, counterparts, said_otherwise, worded, written
from cse_forms.comparing.phrases import CHANGES
from cse_forms.comparing.saying import PartsInWords
from cse_forms.comparing.texts import provenance_text
from cse_forms.schema.vocabulary import Adjustment, Assessment, Judgement, Level, Rule


class AssessmentChanges:
    """Tells what changed of one assessment that both versions have."""

    def __init__(
        self,
        old: Assessment,
        new: Assessment,
        places: tuple[int, int],
        said: tuple[PartsInWords, PartsInWords],
        meanings: tuple[Meaning, Meaning],
    ) -> None:
        self._both = old, new
        self._at = tuple(f"/x-form/assessments/{place}" for place in places)
        self._said = said
        self._meanings = meanings

    def changes(self) -> Iterator[Change]:
        """Yield every change."""
        old, new = self._both
        about = self._about(CHANGES.assessment.format(title=new.title), "")
        yield from about.wording("title", old.title, new.title)
        yield from about.wording("provenance", provenance_text(old.provenance), provenance_text(new.provenance))
        yield from self._applies()
        yield from self._levels()
        yield from self._rules()
        yield from self._otherwise()
        yield from self._adjustments()
        yield from self._judgement()
        asked = [
            None if one.follow_up is None else meaning.pointer(one.follow_up)
            for one, meaning in zip(self._both, self._meanings, strict=True)
        ]
        if asked[0] != asked[1]:
            yield about.change("follow-up-changed", CHANGES.follow_up.format(title=new.title))

    def _about(self, item: str, below: str) -> About:
        return About(
            item=item,
            area="policy",
            old_pointer=self._at[0] + below,
            new_pointer=self._at[1] + below,
            title=self._both[1].title,
        )

    def _part(self, side: int, item: str, below: str, *, how: Any, meaning: Any, said: str) -> Part:
        return Part(
            item=item, at=self._at[side] + below, title=self._both[side].title, written=how, meaning=meaning, said=said
        )

    def _applies(self) -> Iterator[Change]:
        item = CHANGES.applies.format(title=self._both[1].title)
        parts = []
        for side, one in enumerate(self._both):
            when = one.show_when
            how = None if when is None else written(when)
            meaning = None if when is None else self._meanings[side].condition(when)
            said = self._said[side].applies(when)
            parts.append(self._part(side, item, "/showWhen", how=how, meaning=meaning, said=said))
        yield from said_otherwise("applies", *parts)

    # --- levels ---------------------------------------------------------------------------------------------------

    def _levels(self) -> Iterator[Change]:
        old, new = self._both
        before = {level.id: (index, level) for index, level in enumerate(old.levels)}
        after = {level.id: (index, level) for index, level in enumerate(new.levels)}
        for name, (index, level) in after.items():
            item = CHANGES.level.format(title=level.title, assessment=new.title)
            if name not in before:
                yield added(item, "policy", "level-added", f"{self._at[1]}/levels/{index}", level.title)
                continue
            place, was = before[name]
            about = About(
                item=item,
                area="policy",
                old_pointer=f"{self._at[0]}/levels/{place}",
                new_pointer=f"{self._at[1]}/levels/{index}",
                title=level.title,
            )
            yield from _level_words(about, was, level)
        for name, (index, level) in before.items():
            if name not in after:
                item = CHANGES.level.format(title=level.title, assessment=old.title)
                yield removed(item, "policy", "level-removed", f"{self._at[0]}/levels/{index}", level.title)
        about = self._about(CHANGES.assessment.format(title=new.title), "/levels")
        if out_of_order([one for one in before if one in after], [one for one in after if one in before]):
            titles = ", ".join(level.title for level in new.levels)
            yield about.change("levels-reordered", CHANGES.levels_order.format(title=new.title, levels=titles))
        if old.ordered != new.ordered:
            phrase = CHANGES.levels_ranked if new.ordered else CHANGES.levels_unranked
            yield about.change("levels-ranking-changed", phrase.format(title=new.title))

    # --- rules and adjustments ------------------------------------------------------------------------------------

    def _rules(self) -> Iterator[Change]:
        old, new = self._both
        known: dict[int, Any] = {}
        for side, one in enumerate(self._both):
            known |= {id(rule): canonical(self._meanings[side].rule(rule)) for rule in one.rules}
        pairs = counterparts(old.rules, new.rules, lambda rule: known[id(rule)])
        for before, after in pairs:
            parts = [
                None if rule is None else self._rule_part(rule, side, known[id(rule)])
                for side, rule in enumerate((before, after))
            ]
            yield from _pair("rule", parts, before, after)

    def _rule_part(self, rule: Rule, side: int, meaning: Any) -> Part:
        one = self._both[side]
        number = one.rules.index(rule)
        item = CHANGES.rule.format(number=number + 1, assessment=one.title)
        said = self._said[side].rule(one, rule)
        return self._part(side, item, f"/rules/{number}", how=written(rule), meaning=meaning, said=said)

    def _adjustments(self) -> Iterator[Change]:
        old, new = self._both
        known: dict[int, Any] = {}
        for side, one in enumerate(self._both):
            known |= {id(change): canonical(self._meanings[side].adjustment(change)) for change in one.adjustments}
        pairs = list(counterparts(old.adjustments, new.adjustments, lambda change: known[id(change)]))
        for before, after in pairs:
            parts = [
                None if change is None else self._adjustment_part(change, side, known[id(change)])
                for side, change in enumerate((before, after))
            ]
            yield from _pair("adjustment", parts, before, after)
        kept = [(one, other) for one, other in pairs if one is not None and other is not None]
        before_order = sorted(range(len(kept)), key=lambda index: old.adjustments.index(kept[index][0]))
        if out_of_order(before_order, list(range(len(kept)))):
            about = self._about(CHANGES.assessment.format(title=new.title), "/adjustments")
            yield about.change("adjustments-reordered", CHANGES.adjustments_order.format(title=new.title))

    def _adjustment_part(self, change: Adjustment, side: int, meaning: Any) -> Part:
        one = self._both[side]
        number = one.adjustments.index(change)
        item = CHANGES.adjustment.format(number=number + 1, assessment=one.title)
        said = self._said[side].adjustment(one, change)
        return self._part(side, item, f"/adjustments/{number}", how=written(change), meaning=meaning, said=said)

    # --- what no rule decides ---------------------------------------------------------------------------------------

    def _otherwise(self) -> Iterator[Change]:
        item = CHANGES.otherwise.format(title=self._both[1].title)
        levels = [None if one.otherwise is None else one.otherwise.level for one in self._both]
        parts = [
            self._part(side, item, "/otherwise", how=level, meaning=level, said=self._said[side].otherwise(one))
            for side, (one, level) in enumerate(zip(self._both, levels, strict=True))
        ]
        yield from said_otherwise("otherwise", *parts)
        about = self._about(item, "/otherwise")
        reasons = [None if one.otherwise is None else one.otherwise.because for one in self._both]
        yield from about.wording("because", *reasons)
        sources = [None if one.otherwise is None else provenance_text(one.otherwise.provenance) for one in self._both]
        yield from about.wording("provenance", *sources)

    def _judgement(self) -> Iterator[Change]:
        old, new = (one.judgement for one in self._both)
        item = CHANGES.judgement.format(title=self._both[1].title)
        if old is None or new is None:
            if old is not new:
                side = 0 if new is None else 1
                make, what = (removed, "judgement-removed") if side == 0 else (added, "judgement-added")
                yield make(item, "policy", what, f"{self._at[side]}/judgement", self._both[side].title)
            return
        parts = [
            self._part(side, item, "/judgement", how=written_judgement(one),
                       meaning=self._meanings[side].judgement(self._both[side]),
                       said=self._said[side].judgement(self._both[side], one))
            for side, one in enumerate((old, new))
        ]  # fmt: skip
        yield from said_otherwise("judgement", *parts)
        about = self._about(item, "/judgement")
        yield from about.wordings("because", _reasons(old), _reasons(new))


def written_judgement(judgement: Judgement) -> Any:
    """Return a judgement as it is written, without the reasons of its limits."""
    may = judgement.may if judgement.may == "differ" else [written(limit) for limit in judgement.may]
    return [judgement.level, judgement.reason, may]


def _reasons(judgement: Judgement) -> list[str]:
    return [] if judgement.may == "differ" else [limit.because for limit in judgement.may if limit.because]


def _level_words(about: About, old: Level, new: Level) -> Iterator[Change]:
    yield from about.wording("title", old.title, new.title)
    yield from about.wording("description", old.description, new.description)
    included = [None if one.includes is None else f"{one.includes.level}: {one.includes.text}" for one in (old, new)]
    yield from about.wording("includes", *included)
    yield from about.wordings("interventions", old.interventions, new.interventions)
    yield from about.wording("provenance", provenance_text(old.provenance), provenance_text(new.provenance))


def _pair(kind: str, parts: list[Part | None], before: Any, after: Any) -> Iterator[Change]:
    """Yield what changed of a rule or adjustment, or that it came or went."""
    old, new = parts
    if old is not None and new is not None:
        yield from said_otherwise(kind, old, new)
        yield from worded(about_part(old, new), before, after, "because")
    elif new is not None:
        yield added(new.item, "policy", f"{kind}-added", new.at, new.title, new.said)
    elif old is not None:
        yield removed(old.item, "policy", f"{kind}-removed", old.at, old.title, old.said)
