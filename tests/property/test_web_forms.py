"""What is given in a page comes back as the same answers, whatever the form and whatever the answers."""

from __future__ import annotations

from typing import Any

from hypothesis import example, given, settings
from hypothesis import strategies as st

import cse_forms
from cse_forms.forms import Catalogue, Form
from tests import forms
from tests.entries import entries
from tests.property.answers import answers, damaged
from tests.property.definitions import definitions
from tests.property.test_word_forms import written

SHIPPED = [cse_forms.get_form(name) for name in Catalogue.shipped().versions()]

TEXTS = st.text(max_size=30) | st.sampled_from(
    [
        "",
        " ",
        "\n",
        "\r\n\r",
        "\n\na",
        "\t",
        "</textarea>",
        "&lt;",
        "<b>",
        '"',
        "a\n\nb",
        "\u202e",
        "\U0001f600",
        "\x00",
    ]
)


@st.composite
def given_answers(draw: st.DrawFn, form: Form) -> dict[str, Any]:
    made = written(draw, form.definition.root, draw(answers(form)), TEXTS)
    assert isinstance(made, dict)
    return made


def come_back(form: Form, given: dict[str, Any]) -> None:
    parsed = form.parse(entries(form.page(given), "continue"))
    assert parsed.response.answers == given
    assert repr(parsed.response.answers) == repr(_in_order(form, given))
    assert parsed.button == "continue"
    assert [report for report in parsed.fields if not report.is_fine] == []
    assert parsed.notes == ()
    assert parsed.findings == ()


def _in_order(form: Form, given: dict[str, Any]) -> dict[str, Any]:
    """Return answers with their members in the order of the form."""

    def ordered(item: Any, value: Any) -> Any:
        if isinstance(value, dict):
            return {key: ordered(child, value[key]) for key, child in item.children.items() if key in value}
        if isinstance(value, list) and not item.is_question:
            return [ordered(item.row, row) for row in value]
        return value

    made = ordered(form.definition.root, given)
    assert isinstance(made, dict)
    return made


@given(st.sampled_from(SHIPPED), st.data())
@settings(max_examples=12)
def test_answers_to_a_shipped_form_come_back(form: Form, data: st.DataObject) -> None:
    come_back(form, data.draw(given_answers(form)))


@given(definitions(), st.data())
@settings(max_examples=60)
def test_answers_to_any_form_come_back(document: Any, data: st.DataObject) -> None:
    form = Form(forms.load(document))
    come_back(form, data.draw(given_answers(form)))


@given(TEXTS, TEXTS)
@example("a\r\nb\rc\nd\te", "\x85\x1c")
@settings(max_examples=60)
def test_any_text_comes_back_to_the_letter(text: str, other: str) -> None:
    row = forms.section({"said": forms.text(), "seen": forms.tick()})
    form = forms.form(forms.definition({"said": forms.text(), "told": forms.text(lines=4), "rows": forms.table(row)}))
    come_back(form, {"said": text, "told": text, "rows": [{}, {"said": other}, {"seen": False}, {"said": text}]})


@given(definitions(), st.data())
@settings(max_examples=40)
def test_a_page_that_comes_back_and_is_sent_again_says_the_same(document: Any, data: st.DataObject) -> None:
    form = Form(forms.load(document))
    first = form.parse(entries(form.page(data.draw(given_answers(form).flatmap(damaged))), "continue"))
    second = form.parse(entries(form.page(first), "continue"))
    assert second.response == first.response
    assert second.typed == first.typed
    assert second.findings == first.findings
    assert second.rows == first.rows


@given(definitions(), st.lists(st.tuples(st.text(max_size=20), st.text(max_size=20)), max_size=8), st.data())
@settings(max_examples=40)
def test_whatever_is_sent_is_read_or_reported(document: Any, more: Any, data: st.DataObject) -> None:
    form = Form(forms.load(document))
    names = [name for name, _ in entries(form.page(), "save")]
    sent = [*more, *data.draw(st.lists(st.tuples(st.sampled_from(names), TEXTS), max_size=8))]
    parsed = form.parse(sent)
    known = {name for name in names if name.startswith("cse-forms.")}
    reported = {(report.question, report.text) for report in parsed.fields if report.status == "unknown"}
    expected = {name for name, _ in more} - set(names) - known
    assert {name for name in expected if not name.startswith("/")} <= {name for name, _ in reported} | known
    assert form.page(parsed)
