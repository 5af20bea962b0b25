"""Traffic that means harm: it is refused, it harms nobody else, and none of it stands in a log or an error."""

from __future__ import annotations

import threading
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import httpx
import pytest

from cse_forms.web.bodies import DOCUMENTS
from tests.asynchronous import complete
from tests.commands import HANG_GUARD
from tests.reading_back.test_hostile_documents import packed
from tests.reading_back.word import WordFile
from tests.web.host import LARGEST, ORIGIN, PREFIX, SLOWEST, STRICT
from tests.web.running import Running, everything

FORM = "/forms/invented/1.0.0"
PLANTED = "Zebedee-Quillfeather-1987"
"""An answer that stands nowhere else."""
POST = f"POST {STRICT}{FORM}/evaluate HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\n"


def status_of(answer: bytes) -> int:
    return int(answer.split(b" ", 2)[1])


# --- addresses -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "path",
    [
        "/forms/../1.0.0",
        "/forms/..%2f..%2ftheirs%2fanother/1.0.0",
        "/forms/%2e%2e/invented",
        "/forms/%2e%2e/%2e%2e",
        "/forms/./invented",
        "/forms/invented/..%2f1.0.0",
        "/forms/invented/%2e%2e",
        "/forms/invented/1.0.0%00",
        "/forms/%00/1.0.0",
        "/forms/*/1.0.0",
        "/forms/[i]nvented/1.0.0",
        "/forms/INVENTED/1.0.0",
        "/forms/%ff%fe/1.0.0",
        "/forms/..%5c..%5ctheirs/1.0.0",
        "/forms/another/1.0.0",
        f"/forms/{'a' * 5_000}/1.0.0",
        "/forms//1.0.0",
        "/forms/",
        "/forms/invented/",
        "//evil.example/forms",
    ],
)
def test_no_address_leads_out_of_the_catalogue_or_to_another_place(server: Running, path: str) -> None:
    asked = f"GET {PREFIX}{path} HTTP/1.1\r\nHost: evil.example\r\nConnection: close\r\n\r\n"
    answer = server.said_to(asked.encode("latin-1"))
    assert status_of(answer) == 404, answer
    assert b"application/problem+json" in answer
    assert b"location:" not in answer.lower()


def test_a_line_break_in_an_address_gets_into_no_header(server: Running) -> None:
    for path in ("/forms/invented%0d%0aX-Injected:%20yes/1.0.0", f"{FORM}/render?format=html%0d%0aX-Injected:%20yes"):
        asked = f"GET {PREFIX}{path} HTTP/1.1\r\nHost: here\r\nConnection: close\r\n\r\n"
        answer = server.said_to(asked.encode())
        assert status_of(answer) in {404, 422}
        assert b"x-injected" not in answer.lower()


def test_one_tenant_has_nothing_of_another_s(server: Running) -> None:
    theirs = httpx.get(f"{server.address}/tenants/theirs/forms", trust_env=False).json()["forms"]
    assert [form["id"] for form in theirs] == ["another"]
    assert httpx.get(f"{server.address}/tenants/theirs{FORM}", trust_env=False).status_code == 404
    assert httpx.get(f"{server.service}/forms/another/1.0.0", trust_env=False).status_code == 404


def test_addresses_in_a_list_stay_on_the_host_whatever_the_request_says(server: Running) -> None:
    asked = "GET /tenants/evil.example%0d%0a/forms HTTP/1.1\r\nHost: evil.example\r\nConnection: close\r\n\r\n"
    answer = server.said_to(asked.encode())
    assert b'"href":"/tenants/evil.example%0D%0A/forms/another"' in answer
    assert b"http://" not in answer


def test_a_host_that_is_not_known_is_refused_where_hosts_are_named(server: Running) -> None:
    for host, status in (
        ("127.0.0.1:80", 200),
        ("a.cases.example", 200),
        ("A.CASES.EXAMPLE", 200),
        ("cases.example", 400),
        ("evilcases.example", 400),
        ("evil.example", 400),
        ("[::1]:80", 400),
    ):
        asked = f"GET {STRICT}/health HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n"
        assert status_of(server.said_to(asked.encode())) == status, host


