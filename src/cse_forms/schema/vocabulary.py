"""The words that stand under `x-form`: what JSON Schema has no word for."""

from __future__ import annotations

from typing import Annotated, Literal, Self

from pydantic import BeforeValidator, Field, model_validator

from cse_forms.schema.conditions import Condition, Measure, Number
from cse_forms.schema.words import ADDRESS, DIGEST, LANGUAGE, LEVEL_SOURCE, Many, Pointer, Slug, Text, Version, Word


class Provenance(Word):
    """Where a wording comes from."""

    source: Slug | None = None
    """The id of one of the form's sources."""
    section: Text | None = None
    """Where in the source it stands, in the source's own headings."""
    shows: Text | None = None
    """What the source shows to the letter, where the definition's wording differs from it."""
    mended: Text | None = None
    """Which fault of extraction was mended."""
    doubt: Text | None = None
    """What is not certain about this reading of the source."""
    derived: Text | None = None
    """That this is ours and not the source's wording, and why it is needed."""

    @model_validator(mode="after")
    def _traceable(self) -> Self:
        if self.source is None and self.derived is None:
            raise ValueError("say which 'source' this comes from, or that it is 'derived' and why")
        if (self.mended is None) != (self.shows is None):
            raise ValueError("'mended' and 'shows' stand together: what was mended, and what the source shows")
        return self


class Source(Word):
    """A document that the form's wording comes from."""

    id: Slug
    title: Text
    file: Text
    """The name of the file that was read."""
    note: Text | None = None
    """What a reader must know of it, such as that it is a partial summary."""
    url: Text | None = None


class Base(Word):
    """The form that a variant was built from."""

    form: Slug
    version: Version
    digest: Annotated[str, Field(pattern=DIGEST)]
    """What that version said when it was built upon: sha256:... of its canonical form."""


class Withheld(Word):
    """A passage of a source that is printed on no form, and why."""

    source: Slug
    section: Text | None = None
    text: Text
    reason: Text
    after: Text | None = None
    """The wording that it follows in the source, where its place matters."""


class Term(Word):
    """A term and what is said of it."""

    term: Text
    texts: Annotated[Many[Text], Field(min_length=1)]


class Link(Word):
    """An address that the source gives."""

    title: Text
    href: Annotated[str, Field(pattern=ADDRESS)]


class Guidance(Word):
    """Words that stand on the form and ask for no answer."""

    kind: Literal["text", "note", "warning", "definition"] = "text"
    title: Text | None = None
    text: Text | None = None
    list: Many[Text] = ()
    terms: Many[Term] = ()
    links: Many[Link] = ()
    place: Literal["before", "after"] = "before"
    """Whether it stands before or after what it belongs to."""
    provenance: Provenance

    @model_validator(mode="after")
    def _says_something(self) -> Self:
        if not (self.title or self.text or self.list or self.terms or self.links):
            raise ValueError("guidance needs a 'title', 'text', 'list', 'terms' or 'links'")
        return self


class OptionWords(Word):
    """`x-form` on an option."""

    unknown: bool = False
    """Choosing it says that the answer is not known: it is never 'No'."""
    weight: int | float | None = None
    """What it weighs in a measure that says no weights of its own."""
    provenance: Provenance | None = None


class ItemWords(Word):
    """`x-form` on a section, a question, a table or a shape."""

    number: Annotated[str, Field(pattern=r"^[0-9A-Za-z]+(\.[0-9A-Za-z]+)*$")] | None = None
    """A section's number; what it holds is numbered after it: 4.1, 4.2."""
    layout: Literal["stacked", "matrix", "table", "levels"] | None = None
    """How a section is set out: questions one after another, rows of one shape, a table of rows, or the levels."""
    row_header: Text | None = None
    """The heading of a matrix's or table's first column."""
    columns: dict[Literal["description", "interventions"], Text] = Field(default_factory=dict)
    """With the layout 'levels': the headings of the columns that ask for no answer."""
    assessment: Slug | None = None
    """With the layout 'levels': the assessment whose levels are shown."""
    guidance: Many[Guidance] = ()
    provenance: Provenance | None = None
    hint: Text | dict[str, Text] | None = None
    """A prompt beside the question; on a row of a matrix, one for each column by its name."""
    tags: Many[Slug] = ()
    show_when: Condition | None = None
    """The question is asked where this holds."""
    required: bool | Condition = False
    """Whether a complete response must answer it, where it is asked."""
    lines: Annotated[int, Field(ge=1, le=60)] | None = None
    """Lines of room for a written answer; one, if none is said."""
    rows: Annotated[int, Field(ge=0, le=60)] | None = None
    """Empty rows that a blank form offers in a table."""


