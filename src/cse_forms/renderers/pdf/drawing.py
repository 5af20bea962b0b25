"""From a document to the bytes of a PDF file."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

from cse_forms.errors import NotRenderableError
from cse_forms.renderers.pdf.content import Content
from cse_forms.renderers.pdf.typesetting import NO_DATE, Standards, require, typeset

if TYPE_CHECKING:
    from cse_forms.document.tree import Document

ON_SCREEN: Standards = ("ua-1",)
ON_PAPER: Standards = ("ua-1", "a-2a")
"""What nobody changes any more can be kept for long."""

MOST_CONTROLS = 6_000
"""The largest real form has a few hundred. Each takes a thousand times the memory of its words."""


def drawn(document: Document) -> bytes:
    """Return the file: for people who cannot see it too, and one to be kept for long where nothing is filled in.

    Raises:
        RendererError: the packages that it takes are not installed, or the document is too large for a PDF.
    """
    require()
    content = Content(document)
    timestamp = _timestamp(document)
    if document.purpose == "fill":
        from cse_forms.renderers.pdf.controls import with_controls

        data = content.data()
        if len(content.controls) > MOST_CONTROLS:
            raise NotRenderableError(
                f"This form is too long for a PDF to fill in: it has {len(content.controls):,} fields of at most "
                f"{MOST_CONTROLS:,}"
            )
        return with_controls(typeset("form.typ", data, standards=ON_SCREEN, timestamp=timestamp), document, content)
    from cse_forms.renderers.pdf.finishing import describe_tables, opened, written

    pages = typeset("form.typ", content.data(), standards=ON_PAPER, timestamp=timestamp)
    with opened(pages) as pdf:
        describe_tables(pdf, content.blocks)
        return written(pdf)


def _timestamp(document: Document) -> int:
    """Return when a response was recorded, if it says so: no clock is asked."""
    when = ((document.response or {}).get("meta") or {}).get("when")
    try:
        moment = datetime.fromisoformat(str(when))
    except ValueError:
        return NO_DATE
    if moment.tzinfo is None:
        moment = moment.replace(tzinfo=UTC)
    return max(int(moment.timestamp()), 0)
