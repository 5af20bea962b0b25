"""The numbers of an outcome in words, and the overview of what was counted in each section."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from fractions import Fraction

from cse_forms.document import tree
from cse_forms.document.wording import Wording
from cse_forms.pointers import split
from cse_forms.schema.conditions import ConstantMeasure, CountMeasure, Measure, Selection, TagSelector
from cse_forms.schema.items import Question, Section
from cse_forms.thresholds.intervals import Interval, Real
from cse_forms.thresholds.outcome import MeasureOutcome

PLACES = 3
"""Decimal places of a number that no decimal fraction gives exactly."""


def numbers(measures: Mapping[str, MeasureOutcome], wording: Wording) -> Iterator[tree.Block]:
    """Yield a table of the numbers that have a title and are no counts of answers: those stand in the overview."""
    phrases = wording.phrases
    rows = [
        tree.Row(header=outcome.title, cells=((tree.Paragraph(text=interval_words(outcome.interval, wording)),),))
        for name, outcome in measures.items()
        if outcome.title and not _is_told_elsewhere(wording.definition.words.measures[name])
    ]
    if rows:
        yield tree.Table(
            caption=phrases.numbers,
            row_header=phrases.number,
            columns=(phrases.value,),
            widths=(3, 2),
            rows=tuple(rows),
        )


def _is_told_elsewhere(measure: Measure) -> bool:
    if isinstance(measure, ConstantMeasure):
        return True
    return isinstance(measure, CountMeasure) and isinstance(measure.count, Selection)


def overview(measures: Mapping[str, MeasureOutcome], wording: Wording) -> Iterator[tree.Block]:
    """Yield a table of the counts: a row for each section, a column for each title, and never a total."""
    cells: dict[str, dict[str, tuple[tree.Words, ...]]] = {}
    columns: dict[str, None] = {}
    for name, outcome in measures.items():
        measure = wording.definition.words.measures[name]
        if isinstance(measure, CountMeasure) and isinstance(measure.count, Selection) and outcome.title:
            section = _section_of(measure.count, wording)
            columns[outcome.title] = None
            cells.setdefault(section, {})[outcome.title] = tuple(_number(outcome, measure.count, wording))
    if cells:
        yield tree.Table(
            caption=wording.phrases.overview,
            row_header=wording.phrases.section,
            columns=tuple(columns),
            widths=(4, *(3,) * len(columns)),
            rows=tuple(
                tree.Row(header=section, cells=tuple(row.get(column) for column in columns))
                for section, row in cells.items()
            ),
        )


def interval_words(interval: Interval, wording: Wording) -> str:
    """Return a number of which only the bounds are known, in words; and whether there is one at all."""
    phrases = wording.phrases
    if interval.has_value is False:
        return phrases.no_value
    words = _bounds(interval, wording)
    return words if interval.has_value else phrases.maybe_no_value.format(number=words)


def number_words(number: Real, wording: Wording) -> str:
    """Return a number in figures: 12, 2.5 or, where no decimal fraction is exact, about 0.333."""
    if isinstance(number, int) or number.denominator == 1:
        return str(int(number))
    rounded = round(number, PLACES)
    text = f"{float(rounded):.{PLACES}f}".rstrip("0")
    return text if rounded == number else wording.phrases.about_number.format(number=text.rstrip("."))


def _bounds(interval: Interval, wording: Wording) -> str:
    phrases = wording.phrases
    lowest, highest = (
        None if bound is None else number_words(bound, wording) for bound in (interval.lowest, interval.highest)
    )
    if lowest is not None and interval.lowest == interval.highest:
        return lowest
    if lowest is None and highest is None:
        return phrases.unknown_number
    if highest is None:
        return phrases.at_least.format(number=lowest)
    if lowest is None or interval.lowest == Fraction(0):
        return phrases.at_most.format(number=highest)
    return phrases.between.format(lowest=lowest, highest=highest)


def _section_of(counted: Selection, wording: Wording) -> str:
    """Return the title of the section that a selector looks into: the longest part of it without a `*`."""
    selector = counted.items[0]
    title = wording.definition.title
    if isinstance(selector, TagSelector):
        return title
    item: Section | None = wording.definition.root
    for key in split(selector):
        child = item.children.get(key) if item is not None else None
        item = child if isinstance(child, Section) else None
        if item is not None:
            title = item.title
    return title


def _number(outcome: MeasureOutcome, counted: Selection, wording: Wording) -> Iterator[tree.Words]:
    """Yield a count in words; a count of what is not answered lists it."""
    is_of_blanks = counted.match.answered is False
    interval = outcome.interval
    text = interval_words(interval, wording)
    if wording.reader.is_draft and not is_of_blanks and not interval.is_exact and interval.lowest is not None:
        text = wording.phrases.so_far.format(number=number_words(interval.lowest, wording))
    yield tree.Paragraph(text=text)
    if is_of_blanks:
        listed = {_row_title(instance.question): None for instance in (*outcome.counted, *outcome.open)}
        if listed:
            yield tree.BulletList(items=tuple(listed))


def _row_title(question: Question) -> str:
    holder = question.holder
    return holder.title if isinstance(holder, Section) and holder.is_row else question.title
