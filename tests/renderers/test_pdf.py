"""PDF files to print and to keep: what stands on their pages, and whether everybody can read them."""

from __future__ import annotations

import itertools
import re
import subprocess
import sys
from dataclasses import replace
from functools import cache
from io import BytesIO
from typing import Any

import page
import pikepdf
import pypdf
import pytest

import cse_forms
from cse_forms.document.tree import Block, BulletList, Document, Heading, Panel, Paragraph, Said
from cse_forms.errors import NotRenderableError, RendererError
from cse_forms.forms import shipped_catalogue
from cse_forms.renderers import get_renderer
from cse_forms.renderers.pdf.characters import drawable
from tests.commands import HANG_GUARD
from tests.renderers.sample import HOSTILE_TEXTS, sample_document
from tests.renderers.tagged import Tag, tags_of
from tests.responses import answers_to

FORMS = list(shipped_catalogue().versions())
TOOLBOX = "cse-toolbox"
KEPT = ("ua1", "pdfa2a")
"""What a file is checked against that nobody changes any more: to be read by everybody, and to be kept for long."""


def drawn(document: Document) -> bytes:
    made = get_renderer("pdf").render(document)
    assert isinstance(made, bytes)
    return made


def document_of(form: str, kind: str) -> Document:
    found = cse_forms.get_form(form)
    answers = answers_to(found, every=2)
    match kind:
        case "blank":
            return found.document()
        case "large print":
            return found.document(large_print=True)
        case "record":
            return found.document(answers_to(found))
        case "draft":
            return found.document(answers, draft=True)
        case "large record":
            return found.document(answers, large_print=True)
        case "explanation":
            return found.explanation(answers)
    return found.policy_document()


@cache
def made_of(form: str, kind: str) -> bytes:
    return drawn(document_of(form, kind))


def faults(made: bytes, profile: str) -> list[tuple[str, str]]:
    report = page.validate_pdf_bytes(made, profile=profile)
    return [(failure.rule_id, failure.message) for failure in report.failures]


def pages_of(made: bytes) -> list[str]:
    """Return the words of each page as another program finds them, whatever spaces it finds between them."""
    return [" ".join(each.extract_text().split()) for each in pypdf.PdfReader(BytesIO(made)).pages]


def named(form: str, name: str) -> bytes:
    """Return the record of a child of this name."""
    made = cse_forms.get_form(form).render("pdf", {"involved": {"child": {"name": name}}})
    assert isinstance(made, bytes)
    return made


@pytest.mark.parametrize(
    "kind", ["blank", "large print", "record", "draft", "large record", "explanation", "policy document"]
)
@pytest.mark.parametrize("form", FORMS)
def test_everybody_can_read_a_file_and_it_can_be_kept(form: str, kind: str) -> None:
    assert [faults(made_of(form, kind), profile) for profile in KEPT] == [[], []]


@pytest.mark.parametrize("name", HOSTILE_TEXTS)
def test_no_answer_makes_a_file_that_somebody_cannot_read(name: str) -> None:
    made = named(TOOLBOX, HOSTILE_TEXTS[name])
    assert [faults(made, profile) for profile in KEPT] == [[], []]


def test_a_sample_of_everything_can_be_read_by_everybody() -> None:
    for status in ("blank", "draft", "complete"):
        assert faults(drawn(sample_document(status)), "ua1") == []


def test_no_stream_ends_in_what_could_be_the_end_of_a_line() -> None:
    for form in FORMS:
        for kind in ("blank", "record", "draft"):
            assert re.findall(rb"[\r\n]\nendstream", made_of(form, kind)) == []


def test_a_file_has_a_title_a_language_and_bookmarks() -> None:
    with pikepdf.open(BytesIO(made_of(TOOLBOX, "blank"))) as pdf:
        form = cse_forms.get_form(TOOLBOX)
        assert str(pdf.docinfo["/Title"]) == form.title
        assert str(pdf.Root.Lang) == "en-GB"
        assert pdf.Root.ViewerPreferences.DisplayDocTitle
        assert form.digest in str(pdf.docinfo["/Keywords"])
        with pdf.open_outline() as outline:
            (title,) = outline.root
            assert title.title == form.title
            assert [each.title for each in title.children][:4] == [
                "About this toolbox",
                "1 Purpose",
                "2 Process",
                "3 Who is Involved?",
            ]


