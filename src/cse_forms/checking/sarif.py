"""What a check found as SARIF 2.1.0, which code review services and editors read."""

from __future__ import annotations

from collections.abc import Iterable
from importlib import metadata
from pathlib import Path
from typing import Any
from urllib.parse import quote

from cse_forms.checking.checked import Notice
from cse_forms.checking.rules import rule_of

SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"
_ROOT = "%SRCROOT%"
"""How SARIF writes "the folder in which it was run"."""


def sarif(notices: Iterable[Notice], root: Path) -> dict[str, Any]:
    """Return what was found as a SARIF log with one run.

    Args:
        notices: what was found.
        root: the folder to which the files' names are relative; what stands outside of it is named in full.
    """
    found = list(notices)
    codes = sorted({notice.problem.code for notice in found})
    driver = {
        "name": "cse-forms",
        "version": metadata.version("cse_forms"),
        "rules": [_rule(code) for code in codes],
    }
    run = {
        "tool": {"driver": driver},
        "columnKind": "unicodeCodePoints",
        "results": [_result(notice, codes, root) for notice in found],
    }
    return {"$schema": SCHEMA, "version": "2.1.0", "runs": [run]}


def _rule(code: str) -> dict[str, Any]:
    rule = rule_of(code)
    return {
        "id": code,
        "shortDescription": {"text": rule.meaning},
        "help": {"text": rule.remedy, "markdown": rule.remedy},
        "defaultConfiguration": {"level": rule.severity},
    }


def _result(notice: Notice, codes: list[str], root: Path) -> dict[str, Any]:
    problem = notice.problem
    place: dict[str, Any] = {
        "physicalLocation": {
            "artifactLocation": _artifact(notice.path, root),
            "region": {"startLine": problem.line, "startColumn": problem.column},
        }
    }
    if problem.pointer:
        place["logicalLocations"] = [{"fullyQualifiedName": problem.pointer, "kind": "member"}]
    return {
        "ruleId": problem.code,
        "ruleIndex": codes.index(problem.code),
        "level": problem.severity,
        "message": {"text": _printable(problem.message)},
        "locations": [place],
    }


def _artifact(path: Path, root: Path) -> dict[str, str]:
    whole, top = path.resolve(), root.resolve()
    if whole.is_relative_to(top):
        return {"uri": quote(whole.relative_to(top).as_posix()), "uriBaseId": _ROOT}
    return {"uri": whole.as_uri()}


def _printable(message: str) -> str:
    # What a definition holds is quoted in messages, and half of a character is no text in JSON.
    return message.encode("utf-8", "backslashreplace").decode("utf-8")
