"""What is wrong in a workbook is told by sheet and cell, all at once."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from openpyxl import Workbook

from cse_forms.errors import InputError
from cse_forms.workbook.workbook import WorkbookError, from_xlsx, to_xlsx
from tests.workbook import books


@pytest.fixture(scope="module")
def workbook() -> bytes:
    return to_xlsx(books.example())


def faults(workbook: bytes, edit: Callable[[Workbook], None]) -> list[str]:
    """Return what is told of a workbook after an edit."""
    with pytest.raises(WorkbookError) as raised:
        from_xlsx(books.edited(workbook, edit), "book.xlsx")
    assert str(raised.value).splitlines() == [f"book.xlsx: {fault}" for fault in raised.value.faults]
    return [str(fault) for fault in raised.value.faults]


def cell(sheet: str, place: str, value: Any) -> Callable[[Workbook], None]:
    def edit(book: Workbook) -> None:
        book[sheet][place].value = value

    return edit


def heading(sheet: str, old: str, new: str | None) -> Callable[[Workbook], None]:
    def edit(book: Workbook) -> None:
        book[sheet].cell(1, books.column(book[sheet], old)).value = new

    return edit


@pytest.mark.parametrize(
    ("edit", "place", "said"),
    [
        (cell("Rules", "D2", "/signs/*/seen is yes, at leats 2"), "Rules!D2", "'at least' or 'at most'"),
        (cell("Rules", "D2", "/sings/*/seen is yes"), "Rules!D2", "did you mean '/signs/*/seen'?"),
        (cell("Rules", "C2", "hihg"), "Rules!C2", "hihg"),
        (cell("Rules", "A2", "concen"), "Rules!A2", "there is no assessment 'concen'; did you mean 'concern'?"),
        (cell("Rules", "B2", None), "Rules!A2", "'id' is missing"),
        (cell("Measures", "C2", "count off /signs/*/seen is yes"), "Measures!C2", "a measure, which begins with"),
        (cell("Measures", "C2", None), "Measures!C2", "say how the number is worked out"),
        (cell("Questions", "A3", "/abuot/name"), "Questions!A3", "no row for /abuot, in which this stands; did you"),
        (cell("Questions", "A3", "name"), "Questions!A3", "a path begins with /"),
        (cell("Questions", "A4", "/about/name"), "Questions!A4", "'/about/name' stands in Questions!A3 already"),
        (cell("Questions", "A3", "/about" * 17), "Questions!A3", "more than 16 deep"),
        (cell("Questions", "A3", None), "Questions!A3", "'Path' is empty"),
        (cell("Questions", "B3", "txt"), "Questions!B3", "no kind 'txt' is known; did you mean 'text'?"),
        (cell("Questions", "D3", None), "Questions!A3", "title"),
        (cell("Questions", "H3", "perhaps"), "Questions!H3", "this must be yes or no"),
        (cell("Questions", "D3", "=1+1"), "Questions!D3", "worked out by a formula"),
        (cell("Questions", "C2", 4.1), "Questions!C2", "format the cell as Text"),
        (cell("Options", "A2", "/next/getting-wors"), "Options!A2", "did you mean '/next/getting-worse'?"),
        (cell("Options", "C2", None), "Options!A2", "'title' is missing"),
        (cell("About", "B5", "1.0"), "About!B5", "three numbers, such as 1.0.0"),
        (cell("About", "B6", "pubished"), "About!B6", "draft"),
        (cell("Scenarios", "A3", 1), "Scenarios!A3", "'1' stands in Scenarios!A2 already"),
        (cell("Scenarios", "B2", None), "Scenarios!A2", "'name' is missing"),
        (cell("Scenario answers", "A2", 77), "Scenario answers!A2", "there is no scenario '77'"),
        (cell("Scenario answers", "C2", None), "Scenario answers!C2", "the answer is empty"),
        (cell("Scenario answers", "B3", "/about/name"), "Scenario answers!B3", "another answer there already"),
        (heading("Rules", "Because", "Becuse"), "Rules!A1", "there is no column 'Because'; is it 'becuse'?"),
        (heading("Questions", "Title", None), "Questions!A1", "there is no column 'Title'; put it back"),
        (lambda book: book.remove(book["Levels"]), "Levels!A1", "this sheet is missing"),
    ],
)  # fmt: skip
def test_a_fault_is_told_in_its_cell(workbook: bytes, edit: Callable[[Workbook], None], place: str, said: str) -> None:
    assert any(fault.startswith(f"{place}: ") and said in fault for fault in faults(workbook, edit))


def test_a_date_that_a_program_made_of_a_text_is_told_and_not_guessed(workbook: bytes) -> None:
    def edit(book: Workbook) -> None:
        sheet = book["Levels"]
        sheet["C2"].value, sheet["C2"].number_format = 45000, "d-mmm"
        sheet["C3"].value, sheet["C3"].number_format = 0.5, '[$-809]hh:mm "o\'clock"'
        sheet["C4"].value, sheet["C4"].number_format = 12, '0 "days"'

    told = faults(workbook, edit)
    assert [fault.split(":")[0] for fault in told] == ["Levels!C2", "Levels!C3"]
    assert all("made a date of this" in fault for fault in told)


def test_faults_of_many_sheets_are_told_at_once_in_the_order_of_the_sheets(workbook: bytes) -> None:
    def edit(book: Workbook) -> None:
        for sheet, place in (("Checks", "B2"), ("Rules", "D3"), ("Questions", "J5")):
            book[sheet][place].value = "nonsense"
        book["About"]["B6"].value = "neither"
        book["Scenarios"]["C2"].value = "perhaps"

    told = [fault.split(": ")[0] for fault in faults(workbook, edit)]
    assert told == ["About!B6", "Questions!J5", "Rules!D3", "Checks!B2", "Scenarios!C2"]


def test_what_a_definition_s_check_finds_is_told_in_the_cell_of_the_condition(workbook: bytes) -> None:
    told = faults(workbook, cell("Prompts", "B2", "any of (/signs/*/seen is maybe; measure signs-seen is 1 or more)"))
    assert len(told) == 1
    assert told[0].startswith("Prompts!B2: ")
    assert "maybe" in told[0]
    assert "(at /any/0/match/const)" in told[0]


def test_no_answer_of_a_scenario_is_needed_to_tell_a_fault(workbook: bytes) -> None:
    told = faults(workbook, cell("Scenario answers", "C2", "=HYPERLINK()"))
    assert told == [f"Scenario answers!C2: {message}" for message in [told[0].partition(": ")[2]]]
    assert "HYPERLINK" not in told[0]


@pytest.mark.parametrize("order", ["{", "[1]", '{"order": 3}', '{"order": [1]}'])
def test_a_hidden_order_that_was_changed_by_hand_is_told(workbook: bytes, order: str) -> None:
    def edit(book: Workbook) -> None:
        sheet = book["Assessments"]
        sheet.cell(2, books.column(sheet, "Order")).value = order

    assert faults(workbook, edit)[0].startswith("Assessments!")


def test_what_stands_in_a_column_and_in_other_words_is_told(workbook: bytes) -> None:
    def edit(book: Workbook) -> None:
        sheet = book["Questions"]
        books.put(sheet, 3, Other_words='{"title": "Another"}')

    assert any("has a column of its own" in fault for fault in faults(workbook, edit))


def test_a_workbook_that_was_not_made_from_a_form_is_refused() -> None:
    def edit(book: Workbook) -> None:
        for name in book.sheetnames[1:]:
            book.remove(book[name])

    with pytest.raises(InputError, match="none that was made from a form; 'cse-forms to-xlsx FORM' makes one"):
        from_xlsx(books.edited(to_xlsx(books.example()), edit), "book.xlsx")
