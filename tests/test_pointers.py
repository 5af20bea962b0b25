"""JSON Pointers, and the places of what they name in the text of a JSON document."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cse_forms import pointers
from cse_forms.pointers import BLANK, Key

steady = settings(deadline=None, derandomize=True)
"""The same examples each time, however slow the machine is."""

KEYS = st.lists(st.text(st.characters(exclude_categories=["Cs"]), max_size=4), max_size=4)
SCALARS = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(),
    st.floats(allow_nan=False, allow_infinity=False),
    st.text(),
    st.sampled_from(['"', "\\", "{}", "[1,", "\n", "\t", "/", "~", "é", "😀", " ]", "\u2028"]),
)
DOCUMENTS = st.recursive(
    SCALARS,
    lambda members: st.lists(members, max_size=4) | st.dictionaries(st.text(max_size=4), members, max_size=4),
    max_leaves=12,
)


# --- pointers ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("keys", "pointer"),
    [
        ((), ""),
        (("child", "name"), "/child/name"),
        (("rows", 0, "date"), "/rows/0/date"),
        (("a/b", "m~n"), "/a~1b/m~0n"),
        (("~1",), "/~01"),
        (("",), "/"),
        (("", ""), "//"),
    ],
)
def test_a_pointer_leads_through_its_keys(keys: tuple[Key, ...], pointer: str) -> None:
    assert pointers.join(keys) == pointer
    assert pointers.split(pointer) == tuple(map(str, keys))


@steady
@given(KEYS)
def test_splitting_undoes_joining(keys: list[str]) -> None:
    assert pointers.split(pointers.join(keys)) == tuple(keys)


@steady
@given(KEYS)
def test_a_pointer_has_as_many_slashes_as_keys(keys: list[str]) -> None:
    assert pointers.join(keys).count("/") == len(keys)


DOCUMENT = {"a": {"b": [10, {"c": None}]}, "0": "zero", "": {"": False}}


@pytest.mark.parametrize(
    ("keys", "value"),
    [
        ((), DOCUMENT),
        (("a", "b", 0), 10),
        (("a", "b", 1, "c"), None),
        (("0",), "zero"),
        (("", ""), False),
    ],
)
def test_a_value_is_found_by_its_keys(keys: tuple[Key, ...], value: Any) -> None:
    assert pointers.value_at(DOCUMENT, keys) == value


@pytest.mark.parametrize("keys", [("x",), ("a", "b", 2), ("a", "b", "0"), ("0", "z"), ("a", "b", 0, "c"), ("a", 0)])
def test_what_is_not_there_is_blank(keys: tuple[Key, ...]) -> None:
    assert pointers.value_at(DOCUMENT, keys) is BLANK


def test_null_is_not_blank() -> None:
    assert pointers.value_at({"a": None}, ("a",)) is None


def test_the_keys_of_a_pointer_are_those_of_the_document() -> None:
    assert pointers.keys_in(DOCUMENT, "/a/b/1/c") == ("a", "b", 1, "c")
    assert pointers.keys_in(DOCUMENT, "/0") == ("0",)
    assert pointers.keys_in({"7": [0]}, "/7/0") == ("7", 0)


def test_a_path_keeps_the_parts_that_lead_on() -> None:
    assert pointers.existing(DOCUMENT, ("a", "not here", "b", 1, "(a tag)", "c")) == ("a", "b", 1, "c")
    assert pointers.existing(DOCUMENT, ()) == ()


@steady
@given(DOCUMENTS)
def test_every_value_is_counted_once(document: Any) -> None:
    assert pointers.count_values(document) == len(list(values_in(document)))


def test_counting_goes_to_any_depth() -> None:
    document: Any = 1
    for _ in range(100_000):
        document = [document]
    assert pointers.count_values(document) == 100_001


# --- places --------------------------------------------------------------------------------------------------

TEXT = """{
  "first": [true,
    {"se/cond": "\\"{"}],
  "third" :
    -1.5e3
}"""


@pytest.mark.parametrize(
    ("pointer", "place"),
    [
        ("", (1, 1)),
        ("/first", (2, 3)),
        ("/first/0", (2, 13)),
        ("/first/1", (3, 5)),
        ("/first/1/se~1cond", (3, 6)),
        ("/third", (4, 3)),
    ],
)
def test_a_member_is_placed_at_its_key_and_an_element_at_its_value(pointer: str, place: tuple[int, int]) -> None:
    assert pointers.locate(TEXT, [pointer]) == {pointer: place}


@pytest.mark.parametrize(
    ("pointer", "place"),
    [("/first/7", (2, 3)), ("/first/1/x/y/z", (3, 5)), ("/fourth", (1, 1)), ("/third/0", (4, 3)), ("nonsense", (1, 1))],
)
def test_what_leads_nowhere_has_the_place_of_the_nearest_value_above_it(pointer: str, place: tuple[int, int]) -> None:
    assert pointers.locate(TEXT, [pointer])[pointer] == place


def test_columns_count_characters_and_lines_end_with_a_line_feed() -> None:
    assert pointers.locate('{"é\u2028😀": 1,\r\n "b": 2}', ["/b", "/é\u2028😀"]) == {"/b": (2, 2), "/é\u2028😀": (1, 2)}


def test_a_document_100_000_deep_is_located() -> None:
    depth = 100_000
    text = '[{"a":' * depth + "1" + "}]" * depth
    deepest = "/0/a" * 1_000
    assert pointers.locate(text, [deepest]) == {deepest: (1, 6 * 1_000 - 3)}


def values_in(value: Any, keys: tuple[Key, ...] = ()) -> Iterator[tuple[tuple[Key, ...], Any]]:
    yield keys, value
    members: Any = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, member in members:
        yield from values_in(member, (*keys, key))


@steady
@given(
    document=DOCUMENTS,
    indent=st.sampled_from([None, 0, 1, 4, "\t", "\r\n "]),
    ascii_only=st.booleans(),
    separators=st.sampled_from([(",", ":"), (" ,\t", " :\n"), ("\n,", ": ")]),
    around=st.sampled_from(["", " ", "\n", "\r\n\t "]),
)
def test_every_value_of_any_document_is_found_in_any_layout(
    document: Any, indent: str | int | None, ascii_only: bool, separators: tuple[str, str], around: str
) -> None:
    text = json.dumps(document, indent=indent, ensure_ascii=ascii_only, separators=separators)
    text = f"{around}{text}{around}"
    lines = text.split("\n")
    values = {pointers.join(keys): (keys, value) for keys, value in values_in(document)}
    for pointer, (line, column) in pointers.locate(text, values).items():
        keys, value = values[pointer]
        rest = "\n".join([lines[line - 1][column - 1 :], *lines[line:]])
        found, end = json.JSONDecoder().raw_decode(rest)
        if keys and isinstance(keys[-1], str):
            assert found == keys[-1]
            rest = rest[end:].lstrip().removeprefix(":").lstrip()
            found, _ = json.JSONDecoder().raw_decode(rest)
        assert found == value
        assert type(found) is type(value)
