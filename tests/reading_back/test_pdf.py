"""PDF forms that were filled in, read back: what programs write into them, and files that mean harm."""

from __future__ import annotations

import contextlib
import time
import zlib
from io import BytesIO
from pathlib import Path
from typing import Any

import pikepdf
import pypdf
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pikepdf.form import Form as AcroForm

import cse_forms
from cse_forms.errors import InputError
from cse_forms.forms import Form
from tests import forms
from tests.commands import LIMITED, run
from tests.property.definitions import definitions
from tests.property.test_word_forms import SHIPPED, given_answers
from tests.reading_back.sample import FORM, LONG, catalogue, sample
from tests.responses import answers_to

LONGEST = 20
"""Seconds within which each of these is done, on a machine that does other things too."""

WRITTEN = st.text(st.characters(exclude_categories=["Cs"]), max_size=20)


class Desk:
    """A form to fill in, with the catalogue that it came from."""

    def __init__(self, folder: Path, *definitions: Any) -> None:
        self.catalogue = catalogue(folder, *definitions)
        self.form = self.catalogue.get_form(FORM, "1.0.0")

    def blank(self, answers: dict[str, Any] | None = None) -> bytes:
        return to_fill(self.form, answers)

    def read(self, made: bytes) -> cse_forms.Reading:
        return cse_forms.read_pdf(made, self.catalogue)


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return Desk(tmp_path)


def to_fill(form: Form, answers: dict[str, Any] | None = None) -> bytes:
    made = form.render("pdf", answers, draft=True, purpose="fill")
    assert isinstance(made, bytes)
    return made


def by_pypdf(made: bytes, values: dict[str, str]) -> bytes:
    """Fill a form in as pypdf does, which knows nothing of where it comes from."""
    writer = pypdf.PdfWriter(clone_from=BytesIO(made))
    for each in writer.pages:
        writer.update_page_form_field_values(each, values, auto_regenerate=False)
    file = BytesIO()
    writer.write(file)
    return file.getvalue()


def changed(made: bytes, change: Any) -> bytes:
    """Return a file after a change by pikepdf."""
    with pikepdf.open(BytesIO(made)) as pdf:
        change(pdf)
        file = BytesIO()
        pdf.save(file)
    return file.getvalue()


def field_of(pdf: pikepdf.Pdf, name: str) -> Any:
    (found,) = [each for each in pdf.Root.AcroForm.Fields if str(each.T) == name]
    return found


def told(reading: cse_forms.Reading) -> dict[str, str]:
    return {report.pointer: report.status for report in reading.fields if not report.is_fine}


FILLED = {
    "/name": "Sam O\u2019Example",
    "/story": "First line\nSecond line",
    "/born": "29/02/2012",
    "/age": "14",
    "/share": "0.25",
    "/agreed": "/true",
    "/missing": "/not-known",
    "/level": f"/{LONG[1]}",
    "/models~3online": "/online",
    "/models~3gang": "/gang",
    "/signs/gifts/seen": "/yes",
    "/signs/gifts/notes": "A new telephone",
    "/people/1/name": "Alex",
    "/people/1/seen": "/true",
    "/people/1/since": "3 March 2026",
}

ANSWERS = {
    "name": "Sam O\u2019Example",
    "story": "First line\nSecond line",
    "born": "2012-02-29",
    "age": 14,
    "share": 0.25,
    "agreed": True,
    "missing": "not-known",
    "level": LONG[1],
    "models": ["online", "gang"],
    "signs": {"gifts": {"seen": "yes", "notes": "A new telephone"}},
    "people": [{"name": "Alex", "seen": True, "since": "2026-03-03"}],
}


def test_a_form_that_another_program_filled_in_is_read(desk: Desk) -> None:
    reading = desk.read(by_pypdf(desk.blank(), FILLED))
    assert reading.response.answers == ANSWERS
    assert reading.is_clean
    assert reading.response.is_draft
    assert reading.response.digest == desk.form.digest


