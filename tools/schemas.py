"""Write the JSON Schema documents that describe the project's files: of a definition, its scenarios and a response.

    python tools/schemas.py [FOLDER]

They follow from the pydantic models, which are the one statement of these formats; `make schemas` writes them beside
the models, and a test holds the two together. The descriptions, which editors show, are the docstrings of the models
and of their fields and, for words that have none, the sentences of the tables in docs/.
comparison.schema.json, outcome.schema.json and report.schema.json, of what the library prints, are written by hand.
"""

from __future__ import annotations

import ast
import inspect
import json
import re
import sys
from collections.abc import Iterator
from functools import cache
from importlib import resources
from itertools import pairwise
from pathlib import Path
from types import ModuleType
from typing import Any

from pydantic.json_schema import GenerateJsonSchema, JsonSchemaValue
from pydantic_core import core_schema

from cse_forms.answers.envelope import ResponseFile
from cse_forms.schema import conditions, scenarios, vocabulary
from cse_forms.schema.document import DIALECT, FormSchema, ItemSchema, OptionSchema
from cse_forms.schema.migration import Migration
from cse_forms.schema.scenarios import ScenarioFile
from cse_forms.schema.translation import TranslationFile
from cse_forms.schema.variant import VariantFile
from cse_forms.schema.words import Word

MODELS: dict[str, tuple[type[Word], str]] = {
    "definition": (FormSchema, "Definition of a form"),
    "migration": (Migration, "Migration to a version of a form"),
    "response": (ResponseFile, "Response to a form"),
    "scenarios": (ScenarioFile, "Scenarios of a definition"),
    "variant": (VariantFile, "Variant of a form"),
    "translation": (TranslationFile, "Translation of a form"),
}
"""The model and the title of each document."""

WORDS: dict[str, type[Word]] = {
    "in the document": FormSchema,
    "in the form's x-form": vocabulary.FormWords,
    "in an item": ItemSchema,
    "in an item's x-form": vocabulary.ItemWords,
    "in an option": OptionSchema,
    "in an option's x-form": vocabulary.OptionWords,
    "in guidance": vocabulary.Guidance,
    "in a term": vocabulary.Term,
    "in a link": vocabulary.Link,
    "in a source": vocabulary.Source,
    "in provenance": vocabulary.Provenance,
    "in withheld": vocabulary.Withheld,
    "in base": vocabulary.Base,
    "in a tag selector": conditions.TagSelector,
    "in a condition on answers": conditions.ItemsCondition,
    "in a condition on a measure": conditions.MeasureCondition,
    "in a condition on an assessment": conditions.AssessmentCondition,
    "in a named condition": conditions.NamedCondition,
    "in an unsettled condition": conditions.UnsettledCondition,
    "in a condition on all": conditions.AllCondition,
    "in a condition on any": conditions.AnyCondition,
    "in a condition on not": conditions.NotCondition,
    "in a match": conditions.Match,
    "in within": conditions.Within,
    "in place of a number": conditions.MeasureReference,
    "in a measure that counts": conditions.CountMeasure,
    "in a count of answers": conditions.Selection,
    "in a count of assessments": conditions.AssessmentSelection,
    "in a measure that sums": conditions.SumMeasure,
    "in a measure of the highest": conditions.HighestMeasure,
    "in a measure of the lowest": conditions.LowestMeasure,
    "in a term of answers": conditions.ItemsTerm,
    "in a term of a measure": conditions.MeasureTerm,
    "in a step": conditions.Step,
    "in one way to weigh": conditions.Scale,
    "in missing": conditions.Prorated,
    "in prorate": conditions.Prorating,
    "in a measure that multiplies": conditions.ProductMeasure,
    "in a measure that divides": conditions.QuotientMeasure,
    "in a measure of years": conditions.YearsMeasure,
    "in a measure of months": conditions.MonthsMeasure,
    "in a measure of days": conditions.DaysMeasure,
    "in a span": conditions.Span,
    "in a measure that is a constant": conditions.ConstantMeasure,
    "in an assessment": vocabulary.Assessment,
    "in a level": vocabulary.Level,
    "in includes": vocabulary.IncludedLevel,
    "in a rule": vocabulary.Rule,
    "in a band": vocabulary.Band,
    "in otherwise": vocabulary.Otherwise,
    "in an adjustment": vocabulary.Adjustment,
    "in a judgement": vocabulary.Judgement,
    "in a limit": vocabulary.Limit,
    "in a level reckoned from the suggested one": vocabulary.Suggested,
    "in a prompt": vocabulary.Prompt,
    "in a check": vocabulary.Check,
    "in scenarios.json": ScenarioFile,
    "in a scenario": scenarios.Scenario,
    "in expect": scenarios.Expected,
    "in expect for an assessment": scenarios.ExpectedAssessment,
    "in the bounds of a measure": scenarios.ExpectedInterval,
}
"""The heading of each table of the format in the documentation, and the model that it is of."""

