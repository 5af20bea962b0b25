"""Conditions and matches written as text."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, assert_never

from cse_forms.schema.conditions import (
    AllCondition,
    AnyCondition,
    AssessmentCondition,
    AssessmentSelection,
    Condition,
    ItemsCondition,
    Match,
    MeasureCondition,
    MeasureReference,
    NamedCondition,
    NotCondition,
    Selector,
    TagSelector,
    UnsettledCondition,
    Within,
)
from cse_forms.thresholds.in_text.spelling import TYPES, answer, number, quoted, word

LINE = 76
"""Characters from which a list stands on lines of its own."""


def condition_text(condition: Condition, written: Any = None) -> str:
    """Return a condition as text.

    Args:
        condition: what is written.
        written: the JSON that it was read from, if its words are to keep their order.
    """
    match condition:
        case ItemsCondition():
            return _items(condition, written)
        case MeasureCondition():
            return f"measure {word(condition.measure)} {match_text(condition.match, within(written, 'match'))}"
        case AssessmentCondition():
            return f"assessment {word(condition.assessment)} {level_text(condition, written)}"
        case NamedCondition():
            return f"condition {word(condition.condition)}"
        case UnsettledCondition():
            return f"unsettled {quoted(condition.unsettled)}"
        case AllCondition():
            return _listed("all of", condition.all, within(written, "all"))
        case AnyCondition():
            return _listed("any of", condition.any, within(written, "any"))
        case NotCondition():
            return f"not {in_brackets([condition_text(condition.not_, within(written, 'not'))])}"
        case _:
            assert_never(condition)


def selector_text(selector: Selector) -> str:
    """Return what a condition or measure reads."""
    return ", ".join(_tagged(one) if isinstance(one, TagSelector) else word(one) for one in selector)


def match_text(match: Match, written: Any = None) -> str:
    """Return what is asked of an answer or a number."""
    said = dict(_predicates(match, written))
    return " and ".join(in_order(said, written))


def level_text(asked: AssessmentCondition | AssessmentSelection, written: Any = None) -> str:
    """Return what is asked of a level."""
    said: dict[str, str] = {}
    if asked.at_least is not None:
        said["atLeast"] = f"is at least {word(asked.at_least)}"
    if asked.at_most is not None:
        said["atMost"] = f"is at most {word(asked.at_most)}"
    if asked.match is not None:
        said["match"] = match_text(asked.match, within(written, "match"))
    return " and ".join(in_order(said, written))


def where_text(condition: Condition, written: Any = None) -> str:
    """Return the condition on the row of each answer."""
    return f"where {in_brackets([condition_text(condition, within(written, 'when'))])}"


def in_order(said: Mapping[str, str], written: Any) -> list[str]:
    """Return the parts of a text in the order in which their words were written, if that is known."""
    words = list(written) if isinstance(written, Mapping) else []
    return [said[one] for one in sorted(said, key=lambda one: words.index(one) if one in words else len(words))]


def within(written: Any, key: str | int) -> Any:
    """Return what stands under a key of the JSON that is written, or None."""
    if isinstance(written, Mapping):
        return written.get(key)
    return written[key] if isinstance(written, list) and isinstance(key, int) and key < len(written) else None


def in_brackets(members: list[str], separator: str = ";") -> str:
    """Return members in brackets: on one line if there is room, else each on its own."""
    line = f"({f'{separator} '.join(members)})"
    if len(line) <= LINE and "\n" not in line:
        return line
    inner = f"{separator}\n".join(members)
    # A text in quotation marks has no line break of its own: JSON writes it as \n.
    indented = "\n".join(f"  {one}" for one in inner.split("\n"))
    return f"(\n{indented}\n)"


def _items(condition: ItemsCondition, written: Any) -> str:
    said: dict[str, str] = {}
    if condition.at_least is not None:
        said["atLeast"] = f"at least {number(condition.at_least)}"
    if condition.at_most is not None:
        said["atMost"] = f"at most {number(condition.at_most)}"
    if condition.every:
        said["every"] = "every one"
    if condition.when is not None:
        said["when"] = where_text(condition.when, written)
    asked = f"{selector_text(condition.items)} {match_text(condition.match, within(written, 'match'))}"
    return ", ".join([asked, *in_order(said, written)])


def _listed(word_: str, conditions: tuple[Condition, ...], written: Any) -> str:
    return f"{word_} {in_brackets([condition_text(one, within(written, at)) for at, one in enumerate(conditions)])}"


def _tagged(selector: TagSelector) -> str:
    return f"tag {word(selector.tag)}" + (f" at {word(selector.at)}" if selector.at is not None else "")


def _predicates(match: Match, written: Any) -> Iterator[tuple[str, str]]:
    """Yield each word of a match with its text."""
    said = match.model_fields_set
    if "const" in said:
        yield "const", f"is {answer(match.const)}"
    if "enum" in said:
        yield "enum", f"is one of ({', '.join(map(answer, match.enum))})"
    if match.minimum is not None:
        yield "minimum", f"is {number(match.minimum)} or more"
    if match.maximum is not None:
        yield "maximum", f"is {number(match.maximum)} or less"
    if match.exclusive_minimum is not None:
        yield "exclusiveMinimum", f"is more than {number(match.exclusive_minimum)}"
    if match.exclusive_maximum is not None:
        yield "exclusiveMaximum", f"is less than {number(match.exclusive_maximum)}"
    if match.min_length is not None:
        yield "minLength", f"has at least {match.min_length} characters"
    if match.type is not None:
        yield "type", f"is of type {TYPES[match.type]}"
    if match.contains is not None:
        yield "contains", f"includes {_inner(match.contains, within(written, 'contains'))}"
    if match.not_ is not None:
        yield "not", _contrary(match.not_, within(written, "not"))
    if match.answered is not None:
        yield "answered", "is answered" if match.answered else "is not answered"
    if match.weight is not None:
        yield "weight", f"weighs {in_brackets([match_text(match.weight, within(written, 'weight'))])}"
    if match.within is not None:
        yield "within", f"is within {_span(match.within)}"


def _inner(match: Match, written: Any) -> str:
    """Return what is asked of one of the options chosen: an answer alone where it is to be that."""
    if match.model_fields_set == {"const"} and not isinstance(match.const, MeasureReference):
        return answer(match.const)
    return in_brackets([match_text(match, written)])


def _contrary(match: Match, written: Any) -> str:
    if match.model_fields_set == {"const"}:
        return f"is not {answer(match.const)}"
    return f"not {in_brackets([match_text(match, written)])}"


def _span(within_: Within) -> str:
    amount = next((number(one), unit) for unit in ("years", "months", "days")
                  if (one := getattr(within_, unit)) is not None)  # fmt: skip
    end = "of one another" if within_.before is None else f"before {word(within_.before)}"
    return f"{' '.join(amount)} {end}"
