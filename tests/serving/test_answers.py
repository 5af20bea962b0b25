"""What is sent to the pages: answers travel along, files come and go, and what is wrong is told where it stands."""

from __future__ import annotations

import json
from pathlib import Path

import httpx
import pytest

from cse_forms.answers.response import Response
from cse_forms.forms import Catalogue
from cse_forms.schema.index import Retirement
from cse_forms.serving.application import serving_app
from tests.asynchronous import complete
from tests.publications import record
from tests.serving.running import EXAMPLES, EXPECTED, FORM, PAGE, send

OTHER_BYTES = json.dumps({"form": "intake", "version": "1.0.0", "answers": {}, "digest": f"sha256:{'0' * 64}"}).encode()


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


def test_what_a_file_holds_and_no_page_can_show_is_told_and_stays_in_the_file(client: httpx.Client) -> None:
    answers = {
        "other": {"colour": "blue"},
        "about": {"name": "Ann", "age": {"x": 1}},
        "signs": {"late": {"seen": "purple"}, "gifts": 7},
        "told": [{"who": "Bea", "where": "at noon"}, 3],
        "next": {"level": ["low"]},
    }
    response = {"form": "intake", "version": "1.0.0", "answers": answers}
    page = client.post("/continue", files={"document": ("kept.json", json.dumps(response).encode())}).text
    assert "The file holds answers for which this form has no place." in page
    for told in ("/other: {&#34;colour&#34;: &#34;blue&#34;}", "/signs/late/seen: purple", "/told/1: 3"):
        assert told in page
    later = send(client, send(client, page, "go:1").text, "get:json").json()
    assert later["answers"] == {"about": {"name": "Ann"}, "told": [{"who": "Bea"}]}
    places = ["/other", "/about/age", "/signs/late/seen", "/signs/gifts", "/told/0/where", "/told/1", "/next/level"]
    assert list(later["meta"]["without_place"]) == places
    again = {**later, "answers": {**later["answers"], "more": 1}}
    told_again = client.post("/continue", files={"document": ("kept.json", json.dumps(again).encode())}).text
    assert "/other: {&#34;colour&#34;: &#34;blue&#34;}" in told_again
    assert "/more: 1" in told_again


def test_what_is_told_of_answers_without_a_place_is_bounded(client: httpx.Client) -> None:
    answers = {f"other-{number}": "x" * 300 for number in range(40)}
    response = {"form": "intake", "version": "1.0.0", "answers": answers, "meta": {"without_place": ["odd"]}}
    page = client.post("/continue", files={"document": ("kept.json", json.dumps(response).encode())}).text
    shown = page.partition('class="govuk-inset-text panel panel-note notice"')[2].partition("</div>")[0]
    assert (shown.count("/other-"), shown.count("x" * 201)) == (30, 0)
    assert len(send(client, page, "get:json").json()["meta"]["without_place"]) == 40


def test_a_page_with_more_than_the_form_asks_for_says_why_no_file_comes(client: httpx.Client) -> None:
    page = client.get(PAGE).text
    refused = send(client, page, "get:json", {"/about/name": "Ann", "/about/colour": "blue"})
    assert "The form has no place for what was sent in these fields: /about/colour." in refused.text
    assert "There is a problem" in refused.text
    assert send(client, refused.text, "get:json").json()["answers"] == {"about": {"name": "Ann"}}
    changed = send(client, page, "get:docx", {"cse-forms.digest": "sha256:0"})
    assert "This page was made from another version of the form" in changed.text
    assert send(client, changed.text, "get:docx").content.startswith(b"PK")


def test_what_is_missing_is_listed_where_it_is_and_by_section_where_it_is_not(client: httpx.Client) -> None:
    whole = missing(client.get(PAGE).text)
    assert "2 questions must be answered before this is finished:" in whole
    assert whole.count('<a class="govuk-link" href="#') == 2
    elsewhere = missing(client.get(f"{PAGE}?at=1").text)
    assert "Under &#39;1 About the young person&#39;:" in elsewhere
    assert "href" not in elsewhere
    full = {"/about/name": "Ann", "/about/date/day": "1", "/about/date/month": "2", "/about/date/year": "2026"}
    assert "Every question that must be answered has an answer." in missing(
        send(client, client.get(PAGE).text, "save", full).text
    )


def missing(page: str) -> str:
    return page.partition('<div id="serving-missing">')[2].partition("</div>")[0]


def test_an_older_version_is_gone_on_with_as_it_is_and_what_there_is_besides_is_told(tmp_path: Path) -> None:
    text = (EXAMPLES / "intake" / "1.0.0" / "form.json").read_text(encoding="utf-8").replace('"draft"', '"published"')
    for version in ("1.0.0", "1.1.0"):
        path = tmp_path / "intake" / version / "form.json"
        path.parent.mkdir(parents=True)
        path.write_text(text.replace("1.0.0", version), encoding="utf-8")
        retired = Retirement(date="2026-03-31", reason="It was too long.") if version == "1.0.0" else None
        record(path, retired=retired)
    catalogue = Catalogue.from_directory(tmp_path)
    app = serving_app(catalogue, "127.0.0.1")
    files = [
        json.dumps(Response(form="intake", version=version, answers={}).to_dict()).encode()
        for version in ("1.0.0", "1.1.0", "1.2.0")
    ]
    word = catalogue.get_form("intake", "1.0.0").render("docx", {}, purpose="fill", draft=True)
    assert isinstance(word, bytes)

    async def answers() -> list[str]:
        transport = httpx.ASGITransport(app=app)
        async with httpx.AsyncClient(transport=transport, base_url="http://127.0.0.1") as client:
            sent = [
                await client.post("/continue?language=cy", files={"document": ("kept", data)})
                for data in (*files, word)
            ]
            return [answer.text for answer in sent]

    old, new, unknown, document = complete(answers)
    assert "ar 31 Mawrth 2026" in old
    assert "It was too long." in old
    assert "mae un fwy newydd, 1.1.0" in old
    assert document.count("fwy newydd, 1.1.0") == 1
    assert "This document is of version" not in document
    assert "fwy newydd" not in new
    assert "fersiwn 1.2.0 o &#39;intake&#39;, nad yw yma. Yma y mae: 1.0.0, 1.1.0" in unknown


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
        (FORM.render("docx", {}), "says of it: The document was made from intake"),
        (b"PK\x03\x04broken", "cannot be gone on with"),
        (b"%PDF-1.7 broken", "cannot be gone on with"),
        (b'{"form": "none", "version": "1.0.0", "answers": {}}', "a form called &#39;none&#39;"),
        (b'{"form": "intake", "version": "9.0.0", "answers": {}}', "version 9.0.0 of &#39;intake&#39;, which is not"),
        (OTHER_BYTES, "with another wording than the one here"),
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
        "no version",
        "other wording",
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
