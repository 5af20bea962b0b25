"""What the shape of a definition cannot say: that its parts fit together.

Read straight from the document, so that a fault in one part, which the models report, hides none in another.
"""

from __future__ import annotations

from typing import Any

from cse_forms.schema.checks.conditions import circle_faults, condition_faults
from cse_forms.schema.checks.form import FormDocument
from cse_forms.schema.checks.items import (
    identity_faults,
    item_faults,
    null_faults,
    provenance_faults,
    rule_faults,
    shape_faults,
    standard_faults,
)
from cse_forms.schema.checks.policy import assessment_faults, measure_faults, reference_faults
from cse_forms.schema.faults import Fault
from cse_forms.schema.places import expand


def find_faults(document: dict[str, Any]) -> list[Fault]:
    """Return every fault of a definition document that lies between its parts."""
    form = FormDocument(document, expand(document))
    return [
        *standard_faults(document),
        *rule_faults(document),
        *null_faults(document),
        *identity_faults(document),
        *item_faults(form),
        *shape_faults(form),
        *provenance_faults(document),
        *condition_faults(form),
        *circle_faults(form),
        *measure_faults(form),
        *assessment_faults(form),
        *reference_faults(form),
    ]
