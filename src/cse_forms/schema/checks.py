"""What the shape of a definition cannot say: that its parts fit together.

Read straight from the document, so that a fault in one part, which the models report, hides none in another.
Whatever is malformed is passed over here.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import jsonschema_rs

from cse_forms import pointers
from cse_forms.schema.faults import Fault, suggestion
from cse_forms.schema.places import MAX_DEPTH, Place, expand, select

MATCH_NUMBER_WORDS = ("minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum")


def find_faults(document: dict[str, Any]) -> list[Fault]:
    """Return every fault of a definition document that lies between its parts."""
    form = _Form(document, expand(document))
    return [
        *_standard_faults(document),
        *_identity_faults(document),
        *_item_faults(form),
        *_shape_faults(form),
        *_provenance_faults(document),
        *_condition_faults(form),
        *_circle_faults(form),
        *_measure_faults(form),
        *_assessment_faults(form),
        *_reference_faults(form),
    ]


@dataclass(frozen=True)
class _Form:
    document: dict[str, Any]
    root: Place

    @property
    def words(self) -> dict[str, Any]:
        return _object(self.document.get("x-form"))

    def questions(self) -> list[str]:
        return [place.pointer for place in self.root.walk() if place.is_question and place.keys]

    def assessments(self) -> Iterator[tuple[str, dict[str, Any]]]:
        return _objects("/x-form/assessments", self.words.get("assessments"))


def _object(value: Any) -> dict[str, Any]:
    return value if isinstance(value, dict) else {}


def _objects(at: str, value: Any) -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield the objects of a list, each with its pointer."""
    for index, member in enumerate(value if isinstance(value, list) else ()):
        if isinstance(member, dict):
            yield f"{at}/{index}", member


