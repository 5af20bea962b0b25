"""Threads for what takes more than a moment, so that the service answers others meanwhile."""

from __future__ import annotations

import asyncio
from concurrent.futures import ThreadPoolExecutor
from threading import Lock
from typing import TYPE_CHECKING, TypeVar

from cse_forms.web.problems import ProblemError

if TYPE_CHECKING:
    from collections.abc import Callable

    from cse_forms.web.limits import Limits

T = TypeVar("T")


class Workers:
    """A bounded number of threads, and a bounded number of requests that wait for one.

    A thread cannot be stopped: one that is given up goes on to its end, and counts until then.
    """

    def __init__(self, limits: Limits) -> None:
        self._seconds = limits.work_seconds
        self._most = limits.threads + limits.waiting
        self._pool = ThreadPoolExecutor(limits.threads, thread_name_prefix="cse-forms-web")
        self._taken = 0
        self._lock = Lock()

    async def run(self, work: Callable[[], T]) -> T:
        """Return what comes of a piece of work.

        Raises:
            ProblemError: too many wait already, or it takes too long.
        """
        with self._lock:
            if self._taken >= self._most:
                raise ProblemError("busy", "Come again in a moment.", headers={"Retry-After": "1"})
            self._taken += 1
        try:
            submitted = self._pool.submit(work)
        except RuntimeError:
            self._release()
            raise
        submitted.add_done_callback(lambda _: self._release())
        future = asyncio.wrap_future(submitted)
        try:
            done, _ = await asyncio.wait({future}, timeout=self._seconds)
        finally:
            # What is cancelled tells nobody how it ended: its words could hold answers.
            future.cancel()
        if not done:
            detail = f"It was given up after {self._seconds:g} seconds."
            raise ProblemError("out-of-time", detail, headers={"Retry-After": "10"})
        return future.result()

    def _release(self) -> None:
        with self._lock:
            self._taken -= 1
