"""Faults planted in policies: scenarios that show all that can be shown notice them."""

from __future__ import annotations

import copy
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

import cse_forms
from cse_forms.checking import definition_files
from cse_forms.coverage.testing import covered_by, searched
from cse_forms.errors import DefinitionError
from cse_forms.forms import Form
from cse_forms.scenarios import run_scenario
from cse_forms.schema.loading import load_definition
from cse_forms.schema.scenarios import Scenario, load_scenarios
from tests.coverage import policies
from tests.forms import load

SHIPPED = definition_files(cse_forms.Catalogue.shipped().directory)
SWAPS = {
    "minimum": "exclusiveMinimum",
    "exclusiveMinimum": "minimum",
    "maximum": "exclusiveMaximum",
    "exclusiveMaximum": "maximum",
    "all": "any",
    "any": "all",
}
NUMBERS = {
    *("minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum", "atLeast", "atMost", "raise", "from", "to"),
    *("years", "months", "days", "weight", "answered", "decimals"),
}
LISTS = {"rules", "adjustments", "prompts", "checks", "all", "any", "bands"}
DROPPED = {"every", "notAbove", "when"}
OTHERS = {"yes": "not-known", "no": "yes", "not-known": "yes"}
LEAST = {"cse-toolbox": 45, "scotland-checklist": 3, "wales-strength-concern": 30, "wolverhampton-induction": 6}
"""How many faults are planted in each form at the least."""


def parts(value: Any, path: tuple[Any, ...]) -> Iterator[tuple[tuple[Any, ...], Any]]:
    """Yield all parts of a policy with their places; what it says of its sources is passed over."""
    members = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, member in members:
        if key not in {"provenance", "includes"}:
            yield (*path, key), member
            yield from parts(member, (*path, key))


def changes(key: Any, value: Any, above: Any, levels: list[str]) -> Iterator[tuple[str, Any]]:
    """Yield the faults that can be planted at a place: the word that then stands there, and what it says."""
    if key in SWAPS:
        yield SWAPS[key], value
    if key in NUMBERS and isinstance(value, int):
        yield from ((key, value + step) for step in (1, -1))
    if (isinstance(key, int) and above in LISTS) or key in DROPPED:
        yield "", None
    if key == "const" and isinstance(value, bool | str) and (isinstance(value, bool) or value in OTHERS):
        yield key, (not value) if isinstance(value, bool) else OTHERS[value]
    if key == "answered":
        yield key, not value
    if key == "level" and value in levels:
        yield from ((key, other) for other in levels if other != value)


def faulty(document: dict[str, Any]) -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield the document with one fault planted in its policy, for every fault."""
    words = document["x-form"]
    levels = [level["id"] for assessment in words["assessments"] for level in assessment["levels"]]
    for name in ("conditions", "measures", "assessments", "prompts", "checks"):
        for path, value in parts(words.get(name), (name,)):
            for word, planted in changes(path[-1], value, path[-2], levels):
                copied = copy.deepcopy(document)
                place = copied["x-form"]
                for key in path[:-1]:
                    place = place[key]
                del place[path[-1]]
                if word:
                    place[word] = planted
                yield f"{'/'.join(map(str, path))}: {word or 'dropped'} {planted}", copied


UNNOTICED = {
    # The score is a multiple of three, and one band or another always has it: these policies do the same as before.
    "bands": {
        "assessments/0/rules/0/bands/0/from: from -1",
        "assessments/0/rules/0/bands/1/from: from 5",
        "assessments/0/rules/0/bands/2/from: from 8",
        "assessments/0/otherwise/level: level medium",
        "assessments/0/otherwise/level: level high",
    },
    # Wherever nothing is rated, it is not known which level it is.
    "answers as levels": {
        "assessments/0/otherwise/level: level medium",
        "assessments/0/otherwise/level: level high",
    },
    # The lowest level is the one without a rule.
    "decimals": {"assessments/0/rules/1/level: level low"},
    # The count is seen just below two, though not where the check's other part holds as well.
    "counting": {"checks/0/when/all/1/atLeast: atLeast 1"},
}
"""The faults that no scenario need notice, by the policy in which they are planted."""


@pytest.mark.parametrize("path", SHIPPED, ids=lambda path: path.parent.parent.name)
def test_the_scenarios_of_a_shipped_form_notice_every_fault_that_is_planted_in_it(path: Path) -> None:
    scenarios = load_scenarios(path.with_name("scenarios.json").read_bytes(), "scenarios.json")
    document = json.loads(path.read_bytes())
    sound = Form(load_definition(json.dumps(document).encode(), "form.json"))
    usual = [sound.evaluate(one.answers, draft=one.draft).to_dict() | {"digest": ""} for one in scenarios]
    planted, unseen = 0, []
    for fault, changed in faulty(document):
        try:
            form = Form(load_definition(json.dumps(changed).encode(), "form.json"))
        except DefinitionError:
            continue
        planted += 1
        # Only where something comes out otherwise can a scenario notice it; to run them all takes much longer.
        otherwise = (
            one
            for one, before in zip(scenarios, usual, strict=True)
            if form.evaluate(one.answers, draft=one.draft).to_dict() | {"digest": ""} != before
        )
        if not any(difference for one in otherwise for difference in run_scenario(form, one)):
            unseen.append(fault)
    assert unseen == []
    assert planted >= LEAST[path.parent.parent.name]


@pytest.mark.parametrize("name", policies.POLICIES)
def test_scenarios_that_are_suggested_notice_the_faults_that_are_planted(name: str) -> None:
    document = policies.POLICIES[name]
    found = searched(covered_by(load(document), ()), time_limit=20)
    scenarios = [Scenario.model_validate(one.scenario) for one in found.suggestions]
    unseen = set()
    for fault, changed in faulty(document):
        try:
            form = Form(load_definition(json.dumps(changed).encode(), "form.json"))
        except DefinitionError:
            continue
        if not any(difference for one in scenarios for difference in run_scenario(form, one)):
            unseen.add(fault)
    assert unseen <= UNNOTICED.get(name, set())
