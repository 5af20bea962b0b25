"""A migration, drafted from what differs between two versions; what is not sure is left to be decided."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from cse_forms import pointers
from cse_forms.comparing.exchanged import taken_words, titles_in
from cse_forms.comparing.matching import MatchedItem, Matching, match_items
from cse_forms.errors import InputError
from cse_forms.forms import Form
from cse_forms.migrating.checks import answers_of
from cse_forms.migrating.routes import Pattern, key_of, rows_in
from cse_forms.schema.items import Item, Kind, Question, Section
from cse_forms.schema.migration import Migration, MigrationStep


def draft_migration(old: Form, new: Form) -> Migration:
    """Return a migration from one version to another as far as it can be told from the two.

    What is sure is said. Whatever else an answer might be lost by stands there as a step with the word `decide`, which
    keeps the migration from being used until somebody has decided it.

    Raises:
        InputError: they are of two forms, or the same version.
    """
    if old.id != new.id:
        raise InputError(f"{old.id} and {new.id} are two forms; a migration is between two versions of one")
    if old.version == new.version:
        raise InputError(f"{old.id} {old.version} is one version; name two")
    return Migration(form=old.id, from_=old.version, to=new.version, steps=tuple(_Draft(old, new).steps()))


def to_document(migration: Migration) -> dict[str, Any]:
    """Return a migration as its file has it."""
    return migration.model_dump(mode="json", by_alias=True, exclude_unset=True)


class _Draft:
    def __init__(self, old: Form, new: Form) -> None:
        self._matching: Matching = match_items(old.definition, new.definition)
        self._moved: dict[Pattern, Pattern] = {}
        """Where sections and questions go of which a step speaks already."""
        self._dropped: list[Pattern] = []

    def steps(self) -> Iterator[MigrationStep]:
        yield from _of_exchanged(self._matching.old.root, self._matching.new.root)
        for one in self._matching.items:
            if one.old is not None and one.new is not None:
                yield from self._of_both(one, one.old, one.new)
        for one in self._matching.items:
            if one.old is not None and one.new is None:
                yield from self._of_removed(one.old)

    def _of_both(self, one: MatchedItem, old: Item, new: Item) -> Iterator[MigrationStep]:
        if rows_in(old.keys) != rows_in(new.keys):
            yield from self._of_removed(old)
            return
        decide = self._doubt(one, old, new)
        if self._goes(old.keys) != new.keys:
            yield _step(move=old.pointer, to=new.pointer, decide=decide)
            self._moved[old.keys] = new.keys
        elif isinstance(old, Question) and isinstance(new, Question) and _kinds_differ(old, new):
            yield _step(drop=old.pointer, decide=decide)
            return
        if isinstance(old, Question) and isinstance(new, Question):
            yield from self._of_answers(one, old, new)
        elif isinstance(old, Section) and isinstance(new, Section) and old.keys == new.keys:
            yield from _of_exchanged(old, new)

    def _doubt(self, one: MatchedItem, old: Item, new: Item) -> str | None:
        """Return what is to be decided before an item is taken for another one."""
        if isinstance(old, Question) and isinstance(new, Question) and _kinds_differ(old, new):
            return (
                f"'{_title(new)}' is of another kind than before ({old.kind} then, {new.kind} now). If answers still "
                f"fit, say 'move' and 'to' and nothing else; else say under 'drop' and 'because' why they are given up"
            )
        if one.sureness == "likely":
            return f"is '{_title(new)}' the same as '{_title(old)}' was? If not, drop these answers, with the reason"
        return None

    def _goes(self, keys: Pattern) -> Pattern:
        """Return where something goes by the steps so far."""
        for length in range(len(keys), 0, -1):
            if keys[:length] in self._moved:
                return (*self._moved[keys[:length]], *keys[length:])
        return keys

    def _of_answers(self, one: MatchedItem, old: Question, new: Question) -> Iterator[MigrationStep]:
        known = answers_of(new)
        exchanged = _exchanged_options(old, new)
        renamed = {key_of(value): other for value, other in one.option_map.items()} | exchanged
        if renamed:
            is_sure = all(option.sureness == "certain" for option in one.options) and not exchanged
            decide = f"are these the same answers to '{_title(new)}' as before? If not, drop them, with the reason"
            if exchanged:
                decide = (
                    f"options of '{_title(new)}' have changed their words: is each answer to be recorded as the one "
                    "that reads the same now? If one stays as it is recorded, take it out of 'map'"
                )
            yield _step(options=old.pointer, map=renamed, decide=None if is_sure else decide)
        gone = [value for name, value in answers_of(old).items() if known and name not in known and name not in renamed]
        if gone:
            listed = ", ".join(f"'{old.option_titles.get(value, key_of(value))}'" for value in gone)
            lost = f"'{_title(new)}' has no option {listed} any more"
            if old.kind is Kind.TICK:
                lost = f"'{_title(new)}' was a box to tick, and has options now"
            decide = (
                f"{lost}. Which one do such answers become? Say it under 'options' and 'map', or say here under "
                "'because' why they are given up"
            )
            yield _step(drop=old.pointer, values=tuple(gone), decide=decide)

    def _of_removed(self, old: Item) -> Iterator[MigrationStep]:
        if any(old.keys[: len(keys)] == keys for keys in self._dropped):
            return
        self._dropped.append(old.keys)
        decide = (
            f"'{_title(old)}' is not asked any more. If another question asks the same, say 'move' and 'to'; else say "
            "under 'because' why the answers are given up"
        )
        yield _step(drop=old.pointer, decide=decide)


def _exchanged_options(old: Question, new: Question) -> dict[str, Any]:
    """Return the answer that reads now what another one read, by the name of that other one."""
    titles = ({key_of(value): title for value, title in each.option_titles.items()} for each in (old, new))
    return {other: answers_of(new)[name] for name, other in taken_words(*titles).items()}


def _of_exchanged(old: Section, new: Section) -> Iterator[MigrationStep]:
    """Yield a step to be decided for each that has the words now that another one beside it had."""
    for key, other in taken_words(titles_in(old), titles_in(new)).items():
        child, place = old.children[key], old.children[other]
        decide = (
            f"'{_title(new.children[key])}' stands here now, and stood at '{place.pointer}'. If the answers belong to "
            "the words, say under 'to' where those are now; if they stay, leave 'to' as it is"
        )
        yield _step(move=child.pointer, to=child.pointer, decide=decide)


def _step(**words: Any) -> MigrationStep:
    """Return a step without the words that say nothing."""
    return MigrationStep(**{word: said for word, said in words.items() if said is not None})


def _title(item: Item) -> str:
    title = item.full_title if isinstance(item, Question) else item.title
    return title or pointers.join(item.keys[-1:])


def _kinds_differ(old: Question, new: Question) -> bool:
    """Whether answers to one question are certainly, or nearly so, no answers to the other."""
    if old.kind is new.kind or (old.kind, new.kind) == (Kind.INTEGER, Kind.NUMBER):
        return False
    return not (answers_of(old) and answers_of(new))
