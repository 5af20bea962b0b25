"""What only Python callers can give: values that JSON cannot carry, and structures without end."""

from __future__ import annotations

import datetime as dt
import decimal
import enum
import subprocess
import sys
import textwrap
from collections import OrderedDict
from pathlib import Path
from types import MappingProxyType
from typing import Any

import pytest

from tests import forms

FORM = forms.form(
    forms.definition(
        {
            "text": forms.text(),
            "number": forms.number(),
            "several": forms.choices("a", "b"),
            "part": forms.section({"inner": forms.text()}),
            "table": forms.table({"type": "object", "properties": {"x": forms.tick()}}),
        },
        assessments=[
            {
                "id": "risk",
                "levels": [{"id": "low"}, {"id": "high"}],
                "rules": [
                    {"id": "many", "level": "high", "when": {"items": "/number", "match": {"minimum": 3}}},
                    {"id": "row", "level": "high", "when": {"items": "/table/*/x", "match": {"const": True}}},
                ],
                "otherwise": {"level": "low"},
            }
        ],
    )
)


class Words(str):
    """A text of a caller's own kind."""


class Count(int):
    """A number of a caller's own kind."""


class Level(enum.StrEnum):
    LOW = "low"


def found(answers: Any) -> list[tuple[str, str]]:
    """Return the findings; evaluate as well, since whatever is validated is evaluated in the same breath."""
    FORM.evaluate(answers).to_dict()
    FORM.evaluate(answers, draft=True).to_dict()
    return [(finding.code, finding.pointer) for finding in FORM.validate(answers).findings]


@pytest.mark.parametrize(
    "value",
    [
        {1, 2},
        frozenset(),
        b"text",
        bytearray(b"text"),
        object(),
        dt.date(2026, 3, 31),
        1j,
        range(3),
        MappingProxyType({}),
        iter([]),
        int,
    ],
)
@pytest.mark.parametrize("key", ["text", "number", "several", "part", "table", "unknown"])
def test_a_value_that_json_cannot_carry_is_one_finding_at_its_place(key: str, value: Any) -> None:
    assert found({key: value}) == [("not-json", f"/{key}")]


def test_each_of_them_is_told_in_the_order_of_the_form() -> None:
    answers = {"table": [{"x": {1}}], "part": {"inner": b""}, "several": [b"", object()], "text": {1}}
    assert [pointer for _, pointer in found(answers)] == [
        "/text",
        "/several/0",
        "/several/1",
        "/part/inner",
        "/table/0/x",
    ]


def test_the_whole_of_the_answers_can_be_such_a_value() -> None:
    assert found({1, 2}) == [("not-json", "")]
    assert found(b"{}") == [("not-json", "")]


@pytest.mark.parametrize("value", [None, [], "x", 3, True, 1.5])
def test_answers_of_another_shape_are_one_finding(value: Any) -> None:
    assert found(value) == [("wrong-type", "")]


@pytest.mark.parametrize("value", [float("nan"), float("inf"), float("-inf")])
def test_a_number_that_is_none_is_of_the_wrong_kind(value: float) -> None:
    assert found({"number": value}) == [("wrong-type", "/number")]
    assert FORM.evaluate({"number": value}).assessments["risk"].possible == ("low", "high")


@pytest.mark.parametrize("value", [2**64, -(2**64), 10**400, 1e308])
def test_a_large_number_is_a_number(value: float) -> None:
    assert found({"number": value}) == []


def test_a_number_without_end_is_a_finding() -> None:
    assert [pointer for _, pointer in found({"number": 10**5000})] == ["/number"]
    assert found({"number": Count(10**5000)}) == [("not-json", "/number")]


@pytest.mark.parametrize("key", [1, None, True, 2.5, ("text",), b"text", "\ud800"])
def test_a_key_that_is_no_text_is_one_finding(key: Any) -> None:
    assert found({key: 1, "text": "x"}) == [("not-json", "")]
    assert found({"part": {key: 1, "inner": "x"}}) == [("not-json", "/part")]


@pytest.mark.parametrize("text", ["\ud800", "a\udfff", "\udc00\ud800"])
def test_half_a_character_is_a_finding_and_a_text_all_the_same(text: str) -> None:
    assert found({"text": text}) == [("not-json", "/text")]
    assert FORM.validate({"text": text}).valid
    assert found({"number": text}) == [("not-json", "/number")]
    assert not FORM.validate({"number": text}).valid


def test_texts_and_numbers_of_a_callers_own_kind_are_judged_like_any_other() -> None:
    assert found({"text": Words("x"), "number": Count(3)}) == []
    assert found({"text": Count(3), "number": Words("x")}) == [("wrong-type", "/text"), ("wrong-type", "/number")]
    assert found({Words("text"): "x", "unknown": Words("x")}) == [("unknown-question", "/unknown")]
    assert found({"several": [Words("a"), Words("z")]}) == [("not-an-option", "/several/1")]
    assert found({"text": Level.LOW}) == []


def test_a_dictionary_of_another_kind_is_an_object() -> None:
    assert found(OrderedDict(text="x", part=OrderedDict(inner=3))) == [("wrong-type", "/part/inner")]


def test_a_name_of_many_digits_is_a_name() -> None:
    assert found({"table": {"9" * 5000: {1}}, "text": {1}}) == [
        ("not-json", "/text"),
        ("not-json", f"/table/{'9' * 5000}"),
    ]
    assert found({"7": {1}, "text": {1}}) == [("not-json", "/text"), ("not-json", "/7")]


def test_odd_numbers_and_tuples_raise_nothing() -> None:
    for value in (decimal.Decimal("1.5"), (1, 2), ("a",), ({"x": True},)):
        for key in ("text", "number", "several", "part", "table"):
            found({key: value})


def test_answers_that_hold_themselves_are_a_finding() -> None:
    answers: dict[str, Any] = {"text": "x"}
    answers["part"] = answers
    assert [code for code, _ in found(answers)] == ["not-json"]
    rows: list[Any] = []
    rows.append(rows)
    assert [code for code, _ in found({"table": rows})] == ["not-json"]


DEEP = """
    from tests.answers.test_python_values import FORM

    for make in (lambda inner: {"part": inner}, lambda inner: [inner], lambda inner: (inner,)):
        for key in ("part", "table", "text", "unknown"):
            deep = "x"
            for _ in range(100_000):
                deep = make(deep)
            answers = {key: deep}
            report = FORM.validate(answers)
            assert not report.valid
            (finding,) = report.findings
            assert finding.code == "not-json", finding
            assert finding.message == "The answers are nested deeper than 200 levels.", finding
            assert not FORM.validate(answers, draft=True).valid
            FORM.evaluate(answers).to_dict()
    print("alive")
"""


def test_a_structure_of_100000_levels_is_a_finding_and_the_interpreter_lives() -> None:
    command = [sys.executable, "-c", textwrap.dedent(DEEP)]
    root = Path(__file__).parents[2]
    done = subprocess.run(command, cwd=root, capture_output=True, text=True, check=False, timeout=120)
    assert (done.returncode, done.stdout, done.stderr) == (0, "alive\n", "")


@pytest.mark.parametrize("depth", [190, 198])
def test_what_is_less_deep_is_judged_like_anything_else(depth: int) -> None:
    deep: Any = "x"
    for _ in range(depth):
        deep = [deep]
    assert found({"text": deep}) == [("wrong-type", "/text")]
