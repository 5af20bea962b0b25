"""The files of translators: what is written comes back to the letter, and what is not ours or is hostile is refused."""

from __future__ import annotations

import csv
from collections.abc import Callable
from dataclasses import replace
from io import BytesIO, StringIO
from pathlib import Path
from types import ModuleType
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile

import pytest
from babel.messages.pofile import read_po, write_po
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree
from openpyxl import load_workbook

from cse_forms.errors import InputError
from cse_forms.schema.translation import State, digest_of_text
from cse_forms.translating import po, sheet, xliff
from cse_forms.translating.files import KINDS, kind_of, read_job
from cse_forms.translating.jobs import Job, Unit, job_of
from tests.forms import load
from tests.translating.made import translation, visits

MODULES = (xliff, po, sheet)
XLIFF = "{urn:oasis:names:tc:xliff:document:2.0}"

ODD = (
    "=1+1", "+44", "-3", "@name", "\t=x", " ", "  two  ", "\n", "a\r\nb", "\x00\x1b", "\\u0041", "_x0041_",
    "<b>&amp;</b>", "{name} %s $x", '"quoted"', "msgid", "#. digest: x", "]]>",
    "\u2028", "\ufeff", "\ufffe", "\U0001f600", "'", "\\n",
    "x" * 32_000,
)  # fmt: skip
"""Texts that one kind of file or another would lose, change or work out."""

TEXTS = st.text(st.characters(exclude_categories=["Cs"]), min_size=1) | st.sampled_from(ODD)


@st.composite
def units(draw: st.DrawFn) -> Unit:
    """Make a string with or without a translation."""
    source, state = draw(TEXTS), draw(st.sampled_from(State))
    return Unit(
        pointer=f"/properties/a{draw(st.integers(0, 10**9))}/title",
        source=source,
        digest=digest_of_text(source),
        text="" if state is State.MISSING else draw(TEXTS),
        state=state,
        translates=digest_of_text("before") if state is State.STALE else None,
        note=draw(st.none() | TEXTS),
        where=f"4.1 {draw(TEXTS)}",
        kind="option",
    )


def jobs() -> st.SearchStrategy[Job]:
    """Make all that translators are given of a form."""
    return st.builds(
        Job,
        form=st.just("intake"),
        version=st.just("1.0.0"),
        source_language=st.just("en-GB"),
        language=st.sampled_from(["cy", "qps-ploc", "zh-Hans", "pl-PL"]),
        units=st.lists(units(), unique_by=lambda unit: unit.pointer, max_size=4).map(tuple),
    )


@pytest.mark.parametrize("module", MODULES)
@settings(max_examples=60)
@given(job=jobs())
def test_what_is_written_comes_back_to_the_letter(module: ModuleType, job: Job) -> None:
    assert module.read(module.write(job), "the file") == job


def job() -> Job:
    """Return the strings of the small form, of which some are translated."""
    form = load(visits())
    return job_of(form, translation(form, language="cy", leaves_out=lambda number: number % 3 == 0), "cy")


def test_each_string_says_where_it_stands_and_what_it_is_there() -> None:
    told = {unit.source: (unit.where, unit.kind) for unit in job().units}
    assert told["An invented form"] == ("the form", "title")
    assert told["Late home"] == ("2.1 Late home", "row")
    assert told["In years."] == ("Age", "description")
    assert told["What was seen"] == ("2 Signs", "heading of the rows")
    assert told["Say when."] == ("the form", "hint")
    assert told["Never lower."] == ("risk", "reason")
    assert told["Seen holds."] == ("risk, seen", "reason")
    assert told["Little."] == ("risk, low", "description of a level")
    assert told["As above."] == ("risk, high", "included level")
    assert told["Age in years"] == ("age", "number")
    assert told["Nobody has said."] == ("risk, open", "what the policy leaves open")
    assert told["Tell someone."] == ("tell", "prompt")
    assert told["What is heard."] == ("the form", "meaning of a term")


def test_what_was_translated_and_stands_elsewhere_now_is_offered_as_a_draft() -> None:
    form = load(visits())
    made = translation(form, language="cy", status="reviewed")
    strings = dict(made.strings)
    strings["/properties/grounds/title"] = strings.pop("/properties/reason/title")
    offered = job_of(form, made.model_copy(update={"strings": strings}), "cy")
    unit = next(unit for unit in offered.units if unit.pointer == "/properties/reason/title")
    assert (unit.text, unit.state) == (made.strings["/properties/reason/title"].text, State.DRAFT)


