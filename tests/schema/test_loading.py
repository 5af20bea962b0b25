"""Bytes to a definition, or to every fault of the document with its place."""

from __future__ import annotations

import hashlib
import json
from typing import Any

import pytest

from cse_forms.errors import DefinitionError, Problem
from cse_forms.schema.checks import MAX_FAULTS
from cse_forms.schema.loading import MAX_VALUES, load_definition
from cse_forms.schema.places import MAX_DEPTH, MAX_PLACES
from cse_forms.schema.scenarios import load_scenarios
from tests.forms import Document, definition, load, section, shape, text, to_bytes
from tests.schema.sample import sample


def problems_of(data: bytes) -> tuple[Problem, ...]:
    with pytest.raises(DefinitionError) as refusal:
        load_definition(data, "form.json")
    return refusal.value.problems


DOZEN = """{
  "$schema": "https://json-schema.org/draft/2020-12/schema",
  "$id": "urn:cse-forms:other:1.0.0",
  "title": "",
  "type": "object",
  "x-form": {
    "id": "intake",
    "version": "1.0",
    "status": "draft",
    "language": "en-GB",
    "sources": [{"id": "guide", "title": "A guide", "file": "guide.txt", "page": 7}],
    "header": ["/child/nam"],
    "prompts": [
      {"id": "call", "urgency": "now", "text": "Call.", "provenance": {"source": "guid"},
       "when": {"items": "/child/*/present", "match": {"const": "yes"}}},
      {"id": "call", "urgency": "soon", "text": "Call.", "provenance": {},
       "when": {"itmes": "/child/seen", "match": {"const": "yes"}}}
    ],
    "checks": [{"id": "seen", "text": "Both.", "provenance": {"source": "guide"},
                "when": {"all": [{"items": "/child/seen", "match": {"const": "Yes"}}, {"measure": "age"}]}}]
  },
  "properties": {
    "child": {
      "title": "Child", "type": "object", "additionalProperties": false,
      "x-form": {"layuot": "stacked", "provenance": {"source": "guide", "mended": "A letter."}},
      "required": ["name", "sene"],
      "properties": {
        "name": {"title": "Name", "type": "string", "x-form": {"lines": "4", "provenance": {"source": "guide"}}},
        "seen": {"oneOf": [{"const": "yes", "title": "Yes"}, {"const": "no", "title": "Yes"}],
                 "x-form": {"provenance": {"source": "guide"}}},
        "why": {"$ref": "https://example.org/why", "title": "Why", "x-form": {"provenance": {"source": "guide"}}}
      }
    }
  },
  "additionalProperties": false
}
"""


EXPECTED = """\
3:3 /$id: this must be urn:cse-forms:intake:1.0, as id and version say
4:3 /title: this must not be empty
8:5 /x-form/version: this is not of the form that is needed here: three numbers, such as 1.0.0
11:74 /x-form/sources/0/page: no word 'page' is known here; the words here are 'id', 'title', 'file', \
'note' and 'url'
12:16 /x-form/header/0: no question '/child/nam'; did you mean '/child/name'?
14:22 /x-form/prompts/0/urgency: this must be 'immediate', 'soon' or 'consider'
14:72 /x-form/prompts/0/provenance/source: no source 'guid' is listed; did you mean 'guide'?
15:17 /x-form/prompts/0/when/items: no question '/child/*/present'; did you mean '/child/seen'?
16:8 /x-form/prompts/1/id: the id 'call' stands twice
16:58 /x-form/prompts/1/provenance: say which 'source' this comes from, or that it is 'derived' and why
17:8 /x-form/prompts/1/when: this is no condition that the language knows; a condition begins with 'items', \
'measure', 'assessment', 'condition', 'unsettled', 'all', 'any' or 'not'; did you mean 'items'?
20:69 /x-form/checks/0/when/all/0/match/const: this can never be "Yes"; did you mean 'yes'?
20:87 /x-form/checks/0/when/all/1: 'match' is missing
20:88 /x-form/checks/0/when/all/1/measure: no measure 'age'
25:18 /properties/child/x-form/layuot: no word 'layuot' is known here; did you mean 'layout'?
25:39 /properties/child/x-form/provenance: 'mended' and 'shows' stand together: what was mended, and what the \
source shows
26:28 /properties/child/required/1: no question 'sene' stands here; did you mean 'seen'?
28:9 /properties/child/properties/name: 'name' is required: say "minLength": 1, so that an empty text does not \
pass for an answer
28:64 /properties/child/properties/name/x-form/lines: this must be a whole number
29:9 /properties/child/properties/seen: 'seen' has no title: give it the wording that people read
29:62 /properties/child/properties/seen/oneOf/1: two options have the same title
31:17 /properties/child/properties/why/$ref: this is not of the form that is needed here: a shape of this \
document, such as #/$defs/indicator; nothing outside it is fetched
"""
"""Line, column and pointer of each fault, what is wrong and what would be right."""


