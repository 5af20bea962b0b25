"""How a person wants to have the pages: in which language, and in which print. Their addresses say it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cache
from urllib.parse import urlencode

from cse_forms.document.languages import ENGLISH_LANGUAGE, PSEUDO, interface, languages
from cse_forms.passages import in_language, primary
from cse_forms.web.negotiation import weighted

LANGUAGE, PRINT = "language", "print"
"""What the addresses call them."""

LARGE = "large"


@dataclass(frozen=True, slots=True, kw_only=True)
class Look:
    """A language, and a print."""

    language: str = ENGLISH_LANGUAGE
    is_large: bool = False
    usual_language: str = ENGLISH_LANGUAGE
    """The language of a page of which the address says none."""

    def address(self, path: str) -> str:
        """Return an address at which pages are like this.

        Args:
            path: the address, in which nothing is said of it yet.
        """
        said = {LANGUAGE: self.language} if self.language != self.usual_language else {}
        said |= {PRINT: LARGE} if self.is_large else {}
        return f"{path}{'&' if '?' in path else '?'}{urlencode(said)}" if said else path


USUAL = Look()


@dataclass(frozen=True, slots=True, kw_only=True)
class Way:
    """A way to the same page with another look."""

    text: str
    address: str


def look_of(query: Mapping[str, str], accepted: str, default: str | None) -> Look:
    """Return the look of a page.

    Args:
        query: what its address says.
        accepted: the languages that the browser says its user reads: the Accept-Language header.
        default: the language where the address says none; what the browser says decides, if there is none.
    """
    usual = default or _most_liked(accepted)
    return Look(
        language=spoken_language(query.get(LANGUAGE, "")) or usual,
        is_large=query.get(PRINT) == LARGE,
        usual_language=usual,
    )


def spoken_language(language: str) -> str | None:
    """Return the language of the interface's words that somebody means who asks for a language; None without words."""
    known = {primary(one): one for one in languages()}
    return PSEUDO if language == PSEUDO else known.get(primary(language))


def ways_from(look: Look, path: str, document: str) -> tuple[Way, ...]:
    """Return the ways to the same page in each other language, and in the other print.

    Args:
        look: how the page is now.
        path: its address, without its look.
        document: the language of the page.
    """
    found = [
        Way(text=in_language(_name(one), one, document), address=replace(look, language=one).address(path))
        for one in languages()
        if one != look.language
    ]
    words = interface(look.language, document).phrases.serving
    other = replace(look, is_large=not look.is_large)
    return (*found, Way(text=words.usual_print if look.is_large else words.large_print, address=other.address(path)))


@cache
def _name(language: str) -> str:
    """Return what a language calls itself."""
    return str(interface(language, language).phrases.serving.language)


def _most_liked(accepted: str) -> str:
    known = [
        (weight, language) for name, weight in weighted(accepted) if weight and (language := spoken_language(name))
    ]
    return max(known, key=lambda pair: pair[0])[1] if known else ENGLISH_LANGUAGE
