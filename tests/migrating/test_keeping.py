"""The response that was migrated stays inside the new one: its file, its words, and what came of it."""

from __future__ import annotations

import json
from itertools import pairwise
from typing import Any

import pytest

from cse_forms.answers.envelope import MAX_ORIGINALS, read_response
from cse_forms.answers.response import Response
from cse_forms.errors import InputError
from cse_forms.migrating import migrate
from cse_forms.migrating.migrate import Leg, travel
from cse_forms.schema.digests import digest_of_bytes
from tests import forms
from tests.forms import definition, section, text
from tests.migrating.versions import ANSWERS, FIRST, SECOND, STEPS, first, migration, numbered, response, second
from tests.schema.documents import VALIDATORS

OLD, NEW = forms.form(first()), forms.form(second())
THERE = migration(*STEPS)


def to_bytes(made: Response) -> bytes:
    return (json.dumps(made.to_dict(), indent=2, ensure_ascii=False) + "\n").encode()


def test_its_file_is_kept_to_the_letter_with_its_digest() -> None:
    document = {"meta": {"who": "Jo Sample"}, "answers": ANSWERS, "version": FIRST, "form": "invented"}
    data = b"\xef\xbb\xbf" + json.dumps(document, indent=7).encode() + b"\r\n \n"
    made = migrate(read_response(data), OLD, NEW, THERE, original=data).response
    (kept,) = made.migrated_from
    assert kept["text"].encode() == data
    assert kept["bytes"] == digest_of_bytes(data)
    assert (kept["form"], kept["version"], kept["to"]) == ("invented", FIRST, SECOND)
    assert kept["digest"] == OLD.digest


def test_without_its_bytes_it_is_kept_as_its_file_would_be() -> None:
    former = response(ANSWERS, meta={"who": "Jo \u2603"})
    (kept,) = migrate(former, OLD, NEW, THERE).response.migrated_from
    assert read_response(kept["text"].encode()) == former


def test_bytes_of_another_response_are_refused() -> None:
    with pytest.raises(InputError, match="not those of the response"):
        migrate(response(ANSWERS), OLD, NEW, THERE, original=to_bytes(response({})))


def test_its_answers_are_kept_in_words_that_need_no_form() -> None:
    (kept,) = migrate(response(ANSWERS), OLD, NEW, THERE).response.migrated_from
    said = {one["pointer"]: (one["section"], one["question"], one["answer"]) for one in kept["words"]}
    assert said["/child/age"] == ("Child", "Age", "14")
    assert said["/signs/missing"] == ("Signs", "Missing", "Maybe")
    assert said["/signs/worries"] == ("Signs", "Worries", "Street; Online")
    assert said["/visits/0/on"] == ("Visits - Row", "Row - On", "31 January 2026")
    assert said["/told"] == ("", "Told", "Ticked")
    assert "/visits/1" not in said


def test_what_the_form_did_not_ask_for_is_kept_in_words_too() -> None:
    answers = {"stray": {"a": [1]}, "told": "perhaps"}
    (kept,) = migrate(response(answers), OLD, NEW, THERE, accept_loss=["/told"]).response.migrated_from
    assert [(one["question"], one["answer"]) for one in kept["words"]] == [("", '{"a": [1]}'), ("Told", "perhaps")]


def test_what_came_of_it_is_kept_and_what_was_left_behind() -> None:
    old = forms.form(definition({"kept": text(), "gone": text()}))
    new = forms.form(numbered(definition({"kept": text()}), SECOND))
    step = {"drop": "/gone", "because": "It was never read."}
    (kept,) = migrate(response({"gone": "x"}), old, new, migration(step)).response.migrated_from
    assert kept["lost"] == [{"pointer": "/gone", "because": "It was never read."}]
    former = response(ANSWERS)
    (kept,) = migrate(former, OLD, NEW, THERE).response.migrated_from
    assert kept["evaluation"] == json.loads(json.dumps(OLD.evaluate(former).to_dict()))
    assert kept["levels"] == [{"assessment": "Risk", "suggested": "Low", "possible": ["Low"]}]


