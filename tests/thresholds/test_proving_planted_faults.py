"""Faults planted in the shipped forms: a proof is refuted, a scenario differs, or the definition is refused."""

from __future__ import annotations

import copy
import json
from collections.abc import Iterator
from functools import cache
from typing import Any

import pytest

import cse_forms
from cse_forms.errors import DefinitionError
from cse_forms.forms import Form, shipped_catalogue
from cse_forms.scenarios import run_scenario
from cse_forms.schema.scenarios import Scenario, load_scenarios
from cse_forms.thresholds.proving.prove import claims_of, prove
from tests import forms
from tests.forms import Document

SWAPPED = {"yes": "no", "no": "yes"}


def policies(words: Document) -> Iterator[tuple[tuple[Any, ...], Any]]:
    """Yield every part of a form's policy, with the keys that lead to it."""
    for word in ("conditions", "measures", "assessments", "prompts", "checks"):
        yield from _parts(words.get(word) or {}, (word,))


def _parts(value: Any, keys: tuple[Any, ...]) -> Iterator[tuple[tuple[Any, ...], Any]]:
    yield keys, value
    members = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, member in members:
        if key not in {"levels", "provenance", "because", "text"}:
            yield from _parts(member, (*keys, key))


def faults(document: Document) -> Iterator[tuple[str, Document]]:
    """Yield a form with one fault each, and what was done to it."""
    for keys, part in policies(document["x-form"]):
        place = "/".join(map(str, keys))
        if isinstance(keys[-1], int) and keys[-2] in {"rules", "adjustments", "prompts", "checks"}:
            yield f"{place} dropped", _without(document, keys)
        if keys[-1] == "atLeast" and isinstance(part, int):
            yield f"{place} one more", _with(document, keys, part + 1)
            yield f"{place} at most", _renamed(document, keys, "atMost")
        if keys[-1] == "const" and isinstance(part, str) and part in SWAPPED:
            yield f"{place} {SWAPPED[part]}", _with(document, keys, SWAPPED[part])
        if keys[-1] in {"answered", "const"} and isinstance(part, bool):
            yield f"{place} {not part}", _with(document, keys, not part)
        if keys[-1] == "every":
            yield f"{place} any", _with(document, keys, False)
        if keys[-1] in {"all", "any"}:
            yield f"{place} swapped", _renamed(document, keys, "any" if keys[-1] == "all" else "all")
        if keys[-1] == "not":
            yield f"{place} undone", _with(document, keys[:-1], part)
        if keys[-1] == "raise":
            lowest = _at(document, keys[:2])["levels"][0]["id"]
            changed = {
                key: value for key, value in _at(document, keys[:-1]).items() if key not in {"raise", "notAbove"}
            }
            yield f"{place} at most", _with(document, keys[:-1], changed | {"atMost": lowest})
        if keys[-1] == "level" and keys[-3] == "rules":
            lowest = _at(document, keys[:2])["levels"][0]["id"]
            yield f"{place} shadowed", _with(document, keys, lowest)


def _at(document: Document, keys: tuple[Any, ...]) -> Any:
    node: Any = document["x-form"]
    for key in keys:
        node = node[key]
    return node


def _with(document: Document, keys: tuple[Any, ...], value: Any) -> Document:
    changed = copy.deepcopy(document)
    _at(changed, keys[:-1])[keys[-1]] = copy.deepcopy(value)
    return changed


def _without(document: Document, keys: tuple[Any, ...]) -> Document:
    changed = copy.deepcopy(document)
    del _at(changed, keys[:-1])[keys[-1]]
    return changed


def _renamed(document: Document, keys: tuple[Any, ...], word: str) -> Document:
    changed = copy.deepcopy(document)
    holder = _at(changed, keys[:-1])
    holder[word] = holder.pop(keys[-1])
    return changed


@cache
def scenarios(form: str) -> tuple[Scenario, ...]:
    """Return the scenarios of a shipped form."""
    shipped = cse_forms.get_form(form)
    path = shipped_catalogue().directory / form / shipped.version / "scenarios.json"
    return load_scenarios(path.read_bytes(), str(path))


def found_by(form: str, document: Document) -> str | None:
    """Return what finds a fault."""
    try:
        changed = Form(forms.load(document))
    except DefinitionError:
        return "check"
    if any(True for scenario in scenarios(form) for _ in run_scenario(changed, scenario)):
        return "test"
    results = prove(claims_of(changed.definition), 20)
    return "prove" if any(result.decision.verdict == "refuted" for result in results) else None


def planted() -> list[Any]:
    return [
        pytest.param(name, what, id=f"{name}: {what}")
        for name in shipped_catalogue().versions()
        for what, _ in faults(_document(name))
    ]


@cache
def _document(form: str) -> Document:
    document: Document = json.loads(json.dumps(dict(cse_forms.get_form(form).schema)))
    return document


@pytest.mark.parametrize(("form", "what"), planted())
def test_a_fault_planted_in_a_shipped_form_is_found(form: str, what: str) -> None:
    document = next(changed for planted, changed in faults(_document(form)) if planted == what)
    assert found_by(form, document) is not None


@pytest.mark.parametrize(
    ("what", "kind"),
    [
        ("assessments/0/rules/0 dropped", "level-reached"),
        ("assessments/0/rules/0/level shadowed", "rule-matters"),
        ("assessments/0/rules/2/level shadowed", "rule-matters"),
        ("assessments/0/adjustments/0/raise at most", "indicator-never-lowers"),
        ("prompts/2/when/any/1/all swapped", "prompt-shown"),
        ("checks/1/when/all/0/any swapped", "check-holds"),
    ],
)
def test_a_fault_is_found_by_proof_alone(what: str, kind: str) -> None:
    document = next(changed for planted, changed in faults(_document("cse-toolbox")) if planted == what)
    claims = [claim for claim in claims_of(forms.load(document)) if claim.kind == kind]
    assert "refuted" in {result.decision.verdict for result in prove(claims, 20)}
