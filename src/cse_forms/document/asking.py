"""When the questions of a form are asked, and when they must be answered, in words."""

from __future__ import annotations

from collections.abc import Iterator

from cse_forms.document import tree
from cse_forms.document.phrases import PolicyPhrases
from cse_forms.document.said import condition_words, told
from cse_forms.passages import strung
from cse_forms.schema.conditions import Condition
from cse_forms.schema.items import Item, Question, Section, Table
from cse_forms.schema.ranges import may_be_hidden
from cse_forms.thresholds.in_words.rules import PolicyInWords
from cse_forms.thresholds.in_words.sentences import Saying, sentence


def asking_blocks(words: PolicyInWords, phrases: PolicyPhrases) -> Iterator[tree.Block]:
    """Yield on what conditions each question is asked and required; those that share one are told together."""
    items = list(words.definition.walk())
    asked = _grouped(words, ((item, item.show_when) for item in items if item.show_when is not None))
    required = _grouped(words, ((item, when) for item in items if not isinstance(when := item.words.required, bool)))
    needed = [item for item in items if _is_required(item)]
    always = [item for item in needed if not may_be_hidden(item)]
    at_times = [item for item in needed if may_be_hidden(item)]
    if not (asked or required or needed):
        return
    yield tree.Heading(level=2, text=phrases.asking, anchor="asking")
    for group, phrase in ((asked, phrases.asked_where), (required, phrases.required_where)):
        for names, saying in group:
            title = sentence(names).rstrip(".")
            yield tree.Panel(kind="text", title=title, blocks=condition_words(saying, phrase))
    if asked:
        yield told(phrases.hidden)
    for found, phrase in ((always, phrases.required_always), (at_times, phrases.required_if_asked)):
        if found:
            listed = tree.BulletList(items=tuple(_name(words, item) for item in found))
            yield tree.Panel(kind="text", blocks=(tree.Paragraph(text=phrase), listed))


def _is_required(item: Item) -> bool:
    """Whether a complete form must answer it, wherever it is asked."""
    if item.words.required is True or (isinstance(item, Question) and item.always_required):
        return True
    row = item.holder
    # What stands in a row of a table is needed where there is such a row.
    return isinstance(row, Section) and isinstance(row.holder, Table) and item.keys[-1] in row.required


def _name(words: PolicyInWords, item: Item) -> str:
    return words.naming.question(item) if isinstance(item, Question) else words.naming.place(item)


def _grouped(words: PolicyInWords, conditions: Iterator[tuple[Item, Condition]]) -> list[tuple[str, Saying]]:
    """Return each condition with the names of all the items that have it."""
    groups: dict[tuple[str, str, bool], tuple[Saying, list[Item]]] = {}
    for item, condition in conditions:
        saying = words.condition(condition, () if item.holder is None else (item.holder,))
        is_question = isinstance(item, Question)
        _, items = groups.setdefault((saying.line(), item.title, is_question), (saying, []))
        items.append(item)
    return [(_names(words, items), saying) for saying, items in groups.values()]


def _names(words: PolicyInWords, items: list[Item]) -> str:
    questions = [item for item in items if isinstance(item, Question)]
    if questions:
        return words.naming.together(questions)
    return strung("; ", (words.naming.place(item) for item in items if not isinstance(item, Question)))