@pytest.mark.parametrize("name", KINDS)
def test_a_file_is_read_by_what_its_name_ends_in(name: str) -> None:
    kind = kind_of(name)
    assert read_job(kind.write(job()), Path(f"from-the-translator{kind.suffix.upper()}")) == job()
    with pytest.raises(InputError, match=r"ends in \.xlf, \.po or \.xlsx"):
        read_job(b"", Path("words.docx"))


# --- XLIFF --------------------------------------------------------------------------------------------------------


def test_xliff_is_built_as_the_standard_says() -> None:
    root = etree.fromstring(xliff.write(job()))
    assert (root.tag, root.get("version"), root.get("srcLang"), root.get("trgLang")) == (
        f"{XLIFF}xliff", "2.1", "en-GB", "cy",
    )  # fmt: skip
    (file,) = root
    assert (file.tag, file.get("id"), file.get("original")) == (f"{XLIFF}file", "form", "invented@1.0.0")
    assert len({unit.get("id") for unit in file}) == len(file) > 40
    for unit in file:
        assert [part.tag.removeprefix(XLIFF) for part in unit] == ["notes", "segment"]
        assert set(unit.attrib) == {"id", "name"}
        assert {note.tag for note in unit[0]} == {f"{XLIFF}note"}
        parts = [part.tag.removeprefix(XLIFF) for part in unit[1]]
        assert parts in (["source"], ["source", "target"])
        assert unit[1].get("state") == ("initial" if parts == ["source"] else "translated")
        assert "subState" not in unit[1].attrib or ":" in unit[1].get("subState", "")


def test_xliff_that_a_tool_has_cut_into_segments_and_marked_is_read() -> None:
    text = xliff.write(job()).decode()
    target = next(unit for unit in job().units if unit.source == "Ring at once.").text
    whole = (
        '<segment state="translated">\n        <source xml:space="preserve">Ring at once.</source>\n        '
        f'<target xml:space="preserve">{target}</target>\n      </segment>'
    )
    assert whole in text
    cut = (
        '<segment state="final"><source>Ring </source>'
        '<target>Ffon<mrk id="m1" type="term">iwch</mrk></target></segment>'
        "<ignorable><source> </source><target> </target></ignorable>"
        '<segment state="reviewed"><source>at once.</source><target>ar unwaith.</target></segment>'
    )
    read = xliff.read(text.replace(whole, cut).encode(), "tool.xlf")
    unit = next(unit for unit in read.units if unit.pointer == "/x-form/guidance/0/text")
    assert (unit.text, unit.state) == ("Ffoniwch ar unwaith.", State.REVIEWED)


def test_a_translation_in_xliff_without_a_word_on_its_state_is_a_draft() -> None:
    text = xliff.write(job()).decode().replace(' state="translated"', "")
    assert {unit.state for unit in xliff.read(text.encode(), "x").units if unit.text} == {State.DRAFT}


# --- PO -----------------------------------------------------------------------------------------------------------


def test_po_that_another_program_has_written_again_says_the_same() -> None:
    held = BytesIO()
    write_po(held, read_po(BytesIO(po.write(job()))), width=200, sort_output=True)
    assert {unit.pointer: unit for unit in po.read(held.getvalue(), "x").units} == {
        unit.pointer: unit for unit in job().units
    }


def test_who_takes_the_mark_from_a_draft_in_po_has_reviewed_it() -> None:
    text = po.write(job()).decode()
    assert text.count("#, fuzzy") == sum(bool(unit.text) for unit in job().units)
    read = po.read(text.replace("#, fuzzy\n", "").encode(), "x")
    assert {unit.state for unit in read.units if unit.text} == {State.REVIEWED}


def test_what_is_new_in_po_is_a_draft() -> None:
    lines = po.write(replace(job(), units=job().units[:1])).decode().replace('msgstr ""', 'msgstr "Newydd"')
    head, _, entry = lines.partition("#. where")
    read = po.read((head.replace('msgstr "Newydd"', 'msgstr ""') + "#. where" + entry).encode(), "x")
    assert [(unit.text, unit.state) for unit in read.units] == [("Newydd", State.DRAFT)]


# --- Excel --------------------------------------------------------------------------------------------------------


