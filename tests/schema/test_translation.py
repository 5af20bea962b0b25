"""Translations of a form's wording: how far they are, what is shown, and what is wrong with their files."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from cse_forms.checking import check_file
from cse_forms.errors import DefinitionError
from cse_forms.forms import Catalogue
from cse_forms.passages import runs_of
from cse_forms.schema.items import Question
from cse_forms.schema.translation import (
    State,
    TranslatedString,
    digest_of_text,
    find_translation,
    load_translation,
    missing_for_publishing,
    progress,
    to_bytes,
    translated,
)
from tests.cli.folders import write_form
from tests.forms import load
from tests.forms import to_bytes as bytes_of
from tests.translating.made import accented, translation, visits, write_translation


def reworded(**strings: str) -> dict[str, Any]:
    """Return the small definition with another wording of some questions' titles."""
    document = visits()
    for key, title in strings.items():
        document["properties"][key]["title"] = title
    return document


def test_what_is_missing_and_what_is_stale_follows_from_the_wording() -> None:
    form = load(visits())
    made = translation(form, status="reviewed", leaves_out=lambda number: number == 0)
    found = progress(reworded(age="How old?"), made)
    assert [one.wording.pointer for one in found.standings if one.state is State.MISSING] == ["/title"]
    assert [one.wording.text for one in found.standings if one.state is State.STALE] == ["How old?"]
    assert found.count(State.REVIEWED) == len(found.standings) - 2
    assert not found.orphans


def test_without_a_translation_everything_is_missing() -> None:
    found = progress(visits(), None)
    assert found.count(State.MISSING) == len(found.standings) > 40


def test_a_translation_of_what_the_form_has_no_longer_is_told_apart() -> None:
    made = translation(load(visits()))
    document = visits()
    del document["properties"]["reason"]
    assert list(progress(document, made).orphans) == ["/properties/reason/title"]


def test_a_translated_form_is_plain_in_its_language_and_marked_where_it_is_not_translated() -> None:
    form = load(visits())
    spoken = translated(form, translation(form, leaves_out=lambda number: number % 7 == 0))
    assert spoken.words.language == "qps-ploc"
    assert spoken.translation is not None
    assert spoken.translation.language == "en-GB"
    texts = [text for item in spoken.walk() for text in (item.title, item.description) if text]
    texts += [option.title for item in spoken.walk() if isinstance(item, Question) for option in item.options]
    langs = {run.lang for text in texts for run in runs_of(text)}
    assert langs == {None, "en-GB"}
    assert all(runs_of(text)[0].lang == "en-GB" or text.startswith("«") for text in texts)


def test_a_stale_translation_is_not_shown() -> None:
    made = translation(load(visits()))
    spoken = translated(load(reworded(age="How old?")), made)
    assert runs_of(spoken.questions["/age"].title) == (("How old?", "en-GB"),)
    assert spoken.questions["/reason"].title == accented("Reason")


def test_a_translated_form_is_the_same_form_by_its_id_its_digest_and_its_conditions() -> None:
    form = load(visits())
    spoken = translated(form, translation(form))
    assert (spoken.id, spoken.version, spoken.digest, spoken.schema) == (
        form.id,
        form.version,
        form.digest,
        form.schema,
    )
    assert spoken.words.assessments[0].rules[0].when == form.words.assessments[0].rules[0].when
    assert list(spoken.questions) == list(form.questions)


def test_what_is_said_of_sources_stays_in_the_form_s_language_and_says_so() -> None:
    form = load(visits())
    spoken = translated(form, translation(form))
    assert runs_of(spoken.words.sources[0].title)[0].lang == "en-GB"
    derived = spoken.words.assessments[0].provenance.derived
    assert derived is not None
    assert runs_of(derived)[0].lang == "en-GB"


