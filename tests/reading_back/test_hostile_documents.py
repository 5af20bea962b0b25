"""Documents that mean harm, or that came to harm, are refused or read in bounded time and memory."""

from __future__ import annotations

import copy
import random
import time
from io import BytesIO
from pathlib import Path
from zipfile import ZIP_BZIP2, ZIP_DEFLATED, ZipFile

import pytest

import cse_forms
from cse_forms.errors import CseFormsError, InputError
from tests.commands import LIMITED, run
from tests.reading_back.sample import FORM, blank_of, catalogue, sample
from tests.reading_back.word import BODY, W15, W, WordFile, typed, xml

LONGEST = 20
"""Seconds within which each of these is done, on a machine that does other things too; they take about one."""


@pytest.fixture(scope="module")
def forms_at_hand(tmp_path_factory: pytest.TempPathFactory) -> cse_forms.Catalogue:
    return catalogue(tmp_path_factory.mktemp("forms"), sample())


@pytest.fixture
def word(forms_at_hand: cse_forms.Catalogue) -> WordFile:
    return WordFile(blank_of(forms_at_hand.get_form(FORM)))


def packed(parts: dict[str, bytes], method: int = ZIP_DEFLATED) -> bytes:
    buffer = BytesIO()
    with ZipFile(buffer, "w", method) as archive:
        for name, data in parts.items():
            archive.writestr(name, data)
    return buffer.getvalue()


def refused(data: bytes, forms_at_hand: cse_forms.Catalogue) -> str:
    started = time.monotonic()
    with pytest.raises(InputError) as told:
        cse_forms.read_docx(data, forms_at_hand)
    assert time.monotonic() - started < LONGEST
    return str(told.value)


@pytest.mark.parametrize("data", [b"", b"PK", b"%PDF-1.7\n%%EOF", b"{}", b"PK\x05\x06" + bytes(18), b"\x00" * 1000])
def test_what_is_no_archive_of_word_is_refused(data: bytes, forms_at_hand: cse_forms.Catalogue) -> None:
    assert refused(data, forms_at_hand).startswith("the document is no Word document: ")


def test_an_archive_of_another_kind_is_refused(forms_at_hand: cse_forms.Catalogue) -> None:
    assert "an archive of another kind" in refused(packed({"a.txt": b"a"}), forms_at_hand)
    sheet = {
        "[Content_Types].xml": b"<Types/>",
        "_rels/.rels": b'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"/>',
    }
    assert "an archive of another kind" in refused(packed(sheet), forms_at_hand)


def test_a_word_document_that_is_no_form_is_refused(forms_at_hand: cse_forms.Catalogue) -> None:
    import docx

    buffer = BytesIO()
    docx.Document().save(buffer)
    assert "none that was made from a form" in refused(buffer.getvalue(), forms_at_hand)


def test_an_old_or_a_locked_document_is_refused_with_what_to_do(forms_at_hand: cse_forms.Catalogue) -> None:
    told = refused(bytes.fromhex("d0cf11e0a1b11ae1") + bytes(2000), forms_at_hand)
    assert "save it as a Word document (.docx) without a password" in told


def test_a_document_that_was_cut_off_is_refused_wherever_it_ends(
    word: WordFile, forms_at_hand: cse_forms.Catalogue
) -> None:
    data = word.save()
    for share in (0.01, 0.2, 0.5, 0.9, 0.999):
        assert "look for a whole copy" in refused(data[: int(len(data) * share)], forms_at_hand)


def test_a_document_with_changed_bytes_is_read_or_refused_and_nothing_else_happens(
    word: WordFile, forms_at_hand: cse_forms.Catalogue
) -> None:
    data, chance, outcomes = word.save(), random.Random(7), set()
    for _ in range(300):
        changed = bytearray(data)
        for _ in range(chance.randint(1, 3)):
            changed[chance.randrange(len(changed))] = chance.randrange(256)
        try:
            cse_forms.read_docx(bytes(changed), forms_at_hand)
            outcomes.add("read")
        except CseFormsError:
            outcomes.add("refused")
    assert outcomes == {"read", "refused"}


