"""What the document of a form says, and in which order: read from the shipped forms."""

from __future__ import annotations

from typing import Any, TypeVar

from cse_forms import get_form
from cse_forms.answers.response import Response
from cse_forms.document import tree
from cse_forms.forms import Form
from tests import forms
from tests.forms import choice, choices, definition, form, section, text, tick

B = TypeVar("B", bound=tree.Block)


def all_of(document: tree.Document, kind: type[B]) -> list[B]:
    return [block for block in document.blocks if isinstance(block, kind)]


def questions(document: tree.Document) -> dict[str, tree.Question]:
    found = {block.pointer: block for block in all_of(document, tree.Question)}
    for table in all_of(document, tree.Table):
        for row in table.rows:
            found |= {cell.pointer: cell for cell in row.cells if isinstance(cell, tree.Question)}
    return found


def toolbox() -> Form:
    return get_form("cse-toolbox")


def test_a_blank_form_shows_every_question_once_and_no_answer() -> None:
    form = toolbox()
    shown = questions(form.document())
    assert {pointer for pointer in form.definition.questions if "*" not in pointer} < set(shown)
    assert all(question.answer is None for question in shown.values())


def test_a_blank_form_offers_empty_rows_each_with_pointers_of_its_own() -> None:
    shown = questions(toolbox().document())
    assert {pointer for pointer in shown if pointer.startswith("/plan/other/")} == {
        f"/plan/other/{row}/{key}" for row in range(3) for key in ("objective", "who", "when")
    }


def test_the_warnings_of_the_form_stand_first_in_one_frame() -> None:
    first = toolbox().document().blocks[0]
    assert isinstance(first, tree.Panel)
    assert first.kind == "warning"
    texts = [words.text for words in first.blocks if isinstance(words, tree.Paragraph)]
    assert texts[0] == "If you suspect anyone is in immediate danger, call the Police on 999."
    assert len(texts) == 3


def test_sections_are_numbered_as_the_source_refers_to_them() -> None:
    headings = {heading.anchor: heading for heading in all_of(toolbox().document(), tree.Heading)}
    assert headings["/suspected"].number == "5"
    assert headings["/vulnerabilities"].number == "6"
    assert (headings["/suspected/family"].number, headings["/suspected/family"].level) == (None, 3)


def test_rows_are_numbered_through_the_groups_of_their_section() -> None:
    tables = {table.caption: table for table in all_of(toolbox().document(), tree.Table)}
    assert [row.number for row in tables["Appearance and Possessions"].rows] == ["5.17", "5.18"]


def test_a_row_without_one_of_the_columns_has_an_empty_cell() -> None:
    tables = {table.caption: table for table in all_of(toolbox().document(), tree.Table)}
    other = tables["Intra-Personal"].rows[-1]
    assert other.header == "Any other vulnerabilities or observations."
    assert other.cells[0] is None
    assert isinstance(other.cells[1], tree.Question)


def test_the_table_of_levels_has_the_wording_of_the_source_and_room_for_what_was_done() -> None:
    table = next(table for table in all_of(toolbox().document(), tree.Table) if "Actions Taken" in table.columns)
    assert table.columns == ("Description of Child/Young Person", "Suggested Interventions", "Actions Taken")
    medium = table.rows[1]
    assert medium.header == "Medium"
    assert isinstance(medium.cells[1], tuple)
    assert isinstance(medium.cells[1][0], tree.BulletList)
    assert medium.cells[1][0].items[0] == "As above."


def test_what_a_response_says_stands_in_the_words_of_the_form() -> None:
    answers = {
        "involved": {"child": {"date-of-birth": "2012-03-31", "gender": "female"}, "models": ["peer-on-peer"]},
        "actual": {"abduction": {"taking-place": "not-known"}},
        "suspected": {"family": {"unknown-associates": {"present": True}}},
    }
    shown = questions(toolbox().document(answers))
    said = {
        pointer: (question.answer.status, question.answer.text)
        for pointer, question in shown.items()
        if question.answer
    }
    assert said["/involved/child/date-of-birth"] == ("given", "31 March 2012")
    assert said["/involved/child/gender"] == ("given", "Female")
    assert said["/involved/models"] == ("given", "Peer on Peer")
    assert said["/actual/abduction/taking-place"] == ("not-known", "Not Known")
    assert said["/actual/under-13/taking-place"] == ("unanswered", "Not answered")
    assert said["/suspected/family/unknown-associates/present"] == ("given", "Ticked")
    assert said["/suspected/family/unexplained-absence/present"] == ("unanswered", "Not ticked")


def test_an_answer_to_what_is_not_asked_is_shown_and_said_to_count_for_nothing() -> None:
    answers = {"summary": {"actual-indicators": "no", "actual-stated": "An old note"}}
    answer = questions(toolbox().document(answers))["/summary/actual-stated"].answer
    assert answer == tree.Answer(status="not-asked", text="Not asked, and counted for nothing: An old note")


def test_a_wrong_answer_is_shown_as_it_was_written_with_what_is_wrong_beside_it() -> None:
    question = questions(toolbox().document({"involved": {"child": {"age": "fourteen"}}}))["/involved/child/age"]
    assert question.answer == tree.Answer(status="given", text="fourteen")
    assert question.findings[0].startswith("Give a whole number")


def test_what_is_wrong_with_an_option_stands_beside_its_question() -> None:
    question = questions(toolbox().document({"involved": {"models": ["gangs"]}}))["/involved/models"]
    assert question.findings[0].startswith("Choose one of: Inappropriate Relationship")
    assert question.answer == tree.Answer(status="given", text="gangs")


