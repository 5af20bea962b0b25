"""Published versions for tests: recorded in their form's index, as publishing records them."""

from __future__ import annotations

import json
from pathlib import Path

from cse_forms.schema.digests import canonical_digest, digest_of_bytes
from cse_forms.schema.index import Publication, Retirement, State, index_path, read_index

DATE = "2026-01-31"


def record(path: Path, *, state: State = State.PUBLISHED, retired: Retirement | None = None) -> Publication:
    """Record a definition's file in the index of its form, and return what is recorded of it."""
    data, folder = path.read_bytes(), path.parent.parent
    publication = Publication(
        state=state,
        published=DATE,
        digest=canonical_digest(json.loads(data)),
        bytes=digest_of_bytes(data),
        retired=retired,
    )
    index_path(folder).write_bytes(read_index(folder).with_version(path.parent.name, publication).to_bytes())
    return publication