_PAGES = ("definition-format.md", "conditions.md")
_ROW = re.compile(r"^\| `?(?P<word>[^`|]+?)`? \| (?P<meaning>.+) \|$")
_LINK = re.compile(r"\[([^\]]*)\]\([^)\s]+\)")

_WEIGHING: JsonSchemaValue = {"not": {"required": ["weights", "steps"], "properties": {"steps": {"minItems": 1}}}}
"""Weights are for options, and steps for numbers: one of the two is said."""

_TERM: JsonSchemaValue = _WEIGHING | {
    "if": {"required": ["choose"], "properties": {"choose": {"minItems": 1}}},
    "then": {"properties": {"weights": False, "steps": {"maxItems": 0}}},
}

_OF_LEVELS: JsonSchemaValue = {
    "anyOf": [{"required": ["atLeast"]}, {"required": ["atMost"]}, {"required": ["match"]}],
}

_ONE: JsonSchemaValue = {"type": "string"}
_GOES_WITH: dict[str, tuple[dict[str, JsonSchemaValue], tuple[str, ...]]] = {
    "move": ({"to": _ONE}, ("to",)),
    "options": ({"map": {}}, ("map",)),
    "split": ({"by": {}, "to": {"type": "array"}}, ("by", "to")),
    "join": ({"by": {}, "to": _ONE}, ("by", "to")),
    "default": ({"value": {}}, ("value",)),
    "drop": ({"values": {}}, ()),
}
"""What goes with each kind of step of a migration, and which of it must."""

_MIGRATION_STEP: JsonSchemaValue = {
    "oneOf": [
        {
            "required": [action, *needed],
            "properties": {word: words.get(word, False) for word in ("to", "map", "by", "value", "values")},
        }
        | ({"anyOf": [{"required": ["because"]}, {"required": ["decide"]}]} if action == "drop" else {})
        for action, (words, needed) in _GOES_WITH.items()
    ],
}


def _without(*words: str) -> JsonSchemaValue:
    """Refuse these words beside the one that an operation says."""
    return dict.fromkeys(words, False)


