"""What commands that show pages on this machine share: where they listen, and how they run until they are stopped."""

from __future__ import annotations

import socket
import webbrowser
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from importlib import import_module
from typing import TYPE_CHECKING

import click

from cse_forms.cli.arguments import refuse

if TYPE_CHECKING:
    from starlette.types import ASGIApp


def need_web_server(what: str) -> None:
    """Refuse where the packages of a web server are not installed.

    Args:
        what: that needs one: "A preview needs".
    """
    try:
        for name in ("starlette", "uvicorn"):
            import_module(name)
    except ImportError:
        refuse(f"{what} a web server, which is not installed; install it with: pip install 'cse_forms[web]'")


@contextmanager
def listening(host: str, port: int) -> Iterator[socket.socket]:
    """Yield a socket that listens; on a free port, if the port is 0. Refuse where that cannot be."""
    opened = socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET)
    with opened:
        opened.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            opened.bind((host, port))
            opened.listen()
        except OSError as error:
            refuse(f"Cannot listen on {host}, port {port}: {error.strerror}; name another one, or none")
        yield opened


def run_until_stopped(application: ASGIApp, on: socket.socket, address: str, told: str, *, opens: bool) -> None:
    """Run an application until Ctrl-C.

    Args:
        application: what answers.
        on: where it listens.
        address: of its first page.
        told: what is printed when it can be reached.
        opens: whether to open its first page in a browser.
    """
    import uvicorn

    config = uvicorn.Config(application, log_level="warning", access_log=False, lifespan="off")
    with suppress(KeyboardInterrupt):
        click.echo(told)
        if opens:
            webbrowser.open(address)
        uvicorn.Server(config).run(sockets=[on])
