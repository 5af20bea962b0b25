"""From the bytes of a response to its verdict and its outcome, beside what others take for a part of that."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial

import jsonschema
import jsonschema_rs
import orjson

import cse_forms
from benchmarks.measuring import medians
from benchmarks.responses import FORM, full_response
from benchmarks.table import Row, show

BASE = "orjson.loads"
READ = "read_response"
WHOLE = "read, validate, evaluate"
REASONS = "the same, with every finding and reason read"
DICT = "the same, as JSON prints it (to_dict)"
RUST = "jsonschema-rs, validating alone, prepared"
STOCK = "jsonschema, validating alone, prepared"
ONE_CALL = "jsonschema.validate(answers, schema), unprepared"

MOST = 6
"""How many times orjson.loads the whole may take."""

LEAST = 50
"""How many times the whole jsonschema takes, at least."""


def run() -> None:
    """Measure and print."""
    data = full_response()
    seconds = medians(_cases(data), rounds=31)
    rows = _rows(seconds)
    questions = len(cse_forms.get_form(FORM).definition.questions)
    show(f"From the bytes of a response ({len(data):,} bytes, {questions} questions); {BASE} is 1", rows)


def _rows(seconds: dict[str, float]) -> Iterator[Row]:
    base, whole = seconds[BASE], seconds[WHOLE]
    for name, taken in seconds.items():
        ratio = taken / base
        if name == WHOLE:
            yield Row(name=name, seconds=taken, ratio=ratio, target=f"at most {MOST}", met=ratio <= MOST)
        elif name == STOCK:
            yield Row(name=name, seconds=taken, ratio=ratio)
            shorter = f"  so many times '{WHOLE}'"
            times = taken / whole
            yield Row(name=shorter, seconds=taken, ratio=times, target=f"at least {LEAST}", met=times >= LEAST)
        else:
            yield Row(name=name, seconds=taken, ratio=ratio)


def _cases(data: bytes) -> dict[str, Callable[[], object]]:
    form = cse_forms.get_form(FORM)
    answers = cse_forms.read_response(data).answers
    schema = dict(form.schema)
    stock = jsonschema.Draft202012Validator(schema, format_checker=jsonschema.Draft202012Validator.FORMAT_CHECKER)
    rust = jsonschema_rs.Draft202012Validator(schema, offline=True, validate_formats=True)
    return {
        BASE: partial(orjson.loads, data),
        READ: partial(cse_forms.read_response, data),
        WHOLE: partial(_whole, form, data),
        REASONS: partial(_reasons, form, data),
        DICT: partial(_dict, form, data),
        RUST: partial(rust.is_valid, answers),
        STOCK: partial(stock.is_valid, answers),
        ONE_CALL: partial(jsonschema.validate, answers, schema),
    }


def _whole(form: cse_forms.Form, data: bytes) -> object:
    response = cse_forms.read_response(data)
    report = form.validate(response)
    outcome = form.evaluate(response)
    risk = outcome.assessments["risk"]
    shown = [prompt.text for prompt in outcome.prompts if prompt.is_shown]
    return report.valid, risk.lowest, risk.highest, risk.determined, shown


def _reasons(form: cse_forms.Form, data: bytes) -> object:
    response = cse_forms.read_response(data)
    report = form.validate(response)
    outcome = form.evaluate(response)
    risk = outcome.assessments["risk"]
    reasons = [rule.answers for rule in risk.rules], [change.answers for change in risk.adjustments]
    prompts = [(prompt.text, prompt.answers) for prompt in outcome.prompts if prompt.is_shown]
    return report.findings, risk.possible, risk.unanswered, risk.not_known, risk.judgement, reasons, prompts


def _dict(form: cse_forms.Form, data: bytes) -> object:
    response = cse_forms.read_response(data)
    return form.validate(response).to_dict(), form.evaluate(response).to_dict()
