"""The templates of a package's parts, and what they may call."""

from __future__ import annotations

from functools import cache

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from cse_forms.renderers.docx.markup import carried, followed, relationship, run


@cache
def environment() -> Environment:
    """Return the environment of the templates. They are compiled once in a process."""
    made = Environment(
        loader=PackageLoader("cse_forms.renderers.docx", "templates"),
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
        undefined=StrictUndefined,
        finalize=carried,
        auto_reload=False,
    )
    made.globals.update(run=_run)
    made.filters.update(followed=followed, relationship=relationship)
    return made


def _run(text: str, style: str | None = None) -> Markup:
    return Markup(run(text, style))  # noqa: S704 - the text is escaped in it.
