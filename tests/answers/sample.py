"""A form that can be answered wrongly in every way that there is a code for."""

from __future__ import annotations

from typing import Any

from cse_forms.forms import Form
from tests import forms

ROW = forms.section({"present": forms.tick(), "rating": forms.choice("low", "high")})
OPTIONS = forms.choices("a", "b", "c")


def sample() -> forms.Document:
    """Return a form that can be answered wrongly in every way that there is a code for."""
    rule = {"id": "rule", "level": "high", "when": {"items": "/choice", "match": {"const": "yes"}}}
    return forms.definition(
        {
            "name": forms.needed(),
            "text": forms.text() | {"minLength": 2, "maxLength": 5},
            "code": forms.text() | {"pattern": "^[A-Z]+$"},
            "date": forms.date(),
            "whole": forms.integer() | {"minimum": 0, "maximum": 20},
            "number": forms.number() | {"exclusiveMinimum": 0, "exclusiveMaximum": 1, "multipleOf": 0.25},
            "tick": forms.tick(),
            "choice": forms.choice("yes", "no", "not-known"),
            "several": OPTIONS | {"minItems": 1, "maxItems": 2},
            "part": forms.section({"inner": forms.text()}),
            "matrix": forms.matrix({"first-row": forms.shape("row"), "second-row": forms.shape("row")}),
            "table": forms.table(forms.shape("row")) | {"minItems": 1, "maxItems": 2},
            "level": forms.choice("low", "high"),
            "reason": forms.text(),
        },
        required=["name"],
        defs={"row": ROW},
        assessments=[
            {
                "id": "risk",
                "levels": [{"id": "low"}, {"id": "high"}],
                "rules": [rule],
                "otherwise": {"level": "low"},
                "judgement": {
                    "level": "/level",
                    "reason": "/reason",
                    "may": [{"atLeast": "suggested", "because": "A level is never lowered."}],
                },
            }
        ],
        checks=[{"id": "two-at-once", "when": {"items": "/tick", "match": {"const": True}}}],
    )


FORM = forms.form(sample())
GOOD = {"name": "Robin"}
OPTIONS_SAID = 'Choose one of: Yes, No, Not known (written "yes", "no", "not-known").'
TICK_SAID = "Give true where the box is ticked, and false where it is not."
UNPRINTABLE_SAID = (
    "The text holds a control character, which can be neither seen nor printed; documents show a mark in its place."
)
DATE_SAID = "Give the date as year-month-day, such as 2026-03-31."


def told(answers: Any, *, draft: bool = False, form: Form = FORM) -> list[tuple[str, str, str | None, str]]:
    report = form.validate(answers, draft=draft)
    return [(one.code, one.pointer, one.question, one.message) for one in report.findings]


def codes(answers: Any, *, draft: bool = False, form: Form = FORM) -> list[tuple[str, str]]:
    return [(one.code, one.pointer) for one in form.validate(answers, draft=draft).findings]
