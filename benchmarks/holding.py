"""What many records hold in memory, each format in a process of its own: what is kept for the next must not grow."""

from __future__ import annotations

import gc
import os
import subprocess
import sys
from pathlib import Path

import cse_forms
from benchmarks.responses import FORM, full_response

FORMATS = ("html", "docx", "pdf")
RECORDS = 1_000
STEP = 100
"""After the first so many, all that is kept for the next ones is there."""
GROWTH = 1.1


def run() -> None:
    """Measure and print."""
    print(f"\n{RECORDS:,} records of {FORM}: MB in use after each {STEP}")
    for to in FORMATS:
        program = f"from benchmarks.holding import held; print(*held({to!r}, {RECORDS}, {STEP}))"
        done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
        print(told(to, [int(size) for size in done.stdout.split()]))


def told(to: str, sizes: list[int]) -> str:
    """Return a line of the table: what was in use, and whether it stayed as it was after the first records."""
    met = "met" if max(sizes) < sizes[0] * GROWTH else "NOT MET"
    return f"{to:5} {' '.join(f'{size / 1e6:,.0f}' for size in sizes)}  {met}"


def held(to: str, count: int, step: int) -> list[int]:
    """Return the bytes of memory in use after each step, when so many records are made, each of another name."""
    form = cse_forms.get_form(FORM)
    response = cse_forms.read_response(full_response())
    sizes = []
    for number in range(1, count + 1):
        involved = {**response.answers["involved"], "child": {"name": f"Name {number}"}}
        form.render(to, {**response.answers, "involved": involved})
        if number % step == 0:
            sizes.append(_in_use())
    return sizes


def _in_use() -> int:
    gc.collect()
    return int(Path("/proc/self/statm").read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE")
