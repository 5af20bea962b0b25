"""A finding's sentence: English for everybody, and the same said again in another language."""

from __future__ import annotations

import copy
import json
import pickle
from dataclasses import fields, replace
from typing import Any

from cse_forms.answers.messages import ENGLISH, Message
from cse_forms.plurals import Counted
from tests.forms import choice, definition, form, integer


def upper(phrase: str | Counted) -> str:
    return (phrase if isinstance(phrase, str) else phrase.forms[-1]).split("{")[0].upper()


SHOUTED: dict[str, Any] = {member.name: upper(getattr(ENGLISH, member.name)) for member in fields(ENGLISH)}
UPPER = replace(ENGLISH, **SHOUTED)


def test_a_message_is_a_text_like_any_other() -> None:
    message = Message("maximum", limit=17)
    assert message == "Give a number that is 17 or less."
    assert json.dumps(message) == '"Give a number that is 17 or less."'


def test_a_message_is_said_again_in_another_language_with_what_stands_in_it() -> None:
    sentences = replace(ENGLISH, missing_so="Rhaid ateb hwn. {how}", integer="Rhowch rif cyfan.")
    message = Message("missing_so", how=Message("integer"))
    assert message.startswith("This must be answered. Give a whole number")
    assert message.said(sentences) == "Rhaid ateb hwn. Rhowch rif cyfan."


def test_a_copy_of_a_message_can_be_said_again_too() -> None:
    message = Message("choose", options="Yes, No")
    for copied in (copy.deepcopy(message), pickle.loads(pickle.dumps(message))):
        assert copied == message
        assert copied.said(replace(ENGLISH, choose="Dewiswch: {options}")) == "Dewiswch: Yes, No"


def test_what_the_validator_finds_can_be_said_again() -> None:
    whole = form(definition({"age": integer(), "seen": choice("yes", "no")}))
    findings = whole.validate({"age": "many", "seen": "perhaps", "nowhere": 1}).findings
    assert {type(finding.message) for finding in findings} == {Message}
    assert [finding.message.said(UPPER) for finding in findings if isinstance(finding.message, Message)] == [
        "",
        "CHOOSE ONE OF: ",
        "THE FORM HAS NO QUESTION OF THIS NAME HERE; REMOVE IT, OR MOVE IT TO THE QUESTION THAT IT ANSWERS.",
    ]
