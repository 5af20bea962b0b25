"""Whether a definition's measures, assessments, prompts and header name what there is."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import Any

from cse_forms import pointers
from cse_forms.schema.checks.conditions import selects_nothing
from cse_forms.schema.checks.form import FormDocument, list_of, object_of, objects
from cse_forms.schema.faults import Fault, suggestion
from cse_forms.schema.places import ROW, select


def measure_faults(form: FormDocument) -> Iterator[Fault]:
    """Whether a measure's dates are dates."""
    for name, measure in object_of(form.words.get("measures")).items():
        for word in ("years", "months", "days"):
            for end, pointer in object_of(object_of(measure).get(word)).items():
                if not isinstance(pointer, str):
                    continue
                at = f"/x-form/measures/{pointers.escape(name)}/{word}/{end}"
                yield from _pointer_faults(form, at, pointer)
                if any(found.schema.get("format") != "date" for found in select(form.root, pointer)):
                    yield Fault(at, f"{pointer} does not ask for a date")


def _pointer_faults(form: FormDocument, at: str, pointer: Any) -> Iterator[Fault]:
    """Whether a pointer names one question, with one answer."""
    if isinstance(pointer, str):
        found = select(form.root, pointer)
        if not found:
            yield Fault(at, selects_nothing(form, pointer, None))
        elif ROW in pointers.split(pointer):
            yield Fault(at, f"{pointer} may have several answers; name a question that has one")


def assessment_faults(form: FormDocument) -> Iterator[Fault]:
    """Whether every level that is named is one, and the judgement can be recorded."""
    for at, assessment in form.assessments():
        levels = [level.get("id") for _, level in objects("", assessment.get("levels"))]
        known = [level for level in levels if isinstance(level, str)]
        for name, count in Counter(known).items():
            if count > 1:
                yield Fault(f"{at}/levels", f"two levels have the id '{name}'")
        for named_at, named in _named_levels(at, assessment):
            if isinstance(named, str) and named not in known:
                remedy = suggestion(named, known) or f"; the levels are {', '.join(known)}"
                yield Fault(named_at, f"no level '{named}'{remedy}")
        for index, (level_at, level) in enumerate(objects(f"{at}/levels", assessment.get("levels"))):
            included = object_of(level.get("includes")).get("level")
            if included in known and known.index(included) >= index:
                yield Fault(f"{level_at}/includes/level", "a level comes with those of a lower one, listed before it")
        yield from _pointer_faults(form, f"{at}/followUp", assessment.get("followUp"))
        yield from _judgement_faults(form, at, assessment, known)


def _named_levels(at: str, assessment: dict[str, Any]) -> Iterator[tuple[str, Any]]:
    for rule_at, rule in objects(f"{at}/rules", assessment.get("rules")):
        yield f"{rule_at}/level", rule.get("level")
    yield f"{at}/otherwise/level", object_of(assessment.get("otherwise")).get("level")
    for adjustment_at, adjustment in objects(f"{at}/adjustments", assessment.get("adjustments")):
        for word in ("notAbove", "atLeast", "atMost"):
            yield f"{adjustment_at}/{word}", adjustment.get(word)
    for level_at, level in objects(f"{at}/levels", assessment.get("levels")):
        yield f"{level_at}/includes/level", object_of(level.get("includes")).get("level")


def _judgement_faults(form: FormDocument, at: str, assessment: dict[str, Any], levels: list[str]) -> Iterator[Fault]:
    judgement = object_of(assessment.get("judgement"))
    for word in ("level", "reason"):
        yield from _pointer_faults(form, f"{at}/judgement/{word}", judgement.get(word))
    for place in select(form.root, str(judgement.get("level", ""))):
        options = [option.get("const") for _, option in objects("", place.schema.get("oneOf"))]
        if sorted(map(str, options)) != sorted(levels):
            listed = ", ".join(levels)
            yield Fault(f"{at}/judgement/level", f"the options of {place.pointer} must be the levels: {listed}")


def reference_faults(form: FormDocument) -> Iterator[Fault]:
    """Ids that must be told apart, and what must exist where it is named."""
    words = form.words
    for name in ("assessments", "prompts", "checks"):
        yield from _repeated(f"/x-form/{name}", words.get(name))
    for at, assessment in form.assessments():
        yield from _repeated(f"{at}/rules", assessment.get("rules"))
        yield from _repeated(f"{at}/adjustments", assessment.get("adjustments"))
    yield from _replaced_faults(form)
    for index, pointer in enumerate(list_of(words.get("header"))):
        yield from _pointer_faults(form, f"/x-form/header/{index}", pointer)
    known_assessments = {str(assessment.get("id")): assessment for _, assessment in form.assessments()}
    for place in form.root.walk():
        if place.keys and place.words.get("layout") == "levels":
            name = str(place.words.get("assessment"))
            if name not in known_assessments:
                remedy = suggestion(name, known_assessments)
                yield Fault(f"{place.at}/x-form", f"the layout 'levels' names its 'assessment'{remedy}")
                continue
            levels = [str(level.get("id")) for _, level in objects("", known_assessments[name].get("levels"))]
            if list(place.children) != levels:
                listed = ", ".join(levels)
                yield Fault(f"{place.at}/properties", f"there must be a question for each level, in order: {listed}")


def _replaced_faults(form: FormDocument) -> Iterator[Fault]:
    """Whether a prompt takes the place of other prompts, and one of them is always left to be shown."""
    prompts = list(objects("/x-form/prompts", form.words.get("prompts")))
    replaces = {str(prompt.get("id")): list(map(str, list_of(prompt.get("replaces")))) for _, prompt in prompts}
    told: set[str] = set()
    for at, prompt in prompts:
        name = str(prompt.get("id"))
        for index, replaced in enumerate(replaces[name]):
            if replaced not in replaces or replaced == name:
                yield Fault(f"{at}/replaces/{index}", f"no other prompt '{replaced}'{suggestion(replaced, replaces)}")
        seen: set[str] = set()
        pending = [other for other in replaces[name] if other != name]
        while pending:
            other = pending.pop()
            if other not in seen:
                seen.add(other)
                pending += replaces.get(other, [])
        if name in seen and name not in told:
            told |= seen
            message = "prompts replace one another in a circle, so that none of them would be shown"
            yield Fault(f"{at}/replaces", message)


def _repeated(at: str, value: Any) -> Iterator[Fault]:
    seen: Counter[str] = Counter()
    for member_at, member in objects(at, value):
        name = str(member.get("id"))
        seen[name] += 1
        if seen[name] == 2:
            yield Fault(f"{member_at}/id", f"the id '{name}' stands twice")
