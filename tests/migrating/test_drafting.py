"""A migration drafted from what differs: what is sure is said, what is not is left to be decided."""

from __future__ import annotations

from typing import Any

import pytest

from cse_forms.errors import InputError
from cse_forms.migrating import migrate
from cse_forms.migrating.checks import find_faults
from cse_forms.migrating.drafting import draft_migration, to_document
from cse_forms.schema.migration import MIGRATION_FILE, load_migration
from tests import forms
from tests.forms import Document, choice, choices, definition, integer, number, section, table, text, tick
from tests.migrating.versions import between, response


def steps(old: dict[str, Any], new: dict[str, Any]) -> list[Document]:
    """Return the steps of a draft, of those to be decided without the question."""
    one, other = between(definition(old), definition(new))
    draft = draft_migration(one, other)
    document = to_document(draft)
    assert load_migration(forms.to_bytes(document), MIGRATION_FILE) == draft
    assert {fault.code for fault in find_faults(draft, one.definition, other.definition)} <= {"step-undecided"}
    found: list[Document] = document["steps"]
    return [{word: said if word != "decide" else "?" for word, said in step.items()} for step in found]


LONG = "Who was with the young person when they were last seen, and where was that?"


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ({"a": text()}, {"a": text(), "b": text()}, []),
        ({"a": text()}, {"a": text() | {"title": "Worded otherwise"}}, []),
        (
            {"a": text() | {"title": LONG}},
            {"b": text() | {"title": LONG}},
            [{"move": "/a", "to": "/b"}],
        ),
        (
            {"s": section({"x": text(), "y": integer()}) | {"title": "Home"}},
            {"home": section({"x": text(), "y": integer()}) | {"title": "Home"}},
            [{"move": "/s", "to": "/home"}],
        ),
        (
            {"s": section({"x": text(), "q": choice("yes", "no")}), "u": section({"z": text()})},
            {"s": section({"x": text()}), "u": section({"z": text(), "q": choice("yes", "no")})},
            [{"move": "/s/q", "to": "/u/q"}],
        ),
        ({"gone": text(), "a": text()}, {"a": text()}, [{"drop": "/gone", "decide": "?"}]),
        (
            {"s": section({"x": text(), "y": text()}), "a": text()},
            {"a": text()},
            [{"drop": "/s", "decide": "?"}],
        ),
        (
            {
                "q": choice("yes", "not-sure")
                | {"oneOf": [{"const": "y", "title": "Yes"}, {"const": "n", "title": "No"}]}
            },
            {"q": choice("yes", "no")},
            [{"options": "/q", "map": {"y": "yes", "n": "no"}}],
        ),
        (
            {"q": choice("yes", "no", "sometimes")},
            {"q": choice("yes", "no")},
            [{"drop": "/q", "values": ["sometimes"], "decide": "?"}],
        ),
        ({"q": integer()}, {"q": number()}, []),
        ({"q": choice("a", "b")}, {"q": choices("a", "b")}, []),
        ({"q": text()}, {"q": integer()}, [{"drop": "/q", "decide": "?"}]),
        ({"q": tick()}, {"q": choice("yes", "no")}, [{"drop": "/q", "values": [True, False], "decide": "?"}]),
        ({"t": table(section({"x": text()}))}, {"t": text()}, [{"drop": "/t", "decide": "?"}]),
    ],
    ids=[
        "added",
        "worded otherwise",
        "renamed",
        "section renamed",
        "moved",
        "removed",
        "section removed",
        "options renamed",
        "option removed",
        "wider number",
        "several in place of one",
        "another kind",
        "a tick with options now",
        "a table no more",
    ],
)
def test_what_differs_is_drafted(old: dict[str, Any], new: dict[str, Any], expected: list[Document]) -> None:
    assert steps(old, new) == expected


def test_what_is_to_be_decided_says_what_it_is_about_and_what_to_do() -> None:
    one, other = between(definition({"gone": text(), "a": text()}), definition({"a": text()}))
    (step,) = draft_migration(one, other).steps
    assert step.decide == (
        "'Gone' is not asked any more. If another question asks the same, say 'move' and 'to'; else say under "
        "'because' why the answers are given up"
    )


def test_words_that_changed_places_are_asked_about() -> None:
    titles = {"yes": "No", "no": "Yes"}
    exchanged = choice() | {"oneOf": [{"const": value, "title": title} for value, title in titles.items()]}
    assert steps({"q": choice("yes", "no")}, {"q": exchanged}) == [
        {"options": "/q", "map": {"yes": "no", "no": "yes"}, "decide": "?"}
    ]
    one, other = (text() | {"title": title} for title in ("Who came", "Who left"))
    assert steps({"s": section({"a": one, "b": other})}, {"s": section({"a": other, "b": one})}) == [
        {"move": "/s/a", "to": "/s/a", "decide": "?"},
        {"move": "/s/b", "to": "/s/b", "decide": "?"},
    ]


def test_what_is_sure_can_be_used_at_once() -> None:
    old = {"s": section({"x": text(), "y": integer()}) | {"title": "Home"}, "gone": text()}
    new = {"home": section({"x": text(), "y": integer()}) | {"title": "Home"}, "gone": text()}
    one, other = between(definition(old), definition(new))
    done = migrate(response({"s": {"x": "1", "y": 2}, "gone": "3"}), one, other, draft_migration(one, other))
    assert done.response.answers == {"home": {"x": "1", "y": 2}, "gone": "3"}


def test_a_draft_is_between_two_versions_of_one_form() -> None:
    one, other = between(definition({"a": text()}), definition({"a": text()}))
    with pytest.raises(InputError, match="one version; name two"):
        draft_migration(one, one)
    with pytest.raises(InputError, match="are two forms"):
        draft_migration(one, forms.form(definition({"a": text()}, id="other")))
    assert draft_migration(one, other).steps == ()
