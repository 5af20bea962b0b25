"""What a form's questions are called in a sentence: by their numbers and titles, and many of them by their section."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import groupby, takewhile
from typing import Literal

from cse_forms.passages import strung
from cse_forms.pointers import split
from cse_forms.schema.conditions import (
    ConstantMeasure,
    DaysMeasure,
    MeasureReference,
    MonthsMeasure,
    Number,
    Selector,
    TagSelector,
    YearsMeasure,
)
from cse_forms.schema.definition import Definition
from cse_forms.schema.items import Item, Kind, Question, Section, Table, walk
from cse_forms.schema.places import ROW, select
from cse_forms.thresholds.in_words.phrases import ENGLISH, Sayings

FEW = 4
"""So many questions are named one by one; more are named by their numbers, or by what they have in common."""

_LONGEST_NAME = 6
"""Words of a title that reads as a name. A longer one, or a question with its mark, is put in quotation marks."""

Noun = Literal["answer", "date", "box", "question"]


@dataclass(frozen=True, slots=True)
class Selected:
    """What a selector names: the questions, and what they are called together."""

    questions: tuple[Question, ...]
    text: str
    many: bool
    """Whether it may name more than one answer."""
    form: Literal["named", "place", "marked"] = "named"
    """Whether the text names them, or the place that they all stand in, or how they are marked."""

    @property
    def noun(self) -> Noun:
        """What their answers are called."""
        kinds = {question.kind for question in self.questions}
        return "box" if kinds == {Kind.TICK} else "date" if kinds == {Kind.DATE} else "answer"


class Naming:
    """Names the items of one form."""

    def __init__(self, definition: Definition, sayings: Sayings = ENGLISH) -> None:
        self._definition = definition
        self._sayings = sayings

    def question(self, question: Question) -> str:
        """Return a question with its number: 1.2 Date of birth, or 2.1 'Bruises - Seen?'.

        One without a number, whose title another has too, is named with its section.
        """
        number = number_of(question)
        name = self._named(number, question.full_title or question.keys[-1])
        if number is None and question.holder is not None and self._titles_of_all[question.full_title] > 1:
            return self._sayings.question_in.format(titles=name, place=self.place(question.holder))
        return name

    @cached_property
    def _titles_of_all(self) -> Counter[str]:
        return Counter(question.full_title for question in self._definition.questions.values())

    def place(self, item: Section | Table) -> str:
        """Return what a section, a table or a row is called: section 2 Signs."""
        sayings = self._sayings
        if not item.keys:
            return sayings.whole_form
        if not item.title and item.holder is not None:
            return self.place(item.holder)
        name = self._named(item.number, item.title or item.keys[-1])
        if isinstance(item, Table):
            return sayings.table.format(name=name)
        return (sayings.row if item.is_row else sayings.section).format(name=name)

    def pointer(self, pointer: str, starts: Sequence[Section | Table] = ()) -> str:
        """Return the name of the question at a pointer; from where the starts are, if it begins with './'."""
        return self.selected((pointer,), starts).text

    def selected(self, selector: Selector, starts: Sequence[Section | Table] = ()) -> Selected:
        """Return what a selector names.

        Args:
            selector: as conditions have it.
            starts: the rows or sections in which one that begins with './' may start.
        """
        found: dict[tuple[str, ...], Question] = {}
        texts: list[str] = []
        single: list[Question] = []
        for one in selector:
            questions = self._found(one, starts)
            relative = isinstance(one, str) and one.startswith("./")
            for question in questions:
                found.setdefault(question.keys, question)
            if relative and any(_in_row(start) for start in starts):
                texts.append(self._sayings.same_row.format(titles=self._titles(questions)))
            elif relative and len(starts) > 1:
                texts.append(self._sayings.same_section.format(titles=self._titles(questions)))
            elif len(questions) == 1 and (relative or ROW not in questions[0].keys):
                single += [question for question in questions if question not in single]
            elif isinstance(one, TagSelector):
                texts.append(self._tagged(one, questions))
            else:
                texts.append(self._group(self._looked_into(str(one)), questions))
        if single:
            texts.insert(0, self._listed(single))
        questions = tuple(found.values())
        if len(selector) == 1 and not single:
            place = self._place_of_all(selector[0], questions)
            if place is not None:
                return Selected(questions, self.place(place), True, "place")
            if isinstance(selector[0], TagSelector) and selector[0].at is None:
                return Selected(questions, texts[0], True, "marked")
        rows = any(ROW in question.keys for question in questions) and not _all_relative(selector)
        many = rows or (len(questions) > 1 and not (_all_relative(selector) and len(texts) == 1))
        return Selected(questions, self._and(texts), many)

    def measure(self, name: str) -> str:
        """Return a measure's title in quotation marks; its id as words, if it has none."""
        measures, own_words = self._definition.words.measures, self.own_words(name)
        title = measures[name].title
        if not title:
            return self._sayings.measure_without_title.format(name=own_words)
        quoted = self._sayings.quoted.format(text=title)
        is_alone = sum(measure.title == title for measure in measures.values()) == 1
        return quoted if is_alone else self._sayings.with_meaning.format(name=quoted, meaning=own_words)

    def measure_with_meaning(self, name: str) -> str:
        """Return a measure's name and, where that is short, what it is: 'Age' (completed years from ... to ...)."""
        sayings, measure = self._sayings, self._definition.words.measures[name]
        match measure:
            case ConstantMeasure():
                meaning = plain_number(measure.constant)
            case YearsMeasure():
                meaning = self._span(sayings.years, measure.years.from_, measure.years.to)
            case MonthsMeasure():
                meaning = self._span(sayings.months_between, measure.months.from_, measure.months.to)
            case DaysMeasure():
                meaning = self._span(sayings.days, measure.days.from_, measure.days.to)
            case _:
                return self.measure(name)
        return sayings.with_meaning.format(name=self.measure(name), meaning=meaning)

    def number(self, number: Number) -> str:
        """Return a number in figures, or the name of the measure that it is taken from; a constant with its number."""
        if not isinstance(number, MeasureReference):
            return plain_number(number)
        is_constant = isinstance(self._definition.words.measures[number.measure], ConstantMeasure)
        return self.measure_with_meaning(number.measure) if is_constant else self.measure(number.measure)

    def own_words(self, name: str) -> str:
        """Return an id as words; they are in the form's own language, whatever it was translated to."""
        return self._definition.as_written(name.replace("-", " "))

    def assessment(self, name: str) -> str:
        """Return an assessment's title."""
        return next(one.title for one in self._definition.words.assessments if one.id == name)

    def level(self, assessment: str, level: str) -> str:
        """Return the title of an assessment's level; its id, if there is none."""
        found = next(one for one in self._definition.words.assessments if one.id == assessment)
        return next((one.title for one in found.levels if one.id == level), level)

    def _span(self, words: str, start: str, end: str) -> str:
        return words.format(start=self.pointer(start), end=self.pointer(end))

    def titles(self, questions: Iterable[Question]) -> tuple[str, ...]:
        """Return the different titles of questions, in quotation marks."""
        found = dict.fromkeys(question.title or question.keys[-1] for question in questions)
        return tuple(self._sayings.quoted.format(text=title) for title in found)

    def quoted(self, title: str) -> str:
        """Return a wording of the form in quotation marks, where it would not read as one name without them."""
        plain = len(title.split()) <= _LONGEST_NAME and title[-1:] not in "?:.!" and not set(title) & set(",;'")
        return title if plain else self._sayings.quoted.format(text=title)

    def _named(self, number: str | None, title: str) -> str:
        name = self.quoted(title) if number else self._sayings.quoted.format(text=title)
        return self._sayings.numbered.format(number=number, title=name) if number else name

    def _found(self, selector: str | TagSelector, starts: Sequence[Section | Table]) -> tuple[Question, ...]:
        root: Item = self._definition.root
        is_relative = isinstance(selector, str) and selector.startswith("./")
        places: Sequence[Item] = starts if is_relative else (root,)
        return tuple(item for place in places for item in select(root, selector, place) if isinstance(item, Question))

    def _titles(self, questions: Iterable[Question]) -> str:
        return self._or(self.titles(questions))

    def _listed(self, questions: Sequence[Question]) -> str:
        """Return questions one by one; many that have one title by their numbers."""
        numbers = [number for question in questions if (number := number_of(question))]
        titles = self.titles(questions)
        if len(questions) > FEW and len(titles) == 1 and len(set(numbers)) == len(questions):
            return self._sayings.at_numbers.format(titles=titles[0], numbers=strung(", ", runs(numbers)))
        return self._and([self.question(question) for question in questions])

    def _tagged(self, selector: TagSelector, questions: Sequence[Question]) -> str:
        if selector.at is None:
            return self._sayings.questions_marked.format(tag=self._definition.as_written(selector.tag))
        return self._sayings.marked.format(
            titles=self._titles(questions), tag=self._definition.as_written(selector.tag)
        )

    def together(self, questions: Sequence[Question]) -> str:
        """Return what some of the form's questions are called together: 'Notes' in section 2 Signs."""
        if len(questions) == 1:
            return self.question(questions[0])
        place: Section | Table = self._definition.root
        shared = questions[0].keys
        for question in questions:
            shared = tuple(key for key, _ in takewhile(_is_pair, zip(shared, question.keys, strict=False)))
        for key in shared:
            child = place.children.get(key)
            if not isinstance(child, Section | Table):
                break
            place = child
        return self._group(place, questions)

    def _group(self, place: Section | Table, questions: Sequence[Question]) -> str:
        """Return what many questions are called by a section or table that holds them.

        They are so called only if the name says neither more nor fewer of them.
        """
        inside = [item for item in walk(place) if isinstance(item, Question)]
        named = {question.keys for question in questions}
        titles = {question.title for question in questions}
        if named == {question.keys for question in inside} and len(titles) > 1:
            return self._sayings.all_in.format(place=self.place(place))
        if len(titles) <= FEW and named == {question.keys for question in inside if question.title in titles}:
            return self._sayings.question_in.format(titles=self._titles(questions), place=self.place(place))
        return self._listed(questions)

    def _place_of_all(self, selector: str | TagSelector, questions: Sequence[Question]) -> Section | Table | None:
        """Return what a selector looks into, if it names every question in it, and these have different titles."""
        if isinstance(selector, TagSelector) or selector.startswith("./"):
            return None
        place = self._looked_into(selector)
        inside = {item.keys for item in walk(place) if isinstance(item, Question)}
        is_all = inside == {question.keys for question in questions}
        return place if is_all and len({question.title for question in questions}) > 1 else None

    def _looked_into(self, selector: str) -> Section | Table:
        """Return the item that stands at the part of a selector before its first `*`."""
        place: Section | Table = self._definition.root
        for key in split(selector.removeprefix(".")):
            child: Item | None = place.children.get(key)
            if key == ROW or not isinstance(child, Section | Table):
                break
            place = child
        return place

    def _and(self, texts: Sequence[str]) -> str:
        return joined(texts, self._sayings.and_, self._sayings.comma)

    def _or(self, texts: Sequence[str]) -> str:
        return joined(texts, self._sayings.or_, self._sayings.comma)


