"""Conflicts of a rebase as questions that whoever owns the policy can answer."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from cse_forms.pointers import BLANK
from cse_forms.variants.deriving import patch
from cse_forms.variants.merging import Conflict

_LONGEST = 400
"""Characters of what a side says that are shown; all of it stands in the JSON."""

_WORDS = {
    "title": "title",
    "description": "description",
    "because": "reason given",
    "text": "text",
    "hint": "hint",
    "guidance": "guidance",
    "provenance": "note of where it comes from",
    "showWhen": "condition under which it is asked",
    "x-form.required": "condition under which it must be answered",
    "answer": "kind of answer that it takes",
    "meaning": "conditions or numbers",
    "weight": "weight",
    "header": "list of questions that tell one completed form from another",
    "interventions": "list of interventions",
    "rules": "rules of its own",
}
"""What people call the words of a part."""

_KINDS = {"otherwise": "level that is suggested otherwise", "judgement": "record of the judgement"}
"""What people call the parts whose kind is named otherwise."""


def question_of(conflict: Conflict) -> str:
    """Return a conflict as a question, with both sides of it."""
    name = _name(conflict)
    match conflict.kind:
        case "words":
            what = _WORDS.get(conflict.id.rpartition(":")[2], f"word '{conflict.id.rpartition(':')[2]}'")
            told = (
                f"The base has changed the {what} of {name}, and so have you.\n"
                f"  It was:      {_said(conflict, conflict.was)}\n"
                f"  The base:    {_said(conflict, conflict.theirs)}\n"
                f"  Your own:    {_said(conflict, conflict.yours)}\n"
            )
            if conflict.may_write:
                return f"{told}Keep yours, take the base's, or write another?"
            return f"{told}Keep yours, or take the base's?"
        case "left-out-here":
            return (
                f"You have left out {name}, and the base has changed it since. Leave it out still (keep), or take it "
                "as the base has it now?"
            )
        case "left-out-there":
            return (
                f"The base has left out {name}, and you have changed it. Keep it as a part of your own, or leave it "
                "out as the base does (take)?"
            )
        case "added-twice":
            return f"You have added {name}, and so has the base, not to the same. Keep yours, or take the base's?"
        case "order":
            return (
                f"You and the base have both changed the order of {conflict.id.rpartition('order-of-')[2]} in {name}.\n"
                f"  The base:    {', '.join(conflict.theirs.values())}\n"
                f"  Your own:    {', '.join(conflict.yours.values())}\n"
                "Keep yours, or take the base's?"
            )


def to_dict(conflict: Conflict) -> dict[str, Any]:
    """Return a conflict as JSON has it; a word that is not there is null."""
    told: dict[str, Any] = {"id": conflict.id, "kind": conflict.kind, "question": question_of(conflict)}
    told["answers"] = ["keep", "take", *(["write"] if conflict.may_write else [])]
    if conflict.kind == "words":
        told |= {word: patch(getattr(conflict, word)) for word in ("was", "theirs", "yours")}
    elif conflict.kind == "order":
        told |= {word: list(getattr(conflict, word)) for word in ("theirs", "yours")}
    return told


def _name(conflict: Conflict) -> str:
    kind = _KINDS.get(conflict.part_kind, conflict.part_kind)
    if conflict.part == "form":
        return "the form"
    return f"the {kind} '{conflict.title}' ({conflict.part})" if conflict.title else f"the {kind} ({conflict.part})"


def _said(conflict: Conflict, words: Mapping[tuple[str, ...], Any]) -> str:
    """Return what one side says of the words in question."""
    shown = {".".join(path): words[path] for path in conflict.words}
    told = ["(nothing)" if value is BLANK else _plain(value) for value in shown.values()]
    text = told[0] if len(told) == 1 else "; ".join(f"{word} {said}" for word, said in zip(shown, told, strict=True))
    return text if len(text) <= _LONGEST else f"{text[:_LONGEST]}..."


def _plain(value: Any, *, is_inner: bool = False) -> str:
    """Return what JSON says without its marks: from 3, level medium; from 6, level high."""
    if isinstance(value, dict):
        told = ", ".join(f"{word} {_plain(said, is_inner=True)}" for word, said in value.items())
    elif isinstance(value, list):
        told = "; ".join(_plain(one, is_inner=any(isinstance(part, list) for part in value)) for one in value)
    else:
        return value if isinstance(value, str) else json.dumps(value)
    return f"({told})" if is_inner else told