class IncludedLevel(Word):
    """That a level's interventions come with those of the level below."""

    level: Slug
    text: Text
    """How the source says so, such as 'As above.'."""


class Level(Word):
    """A level of an assessment."""

    id: Slug
    title: Text
    description: Text | None = None
    includes: IncludedLevel | None = None
    interventions: Many[Text] = ()
    provenance: Provenance


class Band(Word):
    """The level of the numbers between two bounds, both included."""

    from_: Annotated[Number | None, Field(alias="from")] = None
    """Without it: from where the band before ends."""
    to: Number | None = None
    """Without it: up to where the next band begins, that number not included."""
    level: Slug


LevelSource = Annotated[
    Many[Annotated[str, Field(pattern=LEVEL_SOURCE)]],
    Field(min_length=1),
    BeforeValidator(
        lambda written: (written,) if isinstance(written, str) else written,
        json_schema_input_type=Annotated[str, Field(pattern=LEVEL_SOURCE)]
        | Annotated[list[Annotated[str, Field(pattern=LEVEL_SOURCE)]], Field(min_length=1)],
    ),
]
"""Where a level is taken from: selectors of questions, which begin with a slash, and ids of other assessments."""


class Rule(Word):
    """The level is at least the one that this rule gives: one level, that of a number's band, or that of an answer."""

    id: Slug
    level: Slug | None = None
    """The level that it gives where `when` holds."""
    when: Condition | None = None
    measure: Slug | None = None
    """The measure whose number lies in one of the bands; outside them, and without a value, the rule gives nothing."""
    bands: Many[Band] = ()
    """In ascending order."""
    level_of: LevelSource | None = None
    """The highest level of these answers and assessments; nothing, where they have none that is a level here."""
    because: Text
    provenance: Provenance

    @model_validator(mode="after")
    def _one_form(self) -> Self:
        given = [self.level is not None, self.measure is not None or bool(self.bands), self.level_of is not None]
        if sum(given) != 1:
            raise ValueError("a rule says 'level' with 'when', 'measure' with 'bands', or 'levelOf'")
        if self.level is not None and self.when is None:
            raise ValueError("a rule with a 'level' says 'when'; what holds always is said in 'otherwise'")
        if (self.measure is not None) != bool(self.bands):
            raise ValueError("'measure' and 'bands' stand together")
        for index, band in enumerate(self.bands):
            before = self.bands[index - 1].to if index else None
            after = self.bands[index + 1].from_ if index + 1 < len(self.bands) else None
            if band.from_ is None and band.to is None and (before is None) == (after is None):
                raise ValueError(
                    "a band says 'from', 'to' or both; the first may do without where the next says 'from', "
                    "and the last where the one before says 'to'"
                )
        return self


class Otherwise(Word):
    """What is suggested where no rule holds; without a level, none is, for this reason."""

    level: Slug | None = None
    because: Text
    provenance: Provenance


class Adjustment(Word):
    """A change to the level that the rules give, where its condition holds."""

    id: Slug
    when: Condition
    raise_: Annotated[int | None, Field(ge=1, alias="raise")] = None
    """By how many levels it is raised."""
    not_above: Slug | None = None
    """Raising stops at this level; a level already above it stays."""
    lower: Annotated[int | None, Field(ge=1)] = None
    """By how many levels it is lowered."""
    not_below: Slug | None = None
    """Lowering stops at this level; a level already below it stays."""
    at_least: Slug | None = None
    at_most: Slug | None = None
    because: Text
    provenance: Provenance

    @model_validator(mode="after")
    def _does_something(self) -> Self:
        if all(word is None for word in (self.raise_, self.lower, self.at_least, self.at_most)):
            raise ValueError("an adjustment says 'raise', 'lower', 'atLeast' or 'atMost'")
        if self.raise_ is not None and self.lower is not None:
            raise ValueError("an adjustment says 'raise' or 'lower', and not both")
        if self.not_above is not None and self.raise_ is None:
            raise ValueError("'notAbove' limits a 'raise'; here there is none")
        if self.not_below is not None and self.lower is None:
            raise ValueError("'notBelow' limits a 'lower'; here there is none")
        return self


