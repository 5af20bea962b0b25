"""Whether every answer that a measure adds up or compares has a weight, and the measure stays within bounds."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from fractions import Fraction
from typing import Any

from cse_forms import pointers
from cse_forms.schema.checks.form import (
    FormDocument,
    exact,
    kind_of,
    list_of,
    object_of,
    objects,
    options_of,
    weight_of,
)
from cse_forms.schema.checks.parts import OF_TERMS, Part, Sort, parts
from cse_forms.schema.faults import Fault, suggestion
from cse_forms.schema.places import Place

ELSE = "else"
"""The key of the weight of all options that are not listed."""

MAX_FACTORS = 12
"""How many numbers may be multiplied with one another, in all measures that read one another."""


def option_key(value: Any) -> str:
    """Return the key of an option among weights: the option as JSON writes it."""
    if isinstance(value, str):
        return value
    return json.dumps(int(value) if isinstance(value, float) and value.is_integer() else value)


def term_faults(form: FormDocument) -> Iterator[Fault]:
    """Whether the weights of every term fit what it weighs."""
    for part in parts(form):
        if part.sort is Sort.SCALE:
            yield from _step_faults(form, part)
            if part.selected is None:
                if "weights" in part.value:
                    yield Fault(
                        f"{part.at}/weights",
                        "'weights' are for options, and a measure is a number; say 'steps'",
                        "wrong-weights",
                    )
            else:
                yield from _weighing_faults(part, part.selected)
        elif part.sort is Sort.TERM:
            scales = list(objects(f"{part.at}/choose", part.value.get("choose")))
            for at, scale in scales[:-1]:
                if "when" not in scale:
                    yield Fault(
                        at,
                        "this is taken in all cases, so that none of the following ever is; put it last",
                        "never-reached",
                    )
        elif part.sort is Sort.MEASURE:
            terms = objects("", part.value.get("sum"))
            if "prorate" in object_of(part.value.get("missing")) and not any("items" in term for _, term in terms):
                yield Fault(
                    f"{part.at}/missing", "answers are prorated, and no term here has 'items'", "nothing-to-prorate"
                )
    yield from _factor_faults(form)


def _weighing_faults(part: Part, selected: Sequence[Place]) -> Iterator[Fault]:
    """Whether what is said of weights suits each of the selected questions, and names all of their options."""
    weights = part.value.get("weights")
    if isinstance(weights, dict):
        keys = {option_key(option.get("const")): None for place in selected for option in _choices_of(place)}
        for key in weights:
            if key != ELSE and key not in keys and selected:
                listed = suggestion(key, keys) or (f"; the options are {', '.join(keys)}" if keys else "")
                yield Fault(f"{part.at}/weights/{pointers.escape(key)}", f"no option '{key}'{listed}", "no-option")
    # The rows of one shape are told apart by their pointers alone: one of them speaks for all.
    for place in {place.at: place for place in selected}.values():
        fault = _unweighed(part, place)
        if fault is not None:
            yield fault


def _unweighed(part: Part, place: Place) -> Fault | None:
    """Return what is wrong with how one question is weighed, if anything is."""
    kind = kind_of(place.schema)
    weights = part.value.get("weights")
    if kind in {"string", "date"}:
        what = "a date" if kind == "date" else "a text"
        return Fault(
            part.at,
            f"{place.pointer} asks for {what}, which weighs nothing; select options or numbers",
            "weighs-nothing",
        )
    if kind in {"integer", "number"}:
        if isinstance(weights, dict):
            return Fault(
                f"{part.at}/weights",
                f"'weights' are for options, and {place.pointer} asks for a number",
                "wrong-weights",
            )
        return None
    options = [option for option in _choices_of(place) if not object_of(option.get("x-form")).get("unknown")]
    if list_of(part.value.get("steps")):
        if any(exact(option.get("const")) is None for option in options):
            return Fault(
                f"{part.at}/steps",
                f"'steps' are for numbers, and {place.pointer} has options; say 'weights'",
                "wrong-weights",
            )
        return None
    for option in options:
        value = option.get("const")
        if isinstance(weights, dict):
            if ELSE not in weights and option_key(value) not in weights:
                remedy = f"list it, or say '{ELSE}'"
                return Fault(
                    f"{part.at}/weights",
                    f"'{option_key(value)}' of {place.pointer} has no weight; {remedy}",
                    "no-weight",
                )
        elif weight_of(option) is None and exact(value) is None:
            return Fault(part.at, f"'{option_key(value)}' of {place.pointer} has no weight; say 'weights'", "no-weight")
    return None


def _choices_of(place: Place) -> list[dict[str, Any]]:
    """Return the options of a question; those of a tick are true and false."""
    if kind_of(place.schema) == "boolean":
        return [{"const": True}, {"const": False}]
    return options_of(place.schema)


def _step_faults(form: FormDocument, part: Part) -> Iterator[Fault]:
    """Whether steps ascend, and reach as far as the numbers do."""
    at, steps = f"{part.at}/steps", list(objects(f"{part.at}/steps", part.value.get("steps")))
    before: tuple[Fraction, bool] | None = None
    for index, (step_at, step) in enumerate(steps):
        word = next((word for word in ("maximum", "exclusiveMaximum") if word in step), None)
        if word is None:
            if index < len(steps) - 1:
                yield Fault(
                    step_at,
                    "this step takes all numbers, so that none of the following is reached; put it last",
                    "never-reached",
                )
            return
        bound = form.number(step[word])
        if bound is None:
            before = None
            continue
        end = (bound, word == "maximum")
        if before is not None and end <= before:
            yield Fault(
                f"{step_at}/{word}", "steps ascend; no number that comes to this one is left for it", "steps-order"
            )
        before = end
    for place in {place.at: place for place in part.selected or ()}.values():
        highest = _highest(place)
        if before is not None and steps and (highest is None or highest > before):
            remedy = "let the last step have no bound, or say a 'maximum' in the question"
            yield Fault(at, f"{place.pointer} may be more than the last step takes; {remedy}", "steps-end")
            return


def _highest(place: Place) -> tuple[Fraction, bool] | None:
    """Return the greatest number that a question takes, and whether it takes that number itself."""
    if kind_of(place.schema) not in {"integer", "number"}:
        numbers = [number for option in options_of(place.schema) if (number := exact(option.get("const"))) is not None]
        return (max(numbers), True) if numbers else (Fraction(0), False)
    ends = ((exact(place.schema.get(word)), word == "maximum") for word in ("maximum", "exclusiveMaximum"))
    return min(((number, included) for number, included in ends if number is not None), default=None)


def _factor_faults(form: FormDocument) -> Iterator[Fault]:
    """Whether numbers stay within bounds: each product of products would otherwise square them."""
    factors = _Factors(form)
    for name in form.measures:
        if factors.own_of(name) > MAX_FACTORS:
            at = f"/x-form/measures/{pointers.escape(name)}"
            message = f"more than {MAX_FACTORS} numbers are multiplied with one another here, in what it reads too"
            yield Fault(at, message, "too-large")
            return


class _Factors:
    """How many numbers at most are multiplied with one another in each measure."""

    def __init__(self, form: FormDocument) -> None:
        self._measures = form.measures
        self._found: dict[str, int] = {}

    def own_of(self, name: str) -> int:
        """Return the number of a measure; what it reads is looked at first, without recursion."""
        work = [name]
        while work:
            current = work[-1]
            if current in self._found:
                work.pop()
                continue
            measure = object_of(self._measures.get(current))
            unknown = [other for other in _measures_in(measure) if other not in self._found and other in self._measures]
            unknown = [other for other in unknown if other not in work]
            if unknown:
                work += unknown
            else:
                self._found[current] = min(self._count(measure), MAX_FACTORS + 1)
                work.pop()
        return self._found[name]

    def _count(self, measure: dict[str, Any]) -> int:
        for word in ("product", "quotient"):
            if word in measure:
                return sum(map(self._of, list_of(measure[word])))
        terms = [term for word in OF_TERMS for _, term in objects("", measure.get(word))]
        return max(map(self._in_term, terms), default=1)

    def _in_term(self, term: dict[str, Any]) -> int:
        scales = [term, *(scale for _, scale in objects("", term.get("choose")))]
        weights = [weight for scale in scales for weight in object_of(scale.get("weights")).values()]
        weights += [step.get("weight") for scale in scales for _, step in objects("", scale.get("steps"))]
        own = [self._of(term)] if isinstance(term.get("measure"), str) else []
        return max([*own, *map(self._of, weights)], default=1) + (self._of(term["times"]) if "times" in term else 0)

    def _of(self, number: Any) -> int:
        return self._found.get(str(object_of(number).get("measure")), 1)


def _measures_in(value: Any) -> set[str]:
    """Return the ids of the measures whose numbers a measure takes, bounds and conditions aside."""
    if isinstance(value, list):
        return set().union(*map(_measures_in, value))
    if not isinstance(value, dict):
        return set()
    own = {value["measure"]} if isinstance(value.get("measure"), str) else set()
    return own.union(*(_measures_in(member) for key, member in value.items() if key not in {"when", "match", "items"}))
