"""The kinds of files that translators are given and give back, by their names."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from cse_forms.errors import InputError
from cse_forms.translating.jobs import Job


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of file."""

    suffix: str
    write: Callable[[Job], bytes]
    read: Callable[[bytes, str], Job]


KINDS = ("xliff", "po", "xlsx")


def kind_of(name: str) -> Kind:
    """Return a kind of file by its name, one of `KINDS`."""
    # Each takes libraries of its own, which nobody waits for who asks for another.
    match name:
        case "xliff":
            from cse_forms.translating import xliff

            return Kind(xliff.SUFFIX, xliff.write, xliff.read)
        case "po":
            from cse_forms.translating import po

            return Kind(po.SUFFIX, po.write, po.read)
        case "xlsx":
            from cse_forms.translating import sheet

            return Kind(sheet.SUFFIX, sheet.write, sheet.read)
        case _:
            raise InputError(f"No kind of file '{name}'; there are {', '.join(KINDS)}")


_SUFFIXES = {".xlf": "xliff", ".xliff": "xliff", ".po": "po", ".xlsx": "xlsx"}


def read_job(data: bytes, path: Path) -> Job:
    """Return the job that a file holds, by what its name ends in.

    Raises:
        InputError: it is of no kind that is known, or no sound file of its kind.
        CseFormsError: the library that reads it is not installed.
    """
    kind = _SUFFIXES.get(path.suffix.casefold())
    if kind is None:
        raise InputError(f"{path} is none of the files that translators give back; its name ends in .xlf, .po or .xlsx")
    return kind_of(kind).read(data, str(path))
