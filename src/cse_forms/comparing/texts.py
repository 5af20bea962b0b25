"""Wordings of several parts as one text each, so that two of them can be held side by side."""

from __future__ import annotations

from collections.abc import Iterator

from cse_forms.schema.vocabulary import Guidance, Provenance, Source, Withheld


def guidance_text(guidance: Guidance) -> str:
    """Return all that a piece of guidance says, a line for each part."""
    return "\n".join(_guidance_lines(guidance))


def _guidance_lines(guidance: Guidance) -> Iterator[str]:
    if guidance.kind != "text" or guidance.place != "before":
        yield f"({guidance.kind}, {guidance.place})"
    yield from (text for text in (guidance.title, guidance.text) if text)
    yield from (f"- {text}" for text in guidance.list)
    for term in guidance.terms:
        yield f"{term.term}: {' '.join(term.texts)}"
    yield from (f"{link.title} ({link.href})" for link in guidance.links)
    if provenance := provenance_text(guidance.provenance):
        yield f"[{provenance}]"


def provenance_text(provenance: Provenance | None) -> str | None:
    """Return where a wording comes from, in one line."""
    if provenance is None:
        return None
    return "; ".join(f"{word}: {said}" for word, said in provenance.model_dump(exclude_none=True).items())


def source_text(source: Source) -> str:
    """Return all that is said of a source."""
    return "; ".join(str(said) for said in source.model_dump(exclude_none=True).values())


def withheld_text(withheld: Withheld) -> str:
    """Return all that is said of a passage that is printed on no form."""
    return "; ".join(str(said) for said in withheld.model_dump(exclude_none=True).values())
