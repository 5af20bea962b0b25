"""What every page of this site says of itself to browsers and caches, and what of an error is logged."""

import logging
import traceback
from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponseBase

POLICY = (
    "default-src 'none'; style-src 'self'; script-src 'self'; connect-src 'self'; form-action 'self'; "
    "frame-ancestors 'none'; base-uri 'none'"
)


def guard(get_response: Callable[[HttpRequest], HttpResponseBase]) -> Callable[[HttpRequest], HttpResponseBase]:
    """Allow pages nothing but what is served here, and caches nothing at all."""

    def guarded(request: HttpRequest) -> HttpResponseBase:
        response = get_response(request)
        response.headers.setdefault("Content-Security-Policy", POLICY)
        response.headers.setdefault("Cache-Control", "no-store")
        return response

    return guarded


class PlacesOnly(logging.Formatter):
    """Logs of an error its kind and where in the program it arose. Its words might quote an answer."""

    def formatException(self, ei: Any) -> str:  # noqa: N802 - the name is the base class's
        """Return a line for each place."""
        kind, _, places = ei
        lines = [f"  {place.filename}:{place.lineno}" for place in traceback.extract_tb(places)]
        return "\n".join([*lines, f"  {getattr(kind, '__name__', '')}"])
