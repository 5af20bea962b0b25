"""The page of a form's policy in every format, and lists within lists, which it is the first to need."""

from __future__ import annotations

from dataclasses import replace
from io import BytesIO
from typing import TYPE_CHECKING

import docx
import pytest
from docx.oxml.ns import qn
from pypdf import PdfReader

from cse_forms.document.tree import BulletList, Panel
from cse_forms.forms import shipped_catalogue
from cse_forms.renderers import get_renderer
from tests.renderers.readback import READERS, plain
from tests.renderers.sample import sample_document
from tests.renderers.test_contract import wordings
from tests.renderers.test_html import violations

if TYPE_CHECKING:
    from pathlib import Path

    from playwright.sync_api import Browser

    from cse_forms.document.tree import Document
    from tests.renderers.conftest import Office

FORMS = list(shipped_catalogue().versions())
NESTED = BulletList(items=("first", "below", "deeper", "beside", "second"), depths=(0, 1, 2, 1, 0))


def policy(form: str) -> Document:
    return shipped_catalogue().get_form(form).policy_document()


def nested() -> Document:
    return replace(sample_document("complete"), blocks=(Panel(kind="text", blocks=(NESTED,)),))


def html(document: Document) -> str:
    made = get_renderer("html").render(document)
    assert isinstance(made, str)
    return made


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("name", READERS)
def test_a_policy_is_said_in_every_format(name: str, form: str) -> None:
    said = READERS[name](get_renderer(name).render(policy(form)))
    assert [wording for wording in wordings(policy(form)) if plain(wording) not in said] == []


@pytest.mark.parametrize("form", FORMS)
def test_axe_finds_nothing_in_a_policy(browser: Browser, tmp_path: Path, form: str) -> None:
    path = tmp_path / "policy.html"
    path.write_text(html(policy(form)), encoding="utf-8")
    page = browser.new_page()
    page.goto(path.as_uri())
    assert violations(page) == []
    page.close()


def test_a_policy_prints_with_room_for_signatures(office: Office) -> None:
    made = get_renderer("docx").render(policy("cse-toolbox"))
    assert isinstance(made, bytes)
    text = " ".join(page.extract_text() for page in PdfReader(BytesIO(office.to_pdf(made, "policy"))).pages)
    assert "Rule 1: Actual Abuse Taking Place" in plain(text)
    assert "Signature" in text


def test_a_list_within_a_list_is_within_its_item(browser: Browser) -> None:
    page = browser.new_page()
    page.set_content(html(nested()))
    assert page.locator("main ul ul > li").all_inner_texts() == ["below\ndeeper", "deeper", "beside"]
    assert page.locator("main ul ul ul > li").all_inner_texts() == ["deeper"]
    assert page.locator("main .panel > ul > li").count() == 2
    page.close()


def test_a_list_within_a_list_is_indented_and_has_its_level_in_a_word_processor() -> None:
    made = get_renderer("docx").render(nested())
    assert isinstance(made, bytes)
    found = []
    for paragraph in docx.Document(BytesIO(made)).element.body.iter(qn("w:p")):
        level = paragraph.find(f".//{qn('w:ilvl')}")
        indent = paragraph.find(f"{qn('w:pPr')}/{qn('w:ind')}")
        left = None if indent is None else int(indent.get(qn("w:left")))
        text = "".join(node.text or "" for node in paragraph.iter(qn("w:t")))
        if text in NESTED.items:
            found.append((text, 0 if level is None else int(level.get(qn("w:val"))), left))
    assert found == [("first", 0, None), ("below", 1, 560), ("deeper", 2, 840), ("beside", 1, 560), ("second", 0, None)]