def _walk(at: str, value: Any) -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield every object below a value, each with its pointer; the parser has bounded the depth."""
    if isinstance(value, dict):
        yield at, value
        for key, member in value.items():
            yield from _walk(f"{at}/{pointers.escape(key)}", member)
    elif isinstance(value, list):
        for index, member in enumerate(value):
            yield from _walk(f"{at}/{index}", member)


def _standard_faults(document: dict[str, Any]) -> Iterator[Fault]:
    """What the meta-schema of JSON Schema 2020-12 refuses in the conditions that an author wrote."""
    plain = {key: value for key, value in document.items() if key != "x-form"}
    for error in jsonschema_rs.Draft202012Validator(
        {"$ref": "https://json-schema.org/draft/2020-12/schema"}, offline=True
    ).iter_errors(plain):
        if {"if", "then", "else", "allOf", "pattern"} & set(map(str, error.instance_path)):
            yield Fault(pointers.join(error.instance_path), f"this is no valid JSON Schema: {error.message}")


def _identity_faults(document: dict[str, Any]) -> Iterator[Fault]:
    words = _object(document.get("x-form"))
    if isinstance(words.get("id"), str) and isinstance(words.get("version"), str):
        expected = f"urn:cse-forms:{words['id']}:{words['version']}"
        if isinstance(document.get("$id"), str) and document["$id"] != expected:
            yield Fault("/$id", f"this must be {expected}, as id and version say")


def _item_faults(form: _Form) -> Iterator[Fault]:
    """Whether each item is one that can be asked, shown and answered."""
    for place in form.root.walk():
        if not place.keys:
            continue
        schema, at = place.schema, place.at
        kind = schema.get("type")
        if len(place.keys) > MAX_DEPTH:
            yield Fault(at, f"sections are nested deeper than {MAX_DEPTH}")
        if "title" not in schema and place.keys[-1] != "*":
            yield Fault(at, f"'{place.keys[-1]}' has no title: give it the wording that people read")
        if kind is None and "oneOf" not in schema and not ("$ref" in schema and "type" not in schema):
            yield Fault(at, "say what is asked: a 'type', or 'oneOf' with the options")
        if kind is not None and "oneOf" in schema:
            yield Fault(at, "a question with options has 'oneOf' and no 'type'")
        if kind == "object" and "properties" not in schema:
            yield Fault(at, "a section has 'properties', be they empty")
        if kind == "object" and schema.get("additionalProperties") is not False:
            yield Fault(at, "a section says \"additionalProperties\": false, so that no answer is passed over unseen")
        if kind == "array" and "items" not in schema:
            yield Fault(at, "an array has 'items': the shape of its rows, or the options")
        if place.words.get("provenance") is None and place.keys[-1] != "*":
            yield Fault(at, "say where this comes from: 'provenance' is missing in its 'x-form'")
        yield from _required_faults(place)
        yield from _default_faults(place)
        yield from _option_faults(place)


def _required_faults(place: Place) -> Iterator[Fault]:
    required = place.schema.get("required")
    for index, key in enumerate(required if isinstance(required, list) else ()):
        at = f"{place.inside}/required/{index}"
        if key not in place.children:
            if isinstance(key, str):
                yield Fault(at, f"no question '{key}' stands here{suggestion(key, place.children)}")
            continue
        child = place.children[key]
        if child.schema.get("type") == "string" and not child.schema.get("minLength") and "format" not in child.schema:
            yield Fault(child.at, f"'{key}' is required: say \"minLength\": 1, so that an empty text does not pass for an answer")
        if "showWhen" in child.words:
            yield Fault(at, f"'{key}' is asked only at times: say \"required\": true in its 'x-form' instead")


def _default_faults(place: Place) -> Iterator[Fault]:
    if "default" in place.schema and place.is_question:
        plain = {key: value for key, value in place.schema.items() if key in {"type", "oneOf", "items", "format", "minimum", "maximum"}}
        try:
            accepted = jsonschema_rs.is_valid(plain, place.schema["default"], validate_formats=True, offline=True)
        except ValueError:
            return
        if not accepted:
            yield Fault(f"{place.at}/default", "this default is no answer that the question accepts")


def _option_faults(place: Place) -> Iterator[Fault]:
    at, options = f"{place.at}/oneOf", place.schema.get("oneOf")
    if options is None:
        at, options = f"{place.at}/items/oneOf", _object(place.schema.get("items")).get("oneOf")
    for name in ("const", "title"):
        seen: Counter[str] = Counter()
        for option_at, option in _objects(at, options):
            seen[repr(option.get(name))] += 1
            if seen[repr(option.get(name))] == 2:
                yield Fault(option_at, f"two options have the same {name}")


def _shape_faults(form: _Form) -> Iterator[Fault]:
    """Whether each reference leads to a shape of the document, and not in a circle."""
    shapes = _object(form.document.get("$defs"))
    for at, node in (*_walk("/properties", form.document.get("properties")), *_walk("/$defs", shapes)):
        reference = node.get("$ref")
        if not isinstance(reference, str) or "/x-form/" in at or not reference.startswith("#/$defs/"):
            continue
        name = reference.removeprefix("#/$defs/")
        if name not in shapes:
            yield Fault(f"{at}/$ref", f"no shape '{name}' stands under $defs{suggestion(name, shapes)}")
    for name, shape in shapes.items():
        seen: set[str] = set()
        pending = [shape]
        while pending:
            for _, node in _walk("", pending.pop()):
                reference = node.get("$ref")
                if isinstance(reference, str) and reference.startswith("#/$defs/"):
                    target = reference.removeprefix("#/$defs/")
                    if target not in seen and target in shapes:
                        seen.add(target)
                        pending.append(shapes[target])
        if name in seen:
            yield Fault(f"/$defs/{pointers.escape(name)}", f"the shape '{name}' refers to itself")


def _provenance_faults(document: dict[str, Any]) -> Iterator[Fault]:
    sources = [source.get("id") for _, source in _objects("", _object(document.get("x-form")).get("sources"))]
    known = [source for source in sources if isinstance(source, str)]
    for at, node in _walk("", document):
        inside = at.rpartition("/")[2] == "provenance" or "/x-form/withheld/" in at
        source = node.get("source")
        if inside and isinstance(source, str) and source not in known:
            yield Fault(f"{at}/source", f"no source '{source}' is listed{suggestion(source, known)}")
    for name, count in Counter(known).items():
        if count > 1:
            yield Fault("/x-form/sources", f"two sources have the id '{name}'")


def _conditions(form: _Form) -> Iterator[tuple[str, Any, Place | None]]:
    """Yield every value that holds conditions or selections, with the object that `./` starts at."""
    for name in ("measures", "assessments", "prompts", "checks"):
        yield f"/x-form/{name}", form.words.get(name), None
    for place in form.root.walk():
        if place.holder is not None:
            for name in ("showWhen", "required"):
                if name in place.words:
                    # The words of a shape's row are written with the shape: the first of both that has them is named.
                    yield f"{place.at}/x-form/{name}", place.words[name], place.holder


def _condition_faults(form: _Form) -> Iterator[Fault]:
    for at, value, start in _conditions(form):
        yield from _selection_faults(form, at, value, start)


def _selection_faults(form: _Form, at: str, value: Any, start: Place | None) -> Iterator[Fault]:
    """Whether the selectors of a condition select, and what they ask can be answered."""
    if isinstance(value, list):
        for index, member in enumerate(value):
            yield from _selection_faults(form, f"{at}/{index}", member, start)
    if not isinstance(value, dict):
        return
    selected: list[Place] = []
    if "items" in value:
        written = value["items"]
        for index, selector in enumerate(written if isinstance(written, list) else [written]):
            if not isinstance(selector, str):
                continue
            found = select(form.root, selector, start)
            selected += found
            if not found:
                where = f"{at}/items/{index}" if isinstance(written, list) else f"{at}/items"
                yield Fault(where, _selects_nothing(form, selector, start))
        yield from _match_faults(form, f"{at}/match", value.get("match"), selected)
        # `when` speaks of the row of each selected answer; what holds for one row's shape is asked of each.
        for holder in {id(place.holder): place.holder for place in selected}.values():
            yield from _selection_faults(form, f"{at}/when", value.get("when"), holder)
    if isinstance(value.get("measure"), str):
        measures = _object(form.words.get("measures"))
        if value["measure"] not in measures:
            yield Fault(f"{at}/measure", f"no measure '{value['measure']}'{suggestion(value['measure'], measures)}")
    for key, member in value.items():
        if not ("items" in value and key in {"items", "when"}):
            yield from _selection_faults(form, f"{at}/{pointers.escape(key)}", member, start)


def _selects_nothing(form: _Form, selector: str, start: Place | None) -> str:
    if selector.startswith("./"):
        if start is None:
            return f"'{selector}' speaks of a row, and there is none here; begin with a slash"
        known = [f"./{key}" for key, child in start.children.items() if child.is_question]
    else:
        known = sorted({*form.questions(), *_patterns(form)})
    return f"no question '{selector}'{suggestion(selector, known)}"


def _patterns(form: _Form) -> Iterator[str]:
    """Yield the selectors with one or two `*` that would select something."""
    for place in form.root.walk():
        if place.is_question and place.keys:
            keys = place.keys
            for count in (1, 2):
                if len(keys) > count + 1:
                    yield pointers.join((*keys[: -count - 1], *("*",) * count, keys[-1]))


def _match_faults(form: _Form, at: str, match: Any, selected: list[Place]) -> Iterator[Fault]:
    """Whether at least one of the selected questions can give what is asked for."""
    if not isinstance(match, dict) or not selected:
        return
    schemas = [place.schema for place in selected]
    if "not" in match:
        yield from _match_faults(form, f"{at}/not", match["not"], selected)
    if "contains" in match:
        if not any(schema.get("type") == "array" for schema in schemas):
            yield Fault(f"{at}/contains", "'contains' asks for several options chosen; this question takes one answer")
        else:
            schemas = [_object(schema.get("items")) for schema in schemas]
            yield from _value_faults(f"{at}/contains", match["contains"], schemas)
    yield from _value_faults(at, match, schemas)


def _value_faults(at: str, match: Any, schemas: list[dict[str, Any]]) -> Iterator[Fault]:
    if not isinstance(match, dict):
        return
    wanted = [(f"{at}/const", match["const"])] if "const" in match else []
    if isinstance(match.get("enum"), list):
        wanted += [(f"{at}/enum/{index}", value) for index, value in enumerate(match["enum"])]
    for value_at, value in wanted:
        if not isinstance(value, dict) and not any(_may_be(schema, value) for schema in schemas):
            options = [option.get("const") for schema in schemas for _, option in _objects("", schema.get("oneOf"))]
            known = list(dict.fromkeys(str(option) for option in options))
            listed = f"; its options are {', '.join(known)}" if known else ""
            yield Fault(value_at, f"the question cannot be answered with {value!r}{suggestion(str(value), known) or listed}")
    numeric = [word for word in MATCH_NUMBER_WORDS if word in match]
    if numeric and not any(schema.get("type") in {"integer", "number"} for schema in schemas):
        yield Fault(f"{at}/{numeric[0]}", f"'{numeric[0]}' asks for a number; this question is not answered with one")


def _may_be(schema: dict[str, Any], value: Any) -> bool:
    options = [option.get("const") for _, option in _objects("", schema.get("oneOf"))]
    if options:
        return any(option == value and type(option) is type(value) for option in options)
    kinds = {"string": str, "boolean": bool, "integer": int, "number": (int, float), "array": list}
    kind = kinds.get(str(schema.get("type")))
    if kind is None:
        return True
    return isinstance(value, kind) and not (isinstance(value, bool) and schema.get("type") != "boolean")


def _circle_faults(form: _Form) -> Iterator[Fault]:
    """Whether a question's being asked depends on itself."""
    reads: dict[tuple[str, ...], set[tuple[str, ...]]] = {}
    for place in form.root.walk():
        condition = place.words.get("showWhen") if place.holder else None
        if condition is not None:
            reads[place.keys] = {
                read.keys
                for _, node in _walk("", condition)
                for selector in _selectors(node.get("items"))
                for read in select(form.root, selector, place.holder)
            }
    for keys in reads:
        seen: set[tuple[str, ...]] = set()
        pending = [keys]
        while pending:
            for read in reads.get(pending.pop(), ()):
                # A question is hidden with the section that holds it.
                for depth in range(1, len(read) + 1):
                    if read[:depth] in reads and read[:depth] not in seen:
                        seen.add(read[:depth])
                        pending.append(read[:depth])
        if keys in seen:
            at = next(place.at for place in form.root.walk() if place.keys == keys)
            yield Fault(f"{at}/x-form/showWhen", f"whether {pointers.join(keys)} is asked depends on itself")


