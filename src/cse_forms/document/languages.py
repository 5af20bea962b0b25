"""The interface's own words in other languages: from catalogues of gettext, under `locale/`.

A catalogue holds a translation of each string of `Phrases`, under the name that the string has there. What it does not
translate stays in English, and says that it is.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, fields, replace
from functools import cache
from importlib import resources
from typing import TYPE_CHECKING, Any, Protocol

from cse_forms.document.passages import in_language, primary
from cse_forms.document.phrases import ENGLISH, Phrases
from cse_forms.errors import InputError

if TYPE_CHECKING:
    from gettext import GNUTranslations

ENGLISH_LANGUAGE = "en-GB"

PSEUDO = "qps-ploc"
"""A language that nobody speaks: English with accents, in brackets. A string without them is fixed in a program."""

DOMAIN = "cse_forms"
DRAFT_ENTRIES = "x-draft-entries"
"""The heading of a compiled catalogue that says how many translations nobody has reviewed yet."""

UNTRANSLATED = ("policy",)
"""What of `Phrases` is in no catalogue: a policy is read in English only, as its conditions are."""

_ACCENTED = str.maketrans("AEIOUYaeiouycnsgz", "ÀÉÎÕÜÝàéîõüýçñšĝž")


@dataclass(frozen=True, slots=True, kw_only=True)
class Interface:
    """The interface's words for the documents of one form."""

    language: str
    phrases: Phrases
    notice: tuple[str, ...] = ()
    """What a reader must know of the translation, in that language and in English."""


class _Words(Protocol):
    def __call__(self, name: str, english: str) -> tuple[str, str]:
        """Return a string, and the language that it is in.

        Args:
            name: the string's, such as labels.page.
            english: the string in English.
        """


def languages() -> tuple[str, ...]:
    """Return the languages that the interface speaks, English first."""
    folder = resources.files("cse_forms") / "locale"
    found = [one.name for one in folder.iterdir() if (one / "LC_MESSAGES" / f"{DOMAIN}.mo").is_file()]
    return (ENGLISH_LANGUAGE, *sorted(found))


@cache
def interface(language: str | None, document: str) -> Interface:
    """Return the interface's words.

    Args:
        language: BCP 47; English, if none is said. A region that has no words of its own takes those of the language.
        document: the language of the documents, which is their form's.

    Raises:
        InputError: the interface does not speak the language.
    """
    asked = language or ENGLISH_LANGUAGE
    if primary(asked) == primary(ENGLISH_LANGUAGE):
        if primary(document) == primary(ENGLISH_LANGUAGE):
            return Interface(language=asked, phrases=ENGLISH)
        return Interface(language=asked, phrases=_said(lambda _, english: (english, asked), document))
    if asked == PSEUDO:
        return Interface(language=PSEUDO, phrases=_said(lambda _, english: (_pseudo(english), PSEUDO), document))
    known = {primary(one): one for one in languages()}
    if primary(asked) not in known:
        names = ", ".join(languages())
        raise InputError(f"The interface has no words in '{asked}'; it has them in {names}")
    catalogue = _catalogue(known[primary(asked)])
    phrases = _said(lambda name, english: _translated(catalogue, name, english, asked), document)
    is_draft = catalogue.info().get(DRAFT_ENTRIES, "0") != "0"
    english = in_language(ENGLISH.draft_translation, ENGLISH_LANGUAGE, document)
    notice = tuple(dict.fromkeys((phrases.draft_translation, english))) if is_draft else ()
    return Interface(language=asked, phrases=phrases, notice=notice)


def strings(words: object = ENGLISH, prefix: str = "") -> Iterator[tuple[str, str]]:
    """Yield every string that catalogues translate, each with its name: labels.page, months.1."""
    for member in fields(words):  # type: ignore[arg-type]
        name, value = f"{prefix}{member.name}", getattr(words, member.name)
        if name in UNTRANSLATED:
            continue
        if isinstance(value, str):
            yield name, value
        elif isinstance(value, tuple):
            yield from ((f"{name}.{place}", text) for place, text in enumerate(value, 1))
        else:
            yield from strings(value, f"{name}.")


def _said(words: _Words, document: str) -> Phrases:
    """Return all strings of the interface in a language, each marked with the one that it is in."""

    def one(name: str, english: str) -> str:
        text, lang = words(name, english)
        return in_language(text, lang, document)

    phrases: Phrases = _changed(ENGLISH, "", one)
    return phrases


def _changed(words: Any, prefix: str, change: Callable[[str, str], str]) -> Any:
    changed: dict[str, Any] = {}
    for member in fields(words):
        name, value = f"{prefix}{member.name}", getattr(words, member.name)
        if name in UNTRANSLATED:
            continue
        if isinstance(value, str):
            changed[member.name] = change(name, value)
        elif isinstance(value, tuple):
            changed[member.name] = tuple(change(f"{name}.{place}", text) for place, text in enumerate(value, 1))
        else:
            changed[member.name] = _changed(value, f"{name}.", change)
    return replace(words, **changed)


@cache
def _catalogue(language: str) -> GNUTranslations:
    from gettext import GNUTranslations

    file = resources.files("cse_forms") / "locale" / language / "LC_MESSAGES" / f"{DOMAIN}.mo"
    with file.open("rb") as stream:
        return GNUTranslations(stream)


def _translated(catalogue: GNUTranslations, name: str, english: str, language: str) -> tuple[str, str]:
    text = catalogue.pgettext(name, english)
    # Of a string that stays as it is, nothing tells whether it was translated; signs alone are of no language.
    return text, ENGLISH_LANGUAGE if text == english else language


def _pseudo(english: str) -> str:
    """Return a string with accents and in brackets; what is filled in keeps its name."""
    text, inside = [], False
    for letter in english:
        inside = letter == "{" or (inside and letter != "}")
        text.append(letter if inside else letter.translate(_ACCENTED))
    return f"[{''.join(text)}]"


def in_english(text: str, document: str) -> str:
    """Return what is said in English whatever the interface's language, such as a condition in words.

    Args:
        text: the words.
        document: the document's language.
    """
    return in_language(text, ENGLISH_LANGUAGE, document)
