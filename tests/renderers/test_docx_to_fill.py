"""Word documents that are filled in: their controls, what is locked, and what they carry for whoever reads them."""

from __future__ import annotations

from dataclasses import replace
from io import BytesIO
from itertools import pairwise
from typing import TYPE_CHECKING, Any
from zipfile import ZipFile

import pytest
from docx.oxml.ns import qn
from docx.oxml.parser import parse_xml
from pypdf import PdfReader

import cse_forms
from cse_forms.document.tree import Document, Option, Question, Row, Table
from cse_forms.errors import InputError
from cse_forms.renderers.docx import renderer
from cse_forms.renderers.docx.naming import bookmark_of, option_names, tag_of, title_of
from tests.renderers.sample import sample_document
from tests.renderers.wordprocessing import Element, local, out_of_order
from tests.responses import answers_to

if TYPE_CHECKING:
    from tests.renderers.conftest import Office

W14 = "{http://schemas.microsoft.com/office/word/2010/wordml}"
W15 = "{http://schemas.microsoft.com/office/word/2012/wordml}"
MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
FORMS = list(cse_forms.Catalogue.shipped().versions())


def document_of(*questions: Question) -> Document:
    return replace(sample_document("blank"), blocks=questions, purpose="fill")


def question(**said: Any) -> Question:
    return Question(**{"pointer": "/q", "label": "A question", "kind": "text"} | said)


def parts_of(made: bytes | str) -> dict[str, Element]:
    assert isinstance(made, bytes)
    with ZipFile(BytesIO(made)) as archive:
        return {name: parse_xml(archive.read(name)) for name in archive.namelist() if not name.endswith(".bin")}


def body_of(document: Document) -> Element:
    return parts_of(renderer.render(document))["word/document.xml"]


def controls_of(root: Element) -> list[Element]:
    """Return the controls that take an answer, in order."""
    return [sdt for sdt in root.iter(qn("w:sdt")) if sdt.find(f"{qn('w:sdtPr')}/{qn('w:tag')}") is not None]


def value(control: Element, name: str) -> str | None:
    found = control.find(f"{qn('w:sdtPr')}/{qn(name)}")
    return None if found is None else str(found.get(qn("w:val")))


def kind(control: Element) -> str:
    return local(control.find(qn("w:sdtPr"))[-1])


def words(element: Element) -> str:
    return "".join(text.text or "" for text in element.iter(qn("w:t")))


@pytest.fixture(params=FORMS)
def made(request: pytest.FixtureRequest) -> dict[str, Element]:
    """Return the parts of a shipped form's document to be filled in, half of it filled in already."""
    form = cse_forms.get_form(request.param)
    return parts_of(form.render("docx", answers_to(form, every=2), draft=True, purpose="fill"))


def test_elements_stand_in_the_standard_s_order(made: dict[str, Element]) -> None:
    for name, root in made.items():
        if name.startswith("word/") and not name.endswith(".rels"):
            assert out_of_order(root) == [], name


def test_words_that_newer_versions_of_word_brought_are_declared_and_may_be_ignored(made: dict[str, Element]) -> None:
    root = made["word/document.xml"]
    prefixes = root.get(f"{MC}Ignorable").split()
    assert {root.nsmap[prefix] for prefix in prefixes} == {W14[1:-1], W15[1:-1]}
    others = {element.tag.partition("}")[0] + "}" for element in root.iter()}
    assert others <= {qn("w:p")[:-1], W14, W15}


def test_no_number_and_no_bookmark_stands_twice(made: dict[str, Element]) -> None:
    root = made["word/document.xml"]
    numbers = [one.get(qn("w:val")) for one in root.iter(qn("w:id"))]
    assert len(numbers) == len(set(numbers)) > 10
    starts = [one.get(qn("w:id")) for one in root.iter(qn("w:bookmarkStart"))]
    names = [one.get(qn("w:name")) for one in root.iter(qn("w:bookmarkStart"))]
    assert [one.get(qn("w:id")) for one in root.iter(qn("w:bookmarkEnd"))] == starts
    assert len(set(starts)) == len(starts) == len(set(names)) == len(controls_of(root))
    for name in names:
        assert len(name) <= 40
        assert name[0].isalpha()
        assert name.replace("_", "").isalnum()


