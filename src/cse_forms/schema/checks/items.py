"""Whether each item of a definition is one that can be asked, shown, answered and traced."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import Any

import jsonschema_rs

from cse_forms import pointers
from cse_forms.schema.checks.form import FormDocument, object_of, objects, walk
from cse_forms.schema.checks.standard import is_in_rule
from cse_forms.schema.faults import Fault, suggestion
from cse_forms.schema.places import MAX_DEPTH, MAX_PLACES, ROW, Place


def identity_faults(document: dict[str, Any]) -> Iterator[Fault]:
    """Whether the document's name is that of the form and its version."""
    words = object_of(document.get("x-form"))
    if isinstance(words.get("id"), str) and isinstance(words.get("version"), str):
        expected = f"urn:cse-forms:{words['id']}:{words['version']}"
        if isinstance(document.get("$id"), str) and document["$id"] != expected:
            yield Fault("/$id", f"this must be {expected}, as id and version say", "wrong-id")


def item_faults(form: FormDocument) -> Iterator[Fault]:
    """Whether each item is one that can be asked, shown and answered."""
    places = list(form.root.walk())
    if len(places) > MAX_PLACES:
        yield Fault("/properties", f"there are more than {MAX_PLACES:,} items; no form has so many", "too-large")
        return
    for place in places:
        if not place.keys:
            continue
        schema, at = place.schema, place.at
        kind = schema.get("type")
        if len(place.keys) > MAX_DEPTH:
            yield Fault(at, f"sections are nested deeper than {MAX_DEPTH}", "too-deep")
        if "title" not in schema and place.keys[-1] != ROW:
            yield Fault(at, f"'{place.keys[-1]}' has no title: give it the wording that people read", "no-title")
        refers_to_nothing = "$ref" in schema and place.inside == place.at
        if kind is None and "oneOf" not in schema and not refers_to_nothing:
            yield Fault(at, "say what is asked: a 'type', or 'oneOf' with the options", "no-kind")
        elif place.keys[-1] == ROW and kind != "object":
            yield Fault(
                at, "the 'items' of an array are options, with 'oneOf', or rows, of the type 'object'", "wrong-shape"
            )
        for word, holder in (("properties", "object"), ("items", "array")):
            if word in schema and kind != holder and (kind is not None or "oneOf" in schema):
                yield Fault(f"{place.inside}/{word}", f"'{word}' goes with the type '{holder}'", "wrong-shape")
        if kind is not None and "oneOf" in schema:
            yield Fault(at, "a question with options has 'oneOf' and no 'type'", "wrong-shape")
        if kind == "object" and "properties" not in schema:
            yield Fault(place.inside, "a section has 'properties', be they empty", "wrong-shape")
        if kind == "object" and schema.get("additionalProperties") is not False:
            remedy = "so that no answer is passed over unseen"
            yield Fault(place.inside, f'a section says "additionalProperties": false, {remedy}', "not-closed")
        if kind == "array" and "items" not in schema:
            yield Fault(at, "an array has 'items': the shape of its rows, or the options", "wrong-shape")
        if "provenance" not in place.words and place.keys[-1] != ROW:
            yield Fault(at, "say where this comes from: 'provenance' is missing in its 'x-form'", "no-provenance")
        if "required" in place.words and not place.is_question:
            yield Fault(
                at, "'required' in 'x-form' is said of a question; say it of those that stand here", "word-out-of-place"
            )
        yield from _required_faults(place)
        yield from _default_faults(place)
        yield from _option_faults(place)


def _required_faults(place: Place) -> Iterator[Fault]:
    required = place.schema.get("required")
    for index, key in enumerate(required if isinstance(required, list) else ()):
        at = f"{place.inside}/required/{index}"
        if not isinstance(key, str):
            continue
        if key not in place.children:
            yield Fault(at, f"no question '{key}' stands here{suggestion(key, place.children)}", "no-question")
            continue
        child = place.children[key]
        if "showWhen" in child.words:
            yield Fault(
                at,
                f"'{key}' is asked only at times: say \"required\": true in its 'x-form' instead",
                "required-while-hidden",
            )
        elif (
            child.schema.get("type") == "string" and "format" not in child.schema and not child.schema.get("minLength")
        ):
            remedy = 'say "minLength": 1, so that an empty text does not pass for an answer'
            yield Fault(child.at, f"'{key}' is required: {remedy}", "blank-accepted")


