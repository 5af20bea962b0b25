"""Whether a definition's measures, assessments, prompts and header name what there is."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import Any

from cse_forms import pointers
from cse_forms.schema.checks.form import FormDocument, kind_of, levels_of, list_of, object_of, objects, options_of
from cse_forms.schema.checks.matches import no_level
from cse_forms.schema.checks.parts import UNITS
from cse_forms.schema.checks.selectors import no_question, pointer_faults
from cse_forms.schema.faults import Fault, suggestion


def measure_faults(form: FormDocument) -> Iterator[Fault]:
    """Whether a measure's dates are dates."""
    for name, measure in form.measures.items():
        for word in UNITS:
            for end, pointer in object_of(object_of(measure).get(word)).items():
                at = f"/x-form/measures/{pointers.escape(name)}/{word}/{end}"
                yield from pointer_faults(form, at, pointer, is_date=True)


def assessment_faults(form: FormDocument) -> Iterator[Fault]:
    """Whether every level that is named is one, and the judgement can be recorded."""
    for at, assessment in form.assessments():
        known = levels_of(assessment)
        for name, count in Counter(known).items():
            if count > 1:
                yield Fault(f"{at}/levels", f"two levels have the id '{name}'", "id-twice")
        for named_at, named in _named_levels(at, assessment):
            if isinstance(named, str) and named not in known:
                yield no_level(named_at, named, known)
        for index, (level_at, level) in enumerate(objects(f"{at}/levels", assessment.get("levels"))):
            included = object_of(level.get("includes")).get("level")
            if included in known and known.index(included) >= index:
                yield Fault(
                    f"{level_at}/includes/level",
                    "a level comes with those of a lower one, listed before it",
                    "level-order",
                )
        yield from pointer_faults(form, f"{at}/followUp", assessment.get("followUp"))
        yield from _judgement_faults(form, at, assessment, known)
        if assessment.get("ordered") is False:
            yield from _order_faults(at, assessment)
        for rule_at, rule in objects(f"{at}/rules", assessment.get("rules")):
            yield from _band_faults(form, f"{rule_at}/bands", rule)
            yield from _source_faults(form, f"{rule_at}/levelOf", rule.get("levelOf"), known)


def _named_levels(at: str, assessment: dict[str, Any]) -> Iterator[tuple[str, Any]]:
    for rule_at, rule in objects(f"{at}/rules", assessment.get("rules")):
        yield f"{rule_at}/level", rule.get("level")
        for band_at, band in objects(f"{rule_at}/bands", rule.get("bands")):
            yield f"{band_at}/level", band.get("level")
    yield f"{at}/otherwise/level", object_of(assessment.get("otherwise")).get("level")
    for adjustment_at, adjustment in objects(f"{at}/adjustments", assessment.get("adjustments")):
        for word in ("notAbove", "notBelow", "atLeast", "atMost"):
            yield f"{adjustment_at}/{word}", adjustment.get(word)
    for level_at, level in objects(f"{at}/levels", assessment.get("levels")):
        yield f"{level_at}/includes/level", object_of(level.get("includes")).get("level")
    for limit_at, limit in objects(f"{at}/judgement/may", object_of(assessment.get("judgement")).get("may")):
        for word in ("atLeast", "atMost"):
            if limit.get(word) != "suggested":
                yield f"{limit_at}/{word}", limit.get(word)


def _order_faults(at: str, assessment: dict[str, Any]) -> Iterator[Fault]:
    """What asks for an order of levels that have none."""
    remedy = "the levels are not ordered, so that none is higher than another"
    if list_of(assessment.get("adjustments")):
        yield Fault(f"{at}/adjustments", f"a level is not adjusted here: {remedy}", "not-ordered")
    if isinstance(object_of(assessment.get("judgement")).get("may"), list):
        yield Fault(f"{at}/judgement/may", f'say "differ": {remedy}', "not-ordered")


def _band_faults(form: FormDocument, at: str, rule: dict[str, Any]) -> Iterator[Fault]:
    """Whether bands ascend, and each says where it begins and ends, be it by the one beside it."""
    before: dict[str, Any] | None = None
    bands = list(objects(at, rule.get("bands")))
    for index, (band_at, band) in enumerate(bands):
        first, last = form.number(band.get("from")), form.number(band.get("to"))
        if first is not None and last is not None and first > last:
            yield Fault(band_at, "no number lies in this band: it ends before it begins", "bands-order")
        if before is not None and "to" not in before and "from" not in band:
            # Of the first and the last band the models say so, where it has no bound at all.
            if not (_is_bare(before) and index == 1) and not (_is_bare(band) and index == len(bands) - 1):
                yield Fault(
                    band_at, "say 'from' here, or 'to' in the band before: nothing parts the two", "bands-order"
                )
        elif before is not None:
            for word, own in (("from", first), ("to", last)):
                other = form.number(before.get(word))
                if own is not None and other is not None and own <= other:
                    yield Fault(
                        f"{band_at}/{word}", "bands ascend: each begins and ends above the one before", "bands-order"
                    )
                    break
        before = band


