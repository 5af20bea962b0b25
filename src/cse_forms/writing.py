"""Bytes to files, whole or not at all, and never over what somebody else has written meanwhile."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

from cse_forms.errors import ConflictError, OutputError


class _Anything:
    """The mark of a file that may hold whatever it holds."""

    def __repr__(self) -> str:
        return "ANYTHING"


ANYTHING = _Anything()


def write_file(path: Path, data: bytes, *, was: bytes | _Anything | None = ANYTHING) -> None:
    """Write a file whole or not at all. Its folder is made where there is none.

    Args:
        path: the file. A device or a pipe, such as /dev/null, is written to and never replaced.
        data: what it is to hold.
        was: what it must hold until now: the bytes that were read before, or None for no such file. Nothing is
            compared if nothing is said.

    Raises:
        ConflictError: the file holds something else than `was`, so that somebody's change would be lost.
        OutputError: it cannot be written.
    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        if path.exists() and not path.is_file():
            path.write_bytes(data)
            return
        descriptor, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
        try:
            with os.fdopen(descriptor, "wb") as file:
                file.write(data)
                file.flush()
                # Without this a machine that stops may leave the new name with nothing in it.
                os.fsync(file.fileno())
            Path(name).chmod(_permissions(path))
            _compare(path, was)
            Path(name).replace(path)
        except BaseException:
            Path(name).unlink(missing_ok=True)
            raise
    except OSError as error:
        raise OutputError(f"Cannot write {path}: {error.strerror}") from error


def _permissions(path: Path) -> int:
    """Return the permissions of the file that is replaced, or those that a new file gets."""
    if path.exists():
        return path.stat().st_mode & 0o777
    umask = os.umask(0)
    os.umask(umask)
    return 0o666 & ~umask


def _compare(path: Path, was: bytes | _Anything | None) -> None:
    if isinstance(was, _Anything):
        return
    holds = path.read_bytes() if path.exists() else None
    if holds == was:
        return
    if was is None:
        raise ConflictError(f"{path} is there already; name another file, or move this one away")
    happened = "was removed" if holds is None else "was changed by somebody else"
    raise ConflictError(f"{path} {happened} since it was read, and nothing was written; look at it, and run this again")
