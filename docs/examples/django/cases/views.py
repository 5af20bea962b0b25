"""The pages. Nobody sees a case that they do not work on: to them it is not there."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, Any, cast

from django import forms
from django.contrib.auth.models import User
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.middleware.csrf import get_token
from django.shortcuts import get_object_or_404, redirect, render
from django.templatetags.static import static
from django.urls import reverse
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST, require_safe

from cases import recording
from cases.models import Assessment, Case, Version
from cse_forms import Form, FormNotFoundError
from cse_forms.migrating import MigrationError
from cse_forms.renderers.html import renderer

if TYPE_CHECKING:
    from cse_forms.answers.submitted import Parsed

PREFIX = "cse-"
TOKEN, AFTER = "csrfmiddlewaretoken", "after"
_NUMBER = re.compile("[0-9]{1,9}")
MEDIA_TYPES = {
    "html": "text/html; charset=utf-8",
    "json": "application/json",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "pdf": "application/pdf",
}


# A reference, and no name: it is shown in lists.
CaseForm = forms.modelform_factory(Case, fields=["reference"])


class PeopleForm(forms.Form):
    """Asks who else works on a case."""

    username = forms.ModelChoiceField(
        User.objects.filter(is_active=True),
        to_field_name="username",
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
        error_messages={"invalid_choice": "There is nobody of this name; ask how they sign in."},
    )


def _user(request: HttpRequest) -> User:
    return cast(User, request.user)


def _form(form: str, version: str | None = None) -> Form:
    try:
        return recording.FORMS.get_form(form, version)
    except FormNotFoundError:
        raise Http404 from None


def cases(request: HttpRequest) -> HttpResponse:
    """Show the cases of whoever asks, and begin another one."""
    asked = CaseForm(request.POST or None)
    if request.method == "POST" and asked.is_valid():
        made = asked.save()
        made.workers.add(_user(request))
        return redirect("case", made.pk)
    own = Case.objects.filter(workers=_user(request)).order_by("reference")
    return render(request, "cases/cases.html", {"cases": own, "form": asked})


def case(request: HttpRequest, case: int) -> HttpResponse:
    """Show a case with every version of its assessments, and begin another assessment."""
    found = get_object_or_404(Case, pk=case, workers=_user(request))
    if request.method == "POST":
        form = _form(request.POST.get("form", ""))
        return redirect("assessment", recording.begin(found, form.id, _user(request)).pk)
    return _case(request, found, PeopleForm())


@require_POST
def people(request: HttpRequest, case: int) -> HttpResponse:
    """Let somebody else work on a case."""
    found = get_object_or_404(Case, pk=case, workers=_user(request))
    asked = PeopleForm(request.POST)
    if not asked.is_valid():
        return _case(request, found, asked)
    found.workers.add(asked.cleaned_data["username"])
    return redirect("case", found.pk)


def _case(request: HttpRequest, found: Case, people: PeopleForm) -> HttpResponse:
    told = []
    for assessment in found.assessments.order_by("pk"):
        newest = _form(assessment.form)
        recorded = assessment.versions.select_related("made_by", "assessment")
        versions = [{"version": version, "levels": recording.levels(version)} for version in recorded]
        is_old = assessment.newest.form_version != newest.version
        told.append({"assessment": assessment, "form": newest, "versions": versions, "is_old": is_old})
    known = [recording.FORMS.get_form(form) for form in recording.FORMS.versions()]
    shown = {"case": found, "assessments": told, "forms": known, "people": people}
    return render(request, "cases/case.html", shown)


@sensitive_post_parameters()
def assessment(request: HttpRequest, assessment: int) -> HttpResponse:
    """Show the form as it was filled in last; record what comes back, or show it again with what is wrong."""
    found = get_object_or_404(Assessment, pk=assessment, case__workers=_user(request))
    newest = found.newest
    form = recording.form_of(newest)
    if request.method != "POST":
        return _page(request, newest, form, recording.response_of(newest), after=newest.number)
    parsed = form.parse(request.POST, expected={TOKEN, AFTER})
    is_complete = parsed.button == "continue"
    is_right = parsed.is_clean and form.validate(parsed.response.answers, draft=not is_complete).valid
    after = request.POST.get(AFTER, "")
    if parsed.button == "rows" or not is_right:
        return _page(request, newest, form, parsed, after=after)
    response = replace(
        parsed.response,
        meta={"status": "complete" if is_complete else "draft"},
        migrated_from=recording.response_of(newest).migrated_from,
    )
    try:
        recording.record(found, response, by=_user(request), after=int(after) if _NUMBER.fullmatch(after) else -1)
    except recording.StaleError:
        # The number of the version stays the old one: whoever wrote this has not seen the newer one yet.
        return _page(request, newest, form, parsed, after=after, is_stale=True, status=409)
    return redirect("case", found.case.pk)


def _page(
    request: HttpRequest,
    newest: Version,
    form: Form,
    answers: Parsed | Any,
    *,
    after: int | str,
    is_stale: bool = False,
    status: int = 200,
) -> HttpResponse:
    document = form.page_document(
        answers,
        fields=[(TOKEN, get_token(request)), (AFTER, str(after))],
        script=static("cse_forms/page.js"),
        definition=reverse("definition", args=[form.id, form.version]),
    )
    shown = {
        "version": newest,
        "title": form.title,
        # Says of a page with problems that it has some.
        "window_title": document.sending and document.sending.window_title,
        "style": reverse("style", args=[form.id, form.version]),
        "fragment": renderer.fragment(document, prefix=PREFIX),
        "is_stale": is_stale,
    }
    return render(request, "cases/assessment.html", shown, status=status)


@require_POST
def renew(request: HttpRequest, assessment: int) -> HttpResponse:
    """Take the newest version along to the newest version of its form; ask first where answers would be lost."""
    found = get_object_or_404(Assessment, pk=assessment, case__workers=_user(request))
    try:
        recording.renew(found.newest, by=_user(request), accept_loss=request.POST.getlist("accept"))
    except MigrationError as error:
        return render(request, "cases/renew.html", {"assessment": found, "error": error}, status=409)
    except recording.StaleError:
        return redirect("case", found.case.pk)
    return redirect("case", found.case.pk)


@require_safe
def version(request: HttpRequest, version: int, suffix: str) -> HttpResponse:
    """Show one version as a document, whether it is the newest or not."""
    found = get_object_or_404(Version, pk=version, assessment__case__workers=_user(request))
    if suffix not in MEDIA_TYPES:
        raise Http404
    document = recording.form_of(found).render(suffix, recording.response_of(found))
    response = HttpResponse(document, content_type=MEDIA_TYPES[suffix])
    if suffix == "html":
        # The page says itself what it may load: its own style sheet, by its hash.
        response["Content-Security-Policy"] = "frame-ancestors 'none'"
    else:
        name = f"{found.assessment.form}-version-{found.number}.{suffix}"
        response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


@require_safe
def record(request: HttpRequest, case: int) -> HttpResponse:
    """Give the whole record of a case."""
    found = get_object_or_404(Case, pk=case, workers=_user(request))
    headers = {"Content-Disposition": f'attachment; filename="case-{found.pk}.zip"'}
    return HttpResponse(recording.record_of(found), content_type="application/zip", headers=headers)


@require_safe
def style(_: HttpRequest, form: str, version: str) -> HttpResponse:
    """Give the style sheet of a form's page, which holds within the form alone."""
    document = _form(form, version).page_document()
    return HttpResponse(renderer.style_sheet(document, prefix=PREFIX), content_type="text/css; charset=utf-8")


@require_safe
def definition(_: HttpRequest, form: str, version: str) -> HttpResponse:
    """Give a form's definition, which the script reads."""
    return JsonResponse(dict(_form(form, version).schema))
