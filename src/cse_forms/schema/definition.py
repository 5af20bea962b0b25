"""A definition: one version of one form, checked and frozen."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from cse_forms.pointers import split
from cse_forms.schema.conditions import Selector
from cse_forms.schema.items import Item, Kind, Question, Section, Table, walk
from cse_forms.schema.places import ROW, select
from cse_forms.schema.vocabulary import FormWords


@dataclass(frozen=True, kw_only=True)
class Definition:
    """One version of one form. Made by `loading.load_definition`, which checks it first."""

    title: str
    description: str | None
    words: FormWords
    """What stands under the form's `x-form`."""
    root: Section
    """Its items."""
    schema: Mapping[str, Any] = field(repr=False)
    """The JSON Schema document, as it stands in the file."""
    digest: str
    """sha256:... of the file's bytes."""

    @property
    def id(self) -> str:
        """The form's id, the same in all versions."""
        return self.words.id

    @property
    def version(self) -> str:
        """Three numbers, such as 1.0.0."""
        return self.words.version

    @property
    def is_published(self) -> bool:
        """Whether it will never change again."""
        return self.words.status == "published"

    def walk(self) -> Iterator[Item]:
        """Yield the form's sections, rows and questions in order."""
        return (item for item in walk(self.root) if item.keys)

    @cached_property
    def questions(self) -> Mapping[str, Question]:
        """Every question by its pointer, with `*` for the rows of a table, in the order of the form."""
        return {item.pointer: item for item in self.walk() if isinstance(item, Question)}

    def trail(self, pointer: str) -> Iterator[tuple[str, Item | None]]:
        """Yield each key of a pointer into a response, with the item of the form that it leads to.

        From where it leads nowhere, that is None. The options chosen of a question lead to the question itself.
        """
        item: Item | None = self.root
        for key in split(pointer):
            if isinstance(item, Question):
                item = item if item.kind is Kind.CHOICES and key.isdecimal() else None
            elif item is not None:
                item = item.children.get(ROW if isinstance(item, Table) and key.isdecimal() else key)
            yield key, item

    def item_at(self, pointer: str) -> Item | None:
        """Return what the form has at a pointer into a response, or None."""
        trail = [self.root, *(item for _, item in self.trail(pointer))]
        return trail[-1]

    def select(self, selectors: Selector, start: Section | None = None) -> tuple[Question, ...]:
        """Return the questions that selectors name, each once, in the order in which they are named."""
        found: dict[tuple[str, ...], Question] = {}
        for selector in selectors:
            for item in select(self.root, selector, start):
                assert isinstance(item, Question)
                found.setdefault(item.keys, item)
        return tuple(found.values())