def test_each_control_has_a_title_and_a_tag_that_word_takes_and_a_bookmark_around_it(made: dict[str, Element]) -> None:
    for control in controls_of(made["word/document.xml"]):
        title, tag = value(control, "w:alias"), value(control, "w:tag")
        assert title
        assert tag
        assert max(len(title), len(tag)) <= 64
        start, end = control.getprevious(), control.getnext()
        assert (local(start), local(end)) == ("bookmarkStart", "bookmarkEnd")
        assert start.get(qn("w:id")) == end.get(qn("w:id"))
        assert start.get(qn("w:name")).startswith(bookmark_of(tag))


def test_all_that_is_not_an_answer_is_locked_and_answers_are_not(made: dict[str, Element]) -> None:
    body = made["word/document.xml"][0]
    assert [local(child) for child in body] == ["sdt", "sectPr"]
    assert (value(body[0], "w:lock"), kind(body[0])) == ("contentLocked", "group")
    for control in controls_of(body):
        in_row = any(above.find(f"{qn('w:sdtPr')}/{W15}repeatingSectionItem") is not None for above in
                     control.iterancestors(qn("w:sdt")))  # fmt: skip
        # One in a row that was added goes with its row.
        assert value(control, "w:lock") == (None if in_row else "sdtLocked")


@pytest.mark.parametrize("form", FORMS)
def test_every_question_has_its_control(form: str) -> None:
    root = parts_of(cse_forms.get_form(form).render("docx", purpose="fill"))["word/document.xml"]
    tags = {value(control, "w:tag") for control in controls_of(root)}
    for pointer, asked in cse_forms.get_form(form).definition.questions.items():
        boxes = {tag_of(pointer, name) for name in option_names([str(option.value) for option in asked.options])}
        assert tag_of(pointer) in tags or (boxes and boxes <= tags)


def test_each_kind_of_question_has_a_control_that_suits_it() -> None:
    short = (Option(title="Yes", value="yes"), Option(title="No", value="no"))
    long = tuple(Option(title=f"An option with very many words, number {one}", value=f"v{one}") for one in range(4))
    root = body_of(
        document_of(
            question(pointer="/text"),
            question(pointer="/long", kind="long-text", lines=4),
            question(pointer="/number", kind="number"),
            question(pointer="/date", kind="date"),
            question(pointer="/tick", kind="tick", options=(Option(title="Tick if so", value="true"),)),
            question(pointer="/short", kind="choice", options=short),
            question(pointer="/longer", kind="choice", options=long),
            question(pointer="/several", kind="choices", options=long),
        )
    )
    found = [(value(one, "w:tag"), kind(one)) for one in controls_of(root)]
    assert found == [
        ("/text", "text"),
        ("/long", "richText"),
        ("/number", "text"),
        ("/date", "date"),
        ("/tick", "checkbox"),
        ("/short#yes", "checkbox"),
        ("/short#no", "checkbox"),
        ("/longer", "dropDownList"),
        *((f"/several#v{one}", "checkbox") for one in range(4)),
    ]


def test_an_empty_control_says_what_to_do_in_the_language_of_the_form() -> None:
    options = tuple(Option(title=f"An option with very many words, number {one}", value=f"v{one}") for one in range(4))
    root = body_of(
        document_of(
            question(pointer="/text"),
            question(pointer="/date", kind="date"),
            question(pointer="/choice", kind="choice", options=options),
        )
    )
    assert [words(one) for one in controls_of(root)] == ["Write here", "Pick a date", "Choose one"]
    for control in controls_of(root):
        assert control.find(f"{qn('w:sdtPr')}/{qn('w:showingPlcHdr')}") is not None
    (items,) = root.iter(qn("w:dropDownList"))
    assert [(one.get(qn("w:displayText")), one.get(qn("w:value"))) for one in items] == [
        (None, "Choose one"),
        *((option.title, option.value) for option in options),
    ]


