"""The example for Django: a case's assessments over several versions, on both databases."""

from __future__ import annotations

import io
import json
import re
import shutil
import sqlite3
import zipfile
from collections.abc import Iterator
from typing import Any

import httpx
import psycopg
import pytest
from playwright.sync_api import Browser, Page

import cse_forms
from tests.examples.browsing import Visitor
from tests.examples.council import DATABASES, PASSWORD, Site, council
from tests.examples.running import SCRIPT, WHOLE, Sheet, add_version, day_of, encoded

on_both = pytest.mark.parametrize("site", DATABASES, indirect=True, scope="module")
on_one = pytest.mark.parametrize("site", ["SQLite"], indirect=True, scope="module")


@pytest.fixture(scope="module")
def site(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    with council(request.param, tmp_path_factory.mktemp("django")) as site:
        yield site


def versions_of(client: httpx.Client, case: str) -> list[dict[str, Any]]:
    """Return what the record of a case says of the versions of its only assessment."""
    with zipfile.ZipFile(io.BytesIO(client.get(f"{case}record.zip").content)) as record:
        (assessment,) = json.loads(record.read("case.json"))["assessments"]
        versions: list[dict[str, Any]] = assessment["versions"]
        return versions


@on_both
def test_a_form_comes_back_filled_with_what_is_wrong_and_is_recorded_once_it_is_right(site: Site) -> None:
    jo = site.sign_in("jo")
    sheet = site.begin(jo, "C-1")
    address = str(sheet.page.url)
    wrong = WHOLE | day_of("about_date", 31, 13, 2026) | {"about_name": SCRIPT}
    back = Sheet.of(jo.post(address, data=encoded(sheet.filled(**wrong))))
    assert len(back.problems) == 1
    assert "Date of this conversation" in back.problems[0]
    assert back.value_of("/about/name") == SCRIPT
    assert SCRIPT not in back.page.text
    assert back.value_of("/about/date/month") == "13"
    case = jo.post(address, data=encoded(back.filled(**WHOLE)))
    assert re.fullmatch(r"/cases/\d+/", case.url.path)
    assert "<p>Nothing is recorded yet that this depends on</p>" in case.text
    assert "<p>Medium</p>" in case.text
    begun, complete = versions_of(jo, case.url.path)
    assert (begun["response"]["answers"], begun["response"]["meta"]["status"]) == ({}, "draft")
    assert complete["response"]["answers"]["about"] == {"name": "Ash Example", "date": "2026-03-31"}
    assert complete["made_by"] == complete["response"]["meta"]["who"] == "jo"
    form = cse_forms.Catalogue.from_directory(site.forms).get_form("intake", "1.0.0")
    answers = complete["response"]["answers"]
    assert complete["evaluation"] == form.evaluate(answers).to_dict()
    assert (complete["form_version"], complete["digest"]) == ("1.0.0", form.digest)


@on_one
def test_a_half_filled_page_is_kept_as_a_draft_and_a_row_is_added_without_recording(site: Site) -> None:
    jo = site.sign_in("jo")
    sheet = site.begin(jo, "C-2")
    address = str(sheet.page.url)
    longer = Sheet.of(jo.post(address, data=encoded(sheet.filled("add:/told", about_name="Ash"))))
    assert len(longer.fields) > len(sheet.fields)
    case = jo.post(address, data=encoded(longer.filled("save")))
    assert [version["number"] for version in versions_of(jo, case.url.path)] == [1, 2]
    assert Sheet.of(jo.get(address)).value_of("/about/name") == "Ash"


@on_both
def test_nobody_overwrites_what_somebody_else_recorded_meanwhile(site: Site) -> None:
    jo = site.sign_in("jo")
    sheet = site.begin(jo, "C-3")
    address = str(sheet.page.url)
    case = jo.post(address, data=encoded(sheet.filled(**WHOLE)))
    late = jo.post(address, data=encoded(sheet.filled("save", about_name="Ash Late")))
    assert late.status_code == 409
    assert "was not recorded" in late.text
    assert Sheet.of(late).value_of("/about/name") == "Ash Late"
    assert len(versions_of(jo, case.url.path)) == 2


@on_one
def test_a_case_is_there_for_those_alone_who_work_on_it(site: Site) -> None:
    site.add_user("pat")
    jo, pat = site.sign_in("jo"), site.sign_in("pat")
    sheet = site.begin(jo, "C-4")
    case = jo.post(str(sheet.page.url), data=encoded(sheet.filled(**WHOLE))).url.path
    documents = re.findall(r'href="(/versions/[^"]+)"', jo.get(case).text)
    for path in (case, f"{case}record.zip", sheet.page.url.path, *documents):
        assert jo.get(path).status_code == 200
        assert pat.get(path).status_code == 404
        assert httpx.get(site.address + path).headers["location"].startswith("/login/")
    forged = [(name, value) for name, value in sheet.filled(**WHOLE) if name != "csrfmiddlewaretoken"]
    assert jo.post(str(sheet.page.url), data=encoded(forged)).status_code == 403
    assert httpx.get(f"{site.address}/login/", headers={"Host": "another.example"}).status_code == 400


@on_one
def test_an_uploaded_file_or_a_body_that_is_too_large_is_not_taken(site: Site) -> None:
    jo = site.sign_in("jo")
    sheet = site.begin(jo, "C-5")
    address = str(sheet.page.url)
    large = jo.post(address, data=encoded(sheet.filled(about_name="x" * 3_000_000)))
    assert large.status_code == 400
    file = {"/about/name": ("Ash.txt", b"Ash" * 10)}
    taken = jo.post(address, data=encoded(sheet.filled("save")), files=file)
    versions = versions_of(jo, taken.url.path)
    assert versions[-1]["response"]["answers"] == {}


@on_both
def test_the_database_itself_refuses_to_change_or_delete_a_version(site: Site) -> None:
    site.begin(site.sign_in("jo"), "C-6")
    refused = [
        f"{change} {table}{rest}"
        for table, column in (("cases_version", "digest"), ("cases_assessment", "form"))
        for change, rest in (("UPDATE", f" SET {column} = 'x'"), ("DELETE FROM", ""))
    ]
    if "SQLITE_FILE" in site.environment:
        columns = "number, made_at, form_version, '', response, evaluation, assessment_id, made_by_id"
        refused += [
            f"INSERT OR REPLACE INTO cases_version SELECT id{other}, {columns} FROM cases_version"
            for other in ("", " + 1000")
        ]
        refused.append("INSERT OR REPLACE INTO cases_assessment SELECT * FROM cases_assessment")
    else:
        refused.append("TRUNCATE cases_case CASCADE")
    for statement in refused:
        with pytest.raises((sqlite3.IntegrityError, psycopg.Error), match="never changed and never deleted"):
            site.execute(statement)


@on_both
def test_a_response_goes_on_in_a_new_version_of_its_form_and_the_old_one_stays(site: Site) -> None:
    jo = site.sign_in("jo")
    sheet = site.begin(jo, "C-7")
    case = jo.post(str(sheet.page.url), data=encoded(sheet.filled(**WHOLE))).url.path
    before = versions_of(jo, case)
    add_version(site.forms)
    try:
        assert "Take the answers along" in jo.get(case).text
        asked = site.post(jo, f"{sheet.page.url.path}renew/")
        assert asked.status_code == 409
        assert "/about/name" in asked.text
        assert versions_of(jo, case) == before
        renewed = site.post(jo, f"{sheet.page.url.path}renew/", accept="/about/name")
        assert renewed.url.path == case
        assert "Take the answers along" not in renewed.text
        after = versions_of(jo, case)
        assert after[:2] == before
        assert (after[2]["form_version"], after[2]["response"]["meta"]["status"]) == ("2.0.0", "draft")
        assert after[1]["evaluation"]["assessments"][0]["lowest"] == "medium"
        assert after[2]["evaluation"]["assessments"][0]["lowest"] == "high"
        assert json.loads(after[2]["response"]["migrated_from"][0]["text"]) == before[1]["response"]
        complete = Sheet.of(jo.get(str(sheet.page.url)))
        jo.post(str(sheet.page.url), data=encoded(complete.filled(about_name="Ash")))
        last = versions_of(jo, case)[3]
        assert last["response"]["migrated_from"] == after[2]["response"]["migrated_from"]
        assert last["response"]["meta"]["status"] == "complete"
    finally:
        shutil.rmtree(site.forms / "intake" / "2.0.0")


@on_one
def test_the_record_of_a_case_holds_its_documents_and_they_can_be_read(site: Site) -> None:
    jo = site.sign_in("jo")
    sheet = site.begin(jo, "C-8")
    case = jo.post(str(sheet.page.url), data=encoded(sheet.filled(**WHOLE))).url.path
    with zipfile.ZipFile(io.BytesIO(jo.get(f"{case}record.zip").content)) as record:
        assert sorted(record.namelist()) == ["assessment-1-version-2.docx", "assessment-1-version-2.pdf", "case.json"]
        assert record.read("assessment-1-version-2.pdf").startswith(b"%PDF")
        with zipfile.ZipFile(io.BytesIO(record.read("assessment-1-version-2.docx"))) as word:
            assert b"Ash Example" in word.read("word/document.xml")
    page, word_file, pdf, data = re.findall(r'href="(/versions/[^"]+)"', jo.get(case).text)[-4:]
    assert "Ash Example" in jo.get(page).text
    assert jo.get(data).json()["response"]["answers"]["about"]["name"] == "Ash Example"
    for path in (word_file, pdf):
        assert jo.get(path).headers["content-disposition"].startswith('attachment; filename="intake-version-2.')


@on_one
def test_two_people_work_on_a_case_in_a_browser_with_scripts_and_every_page_is_accessible(
    site: Site, browser: Browser
) -> None:
    site.add_user("pat")
    with Visitor.of(browser, site.address) as visitor:
        page = visitor.page
        page.goto("/login/")
        visitor.look("the page for signing in")
        sign_in(page, "jo")
        page.get_by_label("Reference").fill("C-9")
        visitor.look("the cases")
        page.get_by_role("button", name="Open it").click()
        for name in ("nobody", "pat"):
            page.get_by_label("Username").fill(name)
            page.get_by_role("button", name="Let them work on it").click()
        page.get_by_role("listitem").get_by_text("pat").wait_for()
        page.get_by_role("button", name="Begin").click()
        visitor.wait_for_script()
        page.locator("[name='/about/name']").fill("Ash Example")
        page.locator("[name='/next/getting-worse'][value='no']").check()
        page.get_by_role("button", name="Continue").click()
        page.locator(".govuk-error-summary").get_by_role("link").click()
        assert page.evaluate("document.activeElement.name") == "/about/date/day"
        visitor.wait_for_script()
        visitor.look("the form with a problem", "light", "dark")
        assert page.title().startswith("Error: ")
        form = page.url
        for part, value in (("day", "31"), ("month", "3"), ("year", "2026")):
            page.locator(f"[name='/about/date/{part}']").fill(value)
        with Visitor.of(browser, site.address) as other:
            other.page.goto("/login/")
            sign_in(other.page, "pat")
            other.page.goto(form)
            other.wait_for_script()
            page.get_by_role("button", name="Continue").click()
            page.get_by_role("heading", name="Case C-9").wait_for()
            other.page.get_by_role("button", name="Save").click()
            other.page.get_by_text("jo has recorded version").wait_for()
            other.look("the form that was not recorded")
            other.page.goto("/nothing")
            other.look("the page of what is not there")
        add_version(site.forms)
        try:
            page.reload()
            visitor.look("the case")
            page.get_by_role("button", name="Take the answers along").click()
            visitor.look("the answers that would be lost")
            page.get_by_label("Name").check()
            page.get_by_role("button", name="Take the rest along").click()
            page.get_by_role("cell", name="2.0.0").wait_for()
        finally:
            shutil.rmtree(site.forms / "intake" / "2.0.0")
        assert visitor.complaints == other.complaints == []


def sign_in(page: Page, name: str) -> None:
    page.get_by_label("Username").fill(name)
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in").click()
    page.get_by_role("heading", name="Your cases").wait_for()
