"""Answers that look like none on a page: a text of spaces alone, a box left unticked, a row in which nothing stands."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator

    from cse_forms.document.tree import Document


def stated(document: Document) -> dict[str, Any]:
    """Return such answers by their pointers, and lists, whose order a page does not tell either."""
    answers = (document.response or {}).get("answers", {})
    return dict(_stated(answers, ""))


def _stated(value: Any, pointer: str) -> Iterator[tuple[str, Any]]:
    if isinstance(value, dict) and value:
        for key, member in value.items():
            yield from _stated(member, f"{pointer}/{key.replace('~', '~0').replace('/', '~1')}")
    elif isinstance(value, list) and any(isinstance(each, dict) for each in value):
        for place, each in enumerate(value):
            yield from _stated(each, f"{pointer}/{place}")
    elif isinstance(value, list) or value is False or value == {} or (isinstance(value, str) and not value.strip()):
        yield pointer, value
