"""The wording of a definition: which strings are translated, and which are not."""

from __future__ import annotations

from typing import Any

from cse_forms.forms import get_form
from cse_forms.schema.wording import changed, wordings
from tests.forms import definition, section, text
from tests.translating.made import visits


def test_every_string_that_people_read_is_wording() -> None:
    found = {wording.text for wording in wordings(visits())}
    assert found >= {
        "An invented form", "Age", "In years.", "A whole number.", "Yes", "What was seen", "Late home", "Say when.",
        "Ring at once.", "Before", "Sit down.", "Sign", "What is heard.", "More", "Little.", "Wait.", "As above.",
        "Risk", "Low", "Seen holds.", "Nobody has said.", "Never lower.", "No rule holds.", "Age in years",
        "Tell someone.", "Look again.",
    }  # fmt: skip


def test_ids_values_and_what_is_said_of_sources_are_no_wording() -> None:
    found = {wording.text for wording in wordings(visits())}
    assert not found & {"yes", "low", "risk", "An invented source", "invented.txt", "Invented for a test."}
    assert "https://example.org/more" not in found


def test_a_question_may_have_the_name_of_a_word_of_the_format() -> None:
    names = ("title", "provenance", "default", "list", "hint", "match", "sources")
    document = definition({name: section({"text": text()}) for name in names})
    found = {wording.pointer for wording in wordings(document)}
    assert {f"/properties/{name}/properties/text/title" for name in names} <= found


def test_each_string_stands_where_its_pointer_says() -> None:
    document = visits()
    for wording in wordings(document):
        node: Any = document
        for key in wording.pointer.split("/")[1:]:
            node = node[int(key)] if isinstance(node, list) else node[key]
        assert node == wording.text


def test_a_definition_whose_wording_is_changed_into_itself_is_the_same() -> None:
    document = dict(get_form("cse-toolbox").schema)
    assert changed(document, lambda _, text: text) == document


def test_a_document_that_is_no_definition_has_the_wording_that_can_be_told() -> None:
    odd = {"title": 3, "properties": [{"title": "Age"}], "x-form": {"guidance": {"text": "Ring."}}}
    assert [wording.text for wording in wordings(odd)] == ["Age", "Ring."]
    assert list(wordings(None)) == []