def test_nothing_that_was_recorded_is_lost_where_the_form_has_no_question() -> None:
    answers: dict[str, Any] = {"involved": {"child": {"nickname": "Ash"}}, "summary": "All in one text"}
    document = toolbox().document(answers)
    panel = next(
        panel for panel in all_of(document, tree.Panel) if panel.label == "Answers that the form has no question for"
    )
    assert panel.blocks == (
        tree.TermList(terms=(("/involved/child/nickname", ("Ash",)), ("/summary", ("All in one text",)))),
    )


def test_a_table_without_rows_says_so_in_a_record() -> None:
    document = toolbox().document({})
    panels = [
        panel for panel in all_of(document, tree.Panel) if panel.blocks == (tree.Paragraph(text="No rows were added"),)
    ]
    assert len(panels) == 1


def test_a_draft_says_so_on_every_page_and_a_complete_response_does_not() -> None:
    assert toolbox().document({}, draft=True).banner == "DRAFT"
    assert toolbox().document({}).banner is None


def test_a_blank_names_its_form_version_and_the_beginning_of_its_digest() -> None:
    form = toolbox()
    document = form.document()
    assert document.reference == "cse-toolbox, version 1.0.0"
    assert dict(document.facts) == {
        "Form": "cse-toolbox, version 1.0.0",
        "Digest": f"begins {form.digest.removeprefix('sha256:')[:12]}",
    }


def test_a_record_says_who_recorded_it_and_when_or_that_nobody_says_so() -> None:
    answers: dict[str, Any] = {}
    for meta, who in (({"who": "Jo Sample"}, "Jo Sample"), ({"who": " "}, "Not stated"), ({}, "Not stated")):
        response = Response(form="cse-toolbox", version="1.0.0", answers=answers, meta=meta)
        facts = dict(toolbox().document(response).facts)
        assert (facts["Recorded by"], facts["Recorded on"]) == (who, "Not stated")
        assert ("Recorded by" in dict(toolbox().document(response, purpose="fill").facts)) is (who == "Jo Sample")


def test_a_record_of_a_response_that_was_taken_along_names_the_version_that_it_comes_from() -> None:
    taken = ({"form": "cse-toolbox", "version": "0.8.0"}, {"form": "cse-toolbox", "version": "0.9.0"})
    response = Response(form="cse-toolbox", version="1.0.0", answers={}, migrated_from=taken)
    assert dict(toolbox().document(response).facts)["Taken over from"] == "cse-toolbox, version 0.9.0"
    assert "Taken over from" not in dict(toolbox().document({}).facts)


def test_a_blank_holds_nothing_of_the_response_that_it_is_made_for() -> None:
    document = toolbox().document({"involved": {"child": {"age": 14}}}, purpose="print")
    assert (document.status, document.response, document.outcome) == ("blank", None, None)
    assert all(question.value is None for question in questions(document).values())


def test_a_root_question_is_a_section_of_its_own() -> None:
    shown = questions(get_form("wales-strength-concern").document())
    assert shown["/analysis"].heading_level == 2
    assert shown["/details/name"].heading_level is None


def test_a_description_is_shown_with_what_it_describes() -> None:
    properties = {
        "part": {
            "title": "Part",
            "description": "About this part.",
            "type": "object",
            "x-form": {"provenance": {"derived": "invented"}},
            "additionalProperties": False,
            "properties": {
                "told": {
                    "title": "Who was told?",
                    "description": "Name them all.",
                    "type": "string",
                    "x-form": {"provenance": {"derived": "invented"}, "hint": "Ask."},
                }
            },
        }
    }
    document = form(definition(properties)).document()
    assert questions(document)["/part/told"].hint == "Name them all. Ask."
    texts = [panel.blocks for panel in all_of(document, tree.Panel)]
    assert (tree.Paragraph(text="About this part."),) in texts


def test_the_sources_and_what_must_be_known_of_them_stand_at_the_end() -> None:
    document = toolbox().document()
    headings = all_of(document, tree.Heading)
    assert headings[-1].text == "About this form"
    last = document.blocks[document.blocks.index(headings[-1]) + 1]
    assert isinstance(last, tree.Panel)
    assert isinstance(last.blocks[0], tree.TermList)
    assert "partial summary" in last.blocks[0].terms[0][1][0]


def test_a_table_without_empty_rows_has_one_to_be_filled_in_on_a_screen() -> None:
    people = forms.table(section({"name": text()}), rows=0)
    empty = form(definition({"people": people}))
    assert [len(one.rows) for one in all_of(empty.document(purpose="fill"), tree.Table)] == [1]
    assert [len(one.rows) for one in all_of(empty.document({}, purpose="fill", draft=True), tree.Table)] == [1]
    assert all_of(empty.document(), tree.Table) == []
    assert [len(one.rows) for one in all_of(empty.document(rows=4), tree.Table)] == [4]


def test_a_form_to_fill_in_shows_answers_that_no_box_can_show() -> None:
    asked = form(definition({"one": choice("yes", "no"), "many": choices("a", "b"), "tick": tick(), "said": text()}))
    answers = {"one": "perhaps", "many": ["a", "c", 3], "tick": "on", "said": 4}
    found = questions(asked.document(answers, draft=True, purpose="fill"))
    shown = {pointer: question.findings[0].partition(":")[0] for pointer, question in found.items()}
    assert shown["/one"] == "\u201cperhaps\u201d"
    assert shown["/many"] == "\u201cc; 3\u201d"
    assert shown["/tick"] == "\u201con\u201d"
    assert (found["/said"].value, shown["/said"].startswith("\u201c")) == ("4", False)
    assert [option.chosen for option in found["/many"].options] == [True, False]
    record = questions(asked.document(answers, draft=True))
    assert not any(question.findings[0].startswith("\u201c") for question in record.values())
