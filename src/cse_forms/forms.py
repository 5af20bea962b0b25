"""The library's face: a form with everything that can be done with it, and catalogues of forms."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import replace
from functools import cache, cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypedDict, Unpack

from cse_forms.answers.findings import Finding, Report
from cse_forms.answers.response import Response
from cse_forms.errors import InputError
from cse_forms.schema.catalogue import DefinitionStore, Entry, shipped_directory

if TYPE_CHECKING:
    from cse_forms.answers.submitted import Parsed
    from cse_forms.answers.validation import Validator
    from cse_forms.document.tree import Diagram, Document, Purpose
    from cse_forms.schema.definition import Definition
    from cse_forms.schema.index import Retirement
    from cse_forms.thresholds.outcome import (
        AssessmentOutcome,
        CheckOutcome,
        JudgementOutcome,
        MeasureOutcome,
        PromptOutcome,
    )
    from cse_forms.thresholds.policy import Evaluation, Policy


class Outcome:
    """What a form says of a response: suggested levels with their reasons, prompts, and findings.

    Each part is worked out when it is asked for, and once: the answers must not be changed meanwhile.
    """

    def __init__(self, form: Form, evaluation: Evaluation, report: Report) -> None:
        self.form = form.id
        self.version = form.version
        self._definition = form.definition
        self.evaluation = evaluation
        self._report = report

    @property
    def digest(self) -> str:
        """The form's digest."""
        return self._definition.digest

    @property
    def report(self) -> Report:
        """What `Form.validate` says of the same answers."""
        return self._report

    @property
    def findings(self) -> tuple[Finding, ...]:
        """What `Form.validate` finds in the same answers."""
        return self._report.findings

    @property
    def measures(self) -> Mapping[str, MeasureOutcome]:
        """The form's named numbers, by id."""
        return self.evaluation.measures

    @property
    def assessments(self) -> Mapping[str, AssessmentOutcome]:
        """The form's assessments, by id."""
        return self.evaluation.assessments

    @property
    def prompts(self) -> tuple[PromptOutcome, ...]:
        """Every prompt of the form, the most urgent first, whether it holds or not."""
        return self.evaluation.prompts

    def to_dict(self, *, answers: bool = True) -> dict[str, Any]:
        """Return it as `evaluate --json` prints it and outcome.schema.json describes it.

        Args:
            answers: whether to name the answers that each part of it rests on, or that leave it open. Without them it
                takes less time, and its members `answers`, `unanswered` and `not_known` are left out.
        """
        measures = self._definition.words.measures
        return {
            "form": self.form,
            "version": self.version,
            "digest": self.digest,
            "measures": {name: self.evaluation.number(name).to_dict() for name in measures},
            "assessments": [assessment.to_dict(answers=answers) for assessment in self.assessments.values()],
            "prompts": [prompt.to_dict(answers=answers) for prompt in self.prompts],
            "findings": [finding.to_dict() for finding in self.findings],
        }


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


