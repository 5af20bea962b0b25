"""A version in its file, beside a newer one."""

from __future__ import annotations

from pathlib import Path

from cse_forms.comparing.comparison import Comparison, compare
from cse_forms.coverage.testing import scenarios_beside
from cse_forms.forms import Form


def compare_in_folder(old: Form, path: Path, new: Form, *, time_limit: float) -> Comparison:
    """Compare two versions, of which the older one stands in a file.

    The answers of the scenarios beside it, which its owners thought of, are tried first where a response is looked for
    that shows a difference.

    Args:
        old: the older version.
        path: its file.
        new: the newer version.
        time_limit: as for `compare`.
    """
    examples = [(scenario.answers, scenario.draft) for scenario in scenarios_beside(path) or ()]
    return compare(old, new, time_limit=time_limit, examples=examples)
