"""What a policy officer changes in a workbook is what the definition says afterwards."""

from __future__ import annotations

import json
from typing import Any

from openpyxl import Workbook

from cse_forms.workbook.files import Files
from cse_forms.workbook.values import same
from cse_forms.workbook.workbook import from_xlsx, to_xlsx
from tests.workbook import books


def expected() -> Any:
    return json.loads(json.dumps(books.example().form))


def test_a_changed_threshold() -> None:
    def edit(book: Workbook) -> None:
        sheet = book["Rules"]
        books.put(sheet, books.row(sheet, "Id", "two-signs"), Where="measure signs-seen is 3 or more")

    form = expected()
    form["x-form"]["assessments"][0]["rules"][1]["when"]["match"]["minimum"] = 3
    assert same(books.read_after(books.example(), edit).form, form)


def test_a_new_question_in_the_midst_of_others() -> None:
    def edit(book: Workbook) -> None:
        sheet = book["Questions"]
        at = books.row(sheet, "Path", "/about/date")
        books.insert(
            sheet, at, Path="/about/school", Kind="text", Title="School", Lines=2, Source="guide", Section="About"
        )

    form = expected()
    about = form["properties"]["about"]["properties"]
    added = {
        "title": "School",
        "type": "string",
        "x-form": {"provenance": {"source": "guide", "section": "About"}, "lines": 2},
    }
    form["properties"]["about"]["properties"] = {
        "name": about["name"], "date-of-birth": about["date-of-birth"], "school": added, "date": about["date"],
    }  # fmt: skip
    assert same(books.read_after(books.example(), edit).form, form)


def test_a_new_option_and_a_new_question_with_options() -> None:
    def edit(book: Workbook) -> None:
        options, questions = book["Options"], book["Questions"]
        at = books.row(options, "Question", "/next/getting-worse")
        books.insert(options, at + 1, Question="/next/getting-worse", Value="a-little", Words="A little")
        books.put(
            questions, questions.max_row + 1, Path="/next/who", Kind="any of several", Title="Who", Source="guide"
        )
        for value in ("police", 3, True):
            books.put(options, options.max_row + 1, Question="/next/who", Value=value, Words=str(value))

    found = books.read_after(books.example(), edit).form["properties"]["next"]["properties"]
    assert [option["const"] for option in found["getting-worse"]["oneOf"]] == ["yes", "a-little", "no", "not-known"]
    assert same(
        found["who"],
        {
            "title": "Who",
            "type": "array",
            "uniqueItems": True,
            "x-form": {"provenance": {"source": "guide"}},
            "items": {
                "oneOf": [
                    {"const": "police", "title": "police"}, {"const": 3, "title": "3"}, {"const": True, "title": "True"}
                ]
            },
        },
    )  # fmt: skip


def test_a_new_rule_a_new_measure_and_a_new_prompt() -> None:
    def edit(book: Workbook) -> None:
        books.put(book["Measures"], 4, Id="all", Worked_out_as="sum of (measure signs-seen times 2; measure age)")
        sheet = book["Rules"]
        sheet.append([])
        books.put(sheet, 4, Assessment="concern", Id="many", Measure="all", Bands="0 to 5: low\nfrom 6: high",
                  Because="Many.", Source="guide")  # fmt: skip
        books.put(book["Prompts"], 3, Id="call", Urgency="immediate", Text="Call.", Source="guide",
                  Where="any of (/next/getting-worse is yes; measure all is more than 8)")  # fmt: skip

    words = books.read_after(books.example(), edit).form["x-form"]
    assert words["measures"]["all"] == {"sum": [{"measure": "signs-seen", "times": 2}, {"measure": "age"}]}
    assert same(
        words["assessments"][0]["rules"][2],
        {
            "id": "many",
            "measure": "all",
            "bands": [{"from": 0, "to": 5, "level": "low"}, {"from": 6, "level": "high"}],
            "because": "Many.",
            "provenance": {"source": "guide"},
        },
    )
    assert words["prompts"][1]["when"]["any"][1] == {"measure": "all", "match": {"exclusiveMinimum": 8}}


def test_a_condition_on_when_something_is_required_renews_the_rules_that_follow() -> None:
    def edit(book: Workbook) -> None:
        sheet = book["Questions"]
        books.put(sheet, books.row(sheet, "Path", "/next/reason"), Required_where="/next/level is high")

    form = books.read_after(books.example(), edit).form
    assert form["properties"]["next"]["properties"]["reason"]["x-form"]["required"] == {
        "items": "/next/level",
        "match": {"const": "high"},
    }
    assert form["properties"]["next"]["allOf"][0]["$comment"] == "Derived from x-form: reason"


