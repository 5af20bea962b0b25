"""The response that is measured: every question of the toolbox answered, about 5 kB."""

from __future__ import annotations

import json

import cse_forms
from tests.responses import answers_to

FORM = "cse-toolbox"


def full_response() -> bytes:
    """Return the bytes of a complete response, as a program writes it, that leaves the outcome open.

    Every question with a Not Known is answered by it, the dearest case to evaluate.
    """
    form = cse_forms.get_form(FORM)
    answers = answers_to(form, written=lambda _: "Seen at the bus station", chosen=-1)
    answers["involved"]["author"]["date-completed"] = "2026-03-31"
    report = form.validate(answers)
    assert report.findings == (), report.findings
    assert not form.evaluate(answers).assessments["risk"].determined
    envelope = {"form": form.id, "version": form.version, "answers": answers, "meta": {"status": "complete"}}
    return json.dumps(envelope, ensure_ascii=False, separators=(",", ":")).encode("utf-8")