def test_a_file_that_was_written_is_read_again_with_all_that_it_says() -> None:
    made = translation(load(visits()))
    strings = dict(made.strings)
    strings["/title"] = TranslatedString(
        text=' =1+1 <b>\t"x"\u2028 {y} ', source=digest_of_text("x"), status="reviewed", note="Look."
    )
    made = made.model_copy(update={"strings": strings})
    assert load_translation(to_bytes(made), "cy.json") == made


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ({"language": "Welsh"}, "a language, such as en-GB or cy"),
        ({"strings": {"title": {}}}, "a JSON Pointer"),
        ({"strings": {"/title": {"text": "", "source": f"sha256:{'0' * 64}"}}}, "this must not be empty"),
        ({"strings": {"/title": {"text": "x", "source": "sha256:0"}}}, "sha256: and 64"),
        ({"strings": {"/title": {"text": "x", "source": f"sha256:{'0' * 64}", "status": "stale"}}}, "'draft'"),
    ],
)
def test_what_is_wrong_in_a_file_is_told_with_its_place(change: dict[str, Any], told: str) -> None:
    document = {"form": "invented", "version": "1.0.0", "language": "cy", "strings": {}} | change
    with pytest.raises(DefinitionError) as caught:
        load_translation(json.dumps(document, indent=2).encode(), "cy.json")
    assert told in str(caught.value)
    assert all(problem.line > 1 for problem in caught.value.problems)


# --- beside a form ------------------------------------------------------------------------------------------------


def test_a_catalogue_finds_the_translation_only_when_it_is_asked_for_the_language(tmp_path: Path) -> None:
    path = write_form(tmp_path, visits())
    broken = path.with_name("cy.json")
    broken.write_text("{", encoding="utf-8")
    form = Catalogue.from_directory(tmp_path).get_form("invented")
    assert form.title == "An invented form"
    with pytest.raises(DefinitionError, match=r"cy\.json"):
        form.document(language="cy")
    write_translation(path.parent, translation(load(visits()), language="cy"))
    assert form.in_language("cy").title == accented("An invented form")
    assert form.in_language("cy-GB").title == accented("An invented form")
    assert form.in_language("en") is form.in_language(None) is form.in_language("fr") is form


def test_a_translation_is_of_one_form_version_and_language(tmp_path: Path) -> None:
    folder = write_form(tmp_path, visits()).parent
    made = translation(load(visits()), language="cy").model_copy(update={"version": "0.9.0"})
    (folder / "ga.json").write_bytes(to_bytes(made))
    with pytest.raises(DefinitionError) as caught:
        find_translation(load(visits()), folder, "ga")
    assert [problem.pointer for problem in caught.value.problems] == ["/version", "/language"]


def test_a_language_that_a_form_must_have_keeps_it_from_being_published_until_it_is_complete(tmp_path: Path) -> None:
    document = visits(languages=["cy"])
    form, folder = load(document), write_form(tmp_path, document).parent
    (reason,) = missing_for_publishing(form, folder)
    assert "'cy'" in reason
    assert "are not translated" in reason
    write_translation(folder, translation(form, language="cy"))
    (reason,) = missing_for_publishing(form, folder)
    assert "are drafts that nobody has reviewed" in reason
    write_translation(folder, translation(form, language="cy", status="reviewed"))
    assert list(missing_for_publishing(form, folder)) == []


def test_check_tells_what_is_untranslated_stale_or_of_nothing_with_its_line(tmp_path: Path) -> None:
    path = write_form(tmp_path, reworded(age="How old?"))
    made = translation(load(visits()), language="cy", leaves_out=lambda number: number in {0, 5})
    strings = {"/nowhere/title": made.strings["/properties/age/title"], **made.strings}
    file = write_translation(path.parent, made.model_copy(update={"strings": strings}))
    told = {notice.problem.code: notice for notice in check_file(path).beside}
    assert set(told) == {"untranslated", "stale-translation", "translation-of-nothing"}
    assert all(notice.path == file for notice in told.values())
    assert "How old?" in told["stale-translation"].problem.message
    lines = file.read_text(encoding="utf-8").splitlines()
    assert '"/nowhere/title"' in lines[told["translation-of-nothing"].problem.line - 1]
    assert [notice.problem.severity for notice in told.values()].count("error") == 1


def test_check_finds_nothing_wrong_with_a_translation_that_is_complete(tmp_path: Path) -> None:
    path = write_form(tmp_path, visits())
    write_translation(path.parent, translation(load(visits()), language="cy"))
    assert check_file(path).beside == ()


def test_a_published_form_may_gain_translations(tmp_path: Path) -> None:
    document = visits(status="published")
    path = write_form(tmp_path, document)
    write_translation(path.parent, translation(load(document), language="cy"))
    form = Catalogue.from_directory(tmp_path).get_form("invented")
    assert path.read_bytes() == bytes_of(document)
    assert form.in_language("cy").digest == form.digest
