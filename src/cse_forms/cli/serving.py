"""`cse-forms serve`: the forms in a browser on this machine, to be filled in and taken away."""

from __future__ import annotations

from pathlib import Path

import click

from cse_forms.cli.arguments import catalogue_of, examples
from cse_forms.cli.listening import listening, need_web_server, run_until_stopped

_EVERYWHERE = {"0.0.0.0": "127.0.0.1", "::": "[::1]"}  # noqa: S104 - only where the person says so
"""What a browser on this machine calls a server that listens on all of its addresses."""

_OPEN = "note: whoever reaches this machine can use these pages, and what is sent to them is not encrypted"


@click.command(
    epilog=examples("  cse-forms serve\n  cse-forms --definitions my-definitions serve --port 8020 --no-open")
)
@click.option(
    "--host", default="127.0.0.1", metavar="HOST", help="What to listen on; this machine alone, if none is said."
)
@click.option("--port", type=click.IntRange(0, 65535), default=0, help="Where to listen; a free one, if none is said.")
@click.option("--open/--no-open", "opens", default=True, help="Whether to open the page in a browser.")
@click.option(
    "--language",
    metavar="CODE",
    help="The language of the pages, such as cy, until another one is chosen there; that of the browser, if none is "
    "said.",
)
@click.pass_obj
def serve(definitions: Path | None, host: str, port: int, opens: bool, language: str | None) -> None:
    """Fill in a form in a browser, see what comes of it, and take it away as a file.

    The page goes on with a file of answers, or with a filled Word or PDF form. Nothing is kept: neither by this
    command nor by the browser. Beside the pages stands the web service; /openapi.json describes it.

    The page is for this machine alone, unless another HOST is said. Stop it with Ctrl-C.
    """
    catalogue = catalogue_of(definitions)
    need_web_server("The pages need")
    from cse_forms.serving.application import serving_app
    from cse_forms.serving.guarding import is_loopback

    catalogue.entries()
    pages = serving_app(catalogue, host, language=language)
    with listening(host, port) as on:
        shown = _EVERYWHERE.get(host, f"[{host}]" if ":" in host else host)
        address = f"http://{shown}:{on.getsockname()[1]}/"
        if not is_loopback(host):
            click.echo(_OPEN, err=True)
        told = f"Forms at {address} - stop it with Ctrl-C"
        run_until_stopped(pages, on, address, told, opens=opens)
