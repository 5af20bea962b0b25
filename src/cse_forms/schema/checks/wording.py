"""What is awkward in the wording: sections that are named and not there, options that overlap, a number used twice.

Read straight from the document, so that it is told of a definition that has faults as well.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator
from itertools import combinations
from typing import Any, NamedTuple

from cse_forms import pointers
from cse_forms.schema.checks.form import FormDocument, object_of, objects, options_of
from cse_forms.schema.faults import Awkward
from cse_forms.schema.places import ROW

_NUMBER = r"\d+(?:\.\d+)*"
_DASH = "[-\N{EN DASH}]"
_AND_MORE = rf"(?:\s*,\s*|\s*{_DASH}\s*|\s+(?:and|or|to)\s+)"
_NAMED = re.compile(
    rf"\b(?:sections?|parts?)\s+(?P<numbers>{_NUMBER}(?:{_AND_MORE}{_NUMBER})*)(?P<after>[^.;:]{{0,60}})", re.IGNORECASE
)
_OF_A_LAW = re.compile(
    r"^\W*(?:of\b(?!\s+this)|\w*\s*(?:act|order|enquir|inquir|investigation|assessment|strategy)\w*)|\bact\b",
    re.IGNORECASE,
)
"""What follows the number of a section of an Act, such as "section 47 enquiries", and not of the form."""
_NEAR = 10
"""By how much a number may be beyond the form's last one and still be meant as one of its own."""
_NO_WORDING = {"provenance", "withheld", "sources", "$comment", "$id", "$schema", "$ref", "const", "number"}


def wording_warnings(form: FormDocument) -> Iterator[Awkward]:
    """Yield what is awkward in the wording of a definition's document, be it sound or not."""
    yield from _sections_named(form)
    yield from _numbers_twice(form)
    yield from _titles_twice(form)
    for place in {place.at: place for place in form.root.walk()}.values():
        if options_of(place.schema):
            yield from _overlapping(place.at, place.schema)


def _sections_named(form: FormDocument) -> Iterator[Awkward]:
    """What refers to a section by a number that none has; a form without numbers has nothing to refer to."""
    known = {number for place in form.root.walk() if isinstance(number := place.words.get("number"), str)}
    firsts = {int(number.partition(".")[0]) for number in known if number.partition(".")[0].isdecimal()}
    if not firsts:
        return
    for at, text in _texts("", form.document):
        for found in _NAMED.finditer(text):
            for number in re.findall(_NUMBER, found["numbers"]):
                first = number.partition(".")[0]
                is_ours = int(first) <= max(firsts) + _NEAR and not _OF_A_LAW.search(found["after"])
                if is_ours and first not in known and number not in known and int(first) not in firsts:
                    listed = ", ".join(sorted(known, key=_as_numbers))
                    message = f"this names section {number}, and the form has none; its sections are {listed}"
                    yield Awkward(at, "no-section", message)


def _as_numbers(number: str) -> tuple[int, ...]:
    return tuple(int(part) for part in re.findall(r"\d+", number)[:8])


def _texts(at: str, value: Any) -> Iterator[tuple[str, str]]:
    """Yield the texts of a document that people read, and some that are no wording and name no section."""
    if isinstance(value, str):
        yield at, value
    elif isinstance(value, dict):
        for key, member in value.items():
            if key not in _NO_WORDING:
                yield from _texts(f"{at}/{pointers.escape(key)}", member)
    elif isinstance(value, list):
        for index, member in enumerate(value):
            yield from _texts(f"{at}/{index}", member)


def _numbers_twice(form: FormDocument) -> Iterator[Awkward]:
    """Sections that have the same number: nobody could tell which is meant."""
    first: dict[str, str] = {}
    for place in form.root.walk():
        number = place.words.get("number")
        if place.keys and isinstance(number, str) and first.setdefault(number, place.pointer) != place.pointer:
            message = f"{first[number]} has the same number, '{number}'; give one of them another"
            yield Awkward(place.at, "same-number", message)


def _titles_twice(form: FormDocument) -> Iterator[Awkward]:
    """Questions and sections beside one another that bear the same words: nobody could tell their answers apart."""
    first: dict[tuple[tuple[str, ...], str], str] = {}
    for place in form.root.walk():
        title = place.schema.get("title")
        # Beside the levels of an assessment, each question has a heading of its own.
        is_headed = place.holder is not None and place.holder.words.get("layout") == "levels"
        if not place.keys or not isinstance(title, str) or not title or place.keys[-1] == ROW or is_headed:
            continue
        other = first.setdefault((place.keys[:-1], title), place.pointer)
        if other != place.pointer:
            yield Awkward(place.at, "same-title", f"{other} has the same title, '{title}'; give one of them another")


class _Span(NamedTuple):
    """The numbers that an option says in words, from one to the other."""

    first: float
    last: float
    rest: str
    """The other words."""


def _overlapping(at: str, schema: dict[str, Any]) -> Iterator[Awkward]:
    """Options between which people could not choose, or programs could not tell them apart."""
    at = f"{at}/oneOf" if "oneOf" in schema else f"{at}/items/oneOf"
    written = schema.get("oneOf", object_of(schema.get("items")).get("oneOf"))
    for (_, one), (other_at, other) in combinations(list(objects(at, written)), 2):
        title, other_title = one.get("title"), other.get("title")
        if isinstance(title, str) and isinstance(other_title, str):
            if title != other_title and _folded(title) == _folded(other_title):
                message = f"this option reads like '{title}'; give one of the two another title, or take it out"
                yield Awkward(other_at, "options-overlap", message)
            elif _share_numbers(_span(title), _span(other_title)):
                message = f"a number can lie in this option and in '{title}'; let one begin after the other ends"
                yield Awkward(other_at, "options-overlap", message)
        values = one.get("const"), other.get("const")
        if _is_number_and_text(*values):
            message = f"'{values[0]}' is a text in one option and a number in another; write both in the same way"
            yield Awkward(other_at, "options-overlap", message)


def _folded(title: str) -> str:
    return " ".join(re.findall(r"\w+", title.casefold()))


def _is_number_and_text(one: Any, other: Any) -> bool:
    kinds = {type(one), type(other)}
    return str in kinds and bool(kinds & {int, float}) and str(one) == str(other)


_AMOUNT = r"(\d+(?:\.\d+)?)"
_SPAN = re.compile(rf"{_AMOUNT}\s*(?:{_DASH}|to)\s*{_AMOUNT}\b")
_FROM = re.compile(rf"{_AMOUNT}\s*(?:or more|or over|and over|and above|\+)")
_UP_TO = re.compile(rf"{_AMOUNT}\s*(?:or less|or fewer|or under|and under)")
_YEARS = range(1900, 2200)
"""What is a year, and no amount: "2024-2025" and "2025-2026" are told apart."""


def _span(title: str) -> _Span | None:
    """Return the numbers that an option is for, where its title begins with them."""
    words = title.strip().casefold()
    for pattern, has_end in ((_SPAN, True), (_FROM, False), (_UP_TO, False)):
        found = pattern.match(words)
        if found is not None and float(found[1]) not in _YEARS:
            first = -math.inf if pattern is _UP_TO else float(found[1])
            last = float(found[2]) if has_end else math.inf if pattern is _FROM else float(found[1])
            return _Span(first, last, words[found.end() :].strip())
    return None


def _share_numbers(one: _Span | None, other: _Span | None) -> bool:
    """Whether a number can lie in both, of the same thing."""
    if one is None or other is None or one.rest != other.rest:
        return False
    return max(one.first, other.first) <= min(one.last, other.last)
