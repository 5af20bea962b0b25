"""Medians of interleaved rounds: whatever slows the machine down for a while slows all that is compared."""

from __future__ import annotations

import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence

ROUND_SECONDS = 0.01
"""How long one case is repeated in one round, at least."""


def medians(cases: Mapping[str, Callable[[], object]], *, rounds: int) -> dict[str, float]:
    """Return the seconds that one call of each case takes.

    Args:
        cases: what is called, by name.
        rounds: how often all of them are measured, one after the other.
    """
    loops = {name: _loops(case) for name, case in cases.items()}
    found: dict[str, list[float]] = {name: [] for name in cases}
    for _ in range(rounds):
        for name, case in cases.items():
            found[name].append(_seconds(case, loops[name]) / loops[name])
    return {name: statistics.median(seconds) for name, seconds in found.items()}


def start_ups(commands: Mapping[str, Sequence[str]], *, rounds: int) -> dict[str, float]:
    """Return the seconds that each command takes in a fresh process; what it prints is thrown away."""

    def started(command: Sequence[str]) -> Callable[[], object]:
        return lambda: subprocess.run(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=True)

    cases = {name: started(command) for name, command in commands.items()}
    # The first start writes the compiled modules, and has the machine read them.
    for case in cases.values():
        case()
    return medians(cases, rounds=rounds)


def python(program: str) -> list[str]:
    """Return the command that runs a program with this interpreter."""
    return [sys.executable, "-c", program]


def _loops(case: Callable[[], object]) -> int:
    case()
    loops = 1
    while (seconds := _seconds(case, loops)) < ROUND_SECONDS:
        loops = max(loops + 1, int(loops * 1.2 * ROUND_SECONDS / max(seconds, 1e-9)))
    return loops


def _seconds(case: Callable[[], object], loops: int) -> float:
    start = time.perf_counter()
    for _ in range(loops):
        case()
    return time.perf_counter() - start
