"""Documents as they are sent: in one of the formats, with a name that is safe, and a policy for the page."""

from __future__ import annotations

import re
from base64 import b64encode
from hashlib import sha256
from types import MappingProxyType
from typing import TYPE_CHECKING

from starlette.responses import Response

from cse_forms.errors import RendererError
from cse_forms.renderers import get_renderer, renderer_names

if TYPE_CHECKING:
    from collections.abc import Mapping

    from cse_forms.document.tree import Document
    from cse_forms.forms import Form

_PAGE = "text/html"
_STYLE = re.compile(r"<style>(.*?)</style>", re.DOTALL)
_UNSAFE = re.compile(r"[^0-9A-Za-z._-]")
_OF_A_PAGE = {
    "Cross-Origin-Opener-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
}
_PREFERRED = ("html", "docx", "pdf", "json")


def formats(first: str) -> Mapping[str, str]:
    """Return the media type of each format that can be had here, by its name.

    Args:
        first: the one that is sent to those who accept anything.
    """
    found = {}
    for name in sorted(renderer_names(), key=_place):
        try:
            found[name] = get_renderer(name).media_type
        except RendererError:
            continue  # what a package offers for it is no renderer
    return MappingProxyType({first: found[first]} | found)


def _place(name: str) -> int:
    return _PREFERRED.index(name) if name in _PREFERRED else len(_PREFERRED)


def sent(document: Document, to: str, form: Form, *, caching: str) -> Response:
    """Return a document as a response.

    Args:
        document: what is sent.
        to: the format.
        form: the form that it is of; the file is called after it, and after nothing that was answered.
        caching: what the Cache-Control header says.
    """
    renderer = get_renderer(to)
    made = renderer.render(document)
    data = made.encode("utf-8") if isinstance(made, str) else made
    is_page = renderer.media_type.partition(";")[0] == _PAGE
    name = _UNSAFE.sub("-", f"{form.id}-{form.version}{renderer.suffix}")
    kind = "inline" if is_page or to == "json" else "attachment"
    headers = {
        "Cache-Control": caching,
        "Content-Disposition": f'{kind}; filename="{name}"',
        "Vary": "Accept",
    }
    if is_page:
        headers |= {"Content-Security-Policy": _policy(data.decode("utf-8")), **_OF_A_PAGE}
    return Response(data, headers=headers, media_type=renderer.media_type)


def _policy(page: str) -> str:
    """Return the policy of a page: its own style sheet, which stands before all that was answered, and nothing else."""
    found = _STYLE.search(page)
    digest = b64encode(sha256(found[1].encode()).digest()).decode() if found else None
    style = f"'sha256-{digest}'" if digest else "'none'"
    return f"default-src 'none'; style-src {style}; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