def number_of(question: Question) -> str | None:
    """Return a question's number, which is its row's where it stands in one."""
    holder = question.holder
    if isinstance(holder, Section) and holder.is_row:
        return holder.number
    return question.number


def plain_number(number: float) -> str:
    """Return a number in figures: 3, and not 3.0."""
    return str(int(number)) if isinstance(number, float) and number.is_integer() else str(number)


def runs(numbers: list[str]) -> list[str]:
    """Join numbers that follow one another: 4.1, 4.2, 4.3 are 4.1-4.3."""
    parts = [number.rpartition(".") for number in numbers]
    parted = [(prefix, int(last)) for prefix, _, last in parts if last.isdecimal()]
    if len(parted) != len(numbers):
        return numbers
    found = []
    for (prefix, _), members in groupby(enumerate(parted), key=lambda pair: (pair[1][0], pair[1][1] - pair[0])):
        lasts = [last for _, (_, last) in members]
        first, last = (f"{prefix}.{number}" if prefix else str(number) for number in (lasts[0], lasts[-1]))
        found.append(first if first == last else f"{first}-{last}")
    return found


def joined(texts: Sequence[str], last: str, comma: str) -> str:
    """Join texts: one; one and two; one, two and three."""
    if not texts:
        return ""
    text = texts[-1]
    for index, before in enumerate(reversed(texts[:-1])):
        text = last.format(first=before, last=text) if index == 0 else comma.format(first=before, rest=text)
    return text


def holders(questions: Iterable[Question]) -> tuple[Section | Table, ...]:
    """Return the rows and sections that hold questions, each once."""
    found: dict[tuple[str, ...], Section | Table] = {}
    for question in questions:
        if question.holder is not None:
            found.setdefault(question.holder.keys, question.holder)
    return tuple(found.values())


def _is_pair(keys: tuple[str, str]) -> bool:
    return keys[0] == keys[1]


def _in_row(place: Section | Table) -> bool:
    return ROW in place.keys or (isinstance(place, Section) and place.is_row)


def _all_relative(selector: Selector) -> bool:
    return all(isinstance(one, str) and one.startswith("./") for one in selector)


def tagged_items(definition: Definition, tag: str) -> Iterator[Item]:
    """Yield the items that carry a tag, in the order of the form."""
    return (item for item in definition.walk() if tag in item.tags)
