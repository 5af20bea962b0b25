"""The DOCX renderer: what its documents say when they are read back, and what LibreOffice prints of them."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from dataclasses import fields, is_dataclass, replace
from io import BytesIO
from itertools import pairwise
from typing import TYPE_CHECKING, Any, TypeAlias
from zipfile import ZipFile

import docx
import pytest
from docx.oxml.ns import qn
from docx.oxml.parser import parse_xml
from pypdf import PdfReader

from cse_forms import get_form
from cse_forms.document.tree import (
    Answer,
    Block,
    BulletList,
    Document,
    DocumentStatus,
    Heading,
    LinkList,
    Option,
    Panel,
    Paragraph,
    Question,
    Row,
    Said,
    Table,
)
from cse_forms.renderers import Renderer, get_renderer
from cse_forms.renderers.docx import renderer
from tests.renderers.sample import HOSTILE_TEXTS, sample_document
from tests.renderers.wordprocessing import Element, local, out_of_order

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.renderers.conftest import Office

# What python-docx reads is taken as it comes: its types say "or None" of what each of these documents has.
Word: TypeAlias = Any

STATUSES: tuple[DocumentStatus, ...] = ("blank", "draft", "complete")


def rendered(document: Document) -> Word:
    return docx.Document(BytesIO(renderer.render(document)))


def parts(document: Document) -> dict[str, bytes]:
    with ZipFile(BytesIO(renderer.render(document))) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def text_of(element: Element) -> str:
    """Return the text of an element as a reader sees it, each paragraph on a line of its own."""
    pieces = []
    for child in element.iter():
        if child.tag == qn("w:t"):
            pieces.append(child.text or "")
        elif child.tag == qn("w:br"):
            pieces.append("\n")
        elif child.tag == qn("w:tab") and child.getparent().tag == qn("w:r"):
            pieces.append("\t")
        elif child.tag == qn("w:p"):
            pieces.append("\n")
    return "".join(pieces)


def wordings(thing: Any) -> Iterator[str]:
    """Yield every text of the tree that is there to be read."""
    unseen = {
        "pointer",
        "anchor",
        "kind",
        "status",
        "caption",
        "banner",
        "reference",
        "labels",
        "language",
        "purpose",
        "interface",
    }
    unseen |= {"form", "version", "digest", "envelope"}
    if isinstance(thing, str):
        yield thing
    elif isinstance(thing, tuple):
        for item in thing:
            yield from wordings(item)
    elif isinstance(thing, Table):
        # A cell's label is the heading of its column, and stands there.
        yield from wordings((thing.row_header or "", thing.columns))
        for row in thing.rows:
            yield from wordings((row.header, row.number or "", row.hint or ""))
            for cell in row.cells:
                yield from wordings(replace(cell, label="") if isinstance(cell, Question) else cell)
    elif is_dataclass(thing):
        for field in fields(thing):
            if field.name not in unseen:
                yield from wordings(getattr(thing, field.name))


def one_space(text: str) -> str:
    return " ".join(text.split())


def document_of(*blocks: Block, status: DocumentStatus = "complete") -> Document:
    return replace(sample_document(status), blocks=blocks)


def question(**said: Any) -> Question:
    return Question(**{"pointer": "/q", "label": "A question", "kind": "text"} | said)


def given(text: str) -> Answer:
    return Answer(status="given", text=text)


def xml_parts(document: Document) -> dict[str, Element]:
    return {name: parse_xml(content) for name, content in parts(document).items() if name.endswith((".xml", ".rels"))}


def test_it_follows_the_protocol() -> None:
    assert get_renderer("docx") is renderer
    assert isinstance(renderer, Renderer)
    assert renderer.suffix == ".docx"


@pytest.mark.parametrize("status", STATUSES)
def test_every_wording_of_the_tree_is_read_back(status: DocumentStatus) -> None:
    document = sample_document(status)
    word = rendered(document)
    said = one_space(text_of(word.element))
    header = one_space(text_of(word.sections[0].header._element))
    for wording in wordings(document):
        assert one_space(wording) in said, wording
    assert header == one_space(f"{document.reference} {document.banner or ''}")


def test_headings_are_the_tree_s_in_order_and_leave_no_level_out() -> None:
    document = document_of(
        Heading(level=2, text="One", number="1"),
        Heading(level=3, text="One of it"),
        Heading(level=2, text="Two"),
        Heading(level=6, text="Far below"),
        Heading(level=6, text="Beside it"),
        Heading(level=3, text="Back"),
    )
    word = rendered(document)
    found = [(p.style.name, p.text) for p in word.paragraphs if p.style.name.startswith(("Title", "Heading"))]
    assert found == [
        ("Title", document.title),
        ("Heading 1", "1 One"),
        ("Heading 2", "One of it"),
        ("Heading 1", "Two"),
        ("Heading 2", "Far below"),
        ("Heading 3", "Beside it"),
        ("Heading 2", "Back"),
    ]


@pytest.mark.parametrize("status", STATUSES)
def test_headings_of_the_sample_are_gapless(status: DocumentStatus) -> None:
    document = sample_document(status)
    word = rendered(document)
    found = [p for p in word.paragraphs if p.style.name.startswith("Heading")]
    headings = [
        (block.number, block.text if isinstance(block, Heading) else block.label)
        for block in document.blocks
        if isinstance(block, Heading) or (isinstance(block, Question) and block.heading_level is not None)
    ]
    assert [p.text for p in found] == [f"{number} {text}" if number else text for number, text in headings]
    levels = [int(p.style.name[-1]) for p in found]
    assert levels[0] == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))


@pytest.mark.parametrize("status", STATUSES)
def test_tables_repeat_their_headings_and_name_their_rows(status: DocumentStatus) -> None:
    document = sample_document(status)
    tables = [block for block in document.blocks if isinstance(block, Table)]
    found = [table for table in rendered(document).tables if table.style.name == "Form Table"]
    assert len(found) == len(tables)
    for table, word in zip(tables, found, strict=True):
        headings = ((table.row_header,) if table.row_header is not None else ()) + table.columns
        assert tuple(cell.text.removesuffix(" (required)") for cell in word.rows[0].cells) == headings
        repeated = [row._tr.trPr.find(qn("w:tblHeader")) is not None for row in word.rows]
        assert repeated == [True] + [False] * len(table.rows)
        properties = word._tbl.tblPr
        look = properties.find(qn("w:tblLook"))
        assert look.get(qn("w:firstRow")) == "1"
        assert look.get(qn("w:firstColumn")) == str(int(table.row_header is not None))
        assert properties.find(qn("w:tblCaption")).get(qn("w:val")) == table.caption
        assert properties.find(qn("w:tblLayout")).get(qn("w:type")) == "fixed"
        grid = [int(column.get(qn("w:w"))) for column in word._tbl.tblGrid]
        assert sum(grid) == 11906 - 2 * 1134
        shares = [share / sum(table.widths) for share in table.widths]
        assert [width / sum(grid) for width in grid] == pytest.approx(shares, abs=0.001)
        for row, made in zip(table.rows, word.rows[1:], strict=True):
            if table.row_header is not None:
                words = [f"{row.number} {row.header}" if row.number else row.header]
                assert [p.text for p in made.cells[0].paragraphs] == words + ([row.hint] if row.hint else [])


def test_a_row_keeps_its_words_in_a_table_without_a_column_for_them() -> None:
    row = Row(header="Another", number="8.1", hint="Add more.", cells=(question(hint="Who?"), None))
    table = Table(caption="T", row_header=None, columns=("A", "B"), widths=(1, 1), rows=(row,))
    first, second = rendered(document_of(table, status="blank")).tables[-1].rows[1].cells
    assert [p.text for p in first.paragraphs] == ["8.1 Another", "Add more.", "Who?", ""]
    assert second.text == ""


def test_a_blank_form_has_room_to_write() -> None:
    document = document_of(
        question(label="Long", kind="long-text", lines=5),
        question(label="Short"),
        Table(
            caption="Rows",
            row_header="Row",
            columns=("Notes",),
            widths=(1, 1),
            rows=(Row(header="One", cells=(question(label="Notes", kind="long-text", lines=3),)),),
        ),
        status="blank",
    )
    heights = [int(height.get(qn("w:val"))) / 567 for height in rendered(document).element.iter(qn("w:trHeight"))]
    assert [round(height, 1) for height in heights] == [4.0, 0.8, 2.4]


def test_a_question_says_what_is_asked_of_whom() -> None:
    asked = question(
        label="Name",
        number="2.1",
        hint="In full.",
        routing="Answer this if you know it.",
        required=True,
        kind="long-text",
    )
    word = rendered(document_of(asked, status="blank"))
    said = [(p.style.name, p.text) for p in word.paragraphs if p.text]
    assert said[-3:] == [
        ("Question", "2.1 Name (required)"),
        ("Hint", "In full."),
        ("Routing", "Answer this if you know it."),
    ]
    assert all(p.paragraph_format.keep_with_next for p in word.paragraphs[-4:-1])
    assert word.styles["Routing"].font.italic
    assert word.styles["Question"].font.bold


def test_what_is_required_is_said_until_it_is_answered() -> None:
    def said(*answers: Answer | None) -> list[str]:
        rows = tuple(
            Row(header="One", cells=(question(required=True, answer=answer), question())) for answer in answers
        )
        table = Table(caption="T", row_header="Row", columns=("A", "B"), widths=(1, 1, 1), rows=rows)
        word = rendered(document_of(*(question(required=True, answer=answer) for answer in answers), table))
        fields = [row.cells[0].text.removeprefix("A question ") for row in word.tables[-2].rows]
        return [
            *fields,
            word.tables[-1].rows[0].cells[1].text,
            *(row.cells[1].text for row in word.tables[-1].rows[1:]),
        ]

    unanswered = Answer(status="unanswered", text="-")
    assert said(None, None) == ["(required)", "(required)", "A (required)", "", ""]
    assert said(unanswered, given("x")) == ["(required)", "A question", "A", "(required)\n-", "x"]


def test_a_question_that_is_a_section_has_a_heading() -> None:
    asked = question(label="Summary", number="7", heading_level=2, kind="choice", options=(Option(title="Yes"),))
    word = rendered(document_of(asked, status="blank"))
    assert [p.text for p in word.paragraphs if p.style.name == "Heading 1"] == ["7 Summary"]
    assert word.tables[-1].rows[0].cells[0].text == "☐ Yes"


def test_a_date_has_room_for_its_three_parts() -> None:
    dates = (question(kind="date"),)
    table = Table(
        caption="Dates",
        row_header="Row",
        columns=("When?", "Who?"),
        widths=(2, 1, 2),
        rows=(Row(header="One", cells=(*dates, None)),),
    )
    word = rendered(document_of(*dates, table, status="blank"))
    wide, narrow = (one_space(t.rows[-1].cells[1].text) for t in word.tables[-2:])
    assert wide == "Day Month Year"
    assert narrow == "Day / Month / Year"


def test_boxes_stand_beside_their_words() -> None:
    options = (Option(title="Yes"), Option(title="Not known"))
    many = tuple(Option(title=f"An option with many words, number {number}") for number in range(3))
    tick = (Option(title="The family knows"),)
    word = rendered(
        document_of(
            question(kind="choice", options=options),
            question(kind="choices", options=many),
            question(kind="tick", options=tick),
            status="blank",
        )
    )
    cells = [row.cells[1] for row in word.tables[-1].rows]
    assert [[p.text for p in cell.paragraphs] for cell in cells] == [
        ["☐ Yes   ☐ Not known"],
        [f"☐ {option.title}" for option in many],
        ["☐ The family knows"],
    ]


def test_what_is_chosen_is_said_in_words_and_in_bold() -> None:
    options = (Option(title="Peer on Peer"), Option(title="Online Grooming", chosen=True))
    word = rendered(document_of(question(kind="choices", options=options, answer=given("Online Grooming"))))
    words, boxes = word.tables[-1].rows[0].cells[1].paragraphs
    assert words.text == "Online Grooming"
    assert boxes.text == "☐ Peer on Peer   ☒ Online Grooming"
    assert [run.text for run in boxes.runs if run.bold] == [" Online Grooming"]


def test_a_tick_says_what_it_is_in_words() -> None:
    options = (Option(title="Tick if so", chosen=True),)
    answers = (
        question(kind="tick", options=options, answer=given("Ticked")),
        question(
            kind="tick",
            options=(replace(options[0], chosen=False),),
            answer=Answer(status="unanswered", text="Not ticked"),
        ),
    )
    word = rendered(document_of(*answers))
    assert [row.cells[1].text for row in word.tables[-1].rows] == ["☒ Ticked", "☐ Not ticked"]


@pytest.mark.parametrize("status", ["not-known", "unanswered", "not-asked"])
def test_what_is_not_given_is_said_in_words_and_set_apart(status: Any) -> None:
    answers = (
        question(answer=Answer(status=status, text="The words for it")),
        question(kind="long-text", answer=Answer(status=status, text="The words for it")),
    )
    word = rendered(document_of(*answers))
    for table in word.tables[-2:]:
        (run,) = table.rows[0].cells[-1].paragraphs[0].runs
        assert (run.text, run.style.name) == ("The words for it", "Emphasis")


def test_line_breaks_and_tabs_in_an_answer_are_kept() -> None:
    word = rendered(document_of(question(kind="long-text", answer=given("one\ntwo\r\n\r\nfour\tand\rfive "))))
    assert word.tables[-1].rows[0].cells[0].paragraphs[0].text == "one\ntwo\n\nfour\tand\nfive "


def test_findings_stand_beside_their_question() -> None:
    asked = (
        question(label="Short", findings=("It is wrong.",), answer=given("x")),
        question(label="Long", kind="long-text", findings=("It is too long.", "It is late."), answer=given("y")),
    )
    word = rendered(document_of(*asked, status="draft"))
    short = word.tables[-2].rows[0].cells[1]
    assert [(p.style.name, p.text) for p in short.paragraphs] == [
        ("Answer", "x"),
        ("Finding", "Problem: It is wrong."),
    ]
    assert [p.text for p in word.paragraphs if p.style.name == "Finding"] == [
        "Problem: It is too long.",
        "Problem: It is late.",
    ]


def test_panels_say_what_they_are() -> None:
    document = document_of(
        Panel(kind="warning", label="Warning", title="Danger", blocks=(Paragraph(text="Call 999."),)),
        Panel(kind="text", title="Only a title"),
    )
    word = rendered(document)
    assert [(p.style.name, p.text) for p in word.paragraphs][-4:] == [
        ("Panel warning Label", "Warning"),
        ("Panel warning", "Danger"),
        ("Panel warning", "Call 999."),
        ("Normal", "Only a title"),
    ]


def test_panels_under_the_same_word_stand_together() -> None:
    document = document_of(
        Panel(kind="soon", label="Soon", blocks=(Paragraph(text="One."),)),
        Panel(kind="soon", label="Soon", blocks=(Paragraph(text="Two."),)),
        Panel(kind="soon", label="Soon", title="Another", blocks=(Paragraph(text="Three."),)),
        Panel(kind="consider", label="Consider", title="Consider", blocks=(Paragraph(text="Four."),)),
    )
    said = [p.text for p in rendered(document).paragraphs]
    assert said[-8:] == ["Soon", "One.", "Two.", "Soon", "Another", "Three.", "Consider", "Four."]


def test_words_before_a_table_stay_with_it() -> None:
    table = Table(caption="T", row_header="Row", columns=("A",), widths=(1, 1), rows=(Row(header="", cells=(None,)),))
    before = Panel(kind="text", blocks=(Paragraph(text="One."), Paragraph(text="Two.")))
    listed = Panel(kind="text", blocks=(Paragraph(text="These:"), BulletList(items=("a", "b"))))
    word = rendered(document_of(before, table, listed))
    kept = {p.text: bool(p.paragraph_format.keep_with_next) for p in word.paragraphs if p.text}
    assert kept.items() >= {"One.": False, "Two.": True, "These:": True, "a": False, "b": False}.items()


def test_a_question_of_many_words_has_its_answer_below() -> None:
    options = (Option(title="Yes"),)
    word = rendered(
        document_of(
            question(label="Short", kind="choice", options=options),
            question(label="Long", hint="These might be members of the family. " * 9, kind="choice", options=options),
            status="blank",
        )
    )
    assert [[cell.text for cell in table.rows[0].cells] for table in word.tables[-2:]] == [
        ["Short", "☐ Yes"],
        ["☐ Yes"],
    ]


def test_links_lead_somewhere_and_show_where() -> None:
    links = LinkList(
        links=(
            ("Guidance", "https://example.org/a b?c=1&d=“2”"),
            ("https://example.org/", "https://example.org/"),
            ("A script", "javascript:alert(1)"),
            ("A file", "file:///etc/passwd"),
        )
    )
    word = rendered(document_of(Panel(kind="note", blocks=(links,))))
    assert [p.text for p in word.paragraphs][-4:] == [
        "Guidance https://example.org/a b?c=1&d=“2”",
        "https://example.org/",
        "A script javascript:alert(1)",
        "A file file:///etc/passwd",
    ]
    targets = [rel.target_ref for rel in word.part.rels.values() if rel.is_external]
    assert targets == ["https://example.org/"]
    assert [link.address for p in word.paragraphs for link in p.hyperlinks] == targets


@pytest.mark.parametrize("status", STATUSES)
def test_every_page_names_the_form_and_its_number(status: DocumentStatus) -> None:
    document = sample_document(status)
    (section,) = rendered(document).sections
    header, footer = text_of(section.header._element).strip(), text_of(section.footer._element).strip()
    assert header == document.reference + (f"\t{document.banner}" if document.banner else "")
    assert footer == f"{document.reference}\tPage 1 of 1"
    fields_of_it = [field.get(qn("w:instr")).strip() for field in section.footer._element.iter(qn("w:fldSimple"))]
    assert fields_of_it == ["PAGE", "NUMPAGES"]


def test_properties_name_the_form_and_no_time() -> None:
    document = sample_document("blank")
    made = parts(document)
    core = rendered(document).core_properties
    assert (core.title, core.language, core.identifier, core.version) == (
        document.title,
        document.language,
        document.form,
        document.version,
    )
    assert (core.created, core.modified, core.author) == (None, None, "")
    custom = {one.get("name"): text_of_all(one) for one in parse_xml(made["docProps/custom.xml"])}
    assert custom == {
        "form": document.form,
        "version": document.version,
        "digest": document.digest,
        "status": document.status,
    }


def text_of_all(element: Element) -> str:
    return "".join(element.itertext())


@pytest.mark.parametrize("language", ["en-GB", "cy"])
def test_the_language_is_said(language: str) -> None:
    made = xml_parts(replace(sample_document("blank"), language=language))
    assert [one.get(qn("w:val")) for one in made["word/styles.xml"].iter(qn("w:lang"))] == [language]


def test_words_in_another_language_than_the_form_s_say_so_and_others_do_not() -> None:
    asked = question(
        number="1",
        label=Said("Enw", "cy") + " (name)",
        required=True,
        kind="choice",
        options=(Option(title=Said("Ie", "cy")), Option(title="No")),
    )
    document = replace(document_of(asked, status="blank"), language="en-GB")
    labels = replace(document.labels, required=Said("rhaid ateb", "cy"), page=Said("Tudalen", "cy"))
    made = xml_parts(replace(document, labels=labels))
    said = {
        text_of(run).strip()
        for part in ("word/document.xml", "word/footer1.xml")
        for run in made[part].iter(qn("w:r"))
        if (lang := run.find(f"{qn('w:rPr')}/{qn('w:lang')}")) is not None and lang.get(qn("w:val")) == "cy"
    }
    assert said == {"Enw", "rhaid ateb)", "Ie", "Tudalen"}


@pytest.mark.parametrize("purpose", ["print", "fill"])
def test_large_print_has_no_letters_below_18_points_and_headings_above_them(purpose: Any) -> None:
    document = replace(sample_document("blank"), large_print=True, purpose=purpose)
    made = xml_parts(document)
    sizes = {int(size.get(qn("w:val"))) / 2 for size in made["word/styles.xml"].iter(qn("w:sz"), qn("w:szCs"))}
    assert min(sizes) == 18
    assert max(sizes) > 30
    assert list(made["word/document.xml"].iter(qn("w:sz"))) == []


@pytest.mark.parametrize("status", STATUSES)
def test_large_print_says_the_same(status: DocumentStatus) -> None:
    normal, large = (
        text_of(rendered(replace(sample_document(status), large_print=is_large)).element) for is_large in (False, True)
    )
    # A wide table is unfolded: its headings stand beside each cell, and rows without a heading are named by the table.
    words = re.compile(r"[^\W\d]+")
    captions = [block.caption for block in sample_document(status).blocks if isinstance(block, Table)]
    assert set(words.findall(normal)) <= set(words.findall(large))
    assert set(words.findall(large)) <= set(words.findall(" ".join([normal, *captions])))


def test_large_print_leaves_more_room_to_write() -> None:
    document = document_of(question(kind="long-text", lines=5), status="blank")
    heights = [
        int(next(rendered(one).element.iter(qn("w:trHeight"))).get(qn("w:val"))) / 567
        for one in (document, replace(document, large_print=True))
    ]
    assert [round(height, 1) for height in heights] == [4.0, 5.5]


def test_word_opens_it_as_a_document_of_its_own_time() -> None:
    settings = xml_parts(sample_document("blank"))["word/settings.xml"]
    assert settings.find(qn("w:zoom")).get(qn("w:percent")) == "100"
    modes = {one.get(qn("w:name")): one.get(qn("w:val")) for one in settings.iter(qn("w:compatSetting"))}
    assert modes["compatibilityMode"] == "15"


def test_the_package_holds_nothing_of_a_template() -> None:
    assert set(parts(sample_document("blank"))) == {
        "[Content_Types].xml",
        "_rels/.rels",
        "docProps/core.xml",
        "docProps/custom.xml",
        "word/_rels/document.xml.rels",
        "word/document.xml",
        "word/footer1.xml",
        "word/header1.xml",
        "word/numbering.xml",
        "word/settings.xml",
        "word/styles.xml",
    }


@pytest.mark.parametrize("status", STATUSES)
def test_elements_stand_in_the_standard_s_order(status: DocumentStatus) -> None:
    for name, root in xml_parts(sample_document(status)).items():
        if name.startswith("word/") and not name.endswith(".rels"):
            assert out_of_order(root) == [], name


@pytest.mark.parametrize("status", STATUSES)
def test_styles_that_are_used_are_there(status: DocumentStatus) -> None:
    made = xml_parts(sample_document(status))
    known = {style.get(qn("w:styleId")) for style in made["word/styles.xml"].iter(qn("w:style"))}
    for root in made.values():
        for kind in ("w:pStyle", "w:rStyle", "w:tblStyle", "w:basedOn"):
            for used in root.iter(qn(kind)):
                assert used.get(qn("w:val")) in known


@pytest.mark.parametrize("status", STATUSES)
def test_tables_are_kept_apart_and_cells_end_in_a_paragraph(status: DocumentStatus) -> None:
    body = rendered(sample_document(status)).element.body
    kinds = [local(child) for child in body]
    assert kinds[-2:] == ["p", "sectPr"]
    assert all(pair != ("tbl", "tbl") for pair in pairwise(kinds))
    for cell in body.iter(qn("w:tc")):
        assert local(cell[-1]) == "p"
    for table in body.iter(qn("w:tbl")):
        columns = len(table.find(qn("w:tblGrid")))
        assert {len(row.findall(qn("w:tc"))) for row in table.iter(qn("w:tr"))} == {columns}


@pytest.mark.parametrize("status", STATUSES)
def test_no_id_stands_twice_and_none_leads_nowhere(status: DocumentStatus) -> None:
    made = xml_parts(sample_document(status))
    for name, root in made.items():
        if name.endswith(".rels"):
            ids = [one.get("Id") for one in root]
            assert len(ids) == len(set(ids))
    related = {one.get("Id") for one in made["word/_rels/document.xml.rels"]}
    used = {one.get(qn("r:id")) for one in made["word/document.xml"].iter() if one.get(qn("r:id"))}
    assert used <= related
    for kind in ("w:bookmarkStart", "w:sdt"):
        ids = [one.get(qn("w:id")) for one in made["word/document.xml"].iter(qn(kind))]
        assert len(ids) == len(set(ids))


@pytest.mark.parametrize("name", HOSTILE_TEXTS)
def test_hostile_answers_are_text(name: str) -> None:
    text = HOSTILE_TEXTS[name]
    document = sample_document("complete", written=text)
    harmless = sample_document("complete", written="x")
    shown = "".join(character if carried_by_xml(character) else "\ufffd" for character in text)
    shown = shown.replace("\r\n", "\n").replace("\r", "\n")
    word = rendered(document)
    assert shown in text_of(word.element)
    assert len(shown) == len(text.replace("\r\n", "\n"))

    def skeleton(made: Document) -> list[str]:
        root = xml_parts(made)["word/document.xml"]
        # Whether a row may part, and a line stays with the next, follows from how long the words are.
        of_length = ("t", "br", "tab", "r", "cantSplit", "keepNext")
        return [local(one) for one in root.iter() if local(one) not in of_length]

    assert skeleton(document) == skeleton(harmless)


def carried_by_xml(character: str) -> bool:
    """Whether it is a Char of XML 1.0, written without a look at the renderer's own expression."""
    code = ord(character)
    return code in (0x9, 0xA, 0xD) or 0x20 <= code <= 0xD7FF or 0xE000 <= code <= 0xFFFD or code > 0xFFFF


