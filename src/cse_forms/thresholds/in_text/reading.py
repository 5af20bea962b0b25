"""Texts read as conditions: to the JSON that a definition holds."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from cse_forms.schema.faults import suggestion
from cse_forms.thresholds.in_text.spelling import NOT_JSON, TYPES, json_value
from cse_forms.thresholds.in_text.tokens import Tokens

Node = dict[str, Any]

_CONDITIONS = (
    "a condition, which begins with a pointer such as /child/name, 'tag', 'measure', 'assessment', 'condition', "
    "'unsettled', 'all of', 'any of' or 'not',"
)
_PREDICATES = "what is asked, which begins with 'is', 'is not', 'has at least', 'includes', 'weighs' or 'not',"
_NUMBER = "a number, or 'measure' and its id"
_TYPES = {said: name for name, said in TYPES.items()}


def read_condition(text: str) -> Node:
    """Return the condition that a text says.

    Raises:
        ConditionTextError: it says none; with the place, and what was expected there.
    """
    return whole(text, condition)


def whole(text: str, read: Callable[[Tokens], Node]) -> Node:
    """Read all of a text."""
    tokens = Tokens(text)
    found = read(tokens)
    if tokens.peek().kind != "end":
        tokens.refuse("the end")
    return found


def condition(tokens: Tokens) -> Node:
    """Read a condition."""
    for joining in ("all", "any"):
        if tokens.took(joining, "of"):
            return {joining: listed(tokens, condition)}
    if tokens.took("not"):
        return {"not": bracketed(tokens, condition)}
    if tokens.took("measure"):
        return {"measure": tokens.word("the id of a measure"), "match": match(tokens)}
    if tokens.took("assessment"):
        return {"assessment": tokens.word("the id of an assessment")} | level(tokens)
    if tokens.took("condition"):
        return {"condition": tokens.word("the name of a condition")}
    if tokens.took("unsettled"):
        if tokens.peek().kind != "text":
            tokens.refuse("what the policy leaves open, in quotation marks,")
        return {"unsettled": tokens.take().value}
    return _items(tokens)


def selector(tokens: Tokens, expected: str = "a pointer such as /child/name, or 'tag' and a tag,") -> Any:
    """Read what is selected: one selector, or a list of several."""
    found: list[Any] = []
    while not found or tokens.took(","):
        if tokens.took("tag"):
            tag: Node = {"tag": tokens.word("a tag")}
            found.append(tag | ({"at": tokens.word("the way to the question")} if tokens.took("at") else {}))
        elif tokens.peek().kind in {"word", "text"} and str(tokens.peek().value).startswith(("/", "./")):
            found.append(tokens.take().value)
        else:
            near = suggestion(tokens.peek().written.casefold(), _FIRST_WORDS) if tokens.peek().kind == "word" else ""
            tokens.refuse(f"{expected}{f' ({near[2:]})' if near else ''}")
    return found[0] if len(found) == 1 else found


_FIRST_WORDS = ("tag", "measure", "assessment", "condition", "unsettled", "all", "any", "not")


def match(tokens: Tokens) -> Node:
    """Read what is asked of an answer or a number."""
    return _joined(tokens, _predicate)


def level(tokens: Tokens) -> Node:
    """Read what is asked of a level."""

    def asked(tokens: Tokens) -> Node:
        for word, said in (("atLeast", "least"), ("atMost", "most")):
            if tokens.took("is", "at", said):
                return {word: tokens.word("the id of a level")}
        return {"match": _predicate(tokens)}

    found: Node = {}
    while True:
        at, part = tokens.peek().at, asked(tokens)
        asked_twice = part.keys() & found.keys()
        if asked_twice == {"match"} and not part["match"].keys() & found["match"].keys():
            found["match"] |= part["match"]
        elif asked_twice:
            tokens.fault(at, "this is asked twice; keep one")
        else:
            found |= part
        if not tokens.took("and"):
            return found


def number(tokens: Tokens) -> Any:
    """Read a number, or the measure that it is taken from."""
    if tokens.took("measure"):
        return {"measure": tokens.word("the id of a measure")}
    token = tokens.peek()
    value = json_value(token.written) if token.kind == "word" else NOT_JSON
    if isinstance(value, bool) or not isinstance(value, int | float):
        tokens.refuse(_NUMBER)
    tokens.take()
    return value


def listed(tokens: Tokens, read: Callable[[Tokens], Any], separator: str = ";") -> list[Any]:
    """Read members in brackets."""
    tokens.open()
    found = [read(tokens)]
    while tokens.took(separator):
        found.append(read(tokens))
    tokens.close(f"'{separator}' or ")
    return found


def bracketed(tokens: Tokens, read: Callable[[Tokens], Node]) -> Node:
    """Read what stands in brackets."""
    tokens.open()
    found = read(tokens)
    tokens.close()
    return found


def modifiers(tokens: Tokens, known: Mapping[tuple[str, ...], Callable[[Tokens], Node]], comma: str | None) -> Node:
    """Read what stands after something: each of some words at most once, in any order.

    Args:
        tokens: the text.
        known: the words that one begins with, and what reads the rest of it.
        comma: the mark that stands before each, if one does.
    """
    found: Node = {}
    while comma is None or tokens.took(comma):
        at = tokens.peek().at
        read = next((read for words, read in known.items() if tokens.took(*words)), None)
        if read is None:
            if comma is None:
                return found
            tokens.refuse(" or ".join(f"'{' '.join(words)}'" for words in known))
        part = read(tokens)
        if part.keys() & found.keys():
            tokens.fault(at, "this is said twice; keep one")
        found |= part
    return found


def where(tokens: Tokens) -> Node:
    """Read the condition that stands after "where"."""
    return {"when": bracketed(tokens, condition)}


def answer(tokens: Tokens) -> Any:
    """Read an answer."""
    token = tokens.peek()
    if token.kind not in {"word", "text", "json"}:
        tokens.refuse("an answer")
    tokens.take()
    if token.kind != "word":
        return token.value
    value = json_value(token.written)
    return token.value if value is NOT_JSON else value


def _items(tokens: Tokens) -> Node:
    found: Node = {"items": selector(tokens, _CONDITIONS), "match": match(tokens)}
    return found | modifiers(tokens, _QUANTITIES, ",")


def _count(tokens: Tokens) -> Any:
    at, found = tokens.peek().at, number(tokens)
    if isinstance(found, float):
        tokens.fault(at, "a whole number was expected here")
    return found


_QUANTITIES: dict[tuple[str, ...], Callable[[Tokens], Node]] = {
    ("at", "least"): lambda tokens: {"atLeast": _count(tokens)},
    ("at", "most"): lambda tokens: {"atMost": _count(tokens)},
    ("every", "one"): lambda _: {"every": True},
    ("where",): where,
}


def _joined(tokens: Tokens, read: Callable[[Tokens], Node]) -> Node:
    found: Node = {}
    while True:
        at, part = tokens.peek().at, read(tokens)
        if part.keys() & found.keys():
            tokens.fault(at, "this is asked twice; keep one, or put each in a condition of its own")
        found |= part
        if not tokens.took("and"):
            return found


def _predicate(tokens: Tokens) -> Node:
    if tokens.took("has"):
        tokens.expect("at", "least")
        length = _count(tokens)
        if not tokens.took("characters"):
            tokens.expect("character")
        return {"minLength": length}
    if tokens.took("includes"):
        is_match = tokens.peek().is_("(")
        return {"contains": bracketed(tokens, match) if is_match else {"const": answer(tokens)}}
    if tokens.took("not"):
        return {"not": bracketed(tokens, match)}
    if tokens.took("weighs"):
        return {"weight": bracketed(tokens, match)}
    if not tokens.took("is") and not tokens.took("are"):
        tokens.refuse(_PREDICATES)
    return _is(tokens)


def _is(tokens: Tokens) -> Node:
    """Read what stands after "is"."""
    if tokens.took("not"):
        return {"answered": False} if tokens.took("answered") else {"not": {"const": _value(tokens)}}
    if tokens.took("answered"):
        return {"answered": True}
    if tokens.took("one", "of"):
        if tokens.peek().is_("(") and tokens.peek(1).is_(")"):
            tokens.expect("(", ")")
            return {"enum": []}
        return {"enum": listed(tokens, answer, ",")}
    if tokens.took("of", "type"):
        return _type(tokens)
    if tokens.took("more", "than"):
        return {"exclusiveMinimum": number(tokens)}
    if tokens.took("less", "than"):
        return {"exclusiveMaximum": number(tokens)}
    if tokens.took("within"):
        return {"within": _span(tokens)}
    at = tokens.peek().at
    value = _value(tokens)
    is_number = isinstance(value, int | float | dict) and not isinstance(value, bool)
    for word, bound in (("more", "minimum"), ("less", "maximum")):
        if tokens.took("or", word):
            if not is_number:
                tokens.fault(at, f"{_NUMBER}, was expected before 'or {word}'")
            return {bound: value}
    if tokens.peek().is_("or") and is_number:
        tokens.expect("or")
        tokens.refuse("'more' or 'less'")
    if tokens.peek().is_("or"):
        tokens.fault(tokens.peek().at, "for one of several answers write 'is one of (this, that)'")
    return {"const": value}


def _value(tokens: Tokens) -> Any:
    return number(tokens) if tokens.peek().is_("measure") else answer(tokens)


def _type(tokens: Tokens) -> Node:
    if tokens.peek().value not in _TYPES:
        tokens.refuse(" or ".join(_TYPES))
    return {"type": _TYPES[tokens.take().value]}


def _span(tokens: Tokens) -> Node:
    amount = number(tokens)
    unit = next((unit for unit in ("years", "months", "days") if tokens.took(unit) or tokens.took(unit[:-1])), None)
    if unit is None:
        tokens.refuse("'years', 'months' or 'days'")
    if tokens.took("before"):
        return {unit: amount, "before": tokens.word("the pointer of a date")}
    if not tokens.took("of"):
        tokens.refuse("'before' and the pointer of a date, or 'of one another',")
    tokens.expect("one", "another")
    return {unit: amount}
