"""Two versions of a form side by side: what changed, said as policy staff would say it, and what kind of change it is.

`comparison.compare` compares two forms, and `matching.match_items` tells which item of one is which of the other.
"""

from __future__ import annotations

from cse_forms.comparing.comparison import Comparison, compare

__all__ = ["Comparison", "compare"]
