"""What schemathesis sends as a document: it cannot make up a Word document by itself."""

from __future__ import annotations

import os
from functools import cache
from pathlib import Path

import schemathesis
from hypothesis import strategies as st

from cse_forms import Catalogue
from cse_forms.web.bodies import DOCUMENTS


@cache
def filled(to: str) -> bytes:
    """Return a form to fill in."""
    catalogue = Catalogue.from_directory(Path(os.environ["SERVED_CATALOGUE"]))
    made = catalogue.get_form("invented", "1.1.0").render(to, {"name": "Robin"}, draft=True, purpose="fill")
    assert isinstance(made, bytes)
    return made


for name, media_type in DOCUMENTS.items():
    schemathesis.openapi.media_type(media_type, st.builds(filled, st.just("docx" if name == "any" else name)))
