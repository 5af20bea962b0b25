"""Texts that say in which language each part of them is."""

from __future__ import annotations

import copy
import json
import pickle

from hypothesis import given
from hypothesis import strategies as st

from cse_forms.passages import Run, Said, in_language, phrase_in, runs_of, strung


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


def test_a_part_of_a_text_keeps_its_languages() -> None:
    said = Said("Rhif ", "cy") + Said("three, or more", "en-GB")
    assert runs_of(said[:4]) == (Run("Rhif", "cy"),)
    assert runs_of(said[3:8]) == (Run("f ", "cy"), Run("thr", "en-GB"))
    assert runs_of(said[-4:]) == (Run("more", "en-GB"),)
    assert runs_of(said[20:]) == ()
    assert said[0] == "R"


def test_a_text_made_a_sentence_keeps_its_languages() -> None:
    said = Said("yr ateb yw ", "cy") + Said("Yes.", "en-GB")
    assert runs_of(said[:1].upper() + said[1:]) == (Run("Yr ateb yw ", "cy"), Run("Yes.", "en-GB"))
    assert runs_of(said.rstrip(".")) == (Run("yr ateb yw ", "cy"), Run("Yes", "en-GB"))
    assert runs_of(said.removesuffix("Yes.")) == (Run("yr ateb yw ", "cy"),)


def test_a_phrase_in_the_document_s_language_keeps_that_of_what_is_filled_in() -> None:
    phrase = phrase_in("Rhif: {value}", "cy", "cy")
    assert runs_of(phrase.format(value=Said("Yes", "en-GB"))) == (Run("Rhif: ", None), Run("Yes", "en-GB"))
    assert phrase_in("Rhif", "cy", "en-GB").lang == "cy"


@given(st.lists(st.tuples(st.text("ab .1", max_size=5), st.sampled_from(["cy", "en-GB", None])), max_size=5), st.data())
def test_a_text_is_cut_as_any_other(parts: list[tuple[str, str | None]], data: st.DataObject) -> None:
    said = Said.of(Run(text, lang) for text, lang in parts)
    start, stop = (data.draw(st.none() | st.integers(-30, 30)) for _ in range(2))
    cut = said[start:stop]
    assert cut == str(said)[start:stop]
    assert "".join(run.text for run in runs_of(cut)) == cut
