"""Whether what a definition's conditions and measures name is there, and can give what they ask."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from typing import Any

from cse_forms.schema.checks.form import FormDocument, has_one_answer, levels_of, list_of
from cse_forms.schema.checks.matches import answer_match_faults, level_match_faults, no_level, number_match_faults
from cse_forms.schema.checks.parts import Part, Sort, parts, selected_by, speaks_of_row
from cse_forms.schema.checks.selectors import selection_faults
from cse_forms.schema.faults import Fault, suggestion
from cse_forms.schema.places import Place


def condition_faults(form: FormDocument) -> Iterator[Fault]:
    """Whether every selector selects, every name names something, and every match can be met."""
    for part in parts(form):
        match part.sort:
            case Sort.CONDITION | Sort.COUNT:
                yield from _asked_faults(form, part)
            case Sort.TERM:
                yield from selection_faults(form, f"{part.at}/items", part.value.get("items"), part.start)
                yield from _name_faults(f"{part.at}/measure", "measure", part.value.get("measure"), form.measures)
            case Sort.NUMBER | Sort.RULE:
                yield from _name_faults(f"{part.at}/measure", "measure", part.value.get("measure"), form.measures)
            case _:
                pass


def _asked_faults(form: FormDocument, part: Part) -> Iterator[Fault]:
    """What is wrong with a condition or a count itself, and not with another one inside it."""
    at, value = part.at, part.value
    if "items" in value:
        yield from selection_faults(form, f"{at}/items", value["items"], part.start)
        selected = selected_by(form, part)
        narrows = part.narrows or _asks_one_row(part, selected)
        yield from answer_match_faults(form, f"{at}/match", value.get("match"), selected, narrows=narrows)
    elif "measure" in value:
        yield from _name_faults(f"{at}/measure", "measure", value["measure"], form.measures)
        yield from number_match_faults(f"{at}/match", value.get("match"))
    elif "assessment" in value:
        yield from _level_faults(form, part, f"{at}/assessment", value["assessment"])
    elif "assessments" in value:
        for index, name in enumerate(list_of(value["assessments"])):
            yield from _level_faults(form, part, f"{at}/assessments/{index}", name)
    elif "condition" in value:
        yield from _name_faults(f"{at}/condition", "condition", value["condition"], form.conditions)


def _asks_one_row(part: Part, selected: Sequence[Place]) -> bool:
    """Whether a condition asks about one answer of the row at hand alone, as a row's `showWhen` does."""
    is_one = len(selected) == 1 and part.start is not None and has_one_answer(selected[0], part.start)
    return is_one and speaks_of_row(part.value.get("items"))


def _name_faults(at: str, what: str, name: Any, known: Collection[str]) -> Iterator[Fault]:
    if isinstance(name, str) and name not in known:
        yield Fault(at, f"no {what} '{name}'{suggestion(name, known)}", "unknown-name")


def _level_faults(form: FormDocument, part: Part, at: str, name: Any) -> Iterator[Fault]:
    """Whether an assessment has the levels that are asked of it."""
    yield from _name_faults(at, "assessment", name, form.assessment_by_id)
    assessment = form.assessment_by_id.get(str(name))
    if assessment is None:
        return
    levels = levels_of(assessment)
    for word in ("atLeast", "atMost"):
        named = part.value.get(word)
        if isinstance(named, str) and assessment.get("ordered") is False:
            yield Fault(
                f"{part.at}/{word}", f"the levels of '{name}' are not ordered; ask for them with 'match'", "not-ordered"
            )
        elif isinstance(named, str) and named not in levels:
            yield no_level(f"{part.at}/{word}", named, levels)
    yield from level_match_faults(f"{part.at}/match", part.value.get("match"), levels)
