"""Word documents that were filled in, read back: what Word writes, and what people do to a form."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

import cse_forms
from cse_forms.errors import InputError
from tests import forms
from tests.reading_back.sample import FORM, LONG, blank_of, catalogue, sample
from tests.reading_back.word import W14, W15, W, WordFile, typed, xml

COMMENTS = "application/vnd.openxmlformats-officedocument.wordprocessingml.comments+xml"
NOTES = "application/vnd.openxmlformats-officedocument.wordprocessingml.footnotes+xml"


class Desk:
    """A form to fill in, with the catalogue that it came from."""

    def __init__(self, folder: Path, *definitions: Any) -> None:
        self.catalogue = catalogue(folder, *definitions)
        self.form = self.catalogue.get_form(FORM, "1.0.0")

    def open(self, answers: dict[str, Any] | None = None) -> WordFile:
        return WordFile(blank_of(self.form, answers))

    def read(self, word: WordFile) -> cse_forms.Reading:
        return cse_forms.read_docx(word.save(), self.catalogue)


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return Desk(tmp_path)


def told(reading: cse_forms.Reading) -> dict[str, tuple[str, str | None]]:
    """Return what became of the fields that are not simply read or empty."""
    return {report.pointer: (report.status, report.text) for report in reading.fields if not report.is_fine}


def notes(reading: cse_forms.Reading) -> list[tuple[str, str | None]]:
    return [(note.kind, note.text) for note in reading.notes]


def test_a_form_that_a_person_filled_in_in_word_is_read(desk: Desk) -> None:
    word = desk.open()
    word.write("Name", "Sam O\u2019Example")
    word.write("Story", "First line\nSecond line\n\nAnd a fourth")
    word.pick("Born", "2012-02-29", "29/02/2012")
    word.write("Age", "14")
    word.write("Share", "0.25")
    word.tick("Agreed")
    word.tick("Missing: Not known")
    word.choose("Level", "An option with so many words that it drops further")
    word.tick("Models: Gang")
    word.tick("Models: Online")
    word.choose("Gifts: Seen", "Yes")
    word.write("Gifts: Notes", "A new telephone")
    word.write("Name", "Alex", place=1)
    word.tick("Seen")
    reading = desk.read(word)
    assert reading.response.answers == {
        "name": "Sam O\u2019Example",
        "story": "First line\nSecond line\n\nAnd a fourth",
        "born": "2012-02-29",
        "age": 14,
        "share": 0.25,
        "agreed": True,
        "missing": "not-known",
        "level": LONG[1],
        "models": ["online", "gang"],
        "signs": {"gifts": {"seen": "yes", "notes": "A new telephone"}},
        "people": [{"name": "Alex", "seen": True}],
    }
    assert reading.is_clean
    assert (reading.response.form, reading.response.version) == (FORM, "1.0.0")
    assert reading.response.digest == desk.form.digest
    assert reading.response.is_draft


def test_a_blank_that_nobody_filled_in_is_an_empty_draft_with_a_report_of_each_field(desk: Desk) -> None:
    reading = desk.read(desk.open())
    assert reading.response.answers == {}
    assert reading.is_clean
    assert {report.status for report in reading.fields} == {"empty"}
    questions = desk.form.definition.questions
    assert {report.pointer for report in reading.fields} >= {pointer for pointer in questions if "*" not in pointer}


def test_a_form_that_is_not_published_gives_a_response_without_a_digest(tmp_path: Path) -> None:
    desk = Desk(tmp_path, sample(status="draft"))
    assert desk.read(desk.open()).response.digest is None


def test_a_document_is_read_from_its_path_too(desk: Desk, tmp_path: Path) -> None:
    path = tmp_path / "filled.docx"
    path.write_bytes(desk.open().save())
    for named in (path, str(path)):
        assert cse_forms.read_docx(named, desk.catalogue).is_clean


def test_rows_that_were_added_are_read_in_their_order_and_empty_ones_are_left_out(desk: Desk) -> None:
    word = desk.open()
    word.write("Name", "One", place=1)
    word.write("Name", "Three", place=3)
    for _ in range(2):
        word.add_row()
    word.write("Name", "Five", place=5)
    reading = desk.read(word)
    # The last row was filled in when it was copied: Word would have copied its words as well.
    assert [row["name"] for row in reading.response.answers["people"]] == ["One", "Three", "Three", "Five"]
    assert reading.is_clean
    pointers = [report.pointer for report in reading.fields if report.pointer.startswith("/people")]
    assert len(pointers) == len(set(pointers)) == 15


def test_rows_that_were_taken_out_are_gone_without_a_word(desk: Desk) -> None:
    word = desk.open({"people": [{"name": "One"}, {"name": "Two"}]})
    items = [sdt for sdt in word.root.iter(f"{W}sdt") if sdt.find(f"{W}sdtPr/{W15}repeatingSectionItem") is not None]
    items[0].getparent().remove(items[0])
    reading = desk.read(word)
    assert reading.response.answers == {"people": [{"name": "Two"}]}
    assert reading.is_clean


def test_words_behind_a_control_whose_bookmark_ends_in_no_paragraph_of_its_cell_are_told(desk: Desk) -> None:
    word = desk.open()
    control = word.write("Story", "Once")
    paragraph = control.getparent()
    start, end = (paragraph.find(f"{W}bookmark{edge}") for edge in ("Start", "End"))
    control.find(f"{W}sdtContent").insert(0, start)
    paragraph.addnext(xml("<w:p><w:r><w:t>upon a time</w:t></w:r></w:p>"))
    next(word.root.iter(f"{W}body")).append(end)
    reading = desk.read(word)
    assert reading.response.answers == {"story": "Once"}
    assert notes(reading) == [("text", "upon a time")]


def test_spaces_alone_are_no_answer_unless_they_were_one(desk: Desk) -> None:
    word = desk.open({"story": " "})
    word.write("Name", "   ")
    word.write("Age", " ")
    word.write("Born", "\u00a0")
    reading = desk.read(word)
    assert reading.response.answers == {"story": " "}
    assert reading.is_clean


def test_several_paragraphs_tabs_and_odd_hyphens_in_a_control_are_text(desk: Desk) -> None:
    word = desk.open()
    first = xml("<w:p><w:r><w:t>one</w:t><w:tab/><w:t>two</w:t><w:noBreakHyphen/><w:t>three</w:t></w:r></w:p>")
    second = xml('<w:p><w:r><w:t>four</w:t><w:br/><w:t>five</w:t></w:r><w:r><w:sym w:char="00E9"/></w:r></w:p>')
    word.content(word.control("Story"), first, second)
    assert desk.read(word).response.answers == {"story": "one\ttwo\u2011three\nfour\nfive\u00e9"}


@pytest.mark.parametrize(
    ("typed_in", "read"),
    [
        ("3 March 2026", "2026-03-03"),
        ("3rd of March 2026", "2026-03-03"),
        ("Tuesday, 3 March 2026", "2026-03-03"),
        ("March 3, 2026", "2026-03-03"),
        ("03/04/2026", "2026-04-03"),
        ("3.4.2026", "2026-04-03"),
        ("3\u00a0Sept 2026", "2026-09-03"),
        ("3 Mawrth 2026", "2026-03-03"),
        (" 2026-03-03 ", "2026-03-03"),
    ],
)
def test_a_date_that_was_typed_is_read_day_first(desk: Desk, typed_in: str, read: str) -> None:
    word = desk.open()
    word.write("Born", typed_in)
    reading = desk.read(word)
    assert reading.response.answers == {"born": read}
    assert reading.is_clean


@pytest.mark.parametrize("typed_in", ["last Tuesday", "3/3/26", "31/02/2026", "March 2026", "13/13/2026", "1", "-"])
def test_a_date_that_cannot_be_read_is_told_with_its_words_and_answers_nothing(desk: Desk, typed_in: str) -> None:
    word = desk.open()
    word.write("Born", typed_in)
    reading = desk.read(word)
    assert reading.response.answers == {}
    assert told(reading) == {"/born": ("unreadable", typed_in)}


def test_a_date_in_another_language_is_read_from_the_calendar_that_agrees_with_it(desk: Desk) -> None:
    word = desk.open()
    word.pick("Born", "2026-03-03", "3 mars 2026")
    assert desk.read(word).response.answers == {"born": "2026-03-03"}
    word.pick("Born", "2026-03-03", "4 mars 2026")
    assert told(desk.read(word)) == {"/born": ("unreadable", "4 mars 2026")}


def test_a_date_whose_words_and_calendar_swap_day_and_month_is_ambiguous(desk: Desk) -> None:
    word = desk.open()
    word.pick("Born", "2026-03-04", "03/04/2026")
    reading = desk.read(word)
    assert reading.response.answers == {}
    assert told(reading) == {"/born": ("ambiguous", "03/04/2026")}


def test_words_that_were_typed_over_a_date_count_and_not_the_calendar_behind_them(desk: Desk) -> None:
    word = desk.open()
    word.pick("Born", "2026-03-04", "5 June 2025")
    assert desk.read(word).response.answers == {"born": "2025-06-05"}


@pytest.mark.parametrize(
    ("typed_in", "read"), [("14", 14), (" 1,400 ", 1400), ("\u22123", -3), ("2.0", 2.0), ("1e2", 100.0)]
)
def test_a_number_is_read_as_people_write_it(desk: Desk, typed_in: str, read: float) -> None:
    word = desk.open()
    word.write("Age", typed_in)
    assert desk.read(word).response.answers == {"age": read}


@pytest.mark.parametrize("typed_in", ["fourteen", "14 years", "1.5", "١٤", "1,4", "9" * 5000, "1e999", "NaN"])
def test_what_is_no_number_is_told_and_answers_nothing(desk: Desk, typed_in: str) -> None:
    word = desk.open()
    word.write("Age", typed_in)
    reading = desk.read(word)
    assert reading.response.answers == {}
    assert told(reading) == {"/age": ("unreadable", typed_in)}


def test_two_ticks_where_one_is_meant_are_named_and_answer_nothing(desk: Desk) -> None:
    word = desk.open()
    word.tick("Missing: Yes")
    word.tick("Missing: No")
    reading = desk.read(word)
    assert reading.response.answers == {}
    assert told(reading) == {"/missing": ("ambiguous", "Yes; No")}
    (message,) = (report.message for report in reading.fields if report.pointer == "/missing")
    assert "'Yes' and 'No'" in message


def test_a_box_without_its_state_says_by_its_sign_whether_it_is_ticked(desk: Desk) -> None:
    word = desk.open()
    word.tick("Missing: No")
    for control in (word.control("Missing: No"), word.control("Missing: Yes")):
        box = control.find(f"{W}sdtPr/{W14}checkbox")
        box.getparent().remove(box)
    assert desk.read(word).response.answers == {"missing": "no"}


def test_a_box_with_words_in_it_cannot_be_read(desk: Desk) -> None:
    word = desk.open()
    for title in ("Missing: No", "Agreed"):
        control = word.control(title)
        box = control.find(f"{W}sdtPr/{W14}checkbox")
        box.getparent().remove(box)
        word.content(control, *typed("perhaps"))
    assert told(desk.read(word)) == {"/missing": ("unreadable", "perhaps"), "/agreed": ("unreadable", "perhaps")}


def test_a_box_that_shows_another_thing_than_it_is_set_to_is_told(desk: Desk) -> None:
    word = desk.open()
    word.content(word.control("Agreed"), xml("<w:r><w:t>☒</w:t></w:r>"))
    reading = desk.read(word)
    assert reading.response.answers == {}
    assert told(reading) == {"/agreed": ("empty", None)}


@pytest.mark.parametrize("words", ["yes", " YES ", "Yes"])
def test_what_stands_in_a_list_is_an_option_by_its_title_or_its_value(desk: Desk, words: str) -> None:
    word = desk.open()
    word.content(word.control("Gifts: Seen"), *typed(words))
    assert desk.read(word).response.answers == {"signs": {"gifts": {"seen": "yes"}}}


def test_words_in_a_list_that_are_no_option_are_told(desk: Desk) -> None:
    word = desk.open()
    word.content(word.control("Level"), *typed("Somewhere between"))
    assert told(desk.read(word)) == {"/level": ("unreadable", "Somewhere between")}


def test_a_list_that_was_set_back_is_empty(desk: Desk) -> None:
    word = desk.open()
    word.content(word.control("Level"), xml("<w:r><w:t>Choose an answer</w:t></w:r>"))
    reading = desk.read(word)
    assert reading.response.answers == {}
    assert reading.is_clean


def test_recorded_changes_count_as_they_would_be_accepted_and_are_told(desk: Desk) -> None:
    word = desk.open({"name": "Sam"})
    control = word.control("Name")
    old = control.find(f"{W}sdtContent/{W}r")
    deleted = xml('<w:del w:id="900" w:author="A" w:date="2026-01-01T00:00:00Z"/>')
    old.find(f"{W}t").tag = f"{W}delText"
    inserted = xml('<w:ins w:id="901" w:author="A"><w:r><w:t>Alex</w:t></w:r></w:ins>')
    word.content(control, deleted, inserted)
    deleted.append(old)
    reading = desk.read(word)
    assert reading.response.answers == {"name": "Alex"}
    assert told(reading) == {"/name": ("read", "Alex")}
    assert notes(reading) == [("tracked-change", None)]


def test_a_row_that_was_taken_out_as_a_recorded_change_is_not_read(desk: Desk) -> None:
    word = desk.open({"people": [{"name": "One"}, {"name": "Two"}]})
    row = next(word.control("Name", 1).iterancestors(f"{W}tr"))
    row.find(f"{W}trPr").append(xml('<w:del w:id="900" w:author="A"/>'))
    reading = desk.read(word)
    assert reading.response.answers == {"people": [{"name": "Two"}]}
    assert notes(reading) == [("tracked-change", None)]


def test_a_control_that_is_gone_is_told(desk: Desk) -> None:
    word = desk.open({"name": "Sam"})
    for title in ("Name", "Missing: Yes", "Agreed"):
        control = word.control(title)
        control.getparent().remove(control)
    reading = desk.read(word)
    assert reading.response.answers == {}
    assert told(reading) == {"/name": ("deleted", None), "/missing": ("deleted", None), "/agreed": ("deleted", None)}


def test_a_tick_counts_where_another_box_of_the_question_is_gone_and_that_is_told(desk: Desk) -> None:
    word = desk.open()
    word.tick("Missing: No")
    control = word.control("Missing: Yes")
    control.getparent().remove(control)
    reading = desk.read(word)
    assert reading.response.answers == {"missing": "no"}
    assert told(reading) == {"/missing": ("read", "No")}


def test_words_whose_control_is_gone_are_read_by_their_bookmark_and_that_is_told(desk: Desk) -> None:
    word = desk.open({"name": "Sam", "missing": "no"})
    for title in ("Name", "Missing: No"):
        control = word.control(title)
        for run in control.find(f"{W}sdtContent"):
            control.addprevious(run)
        control.getparent().remove(control)
    reading = desk.read(word)
    assert reading.response.answers == {"name": "Sam", "missing": "no"}
    assert told(reading) == {"/name": ("read", "Sam"), "/missing": ("read", "No")}
    assert reading.notes == ()


def test_a_control_that_stands_there_twice_is_ambiguous_only_if_its_words_differ(desk: Desk) -> None:
    word = desk.open({"name": "Sam"})
    control = word.control("Name")
    copied = xml("<w:p/>")
    copied.append(WordFile(word.save()).control("Name"))
    word.root[0].insert(0, copied)
    assert desk.read(word).response.answers == {"name": "Sam"}
    word.content(control, *typed("Alex"))
    assert told(desk.read(word)) == {"/name": ("ambiguous", "Sam\nAlex")}


def test_a_control_that_the_form_does_not_have_is_told_with_its_words(desk: Desk) -> None:
    word = desk.open()
    added = xml('<w:p><w:sdt><w:sdtPr><w:alias w:val="My own"/><w:tag w:val="mine"/><w:text/></w:sdtPr>'
                "<w:sdtContent><w:r><w:t>Look here</w:t></w:r></w:sdtContent></w:sdt></w:p>")  # fmt: skip
    word.root[0].insert(0, added)
    reading = desk.read(word)
    assert reading.response.answers == {}
    assert [(report.question, report.text) for report in reading.fields if report.status == "unknown"] == [
        ("My own", "Look here")
    ]


def test_text_where_no_control_is_is_told_wherever_it_stands(desk: Desk) -> None:
    word = desk.open()
    word.root[0].insert(0, xml("<w:p><w:r><w:t>Above all</w:t></w:r></w:p>"))
    label = next(text for text in word.root.iter(f"{W}t") if text.text == "Story")
    label.text = "Story (see the letter)"
    footer = next(name for name in word.parts if name.startswith("word/footer"))
    word.parts[footer] = word.parts[footer].replace(b"</w:p>", b"<w:r><w:t>Foot</w:t></w:r></w:p>")
    note = "<w:footnote><w:p><w:r><w:t>A note</w:t></w:r></w:p></w:footnote>"
    note = f'<w:footnotes xmlns:w="{W[1:-1]}">{note}</w:footnotes>'
    word.add_part("footnotes.xml", note, "footnotes", NOTES)
    reading = desk.read(word)
    texts = [note.text for note in reading.notes if note.kind == "text"]
    assert texts[:2] == ["Above all", "Story (see the letter)"]
    assert "A note" in texts
    assert any(text and text.endswith("Foot") for text in texts)
    assert len(texts) == 4


def test_comments_are_told_with_who_made_them(desk: Desk) -> None:
    word = desk.open()
    made = '<w:comment w:id="0" w:author="A. Manager"><w:p><w:r><w:t>Is it so?</w:t></w:r></w:p></w:comment>'
    made = f'<w:comments xmlns:w="{W[1:-1]}">{made}</w:comments>'
    word.add_part("comments.xml", made, "comments", COMMENTS)
    (note,) = desk.read(word).notes
    assert (note.kind, note.text) == ("comment", "Is it so?")
    assert "A. Manager" in note.message


def test_pictures_are_told_and_the_words_of_a_text_box_are_too(desk: Desk) -> None:
    word = desk.open()
    picture = xml("<w:p><w:r><w:pict><w:txbxContent><w:p><w:r><w:t>In a box</w:t></w:r></w:p></w:txbxContent>"
                  "</w:pict></w:r></w:p>")  # fmt: skip
    word.root[0].insert(0, picture)
    assert notes(desk.read(word)) == [("text", "In a box"), ("embedded", None)]


def test_page_numbers_that_word_counted_are_no_text_of_anybody(desk: Desk) -> None:
    word = desk.open()
    footer = next(name for name in word.parts if name.startswith("word/footer"))
    assert b"<w:t>1</w:t>" in word.parts[footer]
    word.parts[footer] = word.parts[footer].replace(b"<w:t>1</w:t>", b"<w:t>17</w:t>")
    assert desk.read(word).is_clean


def test_what_a_part_filled_form_says_of_its_answers_is_no_text_of_anybody(desk: Desk) -> None:
    reading = desk.read(desk.open({"name": "Sam", "age": "many", "born": "never", "agreed": False, "models": []}))
    assert reading.notes == ()
    assert told(reading) == {"/born": ("unreadable", "never"), "/age": ("unreadable", "many")}
    assert reading.response.answers == {"name": "Sam", "agreed": False, "models": []}


@pytest.mark.parametrize("interface", ["cy", "en-GB"])
def test_a_form_with_the_interface_in_another_language_is_read_as_well(desk: Desk, interface: str) -> None:
    given = {"name": "Sam", "missing": "no"}
    made = desk.form.render("docx", given, draft=True, purpose="fill", language=interface)
    reading = cse_forms.read_docx(made if isinstance(made, bytes) else b"", desk.catalogue)
    assert reading.response.answers == given
    assert reading.is_clean


def test_a_language_that_the_interface_does_not_speak_stops_nobody(desk: Desk) -> None:
    word = desk.open({"name": "Sam"})
    carried = word.parts["customXml/item1.xml"]
    word.parts["customXml/item1.xml"] = carried.replace(b'interface="en-GB"', b'interface="tlh/../x"')
    assert desk.read(word).response.answers == {"name": "Sam"}


def test_an_older_version_is_read_as_what_it_is_and_that_is_told(tmp_path: Path) -> None:
    desk = Desk(tmp_path, sample(), sample("1.1.0", more=forms.text()))
    word = desk.open()
    word.write("Name", "Sam")
    reading = desk.read(word)
    assert (reading.response.version, reading.response.answers) == ("1.0.0", {"name": "Sam"})
    (note,) = reading.notes
    assert note.kind == "older-version"
    assert "1.0.0" in note.message
    assert "1.1.0" in note.message


def test_the_form_is_known_again_where_the_properties_were_lost(desk: Desk) -> None:
    word = desk.open({"name": "Sam"})
    del word.parts["docProps/custom.xml"]
    assert desk.read(word).response.answers == {"name": "Sam"}


def test_a_published_form_of_other_bytes_is_refused(desk: Desk) -> None:
    word = desk.open()
    for name in ("docProps/custom.xml", "customXml/item1.xml"):
        word.parts[name] = word.parts[name].replace(desk.form.digest[7:20].encode(), b"0" * 13)
    with pytest.raises(InputError, match=r"made from another invented 1\.0\.0"):
        desk.read(word)


def test_a_draft_that_has_changed_since_is_read_and_that_is_told(tmp_path: Path) -> None:
    desk = Desk(tmp_path, sample(status="draft"))
    word = desk.open({"name": "Sam"})
    for name in ("docProps/custom.xml", "customXml/item1.xml"):
        word.parts[name] = word.parts[name].replace(desk.form.digest[7:20].encode(), b"0" * 13)
    reading = desk.read(word)
    assert reading.response.answers == {"name": "Sam"}
    assert [note.kind for note in reading.notes] == ["changed-form"]


def test_a_form_that_the_catalogue_does_not_have_is_refused_with_what_it_has(desk: Desk) -> None:
    with pytest.raises(InputError, match=r"No form 'invented'.*cse-toolbox"):
        cse_forms.read_docx(desk.open().save())


@pytest.mark.parametrize("purpose", ["print", "record"])
def test_a_document_that_was_not_made_to_be_filled_in_is_refused(desk: Desk, purpose: Any) -> None:
    made = desk.form.render("docx", {}, draft=True, purpose=purpose)
    assert isinstance(made, bytes)
    with pytest.raises(InputError, match="has no controls to fill in"):
        cse_forms.read_docx(made, desk.catalogue)


def test_a_reading_says_the_same_as_json(desk: Desk) -> None:
    word = desk.open()
    word.write("Age", "many")
    said = desk.read(word).to_dict()
    assert said["clean"] is False
    assert said["response"]["answers"] == {}
    assert [field for field in said["fields"] if field["status"] == "unreadable"] == [
        {
            "pointer": "/age",
            "question": "Age",
            "status": "unreadable",
            "text": "many",
            "message": "This is no number; write it in digits alone.",
        }
    ]


def test_no_answer_stands_in_the_representation_of_a_reading(desk: Desk) -> None:
    reading = desk.read(desk.open({"name": "Sam Example", "age": "many"}))
    assert "Sam Example" not in repr(reading)
    assert "many" not in repr(reading)