def test_no_level_of_heading_is_left_out() -> None:
    for form in FORMS:
        levels = [int(tag.name[1]) for tag in tags_of(made_of(form, "record")).walk() if re.fullmatch(r"H\d", tag.name)]
        assert levels[0] == 1
        assert all(below <= above + 1 for above, below in itertools.pairwise(levels))


def test_a_table_says_what_it_is_and_which_cells_head_its_columns_and_rows() -> None:
    table = tags_of(made_of(TOOLBOX, "blank")).all("Table")[0]
    assert str(table.attributes["/Summary"]) == "Indicators of Actual CSE"
    head, *rows = [row for part in table.inside if isinstance(part, Tag) for row in ([part, *part.all("TR")])][1:]
    assert [str(cell.attributes["/Scope"]) for cell in head.all("TH")] == ["/Column"] * 3
    for row in rows:
        if row.name == "TR":
            (heading,) = row.all("TH")
            assert str(heading.attributes["/Scope"]) == "/Row"
            assert heading.text.startswith("4.")
            assert all(len(cell.attributes["/Headers"]) == 2 for cell in row.all("TD"))


def test_words_are_read_in_the_order_of_the_document() -> None:
    document = document_of(TOOLBOX, "blank")
    read = "".join(tags_of(made_of(TOOLBOX, "blank")).text.split())
    headings = [f"{block.number or ''}{block.text}" for block in document.blocks if isinstance(block, Heading)]
    places = [read.find("".join(heading.split())) for heading in headings]
    assert -1 not in places
    assert places == sorted(places)


def test_paragraphs_lists_and_boxes_to_tick_are_read_as_such() -> None:
    root = tags_of(made_of(TOOLBOX, "blank"))
    assert "If you suspect anyone is in immediate danger, call the Police on 999." in [
        tag.text for tag in root.all("P")
    ]
    assert root.all("LI")
    assert "☐Yes" in "".join(root.text.split())
    record = "".join(tags_of(made_of(TOOLBOX, "record")).text.split())
    assert "☒" in record


def test_each_page_says_which_form_it_is_and_which_of_how_many_pages() -> None:
    for form in FORMS:
        pages = pages_of(made_of(form, "blank"))
        for number, text in enumerate(pages, 1):
            assert f"{form}, version 1.0.0" in text
            assert f"Page {number} of {len(pages)}" in text


def test_each_page_of_a_draft_says_so_and_none_of_a_record() -> None:
    assert all("DRAFT" in text for text in pages_of(made_of(TOOLBOX, "draft")))
    assert not any("DRAFT" in text for text in pages_of(made_of(TOOLBOX, "record")))


def test_the_first_page_says_what_to_do_in_an_emergency_and_which_form_it_is() -> None:
    first = pages_of(made_of(TOOLBOX, "blank"))[0]
    assert "If you suspect anyone is in immediate danger, call the Police on 999." in first
    assert cse_forms.get_form(TOOLBOX).digest.removeprefix("sha256:")[:8] in first


def test_the_blank_toolbox_takes_no_more_paper_than_it_may() -> None:
    assert len(pages_of(made_of(TOOLBOX, "blank"))) <= 16


def sizes(made: bytes) -> set[float]:
    """Return the sizes of all letters."""
    found: set[float] = set()

    def look(text: str, _: Any, matrix: Any, __: Any, size: float) -> None:
        if text.strip():
            found.add(round(size, 1))

    for each in pypdf.PdfReader(BytesIO(made)).pages:
        each.extract_text(visitor_text=look)
    return found


def test_large_print_has_no_small_print() -> None:
    assert min(sizes(made_of(TOOLBOX, "large print"))) >= 18
    assert 11 in sizes(made_of(TOOLBOX, "blank"))


def test_a_heading_stands_on_the_page_of_what_follows_it() -> None:
    paragraphs: tuple[Block, ...] = (Panel(kind="text", blocks=(Paragraph(text="word " * 60),)),)
    for count in range(16, 28):
        blocks = (*paragraphs * count, Heading(level=2, text="Stranded"), *paragraphs * 2)
        pages = pages_of(drawn(replace(sample_document("blank"), blocks=blocks)))
        (holding,) = [text for text in pages if "Stranded" in text]
        assert "word" in holding.partition("Stranded")[2]


def test_answers_are_never_read_as_markup() -> None:
    harm = '#panic("x") #{ 1 + 1 } $x^2$ *b* _i_ @ref <lab> \\ = Heading // no comment /* none */ `raw` ~ ---'
    read = tags_of(named(TOOLBOX, harm))
    assert harm in [tag.text for tag in read.all("P")]


