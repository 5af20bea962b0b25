"""What translators give back, taken in: nothing is lost, and what does not fit is told."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cse_forms.errors import InputError
from cse_forms.schema.definition import Definition
from cse_forms.schema.translation import State, TranslationFile, progress
from cse_forms.translating.jobs import Job, job_of
from cse_forms.translating.merging import merged
from tests.forms import load
from tests.property.definitions import definitions
from tests.translating.made import translation, visits

AGE = "/properties/age/title"


def reworded() -> Definition:
    """Return the small form after its first question was worded anew, and its last one taken out."""
    document = visits()
    document["properties"]["age"]["title"] = "How old?"
    document["x-form"]["assessments"][0]["judgement"]["reason"] = "/signs/late/what"
    del document["properties"]["reason"]
    return load(document)


def given_back(job: Job, **texts: str) -> Job:
    """Return a job in which some strings are translated otherwise, by the last question's name."""
    told = {f"/properties/{name}/title": text for name, text in texts.items()}
    return replace(
        job,
        units=tuple(
            replace(unit, text=told[unit.pointer], state=State.DRAFT) if unit.pointer in told else unit
            for unit in job.units
        ),
    )


def test_what_is_given_back_into_an_empty_translation_is_all_of_it() -> None:
    form = load(visits())
    made = translation(form, language="cy", status="reviewed")
    done = merged(form, None, job_of(form, made, "cy"))
    assert done.translation == made
    assert len(done.added) == len(made.strings)
    assert done.is_clean


def test_what_is_given_back_as_it_was_changes_nothing() -> None:
    form = load(visits())
    made = translation(form, language="cy", leaves_out=lambda number: number % 4 == 0)
    done = merged(form, made, job_of(form, made, "cy"))
    assert done.translation == made
    assert (done.added, done.changed, done.is_clean) == ((), (), True)


def test_a_string_that_is_left_empty_keeps_the_translation_that_it_has() -> None:
    form = load(visits())
    made = translation(form, language="cy")
    done = merged(form, made, job_of(form, None, "cy"))
    assert done.translation == made


def test_another_translation_takes_the_place_of_the_one_before_and_is_told() -> None:
    form = load(visits())
    made = translation(form, language="cy")
    done = merged(form, made, given_back(job_of(form, made, "cy"), age="Oed"))
    assert done.translation.strings[AGE].text == "Oed"
    assert done.changed == (AGE,)


@pytest.mark.parametrize(("text", "status"), [("Oed", "draft"), ("Oed", "reviewed"), (None, "draft")])
def test_who_gives_back_another_translation_of_what_was_reviewed_is_told(text: str | None, status: str) -> None:
    form = load(visits())
    made = translation(form, language="cy", status="reviewed")
    job = job_of(form, made, "cy")
    units = [
        replace(unit, text=text or unit.text, state=State(status)) if unit.pointer == AGE else unit
        for unit in job.units
    ]
    done = merged(form, made, replace(job, units=tuple(units)))
    assert (done.changed, done.replaced) == ((AGE,), (AGE,))
    assert done.is_clean
    draft = translation(form, language="cy")
    assert merged(form, draft, given_back(job_of(form, draft, "cy"), age="Oed")).replaced == ()


def test_what_translates_an_earlier_wording_is_kept_and_told_as_stale() -> None:
    job = job_of(load(visits()), translation(load(visits()), language="cy"), "cy")
    done = merged(reworded(), None, job)
    assert done.stale == (AGE,)
    assert progress(reworded().schema, done.translation).count(State.STALE) == 1


def test_what_the_form_has_no_longer_is_kept_and_told() -> None:
    job = job_of(load(visits()), translation(load(visits()), language="cy"), "cy")
    done = merged(reworded(), None, job)
    assert done.unknown == ("/properties/reason/title",)
    assert "/properties/reason/title" in done.translation.strings


def test_what_translates_an_earlier_wording_takes_nobody_s_place() -> None:
    old = job_of(load(visits()), translation(load(visits()), language="cy"), "cy")
    now = translation(reworded(), language="cy")
    done = merged(reworded(), now, old)
    assert done.passed_over == (AGE,)
    assert done.translation.strings[AGE] == now.strings[AGE]


def test_a_stale_string_that_comes_back_as_it_was_is_still_stale() -> None:
    made = translation(load(visits()), language="cy")
    job = job_of(reworded(), made, "cy")
    assert next(unit.state for unit in job.units if unit.pointer == AGE) is State.STALE
    done = merged(reworded(), made, job)
    assert done.translation.strings[AGE] == made.strings[AGE]
    assert done.stale == (AGE,)


def test_a_stale_string_that_was_translated_again_is_a_draft_whatever_its_mark() -> None:
    made = translation(load(visits()), language="cy")
    job = job_of(reworded(), made, "cy")
    units = tuple(replace(unit, text="Pa oed?") if unit.pointer == AGE else unit for unit in job.units)
    done = merged(reworded(), made, replace(job, units=units))
    (standing,) = (one for one in progress(reworded().schema, done.translation).standings if one.wording.pointer == AGE)
    assert standing.state is State.DRAFT


@pytest.mark.parametrize(
    ("change", "told"),
    [({"form": "other"}, "translates other, and the form is invented"), ({"language": "en-IE"}, "own language")],
)
def test_what_is_of_another_form_or_into_its_own_language_is_refused(change: dict[str, Any], told: str) -> None:
    form = load(visits())
    with pytest.raises(InputError, match=told):
        merged(form, None, replace(job_of(form, None, "cy"), **change))


@settings(max_examples=25, deadline=None)
@given(document=definitions(), keeps=st.sets(st.integers(0, 30)), data=st.data())
def test_no_import_ever_loses_a_translation(document: Any, keeps: set[int], data: st.DataObject) -> None:
    form = load(document)
    made = translation(form, language="cy", leaves_out=lambda number: number in keeps)
    other = translation(form, language="cy", change=lambda text: f"({text})")
    job = job_of(form, other, "cy")
    taken = data.draw(st.sets(st.sampled_from([unit.pointer for unit in job.units])))
    back = replace(job, units=tuple(unit for unit in job.units if unit.pointer in taken))
    done = merged(form, made, back)
    assert set(done.translation.strings) == set(made.strings) | taken
    assert isinstance(done.translation, TranslationFile)
    assert merged(form, done.translation, back).translation == done.translation
