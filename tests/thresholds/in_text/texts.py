"""Conditions, measures and bands as JSON, made up by Hypothesis from every word of the language."""

from __future__ import annotations

from typing import Any

from hypothesis import strategies as st

SLUGS = st.sampled_from(["a", "score", "of", "at", "one", "answered", "measure", "1-2", "all", "true", "7", "no-level"])
KEYS = st.one_of(SLUGS, st.sampled_from(["*", "odd key", "a,b", 'q"q', "(x)", "~0", "~1", "é:ü", "[0]", "“x”"]))
POINTERS = st.lists(KEYS, min_size=1, max_size=3).map(lambda keys: "".join(f"/{key}" for key in keys))
SELECTORS = st.one_of(POINTERS, POINTERS.map(lambda pointer: f".{pointer}"))
TEXTS = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=12)
NUMBERS = st.one_of(
    st.integers(-(10**20), 10**20),
    st.floats(allow_nan=False, allow_infinity=False),
    SLUGS.map(lambda name: {"measure": name}),
)
WHOLES = st.one_of(st.integers(1, 10**9), SLUGS.map(lambda name: {"measure": name}))
ROUNDS = st.sampled_from(["half-up", "down", "up", "half-even", "half-open"])
VALUES = st.recursive(
    st.one_of(st.none(), st.booleans(), st.integers(), st.floats(allow_nan=False, allow_infinity=False), SLUGS, TEXTS),
    lambda inner: st.one_of(st.lists(inner, max_size=2), st.dictionaries(TEXTS, inner, max_size=2)),
    max_leaves=3,
)


def in_order(members: dict[str, st.SearchStrategy[Any]]) -> Any:
    """Return objects with these members, in this order."""
    return st.tuples(*members.values()).map(lambda values: dict(zip(members, values, strict=True)))


def words(needed: dict[str, st.SearchStrategy[Any]], free: dict[str, st.SearchStrategy[Any]]) -> Any:
    """Return objects that have some words, and perhaps others in any order after them."""
    first = in_order(needed)
    rest = st.lists(st.sampled_from(sorted(free)), unique=True, max_size=2).flatmap(
        lambda keys: in_order({key: free[key] for key in keys})
    )
    return st.builds(lambda one, other: one | other, first, rest)


def tags() -> Any:
    return words({"tag": SLUGS}, {"at": KEYS})


READ = st.one_of(SELECTORS, tags(), st.lists(st.one_of(SELECTORS, tags()), min_size=2, max_size=3))

WITHIN = st.builds(
    lambda unit, number, before: {unit: number} | ({"before": before} if before else {}),
    st.sampled_from(["years", "months", "days"]),
    NUMBERS,
    st.one_of(st.none(), SELECTORS),
)


def _matches(inner: st.SearchStrategy[Any]) -> Any:
    free: dict[str, st.SearchStrategy[Any]] = {
        "const": VALUES,
        "enum": st.lists(VALUES, max_size=3),
        "minimum": NUMBERS,
        "maximum": NUMBERS,
        "exclusiveMinimum": NUMBERS,
        "exclusiveMaximum": NUMBERS,
        "minLength": st.integers(0, 100),
        "type": st.sampled_from(["string", "number", "integer", "boolean", "array"]),
        "contains": inner,
        "not": inner,
        "answered": st.booleans(),
        "weight": inner,
        "within": WITHIN,
    }
    return st.lists(st.sampled_from(sorted(free)), unique=True, min_size=1, max_size=3).flatmap(
        lambda keys: in_order({key: free[key] for key in keys})
    )


MATCHES = st.recursive(st.just({"const": "yes"}), _matches, max_leaves=3)

LEVEL = st.lists(st.sampled_from(["atLeast", "atMost", "match"]), unique=True, min_size=1).flatmap(
    lambda keys: in_order({key: MATCHES if key == "match" else SLUGS for key in keys})
)

