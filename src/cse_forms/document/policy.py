"""The whole policy of a form as a document: what it suggests and when, in words that a board can sign."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from cse_forms.document import tree
from cse_forms.document.asking import asking_blocks
from cse_forms.document.assessments import assessment_blocks, is_worked_out
from cse_forms.document.languages import interface_of, notice_panels
from cse_forms.document.phrases import Phrases
from cse_forms.document.remarks import remark_blocks
from cse_forms.document.said import condition_words, provenance_lines, told
from cse_forms.passages import strung
from cse_forms.schema.definition import Definition
from cse_forms.schema.items import Question
from cse_forms.schema.vocabulary import Prompt
from cse_forms.thresholds.in_words.naming import tagged_items
from cse_forms.thresholds.in_words.rules import PolicyInWords
from cse_forms.thresholds.in_words.sentences import sentence

SIGNATURES = 3
"""Lines for signatures at the end."""

URGENCIES = ("immediate", "soon", "consider")


def policy_document(definition: Definition, language: str | None = None) -> tree.Document:
    """Return all that a form's policy says, as a document for renderers.

    Args:
        definition: the form.
        language: the language of the interface's own words; English, if none is said.

    Raises:
        InputError: the interface does not speak that language.
    """
    return _PolicyBuilder(definition, language).document()


class _PolicyBuilder:
    def __init__(self, definition: Definition, language: str | None) -> None:
        self._definition = definition
        self._interface = interface_of(definition, language)
        self._all_phrases: Phrases = self._interface.phrases
        self._phrases = self._all_phrases.policy
        self._words = PolicyInWords(definition, self._all_phrases.sayings)

    def document(self) -> tree.Document:
        definition, phrases, common = self._definition, self._phrases, self._all_phrases
        name = common.form_version.format(form=definition.id, version=definition.version)
        status = phrases.published if definition.is_published else phrases.draft
        return tree.Document(
            title=phrases.title.format(form=definition.title),
            language=definition.words.language,
            interface=self._interface.language,
            form=definition.id,
            version=definition.version,
            digest=definition.digest,
            status="policy",
            banner=None,
            reference=name,
            labels=replace(common.labels, skip=phrases.skip),
            facts=((common.form, name), (phrases.status, status), (common.digest, definition.digest)),
            blocks=tuple(self._blocks()),
        )

    def _blocks(self) -> Iterator[tree.Block]:
        words = self._definition.words
        yield from notice_panels(self._interface)
        yield told(self._phrases.introduction)
        if not words.assessments:
            yield told(self._phrases.nothing_decided)
        for assessment in words.assessments:
            yield from assessment_blocks(self._words, assessment, self._all_phrases)
        yield from self._unknown()
        yield from self._prompts()
        yield from self._checks()
        yield from self._conditions()
        yield from self._numbers()
        yield from self._marked()
        yield from asking_blocks(self._words, self._phrases)
        yield from remark_blocks(self._definition, self._all_phrases)
        yield from self._approval()

    def _unknown(self) -> Iterator[tree.Block]:
        """Yield what is said of all assessments while something is not known."""
        phrases = self._phrases
        assessments = [one for one in self._definition.words.assessments if is_worked_out(one)]
        if not assessments:
            return
        yield _heading(phrases.unknown, "unknown")
        if any(assessment.ordered for assessment in assessments):
            yield told(phrases.unknown_ordered)
        if not all(assessment.ordered for assessment in assessments):
            yield told(phrases.unknown_unordered)
        yield told(phrases.blanks)
        yield told(phrases.nothing_recorded)

    def _numbers(self) -> Iterator[tree.Block]:
        measures = self._definition.words.measures
        if not measures:
            return
        yield _heading(self._phrases.numbers, "numbers")
        yield told(self._phrases.numbers_lead)
        # What a gap does is said once for measures that follow one another.
        gap: str | None = None
        for name, panel in self._measures():
            following = self._words.numbers.gaps(name)
            if gap is not None and following != gap:
                yield told(gap)
            gap = following
            yield panel
        if gap is not None:
            yield told(gap)

    def _measures(self) -> Iterator[tuple[str, tree.Panel]]:
        """Yield each measure with what it is made of."""
        for name in self._definition.words.measures:
            title = sentence(self._words.naming.measure(name)).rstrip(".")
            blocks = condition_words(self._words.measure(name))
            yield name, tree.Panel(kind="text", title=title, blocks=blocks)

    def _conditions(self) -> Iterator[tree.Block]:
        conditions = self._definition.words.conditions
        if conditions:
            yield _heading(self._phrases.conditions, "conditions")
        for name, condition in conditions.items():
            title = sentence(self._words.naming.own_words(name)).rstrip(".")
            blocks = condition_words(self._words.condition(condition), self._phrases.holds_where)
            yield tree.Panel(kind="text", title=title, blocks=blocks)

    def _prompts(self) -> Iterator[tree.Block]:
        prompts, phrases = self._definition.words.prompts, self._phrases
        if not prompts:
            return
        yield _heading(phrases.prompts, "prompts")
        yield told(phrases.prompt_unknown)
        titles = {"immediate": phrases.immediate, "soon": phrases.soon, "consider": phrases.consider}
        for urgency in URGENCIES:
            urgent = [prompt for prompt in prompts if prompt.urgency == urgency]
            if urgent:
                yield tree.Heading(level=3, text=titles[urgency])
                yield from map(self._prompt, urgent)

    def _prompt(self, prompt: Prompt) -> tree.Panel:
        phrases = self._phrases
        blocks: list[tree.Words] = []
        if prompt.when is None:
            blocks.append(tree.Paragraph(text=phrases.prompt_always))
        else:
            blocks += condition_words(self._words.condition(prompt.when), phrases.prompt_where)
        replaced = [other.text for other in self._definition.words.prompts if other.id in prompt.replaces]
        if replaced:
            blocks.append(tree.Paragraph(text=phrases.replaces.format(prompts=strung(" / ", replaced))))
        blocks += provenance_lines(self._definition, prompt.provenance, phrases)
        return tree.Panel(kind="text", title=prompt.text, blocks=tuple(blocks))

    def _checks(self) -> Iterator[tree.Block]:
        checks, phrases = self._definition.words.checks, self._phrases
        if checks:
            yield _heading(phrases.checks, "checks")
        for check in checks:
            blocks = condition_words(self._words.condition(check.when), phrases.check_where)
            sources = provenance_lines(self._definition, check.provenance, phrases)
            yield tree.Panel(kind="text", title=check.text, blocks=(*blocks, *sources))

    def _marked(self) -> Iterator[tree.Block]:
        """Yield the items of each tag that the policy speaks of."""
        tags = dict.fromkeys(_tags_in(self._definition.words.model_dump()))
        for item in self._definition.walk():
            tags |= dict.fromkeys(_tags_in(item.words.model_dump()))
        if not tags:
            return
        yield _heading(self._phrases.marked, "marked")
        naming = self._words.naming
        terms = []
        for tag in tags:
            found = tagged_items(self._definition, tag)
            names = tuple(naming.question(item) if isinstance(item, Question) else naming.place(item) for item in found)
            terms.append((self._phrases.marked_with.format(tag=self._definition.as_written(tag)), names))
        yield tree.Panel(kind="text", blocks=(tree.TermList(terms=tuple(terms)),))

    def _approval(self) -> Iterator[tree.Block]:
        phrases, definition = self._phrases, self._definition
        yield _heading(phrases.approval, "approval")
        yield told(phrases.approval_lead.format(version=definition.version, digest=definition.digest))
        columns = (phrases.name, phrases.role, phrases.signature, phrases.date)
        yield tree.Table(
            caption=phrases.approval,
            row_header=None,
            columns=columns,
            widths=(4, 4, 4, 3),
            rows=tuple(
                tree.Row(header="", cells=tuple(_room(f"/approval/{row}/{column}", column) for column in columns))
                for row in range(SIGNATURES)
            ),
        )


def _heading(text: str, anchor: str) -> tree.Heading:
    return tree.Heading(level=2, text=text, anchor=anchor)


def _room(pointer: str, label: str) -> tree.Question:
    return tree.Question(pointer=pointer.lower(), label=label, kind="text")


def _tags_in(node: object) -> Iterator[str]:
    """Yield every tag that selectors name."""
    if isinstance(node, dict):
        if isinstance(node.get("tag"), str) and set(node) <= {"tag", "at"}:
            yield node["tag"]
        else:
            for member in node.values():
                yield from _tags_in(member)
    elif isinstance(node, list | tuple):
        for member in node:
            yield from _tags_in(member)
