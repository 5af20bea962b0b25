"""From a definition, and the answers to it, to the document that is shown."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from cse_forms.answers.findings import Finding
from cse_forms.answers.page_fields import BUTTON, CLEAR
from cse_forms.answers.response import Response
from cse_forms.document import tree
from cse_forms.document.answer import answer_of, kind_of, options_of, unshown_of, value_of
from cse_forms.document.changes import what_could_change
from cse_forms.document.facts import form_facts, form_name, response_facts
from cse_forms.document.guidance import panels
from cse_forms.document.languages import interface_of, notice_panels
from cse_forms.document.levels_table import levels_table
from cse_forms.document.outcome import outcome_blocks
from cse_forms.document.phrases import Phrases
from cse_forms.document.routing import Routing
from cse_forms.document.web_page import Filled
from cse_forms.document.wording import Wording
from cse_forms.passages import strung
from cse_forms.pointers import Key, join, split
from cse_forms.schema.definition import Definition
from cse_forms.schema.items import Item, Kind, Question, Section, Table
from cse_forms.schema.vocabulary import Guidance
from cse_forms.thresholds.policy import Evaluation, Policy
from cse_forms.thresholds.reading import Instance

EMPTY_ROWS = 3
"""Rows that a blank form offers in a table whose definition does not say how many."""

_TOP = 2
"""The level of a section's heading; the document's title has level 1."""

_LOWEST = 6

_WIDTHS = {Kind.TICK: 4, Kind.CHOICE: 5, Kind.DATE: 6, Kind.INTEGER: 3, Kind.NUMBER: 3}
_TEXT_WIDTH = 10
_HEADER_WIDTH = 10

_NOTHING_MORE = Filled(typed={}, rows={}, sections=())


def build_document(
    definition: Definition,
    policy: Policy,
    response: Response | None = None,
    evaluation: Evaluation | None = None,
    findings: tuple[Finding, ...] = (),
    *,
    draft: bool = False,
    purpose: tree.Purpose | None = None,
    large_print: bool = False,
    language: str | None = None,
    rows: int = 0,
    filled: Filled | None = None,
) -> tree.Document:
    """Return the document of a blank form, of one to complete on a screen, or of a response with its evaluation.

    Args:
        definition: the form.
        policy: its compiled policy, which knows what is asked.
        response: what was answered; None for the blank form.
        evaluation: the response's.
        findings: the response's.
        draft: whether the response is one.
        purpose: what the document is for; if nothing is said, a blank is printed, and a response is a record.
        large_print: whether it is for those who need large letters.
        language: the language of the interface's own words; English, if none is said.
        rows: how many rows a table has at least to which rows can be added, unless it is a record.
        filled: what a page that is sent back shows besides the answers.

    Raises:
        InputError: the interface does not speak that language.
    """
    builder = _Builder(
        definition,
        policy,
        response,
        evaluation,
        findings,
        draft=draft,
        purpose=purpose or ("print" if response is None else "record"),
        language=language,
        rows=rows,
        filled=filled,
    )
    return replace(builder.document(), large_print=large_print)


class _Builder:
    def __init__(
        self,
        definition: Definition,
        policy: Policy,
        response: Response | None,
        evaluation: Evaluation | None,
        findings: tuple[Finding, ...],
        *,
        draft: bool,
        purpose: tree.Purpose,
        language: str | None,
        rows: int,
        filled: Filled | None,
    ) -> None:
        self._definition = definition
        self._policy = policy
        self._response = response
        self._evaluation = evaluation
        self._findings = findings
        self._draft = draft
        self._purpose = purpose
        # Nobody can fill in a table without a row, and on a screen only a row that is there can be copied.
        self._least_rows = max(rows, 1) if purpose == "fill" else rows
        self._filled = filled or _NOTHING_MORE
        self._is_sent = filled is not None
        self._interface = interface_of(definition, language)
        self._phrases: Phrases = self._interface.phrases
        self._routing = None if purpose == "record" else Routing(definition, self._phrases)
        self._reader = None if response is None else policy.reader(response.answers, draft=draft)
        self._found: dict[str, list[str]] = {}
        for finding in findings:
            item = definition.item_at(finding.pointer)
            # What is wrong with one option chosen is told beside the question.
            is_option = isinstance(item, Question) and len(item.keys) < len(split(finding.pointer))
            place = finding.pointer.rpartition("/")[0] if is_option else finding.pointer
            self._found.setdefault(place, []).append(self._phrases.message(finding.message))

    def document(self) -> tree.Document:
        definition, phrases = self._definition, self._phrases
        status: tree.DocumentStatus = "blank" if self._response is None else "draft" if self._draft else "complete"
        return tree.Document(
            title=definition.title,
            language=definition.words.language,
            interface=self._interface.language,
            form=definition.id,
            version=definition.version,
            digest=definition.digest,
            status=status,
            purpose=self._purpose,
            banner=phrases.draft if status == "draft" else None,
            reference=form_name(definition, phrases),
            labels=phrases.labels,
            facts=tuple(self._facts()),
            blocks=tuple(self._blocks()),
            response=None if self._response is None else self._response.to_dict(),
        )

    def _facts(self) -> Iterator[tuple[str, str]]:
        yield from form_facts(self._definition, self._phrases)
        if self._response is not None and self._reader is not None:
            yield from response_facts(
                self._definition,
                self._response,
                self._reader,
                self._phrases,
                draft=self._draft,
                is_record=self._purpose == "record",
            )

    def _blocks(self) -> Iterator[tree.Block]:
        if self._filled.sections:
            for key, item in self._definition.root.children.items():
                if key in self._filled.sections:
                    yield from self._item(item, (), _TOP)
            return
        words, phrases = self._definition.words, self._phrases
        yield from notice_panels(self._interface)
        if self._definition.description:
            yield tree.Panel(kind="text", blocks=(tree.Paragraph(text=self._definition.description),))
        yield from self._guidance(words.guidance, "before")
        if self._evaluation is not None and self._reader is not None and self._purpose == "record":
            meta = self._response.meta if self._response else None
            wording = Wording(self._definition, self._reader, phrases, meta)
            possibilities = what_could_change(self._policy, self._evaluation, self._reader.answers, draft=self._draft)
            yield from outcome_blocks(self._evaluation, self._findings, wording, possibilities)
        for item in self._definition.root.children.values():
            yield from self._item(item, (), _TOP)
        yield from self._guidance(words.guidance, "after")
        yield tree.Heading(level=_TOP, text=phrases.about, anchor=tree.ABOUT)
        sources = tuple(
            (source.title, tuple(text for text in (source.note, source.url) if text)) for source in words.sources
        )
        yield tree.Panel(kind="text", title=phrases.sources, blocks=(tree.TermList(terms=sources),))
        digest = ((phrases.digest, (self._definition.digest,)),)
        yield tree.Panel(kind="text", blocks=(tree.TermList(terms=digest),))

    def _guidance(self, guidance: tuple[Guidance, ...], place: str) -> Iterator[tree.Block]:
        return panels(guidance, place, self._phrases)

    def _item(self, item: Item, row: tuple[Key, ...], level: int) -> Iterator[tree.Block]:
        if isinstance(item, Question):
            yield from self._guidance(item.guidance, "before")
            heading = level if level == _TOP else None
            yield self._question(item, row, heading_level=heading)
            yield from self._guidance(item.guidance, "after")
            return
        if item.title:
            yield tree.Heading(level=min(level, _LOWEST), text=item.title, number=item.number, anchor=item.pointer)
        if item.description:
            yield tree.Panel(kind="text", blocks=(tree.Paragraph(text=item.description),))
        if self._routing is not None:
            yield from self._routing.place(item)
        yield from self._guidance(item.guidance, "before")
        if isinstance(item, Table):
            panel, said = self._said_of_columns([item.row])
            if panel is not None:
                yield panel
            table = self._rows(item, said)
            nothing = tree.Paragraph(text=self._phrases.nothing_added)
            yield table if table.rows else tree.Panel(kind="text", blocks=(nothing,))
        elif item.layout == "levels":
            assessments = self._definition.words.assessments
            assessment = next(one for one in assessments if one.id == item.words.assessment)
            yield levels_table(item, assessment, lambda question: self._question(question, item.keys))
        elif item.layout == "stacked":
            for child in item.children.values():
                yield from self._item(child, row, level + 1)
        else:
            rows = [child for child in item.children.values() if isinstance(child, Section)]
            panel, said = self._said_of_columns(rows)
            if panel is not None:
                yield panel
            yield self._matrix(item, rows, said)
            for child in item.children.values():
                if not isinstance(child, Section):
                    yield from self._item(child, row, level + 1)
        yield from self._guidance(item.guidance, "after")

    def _said_of_columns(self, rows: Sequence[Section]) -> tuple[tree.Panel | None, frozenset[str]]:
        return (None, frozenset()) if self._routing is None else self._routing.columns(rows)

    def _matrix(self, section: Section, rows: Sequence[Section], said: frozenset[str]) -> tree.Table:
        columns: dict[str, Question] = {}
        for row in rows:
            for key, cell in row.children.items():
                if isinstance(cell, Question):
                    columns.setdefault(key, cell)
        return tree.Table(
            caption=section.title,
            row_header=section.words.row_header or section.title,
            columns=tuple(question.title for question in columns.values()),
            widths=(_HEADER_WIDTH, *map(_width, columns.values())),
            rows=tuple(self._matrix_row(row, columns, said) for row in rows),
        )

    def _matrix_row(self, row: Section, columns: Mapping[str, Question], said: frozenset[str]) -> tree.Row:
        hint = row.words.hint if isinstance(row.words.hint, str) else None
        when = None if self._routing is None else self._routing.row(row)
        cells = [row.children.get(key) for key in columns]
        return tree.Row(
            header=row.title,
            number=row.number,
            hint=strung(" ", (text for text in (when, hint) if text)) or None,
            anchor=row.pointer,
            cells=tuple(
                self._question(cell, row.keys, routed=cell.keys[-1] not in said) if isinstance(cell, Question) else None
                for cell in cells
            ),
        )

    def _rows(self, table: Table, said: frozenset[str]) -> tree.Table:
        """The rows that were added; on a blank form, empty ones."""
        columns = [child for child in table.row.children.values() if isinstance(child, Question)]
        count = max(EMPTY_ROWS if table.words.rows is None else table.words.rows, self._least_rows)
        if table.most_rows is not None:
            count = min(count, table.most_rows)
        count = self._filled.rows.get(table.pointer, count)
        if self._reader is not None:
            rows_given = self._reader.row_count(table)
            count = rows_given if self._purpose == "record" else max(count, rows_given)
        rows = []
        for number in range(count):
            keys: tuple[Key, ...] = (*table.keys, number)
            cells = tuple(self._question(question, keys, routed=question.keys[-1] not in said) for question in columns)
            rows.append(tree.Row(header="", anchor=join(keys), cells=cells))
        return tree.Table(
            caption=table.title,
            row_header=None,
            columns=tuple(question.title for question in columns),
            widths=tuple(map(_width, columns)),
            rows=tuple(rows),
            grows_at=table.pointer,
            most_rows=table.most_rows,
        )

    def _question(
        self, question: Question, row: tuple[Key, ...], *, heading_level: int | None = None, routed: bool = True
    ) -> tree.Question:
        """Return a question, in the row of these keys where it stands in one."""
        keys: tuple[Key, ...] = (*row, question.keys[-1]) if row else question.keys
        instance = None if self._reader is None else self._reader.instance(question, keys)
        pointer = join(keys)
        in_row = isinstance(question.holder, Section) and question.holder.is_row
        return tree.Question(
            pointer=pointer,
            label=question.title,
            heading_level=heading_level,
            kind=kind_of(question),
            number=None if in_row else question.number,
            hint=strung(" ", (text for text in (question.description, question.hint) if text)) or None,
            routing=self._routing.question(question) if self._routing is not None and routed else None,
            required=question.always_required,
            options=options_of(question, instance, self._phrases),
            lines=question.words.lines or 1,
            answer=None if instance is None or self._purpose != "record" else self._answer(question, keys, instance),
            value=None if self._purpose == "print" else self._value(pointer, instance),
            date_parts=typed if isinstance(typed := self._filled.typed.get(pointer), tuple) else None,
            findings=self._findings_of(pointer, instance),
            # A browser gives no way back from a choice of one option.
            clear=(BUTTON, f"{CLEAR}{pointer}") if self._is_sent and question.kind is Kind.CHOICE else None,
        )

    def _value(self, pointer: str, instance: Instance | None) -> str | None:
        typed = self._filled.typed.get(pointer)
        return typed if isinstance(typed, str) else value_of(instance)

    def _findings_of(self, pointer: str, instance: Instance | None) -> tuple[str, ...]:
        """Return what is wrong with an answer; in a form to fill in, with the answer if no control can show it."""
        found = tuple(self._found.get(pointer, ()))
        unshown = self._unshown(pointer, instance) if self._purpose == "fill" else None
        return found if unshown is None else (strung(": ", (f"\u201c{unshown}\u201d", *found[:1])), *found[1:])

    def _unshown(self, pointer: str, instance: Instance | None) -> str | None:
        """Return what no control can show: what was sent for a question with options, or stands in the response."""
        typed = self._filled.typed.get(pointer)
        is_shown = instance is None or not (instance.question.options or instance.question.kind is Kind.TICK)
        return unshown_of(instance) if typed is None or is_shown or isinstance(typed, tuple) else typed

    def _answer(self, question: Question, keys: tuple[Key, ...], instance: Instance) -> tree.Answer:
        return answer_of(instance, self._is_asked(question, keys), self._phrases)

    def _instances(self, question: Question) -> list[Instance]:
        return [] if self._reader is None else self._reader.instances(question)

    def _is_asked(self, question: Question, keys: tuple[Key, ...]) -> bool | None:
        return None if self._reader is None else self._reader.is_asked(question, keys)


def _width(question: Question) -> int:
    return _WIDTHS.get(question.kind, _TEXT_WIDTH)
