"""Documents for a word processor: to be printed and written on by hand, filled in on a screen, or kept as a record.

`package` prepares everything that is the same in every document, `layout` decides what stands together, and
`body` writes one document; how the words look is in `templates/parts/styles.xml`. This module is imported
when the format is first asked for, and python-docx with it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from cse_forms.renderers.docx.body import written
from cse_forms.renderers.docx.package import prepared
from cse_forms.renderers.docx.page import A4, LARGE_PRINT

if TYPE_CHECKING:
    from cse_forms.document.tree import Document


class DocxRenderer:
    """Turns a document into the bytes of a .docx file. The same document gives the same bytes."""

    media_type = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
    suffix = ".docx"

    def render(self, document: Document) -> bytes:
        """Return the bytes of the file.

        Raises:
            InputError: it is to be filled in, and an answer that is given already holds what no document can carry.
        """
        package = prepared(
            document.language, LARGE_PRINT if document.large_print else A4, to_fill=document.purpose == "fill"
        )
        return package.packed(written(document, package))


renderer = DocxRenderer()
