"""The catalogue, the definitions, and empty responses, over HTTP."""

from __future__ import annotations

from pathlib import Path

import httpx
import pytest

import cse_forms
from cse_forms.web.problems import type_of
from tests.cli.folders import invented, write_form
from tests.publications import record
from tests.web.host import PREFIX
from tests.web.running import Running, running

FORM = "/forms/invented/1.0.0"


def test_the_forms_are_listed_with_addresses_below_the_place_where_the_service_is_mounted(client: httpx.Client) -> None:
    (form,) = client.get("/forms").json()["forms"]
    assert form["id"] == "invented"
    assert form["current"] == "1.1.0"
    assert [version["href"] for version in form["versions"]] == [
        f"{PREFIX}/forms/invented/1.0.0",
        f"{PREFIX}/forms/invented/1.1.0",
    ]
    assert client.get("/forms/invented").json() == form


def test_every_address_of_a_list_leads_to_what_it_names(client: httpx.Client, server: Running) -> None:
    (form,) = client.get("/forms").json()["forms"]
    for version in form["versions"]:
        found = httpx.get(f"{server.address}{version['href']}", trust_env=False).json()
        assert found["x-form"]["version"] == version["version"]


def test_a_definition_comes_as_the_library_has_it(client: httpx.Client, catalogues: Path) -> None:
    found = client.get(FORM)
    form = cse_forms.Catalogue.from_directory(catalogues / "ours").get_form("invented", "1.0.0")
    assert found.json() == form.schema
    assert found.headers["content-type"] == "application/schema+json"
    assert found.headers["etag"] == f'"{form.digest}"'


@pytest.mark.parametrize("known", ["{}", "W/{}", '"other", {}', "*"])
def test_a_definition_that_the_client_has_is_not_sent_again(client: httpx.Client, known: str) -> None:
    tag = client.get(FORM).headers["etag"]
    again = client.get(FORM, headers={"If-None-Match": known.format(tag)})
    assert (again.status_code, again.content, again.headers["etag"]) == (304, b"", tag)
    assert client.get(FORM, headers={"If-None-Match": '"sha256:other"'}).status_code == 200


def test_an_empty_response_is_one_that_can_be_validated(client: httpx.Client) -> None:
    empty = client.get(f"{FORM}/response").json()
    assert empty["answers"] == {}
    assert client.post(f"{FORM}/validate", json=empty).json() == {"valid": True, "findings": []}


def test_a_form_that_is_not_there_is_told_with_those_that_are(client: httpx.Client) -> None:
    for path, named in (("/forms/nothing", "invented"), ("/forms/invented/9.9.9", "1.0.0")):
        found = client.get(path)
        assert found.status_code == 404
        assert found.json()["type"] == type_of("form-not-found")
        assert named in found.json()["detail"]


def test_a_version_that_is_published_while_the_service_runs_is_served(tmp_path: Path) -> None:
    for tenant in ("ours", "theirs"):
        write_form(tmp_path / tenant, invented(status="published"))
    with running(tmp_path) as server, httpx.Client(base_url=server.service, trust_env=False) as client:
        assert client.get("/forms/invented/1.1.0").status_code == 404
        write_form(tmp_path / "ours", invented(version="1.1.0", status="published"))
        assert client.get("/forms/invented/1.1.0").status_code == 200
        assert client.get("/forms/invented").json()["current"] == "1.1.0"


def test_a_form_whose_versions_are_all_retired_has_no_current_one(tmp_path: Path) -> None:
    from cse_forms.schema.index import Retirement

    for tenant in ("ours", "theirs"):
        path = write_form(tmp_path / tenant, invented(status="published"))
    path = tmp_path / "ours" / "invented" / "1.0.0" / "form.json"
    record(path, retired=Retirement(date="2026-02-01", reason="Nobody uses it."))
    with running(tmp_path) as server:
        form = httpx.get(f"{server.service}/forms/invented", trust_env=False).json()
    assert form["current"] is None
    assert form["versions"][0]["status"] == "retired"


def test_a_definition_that_is_not_sound_fails_alone_and_is_told_in_the_log_only(tmp_path: Path) -> None:
    for tenant in ("ours", "theirs"):
        write_form(tmp_path / tenant, invented(status="published"))
    broken = write_form(tmp_path / "ours", invented(id="broken"))
    broken.write_bytes(broken.read_bytes().replace(b'"risk"', b'"Not An Id"'))
    with running(tmp_path) as server, httpx.Client(base_url=server.service, trust_env=False) as client:
        found = client.get("/forms/broken/1.0.0")
        assert (found.status_code, found.json()["type"]) == (500, type_of("broken-definition"))
        assert str(tmp_path) not in found.text
        assert str(broken) in server.logged()
        assert client.get("/forms/invented/1.0.0").status_code == 200
        assert client.get("/ready").json()["type"] == type_of("not-ready")
        assert client.get("/health").json() == {"status": "ok"}


def test_a_service_that_has_all_its_forms_is_ready(client: httpx.Client) -> None:
    assert client.get("/ready").json() == {"status": "ready", "versions": 2}