def test_only_the_origins_that_are_named_may_use_it_from_their_pages(server: Running) -> None:
    ask = {"Access-Control-Request-Method": "POST", "Access-Control-Request-Headers": "content-type"}
    address = f"{server.strict}{FORM}/evaluate"
    with httpx.Client(trust_env=False) as client:
        allowed = client.options(address, headers={"Origin": ORIGIN, **ask})
        assert allowed.headers["access-control-allow-origin"] == ORIGIN
        refused = client.options(address, headers={"Origin": "https://evil.example", **ask})
        assert (refused.status_code, refused.headers["content-type"]) == (400, "application/problem+json")
        assert "access-control-allow-origin" not in refused.headers
        unnamed = client.options(f"{server.service}{FORM}/evaluate", headers={"Origin": ORIGIN, **ask})
        assert (unnamed.status_code, unnamed.headers["allow"]) == (405, "POST")
        assert "access-control-allow-origin" not in unnamed.headers


def test_a_page_of_a_stranger_cannot_send_answers_without_asking_first(client: httpx.Client) -> None:
    for kind in ("text/plain", "application/x-www-form-urlencoded", "multipart/form-data; boundary=x", ""):
        found = client.post(f"{FORM}/evaluate", content=b'{"answers": {}}', headers={"Content-Type": kind})
        assert (found.status_code, found.json()["available"]) == (415, ["application/json"])


@pytest.mark.parametrize("method", ["PUT", "PATCH", "DELETE", "TRACE", "OPTIONS"])
def test_another_method_is_told_which_ones_there_are(client: httpx.Client, method: str) -> None:
    found = client.request(method, f"{FORM}/render")
    assert found.status_code == 405
    assert {name.strip() for name in found.headers["allow"].split(",")} == {"GET", "HEAD", "POST"}


# --- bodies --------------------------------------------------------------------------------------------------


def test_a_body_that_says_it_is_too_large_is_refused_unread(server: Running) -> None:
    answer = server.said_to(f"{POST}Content-Length: {10**15}\r\n\r\n".encode())
    assert status_of(answer) == 413
    assert b"urn:cse-forms:problem:too-large" in answer


