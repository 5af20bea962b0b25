"""Words that changed places: old answers would be read as what nobody meant, so that the change is a major one."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cse_forms.comparing import compare
from cse_forms.comparing.page import comparison_document
from cse_forms.renderers import get_renderer
from tests import forms
from tests.comparing.sample import Mutator, base, changed, item, option, put, risk, sign
from tests.forms import Document
from tests.schema.documents import VALIDATORS

OLD = forms.form(base())


def exchange(parts: list[Document], one: int = 0, other: int = 1) -> None:
    """Let two parts say what the other one said."""
    parts[one]["title"], parts[other]["title"] = parts[other]["title"], parts[one]["title"]


def exchange_in_a_ring(parts: list[Document]) -> None:
    """Let each of three parts say what the next one said."""
    exchange(parts)
    exchange(parts, 1, 2)


def rows(document: Document) -> list[Document]:
    """Return the rows of the matrix, each with a title of its own."""
    return list(item(document, "signs")["properties"].values())


EXCHANGED: dict[str, tuple[Mutator, str]] = {
    "two options": (
        lambda d: exchange(item(d, "more", "colour")["oneOf"]),
        "Words changed places in 3.5 Colour: what is recorded as 'red' read 'Red', and would read 'Green', as 'green'",
    ),
    "two options of a shape": (lambda d: exchange(sign(d)["oneOf"]), "in 2.1 Late - Seen: what is recorded as 'yes'"),
    "two of several options": (lambda d: exchange(item(d, "more", "drugs")["items"]["oneOf"]), "recorded as 'glue'"),
    "two rows": (lambda d: exchange(rows(d)), "in section 2 Signs: what is recorded as 'late' read 'Late'"),
    "two sections": (lambda d: exchange([item(d, "about"), item(d, "more")]), "in the form: what is recorded as"),
    "two levels": (lambda d: exchange(risk(d)["levels"], 0, 2), "in 'Risk': what is recorded as 'low' read 'Low'"),
    "three options in a ring": (
        lambda d: exchange_in_a_ring(sign(d)["oneOf"]),
        "what is recorded as 'not-known'",
    ),
}


@pytest.mark.parametrize("name", EXCHANGED)
def test_words_that_changed_places_are_a_major_change_and_are_told(name: str) -> None:
    change, told = EXCHANGED[name]
    found = compare(OLD, forms.form(changed(change)))
    assert found.kind == "major"
    reasons = [reason.text for reason in found.reasons if reason.about == "words"]
    assert len(reasons) == (3 if "three" in name else 2)
    assert told in " ".join(reasons)
    VALIDATORS["comparison"].validate(found.to_dict())
    page = get_renderer("html").render(comparison_document(found))
    assert isinstance(page, str)
    assert "Put the words back, or give what means something else a new key." in page


def test_a_title_that_another_option_gave_up_with_its_place_is_not_told_as_exchanged() -> None:
    old = changed(lambda d: item(d, "more", "colour")["oneOf"].append(option("blue")))

    def change(document: Document) -> None:
        options = item(document, "more", "colour")["oneOf"]
        put(options[0], title="Blue")
        del options[2]

    found = compare(forms.form(old), forms.form(changed(change, old)))
    assert [reason.about for reason in found.reasons] == ["acceptance", "outcome"]


@pytest.mark.parametrize("title", ["Scarlet", "Crimson"])
def test_who_changes_words_alone_is_told_to_see_if_they_still_mean_the_same(title: str) -> None:
    found = compare(OLD, forms.form(changed(lambda d: put(item(d, "more", "colour")["oneOf"][0], title=title))))
    assert found.kind == "patch"
    assert "Whether the new words mean the same cannot be told by comparing." in " ".join(found.sentences)
    unread = compare(OLD, forms.form(changed(lambda d: put(risk(d)["rules"][0], because="Two signs are grave."))))
    assert "cannot be told by comparing" not in " ".join(unread.sentences)


@settings(max_examples=30)
@given(st.permutations(["Alcohol", "Glue", "Other"]))
def test_of_options_in_another_order_of_words_exactly_those_that_stay_are_a_patch_or_nothing(titles: list[str]) -> None:
    def change(document: Document) -> None:
        for one, title in zip(item(document, "more", "drugs")["items"]["oneOf"], titles, strict=True):
            one["title"] = title

    found = compare(OLD, forms.form(changed(change)))
    assert found.kind == ("none" if titles == ["Alcohol", "Glue", "Other"] else "major")


def test_into_which_languages_a_form_must_be_translated_is_told() -> None:
    found = compare(OLD, forms.form(changed(lambda d: put(d["x-form"], languages=["cy", "pl"]))))
    assert found.kind == "patch"
    assert [change.what for change in found.changes] == ["languages-changed"]
    assert found.changes[0].sentences == (
        "Into which languages the form must be translated before it is published: cy, pl; before: none.",
    )


@pytest.mark.parametrize("pattern", ["^[a-z]+$", "^[A-Z]{3}$", "^[0-9]+$", "^.{3,}$"])
def test_a_pattern_that_is_new_refuses_an_example(pattern: str) -> None:
    found = compare(OLD, forms.form(changed(lambda d: put(item(d, "more", "remarks"), pattern=pattern))))
    assert found.kind == "major"
    assert found.counter_example is not None
    assert list(found.counter_example.answers["more"]) == ["remarks"]
