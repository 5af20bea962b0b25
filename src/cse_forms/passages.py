"""Text of more than one language: each run of letters knows its own, so that it is read aloud as it should be.

A plain `str` in a document is in the document's language. The interface's words, or what of a form's wording nobody
has translated yet, may be in another one. They are then `Said`: a text like any other, whose `runs` tell the language
of each part of it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from string import Formatter
from typing import Any, NamedTuple, Self, SupportsIndex


class Run(NamedTuple):
    """A part of a text that is in one language."""

    text: str
    lang: str | None
    """BCP 47, such as cy; None for the document's own language."""


class Said(str):
    """A text that says in which language each part of it is.

    What is put together by `format`, by `+` or by `strung`, and what is cut as a slice, keeps the languages; what is
    joined in another way is a plain text again.
    """

    __slots__ = ("runs",)

    runs: tuple[Run, ...]
    """The parts, in order; together they are the text."""

    def __new__(cls, text: str, lang: str | None = None) -> Self:
        """Return a text that is in one language."""
        return cls.of((Run(str(text), lang),))

    @classmethod
    def of(cls, runs: Iterable[Run]) -> Self:
        """Return the text of these parts; those of one language that follow one another become one."""
        merged: list[Run] = []
        for text, lang in runs:
            # Signs and figures are of no language; they go with what stands before them.
            if merged and (merged[-1].lang == lang or not any(map(str.isalpha, text))):
                merged[-1] = Run(merged[-1].text + text, merged[-1].lang)
            elif text:
                merged.append(Run(text, lang if any(map(str.isalpha, text)) else None))
        said = super().__new__(cls, "".join(run.text for run in merged))
        said.runs = tuple(merged)
        return said

    @property
    def lang(self) -> str | None:
        """The language, if all of it is in one; None for the document's own, and for several."""
        return self.runs[0].lang if len(self.runs) == 1 else None

    def format(self, *args: Any, **values: Any) -> Said:
        """Return the text with something filled in, which keeps its own language."""
        lang = self.lang
        return Said.of(run for run in self._filled(lang, args, values))

    def _filled(self, lang: str | None, args: tuple[Any, ...], values: dict[str, Any]) -> Iterator[Run]:
        formatter = Formatter()
        for literal, name, specification, _ in formatter.parse(self):
            yield Run(literal, lang)
            if name is not None:
                value, _ = formatter.get_field(name, args, values)
                if isinstance(value, Said) and not specification:
                    yield from value.runs
                else:
                    yield Run(format(value, specification or ""), None)

    def __add__(self, other: str) -> Said:
        return Said.of((*self.runs, *runs_of(other)))

    def __radd__(self, other: str) -> Said:
        return Said.of((*runs_of(other), *self.runs))

    def __getitem__(self, key: SupportsIndex | slice) -> str:
        if isinstance(key, slice) and key.step in (None, 1):
            start, stop, _ = key.indices(len(self))
            return self._part(start, stop)
        return super().__getitem__(key)

    def _part(self, start: int, stop: int) -> Said:
        """Return what stands between two places."""
        cut, place = [], 0
        for text, lang in self.runs:
            cut.append(Run(text[max(start - place, 0) : max(stop - place, 0)], lang))
            place += len(text)
        return Said.of(cut)

    def lower(self) -> Said:
        """Return it in small letters."""
        return Said.of(Run(text.lower(), lang) for text, lang in self.runs)

    def upper(self) -> Said:
        """Return it in capitals."""
        return Said.of(Run(text.upper(), lang) for text, lang in self.runs)

    def rstrip(self, signs: str | None = None, /) -> Said:
        """Return it without these signs at its end."""
        return self._part(0, len(str(self).rstrip(signs)))

    def removesuffix(self, suffix: str, /) -> Said:
        """Return it without this end."""
        return self._part(0, len(str(self).removesuffix(suffix)))

    def __reduce__(self) -> tuple[Any, ...]:
        return Said.of, (self.runs,)


def runs_of(text: str) -> tuple[Run, ...]:
    """Return the parts of any text of a document, each with its language; one part, if nothing is said of it."""
    return text.runs if isinstance(text, Said) else (Run(text, None),)


def strung(separator: str, texts: Iterable[str]) -> str:
    """Return texts joined, as `separator.join` does, each in its own language."""
    found = tuple(texts)
    if not any(isinstance(text, Said) for text in (separator, *found)):
        return separator.join(found)
    runs: list[Run] = []
    for index, text in enumerate(found):
        runs += (*(runs_of(separator) if index else ()), *runs_of(text))
    return Said.of(runs)


def in_language(text: str, lang: str, document: str) -> str:
    """Return a text that is in a language; a plain one, if that is the document's.

    Args:
        text: the words.
        lang: the language that they are in.
        document: the document's language.
    """
    return text if primary(lang) == primary(document) else Said(text, lang)


def phrase_in(text: str, lang: str, document: str) -> Said:
    """Return a phrase that is in a language, in which what is filled in keeps its own.

    Args:
        text: the phrase, in which braces stand for what is filled in.
        lang: the language that it is in.
        document: the document's language.
    """
    return Said(text, None if primary(lang) == primary(document) else lang)


def primary(language: str) -> str:
    """Return a language without its region: en of en-GB."""
    return language.partition("-")[0].casefold()
