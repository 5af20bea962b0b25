"""The description says what the service does: schemathesis holds one against the other, with every check it has."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import httpx

from cse_forms.web.problems import KINDS, type_of
from tests.commands import HANG_GUARD
from tests.web.host import PREFIX
from tests.web.running import ROOT, Running

EXAMPLES = 6
"""How many examples are made up for each operation, besides those at the bounds of what its description allows."""


def test_schemathesis_finds_nothing(server: Running, catalogues: Path, tmp_path: Path) -> None:
    command = [str(Path(sys.executable).with_name("schemathesis")), "run", f"{server.service}/openapi.json"]
    options = ["--checks", "all", "--generation-deterministic", "--max-examples", str(EXAMPLES), "--no-color"]
    done = subprocess.run(
        [*command, *options, "--request-timeout", str(HANG_GUARD)],
        cwd=tmp_path,
        env={
            **os.environ,
            "PYTHONPATH": str(ROOT),
            "SCHEMATHESIS_HOOKS": "tests.web.documents",
            "SERVED_CATALOGUE": str(catalogues / "ours"),
        },
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout
    assert "No issues found" in done.stdout
    assert "Selected: 13/13" in done.stdout


def test_every_reference_of_the_description_leads_to_a_shape_in_it(client: httpx.Client) -> None:
    description = client.get("/openapi.json").json()
    shapes = description["components"]["schemas"]
    references = set(_references(description))
    assert references
    assert references <= {f"#/components/schemas/{name}" for name in shapes}
    assert {"#/components/schemas/Outcome", "#/components/schemas/Report.finding"} <= references


def _references(node: object) -> list[str]:
    if isinstance(node, dict):
        own = [node["$ref"]] if isinstance(node.get("$ref"), str) else []
        return own + [found for member in node.values() for found in _references(member)]
    return [found for member in node for found in _references(member)] if isinstance(node, list) else []


def test_the_description_names_the_place_where_the_service_is_mounted_and_the_forms_that_it_has(
    client: httpx.Client,
) -> None:
    description = client.get("/openapi.json").json()
    assert description["servers"] == [{"url": PREFIX}]
    form, version = description["paths"]["/forms/{form}/{version}"]["get"]["parameters"]
    assert form["schema"]["enum"] == ["invented"]
    assert version["schema"]["enum"] == ["1.0.0", "1.1.0"]


def test_the_description_lists_every_kind_of_problem(client: httpx.Client) -> None:
    listed = client.get("/openapi.json").json()["components"]["schemas"]["Problem"]["properties"]["type"]["enum"]
    assert listed == [type_of(kind) for kind in KINDS]