def _is_bare(band: dict[str, Any]) -> bool:
    return band.keys().isdisjoint({"from", "to"})


def _source_faults(form: FormDocument, at: str, written: Any, levels: list[str]) -> Iterator[Fault]:
    """Whether what a level is taken from can have one of the levels here."""
    for index, source in enumerate(written if isinstance(written, list) else [written]):
        if not isinstance(source, str):
            continue
        place = f"{at}/{index}" if isinstance(written, list) else at
        if source.startswith("/"):
            found = form.select(source)
            options = (option for one in found if kind_of(one.schema) == "choice" for option in options_of(one.schema))
            if not found:
                yield no_question(form, place, source, None)
            elif not any(option.get("const") in levels for option in options):
                yield Fault(
                    place, f"no option of {source} is a level here; the levels are {', '.join(levels)}", "no-level"
                )
        elif source not in form.assessment_by_id:
            yield Fault(place, f"no assessment '{source}'{suggestion(source, form.assessment_by_id)}", "unknown-name")
        elif set(levels).isdisjoint(levels_of(form.assessment_by_id[source])):
            yield Fault(
                place, f"no level of '{source}' is a level here; the levels are {', '.join(levels)}", "no-level"
            )


def _judgement_faults(form: FormDocument, at: str, assessment: dict[str, Any], levels: list[str]) -> Iterator[Fault]:
    judgement = object_of(assessment.get("judgement"))
    for word in ("level", "reason"):
        yield from pointer_faults(form, f"{at}/judgement/{word}", judgement.get(word))
    for place in form.select(str(judgement.get("level", ""))):
        options = [option.get("const") for option in options_of(place.schema)]
        if kind_of(place.schema) != "choice" or sorted(map(str, options)) != sorted(levels):
            listed = ", ".join(levels)
            yield Fault(
                f"{at}/judgement/level",
                f"the options of {place.pointer} must be the levels: {listed}",
                "judgement-options",
            )


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
        yield from pointer_faults(form, f"/x-form/header/{index}", pointer)
    known_assessments = {str(assessment.get("id")): assessment for _, assessment in form.assessments()}
    for place in form.root.walk():
        if place.keys and place.words.get("layout") == "levels":
            name = str(place.words.get("assessment"))
            if name not in known_assessments:
                remedy = suggestion(name, known_assessments)
                yield Fault(
                    f"{place.at}/x-form", f"the layout 'levels' names its 'assessment'{remedy}", "levels-layout"
                )
                continue
            levels = [str(level.get("id")) for _, level in objects("", known_assessments[name].get("levels"))]
            if list(place.children) != levels:
                listed = ", ".join(levels)
                yield Fault(
                    f"{place.at}/properties",
                    f"there must be a question for each level, in order: {listed}",
                    "levels-layout",
                )


def _replaced_faults(form: FormDocument) -> Iterator[Fault]:
    """Whether a prompt takes the place of other prompts, and one of them is always left to be shown."""
    prompts = list(objects("/x-form/prompts", form.words.get("prompts")))
    replaces = {str(prompt.get("id")): list(map(str, list_of(prompt.get("replaces")))) for _, prompt in prompts}
    told: set[str] = set()
    for at, prompt in prompts:
        name = str(prompt.get("id"))
        for index, replaced in enumerate(replaces[name]):
            if replaced not in replaces or replaced == name:
                yield Fault(
                    f"{at}/replaces/{index}",
                    f"no other prompt '{replaced}'{suggestion(replaced, replaces)}",
                    "unknown-name",
                )
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
            yield Fault(f"{at}/replaces", message, "circle")


def _repeated(at: str, value: Any) -> Iterator[Fault]:
    seen: Counter[str] = Counter()
    for member_at, member in objects(at, value):
        name = str(member.get("id"))
        seen[name] += 1
        if seen[name] == 2:
            yield Fault(f"{member_at}/id", f"the id '{name}' stands twice", "id-twice")