def test_every_fault_of_a_document_is_told_at_once_with_its_place_and_what_would_be_right() -> None:
    assert [str(problem) for problem in problems_of(DOZEN.encode())] == EXPECTED.splitlines()


def test_the_error_is_each_problem_on_a_line_after_the_name_of_the_file() -> None:
    with pytest.raises(DefinitionError) as refusal:
        load_definition(DOZEN.encode(), "intake/1.0.0/form.json")
    lines = str(refusal.value).splitlines()
    assert lines == [f"intake/1.0.0/form.json:{problem}" for problem in refusal.value.problems]
    assert refusal.value.name == "intake/1.0.0/form.json"


def test_lines_and_columns_are_counted_in_characters_after_a_byte_order_mark() -> None:
    document = definition({"a": text() | {"title": "Ünïcödé 😀"}}) | {"titel": 1}
    data = json.dumps(document, ensure_ascii=False).encode("utf-8-sig")
    (problem,) = problems_of(data)
    line = data.decode("utf-8-sig")
    assert (problem.line, line[problem.column - 1 :]) == (1, '"titel": 1}')


@pytest.mark.parametrize(
    ("data", "problem"),
    [
        (b"", "1:1 (the document): this is empty; a JSON document was expected"),
        (b'{\n "a": 1,,', "2:9 (the document): this is not JSON: key must be a string"),
        (b'{\n "a": "cut', "2:10 (the document): this ends in the middle; it was cut off, so look for a whole copy"),
        ('{"ü": "é", x}'.encode(), "1:12 (the document): this is not JSON: key must be a string"),
        (b'{"a": "x\n"}', "2:1 (the document): this has a line break or control character inside a text; write it as "),
        (b'\xef\xbb\xbf{"a": 1, "a": 2}', '1:14 (the document): this has the key "a" twice, so that one of the two '),
        (b"\xff", "1:1 (the document): this is not UTF-8 (line 1, byte 0): save it as UTF-8"),
        (b"[" * 100_000, "1:202 (the document): this is nested deeper than 200 levels; no form is"),
        (b" " * 10_000_001, "1:1 (the document): this has more than 10 MB"),
        (b"[]", "1:1 (the document): a definition is a JSON object, as docs/policy.md shows"),
        (b"null", "1:1 (the document): a definition is a JSON object, as docs/policy.md shows"),
        (b'{"a": [1%s]}' % (b", 1" * 20_000), f"1:1 (the document): this holds more than {MAX_VALUES:,} values"),
    ],
)
def test_what_is_no_definition_at_all_is_one_problem(data: bytes, problem: str) -> None:
    (found,) = problems_of(data)
    assert str(found)[: len(problem)] == problem


def test_an_empty_object_is_told_every_word_that_a_definition_must_have() -> None:
    missing = [problem.message for problem in problems_of(b"{}")]
    assert missing == [
        f"'{word}' is missing"
        for word in ("$id", "$schema", "additionalProperties", "properties", "title", "type", "x-form")
    ]


def test_a_definition_keeps_its_document_its_words_and_the_digest_of_its_bytes() -> None:
    data = to_bytes(sample())
    loaded = load_definition(data, "form.json")
    assert loaded.schema == sample()
    assert loaded.file_digest == f"sha256:{hashlib.sha256(data).hexdigest()}"
    assert (loaded.id, loaded.version, loaded.title) == ("invented", "1.0.0", "An invented form")
    assert loaded.description == "For tests."
    assert not loaded.is_published
    respaced = load_definition(data + b"\n", "form.json")
    assert (respaced.file_digest != loaded.file_digest, respaced.digest == loaded.digest) == (True, True)


