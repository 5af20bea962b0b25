"""What a page says that comes back: why it was refused, in words that tell one question from another."""

from __future__ import annotations

from cse_forms import get_form
from cse_forms.document.tree import Sending
from cse_forms.forms import Form
from tests.entries import entries
from tests.forms import choice, definition, needed, section, table
from tests.forms import form as form_of


def invented() -> Form:
    questions = {
        "child": section({"name": needed()}, required=["name"]),
        "carer": section({"name": needed()}, required=["name"]),
        "log": table(section({"seen": choice("yes", "no")}, required=["seen"])),
    }
    return form_of(definition(questions, required=["child", "carer"]))


def sent_back(form: Form, changes: dict[str, str], language: str | None = None) -> Sending:
    """Return how a page is shown again of which some fields were changed."""
    pairs = [pair for pair in entries(form.page()) if pair[0] not in changes]
    sending = form.page_document(form.parse([*pairs, *changes.items()]), language=language).sending
    assert sending is not None
    return sending


def test_a_field_that_the_form_does_not_have_is_a_problem_without_a_link() -> None:
    form = invented()
    for button in ("continue", "save"):
        sending = sent_back(form, {"cse-forms.button": button, "/colour": "blue"})
        assert sending.problems[-1] == (
            "",
            "The form has no place for what was sent in these fields: /colour.",
        )
        assert sending.window_title.startswith("Error: ")
    parsed = form.parse([("/colour", "blue"), ("cse-forms.button", "save")])
    shown = " ".join(form.page(parsed).split())
    assert "<li> The form has no place for what was sent in these fields: /colour. </li>" in shown


def test_a_page_of_another_version_says_so_among_the_problems_when_it_is_refused() -> None:
    form = get_form("wolverhampton-induction")
    changes = {"/induction/name": "Ann", "cse-forms.version": "0.9.0"}
    refused = sent_back(form, {**changes, "cse-forms.button": "continue"})
    assert [at for at, text in refused.problems if text.startswith("This page was made from another version")] == [""]
    assert refused.notices == ()
    saved = sent_back(form, {**changes, "cse-forms.button": "save"})
    assert saved.problems == ()
    assert len(saved.notices) == 1


def test_questions_that_a_page_did_not_send_are_named_when_it_is_refused() -> None:
    form = get_form("cse-toolbox")
    parsed = form.parse([("cse-forms.button", "continue")])
    sending = form.page_document(parsed).sending
    assert sending is not None
    at, said = sending.problems[-1]
    assert at == ""
    assert said.startswith("The page was sent without these questions: ")
    assert said.endswith(", and others. Look at them before you go on.")


def test_a_whole_page_that_comes_back_is_told_of_nothing_but_its_answers() -> None:
    sending = sent_back(invented(), {"cse-forms.button": "continue"})
    assert [at for at, _ in sending.problems] == ["/child/name", "/carer/name"]


def test_questions_with_the_same_words_are_told_apart_by_their_sections_and_rows() -> None:
    form = invented()
    sending = sent_back(form, {"cse-forms.button": "continue", "/child/name": "Ann", "/log/1/seen": "perhaps"})
    said = [text.partition(":")[0] for _, text in sending.problems]
    assert said == ["Carer - Name", "Row - Seen (row 1)"]


def test_the_script_is_told_which_language_it_speaks() -> None:
    form = invented()
    assert "lang" not in sent_back(form, {"cse-forms.button": "save"}).sayings
    assert sent_back(form, {"cse-forms.button": "save"}, language="cy").sayings["lang"] == "cy"
