"""PDF, to be printed, to be kept as a record, or to be completed on a screen.

`content` says what is drawn and `layout` what stands together, `form.typ` how it looks, and `typesetting` has typst
draw it. Typst knows no controls: it draws links where they are to be, and `controls` makes them into controls.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from cse_forms.document.tree import Document


class PdfRenderer:
    """Turns a document into the bytes of a .pdf file. The same document gives the same bytes."""

    media_type = "application/pdf"
    suffix = ".pdf"

    def render(self, document: Document) -> bytes:
        """Return the bytes of the file.

        Raises:
            RendererError: the packages that it takes are not installed, or the document is too large for a PDF.
        """
        from cse_forms.renderers.pdf.drawing import drawn

        return drawn(document)


renderer = PdfRenderer()
