"""The response file: what is read, and what is refused with a reason."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

import cse_forms
from cse_forms.answers.envelope import MAX_VALUES, read_response
from cse_forms.answers.response import Response
from cse_forms.errors import DigestError, InputError
from cse_forms.schema.loading import load_definition
from tests import forms

DIGEST = "sha256:" + "0" * 64
WHOLE: dict[str, Any] = {
    "form": "invented",
    "version": "1.0.0",
    "digest": DIGEST,
    "meta": {"who": "Jo Sample", "when": "2026-03-31", "status": "draft", "case": {"number": 17}},
    "answers": {"q": "yes"},
}


def read(document: Any) -> Response:
    return read_response(json.dumps(document).encode())


def refusal(document: Any) -> str:
    with pytest.raises(InputError) as caught:
        read(document)
    return str(caught.value)


def test_a_response_file_is_read_as_it_stands() -> None:
    response = read(WHOLE)
    assert (response.form, response.version, response.digest) == ("invented", "1.0.0", DIGEST)
    assert response.answers == {"q": "yes"}
    assert response.meta == WHOLE["meta"]
    assert response.is_draft


def test_form_version_and_answers_are_enough_and_make_a_complete_response() -> None:
    response = read({"form": "invented", "version": "1.0.0", "answers": {}})
    assert (response.digest, response.meta, response.is_draft) == (None, {}, False)
    assert not read(WHOLE | {"meta": {"status": "complete"}}).is_draft


def test_what_was_read_is_written_again() -> None:
    assert read(WHOLE).to_dict() == WHOLE
    small = {"form": "invented", "version": "1.0.0", "answers": {}}
    assert read(small).to_dict() == small


def test_a_byte_order_mark_is_passed_over() -> None:
    assert read_response(b"\xef\xbb\xbf" + json.dumps(WHOLE).encode()).answers == {"q": "yes"}


def test_a_file_is_called_by_its_name_in_what_is_said_of_it(tmp_path: Path) -> None:
    path = tmp_path / "response.json"
    path.write_text("{", encoding="utf-8")
    with pytest.raises(InputError, match=r"response\.json ends in the middle"):
        read_response(path)
    with pytest.raises(InputError, match=r"^the referral ends in the middle"):
        read_response(path, "the referral")
    with pytest.raises(InputError, match=r"^the response ends in the middle"):
        read_response(b"{")


@pytest.mark.parametrize("document", [None, [], "x", 3, True])
def test_what_is_no_object_is_no_response(document: Any) -> None:
    assert refusal(document) == (
        'the response is no response: a response is {"form": ..., "version": ..., "answers": {...}}'
    )


@pytest.mark.parametrize(
    ("change", "pointer"),
    [
        ({"form": 3}, "/form"),
        ({"form": ""}, "/form"),
        ({"version": None}, "/version"),
        ({"version": 1.0}, "/version"),
        ({"answers": []}, "/answers"),
        ({"answers": None}, "/answers"),
        ({"digest": "0" * 64}, "/digest"),
        ({"digest": "sha256:" + "G" * 64}, "/digest"),
        ({"meta": []}, "/meta"),
        ({"meta": {"status": "finished"}}, "/meta/status"),
        ({"meta": {"status": []}}, "/meta/status"),
        ({"meta": {"who": ""}}, "/meta/who"),
        ({"meta": {"when": 20260331}}, "/meta/when"),
        ({"answer": {}}, "/answer"),
    ],
)
def test_what_is_wrong_with_a_response_file_is_told_with_its_place(change: dict[str, Any], pointer: str) -> None:
    assert refusal(WHOLE | change).startswith(f"the response is no response: {pointer}: ")


def test_everything_that_is_wrong_is_told_at_once() -> None:
    found = refusal({"form": 3, "answers": [], "meta": {"status": "x"}})
    assert [part.partition(": ")[0] for part in found.removeprefix("the response is no response: ").split("; ")] == [
        "/form",
        "the document",
        "/answers",
        "/meta/status",
    ]


def test_a_response_of_more_values_than_any_form_asks_for_is_refused() -> None:
    with pytest.raises(InputError, match="holds more than 5,000 values"):
        read(WHOLE | {"answers": {"q": [0] * (MAX_VALUES + 1)}})
    assert len(read(WHOLE | {"answers": {"q": [0] * (MAX_VALUES - 20)}}).answers["q"]) == MAX_VALUES - 20


# --- the digest -----------------------------------------------------------------------------------------


def test_the_digest_of_the_definition_at_hand_is_accepted_and_so_is_none() -> None:
    definition = forms.load(forms.definition({"q": forms.text()}))
    Response(form="invented", version="1.0.0", digest=definition.digest, answers={}).check_digest(definition)
    Response(form="invented", version="1.0.0", answers={}).check_digest(definition)


def test_the_digest_of_other_bytes_is_refused_with_both_named() -> None:
    definition = forms.load(forms.definition({"q": forms.text()}))
    with pytest.raises(DigestError) as caught:
        Response(form="invented", version="1.0.0", digest=DIGEST, answers={}).check_digest(definition)
    assert f"another invented 1.0.0 ({DIGEST})" in str(caught.value)
    assert definition.digest in str(caught.value)


def test_one_word_more_makes_another_digest_and_one_space_more_does_not() -> None:
    document = forms.definition({"q": forms.text()})
    response = Response(form="invented", version="1.0.0", digest=forms.load(document).digest, answers={})
    response.check_digest(load_definition(forms.to_bytes(document) + b" ", "form.json"))
    with pytest.raises(DigestError):
        response.check_digest(forms.load(document | {"description": "More."}))


def test_a_response_that_carries_the_digest_of_the_file_as_older_ones_do_is_accepted() -> None:
    definition = forms.load(forms.definition({"q": forms.text()}))
    assert definition.file_digest != definition.digest
    Response(form="invented", version="1.0.0", digest=definition.file_digest, answers={}).check_digest(definition)


def test_a_new_response_is_an_empty_draft() -> None:
    response = forms.form(forms.definition({"q": forms.text()})).new_response()
    assert response.to_dict() == {"form": "invented", "version": "1.0.0", "meta": {"status": "draft"}, "answers": {}}
    assert read(response.to_dict()) == response


def test_a_new_response_to_a_published_form_carries_its_digest() -> None:
    form = cse_forms.get_form("cse-toolbox")
    assert form.definition.is_published
    assert form.new_response().digest == form.digest
    form.new_response().check_digest(form.definition)


def test_no_answer_shows_where_a_response_is_printed() -> None:
    assert "Robin" not in repr(
        Response(form="invented", version="1.0.0", answers={"name": "Robin"}, meta={"who": "Robin"})
    )
