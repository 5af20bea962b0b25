"""What every renderer promises: each shipped form, answered in every way, says all that its document says."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from functools import cache
from hashlib import sha256
from itertools import cycle
from typing import Any

import pytest

import cse_forms
from cse_forms.document.tree import Document, Option, Question
from cse_forms.forms import Form, shipped_catalogue
from cse_forms.renderers import BUILT_IN, get_renderer
from tests.commands import HANG_GUARD
from tests.renderers.readback import READERS, plain
from tests.renderers.sample import HOSTILE_TEXTS
from tests.responses import answers_to

FORMS = list(shipped_catalogue().versions())
STATES = ["blank", "empty", "partial", "full", "not known", "draft", "hostile"]


@cache
def document_of(form_id: str, state: str) -> Document:
    """Return the document of a form that is blank, or answered in one of the ways."""
    form = cse_forms.get_form(form_id)
    answers = answers_of(form, state)
    if answers is None:
        return form.document()
    response = cse_forms.Response(form=form.id, version=form.version, answers=answers)
    return form.document(response, draft=state == "draft")


def answers_of(form: Form, state: str) -> dict[str, Any] | None:
    hostile = cycle(HOSTILE_TEXTS.values())
    match state:
        case "blank":
            return None
        case "empty":
            return {}
        case "partial" | "draft":
            return answers_to(form, every=2)
        case "not known":
            return answers_to(form, chosen=-1)
        case "hostile":
            return answers_to(form, written=lambda _: next(hostile)) | {"<b>unknown</b>": "<i>question</i>"}
    return answers_to(form)


def wordings(node: Any) -> Iterator[str]:
    """Yield every text of a document that people are to read."""
    if isinstance(node, str):
        yield node
    elif isinstance(node, tuple):
        for member in node:
            yield from wordings(member)
    elif is_dataclass(node):
        for member in fields(node):
            if member.name not in unread(node):
                yield from wordings(getattr(node, member.name))


def unread(node: Any) -> set[str]:
    """Return the members of a node that are not shown, or need not be: what helps to answer what is answered."""
    never = {
        "anchor",
        "digest",
        "form",
        "grows_at",
        "interface",
        "kind",
        "labels",
        "language",
        "outcome",
        "pointer",
        "purpose",
        "response",
        "status",
        "version",
    }
    if isinstance(node, Option):
        return never | {"sent", "value"}
    return never | {"hint", "options", "value"} if isinstance(node, Question) and node.answer is not None else never


def test_every_built_in_renderer_is_held_to_this_contract() -> None:
    assert set(READERS) == set(BUILT_IN)


@pytest.mark.parametrize("state", STATES)
@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("name", BUILT_IN)
def test_every_wording_and_every_answer_of_the_document_is_said(name: str, form: str, state: str) -> None:
    document = document_of(form, state)
    said = READERS[name](get_renderer(name).render(document))
    assert [wording for wording in wordings(document) if plain(wording) not in said] == []


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("name", BUILT_IN)
def test_every_text_that_was_written_is_said(name: str, form: str) -> None:
    answers = answers_to(cse_forms.get_form(form), written=lambda question: f"Written at {question.pointer}.")
    said = READERS[name](cse_forms.get_form(form).render(name, answers))
    questions = cse_forms.get_form(form).definition.questions.values()
    written = [f"Written at {question.pointer}." for question in questions if question.kind == "text"]
    assert written
    assert [text for text in written if text not in said] == []


@pytest.mark.parametrize("name", BUILT_IN)
def test_what_is_made_is_of_the_declared_type(name: str) -> None:
    renderer = get_renderer(name)
    made = renderer.render(document_of("cse-toolbox", "full"))
    assert renderer.suffix == f".{name}"
    if isinstance(made, str):
        assert renderer.media_type in {"text/html; charset=utf-8", "application/json"}
        assert made.encode("utf-8")
    elif name == "pdf":
        assert renderer.media_type == "application/pdf"
        assert made.startswith(b"%PDF-1.7")
    else:
        assert renderer.media_type == "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
        assert made.startswith(b"PK")


@pytest.mark.parametrize("state", STATES)
@pytest.mark.parametrize("name", BUILT_IN)
def test_the_same_document_always_gives_the_same_bytes(name: str, state: str) -> None:
    document = document_of("cse-toolbox", state)
    assert get_renderer(name).render(document) == get_renderer(name).render(document)


def test_another_process_makes_the_same_bytes() -> None:
    program = (
        "import cse_forms, hashlib\n"
        f"for form in {FORMS}:\n"
        f"    for name in {list(BUILT_IN)}:\n"
        "        made = cse_forms.get_form(form).render(name)\n"
        "        print(hashlib.sha256(made if isinstance(made, bytes) else made.encode()).hexdigest())\n"
    )
    digests = []
    for form in FORMS:
        for name in BUILT_IN:
            made = cse_forms.get_form(form).render(name)
            digests.append(sha256(made if isinstance(made, bytes) else made.encode()).hexdigest())
    done = subprocess.run(
        [sys.executable, "-c", program],
        capture_output=True,
        text=True,
        check=True,
        timeout=HANG_GUARD,
        env={"PYTHONHASHSEED": "7", "TZ": "Asia/Tokyo"},
    )
    assert done.stdout.split() == digests
