"""`cse-forms preview`: a definition in a browser, while it is being written."""

from __future__ import annotations

import socket
import webbrowser
from contextlib import suppress
from pathlib import Path

import click

from cse_forms.cli.arguments import examples, refuse

HOST = "127.0.0.1"


@click.command(
    epilog=examples(
        "  cse-forms preview my-definitions/intake/1.1.0\n  cse-forms preview form.json --port 8020 --no-open"
    )
)
@click.argument("path", type=click.Path(path_type=Path))
@click.option("--port", type=click.IntRange(0, 65535), default=0, help="Where to listen; a free one, if none is said.")
@click.option("--open/--no-open", "opens", default=True, help="Whether to open the page in a browser.")
def preview(path: Path, port: int, opens: bool) -> None:
    """Show a definition in a browser, and show it again whenever it is saved.

    On the left stands the form; beside it what the check finds, the policy in words, how the scenarios come out, and
    what has changed since the published version. PATH is a definition's file, or the folder of one version.

    The page is for this machine alone, and nothing is written. Stop it with Ctrl-C.
    """
    file = _file(path)
    try:
        import uvicorn

        from cse_forms.previewing.app import preview_app
    except ImportError:
        refuse("A preview needs a web server, which is not installed; install it with: pip install 'cse_forms[web]'")
    from cse_forms.previewing.snapshot import Preview

    listening = socket.socket(socket.AF_INET)
    listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listening.bind((HOST, port))
        listening.listen()
    except OSError as error:
        refuse(f"Cannot listen on port {port}: {error.strerror}; name another one, or none")
    address = f"http://{HOST}:{listening.getsockname()[1]}/"
    click.echo(f"Preview of {file} at {address} - stop it with Ctrl-C")
    config = uvicorn.Config(preview_app(Preview(file)), log_level="warning", access_log=False, lifespan="off")
    server = uvicorn.Server(config)
    if opens:
        webbrowser.open(address)
    with suppress(KeyboardInterrupt):
        server.run(sockets=[listening])


def _file(path: Path) -> Path:
    from cse_forms.schema.catalogue import FORM_FILE

    file = path / FORM_FILE if path.is_dir() else path
    if not file.is_file():
        below = sorted(path.glob(f"**/{FORM_FILE}")) if path.is_dir() else []
        hint = f"; did you mean {below[-1].parent}?" if below else ""
        refuse(f"There is no {FORM_FILE} at {path}{hint}")
    return file.resolve()
