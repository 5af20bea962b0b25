"""When the parts of a form are to be answered, said beside them, once, and only where somebody is to answer."""

from __future__ import annotations

from typing import Any

import pytest

from cse_forms import get_form
from cse_forms.document import tree
from cse_forms.forms import Form
from tests.document.test_build import all_of, questions
from tests.forms import choice, definition, form, matrix, section, table, text, tick
from tests.thresholds.spoken import document as spoken

YES = {"const": "yes"}
ASKED = {"items": "/asked", "match": YES}


def paragraphs(document: tree.Document) -> list[str]:
    return [
        words.text
        for panel in all_of(document, tree.Panel)
        for words in panel.blocks
        if isinstance(words, tree.Paragraph)
    ]


def made(**properties: Any) -> Form:
    return form(definition({"asked": choice("yes", "no", number="1"), **properties}))


def test_a_question_says_when_it_is_to_be_answered() -> None:
    shown = questions(made(more=text(showWhen=ASKED)).document())
    assert shown["/more"].routing == "Answer this if 1 Asked is Yes."
    assert shown["/asked"].routing is None


@pytest.mark.parametrize(("purpose", "said"), [("print", True), ("fill", True), ("record", False)])
def test_a_record_asks_nothing_and_says_no_routing(purpose: tree.Purpose, said: bool) -> None:
    answers = None if purpose == "print" else {"asked": "yes"}
    shown = questions(made(more=text(showWhen=ASKED)).document(answers, purpose=purpose))
    assert (shown["/more"].routing is not None) is said


def test_a_section_and_a_table_say_it_below_their_headings() -> None:
    whole = made(
        part=section({"one": text()}, showWhen=ASKED), log=table(section({"what": text()}), showWhen=ASKED)
    ).document()
    blocks = list(whole.blocks)
    for anchor, words in (("/part", "Answer this section"), ("/log", "Fill in this table")):
        place = next(place for place, block in enumerate(blocks) if getattr(block, "anchor", None) == anchor)
        below = blocks[place + 1]
        assert isinstance(below, tree.Panel)
        assert below.blocks == (tree.Paragraph(text=f"{words} if 1 Asked is Yes."),)


def test_a_row_says_it_after_its_header() -> None:
    whole = made(signs=matrix({"late": section({"seen": tick()}, showWhen=ASKED, hint="At night.")})).document()
    assert all_of(whole, tree.Table)[0].rows[0].hint == "Answer this row if 1 Asked is Yes. At night."


def test_what_is_the_same_in_every_row_is_said_once_before_the_table() -> None:
    document = form(spoken()).document()
    said = "Answer 'What' in a row if 'Seen?' in the same row is Yes."
    assert paragraphs(document).count(said) == 1
    assert {question.routing for question in questions(document).values()} == {None}
    place = next(place for place, block in enumerate(document.blocks) if getattr(block, "caption", "") == "Signs")
    before = document.blocks[place - 1]
    assert isinstance(before, tree.Panel)
    assert before.blocks == (tree.Paragraph(text=said),)


def test_a_table_with_rows_to_add_says_it_once_before_them() -> None:
    row = section({"seen": choice("yes", "no"), "what": text(showWhen={"items": "./seen", "match": YES})})
    document = made(log=table(row)).document()
    assert paragraphs(document).count("Answer 'What' in a row if 'Seen' in the same row is Yes.") == 1
    assert {question.routing for question in questions(document).values()} == {None}


def test_rows_that_differ_say_it_each_for_itself() -> None:
    rows = {"late": section({"what": text(showWhen=ASKED)}), "gifts": section({"what": text()})}
    document = made(signs=matrix(rows)).document()
    shown = questions(document)
    assert shown["/signs/late/what"].routing == "Answer this if 1 Asked is Yes."
    assert shown["/signs/gifts/what"].routing is None
    assert not any("in a row" in text for text in paragraphs(document))


def test_the_routing_of_a_shipped_form_stands_beside_its_questions() -> None:
    shown = questions(get_form("cse-toolbox").document())
    routing = shown["/summary/actual-stated"].routing
    assert routing is not None
    assert routing.startswith("Answer this if 7.2 ")
    assert routing.endswith(" is Yes.")
    assert [pointer for pointer, question in shown.items() if question.routing] == [
        "/summary/actual-stated",
        "/summary/further-investigation",
    ]
