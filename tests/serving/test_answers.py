"""What is sent to the pages: answers travel along, files come and go, and what is wrong is told where it stands."""

from __future__ import annotations

import json

import httpx
import pytest

from tests.serving.running import EXPECTED, FORM, PAGE, send


def test_answers_of_other_sections_and_who_recorded_them_travel_along(client: httpx.Client) -> None:
    response = FORM.new_response().to_dict() | {
        "meta": {"who": "Jo Sample", "when": "2026-03-31", "status": "complete"},
        "answers": EXPECTED,
    }
    page = client.post("/continue", files={"document": ("kept.json", json.dumps(response).encode())}).text
    for step in (1, 3, 0):
        page = send(client, page, f"go:{step}").text
    changed = send(client, page, "get:json", {"/about/name": "Ann"})
    assert changed.headers["content-disposition"] == 'attachment; filename="intake-1.0.0.json"'
    kept = changed.json()
    assert kept["answers"] == EXPECTED | {"about": {"name": "Ann", "date": "2026-03-31"}}
    assert kept["meta"] == {"who": "Jo Sample", "when": "2026-03-31", "status": "draft"}


def test_what_cannot_be_read_stays_on_its_page_until_it_is_put_right(client: httpx.Client) -> None:
    page = client.get(f"{PAGE}?at=0").text
    for button in ("next:1", "get:json", "get:docx", "continue"):
        back = send(client, page, button, {"/about/date/day": "soon", "/about/date/month": "3"})
        assert back.headers["content-type"].startswith("text/html")
        assert 'value="soon"' in back.text
        assert "There is a problem" in back.text
        assert 'name="/signs/late/seen"' not in back.text


def test_a_form_with_gaps_is_a_draft_and_not_finished(client: httpx.Client) -> None:
    page = client.get(PAGE).text
    sent = {"/about/name": "Ann", "serve.finished": "yes"}
    refused = send(client, page, "get:docx", sent)
    assert "It is not finished yet" in refused.text
    assert "Date of this conversation: " in refused.text
    draft = send(client, page, "get:docx", {"/about/name": "Ann"})
    assert draft.headers["content-type"].endswith("wordprocessingml.document")
    whole = {"/about/date/day": "1", "/about/date/month": "2", "/about/date/year": "2026"}
    assert send(client, page, "get:json", sent | whole).json()["meta"] == {"status": "complete"}


def test_records_are_files_of_their_kind(client: httpx.Client) -> None:
    page = send(client, client.get(PAGE).text, "save", {"/about/name": "Ann"}).text
    kinds = {"docx": b"PK", "docx-fill": b"PK", "pdf": b"%PDF", "pdf-fill": b"%PDF"}
    for name, beginning in kinds.items():
        assert send(client, page, f"get:{name}").content.startswith(beginning)


def test_what_a_file_holds_and_no_page_can_show_is_told(client: httpx.Client) -> None:
    answers = {"other": 1, "about": {"name": "Ann", "age": {"x": 1}}}
    response = {"form": "intake", "version": "1.0.0", "answers": answers}
    page = client.post("/continue", files={"document": ("kept.json", json.dumps(response).encode())}).text
    assert "not taken along: /other, /about/age" in page


def test_a_wrong_answer_in_a_file_is_told_once_in_plain_words_and_a_gap_only_when_asked(client: httpx.Client) -> None:
    answers = {"about": {"date": "31/03/2026"}}
    response = {"form": "intake", "version": "1.0.0", "answers": answers, "meta": {"status": "complete"}}
    page = client.post("/continue", files={"document": ("kept.json", json.dumps(response).encode())}).text
    assert "Date of this conversation: Write a date that there is" in page
    assert "year-month-day" not in page
    assert "This must be answered" not in page
    assert "This must be answered" in send(client, page, "continue").text


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"", "Choose a file first"),
        (b"{", "It holds no answers that can be read."),
        (b"<html>", "It holds no answers that can be read."),
        (FORM.render("docx", {}), "This file cannot be gone on with. The document was made from intake"),
        (b"PK\x03\x04broken", "cannot be gone on with"),
        (b"%PDF-1.7 broken", "cannot be gone on with"),
        (b'{"form": "none", "version": "1.0.0", "answers": {}}', "cannot be gone on with"),
        (b'{"form": "intake", "version": "1.0.0", "answers": []}', "cannot be gone on with"),
    ],
    ids=[
        "none",
        "cut off",
        "a page",
        "a record",
        "a broken Word document",
        "a broken PDF file",
        "no form",
        "no answers",
    ],
)
def test_a_file_that_cannot_be_gone_on_with_is_told_on_the_page_it_came_from(
    client: httpx.Client, data: bytes, said: str
) -> None:
    refused = client.post("/continue", files={"document": ("kept.json", data)})
    assert refused.status_code == 422
    assert said in refused.text
    assert 'name="document"' in refused.text