def _selectors(value: Any) -> list[str]:
    return [part for part in (value if isinstance(value, list) else [value]) if isinstance(part, str)]


def _measure_faults(form: _Form) -> Iterator[Fault]:
    for name, measure in _object(form.words.get("measures")).items():
        for word in ("years", "months", "days"):
            for end, pointer in _object(_object(measure).get(word)).items():
                if not isinstance(pointer, str):
                    continue
                at = f"/x-form/measures/{pointers.escape(name)}/{word}/{end}"
                found = select(form.root, pointer)
                if not found:
                    yield Fault(at, _selects_nothing(form, pointer, None))
                elif "*" in found[0].keys or found[0].schema.get("format") != "date":
                    yield Fault(at, f"{pointer} does not ask for one date")


def _assessment_faults(form: _Form) -> Iterator[Fault]:
    for at, assessment in form.assessments():
        levels = [level.get("id") for _, level in _objects("", assessment.get("levels"))]
        known = [level for level in levels if isinstance(level, str)]
        for name, count in Counter(known).items():
            if count > 1:
                yield Fault(f"{at}/levels", f"two levels have the id '{name}'")
        for named_at, named in _named_levels(at, assessment):
            if isinstance(named, str) and named not in known:
                yield Fault(named_at, f"no level '{named}'{suggestion(named, known) or '; the levels are ' + ', '.join(known)}")
        for index, (level_at, level) in enumerate(_objects(f"{at}/levels", assessment.get("levels"))):
            included = _object(level.get("includes")).get("level")
            if included in known and known.index(included) >= index:
                yield Fault(f"{level_at}/includes/level", "a level comes with those of a lower one, listed before it")
        follow_up = assessment.get("followUp")
        if isinstance(follow_up, str) and not select(form.root, follow_up):
            yield Fault(f"{at}/followUp", _selects_nothing(form, follow_up, None))
        yield from _judgement_faults(form, at, assessment, known)


