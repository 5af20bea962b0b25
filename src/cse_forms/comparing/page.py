"""A comparison as a document, for renderers: the kind of the change, what it rests on, and everything that changed."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from cse_forms.comparing.change import Change
from cse_forms.comparing.comparison import Comparison
from cse_forms.comparing.phrases import PAGE
from cse_forms.comparing.redline import Redline
from cse_forms.comparing.searching import CounterExample
from cse_forms.document import tree
from cse_forms.document.phrases import ENGLISH
from cse_forms.document.redlined import Marked, Redlined
from cse_forms.forms import Form
from cse_forms.pointers import join
from cse_forms.schema.items import Question
from cse_forms.thresholds.in_words.naming import Naming

_AREAS = ("form", "questions", "policy")


def comparison_document(comparison: Comparison) -> tree.Document:
    """Return a comparison as a document.

    Args:
        comparison: what `compare` returned.
    """
    old, new = (_named(form) for form in (comparison.old, comparison.new))
    return tree.Document(
        title=PAGE.title.format(form=comparison.new.title),
        language="en-GB",
        form=comparison.new.id,
        version=comparison.new.version,
        digest=comparison.new.digest,
        status="policy",
        banner=None,
        reference=PAGE.reference.format(old=old, new=new),
        labels=replace(ENGLISH.labels, skip=PAGE.skip),
        facts=((PAGE.old, old), (PAGE.new, new), (PAGE.kind, PAGE.kinds[comparison.kind])),
        blocks=tuple(_blocks(comparison)),
        outcome=comparison.to_dict(),
    )


def _named(form: Form) -> str:
    return ENGLISH.form_version.format(form=form.id, version=form.version)


def _blocks(comparison: Comparison) -> Iterator[tree.Block]:
    yield tree.Heading(level=2, text=PAGE.kind, anchor="kind")
    verdict, *reasons = comparison.sentences
    words: list[tree.Words] = [tree.Paragraph(text=verdict)]
    if reasons:
        words.append(tree.BulletList(items=tuple(reasons)))
    yield tree.Panel(kind="text", blocks=tuple(words))
    for reason in comparison.reasons:
        if reason.counter_example is not None:
            yield tree.Heading(level=2, text=PAGE.examples[reason.about], anchor=reason.about)
            yield _example(reason.counter_example, comparison.old)
    for area in _AREAS:
        changes = [change for change in comparison.changes if change.area == area]
        if changes:
            yield tree.Heading(level=2, text=PAGE.areas[area], anchor=area)
            yield from map(_change, changes)


def _example(example: CounterExample, form: Form) -> tree.Panel:
    """Return the response that shows why a change is a major one, with what each version says of it."""
    kind = PAGE.draft if example.draft else PAGE.complete
    answers = tuple(_answers(example.answers, form)) or (PAGE.no_answers,)
    blocks: list[tree.Words] = [tree.Paragraph(text=kind), tree.BulletList(items=answers)]
    if example.refused:
        blocks += (tree.Paragraph(text=PAGE.refused), tree.BulletList(items=example.refused))
    if example.differences:
        blocks.append(tree.Paragraph(text=PAGE.differs))
        told = (
            PAGE.difference.format(about=one.about.rstrip("."), old=one.old, new=one.new) for one in example.differences
        )
        blocks.append(tree.BulletList(items=tuple(told)))
    return tree.Panel(kind="text", blocks=tuple(blocks))


def _answers(value: object, form: Form, keys: tuple[str | int, ...] = ()) -> Iterator[str]:
    """Yield each answer of a made-up response with its question."""
    item = form.definition.item_at(join(keys)) if keys else form.definition.root
    if isinstance(value, dict):
        for key, member in value.items():
            yield from _answers(member, form, (*keys, key))
    elif isinstance(value, list) and not isinstance(item, Question):
        if not value:
            yield PAGE.answer.format(question=item.title if item else join(keys), answer=PAGE.no_rows)
        for number, row in enumerate(value):
            if not row:
                yield PAGE.answer.format(question=item.title if item else join(keys), answer=PAGE.empty_row)
            yield from _answers(row, form, (*keys, number))
    else:
        titles = item.option_titles if isinstance(item, Question) else {}
        values = value if isinstance(value, list) else [value]
        said = ", ".join(str(titles.get(one, one)) for one in values) or PAGE.nothing
        name = Naming(form.definition).question(item) if isinstance(item, Question) else join(keys)
        yield PAGE.answer.format(question=name, answer=said)


def _change(change: Change) -> tree.Panel:
    first, *rest = change.sentences
    blocks: list[tree.Words] = [tree.Paragraph(text=text) for text in rest]
    if change.redline:
        # The redline says the old and the new wording at once.
        blocks = [tree.Paragraph(text=text) for text in rest if not text.startswith((PAGE.before, PAGE.now))]
        blocks.append(tree.Paragraph(text=_redlined(change.redline)))
    return tree.Panel(kind="text", title=first, blocks=tuple(blocks))


def _redlined(runs: Redline) -> Redlined:
    return Redlined.marked(Marked(run.text, run.mark, PAGE.marks.get(run.mark, "")) for run in runs)