def test_columns_that_were_moved_hidden_or_added_and_empty_rows_change_nothing() -> None:
    def edit(book: Workbook) -> None:
        sheet = book["Questions"]
        rows = [[cell.value for cell in line] for line in sheet.iter_rows()]
        sheet.delete_rows(1, sheet.max_row)
        for number, line in enumerate(rows):
            sheet.append(["Our notes" if not number else "seen", *reversed(line)])
            if number % 3 == 0 and number:
                sheet.append([])
        sheet["B1"].value = f"  {str(sheet['B1'].value).upper()} "
        sheet.row_dimensions[3].hidden = True
        sheet.auto_filter.add_filter_column(0, ["seen"])
        book.create_sheet("Our own sheet").append(["what we like"])
        book.move_sheet("Rules", -5)
        book["Options"].insert_rows(1, 2)

    assert same(books.read_after(books.example(), edit).form, expected())


def test_numbers_and_truth_values_that_a_program_makes_of_texts_are_read_as_what_they_are() -> None:
    def edit(book: Workbook) -> None:
        sheet = book["Questions"]
        number = books.row(sheet, "Path", "/next/reason")
        books.put(sheet, number, Lines=3.0, Required_where=True, Asked_where="/next/level is “high”")
        books.put(sheet, books.row(sheet, "Path", "/signs"), Number=2)
        sheet.cell(books.row(sheet, "Path", "/about/name"), books.column(sheet, "Title")).value = " Name  "
        scenarios = book["Scenarios"]
        books.put(scenarios, 2, Draft=True)

    files = books.read_after(books.example(), edit)
    reason = files.form["properties"]["next"]["properties"]["reason"]["x-form"]
    assert (reason["lines"], reason["required"]) == (3, True)
    assert reason["showWhen"]["match"] == {"const": "high"}
    assert files.form["properties"]["signs"]["x-form"]["number"] == "2"
    assert files.form["properties"]["about"]["properties"]["name"]["title"] == "Name"
    assert files.scenarios is not None
    assert files.scenarios["scenarios"][0]["draft"] is True


def test_questions_and_options_that_are_taken_out_are_gone() -> None:
    def edit(book: Workbook) -> None:
        book["Checks"].delete_rows(2)
        book["Guidance"].delete_rows(2, 5)
        sheet = book["Questions"]
        books.put(sheet, books.row(sheet, "Path", "/next/find-out"), Asked_where=None)

    form = books.read_after(books.example(), edit).form
    assert "checks" not in form["x-form"]
    assert "guidance" not in form["x-form"]
    assert "showWhen" not in form["properties"]["next"]["properties"]["find-out"]["x-form"]


def test_a_new_scenario_and_a_changed_answer() -> None:
    def edit(book: Workbook) -> None:
        books.put(book["Scenarios"], book["Scenarios"].max_row + 1, Name="A new one.", Valid="yes", **{"No.": 99})
        answers, levels = book["Scenario answers"], book["Scenario levels"]
        books.put(answers, answers.max_row + 1, Scenario=99, Question="/about/name", Answer="Ash Example")
        books.put(answers, answers.max_row + 1, Scenario="99", Question="/told/0/who", Answer="Sam")
        books.put(levels, levels.max_row + 1, Scenario=99, Assessment="concern", Lowest="(no level)", Rules="(none)")

    scenarios = books.read_after(books.example(), edit).scenarios
    assert scenarios is not None
    assert scenarios["scenarios"][-1] == {
        "name": "A new one.",
        "answers": {"about": {"name": "Ash Example"}, "told": [{"who": "Sam"}]},
        "expect": {"valid": True, "assessments": {"concern": {"lowest": None, "rules": []}}},
    }


def test_a_workbook_tells_what_it_was_made_from_and_whether_it_was_changed() -> None:
    def edit(book: Workbook) -> None:
        book["About"]["B2"].value = "Another title"

    workbook = to_xlsx(books.example())
    assert from_xlsx(workbook, "book.xlsx").is_unchanged
    changed = from_xlsx(books.edited(workbook, edit), "book.xlsx")
    assert changed.files.form["title"] == "Another title"
    assert not changed.is_unchanged
    assert changed.made_from.keys() == {"form.json", "scenarios.json"}


def test_a_form_without_scenarios_has_none_afterwards() -> None:
    source = Files(form=books.example().form)
    assert books.read_after(source, lambda _: None).scenarios is None