def test_a_form_that_pikepdf_filled_in_is_read(desk: Desk) -> None:
    def fill(pdf: pikepdf.Pdf) -> None:
        form = AcroForm(pdf)
        form["/name"].value = "Sam"
        form["/story"].value = "One\rTwo\r\nThree"
        form["/agreed"].checked = True
        form["/missing"].selected = next(one for one in form["/missing"].options if str(one.on_value) == "/no")

    reading = desk.read(changed(desk.blank(), fill))
    assert reading.response.answers == {"name": "Sam", "story": "One\nTwo\nThree", "agreed": True, "missing": "no"}
    assert reading.is_clean


def test_an_empty_form_gives_an_empty_response(desk: Desk) -> None:
    reading = desk.read(desk.blank())
    assert reading.response.answers == {}
    assert reading.is_clean


def test_what_cannot_be_read_is_told_and_not_guessed(desk: Desk) -> None:
    reading = desk.read(by_pypdf(desk.blank(), {"/born": "last Tuesday", "/age": "about ten"}))
    assert told(reading) == {"/born": "unreadable", "/age": "unreadable"}
    assert reading.response.answers == {}


def test_a_choice_that_the_form_does_not_have_is_told(desk: Desk) -> None:
    def choose(pdf: pikepdf.Pdf) -> None:
        field_of(pdf, "/missing").V = pikepdf.Name("/perhaps")

    assert told(desk.read(changed(desk.blank(), choose))) == {"/missing": "unreadable"}


def test_a_box_that_shows_one_thing_and_is_set_to_another_is_told(desk: Desk) -> None:
    def tick(pdf: pikepdf.Pdf) -> None:
        field_of(pdf, "/agreed").AS = pikepdf.Name("/true")

    reading = desk.read(changed(desk.blank(), tick))
    (report,) = [each for each in reading.fields if not each.is_fine]
    assert report.pointer == "/agreed"
    assert "shows one thing and is set to another" in report.message


def test_a_group_of_boxes_that_shows_one_thing_and_is_set_to_another_is_told(desk: Desk) -> None:
    def tick(pdf: pikepdf.Pdf) -> None:
        field_of(pdf, "/missing").Kids[0].AS = pikepdf.Name("/yes")

    reading = desk.read(changed(desk.blank(), tick))
    (report,) = [each for each in reading.fields if not each.is_fine]
    assert (report.pointer, report.status) == ("/missing", "empty")
    assert "shows one thing and is set to another" in report.message


def test_spaces_alone_are_no_answer_unless_they_were_one(desk: Desk) -> None:
    reading = desk.read(by_pypdf(desk.blank({"story": " "}), {"/name": "  ", "/age": " ", "/born": " "}))
    assert reading.response.answers == {"story": " "}
    assert reading.is_clean


def test_what_was_put_on_a_page_is_told_with_its_number_and_so_are_pages_that_are_gone(desk: Desk) -> None:
    def write(pdf: pikepdf.Pdf) -> None:
        pdf.pages[0].contents_add(b"BT /F1 12 Tf 100 100 Td (Overleaf) Tj ET")
        pdf.add_blank_page()

    def lose(pdf: pikepdf.Pdf) -> None:
        del pdf.pages[0]

    made = desk.blank()
    with pikepdf.open(BytesIO(made)) as pdf:
        count = len(pdf.pages)
    (note,) = desk.read(changed(made, write)).notes
    assert (note.kind, f"in no field: 1, {count + 1}." in note.message) == ("changed-page", True)
    (note,) = desk.read(changed(made, lose)).notes
    assert (note.kind, note.message) == ("changed-page", "Pages of the form are missing: 1.")


def test_a_form_that_was_printed_into_a_new_file_is_refused_with_what_to_do(desk: Desk) -> None:
    def draw(pdf: pikepdf.Pdf) -> None:
        for each in pdf.pages:
            del each.Annots

    filled = by_pypdf(desk.blank(), FILLED)
    assert "read the file that was filled in itself" in refused(changed(filled, draw), desk)


