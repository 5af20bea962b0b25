"""Texts read as measures and bands: to the JSON that a definition holds."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from cse_forms.thresholds.in_text.reading import Node, level, listed, match, modifiers, number, selector, where, whole
from cse_forms.thresholds.in_text.spelling import ROUNDS
from cse_forms.thresholds.in_text.tokens import Tokens

_MEASURES = (
    "a measure, which begins with 'sum of', 'highest of', 'lowest of', 'count of', 'product of', 'quotient of', "
    "'years from', 'months from', 'days from' or 'constant',"
)


def read_measure(text: str) -> Node:
    """Return the measure that a text says, without its title.

    Raises:
        ConditionTextError: it says none; with the place, and what was expected there.
    """
    return whole(text, _measure)


def read_bands(text: str) -> list[Node]:
    """Return the bands that a text says, one on each line.

    Raises:
        ConditionTextError: it says none; with the place, and what was expected there.
    """
    found: list[Node] = []
    tokens = Tokens(text)
    while not found or tokens.took(";") or tokens.peek().kind != "end":
        found.append(_band(tokens))
    return found


def _measure(tokens: Tokens) -> Node:
    for word in ("sum", "highest", "lowest"):
        if tokens.took(word, "of"):
            gaps = _GAPS if word != "sum" else _GAPS | _PRORATED
            return {word: listed(tokens, _term)} | modifiers(tokens, gaps, ",")
    if tokens.took("count", "of"):
        return _count(tokens)
    if tokens.took("product", "of"):
        return {"product": listed(tokens, number)}
    if tokens.took("quotient", "of"):
        return {"quotient": listed(tokens, number)} | modifiers(tokens, _ROUNDED | _DECIMALS, ",")
    for unit in ("years", "months", "days"):
        if tokens.took(unit):
            tokens.expect("from")
            start = tokens.word("the pointer of a date")
            tokens.expect("to")
            return {unit: {"from": start, "to": tokens.word("the pointer of a date")}}
    if not tokens.took("constant"):
        tokens.refuse(_MEASURES)
    if tokens.peek().is_("measure"):
        tokens.refuse("a number")
    return {"constant": number(tokens)}


def _count(tokens: Tokens) -> Node:
    counted: Node
    if tokens.took("assessments"):
        ids = [tokens.word("the id of an assessment")]
        while tokens.took(","):
            ids.append(tokens.word("the id of an assessment"))
        counted = {"assessments": ids} | level(tokens)
        return {"count": counted} | modifiers(tokens, _GAPS, ",")
    counted = {"items": selector(tokens), "match": match(tokens)}
    found = modifiers(tokens, _GAPS | {("where",): where}, ",")
    if "when" in found:
        counted["when"] = found.pop("when")
    return {"count": counted} | found


def _term(tokens: Tokens) -> Node:
    term: Node
    if tokens.took("measure"):
        term = {"measure": tokens.word("the id of a measure")}
    else:
        term = {"items": selector(tokens, "a pointer such as /child/name, 'tag' and a tag, or 'measure' and its id,")}
    return term | modifiers(tokens, _WEIGHING | _TERM, None)


def _scale(tokens: Tokens) -> Node:
    if tokens.took("as", "it", "is"):
        return {}
    found = modifiers(tokens, _WEIGHING | {("where",): where}, None)
    if not found:
        tokens.refuse("'weighing', 'in steps', 'where' or 'as it is'")
    return found


def _weight(tokens: Tokens) -> tuple[str, Any]:
    option = tokens.word("an option, or 'else',")
    tokens.expect(":")
    return option, number(tokens)


def _weights(tokens: Tokens) -> Node:
    at = tokens.peek().at
    listed_ = listed(tokens, _weight, ",")
    weights = dict(listed_)
    if len(weights) < len(listed_):
        tokens.fault(at, "an option stands here twice; keep one")
    return {"weights": weights}


def _step(tokens: Tokens) -> Node:
    step: Node = {}
    if tokens.took("up", "to"):
        step["maximum"] = number(tokens)
    elif tokens.took("less", "than"):
        step["exclusiveMaximum"] = number(tokens)
    elif not tokens.took("all", "others"):
        tokens.refuse("'up to', 'less than' or 'all others'")
    tokens.expect(":")
    return step | {"weight": number(tokens)}


def _prorated(tokens: Tokens) -> Node:
    prorate: Node = {"answered": number(tokens)}
    tokens.expect("answered")
    if tokens.peek().is_(",") and tokens.peek(1).is_("rounded"):
        tokens.expect(",", "rounded")
        prorate |= _rounded(tokens)
    return {"missing": {"prorate": prorate}}


def _rounded(tokens: Tokens) -> Node:
    if tokens.peek().value not in ROUNDS.values():
        tokens.refuse(" or ".join(ROUNDS.values()))
    return {"round": tokens.take().value}


def _decimals(tokens: Tokens) -> Node:
    places = number(tokens)
    if not tokens.took("decimal"):
        tokens.expect("decimals")
    return {"decimals": places}


def _band(tokens: Tokens) -> Node:
    band: Node = {}
    if tokens.took("from"):
        band["from"] = number(tokens)
    elif tokens.took("to"):
        band["to"] = number(tokens)
    elif not tokens.took("all", "others"):
        if tokens.peek().kind == "end":
            tokens.refuse("a band such as '6 to 9: medium', 'from 6: medium', 'to 9: medium' or 'all others: medium'")
        band["from"] = number(tokens)
        tokens.expect("to")
        band["to"] = number(tokens)
    tokens.expect(":")
    return band | {"level": tokens.word("the id of a level")}


_Reader = dict[tuple[str, ...], Callable[[Tokens], Node]]

_GAPS: _Reader = {
    ("a", "gap", "counts", "as", "zero"): lambda _: {"missing": "zero"},
    ("a", "gap", "leaves", "it", "unknown"): lambda _: {"missing": "unknown"},
}
_PRORATED: _Reader = {("scaled", "up", "from", "at", "least"): _prorated}
_ROUNDED: _Reader = {("rounded",): _rounded}
_DECIMALS: _Reader = {("to",): _decimals}
_WEIGHING: _Reader = {
    ("weighing",): _weights,
    ("in", "steps"): lambda tokens: {"steps": listed(tokens, _step, ",")},
}
_TERM: _Reader = {
    ("by", "case"): lambda tokens: {"choose": listed(tokens, _scale)},
    ("times",): lambda tokens: {"times": number(tokens)},
    ("where",): where,
}