def _named_levels(at: str, assessment: dict[str, Any]) -> Iterator[tuple[str, Any]]:
    for rule_at, rule in _objects(f"{at}/rules", assessment.get("rules")):
        yield f"{rule_at}/level", rule.get("level")
    yield f"{at}/otherwise/level", _object(assessment.get("otherwise")).get("level")
    for adjustment_at, adjustment in _objects(f"{at}/adjustments", assessment.get("adjustments")):
        for word in ("notAbove", "atLeast", "atMost"):
            yield f"{adjustment_at}/{word}", adjustment.get(word)
    for level_at, level in _objects(f"{at}/levels", assessment.get("levels")):
        yield f"{level_at}/includes/level", _object(level.get("includes")).get("level")


def _judgement_faults(
    form: _Form, at: str, assessment: dict[str, Any], levels: list[str]
) -> Iterator[Fault]:
    judgement = _object(assessment.get("judgement"))
    for word in ("level", "reason"):
        pointer = judgement.get(word)
        if not isinstance(pointer, str):
            continue
        found = select(form.root, pointer)
        if not found:
            yield Fault(f"{at}/judgement/{word}", _selects_nothing(form, pointer, None))
        elif word == "level":
            options = [option.get("const") for _, option in _objects("", found[0].schema.get("oneOf"))]
            if sorted(map(str, options)) != sorted(levels):
                yield Fault(f"{at}/judgement/level", f"the options of {pointer} must be the levels: {', '.join(levels)}")


