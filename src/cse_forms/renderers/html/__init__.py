"""HTML: one self-contained page, without scripts, for the screen and for A4 paper."""

from __future__ import annotations

from cse_forms.renderers.html.page import HtmlRenderer

__all__ = ["HtmlRenderer", "renderer"]

renderer = HtmlRenderer()