def test_a_control_that_is_emptied_again_says_the_same_as_before() -> None:
    made = parts_of(renderer.render(document_of(question(pointer="/text"), question(pointer="/date", kind="date"))))
    kept = {
        part.find(f"{qn('w:docPartPr')}/{qn('w:name')}").get(qn("w:val")): words(part)
        for part in made["word/glossary/document.xml"].iter(qn("w:docPart"))
    }
    for control in controls_of(made["word/document.xml"]):
        (named,) = control.iter(qn("w:docPart"))
        assert kept[named.get(qn("w:val"))] == words(control)
    assert all(len(name) <= 32 for name in kept)


@pytest.mark.parametrize("form", FORMS)
def test_it_says_all_that_the_one_for_paper_says(form: str) -> None:
    def root_of(purpose: Any) -> Element:
        return parts_of(cse_forms.get_form(form).render("docx", purpose=purpose))["word/document.xml"]

    def said(purpose: Any) -> set[str]:
        # Where answers are given, the two differ: options may stand in a list, and a date has no lines to write on.
        answers = {"Options", "Date", "Answer"}
        return {words(one) for one in root_of(purpose).iter(qn("w:p")) if one.pPr.pStyle.val not in answers}

    assert said("fill") == said("print")
    root = root_of("fill")
    listed = {str(one.get(qn("w:displayText"))) for one in root.iter(qn("w:listItem"))}
    boxes = " ".join(words(one) for one in root.iter(qn("w:p")) if one.pPr.pStyle.val == "Options")
    questions = cse_forms.get_form(form).definition.questions.values()
    for title in {option.title for asked in questions for option in asked.options}:
        assert title in listed or title in boxes


def test_what_was_given_stands_in_its_control() -> None:
    yes_no = (Option(title="Yes", value="yes", chosen=True), Option(title="No", value="no"))
    many = tuple(Option(title=f"Option {one} " * 8, value=str(one), chosen=one == 2) for one in range(4))
    root = body_of(
        document_of(
            question(pointer="/text", value="in\ntwo lines"),
            question(pointer="/date", kind="date", value="2026-03-05"),
            question(pointer="/early", kind="date", value="1066-10-14"),
            question(pointer="/wrong", kind="date", value="last Tuesday"),
            question(pointer="/short", kind="choice", options=yes_no),
            question(pointer="/longer", kind="choice", options=many),
        )
    )
    found = controls_of(root)
    assert [words(one) for one in found] == [
        "intwo lines",
        "05/03/2026",
        "14/10/1066",
        "last Tuesday",
        "☒",
        "☐",
        many[2].title,
    ]
    assert [one.get(f"{W14}val") for one in root.iter(f"{W14}checked")] == ["1", "0"]
    assert [one.get(qn("w:fullDate")) for one in root.iter(qn("w:date"))] == ["2026-03-05T00:00:00Z", None, None]
    assert all(one.find(f"{qn('w:sdtPr')}/{qn('w:showingPlcHdr')}") is None for one in found)
    # What has two lines already keeps them.
    assert kind(found[0]) == "richText"


def test_rows_can_be_added_below_headings_that_stay() -> None:
    rows = tuple(
        Row(header="", anchor=f"/rows/{row}", cells=(question(pointer=f"/rows/{row}/name"),)) for row in range(3)
    )
    table = Table(caption="The rows", row_header=None, columns=("Name",), widths=(1,), rows=rows)
    document = replace(sample_document("blank"), blocks=(table,), purpose="fill")
    root = body_of(document)
    (section,) = (sdt for sdt in root.iter(qn("w:sdt")) if kind(sdt) == "repeatingSection")
    (held,) = section.iterancestors(qn("w:tbl"))
    assert [local(child) for child in held] == ["tblPr", "tblGrid", "tr", "sdt"]
    assert held[2].find(f"{qn('w:trPr')}/{qn('w:tblHeader')}") is not None
    items = list(section.find(qn("w:sdtContent")))
    assert [kind(item) for item in items] == ["repeatingSectionItem"] * 3
    assert [[local(child) for child in item.find(qn("w:sdtContent"))] for item in items] == [["tr"]] * 3
    # Word copies a tag with its row, so that it names none.
    assert {value(one, "w:tag") for one in controls_of(section)} == {"/rows/*/name"}


