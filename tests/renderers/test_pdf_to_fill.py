"""PDF forms to fill in on a screen: their controls, and whether everybody can use them."""

from __future__ import annotations

from functools import cache
from io import BytesIO
from itertools import groupby
from typing import Any

import page
import pikepdf
import pypdf
import pytest
from fontTools.ttLib import TTFont

import cse_forms
from cse_forms.errors import InputError, RendererError
from cse_forms.forms import shipped_catalogue
from cse_forms.renderers.pdf import letters, naming
from tests.renderers.tagged import tags_of
from tests.responses import answers_to

FORMS = list(shipped_catalogue().versions())
TOOLBOX = "cse-toolbox"
NAME = "/involved/child/name"


@cache
def to_fill(form: str, *, filled: bool = False, large_print: bool = False) -> bytes:
    found = cse_forms.get_form(form)
    answers = answers_to(found) if filled else None
    made = found.render("pdf", answers, draft=filled, purpose="fill", large_print=large_print)
    assert isinstance(made, bytes)
    return made


def fields_of(made: bytes) -> dict[str, Any]:
    return dict(pypdf.PdfReader(BytesIO(made)).get_fields() or {})


@pytest.mark.parametrize("large_print", [False, True])
@pytest.mark.parametrize("filled", [False, True])
@pytest.mark.parametrize("form", FORMS)
def test_everybody_can_use_a_form(form: str, filled: bool, large_print: bool) -> None:
    report = page.validate_pdf_bytes(to_fill(form, filled=filled, large_print=large_print), profile="ua1")
    assert [(failure.rule_id, failure.message) for failure in report.failures] == []


def test_each_question_has_a_field_named_by_its_pointer() -> None:
    for form in FORMS:
        names = {name.partition("~3")[0].replace("~2", ".") for name in fields_of(to_fill(form))}
        questions = cse_forms.get_form(form).definition.questions
        assert names >= {pointer for pointer in questions if "*" not in pointer}
        assert len(names) >= len(questions)


def test_a_name_with_a_full_stop_is_one_name() -> None:
    assert naming.field_name("/a.b/c~1d", "x") == "/a~2b/c~1d~3x"
    assert naming.pointer_of("/a~2b/c~1d") == "/a.b/c~1d"


def test_boxes_are_called_by_their_values_or_by_their_places() -> None:
    assert naming.states(("yes", "Not Known", "yes", "Off", "option-1", "\u0175", "", "3")) == (
        "yes",
        "Not Known",
        "option-3",
        "option-4",
        "option-5",
        "option-6",
        "option-7",
        "3",
    )


def test_each_field_is_of_the_kind_that_its_question_asks_for() -> None:
    fields = fields_of(to_fill(TOOLBOX))
    assert fields[NAME]["/FT"] == "/Tx"
    assert not fields[NAME].get("/Ff", 0) & 1 << 12
    assert fields["/involved/child/information"]["/Ff"] & 1 << 12
    assert fields["/involved/child/gender"]["/Ff"] & 1 << 15
    assert fields["/involved/child/gender"]["/_States_"] == ["/Off", "/male", "/female"]
    assert fields["/involved/models~3gangs-and-groups"]["/_States_"] == ["/Off", "/gangs-and-groups"]


def test_each_field_is_read_aloud_in_the_words_of_its_question() -> None:
    fields = fields_of(to_fill(TOOLBOX))
    assert fields[NAME]["/TU"] == "3.1 Name: must be answered"
    assert fields["/involved/child/date-of-birth"]["/TU"] == "3.3 Date of Birth: Day / Month / Year"
    assert fields["/involved/models~3gangs-and-groups"]["/TU"] == "3.11 Models of CSE: Gangs and Groups"
    assert all(field.get("/TU") for form in FORMS for field in fields_of(to_fill(form)).values())


def test_each_control_stands_among_the_tags_in_the_order_of_the_form() -> None:
    for form in FORMS:
        made = to_fill(form)
        tagged = [tag for tag in tags_of(made).walk() if tag.name == "Form"]
        assert all(tag.control is not None and tag.inside == [] for tag in tagged)
        with pikepdf.open(BytesIO(made)) as pdf:
            widgets = [each for one in pdf.pages for each in one.get("/Annots", []) if each.Subtype == "/Widget"]
            assert all(one.Tabs == "/S" for one in pdf.pages)
            names = [str(each.get("/T") or each.Parent.T).partition("~3")[0] for each in widgets]
            assert "/NeedAppearances" not in pdf.Root.AcroForm
        assert len(tagged) == len(widgets)
        document = cse_forms.get_form(form).document(purpose="fill")
        asked = [name.replace("~2", ".") for name, _ in groupby(names)]
        assert asked == pointers_of(document)


