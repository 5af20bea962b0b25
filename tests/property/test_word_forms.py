"""What is given in a Word form comes back as the same answers, whatever the form and whatever the answers."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

import cse_forms
from cse_forms.errors import InputError
from cse_forms.forms import Catalogue, Form
from cse_forms.reading_back.docx import read_docx
from cse_forms.schema.items import Item, Kind, Question, Section, Table
from tests import forms
from tests.property.answers import answers
from tests.property.definitions import definitions

SHIPPED = [cse_forms.get_form(name) for name in Catalogue.shipped().versions()]

_CARRIED = st.text(
    st.characters(exclude_categories=("Cs", "Cc"), exclude_characters="\ufffe\uffff")
    | st.sampled_from("\t\n\r\x7f\x85"),
    max_size=30,
)
TEXTS = _CARRIED | st.sampled_from(
    ["", " ", "\n", "\r\n\r", "\t", "]]>", "&lt;", "<w:t>", "Click here to write", "Yes", "a\n\nb", "\u202e", "\ufeff"]
)


def written(draw: st.DrawFn, item: Item, value: Any, texts: st.SearchStrategy[str] = TEXTS) -> Any:
    """Return the answers with other texts in them."""
    if isinstance(item, Question):
        return draw(texts) if item.kind is Kind.TEXT else value
    if isinstance(item, Table):
        return [written(draw, item.row, row, texts) for row in value]
    assert isinstance(item, Section)
    return {key: written(draw, item.children[key], member, texts) for key, member in value.items()}


@st.composite
def given_answers(draw: st.DrawFn, form: Form) -> dict[str, Any]:
    made = written(draw, form.definition.root, draw(answers(form)))
    assert isinstance(made, dict)
    return made


def come_back(form: Form, response: dict[str, Any]) -> None:
    document = form.render("docx", response, draft=True, purpose="fill")
    assert isinstance(document, bytes)
    with forms.catalogue_of(form) as catalogue:
        reading = read_docx(document, catalogue)
    assert reading.response.answers == response
    assert reading.response.is_draft
    assert [report for report in reading.fields if not report.is_fine] == []
    assert reading.notes == ()


@given(st.sampled_from(SHIPPED), st.data())
@settings(max_examples=12)
def test_answers_to_a_shipped_form_come_back(form: Form, data: st.DataObject) -> None:
    come_back(form, data.draw(given_answers(form)))


@given(definitions(), st.data())
@settings(max_examples=60)
def test_answers_to_any_form_come_back(document: Any, data: st.DataObject) -> None:
    form = Form(forms.load(document))
    come_back(form, data.draw(given_answers(form)))


@given(TEXTS)
@example("a\r\nb\rc\nd\te")
@settings(max_examples=60)
def test_any_text_that_xml_can_carry_comes_back_to_the_letter(text: str) -> None:
    come_back(
        forms.form(forms.definition({"said": forms.text(), "told": forms.text(lines=4)})), {"said": text, "told": text}
    )


@given(
    st.text(max_size=5),
    st.characters(categories=("Cs", "Cc"), exclude_characters="\t\n\r\x7f" + "".join(map(chr, range(0x80, 0xA0))))
    | st.sampled_from("\ufffe\uffff\x00"),
)
@settings(max_examples=30)
def test_a_text_that_xml_cannot_carry_is_refused_with_its_place(before: str, character: str) -> None:
    form = forms.form(forms.definition({"said": forms.text()}))
    with pytest.raises(InputError, match=r"^/said: the answer to 'Said' holds a character that no document can carry"):
        form.render("docx", {"said": f"{before}{character}"}, draft=True, purpose="fill")
