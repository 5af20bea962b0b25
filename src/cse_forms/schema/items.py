"""The items of a checked definition: sections, questions and tables, frozen, with all that each of them says."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from itertools import count
from types import MappingProxyType
from typing import Any, TypeAlias, TypedDict

from cse_forms import pointers
from cse_forms.passages import strung
from cse_forms.schema.conditions import Condition
from cse_forms.schema.document import ItemSchema, OptionSchema
from cse_forms.schema.places import ROW, Place
from cse_forms.schema.vocabulary import Guidance, ItemWords, Provenance

ROW_LAYOUTS = frozenset({"matrix", "table"})
"""The layouts of a section whose objects are rows."""


class Kind(StrEnum):
    """What a question asks for."""

    TEXT = "text"
    DATE = "date"
    INTEGER = "integer"
    NUMBER = "number"
    TICK = "tick"
    CHOICE = "choice"
    CHOICES = "choices"


class _NoDefault:
    """The mark of a question whose blank means nothing."""

    def __repr__(self) -> str:
        return "NO_DEFAULT"


NO_DEFAULT = _NoDefault()
_NOTHING: Mapping[str, Any] = MappingProxyType({})


@dataclass(frozen=True, slots=True, kw_only=True)
class Option:
    """One option of a question."""

    value: str | int | float | bool
    title: str
    unknown: bool
    weight: int | float | None
    """What it weighs in a measure that says no weights of its own."""
    provenance: Provenance | None


@dataclass(frozen=True, slots=True, kw_only=True)
class _Item:
    keys: tuple[str, ...]
    """The path of its answers; `*` stands for the rows of a table."""
    pointer: str
    """The JSON Pointer of its answers, with `*` likewise."""
    at: str
    """The pointer into the definition at which it is written."""
    title: str
    description: str | None
    """More words, shown below the title."""
    number: str | None
    """As readers refer to it: "4" of a section, "4.1" of what it holds."""
    position: int
    """Its place in the order of the form."""
    words: ItemWords
    holder: Section | Table | None = field(repr=False, compare=False)
    """The section, row or table that holds it."""

    @property
    def is_question(self) -> bool:
        """Whether it asks for an answer itself."""
        return isinstance(self, Question)

    @property
    def tags(self) -> tuple[str, ...]:
        """The tags that it carries."""
        return self.words.tags

    @property
    def guidance(self) -> tuple[Guidance, ...]:
        """The words that stand before or after it."""
        return self.words.guidance

    @property
    def provenance(self) -> Provenance | None:
        """Where its wording comes from."""
        return self.words.provenance

    @property
    def show_when(self) -> Condition | None:
        """The condition on which it is asked."""
        return self.words.show_when


@dataclass(frozen=True, slots=True, kw_only=True)
class Question(_Item):
    """A question, which one answer answers."""

    kind: Kind
    options: tuple[Option, ...]
    option_by_value: Mapping[tuple[bool, Any], Option] = field(repr=False, compare=False)
    """Each option by its value, and by whether that is true or false: 1 does not choose true."""
    lowest: int | float | None
    """Of a number: the least that is accepted; None where there is no such bound."""
    highest: int | float | None
    """Of a number: the most that is accepted."""
    default: Any
    """What a blank means in a response that is not a draft; `NO_DEFAULT` if nothing."""
    hint: str | None
    always_required: bool
    """Whether every complete response must answer it."""

    @property
    def children(self) -> Mapping[str, Item]:
        """A question holds nothing."""
        return _NOTHING

    @property
    def full_title(self) -> str:
        """Its words, with those of its row where it stands in one."""
        row = self.holder
        if isinstance(row, Section) and row.is_row and row.title:
            return strung(" - ", (row.title, self.title))
        return self.title

    @property
    def option_titles(self) -> Mapping[Any, str]:
        """The title of each option, by its value."""
        return {option.value: option.title for option in self.options}


@dataclass(frozen=True, slots=True, kw_only=True)
class Section(_Item):
    """A section, a group of questions, or a row of a matrix or table."""

    layout: str
    is_row: bool
    """Whether it is a row of a matrix or of a table, rather than a section or group."""
    required: tuple[str, ...]
    """The keys that a complete response must have here."""
    children: Mapping[str, Item] = field(default_factory=dict, compare=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Table(_Item):
    """Rows that are added as they are needed; its one child, under the key `*`, is such a row."""

    layout: str = "table"
    default: Any
    most_rows: int | None
    """How many rows there may be; None where the form does not say."""
    children: Mapping[str, Item] = field(default_factory=dict, compare=False)

    @property
    def row(self) -> Section:
        """The shape of its rows."""
        row = self.children[ROW]
        assert isinstance(row, Section)
        return row


Item: TypeAlias = Question | Section | Table


def walk(item: Item) -> Iterator[Item]:
    """Yield an item and all that it holds, in the order of the form."""
    yield item
    if not isinstance(item, Question):
        for child in item.children.values():
            yield from walk(child)


def build(root: Place, read: Callable[[dict[str, Any]], ItemSchema] = ItemSchema.model_validate) -> Section:
    """Return the frozen items of a definition that has been checked.

    Args:
        root: the items with their shapes filled in.
        read: what makes an item's schema a model.
    """
    positions = {place.keys: position for position, place in enumerate(root.walk())}
    item = _build(root, None, _Reading(read, _numbers(root), positions))
    assert isinstance(item, Section)
    return item


@dataclass(frozen=True, slots=True)
class _Reading:
    """What is needed to read any item of a definition."""

    read: Callable[[dict[str, Any]], ItemSchema]
    numbers: Mapping[tuple[str, ...], str]
    positions: Mapping[tuple[str, ...], int]


def _build(place: Place, holder: Section | Table | None, reading: _Reading) -> Item:
    # The form's own `x-form` has other words than an item's; they are read with the form.
    schema = reading.read(place.schema) if holder else ItemSchema(type="object")
    common = _Common(
        keys=place.keys,
        pointer=pointers.join(place.keys),
        at=place.at,
        title=schema.title or "",
        description=schema.description,
        number=reading.numbers.get(place.keys),
        position=reading.positions[place.keys],
        words=schema.x_form,
        holder=holder,
    )
    if schema.type != "object" and not place.children:
        options = _options(schema)
        return Question(
            **common,
            kind=_kind(schema),
            options=options,
            option_by_value=MappingProxyType(
                {(isinstance(option.value, bool), option.value): option for option in options}
            ),
            lowest=_bound(schema.minimum, schema.exclusive_minimum, schema, max),
            highest=_bound(schema.maximum, schema.exclusive_maximum, schema, min),
            default=_default(schema),
            hint=_hint(schema.x_form, holder, place.keys[-1]),
            always_required=holder is not None and _always_required(place.keys[-1], holder),
        )
    children: dict[str, Item] = {}
    item: Section | Table
    if schema.type == "object":
        in_table = isinstance(holder, Table) or (holder is not None and holder.layout in ROW_LAYOUTS)
        layout = schema.x_form.layout or "stacked"
        required = tuple(place.schema.get("required", ()))
        item = Section(**common, layout=layout, is_row=in_table, required=required, children=MappingProxyType(children))
    else:
        item = Table(
            **common, default=_default(schema), most_rows=schema.max_items, children=MappingProxyType(children)
        )
    for key, child in place.children.items():
        children[key] = _build(child, item, reading)
    return item


class _Common(TypedDict):
    """What every item has."""

    keys: tuple[str, ...]
    pointer: str
    at: str
    title: str
    description: str | None
    number: str | None
    position: int
    words: ItemWords
    holder: Section | Table | None


def _numbers(root: Place) -> dict[tuple[str, ...], str]:
    """Return the number of each numbered section, and of the rows and questions in it, through its groups."""
    numbers: dict[tuple[str, ...], str] = {}

    def number(place: Place, prefix: str | None, counter: Iterator[int]) -> None:
        for child in place.children.values():
            own = child.words.get("number")
            if own is not None:
                numbers[child.keys] = own
                number(child, own, count(1))
            elif _is_group(child, place):
                number(child, prefix, counter)
            elif prefix is not None:
                numbers[child.keys] = f"{prefix}.{next(counter)}"

    number(root, None, count(1))
    return numbers


def _is_group(place: Place, holder: Place) -> bool:
    """Whether it is a section within a section, rather than a row, a question or the table of levels."""
    return (
        place.schema.get("type") == "object"
        and holder.words.get("layout") not in ROW_LAYOUTS
        and place.words.get("layout") != "levels"
    )


def _default(schema: ItemSchema) -> Any:
    return schema.default if "default" in schema.model_fields_set else NO_DEFAULT


def _bound(
    included: float | None,
    excluded: float | None,
    schema: ItemSchema,
    narrower: Callable[[int | float, int | float], int | float],
) -> int | float | None:
    """Return the nearest bound of a number that its schema says; a whole number beyond a bound is the next one."""
    if excluded is not None and schema.type == "integer":
        excluded = math.floor(excluded) + 1 if narrower is max else math.ceil(excluded) - 1
    if included is None or excluded is None:
        return excluded if included is None else included
    return narrower(included, excluded)


def _kind(schema: ItemSchema) -> Kind:
    if schema.one_of is not None:
        return Kind.CHOICE
    if schema.type == "array":
        return Kind.CHOICES
    if schema.type == "boolean":
        return Kind.TICK
    if schema.format == "date":
        return Kind.DATE
    return {"integer": Kind.INTEGER, "number": Kind.NUMBER}.get(schema.type or "", Kind.TEXT)


def _options(schema: ItemSchema) -> tuple[Option, ...]:
    written: tuple[OptionSchema, ...] = schema.one_of or (schema.items.one_of if schema.items else None) or ()
    return tuple(
        Option(
            value=option.const,
            title=option.title,
            unknown=option.x_form.unknown,
            weight=option.x_form.weight,
            provenance=option.x_form.provenance or schema.x_form.provenance,
        )
        for option in written
    )


def _hint(words: ItemWords, holder: Section | Table | None, key: str) -> str | None:
    """Return the question's prompt: its row's for this column, or its own."""
    if holder is not None and isinstance(holder.words.hint, dict) and key in holder.words.hint:
        return holder.words.hint[key]
    return words.hint if isinstance(words.hint, str) else None


def _always_required(key: str, holder: Section | Table) -> bool:
    """Whether it and everything that holds it must be there."""
    if not isinstance(holder, Section) or key not in holder.required:
        return False
    return holder.holder is None or _always_required(holder.keys[-1], holder.holder)
