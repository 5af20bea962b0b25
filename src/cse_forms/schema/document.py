"""The standard JSON Schema keywords that a definition uses, and where `x-form` stands among them.

A definition may use these and no others: a keyword that this list lacks is refused rather than ignored, since a
misspelt keyword would otherwise change nothing and say nothing.
"""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import Field, JsonValue

from cse_forms.schema.vocabulary import FormWords, ItemWords, OptionWords
from cse_forms.schema.words import FORM_NAME, SHAPE, Many, Slug, Text, Word

DIALECT = "https://json-schema.org/draft/2020-12/schema"


class OptionSchema(Word):
    """One option of a question: `const` is what a response holds, `title` what a person reads."""

    const: str | int | float | bool
    title: Text
    x_form: Annotated[OptionWords, Field(alias="x-form")] = OptionWords()


class ItemSchema(Word):
    """A section, a question, a table, or a shape that several of them share."""

    ref: Annotated[str | None, Field(alias="$ref", pattern=SHAPE)] = None
    comment: Annotated[str | None, Field(alias="$comment")] = None
    title: Text | None = None
    description: Text | None = None
    type: Literal["object", "array", "string", "boolean", "integer", "number"] | None = None
    properties: dict[Slug, ItemSchema] | None = None
    required: Many[Slug] = ()
    additional_properties: Literal[False] | None = None
    one_of: Annotated[Many[OptionSchema], Field(min_length=1)] | None = None
    items: ItemSchema | None = None
    unique_items: bool | None = None
    min_items: Annotated[int, Field(ge=0)] | None = None
    max_items: Annotated[int, Field(ge=0)] | None = None
    format: Literal["date"] | None = None
    pattern: str | None = None
    min_length: Annotated[int, Field(ge=0)] | None = None
    max_length: Annotated[int, Field(ge=0)] | None = None
    minimum: int | float | None = None
    maximum: int | float | None = None
    exclusive_minimum: int | float | None = None
    exclusive_maximum: int | float | None = None
    multiple_of: Annotated[int, Field(gt=0)] | Annotated[float, Field(gt=0)] | None = None
    default: JsonValue = None
    if_: Annotated[Any, Field(alias="if")] = None
    then: Any = None
    else_: Annotated[Any, Field(alias="else")] = None
    all_of: Many[Any] = ()
    """Conditions of the author's own, and those that are derived from `showWhen` and `required`."""
    x_form: Annotated[ItemWords, Field(alias="x-form")] = ItemWords()


class FormSchema(Word):
    """One version of one form."""

    schema_: Annotated[Literal["https://json-schema.org/draft/2020-12/schema"], Field(alias="$schema")]
    id: Annotated[str, Field(alias="$id", pattern=FORM_NAME)]
    """urn:cse-forms:ID:VERSION"""
    comment: Annotated[str | None, Field(alias="$comment")] = None
    title: Text
    description: Text | None = None
    type: Literal["object"]
    x_form: Annotated[FormWords, Field(alias="x-form")]
    properties: Annotated[dict[Slug, ItemSchema], Field(min_length=1)]
    required: Many[Slug] = ()
    additional_properties: Literal[False]
    if_: Annotated[Any, Field(alias="if")] = None
    then: Any = None
    else_: Annotated[Any, Field(alias="else")] = None
    all_of: Many[Any] = ()
    defs: Annotated[dict[Slug, ItemSchema], Field(alias="$defs")] = Field(default_factory=dict)


ItemSchema.model_rebuild()
