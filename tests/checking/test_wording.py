"""What is awkward in the wording: sections that are not there, options that overlap, words and numbers used twice."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.checking.definitions import checked_in, told
from tests.forms import Document, choice, definition, section, text, tick


def numbered(wording: str) -> Document:
    """Return a form of the sections 1 and 3, with this guidance."""
    sections = {"first": section({"name": text()}, number="1"), "third": section({"notes": text()}, number="3")}
    return definition(sections, guidance=[{"kind": "note", "text": wording}])


@pytest.mark.parametrize(
    ("wording", "named"),
    [
        ("Go on to section 9.", ["9"]),
        ("See Sections 1, 2 and 4 below.", ["2", "4"]),
        ("Fill in part 2 of this form.", ["2"]),
        ("See section 2.4.", ["2.4"]),
        ("See sections 1 and 3.", []),
        ("See section 3.2.", []),
        ("See section 2 of the Children Act 1989.", []),
        ("Ask whether a section 7 enquiry is needed.", []),
        ("Section 47 applies.", []),
    ],
)
def test_a_section_that_is_named_and_not_there_is_warned_of(wording: str, named: list[str], tmp_path: Path) -> None:
    found = told(checked_in(tmp_path, numbered(wording)), "no-section")
    assert [one.message.split()[3].rstrip(",") for one in found] == named
    assert {one.pointer for one in found} <= {"/x-form/guidance/0/text"}


def test_a_form_without_numbers_names_no_section_of_its_own(tmp_path: Path) -> None:
    document = definition({"name": text()}, guidance=[{"kind": "note", "text": "See section 9."}])
    assert told(checked_in(tmp_path, document), "no-section") == []


def test_two_sections_of_one_number_are_warned_of(tmp_path: Path) -> None:
    document = numbered("See section 1.")
    document["properties"]["third"]["x-form"]["number"] = "1"
    (found,) = told(checked_in(tmp_path, document), "same-number")
    assert found.pointer == "/properties/third"
    assert found.remedy == "give one of them another"


def titled(**titles: str) -> Document:
    question = choice(*titles)
    for option in question["oneOf"]:
        option["title"] = titles[option["const"]]
    return question


@pytest.mark.parametrize(
    ("titles", "overlaps"),
    [
        (("0 to 5", "5 to 10"), True),
        (("0-5 times", "5-10 times"), True),
        (("1 to 3", "3 or more"), True),
        (("12 or under", "10-15"), True),
        (("Not known", "Not  Known."), True),
        (("0 to 5", "6 to 10"), False),
        (("1 to 3 days", "3 to 5 weeks"), False),
        (("2024-2025", "2025-2026"), False),
        (("Yes", "No"), False),
        (("3 or more", "Fewer than 3"), False),
    ],
)
def test_options_between_which_nobody_could_choose_are_warned_of(
    titles: tuple[str, str], overlaps: bool, tmp_path: Path
) -> None:
    first, second = titles
    found = told(checked_in(tmp_path, definition({"often": titled(a=first, b=second)})), "options-overlap")
    assert [one.pointer for one in found] == (["/properties/often/oneOf/1"] if overlaps else [])


def test_a_number_and_the_same_number_as_a_text_are_warned_of(tmp_path: Path) -> None:
    question: Any = choice(1, "1")
    question["oneOf"][1]["title"] = "Another"
    (found,) = told(checked_in(tmp_path, definition({"often": question})), "options-overlap")
    assert found.remedy == "write both in the same way"


def shown(question: Document, *conditions: Document) -> Document:
    return question | {"x-form": question["x-form"] | {"showWhen": {"all": list(conditions)}}}


def asks(pointer: str, match: Any) -> Document:
    return {"items": pointer, "match": match}


YES, NO = {"const": "yes"}, {"const": "no"}


@pytest.mark.parametrize(
    ("conditions", "outer", "is_told"),
    [
        ([asks("/a", YES), asks("/a", NO)], None, True),
        ([asks("/a", YES), asks("/a", {"not": YES})], None, True),
        ([asks("/a", {"enum": ["yes", "maybe"]}), asks("/a", {"enum": ["no"]})], None, True),
        ([asks("/a", YES)], asks("/a", NO), True),
        ([asks("/b", YES)], asks("/a", NO), True),
        ([asks("/t", {"const": True}), asks("/t", {"const": False})], None, True),
        ([{"condition": "yes"}], asks("/a", NO), True),
        ([asks("/a", {"not": YES})], asks("/a", {"not": NO}), False),
        ([asks("/a", YES)], asks("/b", YES), False),
        ([{"any": [asks("/a", YES), asks("/b", YES)]}], asks("/a", NO), False),
        ([asks("/a", {"answered": True})], asks("/a", NO), False),
    ],
)
def test_a_question_that_no_answers_can_lead_to_is_warned_of(
    conditions: list[Document], outer: Document | None, is_told: bool, tmp_path: Path
) -> None:
    # Whether `b` is asked depends on `a`: it is asked at Yes alone.
    words: dict[str, Any] = {"showWhen": outer} if outer else {}
    questions = {
        "a": choice("yes", "no", "maybe"),
        "b": choice("yes", "no", showWhen=asks("/a", YES)),
        "t": tick(),
        "part": section({"deep": shown(text(), *conditions)}, **words),
    }
    document = definition(questions, conditions={"yes": asks("/a", YES)})
    found = told(checked_in(tmp_path, document), "never-asked")
    assert [one.pointer for one in found] == (["/properties/part/properties/deep/x-form/showWhen"] if is_told else [])


def test_a_section_that_is_never_asked_is_told_and_not_each_question_in_it(tmp_path: Path) -> None:
    inner = section({"x": shown(text(), asks("/a", YES))}, showWhen={"all": [asks("/a", YES), asks("/a", NO)]})
    found = told(checked_in(tmp_path, definition({"a": choice("yes", "no"), "part": inner})), "never-asked")
    assert [one.pointer for one in found] == ["/properties/part/x-form/showWhen"]


def test_a_rule_that_asks_two_answers_of_one_question_never_holds(tmp_path: Path) -> None:
    when = {"all": [asks("/a", YES), asks("/a", NO)]}
    document = definition({"a": choice("yes", "no")}, prompts=[{"id": "ring", "urgency": "soon", "when": when}])
    (found,) = told(checked_in(tmp_path, document), "never-holds")
    assert found.pointer == "/x-form/prompts/0/when"
    assert found.message == "no answer can make this hold: /a would have to be two things at once"
