"""Many people at once, for a minute: each fills in pages of `cse-forms serve`, validates, and takes away records."""

from __future__ import annotations

import asyncio
import os
import statistics
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from urllib.parse import urlencode

import httpx

from benchmarks.clients import FIELDS, JSON, Client, memory, processor_seconds
from benchmarks.responses import FORM, full_response
from cse_forms.forms import shipped_catalogue
from tests.entries import entries
from tests.serving.running import Started, serving

PEOPLE = 50
SECONDS = 60.0
SAMPLES = 6
"""How often memory is looked at."""
GROWTH = 1.1
"""How many times what is in use after the first sixth, when all that is kept is there, may be in use later."""

VERSION = f"{FORM}/1.0.0"
FILL = "a page filled in and sent, and the next one shown"
VALIDATE = "validate"
HTML = "a record as HTML"
DOCX = "a record as DOCX"


@dataclass(frozen=True, slots=True)
class Request:
    """What is sent."""

    name: str
    path: str
    body: bytes
    kind: str = JSON


@dataclass(slots=True)
class Told:
    """What was seen."""

    seconds: dict[str, list[float]] = field(default_factory=dict)
    """How long each request took, by its name."""
    wrong: int = 0
    """How many were not answered as they should be."""
    sizes: list[int] = field(default_factory=list)
    """The bytes of memory that the server had in use, from time to time."""
    processor: float = 0.0
    """How many seconds the server kept a processor busy."""


def run() -> None:
    """Measure and print."""
    cores = len(os.sched_getaffinity(0))
    print(f"\n{PEOPLE} people for {SECONDS:.0f} s on {cores} cores, which they share with the server")
    with serving(definitions=shipped_catalogue().directory) as started:
        told = loaded(started, PEOPLE, SECONDS)
    for line in lines(told):
        print(line)


def lines(told: Told) -> Iterator[str]:
    """Yield the lines of the table."""
    for name, seconds in told.seconds.items():
        middle, slow = statistics.median(seconds), statistics.quantiles(seconds, n=100)[98]
        took = f"median {middle * 1e3:6,.0f} ms, 99th percentile {slow * 1e3:6,.0f} ms"
        yield f"{name:50} {len(seconds):6,} requests, {took}"
    yield f"answered wrongly, or not at all: {told.wrong}  {'NOT MET' if told.wrong else 'met'}"
    first, last, most = (size / 1e6 for size in (told.sizes[0], told.sizes[-1], max(told.sizes)))
    verdict = "met" if most < first * GROWTH else "NOT MET"
    yield f"MB in use: first {first:,.0f}, last {last:,.0f}, most {most:,.0f}  {verdict}"
    yield f"the server kept a processor busy for {told.processor:,.0f} s"


def loaded(started: Started, people: int, seconds: float) -> Told:
    """Let so many people use the pages for a while, and return what was seen."""
    requests = round_of(started.address)
    port = httpx.URL(started.address).port
    assert port is not None
    return asyncio.run(_all_at_once(people, seconds, port, started.process.pid, requests))


def round_of(address: str) -> list[Request]:
    """Return what one person sends, over and over: each section of the form, and what is done with all of it."""
    body = full_response()
    service = f"/forms/{VERSION}"
    with httpx.Client(base_url=address, timeout=60, trust_env=False) as client:
        filled = client.post("/continue", files={"document": ("response.json", body)}).raise_for_status().text
        count = len(shipped_catalogue().get_form(FORM).schema["properties"])
        requests = []
        for place in range(count):
            pairs = [*entries(_shown(client, filled, place)), ("cse-forms.button", f"go:{(place + 1) % count}")]
            requests.append(Request(FILL, f"/fill/{VERSION}", urlencode(pairs).encode(), FIELDS))
    others = [
        Request(VALIDATE, f"{service}/validate", body),
        Request(HTML, f"{service}/render?format=html", body),
        Request(DOCX, f"{service}/render?format=docx", body),
    ]
    # Every other request is a page that is filled in.
    return [one for place, page in enumerate(requests) for one in (page, others[place % len(others)])]


def _shown(client: httpx.Client, page: str, place: int) -> str:
    """Return the page of one section, with the answers of all."""
    pairs = [*entries(page), ("cse-forms.button", f"go:{place}")]
    sent = client.post(f"/fill/{VERSION}", content=urlencode(pairs), headers={"Content-Type": FIELDS})
    return sent.raise_for_status().text


async def _all_at_once(people: int, seconds: float, port: int, server: int, requests: list[Request]) -> Told:
    told = Told(seconds={request.name: [] for request in requests})
    clients = [await Client.connect(port) for _ in range(people)]
    start, busy = time.perf_counter(), processor_seconds(server)

    async def keep_using(client: Client, first: int) -> None:
        at = first
        while time.perf_counter() < start + seconds:
            request = requests[at % len(requests)]
            began = time.perf_counter()
            status, answer = await client.asked(request.path, request.body, request.kind)
            told.seconds[request.name].append(time.perf_counter() - began)
            told.wrong += status != 200 or not answer
            at += 1

    async def keep_looking() -> None:
        for _ in range(SAMPLES):
            await asyncio.sleep(seconds / SAMPLES)
            told.sizes.append(memory(server))

    users = [keep_using(client, place) for place, client in enumerate(clients)]
    found = await asyncio.gather(keep_looking(), *users, return_exceptions=True)
    told.wrong += sum(isinstance(one, BaseException) for one in found)
    told.processor = processor_seconds(server) - busy
    for client in clients:
        client.close()
    return told


if __name__ == "__main__":
    run()
