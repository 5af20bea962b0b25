"""`cse-forms schema`: the JSON Schema documents that describe the project's files, for editors and other programs."""

from __future__ import annotations

from importlib.resources import files
from pathlib import Path

import click

from cse_forms.cli.arguments import examples

SUFFIX = ".schema.json"


class _Names(click.ParamType[str]):
    """The name of a document. What there is, is looked up only when it is asked for."""

    name = "NAME"

    def convert(self, value: str, param: click.Parameter | None, ctx: click.Context | None) -> str:
        known = sorted(file.name.removesuffix(SUFFIX) for file in _folder() if file.name.endswith(SUFFIX))
        if value not in known:
            self.fail(f"there is no schema '{value}'; there are {', '.join(known)}", param, ctx)
        return value


def _folder() -> list[Path]:
    return [Path(str(file)) for file in files("cse_forms.schema").iterdir()]


@click.command(
    epilog=examples("  cse-forms schema definition -o definition.schema.json\n  cse-forms schema response | less")
)
@click.argument("name", type=_Names(), metavar="NAME")
@click.option("-o", "--output", type=click.Path(path_type=Path, dir_okay=False), help="The file to write.")
def schema(name: str, output: Path | None) -> None:
    """Print the JSON Schema document that describes a kind of file: a definition, its scenarios, a response.

    Editors complete and explain a file by it, and other programs check one. NAME is definition, scenarios, response,
    migration, variant or translation, or what the command prints as JSON: outcome, report or comparison.
    """
    from cse_forms.writing import write_file

    text = (files("cse_forms.schema") / f"{name}{SUFFIX}").read_text("utf-8")
    if output is None:
        click.echo(text, nl=False)
    else:
        write_file(output, text.encode("utf-8"))
        click.echo(f"Wrote {output}")
