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
from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route
from starlette.types import ASGIApp, Receive, Scope, Send

from benchmarks.clients import Client, processor_seconds, wait_for
from benchmarks.responses import FORM, full_response
from cse_forms.web import create_app

BARE = "/bare"
REASONS = f"/forms/{FORM}/1.0.0/evaluate"
EVALUATE = f"{REASONS}?answers=false"

CLIENTS = 8
ROUNDS = 5
SECONDS = 2.0
"""How long one round of one case takes."""

LEAST = 0.5
"""The share of the bare endpoint's requests that the service is to answer, at least."""
MOST = 5
"""How many times the median the 99th percentile may be at half load."""


def application() -> ASGIApp:
    """Return the service and the bare endpoint, side by side in one process, each as it would be run alone."""

    async def bare(request: Request) -> Response:
        body = await request.body()
        json.loads(body)
        return Response(body, media_type="application/json")

    service, beside = create_app(), Starlette(routes=[Route(BARE, bare, methods=["POST"])])

    async def by_address(scope: Scope, receive: Receive, send: Send) -> None:
        await (beside if scope.get("path") == BARE else service)(scope, receive, send)

    return by_address


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
            wait_for(port)
            yield port, process.pid
        finally:
            process.terminate()


async def answer(port: int, path: str, body: bytes) -> bytes:
    """Return what is answered to one request."""
    client = await Client.connect(port)
    try:
        return await client.ask(path, body)
    finally:
        client.close()


async def _rates(port: int, server: int, body: bytes) -> tuple[dict[str, float], float]:
    """Return the median rate of each case over interleaved rounds, and the least that clients saw answered a second."""
    clients = [await Client.connect(port) for _ in range(CLIENTS)]
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


async def _rate(clients: list[Client], server: int, path: str, body: bytes) -> tuple[float, float]:
    """Return the requests for each second of the server's processor time, and for each second on the clock."""
    start, began = processor_seconds(server), time.perf_counter()
    until = began + SECONDS

    async def keep_asking(client: Client) -> int:
        count = 0
        while time.perf_counter() < until:
            await client.ask(path, body)
            count += 1
        return count

    answered = await asyncio.gather(*map(keep_asking, clients))
    count = sum(answered)
    return count / (processor_seconds(server) - start), count / (time.perf_counter() - began)


async def _latencies(port: int, path: str, body: bytes, rate: float) -> list[float]:
    """Return how long each request takes when they come at a rate, whether the one before is answered or not.

    The time counts from when a request was due: one that has to wait for a client has waited.
    """
    # They take turns: on one that waits for long, the server hangs up.
    idle = deque([await Client.connect(port) for _ in range(4 * CLIENTS)])
    clients, seconds, asked = list(idle), [], []

    async def ask(due: float) -> None:
        while not idle:
            await asyncio.sleep(0.0002)
        client = idle.popleft()
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


if __name__ == "__main__":
    run()