class Suggested(Word):
    """A level reckoned from the suggested one."""

    suggested: int
    """So many levels above it, or below it where the number is less than nought."""


Bound = Annotated[Suggested | Literal["suggested"] | Slug, Field(union_mode="left_to_right")]
"""A level: the suggested one, one reckoned from it, or one by its id."""


class Limit(Word):
    """What a policy allows a judgement to be."""

    at_least: Bound | None = None
    """Not lower than this."""
    at_most: Bound | None = None
    """Not higher than this."""
    when: Condition | None = None
    """Where this is unknown, the limit bars nothing yet."""
    because: Text | None = None
    """How the policy says so, for those whom the limit stops."""

    @model_validator(mode="after")
    def _limits(self) -> Self:
        if self.at_least is None and self.at_most is None:
            raise ValueError("a limit says 'atLeast' or 'atMost'")
        return self


class Judgement(Word):
    """Where the practitioner's own decision is recorded; the library never changes it."""

    level: Pointer
    """The question whose options are the ids of the levels."""
    reason: Pointer
    """The question that asks why the decision differs from the suggestion."""
    may: Literal["differ"] | Annotated[Many[Limit], Field(min_length=1)] = "differ"
    """Any level, or those that keep within every limit."""


class Assessment(Word):
    """How answers become a suggested level."""

    id: Slug
    title: Text
    levels: Annotated[Many[Level], Field(min_length=1)]
    """From the lowest to the highest, unless they are not ordered."""
    ordered: bool = True
    """Whether one level is higher than another. If not, rules that hold with different levels are a clash."""
    show_when: Condition | None = None
    """The assessment applies where this holds; elsewhere it has no level."""
    rules: Many[Rule] = ()
    otherwise: Otherwise | None = None
    adjustments: Many[Adjustment] = ()
    judgement: Judgement | None = None
    follow_up: Pointer | None = None
    """The question that asks what is to be done about answers that are not known."""
    provenance: Provenance


class Prompt(Word):
    """What the source says to do, where the condition holds; always, if there is none."""

    id: Slug
    when: Condition | None = None
    urgency: Literal["immediate", "soon", "consider"]
    text: Text
    replaces: Many[Slug] = ()
    """Weaker prompts that are not shown while this one is."""
    provenance: Provenance


class Check(Word):
    """Answers that cannot stand together: where the condition holds, it is a finding."""

    id: Slug
    when: Condition
    text: Text
    provenance: Provenance


class FormWords(Word):
    """`x-form` on the form itself."""

    id: Slug
    version: Version
    status: Literal["draft", "published"]
    """A published version never changes: its digest is recorded beside it."""
    language: Annotated[str, Field(pattern=LANGUAGE)]
    """The language of the wording, as BCP 47 names it: en-GB."""
    languages: Many[Annotated[str, Field(pattern=LANGUAGE)]] = ()
    """The languages into which the wording must be translated and reviewed before the form is published."""
    base: Base | None = None
    """Of a variant: what it was built from. `cse-forms variant build` writes it."""
    provenance: Provenance | None = None
    """Where the form's title comes from."""
    sources: Annotated[Many[Source], Field(min_length=1)]
    withheld: Many[Withheld] = ()
    guidance: Many[Guidance] = ()
    header: Many[Pointer] = ()
    """The questions that tell one completed form from another: whose it is, and of what date."""
    conditions: dict[Slug, Condition] = Field(default_factory=dict)
    """Named conditions, said once and used by their names."""
    measures: dict[Slug, Measure] = Field(default_factory=dict)
    assessments: Many[Assessment] = ()
    prompts: Many[Prompt] = ()
    checks: Many[Check] = ()