RULES: dict[str, JsonSchemaValue] = {
    "Adjustment": {
        "anyOf": [{"required": [word]} for word in ("raise", "lower", "atLeast", "atMost")],
        "not": {"required": ["raise", "lower"]},
        "dependentRequired": {"notAbove": ["raise"], "notBelow": ["lower"]},
    },
    "AssessmentCondition": _OF_LEVELS,
    "AssessmentSelection": _OF_LEVELS,
    "Guidance": {
        "anyOf": [
            {"required": ["title"]},
            {"required": ["text"]},
            *({"required": [word], "properties": {word: {"minItems": 1}}} for word in ("list", "terms", "links")),
        ],
    },
    "ItemsCondition": {
        "if": {"required": ["every"], "properties": {"every": {"const": True}}},
        "then": {"properties": {"atLeast": False, "atMost": False}},
    },
    "ItemsTerm": _TERM,
    "Limit": {"anyOf": [{"required": ["atLeast"]}, {"required": ["atMost"]}]},
    "Match": {"minProperties": 1},
    "MeasureTerm": _TERM,
    "Operation": {
        "oneOf": [
            {"required": ["add", "value"], "properties": _without("remove", "move", "change", "set", "was")},
            {
                "required": ["remove"],
                "properties": _without("add", "move", "change", "value", "set", "was", "after", "before"),
            },
            {
                "required": ["move"],
                "anyOf": [{"required": ["after"]}, {"required": ["before"]}],
                "properties": _without("add", "remove", "change", "value", "set", "was"),
            },
            {
                "required": ["change", "set"],
                "properties": _without("add", "remove", "move", "value", "after", "before"),
            },
        ],
        "not": {"required": ["after", "before"]},
    },
    "Provenance": {
        "anyOf": [{"required": ["source"]}, {"required": ["derived"]}],
        "dependentRequired": {"mended": ["shows"], "shows": ["mended"]},
    },
    "QuotientMeasure": {"dependentRequired": {"decimals": ["round"]}},
    "Rule": {
        "oneOf": [
            {
                "required": ["level", "when"],
                "properties": {"measure": False, "bands": {"maxItems": 0}, "levelOf": False},
            },
            {
                "required": ["measure", "bands"],
                "properties": {"bands": {"minItems": 1}, "level": False, "levelOf": False},
            },
            {
                "required": ["levelOf"],
                "properties": {"level": False, "measure": False, "bands": {"maxItems": 0}},
            },
        ],
    },
    "Scale": _WEIGHING,
    "Step": {"not": {"required": ["maximum", "exclusiveMaximum"]}},
    "MigrationStep": _MIGRATION_STEP,
    "Within": {"oneOf": [{"required": ["years"]}, {"required": ["months"]}, {"required": ["days"]}]},
}
"""What the validators of the models ask for, which pydantic cannot say."""

SHAPE_NAMES = {
    "cse_forms__schema__conditions__Term": "MeasuredTerm",
    "cse_forms__schema__vocabulary__Term": "Term",
}
"""What two shapes are called that have the same name in two modules."""


class Generator(GenerateJsonSchema):
    """Makes the documents that pydantic makes, without its noise and with what it leaves out."""

    nulls = True
    """Whether null may stand for a word that is left out."""

    def field_title_should_be_set(self, _: Any) -> bool:
        """Leave out titles that repeat the name."""
        return False

    def default_schema(self, schema: core_schema.WithDefaultSchema) -> JsonSchemaValue:
        """State the defaults that tell something."""
        made = self.generate_inner(schema["schema"])
        default = schema.get("default")
        return made | {"default": default} if isinstance(default, bool | str) else made

    def nullable_schema(self, schema: core_schema.NullableSchema) -> JsonSchemaValue:
        """Leave out null where a document may not have it."""
        return super().nullable_schema(schema) if self.nulls else self.generate_inner(schema["schema"])

    def union_schema(self, schema: core_schema.UnionSchema) -> JsonSchemaValue:
        """Leave out a member that another one covers: every integer is a number."""
        made = super().union_schema(schema)
        members = made.get("anyOf", [])
        whole = [
            member for member in members if {**member, "type": "number"} in members and member["type"] == "integer"
        ]
        rest = [member for member in members if member not in whole]
        return {"anyOf": rest} if len(rest) > 1 else (rest[0] if rest else made)

    def dict_schema(self, schema: core_schema.DictSchema) -> JsonSchemaValue:
        """Refuse the names that the pattern refuses."""
        made = super().dict_schema(schema)
        patterns = made.pop("patternProperties", None)
        if patterns is not None:
            ((pattern, made["additionalProperties"]),) = patterns.items()
            made["propertyNames"] = {"pattern": pattern} | made.get("propertyNames", {})
        return made

    def model_schema(self, schema: core_schema.ModelSchema) -> JsonSchemaValue:
        """Add the docstrings of the fields, what the checks ask of rules, and what joins several fields."""
        model: type[Word] = schema["cls"]
        made = super().model_schema(schema)
        made.pop("title")
        properties = made["properties"]
        for name, field in model.model_fields.items():
            described = docstring(model, name) or meaning(model, field.alias or name)
            if described:
                properties[field.alias or name] = {"description": described} | properties[field.alias or name]
        if model in {FormSchema, ItemSchema}:
            for word in ("if", "then", "else"):
                properties[word] |= {"$ref": DIALECT}
            properties["allOf"] |= {"items": {"$ref": DIALECT}, "minItems": 1}
        return {"description": made.pop("description")} | made | RULES.get(model.__name__, {})

    def sort(self, value: JsonSchemaValue, parent_key: str | None = None) -> JsonSchemaValue:
        """Keep the order of the models."""
        del parent_key
        return value


