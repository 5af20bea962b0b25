"""What a column of a sheet says."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from functools import cached_property

from cse_forms.workbook.leaves import Path
from cse_forms.workbook.values import FLAG, TEXT, Value


@dataclass(frozen=True, kw_only=True)
class Column:
    """A column: its heading, and the word of the definition that stands in it."""

    heading: str
    path: Path
    """The word, in the object that the row is of. Of a column that says which row this is: its heading."""
    note: str
    """What it means, for those who fill it in."""
    value: Value = TEXT
    width: int = 16
    """In characters."""
    choices: tuple[str, ...] = ()
    """All that may be said here."""
    refers: tuple[str, str] | None = None
    """The sheet and the column that list what may be said here."""
    is_key: bool = False
    """Whether it says which row this is, or where it belongs, and stands in no object."""
    is_hidden: bool = False

    @property
    def is_of_provenance(self) -> bool:
        """Whether it says where a wording comes from."""
        return "provenance" in self.path

    @property
    def is_indented(self) -> bool:
        """Whether it is set in as deep as the item is held by others."""
        return self.heading == "Title" and self.path == ("title",)


@dataclass(frozen=True, kw_only=True)
class Table:
    """A sheet with a row for each object of one sort."""

    name: str
    about: str
    """What it is for, in a sentence."""
    columns: tuple[Column, ...]
    structure: tuple[Path, ...] = ()
    """Words of the object that stand on other sheets, or follow from other columns."""
    order: tuple[Path, ...] = ()
    """The order in which the words usually stand, before those of which none is said; these stand as the columns do."""
    is_vertical: bool = False
    """Whether it is about one object: its words stand below one another."""
    prefixes: Collection[Path] = field(default=frozenset(), init=False)

    def __post_init__(self) -> None:
        paths = [*(column.path for column in self.columns if not column.is_key), *self.structure]
        held = {path[:length] for path in paths for length in range(1, len(path))}
        object.__setattr__(self, "prefixes", frozenset(held))

    @cached_property
    def by_path(self) -> Mapping[Path, Column]:
        """The columns by the words that stand in them."""
        return {column.path: column for column in self.columns if not column.is_key}

    @cached_property
    def usual(self) -> Mapping[Path, int]:
        """The place of each word in the usual order."""
        order = (*self.order, *self.by_path, *self.structure)
        return {path: at for at, path in enumerate(dict.fromkeys(order))}

    @property
    def keys(self) -> tuple[Column, ...]:
        """The columns that say which row a row is."""
        return tuple(column for column in self.columns if column.is_key)


OTHER = "Other words"
ORDER = "Order"


def key(heading: str, note: str, *, width: int = 22, refers: tuple[str, str] | None = None) -> Column:
    """Return a column that says which row a row is."""
    return Column(heading=heading, path=(heading,), note=note, width=width, refers=refers, is_key=True)


def word(
    heading: str,
    path: str,
    note: str,
    value: Value = TEXT,
    *,
    width: int = 16,
    choices: tuple[str, ...] = (),
    refers: tuple[str, str] | None = None,
) -> Column:
    """Return a column for a word of the definition; the path's parts are joined by slashes."""
    if value is FLAG and not choices:
        choices = ("yes", "no")
    return Column(
        heading=heading,
        path=tuple(path.split("/")),
        note=note,
        value=value,
        width=width,
        choices=choices,
        refers=refers,
    )


def provenance(at: str = "provenance", prefix: str = "") -> tuple[Column, ...]:
    """Return the columns that say where a wording comes from."""
    said = (
        ("Source", "source", "The id of the source that it comes from, from the sheet Sources.", 14),
        ("Section", "section", "Where in the source it stands, in the source's own headings.", 24),
        ("Source shows", "shows", "To the letter what the source shows, where the wording here differs.", 24),
        ("Mended", "mended", "Which fault of the source was mended here.", 20),
        ("Doubt", "doubt", "What is not certain about this reading of the source.", 20),
        ("Ours, because", "derived", "That this is our own wording and not the source's, and why it is needed.", 24),
    )
    return tuple(
        word(
            f"{prefix}{heading}",
            f"{at}/{name}",
            note,
            width=width,
            refers=("Sources", "Id") if name == "source" else None,
        )
        for heading, name, note, width in said
    )


def rest() -> tuple[Column, ...]:
    """Return the last columns of every sheet: what no other column has room for, and the order of the words."""
    from cse_forms.workbook.values import JSON

    return (
        Column(
            heading=OTHER,
            path=(OTHER,),
            note="Words of the definition that have no column here, as JSON. Leave it as it is, unless you know JSON.",
            value=JSON,
            is_key=True,
        ),
        Column(
            heading=ORDER,
            path=(ORDER,),
            note="In which order the words stand in the definition's file, where it is not the usual one. Leave it.",
            value=JSON,
            is_key=True,
            is_hidden=True,
        ),
    )
