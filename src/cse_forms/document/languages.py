"""The interface's own words in other languages: from catalogues of gettext, under `locale/`.

A catalogue holds a translation of each string of `Phrases`, under the name that the string has there. What it does not
translate stays in English, and says that it is.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, fields, replace
from functools import cache
from importlib import resources
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Protocol, TypeAlias

from cse_forms.document.phrases import ENGLISH, Phrases
from cse_forms.document.tree import Panel, Paragraph
from cse_forms.errors import InputError
from cse_forms.passages import in_language, phrase_in, primary
from cse_forms.plurals import Counted

if TYPE_CHECKING:
    from gettext import GNUTranslations

    from cse_forms.schema.definition import Definition

ENGLISH_LANGUAGE = "en-GB"

PSEUDO = "qps-ploc"
"""A language that nobody speaks: English with accents, in brackets. A string without them is fixed in a program."""

DOMAIN = "cse_forms"
DRAFT_ENTRIES = "x-draft-entries"
"""The heading of a compiled catalogue that says how many translations nobody has reviewed yet."""

_NUMBERS = 200
"""Up to this number every form of a phrase is taken by some number, in every language."""

_ACCENTED = str.maketrans("AEIOUYaeiouycnsgz", "ÀÉÎÕÜÝàéîõüýçñšĝž")


@dataclass(frozen=True, slots=True, kw_only=True)
class Interface:
    """The interface's words for the documents of one form."""

    language: str
    """The language that was asked for."""
    phrases: Phrases
    notice: tuple[str, ...] = ()
    """What a reader must know of the translation, in that language and in English."""


Phrase: TypeAlias = str | Counted
"""A string of the interface, or one with a form for each kind of number."""


class _Words(Protocol):
    def __call__(self, name: str, english: Phrase) -> tuple[Phrase, str]:
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


def interface_of(definition: Definition, language: str | None) -> Interface:
    """Return the interface's words for the documents of a form.

    Args:
        definition: the form, or its translation.
        language: BCP 47; English, if none is said. Of a language in which the form is and the interface is not, the
            interface's words are English.

    Raises:
        InputError: the interface does not speak the language.
    """
    document, translated = definition.words.language, definition.translation
    if translated is None:
        return interface(language, document)
    asked = language or ENGLISH_LANGUAGE
    if not is_spoken(asked) and primary(asked) == primary(document):
        asked = ENGLISH_LANGUAGE
    spoken = interface(asked, document, is_mixed=True)
    names = [
        *(["draft_wording"] if translated.drafts else []),
        *(["partly_translated"] if translated.untranslated else []),
    ]
    english = interface(None, document, is_mixed=True).phrases
    said = [getattr(phrases, name) for name in names for phrases in (spoken.phrases, english)]
    notice = tuple(dict.fromkeys((*spoken.notice, *said)))
    return replace(spoken, language=language or ENGLISH_LANGUAGE, notice=notice)


def is_spoken(language: str) -> bool:
    """Whether the interface has words in a language."""
    return language == PSEUDO or primary(language) in {primary(one) for one in languages()}


@cache
def interface(language: str | None, document: str, *, is_mixed: bool = False) -> Interface:
    """Return the interface's words.

    Args:
        language: BCP 47; English, if none is said. A region that has no words of its own takes those of the language.
        document: the language of the documents, which is their form's.
        is_mixed: whether the form's wording may be in several languages.

    Raises:
        InputError: the interface does not speak the language.
    """
    asked = language or ENGLISH_LANGUAGE
    if primary(asked) == primary(ENGLISH_LANGUAGE):
        if primary(document) == primary(ENGLISH_LANGUAGE) and not is_mixed:
            return Interface(language=asked, phrases=ENGLISH)
        return Interface(language=asked, phrases=_said(lambda _, english: (english, asked), document))
    if asked == PSEUDO:
        return Interface(language=PSEUDO, phrases=_said(lambda _, english: (_accented(english), PSEUDO), document))
    if not is_spoken(asked):
        names = ", ".join(languages())
        raise InputError(f"The interface has no words in '{asked}'; it has them in {names}")
    known = {primary(one): one for one in languages()}
    catalogue = _catalogue(known[primary(asked)])
    phrases = _said(lambda name, english: _translated(catalogue, name, english, asked), document)
    is_draft = catalogue.info().get(DRAFT_ENTRIES, "0") != "0"
    english = in_language(ENGLISH.draft_translation, ENGLISH_LANGUAGE, document)
    notice = tuple(dict.fromkeys((phrases.draft_translation, english))) if is_draft else ()
    return Interface(language=asked, phrases=phrases, notice=notice)


