"""Documents over HTTP: forms and responses as pages, Word documents and PDF, and what comes back filled in."""

from __future__ import annotations

import re
import time
from base64 import b64encode
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path
from typing import Any

import httpx
import pytest

import cse_forms
from cse_forms.web.bodies import DOCUMENTS
from cse_forms.web.negotiation import chosen
from cse_forms.web.problems import ProblemError
from tests.reading_back.sample import blank_of
from tests.web.running import Running

FORM = "/forms/invented/1.1.0"
HOSTILE = '"><script>alert(1)</script><style>*{color:red}</style>\r\nX-Injected: yes'
OFFERED = {"html": "text/html; charset=utf-8", "docx": DOCUMENTS["docx"], "pdf": "application/pdf"}


@pytest.mark.parametrize(
    ("accept", "got"),
    [
        (None, "html"),
        ("", "html"),
        ("*/*", "html"),
        ("application/pdf", "pdf"),
        ("APPLICATION/PDF", "pdf"),
        ("application/*", "docx"),
        ("text/html;q=0.5, application/pdf", "pdf"),
        ("text/html; q=0.1, */*; q=0.2", "docx"),
        ("text/html;level=1;q=0.9, application/pdf;q=0.8", "html"),
        ("application/pdf;q=0, */*;q=0.1", "html"),
        ("*/*;q=0.1, text/html;q=0", "docx"),
        ("nonsense, application/pdf;q=2, text/html;q=x, application/pdf;q=0.4", "pdf"),
        ("text/html,application/xhtml+xml,application/xml;q=0.9,image/webp,*/*;q=0.8", "html"),
        (",".join(["image/png"] * 40 + ["application/pdf"]), "pdf"),
    ],
)
def test_what_a_request_accepts_most_is_sent(accept: str | None, got: str) -> None:
    assert chosen(accept, OFFERED) == got


@pytest.mark.parametrize("accept", ["image/png", "text/html;q=0", "*/*;q=0", "text/*;q=0.0, application/*;q=0", ";;;"])
def test_who_accepts_nothing_that_there_is_is_told_what_there_is(accept: str) -> None:
    with pytest.raises(ProblemError) as told:
        chosen(accept, OFFERED)
    assert told.value.problem.status == 406
    assert told.value.problem.available == tuple(OFFERED.values())


def test_each_format_comes_with_its_type_and_a_name_of_form_and_version(client: httpx.Client) -> None:
    begins = {"html": b"<!DOCTYPE html>", "docx": b"PK", "pdf": b"%PDF-", "json": b"{"}
    for name, first in begins.items():
        found = client.get(f"{FORM}/render", params={"format": name})
        assert found.content.startswith(first)
        assert f'filename="invented-1.1.0.{name}"' in found.headers["content-disposition"]
        accepted = client.get(f"{FORM}/render", headers={"Accept": found.headers["content-type"]})
        assert accepted.headers["content-type"] == found.headers["content-type"]
        assert accepted.headers["vary"] == "Accept"


def test_what_no_page_of_a_pdf_can_show_is_told_as_such(client: httpx.Client) -> None:
    for story in ("word " * 100_000, "e" + "\N{COMBINING ACUTE ACCENT}" * 50_000):
        found = client.post(f"{FORM}/render?format=pdf", json={"answers": {"story": story}})
        assert (found.status_code, found.json()["type"]) == (422, "urn:cse-forms:problem:not-possible")


def test_a_format_that_there_is_not_is_told_with_those_that_there_are(client: httpx.Client) -> None:
    found = client.get(f"{FORM}/render", headers={"Accept": "image/png"})
    assert found.status_code == 406
    assert "application/pdf" in found.json()["available"]
    assert client.get(f"{FORM}/render?format=png").status_code == 422
    assert client.post(f"{FORM}/evaluate", json={"answers": {}}, headers={"Accept": "text/html"}).json()[
        "available"
    ] == ["application/json"]


def test_the_parameters_of_a_document_are_those_of_the_library(client: httpx.Client, catalogues: Path) -> None:
    form = cse_forms.Catalogue.from_directory(catalogues / "ours").get_form("invented", "1.1.0")
    said: dict[str, Any] = {"purpose": "fill", "large_print": "true", "rows": "3", "language": "cy"}
    page = client.get(f"{FORM}/render", params=said).text
    assert page == form.render("html", purpose="fill", large_print=True, rows=3, language="cy")
    answers = {"name": "Robin Example"}
    page = client.post(f"{FORM}/render", params={"draft": "true"}, json={"answers": answers}).text
    assert page == form.render("html", answers, draft=True)


@pytest.mark.parametrize("query", ["rows=201", "rows=-1", "rows=1e1", "rows=٣", "purpose=record", "large_print=yes"])
def test_a_parameter_beyond_its_bounds_is_refused(client: httpx.Client, query: str) -> None:
    assert client.get(f"{FORM}/render?{query}").status_code == 422


