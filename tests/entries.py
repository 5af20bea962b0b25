"""What a browser sends of a page, worked out by the HTML standard's rules for constructing the entry list."""

from __future__ import annotations

import re
from typing import Any, TypeAlias

from lxml import html

Entries: TypeAlias = list[tuple[str, str]]

_BREAK = re.compile("\r\n?|\n")


def form_of(page: str) -> Any:
    """Return the form of a page."""
    parser = html.HTMLParser(encoding="utf-8", huge_tree=True)
    (form,) = html.document_fromstring(page.encode(), parser=parser).iter("form")
    return form


def entries(page: str, submitter: str | None = None) -> Entries:
    """Return the names and values that a browser sends.

    Args:
        page: the page.
        submitter: what the button sends that was used; None, where the form is sent without one.
    """
    found: Entries = []
    for control in form_of(page).iter("input", "textarea", "button", "select"):
        name, kind = control.get("name"), control.get("type", "")
        if not name or control.get("disabled") is not None:
            continue
        if control.tag == "button":
            if control.get("value") != submitter:
                continue
            submitter, value = None, control.get("value")
        elif kind in ("checkbox", "radio"):
            if control.get("checked") is None:
                continue
            value = control.get("value", "on")
        elif control.tag == "textarea":
            text = _BREAK.sub("\n", control.text or "")
            value = text.removeprefix("\n")
        else:
            value = control.get("value", "")
            value = value if kind == "hidden" else _BREAK.sub("", value)
        found.append((_sent(name), _sent(value)))
    assert submitter is None, "no such button"
    return found


def _sent(text: str) -> str:
    return _BREAK.sub("\r\n", text)
