"""Small definitions, made up by Hypothesis out of everything that the condition language has a word for."""

from __future__ import annotations

from collections.abc import Sequence

from hypothesis import strategies as st

from cse_forms.errors import DefinitionError
from cse_forms.schema.loading import load_definition
from tests import forms
from tests.property.choosing import DATES, EVERYTHING, LEVELS, Node, Reference, Words
from tests.property.made_measures import WEIGHTS, MeasureAuthor

__all__ = ["DATES", "EVERYTHING", "Node", "Words", "definitions"]

URGENCIES = ("immediate", "soon", "consider")


@st.composite
def definitions(draw: st.DrawFn, words: Words = EVERYTHING) -> Node:
    """Return a definition."""
    return without_empty_bands(_Author(draw, words).definition())


def without_empty_bands(document: Node) -> Node:
    """Take out the bands in which no number ever lies, which are refused; a rule that has none left asks otherwise."""
    rules = [rule for assessment in document["x-form"]["assessments"] for rule in assessment["rules"]]
    while any("bands" in rule for rule in rules):
        try:
            load_definition(forms.to_bytes(document), "form.json")
        except DefinitionError as error:
            empty = [problem for problem in error.problems if "no number lies in this band" in problem.message]
            if not empty:
                raise
            for problem in reversed(empty):
                *_, place, _, rule_place, _, band_place = problem.pointer.split("/")
                rule = document["x-form"]["assessments"][int(place)]["rules"][int(rule_place)]
                if "bands" not in rule:
                    continue
                band = rule["bands"].pop(int(band_place))
                if all(band.keys() == {"level"} for band in rule["bands"]):
                    otherwise = {"measure": rule.pop("measure"), "match": {"minimum": 1}}
                    rule |= {"level": band["level"], "when": otherwise}
                    del rule["bands"]
        else:
            break
    return document


