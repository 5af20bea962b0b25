"""What the tests of reading back share with those of the renderers: LibreOffice."""

from __future__ import annotations

from tests.renderers.conftest import office

__all__ = ["office"]
