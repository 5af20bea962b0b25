"""One server for all tests of the pages."""

from __future__ import annotations

from collections.abc import Iterator

import httpx
import pytest

import tests.property.conftest  # noqa: F401 - how hard Hypothesis tries is settled there
from tests.commands import HANG_GUARD
from tests.serving.running import Started, serving


@pytest.fixture(scope="session")
def started() -> Iterator[Started]:
    with serving() as found:
        yield found


@pytest.fixture
def client(started: Started) -> Iterator[httpx.Client]:
    with httpx.Client(base_url=started.address, timeout=HANG_GUARD, trust_env=False) as client:
        yield client
