"""What is wrong with a migration.json: each fault with its place, and what would be right."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from cse_forms.migrating.checks import check_migration
from cse_forms.schema.catalogue import load_file
from cse_forms.schema.migration import MIGRATION_FILE
from tests import forms
from tests.forms import Document, choice, definition, integer, section, table, text, tick
from tests.migrating.versions import FIRST, SECOND, STEPS, catalogue, first, second, third
from tests.schema.documents import refused

OLD = definition(
    {
        "a": text(),
        "b": text(),
        "n": integer(),
        "q": choice("yes", "no", "maybe"),
        "s": section({"x": text()}),
        "t": table(section({"x": text()})),
        "done": tick(),
    }
)
NEW = definition(
    {
        "a": text(),
        "b": text(),
        "n": integer(),
        "q": choice("yes", "no", "maybe"),
        "s": section({"x": text()}),
        "t": table(section({"x": text()})),
        "done": tick(),
        "c": text(),
        "d": text() | {"maxLength": 3},
        "v": section({"x": text()}),
    },
    version=SECOND,
)


def told(folder: Path, document: Any, *versions: Document) -> list[tuple[str, str, str]]:
    """Return the code, the pointer and the message of every fault of a migration beside the last version."""
    known = catalogue(folder, *(versions or (OLD, NEW)))
    path = known.directory / forms.ID / SECOND / MIGRATION_FILE
    data = forms.to_bytes(document)
    new = load_file(path.with_name("form.json"))
    return [(one.code, one.pointer, one.message) for one in check_migration(path, data, new)]


def between(*steps: Document, **words: Any) -> Document:
    return {"form": forms.ID, "from": FIRST, "to": SECOND, "steps": list(steps)} | words


def test_a_migration_that_says_what_becomes_of_everything_has_no_faults(tmp_path: Path) -> None:
    assert told(tmp_path, between(*STEPS), first(), second()) == []


@pytest.mark.parametrize(
    ("words", "pointer", "message"),
    [
        ({"form": "other"}, "/form", "this must be 'invented', as the form's folder is called"),
        ({"to": "2.1.0"}, "/to", "this must be '2.0.0', the version beside which the file stands"),
        ({"from": "0.9.0"}, "/from", "there is no version 0.9.0; the others are: 1.0.0, 2.1.0"),
        ({"from": "2.0.0"}, "/from", "this is the version itself; name the one that responses come from"),
    ],
    ids=["form", "to", "no such version", "itself"],
)
def test_the_form_and_the_versions_must_be_those_of_its_place(
    words: Document, pointer: str, message: str, tmp_path: Path
) -> None:
    found = told(tmp_path, between(**words), first(), second(), third())
    assert found == [("wrong-version", pointer, message)]


FAULTS: list[tuple[str, list[Document], str, str, str]] = [
    (
        "an older question that is not there",
        [{"move": "/s/xx", "to": "/c"}],
        "no-question",
        "/steps/0/move",
        "the older version has nothing at '/s/xx'; did you mean '/s/x'?",
    ),
    (
        "a newer question that is not there",
        [{"move": "/a", "to": "/z"}],
        "no-question",
        "/steps/0/to",
        "the newer version has nothing at '/z'",
    ),
    (
        "a part of a split that is not there",
        [{"split": "/a", "by": " ", "to": ["/c", "/zz"]}],
        "no-question",
        "/steps/0/to/1",
        "the newer version has nothing at '/zz'",
    ),
    (
        "a question that becomes a section",
        [{"move": "/a", "to": "/v"}],
        "kinds-differ",
        "/steps/0/to",
        "a question cannot become a section",
    ),
    (
        "a number that is split",
        [{"split": "/n", "by": " ", "to": ["/c", "/d"]}],
        "kinds-differ",
        "/steps/0",
        "'/n' is no question for text; only texts are split and joined",
    ),
    (
        "a section that is filled in",
        [{"default": "/v", "value": "x"}],
        "kinds-differ",
        "/steps/0/default",
        "'/v' is no question; an answer is filled in",
    ),
    (
        "a way out of a row",
        [{"move": "/t/*/x", "to": "/c"}],
        "rows-differ",
        "/steps/0/to",
        "an answer stays in its row, or outside of all; use as many '*' as the older pointer has",
    ),
    (
        "an older option that is none",
        [{"options": "/q", "map": {"mabye": "no"}}],
        "no-option",
        "/steps/0/map",
        "the older version has no option 'mabye' at '/q'; did you mean 'maybe'?",
    ),
    (
        "a newer option that is none",
        [{"options": "/q", "map": {"maybe": "noo"}}],
        "no-option",
        "/steps/0/map/maybe",
        "the newer version has no option 'noo' at '/q'; did you mean 'no'?",
    ),
    (
        "an option given up that is none",
        [{"drop": "/q", "values": ["perhaps"], "because": "Because."}],
        "no-option",
        "/steps/0/values",
        "the older version has no option 'perhaps' at '/q'",
    ),
    (
        "a default that is not accepted",
        [{"default": "/d", "value": "too long"}],
        "wrong-default",
        "/steps/0/value",
        "the newer version does not accept this as an answer to 'D'",
    ),
    (
        "one answer twice",
        [{"move": "/a", "to": "/c"}, {"drop": "/a", "because": "Because."}],
        "step-twice",
        "/steps/1/drop",
        "step 1 says already what becomes of '/a'; join the two into one step",
    ),
    (
        "one place twice",
        [{"move": "/a", "to": "/b"}],
        "written-twice",
        "/steps/0",
        "answers to '/a' and '/b' would both come to '/b'; move or drop one of them",
    ),
    (
        "a default where answers come",
        [{"default": "/a", "value": "x"}],
        "written-twice",
        "/steps/0",
        "answers to '/a' come to '/a' already; take the default out",
    ),
    (
        "something to be decided",
        [{"drop": "/a", "decide": "Is it asked elsewhere?"}],
        "step-undecided",
        "/steps/0/decide",
        "this is still to be decided: Is it asked elsewhere?; take 'decide' out when it is",
    ),
]


@pytest.mark.parametrize(
    ("steps", "code", "pointer", "message"), [fault[1:] for fault in FAULTS], ids=[fault[0] for fault in FAULTS]
)
def test_a_step_that_does_not_fit_is_told(
    steps: list[Document], code: str, pointer: str, message: str, tmp_path: Path
) -> None:
    assert (code, pointer, message) in told(tmp_path, between(*steps))


def test_steps_on_one_question_that_go_together_are_no_fault(tmp_path: Path) -> None:
    steps: list[Document] = [
        {"options": "/q", "map": {"maybe": "no"}},
        {"drop": "/q", "values": ["yes"], "because": "Because."},
        {"move": "/a", "to": "/c"},
        {"options": "/done", "map": {"true": False, "false": True}},
    ]
    assert told(tmp_path, between(*steps)) == []


GONE = "the migration does not say what becomes of answers to '/gone' (Gone); move them, or drop them with the reason"
MAYBE = (
    "the newer version has no option 'maybe' at '/q', and the migration does not say what becomes of such answers to "
    "'/q'; name it under 'options', or drop it with the reason"
)


def test_a_question_and_an_option_of_which_nothing_is_said_are_told(tmp_path: Path) -> None:
    old = definition({"gone": text(), "q": choice("yes", "maybe")})
    new = definition({"q": choice("yes")}, version=SECOND)
    assert told(tmp_path, between(), old, new) == [
        ("question-unaccounted", "", GONE),
        ("option-unaccounted", "", MAYBE),
    ]


def test_a_version_with_faults_of_its_own_is_told_once(tmp_path: Path) -> None:
    known = catalogue(tmp_path, OLD, NEW)
    (known.directory / forms.ID / FIRST / "form.json").write_text("{", encoding="utf-8")
    path = known.directory / forms.ID / SECOND / MIGRATION_FILE
    new = load_file(path.with_name("form.json"))
    assert [one.code for one in check_migration(path, forms.to_bytes(between()), new)] == ["migration-not-checked"]
    assert [one.code for one in check_migration(path, forms.to_bytes(between()), None)] == ["migration-not-checked"]


# --- the file itself ---------------------------------------------------------------------------------------------

MALFORMED: list[tuple[Document, str]] = [
    ({}, "a step says one of 'move', 'options', 'split', 'join', 'default' or 'drop'"),
    ({"move": "/a", "drop": "/b"}, "a step says one of 'move', 'options', 'split', 'join', 'default' or 'drop'"),
    ({"move": "/a"}, "'move' goes with 'to'"),
    ({"move": "/a", "to": ["/b", "/c"]}, "of 'move', 'to' is one pointer"),
    ({"move": "/a", "to": "/b", "by": " "}, "'by' does not go with 'move'"),
    ({"options": "/a"}, "'options' goes with 'map'"),
    ({"options": "/a", "map": {}}, "this must not be empty"),
    ({"split": "/a", "by": " "}, "'split' goes with 'by' and 'to'"),
    ({"split": "/a", "by": " ", "to": "/b"}, "of 'split', 'to' is a list of pointers"),
    ({"join": ["/a"], "by": " ", "to": "/b"}, "this must have 2 members"),
    ({"join": ["/a", "/b"], "by": "", "to": "/c"}, "this must not be empty"),
    ({"default": "/a"}, "'default' goes with 'value'"),
    ({"drop": "/a"}, "'drop' goes with 'because': why these answers are given up"),
    ({"drop": "/a", "because": ""}, "this must not be empty"),
    ({"drop": "/a", "values": [], "because": "Because."}, "this must not be empty"),
    ({"drop": "a", "because": "Because."}, "this is not of the form that is needed here"),
    ({"move": "/a", "to": "/b", "why": "x"}, "no word 'why' is known here"),
]


@pytest.mark.parametrize(("step", "message"), MALFORMED, ids=lambda value: json.dumps(value)[:60])
def test_a_step_that_is_none_is_refused_by_the_library_and_by_its_schema(
    step: Document, message: str, tmp_path: Path
) -> None:
    document = between(step)
    with pytest.raises(Exception, match=r"migration\.json") as caught:
        told(tmp_path, document)
    assert message in str(caught.value)
    assert refused("migration", document)


@pytest.mark.parametrize(
    "step", [*STEPS, {"drop": "/a", "decide": "Is it?"}, {"default": "/a", "value": None}], ids=str
)
def test_the_schema_accepts_what_the_library_accepts(step: Document) -> None:
    assert not refused("migration", between(step))


@pytest.mark.parametrize("word", ["form", "from", "to"])
def test_a_migration_says_of_what_it_is(word: str, tmp_path: Path) -> None:
    document = {key: value for key, value in between().items() if key != word}
    with pytest.raises(Exception, match=f"'{word}' is missing"):
        told(tmp_path, document)
    assert refused("migration", document)
