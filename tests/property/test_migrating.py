"""What holds of every migration: nothing is lost silently, ways back lead back, and ways join."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from cse_forms.forms import Form
from cse_forms.migrating import migrate, migrate_to
from cse_forms.migrating.answered import take_apart
from cse_forms.migrating.carrying import Hop, carry
from cse_forms.migrating.checks import find_faults
from cse_forms.migrating.drafting import draft_migration, to_document
from cse_forms.migrating.inverse import inverse
from cse_forms.schema.items import Question, walk
from cse_forms.schema.migration import Migration, MigrationStep
from tests import forms
from tests.migrating.versions import catalogue, numbered, response
from tests.property.answers import answers, damaged
from tests.property.choosing import Node
from tests.property.definitions import definitions

NAMES = ("a", "b", "c", "d", "e", "r", "s", "x", "y", "n1", "n2", "first", "second", "matrix", "table")


@st.composite
def questions(draw: st.DrawFn) -> Node:
    """Return a definition that asks, and decides nothing: what a question is called can then be changed."""
    made = draw(definitions())
    return forms.definition(_plain(made["properties"]), defs=_plain(made["$defs"]))


def _plain(items: Any) -> Any:
    if isinstance(items, list):
        return [_plain(one) for one in items]
    if not isinstance(items, dict):
        return items
    return {word: _plain(said) for word, said in items.items() if word not in {"showWhen", "allOf", "if", "then"}} | (
        {"required": []} if "properties" in items and isinstance(items.get("type"), str) else {}
    )


@st.composite
def renamed(draw: st.DrawFn, document: Node, version: str) -> tuple[Node, Migration]:
    """Return another version in which questions, sections and options are called otherwise, and the migration to it."""
    made = numbered(json.loads(json.dumps(document)), version)
    made = _renamed(made, lambda keys: draw(st.permutations(NAMES))[: len(keys)], draw)
    old, new = forms.load(document), forms.load(made)
    steps = []
    for one, other in zip(walk(old.root), walk(new.root), strict=True):
        if one.keys != other.keys and one.keys[-1] != "*":
            steps.append(MigrationStep(move=one.pointer, to=other.pointer))
        if isinstance(one, Question) and isinstance(other, Question) and one.options:
            map_ = {
                str(a.value): b.value for a, b in zip(one.options, other.options, strict=True) if a.value != b.value
            }
            if map_:
                steps.append(MigrationStep(options=one.pointer, map=map_))
    words = document["x-form"]
    return made, Migration(form=words["id"], from_=words["version"], to=version, steps=tuple(steps))


def _renamed(item: Any, names: Callable[[list[str]], list[str]], draw: st.DrawFn) -> Any:
    made = dict(item)
    if "properties" in made:
        keys = list(made["properties"])
        others = names(keys) if draw(st.booleans()) else keys
        made["properties"] = {
            other: _renamed(child, names, draw)
            for other, child in zip(others, made["properties"].values(), strict=True)
        }
    if "$defs" in made:
        made["$defs"] = {key: _renamed(shape, names, draw) for key, shape in made["$defs"].items()}
    if isinstance(made.get("items"), dict):
        made["items"] = _renamed(made["items"], names, draw)
    if "oneOf" in made and "default" not in made and draw(st.booleans()):
        made["oneOf"] = [{**one, "const": f"{one['const']}-2"} for one in made["oneOf"]]
    return made


@given(questions(), st.data())
@settings(max_examples=40)
def test_what_nothing_changed_is_carried_whole_be_it_right_or_wrong(document: Node, data: st.DataObject) -> None:
    old, new = forms.form(document), forms.form(numbered(document, "1.0.1"))
    given_answers = data.draw(answers(old).flatmap(damaged) | answers(old))
    if not isinstance(given_answers, dict):
        return
    done = migrate(response(given_answers), old, new, Migration(form=old.id, from_="1.0.0", to="1.0.1"))
    assert done.response.answers == given_answers
    assert (done.report.changed, done.report.lost) == ((), ())
    told = [one.old for one in done.report.carried]
    assert sorted(told) == sorted((leaf.pointer,) for leaf in take_apart(old.definition.root, given_answers).leaves)


@given(questions(), st.data())
@settings(max_examples=60)
def test_the_way_back_leads_back_to_the_letter(document: Node, data: st.DataObject) -> None:
    made, migration = data.draw(renamed(document, "2.0.0"))
    old, new = forms.form(document), forms.form(made)
    assert find_faults(migration, old.definition, new.definition) == []
    given_answers = data.draw(answers(old))
    there = migrate(response(given_answers), old, new, migration).response
    back = inverse(migration, old.definition, new.definition)
    assert back.reasons == ()
    assert back.migration is not None
    assert find_faults(back.migration, new.definition, old.definition) == []
    assert migrate(there, new, old, back.migration).response.answers == given_answers


@given(questions(), st.data())
@settings(max_examples=20)
def test_ways_over_three_versions_join_and_lead_back(document: Node, data: st.DataObject) -> None:
    second, to_second = data.draw(renamed(document, "2.0.0"))
    third, to_third = data.draw(renamed(second, "3.0.0"))
    given_answers = data.draw(answers(forms.form(document)))
    with TemporaryDirectory() as folder:
        told = {"2.0.0": to_document(to_second), "3.0.0": to_document(to_third)}
        known = catalogue(Path(folder), document, second, third, migrations=told)
        at_once = migrate_to(response(given_answers), known, "3.0.0")
        half = migrate_to(response(given_answers), known, "2.0.0").response
        whole = migrate_to(half, known, "3.0.0")
        assert at_once.response.answers == whole.response.answers
        assert at_once.report.levels == whole.report.levels
        assert at_once.report.lost == whole.report.lost == ()
        assert migrate_to(whole.response, known, "1.0.0").response.answers == given_answers


def account(old: Form, given_answers: dict[str, Any], hop: Hop) -> None:
    """Hold that every answer is somewhere."""
    leaves = {leaf.pointer for leaf in take_apart(old.definition.root, given_answers).leaves}
    there = {leaf.pointer for placed in hop.placed for leaf in placed.sources}
    lost = {leaf.pointer for loss in hop.losses for leaf in loss.leaves}
    assert leaves <= there | lost


@given(questions(), questions(), st.data())
@settings(max_examples=60)
def test_nothing_is_lost_silently_between_forms_that_have_little_in_common(
    one: Node, other: Node, data: st.DataObject
) -> None:
    old, new = forms.form(one), forms.form(numbered(other, "2.0.0"))
    given_answers = data.draw(answers(old).flatmap(damaged) | answers(old))
    if not isinstance(given_answers, dict):
        return
    migration = draft_migration(old, new)
    for tried in (migration, Migration(form=old.id, from_="1.0.0", to="2.0.0")):
        draft = data.draw(st.booleans())
        hop = carry(given_answers, old, new, tried, draft=draft)
        account(old, given_answers, hop)
        if old.validate(given_answers, draft=True).valid:
            assert new.validate(hop.answers, draft=True).valid


@given(questions(), questions())
@settings(max_examples=60)
def test_a_draft_fits_the_two_versions_and_leaves_nothing_but_what_is_to_be_decided(one: Node, other: Node) -> None:
    old, new = forms.form(one), forms.form(numbered(other, "2.0.0"))
    faults = find_faults(draft_migration(old, new), old.definition, new.definition)
    assert {fault.code for fault in faults} <= {"step-undecided"}, faults


@given(questions())
@settings(max_examples=20)
def test_a_draft_of_versions_that_ask_the_same_has_no_steps(document: Node) -> None:
    draft = draft_migration(forms.form(document), forms.form(numbered(document, "2.0.0")))
    assert to_document(draft) == {"form": "invented", "from": "1.0.0", "to": "2.0.0", "steps": []}