class Form:
    """One version of one form. It never changes, and may be kept and shared between threads."""

    def __init__(self, definition: Definition, folder: Path | None = None) -> None:
        self.definition = definition
        self._folder = folder
        self._translations: dict[str, Form] = {}

    def in_language(self, language: str | None) -> Form:
        """Return the form with its wording in a language, where it is translated; itself, where it is not.

        Translations stand beside the form's file. What is not translated, or was translated from an earlier wording,
        stays in the form's own language and says so in documents.

        Args:
            language: BCP 47, such as cy; the form's own, if none is said.

        Raises:
            DefinitionError: the translation's file is not sound.
        """
        from cse_forms.passages import primary

        own = self.definition.words.language
        if language is None or self._folder is None or primary(language) == primary(own):
            return self
        if language not in self._translations:
            from cse_forms.schema.translation import find_translation, translated

            translation = find_translation(self.definition, self._folder, language)
            form = self if translation is None else Form(translated(self.definition, translation))
            self._translations[language] = form
        return self._translations[language]

    @property
    def id(self) -> str:
        """The form's id, such as cse-toolbox."""
        return self.definition.id

    @property
    def version(self) -> str:
        """Three numbers, such as 1.0.0."""
        return self.definition.version

    @property
    def title(self) -> str:
        """The form's title."""
        return self.definition.title

    @property
    def digest(self) -> str:
        """sha256:... of the definition's canonical form (RFC 8785); responses say by it which was answered."""
        return self.definition.digest

    @property
    def schema(self) -> Mapping[str, Any]:
        """The definition as a JSON Schema document, for other validators."""
        return self.definition.schema

    def new_response(self) -> Response:
        """Return an empty draft. It carries the digest of a published definition; one that is not may still change."""
        digest = self.digest if self.definition.is_published else None
        return Response(form=self.id, version=self.version, digest=digest, answers={}, meta={"status": "draft"})

    def validate(self, answers: Any, *, draft: bool = False, language: str | None = None) -> Report:
        """Return everything that is wrong with these answers.

        Args:
            answers: as JSON has them - an object, built of dicts, lists and texts - or a whole `Response`, which says
                itself whether it is a draft.
            draft: whether gaps are still allowed. Wrong values never are.
            language: of the sentences, such as cy; English, if none is said.

        Raises:
            InputError: a `Response` to another form or version, or a language in which neither the interface nor the
                form is.
            DigestError: a `Response` to other bytes of this definition.
            DefinitionError: as for `in_language`.
        """
        form = self.in_language(language)
        if form is not self:
            return form.validate(answers, draft=draft, language=language)
        answers, draft = self._answers_of(answers, draft=draft)
        report = self._report(answers, self._policy.evaluate(answers, draft=draft), draft=draft)
        return report if language is None else report.said(self._sentence(language))

    def _sentence(self, language: str) -> Callable[[str], str]:
        """Return what says a finding's sentence in a language."""
        from cse_forms.document.languages import interface_of

        return interface_of(self.definition, language).phrases.message

    def evaluate(self, answers: Any, *, draft: bool = False, language: str | None = None) -> Outcome:
        """Return what the form's rules say of these answers, valid or not: a wrong answer counts as unknown.

        Args:
            answers: as for `validate`.
            draft: whether every blank may still be answered; else a question's default stands for a blank.
            language: as for `validate`.

        Raises:
            InputError: as for `validate`.
            DigestError: as for `validate`.
            DefinitionError: as for `in_language`.
        """
        form = self.in_language(language)
        if form is not self:
            return form.evaluate(answers, draft=draft, language=language)
        answers, draft = self._answers_of(answers, draft=draft)
        evaluation = self._policy.evaluate(answers, draft=draft)
        report = self._report(answers, evaluation, draft=draft)
        return Outcome(self, evaluation, report if language is None else report.said(self._sentence(language)))

    def document(
        self,
        answers: Any = None,
        *,
        draft: bool = False,
        purpose: Purpose | None = None,
        large_print: bool = False,
        language: str | None = None,
        rows: int = 0,
    ) -> Document:
        """Return what is to be shown, for renderers: the blank form, or a response with its evaluation.

        Args:
            answers: as for `validate`; None for the blank form.
            draft: as for `validate`.
            purpose: "print", a blank to write on by hand; "fill", to complete on a screen; "record", a response with
                its evaluation. If nothing is said, a blank is printed, and a response is a record.
            large_print: whether it is for those who need large letters.
            language: the language of the document, such as cy; the interface's own words are English, if none is
                said. The form's wording is in that language where it is translated, and else in the form's own.
            rows: how many rows a table has at least to which rows can be added, unless it is a record.

        Raises:
            InputError: a record of no response, or a language in which neither the interface nor the form is.
            DefinitionError: as for `in_language`.
        """
        from cse_forms.document.build import build_document

        form = self.in_language(language)
        if form is not self:
            return form.document(
                answers, draft=draft, purpose=purpose, large_print=large_print, language=language, rows=rows
            )
        if answers is None:
            if purpose == "record":
                raise InputError("A record is of a response, and there is none; a blank form is for 'print' or 'fill'")
            return build_document(
                self.definition, self._policy, purpose=purpose, large_print=large_print, language=language, rows=rows
            )
        outcome = self.evaluate(answers, draft=draft)
        response = answers
        if not isinstance(response, Response):
            response = Response(form=self.id, version=self.version, answers=answers)
        draft = draft or response.is_draft
        document = build_document(
            self.definition,
            self._policy,
            None if purpose == "print" else response,
            outcome.evaluation,
            outcome.findings,
            draft=draft,
            purpose=purpose,
            large_print=large_print,
            language=language,
            rows=rows,
        )
        return document if purpose == "print" else replace(document, outcome=outcome.to_dict())

    def render(
        self,
        to: str,
        answers: Any = None,
        *,
        draft: bool = False,
        purpose: Purpose | None = None,
        large_print: bool = False,
        language: str | None = None,
        rows: int = 0,
    ) -> str | bytes:
        """Return the form in a format: "html" and "json" give a text, "docx" and "pdf" give bytes.

        Args:
            to: "html", "docx", "pdf", "json", or a format that an installed package adds.
            answers: as for `validate`; without them the blank form is rendered.
            draft: as for `validate`.
            purpose: as for `document`.
            large_print: as for `document`.
            language: as for `document`.
            rows: as for `document`.

        Raises:
            RendererError: there is no such format.
            InputError: as for `document`.
        """
        from cse_forms.renderers import get_renderer

        document = self.document(
            answers, draft=draft, purpose=purpose, large_print=large_print, language=language, rows=rows
        )
        return get_renderer(to).render(document)

    def parse(
        self,
        pairs: Any,
        *,
        files: Any = (),
        onto: Any = None,
        expected: Collection[str] = (),
    ) -> Parsed:
        """Read what a browser sent of a page that `page` made: the answers, and what became of each field.

        Nothing that was sent is passed over: a field that the form does not have is reported, and what can be no answer
        is kept to be shown again.

        Args:
            pairs: names and values, in pairs; or whatever a framework keeps them in: a mapping, also one of lists.
            files: names and files, where the framework keeps them apart. The form asks for none, and they are reported.
            onto: the answers, or the response, in which the sections stand that a page of some sections did not show.
            expected: the names of the host's own fields, which are not looked at.

        Raises:
            InputError: there are more fields, or more text, than any form sends; or `onto` answers another form.
            DigestError: `onto` answers other bytes of this definition.
        """
        from cse_forms.answers.submitted import parse_page

        onto, _ = self._answers_of(onto, draft=True)
        return parse_page(self.definition, pairs, files=files, onto=onto, expected=expected)

    def page(self, answers: Any = None, **options: Unpack[PageOptions]) -> str:
        """Return a page to be filled in in a browser and sent back, and shown again with what is wrong in it.

        Args:
            answers: what `parse` gave, with nothing of it lost; or answers or a `Response`; None for a blank page.
            options: as `PageOptions` says.

        Raises:
            InputError: as for `document`, or an option says what there is not.
            DefinitionError: as for `in_language`.
        """
        from cse_forms.renderers.html import renderer

        return renderer.render(self.page_document(answers, **options))

    def fragment(self, answers: Any = None, *, prefix: str = "", **options: Unpack[PageOptions]) -> str:
        """Return the same as `page`, but only what stands between <form> and </form>, with both, for a host's page.

        Args:
            answers: as for `page`.
            prefix: what all identifiers begin with, and all classes that are not GOV.UK Frontend's.
            options: as for `page`.

        Raises:
            InputError: as for `page`, or the prefix is no name.
            DefinitionError: as for `in_language`.
        """
        from cse_forms.renderers.html import renderer

        return renderer.fragment(self.page_document(answers, **options), prefix=prefix)

    def page_document(self, answers: Any = None, **options: Unpack[PageOptions]) -> Document:
        """Return the document of `page`, for hosts with templates of their own.

        Args:
            answers: as for `page`.
            options: as for `page`.

        Raises:
            InputError: as for `page`.
            DefinitionError: as for `in_language`.
        """
        from cse_forms.answers.submitted import Parsed
        from cse_forms.document.build import build_document
        from cse_forms.document.languages import interface_of
        from cse_forms.document.web_page import filled_by, page_of, plain_findings, sending_of

        language = options.get("language")
        form = self.in_language(language)
        if form is not self:
            return form.page_document(answers, **options)
        page = page_of(self.definition, options)
        parsed = answers if isinstance(answers, Parsed) else None
        response = parsed.response if parsed else answers
        findings: tuple[Finding, ...] = ()
        not_asked: tuple[str, ...] = ()
        evaluation = None
        plain, draft = self._answers_of({} if response is None else response, draft=False)
        if parsed is not None:
            draft = parsed.button != "continue"
        if response is not None:
            evaluation = self._policy.evaluate(plain, draft=draft)
            found = self._report(plain, evaluation, draft=draft).findings
            own = {} if parsed is None else {finding.pointer: finding for finding in parsed.findings}
            kept = [finding for finding in found if finding.pointer not in own]
            findings = tuple(plain_findings(self.definition, self._validator.in_order([*own.values(), *kept])))
            not_asked = tuple(self.not_asked(plain, draft=draft)) if parsed is not None else ()
        if response is not None and not isinstance(response, Response):
            response = Response(form=self.id, version=self.version, answers=plain)
        document = build_document(
            self.definition,
            self._policy,
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
        phrases = interface_of(self.definition, language).phrases
        sending = sending_of(
            self.definition,
            page,
            phrases,
            answers=plain,
            findings=findings,
            not_asked=not_asked,
            parsed=parsed,
        )
        return replace(document, banner=None, sending=sending)

    def not_asked(self, answers: Any, *, draft: bool = False) -> Iterator[str]:
        """Yield the pointers of answers that count for nothing, since other answers have done away with the question.

        Args:
            answers: as for `validate`.
            draft: as for `validate`.

        Raises:
            InputError: as for `validate`.
            DigestError: as for `validate`.
        """
        plain, draft = self._answers_of(answers, draft=draft)
        reader = self._policy.reader(plain, draft=draft)
        for question in self.definition.questions.values():
            for instance in reader.instances(question):
                says_nothing = instance.is_missing or instance.value is False or instance.value == []
                if not says_nothing and reader.is_asked(question, instance.keys) is False:
                    yield instance.pointer

    def explanation(self, answers: Any, *, draft: bool = False, language: str | None = None) -> Document:
        """Return why a response comes to what it comes to, for renderers.

        Its `outcome` says the same as `Outcome.to_dict`, and has the explanation of each assessment besides.

        Args:
            answers: as for `validate`.
            draft: as for `validate`.
            language: as for `document`.

        Raises:
            InputError: as for `document`.
            DefinitionError: as for `in_language`.
        """
        from cse_forms.document.changes import what_could_change
        from cse_forms.document.explanation import assessment_sentences, explained
        from cse_forms.document.languages import interface_of, notice_panels
        from cse_forms.document.wording import Wording

        form = self.in_language(language)
        if form is not self:
            return form.explanation(answers, draft=draft, language=language)
        record = self.document(answers, draft=draft, language=language)
        outcome = self.evaluate(answers, draft=draft)
        plain, draft = self._answers_of(answers, draft=draft)
        reader = self._policy.reader(plain, draft=draft)
        meta = answers.meta if isinstance(answers, Response) else None
        spoken = interface_of(self.definition, language)
        wording = Wording(self.definition, reader, spoken.phrases, meta)
        possibilities = what_could_change(self._policy, outcome.evaluation, plain, draft=draft)
        said = outcome.to_dict()
        for told, found in zip(said["assessments"], outcome.assessments.values(), strict=True):
            told["explanation"] = list(assessment_sentences(found, outcome.evaluation, wording, possibilities))
        document = explained(record, outcome.evaluation, outcome.findings, wording, possibilities)
        document = replace(document, blocks=(*notice_panels(spoken), *document.blocks))
        return replace(document, outcome=said)

    def policy_document(self, *, language: str | None = None) -> Document:
        """Return the form's whole policy in words, for renderers: what it suggests, when, and why.

        Args:
            language: as for `document`.

        Raises:
            InputError: as for `document`.
            DefinitionError: as for `in_language`.
        """
        from cse_forms.document.policy import policy_document

        return policy_document(self.in_language(language).definition, language)

    def diagram(self, *, language: str | None = None) -> Diagram:
        """Return how the form comes to its levels as a diagram; `renderers.svg.draw` draws it.

        Args:
            language: as for `document`.

        Raises:
            InputError: as for `document`.
            DefinitionError: as for `in_language`.
        """
        from cse_forms.document.diagram import decision_diagram

        return decision_diagram(self.in_language(language).definition, language)

    def _answers_of(self, answers: Any, *, draft: bool) -> tuple[Any, bool]:
        """Return the answers of a response to this form, and whether it is a draft."""
        if not isinstance(answers, Response):
            return answers, draft
        if (answers.form, answers.version) != (self.id, self.version):
            raise InputError(
                f"This response answers {answers.form} {answers.version}, and this form is {self.id} {self.version}"
            )
        answers.check_digest(self.definition)
        return answers.answers, draft or answers.is_draft

    def _report(self, answers: Any, evaluation: Evaluation, *, draft: bool) -> Report:
        validator = self._validator

        def warnings() -> list[Finding]:
            return [*validator.unprintable(answers), *self._warnings(evaluation, draft=draft)]

        return Report(lambda: validator.errors(answers, draft=draft), warnings, validator.in_order)

    def _warnings(self, evaluation: Evaluation, *, draft: bool) -> Iterator[Finding]:
        """Yield what no JSON Schema says: answers that cannot stand together, gaps, a judgement without its reason."""
        from cse_forms.answers.messages import Message

        if not draft:
            for instance in evaluation.missing:
                yield self._validator.missing(instance.pointer)
        for check in evaluation.checks:
            if check.truth is True:
                yield self._contradiction(check)
        for assessment in evaluation.assessments.values():
            judgement = assessment.judgement
            if judgement is not None and judgement.is_permitted is False:
                yield self._not_permitted(assessment, judgement)
            if judgement is not None and judgement.differs and judgement.reason is None and not draft:
                yield self._validator.finding(
                    "judgement-without-reason", judgement.reason_pointer, Message("reason_missing"), warning=True
                )

    def _not_permitted(self, assessment: AssessmentOutcome, judgement: JudgementOutcome) -> Finding:
        from cse_forms.answers.messages import Message
        from cse_forms.passages import strung

        titles = [level.title for level in assessment.assessment.levels if level.id in judgement.permitted]
        reasons = [
            limit.limit.because
            for limit in judgement.limits
            if limit.truth and limit.limit.because and judgement.level not in limit.permitted
        ]
        levels = strung(", ", titles) or Message("no_levels")
        message = Message("not_permitted", levels=levels)
        if reasons:
            message = Message("not_permitted_because", levels=levels, reasons=strung(" ", reasons))
        return self._validator.finding("judgement-not-permitted", judgement.level_pointer, message, warning=True)

    def _contradiction(self, check: CheckOutcome) -> Finding:
        pointer = check.answers[0] if check.answers else ""
        return self._validator.finding("contradiction", pointer, check.check.text, warning=True)

    @cached_property
    def _validator(self) -> Validator:
        from cse_forms.answers.validation import Validator

        return Validator(self.definition)

    @cached_property
    def _policy(self) -> Policy:
        from cse_forms.thresholds.policy import Policy

        return Policy(self.definition)


class Catalogue:
    """The forms of a folder, by id and version."""

    def __init__(self, store: DefinitionStore) -> None:
        self._store = store
        self._forms: dict[tuple[str, str], Form] = {}

    @classmethod
    def from_directory(cls, directory: str | Path) -> Catalogue:
        """Return the forms of a folder that holds `<id>/<version>/form.json`.

        Raises:
            FormNotFoundError: there is no such folder.
        """
        return cls(DefinitionStore(Path(directory)))

    @classmethod
    def shipped(cls) -> Catalogue:
        """Return the forms that come with the library."""
        return cls(DefinitionStore(shipped_directory()))

    @property
    def directory(self) -> Path:
        """The folder."""
        return self._store.directory

    def entries(self) -> tuple[Entry, ...]:
        """Return what there is - id, version, status, title - without loading the forms.

        Raises:
            DefinitionError: a file is not even JSON, or does not say what it is.
        """
        return self._store.entries()

    def versions(self) -> Mapping[str, tuple[str, ...]]:
        """Return the versions of every form, oldest first, by the forms' ids."""
        return self._store.versions()

    def retirement(self, form: str, version: str) -> Retirement | None:
        """Return that a version is retired, when, why and what to use in its place; None, while it is in use."""
        return self._store.retirement(form, version)

    def get_form(self, form: str, version: str | None = None) -> Form:
        """Return a form.

        Args:
            form: its id.
            version: three numbers; the newest published version that is not retired if none is said, or the newest,
                if none is published.

        Raises:
            FormNotFoundError: with the forms or versions that there are.
            DefinitionError: its file is no sound definition, or a published one was changed.
        """
        definition = self._store.get(form, version)
        key = definition.id, definition.version
        if key not in self._forms:
            self._forms[key] = Form(definition, self._store.directory / definition.id / definition.version)
        return self._forms[key]


@cache
def shipped_catalogue() -> Catalogue:
    """Return the catalogue of the shipped forms, the same one each time."""
    return Catalogue.shipped()


def get_form(form: str, version: str | None = None) -> Form:
    """Return one of the shipped forms; see `Catalogue.get_form`."""
    return shipped_catalogue().get_form(form, version)
