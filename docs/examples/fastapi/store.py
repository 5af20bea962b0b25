"""Every version of every response, in SQLite. Versions are added and never changed."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from uuid import uuid4

from cse_forms import Response, read_response

TABLE = """
CREATE TABLE IF NOT EXISTS versions (
    assessment TEXT, number INTEGER, made_by TEXT, made_at TEXT, response TEXT, evaluation TEXT,
    PRIMARY KEY (assessment, number)
)
"""
NEWEST = "SELECT number, response, evaluation FROM versions WHERE assessment = ? ORDER BY number DESC LIMIT 1"
ADD = "INSERT INTO versions VALUES (?, ?, ?, ?, ?, ?)"


class StaleError(Exception):
    """Somebody else has recorded a newer version meanwhile."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Version:
    """One version of a response, and what the form made of it."""

    assessment: str
    number: int
    response: Response
    evaluation: dict[str, Any]


class Store:
    """A file with all of them. Each request opens it anew, so that any thread may."""

    def __init__(self, path: str) -> None:
        self._path = path
        with self._open() as connection:
            connection.execute(TABLE)

    @contextmanager
    def _open(self) -> Iterator[sqlite3.Connection]:
        with closing(sqlite3.connect(self._path, timeout=20)) as connection, connection:
            yield connection

    def begin(self, response: Response, evaluation: dict[str, Any], *, by: str) -> str:
        """Record the first version of an assessment, and return a name for it that nobody can guess."""
        assessment = uuid4().hex
        self.add(assessment, response, evaluation, by=by, after=0)
        return assessment

    def newest(self, assessment: str) -> Version | None:
        """Return the version that holds now."""
        with self._open() as connection:
            found = connection.execute(NEWEST, (assessment,)).fetchone()
        if found is None:
            return None
        number, response, evaluation = found
        return Version(
            assessment=assessment,
            number=number,
            response=read_response(response.encode()),
            evaluation=json.loads(evaluation),
        )

    def add(self, assessment: str, response: Response, evaluation: dict[str, Any], *, by: str, after: int) -> None:
        """Record the version after the one that somebody saw.

        Raises:
            StaleError: there is a newer one.
        """
        texts = json.dumps(response.to_dict(), ensure_ascii=False), json.dumps(evaluation, ensure_ascii=False)
        now = datetime.now(UTC).isoformat(timespec="seconds")
        with self._open() as connection:
            newest = connection.execute(NEWEST, (assessment,)).fetchone()
            if (newest[0] if newest else 0) != after:
                raise StaleError
            try:
                connection.execute(ADD, (assessment, after + 1, by, now, *texts))
            except sqlite3.IntegrityError:
                raise StaleError from None
