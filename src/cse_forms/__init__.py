"""Assessment forms for child sexual exploitation, as data that can be trusted.

    import cse_forms

    form = cse_forms.get_form("cse-toolbox")
    report = form.validate(answers)
    outcome = form.evaluate(answers)
    page = form.render("html", answers)

Names are imported when they are first used, so that `import cse_forms` costs next to nothing.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from cse_forms.answers.envelope import read_response
    from cse_forms.answers.fields import Reading
    from cse_forms.answers.findings import Finding, Report
    from cse_forms.answers.response import Response
    from cse_forms.answers.submitted import Parsed
    from cse_forms.comparing.comparison import Comparison, compare
    from cse_forms.errors import (
        CseFormsError,
        DefinitionError,
        DigestError,
        FormNotFoundError,
        InputError,
        RendererError,
    )
    from cse_forms.forms import Catalogue, Form, Outcome, get_form
    from cse_forms.reading_back.docx import read_docx
    from cse_forms.reading_back.pdf import read_pdf

_HOMES = {
    "Catalogue": "forms",
    "Comparison": "comparing.comparison",
    "CseFormsError": "errors",
    "DefinitionError": "errors",
    "DigestError": "errors",
    "Finding": "answers.findings",
    "Form": "forms",
    "FormNotFoundError": "errors",
    "InputError": "errors",
    "Outcome": "forms",
    "Parsed": "answers.submitted",
    "Reading": "answers.fields",
    "RendererError": "errors",
    "Report": "answers.findings",
    "Response": "answers.response",
    "compare": "comparing.comparison",
    "get_form": "forms",
    "read_docx": "reading_back.docx",
    "read_pdf": "reading_back.pdf",
    "read_response": "answers.envelope",
}

__all__ = [
    "Catalogue",
    "Comparison",
    "CseFormsError",
    "DefinitionError",
    "DigestError",
    "Finding",
    "Form",
    "FormNotFoundError",
    "InputError",
    "Outcome",
    "Parsed",
    "Reading",
    "RendererError",
    "Report",
    "Response",
    "compare",
    "get_form",
    "read_docx",
    "read_pdf",
    "read_response",
]


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(f"module 'cse_forms' has no attribute '{name}'")
    value = getattr(import_module(f"cse_forms.{_HOMES[name]}"), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return [*_HOMES]
