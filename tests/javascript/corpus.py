"""The corpus of tests/cases, as the tests of this folder read it."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import Any

import cse_forms
from tests.pages import ROOT

CASES = ROOT / "tests" / "cases"
INVENTED = sorted(path for path in CASES.glob("*.json") if path.name != "cases.schema.json")
SHIPPED = sorted(path for path in (CASES / "forms").glob("*.json") if path.name != "forms.schema.json")


@cache
def read(path: Path) -> Any:
    return json.loads(path.read_text(encoding="utf-8"))


def definition(path: Path) -> Any:
    """Return the definition that a file of cases is about."""
    content = read(path)
    if path in INVENTED:
        return content["form"]
    return dict(cse_forms.get_form(content["form"], content["version"]).schema)
