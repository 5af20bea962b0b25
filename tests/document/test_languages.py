"""The interface's words in other languages: which there are, what they say, and that none is fixed in a program."""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from gettext import GNUTranslations
from pathlib import Path
from string import Formatter
from typing import Any

import pytest

import cse_forms
from cse_forms import get_form
from cse_forms.document import tree
from cse_forms.document.languages import DRAFT_ENTRIES, PSEUDO, interface, languages, strings
from cse_forms.document.phrases import ENGLISH
from cse_forms.errors import InputError
from cse_forms.forms import Form
from cse_forms.plurals import Counted
from tests.forms import choice, choices, date, definition, integer, load, section, table, text
from tests.forms import form as form_of

ROOT = Path(__file__).parents[2]
LOCALE = ROOT / "src" / "cse_forms" / "locale"
EXAMPLE = ROOT / "docs" / "examples" / "cse-toolbox-response.json"
FORMS = ("cse-toolbox", "scotland-checklist", "wales-strength-concern", "wolverhampton-induction")

STRUCTURE = frozenset(
    {"anchor", "depths", "digest", "form", "interface", "kind", "language", "links", "outcome", "pointer", "purpose"}
    | {"grows_at", "response", "sent", "status", "value", "version", "widths"}
)
"""Members of the tree that say nothing to a reader."""


def texts(node: Any) -> Iterator[str]:
    """Yield every text of a tree that a reader sees."""
    if is_dataclass(node):
        for member in fields(node):
            if member.name not in STRUCTURE:
                yield from texts(getattr(node, member.name))
    elif isinstance(node, tuple):
        for member in node:
            yield from texts(member)
    elif isinstance(node, str):
        yield node


def leaves(node: Any) -> Iterator[str]:
    """Yield every text in a JSON document."""
    if isinstance(node, dict):
        for member in node.values():
            yield from leaves(member)
    elif isinstance(node, list | tuple):
        for member in node:
            yield from leaves(member)
    elif isinstance(node, str):
        yield node


def french(name: str) -> Form:
    """Return a shipped form as if its wording were French: what is then unmarked is the form's, and nobody else's."""
    schema = dict(get_form(name).schema)
    schema["x-form"] = {**schema["x-form"], "language": "fr", "status": "draft"}
    return Form(load(schema))


def answered(form: Form) -> dict[str, Any]:
    """Return answers of which many are wrong, not known or to be looked at."""
    if form.id == "cse-toolbox":
        answers = dict(cse_forms.read_response(EXAMPLE).answers)
        answers["plan"] = {**answers.get("plan", {}), "other": [{"who": "Jo Sample"}, {"when": 3}]}
        return {**answers, "nowhere": "Nothing"}
    first = next(iter(form.definition.questions.values()))
    answers = {"nowhere": "Nothing"}
    return answers | {first.keys[0]: 3}


def judged(*, language: str = "fr") -> Form:
    """Return a form with bands, limits to the judgement, and an assessment whose outcomes have no order."""
    yes = {"const": "yes"}
    rules = [
        {"id": "scored", "measure": "score", "bands": [{"from": 0, "to": 10, "level": "low"}]},
        {"id": "sign", "level": "middle", "when": {"items": "/sign", "match": yes}},
    ]
    limits = [
        {"atLeast": "suggested", "because": "It is never lowered."},
        {"atMost": "middle", "when": {"items": "/other", "match": yes}},
    ]
    levels = [{"id": "low"}, {"id": "middle"}, {"id": "high"}]
    ordered: dict[str, Any] = {"id": "risk", "title": "Risk", "levels": levels, "rules": rules}
    ordered["judgement"] = {"level": "/level", "reason": "/reason", "may": limits}
    path: dict[str, Any] = {
        "id": "path",
        "title": "Path",
        "ordered": False,
        "levels": [{"id": "left"}, {"id": "right"}],
    }
    path["rules"] = [
        {"id": level, "level": level, "when": {"items": item, "match": yes}}
        for level, item in (("left", "/sign"), ("right", "/other"))
    ]
    questions = {
        "sign": choice("yes", "no", "not-known", number="1"),
        "other": choice("yes", "no", "not-known", number="2"),
        "rate": integer(number="3"),
        "born": date(number="4"),
        "kinds": choices("home", "street", number="5", showWhen={"items": "/sign", "match": yes}),
        "level": choice("low", "middle", "high", number="6"),
        "reason": text(),
        "log": table(section({"seen": choice("yes", "no"), "what": text(showWhen={"items": "./seen", "match": yes})})),
    }
    measures = {"score": {"title": "Score", "sum": [{"items": "/rate"}]}}
    return form_of(definition(questions, measures=measures, assessments=[ordered, path], language=language))


