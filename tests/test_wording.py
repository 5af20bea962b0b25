"""The wording of every definition, held against the sources that it was read from.

This reads the raw documents with nothing of the library, so that it stays a second and independent reading: a
fault of the library's loader cannot hide a fault of a definition.
"""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple, TypeAlias

import pytest

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

Node: TypeAlias = dict[str, Any]
"""An object of a definition, as JSON has it."""

TESTS = Path(__file__).resolve().parent
SOURCES = {path.name: path for path in sorted((TESTS / "sources").glob("*.txt"))}
DEFINITIONS = {
    f"{path.parent.parent.name} {path.parent.name}": path
    for path in sorted((TESTS.parent / "definitions").glob("*/*/form.json"))
}

COUNTS = {
    "cse-toolbox 1.0.0": {
        "items": {
            "/involved/child": 9,
            "/involved/author": 4,
            "/actual": 6,
            "/suspected": 18,
            "/suspected/family": 5,
            "/suspected/health": 4,
            "/suspected/behaviour": 7,
            "/suspected/appearance": 2,
            "/vulnerabilities": 22 + 1,
            "/vulnerabilities/personal": 10 + 1,
            "/vulnerabilities/services": 5,
            "/vulnerabilities/family": 7,
            "/plan": 10 + 1,
        },
        "options": {
            "/involved/child/gender": 2,
            "/involved/child/looked-after": 2,
            "/involved/models": 6,
            "/summary/association-suspected": 3,
            "/summary/association-known": 3,
        },
        "levels": {"risk": 4},
    },
    "wales-strength-concern 1.0.0": {
        "items": {
            "/details": 3,
            "/prompts": 5,
            "/trauma": 7,
            "/emotional": 6,
            "/sexual-development": 4,
            "/social": 7,
            "/family-history": 11,
            "/behaviour": 4,
            "/education": 4,
            "/safeguarding": 4,
            "/recommendations": 7,
        },
        "points": {"/definition": 3, "/identifying": 2, "/prompts": 4},
    },
    "scotland-checklist 1.0.0": {
        "items": {"/vulnerabilities": 15, "/indicators": 14, "/forms": 4},
        "options": {"/judgement/at-risk": 3},
        "points": {"/tool": 1},
    },
    "wolverhampton-induction 1.0.0": {
        "items": {"/checklist": 3},
        "points": {
            "/extent-and-nature": 8,
            "/risks": 9,
            "/indicators": 10,
            "/what-to-do": 7,
            "/if-worried": 6,
            "/further-information": 4,
        },
        "levels": {"completion": 2},
    },
}
"""What each form must hold: items (rows and questions, those of groups included) of a section, options of a
question, points, terms and links of a section's guidance, levels of an assessment.

"+ 1" is what a source adds to its own list: other vulnerabilities, and the resilience factors.
"""


class Place(NamedTuple):
    """Words that stand together in a definition, and where they come from."""

    pointer: str
    words: tuple[str, ...]
    provenance: Node | None


def fold(text: str) -> str:
    """The text with each run of white space as one space: the sources break lines where the page did."""
    return " ".join(text.split())


def load(path: Path) -> Node:
    document: Node = json.loads(path.read_text(encoding="utf-8"))
    return document


def source_text(file: str) -> str:
    return fold(SOURCES[file].read_text(encoding="utf-8"))


# Where words stand in a definition.


def places(form: Node) -> Iterator[Place]:
    """Every place of the form that has words, but its own title, which has no provenance."""
    words = form["x-form"]
    yield from guidance_places("/x-form", words)
    for at, assessment in enumerate(words.get("assessments", ())):
        yield from assessment_places(f"/x-form/assessments/{at}", assessment)
    for group in ("prompts", "checks"):
        for at, entry in enumerate(words.get(group, ())):
            yield place(f"/x-form/{group}/{at}", entry, "text")
    for group in ("properties", "$defs"):
        for name, item in form.get(group, {}).items():
            yield from item_places(f"/{group}/{name}", item)


def place(pointer: str, node: Node, *names: str) -> Place:
    return Place(pointer, tuple(node[name] for name in names if name in node), node.get("provenance"))


def guidance_places(pointer: str, words: Node) -> Iterator[Place]:
    for at, guidance in enumerate(words.get("guidance", ())):
        found = [guidance[name] for name in ("title", "text") if name in guidance]
        found += guidance.get("list", ())
        for term in guidance.get("terms", ()):
            found += [term["term"], *term["texts"]]
        for link in guidance.get("links", ()):
            found += [link["title"], link["href"]]
        yield Place(f"{pointer}/guidance/{at}", tuple(found), guidance.get("provenance"))


