"""What a preview shows of a definition's files as they are now."""

from __future__ import annotations

from hashlib import sha256
from pathlib import Path
from threading import Lock

from cse_forms.checking import Checked, check_file
from cse_forms.document.tree import Document
from cse_forms.errors import CseFormsError
from cse_forms.forms import Form
from cse_forms.previewing import pages
from cse_forms.renderers import get_renderer
from cse_forms.schema.catalogue import FORM_FILE, load_file
from cse_forms.schema.definition import Definition
from cse_forms.schema.index import read_index

COMPARING = 3.0
"""Seconds for finding what a change does to old responses. Whoever publishes waits longer, and asks for it."""


PANES = {
    "form": "The form",
    "findings": "What the check finds",
    "policy": "The policy in words",
    "scenarios": "Scenarios",
    "changes": "What has changed",
}
"""The pages, each with its title. The form stands on one side, and one of the others beside it."""


class Preview:
    """The pages of one definition, made anew when one of its files is saved. It may be asked from several threads."""

    def __init__(self, path: Path) -> None:
        """Begin to look at a definition.

        Args:
            path: its file.
        """
        self.path = path
        self._lock = Lock()
        self._snapshot: Snapshot | None = None

    @property
    def name(self) -> str:
        """The form's id and version, as its folders say them."""
        return f"{self.path.parent.parent.name} {self.path.parent.name}"

    def snapshot(self) -> Snapshot:
        """Return what there is to be seen now."""
        with self._lock:
            signature = self._signature()
            if self._snapshot is None or self._snapshot.signature != signature:
                sound = self._snapshot.sound if self._snapshot else None
                self._snapshot = Snapshot(self.path, signature, sound)
            return self._snapshot

    def _signature(self) -> str:
        """Return what tells the files of the version, and the form's index, from those that they will be."""
        told = []
        for file in sorted([*self.path.parent.glob("*.json"), *self.path.parent.parent.glob("*.json")]):
            try:
                status = file.stat()
            except OSError:
                continue  # An editor that saves a file may take it away for a moment.
            told.append(f"{file.name} {status.st_mtime_ns} {status.st_size} {status.st_ino}")
        return sha256("\n".join(told).encode()).hexdigest()


class Snapshot:
    """A definition's files as they were at one moment. Each page is made when it is first asked for."""

    def __init__(self, path: Path, signature: str, sound: Definition | None) -> None:
        """Check the definition.

        Args:
            path: its file.
            signature: another one for each state of its files.
            sound: the definition when it was last fit to be shown, if it was.
        """
        self.signature = signature
        self._path = path
        self._pages: dict[str, str] = {}
        self._lock = Lock()
        self._checked: Checked | None = None
        try:
            self._checked = check_file(path)
            self.summary = pages.summary_of(self._checked)
            """In one line: fit for use, or how many problems there are."""
        except CseFormsError as error:
            self.summary = str(error)
        self._definition = self._checked.definition if self._checked else None
        self.sound = self._definition or sound
        """The definition as it is, or as it was before it had faults; None if it was never without them."""

    def page(self, name: str) -> str:
        """Return one of `PANES` as HTML."""
        with self._lock:
            if name not in self._pages:
                page = get_renderer("html").render(self._document(name))
                assert isinstance(page, str)
                self._pages[name] = page
            return self._pages[name]

    def _document(self, name: str) -> Document:
        named = self.sound or pages.Unsound(self._path.parent.parent.name, self._path.parent.name)
        try:
            if name == "findings":
                if self._checked is None:
                    return pages.message(named, PANES[name], [self.summary])
                return pages.findings(named, self._checked)
            if name == "form" and self.sound is not None:
                return Form(self.sound).document(purpose="fill")
            if self._definition is None:
                return pages.message(named, PANES[name], [pages.MEND_FIRST])
            if name == "policy":
                return Form(self._definition).policy_document()
            if name == "scenarios":
                return pages.scenarios(self._definition, self._path)
            return self._changes(self._definition)
        except CseFormsError as error:
            return pages.message(named, PANES[name], [str(error)])

    def _changes(self, definition: Definition) -> Document:
        from cse_forms.comparing.files import compare_in_folder
        from cse_forms.comparing.page import comparison_document

        folder = self._path.parent.parent
        before = read_index(folder).newest_before(definition.version)
        if before is None:
            return pages.message(definition, PANES["changes"], ["No older version of this form is published."])
        path = folder / before / FORM_FILE
        compared = compare_in_folder(Form(load_file(path)), path, Form(definition), time_limit=COMPARING)
        return comparison_document(compared)
