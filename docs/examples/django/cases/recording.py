"""What is done with the forms and recorded; it knows nothing of pages."""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

from django.conf import settings
from django.contrib.auth.models import User
from django.db import IntegrityError, transaction

from cases.models import Assessment, Case, Version
from cse_forms import Catalogue, Form, Response, read_response
from cse_forms.migrating import migrate_to

FORMS = Catalogue.from_directory(settings.FORMS) if settings.FORMS else Catalogue.shipped()


class StaleError(Exception):
    """Somebody else has recorded a newer version meanwhile."""


def form_of(version: Version) -> Form:
    """Return the form that a version answers: the very version of it that was filled in."""
    return FORMS.get_form(version.assessment.form, version.form_version)


def response_of(version: Version) -> Response:
    """Return a version as the library takes it."""
    return read_response(json.dumps(version.response).encode())


def begin(case: Case, form_id: str, by: User) -> Assessment:
    """Begin an assessment with an empty version."""
    form = FORMS.get_form(form_id)
    with transaction.atomic():
        assessment = case.assessments.create(form=form.id)
        record(assessment, form.new_response(), by=by, after=0)
    return assessment


def record(assessment: Assessment, response: Response, *, by: User, after: int) -> Version:
    """Add a version, with what the form makes of it.

    Args:
        assessment: the one that it belongs to.
        response: what was answered.
        by: who did it.
        after: the number of the version that they saw.

    Raises:
        StaleError: there is a newer one.
    """
    form = FORMS.get_form(response.form, response.version)
    meta = {**response.meta, "who": by.get_username(), "when": datetime.now(UTC).isoformat(timespec="seconds")}
    response = replace(response, meta=meta)
    if after != assessment.versions.count():
        raise StaleError
    try:
        with transaction.atomic():
            return assessment.versions.create(
                number=after + 1,
                made_by=by,
                form_version=form.version,
                digest=form.digest,
                response=response.to_dict(),
                evaluation=form.evaluate(response).to_dict(),
            )
    except IntegrityError:
        raise StaleError from None


def renew(version: Version, *, by: User, accept_loss: Iterable[str]) -> Version:
    """Take a response along to the newest version of its form, and evaluate it there. The old one stays as it is.

    Args:
        version: the newest one of its assessment.
        by: who did it.
        accept_loss: the pointers of the answers that may be left behind.

    Raises:
        MigrationError: an answer would be lost that nobody named.
        StaleError: there is a newer version.
    """
    newest = FORMS.get_form(version.assessment.form)
    original = json.dumps(version.response).encode()
    migrated = migrate_to(
        response_of(version), FORMS, newest.version, accept_loss=accept_loss, original=original
    ).response
    # What was complete may lack an answer that the new version asks for.
    if not newest.validate(migrated).valid:
        migrated = replace(migrated, meta={**migrated.meta, "status": "draft"})
    return record(version.assessment, migrated, by=by, after=version.number)


def levels(version: Version) -> list[str]:
    """Return what the form suggested, in a line for each of its assessments."""
    lines = []
    for assessment, told in zip(
        form_of(version).definition.words.assessments, version.evaluation["assessments"], strict=True
    ):
        titles = {level.id: level.title for level in assessment.levels}
        possible = [titles[level] for level in told["possible"]]
        if not told["applies"] or not possible:
            lines.append("Nothing")
        elif not told["recorded"]:
            lines.append("Nothing is recorded yet that this depends on")
        else:
            rest = f", not ruled out: {', '.join(possible[1:])}" if possible[1:] else ""
            lines.append(f"{possible[0]}{rest}")
    return lines


def record_of(case: Case) -> bytes:
    """Return all of a case as an archive: every version as JSON, and the newest of each assessment as documents."""
    archive = io.BytesIO()
    with zipfile.ZipFile(archive, "w", zipfile.ZIP_DEFLATED) as files:
        files.writestr("case.json", json.dumps(_told(case), ensure_ascii=False, indent=2))
        for number, assessment in enumerate(case.assessments.order_by("pk"), 1):
            newest = assessment.newest
            for suffix in ("docx", "pdf"):
                document = form_of(newest).render(suffix, response_of(newest))
                files.writestr(f"assessment-{number}-version-{newest.number}.{suffix}", document)
    return archive.getvalue()


def _told(case: Case) -> dict[str, Any]:
    return {
        "case": case.reference,
        "assessments": [
            {
                "form": assessment.form,
                "versions": [
                    {
                        "number": version.number,
                        "made_by": version.made_by.get_username(),
                        "made_at": version.made_at.isoformat(),
                        "form_version": version.form_version,
                        "digest": version.digest,
                        "response": version.response,
                        "evaluation": version.evaluation,
                    }
                    for version in assessment.versions.select_related("made_by")
                ],
            }
            for assessment in case.assessments.order_by("pk")
        ],
    }
