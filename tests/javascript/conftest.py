"""The programs that are started once for all tests."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

import tests.property.conftest  # noqa: F401 - how hard Hypothesis tries is settled there
from tests.javascript.node import BROWSER, Lines, answering, packages


@pytest.fixture(scope="session")
def evaluator() -> Iterator[Lines]:
    """The evaluator that ships with the library."""
    with answering("evaluate.mjs", BROWSER / "evaluator.js") as lines:
        yield lines


@pytest.fixture(scope="session")
def validator() -> Iterator[Lines]:
    """Ajv, which knows nothing of the library."""
    with answering("validate.mjs", packages()) as lines:
        yield lines