class _Author(MeasureAuthor):
    """Writes one definition: questions first, then what reads them, so that nothing depends on itself."""

    def definition(self) -> Node:
        properties: Node = {}
        self.add_sections(properties)
        row = self.row()
        self.add_rows(properties, row)
        if not self.words.only_options and self.once_in(2):
            properties["dates"] = forms.section({"from": forms.date(), "to": forms.date()})
            self.know("/dates", properties["dates"]["properties"])
            self.dates += ["/dates/from", "/dates/to"]
        conditions: Node = {}
        if self.once_in(2):
            conditions["named"] = self.condition()
            self.conditions = list(conditions)
        # From here on conditions may read measures; before, a question could have been shown by what counts it.
        measures: Node = {}
        self.add_measures(measures, self.number(0, 4))
        self.assessments = [self.assessment("assessment-0")]
        self.add_last(properties)
        self.add_measures(measures, self.number(0, 1))
        if self.once_in(2):
            self.assessments.append(self.assessment("assessment-1"))
            self.add_judgement(properties)
        if self.once_in(4):
            conditions["late"] = self.condition()
            self.conditions = list(conditions)
        return forms.definition(
            properties,
            defs={"row": forms.section(row, tags=["rows"])},
            conditions=conditions,
            measures=measures,
            assessments=self.assessments,
            prompts=self.prompts(),
            checks=[{"id": "check", "when": self.condition()}],
        )

    # --- questions -----------------------------------------------------------------------------------------

    def add_sections(self, properties: Node) -> None:
        first = {key: self.question() for key in "abc"[: self.number(1, 3)]}
        is_uniform = self.once_in(2)
        if is_uniform:
            first = dict.fromkeys(first, first["a"])
        properties["first"] = forms.section(first)
        self.know("/first", first)
        if len(first) > 1:
            self.known.append(Reference("/first/*", self.pick(list(first.values())), is_uniform))

        second: Node = {}
        for key in "de"[: self.number(1, 2)]:
            question = self.question()
            self.ask_at_times(question, [Reference(f"./{other}", second[other]) for other in second])
            question["x-form"]["tags"] = ["starred"]
            second[key] = question
        properties["second"] = forms.section(second, tags=["second"])
        self.hide(properties["second"], [])
        self.know("/second", second)
        self.known.append(Reference({"tag": "second", "at": "d"}, second["d"]))
        self.known.append(Reference({"tag": "starred"}, self.pick(list(second.values())), len(second) == 1))

    def row(self) -> Node:
        if not self.words.only_options and self.once_in(3):
            row = {"x": forms.date(), "y": self.pick([forms.date(), self.question()])}
        else:
            row = {"x": self.question(), "y": self.question()}
        self.ask_at_times(row["y"], [Reference("./x", row["x"])])
        return row

    def add_rows(self, properties: Node, row: Node) -> None:
        if self.once_in(2):
            rows = {key: forms.shape("row") for key in "rs"[: self.number(1, 2)]}
            self.hide(list(rows.values())[-1], [])
            properties["matrix"] = forms.matrix(rows)
            self.know("/matrix/*", row)
            self.know("/matrix/r", row)
        if self.words.tables and self.once_in(2):
            properties["table"] = forms.table(forms.shape("row"))
            if self.once_in(2):
                del properties["table"]["default"]
            self.hide(properties["table"], [])
            self.know("/table/*", row)
        if {"matrix", "table"} & properties.keys():
            self.known += [Reference({"tag": "rows", "at": key}, row[key]) for key in row]

    def add_last(self, properties: Node) -> None:
        """Add questions that are asked by what is reckoned from others, and that are read last."""
        if not self.words.required and self.once_in(2):
            return
        last = {"given": self.question()}
        properties["last"] = forms.section(last)
        if self.words.required:
            last["given"]["x-form"]["required"] = self.condition()
        self.hide(properties["last"], [])
        self.know("/last", last)

    def know(self, holder: str, questions: Node) -> None:
        self.known += [Reference(f"{holder}/{key}", question) for key, question in questions.items()]

    def question(self) -> Node:
        match self.number(1, 10 if self.words.only_options else 17):
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
                return self.weighted(forms.choice("never", "often", "not-known"))
            case 9:
                return self.weighted(forms.choices("p", "q"))
            case 10:
                return forms.choice(*LEVELS[: self.number(2, 3)], *(["not-known"] if self.once_in(2) else []))
            case 11:
                return forms.text()
            case 12:
                return forms.integer()
            case 13:
                return forms.number()
            case 14:
                return forms.date()
            case 15:
                return forms.integer() | {"minimum": -1, "maximum": 20}
            case 16:
                return forms.number() | {"minimum": -1, "maximum": 20}
            case _:
                return forms.integer() | {"default": 1}

    def weighted(self, question: Node) -> Node:
        """Return a question with weights on its options."""
        for option in question.get("oneOf") or question["items"]["oneOf"]:
            is_unknown = "x-form" in option
            if not is_unknown or (self.words.asks_not_known and self.once_in(3)):
                option.setdefault("x-form", {})["weight"] = self.pick(WEIGHTS)
        return question

    def hide(self, item: Node, siblings: list[Reference]) -> None:
        if self.words.hides and self.known and self.once_in(3):
            item["x-form"]["showWhen"] = self.condition(1, siblings)

    def ask_at_times(self, question: Node, siblings: list[Reference]) -> None:
        self.hide(question, siblings)
        if self.words.required and self.once_in(2):
            always = "showWhen" in question["x-form"] and self.once_in(2)
            question["x-form"]["required"] = True if always else self.condition(2, siblings)

    # --- what follows from them ----------------------------------------------------------------------------

    def assessment(self, name: str) -> Node:
        levels = LEVELS[: self.number(2, 4)]
        is_ordered = not self.once_in(4)
        assessment: Node = {
            "id": name,
            "levels": [{"id": level} for level in levels],
            "rules": [self.rule(f"rule-{number}", levels, is_ordered) for number in range(self.number(1, 3))],
        }
        if is_ordered:
            changes = [self.change(f"change-{number}", levels) for number in range(self.number(0, 2))]
            assessment["adjustments"] = changes
        else:
            assessment["ordered"] = False
        if self.once_in(2):
            assessment["otherwise"] = {"level": self.pick(levels)}
        if self.words.hides and self.once_in(5):
            assessment["showWhen"] = self.condition(1)
        return assessment

    def rule(self, name: str, levels: Sequence[str], is_ordered: bool) -> Node:
        rule: Node = {"id": name}
        sources = [
            reference.selector
            for reference in self.known
            if str(reference.selector).startswith("/")
            and reference.question.get("oneOf", [{}])[0].get("const") == "low"
        ]
        sources += [assessment["id"] for assessment in self.assessments]
        kind = self.number(1, 4)
        if kind == 3 and self.measures:
            rule |= {"measure": self.pick(self.measures), "bands": self.bands(levels)}
        elif kind == 4 and sources:
            several = list(dict.fromkeys([self.pick(sources), self.pick(sources)]))
            rule["levelOf"] = several if is_ordered and self.once_in(2) else several[0]
        else:
            return rule | {"level": self.pick(levels), "when": self.condition()}
        return rule | ({"when": self.condition(1)} if self.once_in(3) else {})

    def bands(self, levels: Sequence[str]) -> list[Node]:
        kind = self.number(1, 6)
        if kind == 1:
            first = self.number(-1, 2)
            return [{"from": first, "to": first + self.number(0, 3), "level": self.pick(levels)}]
        if kind == 2:
            return [{self.pick(["from", "to"]): self.amount(1, 2, 2.5), "level": self.pick(levels)}]
        word = "to" if kind == 3 else "from"
        bounds = sorted({self.pick([-1, 0, 1, 2, 2.5, 3, 5]) for _ in range(self.number(1, 3))})
        bands: list[Node] = [{word: bound, "level": self.pick(levels)} for bound in bounds]
        # What lies beyond all bounds is a band that says its level alone.
        rest: Node = {"level": self.pick(levels)}
        if not self.once_in(3):
            return bands
        return [*bands, rest] if word == "to" else [rest, *bands]

    def change(self, name: str, levels: Sequence[str]) -> Node:
        change: Node = {"id": name, "when": self.condition()}
        step, stop = self.pick([("raise", "notAbove"), ("lower", "notBelow")])
        for _ in range(self.number(1, 2)):
            word = self.pick([step, "atLeast", "atMost"])
            change[word] = self.number(1, 2) if word == step else self.pick(levels)
        if step in change and self.once_in(2):
            change[stop] = self.pick(levels)
        return change

    def add_judgement(self, properties: Node) -> None:
        if self.once_in(2):
            return
        assessment = self.assessments[-1]
        levels = [level["id"] for level in assessment["levels"]]
        properties["decision"] = forms.section({"level": forms.choice(*levels), "reason": forms.text()})
        assessment["judgement"] = {"level": "/decision/level", "reason": "/decision/reason", "may": "differ"}
        if assessment.get("ordered", True) and not self.once_in(4):
            assessment["judgement"]["may"] = [self.limit(levels) for _ in range(self.number(1, 2))]

    def limit(self, levels: Sequence[str]) -> Node:
        bound = self.pick(["suggested", {"suggested": self.number(-1, 1)}, self.pick(levels)])
        limit: Node = {self.pick(["atLeast", "atMost"]): bound}
        return limit | ({"when": self.condition(1)} if self.once_in(3) else {})

    def prompts(self) -> list[Node]:
        prompts: list[Node] = []
        for number in range(self.number(0, 3)):
            prompt: Node = {"id": f"prompt-{number}", "urgency": self.pick(URGENCIES), "when": self.condition()}
            if number and self.once_in(2):
                prompt["replaces"] = [f"prompt-{self.number(0, number - 1)}"]
            prompts.append(prompt)
        return prompts
