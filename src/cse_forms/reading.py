"""Bytes to JSON values, in bounded time and memory: the one door through which files come in."""

from __future__ import annotations

import re
import stat
from pathlib import Path
from typing import Any

from cse_forms.errors import InputError

MAX_BYTES = 10_000_000
"""The largest file that is read. The largest real response is about a hundredth of it."""

_BYTE_ORDER_MARK = b"\xef\xbb\xbf"
_PLACE = re.compile(r"^(?P<what>.*) at (?P<place>line \d+ column \d+)$", re.DOTALL)
_REMEDIES = (
    ("Detected duplicate key", "has the key {key} twice, so that one of the two answers would be lost; keep one"),
    ("recursion limit", "is nested deeper than 200 levels; no form is"),
    ("EOF", "ends in the middle; it was cut off, so look for a whole copy"),
    ("control character", "has a line break or control character inside a text; write it as \\n, or remove it"),
    ("surrogate", "holds half of a character (a lone surrogate); write that text again"),
    ("hex escape", "holds half of a character (a lone surrogate) or a broken \\u escape; write that text again"),
    ("trailing characters", "goes on after its end; one file holds one JSON value"),
    ("trailing comma", "has a comma before a closing bracket; remove it"),
    ("number out of range", "has a number that is too long"),
)


def read_file(path: Path) -> bytes:
    """Return the bytes of a file.

    Raises:
        InputError: it cannot be read, is no regular file, or is larger than `MAX_BYTES`.
    """
    try:
        status = path.stat()
        if stat.S_ISDIR(status.st_mode):
            raise InputError(f"{path} is a folder; name a file in it")
        if not stat.S_ISREG(status.st_mode):
            # Reading a pipe or a device may wait for ever, or never end.
            raise InputError(f"{path} is a pipe or a device and no file; name a file")
        if status.st_size > MAX_BYTES:
            raise _too_large(str(path))
        with path.open("rb") as file:
            data = file.read(MAX_BYTES + 1)
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or "its name is not one that a file can have"
        raise InputError(f"Cannot read {path}: {reason}") from error
    if len(data) > MAX_BYTES:
        raise _too_large(str(path))
    return data


def parse_json(data: bytes, name: str, *, quotes: bool = True) -> Any:
    """Return the value of a JSON text in UTF-8, with or without a byte order mark.

    Refused are what JSON readers disagree on or pass over: a key that stands twice, lone surrogates, NaN,
    depth beyond 200, anything after the end.

    Args:
        data: its bytes.
        name: what to call it in errors.
        quotes: whether an error may quote a key that stands twice.

    Raises:
        InputError: with the name that was given, line and column, and what to do. No other content is quoted.
    """
    # jiter loads in 2 ms; it stands here so that `import cse_forms` does not wait for it.
    import jiter

    if len(data) > MAX_BYTES:
        raise _too_large(name)
    data = data.removeprefix(_BYTE_ORDER_MARK)
    try:
        return jiter.from_json(data, catch_duplicate_keys=True, allow_inf_nan=False)
    except ValueError as error:
        raise InputError(f"{name} {_explain(data, str(error), quotes=quotes)}") from None


def _explain(data: bytes, fault: str, *, quotes: bool) -> str:
    try:
        data.decode("utf-8")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        return f"is not UTF-8 (line {line}, byte {error.start}): save it as UTF-8"
    if not data.strip():
        return "is empty; a JSON document was expected"
    found = _PLACE.match(fault)
    what, place = (found["what"], f" ({found['place']})") if found else (fault, "")
    for sign, remedy in _REMEDIES:
        if sign in what:
            key = _shortened(what.removeprefix("Detected duplicate key ")) if quotes else "that stands here"
            return remedy.format(key=key) + place
    return f"is not JSON{place}: {what}"


def _shortened(key: str) -> str:
    return key if len(key) <= 100 else f"{key[:100]}..."


def _too_large(name: str) -> InputError:
    return InputError(f"{name} has more than {MAX_BYTES / 1e6:,.0f} MB, which no form needs; is it the right file?")
