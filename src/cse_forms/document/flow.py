"""How blocks follow one another on paper, whatever draws them: what renderers of pages have in common."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from cse_forms.document.tree import Block, Heading, Panel, Question


def joined(blocks: Iterable[Block], *, framed_only: bool = False) -> Iterator[Block]:
    """Yield blocks with panels under the same word put together, so that it need not be said for each.

    Args:
        blocks: in order.
        framed_only: whether running text, which has no frame and no word, stays as it is.
    """
    last: Block | None = None
    for block in blocks:
        if isinstance(block, Panel) and isinstance(last, Panel) and _speak_as_one(last, block, framed_only=framed_only):
            last = replace(last, blocks=(*last.blocks, *block.blocks))
            continue
        if last is not None:
            yield last
        last = block
    if last is not None:
        yield last


def _speak_as_one(panel: Panel, following: Panel, *, framed_only: bool) -> bool:
    if framed_only and panel.kind == "text":
        return False
    return panel.kind == following.kind and panel.label == following.label and following.title is None


def levelled(blocks: Iterable[Block]) -> Iterator[Block]:
    """Draw a heading up that leaves a level out: to those who move by headings, one seems to be missing."""
    depth = 1
    for block in blocks:
        if isinstance(block, Heading):
            depth = min(block.level, depth + 1)
            yield replace(block, level=depth)
        elif isinstance(block, Question) and block.heading_level is not None:
            depth = min(block.heading_level, depth + 1)
            yield replace(block, heading_level=depth)
        else:
            yield block
