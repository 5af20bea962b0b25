"""The form's JSON Schema held against answers, each fault told once and in the form's words."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from functools import cache
from typing import Any

import jsonschema_rs

from cse_forms import pointers
from cse_forms.answers import messages
from cse_forms.answers.findings import CODES, Finding
from cse_forms.answers.messages import Message
from cse_forms.pointers import Key, value_at
from cse_forms.schema.definition import Definition
from cse_forms.schema.faults import nearest
from cse_forms.schema.items import Item, Question, Section, Table

MAX_DEPTH = 200
"""How deep answers may be nested: as deep as `reading.parse_json` reads."""

MAX_BITS = 14_000
"""How long a whole number may be. Python writes and reads at most 4,300 digits."""

_GAP_WORDS = frozenset(
    {"required", "dependentRequired", "minLength", "minItems", "minProperties", "contains", "minContains"}
)
"""What JSON Schema says about answers that are still missing."""

_SCHEMA_MAPS = frozenset({"properties", "$defs"})
_SCHEMAS = frozenset({"items", "allOf", "anyOf", "then", "else"})
"""The words under which schemas stand. What stands under "if" is a question, and stays as it is."""

_PRINTABLE = "^[^\\u0000-\\u0008\\u000B\\u000C\\u000E-\\u001F\\uFFFE\\uFFFF]*$"
"""What every document format can carry: XML's characters."""

_DEEPEST = 24
"""How deep texts are looked at. No form is as deep; a schema that named itself would follow answers to any depth."""


class Validator:
    """A definition's schema, compiled for complete responses and, when first needed, for drafts."""

    def __init__(self, definition: Definition) -> None:
        self._definition = definition
        self._compiled: dict[bool, jsonschema_rs.Draft202012Validator] = {}

    def errors(self, answers: Any, *, draft: bool) -> tuple[Finding, ...]:
        """Return every fault that makes a response invalid, in the order of the form, one for each place."""
        compiled = self._compiled.get(draft) or self._compile(draft=draft)
        try:
            if compiled.is_valid(answers):
                return ()
            errors = list(compiled.iter_errors(answers))
        except (ValueError, TypeError, UnicodeError):
            if unreadable := self._one_for_each_place(self._unreadable(answers)):
                return unreadable
            # What is left are values of a caller's own kinds of text or number.
            answers = json.loads(json.dumps(answers))
            errors = list(compiled.iter_errors(answers))
        if not errors:
            return ()
        return self._one_for_each_place(finding for error in errors for finding in self._told(error, answers))

    def _one_for_each_place(self, findings: Iterable[Finding]) -> tuple[Finding, ...]:
        found: dict[str, Finding] = {}
        for finding in findings:
            earlier = found.get(finding.pointer)
            if earlier is None or _rank(finding) < _rank(earlier):
                found[finding.pointer] = finding
        return self.in_order(found.values())

    def unprintable(self, answers: Any) -> list[Finding]:
        """Return a warning for every text that no document can carry as it is."""
        try:
            if _texts().is_valid(answers):
                return []
            errors = list(_texts().iter_errors(answers))
        except (ValueError, TypeError, UnicodeError):
            # Half a character is a text all the same, where nothing more is asked of it.
            return [replace(finding, severity="warning") for finding in self._unreadable(answers)]
        return [
            self._finding("control-character", tuple(error.instance_path), Message("unprintable"), warning=True)
            for error in errors
        ]

    def finding(self, code: str, pointer: str, message: str, *, warning: bool = False) -> Finding:
        """Return a finding about one answer, with the question's own words."""
        return Finding(
            code=code,
            pointer=pointer,
            question=self._words(pointer),
            message=message,
            severity="warning" if warning else "error",
        )

    def missing(self, pointer: str) -> Finding:
        """Return a warning that an answer is missing, where no JSON Schema asks for it."""
        item = self._definition.item_at(pointer)
        assert isinstance(item, Question)
        return self.finding("missing-answer", pointer, messages.missing(item), warning=True)

    def in_order(self, findings: Iterable[Finding]) -> tuple[Finding, ...]:
        """Return findings in the order of the form."""
        return tuple(sorted(findings, key=self._place))

    def _finding(self, code: str, keys: Sequence[Key], message: str, *, warning: bool = False) -> Finding:
        return self.finding(code, pointers.join(keys), message, warning=warning)

    def _compile(self, *, draft: bool) -> jsonschema_rs.Draft202012Validator:
        schema = dict(self._definition.schema)
        if draft:
            schema = _without_gaps(schema)
        self._compiled[draft] = jsonschema_rs.Draft202012Validator(
            schema, offline=True, validate_formats=True, pattern_options=jsonschema_rs.RegexOptions()
        )
        return self._compiled[draft]

    def _told(self, error: jsonschema_rs.ValidationError, answers: Any) -> Iterator[Finding]:
        keys = tuple(error.instance_path)
        word, data = error.kind.name, error.kind.as_dict()
        if word == "required":
            rule = value_at(self._definition.schema, error.schema_path[:-1])
            yield from self._missing((*keys, data["property"]), rule)
        elif word == "additionalProperties":
            for key in data["unexpected"]:
                yield self._unknown(keys, key)
        elif word == "minLength" and value_at(answers, keys) == "":
            yield from self._missing(keys, {})
        else:
            code, message = messages.told(word, data, self._item(keys))
            yield self._finding(code, keys, message)

    def _missing(self, keys: Sequence[Key], rule: Any) -> Iterator[Finding]:
        """A missing section is told by the questions in it that must be answered: always, or by the rule that asks."""
        item = self._item(keys)
        if isinstance(item, Section):
            inner = value_at(rule, ("properties", keys[-1]))
            asked = value_at(inner, ("required",))
            required = dict.fromkeys((*item.required, *(asked if isinstance(asked, list) else ())))
            for key in required:
                yield from self._missing((*keys, key), inner)
            if not required:
                yield self._finding("missing-answer", keys, Message("missing_section"))
        elif item is not None:
            yield self._finding("missing-answer", keys, messages.missing(item))

    def _unknown(self, keys: Sequence[Key], key: str) -> Finding:
        holder = self._item(keys)
        known = [] if holder is None or isinstance(holder, Question) else list(holder.children)
        near = nearest(key, known)
        message = Message("unknown_near", near=near) if near else Message("unknown")
        return self._finding("unknown-question", (*keys, key), message)

    def _unreadable(self, answers: Any) -> Iterator[Finding]:
        """Find what JSON cannot carry; only Python callers can give such values."""
        pending: list[tuple[tuple[Key, ...], Any]] = [((), answers)]
        while pending:
            keys, value = pending.pop()
            if len(keys) > MAX_DEPTH:
                yield self._finding("not-json", keys[:4], Message("too_deep", depth=MAX_DEPTH))
                return
            if isinstance(value, dict):
                for key, member in value.items():
                    if isinstance(key, str) and _is_text(key):
                        pending.append(((*keys, key), member))
                    else:
                        yield self._finding("not-json", keys, Message("no_name"))
            elif isinstance(value, list | tuple):
                pending += [((*keys, index), member) for index, member in enumerate(value)]
            elif isinstance(value, str):
                if not _is_text(value):
                    yield self._finding("not-json", keys, Message("half_character"))
            elif isinstance(value, int) and value.bit_length() > MAX_BITS:
                yield self._finding("not-json", keys, Message("too_long_number"))
            elif not (value is None or isinstance(value, bool | int | float)):
                yield self._finding("not-json", keys, Message("python_value", kind=type(value).__name__))

    def _item(self, keys: Sequence[Key]) -> Item | None:
        """Return what the form has at these keys of a response."""
        return self._definition.item_at(pointers.join(keys))

    def _words(self, pointer: str) -> str | None:
        item = self._definition.item_at(pointer)
        if isinstance(item, Question):
            return item.full_title
        while item is not None and not item.title:
            item = item.holder
        return item.title if item is not None else None

    def _place(self, finding: Finding) -> tuple[list[int], str]:
        """Sort by the order of the form, and rows by their numbers; what the form does not know comes last."""
        order = []
        holder: Item | None = None
        for key, item in self._definition.trail(finding.pointer):
            number = int(key) if key.isdecimal() and len(key) < _MOST_DIGITS else 0
            if isinstance(holder, Table | Question):
                order.append(number)
            else:
                order.append(_LAST + number if item is None else item.position)
            holder = item
        return order, finding.code


