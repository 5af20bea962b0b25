"""Answers that mean harm come out as the text that they are, in every format."""

from __future__ import annotations

import json
from typing import Any

import pytest

import cse_forms
from cse_forms.schema.items import Kind
from tests.renderers.readback import Page, plain, said_by_docx, said_by_html
from tests.renderers.sample import HOSTILE_TEXTS
from tests.responses import answers_to

TEXTS = HOSTILE_TEXTS | {
    "script": "<script>alert(1)</script>",
    "arithmetic": "{{7*7}}",
    "command": "=cmd|' /C calc'!A0",
    "end of character data": "]]>",
    "escaped already": "&amp; &lt;b&gt; &#65; &nbsp",
    "override": "\u202egnp.exe\u202c",
    "zero": "before\x00after",
    "field": "{ MERGEFIELD name } { INCLUDETEXT /etc/passwd }",
    "end of page": "</body></html>",
    "only spaces": " \t\n ",
    "address": "javascript:alert(1)",
}

BENIGN = "What was written"


def answered(text: str) -> dict[str, Any]:
    """Return answers to the toolbox, every one of them that is a text being this one."""
    return answers_to(cse_forms.get_form("cse-toolbox"), written=lambda _: text)


def asked() -> int:
    """Return how many questions of the toolbox are answered by a text."""
    questions = cse_forms.get_form("cse-toolbox").definition.questions.values()
    return sum(question.kind is Kind.TEXT for question in questions)


def attributes(page: Page) -> set[str]:
    """Return the names of a page's attributes."""
    return {name for _, names in page.elements for name in names}


@pytest.mark.parametrize("name", TEXTS)
def test_a_page_says_the_same_text_at_every_question(name: str) -> None:
    page = cse_forms.get_form("cse-toolbox").render("html", answered(TEXTS[name]))
    assert said_by_html(page).count(plain(TEXTS[name])) >= asked()


@pytest.mark.parametrize("name", TEXTS)
def test_a_page_has_the_elements_that_it_has_with_any_other_text(name: str) -> None:
    form = cse_forms.get_form("cse-toolbox")
    page, benign = (Page(str(form.render("html", answered(text)))) for text in (TEXTS[name], BENIGN))
    assert {tag for tag, _ in page.elements} <= {tag for tag, _ in benign.elements}
    assert attributes(page) <= attributes(benign)
    assert not {"script", "iframe", "object", "img"} & {tag for tag, _ in page.elements}


@pytest.mark.parametrize("name", TEXTS)
def test_a_word_document_says_the_same_text_at_every_question(name: str) -> None:
    made = cse_forms.get_form("cse-toolbox").render("docx", answered(TEXTS[name]))
    assert said_by_docx(made).count(plain(TEXTS[name])) >= asked()


@pytest.mark.parametrize("name", TEXTS)
def test_json_gives_back_the_very_answers(name: str) -> None:
    answers = answered(TEXTS[name])
    made = json.loads(cse_forms.get_form("cse-toolbox").render("json", answers))
    assert made["response"]["answers"] == answers


def test_control_characters_are_told_and_shown_as_a_mark() -> None:
    form = cse_forms.get_form("cse-toolbox")
    answers = {"involved": {"child": {"name": "a\x00b\x1b[31m"}}}
    codes = [finding.code for finding in form.validate(answers, draft=True).findings]
    assert codes == ["control-character"]
    for said in (said_by_html(form.render("html", answers)), said_by_docx(form.render("docx", answers))):
        assert "a\ufffdb\ufffd[31m" in said


def test_a_heading_that_means_harm_is_text_too() -> None:
    """The name of the child stands at the top of the page, in its title or on every sheet."""
    form = cse_forms.get_form("cse-toolbox")
    for text in TEXTS.values():
        answers = {"involved": {"child": {"name": text}}}
        assert plain(text) in said_by_html(form.render("html", answers, draft=True))
        assert plain(text) in said_by_docx(form.render("docx", answers, draft=True))


def test_values_that_json_cannot_carry_are_rendered_as_text() -> None:
    form = cse_forms.get_form("cse-toolbox")
    for value in (float("inf"), float("nan"), b"bytes", object(), {"a": {1, 2}}):
        answers = {"involved": {"child": {"name": value}}}
        assert not form.validate(answers).valid
        made = json.loads(form.render("json", answers), parse_constant=pytest.fail)
        assert made["response"]["answers"]["involved"]["child"]["name"]
        assert form.render("html", answers)
        assert form.render("docx", answers)
