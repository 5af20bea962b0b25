"""The web service beside a bare endpoint that parses what it is sent and sends it back, both on one core.

A rate is how many requests a second of the server's processor time answers: on a core of its own, what clients see.
Where the machine does other things too, it holds better than what they see.
"""

from __future__ import annotations

import asyncio
import json
import os
import socket
import statistics
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Mount, Route

from benchmarks.responses import FORM, full_response
from cse_forms.web import create_app

SERVICE = "/service"
BARE = "/bare"
REASONS = f"{SERVICE}/forms/{FORM}/1.0.0/evaluate"
EVALUATE = f"{REASONS}?answers=false"

CLIENTS = 8
ROUNDS = 5
SECONDS = 2.0
"""How long one round of one case takes."""

LEAST = 0.5
"""The share of the bare endpoint's requests that the service is to answer, at least."""
MOST = 5
"""How many times the median the 99th percentile may be at half load."""


def application() -> Starlette:
    """Return the service and the bare endpoint, side by side in one process."""

    async def bare(request: Request) -> Response:
        body = await request.body()
        json.loads(body)
        return Response(body, media_type="application/json")

    return Starlette(routes=[Route(BARE, bare, methods=["POST"]), Mount(SERVICE, create_app())])


def run() -> None:
    """Measure and print."""
    body = full_response()
    cores = sorted(os.sched_getaffinity(0))
    with served(cores[-1]) as (port, server):
        os.sched_setaffinity(0, cores[:1])
        try:
            rates, most = asyncio.run(_rates(port, server, body))
            typical = asyncio.run(_latencies(port, EVALUATE, body, most / 2))
        finally:
            os.sched_setaffinity(0, cores)
    print(f"\nRequests a second on one core, {CLIENTS} clients, a response of {len(body):,} bytes")
    for line in told(rates, typical):
        print(line)


def told(rates: dict[str, float], latencies: list[float]) -> Iterator[str]:
    """Yield the lines of the table.

    Args:
        rates: the requests a second, by address.
        latencies: the seconds that each request took at half load.
    """
    yield f"{'bare: json.loads, and the same bytes back':55} {rates[BARE]:8,.0f}"
    for name, path in (
        ("read, validate, evaluate", EVALUATE),
        ("the same, with the answers behind each reason", REASONS),
    ):
        share = rates[path] / rates[BARE]
        verdict = "met" if share >= LEAST else "NOT MET"
        yield f"{name:55} {rates[path]:8,.0f}  {share:.2f} of it, at least {LEAST}  {verdict}"
    median, slow = statistics.median(latencies), statistics.quantiles(latencies, n=100)[98]
    verdict = "met" if slow < MOST * median else "NOT MET"
    yield (
        f"at half load: median {median * 1e3:.2f} ms, 99th percentile {slow * 1e3:.2f} ms, {slow / median:.1f} times, "
        f"under {MOST}  {verdict}"
    )


@contextmanager
def served(core: int) -> Iterator[tuple[int, int]]:
    """Run the application in a process of its own, on one core; give its port and the number of the process."""
    with socket.create_server(("127.0.0.1", 0)) as found:
        port = found.getsockname()[1]
    program = (
        f"import os; os.sched_setaffinity(0, [{core}]); import uvicorn; "
        "from benchmarks.serving import application; "
        f"uvicorn.run(application(), port={port}, log_level='warning', access_log=False)"
    )
    with subprocess.Popen([sys.executable, "-c", program], cwd=Path(__file__).parents[1]) as process:
        try:
            _wait(port)
            yield port, process.pid
        finally:
            process.terminate()


def _wait(port: int) -> None:
    until = time.monotonic() + 60
    while True:
        try:
            with socket.create_connection(("127.0.0.1", port)):
                return
        except ConnectionRefusedError:
            if time.monotonic() > until:
                raise
            time.sleep(0.05)


