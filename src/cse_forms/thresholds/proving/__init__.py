"""The condition language read over all possible answers at once, with a solver: what holds of every response.

`encode` is the reading itself, `search` finds answers in which something comes out, and `prove` goes through all that
is claimed of a form. The solver is the extra `verify`; nothing else of the library needs it.
"""

from __future__ import annotations

from importlib.util import find_spec

NOT_INSTALLED = "'cse-forms prove' needs z3-solver: pip install 'cse_forms[verify]'"


def is_installed() -> bool:
    """Whether the solver is there."""
    return find_spec("z3") is not None
