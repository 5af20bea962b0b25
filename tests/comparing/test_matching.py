"""Which item of one version is which of the other."""

from __future__ import annotations

import copy
import json

import pytest

from cse_forms.comparing.matching import MatchedItem, Matching, match_items
from tests import forms
from tests.comparing.sample import Mutator, add, base, changed, item, put, rename
from tests.forms import Document, text


def matched(change: Mutator) -> Matching:
    return match_items(forms.load(base()), forms.load(changed(change)))


def told(matching: Matching) -> list[tuple[str | None, str | None, str, str]]:
    """Return what is not the same."""
    return [(one.old_pointer, one.new_pointer, one.how, one.sureness) for one in matching.items if one.how != "same"]


def section_renamed(document: Document) -> None:
    rename(document, "more", "further")
    written = forms.to_bytes(document).decode().replace('"/more/', '"/further/')
    document.clear()
    document |= json.loads(written)


def test_items_with_the_same_key_are_the_same_whatever_their_words() -> None:
    matching = matched(lambda document: put(item(document, "more", "remarks"), title="What else is there to say?"))
    assert told(matching) == []


def test_a_question_with_another_key_and_the_same_words_was_renamed() -> None:
    matching = matched(lambda document: rename(item(document, "more"), "remarks", "comments"))
    assert told(matching) == [("/more/remarks", "/more/comments", "renamed", "certain")]


def test_a_question_with_another_key_and_nearly_the_same_words_was_likely_renamed() -> None:
    def change(document: Document) -> None:
        put(item(document, "decision", "reason"), title="The reason for the decision that was taken")
        put(item(document, "more", "remarks"), title="All remarks that you have")
        rename(item(document, "more"), "remarks", "all-remarks")

    old = changed(lambda document: put(item(document, "more", "remarks"), title="Remarks that you have"))
    matching = match_items(forms.load(old), forms.load(changed(change)))
    assert told(matching) == [("/more/remarks", "/more/all-remarks", "renamed", "likely")]


def test_a_question_in_another_section_was_moved() -> None:
    def change(document: Document) -> None:
        item(document, "about")["properties"]["remarks"] = item(document, "more")["properties"].pop("remarks")

    assert told(matched(change)) == [("/more/remarks", "/about/remarks", "moved", "certain")]


def test_what_stands_in_a_section_with_another_key_is_carried_with_it() -> None:
    matching = matched(section_renamed)
    assert told(matching)[0] == ("/more", "/further", "renamed", "certain")
    assert {one.how for one in matching.items if (one.old_pointer or "").startswith("/more/")} == {"carried"}
    assert matching.by_old_pointer["/more/colour"].new_pointer == "/further/colour"


def test_of_two_that_are_equally_alike_neither_is_taken_for_the_other() -> None:
    def change(document: Document) -> None:
        put(item(document, "more", "remarks"), title="Note")
        first = copy.deepcopy(item(document, "more", "remarks"))
        del item(document, "more")["properties"]["remarks"]
        item(document, "more")["properties"] |= {"note-a": first, "note-b": copy.deepcopy(first)}

    old = changed(lambda document: put(item(document, "more", "remarks"), title="Note"))
    matching = match_items(forms.load(old), forms.load(changed(change)))
    assert told(matching) == [
        (None, "/more/note-a", "added", "certain"),
        (None, "/more/note-b", "added", "certain"),
        ("/more/remarks", None, "removed", "certain"),
    ]


def test_a_question_that_asks_for_something_else_is_a_new_one() -> None:
    def change(document: Document) -> None:
        del item(document, "more")["properties"]["remarks"]
        add(document, "more", "hobby", text())

    assert told(matched(change)) == [
        (None, "/more/hobby", "added", "certain"),
        ("/more/remarks", None, "removed", "certain"),
    ]


def test_a_row_in_the_place_of_another_is_a_new_one_with_all_that_it_asks() -> None:
    def change(document: Document) -> None:
        rows = item(document, "signs")["properties"]
        rows["trips"] = rows.pop("gifts") | {"title": "Trips by car"}

    how = {one.how for one in matched(change).items if "gifts" in (one.old_pointer or "")}
    assert how == {"removed"}
    assert [one.new_pointer for one in matched(change).items if one.how == "added"] == [
        "/signs/trips",
        "/signs/trips/seen",
        "/signs/trips/notes",
    ]


def test_what_was_moved_and_comes_from_elsewhere_is_likely_and_not_certain() -> None:
    def change(document: Document) -> None:
        remarks = item(document, "more")["properties"].pop("remarks")
        remarks["x-form"]["provenance"] = {"derived": "From another page."}
        item(document, "about")["properties"]["remarks"] = remarks

    assert told(matched(change)) == [("/more/remarks", "/about/remarks", "moved", "likely")]


@pytest.mark.parametrize(
    ("value", "title", "how", "sureness"),
    [
        ("crimson", "Red", "renamed", "certain"),
        ("dark-red", "Red and dark red", "renamed", "likely"),
        ("blue", "Blue", "removed", "certain"),
    ],
)
def test_an_option_with_another_value_is_known_by_its_words(value: str, title: str, how: str, sureness: str) -> None:
    old = changed(lambda document: put(item(document, "more", "colour")["oneOf"][0], title="Red or dark red"))
    if how == "renamed" and sureness == "certain":
        old = base()
    new = changed(lambda document: put(item(document, "more", "colour")["oneOf"][0], const=value, title=title))
    found = match_items(forms.load(old), forms.load(new)).by_new_pointer["/more/colour"]
    assert (found.options[0].how, found.options[0].sureness) == (how, sureness)
    assert dict(found.option_map) == ({"red": value} if how == "renamed" else {})


def test_every_item_of_both_versions_is_told_once() -> None:
    matching = matched(section_renamed)

    def pointers(side: str) -> list[str]:
        return sorted(getattr(one, side).pointer for one in matching.items if getattr(one, side) is not None)

    assert pointers("old") == sorted(one.pointer for one in matching.old.walk())
    assert pointers("new") == sorted(one.pointer for one in matching.new.walk())
    assert all(isinstance(one, MatchedItem) for one in matching.questions)
