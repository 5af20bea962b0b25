"""A server that runs, and what it said."""

from __future__ import annotations

import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from tests.commands import HANG_GUARD
from tests.web.host import PREFIX, STRICT

ROOT = Path(__file__).parents[2]


@dataclass(frozen=True)
class Running:
    """A server on this machine."""

    port: int
    log: Path
    process: int

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    @property
    def service(self) -> str:
        return f"{self.address}{PREFIX}"

    @property
    def strict(self) -> str:
        return f"{self.address}{STRICT}"

    def logged(self) -> str:
        return self.log.read_text("utf-8", errors="replace")

    def temporary_files(self) -> list[int]:
        """Return the sizes of the nameless files that it has open: those that uploads are commonly kept in."""
        found = []
        for link in Path(f"/proc/{self.process}/fd").iterdir():
            try:
                if str(link.readlink()).endswith("(deleted)"):
                    found.append(link.stat().st_size)
            except FileNotFoundError:
                continue  # it was closed meanwhile
        return found

    def connect(self) -> socket.socket:
        return socket.create_connection(("127.0.0.1", self.port), timeout=HANG_GUARD)

    def said_to(self, request: bytes) -> bytes:
        """Send bytes as they are, and return everything that comes until the server closes."""
        with self.connect() as connection:
            connection.sendall(request)
            return everything(connection)


def everything(connection: socket.socket) -> bytes:
    """Return all that comes until the other side closes, in whatever manner."""
    found = b""
    try:
        while part := connection.recv(65536):
            found += part
    except ConnectionResetError:
        pass
    return found


@contextmanager
def running(folder: Path) -> Iterator[Running]:
    """Run the application of tests/web/host.py on the catalogues of a folder."""
    with socket.create_server(("127.0.0.1", 0)) as found:
        port = found.getsockname()[1]
    log = folder / "server.log"
    command = [sys.executable, "-m", "tests.web.host", str(folder), str(port)]
    with log.open("wb") as file, subprocess.Popen(command, cwd=ROOT, stdout=file, stderr=file) as process:
        server = Running(port, log, process.pid)
        try:
            _wait(server, process)
            yield server
        finally:
            process.terminate()


def _wait(server: Running, process: subprocess.Popen[bytes]) -> None:
    until = time.monotonic() + HANG_GUARD
    while True:
        try:
            server.connect().close()
            return
        except ConnectionRefusedError:
            assert process.poll() is None, server.logged()
            assert time.monotonic() < until
            time.sleep(0.05)