def test_a_character_that_no_letters_show_is_named_in_its_place() -> None:
    text = "".join(tag.text for tag in tags_of(named(TOOLBOX, "Robin \ue123\U0001fbca Example")).all("P"))
    assert "Robin [U+E123][U+1FBCA] Example" in text


def test_letters_of_other_scripts_are_shown() -> None:
    text = "".join(tag.text for tag in tags_of(named(TOOLBOX, "Żółć Ŵŷ Ελένη Олена")).all("P"))
    assert "Żółć Ŵŷ Ελένη Олена" in text


def test_a_word_that_is_longer_than_a_line_stays_on_the_page() -> None:
    for word in ("x" * 2000, "/" * 2000, "1/" * 1000, "-" * 2000):
        assert 300 < furthest(named(TOOLBOX, word)) < 595


def furthest(made: bytes) -> float:
    """Return how far to the right any letters begin."""
    reached: list[float] = []

    def look(text: str, _: Any, matrix: Any, __: Any, ___: Any) -> None:
        reached.append(matrix[4])

    for each in pypdf.PdfReader(BytesIO(made)).pages:
        each.extract_text(visitor_text=look)
    return max(reached)


def test_ordinary_words_are_left_whole() -> None:
    for word in ("secretive/withdrawn/isolated", "https://example.org/a/b?c=d", "and/or", "a-b-c"):
        assert drawable(word) == word


def test_words_in_another_language_say_so() -> None:
    document = document_of(TOOLBOX, "blank")
    labels = replace(document.labels, required=Said("rhaid ateb", "cy"))
    made = drawn(replace(document, labels=labels))
    assert faults(made, "ua1") == []
    with pikepdf.open(BytesIO(made)) as pdf:
        assert any(b"/Lang(cy)" in each.Contents.read_bytes() for each in pdf.pages)


def test_points_stand_as_deep_as_they_are() -> None:
    listed = BulletList(items=("one", "one of one", "two"), depths=(0, 1, 0))
    document = replace(sample_document("blank"), blocks=(Panel(kind="text", blocks=(listed,)),))
    outer = tags_of(drawn(document)).all("L")[0]
    assert outer.text.split("•") == ["", "one\u2013one of one", "two"]
    assert outer.all("L")[0].text == "\u2013one of one"


def test_only_addresses_that_people_follow_become_links() -> None:
    with pikepdf.open(BytesIO(made_of("wolverhampton-induction", "blank"))) as pdf:
        kinds = [str(each.A.URI) for one in pdf.pages for each in one.get("/Annots", [])]
    assert kinds
    assert all(address.startswith(("http://", "https://", "mailto:", "tel:")) for address in kinds)


def test_every_letter_is_put_into_the_file() -> None:
    with pikepdf.open(BytesIO(made_of(TOOLBOX, "record"))) as pdf:
        fonts = [each for each in pdf.objects if isinstance(each, pikepdf.Dictionary)]
        described = [each for each in fonts if each.get("/Type") == "/FontDescriptor"]
    assert described
    assert all("/FontFile2" in each or "/FontFile3" in each for each in described)


def test_a_document_that_no_pdf_has_room_for_is_refused() -> None:
    with pytest.raises(RendererError, match="too long for a PDF"):
        named(TOOLBOX, "word " * 100_000)


def test_without_the_extra_it_is_said_what_to_install() -> None:
    program = (
        "import sys\n"
        "sys.modules['typst'] = None\n"
        "from cse_forms.cli import main\n"
        "main(['render', 'cse-toolbox', '--to', 'pdf', '-o', '-'])\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=False, timeout=HANG_GUARD
    )
    assert done.returncode == 2
    assert done.stderr == "Error: PDF needs typst: pip install 'cse_forms[pdf]'\n"


@pytest.mark.parametrize("sign", ["\N{COMBINING ACUTE ACCENT}", "\N{RIGHT-TO-LEFT OVERRIDE}"], ids=["marks", "signs"])
def test_a_heap_of_marks_on_one_letter_is_refused_and_brings_nothing_down(sign: str) -> None:
    with pytest.raises(NotRenderableError, match="cannot be drawn"):
        named(TOOLBOX, f"e{sign * 50_000}")
    assert named(TOOLBOX, f"e{sign * 10}").startswith(b"%PDF")