def assessment_places(pointer: str, assessment: Node) -> Iterator[Place]:
    yield place(pointer, assessment, "title")
    for at, level in enumerate(assessment["levels"]):
        included = [level["includes"]["text"]] if "includes" in level else []
        found = place(f"{pointer}/levels/{at}", level, "title", "description")
        yield found._replace(words=(*found.words, *included, *level.get("interventions", ())))
    for group in ("rules", "adjustments"):
        for at, entry in enumerate(assessment.get(group, ())):
            yield place(f"{pointer}/{group}/{at}", entry, "because")
    if "otherwise" in assessment:
        yield place(f"{pointer}/otherwise", assessment["otherwise"], "because")


def item_places(pointer: str, item: Node) -> Iterator[Place]:
    words = item.get("x-form", {})
    hint = words.get("hint", ())
    hints = hint.values() if isinstance(hint, dict) else [hint] if hint else []
    found = [item[name] for name in ("title", "description") if name in item]
    found += [*hints, *([words["rowHeader"]] if "rowHeader" in words else []), *words.get("columns", {}).values()]
    if found:
        yield Place(pointer, tuple(found), words.get("provenance"))
    yield from guidance_places(f"{pointer}/x-form", words)
    for at, option in enumerate(item.get("oneOf", ())):
        yield option_place(f"{pointer}/oneOf/{at}", option, words.get("provenance"))
    for name, part in item.get("properties", {}).items():
        yield from item_places(f"{pointer}/properties/{name}", part)
    if "items" in item:
        rows = item["items"]
        inherited = {"provenance": words.get("provenance")} | rows.get("x-form", {})
        yield from item_places(f"{pointer}/items", rows | {"x-form": inherited})


def option_place(pointer: str, option: Node, question: Node | None) -> Place:
    """An option that says nothing of its provenance comes from where its question comes from."""
    found = place(pointer, option, "title", "description")
    return found._replace(provenance=option.get("x-form", {}).get("provenance", question))


# What is asked of the words.


def listed_sources(form: Node) -> dict[str, str]:
    """The file of each source that the form lists, by the source's id."""
    return {source["id"]: source["file"] for source in form["x-form"]["sources"]}


def untraced(form: Node) -> list[str]:
    """The places whose provenance is missing, or names a source that the form does not list."""
    sources = listed_sources(form)
    problems = [
        f"{pointer}: the form lists no source {entry['source']!r}"
        for pointer, entry in traced(form)
        if entry and "source" in entry and entry["source"] not in sources
    ]
    problems += [
        f"{pointer}: it names no source, and does not say that it is derived"
        for pointer, entry in traced(form)
        if not entry or not ("source" in entry or "derived" in entry)
    ]
    return problems


def traced(form: Node) -> Iterator[tuple[str, Node | None]]:
    yield from ((found.pointer, found.provenance) for found in places(form))
    yield from ((f"/x-form/withheld/{at}", entry) for at, entry in enumerate(form["x-form"]["withheld"]))


def reworded(form: Node) -> list[str]:
    """The wordings, and the passages shown or withheld, that their source does not have."""
    texts = {name: source_text(file) for name, file in listed_sources(form).items()}
    problems = []
    for found in places(form):
        entry = found.provenance or {}
        source = texts.get(entry.get("source", ""))
        if source is not None:
            said = () if "derived" in entry else found.words
            wrong = [word for word in said if not is_faithful(word, entry, source)]
            wrong += [entry["shows"]] if fold(entry.get("shows", "")) not in source else []
            problems += [f"{found.pointer}: the source does not say {word!r}" for word in wrong]
    for at, entry in enumerate(form["x-form"]["withheld"]):
        if not is_withheld_from(texts.get(entry["source"], ""), entry):
            where = f" after {entry['after']!r}" if "after" in entry else ""
            problems.append(f"/x-form/withheld/{at}: the source does not say {entry['text']!r}{where}")
    if not is_faithful_title(form, texts):
        problems.append(f"/title: {form['title']!r} neither stands in a source nor quotes a source's title")
    return problems


def is_faithful(word: str, provenance: Node, source: str) -> bool:
    """Whether the source has the word, or shows what was mended into it."""
    if any(passage in source for passage in as_printed(word)):
        return True
    shows = fold(provenance.get("shows", ""))
    return bool(shows) and shows in source and is_mend(fold(word), shows)


def is_withheld_from(source: str, entry: Node) -> bool:
    """Whether the source has the passage, and where the entry says what it comes after, comes after that."""
    after = fold(entry.get("after", ""))
    start = source.find(after) + len(after) if after in source else len(source)
    return fold(entry["text"]) in source[start:]


