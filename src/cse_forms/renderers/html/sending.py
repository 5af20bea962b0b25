"""What a page needs that is filled in and sent back: where its problems lie, and what it may load and send to."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from markupsafe import Markup

from cse_forms.document.tree import Heading, Kept, Question, Sending, Table
from cse_forms.errors import InputError
from cse_forms.renderers.html.characters import identifier
from cse_forms.renderers.html.components import spoken
from cse_forms.renderers.html.controls import shown_as_date

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from cse_forms.document.tree import Block

_PREFIX = re.compile(r"[A-Za-z][A-Za-z0-9_-]*")
_CLASSES = re.compile(r'(?<=\sclass=")[^"]+')
_REFERENCES = re.compile(r'(?<=\s)(id|for|aria-labelledby|aria-describedby)="([^"]+)"')
_LINKS = re.compile(r'(?<=\shref="#)(?=[^"])')
_CLASS_IN_CSS = re.compile(r"\.(?=[A-Za-z_])([\w-]+)")
_CSS_COMMENTS = re.compile(r"/\*.*?\*/", re.DOTALL)
_ROOTS = re.compile(r"(?<![\w.#-])(?::root|html|body)(?![\w-])")
_THEIRS = "govuk-"


def sources(sending: Sending | None) -> str:
    """Return what a page may send to, load and fetch, as a content security policy says it."""
    if sending is None:
        return "form-action 'none'"
    found = f"form-action {_source(sending.action)}"
    if sending.script is None or sending.definition is None:
        return found
    return f"{found}; script-src {_source(sending.script)}; connect-src {_source(sending.definition)}"


def _source(address: str) -> str:
    parts = urlsplit(address)
    host = re.sub(r"[^A-Za-z0-9.:\[\]-]", "", parts.netloc)
    return f"{parts.scheme}://{host}" if host and parts.scheme else host or "'self'"


def problems(sending: Sending | None, blocks: Iterable[Block]) -> list[dict[str, str]]:
    """Return the items of an error summary, each with the way to the control that it is about."""
    if sending is None or not sending.problems:
        return []
    targets = dict(_targets(blocks))
    return [
        {"html": spoken(text)} | ({"href": f"#{target}"} if (target := _nearest(targets, pointer)) else {})
        for pointer, text in sending.problems
    ]


def _nearest(targets: dict[str, str], pointer: str) -> str | None:
    """Return where to go for a pointer: to what it names, or else to what holds it."""
    while pointer and pointer not in targets:
        pointer = pointer.rpartition("/")[0]
    return targets.get(pointer)


def _targets(blocks: Iterable[Block]) -> Iterator[tuple[str, str]]:
    for block in blocks:
        if isinstance(block, Heading) and block.anchor is not None:
            yield block.anchor, identifier(block.anchor, "s")
        elif isinstance(block, Question):
            yield block.pointer, _control_of(block)
        elif isinstance(block, Table):
            for row in block.rows:
                if row.anchor is not None:
                    yield row.anchor, identifier(row.anchor, "r")
                yield from ((cell.pointer, _control_of(cell)) for cell in row.cells if isinstance(cell, Question))


def _control_of(question: Question) -> str:
    """Return the identifier of a question's first control."""
    own = identifier(question.pointer)
    if question.kind in ("choice", "choices"):
        return f"{own}_o1"
    return f"{own}_day" if question.kind == "date" and shown_as_date(question) else own


def droppable(kept: Kept) -> list[dict[str, Any]]:
    """Return the boxes by which answers are removed that no longer apply, and one for all of them."""
    value, text = kept.all_of_them
    every = [(value, text)] if len(kept.answers) > 1 else []
    return [{"value": at, "html": spoken(words)} for at, words in (*kept.answers, *every)]


def prefixed(markup: str, prefix: str, own_classes: frozenset[str]) -> str:
    """Return markup with a prefix before its identifiers, and before those of its classes that are the library's own.

    Words in markup are escaped, so that a quotation mark stands nowhere but around an attribute.

    Raises:
        InputError: the prefix is no name.
    """
    if not prefix:
        return markup
    check_prefix(prefix)

    def classes(match: re.Match[str]) -> str:
        return " ".join(prefix + name if name in own_classes else name for name in match[0].split())

    def references(match: re.Match[str]) -> str:
        return f'{match[1]}="{" ".join(prefix + name for name in match[2].split())}"'

    return _LINKS.sub(prefix, _REFERENCES.sub(references, _CLASSES.sub(classes, markup)))


def check_prefix(prefix: str) -> None:
    """Refuse what cannot begin an identifier or a class.

    Raises:
        InputError: the prefix is no name.
    """
    if prefix and not _PREFIX.fullmatch(prefix):
        raise InputError("A prefix is a name: a letter, and then letters, digits, hyphens and underscores")


@cache
def own_classes(style: str) -> frozenset[str]:
    """Return the classes of a style sheet that are not GOV.UK Frontend's."""
    found = _CLASS_IN_CSS.findall(_CSS_COMMENTS.sub("", style))
    return frozenset(name for name in found if not name.startswith(_THEIRS))


def scoped(style: str, prefix: str) -> str:
    """Return a style sheet that holds within the form alone, wherever it stands, with a prefix before its own classes.

    Raises:
        InputError: the prefix is no name.
    """
    check_prefix(prefix)
    style = _ROOTS.sub(":scope", _CSS_COMMENTS.sub("", style))

    def own(match: re.Match[str]) -> str:
        return match[0] if match[1].startswith(_THEIRS) else f".{prefix}{match[1]}"

    style = _CLASS_IN_CSS.sub(own, style)
    return f"@scope (.{prefix}cse-form) {{\n{style}\n}}\n"


def legend(kept: Kept | None) -> Markup | None:
    """Return the words above the boxes."""
    return None if kept is None else spoken(kept.title)
