"""What changed of sections, tables, rows and questions."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import Any

from cse_forms.comparing.accepting import constraints
from cse_forms.comparing.canonical import canonical
from cse_forms.comparing.change import About, Change, added, out_of_order, removed
from cse_forms.comparing.matching import MatchedItem, Matching
from cse_forms.comparing.meaning import Meaning
from cse_forms.comparing.options import option_changes
from cse_forms.comparing.phrases import CHANGES
from cse_forms.comparing.texts import guidance_text, provenance_text
from cse_forms.schema.conditions import Condition
from cse_forms.schema.items import NO_DEFAULT, Item, Question, Section, Table
from cse_forms.schema.places import Place, expand
from cse_forms.thresholds.in_words.naming import joined
from cse_forms.thresholds.in_words.rules import PolicyInWords

_NAMED = 5
"""So many questions of a section that was added or removed are named."""


class ItemChanges:
    """Tells what changed of the items of two versions."""

    def __init__(
        self, matching: Matching, words: tuple[PolicyInWords, PolicyInWords], meanings: tuple[Meaning, Meaning]
    ) -> None:
        self._matching = matching
        self._words = words
        self._meanings = meanings
        self._places: list[dict[tuple[str, ...], Place]] = [
            {place.keys: place for place in expand(dict(definition.schema)).walk()}
            for definition in (matching.old, matching.new)
        ]

    def changes(self) -> Iterator[Change]:
        """Yield every change; what is written once for many rows is told once."""
        for one in self._matching.items:
            if one.old is None or one.new is None:
                yield from self._came_or_went(one)
            elif one.how in {"renamed", "moved"}:
                yield self._found_again(one, one.old, one.new)
        yield from self._orders()
        told: dict[tuple[Any, ...], list[Change]] = {}
        for one in self._matching.items:
            if one.old is not None and one.new is not None:
                for change in self._content(one, one.old, one.new):
                    key = change.what, change.old_pointer, change.new_pointer, change.redline, len(change.sentences)
                    told.setdefault(key, []).append(change)
        for changes in told.values():
            yield _for_all(changes)

    # --- names ------------------------------------------------------------------------------------------------------

    def name(self, item: Item, side: int) -> str:
        """Return what an item is called in a sentence."""
        naming = self._words[side].naming
        if isinstance(item, Question):
            return CHANGES.question.format(name=naming.question(item))
        return naming.place(item)

    def _about(self, old: Item, new: Item) -> About:
        title = new.full_title if isinstance(new, Question) else new.title
        return About(
            item=self.name(new, 1),
            area="questions",
            old_pointer=old.at,
            new_pointer=new.at,
            number=new.number,
            title=title,
            old_provenance=old.provenance,
            new_provenance=new.provenance,
        )

    # --- added, removed, moved, renamed -----------------------------------------------------------------------------

    def _came_or_went(self, one: MatchedItem) -> Iterator[Change]:
        side = 0 if one.new is None else 1
        item = one.old if one.new is None else one.new
        assert item is not None
        beside = self._matching.by_old_pointer if side == 0 else self._matching.by_new_pointer
        holder = item.holder
        if holder is not None and holder.keys and beside[holder.pointer].how == one.how:
            # What holds it came or went with it, and names it.
            return
        noun = "question" if isinstance(item, Question) else "table" if isinstance(item, Table) else "section"
        name, title = self.name(item, side), item.full_title if isinstance(item, Question) else item.title
        held = [] if isinstance(item, Question) else [q for q in _below(item) if isinstance(q, Question)]
        more = [self._naming_some(held, side)] if held else []
        if side == 0:
            yield removed(name, "questions", f"{noun}-removed", item.at, title, *more, CHANGES.lost,
                          number=item.number)  # fmt: skip
        else:
            more += self._asking(item)
            yield added(name, "questions", f"{noun}-added", item.at, title, *more, number=item.number)

    def _asking(self, item: Item) -> Iterator[str]:
        """Yield what an added item offers, when it is asked, and whether it must be answered."""
        if isinstance(item, Question) and item.options:
            yield CHANGES.added_options.format(options=", ".join(option.title for option in item.options))
        if item.show_when is not None:
            yield CHANGES.added_asked_where.format(condition=self._line(item.show_when, item, 1))
        needed = _needed(item)
        if needed is True:
            yield CHANGES.added_needed
        elif needed is not False:
            yield CHANGES.added_needed_where.format(condition=self._line(needed, item, 1))

    def _naming_some(self, questions: list[Question], side: int) -> str:
        names = [self._words[side].naming.question(question) for question in questions[:_NAMED]]
        if len(questions) > _NAMED:
            names.append(CHANGES.others.format(count=len(questions) - _NAMED))
        sayings = self._words[side].sayings
        return CHANGES.holds.format(questions=joined(names, sayings.and_, sayings.comma))

    def _found_again(self, one: MatchedItem, old: Item, new: Item) -> Change:
        about = self._about(old, new)
        noun = "question" if isinstance(new, Question) else "table" if isinstance(new, Table) else "section"
        said = []
        if one.how == "renamed":
            said.append(CHANGES.renamed.format(item=about.item, old=old.keys[-1], new=new.keys[-1]))
        else:
            assert old.holder is not None
            assert new.holder is not None
            places = self.name(old.holder, 0), self.name(new.holder, 1)
            said.append(CHANGES.moved.format(item=about.item, old=places[0], new=places[1]))
            if old.keys[-1] != new.keys[-1]:
                said.append(CHANGES.moved_under.format(old=old.keys[-1], new=new.keys[-1]))
        said.append(CHANGES.not_carried)
        if one.sureness == "likely":
            said.append(CHANGES.likely)
        return about.change(f"{noun}-{one.how}", *said)

    def _orders(self) -> Iterator[Change]:
        """Yield the items that stand elsewhere among those that the same section holds."""
        seen: set[tuple[str, str]] = set()
        holders = [one for one in self._matching.items if isinstance(one.new, Section) and isinstance(one.old, Section)]
        roots = MatchedItem(old=self._matching.old.root, new=self._matching.new.root, how="same")
        for one in (roots, *holders):
            assert isinstance(one.old, Section)
            assert isinstance(one.new, Section)
            both = [
                (found.old, child)
                for child in one.new.children.values()
                if (found := self._matching.by_new_pointer[child.pointer]).old is not None
                and found.old.holder is not None
                and found.old.holder.keys == one.old.keys
            ]
            before = sorted(both, key=lambda pair: pair[0].position)
            moved = out_of_order([pair[1].keys for pair in before], [pair[1].keys for pair in both])
            for index, (old, new) in enumerate(both):
                if new.keys not in moved or (old.at, new.at) in seen:
                    continue
                seen.add((old.at, new.at))
                about = self._about(old, new)
                after = self.name(both[index - 1][1], 1) if index else ""
                phrase = CHANGES.reordered if index else CHANGES.reordered_first
                yield about.change("order-changed", phrase.format(item=about.item, after=after))

    # --- what stands in both ----------------------------------------------------------------------------------------

    def _content(self, one: MatchedItem, old: Item, new: Item) -> Iterator[Change]:
        about = self._about(old, new)
        yield from self._wordings(about, old, new)
        if isinstance(old, Question) and isinstance(new, Question):
            if old.kind is not new.kind:
                kinds = CHANGES.kinds
                yield about.change(
                    "answer-kind-changed",
                    CHANGES.kind.format(item=about.item, new=kinds[new.kind], old=kinds[old.kind]),
                )
            yield from option_changes(about, one.options)
        yield from self._accepted(about, old, new)
        yield from self._asked(about, old, new)
        yield from self._required(about, old, new)
        yield from _set_out(about, old, new)

    def _wordings(self, about: About, old: Item, new: Item) -> Iterator[Change]:
        yield from about.wording("title", old.title, new.title)
        yield from about.wording("description", old.description, new.description)
        yield from about.wording("number", old.words.number, new.words.number)
        yield from about.wording("row-header", old.words.row_header, new.words.row_header)
        for column in ("description", "interventions"):
            heads = (item.words.columns.get(column) for item in (old, new))
            yield from about.wording("column", *heads)
        hints = _hints(old), _hints(new)
        for key in dict.fromkeys((*hints[0], *hints[1])):
            yield from about.wording("hint", hints[0].get(key), hints[1].get(key))
        yield from about.wordings("guidance", map(guidance_text, old.guidance), map(guidance_text, new.guidance))
        yield from about.wording("provenance", provenance_text(old.provenance), provenance_text(new.provenance))
        comments = (self._places[side][item.keys].schema.get("$comment") for side, item in enumerate((old, new)))
        yield from about.wording("comment", *comments)

    def _accepted(self, about: About, old: Item, new: Item) -> Iterator[Change]:
        both = [
            dict(constraints(definition, places[item.keys]))
            for definition, places, item in zip(
                (self._matching.old, self._matching.new), self._places, (old, new), strict=True
            )
        ]
        words = [
            word
            for word in dict.fromkeys((*both[0], *both[1]))
            if word in CHANGES.constraints and canonical(both[0].get(word)) != canonical(both[1].get(word))
        ]
        same_kind = not (isinstance(old, Question) and isinstance(new, Question)) or old.kind is new.kind
        if words and same_kind:
            told = [
                CHANGES.constraint.format(
                    name=CHANGES.constraints[word], new=_said(both[1].get(word)), old=_said(both[0].get(word))
                )
                for word in words
            ]
            said = CHANGES.accepts.format(item=about.item, constraints="; ".join(told))
            yield about.change("accepted-answers-changed", said)
        rules = [
            sorted(said for word, said in constraints(definition, places[item.keys]) if word in {"allOf", "if"})
            for definition, places, item in zip(
                (self._matching.old, self._matching.new), self._places, (old, new), strict=True
            )
        ]
        if rules[0] != rules[1]:
            yield about.change("own-rules-changed", CHANGES.own_rules.format(item=about.item))
        if isinstance(old, Question | Table) and isinstance(new, Question | Table):
            values = [_default(item.default) for item in (old, new)]
            if values[0] != values[1]:
                said = CHANGES.default.format(item=about.item, old=values[0], new=values[1])
                yield about.change("default-changed", said)

    def _asked(self, about: About, old: Item, new: Item) -> Iterator[Change]:
        before, after = old.show_when, new.show_when
        if not self._differ(before, after, old, new):
            return
        was = CHANGES.always if before is None else CHANGES.where.format(condition=self._line(before, old, 0))
        text = CHANGES.asked_always.format(item=about.item)
        if after is not None:
            text = CHANGES.asked_where.format(item=about.item, condition=self._line(after, new, 1))
        yield about.change("asked-changed", text, CHANGES.was_asked.format(when=was))

    def _required(self, about: About, old: Item, new: Item) -> Iterator[Change]:
        before, after = (_needed(item) for item in (old, new))
        if isinstance(before, bool) and isinstance(after, bool):
            if before is not after:
                phrase = CHANGES.needed if after else CHANGES.not_needed
                yield about.change("required-changed", phrase.format(item=about.item))
            return
        conditions = [None if isinstance(one, bool) else one for one in (before, after)]
        if not self._differ(conditions[0], conditions[1], old, new):
            return
        was = CHANGES.in_every_case if before is True else CHANGES.in_no_case
        if conditions[0] is not None:
            was = CHANGES.where.format(condition=self._line(conditions[0], old, 0))
        text = (CHANGES.needed if after else CHANGES.not_needed).format(item=about.item)
        if conditions[1] is not None:
            text = CHANGES.needed_where.format(item=about.item, condition=self._line(conditions[1], new, 1))
        yield about.change("required-changed", text, CHANGES.was_needed.format(when=was))

    def _differ(self, before: Condition | None, after: Condition | None, old: Item, new: Item) -> bool:
        """Whether two conditions are not written alike, and do not mean the same."""
        if before is None or after is None:
            return before is not after
        if before == after:
            return False
        first, second = self._meanings
        return canonical(first.condition(before, old.holder)) != canonical(second.condition(after, new.holder))

    def _line(self, condition: Condition, item: Item, side: int) -> str:
        starts = () if item.holder is None else (item.holder,)
        return self._words[side].condition(condition, starts).line()


def _for_all(changes: list[Change]) -> Change:
    """Return one change in the place of those that are written in one place, for all the rows of a shape."""
    first = changes[0]
    if len(changes) == 1:
        return first
    count = CHANGES.more_places_one if len(changes) == 2 else CHANGES.more_places.format(count=len(changes) - 1)
    return replace(first, sentences=(*first.sentences, CHANGES.alike.format(count=count)))


def _below(item: Item) -> Iterator[Item]:
    if not isinstance(item, Question):
        for child in item.children.values():
            yield child
            yield from _below(child)


def _hints(item: Item) -> dict[str, str]:
    hint = item.words.hint
    return hint if isinstance(hint, dict) else {} if hint is None else {"": hint}


def _needed(item: Item) -> bool | Condition:
    """Return whether an item must be answered, in whichever way the definition says so."""
    holder = item.holder
    by_key = isinstance(holder, Section) and item.keys[-1] in holder.required
    return by_key or item.words.required


def _default(default: Any) -> str:
    return CHANGES.no_default if default is NO_DEFAULT else canonical(default)


def _said(value: Any) -> str:
    return CHANGES.not_said if value is None else value if isinstance(value, str) else canonical(value)


def _set_out(about: About, old: Item, new: Item) -> Iterator[Change]:
    told = []
    for word, name in CHANGES.layout_words.items():
        before, after = (_listed(getattr(item.words, word)) for item in (old, new))
        if before != after:
            told.append(CHANGES.constraint.format(name=name, new=after, old=before))
    if told:
        yield about.change("layout-changed", CHANGES.layout.format(item=about.item, changes="; ".join(told)))


def _listed(value: Any) -> str:
    entries: Iterable[Any] = value if isinstance(value, tuple) else () if value is None else (value,)
    return ", ".join(map(str, entries)) or CHANGES.not_said