JUDGED: tuple[dict[str, Any], ...] = (
    {"sign": "yes", "other": "yes", "rate": 4, "level": "low", "log": [{"seen": "yes"}], "born": "2012-03-31"},
    {"sign": "not-known", "other": "no", "rate": "many", "level": "high", "kinds": ["home", "sea"]},
    {"sign": "yes", "other": "not-known", "level": "high", "reason": "What was said."},
    {"rate": 3},
)
"""Answers to that form: a clash and a judgement that is not permitted, wrong answers, one that is still open, gaps."""


def documents() -> Iterator[tuple[tree.Document, tuple[str, ...]]]:
    """Yield documents of every kind in the language that nobody speaks, each with all wordings that are not ours."""
    for name in FORMS:
        form = french(name)
        answers = answered(form)
        foreign = tuple(
            leaves([dict(form.schema), answers, form.id, form.version, [*answers], form.digest, form.digest[7:19]])
        )
        yield form.document(language=PSEUDO), foreign
        yield form.document(purpose="fill", large_print=True, language=PSEUDO), foreign
        yield form.document(answers, language=PSEUDO), foreign
        yield form.document(answers, draft=True, language=PSEUDO), foreign
        yield form.document({}, draft=True, purpose="fill", language=PSEUDO), foreign
    form = judged()
    foreign = tuple(leaves([dict(form.schema), JUDGED, form.id, form.digest, form.digest[7:19]]))
    for answers in JUDGED:
        for draft in (False, True):
            yield form.document(answers, draft=draft, language=PSEUDO), foreign
        yield form.document(answers, purpose="fill", language=PSEUDO), foreign


def unknown_words(text: str, foreign: tuple[str, ...]) -> str:
    """Return what is left of a text without the wordings that are not the interface's."""
    for wording in sorted({word for word in foreign if any(map(str.isalpha, word))}, key=len, reverse=True):
        if wording in text:
            text = re.sub(rf"(?<!\w){re.escape(wording)}(?!\w)", "", text)
    return "".join(filter(str.isalpha, text))


def test_no_string_of_the_interface_is_fixed_in_a_program() -> None:
    seen = 0
    for document, foreign in documents():
        for said in texts(document):
            for run in tree.runs_of(said):
                if run.lang is None:
                    assert unknown_words(run.text, foreign) == "", said
                elif run.lang == PSEUDO:
                    seen += 1
                    assert not set(run.text) & set("AEIOUaeiou"), said
    assert seen > 1_000


def test_what_is_said_of_conditions_is_in_the_interface_s_language_and_what_they_name_in_the_form_s() -> None:
    question = next(
        block
        for block in french("cse-toolbox").document(language="cy").blocks
        if isinstance(block, tree.Question) and block.routing
    )
    assert question.routing is not None
    assert question.routing.startswith("Atebwch hwn os yw hyn yn wir: ")
    assert [run.text for run in tree.runs_of(question.routing) if run.lang is None][-1] == "Yes."
    assert {run.lang for run in tree.runs_of(question.routing)} == {"cy", None}


def test_an_english_form_in_english_is_plain_text_throughout() -> None:
    document = get_form("cse-toolbox").document()
    assert {type(said) for said in texts(document)} == {str}
    assert (document.language, document.interface) == ("en-GB", "en-GB")


def test_the_words_of_the_form_stay_in_its_language_and_those_of_the_interface_are_marked() -> None:
    document = get_form("cse-toolbox").document(language="cy")
    assert (document.language, document.interface) == ("en-GB", "cy")
    assert tree.runs_of(document.title) == (tree.Run(document.title, None),)
    assert tree.runs_of(document.labels.page) == (tree.Run("Tudalen", "cy"),)
    assert tree.runs_of(document.reference) == (tree.Run("cse-toolbox", None), tree.Run(", fersiwn 1.0.0", "cy"))


def test_english_words_on_a_form_in_another_language_say_that_they_are_english() -> None:
    document = french("wolverhampton-induction").document()
    assert (document.language, document.interface) == ("fr", "en-GB")
    assert tree.runs_of(document.labels.page) == (tree.Run("Page", "en-GB"),)
    assert tree.runs_of(document.title) == (tree.Run(document.title, None),)


