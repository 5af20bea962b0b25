"""A form's rules over one response: beside general rule engines that are given the same rules, prepared.

They are asked for the easier half: two-valued, the level on what is recorded and the prompts that hold. This library
also says which levels are not ruled out, and can tell the reasons of everything.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from itertools import pairwise
from typing import Any

import cel
import json_logic
import orjson
import zen

import cse_forms
from benchmarks.measuring import medians
from benchmarks.responses import FORM, full_response
from benchmarks.table import Row, show
from cse_forms.schema.conditions import AllCondition, AnyCondition, Condition, ItemsCondition
from cse_forms.schema.definition import Definition
from cse_forms.schema.vocabulary import Assessment

BASE = "orjson.loads of the response"
OURS = "evaluate: bounds of the level, prompts that hold"
LEVEL = "  the bounds of the level alone"
REASONS = "  the same, with every reason of the level and the prompts"
ZEN = "zen-engine, a decision of expressions"
ZEN_BARE = "zen-engine, one bare compiled expression"
CEL = "common-expression-language, compiled program"
JSON_LOGIC = "json-logic-qubit"
PEERS = (ZEN, ZEN_BARE, CEL, JSON_LOGIC)

MOST = 1
"""How many times orjson.loads an evaluation may take."""

LEAST = 10
"""How many times an evaluation the fastest peer takes, at least."""


def run() -> None:
    """Measure and print."""
    seconds = medians(cases(full_response()), rounds=31)
    show(f"The rules of one form over one response; {BASE} is 1", rows(seconds))


def rows(seconds: dict[str, float]) -> Iterator[Row]:
    """Yield the lines of the table."""
    base, ours = seconds[BASE], seconds[OURS]
    for name, taken in seconds.items():
        ratio = taken / base
        if name in {OURS, LEVEL}:
            yield Row(name=name, seconds=taken, ratio=ratio, target=f"at most {MOST}", met=ratio <= MOST)
        else:
            yield Row(name=name, seconds=taken, ratio=ratio)
    fastest = min(PEERS, key=lambda name: seconds[name])
    times = seconds[fastest] / ours
    name = f"  the fastest peer, so many times '{OURS.partition(':')[0]}'"
    yield Row(name=name, seconds=seconds[fastest], ratio=times, target=f"at least {LEAST}", met=times >= LEAST)


def cases(data: bytes) -> dict[str, Callable[[], Any]]:
    """Return what is measured, by name."""
    form = cse_forms.get_form(FORM)
    answers = cse_forms.read_response(data).answers
    logic = _rules(form.definition, _JsonLogic())
    return {
        BASE: partial(orjson.loads, data),
        OURS: partial(_evaluate, form, answers),
        LEVEL: partial(_level, form, answers),
        REASONS: partial(_reasons, form, answers),
        ZEN: partial(_zen_decision, _decision(_rules(form.definition, _Zen())), {"answers": answers}),
        ZEN_BARE: partial(_zen, zen.compile_expression(_rules(form.definition, _Zen())), {"answers": answers}),
        CEL: partial(_cel, cel.compile(_rules(form.definition, _Cel())), {"answers": answers}),
        JSON_LOGIC: partial(json_logic.jsonLogic, logic, {"answers": answers}),
    }


def _level(form: cse_forms.Form, answers: Any) -> object:
    risk = form.evaluate(answers).assessments["risk"]
    return risk.lowest, risk.highest, risk.determined


def _evaluate(form: cse_forms.Form, answers: Any) -> list[Any]:
    """Return the lowest level and, of each prompt in the order of the definition, whether it holds."""
    outcome = form.evaluate(answers)
    risk = outcome.assessments["risk"]
    held = {prompt.id: prompt.truth is True for prompt in outcome.prompts}
    assert risk.highest is not None
    return [risk.lowest, *(held[prompt.id] for prompt in form.definition.words.prompts)]


def _reasons(form: cse_forms.Form, answers: Any) -> object:
    outcome = form.evaluate(answers)
    risk = outcome.assessments["risk"]
    reasons = [rule.answers for rule in risk.rules], [change.answers for change in risk.adjustments]
    return reasons, risk.unanswered, risk.not_known, [prompt.answers for prompt in outcome.prompts if prompt.is_shown]


def _zen(expression: Any, context: dict[str, Any]) -> Any:
    return expression.evaluate(context)


def _decision(expression: str) -> Any:
    """Return the decision that gives what an expression gives, as the engine's own editor writes it."""
    expressions = [{"id": "1", "key": "found", "value": expression}]
    nodes = [
        {"id": "in", "name": "in", "type": "inputNode"},
        {"id": "rules", "name": "rules", "type": "expressionNode", "content": {"expressions": expressions}},
        {"id": "out", "name": "out", "type": "outputNode"},
    ]
    edges = [
        {"id": "a", "type": "edge", "sourceId": "in", "targetId": "rules"},
        {"id": "b", "type": "edge", "sourceId": "rules", "targetId": "out"},
    ]
    content = {"contentType": "application/vnd.gorules.decision", "nodes": nodes, "edges": edges}
    return zen.ZenEngine().create_decision(zen.ZenDecisionContent(json.dumps(content)))


