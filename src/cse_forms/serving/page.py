"""The document of a page of these: a form's or another one, with what stands around it."""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import TYPE_CHECKING

from cse_forms.document.tree import Document

if TYPE_CHECKING:
    from cse_forms.document.phrases import Phrases
    from cse_forms.document.serving_phrases import ServingPhrases
    from cse_forms.serving.look import Way

Item = dict[str, str]
"""A line of a list, as markup, with the way to the control that it is about, where that is on the page."""


@dataclass(frozen=True, slots=True, kw_only=True)
class MissingList:
    """What is still to be answered, as it is shown."""

    lead: str
    here: tuple[Item, ...] = ()
    elsewhere: tuple[tuple[str, tuple[Item, ...]], ...] = ()
    """Of other sections, each with the words that say which."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ServedDocument(Document):
    """A document with what these pages say themselves."""

    said: ServingPhrases
    ways: tuple[Way, ...] = ()
    """To the same page in other languages, and in the other print."""
    start: str = "/"
    """The address of the page on which a form is chosen."""
    missing: MissingList | None = None


def served(
    document: Document,
    phrases: Phrases,
    *,
    ways: tuple[Way, ...] = (),
    start: str = "/",
    missing: MissingList | None = None,
) -> ServedDocument:
    """Return a document with what these pages say themselves; `ServedDocument` has what each of it means."""
    own = {member.name: getattr(document, member.name) for member in fields(document)}
    return ServedDocument(**own, said=phrases.serving, ways=ways, start=start, missing=missing)
