"""Pages as they are sent: kept by nobody, and with a policy as strict as the page's own."""

from __future__ import annotations

import html
import re

from starlette.responses import Response

_POLICY = re.compile(r'http-equiv="Content-Security-Policy" content="([^"]+)"')
_HEADERS = {
    "Cache-Control": "no-store",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
    "Referrer-Policy": "same-origin",
}


def page_response(page: str, status: int = 200) -> Response:
    """Return a page as a response.

    Its policy stands in the page, before all that was answered; the header repeats it, and forbids frames, which a page
    cannot do by itself.
    """
    found = _POLICY.search(page)
    policy = html.unescape(found[1]) if found else "default-src 'none'"
    headers = {**_HEADERS, "Content-Security-Policy": f"{policy}; frame-ancestors 'none'"}
    return Response(page.encode("utf-8"), status, headers, "text/html; charset=utf-8")