def test_hostile_words_reach_no_other_part() -> None:
    hostile = "\x00\ud800]]>\"'<&\n" + HOSTILE_TEXTS["markup"]
    document = replace(
        sample_document("draft"),
        title=hostile,
        reference=hostile,
        banner=hostile,
        form=hostile,
        version=hostile,
        digest=hostile,
    )
    table = Table(
        caption=hostile,
        row_header=hostile,
        columns=(hostile,),
        widths=(1, 1),
        rows=(Row(header=hostile, cells=(None,)),),
    )
    links = Panel(
        kind="note",
        blocks=(LinkList(links=((hostile, f"https://{hostile}"), (hostile, "https://\ud800x/"))),),
    )
    made = xml_parts(replace(document, blocks=(table, links)))
    assert set(made) >= {
        "word/document.xml",
        "word/header1.xml",
        "word/footer1.xml",
        "docProps/core.xml",
        "docProps/custom.xml",
    }
    assert docx.Document(BytesIO(renderer.render(replace(document, blocks=(table, links))))).paragraphs


def test_the_same_document_gives_the_same_bytes() -> None:
    program = (
        "import sys\n"
        "from tests.renderers.sample import sample_document\n"
        "from cse_forms.renderers.docx import renderer\n"
        "sys.stdout.buffer.write(renderer.render(sample_document('draft')))"
    )
    made = [
        subprocess.run(
            [sys.executable, "-c", program],
            env={**os.environ, "PYTHONHASHSEED": seed, "PYTHONPATH": os.pathsep.join(sys.path)},
            capture_output=True,
            check=True,
        ).stdout
        for seed in ("1", "2")
    ]
    assert made[0] == made[1] == renderer.render(sample_document("draft")) != renderer.render(sample_document("blank"))
    with ZipFile(BytesIO(made[0])) as archive:
        assert {entry.date_time for entry in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}


