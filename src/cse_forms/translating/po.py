"""PO, the files of gettext: an entry for each string, told apart by the pointer in its context.

A draft is marked `fuzzy`, and so is a string whose wording was changed after it was translated. Whoever has looked at
it takes the mark away.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from io import BytesIO
from typing import TYPE_CHECKING, Any

from cse_forms.errors import CseFormsError, InputError
from cse_forms.schema.translation import State
from cse_forms.translating.jobs import Job, Unit
from cse_forms.workbook.characters import from_cell, to_cell

if TYPE_CHECKING:
    from babel.messages import Message

SUFFIX = ".po"

_FUZZY = "fuzzy"
_WIDTH = 100_000
"""Nothing is set out in lines: a comment that is cut in two says nothing."""
_HEAD = re.compile(r"cse-forms: form=(?P<form>\S+) version=(?P<version>\S+) from=(?P<source>\S+) to=(?P<language>\S+)")


def write(job: Job) -> bytes:
    """Return the file of a job.

    Raises:
        CseFormsError: the library that writes such files is not installed.
    """
    babel = _library()
    catalogue = babel.Catalog(
        locale=_locale(job.language),
        project=job.form,
        version=job.version,
        charset="utf-8",
        fuzzy=False,
        msgid_bugs_address="",
        last_translator="",
        language_team="",
    )
    catalogue.header_comment = (
        f"# The wording of a form, for translators.\n# cse-forms: form={job.form} version={job.version} "
        f"from={job.source_language} to={job.language}"
    )
    for unit in job.units:
        catalogue.add(
            to_cell(unit.source),
            to_cell(unit.text),
            context=unit.pointer,
            flags={_FUZZY} if unit.state in {State.DRAFT, State.STALE} else (),
            auto_comments=list(_comments(unit)),
        )
    held = BytesIO()
    babel.write_po(held, catalogue, width=_WIDTH)
    return held.getvalue()


def _comments(unit: Unit) -> Iterator[str]:
    yield f"where: {_one_line(unit.where)}"
    yield f"kind: {unit.kind}"
    yield f"status: {unit.state}"
    yield f"digest: {unit.digest}"
    if unit.translates:
        yield f"translates: {unit.translates}"
    if unit.note:
        yield f"note: {_one_line(unit.note)}"


def _one_line(text: str) -> str:
    return json.dumps(to_cell(text), ensure_ascii=False)[1:-1]


def read(data: bytes, name: str) -> Job:
    """Return the job that a file holds.

    Args:
        data: the file's bytes.
        name: what to call it in errors.

    Raises:
        InputError: it is no PO file of one of our forms.
        CseFormsError: the library that reads such files is not installed.
    """
    babel = _library()
    try:
        catalogue = babel.read_po(BytesIO(data), ignore_obsolete=True, abort_invalid=True, charset="utf-8")
    except (babel.PoFileError, ValueError, LookupError, AssertionError, TypeError) as error:
        raise InputError(f"{name} is no PO file that can be read; look for a whole copy") from error
    head = _HEAD.search(catalogue.header_comment)
    if head is None:
        raise InputError(f"{name} has lost the line at its top that names its form and languages; extract it anew")
    return Job(
        form=head["form"],
        version=head["version"],
        source_language=head["source"],
        language=head["language"],
        units=tuple(_unit(message, name) for message in catalogue if message.id),
    )


def _unit(message: Message, name: str) -> Unit:
    told = dict(comment.split(": ", 1) for comment in message.auto_comments if ": " in comment)
    source, text = (one if isinstance(one, str) else one[0] for one in (message.id, message.string or ""))
    if not message.context or "digest" not in told:
        raise InputError(
            f"{name}: the entry '{source[:60]}' has lost its context or the comment with its digest, so that nothing "
            "tells what it translates; extract the file anew"
        )
    text = from_cell(text)
    return Unit(
        pointer=str(message.context),
        source=from_cell(source),
        digest=told["digest"],
        text=text,
        state=_state(told.get("status", ""), is_fuzzy=message.fuzzy) if text else State.MISSING,
        translates=told.get("translates"),
        note=_from_line(told["note"]) if "note" in told else None,
        where=_from_line(told.get("where", "")),
        kind=told.get("kind", ""),
    )


def _state(before: str, *, is_fuzzy: bool) -> State:
    """Return how far a string is translated: who takes the mark from a draft has reviewed it."""
    if is_fuzzy:
        return State.STALE if before == State.STALE else State.DRAFT
    return State.REVIEWED if before in {State.DRAFT, State.REVIEWED} else State.DRAFT


def _from_line(text: str) -> str:
    try:
        return from_cell(str(json.loads(f'"{text}"')))
    except ValueError:
        return text


def _locale(language: str) -> str | None:
    """Return the language as the library takes it; None, where it does not know it."""
    from babel import Locale, UnknownLocaleError

    try:
        return str(Locale.parse(language, sep="-"))
    except (ValueError, UnknownLocaleError):
        return None


class _Library:
    """What of the library is used."""

    def __init__(self) -> None:
        from babel.messages import Catalog
        from babel.messages.pofile import PoFileError, read_po, write_po

        self.Catalog, self.PoFileError, self.read_po, self.write_po = Catalog, PoFileError, read_po, write_po


def _library() -> Any:
    try:
        return _Library()
    except ImportError as error:
        raise CseFormsError("PO needs a library besides: pip install 'cse_forms[translate]'") from error
