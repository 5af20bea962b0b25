"""What every word of a definition has in common: frozen, closed, and spelt as JSON spells it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated, TypeVar

from pydantic import BaseModel, ConfigDict, Field, Strict
from pydantic.alias_generators import to_camel

T = TypeVar("T")

Many = Annotated[tuple[T, ...], Strict(False)]
"""A JSON array, kept as a tuple."""

Text = Annotated[str, Field(min_length=1)]
"""Wording: never empty."""

SLUG = r"^[a-z0-9]+(-[a-z0-9]+)*$"
VERSION = r"^(0|[1-9][0-9]*)\.(0|[1-9][0-9]*)\.(0|[1-9][0-9]*)$"
POINTER = r"^(/([^~/]|~[01])+)+$"
SELECTOR = r"^(\./([^~/]|~[01])+|/([^~/]|~[01])+)(/([^~/]|~[01])+)*$"
LEVEL_SOURCE = r"^([a-z0-9]+(-[a-z0-9]+)*|(/([^~/]|~[01])+)+)$"
INSIDE = r"^([^~/]|~[01])+(/([^~/]|~[01])+)*$"
LANGUAGE = r"^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$"
SHAPE = r"^#/\$defs/[a-z0-9]+(-[a-z0-9]+)*$"
ADDRESS = r"^(https?://|mailto:|tel:)[^\s]+$"
FORM_NAME = r"^urn:cse-forms:"
PART = r"^(form|(/|(shapes|sources|conditions|measures|assessments|prompts|checks)/).+)$"
DIGEST = r"^sha256:[0-9a-f]{64}$"

PATTERNS = {
    SLUG: "lower-case letters, digits and single hyphens, such as 'missing-episodes'",
    VERSION: "three numbers, such as 1.0.0",
    POINTER: "a JSON Pointer, such as /child/name",
    SELECTOR: "a JSON Pointer, such as /child/name, /indicators/*/present or ./present",
    LEVEL_SOURCE: "a JSON Pointer of an answer, such as /summary/level, or the id of another assessment",
    INSIDE: "the way from the tagged item to the question in it, such as present",
    LANGUAGE: "a language, such as en-GB or cy",
    SHAPE: "a shape of this document, such as #/$defs/indicator; nothing outside it is fetched",
    ADDRESS: "an address that begins with https://, http://, mailto: or tel:",
    FORM_NAME: "urn:cse-forms:ID:VERSION",
    PART: "a part of the form, such as /child/name, assessments/risk/rules/gone, prompts/tell-lead or form",
    DIGEST: "sha256: and 64 letters and digits",
}
"""What each pattern of the format asks for, in words."""


def listed(words: Sequence[str], last: str = "or") -> str:
    """Return words in quotation marks: 'one', 'two' or 'three'."""
    quoted = [f"'{word}'" for word in words]
    return quoted[0] if len(quoted) == 1 else f"{', '.join(quoted[:-1])} {last} {quoted[-1]}"


Slug = Annotated[str, Field(pattern=SLUG, max_length=64)]
"""A name that stays the same from version to version: lower case, digits and single hyphens."""

Version = Annotated[str, Field(pattern=VERSION, max_length=32)]
"""Three numbers, such as 1.0.0."""

Pointer = Annotated[str, Field(pattern=POINTER)]
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