def test_a_document_without_blocks_is_one() -> None:
    word = rendered(replace(sample_document("blank"), blocks=(), facts=()))
    assert [p.style.name for p in word.paragraphs] == ["Title"]


# What LibreOffice prints of it.


def printed(office: Office, document: Document, name: str) -> tuple[PdfReader, list[str]]:
    reader = PdfReader(BytesIO(office.to_pdf(renderer.render(document), name)))
    return reader, [page.extract_text() for page in reader.pages]


def words_of(text: str) -> str:
    """Return the text without spaces: a PDF says where letters stand, and its reader guesses the spaces."""
    return "".join(text.split())


@pytest.mark.parametrize("status", STATUSES)
def test_it_prints(office: Office, status: DocumentStatus) -> None:
    document = sample_document(status)
    reader, pages = printed(office, document, status)
    assert 2 <= len(pages) <= 6
    for number, text in enumerate(pages, 1):
        assert text.count(document.reference) >= 2
        assert f"Page {number} of {len(pages)}" in text
        assert ("DRAFT" in text) == (status == "draft")
        # A page that is nearly empty is paper wasted.
        assert len(text) > 200, text
    said = words_of("".join(pages))
    for wording in wordings(document):
        for line in wording.split("\n"):
            assert words_of(line) in said, line
    assert "☐" in said
    assert ("☒" in said) == (status != "blank")
    assert reader.metadata is not None
    assert reader.metadata.title == document.title


