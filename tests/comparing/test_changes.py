"""What changed, as policy staff would say it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from cse_forms.comparing import Comparison, compare
from cse_forms.comparing.page import comparison_document
from cse_forms.forms import Form
from cse_forms.renderers import get_renderer
from tests import forms
from tests.comparing.sample import ALL, Mutator, add, base, changed, item, put, risk
from tests.forms import choice
from tests.renderers.test_html import violations
from tests.schema.documents import VALIDATORS

OLD = forms.form(base())
SAID = {
    "a question's title": "title-changed: The title of question 3.4 'What else?' has other words.",
    "a description": "description-changed: Question 3.4 Remarks has other words: description was added.",
    "a hint": "hint-changed: The hint of question 3.4 Remarks has other words.",
    "an option's title": "option-reworded: The title of the option 'Yes' of question 2.1 Late - Seen has other words. "
    "The same goes for the 2 other places where the same is asked.",
    "guidance": "guidance-changed: Section 3 More has other words: guidance was added.",
    "a reason": "because-changed: The reason of rule 1 of 'Risk' has other words.",
    "a rule's id": "id-changed: Rule 1 of 'Risk' has another id: 'two' became 'two-signs'. Nothing depends on it.",
    "an optional question that no rule reads": "question-added: Question 3.7 Hobby was added.",
    "a new option that no rule reads": "option-added: Question 3.5 Colour offers 'Blue' now.",
    "the order of options": "options-reordered: The options of question 3.5 Colour stand in another order: Green, Red.",
    "a name that need not be given": "required-changed: Question 1.1 Name need not be answered any more.",
    "a question that is always asked now": "asked-changed: Question 3.2 Why is always asked now. "
    "Before: where the answer to 3.1 Worse is Yes.",
    "a wider number": "accepted-answers-changed: Question 3.6 Size accepts other answers: "
    "the greatest number: 12 now, 9 before.",
    "more lines": "layout-changed: Question 3.4 Remarks is set out in another way: "
    "lines of room: 8 now, not set before.",
    "a question that is gone": "question-removed: Question 3.5 Colour was removed. "
    "Answers given to it are not accepted any more.",
    "a question with another key": "question-renamed: Question 3.4 Remarks has another key: 'remarks' became "
    "'comments'. "
    "Answers under the old key are not accepted any more; a migration can carry them over.",
    "a question in another section": "question-moved: Question 1.4 Remarks was moved: it stood in section 3 More and "
    "stands in section 1 About now. Answers under the old key are not accepted any more; a migration can carry them "
    "over.",
    "an option with another value": "option-renamed: The option 'Red' of question 3.5 Colour has another value: 'red' "
    "became 'crimson'. A response that chose it is not valid any more; a migration can carry it over.",
    "a rule that asks for more": "rule-changed: Rule 1 of 'Risk' changed. "
    "Before: High, where at least 2 of the answers "
    "to 'Seen' in section 2 Signs are Yes. Now: High, where at least 3 of the answers to 'Seen' in section 2 Signs are "
    "Yes.",
    "another level where no rule holds": "otherwise-changed: What 'Risk' comes to where no rule holds changed. "
    "Before: Low. Now: Medium.",
    "a more urgent prompt": "prompt-urgency-changed: The prompt 'Tell.' says act immediately; it said act soon.",
    "a prompt that is new": "prompt-added: The prompt 'More.' was added. It is shown where at least one of the answers "
    "to 'Seen' in section 2 Signs is Yes.",
    "a sign that is no by default": "default-changed: A blank in question 2.1 Late - Seen means \"no\" in a complete "
    "response; it meant nothing. The same goes for the 2 other places where the same is asked.",
}  # fmt: skip
CHANGES = {name: change for changes in ALL.values() for name, change in changes.items()}


def compared(change: Mutator) -> Comparison:
    return compare(OLD, forms.form(changed(change)), time_limit=0)


@pytest.mark.parametrize("name", SAID)
def test_a_change_is_told_in_words(name: str) -> None:
    (change,) = compared(CHANGES[name]).changes
    assert f"{change.what}: {' '.join(change.sentences)}" == SAID[name]


def test_nothing_but_what_changed_is_told_of_a_level_that_is_gone() -> None:
    found = compared(CHANGES["a level that is gone"])
    assert [change.what for change in found.changes] == ["option-removed", "level-removed", "rule-changed"]


def test_what_follows_from_a_new_name_is_not_told_again() -> None:
    def change(document: forms.Document) -> None:
        children = item(document, "more")["properties"]
        item(document, "more")["properties"] = {
            "graver" if key == "worse" else key: one for key, one in children.items()
        }
        written = forms.to_bytes(document).decode()
        written = written.replace('"/more/worse"', '"/more/graver"').replace('"./worse"', '"./graver"')
        document |= json.loads(written)

    found = compared(change)
    assert [change.what for change in found.changes] == ["question-renamed"]


def test_a_rule_that_is_new_stands_beside_those_that_were_there() -> None:
    rule = {
        "id": "new",
        "level": "high",
        "when": {"items": "/more/worse", "match": {"const": "yes"}},
        "because": "New.",
    }
    found = compared(lambda document: risk(document)["rules"].insert(0, rule | {"provenance": forms.INVENTED}))
    assert [change.sentences[0] for change in found.changes] == ["Rule 1 of 'Risk' was added."]


def test_a_new_question_says_what_it_offers_and_whether_it_must_be_answered() -> None:
    when = {"items": "./worse", "match": {"const": "yes"}}
    found = compared(lambda document: add(document, "more", "fear", choice("yes", "no", showWhen=when, required=True)))
    assert found.changes[0].sentences == (
        "Question 3.7 Fear was added.",
        "It offers Yes, No.",
        "It is asked where the answer to 3.1 Worse is Yes.",
        "It must be answered in every complete response.",
    )


def test_the_pointers_lead_to_what_changed_in_both_documents() -> None:
    (change,) = compared(CHANGES["a reason"]).changes
    assert (change.old_pointer, change.new_pointer) == ("/x-form/assessments/0/rules/0",) * 2
    (change,) = compared(CHANGES["a question in another section"]).changes
    assert (change.old_pointer, change.new_pointer) == (
        "/properties/more/properties/remarks",
        "/properties/about/properties/remarks",
    )
    (change,) = compared(CHANGES["a question that is gone"]).changes
    assert (change.old_pointer, change.new_pointer) == ("/properties/more/properties/colour", None)


def test_rules_that_follow_from_others_are_no_change() -> None:
    old = changed(lambda document: put(item(document, "more", "why")["x-form"], required=True))
    without = Form(forms.load(old))
    assert compare(without, forms.form(old)).kind == "none"


@pytest.mark.parametrize("name", CHANGES)
def test_a_comparison_is_what_its_document_describes(name: str) -> None:
    found = compare(OLD, forms.form(changed(CHANGES[name])), time_limit=1)
    VALIDATORS["comparison"].validate(json.loads(json.dumps(found.to_dict())))


def test_a_page_shows_the_kind_the_example_and_what_changed() -> None:
    found = compare(OLD, forms.form(changed(CHANGES["a rule that asks for more"])))
    page = get_renderer("html").render(comparison_document(found))
    assert isinstance(page, str)
    assert "major: old responses are refused, misread, or come to something else" in page
    assert "A response that comes to something else" in page
    assert "Seen: Yes" in page
    assert "</span>2<span" in page.partition("<del>")[2].partition("</del>")[0]
    assert "Rule 1 of &#39;Risk&#39; changed." in page


@pytest.mark.parametrize("to", ["docx", "pdf", "json"])
def test_a_comparison_is_a_document_for_every_renderer(to: str) -> None:
    found = compare(OLD, forms.form(changed(CHANGES["a rule that asks for more"])))
    assert get_renderer(to).render(comparison_document(found))


def test_axe_finds_nothing_on_a_page_of_changes(browser: Browser, tmp_path: Path) -> None:
    found = compare(OLD, forms.form(changed(CHANGES["a rule that asks for more"])))
    made = get_renderer("html").render(comparison_document(found))
    assert isinstance(made, str)
    (tmp_path / "changes.html").write_text(made, encoding="utf-8")
    page = browser.new_page()
    page.goto((tmp_path / "changes.html").as_uri())
    assert violations(page) == []
    page.close()
