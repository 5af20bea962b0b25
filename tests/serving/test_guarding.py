"""Who may ask what of the pages, how much, and how the command starts."""

from __future__ import annotations

import json
import sys

import httpx
import pytest

from tests.commands import run
from tests.serving.running import EXAMPLES, PAGE, SENT, Started, send, serving


def test_every_page_is_kept_by_nobody_and_runs_nothing_but_its_own_scripts(client: httpx.Client) -> None:
    for path in ("", PAGE, "nothing", "fill/intake/9.9.9"):
        headers = client.get(path).headers
        policy = headers["content-security-policy"]
        assert headers["cache-control"] == "no-store"
        assert "set-cookie" not in headers
        assert "unsafe" not in policy
        assert policy.startswith("default-src 'none'; style-src 'sha256-")
        assert policy.endswith("frame-ancestors 'none'")


@pytest.mark.parametrize(
    "headers",
    [
        {"Host": "evil.example"},
        {"Origin": "https://evil.example"},
        {"Origin": "null"},
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
    ],
    ids=str,
)
@pytest.mark.parametrize("path", [PAGE, "continue", "read", "forms/intake/1.0.0/evaluate"])
def test_strangers_may_send_nothing(client: httpx.Client, path: str, headers: dict[str, str]) -> None:
    assert client.post(path, content=b"", headers=SENT | headers).status_code == 400


def test_a_stranger_s_name_shows_nothing(client: httpx.Client) -> None:
    for path in ("", PAGE, "forms", "scripts/page.js"):
        for host in ("evil.example", "127.0.0.1.evil.example", "127.0.0.1:80, evil.example", "127.0.0.1@evil.example"):
            assert client.get(path, headers={"Host": host}).status_code == 400


def test_the_service_stands_beside_the_pages(client: httpx.Client) -> None:
    assert client.get("/openapi.json").json()["openapi"] == "3.1.0"
    assert client.get("/health").json() == {"status": "ok"}
    assert client.post("/forms/intake/1.0.0/evaluate", json={"answers": {}}).status_code == 200


@pytest.mark.parametrize(
    "path", ["scripts/package.json", "scripts/..%2fcli%2fserving.py", "scripts/../app.py", "fill/..%2f..%2f/1.0.0", "x"]
)
def test_addresses_lead_nowhere_else(client: httpx.Client, path: str) -> None:
    answered = client.get(path)
    assert answered.status_code == 404
    assert "There is no such page" in answered.text


def test_what_travels_with_a_page_is_checked_like_anything_that_is_sent(client: httpx.Client) -> None:
    page = client.get(PAGE).text
    other = json.dumps({"form": "other", "version": "1.0.0", "answers": {}})
    for kept in ("{", "[]", '{"form": 1}', other, "[" * 100_000):
        refused = send(client, page, "save", {"serve.kept": kept})
        assert refused.status_code == 422
        assert "This did not work" in refused.text


def test_a_page_that_is_too_large_is_refused(client: httpx.Client) -> None:
    assert client.post(PAGE, content=b"a=" + b"x" * 10_100_000, headers=SENT).status_code == 413
    assert client.post(PAGE, content=b"a=&" * 30_000, headers=SENT).status_code == 422
    assert client.post(PAGE, content=b"{}", headers={"Content-Type": "application/json"}).status_code == 415


def test_script_in_an_answer_stays_words(client: httpx.Client) -> None:
    hostile = '</style></script><script>alert(1)</script>"><img src=x onerror=alert(1)>'
    page = send(client, client.get(PAGE).text, "next:1", {"/about/name": hostile})
    assert "<script>alert" not in page.text
    assert "<img" not in page.text
    again = send(client, page.text, "go:1")
    assert again.headers["content-security-policy"].count("script-src") == 1


def test_script_in_the_name_of_a_file_is_shown_nowhere(client: httpx.Client) -> None:
    name = '<script>alert(1)</script>"><img src=x>.docx'
    for data in (b"", b"PK", b'{"answers": {"name": "<script>alert(1)</script>"}}'):
        refused = client.post("continue", files={"document": (name, data)})
        assert refused.status_code == 422
        assert "<script>alert" not in refused.text
        assert "<img" not in refused.text
        assert "alert" not in str(refused.headers)


# --- the command ---------------------------------------------------------------------------------------------------


def test_a_port_that_is_taken_is_told(started: Started) -> None:
    port = started.address.rpartition(":")[2].strip("/")
    with serving("--port", "0") as other:
        assert other.address != started.address
    ran = run("--definitions", EXAMPLES, "serve", "--no-open", "--port", port)
    assert ran.status == 2
    assert f"Cannot listen on 127.0.0.1, port {port}" in ran.err


def test_on_all_addresses_it_warns_and_answers_to_numbers_and_own_names_alone() -> None:
    with serving("--host", "0.0.0.0") as everywhere, httpx.Client(trust_env=False) as client:
        assert client.get(everywhere.address).status_code == 200
        assert client.get(everywhere.address, headers={"Host": "192.0.2.7:80"}).status_code == 200
        assert client.get(everywhere.address, headers={"Host": "evil.example"}).status_code == 400


def test_without_its_extra_it_says_what_to_install() -> None:
    program = "import sys, runpy; sys.modules['uvicorn'] = None; runpy.run_module('cse_forms', run_name='__main__')"
    ran = run("serve", "--no-open", program=(sys.executable, "-c", program))
    assert (ran.status, ran.out) == (2, "")
    assert "pip install 'cse_forms[web]'" in ran.err