def test_a_whole_number_that_readers_of_json_round_is_refused_where_it_stands() -> None:
    document = sample()
    document["$defs"]["row"] = {"title": "Row", "type": "object", "properties": {"n": {"maximum": 2**53}}}
    with pytest.raises(DefinitionError) as raised:
        load_definition(to_bytes(document), "form.json")
    told = {problem.pointer: problem.message for problem in raised.value.problems}
    assert "too many digits" in told["/$defs/row/properties/n/maximum"]


def test_a_definition_cannot_be_changed() -> None:
    loaded = load(sample())
    with pytest.raises(AttributeError):
        loaded.title = "Another"  # type: ignore[misc]
    with pytest.raises(ValueError, match="frozen"):
        loaded.words.id = "another"  # type: ignore[misc]
    with pytest.raises(TypeError):
        loaded.root.children["another"] = loaded.root  # type: ignore[index]


# --- nothing takes long --------------------------------------------------------------------------------------


def nested(depth: int) -> Document:
    item = text()
    for _ in range(depth):
        item = section({"in": item})
    return item


def test_sections_are_nested_as_deep_as_is_said() -> None:
    assert load(definition({"a": nested(MAX_DEPTH - 1)})).questions.keys() == {"/a" + "/in" * (MAX_DEPTH - 1)}
    (problem,) = problems_of(to_bytes(definition({"a": nested(MAX_DEPTH)})))
    assert problem.message == "sections are nested deeper than 16"
    assert problem.pointer == "/properties/a" + "/properties/in" * MAX_DEPTH


def test_shapes_of_shapes_that_would_make_millions_of_items_are_refused() -> None:
    shapes = {
        f"level-{level}": section({f"in-{i}": shape(f"level-{level + 1}") for i in range(10)}) for level in range(12)
    }
    (problem,) = problems_of(to_bytes(definition({"a": shape("level-0")}, defs=shapes | {"level-12": text()})))
    assert problem.message == f"there are more than {MAX_PLACES:,} items; no form has so many"


def test_after_a_hundred_faults_that_take_looking_for_no_more_are_looked_for() -> None:
    document = definition({f"q-{number}": {"type": "number", "default": "x"} for number in range(1_000)})
    problems = problems_of(to_bytes(document))
    assert len(problems) == MAX_FAULTS + 1
    assert problems[0].message == f"there are {MAX_FAULTS} faults or more; mend these first"


# --- scenarios -----------------------------------------------------------------------------------------------


def test_every_fault_of_scenarios_is_told_at_once_with_its_place() -> None:
    data = b"""{"scenarios": [
  {"name": "", "answers": {}, "expect": {"vaild": true}},
  {"name": "Two", "answers": [], "expect": {"measures": {"age": "3"}}},
  {"draft": 1, "answers": {}, "expect": {"assessments": {"risk": {"lowest": 1}}}}
]}"""
    with pytest.raises(DefinitionError) as refusal:
        load_scenarios(data, "scenarios.json")
    assert [str(problem) for problem in refusal.value.problems] == [
        "2:4 /scenarios/0/name: this must not be empty",
        "2:42 /scenarios/0/expect/vaild: no word 'vaild' is known here; did you mean 'valid'?",
        "3:19 /scenarios/1/answers: this must be an object",
        "3:58 /scenarios/1/expect/measures/age: this must be a number or an object or 'no value'",
        "4:3 /scenarios/2: 'name' is missing",
        "4:4 /scenarios/2/draft: this must be true or false",
        "4:67 /scenarios/2/expect/assessments/risk/lowest: this must be a text",
    ]


@pytest.mark.parametrize("data", [b"", b"[]", b"{", b'{"scenarios": {}}', b'{"scenarios": []}', b"{}"])
def test_what_holds_no_scenarios_is_refused(data: bytes) -> None:
    with pytest.raises(DefinitionError) as refusal:
        load_scenarios(data, "scenarios.json")
    assert len(refusal.value.problems) == 1


def test_scenarios_keep_what_they_expect_and_what_they_leave_open() -> None:
    told: dict[str, Any] = {"name": "One", "answers": {"a": 1}, "expect": {"assessments": {"risk": {"lowest": None}}}}
    (scenario,) = load_scenarios(to_bytes({"scenarios": [told]}), "scenarios.json")
    assert (scenario.name, scenario.answers, scenario.draft) == ("One", {"a": 1}, False)
    assert scenario.expect.valid is None
    assert scenario.expect.assessments is not None
    assert scenario.expect.assessments["risk"].model_fields_set == {"lowest"}
