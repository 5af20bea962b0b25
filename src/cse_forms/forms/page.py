"""A page that is filled in in a browser: what a host may say of it, and its document."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import TYPE_CHECKING, Any, TypedDict

from cse_forms.answers.response import Response
from cse_forms.answers.submitted import Parsed
from cse_forms.document.build import build_document
from cse_forms.document.languages import interface_of
from cse_forms.document.web_page import filled_by, page_of, plain_findings, sending_of

if TYPE_CHECKING:
    from cse_forms.answers.findings import Finding
    from cse_forms.document.tree import Document
    from cse_forms.forms.examiner import Examiner
    from cse_forms.thresholds.policy import Evaluation


class PageOptions(TypedDict, total=False):
    """What may be said of a page that is filled in in a browser. Addresses are of the web, or on the same host."""

    action: str
    """Where it is sent; to its own address, if nothing is said."""
    fields: Iterable[tuple[str, str]]
    """Names and values of hidden fields of the host's own, such as a token against forged requests."""
    buttons: Iterable[str]
    """"continue", "save" or both; pressing Enter in a field uses the first."""
    sections: Iterable[str]
    """The keys of the sections to show; all, if none are named."""
    script: str
    """Where the host serves `page.js`, beside the other files of `cse_forms/browser`; a page without it does all."""
    definition: str
    """Where the host serves the form's definition, which the script reads."""
    language: str | None
    """As for `Form.document`."""
    large_print: bool
    """As for `Form.document`."""


def page_document(examiner: Examiner, answers: Any, options: PageOptions) -> Document:
    """Return the document of a page. `Form.page_document` has what is given and what is raised."""
    definition, language = examiner.definition, options.get("language")
    page = page_of(definition, options)
    parsed = answers if isinstance(answers, Parsed) else None
    response = parsed.response if parsed else answers
    findings: tuple[Finding, ...] = ()
    not_asked: tuple[str, ...] = ()
    evaluation: Evaluation | None = None
    plain, draft = examiner.answers_of({} if response is None else response, draft=False)
    if parsed is not None:
        draft = parsed.button != "continue"
    if response is not None:
        evaluation = examiner.policy.evaluate(plain, draft=draft)
        findings = tuple(plain_findings(definition, _findings(examiner, plain, evaluation, parsed, draft=draft)))
        not_asked = tuple(examiner.not_asked(plain, draft=draft)) if parsed is not None else ()
    if response is not None and not isinstance(response, Response):
        response = Response(form=definition.id, version=definition.version, answers=plain)
    document = build_document(
        definition,
        examiner.policy,
        response,
        evaluation,
        findings,
        # Whatever is being filled in is not complete yet.
        draft=True,
        purpose="fill",
        large_print=options.get("large_print", False),
        language=language,
        filled=filled_by(parsed, page),
    )
    sending = sending_of(
        definition,
        page,
        interface_of(definition, language).phrases,
        answers=plain,
        findings=findings,
        not_asked=not_asked,
        parsed=parsed,
    )
    return replace(document, banner=None, sending=sending)


def _findings(
    examiner: Examiner, answers: Any, evaluation: Evaluation, parsed: Parsed | None, *, draft: bool
) -> Iterable[Finding]:
    """Return what is wrong, in the order of the form: what was sent and can be no answer goes before what it left."""
    own = {} if parsed is None else {finding.pointer: finding for finding in parsed.findings}
    found = examiner.report(answers, evaluation, draft=draft).findings
    kept = [finding for finding in found if finding.pointer not in own]
    return examiner.validator.in_order([*own.values(), *kept])
