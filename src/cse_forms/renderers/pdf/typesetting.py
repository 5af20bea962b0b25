"""Typst draws the pages: with letters that come along, and without a character that nobody would see missing."""

from __future__ import annotations

import json
import re
from functools import cache, lru_cache
from importlib.resources import as_file, files
from typing import TYPE_CHECKING, Any, Literal, TypeAlias
from unicodedata import category

from cse_forms.errors import NotRenderableError, RendererError

if TYPE_CHECKING:
    from collections.abc import Iterator

    import typst

FOLDER = files("cse_forms.renderers.pdf")

UNDRAWABLE = "This document holds a text that cannot be drawn on a page"
MISSING_EXTRA = "PDF needs typst: pip install 'cse_forms[pdf]'"

MOST_CHARACTERS = 400_000
"""A document with more is refused: it would be hundreds of pages, and nothing can end the drawing once it has begun.
The largest real form has 58,000."""

MOST_TOGETHER = 1_000
"""Marks that stand on one letter, or signs that take up no room. Typst fails where there are tens of thousands."""

Standards: TypeAlias = tuple[Literal["ua-1", "a-2a"], ...]
"""Those that a file is to keep: to be read by everybody, to be kept for long."""

NO_DATE = 315532800
"""1 January 1980, as the files of an archive have it that know no date: the same document gives the same bytes."""

_UNSHOWN = re.compile(r'`"(.*?)"`')
_WITHOUT_ROOM = frozenset({"Mn", "Mc", "Me", "Cf"})
_ESCAPE = re.compile(r"\\u\{([0-9a-f]+)\}|\\(.)")
_PLAIN = re.compile("[\x20-\x7e\xa0-\xac\xae-\xff\n\u2010-\u2015\u2018-\u201e\u2022\u2026\u20ac]+")
"""What the letters that come along are known to hold, so that it need not be tried."""


def require() -> None:
    """Find out whether the packages are there that a PDF takes.

    Raises:
        RendererError: they are not.
    """
    try:
        import pikepdf
        import typst
    except ImportError as error:
        raise RendererError(MISSING_EXTRA) from error
    del pikepdf, typst


def typeset(template: str, data: dict[str, Any], *, standards: Standards = (), timestamp: int = NO_DATE) -> bytes:
    """Return the pages that a template draws of some data.

    Raises:
        RendererError: the document is too long, or holds a text that cannot be drawn.
    """
    import typst

    written = json.dumps(data, ensure_ascii=False)
    if len(written) > MOST_CHARACTERS:
        count = sum(map(len, _texts(data)))
        if count > MOST_CHARACTERS:
            raise NotRenderableError(
                f"This document is too long for a PDF: it has {count:,} characters of at most {MOST_CHARACTERS:,}"
            )
    if any(_is_heaped(text) for text in _texts(data)):
        raise NotRenderableError(UNDRAWABLE)
    lacking, everywhere = _lacking(written)
    if lacking:
        written = _without(lacking, data)
    try:
        return _compiled(template, written, standards, everywhere=everywhere, timestamp=timestamp)
    except typst.TypstError as error:
        # It found a character that it cannot show beside another one, though it can alone.
        lacking |= _named_in(error)
    try:
        return _compiled(template, _without(lacking, data), standards, everywhere=everywhere, timestamp=timestamp)
    except typst.TypstError:
        # What typst says may quote an answer.
        raise NotRenderableError(UNDRAWABLE) from None


def _lacking(text: str) -> tuple[frozenset[str], bool]:
    """Return the characters that no letters here show, and whether those of the computer itself are needed.

    The letters that come along are asked first: so most documents are the same on every computer.
    """
    rare = set(_PLAIN.sub("", text))
    # What a private character means, nobody can tell who has not made it up.
    private = frozenset(character for character in rare if category(character) == "Co")
    unknown = _not_shown("".join(sorted(rare - private)), everywhere=False)
    if not unknown:
        return private, False
    return private | _not_shown("".join(sorted(unknown)), everywhere=True), True


@lru_cache(maxsize=64)
def _not_shown(characters: str, *, everywhere: bool) -> frozenset[str]:
    """Return those of some characters that typst finds in no letters."""
    import typst

    if not characters:
        return frozenset()
    try:
        _compiled("probe.typ", json.dumps(list(characters)), ("ua-1",), everywhere=everywhere, timestamp=NO_DATE)
    except typst.TypstError as error:
        return _named_in(error) & frozenset(characters)
    return frozenset()


def _named_in(error: typst.TypstError) -> frozenset[str]:
    """Return the characters that typst says it cannot show."""
    errors = (line for line in error.diagnostic.split("\n") if line.startswith("error: PDF/"))
    found = (_ESCAPE.sub(_unescaped, match[1]) for line in errors if (match := _UNSHOWN.search(line)))
    return frozenset(character for text in found for character in text)


def _unescaped(match: re.Match[str]) -> str:
    return chr(int(match[1], 16)) if match[1] else {"n": "\n", "r": "\r", "t": "\t"}.get(match[2], match[2])


def _without(lacking: frozenset[str], data: dict[str, Any]) -> str:
    replaced = {ord(character): _named(character) for character in lacking}
    return json.dumps(_translated(data, replaced), ensure_ascii=False)


def _named(character: str) -> str:
    """Return what stands for a character that cannot be shown, so that it is seen which one stood there."""
    return f"[U+{ord(character):04X}]"


def _texts(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, (list, dict)):
        for each in value.values() if isinstance(value, dict) else value:
            yield from _texts(each)


def _is_heaped(text: str) -> bool:
    """Tell whether more marks stand on one letter than anybody writes."""
    if len(text) <= MOST_TOGETHER or not _PLAIN.sub("", text):
        return False
    together = 0
    for character in text:
        together = together + 1 if category(character) in _WITHOUT_ROOM else 0
        if together > MOST_TOGETHER:
            return True
    return False


def _translated(value: Any, replaced: dict[int, str]) -> Any:
    if isinstance(value, str):
        return value.translate(replaced)
    if isinstance(value, list):
        return [_translated(each, replaced) for each in value]
    if isinstance(value, dict):
        return {key: _translated(each, replaced) for key, each in value.items()}
    return value


def _compiled(template: str, written: str, standards: Standards, *, everywhere: bool, timestamp: int) -> bytes:
    import typst

    try:
        return typst.compile(
            _template(template),
            format="pdf",
            font_paths=_fonts(everywhere=everywhere),
            sys_inputs={"form": written},
            pdf_standards=[*standards],
            timestamp=timestamp,
            pdf_tags=bool(standards),
        )
    except BaseException as error:
        # Where it fails within, it raises what is no `Exception`, and no name of which can be imported.
        if type(error).__name__ == "PanicException":
            raise NotRenderableError(UNDRAWABLE) from None
        raise


@cache
def _template(name: str) -> bytes:
    return (FOLDER / name).read_bytes()


@cache
def _fonts(*, everywhere: bool) -> typst.Fonts:
    import typst

    with as_file(files("font_source_sans_pro") / "files") as folder:
        return typst.Fonts(include_system_fonts=everywhere, font_paths=[folder])
