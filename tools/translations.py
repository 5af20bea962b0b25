"""Write the catalogues of the interface's own words anew: the template, and each language's translations.

    python tools/translations.py [FOLDER]

The template, `cse_forms.pot`, follows from the phrases in `cse_forms.document.phrases`. Each language's `cse_forms.po`
keeps the translations that it has: what is new in it stands empty, what is gone is left out, and where the English has
changed since, the translation is marked `fuzzy`, for somebody to look at. From it follows `cse_forms.mo`, which is what
a program reads. That has the fuzzy translations too, and says how many there are, so that a document can say it.

Without FOLDER they are written where they belong, under `src/cse_forms/locale/`. To begin a language, copy the template
to `<language>/LC_MESSAGES/cse_forms.po` there, and name the language in its head. `make translations` runs this.
"""

from __future__ import annotations

import ast
import struct
import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from cse_forms.document.languages import DOMAIN, DRAFT_ENTRIES, Phrase, strings
from cse_forms.plurals import Counted

LOCALE = Path(__file__).parents[1] / "src" / "cse_forms" / "locale"

PLURALS = "Plural-Forms"

HEAD = {
    "Project-Id-Version": DOMAIN,
    "Language": "",
    "MIME-Version": "1.0",
    "Content-Type": "text/plain; charset=UTF-8",
    "Content-Transfer-Encoding": "8bit",
    PLURALS: "nplurals=2; plural=(n != 1);",
}
"""What stands at the top of a template. A language states its own forms of number."""

FUZZY, BRACES = "fuzzy", "python-brace-format"

MAGIC = 0x950412DE
"""With which a compiled catalogue begins."""


@dataclass(frozen=True, kw_only=True)
class Entry:
    """One string of the interface, with its translation."""

    name: str
    english: str
    plural: str = ""
    """The English of several, where what is said depends on a number."""
    translations: tuple[str, ...] = ()
    """The translation; of what depends on a number, one for each of the language's forms."""
    comments: tuple[str, ...] = ()
    flags: frozenset[str] = frozenset()

    def lines(self) -> Iterator[str]:
        """Yield it as a catalogue has it."""
        yield from (f"# {comment}".rstrip() for comment in self.comments)
        if self.flags:
            yield f"#, {', '.join(sorted(self.flags))}"
        yield f"msgctxt {_quoted(self.name)}"
        yield f"msgid {_quoted(self.english)}"
        if self.plural:
            yield f"msgid_plural {_quoted(self.plural)}"
            yield from (f"msgstr[{place}] {_quoted(text)}" for place, text in enumerate(self.translations or ("", "")))
        else:
            yield f"msgstr {_quoted(''.join(self.translations))}"

    @property
    def is_translated(self) -> bool:
        """Whether there is a translation, in each form that the language has."""
        return bool(self.translations) and all(self.translations)

    @property
    def key(self) -> str:
        """What programs look it up by."""
        return f"{self.name}\4{self.english}" + (f"\0{self.plural}" if self.plural else "")


@dataclass(frozen=True, kw_only=True)
class Catalogue:
    """A template, or the translations of one language."""

    head: Mapping[str, str]
    entries: tuple[Entry, ...]
    comments: tuple[str, ...] = ()

    def text(self) -> str:
        """Return it as its file has it."""
        head = "".join(f"{name}: {value}\n" for name, value in self.head.items())
        lines = [*(f"# {comment}".rstrip() for comment in self.comments), 'msgid ""', 'msgstr ""']
        lines += [_quoted(line) for line in head.splitlines(keepends=True)]
        for entry in self.entries:
            lines += ["", *entry.lines()]
        return "\n".join(lines) + "\n"

    def compiled(self) -> bytes:
        """Return it as programs read it: all translations, sorted, with a heading of how many are not reviewed."""
        drafts = sum(FUZZY in entry.flags for entry in self.entries if entry.is_translated)
        head = {**self.head, DRAFT_ENTRIES: str(drafts)}
        texts = {b"": "".join(f"{name}: {value}\n" for name, value in head.items()).encode()}
        for entry in self.entries:
            if entry.is_translated:
                texts[entry.key.encode()] = "\0".join(entry.translations).encode()
        found = sorted(texts.items())
        start = 28 + 16 * len(found)
        keys, values = b"", b""
        places: list[tuple[int, int, int, int]] = []
        for key, value in found:
            places.append((len(key), len(keys), len(value), len(values)))
            keys, values = keys + key + b"\0", values + value + b"\0"
        of_keys = b"".join(struct.pack("<II", length, start + place) for length, place, _, _ in places)
        of_values = b"".join(struct.pack("<II", length, start + len(keys) + place) for _, _, length, place in places)
        counts = struct.pack("<7I", MAGIC, 0, len(found), 28, 28 + 8 * len(found), 0, 0)
        return counts + of_keys + of_values + keys + values


