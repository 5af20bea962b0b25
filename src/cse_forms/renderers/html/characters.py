"""Text into what the parts of a page can hold: identifiers, addresses, strings in a style sheet."""

from __future__ import annotations

import re

_OUTSIDE_IDENTIFIERS = re.compile(r"[^A-Za-z0-9/-]")
_FOLLOWED_SCHEMES = re.compile(r"(?:https?|mailto|tel):[^\x00-\x20\x7f]+", re.IGNORECASE)
_OUTSIDE_CSS_STRINGS = re.compile(r"[^A-Za-z0-9 ]")
_NOT_FOR_PAGES = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]")


def identifier(pointer: str, prefix: str = "q") -> str:
    """Return the `id` of what has this JSON Pointer: a different one for every pointer.

    A slash becomes a full stop, and every character that would need care in an address or in a style sheet
    becomes its number between underscores. So an identifier holds an even number of underscores, and one with
    an ending for a part of the question, such as "_day", an odd number: the two are never the same. A hyphen is
    doubled, so that the same holds for the endings that GOV.UK Frontend gives, such as "-hint".
    """
    return prefix + _OUTSIDE_IDENTIFIERS.sub(_number_of, pointer).replace("-", "--").replace("/", ".")


def _number_of(match: re.Match[str]) -> str:
    return f"_{ord(match[0]):x}_"


def may_be_followed(address: str) -> bool:
    """Tell whether an address may become a link: only of the web, of mail and of telephones."""
    return _FOLLOWED_SCHEMES.fullmatch(address) is not None


def css_string(text: str) -> str:
    """Return the text as a string of a style sheet that stands inside a `style` element.

    All but letters, digits and spaces are written by number: no text can end the string or the element.
    """
    return '"' + _OUTSIDE_CSS_STRINGS.sub(_css_escape, text) + '"'


def _css_escape(match: re.Match[str]) -> str:
    return f"\\{ord(for_page(match[0])):x} "


def for_page(text: str) -> str:
    """Return the text with U+FFFD in place of what no page may hold: control characters, lone surrogates."""
    return _NOT_FOR_PAGES.sub("\ufffd", text)