def test_a_body_that_grows_too_large_is_refused_as_it_comes(server: Running) -> None:
    chunk = b"1000\r\n" + b" " * 4096 + b"\r\n"
    with server.connect() as connection:
        connection.sendall(f"{POST}Transfer-Encoding: chunked\r\n\r\n".encode())
        try:
            for _ in range(LARGEST // 4096 + 50):
                connection.sendall(chunk)
        except (BrokenPipeError, ConnectionResetError):
            pass
        answer = everything(connection)
    assert answer == b"" or status_of(answer) == 413


def test_a_body_at_its_bound_is_read_and_one_byte_more_is_not(server: Running) -> None:
    body = b'{"answers": {}}'
    for size, status in ((LARGEST, 200), (LARGEST + 1, 413)):
        padded = body + b" " * (size - len(body))
        head = {"Content-Type": "application/json"}
        found = httpx.post(f"{server.strict}{FORM}/validate", content=padded, headers=head, trust_env=False)
        assert found.status_code == status


def test_a_body_that_comes_a_byte_at_a_time_is_given_up(server: Running) -> None:
    started = time.monotonic()
    with server.connect() as connection:
        connection.sendall(f"{POST}Content-Length: 1000\r\n\r\n".encode())
        stop = threading.Event()

        def drip() -> None:
            while not stop.wait(0.1):
                try:
                    connection.sendall(b" ")
                except OSError:
                    return

        dripping = threading.Thread(target=drip)
        dripping.start()
        answer = everything(connection)
        stop.set()
        dripping.join()
    assert status_of(answer) == 408
    assert b"connection: close" in answer.lower()
    assert SLOWEST <= time.monotonic() - started < HANG_GUARD


@pytest.mark.parametrize(
    "rest",
    [
        "Content-Length: 1000\r\n\r\n{",
        "Transfer-Encoding: chunked\r\n\r\nff\r\n{",
        "Transfer-Encoding: chunked\r\n\r\nnonsense\r\n",
        "Transfer-Encoding: chunked\r\nContent-Length: 5\r\n\r\n0\r\n\r\n",
        "Content-Length: -1\r\n\r\n",
        "Content-Length: 5\r\nContent-Length: 6\r\n\r\n{}",
    ],
)
def test_a_body_that_breaks_off_or_makes_no_sense_harms_nobody(server: Running, rest: str) -> None:
    import socket

    with server.connect() as connection:
        connection.sendall(f"{POST}{rest}".encode())
        connection.shutdown(socket.SHUT_WR)
        answer = everything(connection)
    assert answer == b"" or status_of(answer) in {400, 408}
    assert httpx.get(f"{server.strict}/health", trust_env=False).status_code == 200
    assert "Traceback" not in server.logged()


def test_a_compressed_body_is_not_unpacked(client: httpx.Client) -> None:
    head = {"Content-Type": "application/json", "Content-Encoding": "gzip"}
    found = client.post(f"{FORM}/evaluate", content=b"\x1f\x8b", headers=head)
    assert (found.status_code, found.headers["accept-encoding"]) == (415, "identity")


HARM = {
    "unpacks to too much": {"word/document.xml": b" " * 40_000_000},
    "names a file of the machine": {
        "word/document.xml": b'<?xml version="1.0"?><!DOCTYPE w [<!ENTITY a SYSTEM "file:///etc/hostname">]><w>&a;</w>'
    },
    "is nested without end": {"word/document.xml": b"<w>" * 200_000 + b"</w>" * 200_000},
    "has parts that lead out": {"../../../escaped.xml": b"<w/>", "word/document.xml": b""},
}


@pytest.mark.parametrize("parts", HARM.values(), ids=HARM)
def test_a_word_document_that_means_harm_is_refused(client: httpx.Client, parts: dict[str, bytes]) -> None:
    word = WordFile(client.get("/forms/invented/1.1.0/render?format=docx&purpose=fill").content)
    found = client.post("/read", content=packed(word.parts | parts), headers={"Content-Type": DOCUMENTS["docx"]})
    assert (found.status_code, found.json()["type"].rpartition(":")[2]) == (422, "unreadable-document")


@pytest.mark.parametrize("data", [b"", b"PK", b"%PDF-1.7\n%%EOF", b"<html>", packed({"a.txt": b"a"})])
def test_what_is_no_document_is_refused(client: httpx.Client, data: bytes) -> None:
    found = client.post("/read", content=data, headers={"Content-Type": DOCUMENTS["any"]})
    assert (found.status_code, found.json()["type"].rpartition(":")[2]) == (422, "unreadable-document")


def test_a_part_of_a_form_with_endless_headers_is_refused_in_good_time(client: httpx.Client) -> None:
    started = time.monotonic()
    body = b"--x\r\nContent-Disposition: " + b"a" * 8_000_000
    head = {"Content-Type": "multipart/form-data; boundary=x"}
    assert client.post("/read", content=body, headers=head).status_code == 400
    assert time.monotonic() - started < HANG_GUARD / 4


# --- what is left behind -------------------------------------------------------------------------------------


def _ways_to_fail(client: httpx.Client) -> list[httpx.Response]:
    """Send an answer in every way that something can be wrong with what is sent."""
    word = WordFile(client.get("/forms/invented/1.1.0/render?format=docx&purpose=fill").content)
    broken = packed(word.parts | {"word/document.xml": f"<w>{PLANTED}".encode()})
    bodies: list[bytes] = [
        f'{{"answers": {{"{PLANTED}": 1, "{PLANTED}": 2}}}}'.encode(),
        f'{{"answers": {{"child": "{PLANTED}'.encode(),
        f'{{"{PLANTED}": 1, "answers": {{}}}}'.encode(),
        f'{{"answers": "{PLANTED}"}}'.encode(),
        f'{{"answers": {{}}, "form": "{PLANTED}"}}'.encode(),
        f'{{"answers": {{}}, "meta": {{"status": "{PLANTED}", "who": 5}}}}'.encode(),
        f'{{"answers": {{}}, "meta": "{PLANTED}"}}'.encode(),
        f'{{"answers": {{}}, "digest": "{PLANTED}"}}'.encode(),
        f'{{"answers": {{}}, "migrated_from": [{{"{PLANTED}": 1}}]}}'.encode(),
        f'"{PLANTED}"'.encode(),
    ]
    json = {"Content-Type": "application/json"}
    multipart = {"Content-Type": "multipart/form-data; boundary=x"}
    return [
        *(
            client.post(f"{FORM}/{name}", content=body, headers=json)
            for body in bodies
            for name in ("evaluate", "render")
        ),
        client.post(f"{FORM}/evaluate", content=PLANTED, headers={"Content-Type": f"text/{PLANTED}"}),
        client.post(f"{FORM}/evaluate", json={"answers": {"a": PLANTED}}, headers={"Accept": f"text/{PLANTED}"}),
        client.post("/read", content=PLANTED.encode(), headers={"Content-Type": DOCUMENTS["any"]}),
        client.post("/read", content=f"%PDF-1.7 {PLANTED}".encode(), headers={"Content-Type": DOCUMENTS["pdf"]}),
        client.post("/read", content=broken, headers={"Content-Type": DOCUMENTS["docx"]}),
        client.post("/read", content=f"--x\r\n{PLANTED}\r\n--x--".encode(), headers=multipart),
        client.post(
            "/read", content=f'--x\r\nContent-Disposition: form-data; name="{PLANTED}"'.encode(), headers=multipart
        ),
    ]


def test_no_answer_stands_in_an_error_or_in_a_log(client: httpx.Client, server: Running) -> None:
    for found in _ways_to_fail(client):
        assert 400 <= found.status_code < 500, (found.request.url, found.text)
        assert found.headers["content-type"] == "application/problem+json"
        assert PLANTED not in found.text
    answers = {"child": {"name": PLANTED}, PLANTED: PLANTED, "missing": PLANTED}
    for name in ("validate", "evaluate", "explain", "render"):
        assert client.post(f"{FORM}/{name}", json={"answers": answers}).status_code == 200
    document = client.post(
        "/forms/invented/1.1.0/render?format=docx&purpose=fill", json={"answers": {"name": PLANTED}}
    ).content
    read = client.post("/read", files={"document": (PLANTED, document)})
    assert read.json()["response"]["answers"]["name"] == PLANTED
    logged = server.logged()
    assert "POST" in logged
    assert [line for line in logged.splitlines() if PLANTED in line] == []


def test_no_parameter_is_quoted_in_an_error(client: httpx.Client) -> None:
    for query in ("{}=1", "draft={}", "language={}"):
        found = client.post(f"{FORM}/evaluate?{query.format('Somebody-Else')}", json={"answers": {}})
        assert found.status_code == 422
        assert "Somebody-Else" not in found.text


class UnforeseenError(Exception):
    """Something nobody foresaw, with an answer in its words."""


class PanicError(BaseException):
    """What a part raises that is not written in Python: it is no `Exception`."""


@pytest.mark.parametrize("kind", [UnforeseenError, PanicError])
def test_a_failure_that_nobody_foresaw_is_told_without_its_words(
    catalogues: Path, caplog: pytest.LogCaptureFixture, kind: type[BaseException]
) -> None:

    from starlette.requests import Request
    from starlette.responses import Response
    from starlette.routing import Route

    import cse_forms
    from cse_forms.web import create_app

    async def fail(_: Request) -> Response:
        raise kind(PLANTED)

    application = create_app(cse_forms.Catalogue.from_directory(catalogues / "ours"))
    application.router.routes.append(Route("/fail", fail))

    async def ask() -> httpx.Response:
        async with httpx.AsyncClient(transport=httpx.ASGITransport(application), base_url="http://here") as client:
            return await client.get("/fail")

    found = complete(ask)
    assert (found.status_code, found.json()["type"]) == (500, "urn:cse-forms:problem:internal-error")
    assert PLANTED not in found.text
    assert f"{kind.__name__} at" in caplog.text
    assert PLANTED not in caplog.text


def test_every_answer_of_the_service_carries_the_headers_for_safety(client: httpx.Client) -> None:
    found = [
        client.get("/forms"),
        client.get(f"{FORM}/render"),
        client.get(f"{FORM}/render?format=pdf"),
        client.get("/nothing"),
        client.post(f"{FORM}/evaluate", json={"answers": {}}),
        client.post(f"{FORM}/evaluate", content=b"{"),
    ]
    for one in found:
        assert one.headers["x-content-type-options"] == "nosniff"
        assert one.headers["referrer-policy"] == "no-referrer"
        assert one.headers["x-frame-options"] == "DENY"
        policy = one.headers["content-security-policy"]
        assert policy.startswith("default-src 'none'")
        assert "unsafe" not in policy
        assert "script-src" not in policy
        assert "set-cookie" not in one.headers


def test_fifty_clients_at_once_each_get_their_own_answers(server: Running) -> None:
    def ask(number: int) -> None:
        with httpx.Client(base_url=server.service, timeout=HANG_GUARD, trust_env=False) as client:
            for turn in range(4):
                name = f"Client {number} in turn {turn}"
                body = {"answers": {"child": {"name": name}, "missing": "yes" if number % 2 else "no"}}
                outcome = client.post(f"{FORM}/evaluate", json=body).json()
                assert outcome["assessments"][0]["lowest"] == ("high" if number % 2 else "low")
                assert name in client.post(f"{FORM}/render", json=body).text

    with ThreadPoolExecutor(50) as pool:
        list(pool.map(ask, range(50)))
