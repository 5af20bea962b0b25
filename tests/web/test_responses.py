"""Responses over HTTP: what the service says of them is what the library says."""

from __future__ import annotations

import asyncio
import json
from pathlib import Path
from typing import Any

import httpx
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from starlette.applications import Starlette

import cse_forms
from cse_forms.answers.envelope import read_response
from cse_forms.errors import InputError
from cse_forms.forms import Form
from cse_forms.web import Limits, create_app
from cse_forms.web.problems import type_of
from tests import forms
from tests.asynchronous import complete
from tests.cli.folders import invented, write_form
from tests.property.answers import answers, damaged
from tests.property.definitions import Node, definitions

FORM = "/forms/invented/1.0.0"
GOOD: dict[str, Any] = {"child": {"name": "Robin Example"}, "missing": "yes"}


def problem(found: httpx.Response) -> tuple[int, str]:
    assert found.headers["content-type"] == "application/problem+json"
    assert found.headers["cache-control"] == "no-store"
    told = found.json()
    assert told["status"] == found.status_code
    return found.status_code, told["type"].rpartition(":")[2]


def test_findings_are_no_error(client: httpx.Client) -> None:
    found = client.post(f"{FORM}/validate", json={"answers": {"missing": "perhaps"}})
    assert found.status_code == 200
    assert found.json()["valid"] is False
    assert {finding["code"] for finding in found.json()["findings"]} == {"missing-answer", "not-an-option"}


def test_a_draft_may_have_gaps_whoever_says_that_it_is_one(client: httpx.Client) -> None:
    assert client.post(f"{FORM}/validate", json={"answers": {}}).json()["valid"] is False
    said = {"answers": {}, "meta": {"status": "draft"}}
    assert client.post(f"{FORM}/validate", json=said).json()["valid"] is True
    assert client.post(f"{FORM}/validate?draft=true", json={"answers": {}}).json()["valid"] is True


def test_a_response_may_leave_out_what_the_address_says_and_may_not_say_otherwise(client: httpx.Client) -> None:
    whole = {"form": "invented", "version": "1.0.0", "answers": GOOD}
    alone = client.post(f"{FORM}/evaluate", json={"answers": GOOD})
    assert client.post(f"{FORM}/evaluate", json=whole).json() == alone.json()
    other = client.post(f"{FORM}/evaluate", json=whole | {"version": "1.1.0"})
    assert problem(other) == (409, "other-form")


def test_a_response_to_another_definition_is_told(client: httpx.Client) -> None:
    found = client.post(f"{FORM}/evaluate", json={"answers": GOOD, "digest": f"sha256:{'0' * 64}"})
    assert problem(found) == (409, "other-definition")


@pytest.mark.parametrize(
    ("body", "told"),
    [
        (b"", (400, "not-json")),
        (b'{"answers": ', (400, "not-json")),
        (b"\xff\xfe", (400, "not-json")),
        (b'{"answers": {"a": NaN}}', (400, "not-json")),
        (b'{"answers": {"a": 1, "a": 2}}', (400, "not-json")),
        (b'{"answers": ' + b"[" * 5_000 + b"]" * 5_000 + b"}", (400, "not-json")),
        (b"[]", (422, "no-response")),
        (b"null", (422, "no-response")),
        (b'{"missing": "yes"}', (422, "no-response")),
        (b'{"answers": []}', (422, "no-response")),
        (b'{"answers": {}, "more": 1}', (422, "no-response")),
        (b'{"answers": {}, "meta": {"status": "finished"}}', (422, "no-response")),
        (b'{"answers": {"a": [' + b"1," * 6_000 + b"1]}}", (422, "no-response")),
    ],
)
def test_a_body_that_is_no_response_is_refused(client: httpx.Client, body: bytes, told: tuple[int, str]) -> None:
    found = client.post(f"{FORM}/evaluate", content=body, headers={"Content-Type": "application/json"})
    assert problem(found) == told


def test_a_number_beyond_all_bounds_comes_to_an_answer_that_is_json(client: httpx.Client) -> None:
    body = b'{"answers": {"child": {"name": "Robin Example", "age": 1e400}}}'
    found = client.post(f"{FORM}/evaluate", content=body, headers={"Content-Type": "application/json"})
    assert found.status_code == 200
    json.loads(found.text, parse_constant=pytest.fail)


def test_sentences_are_said_in_the_language_that_is_asked_for(client: httpx.Client) -> None:
    english, welsh = (
        client.post(f"{FORM}/validate", params=said, json={"answers": {}}).json()["findings"]
        for said in ({}, {"language": "cy"})
    )
    assert [finding["pointer"] for finding in english] == [finding["pointer"] for finding in welsh]
    assert english[0]["message"] != welsh[0]["message"]
    assert problem(client.post(f"{FORM}/validate?language=../../cy", json={"answers": {}})) == (422, "bad-parameter")