class WithoutNulls(Generator):
    """Describes a definition, in which null would say nothing."""

    nulls = False


def meaning(model: type[Word], word: str) -> str | None:
    """Return what the documentation says of a word, in the table of the model that says it."""
    own = (base for base in model.__mro__ if issubclass(base, Word))
    return next((found for base in own if (found := meanings().get((base, word)))), None)


@cache
def meanings() -> dict[tuple[type[Word], str], str]:
    """Return the sentences of the documentation's tables, by model and word, without their marks."""
    found: dict[tuple[type[Word], str], str] = {}
    for page in _PAGES:
        model: type[Word] | None = None
        for line in (Path(__file__).parents[1] / "docs" / page).read_text(encoding="utf-8").splitlines():
            row = _ROW.match(line)
            if row is None:
                model = None if not line.startswith("|") else model
            elif row["word"] in WORDS:
                model = WORDS[row["word"]]
            elif model is not None:
                text = _LINK.sub(r"\1", row["meaning"].removeprefix("* "))
                found[model, row["word"]] = text[0].upper() + text[1:]
    return found


def docstring(model: type[Word], field: str) -> str | None:
    """Return the docstring that stands under a field, in the model or in one that it inherits from."""
    bases = [base for base in model.__mro__ if issubclass(base, Word)]
    texts = [docstrings(sys.modules[base.__module__]).get(f"{base.__name__}.{field}") for base in bases]
    return next((text for text in texts if text), None)


@cache
def docstrings(module: ModuleType) -> dict[str, str]:
    """Return the docstrings that stand under the assignments of a module and of its classes."""
    tree = ast.parse(inspect.getsource(module))
    found = dict(_under_assignments(tree.body))
    for part in tree.body:
        if isinstance(part, ast.ClassDef):
            found |= {f"{part.name}.{name}": text for name, text in _under_assignments(part.body)}
    return found


def _under_assignments(body: list[ast.stmt]) -> Iterator[tuple[str, str]]:
    for statement, below in pairwise(body):
        match statement, below:
            case (
                ast.AnnAssign(target=ast.Name(id=name)) | ast.Assign(targets=[ast.Name(id=name)]),
                ast.Expr(value=ast.Constant(value=str(text))),
            ):
                yield name, inspect.cleandoc(text)


def document(name: str) -> dict[str, Any]:
    """Return one of the documents."""
    model, title = MODELS[name]
    made = model.model_json_schema(schema_generator=WithoutNulls if name == "definition" else Generator)
    shapes = made["$defs"]
    for shape, text in docstrings(conditions).items():
        for found in shapes.keys() & {shape, f"cse_forms__schema__conditions__{shape}"}:
            shapes[found] = {"description": text} | shapes[found]
    shapes = renamed(made.pop("$defs"))
    head = {
        "$schema": DIALECT,
        "$id": f"urn:cse-forms:schema:{name}",
        "$comment": "Made by `make schemas` from the models of cse_forms: change those.",
        "title": title,
        "description": made.pop("description"),
    }
    described: dict[str, Any] = head | renamed(made) | {"$defs": shapes}
    return described


def renamed(value: Any) -> Any:
    """Return a document with shapes called by names of their own."""
    if isinstance(value, dict):
        return {SHAPE_NAMES.get(key, key): renamed(member) for key, member in value.items()}
    if isinstance(value, list):
        return [renamed(member) for member in value]
    if isinstance(value, str) and value.startswith("#/$defs/"):
        name = value.removeprefix("#/$defs/")
        return f"#/$defs/{SHAPE_NAMES.get(name, name)}"
    return value


def main() -> None:
    """Write every document."""
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else Path(str(resources.files("cse_forms.schema")))
    for name in MODELS:
        text = json.dumps(document(name), indent=2, ensure_ascii=False) + "\n"
        (folder / f"{name}.schema.json").write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
