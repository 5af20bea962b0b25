"""Every rule has a code, is documented, and is broken by some definition."""

from __future__ import annotations

import ast
from pathlib import Path
from typing import Any

from cse_forms.checking.rules import RULES
from cse_forms.errors import DefinitionError
from tests.forms import load
from tests.pages import ROOT
from tests.schema import test_checks, test_language_faults
from tests.schema.documents import planted
from tests.schema.sample import sample
from tests.test_structure import FILES, tree_of


def documented() -> dict[str, tuple[str, str, str]]:
    """Return what the page of the rules says of each code."""
    lines = (ROOT / "docs" / "check-rules.md").read_text("utf-8").splitlines()
    rows = [[cell.strip() for cell in line.strip("|").split(" | ")] for line in lines if line.startswith("| `")]
    return {row[0].strip("`"): (row[1], row[2], row[3]) for row in rows if len(row) == 5}


def test_the_page_of_the_rules_says_what_the_program_says() -> None:
    assert documented() == {code: (rule.severity, rule.meaning, rule.remedy) for code, rule in RULES.items()}


def codes_in(path: Path) -> set[str]:
    """Return the codes that stand in a module: the last texts of faults, and the second ones of what is awkward."""
    found: set[str] = set()
    for node in ast.walk(tree_of(path)):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
            named = {"Fault": node.args[2:3], "Awkward": node.args[1:2]}.get(node.func.id, [])
            named = [*named, *(word.value for word in node.keywords if word.arg == "code")]
            found |= {one.value for one in named if isinstance(one, ast.Constant) and isinstance(one.value, str)}
    return found


def test_every_code_that_stands_in_the_program_is_one_of_the_rules() -> None:
    written = set().union(*(codes_in(path) for path, names in FILES.items() if names[0] in {"schema", "checking"}))
    assert len(written) > 50
    assert written <= set(RULES)


def refused(document: Any) -> set[str]:
    try:
        load(document)
    except DefinitionError as error:
        return {problem.code for problem in error.problems}
    return set()


def broken_by_definitions() -> set[str]:
    """Return the codes of what the tests of the schema plant."""
    planted_ones = [planted(sample(), at, value) for at, value, _, _ in test_checks.FAULTS]
    written = [document for _, document, _, _ in test_language_faults.FAULTS]
    return set().union(*map(refused, [*planted_ones, *written]))


ELSEWHERE = {
    "not-json": "tests/cli/test_definitions.py",
    "not-an-object": "tests/cli/test_definitions.py",
    "missing-word": "tests/cli/test_definitions.py",
    "unknown-word": "tests/cli/test_definitions.py",
    "wrong-kind": "tests/schema/test_refusals.py",
    "too-deep": "tests/schema/test_loading.py",
    "too-many-faults": "tests/schema/test_loading.py",
    "inexact-number": "tests/schema/test_loading.py",
    "wrong-index": "tests/schema/test_index.py",
    "wrong-folder": "tests/cli/test_definitions.py",
    "not-recorded": "tests/cli/test_definitions.py",
    "changed-since": "tests/cli/test_definitions.py",
    "unreadable": "tests/checking/test_beside.py",
    "unknown-file": "tests/checking/test_beside.py",
    "rules-not-derived": "tests/cli/test_definitions.py",
    "scenario-fails": "tests/cli/test_definitions.py",
    "migration-not-checked": "tests/migrating",
    "step-undecided": "tests/migrating",
    "kinds-differ": "tests/migrating",
    "rows-differ": "tests/migrating",
    "step-twice": "tests/migrating",
    "written-twice": "tests/migrating",
    "wrong-version": "tests/migrating",
    "question-unaccounted": "tests/migrating",
    "option-unaccounted": "tests/migrating",
    "misplaced-translation": "tests/translating",
    "translation-of-nothing": "tests/translating",
    "not-built": "tests/variants",
    "wrong-base": "tests/variants",
    "wrong-operation": "tests/variants",
}
"""Where the faults are planted that are no matter of how the parts of one definition fit together."""


def test_every_rule_is_broken_by_something_that_a_test_plants() -> None:
    errors = {code for code, rule in RULES.items() if rule.severity == "error"}
    assert errors - broken_by_definitions() == set(ELSEWHERE) & errors