def test_what_unpacks_to_too_much_is_refused_before_it_is_unpacked(
    word: WordFile, forms_at_hand: cse_forms.Catalogue
) -> None:
    word.parts["word/media/white.bin"] = bytes(30_000_000)
    assert "unpacks to more than any form does" in refused(word.save(), forms_at_hand)


def test_an_archive_that_lies_about_its_sizes_is_refused(word: WordFile, forms_at_hand: cse_forms.Catalogue) -> None:
    word.parts["word/comments.xml"] = b"<a/>" + bytes(9_000_000)
    word.add_link("comments", "comments.xml")
    data = word.save()
    sizes = (9_000_004).to_bytes(4, "little")
    assert data.count(sizes) == 2
    assert "look for a whole copy" in refused(data.replace(sizes, (100).to_bytes(4, "little")), forms_at_hand)


@pytest.mark.parametrize("unit", [b"<w:p/>", b"<w:p a='' b='' c='' d='' e='' f=''/>"], ids=["tags", "attributes"])
def test_more_tags_and_attributes_than_any_form_has_are_refused_before_they_are_parsed(
    word: WordFile, forms_at_hand: cse_forms.Catalogue, unit: bytes
) -> None:
    word.save()
    body = word.parts[BODY].replace(b"<w:sectPr", unit * (20_000_000 // len(unit)) + b"<w:sectPr", 1)
    assert "holds more than any form does" in refused(packed(word.parts | {BODY: body}), forms_at_hand)


@pytest.mark.parametrize("kind", ["header", "comments", "customXml"])
def test_a_part_that_is_named_ten_thousand_times_is_read_once(
    word: WordFile, forms_at_hand: cse_forms.Catalogue, kind: str
) -> None:
    word.save()
    name = "word/_rels/document.xml.rels"
    kinds = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    links = "".join(
        f'<Relationship Id="x{number}" Type="{kinds}/{kind}" Target="document.xml"/>' for number in range(10_000)
    )
    rels = word.parts[name].replace(b"</Relationships>", f"{links}</Relationships>".encode())
    assert word.parts[name] != rels
    assert cse_forms.read_docx(packed(word.parts | {name: rels}), forms_at_hand).response.answers == {}


@pytest.mark.parametrize("encoding", ["cp037", "utf-7"])
def test_a_part_in_letters_of_another_kind_is_refused(
    word: WordFile, forms_at_hand: cse_forms.Catalogue, encoding: str
) -> None:
    word.save()
    said = f'<?xml version="1.0" encoding="{encoding}"?><w/>'
    data = packed(word.parts | {BODY: said.encode("cp037" if encoding == "cp037" else "ascii")})
    assert "in an encoding that no such document has" in refused(data, forms_at_hand)


def test_too_many_parts_are_refused(word: WordFile, forms_at_hand: cse_forms.Catalogue) -> None:
    word.parts |= {f"word/media/{number}.png": b"" for number in range(600)}
    assert "unpacks to more than any form does" in refused(word.save(), forms_at_hand)


def test_two_parts_of_one_name_are_refused(word: WordFile, forms_at_hand: cse_forms.Catalogue) -> None:
    word.parts["WORD/document.xml"] = b"<a/>"
    assert "two parts of one name" in refused(word.save(), forms_at_hand)


def test_a_way_of_packing_that_word_does_not_know_is_refused(
    word: WordFile, forms_at_hand: cse_forms.Catalogue
) -> None:
    word.save()
    assert "packed in a way that Word does not know" in refused(packed(word.parts, ZIP_BZIP2), forms_at_hand)


ENTITIES = {
    "doubled": '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;"><!ENTITY c "&b;&b;&b;">]>',
    "of a file": '<!DOCTYPE x [<!ENTITY c SYSTEM "file:///etc/passwd">]>',
    "from afar": '<!DOCTYPE x SYSTEM "http://127.0.0.1:9/x.dtd">',
}


@pytest.mark.parametrize("name", ENTITIES)
@pytest.mark.parametrize("part", [BODY, "docProps/custom.xml", "_rels/.rels", "customXml/item1.xml"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_a_part_with_a_document_type_is_refused(
    name: str, part: str, encoding: str, word: WordFile, forms_at_hand: cse_forms.Catalogue
) -> None:
    word.save()
    text = word.parts[part].decode().partition("?>")[2]
    word.parts[part] = f"<?xml version='1.0' encoding='{encoding}'?>{ENTITIES[name]}{text}".encode(encoding)
    assert "document type" in refused(packed(word.parts), forms_at_hand)


def test_macros_are_refused(word: WordFile, forms_at_hand: cse_forms.Catalogue) -> None:
    word.parts["word/vbaProject.bin"] = b"x"
    assert "holds macros" in refused(word.save(), forms_at_hand)
    del word.parts["word/vbaProject.bin"]
    types = word.parts["[Content_Types].xml"]
    word.parts["[Content_Types].xml"] = types.replace(
        b"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml",
        b"application/vnd.ms-word.document.macroEnabled.main+xml",
    )
    assert "holds macros" in refused(word.save(), forms_at_hand)


def test_what_lies_outside_is_told_and_never_fetched(word: WordFile, forms_at_hand: cse_forms.Catalogue) -> None:
    # Whoever listens there would be heard of: a connection to this port is refused at once.
    addresses = ["http://127.0.0.1:9/template.dotm", "file:////127.0.0.1/share/x", "javascript:alert(1)"]
    for kind, address in zip(("attachedTemplate", "image", "hyperlink"), addresses, strict=True):
        word.add_link(kind, address, external=True)
    reading = cse_forms.read_docx(word.save(), forms_at_hand)
    assert [note.text for note in reading.notes if note.kind == "link"] == sorted(addresses)


def test_a_part_that_is_said_to_lie_outside_is_not_read_from_there(
    word: WordFile, forms_at_hand: cse_forms.Catalogue
) -> None:
    word.add_link("comments", "file:///etc/passwd", external=True)
    word.add_link("footnotes", "../../../../etc/passwd")
    word.add_link("comments", "../docProps/core.xml")
    assert [note.kind for note in cse_forms.read_docx(word.save(), forms_at_hand).notes] == ["link"]


def test_a_document_saved_as_strict_open_xml_is_refused_with_what_to_do(
    word: WordFile, forms_at_hand: cse_forms.Catalogue
) -> None:
    word.parts["_rels/.rels"] = word.parts["_rels/.rels"].replace(
        b"http://schemas.openxmlformats.org/officeDocument/2006/relationships/",
        b"http://purl.oclc.org/ooxml/officeDocument/relationships/",
    )
    assert "save it as an ordinary Word document" in refused(word.save(), forms_at_hand)


def add_rows(word: WordFile, number: int) -> None:
    items = [sdt for sdt in word.root.iter(f"{W}sdt") if sdt.find(f"{W}sdtPr/{W15}repeatingSectionItem") is not None]
    items[-1].getparent().extend([copy.deepcopy(items[-1]) for _ in range(number)])


def test_ten_thousand_empty_rows_are_read_in_bounded_time(word: WordFile, forms_at_hand: cse_forms.Catalogue) -> None:
    word.write("Name", "Sam", place=1)
    add_rows(word, 10_000)
    started = time.monotonic()
    reading = cse_forms.read_docx(word.save(), forms_at_hand)
    assert time.monotonic() - started < LONGEST
    assert reading.response.answers == {"people": [{"name": "Sam"}]}
    assert reading.is_clean


def test_more_answers_than_a_response_may_hold_are_refused(word: WordFile, forms_at_hand: cse_forms.Catalogue) -> None:
    word.write("Name", "Sam", place=3)
    add_rows(word, 10_000)
    assert "holds more than 5,000 values" in refused(word.save(), forms_at_hand)


def test_controls_in_one_another_to_any_depth_are_read_or_refused(
    word: WordFile, forms_at_hand: cse_forms.Catalogue
) -> None:
    word.save()
    opened = "<w:sdt><w:sdtPr/><w:sdtContent>"
    for depth in (50, 200, 2_000, 50_000):
        closed = "</w:sdtContent></w:sdt>"
        nested = f"{opened * depth}<w:p><w:r><w:t>Deep</w:t></w:r></w:p>{closed * depth}<w:sectPr".encode()
        body = word.parts[BODY].replace(b"<w:sectPr", nested)
        data = packed(word.parts | {BODY: body})
        if depth > 100:
            assert "deeper" in refused(data, forms_at_hand)
        else:
            reading = cse_forms.read_docx(data, forms_at_hand)
            assert [report.text for report in reading.fields if report.status == "unknown"] == ["Deep"]


def test_a_long_answer_is_read_to_its_end(word: WordFile, forms_at_hand: cse_forms.Catalogue) -> None:
    text = "word " * 400_000
    word.content(word.control("Story"), xml("<w:r><w:t/></w:r>"))
    word.control("Story").find(f".//{W}t").text = text
    assert cse_forms.read_docx(word.save(), forms_at_hand).response.answers == {"story": text}


def test_a_text_longer_than_any_form_is_refused(word: WordFile, forms_at_hand: cse_forms.Catalogue) -> None:
    word.content(word.control("Story"), *typed("x" * 12_000_000))
    assert "deeper or longer than any form" in refused(word.save(), forms_at_hand)


def test_thousands_of_texts_outside_controls_are_told_in_bounded_time(
    word: WordFile, forms_at_hand: cse_forms.Catalogue
) -> None:
    word.root[0][:0] = [xml(f"<w:p><w:r><w:t>Line {number}</w:t></w:r></w:p>") for number in range(20_000)]
    started = time.monotonic()
    reading = cse_forms.read_docx(word.save(), forms_at_hand)
    assert time.monotonic() - started < LONGEST
    assert len(reading.notes) == 201
    assert str(reading.notes[-1].text).endswith("Line 19999")


def test_what_a_document_carries_for_its_reader_can_add_no_answer(
    word: WordFile, forms_at_hand: cse_forms.Catalogue
) -> None:
    stated = {
        "/name": '"Mallory"', "/agreed": "true", "/missing": '""', "/models": '["gang"]', "/x": '""', "/age": "",
        "/people/0": "{}", "/signs": "[[[", "/story": "[" * 5000, "/level": "{}", "/share": "false", "/born": "NaN",
    }  # fmt: skip
    made = "".join(f'<stated at="{at}">{value}</stated>' for at, value in stated.items())
    carried = word.parts["customXml/item1.xml"].replace(b"</filling>", f"{made}</filling>".encode())
    word.parts["customXml/item1.xml"] = carried
    assert cse_forms.read_docx(word.save(), forms_at_hand).response.answers == {"people": [{}]}


def test_the_command_refuses_within_bounded_memory(
    tmp_path: Path, word: WordFile, forms_at_hand: cse_forms.Catalogue
) -> None:
    word.save()
    many = b"<w:p><w:r/></w:p>" * 480_000
    bombs = {
        "rows": word.parts | {BODY: word.parts[BODY].replace(b"<w:sectPr", many + b"<w:sectPr")},
        "zeros": word.parts | {"word/x.bin": bytes(200_000_000)},
    }
    for name, parts in bombs.items():
        path = tmp_path / f"{name}.docx"
        path.write_bytes(packed(parts))
        ran = run("--definitions", forms_at_hand.directory, "read", path, program=LIMITED)
        assert ran.status == (0 if name == "rows" else 2), ran.err
