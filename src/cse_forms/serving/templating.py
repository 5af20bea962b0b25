"""The templates of these pages, over those of all pages."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from cse_forms.renderers.html import HtmlRenderer


def renderer_of(page: str, form: str) -> HtmlRenderer:
    """Return what renders a kind of page.

    Args:
        page: the name of its template.
        form: that of the form on it.
    """
    from jinja2 import Environment, PackageLoader

    from cse_forms.renderers.html import HtmlRenderer

    environment = Environment(loader=PackageLoader("cse_forms.serving", "templates"), autoescape=True)
    return HtmlRenderer(environment, page=page, form=form)
