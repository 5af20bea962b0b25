"""`cse-forms preview`: a definition in a browser, while it is being written."""

from __future__ import annotations

from pathlib import Path

import click

from cse_forms.cli.arguments import examples, refuse
from cse_forms.cli.listening import listening, need_web_server, run_until_stopped

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
    need_web_server("A preview needs")
    from cse_forms.previewing.app import preview_app
    from cse_forms.previewing.snapshot import Preview

    with listening(HOST, port) as on:
        address = f"http://{HOST}:{on.getsockname()[1]}/"
        told = f"Preview of {file} at {address} - stop it with Ctrl-C"
        run_until_stopped(preview_app(Preview(file)), on, address, told, opens=opens)


def _file(path: Path) -> Path:
    from cse_forms.schema.catalogue import FORM_FILE

    file = path / FORM_FILE if path.is_dir() else path
    if not file.is_file():
        below = sorted(path.glob(f"**/{FORM_FILE}")) if path.is_dir() else []
        hint = f"; did you mean {below[-1].parent}?" if below else ""
        refuse(f"There is no {FORM_FILE} at {path}{hint}")
    return file.resolve()
