"""The web service of the library in an ASGI application without any framework, for those who have a key."""

from __future__ import annotations

import hmac
import os
from collections.abc import Awaitable, Callable, MutableMapping
from typing import Any

from cse_forms import Catalogue
from cse_forms.web import Limits, create_app

Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]

PREFIX = "/assessments"
KEY = os.environ["KEY"].encode()
HOSTS = os.environ.get("HOSTS", "127.0.0.1,localhost").split(",")
FORMS = Catalogue.from_directory(os.environ["FORMS"]) if "FORMS" in os.environ else Catalogue.shipped()

service = create_app(FORMS, limits=Limits(response_bytes=500_000), hosts=HOSTS)


async def application(scope: MutableMapping[str, Any], receive: Receive, send: Send) -> None:
    """Hand on to the service what is asked below its prefix; the rest is this application's own."""
    if scope["type"] == "lifespan":
        await service(scope, receive, send)
    elif scope["type"] != "http":
        await send({"type": "websocket.close"})
    elif scope["path"] == PREFIX or scope["path"].startswith(f"{PREFIX}/"):
        if _has_key(scope):
            # Of what stands before it the service must know, or it would give wrong addresses.
            await service({**scope, "root_path": scope.get("root_path", "") + PREFIX}, receive, send)
        else:
            await _say(send, 401, b"This needs a key\n", (b"www-authenticate", b"Bearer"))
    elif scope["path"] == "/":
        await _say(send, 200, b"The assessments are at /assessments/openapi.json\n")
    else:
        await _say(send, 404, b"There is nothing here\n")


def _has_key(scope: MutableMapping[str, Any]) -> bool:
    given = dict(scope["headers"]).get(b"authorization", b"")
    return hmac.compare_digest(given, b"Bearer " + KEY)


async def _say(send: Send, status: int, text: bytes, *headers: tuple[bytes, bytes]) -> None:
    kind = (b"content-type", b"text/plain; charset=utf-8")
    await send({"type": "http.response.start", "status": status, "headers": [kind, *headers]})
    await send({"type": "http.response.body", "body": text})