def test_the_new_response_is_one_that_is_read_and_written_as_it_is() -> None:
    made = migrate(response(ANSWERS), OLD, NEW, THERE).response
    VALIDATORS["response"].validate(made.to_dict())
    assert read_response(to_bytes(made)) == made
    assert NEW.validate(made).valid


def back_and_forth(times: int) -> Response:
    """Return a response that went to a version without changes, and on, so many times."""
    versions = [forms.form(numbered(definition({"q": section({"a": text()})}), f"1.0.{number}")) for number in (0, 1)]
    made = response({"q": {"a": "1"}})
    for number in range(times):
        start, end = versions[number % 2], versions[1 - number % 2]
        data = to_bytes(made)
        there = migration(start=start.version, end=end.version)
        made = migrate(read_response(data), start, end, there, original=data).response
    return made


def test_a_response_that_is_migrated_again_keeps_all_that_it_kept_each_once() -> None:
    made = back_and_forth(3)
    assert [(one["version"], one["to"]) for one in made.migrated_from] == [
        ("1.0.0", "1.0.1"),
        ("1.0.1", "1.0.0"),
        ("1.0.0", "1.0.1"),
    ]
    assert [len(one["text"]) < 200 for one in made.migrated_from] == [True] * 3
    assert [read_response(one["text"].encode()).answers for one in made.migrated_from] == [{"q": {"a": "1"}}] * 3


def test_the_file_of_one_that_was_migrated_before_can_be_put_together_from_what_is_kept() -> None:
    data = to_bytes(back_and_forth(2))
    kept = back_and_forth(3).migrated_from[-1]
    whole = json.loads(kept["text"]) | {"migrated_from": list(back_and_forth(3).migrated_from[:-1])}
    assert digest_of_bytes((json.dumps(whole, indent=2, ensure_ascii=False) + "\n").encode()) == kept["bytes"]
    assert kept["bytes"] == digest_of_bytes(data)


def test_no_more_are_kept_than_a_file_may_hold() -> None:
    made = back_and_forth(MAX_ORIGINALS)
    assert len(made.migrated_from) == MAX_ORIGINALS
    assert read_response(to_bytes(made)) == made
    with pytest.raises(InputError, match="was migrated 20 times"):
        back_and_forth(MAX_ORIGINALS + 1)


def test_over_several_versions_only_the_first_is_kept() -> None:
    versions = [forms.form(numbered(definition({"q": text()}), f"1.0.{number}")) for number in range(3)]
    legs = [
        Leg(old=one, new=other, migration=migration(start=one.version, end=other.version))
        for one, other in pairwise(versions)
    ]
    done = travel(response({"q": "x"}), legs)
    assert done.report.path == ("1.0.0", "1.0.1", "1.0.2")
    assert [(one["version"], one["to"]) for one in done.response.migrated_from] == [("1.0.0", "1.0.2")]


@pytest.mark.parametrize(
    ("change", "pointer"),
    [
        ({"text": 3}, "/migrated_from/0/text"),
        ({"words": [{"pointer": "/q"}]}, "/migrated_from/0/words/0"),
        ({"bytes": "sha256:0"}, "/migrated_from/0/bytes"),
        ({"evaluation": []}, "/migrated_from/0/evaluation"),
        ({"more": 1}, "/migrated_from/0/more"),
    ],
)
def test_what_is_kept_must_be_as_it_was_written(change: dict[str, Any], pointer: str) -> None:
    document = migrate(response(ANSWERS), OLD, NEW, THERE).response.to_dict()
    document["migrated_from"][0] |= change
    with pytest.raises(InputError, match=f"no response: {pointer}"):
        read_response(json.dumps(document).encode())


def test_more_values_of_earlier_responses_than_any_has_are_refused() -> None:
    document = migrate(response(ANSWERS), OLD, NEW, THERE).response.to_dict()
    document["migrated_from"][0]["evaluation"] = {"x": [0] * 100_001}
    with pytest.raises(InputError, match="keeps more than 100,000 values"):
        read_response(json.dumps(document).encode())


def test_no_answer_shows_where_a_migrated_response_is_printed() -> None:
    done = migrate(response(ANSWERS), OLD, NEW, THERE)
    assert "Robin" not in repr(done)
