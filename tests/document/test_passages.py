"""Texts that say in which language each part of them is."""

from __future__ import annotations

import copy
import json
import pickle

from cse_forms.document.passages import Run, Said, in_language, runs_of, strung


def test_a_plain_text_is_one_run_in_the_document_s_language() -> None:
    assert runs_of("Name") == (Run("Name", None),)


def test_a_text_in_another_language_is_a_text_like_any_other() -> None:
    said = Said("Enw", "cy")
    assert said == "Enw"
    assert json.dumps({"name": said}) == '{"name": "Enw"}'
    assert (said.lang, said.runs) == ("cy", (Run("Enw", "cy"),))


def test_what_is_filled_in_keeps_its_own_language() -> None:
    inner = Said("{number} or more", "en-GB").format(number=3)
    said = Said("Rhif {name}: {value}", "cy").format(name="Age", value=inner)
    assert said == "Rhif Age: 3 or more"
    assert said.runs == (Run("Rhif ", "cy"), Run("Age: 3", None), Run(" or more", "en-GB"))
    assert said.lang is None


def test_signs_and_figures_are_of_no_language() -> None:
    assert Said("{first}, {rest}", "cy").format(first="one", rest="two").runs == (Run("one, two", None),)


def test_what_is_joined_keeps_its_languages() -> None:
    enw = Said("Enw", "cy")
    assert runs_of(strung("; ", ("Name", enw))) == (Run("Name; ", None), Run("Enw", "cy"))
    assert runs_of(enw + " / Name") == (Run("Enw", "cy"), Run(" / Name", None))
    assert runs_of("Name " + enw) == (Run("Name ", None), Run("Enw", "cy"))


def test_plain_texts_joined_are_a_plain_text() -> None:
    assert type(strung("; ", ("one", "two"))) is str


def test_small_letters_keep_their_language() -> None:
    assert Said("Enw", "cy").lower().runs == (Run("enw", "cy"),)


def test_a_copy_keeps_the_languages() -> None:
    said = Said("Enw: {name}", "cy").format(name="Sam")
    assert copy.deepcopy(said).runs == pickle.loads(pickle.dumps(said)).runs == said.runs


def test_words_in_the_document_s_own_language_need_no_mark() -> None:
    assert type(in_language("Name", "en-GB", "en")) is str
    assert runs_of(in_language("Name", "en-GB", "cy")) == (Run("Name", "en-GB"),)