def pointers_of(document: Any) -> list[str]:
    found = []
    for block in document.blocks:
        if hasattr(block, "pointer"):
            found.append(block.pointer)
        elif hasattr(block, "rows"):
            found += [cell.pointer for row in block.rows for cell in row.cells if hasattr(cell, "pointer")]
    return found


def test_what_is_given_already_stands_in_the_controls_and_is_seen() -> None:
    form = cse_forms.get_form(TOOLBOX)
    answers = {
        "involved": {
            "child": {"name": "Żofia Łęcka", "date-of-birth": "2011-09-14", "gender": "female"},
            "models": ["gangs-and-groups"],
        }
    }
    made = form.render("pdf", answers, draft=True, purpose="fill")
    assert isinstance(made, bytes)
    fields = fields_of(made)
    assert fields[NAME]["/V"] == "Żofia Łęcka"
    assert fields["/involved/child/date-of-birth"]["/V"] == "14/09/2011"
    assert fields["/involved/child/gender"]["/V"] == "/female"
    assert fields["/involved/models~3gangs-and-groups"]["/V"] == "/gangs-and-groups"
    assert fields["/involved/models~3peer-on-peer"]["/V"] == "/Off"
    with pikepdf.open(BytesIO(made)) as pdf:
        looks = {str(each.T): each.AP.N for each in pdf.Root.AcroForm.Fields if "/AP" in each}
        assert "/Font" in looks[NAME].Resources
        assert b"BT" in looks[NAME].read_bytes()
        assert looks["/involved/child/school"].read_bytes() == b"/Tx BMC EMC"


def test_a_control_grows_with_what_it_holds() -> None:
    form = cse_forms.get_form(TOOLBOX)
    tall, short = (
        form.render("pdf", {"involved": {"child": {"information": "word " * count}}}, draft=True, purpose="fill")
        for count in (400, 1)
    )
    heights = []
    for made in (tall, short):
        assert isinstance(made, bytes)
        with pikepdf.open(BytesIO(made)) as pdf:
            (box,) = [each.Rect for each in pdf.Root.AcroForm.Fields if each.T == "/involved/child/information"]
            heights.append(float(box[3]) - float(box[1]))
    assert heights[0] > 1.5 * heights[1]


def test_what_is_typed_is_written_in_letters_that_the_file_holds() -> None:
    with pikepdf.open(BytesIO(to_fill(TOOLBOX))) as pdf:
        font = pdf.Root.AcroForm.DR.Font.SourceSansPro
        program = font.FontDescriptor.FontFile2.read_bytes()
        assert str(pdf.Root.AcroForm.DA).startswith("/SourceSansPro ")
    found = TTFont(BytesIO(program))
    assert found["OS/2"].fsType == 0, "the letters may be put into documents"
    names, widths = found.getBestCmap(), found["hmtx"]
    for code, width in enumerate(letters.WIDTHS, letters.FIRST):
        # Where the encoding has nothing, programs show a bullet.
        letter = bytes([code]).decode("cp1252", "replace").replace("\ufffd", "\u2022").replace("\x7f", "\u2022")
        assert width == round(widths[names[ord(letter)]][0] * 1000 / found["head"].unitsPerEm), code


def test_the_same_form_gives_the_same_bytes() -> None:
    form = cse_forms.get_form(TOOLBOX)
    assert form.render("pdf", purpose="fill") == to_fill(TOOLBOX)


def test_half_of_a_character_is_refused_with_its_place() -> None:
    form = cse_forms.get_form(TOOLBOX)
    with pytest.raises(InputError, match=rf"^{NAME}: the answer to 'Name' holds half of a character"):
        form.render("pdf", {"involved": {"child": {"name": "\ud800"}}}, draft=True, purpose="fill")


def test_more_controls_than_any_form_has_are_refused() -> None:
    form = cse_forms.get_form(TOOLBOX)
    rows = [{"objective": "x"}] * 2_500
    with pytest.raises(RendererError, match="too long for a PDF to fill in"):
        form.render("pdf", {"plan": {"other": rows}}, draft=True, purpose="fill")
