"""What is said in words, as blocks of a document."""

from __future__ import annotations

from collections.abc import Iterator

from cse_forms.document import tree
from cse_forms.document.phrases import PolicyPhrases
from cse_forms.schema.definition import Definition
from cse_forms.schema.vocabulary import Provenance
from cse_forms.thresholds.in_words.sentences import Saying, sentence


def told(text: str) -> tree.Panel:
    """Return running text as a block."""
    return tree.Panel(kind="text", blocks=(tree.Paragraph(text=text),))


def condition_words(saying: Saying, phrase: str | None = None) -> tuple[tree.Words, ...]:
    """Return a condition in a phrase: one sentence, or one that leads into points.

    Args:
        saying: the condition in words.
        phrase: what it stands in, at `{condition}`; if none is said, it stands alone.
    """
    (_, first), *points = saying.points()
    text = sentence(first if phrase is None else phrase.format(condition=first))
    if not points:
        return (tree.Paragraph(text=text),)
    listed = tree.BulletList(items=tuple(text for _, text in points), depths=tuple(depth - 1 for depth, _ in points))
    return (tree.Paragraph(text=text), listed)


def provenance_lines(
    definition: Definition, provenance: Provenance | None, phrases: PolicyPhrases
) -> Iterator[tree.Paragraph]:
    """Yield where a wording comes from, and what is ours or in doubt."""
    if provenance is None:
        return
    if provenance.source is not None:
        source = source_title(definition, provenance.source)
        phrase = phrases.from_section if provenance.section else phrases.from_source
        yield tree.Paragraph(text=phrase.format(source=source, section=provenance.section))
    for text, phrase in (
        (provenance.derived, phrases.derived),
        (provenance.mended, phrases.mended),
        (provenance.doubt, phrases.doubt),
    ):
        if text is not None:
            yield tree.Paragraph(text=phrase.format(text=text))


def source_title(definition: Definition, source: str) -> str:
    """Return the title of one of the form's sources."""
    return next(one.title for one in definition.words.sources if one.id == source)
