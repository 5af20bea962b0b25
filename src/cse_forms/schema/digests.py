"""By what a definition is known: the digest of what it says, and that of the bytes in which it says so."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from typing import Any

from cse_forms.pointers import escape

GREATEST_EXACT = 2**53 - 1
"""The greatest whole number that every reader of JSON takes exactly (RFC 8785, from RFC 7493)."""


def digest_of_bytes(data: bytes) -> str:
    """Return sha256:... of the very bytes of a file."""
    return f"sha256:{hashlib.sha256(data).hexdigest()}"


def canonical_digest(document: Mapping[str, Any]) -> str:
    """Return sha256:... of a JSON document in its canonical form (RFC 8785).

    It depends on neither layout nor the order of keys, so that it can be worked out from what a database or a web
    service hands on.

    Args:
        document: without `inexact_numbers`.
    """
    import rfc8785

    return digest_of_bytes(rfc8785.dumps(dict(document)))


def inexact_numbers(document: Any, at: str = "") -> Iterator[str]:
    """Yield the pointers of whole numbers that some readers of JSON round, so that they have no canonical form."""
    if isinstance(document, int) and abs(document) > GREATEST_EXACT:
        yield at
    elif isinstance(document, dict):
        for key, value in document.items():
            yield from inexact_numbers(value, f"{at}/{escape(key)}")
    elif isinstance(document, list):
        for index, value in enumerate(document):
            yield from inexact_numbers(value, f"{at}/{index}")