def template() -> Catalogue:
    """Return the catalogue of all strings, without a translation."""
    return Catalogue(head=HEAD, entries=tuple(_entry(name, phrase) for name, phrase in strings()))


def _entry(name: str, phrase: Phrase) -> Entry:
    english, plural = phrase.forms if isinstance(phrase, Counted) else (phrase, "")
    flags = frozenset({BRACES} if "{" in english else ())
    return Entry(name=name, english=english, plural=plural, flags=flags)


def read(text: str) -> Catalogue:
    """Return the catalogue that a file holds."""
    blocks = [block for block in text.split("\n\n") if block.strip()]
    head, *entries = (_members(block) for block in blocks)
    lines = (line.partition(":") for line in head["msgstr"].splitlines())
    return Catalogue(
        head={name.strip(): value.strip() for name, _, value in lines},
        entries=tuple(
            Entry(
                name=entry["msgctxt"],
                english=entry["msgid"],
                plural=entry["msgid_plural"],
                translations=tuple(text for word, text in entry.items() if word.startswith("msgstr")),
                comments=tuple(entry["#"].splitlines()),
                flags=frozenset(flag.strip() for flag in entry["#,"].split(",") if flag.strip()),
            )
            for entry in entries
        ),
        comments=tuple(head["#"].splitlines()),
    )


def merged(catalogue: Catalogue) -> Catalogue:
    """Return a language's catalogue with the strings that there are now."""
    known = {entry.name: entry for entry in catalogue.entries}
    entries = []
    for entry in template().entries:
        old = known.get(entry.name)
        if old is not None:
            has_changed = (old.english, old.plural) != (entry.english, entry.plural) and old.is_translated
            flags = entry.flags | (old.flags - {BRACES}) | ({FUZZY} if has_changed else set())
            # A translation that has no forms for numbers is none of a phrase that needs them.
            kept = old.translations if bool(old.plural) == bool(entry.plural) else ()
            entries.append(replace(entry, translations=kept, comments=old.comments, flags=frozenset(flags)))
        else:
            entries.append(entry)
    return replace(catalogue, entries=tuple(entries))


def _members(block: str) -> dict[str, str]:
    """Return what the lines of an entry say, by the word that each begins with."""
    found = {"#": "", "#,": "", "msgctxt": "", "msgid": "", "msgid_plural": ""}
    word = ""
    for line in block.strip().splitlines():
        if line.startswith("#,"):
            found["#,"] += f"{line[2:]},"
        elif line.startswith("# ") or line == "#":
            found["#"] += f"{line[2:]}\n"
        elif line.startswith('"'):
            found[word] += ast.literal_eval(line)
        elif not line.startswith("#"):
            word, _, quoted = line.partition(" ")
            found[word] = found.get(word, "") + ast.literal_eval(quoted)
    return found


def _quoted(text: str) -> str:
    escaped = text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")
    return f'"{escaped}"'


def main(folder: Path) -> None:
    """Write all catalogues into a folder."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / f"{DOMAIN}.pot").write_text(template().text(), encoding="utf-8")
    for file in sorted(LOCALE.glob(f"*/LC_MESSAGES/{DOMAIN}.po")):
        catalogue = merged(read(file.read_text(encoding="utf-8")))
        target = folder / file.relative_to(LOCALE)
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(catalogue.text(), encoding="utf-8")
        target.with_suffix(".mo").write_bytes(catalogue.compiled())


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else LOCALE)
