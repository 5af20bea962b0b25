"""Renderers: each turns a `Document` into text or bytes, and knows nothing else.

The built-in ones are the plain mapping `BUILT_IN`; another package adds its own through the entry-point group
`cse_forms.renderers`, whose names are the formats and whose objects follow the `Renderer` protocol.
"""

from __future__ import annotations

from importlib import import_module
from importlib.metadata import EntryPoint, entry_points
from typing import Protocol, runtime_checkable

from cse_forms.document.tree import Document
from cse_forms.errors import RendererError

ENTRY_POINT_GROUP = "cse_forms.renderers"

BUILT_IN = {
    "docx": "cse_forms.renderers.docx:renderer",
    "html": "cse_forms.renderers.html:renderer",
    "json": "cse_forms.renderers.json:renderer",
    "pdf": "cse_forms.renderers.pdf:renderer",
}
"""Format to "module:object", imported when it is first asked for."""

_OFFERED = "What an installed package offers as renderer '{name}'"


@runtime_checkable
class Renderer(Protocol):
    """What a renderer is: a media type, a file ending, and one function."""

    @property
    def media_type(self) -> str:
        """The media type of what it makes, such as text/html; charset=utf-8."""

    @property
    def suffix(self) -> str:
        """The usual ending of a file's name, with its dot: .html."""

    def render(self, document: Document) -> str | bytes:
        """Turn the document into a text or, for formats that are no text, into bytes."""


def renderer_names() -> tuple[str, ...]:
    """Return the formats that can be had here, in alphabetical order."""
    return tuple(sorted({*BUILT_IN, *_added()}))


def get_renderer(name: str) -> Renderer:
    """Return the renderer of a format.

    A built-in name cannot be taken over by another package: what prints a form must not depend on what else
    happens to be installed.

    Raises:
        RendererError: no such format, or the object that a package offers is no renderer.
    """
    if name in BUILT_IN:
        module, _, attribute = BUILT_IN[name].partition(":")
        found: object = getattr(import_module(module), attribute)
    else:
        added = _added()
        if name not in added:
            raise RendererError(f"No renderer '{name}'; known formats: {', '.join(renderer_names())}")
        try:
            found = added[name].load()
        except (ImportError, AttributeError) as error:
            raise RendererError(f"{_OFFERED.format(name=name)} cannot be loaded: {error}") from error
    if isinstance(found, type):
        raise RendererError(f"{_OFFERED.format(name=name)} is a class; it must be an object of that class")
    if not isinstance(found, Renderer):
        raise RendererError(f"{_OFFERED.format(name=name)} is none: it lacks 'media_type', 'suffix' or 'render'")
    return found


def _added() -> dict[str, EntryPoint]:
    return {point.name: point for point in entry_points(group=ENTRY_POINT_GROUP)}
