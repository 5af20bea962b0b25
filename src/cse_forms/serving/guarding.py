"""Who may ask: those who call these pages by a name of this machine, and of other pages none."""

from __future__ import annotations

import ipaddress
import re
import socket
from collections.abc import Iterable
from typing import TYPE_CHECKING

from starlette.datastructures import Headers

from cse_forms.web.problems import ProblemError

if TYPE_CHECKING:
    from starlette.types import ASGIApp, Receive, Scope, Send

_HERE = ("localhost", "127.0.0.1", "::1")
_HOST = re.compile(r"(?:\[([0-9a-f:.]{1,45})\]|([0-9a-z._-]{1,253}))(?::[0-9]{1,5})?")
_OWN = frozenset({"same-origin", "none"})
"""What a browser says of where a request comes from, if it is from these pages or from the person."""


def names_of(host: str) -> frozenset[str]:
    """Return the names by which the pages may be called.

    Args:
        host: what they listen on.
    """
    names = {*_HERE, host.lower()}
    if _listens_everywhere(host):
        names |= {socket.gethostname().lower(), socket.getfqdn().lower()}
    return frozenset(names)


def is_loopback(host: str) -> bool:
    """Tell whether nobody but this machine can reach a host."""
    try:
        return host == "localhost" or ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def _listens_everywhere(host: str) -> bool:
    return host in ("0.0.0.0", "::")  # noqa: S104 - it is compared, and nothing listens on it


class OwnPages:
    """Refuses requests by strangers' names, and posts from strangers' pages.

    A page of a stranger can reach this machine by a name of the stranger's own, or send a form here; either would be
    answered with what the person's browser may see.
    """

    def __init__(self, app: ASGIApp, host: str) -> None:
        self._app = app
        self._names = names_of(host)
        self._takes_numbers = _listens_everywhere(host)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request, as ASGI has it."""
        if scope["type"] == "http":
            headers = Headers(scope=scope)
            self._check_name(headers.getlist("host"))
            if scope["method"] not in ("GET", "HEAD"):
                _check_origin(headers, f"{scope['scheme']}://{headers['host']}")
        await self._app(scope, receive, send)

    def _check_name(self, hosts: list[str]) -> None:
        name = _without_port(hosts[0]) if len(hosts) == 1 else ""
        # A number in an address is no name that a stranger could give to this machine.
        if name not in self._names and not (self._takes_numbers and _is_number(name)):
            raise ProblemError("bad-host", "Call it by the address that the command says.")


def _check_origin(headers: Headers, own: str) -> None:
    origins: Iterable[str] = headers.getlist("origin")
    is_own = all(origin.lower() == own.lower() for origin in origins)
    if not is_own or headers.get("sec-fetch-site", "none") not in _OWN:
        raise ProblemError("bad-origin", "Only its own pages may send anything here.")


def _without_port(host: str) -> str:
    """Return the name in a Host header; the empty text, if it is none."""
    found = _HOST.fullmatch(host.lower())
    return (found[1] or found[2]) if found else ""


def _is_number(name: str) -> bool:
    try:
        ipaddress.ip_address(name)
    except ValueError:
        return False
    return True
