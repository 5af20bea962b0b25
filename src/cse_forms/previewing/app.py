"""The pages of a preview as a web application on this machine. They are read only, and nothing is kept."""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING

from jinja2 import Environment, PackageLoader, StrictUndefined, Template
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.middleware.trustedhost import TrustedHostMiddleware
from starlette.responses import HTMLResponse, JSONResponse, PlainTextResponse, Response
from starlette.routing import Route

from cse_forms.previewing.snapshot import PANES

if TYPE_CHECKING:
    from starlette.requests import Request

    from cse_forms.previewing.snapshot import Preview

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; frame-src 'self'; base-uri 'none'; "
    "form-action 'none'; frame-ancestors 'none'"
)
"""What the page around the others may do: run its one script, and show the other pages."""

_MEDIA = {"preview.css": "text/css; charset=utf-8", "preview.js": "text/javascript; charset=utf-8"}


def preview_app(preview: Preview) -> Starlette:
    """Return the application that shows a preview.

    It answers requests to this machine's own names only, so that no page of a stranger can reach it by another name.
    """

    def page(_: Request) -> Response:
        snapshot = preview.snapshot()
        told = {"name": preview.name, "signature": snapshot.signature, "summary": snapshot.summary}
        html = _template().render(**told, panes=PANES)
        return HTMLResponse(html, headers={"Content-Security-Policy": POLICY, **_HEADERS})

    def pane(request: Request) -> Response:
        name = request.path_params["name"]
        if name not in PANES:
            return PlainTextResponse("There is no such page.", status_code=404, headers=_HEADERS)
        return HTMLResponse(preview.snapshot().page(name), headers=_HEADERS)

    def state(_: Request) -> Response:
        snapshot = preview.snapshot()
        return JSONResponse({"signature": snapshot.signature, "summary": snapshot.summary}, headers=_HEADERS)

    def file(request: Request) -> Response:
        name = request.path_params["name"]
        if name not in _MEDIA:
            return PlainTextResponse("There is no such file.", status_code=404, headers=_HEADERS)
        text = (files("cse_forms.previewing") / name).read_text("utf-8")
        return Response(text, media_type=_MEDIA[name], headers=_HEADERS)

    return Starlette(
        routes=[Route("/", page), Route("/state", state), Route("/pages/{name}", pane), Route("/{name}", file)],
        middleware=[Middleware(TrustedHostMiddleware, allowed_hosts=["127.0.0.1", "localhost", "[::1]"])],
    )


_HEADERS = {"Cache-Control": "no-store", "X-Content-Type-Options": "nosniff", "Referrer-Policy": "no-referrer"}


@cache
def _template() -> Template:
    environment = Environment(
        loader=PackageLoader("cse_forms.previewing", "."), autoescape=True, undefined=StrictUndefined
    )
    return environment.get_template("page.html")
