"""Clients of a server on this machine that cost the machine little, and what the server takes of it."""

from __future__ import annotations

import asyncio
import os
import socket
import time
from pathlib import Path

JSON = "application/json"
FIELDS = "application/x-www-form-urlencoded"


class Client(asyncio.Protocol):
    """One connection that is kept open; a client of its own costs the machine less than a library's."""

    def __init__(self) -> None:
        self._got = bytearray()
        self._answer: asyncio.Future[tuple[int, bytes]] | None = None
        self._transport: asyncio.Transport | None = None
        self._whole = 0
        """How many bytes the answer has, once its head is there."""
        self._head = b""

    @classmethod
    async def connect(cls, port: int) -> Client:
        """Return a client that is connected."""
        _, client = await asyncio.get_running_loop().create_connection(cls, "127.0.0.1", port)
        return client

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)
        self._transport = transport

    def connection_lost(self, exc: Exception | None) -> None:
        if self._answer and not self._answer.done():
            self._answer.set_exception(exc or ConnectionResetError("the server has hung up"))

    def close(self) -> None:
        """Hang up."""
        assert self._transport
        self._transport.close()

    def data_received(self, data: bytes) -> None:
        self._got += data
        if not self._whole:
            head, found, _ = bytes(self._got).partition(b"\r\n\r\n")
            length = head.lower().partition(b"content-length: ")[2].partition(b"\r\n")[0]
            if not found or not length:
                return
            self._head, self._whole = head, len(head) + 4 + int(length)
        if len(self._got) >= self._whole:
            assert self._answer
            answer = int(self._head[9:12]), bytes(self._got[len(self._head) + 4 :])
            self._got.clear()
            self._whole = 0
            self._answer.set_result(answer)

    async def ask(self, path: str, body: bytes, kind: str = JSON) -> bytes:
        """Send a request and return the body of the answer, which must be one that was asked for."""
        status, answer = await self.asked(path, body, kind)
        assert status == 200, (status, answer)
        return answer

    async def asked(self, path: str, body: bytes, kind: str = JSON) -> tuple[int, bytes]:
        """Send a request and return the status and the body of the answer."""
        assert self._transport
        if self._transport.is_closing():
            raise ConnectionResetError("the server has hung up")
        self._answer = asyncio.get_running_loop().create_future()
        self._transport.write(
            f"POST {path} HTTP/1.1\r\nHost: localhost\r\nContent-Type: {kind}\r\n"
            f"Content-Length: {len(body)}\r\n\r\n".encode()
            + body
        )
        return await self._answer


def wait_for(port: int) -> None:
    """Wait until something listens."""
    until = time.monotonic() + 60
    while True:
        try:
            with socket.create_connection(("127.0.0.1", port)):
                return
        except ConnectionRefusedError:
            if time.monotonic() > until:
                raise
            time.sleep(0.05)


def processor_seconds(process: int) -> float:
    """Return how long a process has kept a processor busy."""
    numbers = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()
    return (int(numbers[11]) + int(numbers[12])) / os.sysconf("SC_CLK_TCK")


def memory(process: int) -> int:
    """Return the bytes of memory that a process has in use."""
    return int(Path(f"/proc/{process}/statm").read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE")
