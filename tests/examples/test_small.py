"""The examples for FastAPI, Flask and plain ASGI, each started as its page says."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import httpx
import pytest
from playwright.sync_api import Browser, Page

import cse_forms
from tests.examples.browsing import Visitor
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
from tests.pages import ROOT
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
    assert client.post(page, data=encoded(back.filled(**WHOLE))).url.path == "/"
    assert "Ash Example" in client.get(page.replace("/page", "/record?format=html")).text
    found = client.get(page.removesuffix("/page")).json()
    assert found["response"]["meta"] == {"status": "complete", "who": "jo"}
    assert found["evaluation"]["assessments"][0]["possible"] == ["medium"]
    assert client.post(page, data=encoded(back.filled(**WHOLE))).status_code == 412


def test_fastapi_refuses_strangers_forged_pages_and_large_ones_and_serves_what_its_page_loads(
    fastapi: str, client: httpx.Client
) -> None:
    asking(client, fastapi)
    page = client.post("/assessments", json={}).json()["page"]
    assert httpx.get(page).status_code == 401
    assert httpx.get(page, auth=("jo", "guessed")).status_code == 401
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
    assert client.get("/", headers={"Host": "another.example"}).status_code == 400


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
    assert client.post(address, data=encoded(back.filled(**WHOLE))).url.path == "/"
    assert "Ash Example" in client.get(f"{sheet.page.url.path}/record.html").text
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
    assert client.get("/", headers={"Host": "another.example"}).status_code == 400


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


@contextmanager
def on_page(browser: Browser, address: str, **more: Any) -> Iterator[Visitor]:
    """Yield somebody who has begun an assessment, left a question out, and sees the page come back."""
    with Visitor.of(browser, address, **more) as visitor:
        page = visitor.page
        page.goto("/")
        if page.get_by_label("Password").count():
            visitor.look("the page for signing in")
            page.get_by_label("Your name").fill("jo")
            page.get_by_label("Password").fill(PASSWORD)
            page.get_by_role("button", name="Sign in").click()
        page.get_by_role("button", name="Begin an assessment").click()
        page.locator("[name='/about/name']").fill('Ash "Example"\\')
        page.locator("[name='/signs/late/what']").fill("First line\nSecond line 🙂")
        page.get_by_role("button", name="Continue").click()
        page.locator(".govuk-error-summary").wait_for()
        yield visitor
        page.get_by_role("button", name="Save").click()
        page.get_by_role("link", name="go on with it").last.wait_for()
        visitor.look("the start")
        page.goto("/assessments/nothing/page")
        visitor.look("the page of what is not there")
        assert visitor.complaints == []


def send_with_a_file(page: Page) -> None:
    """Send the page as a form that takes files, with a file in a field of its own."""
    page.locator("form:has([name='cse-forms.form'])").evaluate(
        """form => {
            form.enctype = "multipart/form-data";
            const file = Object.assign(document.createElement("input"), {type: "file", name: "/about/photo"});
            form.append(file);
        }"""
    )
    file = {"name": 'Ash".txt', "mimeType": "text/plain", "buffer": b"Ash in a file"}
    page.locator("[name='/about/photo']").set_input_files(file)  # type: ignore[arg-type]
    page.get_by_role("button", name="Save").click()


def written_in(page: Page) -> list[str]:
    return [page.locator(f"[name='/{name}']").input_value() for name in ("about/name", "signs/late/what")]


def test_fastapi_s_pages_are_filled_in_in_a_browser_with_scripts_and_everybody_can_use_them(
    fastapi: str, browser: Browser
) -> None:
    who = {"username": "jo", "password": PASSWORD}
    with on_page(browser, fastapi, http_credentials=who) as visitor:
        visitor.wait_for_script()
        visitor.look("the form with a problem", "light", "dark")
        assert written_in(visitor.page) == ['Ash "Example"\\', "First line\nSecond line 🙂"]


def test_flask_s_pages_are_filled_in_in_a_browser_and_a_file_that_nobody_asked_for_is_told_and_not_taken(
    flask: str, browser: Browser
) -> None:
    with on_page(browser, flask) as visitor:
        visitor.look("the form with a problem")
        send_with_a_file(visitor.page)
        visitor.page.get_by_text("no place for what was sent in these fields: /about/photo").wait_for()
        assert written_in(visitor.page) == ['Ash "Example"\\', "First line\nSecond line 🙂"]


@pytest.mark.parametrize("example", ["asgi", "django", "fastapi", "flask"])
def test_an_example_is_installed_from_the_checkout_as_its_page_says(example: str) -> None:
    commands = ["python3 -m venv .venv", ". .venv/bin/activate", "pip install -r requirements.txt"]
    assert "".join(f"    {command}\n" for command in commands) in read_page(example)
    library, *others = (EXAMPLES / example / "requirements.txt").read_text(encoding="utf-8").splitlines()
    path, _, extras = library.rstrip("]").partition("[")
    assert (EXAMPLES / example / path).resolve() == ROOT
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    assert set(extras.split(",")) <= set(project["project"]["optional-dependencies"])
    assert all(other in project["dependency-groups"]["test"] for other in others)
