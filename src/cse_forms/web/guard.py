"""What stands around the whole service: host names, headers for safety, and the last word on what fails."""

from __future__ import annotations

import asyncio
import logging
import traceback
from collections.abc import Sequence
from contextlib import suppress
from typing import TYPE_CHECKING

from starlette.datastructures import Headers, MutableHeaders
from starlette.middleware.cors import CORSMiddleware
from starlette.requests import ClientDisconnect

from cse_forms.errors import DefinitionError
from cse_forms.web.problems import ProblemError, told

if TYPE_CHECKING:
    from starlette.responses import Response
    from starlette.types import ASGIApp, Message, Receive, Scope, Send

log = logging.getLogger("cse_forms.web")
"""Says what failed and where in the program, and never what was sent."""

NOTHING = "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
"""The policy of whatever is no page: nothing in it is run, loaded or framed."""

_HEADERS = {
    "Content-Security-Policy": NOTHING,
    "Cross-Origin-Resource-Policy": "same-origin",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
}
_ENDS = (asyncio.CancelledError, GeneratorExit, KeyboardInterrupt, SystemExit)
"""What ends a request or the program, and is no failure. Parts that are not written in Python raise others."""
_COME_AGAIN = {"Retry-After": "10", "Connection": "close"}
_SMALL = 65_536
"""Bytes of a body that is always taken in: a response is rarely larger, and its sender waits for nobody's upload."""
_RAW = [(name.lower().encode("ascii"), value.encode("ascii")) for name, value in _HEADERS.items()]


class Guard:
    """The outermost layer. What fails inside is told as a problem, and goes no further: a server would log it."""

    def __init__(self, app: ASGIApp, hosts: Sequence[str], most: int) -> None:
        """Stand around an application.

        Args:
            app: the application.
            hosts: the names by which it may be called; any, if none is named.
            most: so many bytes of bodies may be held at once.
        """
        self._app = app
        self._hosts = tuple(host.lower() for host in hosts)
        self._left = most

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request, as ASGI has it."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        started = False
        taken = 0

        async def received() -> Message:
            nonlocal taken
            message = await receive()
            size = len(message.get("body", b""))
            taken += size
            self._left -= size
            if self._left < 0 and taken > _SMALL:
                raise ProblemError("busy", "Too much is being sent at once; come again soon.", headers=_COME_AGAIN)
            return message

        async def sent(message: Message) -> None:
            nonlocal started
            if message["type"] == "http.response.start":
                started = True
                own = {name for name, _ in message["headers"]}
                message["headers"] = [*message["headers"], *(pair for pair in _RAW if pair[0] not in own)]
            await send(message)

        try:
            if self._hosts and not self._is_called(Headers(scope=scope).get("host", "")):
                raise ProblemError("bad-host", "Call it by the name that its operator gave you.")
            await self._app(scope, received, sent)
        except ClientDisconnect:
            # Nobody reads it; but what stands around this application may take no answer for a failure.
            with suppress(OSError):
                await told(ProblemError("bad-request", "The body broke off."))(scope, receive, sent)
        except ProblemError as error:
            await told(error)(scope, receive, sent)
        except _ENDS:
            raise
        except BaseException as error:  # noqa: BLE001 - nothing else may pass: its message could hold an answer
            log_failure(scope, error)
            if not started:
                problem = ProblemError("internal-error", "Nothing was kept. Its operator finds it in the log.")
                await told(problem)(scope, receive, sent)
        finally:
            self._left += taken

    def _is_called(self, host: str) -> bool:
        name = host.lower()
        name = name.partition("]")[0] + "]" if name.startswith("[") else name.partition(":")[0]
        return any(
            name == known or (known.startswith("*.") and name.endswith(known[1:]) and name != known[1:])
            for known in self._hosts
        )


def log_failure(scope: Scope, error: BaseException) -> None:
    """Log what failed by its kind and its place. Only a definition's faults are told in words: it holds no answers."""
    route = getattr(scope.get("route"), "path", "(no route)")
    if isinstance(error, DefinitionError):
        log.error("%s %s: %s", scope["method"], route, error)
        return
    frames = traceback.extract_tb(error.__traceback__)
    place = " < ".join(f"{frame.filename}:{frame.lineno} {frame.name}" for frame in reversed(frames[-6:]))
    log.error("%s %s: %s at %s", scope["method"], route, type(error).__name__, place)


class Origins(CORSMiddleware):
    """Lets pages of some origins use the service, and tells the others a problem."""

    def preflight_response(self, request_headers: Headers) -> Response:
        """Return what a browser is told that asks before it sends."""
        response = super().preflight_response(request_headers)
        if response.status_code < 400:
            return response
        refused = told(ProblemError("bad-origin", "Its operator says which origins, methods and headers are allowed."))
        headers = MutableHeaders(raw=refused.raw_headers)
        headers["Vary"] = "Origin"
        return refused
