"""Which items no rule reads, although what stands beside them is read."""

from __future__ import annotations

from collections.abc import Hashable, Iterator

from cse_forms.schema.checks.form import FormDocument
from cse_forms.schema.checks.parts import UNITS, Sort, parts, selected_by
from cse_forms.schema.definition import Definition
from cse_forms.schema.items import Kind, Question, Section


def unread_items(definition: Definition) -> Iterator[tuple[str, str]]:
    """Yield the place and the words of every question that seems forgotten.

    A question is judged by its likes. In a matrix these are the questions of the other rows that have the same key and
    the same options; elsewhere, the questions of the same section that have the same options, two or more. Where more
    than half of the likes are read by some rule, prompt, check, measure or condition, those that are not are told. So
    nothing is said of a whole section that no rule reads, nor of a question unlike any other. Texts and dates are
    never told: most of them are there to be read by people.
    """
    read = _read(definition)
    groups: dict[Hashable, list[Question]] = {}
    for question in definition.questions.values():
        group = _likes(question)
        if group is not None:
            groups.setdefault(group, []).append(question)
    for questions in groups.values():
        unread = [question for question in questions if question.keys not in read]
        if 0 < 2 * len(unread) < len(questions):
            for question in unread:
                # A row is written where it stands, and the question in it with its shape.
                row = question.holder if isinstance(question.holder, Section) and question.holder.is_row else None
                yield (question if row is None else row).at, question.full_title


def _likes(question: Question) -> Hashable | None:
    """Return what a question has in common with those that are like it; None where it is never told."""
    row = question.holder
    in_row = isinstance(row, Section) and row.is_row and row.holder is not None
    if question.kind in {Kind.TEXT, Kind.DATE} or row is None:
        return None
    options = tuple((option.value, option.unknown) for option in question.options)
    if in_row and row.holder is not None:
        return (row.holder.keys, question.keys[-1], question.kind, options)
    return None if question.kind in {Kind.INTEGER, Kind.NUMBER} else (row.keys, question.kind, options)


def _read(definition: Definition) -> set[tuple[str, ...]]:
    """Return the keys of all questions that something reads."""
    form = FormDocument(dict(definition.schema), definition.places)
    read: set[tuple[str, ...]] = set()
    for part in parts(form):
        if "items" in part.value:
            read |= {place.keys for place in selected_by(form, part)}
        if part.sort is Sort.WITHIN and isinstance(part.value.get("before"), str):
            rows = [place.holder for place in part.selected or ()]
            for row in rows if part.value["before"].startswith("./") else rows[:1]:
                read |= {place.keys for place in form.select(part.value["before"], row)}
        if part.sort is Sort.MEASURE:
            spans = [part.value[unit] for unit in UNITS if unit in part.value]
            read |= {place.keys for span in spans for end in span.values() for place in form.select(end)}
    for assessment in definition.words.assessments:
        sources = [source for rule in assessment.rules for source in rule.level_of or () if source.startswith("/")]
        judgement = assessment.judgement
        recorded = (judgement.level, judgement.reason) if judgement is not None else ()
        named = (*sources, *recorded, *([assessment.follow_up] if assessment.follow_up is not None else []))
        read |= {place.keys for pointer in named for place in form.select(pointer)}
    return read | {place.keys for pointer in definition.words.header for place in form.select(pointer)}
