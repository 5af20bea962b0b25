"""Measures of made-up definitions."""

from __future__ import annotations

from tests.property.choosing import Node, Reference
from tests.property.made_conditions import ConditionAuthor

WEIGHTS = (0, 1, 2, 3, -1, 0.5, 0.1)


class MeasureAuthor(ConditionAuthor):
    """Writes measures of what there is; each may read those before it."""

    def add_measures(self, measures: Node, count: int) -> None:
        for _ in range(count):
            name = f"m{len(measures)}"
            measures[name] = self.measure()
            self.measures.append(name)

    def measure(self) -> Node:
        weighable = [reference for reference in self.known if reference.is_uniform and is_weighable(reference.question)]
        kind = self.number(1, 10)
        if kind <= 4 and weighable:
            return {"sum": self.terms(weighable)} | self.missing(self.words.fills_gaps)
        if kind == 5 and weighable:
            word = self.pick(["highest", "lowest"])
            return {word: self.terms(weighable)} | self.missing(may_prorate=False)
        if kind == 6 and self.measures:
            return {"product": [self.amount(2, 0.5, -1), {"measure": self.pick(self.measures)}]}
        if kind == 7 and self.measures:
            measure: Node = {"quotient": [{"measure": self.pick(self.measures)}, self.amount(2, 3, 0.5, 0)]}
            if self.once_in(2):
                measure["round"] = self.pick(["half-up", "down", "up", "half-even", "half-open"])
                measure["decimals"] = self.number(0, 2)
            return measure
        if kind == 8 and self.assessments:
            asked = self.pick(self.assessments)
            return {"count": {"assessments": [asked["id"]]} | self.of_level(asked)}
        if kind == 9:
            return {"constant": self.pick([0, 1, 2, 0.5, 14])}
        if kind == 10 and len(self.dates) > 1:
            return {
                self.pick(["years", "months", "days"]): {"from": self.pick(self.dates), "to": self.pick(self.dates)}
            }
        return {"count": self.selection()} | self.missing(may_prorate=False)

    def missing(self, may_prorate: bool) -> Node:
        if not self.words.fills_gaps or self.once_in(2):
            return {}
        if not may_prorate or self.once_in(2):
            return {"missing": self.pick(["zero", "zero", "unknown"])}
        prorate: Node = {"answered": self.amount(1, 1, 2)}
        if self.once_in(2):
            prorate["round"] = self.pick(["half-up", "down", "up", "half-even", "half-open"])
        return {"missing": {"prorate": prorate}}

    # --- terms ---------------------------------------------------------------------------------------------

    def terms(self, weighable: list[Reference]) -> list[Node]:
        others = [
            self.measure_term() if self.measures and self.once_in(2) else self.items_term(weighable)
            for _ in range(self.number(0, 2))
        ]
        return [self.items_term(weighable), *others]

    def items_term(self, weighable: list[Reference]) -> Node:
        reference = self.pick(weighable)
        alike = [other.selector for other in weighable if kind_of(other.question) == kind_of(reference.question)]
        selectors = [reference.selector, *([self.pick(alike)] if self.once_in(4) else [])]
        term: Node = {"items": selectors if len(selectors) > 1 else reference.selector}
        if self.once_in(4):
            first = self.scale(reference.question) | self.when(reference if len(selectors) == 1 else None)
            last = [] if self.once_in(6) else [self.scale(reference.question)]
            term["choose"] = [first, *last]
        else:
            term |= self.scale(reference.question)
        if self.once_in(4):
            term |= self.when(reference if len(selectors) == 1 else None)
        return term | self.times()

    def measure_term(self) -> Node:
        term: Node = {"measure": self.pick(self.measures)}
        if self.once_in(4):
            term["choose"] = [self.steps(-1, 4) | self.when(None), *([] if self.once_in(3) else [self.steps(-1, 4)])]
        elif self.once_in(3):
            term |= self.steps(-1, 4)
        if self.once_in(3):
            term |= self.when(None)
        return term | self.times()

    def times(self) -> Node:
        return {"times": self.amount(-1, 2, 0.5)} if self.once_in(4) else {}

    def when(self, reference: Reference | None) -> Node:
        narrowing = self.narrowing(reference) if reference is not None and self.once_in(2) else {}
        if narrowing:
            return narrowing
        self.compares_dates = False
        condition = self.condition(1)
        self.compares_dates = True
        return {"when": condition}

    def scale(self, question: Node) -> Node:
        if question.get("type") in {"integer", "number"}:
            if self.once_in(2):
                return {}
            highest = question.get("maximum", 4)
            return self.steps(0, highest)
        options = question.get("oneOf") or question.get("items", {}).get("oneOf") or [{"const": True}, {"const": False}]
        if any("weight" in option.get("x-form", {}) for option in options) and self.once_in(2):
            return {}
        keys = {
            option["const"] if isinstance(option["const"], str) else str(option["const"]).lower(): bool(
                option.get("x-form", {}).get("unknown")
            )
            for option in options
        }
        weights = {key: self.amount(*WEIGHTS) for key, is_unknown in keys.items() if not is_unknown}
        if self.once_in(3):
            weights = {next(iter(weights)): self.amount(*WEIGHTS), "else": self.amount(*WEIGHTS)}
        if self.words.asks_not_known and self.once_in(4):
            weights |= {key: self.amount(*WEIGHTS) for key, is_unknown in keys.items() if is_unknown}
        return {"weights": weights}

    def steps(self, lowest: int, highest: int) -> Node:
        """Return steps that ascend; between any two there are numbers, be they whole."""
        word = self.pick(["maximum", "exclusiveMaximum"])
        bounds = sorted({self.number(lowest + 1, highest - 1) for _ in range(self.number(1, 2))})
        steps: list[Node] = [{word: bound, "weight": self.amount(*WEIGHTS)} for bound in bounds]
        return {"steps": [*steps, {"weight": self.amount(*WEIGHTS)}]}


def is_weighable(question: Node) -> bool:
    return "oneOf" in question or question.get("type") in {"boolean", "integer", "number", "array"}


def kind_of(question: Node) -> str:
    """Return what tells whether two questions can be weighed alike."""
    options = question.get("oneOf") or question.get("items", {}).get("oneOf") or []
    named = [(option["const"], "weight" in option.get("x-form", {})) for option in options]
    return f"{question.get('type')} {question.get('maximum')} {named}"
