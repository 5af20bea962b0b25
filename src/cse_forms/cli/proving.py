"""`cse-forms prove`: what holds of a form for all possible answers, and what does not, with an example."""

from __future__ import annotations

import json
import re
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from cse_forms.cli.arguments import (
    FINE,
    FOUND,
    catalogue_of,
    count_of,
    examples,
    form_of,
    print_json,
    refuse,
)
from cse_forms.cli.printing import printable
from cse_forms.writing import write_file

if TYPE_CHECKING:
    from cse_forms.schema.definition import Definition
    from cse_forms.thresholds.proving.claims import Claim, Example
    from cse_forms.thresholds.proving.prove import Result


@click.command(
    "prove",
    epilog=examples(
        "  cse-forms prove cse-toolbox\n"
        "  cse-forms prove cse-toolbox@1.0.0 -o examples\n"
        "  cse-forms prove cse-toolbox --time-limit 120 --json"
    ),
)
@click.argument("form")
@click.option(
    "--time-limit",
    metavar="SECONDS",
    type=click.FloatRange(min=0),
    default=60.0,
    show_default=True,
    help="For all claims together; what is not decided by then is said to be so.",
)
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
@click.option(
    "-o",
    "--output",
    metavar="DIR",
    type=click.Path(path_type=Path, file_okay=False),
    help="The folder for examples, each a response's file. If none is named, those that refute a claim are printed.",
)
@click.pass_obj
def prove(definitions: Path | None, form: str, time_limit: float, as_json: bool, output: Path | None) -> None:
    """Prove what a form's rules promise, for all possible answers, or refute it with an example.

    That every level can be reached; that no rule, band, adjustment, prompt or check is dead; that each response has one
    level; that an indicator answered Yes never lowers it; that what is learned later never leads outside the levels
    shown; that a question that is not asked never decides; and whether each bound shown is reached at all.

    FORM is a form's id, or ID@VERSION. `cse-forms evaluate` reproduces every example.

    Exit status: 0 all is proved, 1 something is refuted or not decided, 2 wrong usage or a broken definition.
    """
    from cse_forms.thresholds.proving import NOT_INSTALLED, is_installed

    definition = form_of(definitions, form).definition
    if not is_installed():
        refuse(NOT_INSTALLED)
    from cse_forms.thresholds.proving.prove import claims_of

    claims = claims_of(definition, _scenarios(definitions, definition))
    results = list(_with_progress(claims, time_limit))
    written = _write_examples(definition, results, output) if output is not None else {}
    if as_json:
        print_json(_as_json(definition, results))
    else:
        for line in _lines(definition, results, written, is_printed=output is None):
            click.echo(printable(line))
    sys.exit(FINE if all(result.holds for result in results) else FOUND)


def _scenarios(definitions: Path | None, definition: Definition) -> list[dict[str, Any]]:
    """Return the answers of the scenarios beside a form: each may show what can come out."""
    from cse_forms.coverage.testing import scenarios_beside

    folder = catalogue_of(definitions).directory / definition.id / definition.version
    return [scenario.answers for scenario in scenarios_beside(folder / "form.json") or () if not scenario.draft]


def _with_progress(claims: list[Claim], time_limit: float) -> Iterator[Result]:
    """Yield what comes of each claim, with a bar where somebody is looking."""
    from cse_forms.thresholds.proving.prove import prove as prove_all

    results = prove_all(claims, time_limit)
    if not sys.stderr.isatty():
        yield from results
        return
    with click.progressbar(results, length=len(claims), label="Proving", file=sys.stderr) as bar:
        yield from bar


def _as_json(definition: Definition, results: list[Result]) -> dict[str, object]:
    from cse_forms.thresholds.proving.answers import rows_needed

    return {
        "form": definition.id,
        "version": definition.version,
        "digest": definition.digest,
        "rows": rows_needed(definition),
        "proved": all(result.holds for result in results),
        "claims": [result.to_dict(definition) for result in results],
    }


def _lines(
    definition: Definition, results: list[Result], written: dict[str, list[Path]], *, is_printed: bool
) -> Iterator[str]:
    from cse_forms.thresholds.proving.answers import rows_needed

    for result in results:
        decision = result.decision
        yield f"{decision.verdict:<12} {result.claim.statement}"
        if decision.note is not None:
            yield f"{'':<12}   {decision.note}"
        if is_printed and decision.verdict not in {"proved", "exact"}:
            for example in decision.examples:
                yield f"{'':<12}   {_said(example)}: {json.dumps(example.response(definition), ensure_ascii=False)}"
        for path in written.get(_name(result), ()):
            yield f"{'':<12}   {path}"
    counts = Counter(result.decision.verdict for result in results)
    said = ", ".join(f"{count} {verdict}" for verdict, count in counts.items())
    rows = rows_needed(definition)
    bound = f"; tables with up to {count_of(rows, 'row')}" if rows else ""
    claims = count_of(len(results), "claim")
    yield f"{definition.id} {definition.version}: {claims}: {said or 'nothing to prove'}{bound}"


def _said(example: Example) -> str:
    kind = "draft" if example.draft else "response"
    return f"{kind} {example.part}".rstrip()


def _name(result: Result) -> str:
    words = re.sub(r"[^a-z0-9]+", "-", f"{result.claim.kind}-{result.claim.about}".lower())
    return words.strip("-")


def _write_examples(definition: Definition, results: list[Result], folder: Path) -> dict[str, list[Path]]:
    """Write every example to a file of its own, and return the files by the names of the claims."""
    written: dict[str, list[Path]] = {}
    for result in results:
        for example in result.decision.examples:
            name = _name(result)
            path = folder / f"{name}{f'-{example.part}' if example.part else ''}.json"
            text = json.dumps(example.response(definition), indent=2, ensure_ascii=False) + "\n"
            write_file(path, text.encode("utf-8"))
            written.setdefault(name, []).append(path)
    return written