def test_no_text_of_a_workbook_is_worked_out() -> None:
    odd = replace(job().units[0], source="=1+1", text='=HYPERLINK("https://example.org")', state=State.DRAFT, note="@x")
    book = load_workbook(BytesIO(sheet.write(replace(job(), units=(odd,)))))
    cells = [cell for row in book[sheet.STRINGS].iter_rows() for cell in row if cell.value is not None]
    assert {cell.data_type for cell in cells} == {"s"}
    assert all(cell.quotePrefix for cell in cells if str(cell.value)[0] in "=@")


def edited(change: Callable[[Any], None]) -> bytes:
    """Return the workbook of the small form after somebody has worked on it."""
    book = load_workbook(BytesIO(sheet.write(job())))
    change(book)
    held = BytesIO()
    book.save(held)
    return held.getvalue()


def test_a_workbook_is_read_by_its_headings_and_empty_rows_are_passed_over() -> None:
    def change(book: Any) -> None:
        strings = book[sheet.STRINGS]
        strings.insert_cols(1)
        strings.cell(row=1, column=1).value = "Our remarks"
        strings.insert_rows(5, 3)
        book.create_sheet("Ours", 0)

    assert sheet.read(edited(change), "x") == job()


@pytest.mark.parametrize(
    ("place", "value", "told"),
    [
        ("E2", "done", "Strings, row 2: the status is draft, reviewed or stale, and not 'done'"),
        ("G3", None, "Strings, row 3 has lost its pointer"),
        ("D1", "Welsh", "has no column 'Translation'"),
        ("D4", "=1+1", "Strings, row 4: this is worked out by a formula"),
    ],
)
def test_what_is_wrong_in_a_workbook_is_told_with_its_row(place: str, value: str | None, told: str) -> None:
    def change(book: Any) -> None:
        book[sheet.STRINGS][place].value = value

    with pytest.raises(InputError, match=told):
        sheet.read(edited(change), "x")


def test_all_that_is_wrong_in_a_workbook_is_told_at_once() -> None:
    def change(book: Any) -> None:
        for place, value in {"E2": "done", "G3": None, "D4": "=1+1"}.items():
            book[sheet.STRINGS][place].value = value

    with pytest.raises(InputError) as raised:
        sheet.read(edited(change), "x")
    assert [line.split(", ")[1].split()[1].rstrip(":") for line in str(raised.value).splitlines()] == ["2", "3", "4"]


def test_a_text_that_no_cell_holds_is_refused_with_what_to_do() -> None:
    unit = replace(job().units[0], source="x" * 40_000)
    with pytest.raises(InputError, match="extract it as xliff or po"):
        sheet.write(replace(job(), units=(unit,)))


# --- what is not ours ---------------------------------------------------------------------------------------------

BOMB = (
    b'<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>'
    b'<xliff xmlns="urn:oasis:names:tc:xliff:document:2.0" version="2.1" trgLang="cy">&b;</xliff>'
)


def zipped(**parts: bytes) -> bytes:
    held = BytesIO()
    with ZipFile(held, "w", ZIP_DEFLATED) as archive:
        for name, data in parts.items():
            archive.writestr(name, data)
    return held.getvalue()


def table() -> bytes:
    held = StringIO()
    csv.writer(held).writerows([["Pointer", "Translation"], ["/title", "Teitl"]])
    return held.getvalue().encode()


@pytest.mark.parametrize("module", MODULES)
@pytest.mark.parametrize(
    "data",
    [
        b"", b"\x00\x01", b"{}", table(), BOMB, b"<html/>", zipped(a=b"0" * 30_000_000),
        b'<xliff xmlns="urn:oasis:names:tc:xliff:document:2.0" version="2.1"/>',
        b'msgid ""\nmsgstr "x"\n\nmsgid', b"\xff" * 99,
    ],
)  # fmt: skip
def test_what_is_no_file_of_ours_is_refused_in_a_sentence(module: ModuleType, data: bytes) -> None:
    with pytest.raises(InputError) as caught:
        module.read(data, "given back")
    assert "given back" in str(caught.value)


def test_a_unit_that_has_lost_what_it_translates_is_refused() -> None:
    text = xliff.write(job()).decode().replace('name="/title"', "")
    with pytest.raises(InputError, match="extract the file anew"):
        xliff.read(text.encode(), "x")
    lines = po.write(job()).decode().replace('msgctxt "/title"\n', "")
    with pytest.raises(InputError, match="extract the file anew"):
        po.read(lines.encode(), "x")
