"""Whether a definition's conditions and measures can be read in bounded time."""

from __future__ import annotations

from collections.abc import Iterator

from cse_forms import pointers
from cse_forms.schema.checks.form import FormDocument
from cse_forms.schema.checks.parts import parts, roots, rows_of, selected_by, speaks_of_row
from cse_forms.schema.faults import Fault

MAX_READ = 300_000
"""How many answers all conditions and measures may select in sum, each row's condition counted for every row.

The largest real form comes to 2,000.
"""


def size_faults(form: FormDocument) -> Iterator[Fault]:
    """Whether conditions and measures select too many answers in sum: long selections in many places."""
    read = 0
    sizes: dict[int, int] = {}
    for root in roots(form):
        value = root.part.value
        if root.part.start is not None and speaks_of_row(value):
            # What a shape says is asked of every row that has the shape.
            read += sizes.setdefault(id(value), pointers.count_values(value))
        if read > MAX_READ:
            yield _too_many(root.part.at)
            return
    for part in parts(form):
        if "items" in part.value:
            selected = selected_by(form, part)
            read += len(selected)
            when = part.value.get("when")
            if isinstance(when, dict) and speaks_of_row(when):
                read += len(rows_of(selected, when)) * sizes.setdefault(id(when), pointers.count_values(when))
        if read > MAX_READ:
            yield _too_many(part.at)
            return


def _too_many(at: str) -> Fault:
    return Fault(
        at,
        f"up to here, conditions and measures select more than {MAX_READ:,} answers; no form needs so many",
        "too-large",
    )
