"""One server for all tests of the service: what one client does to it must harm no other."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from tests.cli.folders import invented, write_form
from tests.commands import HANG_GUARD
from tests.reading_back.sample import sample
from tests.web.running import Running, running


@pytest.fixture(scope="session")
def catalogues(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give a folder with the catalogues of two tenants."""
    folder = tmp_path_factory.mktemp("served")
    write_form(folder / "ours", invented(status="published"))
    write_form(folder / "ours", sample("1.1.0"))
    write_form(folder / "theirs", invented(id="another"))
    return folder


@pytest.fixture(scope="session")
def server(catalogues: Path) -> Iterator[Running]:
    with running(catalogues) as started:
        yield started


@pytest.fixture
def client(server: Running) -> Iterator[httpx.Client]:
    """Give a client of the service."""
    with httpx.Client(base_url=server.service, timeout=HANG_GUARD, trust_env=False) as client:
        yield client