def is_mend(word: str, shows: str) -> bool:
    """A mend moves marks and spaces, puts letters in order or parts what ran together; it adds no letter."""
    letters, shown = (re.sub(r"[\W_]", "", text) for text in (word, shows))
    return letters in shown or sorted(letters) == sorted(shown)


def as_printed(word: str) -> list[str]:
    """The word, and an address without the scheme that a page leaves out."""
    scheme, mark, address = fold(word).partition("://")
    return [fold(word), address] if mark and scheme in {"http", "https"} else [fold(word)]


def is_faithful_title(form: Node, texts: dict[str, str]) -> bool:
    """A form's title has no provenance: it stands in a source, or quotes the title that a source has."""
    title = fold(form["title"])
    quoted = [fold(source["title"]) for source in form["x-form"]["sources"]]
    stands = any(title in text for text in texts.values())
    return stands or any(name in title and name in text for name in quoted for text in texts.values())


def lost(file: str, forms: Iterable[Node]) -> list[str]:
    """What is left of a source when all that the forms say, show as mended or withhold is struck out.

    The longest passages are struck out first, wherever they stand, and never within a word; a capital letter
    after another letter is taken for the start of a word, since the sources run sentences together.
    """
    passages = {passage for form in forms for passage in accounted_for(file, form)}
    rest = source_text(file)
    for passage in sorted(passages, key=lambda passage: (-len(passage), passage)):
        start = r"(?<![^\W_])" if re.match(r"[^\W_]", passage) and not passage[0].isupper() else ""
        end = r"(?![^\W_A-Z])" if re.search(r"[^\W_]$", passage) else ""
        rest = re.sub(f"{start}{re.escape(passage)}{end}", "\n", rest)
    return [f"{file}: no form says {piece.strip()!r}" for piece in rest.split("\n") if re.search(r"[^\W_]", piece)]


def accounted_for(file: str, form: Node) -> Iterator[str]:
    """The passages of this source that the form has: its wordings, what was mended, and what is withheld."""
    sources = [name for name, listed in listed_sources(form).items() if listed == file]
    for found in places(form):
        entry = found.provenance or {}
        if entry.get("source") in sources and "derived" not in entry:
            yield from (passage for word in found.words for passage in as_printed(word))
            yield from [fold(entry["shows"])] if "shows" in entry else []
    yield from (fold(entry["text"]) for entry in form["x-form"]["withheld"] if entry["source"] in sources)
    if sources:
        yield fold(form["title"])
    yield from (fold(entry["title"]) for entry in form["x-form"]["sources"] if entry["id"] in sources)


def miscounted(form: Node, expected: dict[str, dict[str, int]]) -> list[str]:
    """The places that do not hold as many items, options, points or levels as they should."""
    return [
        f"{where}: {found} {kind} in place of {number}"
        for kind, numbers in expected.items()
        for where, number in numbers.items()
        if (found := count(form, kind, where)) != number
    ]


def count(form: Node, kind: str, where: str) -> int:
    if kind == "levels":
        assessments = form["x-form"].get("assessments", ())
        return sum(len(entry["levels"]) for entry in assessments if entry["id"] == where)
    node = form
    for name in where.strip("/").split("/"):
        node = node.get("properties", {}).get(name, {})
    return {"items": count_items, "options": count_options, "points": count_points}[kind](node)


def count_items(section: Node) -> int:
    """Rows and questions. A group is none, nor is a table that the user adds rows to."""
    parts = section.get("properties", {}).values()
    return sum(count_items(part) if "properties" in part else not is_open_table(part) for part in parts)


def is_open_table(item: Node) -> bool:
    return "$ref" in item.get("items", {}) or "properties" in item.get("items", {})


def count_options(question: Node) -> int:
    return len(question.get("items", question).get("oneOf", ()))


def count_points(section: Node) -> int:
    guidance = section.get("x-form", {}).get("guidance", ())
    return sum(len(entry.get(name, ())) for entry in guidance for name in ("list", "terms", "links"))


# The definitions that are shipped.


