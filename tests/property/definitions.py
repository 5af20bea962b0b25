"""Small definitions, made up by Hypothesis out of everything that the condition language has a word for."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

from hypothesis import strategies as st

from tests import forms

Node = dict[str, Any]
T = TypeVar("T")

DATES = ("2012-02-29", "2020-01-31", "2020-02-28", "2021-02-28", "2021-03-01", "2026-03-31", "2026-04-01")
URGENCIES = ("immediate", "soon", "consider")
LEVELS = ("low", "middle", "high", "top")

_ONE_OF = [st.integers(0, count) for count in range(40)]
"""Strategies are made once: making them anew for each choice takes longer than all the rest."""


@dataclass(frozen=True)
class Words:
    """What a made-up definition may use. Some properties hold only of those that do without."""

    asks_not_known: bool = True
    """Conditions may ask for a Not Known itself."""
    asks_answered: bool = True
    """Conditions may ask whether there is an answer."""
    hides: bool = True
    """Questions, rows and sections may have `showWhen`."""
    tables: bool = True
    """There may be rows that are added as they are needed."""
    only_options: bool = False
    """Every question has a few known answers, so that all of them can be tried."""
    required: bool = False
    """Questions may be required."""


EVERYTHING = Words()


@dataclass(frozen=True)
class Reference:
    """A selector, and a question that it names."""

    selector: str
    question: Node


@st.composite
def definitions(draw: st.DrawFn, words: Words = EVERYTHING) -> Node:
    """Return a definition."""
    return _Author(draw, words).definition()


class _Author:
    """Writes one definition, choice by choice."""

    def __init__(self, draw: st.DrawFn, words: Words) -> None:
        self._draw = draw
        self._words = words
        self._known: list[Reference] = []
        self._measures: list[str] = []

    def number(self, lowest: int, highest: int) -> int:
        return lowest + self._draw(_ONE_OF[highest - lowest])

    def pick(self, options: Sequence[T]) -> T:
        return options[self.number(0, len(options) - 1)]

    def once_in(self, times: int) -> bool:
        return self.number(1, times) == times

    def definition(self) -> Node:
        properties: Node = {}
        first = {key: self.question() for key in "abc"[: self.number(1, 3)]}
        properties["first"] = forms.section(first)
        self.know("/first", first)
        if len(first) > 1:
            self._known.append(Reference("/first/*", self.pick(list(first.values()))))

        second: Node = {}
        for key in "de"[: self.number(1, 2)]:
            question = self.question()
            self.ask_at_times(question, [Reference(f"./{other}", second[other]) for other in second])
            second[key] = question
        properties["second"] = forms.section(second)
        self.hide(properties["second"], [])
        self.know("/second", second)

        row = {"x": self.question(), "y": self.question()}
        self.ask_at_times(row["y"], [Reference("./x", row["x"])])
        if self.once_in(2):
            rows = {key: forms.shape("row") for key in "rs"[: self.number(1, 2)]}
            self.hide(list(rows.values())[-1], [])
            properties["matrix"] = forms.matrix(rows)
            self.know("/matrix/*", row)
            self.know("/matrix/r", row)
        if self._words.tables and self.once_in(2):
            properties["table"] = forms.table(forms.shape("row"))
            if self.once_in(2):
                del properties["table"]["default"]
            self.know("/table/*", row)

        measures: Node = {name: {"count": self.selection()} for name in ("one", "two")[: self.number(0, 2)]}
        if not self._words.only_options and self.once_in(2):
            dates = {"from": forms.date(), "to": forms.date()}
            properties["dates"] = forms.section(dates)
            measures["span"] = {self.pick(["years", "months", "days"]): {"from": "/dates/from", "to": "/dates/to"}}
            self.know("/dates", dates)
        # From here on conditions may read measures; before, a question could have been shown by what counts it.
        self._measures = list(measures)
        if self._words.required:
            properties["last"] = self.question()
            properties["last"]["x-form"]["required"] = self.condition()
        return forms.definition(
            properties,
            defs={"row": forms.section(row)},
            measures=measures,
            assessments=[self.assessment(f"assessment-{number}") for number in range(self.number(1, 2))],
            prompts=self.prompts(),
            checks=[{"id": "check", "when": self.condition()}],
        )

    def know(self, holder: str, questions: Node) -> None:
        self._known += [Reference(f"{holder}/{key}", question) for key, question in questions.items()]

    def question(self) -> Node:
        kind = self.number(1, 7 if self._words.only_options else 12)
        match kind:
            case 1:
                return forms.tick()
            case 2:
                return forms.choice("yes", "no")
            case 3:
                return forms.choice("yes", "no", "not-known")
            case 4:
                return forms.choice("yes", "not-known")
            case 5:
                return forms.choice("yes", "no", "not-known") | {"default": "no"}
            case 6:
                return {"type": "boolean", "x-form": {}}
            case 7:
                return forms.choices("p", "q", "not-known")
            case 8:
                return forms.text()
            case 9:
                return forms.integer()
            case 10:
                return forms.number()
            case 11:
                return forms.date()
            case _:
                return forms.integer() | {"default": 1}

    def hide(self, item: Node, siblings: list[Reference]) -> None:
        if self._words.hides and self.once_in(3):
            item["x-form"]["showWhen"] = self.condition(1, siblings)

    def ask_at_times(self, question: Node, siblings: list[Reference]) -> None:
        self.hide(question, siblings)
        if self._words.required and self.once_in(2):
            always = "showWhen" in question["x-form"] and self.once_in(2)
            question["x-form"]["required"] = True if always else self.condition(2, siblings)

    # --- conditions ----------------------------------------------------------------------------------------

    def condition(self, depth: int = 2, siblings: Sequence[Reference] = ()) -> Node:
        kind = self.number(1, 5) if depth else 1
        if kind == 3:
            return {"all": [self.condition(depth - 1, siblings) for _ in range(self.number(1, 2))]}
        if kind == 4:
            return {"any": [self.condition(depth - 1, siblings) for _ in range(self.number(1, 2))]}
        if kind == 5:
            return {"not": self.condition(depth - 1, siblings)}
        if self._measures and self.once_in(3):
            return {"measure": self.pick(self._measures), "match": self.number_match()}
        condition = self.selection(siblings)
        quantity = self.pick(["", "", "every", "atLeast", "atMost", "both"])
        if quantity == "every":
            return condition | {"every": True}
        if quantity in {"atLeast", "both"}:
            condition["atLeast"] = self.number(1, 3)
        if quantity in {"atMost", "both"}:
            condition["atMost"] = self.number(0, 2)
        return condition

    def selection(self, siblings: Sequence[Reference] = ()) -> Node:
        reference = self.pick([*self._known, *siblings])
        selectors = [reference.selector]
        if not reference.selector.startswith("./") and self.once_in(5):
            selectors += [self.pick(self._known).selector for _ in range(self.number(1, 2))]
        selection: Node = {
            "items": selectors if len(selectors) > 1 else reference.selector,
            "match": self.match(reference.question),
        }
        if reference.selector.endswith(("*/x", "*/y")) and len(selectors) == 1 and self.once_in(2):
            other = "x" if reference.selector.endswith("y") else "y"
            whole = f"{reference.selector[:-1]}{other}"
            question = next(found.question for found in self._known if found.selector == whole)
            selection["when"] = {"items": f"./{other}", "match": self.match(question)}
        return selection

    def match(self, question: Node) -> Node:
        match = self._plain_match(question)
        if "not" not in match and self.once_in(5):
            return {"not": match}
        if self._words.asks_answered and "answered" not in match and self.once_in(8):
            return match | {"answered": True}
        return match

    def _plain_match(self, question: Node) -> Node:
        kind = question.get("type")
        if self._words.asks_answered and self.once_in(4):
            return {"answered": self.once_in(2)}
        if kind in {"integer", "number"}:
            return self.number_match()
        if question.get("format") == "date":
            return {"const": self.pick(DATES)}
        if kind == "string":
            return {"minLength": self.number(0, 3)}
        options = question.get("oneOf") or question.get("items", {}).get("oneOf") or []
        values = [option["const"] for option in options if self._words.asks_not_known or not option.get("x-form")]
        values = values or [True, False]
        match = {"const": self.pick(values)} if self.once_in(2) else {"enum": values[: self.number(1, len(values))]}
        return {"contains": match} if kind == "array" else match

    def number_match(self) -> Node:
        words = ["minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum", "const"]
        match: Node = {}
        for _ in range(self.number(1, 2)):
            taken = self._measures and self.once_in(4)
            match[self.pick(words)] = {"measure": self.pick(self._measures)} if taken else self.number(-1, 4)
        return {"not": match} if self.once_in(5) else match

    # --- what follows from them ----------------------------------------------------------------------------

    def assessment(self, name: str) -> Node:
        levels = LEVELS[: self.number(2, 4)]
        assessment: Node = {
            "id": name,
            "levels": [{"id": level} for level in levels],
            "rules": [
                {"id": f"rule-{number}", "level": self.pick(levels), "when": self.condition()}
                for number in range(self.number(1, 3))
            ],
            "adjustments": [self.change(f"change-{number}", levels) for number in range(self.number(0, 2))],
        }
        if self.once_in(2):
            assessment["otherwise"] = {"level": self.pick(levels)}
        return assessment

    def change(self, name: str, levels: Sequence[str]) -> Node:
        change: Node = {"id": name, "when": self.condition()}
        for _ in range(self.number(1, 2)):
            word = self.pick(["raise", "atLeast", "atMost"])
            change[word] = self.number(1, 2) if word == "raise" else self.pick(levels)
        if "raise" in change and self.once_in(2):
            change["notAbove"] = self.pick(levels)
        return change

    def prompts(self) -> list[Node]:
        prompts: list[Node] = []
        for number in range(self.number(0, 3)):
            prompt: Node = {"id": f"prompt-{number}", "urgency": self.pick(URGENCIES), "when": self.condition()}
            if number and self.once_in(2):
                prompt["replaces"] = [f"prompt-{self.number(0, number - 1)}"]
            prompts.append(prompt)
        return prompts
