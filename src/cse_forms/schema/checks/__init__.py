"""What the shape of a definition cannot say: that its parts fit together.

Read straight from the document, so that a fault in one part, which the models report, hides none in another.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import chain, islice
from typing import Any

from cse_forms.schema.checks.circles import circle_faults
from cse_forms.schema.checks.conditions import condition_faults
from cse_forms.schema.checks.form import FormDocument
from cse_forms.schema.checks.items import (
    identity_faults,
    item_faults,
    provenance_faults,
    shape_faults,
)
from cse_forms.schema.checks.policy import assessment_faults, measure_faults, reference_faults
from cse_forms.schema.checks.sizes import size_faults
from cse_forms.schema.checks.standard import standard_faults
from cse_forms.schema.checks.terms import term_faults
from cse_forms.schema.faults import Fault
from cse_forms.schema.places import expand

MAX_FAULTS = 100
"""More are not looked for: nobody mends so many at once, and to say what may be meant by each takes time."""


def find_faults(document: dict[str, Any]) -> list[Fault]:
    """Return every fault of a definition document that lies between its parts."""
    form = FormDocument(document, expand(document))
    if too_large := list(size_faults(form)):
        return too_large
    found = chain(
        standard_faults(document),
        identity_faults(document),
        item_faults(form),
        shape_faults(form),
        provenance_faults(document),
        condition_faults(form),
        circle_faults(form),
        term_faults(form),
        measure_faults(form),
        assessment_faults(form),
        reference_faults(form),
    )
    # A fault of a shape is met wherever the shape is used.
    faults = list(islice(_unique(found), MAX_FAULTS))
    if len(faults) == MAX_FAULTS:
        faults.append(Fault("", f"there are {MAX_FAULTS} faults or more; mend these first", "too-many-faults"))
    return faults


def _unique(faults: Iterable[Fault]) -> Iterator[Fault]:
    seen: set[Fault] = set()
    for fault in faults:
        if fault not in seen:
            seen.add(fault)
            yield fault
