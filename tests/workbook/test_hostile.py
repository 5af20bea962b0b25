"""Workbooks that mean harm, or were damaged, are refused in bounded time and memory."""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Callable
from functools import cache
from io import BytesIO
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from cse_forms.errors import InputError
from cse_forms.workbook.values import same
from cse_forms.workbook.workbook import from_xlsx, to_xlsx
from tests.commands import HANG_GUARD
from tests.workbook import books

SHEET = "xl/worksheets/sheet3.xml"
"""The part that holds the sheet Questions."""


@cache
def example() -> bytes:
    return to_xlsx(books.example())


@pytest.fixture(name="workbook")
def _workbook() -> bytes:
    return example()


def changed(workbook: bytes, part: str, change: Callable[[bytes], bytes]) -> bytes:
    def edit(parts: dict[str, bytes]) -> None:
        parts[part] = change(parts[part])

    return books.repacked(workbook, edit)


def with_part(workbook: bytes, part: str, data: bytes) -> bytes:
    return books.repacked(workbook, lambda parts: parts.update({part: data}))


def entity(data: bytes) -> bytes:
    return re.sub(rb"<worksheet", b'<!DOCTYPE x [<!ENTITY a "aaaa">]><worksheet', data, count=1)


def entity_in_utf_16(data: bytes) -> bytes:
    text = entity(data).decode()
    return re.sub(r"^<\?xml[^>]*>", "", text).encode("utf-16")


@pytest.mark.parametrize(
    ("make", "said"),
    [
        (lambda _: b"", "is no workbook: its first bytes are not those of one"),
        (lambda _: b"a,b\n1,2\n", "is no workbook"),
        (lambda _: bytes.fromhex("d0cf11e0a1b11ae1") + b"\0" * 600, "old kind of Excel"),
        (lambda book: book[:5000], "cut off or damaged"),
        (lambda book: with_part(book, "xl/vbaProject.bin", b"x"), "holds macros"),
        (lambda book: with_part(book, "xl/media/big.bin", b"\0" * 30_000_000), "unpacks to more than any form"),
        (lambda book: changed(book, SHEET, entity), "damaged"),
        (lambda book: changed(book, SHEET, entity_in_utf_16), "damaged"),
        (lambda book: changed(book, "xl/workbook.xml", lambda data: entity(data.replace(b"<workbook", b"<worksheet"))),
         "document type"),
        (lambda book: changed(book, SHEET, lambda data: data[:-40]), "damaged"),
        (lambda book: changed(book, SHEET, lambda data: data.replace(b'r="A3"', b'r="ZZZZ3"')), "has no place"),
    ],
)  # fmt: skip
def test_what_is_no_sound_workbook_is_refused(workbook: bytes, make: Callable[[bytes], bytes], said: str) -> None:
    with pytest.raises(InputError, match=said):
        from_xlsx(make(workbook), "book.xlsx")


def test_a_word_document_is_no_workbook() -> None:
    stream = BytesIO()
    with ZipFile(stream, "w", ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr(
            "_rels/.rels",
            '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="a" '
            'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" '
            'Target="word/document.xml"/></Relationships>',
        )
        archive.writestr("word/document.xml", "<document/>")
    with pytest.raises(InputError, match="is no workbook: it is a document of another kind"):
        from_xlsx(stream.getvalue(), "letter.docx")


MEASURED = """
import resource, sys
from pathlib import Path
from cse_forms.workbook.workbook import from_xlsx
from_xlsx(Path(sys.argv[1]).read_bytes(), "book.xlsx")
before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
found = from_xlsx(Path(sys.argv[2]).read_bytes(), "book.xlsx")
print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before, len(found.files.form["properties"]))
"""


def test_a_million_empty_rows_are_passed_over_in_little_time_and_memory(workbook: bytes, tmp_path: Path) -> None:
    def swell(data: bytes) -> bytes:
        rows = b"".join(b'<row r="%d"/>' % number for number in range(1_000, 1_048_577))
        return data.replace(b"</sheetData>", rows + b"</sheetData>")

    plain, swollen = tmp_path / "plain.xlsx", tmp_path / "swollen.xlsx"
    plain.write_bytes(workbook)
    swollen.write_bytes(changed(workbook, SHEET, swell))
    done = subprocess.run(
        [sys.executable, "-c", MEASURED, str(plain), str(swollen)],
        capture_output=True, text=True, check=True, timeout=HANG_GUARD,
    )  # fmt: skip
    kilobytes, sections = map(int, done.stdout.split())
    assert kilobytes < 150_000
    assert sections == len(books.example().form["properties"])


def test_too_many_cells_are_refused(workbook: bytes) -> None:
    def swell(data: bytes) -> bytes:
        rows = b"".join(
            b'<row r="%d"><c r="A%d"><v>1</v></c></row>' % (number, number) for number in range(1000, 160_000)
        )
        return data.replace(b"</sheetData>", rows + b"</sheetData>")

    with pytest.raises(InputError, match="more than 150,000 cells"):
        from_xlsx(changed(workbook, SHEET, swell), "book.xlsx")


def test_links_to_other_workbooks_are_not_followed(workbook: bytes) -> None:
    def link(data: bytes) -> bytes:
        return data.replace(
            b"</Relationships>",
            b'<Relationship Id="outside" TargetMode="External" Target="http://outside.invalid/book.xlsx" '
            b'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/externalLink"/></Relationships>',
        )

    found = from_xlsx(changed(workbook, "xl/_rels/workbook.xml.rels", link), "book.xlsx")
    assert same(found.files.form, books.example().form)


@settings(max_examples=25, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
@given(
    st.sampled_from([SHEET, "xl/workbook.xml", "xl/_rels/workbook.xml.rels", "xl/styles.xml", "docProps/custom.xml"]),
    st.integers(0, 4000), st.binary(max_size=6),
)  # fmt: skip
def test_whatever_is_changed_in_its_parts_a_workbook_is_read_or_refused(part: str, at: int, other: bytes) -> None:
    damaged = changed(example(), part, lambda data: data[:at] + other + data[at + len(other) :])
    refused = None
    try:
        found = from_xlsx(damaged, "book.xlsx")
    except InputError as error:
        refused = error
    assert refused is not None or found.files.form["type"] == "object"
