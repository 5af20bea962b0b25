"""What identifies a document: the form, its version and digest, and who recorded the answers, about whom, and when."""

from __future__ import annotations

from collections.abc import Iterator

from cse_forms.answers.response import Response
from cse_forms.document.answer import answer_of
from cse_forms.document.phrases import Phrases
from cse_forms.passages import strung
from cse_forms.schema.definition import Definition
from cse_forms.thresholds.policy import ResponseReader

DIGEST_START = 12
"""Characters of a digest by which a reader tells one definition from another."""


def form_facts(definition: Definition, phrases: Phrases) -> Iterator[tuple[str, str]]:
    """Yield which form it is: its name and version, its status and the beginning of its digest."""
    yield phrases.form, form_name(definition, phrases)
    if not definition.is_published:
        yield phrases.form_status, phrases.form_not_published
    start = definition.digest.partition(":")[2][:DIGEST_START]
    yield phrases.digest, phrases.digest_start.format(start=start)


def response_facts(
    definition: Definition,
    response: Response,
    reader: ResponseReader,
    phrases: Phrases,
    *,
    draft: bool,
    is_record: bool,
) -> Iterator[tuple[str, str]]:
    """Yield what a response says of itself, and its answers to the questions of the form's header.

    Args:
        definition: the form's.
        response: what was answered.
        reader: what reads its answers.
        phrases: the interface's words.
        draft: whether it is a draft.
        is_record: whether it is to be a record, which tells what the response does not say.
    """
    yield phrases.status, phrases.status_draft if draft else phrases.status_complete
    for member, title in (("who", phrases.recorded_by), ("when", phrases.recorded_when)):
        value = response.meta.get(member)
        if isinstance(value, str) and value.strip():
            yield title, value
        elif is_record:
            yield title, phrases.not_stated
    for original in response.migrated_from[-1:]:
        former = phrases.form_version.format(form=original["form"], version=original["version"])
        yield phrases.taken_over_from, former
    questions = [definition.questions[pointer] for pointer in definition.words.header]
    titles = [question.title for question in questions]
    for question in questions:
        holder = question.holder.title if question.holder and titles.count(question.title) > 1 else ""
        title = strung(" ", (holder, question.title)) if holder else question.title
        for instance in reader.instances(question):
            answer = answer_of(instance, reader.is_asked(question, instance.keys), phrases)
            # What is still to be filled in stands further down, empty.
            if is_record or answer.status in ("given", "not-known"):
                yield title, answer.text


def form_name(definition: Definition, phrases: Phrases) -> str:
    """Return what stands on every page: the form's id and version."""
    return phrases.form_version.format(form=definition.id, version=definition.version)
