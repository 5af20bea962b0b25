"""What the objects of a PDF file hold, read in bounded time and memory.

A few bytes can lead to a large part, and a thousand places to the same one. So everything is counted each time that it
is read.
"""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

from pikepdf import Array, Dictionary, Name, Object, Stream, String

from cse_forms.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Iterator

MOST_READ = 24_000_000
"""Bytes of all that is read in a file, each part as often as something leads to it. A real form has a few megabytes."""
MOST_LOOKED_AT = 400_000
"""Entries of all lists, each as often as something leads to it: one small list can stand in a thousand places."""
DEEPEST = 20
"""How many fields, or groups of pages, may stand in one another."""
LONGEST = 10.0
"""Seconds of a processor's time. The largest real form takes a fifth of one."""


class ObjectReader:
    """Reads what stands in a file, and counts it, so that small parts that many lead to come to no large whole."""

    def __init__(self, name: str) -> None:
        self._name = name
        self._bytes = MOST_READ
        self._entries = MOST_LOOKED_AT
        self._until = time.thread_time() + LONGEST

    def spend(self, size: int) -> None:
        """Count what was read.

        Raises:
            InputError: it is more than any form has.
        """
        self._bytes -= size
        if self._bytes < 0:
            raise InputError(f"{self._name} unpacks to more than any form does; it is not read")

    def count(self, entries: int) -> None:
        """Count the entries of a list that is looked at.

        Raises:
            InputError: all lists together have more than those of any form.
        """
        self._entries -= entries
        if self._entries < 0:
            raise InputError(f"{self._name} has longer lists than any form; it is not read")
        if time.thread_time() > self._until:
            raise InputError(f"{self._name} takes longer to unpack than any form; it is not read")

    def all_in(self, container: Object) -> list[Object]:
        """Return what stands in a list, or the values of a dictionary."""
        self.count(len(container))
        if isinstance(container, Dictionary):
            return [each for _, each in container.items()]
        return list(container.as_list())

    def items(self, array: Object | None) -> Iterator[Object]:
        """Yield the dictionaries of an array."""
        if isinstance(array, Array):
            self.count(len(array))
            for each in array:
                self.count(0)
                if isinstance(each, Dictionary):
                    yield each

    def look_up(self, group: Object | None, depth: int) -> None:
        """Look up a group of pages with all that stand in it."""
        if depth > DEEPEST:
            raise InputError(f"{self._name} has groups of pages in one another, deeper than any form")
        for each in self.items(dictionary_in(group).get(Name.Kids)):
            self.look_up(each, depth + 1)

    def values(self, dictionary: Object | None) -> list[Object]:
        """Return the values of a dictionary; of anything else, none."""
        return self.all_in(dictionary) if isinstance(dictionary, Dictionary) else []

    def unpacked(self, stream: Stream) -> bytes:
        """Return the bytes of a packed part."""
        data = stream.read_bytes()
        self.spend(len(data))
        return data

    def text(self, value: object) -> str:
        """Return what a value says: a text, a name, or the texts of a list."""
        if isinstance(value, String):
            text = str(value)
        elif isinstance(value, Name):
            text = str(value).removeprefix("/")
        elif isinstance(value, Stream):
            text = str(String(self.unpacked(value)))
        elif isinstance(value, Array):
            text = "; ".join(self.text(each) for each in self.all_in(value) if isinstance(each, (String, Name)))
        else:
            text = ""
        self.spend(len(text))
        # Half of a character is no text that a response could hold.
        return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")


def dictionary_in(value: Object | None) -> Object:
    """Return a value if it is a dictionary; else an empty one."""
    return value if isinstance(value, Dictionary) else Dictionary()
