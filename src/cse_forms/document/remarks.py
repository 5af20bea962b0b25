"""What a reader must know of a form's sources: passages that are on no form, and wordings mended or in doubt."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from cse_forms.document import tree
from cse_forms.document.phrases import Phrases, PolicyPhrases
from cse_forms.document.said import source_title
from cse_forms.schema.definition import Definition

LONGEST_PLACE = 90
"""Characters of a wording by which a remark refers to it."""


def remark_blocks(definition: Definition, phrases: Phrases) -> Iterator[tree.Block]:
    """Yield what is withheld, mended or in doubt, and the sources themselves."""
    said = phrases.policy
    withheld = tuple(
        said.withheld_item.format(text=one.text, source=source_title(definition, one.source), reason=one.reason)
        for one in definition.words.withheld
    )
    as_written = definition.as_written
    found = [
        (_shortened(as_written(place), said), said_of) for place, said_of in _provenances(dict(definition.schema), "")
    ]
    doubtful = [
        said.remark.format(place=place, text=as_written(provenance["doubt"]))
        for place, provenance in found
        if isinstance(provenance.get("doubt"), str)
    ]
    mended = [
        said.remark.format(
            place=place,
            text=said.shows.format(
                text=as_written(provenance["mended"]), shows=as_written(provenance.get("shows", ""))
            ),
        )
        for place, provenance in found
        if isinstance(provenance.get("mended"), str)
    ]
    groups = ((said.withheld, withheld), (said.doubtful, doubtful), (said.mended_heading, mended))
    if any(items for _, items in groups):
        yield tree.Heading(level=2, text=said.remarks, anchor="remarks")
    for title, items in groups:
        if items:
            listed = tree.BulletList(items=tuple(dict.fromkeys(items)))
            yield tree.Panel(kind="text", title=title, blocks=(listed,))
    yield tree.Heading(level=2, text=phrases.sources, anchor="sources")
    sources = tuple(
        (source.title, tuple(text for text in (source.file, source.note, source.url) if text))
        for source in definition.words.sources
    )
    yield tree.Panel(kind="text", blocks=(tree.TermList(terms=sources),))


def _shortened(place: str, phrases: PolicyPhrases) -> str:
    """Return the first words of a long wording: they tell which one is meant."""
    if len(place) <= LONGEST_PLACE:
        return place
    end = place.rfind(" ", 0, LONGEST_PLACE)
    return phrases.shortened.format(text=place[: end if end > 0 else LONGEST_PLACE])


def _provenances(node: Any, place: str) -> Iterator[tuple[str, Mapping[str, Any]]]:
    """Yield every provenance in a definition, with the wording that it stands beside."""
    if isinstance(node, dict):
        words = (node.get(word) for word in ("title", "text", "because", "term"))
        place = next((word for word in words if isinstance(word, str)), place)
        for key, member in node.items():
            if key == "provenance" and isinstance(member, dict):
                yield place, member
            else:
                yield from _provenances(member, place)
    elif isinstance(node, list):
        for member in node:
            yield from _provenances(member, place)
