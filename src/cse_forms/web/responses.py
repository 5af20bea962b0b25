"""From the body of a request to the response that it holds."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from cse_forms.answers.envelope import ResponseFile, response_from
from cse_forms.errors import InputError
from cse_forms.reading import parse_json
from cse_forms.web.problems import ProblemError

if TYPE_CHECKING:
    from cse_forms.answers.response import Response
    from cse_forms.forms import Form

MEMBERS = tuple(field.alias or name for name, field in ResponseFile.model_fields.items())
"""The members that a response may have."""

ADDRESSED = ("form", "version")
"""Those that the address of a request says already: a body may leave them out, and may not say otherwise."""

_NAME = "The body"
_SHAPE = '{"answers": {...}}, with "meta" and whatever else a response file has'


def response_in(data: bytes, form: Form) -> Response:
    """Return the response in a body: a response file, which may leave out what the address says.

    Raises:
        ProblemError: it is no JSON, no response, or one to another form.
    """
    try:
        document = parse_json(data, _NAME, quotes=False)
    except InputError as error:
        raise ProblemError("not-json", f"{error}.") from None
    if not isinstance(document, dict) or "answers" not in document:
        raise ProblemError("no-response", f"The answers stand in a member of their own: {_SHAPE}.")
    if not document.keys() <= set(MEMBERS):
        # It is not said which one: its name could be an answer that stands in the wrong place.
        raise ProblemError("no-response", f"It has a member that no response has; those are: {', '.join(MEMBERS)}.")
    document.setdefault("form", form.id)
    document.setdefault("version", form.version)
    response = _checked(document, len(data))
    if (response.form, response.version) != (form.id, form.version):
        raise ProblemError(
            "other-form", f"This is the address of {form.id} {form.version}; the response says otherwise."
        )
    response.check_digest(form.definition)
    return response


def _checked(document: dict[str, Any], size: int) -> Response:
    try:
        return response_from(document, _NAME, size=size)
    except InputError as error:
        if document.get("migrated_from"):
            # There the error could name a member that somebody made up.
            detail = "It is not as response.schema.json describes it."
            raise ProblemError("no-response", detail) from None
        raise ProblemError("no-response", f"{error}.") from None
