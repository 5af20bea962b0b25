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
from cse_forms.schema.words import DIGEST, Many, Text, Word

MAX_VALUES = 5_000
"""The most values that a response may hold. The fullest real one holds a few hundred; each value that is refused costs
0.1 ms and 15 kB, so that a few megabytes of them would take minutes, and all memory there is."""

MAX_ORIGINALS = 20
"""The most responses that one may have been made from, version after version."""

MAX_KEPT_VALUES = 100_000
"""The most values that a response may hold of those that it was made from. The outcome of a real one has some 2,000."""


_LONGEST_NAME = 64
_Name = Annotated[Text, Field(max_length=_LONGEST_NAME)]


class Meta(Word):
    """Who recorded the answers, and when. A case system may add members of its own."""

    model_config = ConfigDict(extra="allow")

    who: Text | None = None
    """Who recorded the answers."""
    when: Text | None = None
    """When: a date or a date and time, as ISO 8601 writes it."""
    status: Literal["draft", "complete"] | None = None
    """A draft may have gaps. A response that does not say is complete."""


class OriginalAnswer(Word):
    """An answer in the words of the form, which can be read without the form."""

    pointer: str
    """Where it stood in the answers."""
    section: str
    """The titles of the sections that held it."""
    question: str
    """The question as it was asked; empty where the form had none."""
    answer: str
    """The titles of the options chosen, or what was written."""


class OriginalLevel(Word):
    """What an assessment came to."""

    assessment: Text
    """What the assessment is called."""
    suggested: Text | None
    """The title of the level that was suggested; null, if none was."""
    possible: Many[Text | None]
    """The titles of all levels that were not ruled out; null stands for no level."""


class OriginalLoss(Word):
    """An answer that was left behind."""

    pointer: Text
    """Where it stood in the answers."""
    because: Text
    """Why it had no place."""


class Original(Word):
    """A response as it was before it was taken to another version of its form, and what it said."""

    form: _Name
    """The form's id."""
    version: _Name
    """The version that it answered."""
    to: _Name
    """The version to which it was taken."""
    digest: Annotated[str, Field(pattern=DIGEST)]
    """The digest of the definition that it answered."""
    bytes: Annotated[str, Field(pattern=DIGEST)]
    """sha256:... of its file."""
    text: Text
    """Its file to the letter. If it had kept responses itself, they stand before it in the list, and not in it."""
    words: Many[OriginalAnswer]
    """Its answers in the form's words."""
    levels: Many[OriginalLevel]
    """The levels that it came to, in the form's words."""
    evaluation: dict[str, Any]
    """All that came of it, as outcome.schema.json describes it."""
    lost: Many[OriginalLoss]
    """The answers that were left behind."""


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
    migrated_from: Annotated[Many[Original], Field(alias="migrated_from", max_length=MAX_ORIGINALS)] = ()
    """The responses that it was made from when it was taken to another version, the first one first."""


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
    return response_from(parse_json(data, name), name, size=len(data))


def response_from(document: Any, name: str, *, size: int) -> Response:
    """Return the response that a JSON value is.

    Args:
        document: the value, as `parse_json` gives it.
        name: what to call it in errors.
        size: how many bytes it was written in.

    Raises:
        InputError: it is no response, or holds more than any form asks for.
    """
    if not isinstance(document, dict):
        raise InputError(f'{name} is no response: a response is {{"form": ..., "version": ..., "answers": {{...}}}}')
    # A value and the sign before it take two bytes: a response of the usual size need not be counted.
    if size > 2 * MAX_VALUES:
        kept = document.get("migrated_from", [])
        if count_values(document) - count_values(kept) > MAX_VALUES:
            raise InputError(f"{name} holds more than {MAX_VALUES:,} values; no form asks for so many")
        if count_values(kept) > MAX_KEPT_VALUES:
            raise InputError(
                f"{name} keeps more than {MAX_KEPT_VALUES:,} values of earlier responses; that is too many"
            )
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
        migrated_from=tuple(document.get("migrated_from", ())),
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