def notice_panels(spoken: Interface) -> Iterator[Panel]:
    """Yield what a reader must know of the translation, to stand first in a document."""
    if spoken.notice:
        notice = tuple(Paragraph(text=text) for text in spoken.notice)
        yield Panel(kind="note", label=spoken.phrases.note, blocks=notice)


def strings(words: object = ENGLISH, prefix: str = "") -> Iterator[tuple[str, Phrase]]:
    """Yield every string that catalogues translate, each with its name: labels.page, months.1."""
    if isinstance(words, str | Counted):
        yield prefix, words
    else:
        for name, part in _parts(words):
            yield from strings(part, f"{prefix}.{name}" if prefix else name)


def _parts(words: Any) -> Iterator[tuple[str, Any]]:
    """Yield what a group of strings consists of, each part with its name in the group."""
    if isinstance(words, tuple):
        yield from ((str(place), part) for place, part in enumerate(words, 1))
    elif isinstance(words, Mapping):
        yield from words.items()
    else:
        yield from ((member.name, getattr(words, member.name)) for member in fields(words))


def _said(words: _Words, document: str) -> Phrases:
    """Return all strings of the interface in a language, each marked with the one that it is in."""

    def one(name: str, english: Phrase) -> Phrase:
        phrase, lang = words(name, english)
        if isinstance(phrase, Counted):
            return replace(phrase, forms=tuple(phrase_in(form, lang, document) for form in phrase.forms))
        return phrase_in(phrase, lang, document)

    phrases: Phrases = _changed(ENGLISH, "", one)
    return phrases


def _changed(words: Any, prefix: str, change: Callable[[str, Phrase], Phrase]) -> Any:
    if isinstance(words, str | Counted):
        return change(prefix, words)
    changed = {name: _changed(part, f"{prefix}.{name}" if prefix else name, change) for name, part in _parts(words)}
    if isinstance(words, tuple):
        return tuple(changed.values())
    return MappingProxyType(changed) if isinstance(words, Mapping) else replace(words, **changed)


@cache
def _catalogue(language: str) -> GNUTranslations:
    from gettext import GNUTranslations

    file = resources.files("cse_forms") / "locale" / language / "LC_MESSAGES" / f"{DOMAIN}.mo"
    with file.open("rb") as stream:
        return GNUTranslations(stream)


def _translated(catalogue: GNUTranslations, name: str, english: Phrase, language: str) -> tuple[Phrase, str]:
    if isinstance(english, Counted):
        return _counted(catalogue, name, english, language)
    text = catalogue.pgettext(name, english)
    # Of a string that stays as it is, nothing tells whether it was translated; signs alone are of no language.
    return text, ENGLISH_LANGUAGE if text == english else language


def _counted(catalogue: GNUTranslations, name: str, english: Counted, language: str) -> tuple[Phrase, str]:
    """Return a phrase with the forms and the rule of a catalogue."""
    from gettext import c2py

    stated = dict(part.strip().split("=", 1) for part in catalogue.info()["plural-forms"].split(";") if "=" in part)
    rule = c2py(stated["plural"])
    # A catalogue is asked for a number, and not for a form: one number is looked for that takes each.
    numbers = {rule(number): number for number in range(_NUMBERS, -1, -1)}
    one, several = english.forms
    forms = range(int(stated["nplurals"]))
    said = [catalogue.npgettext(name, one, several, numbers.get(form, _NUMBERS)) for form in forms]
    if set(said) <= set(english.forms):
        return english, ENGLISH_LANGUAGE
    return Counted(by=english.by, forms=tuple(said), rule=rule), language


def _accented(english: Phrase) -> Phrase:
    if isinstance(english, Counted):
        return replace(english, forms=tuple(map(_pseudo, english.forms)))
    return _pseudo(english)


def _pseudo(english: str) -> str:
    """Return a string with accents and in brackets; what is filled in keeps its name."""
    text, inside = [], False
    for letter in english:
        inside = letter == "{" or (inside and letter != "}")
        text.append(letter if inside else letter.translate(_ACCENTED))
    return f"[{''.join(text)}]"