@pytest.mark.parametrize("query", ["?draft=perhaps", "?draft=true&draft=false", "?drafts=true", "?draft="])
def test_a_parameter_that_is_not_understood_is_refused(client: httpx.Client, query: str) -> None:
    assert problem(client.post(f"{FORM}/evaluate{query}", json={"answers": {}})) == (422, "bad-parameter")


def test_an_explanation_says_the_outcome_and_its_reasons_in_sentences(client: httpx.Client) -> None:
    outcome = client.post(f"{FORM}/evaluate", json={"answers": GOOD}).json()
    explained = client.post(f"{FORM}/explain", json={"answers": GOOD}).json()
    sentences = explained["assessments"][0].pop("explanation")
    assert explained == outcome
    assert sentences


def without_answers(node: Any) -> Any:
    """Return an outcome without the members that name answers."""
    naming = {"answers", "unanswered", "not_known"}
    if isinstance(node, dict):
        return {key: without_answers(member) for key, member in node.items() if key not in naming}
    return [without_answers(member) for member in node] if isinstance(node, list) else node


def test_an_outcome_that_names_no_answers_is_otherwise_the_same(client: httpx.Client) -> None:
    whole = client.post(f"{FORM}/evaluate", json={"answers": GOOD}).json()
    assert client.post(f"{FORM}/evaluate?answers=true", json={"answers": GOOD}).json() == whole
    brief = client.post(f"{FORM}/evaluate?answers=false", json={"answers": GOOD}).json()
    assert brief == without_answers(whole) != whole


def test_what_holds_answers_is_kept_by_nobody(client: httpx.Client) -> None:
    for name in ("validate", "evaluate", "explain", "render"):
        assert client.post(f"{FORM}/{name}", json={"answers": GOOD}).headers["cache-control"] == "no-store"


class Asked:
    """A service that is asked in this process, on a loop of its own."""

    def __init__(self, application: Starlette) -> None:
        self._application = application

    def post(self, path: str, body: bytes) -> httpx.Response:
        async def ask() -> httpx.Response:
            transport = httpx.ASGITransport(self._application)
            async with httpx.AsyncClient(transport=transport, base_url="http://here") as client:
                return await client.post(path, content=body, headers={"Content-Type": "application/json"})

        return complete(ask)


@settings(max_examples=40, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow])
@given(definitions(), st.data())
def test_the_service_says_what_the_library_says_of_whatever_form_and_answers(
    document: Node, data: st.DataObject
) -> None:
    form = Form(forms.load(document))
    made = data.draw(answers(form) | answers(form).flatmap(damaged))
    body = json.dumps({"form": form.id, "version": form.version, "answers": made}).encode()
    with forms.catalogue_of(form) as catalogue:
        found = Asked(create_app(catalogue)).post(f"/forms/{form.id}/{form.version}/evaluate", body)
    try:
        response = read_response(body)
    except InputError:
        assert found.status_code in {400, 422}
    else:
        assert found.status_code == 200, found.text
        outcome = form.evaluate(response)
        assert found.json() == json.loads(json.dumps(outcome.to_dict()))
        assert outcome.to_dict(answers=False) == without_answers(outcome.to_dict())


def test_more_than_can_be_worked_on_is_told_to_come_again(tmp_path: Path) -> None:
    write_form(tmp_path, invented())
    catalogue = cse_forms.Catalogue.from_directory(tmp_path)
    application = create_app(catalogue, limits=Limits(threads=1, waiting=1))

    async def ask() -> list[httpx.Response]:
        async with httpx.AsyncClient(
            transport=httpx.ASGITransport(application), base_url="http://here", timeout=60
        ) as client:
            return await asyncio.gather(*(client.get(f"{FORM}/render") for _ in range(6)))

    found = complete(ask)
    assert {one.status_code for one in found} == {200, 503}
    (refused, *_) = (one for one in found if one.status_code == 503)
    assert problem(refused) == (503, "busy")
    assert refused.headers["retry-after"] == "1"


def test_what_takes_too_long_is_given_up_and_told(tmp_path: Path) -> None:
    write_form(tmp_path, invented())
    catalogue = cse_forms.Catalogue.from_directory(tmp_path)
    found = Asked(create_app(catalogue, limits=Limits(work_seconds=1e-6))).post(f"{FORM}/evaluate", b'{"answers": {}}')
    assert problem(found) == (503, "out-of-time")


def test_bounds_within_which_nothing_can_be_answered_are_refused() -> None:
    with pytest.raises(ValueError, match="threads must be more than 0"):
        Limits(threads=0)
    with pytest.raises(ValueError, match="waiting"):
        Limits(waiting=-1)
    assert type_of("busy") == "urn:cse-forms:problem:busy"
