"""Translations made for tests: into a language that nobody speaks, or of an invented form."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any, Literal

from cse_forms.document.languages import PSEUDO
from cse_forms.forms import Form
from cse_forms.schema.definition import Definition
from cse_forms.schema.translation import TranslatedString, TranslationFile, digest_of_text, to_bytes, translated
from cse_forms.schema.wording import wordings
from tests.forms import choice, definition, integer, section, shape, text

ACCENTED = str.maketrans("AEIOUaeiou", "ÀÉÎÕÜàéîõü")
VOWELS = set("AEIOUaeiou")


def accented(text: str) -> str:
    """Return a text as nobody writes it: without a vowel that has no accent."""
    return f"«{text.translate(ACCENTED)}»"


def translation(
    form: Definition,
    *,
    language: str = PSEUDO,
    change: Callable[[str], str] = accented,
    status: Literal["draft", "reviewed"] = "draft",
    leaves_out: Callable[[int], bool] = lambda _: False,
) -> TranslationFile:
    """Return a translation of all of a form's wording, but for the strings that are left out by their number."""
    return TranslationFile(
        form=form.id,
        version=form.version,
        language=language,
        strings={
            wording.pointer: TranslatedString(
                text=change(wording.text), source=digest_of_text(wording.text), status=status
            )
            for number, wording in enumerate(wordings(form.schema))
            if not leaves_out(number)
        },
    )


def in_pseudo(form: Form, **how: Any) -> Form:
    """Return a form in the language that nobody speaks."""
    return Form(translated(form.definition, translation(form.definition, **how)))


def write_translation(folder: Path, made: TranslationFile) -> Path:
    """Write a translation beside a form."""
    path = folder / f"{made.language}.json"
    path.write_bytes(to_bytes(made))
    return path


def visits(**words: Any) -> dict[str, Any]:
    """Return a small definition with wording of every kind."""
    yes = {"const": "yes"}
    sign = {"items": "/signs/*/seen", "match": yes}
    row = section(
        {"seen": choice("yes", "no"), "what": text(showWhen={"items": "./seen", "match": yes})},
        hint={"what": "Say when."},
    )
    guidance = [
        {"kind": "warning", "text": "Ring at once."},
        {"title": "Before", "list": ["Sit down.", "Read."]},
        {"terms": [{"term": "Sign", "texts": ["What is seen.", "What is heard."]}]},
        {"links": [{"title": "More", "href": "https://example.org/more"}]},
    ]
    levels = [
        {"id": "low", "description": "Little.", "interventions": ["Wait."]},
        {"id": "high", "includes": {"level": "low", "text": "As above."}, "interventions": ["Go there."]},
    ]
    assessment = {
        "id": "risk",
        "levels": levels,
        "rules": [
            {"id": "seen", "level": "high", "when": sign},
            {"id": "open", "level": "high", "when": {"unsettled": "Nobody has said."}},
        ],
        "adjustments": [{"id": "old", "when": {"measure": "age", "match": {"minimum": 16}}, "raise": 1}],
        "otherwise": {"level": "low"},
        "judgement": {
            "level": "/level",
            "reason": "/reason",
            "may": [{"atLeast": "suggested", "because": "Never lower."}],
        },
    }
    questions = {
        "age": integer(hint="A whole number.") | {"description": "In years."},
        "signs": section(
            {"late": shape("sign") | {"title": "Late home"}, "gone": shape("sign")},
            layout="matrix",
            number="2",
            rowHeader="What was seen",
        ),
        "level": choice("low", "high", number="3"),
        "reason": text(),
    }
    return definition(
        questions,
        defs={"sign": row},
        guidance=guidance,
        measures={"age": {"title": "Age in years", "sum": [{"items": "/age"}]}},
        assessments=[assessment],
        prompts=[{"id": "tell", "when": sign, "urgency": "soon", "text": "Tell someone."}],
        checks=[{"id": "odd", "when": {"items": "/age", "match": {"minimum": 90}}, "text": "Look again."}],
        **words,
    )
