"""Words that changed places: what an option says now is what another one said, so that an old answer is misread."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from cse_forms.comparing.phrases import KINDS
from cse_forms.schema.definition import Definition
from cse_forms.schema.items import Question, Section
from cse_forms.thresholds.in_words.naming import Naming


def exchanged(old: Definition, new: Definition) -> tuple[str, ...]:
    """Return in words where something has the title that something else beside it had; nothing, where nothing has.

    Looked at are the options of a question, the questions and rows that stand beside one another, and the levels of an
    assessment. What stands in one version alone is not: an answer to it is refused, or there is none yet.
    """
    return tuple(dict.fromkeys(_exchanged(old, new)))


def _exchanged(old: Definition, new: Definition) -> Iterator[str]:
    naming = Naming(new)
    told: set[str] = set()
    for pointer, question in old.questions.items():
        other = new.questions.get(pointer)
        if other is not None:
            before, after = ({str(one.value): one.title for one in each.options} for each in (question, other))
            # All rows of a shape offer the same, and are told once.
            if before != after and repr((before, after)) not in told:
                told.add(repr((before, after)))
                yield from _told(before, after, naming.question(other))
    for item in (old.root, *old.walk()):
        section = new.item_at(item.pointer) if item.pointer else new.root
        if isinstance(item, Section) and isinstance(section, Section):
            where = naming.place(section) if item.pointer else KINDS.whole
            yield from _told(titles_in(item), titles_in(section), where)
    levels = {one.id: one.levels for one in old.words.assessments}
    for assessment in new.words.assessments:
        before = {one.id: one.title for one in levels.get(assessment.id, ())}
        yield from _told(before, {one.id: one.title for one in assessment.levels}, f"'{assessment.title}'")


def titles_in(section: Section) -> dict[str, str]:
    """Return what each that stands in a section says, by its key."""
    return {
        key: f"{child.title} {child.description or ''}".rstrip() if isinstance(child, Question) else child.title
        for key, child in section.children.items()
    }


def _told(old: Mapping[str, str], new: Mapping[str, str], where: str) -> Iterator[str]:
    for key, other in taken_words(old, new).items():
        yield KINDS.exchanged.format(where=where, key=key, old=old[key], new=new[key], other=other)


def taken_words(old: Mapping[str, str], new: Mapping[str, str]) -> dict[str, str]:
    """Return each key that has the words now that another key had, with that other one; both are in both versions.

    Args:
        old: words of the older version, by what they are known by.
        new: those of the newer version.
    """
    both = [key for key in old if key in new]
    holders = {old[key]: key for key in both}
    found = {key: holders[new[key]] for key in both if new[key] != old[key] and new[key] in holders}
    return {key: other for key, other in found.items() if new[other] != old[other]}