def test_matrices_add_no_rows() -> None:
    row = Row(header="One", anchor="/m/one", cells=(question(pointer="/m/one/name", label="Name"),))
    table = Table(caption="M", row_header="Row", columns=("Name",), widths=(1, 1), rows=(row,))
    root = body_of(replace(sample_document("blank"), blocks=(table,), purpose="fill"))
    assert [value(one, "w:alias") for one in controls_of(root)] == ["One: Name"]
    assert list(root.iter(f"{W15}repeatingSection")) == []


def test_a_character_that_no_document_can_carry_is_refused_with_its_place() -> None:
    with pytest.raises(InputError, match=r"^/q: .*\(U\+0007, the 3. of its characters\)"):
        renderer.render(document_of(question(value="ab\x07c")))


def test_the_document_says_which_form_it_is_in_its_properties_and_in_what_it_carries() -> None:
    form = cse_forms.get_form("cse-toolbox")
    made = parts_of(form.render("docx", purpose="fill"))
    said = {one.get("name"): "".join(one.itertext()) for one in made["docProps/custom.xml"]}
    assert said == {
        "form": form.id,
        "version": form.version,
        "digest": form.digest,
        "status": "blank",
        "purpose": "fill",
    }
    assert dict(made["customXml/item1.xml"].items()) == {
        "form": form.id,
        "version": form.version,
        "digest": form.digest,
        "interface": "en-GB",
    }


@pytest.mark.parametrize("purpose", ["print", "record"])
def test_a_document_for_paper_and_a_record_have_no_controls(purpose: Any) -> None:
    form = cse_forms.get_form("cse-toolbox")
    made = parts_of(form.render("docx", {}, draft=True, purpose=purpose))
    assert set(made).isdisjoint({"customXml/item1.xml", "customXml/itemProps1.xml"})
    assert list(made["word/document.xml"].iter(qn("w:sdt"), qn("w:bookmarkStart"))) == []


def test_tags_stay_pointers_where_they_can() -> None:
    assert tag_of("/a/b") == "/a/b"
    assert tag_of("/a/b", "yes") == "/a/b#yes"
    long = tag_of("/" + "x" * 70)
    assert len(long) == 41
    assert long.startswith("~")
    assert len({tag_of("/" + "x" * 70), tag_of("/" + "x" * 71), tag_of("/a\u00e9"), tag_of("/a\ud800")}) == 4


@pytest.mark.parametrize("values", [["", "a"], ["a", "A"], ["1", "1"], ["x" * 41], ["a b"], ["\ud800"]])
def test_options_whose_values_word_would_refuse_are_called_by_their_place(values: list[str]) -> None:
    assert option_names(values) == tuple(f"option-{place}" for place in range(1, len(values) + 1))


def test_a_title_keeps_the_end_that_tells_one_control_from_the_next() -> None:
    rows = "History of something with so many words that it is cut"
    first, second = title_of(rows, "Is it so in this case?"), title_of(rows, "What is known of it?")
    assert first.endswith("…: Is it so in this case?")
    assert second.endswith("…: What is known of it?")
    assert len(title_of("\U0001f9d1" * 90).encode("utf-16-le")) <= 2 * 64
    assert title_of("", "  two\nlines ") == "two lines"


@pytest.mark.parametrize("form", FORMS)
def test_libreoffice_prints_every_wording_of_it(office: Office, form: str) -> None:
    document = cse_forms.get_form(form).document(purpose="fill")
    reader = PdfReader(BytesIO(office.to_pdf(renderer.render(document), f"{form}-to-fill")))
    said = ["".join(page.extract_text().split()) for page in reader.pages]
    printed = "".join(said)
    for block in document.blocks:
        if isinstance(block, Question):
            assert "".join(block.label.split()) in printed
    for number, text in enumerate(said, 1):
        assert f"Page{number}of{len(said)}" in text
    assert all(len(one) + len(other) > 300 for one, other in pairwise(said))
