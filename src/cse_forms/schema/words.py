"""What every word of a definition has in common: frozen, closed, and spelt as JSON spells it."""

from __future__ import annotations

from typing import Annotated, TypeVar

from pydantic import BaseModel, ConfigDict, Field, Strict
from pydantic.alias_generators import to_camel

T = TypeVar("T")

Many = Annotated[tuple[T, ...], Strict(False)]
"""A JSON array, kept as a tuple."""

Text = Annotated[str, Field(min_length=1)]
"""Wording: never empty."""

Slug = Annotated[str, Field(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$", max_length=64)]
"""A name that stays the same from version to version: lower case, digits and single hyphens."""

Version = Annotated[str, Field(pattern=r"^(0|[1-9][0-9]*)\.(0|[1-9][0-9]*)\.(0|[1-9][0-9]*)$", max_length=32)]
"""Three numbers, such as 1.0.0."""

Pointer = Annotated[str, Field(pattern=r"^(/([^~/]|~[01])+)+$")]
"""A JSON Pointer to one question, such as /child/name."""


class Word(BaseModel):
    """The base of every model of a definition: nothing can be added, changed or misspelt."""

    model_config = ConfigDict(
        frozen=True,
        extra="forbid",
        strict=True,
        alias_generator=to_camel,
        populate_by_name=True,
        use_attribute_docstrings=False,
        defer_build=True,
    )