_LAST = 1_000_000
_MOST_DIGITS = 10
"""Of a row's number. Longer ones are names that somebody gave."""


def _rank(finding: Finding) -> tuple[str, int]:
    """Of two findings at one place, the graver and then the more telling one is kept."""
    return finding.severity, list(CODES).index(finding.code)


def _is_text(value: str) -> bool:
    try:
        value.encode("utf-8")
    except UnicodeEncodeError:
        return False
    return True


@cache
def _texts() -> jsonschema_rs.Draft202012Validator:
    """Return the validator of texts that can be printed, wherever they stand."""
    shapes: dict[str, Any] = {str(_DEEPEST): {}}
    for level in range(_DEEPEST):
        below = {"$ref": f"#/$defs/{level + 1}"}
        shapes[str(level)] = {"pattern": _PRINTABLE, "additionalProperties": below, "items": below}
    return jsonschema_rs.Draft202012Validator(
        {"$ref": "#/$defs/0", "$defs": shapes}, offline=True, pattern_options=jsonschema_rs.RegexOptions()
    )


def _without_gaps(schema: Any) -> Any:
    """Return a schema that asks for nothing that may still be missing, and refuses what is wrong all the same."""
    if isinstance(schema, list):
        return [_without_gaps(member) for member in schema]
    if not isinstance(schema, dict):
        return schema
    kept = {}
    for word, value in schema.items():
        if word in _GAP_WORDS:
            continue
        if word in _SCHEMA_MAPS:
            kept[word] = {key: _without_gaps(member) for key, member in value.items()}
        else:
            kept[word] = _without_gaps(value) if word in _SCHEMAS else value
    return kept