def test_a_long_table_repeats_its_headings(office: Office) -> None:
    rows = tuple(
        Row(
            header=f"Indicator {number}",
            cells=(question(pointer=f"/{number}", label="Notes", kind="long-text", lines=3),),
        )
        for number in range(24)
    )
    table = Table(caption="Long", row_header="The item", columns=("What is known",), widths=(1, 2), rows=rows)
    _, pages = printed(office, document_of(table, status="blank"), "long")
    assert len(pages) >= 3
    for text in pages:
        assert "The item" in text
        assert "What is known" in text


def test_no_heading_is_stranded(office: Office) -> None:
    blocks = [
        block
        for number in range(40)
        for block in (
            Heading(level=2, text=f"Heading {number}"),
            question(pointer=f"/{number}", label=f"Question {number}", kind="long-text", lines=number % 7 + 1),
        )
    ]
    _, pages = printed(office, document_of(*blocks, status="blank"), "stranded")
    for number in range(40):
        heading, asked = (
            next(i for i, text in enumerate(pages) if f"{what} {number}\n" in f"{text}\n")
            for what in ("Heading", "Question")
        )
        assert heading == asked


def test_an_answer_of_any_length_is_printed(office: Office) -> None:
    long = "\n".join(f"Line {number} of what is known of it." for number in range(200))
    table = Table(
        caption="Long",
        row_header="The item",
        columns=("Notes",),
        widths=(1, 2),
        rows=(Row(header="One", cells=(question(kind="long-text", answer=given(long)),)),),
    )
    for name, block in (
        ("field", question(kind="long-text", answer=given(long))),
        ("short", question(answer=given(long))),
        ("cell", table),
    ):
        _, pages = printed(office, document_of(block), name)
        said = "".join(pages)
        assert len(pages) >= 4
        assert all(f"Line {number} of" in said for number in range(200))


def test_the_longest_form_takes_no_more_paper_than_it_must(office: Office) -> None:
    document = get_form("cse-toolbox").document()
    _, pages = printed(office, document, "toolbox")
    assert len(pages) <= 16
    assert all(f"Page {number} of {len(pages)}" in text for number, text in enumerate(pages, 1))
