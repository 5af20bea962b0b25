"""What LibreOffice saves of a form that was filled in is read as well. It keeps bookmarks and loses tags."""

from __future__ import annotations

from io import BytesIO
from typing import TYPE_CHECKING
from zipfile import ZipFile

import pytest

import cse_forms
from tests.reading_back.sample import FORM, LONG, blank_of, catalogue
from tests.reading_back.word import BODY, W, WordFile, xml
from tests.responses import answers_to

if TYPE_CHECKING:
    from pathlib import Path

    from tests.renderers.conftest import Office

FORMS = list(cse_forms.Catalogue.shipped().versions())


def body_of(document: bytes) -> bytes:
    with ZipFile(BytesIO(document)) as archive:
        return archive.read(BODY)


@pytest.mark.parametrize("form", FORMS)
def test_a_shipped_form_comes_back_with_all_its_answers(office: Office, form: str) -> None:
    answers = answers_to(
        cse_forms.get_form(form), written=lambda question: f"Said of {question.pointer}:\n\u201cyes\u201d"
    )
    saved = office.saved_again(blank_of(cse_forms.get_form(form), answers), f"{form}-full")
    reading = cse_forms.read_docx(saved)
    assert reading.response.answers == answers
    assert reading.is_clean


def test_a_blank_stays_blank(office: Office) -> None:
    saved = office.saved_again(blank_of(cse_forms.get_form("cse-toolbox")), "blank")
    reading = cse_forms.read_docx(saved)
    assert reading.response.answers == {}
    assert reading.is_clean


def test_what_word_filled_in_and_libreoffice_saved_is_read_with_rows_that_were_added(
    office: Office, tmp_path: Path
) -> None:
    forms_at_hand = catalogue(tmp_path)
    word = WordFile(blank_of(forms_at_hand.get_form(FORM), {"agreed": False, "people": [{"name": "One"}]}))
    word.write("Name", "Sam")
    word.write("Story", "One line\nand\tanother")
    word.pick("Born", "2012-02-29", "29/02/2012")
    word.write("Age", "14")
    word.tick("Missing: No")
    word.tick("Models: Peer")
    word.choose("Level", "An option with so many words that it drops deepest")
    word.add_row()
    word.write("Name", "Four", place=4)
    word.tick("Seen", place=3)
    saved = office.saved_again(word.save(), "added")
    reading = cse_forms.read_docx(saved, forms_at_hand)
    assert reading.response.answers == {
        "name": "Sam",
        "story": "One line\nand\tanother",
        "born": "2012-02-29",
        "age": 14,
        "agreed": False,
        "missing": "no",
        "models": ["peer"],
        "level": LONG[2],
        "people": [{"name": "One"}, {"name": "Four", "seen": True}],
    }
    assert reading.is_clean


def test_saved_twice_by_libreoffice_it_is_still_read(office: Office, tmp_path: Path) -> None:
    forms_at_hand = catalogue(tmp_path)
    document = blank_of(forms_at_hand.get_form(FORM), {"name": "Sam", "missing": "yes", "level": LONG[0]})
    for turn in range(2):
        document = office.saved_again(document, f"turn-{turn}")
    reading = cse_forms.read_docx(document, forms_at_hand)
    assert reading.response.answers == {"name": "Sam", "missing": "yes", "level": LONG[0]}
    assert reading.is_clean


def test_paragraphs_that_libreoffice_puts_behind_their_control_are_part_of_the_answer(
    office: Office, tmp_path: Path
) -> None:
    forms_at_hand = catalogue(tmp_path)
    word = WordFile(blank_of(forms_at_hand.get_form(FORM)))
    control = word.control("Story")
    word.content(control, *(xml(f"<w:p><w:r><w:t>{text}</w:t></w:r></w:p>") for text in ("One", "Two", "", "Four")))
    # With a second paragraph, Word puts the control around its paragraphs, and the end of the bookmark into the last.
    paragraph = control.getparent()
    cell, (start, end) = paragraph.getparent(), (paragraph.find(f"{W}bookmark{edge}") for edge in ("Start", "End"))
    cell.replace(paragraph, control)
    content = control.find(f"{W}sdtContent")
    content[0].insert(0, start)
    content[-1].append(end)
    for document in (word.save(), office.saved_again(word.save(), "behind")):
        reading = cse_forms.read_docx(document, forms_at_hand)
        assert reading.response.answers == {"story": "One\nTwo\n\nFour"}
        assert reading.is_clean
