"""The response that was migrated, kept inside the one that was made of it."""

from __future__ import annotations

import json
from json import JSONDecoder
from typing import Any

from cse_forms import pointers
from cse_forms.answers.envelope import MAX_ORIGINALS, read_response
from cse_forms.answers.response import Response
from cse_forms.document.answer import words_of
from cse_forms.document.languages import interface
from cse_forms.errors import InputError
from cse_forms.forms import Form, Outcome
from cse_forms.migrating.answered import Leaf, take_apart, title_of
from cse_forms.migrating.report import MigrationReport
from cse_forms.schema.digests import digest_of_bytes
from cse_forms.schema.items import Question
from cse_forms.thresholds.reading import Instance

_MEMBER = "/migrated_from"


def bytes_of(response: Response, original: bytes | None) -> bytes:
    """Return the bytes of a response: those that it was read from, or those of a file that is written from it.

    Raises:
        InputError: they hold another response, or it holds what no file can.
    """
    if original is not None:
        if read_response(original) != response:
            raise InputError("The bytes are not those of the response; give the bytes that it was read from")
        return original
    refusal = InputError("The response holds what no JSON file can carry; nothing was made")
    try:
        text = json.dumps(response.to_dict(), indent=2, ensure_ascii=False, allow_nan=False) + "\n"
        data = text.encode("utf-8")
    except (TypeError, ValueError) as error:
        raise refusal from error
    if read_response(data) != response:
        raise refusal
    return data


def with_original(
    former: Response, data: bytes, form: Form, outcome: Outcome, report: MigrationReport
) -> tuple[dict[str, Any], ...]:
    """Return what a new response keeps: all that the former one kept, and the former one itself.

    Raises:
        InputError: it keeps as many as it may already.
    """
    if len(former.migrated_from) >= MAX_ORIGINALS:
        raise InputError(f"This response was migrated {MAX_ORIGINALS} times; no more are kept. Begin a new response")
    kept = {
        "form": former.form,
        "version": former.version,
        "to": report.path[-1],
        "digest": form.digest,
        "bytes": digest_of_bytes(data),
        "text": _without_originals(data.decode("utf-8")),
        "words": _words(former, form),
        "levels": [
            {"assessment": one.title, "suggested": one.before.suggested, "possible": list(one.before.possible)}
            for one in report.levels
            if one.before is not None
        ],
        "evaluation": outcome.to_dict(),
        "lost": [{"pointer": pointer, "because": one.because} for one in report.lost for pointer in one.old],
    }
    # What is kept must be the same when it is read back: a tuple would come back as a list.
    plain: dict[str, Any] = json.loads(json.dumps(kept))
    return (*former.migrated_from, plain)


def _without_originals(text: str) -> str:
    """Return the text of a response with nothing of what it keeps: that is kept beside it, and once is enough."""
    bare = text.removeprefix("\ufeff")
    line, column = pointers.locate(bare, [_MEMBER])[_MEMBER]
    start = sum(len(one) + 1 for one in bare.split("\n")[: line - 1]) + column - 1
    decoder = JSONDecoder()
    if bare[start] != '"':
        return text  # It keeps nothing: this is the place of the whole.
    after = decoder.raw_decode(bare, start)[1]
    value = next(place for place in range(after, len(bare)) if bare[place] == "[")
    end = decoder.raw_decode(bare, value)[1]
    return f"{text[: len(text) - len(bare)]}{bare[:value]}[]{bare[end:]}"


def _words(response: Response, form: Form) -> list[dict[str, str]]:
    """Return every answer in the form's words, so that it can be read without the form."""
    phrases = interface(None, form.definition.words.language).phrases
    leaves = take_apart(form.definition.root, response.answers).leaves
    return [
        {
            "pointer": leaf.pointer,
            "section": _section(leaf),
            "question": leaf.title or "",
            "answer": words_of(Instance(leaf.item, leaf.keys, leaf.value), phrases)
            if isinstance(leaf.item, Question)
            else json.dumps(leaf.value, ensure_ascii=False),
        }
        for leaf in leaves
        if not leaf.is_empty
    ]


def _section(leaf: Leaf) -> str:
    """Return the titles of the sections in which an answer stands, the outermost first."""
    titles: list[str] = []
    holder = leaf.item.holder if leaf.item is not None else None
    while holder is not None:
        if holder.keys and holder.title:
            titles.insert(0, title_of(holder) or "")
        holder = holder.holder
    return " - ".join(titles)