def _reference_faults(form: _Form) -> Iterator[Fault]:
    """Ids that must be told apart, and what must exist where it is named."""
    words = form.words
    for name in ("assessments", "prompts", "checks"):
        yield from _repeated(f"/x-form/{name}", words.get(name))
    for at, assessment in form.assessments():
        yield from _repeated(f"{at}/rules", assessment.get("rules"))
        yield from _repeated(f"{at}/adjustments", assessment.get("adjustments"))
    prompts = [prompt.get("id") for _, prompt in _objects("", words.get("prompts"))]
    for at, prompt in _objects("/x-form/prompts", words.get("prompts")):
        for index, replaced in enumerate(prompt.get("replaces") if isinstance(prompt.get("replaces"), list) else ()):
            if replaced not in prompts or replaced == prompt.get("id"):
                known = [name for name in prompts if isinstance(name, str)]
                yield Fault(f"{at}/replaces/{index}", f"no other prompt '{replaced}'{suggestion(str(replaced), known)}")
    for index, pointer in enumerate(words.get("header") if isinstance(words.get("header"), list) else ()):
        if isinstance(pointer, str) and not select(form.root, pointer):
            yield Fault(f"/x-form/header/{index}", _selects_nothing(form, pointer, None))
    known_assessments = {str(assessment.get("id")): assessment for _, assessment in form.assessments()}
    for place in form.root.walk():
        if place.keys and place.words.get("layout") == "levels":
            name = place.words.get("assessment")
            if name not in known_assessments:
                yield Fault(f"{place.at}/x-form", f"the layout 'levels' names its 'assessment'{suggestion(str(name), known_assessments)}")
                continue
            levels = [level.get("id") for _, level in _objects("", known_assessments[str(name)].get("levels"))]
            if list(place.children) != levels:
                yield Fault(f"{place.at}/properties", f"there must be a question for each level, in order: {', '.join(map(str, levels))}")


def _repeated(at: str, value: Any) -> Iterator[Fault]:
    seen: Counter[str] = Counter()
    for member_at, member in _objects(at, value):
        name = str(member.get("id"))
        seen[name] += 1
        if seen[name] == 2:
            yield Fault(f"{member_at}/id", f"the id '{name}' stands twice")
