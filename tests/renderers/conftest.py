"""What the tests of several renderers share: LibreOffice, which prints what a word processor is given."""

from __future__ import annotations

import shutil
import subprocess
from dataclasses import dataclass
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from pathlib import Path


@dataclass(frozen=True)
class Office:
    """LibreOffice, with a profile of its own: one that a person has open would take the conversion over."""

    executable: str
    profile: Path
    folder: Path

    def to_pdf(self, document: bytes, name: str) -> bytes:
        """Return the document as LibreOffice prints it."""
        return self._converted(document, name, "pdf")

    def saved_again(self, document: bytes, name: str) -> bytes:
        """Return the document as LibreOffice saves it, once it has opened it."""
        return self._converted(document, name, "docx")

    def _converted(self, document: bytes, name: str, to: str) -> bytes:
        source = self.folder / f"{name}.docx"
        source.write_bytes(document)
        made = self.folder / "made"
        done = subprocess.run(
            [
                self.executable,
                f"-env:UserInstallation={self.profile.as_uri()}",
                "--headless",
                "--convert-to",
                to,
                "--outdir",
                str(made),
                str(source),
            ],
            capture_output=True,
            text=True,
            timeout=180,
            check=False,
        )
        target = made / f"{name}.{to}"
        assert target.exists(), f"LibreOffice made no {to} of {source}: {done.stdout}{done.stderr}"
        return target.read_bytes()


@pytest.fixture(scope="session")
def office(tmp_path_factory: pytest.TempPathFactory) -> Office:
    """Return LibreOffice. Without it the tests fail: a document that nothing has opened is not tested."""
    executable = shutil.which("soffice")
    if executable is None:
        pytest.fail(
            "No 'soffice' on the path; install LibreOffice, on Debian: apt-get install libreoffice-writer",
            pytrace=False,
        )
    folder = tmp_path_factory.mktemp("office")
    return Office(executable=executable, profile=folder / "profile", folder=folder)
