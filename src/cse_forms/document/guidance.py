"""Guidance as panels."""

from __future__ import annotations

from cse_forms.document import tree
from cse_forms.document.phrases import Phrases
from cse_forms.schema.vocabulary import Guidance


def panel(guidance: Guidance, phrases: Phrases) -> tree.Panel:
    """Return the panel that shows a passage of guidance."""
    blocks: list[tree.Words] = []
    if guidance.text:
        blocks.append(tree.Paragraph(text=guidance.text))
    if guidance.list:
        blocks.append(tree.BulletList(items=guidance.list))
    if guidance.terms:
        blocks.append(tree.TermList(terms=tuple((term.term, term.texts) for term in guidance.terms)))
    if guidance.links:
        blocks.append(tree.LinkList(links=tuple((link.title, link.href) for link in guidance.links)))
    labels = {"warning": phrases.warning, "note": phrases.note, "definition": phrases.definition}
    return tree.Panel(kind=guidance.kind, label=labels.get(guidance.kind), title=guidance.title, blocks=tuple(blocks))
