"""The examples for FastAPI, Flask and plain ASGI, each started as its page says."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx
import pytest

import cse_forms
from tests.examples.running import (
    SCRIPT,
    WHOLE,
    Running,
    Sheet,
    day_of,
    encoded,
    free_port,
    read_page,
    started,
    with_form,
)
from tests.reader import EXAMPLES

PASSWORD = "a password of nobody's"
WRONG = WHOLE | day_of("about_date", 31, 13, 2026) | {"about_name": SCRIPT}
COMMANDS = {
    "fastapi": ("uvicorn assessments:app", "--port"),
    "flask": ("flask --app assessments run", "--port"),
    "asgi": ("uvicorn application:application", "--port"),
}


@contextmanager
def run(example: str, folder: Path) -> Iterator[Running]:
    """Start an example as its page says; whatever it logs, no answer is in it."""
    command, option = COMMANDS[example]
    assert f"    {command}\n" in read_page(example)
    port = free_port()
    environment = {
        "PASSWORD": PASSWORD,
        "KEY": PASSWORD,
        "FORMS": str(with_form(folder / "forms")),
        "FORM": "intake",
        "SQLITE_FILE": str(folder / "assessments.sqlite3"),
    }
    words = (*command.split(), option, str(port))
    with started(example, *words, folder=folder, port=port, environment=environment) as running:
        yield running
        for word in ("Ash", "alert", "Traceback", PASSWORD):
            assert word not in running.said


@pytest.fixture(scope="module")
def fastapi(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with run("fastapi", tmp_path_factory.mktemp("fastapi")) as running:
        yield running.address


@pytest.fixture(scope="module")
def flask(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with run("flask", tmp_path_factory.mktemp("flask")) as running:
        yield running.address


@pytest.fixture
def client() -> Iterator[httpx.Client]:
    """Yield a browser that nobody has used yet."""
    with httpx.Client(follow_redirects=True) as client:
        yield client


def asking(client: httpx.Client, address: str) -> None:
    """Have a browser know where to ask, and a name and the password."""
    client.base_url = httpx.URL(address)
    client.auth = httpx.BasicAuth("jo", PASSWORD)


def test_fastapi_takes_a_response_over_json_and_shows_it_on_its_page(fastapi: str, client: httpx.Client) -> None:
    asking(client, fastapi)
    begun = client.post("/assessments", json={}).json()
    address = f"/assessments/{begun['assessment']}"
    first = client.get(address)
    response = first.json()["response"]
    response["answers"] = {"about": {"name": "Ash", "date": "31 March"}}
    wrong = client.put(address, json=response, headers={"If-Match": first.headers["etag"]})
    assert wrong.status_code == 422
    assert [finding["code"] for finding in wrong.json()["findings"]] == ["not-a-date"]
    response["answers"]["about"]["date"] = "2026-03-31"
    assert client.put(address, json=response, headers={"If-Match": first.headers["etag"]}).json() == {"number": 2}
    assert client.put(address, json=response, headers={"If-Match": first.headers["etag"]}).status_code == 412
    sheet = Sheet.of(client.get(begun["page"]))
    assert (sheet.value_of("/about/name"), sheet.value_of("/about/date/day")) == ("Ash", "31")
    assert client.get(f"{address}/record?format=pdf").content.startswith(b"%PDF")
    assert client.get(f"{address}/record?format=json").json()["response"] == response


def test_fastapi_shows_a_page_again_with_what_is_wrong_and_records_it_once_it_is_right(
    fastapi: str, client: httpx.Client
) -> None:
    asking(client, fastapi)
    page = client.post("/assessments", json={}).json()["page"]
    back = Sheet.of(client.post(page, data=encoded(Sheet.of(client.get(page)).filled(**WRONG))))
    assert len(back.problems) == 1
    assert back.value_of("/about/name") == SCRIPT
    assert SCRIPT not in back.page.text
    record = client.post(page, data=encoded(back.filled(**WHOLE)))
    assert "Ash Example" in record.text
    found = client.get(page.removesuffix("/page")).json()
    assert found["response"]["meta"] == {"status": "complete", "who": "jo"}
    assert found["evaluation"]["assessments"][0]["possible"] == ["medium"]
    assert client.post(page, data=encoded(back.filled(**WHOLE))).status_code == 412


def test_fastapi_refuses_strangers_forged_pages_and_large_ones_and_serves_what_its_page_loads(
    fastapi: str, client: httpx.Client
) -> None:
    asking(client, fastapi)
    page = client.post("/assessments", json={}).json()["page"]
    assert httpx.get(fastapi + page).status_code == 401
    assert httpx.get(fastapi + page, auth=("jo", "guessed")).status_code == 401
    sheet = Sheet.of(client.get(page))
    forged = [(name, value) for name, value in sheet.filled(**WHOLE) if name != "token"]
    assert client.post(page, data=encoded(forged)).status_code == 403
    assert client.post("/assessments", data={"a": "b"}).status_code == 415
    assert client.post(page, data=encoded(sheet.filled(about_name="x" * 3_000_000))).status_code == 413
    put = {"If-Match": '"1"', "Content-Type": "application/json"}
    assert client.put(page.removesuffix("/page"), content=b" " * 3_000_000, headers=put).status_code == 413
    assert client.put(page.removesuffix("/page"), content=b'{"a": 1, "a": 2}', headers=put).status_code == 400
    assert client.get("/assessments/nothing").status_code == 404
    assert client.get("/forms/intake/9.9.9").status_code == 404
    assert client.get("/scripts/page.js").headers["content-type"].startswith("text/javascript")
    assert client.get("/forms/intake/1.0.0").json()["title"]
    assert client.get("/openapi.json").json()["info"]["title"] == "Assessments"


def sign_in(client: httpx.Client, address: str) -> None:
    client.base_url = httpx.URL(address)
    token = token_of(client.get("/"))
    signed_in = client.post("/login", data={"token": token, "name": "jo", "password": PASSWORD})
    assert signed_in.url.path == "/"


def token_of(page: httpx.Response) -> str:
    found = re.search(r'name="token" value="([0-9a-f]+)"', page.text)
    assert found is not None
    return found[1]


def test_flask_shows_a_page_again_with_what_is_wrong_and_records_it_once_it_is_right(
    flask: str, client: httpx.Client
) -> None:
    sign_in(client, flask)
    sheet = Sheet.of(client.post("/", data={"token": token_of(client.get("/"))}))
    address = str(sheet.page.url)
    back = Sheet.of(client.post(address, data=encoded(sheet.filled(**WRONG))))
    assert len(back.problems) == 1
    assert back.value_of("/about/name") == SCRIPT
    assert SCRIPT not in back.page.text
    record = client.post(address, data=encoded(back.filled(**WHOLE)))
    assert record.url.path == f"{sheet.page.url.path}/record.html"
    assert "Ash Example" in record.text
    data = client.get(f"{sheet.page.url.path}/record.json").json()
    assert data["response"]["meta"] == {"status": "complete", "who": "jo"}
    assert client.get(f"{sheet.page.url.path}/record.docx").content.startswith(b"PK")
    assert client.post(address, data=encoded(sheet.filled("save", about_name="Late"))).status_code == 409
    assert Sheet.of(client.get(address)).value_of("/about/name") == "Ash Example"


def test_flask_refuses_strangers_forged_pages_and_large_ones(flask: str, client: httpx.Client) -> None:
    sign_in(client, flask)
    sheet = Sheet.of(client.post("/", data={"token": token_of(client.get("/"))}))
    assert httpx.get(str(sheet.page.url)).headers["location"] == "/login"
    guess = {"token": token_of(client.get("/login")), "name": "jo", "password": "guessed"}
    assert "not the password" in client.post("/login", data=guess).text
    forged = [(name, value) for name, value in sheet.filled(**WHOLE) if name != "token"]
    assert client.post(str(sheet.page.url), data=encoded(forged)).status_code == 403
    large = sheet.filled(about_name="x" * 3_000_000)
    assert client.post(str(sheet.page.url), data=encoded(large)).status_code == 413
    many = sheet.filled() + [("x", "")] * 20_000
    assert client.post(str(sheet.page.url), data=encoded(many)).status_code == 413
    assert client.get("/assessments/nothing").status_code == 404


def test_the_asgi_application_hands_on_to_the_service_what_has_a_key(tmp_path: Path, client: httpx.Client) -> None:
    with run("asgi", tmp_path) as running:
        client.base_url = httpx.URL(running.address)
        client.headers["Authorization"] = f"Bearer {PASSWORD}"
        (form,) = client.get("/assessments/forms").json()["forms"]
        assert form["href"] == "/assessments/forms/intake"
        answers = {"about": {"name": "Ash Example", "date": "2026-03-31"}, "signs": {"late": {"seen": "yes"}}}
        outcome = client.post("/assessments/forms/intake/1.0.0/evaluate", json={"answers": answers}).json()
        known = cse_forms.Catalogue.from_directory(EXAMPLES / "definitions").get_form("intake", "1.0.0")
        assert outcome == known.evaluate(answers).to_dict()
        blank = client.get("/assessments/forms/intake/1.0.0/render?format=html")
        assert known.title in blank.text
        assert httpx.get(f"{running.address}/assessments/forms").status_code == 401
        assert client.get("/").status_code == 200
        assert client.get("/assessmentsforms").status_code == 404
