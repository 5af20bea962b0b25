"""Response files: what they may hold, and how they are read."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import ConfigDict, Field

from cse_forms.answers.response import Response
from cse_forms.errors import InputError
from cse_forms.pointers import count_values
from cse_forms.reading import parse_json, read_file
from cse_forms.schema.refusals import refusals
from cse_forms.schema.words import Text, Word

MAX_VALUES = 5_000
"""The most values that a response may hold. The fullest real one holds a few hundred; each value that is refused costs
0.1 ms and 15 kB, so that a few megabytes of them would take minutes, and all memory there is."""


class Meta(Word):
    """Who recorded the answers, and when. A case system may add members of its own."""

    model_config = ConfigDict(extra="allow")

    who: Text | None = None
    """Who recorded the answers."""
    when: Text | None = None
    """When: a date or a date and time, as ISO 8601 writes it."""
    status: Literal["draft", "complete"] | None = None
    """A draft may have gaps. A response that does not say is complete."""


_LONGEST_NAME = 64
_Name = Annotated[Text, Field(max_length=_LONGEST_NAME)]


class ResponseFile(Word):
    """A response as it stands in a file."""

    form: _Name
    """The form's id."""
    version: _Name
    """The form's version, such as 1.0.0."""
    answers: dict[str, Any]
    """The answers, of the shape that the form's JSON Schema describes."""
    digest: Annotated[str | None, Field(pattern="^sha256:[0-9a-f]{64}$")] = None
    """The digest of the definition that was answered: sha256: and 64 hexadecimal digits."""
    meta: Meta = Meta()


def read_response(data: bytes | Path, name: str | None = None) -> Response:
    """Read a response file.

    Args:
        data: its bytes, or the path to read them from.
        name: what to call it in errors; a path is called by its name.

    Raises:
        InputError: it is not JSON, not UTF-8, too large, too deep, or no response.
    """
    if isinstance(data, Path):
        name = name or str(data)
        data = read_file(data)
    name = name or "the response"
    document = parse_json(data, name)
    if not isinstance(document, dict):
        raise InputError(f'{name} is no response: a response is {{"form": ..., "version": ..., "answers": {{...}}}}')
    # A value and the sign before it take two bytes: a response of the usual size need not be counted.
    if len(data) > 2 * MAX_VALUES and count_values(document) > MAX_VALUES:
        raise InputError(f"{name} holds more than {MAX_VALUES:,} values; no form asks for so many")
    found = [] if _is_plain(document) else refusals(ResponseFile, document)
    if found:
        told = "; ".join(f"{fault.pointer or 'the document'}: {fault.message}" for fault in found)
        raise InputError(f"{name} is no response: {told}")
    return Response(
        form=document["form"],
        version=document["version"],
        answers=document["answers"],
        digest=document.get("digest"),
        meta=document.get("meta", {}),
    )


def _is_plain(document: dict[str, Any]) -> bool:
    """Whether it is certainly a response, so that the model need not look at it: that takes longer than reading it."""
    if not document.keys() <= {"form", "version", "answers", "meta"}:
        return False
    meta = document.get("meta", {})
    texts = [document.get("form"), document.get("version")]
    if not isinstance(document.get("answers"), dict) or not isinstance(meta, dict):
        return False
    texts += [meta[word] for word in ("who", "when") if word in meta]
    if meta.get("status", "draft") not in ("draft", "complete"):
        return False
    if "" in texts or [type(text) for text in texts] != [str] * len(texts):
        return False
    return len(document["form"]) <= _LONGEST_NAME and len(document["version"]) <= _LONGEST_NAME