@pytest.mark.parametrize("purpose", ["print", "fill"])
def test_a_document_in_a_draft_translation_says_so_first_in_both_languages(purpose: tree.Purpose) -> None:
    first = get_form("cse-toolbox").document(purpose=purpose, language="cy").blocks[0]
    assert isinstance(first, tree.Panel)
    assert [tree.runs_of(said)[0].lang for said in texts(first.blocks)] == ["cy", None]
    assert ENGLISH.draft_translation in texts(first)


def test_findings_are_said_in_the_interface_s_language_with_the_form_s_options_in_the_form_s() -> None:
    document = get_form("cse-toolbox").document({"involved": {"child": {"gender": "none"}}}, language="cy")
    found = next(
        block
        for block in document.blocks
        if isinstance(block, tree.Question) and block.pointer == "/involved/child/gender"
    ).findings
    langs = [(run.text.split(" ")[0], run.lang) for run in tree.runs_of(found[0])]
    assert langs[0] == ("Dewiswch", "cy")
    assert {lang for _, lang in langs} == {"cy", None}


def test_a_region_takes_the_words_of_its_language() -> None:
    assert interface("cy-GB", "en-GB").phrases.labels.page == "Tudalen"
    assert tree.runs_of(interface("cy-GB", "en-GB").phrases.labels.page)[0].lang == "cy-GB"


def test_a_language_without_words_is_refused_with_those_that_there_are() -> None:
    with pytest.raises(InputError, match="no words in 'fr'; it has them in en-GB, cy"):
        get_form("cse-toolbox").document(language="fr")


def test_a_response_is_said_in_welsh_with_the_months_in_welsh() -> None:
    document = get_form("cse-toolbox").document(cse_forms.read_response(EXAMPLE), language="cy")
    assert "31 Mawrth 2026" in [value for _, value in document.facts]
    assert document.facts[0][0] == "Ffurflen"


# --- the catalogues -----------------------------------------------------------------------------------------------


def catalogue(language: str) -> GNUTranslations:
    with (LOCALE / language / "LC_MESSAGES" / "cse_forms.mo").open("rb") as file:
        return GNUTranslations(file)


def test_the_catalogues_are_those_that_the_tool_writes(tmp_path: Path) -> None:
    subprocess.run([sys.executable, ROOT / "tools" / "translations.py", tmp_path], check=True)
    made = [path for path in sorted(tmp_path.rglob("*")) if path.is_file()]
    assert [path.relative_to(tmp_path) for path in made] == [
        path.relative_to(LOCALE) for path in sorted(LOCALE.rglob("*")) if path.is_file()
    ]
    for path in made:
        assert path.read_bytes() == (LOCALE / path.relative_to(tmp_path)).read_bytes(), "run `make translations`"


VERBS = {"is_", "has", "lies", "does", "includes"}
"""What a language may leave out that says the verb itself."""


@pytest.mark.parametrize("language", languages()[1:])
def test_a_catalogue_translates_every_string_with_the_same_places_to_fill_in(language: str) -> None:
    translations = catalogue(language)
    for name, english in strings():
        forms = english.forms if isinstance(english, Counted) else (english,)
        for translation in told_in(translations, name, forms):
            assert places(translation) - VERBS == places(forms[-1]) - VERBS, name
            assert not places(translation) & VERBS or places(forms[-1]) & VERBS, name
            words = re.sub(r"{\w+}", "", forms[0])
            assert translation not in forms or not any(map(str.isalpha, words)), f"{name} is not translated"


def told_in(translations: GNUTranslations, name: str, forms: tuple[str, ...]) -> list[str]:
    """Return every form in which a catalogue says a string."""
    if len(forms) == 1:
        return [translations.pgettext(name, forms[0])]
    one, several = forms
    return [translations.npgettext(name, one, several, number) for number in range(9)]


def places(text: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(text) if name is not None}


def test_every_string_of_a_document_has_a_name_of_its_own() -> None:
    names = [name for name, _ in strings()]
    assert len(names) == len(set(names)) > 150


def test_the_welsh_catalogue_is_a_draft_as_long_as_one_entry_is_marked_for_review() -> None:
    text = (LOCALE / "cy" / "LC_MESSAGES" / "cse_forms.po").read_text(encoding="utf-8")
    marked = text.count("\n#, fuzzy")
    assert catalogue("cy").info()[DRAFT_ENTRIES] == str(marked)
    assert text.count("\n# draft, for review by a Welsh speaker\n") == marked
    assert bool(interface("cy", "en-GB").notice) is bool(marked)