def _default_faults(place: Place) -> Iterator[Fault]:
    if "default" in place.schema and place.is_question:
        words = {"type", "oneOf", "items", "format", "minimum", "maximum"}
        plain = {key: value for key, value in place.schema.items() if key in words}
        try:
            accepted = jsonschema_rs.is_valid(plain, place.schema["default"], validate_formats=True, offline=True)
        except ValueError:
            return
        if not accepted:
            yield Fault(f"{place.at}/default", "this default is no answer that the question accepts", "wrong-default")


def _option_faults(place: Place) -> Iterator[Fault]:
    at, options = f"{place.at}/oneOf", place.schema.get("oneOf")
    if options is None:
        at, options = f"{place.at}/items/oneOf", object_of(place.schema.get("items")).get("oneOf")
    for name in ("const", "title"):
        seen: Counter[str] = Counter()
        for option_at, option in objects(at, options):
            value = option.get(name)
            # JSON knows one number where Python knows two, 1 and 1.0, and tells 1 from true where Python does not.
            key = repr(int(value)) if isinstance(value, float) and value.is_integer() else repr(value)
            seen[key] += 1
            if seen[key] == 2:
                yield Fault(option_at, f"two options have the same {name}", "option-twice")


_SHAPING = {"type", "properties", "required", "additionalProperties", "oneOf", "items"}
"""The words that say what is asked. A validator would hold answers against both, and people would see the one."""


def shape_faults(form: FormDocument) -> Iterator[Fault]:
    """Whether each reference leads to a shape of the document, and not in a circle."""
    shapes = object_of(form.document.get("$defs"))
    for at, node in (*walk("/properties", form.document.get("properties")), *walk("/$defs", shapes)):
        reference = node.get("$ref")
        if not isinstance(reference, str) or not reference.startswith("#/$defs/"):
            continue
        if "/x-form/" in at or is_in_rule(at):
            continue
        name = reference.removeprefix("#/$defs/")
        if name not in shapes:
            yield Fault(f"{at}/$ref", f"no shape '{name}' stands under $defs{suggestion(name, shapes)}", "no-shape")
        for word in sorted(_SHAPING & node.keys()):
            yield Fault(
                f"{at}/{word}", f"'{word}' stands in the shape, and not beside the '$ref' to it", "word-out-of-place"
            )
    for name, shape in shapes.items():
        seen: set[str] = set()
        pending = [shape]
        while pending:
            for _, node in walk("", pending.pop()):
                reference = node.get("$ref")
                if isinstance(reference, str) and reference.startswith("#/$defs/"):
                    target = reference.removeprefix("#/$defs/")
                    if target not in seen and target in shapes:
                        seen.add(target)
                        pending.append(shapes[target])
        if name in seen:
            yield Fault(f"/$defs/{pointers.escape(name)}", f"the shape '{name}' refers to itself", "circle")


def provenance_faults(document: dict[str, Any]) -> Iterator[Fault]:
    """Whether every source that is named is listed."""
    sources = [source.get("id") for _, source in objects("", object_of(document.get("x-form")).get("sources"))]
    known = [source for source in sources if isinstance(source, str)]
    for at, node in walk("", document):
        inside = at.rpartition("/")[2] == "provenance" or "/x-form/withheld/" in at
        source = node.get("source")
        if inside and isinstance(source, str) and source not in known:
            yield Fault(f"{at}/source", f"no source '{source}' is listed{suggestion(source, known)}", "no-source")
    for name, count in Counter(known).items():
        if count > 1:
            yield Fault("/x-form/sources", f"two sources have the id '{name}'", "id-twice")