def test_a_field_that_is_gone_and_one_that_is_new_are_told(desk: Desk) -> None:
    def change(pdf: pikepdf.Pdf) -> None:
        fields = pdf.Root.AcroForm.Fields
        field_of(pdf, "/age").T = pikepdf.String("Something else")
        assert len(fields) > 1

    reading = desk.read(changed(by_pypdf(desk.blank(), {"/age": "9"}), change))
    assert told(reading) == {"/age": "deleted", "": "unknown"}
    assert [report.text for report in reading.fields if report.status == "unknown"] == ["9"]


def test_comments_programs_and_links_of_others_are_told_and_not_followed(desk: Desk) -> None:
    def change(pdf: pikepdf.Pdf) -> None:
        comment = pikepdf.Dictionary(Type=pikepdf.Name.Annot, Subtype=pikepdf.Name.FreeText, Contents="See overleaf")
        link = pikepdf.Dictionary(
            Type=pikepdf.Name.Annot,
            Subtype=pikepdf.Name.Link,
            A=pikepdf.Dictionary(S=pikepdf.Name.URI, URI="https://elsewhere.example/"),
        )
        for each in (comment, link):
            each.Rect = pikepdf.Array([0, 0, 9, 9])
            if "/Annots" not in pdf.pages[0]:
                pdf.pages[0].Annots = pikepdf.Array()
            pdf.pages[0].Annots.append(pdf.make_indirect(each))
        pdf.Root.OpenAction = pikepdf.Dictionary(S=pikepdf.Name.JavaScript, JS="app.alert('x')")
        pdf.attachments["a.txt"] = b"a"

    reading = desk.read(changed(desk.blank(), change))
    assert [(note.kind, note.text) for note in reading.notes] == [
        ("comment", "See overleaf"),
        ("script", None),
        ("embedded", None),
        ("link", "https://elsewhere.example/"),
    ]


def test_a_form_of_an_older_version_is_read_as_such(tmp_path: Path) -> None:
    desk = Desk(tmp_path, sample(), sample("1.1.0", extra=forms.text()))
    reading = desk.read(by_pypdf(desk.blank(), {"/name": "Sam"}))
    assert reading.response.version == "1.0.0"
    assert [note.kind for note in reading.notes] == ["older-version"]


def test_a_form_made_from_other_bytes_is_refused(desk: Desk) -> None:
    def change(pdf: pikepdf.Pdf) -> None:
        pdf.docinfo["/FormDigest"] = "sha256:0"

    with pytest.raises(InputError, match=r"was made from another invented 1\.0\.0"):
        desk.read(changed(desk.blank(), change))


def test_a_file_that_lost_its_properties_is_read_by_what_it_carries(desk: Desk) -> None:
    def change(pdf: pikepdf.Pdf) -> None:
        del pdf.docinfo

    assert desk.read(changed(desk.blank({"name": ""}), change)).response.answers == {"name": ""}


@pytest.mark.parametrize("every", [1, 2])
@pytest.mark.parametrize("form", SHIPPED, ids=lambda form: form.id)
def test_answers_to_every_question_come_back(form: Form, every: int) -> None:
    answers = answers_to(form, every=every)
    reading = cse_forms.read_pdf(to_fill(form, answers))
    assert reading.response.answers == answers
    assert reading.is_clean


def come_back(form: Form, answers: dict[str, Any]) -> None:
    with forms.catalogue_of(form) as known:
        reading = cse_forms.read_pdf(to_fill(form, answers), known)
    assert reading.response.answers == answers
    assert reading.is_clean


@given(st.sampled_from(SHIPPED), st.data())
@settings(max_examples=8, deadline=None)
def test_any_answers_to_a_shipped_form_come_back(form: Form, data: st.DataObject) -> None:
    come_back(form, data.draw(given_answers(form)))


@given(definitions(), st.data())
@settings(max_examples=25, deadline=None)
def test_answers_to_any_form_come_back(document: Any, data: st.DataObject) -> None:
    form = Form(forms.load(document))
    come_back(form, data.draw(given_answers(form)))


