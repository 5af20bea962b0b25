"""Bytes to JSON values: what is read, and what is said of what is not."""

from __future__ import annotations

import contextlib
import json
import os
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cse_forms import InputError
from cse_forms.reading import MAX_BYTES, parse_json, read_file

steady = settings(deadline=None, derandomize=True)
"""The same examples each time, however slow the machine is."""

SCALARS = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(-(10**18), 10**18),
    st.floats(allow_nan=False, allow_infinity=False),
    st.text(),
)
VALUES = st.recursive(
    SCALARS,
    lambda members: st.lists(members, max_size=4) | st.dictionaries(st.text(max_size=4), members, max_size=4),
    max_leaves=20,
)


@steady
@given(value=VALUES, ascii_only=st.booleans(), mark=st.booleans())
def test_every_json_value_is_read_as_it_was_written(value: Any, ascii_only: bool, mark: bool) -> None:
    data = json.dumps(value, ensure_ascii=ascii_only).encode("utf-8-sig" if mark else "utf-8")
    read = parse_json(data, "a file")
    assert read == value
    assert json.dumps(read) == json.dumps(value)


@steady
@given(st.binary(max_size=40))
def test_whatever_bytes_come_in_are_refused_or_read_as_any_other_reader_reads_them(data: bytes) -> None:
    with contextlib.suppress(InputError):
        read = parse_json(data, "a file")
        assert read == json.loads(data.decode("utf-8-sig"))


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"", "is empty; a JSON document was expected"),
        (b" \n\t", "is empty; a JSON document was expected"),
        (b"\xef\xbb\xbf", "is empty; a JSON document was expected"),
        (b"form: a", "is not JSON (line 1 column 2): expected ident"),
        (b'{"form"', "ends in the middle; it was cut off, so look for a whole copy (line 1 column 7)"),
        (b'["cut', "ends in the middle; it was cut off, so look for a whole copy (line 1 column 5)"),
        (b"{'form': 1}", "is not JSON (line 1 column 2): key must be a string"),
        (b'{"a" 1}', "is not JSON (line 1 column 6): expected `:`"),
        (b"[1\n 2]", "is not JSON (line 2 column 2): expected `,` or `]`"),
        (b"[1,]", "has a comma before a closing bracket; remove it (line 1 column 4)"),
        (b'{"a": 1,\n}', "has a comma before a closing bracket; remove it (line 2 column 1)"),
        (b"{} {}", "goes on after its end; one file holds one JSON value (line 1 column 4)"),
        (b"[01]", "is not JSON (line 1 column 3): invalid number"),
        (b"[NaN]", "is not JSON (line 1 column 2): expected value"),
        (b"[-Infinity]", "is not JSON (line 1 column 3): invalid number"),
        (b"// no\n{}", "is not JSON (line 1 column 1): expected value"),
        (b'["\\x41"]', "is not JSON (line 1 column 4): invalid escape"),
        (b"[" + b"1" * 4_301 + b"]", "has a number that is too long (line 1 column 4303)"),
        (b'{"\xff": 1}', "is not UTF-8 (line 1, byte 2): save it as UTF-8"),
        ('{"a":\n "é"}'.encode("latin-1"), "is not UTF-8 (line 2, byte 8): save it as UTF-8"),
        (b'["\xed\xa0\x80"]', "is not UTF-8 (line 1, byte 2): save it as UTF-8"),
        ("{}".encode("utf-16"), "is not UTF-8 (line 1, byte 0): save it as UTF-8"),
    ],
)
def test_bytes_that_are_no_json_are_refused_with_their_place_and_a_remedy(data: bytes, message: str) -> None:
    with pytest.raises(InputError) as refusal:
        parse_json(data, "a file")
    assert str(refusal.value) == f"a file {message}"


