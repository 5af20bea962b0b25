"""Coroutines run to their end: in a thread of their own, since the browser's driver keeps the loop of the main one."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine
from concurrent.futures import ThreadPoolExecutor
from typing import Any, TypeVar

Result = TypeVar("Result")


def apart(work: Callable[[], Result]) -> Result:
    """Return what a function returns, done in a thread in which no event loop runs."""
    with ThreadPoolExecutor(max_workers=1) as threads:
        return threads.submit(work).result()


def complete(coroutine: Callable[[], Coroutine[Any, Any, Result]]) -> Result:
    """Return what a coroutine comes to."""
    return apart(lambda: asyncio.run(coroutine()))
