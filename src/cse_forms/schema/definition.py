"""A definition: one version of one form, checked and frozen."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from cse_forms.passages import in_language
from cse_forms.pointers import split
from cse_forms.schema.conditions import Selector
from cse_forms.schema.digests import canonical_digest
from cse_forms.schema.items import Item, Kind, Question, Section, Table, walk
from cse_forms.schema.places import ROW, Place, expand, select
from cse_forms.schema.vocabulary import FormWords


@dataclass(frozen=True, slots=True, kw_only=True)
class TranslatedFrom:
    """How far the wording of a definition that was translated is translated."""

    language: str
    """The form's own language, in which the rest is."""
    drafts: int
    """Strings whose translation nobody has reviewed yet."""
    untranslated: int
    """Strings that have none, or one of an earlier wording."""


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
    file_digest: str
    """sha256:... of the file's bytes."""
    translation: TranslatedFrom | None = None
    """Of a definition whose wording was translated; `schema` is in the form's own language all the same."""

    @property
    def id(self) -> str:
        """The form's id, the same in all versions."""
        return self.words.id

    @property
    def version(self) -> str:
        """Three numbers, such as 1.0.0."""
        return self.words.version

    @property
    def original_language(self) -> str | None:
        """The form's own language, where its wording was translated into another."""
        return None if self.translation is None else self.translation.language

    def as_written(self, text: str) -> str:
        """Return a text of the document itself, marked as what it is where the wording was translated."""
        own = self.original_language
        return text if own is None else in_language(text, own, self.words.language)

    @property
    def is_published(self) -> bool:
        """Whether it will never change again."""
        return self.words.status == "published"

    @cached_property
    def places(self) -> Place:
        """Its items as its document has them, with their shapes filled in; they are not to be changed."""
        return expand(dict(self.schema))

    @cached_property
    def digest(self) -> str:
        """sha256:... of what it says, whatever its layout: of its canonical form (RFC 8785)."""
        return canonical_digest(self.schema)

    def is_known_as(self, digest: str) -> bool:
        """Whether a digest is this definition's: of what it says or, as older responses have it, of its bytes."""
        return digest in (self.digest, self.file_digest)

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