@given(WRITTEN, WRITTEN)
@settings(max_examples=40, deadline=None)
def test_any_text_comes_back_to_the_letter(text: str, other: str) -> None:
    form = forms.form(forms.definition({"said": forms.text(), "told": forms.text(lines=4)}))
    come_back(form, {"said": text, "told": other})


def refused(data: bytes, desk: Desk) -> str:
    started = time.monotonic()
    with pytest.raises(InputError) as caught:
        desk.read(data)
    assert time.monotonic() - started < LONGEST
    return str(caught.value)


@pytest.mark.parametrize("data", [b"", b"PK\x03\x04", b"\x00" * 2000, b"{}"])
def test_what_is_no_pdf_file_is_refused(data: bytes, desk: Desk) -> None:
    assert refused(data, desk) == "the document is no PDF file"


@pytest.mark.parametrize("data", [b"%PDF-", b"%PDF-1.7\n%%EOF", b"%PDF-1.7\n" + b"\x00" * 100_000])
def test_what_only_begins_like_one_is_refused(data: bytes, desk: Desk) -> None:
    assert "is damaged" in refused(data, desk)


def test_a_file_that_was_cut_off_is_refused_or_tells_what_is_missing(desk: Desk) -> None:
    made = by_pypdf(desk.blank(), FILLED)
    for part in range(1, 10):
        cut = made[: len(made) * part // 10]
        started = time.monotonic()
        try:
            reading = desk.read(cut)
        except InputError:
            continue
        finally:
            assert time.monotonic() - started < LONGEST
        assert not reading.is_clean


def test_a_file_with_any_byte_changed_is_read_or_refused(desk: Desk) -> None:
    made = bytearray(desk.blank())
    for place in range(50, len(made), len(made) // 60):
        spoilt = bytes(made[:place]) + bytes([made[place] ^ 0x55]) + bytes(made[place + 1 :])
        with contextlib.suppress(InputError):
            assert desk.read(spoilt).response.form == FORM


def test_a_locked_file_is_refused_with_what_to_do(desk: Desk) -> None:
    with pikepdf.open(BytesIO(desk.blank())) as pdf:
        file = BytesIO()
        pdf.save(file, encryption=pikepdf.Encryption(owner="a", user="b"))
    assert "save it without one" in refused(file.getvalue(), desk)


def test_a_file_of_somebody_else_is_refused(desk: Desk) -> None:
    with pikepdf.new() as pdf:
        pdf.add_blank_page()
        file = BytesIO()
        pdf.save(file)
    assert "none that was made from a form" in refused(file.getvalue(), desk)


def test_a_blank_for_paper_is_refused_since_it_has_no_fields(desk: Desk) -> None:
    def flatten(pdf: pikepdf.Pdf) -> None:
        pdf.Root.AcroForm.Fields = pikepdf.Array()
        for each in pdf.pages:
            each.Annots = pikepdf.Array()

    assert "no fields to fill in" in refused(changed(desk.blank(), flatten), desk)


def test_fields_that_hold_each_other_are_refused(desk: Desk) -> None:
    def circle(pdf: pikepdf.Pdf) -> None:
        field = field_of(pdf, "/name")
        field.Kids = pikepdf.Array([field])

    assert "deeper than any form" in refused(changed(desk.blank(), circle), desk)


def test_more_fields_than_any_form_has_are_refused(desk: Desk) -> None:
    def multiply(pdf: pikepdf.Pdf) -> None:
        field = pdf.make_indirect(pikepdf.Dictionary(FT=pikepdf.Name.Tx, T="x"))
        pdf.Root.AcroForm.Fields.extend([field] * 60_000)

    assert "fields; no form has" in refused(changed(desk.blank(), multiply), desk)


def test_packed_parts_that_would_fill_a_computer_are_refused(desk: Desk, tmp_path: Path) -> None:
    def blow_up(pdf: pikepdf.Pdf) -> None:
        packed = zlib.compress(bytes(600_000_000), 9)
        text = pikepdf.Stream(pdf, packed, Filter=pikepdf.Name.FlateDecode)
        field_of(pdf, "/name").V = pdf.make_indirect(text)

    path = tmp_path / "bomb.pdf"
    path.write_bytes(changed(desk.blank(), blow_up))
    ran = run("--definitions", tmp_path, "read", path, program=LIMITED)
    assert ran.status == 2, ran
    assert "is damaged" in ran.err


def _lead_to_one_packed_part(pdf: pikepdf.Pdf) -> None:
    packed = pdf.make_indirect(pikepdf.Stream(pdf, zlib.compress(bytes(3_900_000), 9), Filter=pikepdf.Name.FlateDecode))
    pdf.pages[0].obj.Contents = pikepdf.Array([packed] * 5_000)


def _hold_one_packed_part(pdf: pikepdf.Pdf) -> None:
    packed = pdf.make_indirect(pikepdf.Stream(pdf, zlib.compress(bytes(3_900_000), 9), Filter=pikepdf.Name.FlateDecode))
    for field in pdf.Root.AcroForm.Fields:
        field.V = packed


def _hold_one_long_list(pdf: pikepdf.Pdf) -> None:
    long = pdf.make_indirect(pikepdf.Array([pikepdf.String("x")] * 100_000))
    field = pdf.make_indirect(pikepdf.Dictionary(FT=pikepdf.Name.Tx, T="x", V=long))
    pdf.Root.AcroForm.Fields.extend([field] * 10_000)


def _do_one_long_list(pdf: pikepdf.Pdf) -> None:
    actions = pdf.make_indirect(pikepdf.Dictionary({f"/A{number}": 1 for number in range(50_000)}))
    field = pdf.make_indirect(pikepdf.Dictionary(FT=pikepdf.Name.Tx, T="x", AA=actions))
    pdf.Root.AcroForm.Fields.extend([field] * 10_000)


def test_one_part_that_many_lead_to_is_not_read_over_and_over(desk: Desk) -> None:
    blank = desk.blank()
    for harm in (_lead_to_one_packed_part, _hold_one_packed_part, _hold_one_long_list, _do_one_long_list):
        made = changed(blank, harm)
        assert len(made) < 1_000_000
        assert "than any form" in refused(made, desk), harm


def test_tables_that_lead_to_one_another_without_end_are_refused_unread(desk: Desk) -> None:
    for name in (b"/XRef", b"/X#52#65f"):
        tables = b"".join(b"%d 0 obj<</Type%s/W[1 0 0]/Prev 9>>endobj\n" % (number, name) for number in range(60))
        assert "saved over and over" in refused(desk.blank() + tables, desk)


def test_a_row_with_a_number_that_nobody_counts_to_is_told_as_unknown(desk: Desk) -> None:
    numbers = ("9" * 5_000, "1" * 12, "\u0663", "-1")

    def add(pdf: pikepdf.Pdf) -> None:
        for number in numbers:
            field = pikepdf.Dictionary(FT=pikepdf.Name.Tx, T=f"/people/{number}/name", V="Sam")
            pdf.Root.AcroForm.Fields.append(pdf.make_indirect(field))

    reading = desk.read(changed(desk.blank(), add))
    assert reading.response.answers == {}
    assert [report.text for report in reading.fields if report.status == "unknown"] == ["Sam"] * len(numbers)


def test_a_value_that_is_no_text_does_no_harm(desk: Desk) -> None:
    for value in (pikepdf.Array([1, 2]), pikepdf.Dictionary(A=1), 12, True, pikepdf.String(b"\xfe\xff\xd8\x00")):

        def put(pdf: pikepdf.Pdf, value: Any = value) -> None:
            field_of(pdf, "/name").V = value

        assert desk.read(changed(desk.blank(), put)).response.answers.get("name") in (None, "\ufffd")


def test_the_command_reads_a_pdf_by_what_it_is(desk: Desk, tmp_path: Path) -> None:
    path = tmp_path / "filled.bin"
    path.write_bytes(by_pypdf(desk.blank(), {"/name": "Sam"}))
    ran = run("--definitions", tmp_path, "read", path, "-o", tmp_path / "response.json")
    assert ran.status == 0
    assert '"name": "Sam"' in (tmp_path / "response.json").read_text()
