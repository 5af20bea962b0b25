"""Guidance as panels."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import groupby

from cse_forms.document import tree
from cse_forms.document.phrases import Phrases
from cse_forms.schema.vocabulary import Guidance


def panels(guidance: Iterable[Guidance], place: str, phrases: Phrases) -> Iterator[tree.Panel]:
    """Yield the panels of the passages that stand before, or after, what they belong to.

    Warnings that follow one another stand in one frame: a page of frames warns of nothing.
    """
    placed = (passage for passage in guidance if passage.place == place)
    for is_warning, passages in groupby(placed, key=lambda passage: passage.kind == "warning" and not passage.title):
        if is_warning:
            blocks = tuple(block for passage in passages for block in _blocks(passage))
            yield tree.Panel(kind="warning", label=phrases.warning, blocks=blocks)
        else:
            yield from (_panel(passage, phrases) for passage in passages)


def _panel(passage: Guidance, phrases: Phrases) -> tree.Panel:
    labels = {"warning": phrases.warning, "note": phrases.note, "definition": phrases.definition}
    label = labels.get(passage.kind)
    # A passage whose own title says what kind it is needs no second word for it.
    if label == passage.title:
        label = None
    return tree.Panel(kind=passage.kind, label=label, title=passage.title, blocks=tuple(_blocks(passage)))


def _blocks(passage: Guidance) -> Iterator[tree.Words]:
    if passage.text:
        yield tree.Paragraph(text=passage.text)
    if passage.list:
        yield tree.BulletList(items=passage.list)
    if passage.terms:
        yield tree.TermList(terms=tuple((term.term, term.texts) for term in passage.terms))
    if passage.links:
        yield tree.LinkList(links=tuple((link.title, link.href) for link in passage.links))
