"""The example for Django as it runs, and the people who sign in to it."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import AbstractContextManager, closing, contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import httpx
import psycopg

from tests.examples import databases
from tests.examples.running import Sheet, free_port, ran, read_page, started, with_form

PASSWORD = "a long password of nobody's"
DATABASES = {"SQLite": databases.sqlite, "PostgreSQL": databases.postgresql}


@dataclass
class Site:
    """The example as it runs, and where its forms and its database are."""

    address: str
    forms: Path
    environment: dict[str, str]
    people: dict[str, httpx.Client] = field(default_factory=dict)
    """The browsers of those who have signed in."""
    known: set[str] = field(default_factory=set)
    """Who may sign in."""

    def add_user(self, name: str) -> None:
        if name not in self.known:
            words = ("createsuperuser", "--noinput", f"--username={name}", f"--email={name}@example.org")
            ran("django", "python", "manage.py", *words, environment=self.environment)
            self.known.add(name)

    def sign_in(self, user: str) -> httpx.Client:
        if user in self.people:
            return self.people[user]
        client = self.people[user] = httpx.Client(base_url=self.address, follow_redirects=True)
        client.get("/login/")
        answer = self.post(client, "/login/", username=user, password=PASSWORD)
        assert answer.url.path == "/"
        return client

    def post(self, client: httpx.Client, path: str, **fields: str) -> httpx.Response:
        """Send a form with the site's token."""
        return client.post(path, data={"csrfmiddlewaretoken": client.cookies["csrftoken"], **fields})

    def begin(self, client: httpx.Client, reference: str) -> Sheet:
        """Open a case, and begin an assessment in it."""
        case = self.post(client, "/", reference=reference)
        return Sheet.of(self.post(client, str(case.url), form="intake"))

    def execute(self, statement: str) -> None:
        """Say something to the database past Django."""
        if "SQLITE_FILE" in self.environment:
            with closing(sqlite3.connect(self.environment["SQLITE_FILE"])) as connection:
                connection.execute(statement)
        else:
            names = {"PGHOST": "host", "PGPORT": "port", "PGUSER": "user", "PGDATABASE": "dbname"}
            with psycopg.connect(**{names[key]: self.environment[key] for key in names}) as connection:  # type: ignore[arg-type]
                connection.execute(statement.encode())


@contextmanager
def council(kind: str, folder: Path) -> Iterator[Site]:
    """Start the example on a kind of database as its page says; whatever it logs, no answer is in it."""
    forms = with_form(folder / "forms")
    page = read_page("django")
    database: AbstractContextManager[dict[str, str]] = DATABASES[kind](folder)
    with database as environment:
        environment |= {"FORMS": str(forms), "DJANGO_SUPERUSER_PASSWORD": PASSWORD}
        for words in ("python manage.py migrate", "python manage.py createsuperuser", "python manage.py runserver"):
            assert f"    {words}\n" in page
        ran("django", "python", "manage.py", "migrate", environment=environment)
        port = free_port()
        command = ("python", "manage.py", "runserver", "--noreload", str(port))
        with started("django", *command, folder=folder, port=port, environment=environment) as running:
            site = Site(running.address, forms, environment)
            site.add_user("jo")
            yield site
            for client in site.people.values():
                client.close()
            said = running.said
    assert "/assessments/" in said
    for word in ("Ash", "alert", "Traceback", PASSWORD):
        assert word not in said