@pytest.mark.parametrize(
    ("data", "key", "place"),
    [
        (b'{"a": 1, "a": 1}', '"a"', "line 1 column 14"),
        (b'{"a": {"b": 1,\n"c": 2, "b": 3}}', '"b"', "line 2 column 13"),
        (b'[{"a": 1, "\\u0061": 2}]', '"a"', "line 1 column 20"),
        (b'{"' + b"k" * 500 + b'": 1, "' + b"k" * 500 + b'": 2}', '"' + "k" * 99 + "...", "line 1 column 1012"),
    ],
)
def test_a_key_that_stands_twice_is_refused(data: bytes, key: str, place: str) -> None:
    with pytest.raises(InputError) as refusal:
        parse_json(data, "a file")
    sentence = f"a file has the key {key} twice, so that one of the two answers would be lost; keep one ({place})"
    assert str(refusal.value) == sentence


def test_the_same_key_in_two_objects_is_no_fault() -> None:
    assert parse_json(b'[{"a": {"a": 1}}, {"a": 2}]', "a file") == [{"a": {"a": 1}}, {"a": 2}]


@pytest.mark.parametrize("text", ["\\ud800", "\\udfff", "\\udc00\\ud800", "a\\ud83d", "\\ud83dx", "\\ud83d\\u0041"])
def test_half_of_a_character_is_refused(text: str) -> None:
    for data in (f'["{text}"]', f'{{"{text}": 1}}'):
        with pytest.raises(InputError, match="holds half of a character"):
            parse_json(data.encode(), "a file")


def test_a_character_written_as_two_halves_is_read() -> None:
    assert parse_json(b'["\\ud83d\\ude00"]', "a file") == ["😀"]


@pytest.mark.parametrize("character", ["\x00", "\x01", "\t", "\n", "\x1f"])
def test_a_control_character_is_refused_where_it_stands_and_read_where_it_is_escaped(character: str) -> None:
    with pytest.raises(InputError, match="has a line break or control character inside a text"):
        parse_json(f'["{character}"]'.encode(), "a file")
    assert parse_json(json.dumps([character]).encode(), "a file") == [character]


def test_two_hundred_levels_are_read_and_no_more() -> None:
    assert parse_json(b"[" * 200 + b"]" * 200, "a file")
    for depth in (202, 100_000):
        for data in (b"[" * depth + b"]" * depth, b'{"a":' * depth + b"1" + b"}" * depth, b"[" * depth):
            with pytest.raises(InputError, match="is nested deeper than 200 levels; no form is"):
                parse_json(data, "a file")


def test_bytes_beyond_the_limit_are_refused_unread() -> None:
    with pytest.raises(InputError, match=r"^a file has more than 10 MB"):
        parse_json(b"[" + b" " * MAX_BYTES, "a file")
    assert parse_json(b"[" + b" " * (MAX_BYTES - 2) + b"]", "a file") == []


# --- files ---------------------------------------------------------------------------------------------------


def test_a_file_is_read_byte_for_byte(tmp_path: Path) -> None:
    path = tmp_path / "file.json"
    path.write_bytes(b"\xff\x00\r\n")
    assert read_file(path) == b"\xff\x00\r\n"


def test_what_is_no_file_is_refused_with_the_reason(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"^Cannot read .*nothing\.json: No such file or directory$"):
        read_file(tmp_path / "nothing.json")
    with pytest.raises(InputError, match=r" is a folder; name a file in it$"):
        read_file(tmp_path)
    with pytest.raises(InputError, match=r"its name is not one that a file can have$"):
        read_file(tmp_path / "a\x00b")


def test_a_pipe_and_a_device_are_refused_at_once(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    for path in (tmp_path / "pipe", Path(os.devnull)):
        with pytest.raises(InputError, match=r"name a file$"):
            read_file(path)


def test_a_file_of_50_mb_is_refused_without_being_read(tmp_path: Path) -> None:
    path = tmp_path / "large.json"
    with path.open("wb") as file:
        file.truncate(50_000_000)
    with pytest.raises(InputError, match=r"large\.json has more than 10 MB"):
        read_file(path)
