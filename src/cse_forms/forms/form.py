"""One version of one form, with everything that can be done with it."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, Any, Unpack

from cse_forms.answers.response import Response
from cse_forms.errors import InputError
from cse_forms.forms.examiner import Examiner
from cse_forms.forms.outcome import Outcome

if TYPE_CHECKING:
    from pathlib import Path

    from cse_forms.answers.findings import Report
    from cse_forms.answers.submitted import Parsed
    from cse_forms.document.tree import Diagram, Document, Purpose
    from cse_forms.forms.page import PageOptions
    from cse_forms.schema.definition import Definition
    from cse_forms.thresholds.policy import Policy


class Form:
    """One version of one form. It never changes, and may be kept and shared between threads."""

    def __init__(self, definition: Definition, folder: Path | None = None) -> None:
        self.definition = definition
        self._examiner = Examiner(definition)
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
    def _policy(self) -> Policy:
        return self._examiner.policy

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
        answers, draft = self._examiner.answers_of(answers, draft=draft)
        report = self._examiner.report(answers, self._policy.evaluate(answers, draft=draft), draft=draft)
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
        answers, draft = self._examiner.answers_of(answers, draft=draft)
        evaluation = self._policy.evaluate(answers, draft=draft)
        report = self._examiner.report(answers, evaluation, draft=draft)
        return Outcome(
            self.definition, evaluation, report if language is None else report.said(self._sentence(language))
        )

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
                self.definition,
                self._policy,
                purpose=purpose,
                large_print=large_print,
                language=language,
                rows=rows,
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

        onto, _ = self._examiner.answers_of(onto, draft=True)
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
        from cse_forms.forms.page import page_document

        form = self.in_language(options.get("language"))
        if form is not self:
            return form.page_document(answers, **options)
        return page_document(self._examiner, answers, options)

    def not_asked(self, answers: Any, *, draft: bool = False) -> Iterator[str]:
        """Yield the pointers of answers that count for nothing, since other answers have done away with the question.

        Args:
            answers: as for `validate`.
            draft: as for `validate`.

        Raises:
            InputError: as for `validate`.
            DigestError: as for `validate`.
        """
        plain, draft = self._examiner.answers_of(answers, draft=draft)
        yield from self._examiner.not_asked(plain, draft=draft)

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
        plain, draft = self._examiner.answers_of(answers, draft=draft)
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
