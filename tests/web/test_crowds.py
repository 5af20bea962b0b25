"""Many clients at once who mean harm: what they take up is bounded, and others are answered meanwhile."""

from __future__ import annotations

import asyncio
import socket
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import httpx
import pytest
from starlette.types import ASGIApp, Message

import cse_forms
from cse_forms.web import Limits, create_app
from tests.asynchronous import complete
from tests.web.host import PREFIX
from tests.web.running import Running, everything

FORM = "/forms/invented/1.0.0"
RESPONSE = b'{"answers": {}}'
MANY = 100
"""Connections of each kind; with the other side of each they stay below what a process may open."""

_POSTED = "POST {} HTTP/1.1\r\nHost: here\r\nContent-Type: {}\r\n"
_BEGUN = (
    f"GET {PREFIX}/forms HTTP/1.1\r\nX-Long: ",
    _POSTED.format(f"{PREFIX}{FORM}/evaluate", "application/json") + "Content-Length: 99\r\n\r\n{",
    _POSTED.format(f"{PREFIX}/read", "application/pdf") + "Transfer-Encoding: chunked\r\n\r\nff\r\n%PDF",
)


def test_those_who_send_no_more_than_half_of_a_request_keep_nobody_waiting(
    server: Running, client: httpx.Client
) -> None:
    with ExitStack() as opened:
        for begun in _BEGUN:
            for _ in range(MANY):
                opened.enter_context(server.connect()).sendall(begun.encode())
        assert client.get("/forms").status_code == 200
        assert client.post(f"{FORM}/evaluate", json={"answers": {}}).status_code == 200
        assert client.get(f"{FORM}/render").status_code == 200


def test_those_who_ask_and_read_nothing_keep_nobody_waiting(server: Running, client: httpx.Client) -> None:
    asked = f"GET {PREFIX}{FORM} HTTP/1.1\r\nHost: here\r\n\r\n".encode() * 200
    with ExitStack() as opened:
        for _ in range(20):
            opened.enter_context(server.connect()).sendall(asked)
        assert client.post(f"{FORM}/evaluate", json={"answers": {}}).status_code == 200
        assert client.get(f"{FORM}/render").status_code == 200


def test_requests_that_follow_a_refused_one_are_read_as_requests_of_their_own(server: Running) -> None:
    body = f"GET {PREFIX}/forms/smuggled/1.0.0 HTTP/1.1\r\nHost: here\r\n\r\n"
    head = f"POST {PREFIX}{FORM}/evaluate HTTP/1.1\r\nHost: here\r\nContent-Type: text/plain\r\n"
    last = f"GET {PREFIX}/health HTTP/1.1\r\nHost: here\r\nConnection: close\r\n\r\n"
    with server.connect() as connection:
        connection.sendall(f"{head}Content-Length: {len(body)}\r\n\r\n{body}{last}".encode())
        connection.shutdown(socket.SHUT_WR)
        answers = everything(connection)
    assert [part[:3] for part in answers.split(b"HTTP/1.1 ")[1:]] in ([b"415", b"200"], [b"415"])


class Sender:
    """A client of an application in this process, who sends a part of a body and then waits."""

    def __init__(self, application: ASGIApp, body: bytes, *, path: str = f"{FORM}/evaluate") -> None:
        self.status = 0
        self.has_sent = asyncio.Event()
        self.goes_on = asyncio.Event()
        self.is_gone = False
        self._application = application
        self._body = body
        self._path = path

    async def run(self) -> int:
        """Send it, and return the status of the answer."""
        headers = [(b"host", b"here"), (b"content-type", b"application/json")]
        scope: dict[str, Any] = {"type": "http", "asgi": {"version": "3.0"}, "http_version": "1.1", "method": "POST"}
        scope |= {"scheme": "http", "path": self._path, "raw_path": self._path.encode(), "root_path": ""}
        scope |= {"query_string": b"", "headers": headers, "client": ("127.0.0.1", 1), "server": ("here", 80)}
        await self._application(scope, self._receive, self._send)
        return self.status

    async def _receive(self) -> Message:
        if not self.has_sent.is_set():
            self.has_sent.set()
            return {"type": "http.request", "body": self._body, "more_body": True}
        await self.goes_on.wait()
        if self.is_gone:
            return {"type": "http.disconnect"}
        return {"type": "http.request", "body": b"", "more_body": False}

    async def _send(self, message: Message) -> None:
        self.status = message.get("status", self.status)


@pytest.fixture
def forms(catalogues: Path) -> cse_forms.Catalogue:
    return cse_forms.Catalogue.from_directory(catalogues / "ours")


def test_bodies_together_take_up_no_more_than_their_bound_and_small_ones_always_pass(
    forms: cse_forms.Catalogue,
) -> None:
    application = create_app(forms, limits=Limits(all_bytes=150_000))
    large = RESPONSE + b" " * 100_000

    async def ask() -> None:
        first, second, small, third = (Sender(application, body) for body in (large, large, RESPONSE, large))
        begun = asyncio.create_task(first.run())
        await first.has_sent.wait()
        assert await second.run() == 503
        small.goes_on.set()
        assert await small.run() == 200
        first.goes_on.set()
        assert await begun == 200
        third.goes_on.set()
        assert await third.run() == 200

    complete(ask)


def test_a_client_that_leaves_gives_back_what_it_took_up_and_is_no_failure_to_what_stands_around(
    forms: cse_forms.Catalogue,
) -> None:
    from starlette.middleware import Middleware
    from starlette.middleware.base import BaseHTTPMiddleware, RequestResponseEndpoint
    from starlette.requests import Request
    from starlette.responses import Response

    class Around(BaseHTTPMiddleware):
        async def dispatch(self, request: Request, call_next: RequestResponseEndpoint) -> Response:
            return await call_next(request)

    from starlette.applications import Starlette
    from starlette.routing import Mount

    service = create_app(forms, limits=Limits(all_bytes=150_000))
    application = Starlette(routes=[Mount("/", service)], middleware=[Middleware(Around)])
    large = RESPONSE + b" " * 100_000

    async def ask() -> None:
        leaving, staying = (Sender(application, large) for _ in range(2))
        leaving.is_gone = True
        leaving.goes_on.set()
        await leaving.run()
        staying.goes_on.set()
        assert await staying.run() == 200

    complete(ask)
