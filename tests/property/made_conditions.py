"""Conditions of made-up definitions."""

from __future__ import annotations

from collections.abc import Sequence

from tests.property.choosing import DATES, Chooser, Node, Reference


class ConditionAuthor(Chooser):
    """Writes conditions on what there is."""

    compares_dates = True
    """Whether dates may be compared with one another: a `when` that narrows looks at one row at a time."""

    def condition(self, depth: int = 2, siblings: Sequence[Reference] = ()) -> Node:
        kind = self.number(1, 5) if depth else 1
        if kind == 3:
            return {"all": [self.condition(depth - 1, siblings) for _ in range(self.number(1, 2))]}
        if kind == 4:
            return {"any": [self.condition(depth - 1, siblings) for _ in range(self.number(1, 2))]}
        if kind == 5:
            return {"not": self.condition(depth - 1, siblings)}
        if self.measures and self.once_in(3):
            return {"measure": self.pick(self.measures), "match": self.number_match()}
        if self.assessments and self.once_in(4):
            asked = self.pick(self.assessments)
            return {"assessment": asked["id"]} | self.of_level(asked)
        if self.conditions and self.once_in(6):
            return {"condition": self.pick(self.conditions)}
        if self.once_in(20):
            return {"unsettled": "The policy does not say."}
        return self.of_items(siblings)

    def of_items(self, siblings: Sequence[Reference]) -> Node:
        condition = self.selection(siblings)
        quantity = self.pick(["", "", "every", "atLeast", "atMost", "both"])
        if quantity == "every":
            return condition | {"every": True}
        if quantity in {"atLeast", "both"}:
            condition["atLeast"] = self.amount(1, 2, 3)
        if quantity in {"atMost", "both"}:
            condition["atMost"] = self.amount(0, 1, 2)
        return condition

    def of_level(self, assessment: Node) -> Node:
        levels = [level["id"] for level in assessment["levels"]]
        kind = self.number(1, 4 if assessment.get("ordered", True) else 2)
        if kind == 1:
            match: Node = {"answered": self.once_in(2)}
            return {"match": {"not": match} if self.once_in(4) else match}
        if kind == 2:
            match = {"const": self.pick(levels)} if self.once_in(2) else {"enum": levels[: self.number(1, len(levels))]}
            return {"match": {"not": match} if self.once_in(4) else match}
        word = "atLeast" if kind == 3 else "atMost"
        return {word: self.pick(levels)}

    def selection(self, siblings: Sequence[Reference] = ()) -> Node:
        reference = self.pick([*self.known, *siblings])
        selectors = [reference.selector]
        is_here = str(reference.selector).startswith("./")
        if not is_here and self.once_in(5):
            selectors += [self.pick(self.known).selector for _ in range(self.number(1, 2))]
        selection: Node = {
            "items": selectors if len(selectors) > 1 else reference.selector,
            "match": self.match(reference, is_alone=len(selectors) == 1),
        }
        if len(selectors) == 1 and self.once_in(2):
            selection |= self.narrowing(reference)
        return selection

    def narrowing(self, reference: Reference) -> Node:
        """Return a `when` on the row that an answer stands in, if it stands in one."""
        column = reference.column
        if column is None:
            return {}
        other = "x" if column == "y" else "y"
        whole = f"{str(reference.selector)[:-1]}{other}"
        found = next(found for found in self.known if found.selector == whole)
        return {"when": {"items": f"./{other}", "match": self.match(found)}}

    def match(self, reference: Reference, *, is_alone: bool = False) -> Node:
        question = reference.question
        if question.get("format") == "date" and self.once_in(2):
            return self.in_span(reference, is_alone=is_alone)
        match = self._plain_match(question)
        if "not" not in match and self.once_in(5):
            return {"not": match}
        if self.words.asks_answered and "answered" not in match and self.once_in(8):
            return match | {"answered": True}
        return match

    def in_span(self, reference: Reference, *, is_alone: bool) -> Node:
        unit = self.pick(["years", "months", "days"])
        within: Node = {unit: self.amount(0, 1, 12, 31, -1)}
        others = [*self.dates, *(["./y"] if is_alone and self._row_has_date(reference) else [])]
        is_of_row = str(reference.selector).startswith("./")
        if is_alone and self.compares_dates and not is_of_row and (not others or self.once_in(2)):
            return {"within": within}
        if not others:
            return {"const": self.pick(DATES)}
        match = {"within": within | {"before": self.pick(others)}}
        return {"not": match} if self.once_in(5) else match

    def _row_has_date(self, reference: Reference) -> bool:
        if reference.column != "x":
            return False
        other = f"{str(reference.selector)[:-1]}y"
        return any(found.selector == other and found.question.get("format") == "date" for found in self.known)

    def _plain_match(self, question: Node) -> Node:
        kind = question.get("type")
        if self.words.asks_answered and self.once_in(4):
            return {"answered": self.once_in(2)}
        if kind in {"integer", "number"}:
            return {"type": "integer"} if self.once_in(8) else self.number_match()
        if question.get("format") == "date":
            return {"const": self.pick(DATES)}
        if kind == "string":
            return {"minLength": self.number(0, 3)}
        match = self.of_options(question)
        return {"contains": match} if kind == "array" else match

    def of_options(self, question: Node) -> Node:
        options = question.get("oneOf") or question.get("items", {}).get("oneOf") or []
        known = [option for option in options if not option.get("x-form", {}).get("unknown")]
        if any("weight" in option.get("x-form", {}) for option in options) and self.once_in(2):
            return {"weight": self.number_match()}
        asked = options if self.words.asks_not_known else known
        values = [option["const"] for option in asked] or [True, False]
        return {"const": self.pick(values)} if self.once_in(2) else {"enum": values[: self.number(1, len(values))]}

    def number_match(self) -> Node:
        words = ["minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum", "const"]
        match: Node = {}
        for _ in range(self.number(1, 2)):
            match[self.pick(words)] = self.amount(-1, 0, 1, 2, 3, 4, 0.5)
        return {"not": match} if self.once_in(5) else match
