"""What must hold of every comparison, as Hypothesis states it."""

from __future__ import annotations

import copy
from typing import Any

from hypothesis import HealthCheck, Phase, assume, given, settings
from hypothesis import strategies as st

from cse_forms.comparing import compare
from cse_forms.comparing.matching import match_items
from cse_forms.comparing.outcomes import Outcomes
from cse_forms.errors import DefinitionError
from cse_forms.forms import Form
from tests import forms
from tests.property.answers import answers
from tests.property.choosing import Words
from tests.property.definitions import definitions

TRIED = settings(
    max_examples=40,
    deadline=None,
    derandomize=True,
    phases=[Phase.explicit, Phase.generate],
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.filter_too_much],
)
REQUIRED = Words(required=True)


@st.composite
def changed(draw: st.DrawFn, document: Any) -> Any:
    """Return a definition with one change at any place."""
    made = copy.deepcopy(document)
    places = list(_places(made))
    holder, key = draw(st.sampled_from(places))
    value = holder[key]
    if isinstance(value, bool):
        holder[key] = not value
    elif isinstance(value, int | float):
        holder[key] = value + draw(st.sampled_from([-1, 1, 2]))
    elif isinstance(value, str):
        others = [found[at] for found, at in places if at == key and isinstance(found[at], str)]
        holder[key] = draw(st.sampled_from([*others, f"{value} again"]))
    elif isinstance(value, list) and value:
        if draw(st.booleans()):
            value.reverse()
        else:
            value.pop(draw(st.integers(0, len(value) - 1)))
    else:
        del holder[key]
    return made


def _places(value: Any) -> Any:
    """Yield everything that can be changed in a definition, as what holds it and the key."""
    members = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, member in members:
        if key not in {"$schema", "$id", "id", "version", "status", "additionalProperties", "sources", "allOf"}:
            yield value, key
            yield from _places(member)


@given(definitions(REQUIRED))
@TRIED
def test_a_version_compared_with_itself_has_not_changed(document: Any) -> None:
    form = forms.form(document)
    found = compare(form, form)
    assert found.kind == "none"
    assert found.changes == ()
    assert {one.how for one in match_items(form.definition, form.definition).items} <= {"same"}


@given(definitions(REQUIRED))
@TRIED
def test_nothing_is_told_of_the_same_definition_under_another_version(document: Any) -> None:
    other = copy.deepcopy(document)
    other["x-form"]["version"] = "2.0.0"
    other["$id"] = other["$id"].replace("1.0.0", "2.0.0")
    found = compare(forms.form(document), forms.form(other))
    assert (found.kind, found.changes) == ("none", ())


@given(st.data())
@TRIED
def test_what_is_called_minor_never_changes_whether_a_response_is_valid_or_what_it_comes_to(
    data: st.DataObject,
) -> None:
    document = data.draw(definitions(REQUIRED))
    old, new = forms.form(document), loaded(data.draw(changed(document)))
    found = compare(old, new, time_limit=2)
    if found.kind in {"none", "patch", "minor"}:
        for _ in range(5):
            check_alike(old, new, data.draw(answers(old, gaps=data.draw(st.sampled_from([2, 5])))))
    elif found.kind == "major":
        example = found.counter_example
        assert example is not None
        assert old.validate(example.answers, draft=example.draft).valid
        assert example.refused or example.differences


def check_alike(old: Form, new: Form, response: dict[str, Any]) -> None:
    for draft in (False, True):
        if old.validate(response, draft=draft).valid:
            assert new.validate(response, draft=draft).valid
            assert list(Outcomes(old, new).differences(response, draft=draft)) == []
            before, after = (form.evaluate(response, draft=draft) for form in (old, new))
            assert [one.possible for one in before.assessments.values()] == [
                one.possible for one in after.assessments.values()
            ]
            assert [one.id for one in before.evaluation.shown_prompts] == [
                one.id for one in after.evaluation.shown_prompts
            ]


@given(st.data())
@TRIED
def test_nothing_changed_in_one_direction_only(data: st.DataObject) -> None:
    document = data.draw(definitions(REQUIRED))
    old, new = forms.form(document), loaded(data.draw(changed(document)))
    there, back = compare(old, new, time_limit=0), compare(new, old, time_limit=0)
    assert (there.kind == "none") is (back.kind == "none")
    assert (there.kind == "patch") is (back.kind == "patch")
    assert (there.kind == "none") or there.changes != ()


def loaded(document: Any) -> Form:
    """Return the form, or pass over a change that left no sound definition."""
    try:
        return forms.form(document)
    except DefinitionError:
        assume(False)
        raise