_QUANTITY: st.SearchStrategy[Any] = st.one_of(
    st.just({}),
    st.just({"every": True}),
    in_order({"atLeast": WHOLES}),
    in_order({"atMost": WHOLES, "atLeast": WHOLES}),
)


def _conditions(inner: st.SearchStrategy[Any]) -> Any:
    return st.one_of(
        st.builds(
            lambda items, match, quantity, when: {"items": items, "match": match} | quantity | when,
            READ,
            MATCHES,
            _QUANTITY,
            st.one_of(st.just({}), in_order({"when": inner})),
        ),
        in_order({"measure": SLUGS, "match": MATCHES}),
        st.builds(lambda one, asked: {"assessment": one} | asked, SLUGS, LEVEL),
        in_order({"condition": SLUGS}),
        in_order({"unsettled": TEXTS}),
        in_order({"all": st.lists(inner, min_size=1, max_size=3)}),
        in_order({"any": st.lists(inner, min_size=1, max_size=3)}),
        in_order({"not": inner}),
    )


CONDITIONS = st.recursive(st.just({"condition": "named"}), _conditions, max_leaves=4)

WEIGHTS = st.dictionaries(st.one_of(SLUGS, TEXTS, st.just("else")), NUMBERS, min_size=1, max_size=3)
STEPS = st.lists(
    st.one_of(
        in_order({"maximum": NUMBERS, "weight": NUMBERS}),
        in_order({"exclusiveMaximum": NUMBERS, "weight": NUMBERS}),
        in_order({"weight": NUMBERS}),
    ),
    min_size=1,
    max_size=3,
)
_WEIGHING: st.SearchStrategy[Any] = st.one_of(st.just({}), in_order({"weights": WEIGHTS}), in_order({"steps": STEPS}))
_SCALES = st.builds(lambda one, other: one | other, words({}, {"when": CONDITIONS}), _WEIGHING)
TERMS = st.builds(
    lambda what, how, more: what | how | more,
    st.one_of(in_order({"items": READ}), in_order({"measure": SLUGS})),
    st.one_of(_WEIGHING, in_order({"choose": st.lists(_SCALES, min_size=1, max_size=2)})),
    words({}, {"times": NUMBERS, "when": CONDITIONS}),
)
_TERMS = st.lists(TERMS, min_size=1, max_size=2)
GAP = st.sampled_from(["zero", "unknown"])
_COUNTED = st.one_of(
    words({"items": READ, "match": MATCHES}, {"when": CONDITIONS}),
    st.builds(lambda ids, asked: {"assessments": ids} | asked, st.lists(SLUGS, min_size=1, max_size=2), LEVEL),
)
_PRORATED = in_order({"prorate": words({"answered": WHOLES}, {"round": ROUNDS})})
_QUOTIENT = {"quotient": st.lists(NUMBERS, min_size=2, max_size=2)}

MEASURES = st.one_of(
    words({"sum": _TERMS}, {"missing": st.one_of(GAP, _PRORATED)}),
    words({"highest": _TERMS}, {"missing": GAP}),
    words({"lowest": _TERMS}, {"missing": GAP}),
    words({"count": _COUNTED}, {"missing": GAP}),
    in_order({"product": st.lists(NUMBERS, min_size=1, max_size=3)}),
    in_order(_QUOTIENT),
    words(_QUOTIENT | {"round": ROUNDS}, {"decimals": st.integers(0, 9)}),
    st.builds(
        lambda unit, start, end: {unit: {"from": start, "to": end}},
        st.sampled_from(["years", "months", "days"]),
        POINTERS,
        POINTERS,
    ),
    in_order({"constant": NUMBERS.filter(lambda number: not isinstance(number, dict))}),
)

BANDS = st.lists(
    st.one_of(
        in_order({"from": NUMBERS, "to": NUMBERS, "level": SLUGS}),
        in_order({"from": NUMBERS, "level": SLUGS}),
        in_order({"to": NUMBERS, "level": SLUGS}),
        in_order({"level": SLUGS}),
    ),
    min_size=1,
    max_size=3,
)