def _zen_decision(decision: Any, context: dict[str, Any]) -> Any:
    return decision.evaluate(context)["result"]["found"]


def _cel(program: Any, context: dict[str, Any]) -> Any:
    return program.execute(context)


# --- the same rules in other languages -----------------------------------------------------------------------------


@dataclass(frozen=True)
class _Text:
    """A language of expressions, written as text."""

    conjunction: str
    disjunction: str

    def answer(self, keys: tuple[str, ...], value: Any) -> Any:
        path = "".join(f"[{json.dumps(key)}]" for key in keys)
        return f"(answers{path} == {json.dumps(value)})"

    def joined(self, parts: list[Any], *, every: bool) -> Any:
        return f"({f' {self.conjunction if every else self.disjunction} '.join(parts)})"

    def at_least(self, parts: list[Any], number: int) -> Any:
        return f"({' + '.join(f'({part} ? 1 : 0)' for part in parts)} >= {number})"

    def choice(self, condition: Any, yes: Any, no: Any) -> Any:
        return f"({condition} ? {yes} : {no})"

    def constant(self, value: Any) -> Any:
        return json.dumps(value)

    def many(self, parts: list[Any]) -> Any:
        return f"[{', '.join(parts)}]"


class _Cel(_Text):
    def __init__(self) -> None:
        super().__init__("&&", "||")


class _Zen(_Text):
    def __init__(self) -> None:
        super().__init__("and", "or")


class _JsonLogic(_Text):
    def __init__(self) -> None:
        super().__init__("and", "or")

    def answer(self, keys: tuple[str, ...], value: Any) -> Any:
        return {"==": [{"var": ".".join(("answers", *keys))}, value]}

    def joined(self, parts: list[Any], *, every: bool) -> Any:
        return {self.conjunction if every else self.disjunction: parts}

    def at_least(self, parts: list[Any], number: int) -> Any:
        return {">=": [{"+": [{"if": [part, 1, 0]} for part in parts]}, number]}

    def choice(self, condition: Any, yes: Any, no: Any) -> Any:
        return {"if": [condition, yes, no]}

    def constant(self, value: Any) -> Any:
        return value

    def many(self, parts: list[Any]) -> Any:
        return parts


def _rules(definition: Definition, language: _Text) -> Any:
    """Return one expression for the level on what is recorded and for each prompt."""
    assessment = definition.words.assessments[0]
    prompts = [_condition(definition, prompt.when, language) for prompt in definition.words.prompts if prompt.when]
    return language.many([_lowest(definition, assessment, language), *prompts])


def _lowest(definition: Definition, assessment: Assessment, language: _Text) -> Any:
    ids = [level.id for level in assessment.levels]
    (adjustment,) = assessment.adjustments
    assert adjustment.raise_ == 1
    assert adjustment.not_above is not None
    stop = ids.index(adjustment.not_above)
    raised = {one: other if ids.index(other) <= stop else one for one, other in pairwise(ids)} | {ids[-1]: ids[-1]}
    adjusts = _condition(definition, adjustment.when, language)

    def given(level: str) -> Any:
        return language.choice(adjusts, language.constant(raised[level]), language.constant(level))

    assert assessment.otherwise is not None
    assert assessment.otherwise.level is not None
    found = given(assessment.otherwise.level)
    for level in ids:
        for rule in assessment.rules:
            if rule.level == level:
                assert rule.when is not None
                found = language.choice(_condition(definition, rule.when, language), given(level), found)
    return found


def _condition(definition: Definition, condition: Condition, language: _Text) -> Any:
    match condition:
        case ItemsCondition():
            questions = definition.select(condition.items)
            parts = [language.answer(question.keys, condition.match.const) for question in questions]
            if condition.at_least in {None, 1}:
                return language.joined(parts, every=False) if len(parts) > 1 else parts[0]
            assert isinstance(condition.at_least, int)
            return language.at_least(parts, condition.at_least)
        case AllCondition():
            return language.joined([_condition(definition, part, language) for part in condition.all], every=True)
        case AnyCondition():
            return language.joined([_condition(definition, part, language) for part in condition.any], every=False)
        case _:
            raise NotImplementedError(type(condition).__name__)