async def answer(port: int, path: str, body: bytes) -> bytes:
    """Return what is answered to one request."""
    client = await _Client.connect(port)
    try:
        return await client.ask(path, body)
    finally:
        client.close()


async def _rates(port: int, server: int, body: bytes) -> tuple[dict[str, float], float]:
    """Return the median rate of each case over interleaved rounds, and the least that clients saw answered a second."""
    clients = [await _Client.connect(port) for _ in range(CLIENTS)]
    found: dict[str, list[float]] = {BARE: [], EVALUATE: [], REASONS: []}
    seen = []
    for path in found:
        await clients[0].ask(path, body)
    for _ in range(ROUNDS):
        for path, rates in found.items():
            rate, answered = await _rate(clients, server, path, body)
            rates.append(rate)
            if path == EVALUATE:
                seen.append(answered)
    for client in clients:
        client.close()
    return {path: statistics.median(rates) for path, rates in found.items()}, min(seen)


async def _rate(clients: list[_Client], server: int, path: str, body: bytes) -> tuple[float, float]:
    """Return the requests for each second of the server's processor time, and for each second on the clock."""
    start, began = _processor_seconds(server), time.perf_counter()
    until = began + SECONDS

    async def keep_asking(client: _Client) -> int:
        count = 0
        while time.perf_counter() < until:
            await client.ask(path, body)
            count += 1
        return count

    answered = await asyncio.gather(*map(keep_asking, clients))
    count = sum(answered)
    return count / (_processor_seconds(server) - start), count / (time.perf_counter() - began)


def _processor_seconds(process: int) -> float:
    """Return how long a process has kept a processor busy."""
    numbers = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()
    return (int(numbers[11]) + int(numbers[12])) / os.sysconf("SC_CLK_TCK")


async def _latencies(port: int, path: str, body: bytes, rate: float) -> list[float]:
    """Return how long each request takes when they come at a rate, whether the one before is answered or not.

    The time counts from when a request was due: one that has to wait for a client has waited.
    """
    idle = [await _Client.connect(port) for _ in range(4 * CLIENTS)]
    clients, seconds, asked = list(idle), [], []

    async def ask(due: float) -> None:
        while not idle:
            await asyncio.sleep(0.0002)
        client = idle.pop()
        await client.ask(path, body)
        seconds.append(time.perf_counter() - due)
        idle.append(client)

    start = time.perf_counter()
    for number in range(int(rate * SECONDS * ROUNDS)):
        due = start + number / rate
        if (wait := due - time.perf_counter()) > 0:
            await asyncio.sleep(wait)
        asked.append(asyncio.ensure_future(ask(due)))
    await asyncio.gather(*asked)
    for client in clients:
        client.close()
    return seconds


class _Client(asyncio.Protocol):
    """One connection that is kept open; a client of its own costs the machine less than a library's."""

    def __init__(self) -> None:
        self._got = bytearray()
        self._answer: asyncio.Future[bytes] | None = None
        self._transport: asyncio.Transport | None = None

    @classmethod
    async def connect(cls, port: int) -> _Client:
        _, client = await asyncio.get_running_loop().create_connection(cls, "127.0.0.1", port)
        return client

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)
        self._transport = transport

    def close(self) -> None:
        assert self._transport
        self._transport.close()

    def data_received(self, data: bytes) -> None:
        self._got += data
        head, _, rest = bytes(self._got).partition(b"\r\n\r\n")
        length = head.lower().partition(b"content-length: ")[2].partition(b"\r\n")[0]
        if not length or len(rest) < int(length):
            return
        assert head.startswith(b"HTTP/1.1 200"), head
        assert self._answer
        self._got.clear()
        self._answer.set_result(rest)

    async def ask(self, path: str, body: bytes) -> bytes:
        """Send a request and return the body of the answer."""
        assert self._transport
        self._answer = asyncio.get_running_loop().create_future()
        self._transport.write(
            f"POST {path} HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
            f"Content-Length: {len(body)}\r\n\r\n".encode()
            + body
        )
        return await self._answer
