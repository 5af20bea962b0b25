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
# With MAX, SQLite takes the other columns from the row that has it.
OF_ONE = """
SELECT assessment, MAX(number), made_at, response, evaluation FROM versions
WHERE assessment = ? GROUP BY assessment
"""
OF_PERSON = """
SELECT assessment, MAX(number), made_at, response, evaluation FROM versions
WHERE assessment IN (SELECT assessment FROM versions WHERE made_by = ?) GROUP BY assessment ORDER BY made_at DESC
"""
ADD = "INSERT INTO versions VALUES (?, ?, ?, ?, ?, ?)"


class StaleError(Exception):
    """Somebody else has recorded a newer version meanwhile."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Version:
    """One version of a response, and what the form made of it."""

    assessment: str
    number: int
    made_at: datetime
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
            found = connection.execute(OF_ONE, (assessment,)).fetchone()
        return None if found is None else _version(found)

    def newest_of(self, person: str) -> list[Version]:
        """Return the version that holds now of each assessment that somebody had a part in."""
        with self._open() as connection:
            return [_version(found) for found in connection.execute(OF_PERSON, (person,))]

    def add(self, assessment: str, response: Response, evaluation: dict[str, Any], *, by: str, after: int) -> None:
        """Record the version after the one that somebody saw.

        Raises:
            StaleError: there is a newer one.
        """
        texts = json.dumps(response.to_dict(), ensure_ascii=False), json.dumps(evaluation, ensure_ascii=False)
        now = datetime.now(UTC).isoformat(timespec="seconds")
        with self._open() as connection:
            newest = connection.execute(OF_ONE, (assessment,)).fetchone()
            if (newest[1] if newest else 0) != after:
                raise StaleError
            try:
                connection.execute(ADD, (assessment, after + 1, by, now, *texts))
            except sqlite3.IntegrityError:
                raise StaleError from None


def _version(found: tuple[Any, ...]) -> Version:
    assessment, number, made_at, response, evaluation = found
    return Version(
        assessment=assessment,
        number=number,
        made_at=datetime.fromisoformat(made_at),
        response=read_response(response.encode()),
        evaluation=json.loads(evaluation),
    )