def test_the_policy_of_a_page_allows_its_own_style_and_nothing_else(client: httpx.Client) -> None:
    found = client.post(f"{FORM}/render", json={"answers": {"name": HOSTILE, "story": HOSTILE}})
    policy = found.headers["content-security-policy"]
    (style,) = re.findall(r"<style>(.*?)</style>", found.text, re.DOTALL)
    digest = b64encode(sha256(style.encode()).digest()).decode()
    assert policy.split("; ") == [
        "default-src 'none'",
        f"style-src 'sha256-{digest}'",
        "base-uri 'none'",
        "form-action 'none'",
        "frame-ancestors 'none'",
    ]
    assert "<script" not in found.text
    assert "unsafe" not in policy


def test_no_answer_gets_into_a_header(client: httpx.Client) -> None:
    for name in ("html", "docx", "pdf", "json"):
        found = client.post(f"{FORM}/render?format={name}", json={"answers": {"name": HOSTILE}})
        assert "x-injected" not in found.headers
        assert "alert" not in str(found.headers)


def test_the_policy_of_a_form_and_an_explanation_come_as_documents_too(client: httpx.Client) -> None:
    assert client.get("/forms/invented/1.0.0/policy").text.startswith("<!DOCTYPE html>")
    accepted = {"Accept": DOCUMENTS["docx"]}
    found = client.post("/forms/invented/1.0.0/explain", json={"answers": {"missing": "yes"}}, headers=accepted)
    assert found.content.startswith(b"PK")
    assert found.headers["cache-control"] == "no-store"


@pytest.mark.parametrize("to", ["docx", "pdf"])
@pytest.mark.parametrize("in_a_form", [True, False], ids=["in a form", "as the body"])
def test_a_document_that_was_filled_in_is_read_back(client: httpx.Client, to: str, in_a_form: bool) -> None:
    answers = {"name": "Robin Example", "missing": "yes"}
    query = {"format": to, "purpose": "fill", "draft": "true"}
    document = client.post(f"{FORM}/render", params=query, json={"answers": answers}).content
    if in_a_form:
        found = client.post("/read", files={"document": ("../../x\r\n.exe", document)})
    else:
        found = client.post("/read", content=document, headers={"Content-Type": DOCUMENTS["any"]})
    assert found.status_code == 200, found.text
    told = found.json()
    assert told["response"]["answers"] == answers
    assert told["clean"] is True
    assert found.headers["cache-control"] == "no-store"
    assert client.post(f"{FORM}/validate", json=told["response"]).json()["valid"] is True


def test_a_large_upload_is_held_in_memory_and_in_no_file(server: Running, client: httpx.Client) -> None:
    """The server's files on disk are looked at while the upload is under way."""
    size = 5_000_000
    head = b'--x\r\nContent-Disposition: form-data; name="document"; filename="f"\r\n\r\n'
    held: list[int] = []

    def parts() -> Iterator[bytes]:
        yield head
        for _ in range(50):
            yield bytes(size // 50)
        time.sleep(0.5)
        held.extend(server.temporary_files())
        yield b"\r\n--x--\r\n"

    kind = {"Content-Type": "multipart/form-data; boundary=x"}
    assert client.post("/read", content=parts(), headers=kind).status_code == 422
    assert held == []


@pytest.mark.parametrize(
    "files",
    [
        [],
        [("other", b"x")],
        [("document", b"x"), ("document", b"y")],
        [("document", b"x"), ("other", b"y")],
    ],
)
def test_a_form_that_holds_anything_but_one_document_is_refused(
    client: httpx.Client, files: list[tuple[str, bytes]]
) -> None:
    head = {"Content-Type": "multipart/form-data; boundary=x"}
    parts = [
        b'--x\r\nContent-Disposition: form-data; name="%b"; filename="f"\r\n\r\n%b\r\n' % (name.encode(), data)
        for name, data in files
    ]
    found = client.post("/read", content=b"".join([*parts, b"--x--\r\n"]), headers=head)
    assert (found.status_code, found.headers["content-type"]) == (400, "application/problem+json")


def test_a_document_of_another_catalogue_is_not_read(server: Running, catalogues: Path) -> None:
    theirs = cse_forms.Catalogue.from_directory(catalogues / "theirs").get_form("another")
    kind = {"Content-Type": DOCUMENTS["docx"]}
    document = blank_of(theirs)
    address = f"{server.address}/tenants/theirs/read"
    assert httpx.post(address, content=document, headers=kind, trust_env=False).status_code == 200
    assert httpx.post(f"{server.service}/read", content=document, headers=kind, trust_env=False).status_code == 422
