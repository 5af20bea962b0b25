"""The databases on which the example for Django runs: SQLite, and a PostgreSQL server of the test's own."""

from __future__ import annotations

import os
import pwd
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.commands import HANG_GUARD
from tests.examples.running import free_port

USER = "examples"

OFF_PATH = [str(folder) for folder in Path("/usr/lib/postgresql").glob("*/bin")]
"""Where Debian keeps the server's programs, one folder for each version."""


@contextmanager
def sqlite(folder: Path) -> Iterator[dict[str, str]]:
    """Yield the variables by which the example finds a new file."""
    yield {"SQLITE_FILE": str(folder / "cases.sqlite3")}


@contextmanager
def postgresql(_: Path) -> Iterator[dict[str, str]]:
    """Yield the variables by which the example finds a new server, and stop it in the end."""
    with TemporaryDirectory(prefix="cse-forms-") as folder:
        server = _Server(folder)
        port = free_port()
        server.run("initdb", f"--username={USER}", "--auth=trust", "--encoding=UTF8", "--no-sync")
        # Neither a socket of its own in the file system, nor any care for what happens after a crash.
        settings = f"-F -h 127.0.0.1 -p {port} -k ''"
        server.run("pg_ctl", "start", "--wait", f"--log={folder}/log", f"--options={settings}")
        try:
            yield {"PGHOST": "127.0.0.1", "PGPORT": str(port), "PGUSER": USER, "PGDATABASE": "postgres"}
        finally:
            server.run("pg_ctl", "stop", "--mode=immediate")


class _Server:
    """Runs PostgreSQL's programs on a folder. They refuse to run as root: then they run as nobody."""

    def __init__(self, folder: str) -> None:
        self._folder = folder
        self._user: int | None = None
        self._group: int | None = None
        if os.getuid() == 0:
            nobody = pwd.getpwnam("nobody")
            os.chown(folder, nobody.pw_uid, nobody.pw_gid)
            self._user, self._group = nobody.pw_uid, nobody.pw_gid

    def run(self, program: str, *arguments: str) -> None:
        """Run one of the programs."""
        found = shutil.which(program) or shutil.which(program, path=os.pathsep.join(sorted(OFF_PATH, reverse=True)))
        assert found is not None, f"No '{program}' on the path; install it, on Debian: apt-get install postgresql"
        with (Path(self._folder).parent / f"{Path(self._folder).name}.said").open("w+b") as said:
            Path(said.name).unlink()
            done = subprocess.run(
                [found, f"--pgdata={self._folder}/data", *arguments],
                cwd=self._folder,
                env={"PATH": os.environ["PATH"], "LC_ALL": "C.UTF-8"},
                stdin=subprocess.DEVNULL,
                stdout=said,
                stderr=subprocess.STDOUT,
                timeout=HANG_GUARD,
                check=False,
                user=self._user,
                group=self._group,
            )
            said.seek(0)
            assert done.returncode == 0, f"{program}: {said.read().decode()}"
