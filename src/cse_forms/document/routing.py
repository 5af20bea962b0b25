"""When the parts of a form are to be answered, in the words that stand beside them on paper or on a screen."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cached_property

from cse_forms.document import tree
from cse_forms.document.phrases import Phrases
from cse_forms.schema.definition import Definition
from cse_forms.schema.items import Item, Question, Section, Table
from cse_forms.thresholds.in_words.conditions import ConditionsInWords
from cse_forms.thresholds.in_words.phrases import brief


class Routing:
    """Says when the items of one form are to be answered."""

    def __init__(self, definition: Definition, phrases: Phrases) -> None:
        self._definition = definition
        self._phrases = phrases

    @cached_property
    def _conditions(self) -> ConditionsInWords:
        return ConditionsInWords(self._definition, brief(self._phrases.sayings))

    def question(self, question: Question) -> str | None:
        """Return when a question is to be answered; None where it always is."""
        return self._said(self._phrases.routing, question)

    def row(self, row: Section) -> str | None:
        """Return when a row is to be answered; None where it always is."""
        return self._said(self._phrases.routing_row, row)

    def place(self, item: Section | Table) -> Iterator[tree.Panel]:
        """Yield when a section or a table is to be answered, to stand below its heading."""
        phrases = self._phrases
        text = self._said(phrases.routing_table if isinstance(item, Table) else phrases.routing_section, item)
        if text is not None:
            yield _told([text])

    def columns(self, rows: Iterable[Section]) -> tuple[tree.Panel | None, frozenset[str]]:
        """Return what is said once for whole columns, to stand before their table, and the keys of those columns.

        A column that some rows lack, or in which rows differ, has its words in each cell.
        """
        asked: dict[str, list[Question]] = {}
        for row in rows:
            for key, cell in row.children.items():
                if isinstance(cell, Question):
                    asked.setdefault(key, []).append(cell)
        texts: dict[str, str] = {}
        for key, cells in asked.items():
            said = {self._condition(cell) for cell in cells}
            condition = next(iter(said))
            if len(said) == 1 and condition is not None:
                texts[key] = self._phrases.routing_column.format(column=cells[0].title, condition=condition)
        return (_told(texts.values()) if texts else None), frozenset(texts)

    def _said(self, phrase: str, item: Item) -> str | None:
        condition = self._condition(item)
        return None if condition is None else phrase.format(condition=condition)

    def _condition(self, item: Item) -> str | None:
        if item.show_when is None:
            return None
        starts = () if item.holder is None else (item.holder,)
        return self._conditions.condition(item.show_when, starts).line().rstrip(".")


def _told(texts: Iterable[str]) -> tree.Panel:
    return tree.Panel(kind="text", blocks=tuple(tree.Paragraph(text=text) for text in texts))
