"""A whole form in a language that nobody speaks: no English is left in any document but what says that it is."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from io import BytesIO
from pathlib import Path
from typing import Any, Literal
from zipfile import ZipFile

import pytest
from hypothesis import given, settings
from lxml import etree, html

import cse_forms
from cse_forms.document import tree
from cse_forms.document.languages import PSEUDO
from cse_forms.forms import Catalogue, Form, get_form
from cse_forms.reading_back.docx import read_docx
from cse_forms.reading_back.pdf import read_pdf
from cse_forms.renderers import get_renderer, svg
from cse_forms.schema.translation import State, progress
from tests.cli.folders import write_form
from tests.document.test_languages import EXAMPLE, JUDGED, judged, texts
from tests.forms import form as form_of
from tests.forms import load
from tests.property.definitions import definitions
from tests.renderers.tagged import tags_of
from tests.translating.made import VOWELS, in_pseudo, translation, visits, write_translation

WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
OWN = re.compile(r"cse-toolbox|sha256:[0-9a-f]{64}|\b[0-9a-f]{12}\b|[0-9a-z_]+\.txt|invented|PRIVATE")
"""What is in no language: ids, digests, names of files."""


def left(text: str, answers: tuple[str, ...] = ()) -> set[str]:
    """Return the words of a text that have a vowel without an accent, and so are of no language but English."""
    text = OWN.sub("", text)
    for answer in sorted(answers, key=len, reverse=True):
        text = text.replace(answer, "")
    return {word for word in text.split() if set(word) & VOWELS}


def every_tenth(number: int) -> bool:
    return number % 10 == 5


@cache
def spoken() -> Form:
    """Return a shipped form of which most is translated."""
    return in_pseudo(get_form("cse-toolbox"), leaves_out=every_tenth)


def told(answers: Any) -> Iterator[str]:
    """Yield every text and key of answers."""
    if isinstance(answers, dict):
        yield from answers
    members = answers.values() if isinstance(answers, dict) else answers if isinstance(answers, list) else ()
    for member in members:
        yield from told(member)
    if isinstance(answers, str):
        yield answers


def documents() -> Iterator[tuple[tree.Document | tree.Diagram, tuple[str, ...]]]:
    """Yield documents of every kind, with what their answers say."""
    form, response = spoken(), cse_forms.read_response(EXAMPLE)
    said = (*told(dict(response.answers)), *map(str, response.meta.values()), "March")
    yield form.document(language=PSEUDO), ()
    yield form.document(purpose="fill", language=PSEUDO), ()
    yield form.document(response, language=PSEUDO), said
    yield form.document(response.answers, draft=True, language=PSEUDO), said
    yield form.explanation(response, language=PSEUDO), said
    yield form.policy_document(language=PSEUDO), ()
    yield form.diagram(language=PSEUDO), ()
    form = in_pseudo(judged(language="en-GB"), leaves_out=every_tenth)
    for answers in JUDGED:
        said = (*told(answers), "street", "home")
        yield form.document(answers, language=PSEUDO), said
        yield form.explanation(answers, draft=True, language=PSEUDO), said
    yield form.policy_document(language=PSEUDO), ()
    yield form.diagram(language=PSEUDO), ()
    yield in_pseudo(form_of(visits()), leaves_out=every_tenth).policy_document(language=PSEUDO), ()


def test_no_english_is_left_in_any_document_but_what_says_that_it_is_english() -> None:
    seen = {None: 0, "en-GB": 0}
    for document, answers in documents():
        assert document.language == PSEUDO
        for text in texts(document):
            for run in tree.runs_of(text):
                seen[run.lang] += 1
                if run.lang is None:
                    assert left(run.text, answers) == set(), text
    assert seen[None] > 2_000
    assert seen["en-GB"] > 300


def test_what_is_translated_is_nowhere_in_english() -> None:
    form = get_form("cse-toolbox").definition
    found = progress(form.schema, translation(form, leaves_out=every_tenth))
    missing = {one.wording.text for one in found.standings if one.state is State.MISSING}
    for document in (spoken().document(language=PSEUDO), spoken().policy_document(language=PSEUDO)):
        foreign = {run.text for text in texts(document) for run in tree.runs_of(text) if run.lang == "en-GB"}
        ours = [one.wording.text for one in found.standings if one.wording.text not in missing]
        longest = [text for text in ours if len(text) > 60]
        assert len(longest) > 50
        assert not foreign & set(longest)


def test_a_document_says_first_that_its_wording_is_a_draft_and_not_all_of_it_translated() -> None:
    first = spoken().document(language=PSEUDO).blocks[0]
    assert isinstance(first, tree.Panel)
    assert [tree.runs_of(text)[0].lang for text in texts(first.blocks)] == [None, "en-GB"] * 2
    reviewed = in_pseudo(get_form("cse-toolbox"), status="reviewed").document(language=PSEUDO).blocks[0]
    assert isinstance(reviewed, tree.Panel)
    assert reviewed.kind != "note"


@settings(max_examples=25, deadline=None)
@given(document=definitions())
def test_nothing_that_a_policy_can_say_is_fixed_in_a_program(document: Any) -> None:
    form = in_pseudo(form_of(document))
    made: list[Any] = [form.policy_document(language=PSEUDO), form.diagram(language=PSEUDO)]
    made += [form.document({}, language=PSEUDO), form.explanation({}, language=PSEUDO)]
    runs = [run for one in made for text in texts(one) for run in tree.runs_of(text)]
    assert [run.text for run in runs if run.lang is None and left(run.text)] == []


# --- as renderers make them ---------------------------------------------------------------------------------------


Purpose = Literal["print", "fill"]


def language_of(element: Any) -> str:
    while element is not None:
        if element.get("lang"):
            return str(element.get("lang"))
        element = element.getparent()
    raise AssertionError("no language is said")


@pytest.mark.parametrize("purpose", ["print", "fill"])
def test_a_page_marks_all_that_is_english(purpose: Purpose) -> None:
    made = spoken().render("html", purpose=purpose, language=PSEUDO)
    assert isinstance(made, str)
    root = html.fromstring(made)
    marked = 0
    for element in root.iter():
        if not isinstance(element.tag, str) or element.tag in {"style", "script"}:
            continue
        for text, holder in ((element.text, element), (element.tail, element.getparent())):
            if text and text.strip():
                language = language_of(holder)
                marked += language == "en-GB"
                assert language == "en-GB" or not left(text), text
        for name in ("title", "alt", "aria-label", "placeholder"):
            assert not left(element.get(name, ""))
    assert root.get("lang") == PSEUDO
    assert marked > 25


@pytest.mark.parametrize("purpose", ["print", "fill"])
def test_a_word_document_marks_all_that_is_english(purpose: Purpose) -> None:
    made = spoken().render("docx", purpose=purpose, language=PSEUDO)
    assert isinstance(made, bytes)
    marked = 0
    with ZipFile(BytesIO(made)) as archive:
        parts = [name for name in archive.namelist() if re.match(r"word/(document|header|footer).*\.xml", name)]
        for part in parts:
            for run in etree.fromstring(archive.read(part)).iter(f"{WORD}r"):
                text = "".join(one.text or "" for one in run.iter(f"{WORD}t"))
                language = run.find(f"{WORD}rPr/{WORD}lang")
                marked += language is not None
                assert language is not None or not left(text), text
    assert marked > 25


def test_a_pdf_file_says_nothing_in_english_but_what_the_document_marks() -> None:
    document = spoken().document(language=PSEUDO)
    foreign = {run.text for text in texts(document) for run in tree.runs_of(text) if run.lang == "en-GB"}
    made = get_renderer("pdf").render(document)
    assert isinstance(made, bytes)
    told = " ".join(tags_of(made).text.split())
    for text in sorted(foreign, key=len, reverse=True):
        told = told.replace(" ".join(text.split()), " ")
    assert len(left(told)) <= 2, left(told)
    assert "«" in told


def test_a_diagram_marks_all_that_is_english() -> None:
    drawn = etree.fromstring(svg.draw(spoken().diagram(language=PSEUDO)).encode())
    assert drawn.get(XML_LANG) == PSEUDO
    marked = 0
    for element in drawn.iter("{http://www.w3.org/2000/svg}text"):
        assert not left(element.text or "")
        for part in element:
            marked += part.get(XML_LANG) == "en-GB"
            assert not left(part.tail or "")
    assert marked


@pytest.mark.parametrize("to", ["docx", "pdf"])
def test_a_form_that_was_filled_in_in_another_language_is_read_back(tmp_path: Path, to: str) -> None:
    folder = write_form(tmp_path, visits()).parent
    write_translation(folder, translation(load(visits())))
    forms = Catalogue.from_directory(tmp_path)
    answers = {"age": 12, "signs": {"late": {"seen": "yes", "what": "At night."}}, "level": "high"}
    made = forms.get_form("invented").render(to, answers, draft=True, purpose="fill", language=PSEUDO)
    assert isinstance(made, bytes)
    read = (read_docx if to == "docx" else read_pdf)(made, forms)
    assert read.response.answers == answers
    assert {report.status for report in read.fields} == {"read", "empty"}
    assert read.notes == ()