@pytest.fixture(params=DEFINITIONS, name="name")
def _name(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture(name="form")
def _form(name: str) -> Node:
    return load(DEFINITIONS[name])


def test_everything_in_a_definition_says_where_it_comes_from(form: Node) -> None:
    assert untraced(form) == []


def test_every_wording_is_its_sources(form: Node) -> None:
    assert reworded(form) == []


def test_every_section_has_as_many_items_as_its_source(name: str, form: Node) -> None:
    assert miscounted(form, COUNTS.get(name, {})) == []


def test_the_counts_are_those_of_forms_that_exist() -> None:
    assert set(COUNTS) - set(DEFINITIONS) == set()


@pytest.mark.parametrize("file", SOURCES)
def test_nothing_of_a_source_is_lost(file: str) -> None:
    assert lost(file, map(load, DEFINITIONS.values())) == []


# That the checks can fail. Each test spoils a copy of a definition, and sees the place named.

SPOILT = "wales-strength-concern 1.0.0"


@pytest.fixture(name="copy")
def _copy() -> Node:
    return load(DEFINITIONS[SPOILT])


def source_of(form: Node) -> str:
    return str(form["x-form"]["sources"][0]["file"])


def test_one_letter_changed_is_named(copy: Node) -> None:
    item = copy["properties"]["trauma"]["properties"]["neglect"]
    item["title"] = item["title"].replace("Neglect", "Neglact")
    assert reworded(copy) == ["/properties/trauma/properties/neglect: the source does not say 'Exposure to Neglact'"]
    assert lost(source_of(copy), [copy]) == [f"{source_of(copy)}: no form says 'Exposure to Neglect'"]


def test_one_letter_changed_in_guidance_is_named(copy: Node) -> None:
    guidance = copy["properties"]["identifying"]["x-form"]["guidance"][0]
    guidance["list"][1] = guidance["list"][1].replace("should", "could", 1)
    assert [problem.partition(":")[0] for problem in reworded(copy)] == ["/properties/identifying/x-form/guidance/0"]


def test_an_item_dropped_is_named(copy: Node) -> None:
    del copy["properties"]["social"]["properties"]["hobbies"]
    assert len(lost(source_of(copy), [copy])) == 1
    assert "has one or more hobbies/interest, valued by others" in lost(source_of(copy), [copy])[0]
    assert miscounted(copy, COUNTS[SPOILT]) == ["/social: 6 items in place of 7"]


def test_an_item_dropped_is_counted_though_another_has_its_words(copy: Node) -> None:
    del copy["properties"]["prompts"]["properties"]["exposure-to-child-sexual-abuse"]
    assert lost(source_of(copy), [copy]) == []
    assert miscounted(copy, COUNTS[SPOILT]) == ["/prompts: 4 items in place of 5"]


def test_a_point_of_guidance_dropped_is_named(copy: Node) -> None:
    del copy["properties"]["prompts"]["x-form"]["guidance"][0]["list"][0]
    assert len(lost(source_of(copy), [copy])) == 1
    assert "unexplained injuries" in lost(source_of(copy), [copy])[0]
    assert miscounted(copy, COUNTS[SPOILT]) == ["/prompts: 3 points in place of 4"]


def test_a_withheld_passage_dropped_is_named(copy: Node) -> None:
    copy["x-form"]["withheld"] = [
        entry for entry in copy["x-form"]["withheld"] if entry["text"] != "Child has a second state"
    ]
    assert len(lost(source_of(copy), [copy])) == 1
    assert "has a second state" in lost(source_of(copy), [copy])[0]


def test_a_withheld_passage_that_the_source_lacks_is_named(copy: Node) -> None:
    copy["x-form"]["withheld"][0] |= {"text": "Child has a second home", "after": "Social Development"}
    assert reworded(copy) == [
        "/x-form/withheld/0: the source does not say 'Child has a second home' after 'Social Development'"
    ]


def test_a_mend_may_not_reword(copy: Node) -> None:
    item = copy["properties"]["prompts"]["properties"]["physical-signs"]
    assert item["x-form"]["provenance"]["shows"] == "Phyiscal signs"
    item["title"] = "Bodily signs"
    assert reworded(copy) == ["/properties/prompts/properties/physical-signs: the source does not say 'Bodily signs'"]


def test_a_mend_of_what_the_source_does_not_show_is_named(copy: Node) -> None:
    item = copy["properties"]["prompts"]["properties"]["physical-signs"]
    item["x-form"]["provenance"]["shows"] = "Physcial signs"
    assert reworded(copy) == ["/properties/prompts/properties/physical-signs: the source does not say 'Physcial signs'"]


def test_a_missing_provenance_is_named(copy: Node) -> None:
    del copy["properties"]["education"]["properties"]["attendance"]["x-form"]["provenance"]
    assert untraced(copy) == [
        "/properties/education/properties/attendance: it names no source, and does not say that it is derived"
    ]


def test_a_source_that_the_form_does_not_list_is_named(copy: Node) -> None:
    copy["x-form"]["guidance"][0]["provenance"]["source"] = "elsewhere"
    assert untraced(copy) == ["/x-form/guidance/0: the form lists no source 'elsewhere'"]


def test_a_title_that_no_source_has_is_named(copy: Node) -> None:
    copy["title"] = "Strengths and needs"
    assert [problem.partition(":")[0] for problem in reworded(copy)] == ["/title"]
