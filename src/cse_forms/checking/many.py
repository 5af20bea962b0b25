"""Many definitions checked, on all processors where that is quicker."""

from __future__ import annotations

import gc
import multiprocessing
import os
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import replace
from pathlib import Path

from cse_forms.checking import check_file
from cse_forms.checking.checked import Checked

MANY = 24
"""From so many on, further processes save more than the second that they take to start."""


def check_files(files: Sequence[Path], *, many: int = MANY) -> Iterator[Checked]:
    """Yield what was found about each definition, in the order of the files. Of many, the definitions are left out.

    Args:
        files: the definitions' files.
        many: from how many on they are shared out among the processors.

    Raises:
        InputError: a file cannot be read.
    """
    processors = os.cpu_count() or 1
    if len(files) < many or processors == 1:
        yield from map(check_file, files)
        return
    # A process that is spawned has no part in what threads of this one are at.
    with ProcessPoolExecutor(min(processors, 8), multiprocessing.get_context("spawn"), _collect_seldom) as pool:
        yield from pool.map(_check_apart, files, chunksize=4)


def _collect_seldom() -> None:
    """Look seldom for what is no longer used: a check makes much that lives as long as its definition."""
    gc.freeze()
    gc.set_threshold(100_000, 20, 20)


def _check_apart(path: Path) -> Checked:
    """Check a definition in a process of its own; the definition itself does not come back from there."""
    return replace(check_file(path), definition=None)
