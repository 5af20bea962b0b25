"""The bodies of requests, taken in within bounds: of size while they come, of time, and of type."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator
from contextlib import aclosing
from typing import TYPE_CHECKING

from starlette.datastructures import UploadFile
from starlette.formparsers import MultiPartException, MultiPartParser

from cse_forms.web.problems import ProblemError

if TYPE_CHECKING:
    from starlette.requests import Request

JSON = "application/json"
MULTIPART = "multipart/form-data"
DOCUMENTS = {
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "pdf": "application/pdf",
    "any": "application/octet-stream",
}
"""The media types of documents that are read back."""

FIELDS = "application/x-www-form-urlencoded"
"""The media type of a page that a browser sends back."""

FIELD = "document"
"""The name of the field of an upload."""


async def json_body(request: Request, *, most: int, seconds: float) -> bytes:
    """Return the bytes of a JSON body.

    Raises:
        ProblemError: it is of another type, too large, or too slow.
    """
    kind, charset = _type_of(request)
    if kind != JSON or charset not in {"", "utf-8", "utf8"}:
        raise _unsupported((JSON,), "Send JSON in UTF-8.")
    return await _body(request, most=most, seconds=seconds)


async def fields_body(request: Request, *, most: int, seconds: float) -> bytes:
    """Return the bytes of a page that a browser sends back.

    Raises:
        ProblemError: it is of another type, too large, or too slow.
    """
    kind, _ = _type_of(request)
    if kind != FIELDS:
        raise _unsupported((FIELDS,), "Send the page as a browser sends it.")
    return await _body(request, most=most, seconds=seconds)


async def document_body(request: Request, *, most: int, seconds: float) -> bytes:
    """Return the bytes of a document, sent as the body itself or in a form.

    Raises:
        ProblemError: it is of another type, too large, too slow, or a form without one document.
    """
    kind, _ = _type_of(request)
    if kind == MULTIPART:
        return await _uploaded(request, most=most, seconds=seconds)
    if kind not in DOCUMENTS.values():
        detail = f"Send a Word document or a PDF file as the body, or in a form in the field '{FIELD}'."
        raise _unsupported((*DOCUMENTS.values(), MULTIPART), detail)
    return await _body(request, most=most, seconds=seconds)


def _type_of(request: Request) -> tuple[str, str]:
    """Return the media type of a body and its charset, in lower case."""
    if request.headers.get("content-encoding", "identity").lower() != "identity":
        # What is small when it comes and large when it is unpacked is not taken in.
        raise ProblemError(
            "unsupported-media-type",
            "Send the body as it is, and not compressed.",
            headers={"Accept-Encoding": "identity"},
        )
    kind, _, rest = request.headers.get("content-type", "").lower().partition(";")
    charset = rest.partition("charset=")[2].partition(";")[0].strip().strip('"')
    return kind.strip(), charset


def _unsupported(accepted: tuple[str, ...], detail: str) -> ProblemError:
    return ProblemError("unsupported-media-type", detail, available=accepted, headers={"Accept": ", ".join(accepted)})


async def _body(request: Request, *, most: int, seconds: float) -> bytes:
    """Return the whole of a body."""
    chunks: list[bytes] = []
    try:
        async with asyncio.timeout(seconds):
            async for chunk in _bounded(request, most):
                chunks.append(chunk)  # noqa: PERF401 - what came before the time was over is not used
    except TimeoutError:
        raise _too_slow(seconds) from None
    return b"".join(chunks)


async def _bounded(request: Request, most: int) -> AsyncGenerator[bytes, None]:
    """Yield a body as it comes, up to a size. What says that it is larger is not read at all."""
    stated = request.headers.get("content-length", "")
    if stated.isdecimal() and int(stated[:20]) > most:
        raise _too_large(most)
    left = most
    async for chunk in request.stream():
        left -= len(chunk)
        if left < 0:
            raise _too_large(most)
        yield chunk


def _too_slow(seconds: float) -> ProblemError:
    detail = f"The whole of it must come within {seconds:g} seconds."
    return ProblemError("too-slow", detail, headers={"Connection": "close"})


def _too_large(most: int) -> ProblemError:
    return ProblemError("too-large", f"It may have {most:,} bytes at most.", headers={"Connection": "close"})


class _InMemory(MultiPartParser):
    """Parses a form without writing any of it to a file, however large."""

    spool_max_size = 0
    """No size is too large for memory: `tempfile` knows 0 as "never to disk"."""


async def _uploaded(request: Request, *, most: int, seconds: float) -> bytes:
    """Return the one document of a form."""
    try:
        async with asyncio.timeout(seconds), aclosing(_bounded(request, most)) as chunks:
            form = await _InMemory(request.headers, chunks, max_files=1, max_fields=10).parse()
    except TimeoutError:
        raise _too_slow(seconds) from None
    except MultiPartException:
        # Its own words could quote what was sent.
        raise ProblemError("bad-request", "The form is broken off, or holds more than one document.") from None
    try:
        found = [value for name, value in form.multi_items() if name == FIELD and isinstance(value, UploadFile)]
        if len(found) != 1:
            raise ProblemError("bad-request", f"The document belongs in the field '{FIELD}', as a file.")
        return await found[0].read()
    finally:
        await form.close()
