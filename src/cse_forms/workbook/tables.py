"""Which sheets a workbook has, and what each of their columns means."""

from __future__ import annotations

from cse_forms.workbook.columns import Column, Table, key, provenance, rest, word
from cse_forms.workbook.conditions import BANDS, CONDITION, FLAG_OR_CONDITION, MEASURE
from cse_forms.workbook.kinds import KIND_WORDS, KINDS
from cse_forms.workbook.values import (
    ANSWER,
    BOUND,
    FLAG,
    HINT,
    JSON,
    LEVEL,
    LEVEL_LINES,
    LINES,
    LINKS,
    NUMBER,
    ONE_OR_LINES,
    TERMS,
)

KIND = "Kind"
MUST = "Must be answered"
DERIVED = "Rules that follow"

_WHEN = "A condition, such as /next/worse is yes. The sheet 'Start here' shows how conditions are written."
_ID = "Lower-case letters, digits and hyphens, such as missing-episodes. It stays the same from version to version."


def _path(heading: str, note: str) -> Column:
    return key(heading, note, width=30, refers=("Questions", "Path"))


ABOUT = Table(
    name="About",
    about="The form itself: its title, id and version.",
    is_vertical=True,
    columns=(
        word("Title", "title", "The form's title."),
        word("Description", "description", "A paragraph at the top of the form."),
        word("Id", "x-form/id", "The form's id, the same in all versions."),
        word("Version", "x-form/version", "Three numbers, such as 1.1.0. A published version never changes: a change "
             "is a new version."),
        word("Status", "x-form/status", "draft, until 'cse-forms publish' makes it published.",
             choices=("draft", "published")),
        word("Language", "x-form/language", "The language of the wording, such as en-GB."),
        word("Translated into", "x-form/languages", "The languages into which it must be translated before it is "
             "published, one on each line.", LINES),
        word("Record header", "x-form/header", "The paths of the questions that tell one record from another, one on "
             "each line.", LINES),
        *provenance("x-form/provenance", "Title: "),
        word("Remark", "$comment", "A remark for those who read the file."),
        Column(heading=DERIVED, path=(DERIVED,), note="yes: the rules that other programs need in order to ask for "
               "what is required are worked out anew. no: they stay as they stand under 'Other words'.",
               value=FLAG, choices=("yes", "no"), is_key=True),
        *rest(),
    ),
    structure=tuple(tuple(path.split("/")) for path in (
        "$schema", "$id", "type", "x-form/sources", "x-form/withheld", "x-form/guidance", "x-form/conditions",
        "x-form/measures", "x-form/assessments", "x-form/prompts", "x-form/checks", "properties", "required",
        "additionalProperties", "$defs",
    )),
    order=tuple(tuple(path.split("/")) for path in (
        "$schema", "$id", "$comment", "title", "description", "type", "x-form/id", "x-form/version", "x-form/status",
        "x-form/language", "x-form/languages", "x-form/provenance/source", "x-form/provenance/section",
        "x-form/sources", "x-form/withheld", "x-form/guidance", "x-form/header", "x-form/conditions", "x-form/measures",
        "x-form/assessments", "x-form/prompts", "x-form/checks", "properties", "required", "additionalProperties",
        "$defs",
    )),
)  # fmt: skip

QUESTIONS = Table(
    name="Questions",
    about="Every section, question, row of a matrix and table, in the order of the form.",
    columns=(
        key("Path", "Where it stands: /signs is a section, /signs/late what it holds, /told/* the rows of a table. A "
            "path that begins with # is a shape that several items share. What you add needs a path of its own; the "
            "order of the rows is the order of the form.", width=30),
        Column(heading=KIND, path=(KIND,), note="What it is. Its options stand on the sheet Options.", width=18,
               choices=tuple(KINDS), is_key=True),
        word("Number", "x-form/number", "A section's number; what it holds is numbered after it.", width=9),
        word("Title", "title", "The wording that people read.", width=52),
        word("Description", "description", "More words: below the heading of a section, beside a question.", width=28),
        word("Shape", "$ref", "The shape that it has, such as #/$defs/sign; the rows of it stand below, at #sign.",
             width=18),
        word("Shape of rows", "items/$ref", "Of a table: the shape of its rows, such as #/$defs/told.", width=18),
        Column(heading=MUST, path=(MUST,), note="yes: every complete response has an answer. On a text, set "
               "'Least characters' to 1 as well.", value=FLAG, width=12, choices=("yes",), is_key=True),
        word("Asked where", "x-form/showWhen", f"It is asked where this holds; always, if nothing is said. {_WHEN}",
             CONDITION, width=34),
        word("Required where", "x-form/required", "yes, or a condition: a complete response must answer it, where it "
             "is asked.", FLAG_OR_CONDITION, width=34),
        word("Hint", "x-form/hint", "A prompt beside the question; on a row of a matrix, one for each of its columns, "
             "such as 'notes: Say who saw it.'", HINT, width=28),
        word("Default", "default", "What a blank means in a response that is no draft.", ANSWER, width=10),
        word("Least characters", "minLength", "A text has at least so many characters.", NUMBER, width=11),
        word("Most characters", "maxLength", "A text has at most so many characters.", NUMBER, width=11),
        word("Pattern", "pattern", "A regular expression that the text must meet."),
        word("Least", "minimum", "The number is this or more.", NUMBER, width=9),
        word("Most", "maximum", "The number is this or less.", NUMBER, width=9),
        word("More than", "exclusiveMinimum", "The number is more than this.", NUMBER, width=9),
        word("Less than", "exclusiveMaximum", "The number is less than this.", NUMBER, width=9),
        word("Multiple of", "multipleOf", "The number is a multiple of this.", NUMBER, width=9),
        word("Fewest", "minItems", "At least so many rows or options.", NUMBER, width=9),
        word("At most", "maxItems", "At most so many rows or options.", NUMBER, width=9),
        word("Lines", "x-form/lines", "Lines of room for a written answer, from 1 to 60.", NUMBER, width=8),
        word("Rows", "x-form/rows", "Of a table: empty rows on a blank form, from 0 to 60.", NUMBER, width=8),
        word("Layout", "x-form/layout", "How a section is set out: stacked, as a matrix, a table or the levels.",
             width=11, choices=("stacked", "matrix", "table", "levels")),
        word("Row heading", "x-form/rowHeader", "The heading of a matrix's first column, or of the levels'."),
        word("Levels of", "x-form/assessment", "With the layout levels: the assessment whose levels are shown.",
             refers=("Assessments", "Id")),
        word("Description heading", "x-form/columns/description", "With the layout levels: a column's heading."),
        word("Interventions heading", "x-form/columns/interventions", "With the layout levels: a column's heading."),
        word("Tags", "x-form/tags", "Words of your own by which conditions select, one on each line.", LINES),
        *provenance("x-form/provenance"),
        word("Remark", "$comment", "A remark for those who read the file."),
        *rest(),
    ),
    structure=tuple(tuple(path.split("/")) for path in (
        "x-form/guidance", "properties", "required", "oneOf", "items/oneOf", "items", *KIND_WORDS,
    )),
    order=tuple(tuple(path.split("/")) for path in (
        "$ref", "$comment", "title", "description", "type", "uniqueItems", "x-form/number", "x-form/layout",
        "x-form/rowHeader", "x-form/assessment", "x-form/columns/description", "x-form/columns/interventions",
        "x-form/showWhen", "x-form/required", "x-form/rows", "x-form/tags", "x-form/guidance",
        *(f"x-form/provenance/{said}" for said in ("source", "section", "shows", "mended", "doubt", "derived")),
        "x-form/hint", "x-form/lines", "default", "minLength", "maxLength", "pattern", "format", "minimum",
        "maximum", "exclusiveMinimum", "exclusiveMaximum", "multipleOf", "minItems", "maxItems", "items/$ref",
        "items/oneOf", "items", "oneOf", "properties", "required", "additionalProperties",
    )),
)  # fmt: skip

OPTIONS = Table(
    name="Options",
    about="The options of each question that has any, in the order of the form.",
    columns=(
        _path("Question", "The path of the question, from the sheet Questions."),
        word("Value", "const", "What a response holds. It stays the same from version to version.", ANSWER, width=20),
        word("Words", "title", "What people read.", width=44),
        word("Not known", "x-form/unknown", "yes: choosing it says that the answer is not known. It is never No.", FLAG,
             width=11),
        word("Weight", "x-form/weight", "What it weighs in a measure that says no weights of its own.", NUMBER,
             width=9),
        *provenance("x-form/provenance"),
        *rest(),
    ),
)  # fmt: skip

GUIDANCE = Table(
    name="Guidance",
    about="Words that stand on the form and ask for no answer.",
    columns=(
        _path("Belongs to", "The path of the section or question; / for the form as a whole."),
        word("Kind", "kind", "What it is; text, if nothing is said.", width=11,
             choices=("text", "note", "warning", "definition")),
        word("Title", "title", "Its heading.", width=24),
        word("Text", "text", "Its words.", width=60),
        word("List", "list", "Points, one on each line.", LINES, width=40),
        word("Terms", "terms", "Terms and what is said of them, one on each line: 'Term: what is said of it'.", TERMS,
             width=30),
        word("Links", "links", "Links, one on each line: 'Words <https://address>'.", LINKS, width=30),
        word("Place", "place", "Whether it stands before or after what it belongs to; before, if nothing is said.",
             width=9, choices=("before", "after")),
        *provenance(),
        *rest(),
    ),
)  # fmt: skip

SOURCES = Table(
    name="Sources",
    about="The documents that the wording comes from.",
    columns=(
        word("Id", "id", f"By which the other sheets name it. {_ID}"),
        word("Title", "title", "The document's title.", width=40),
        word("File", "file", "The name of the file that was read.", width=24),
        word("Note", "note", "What a reader must know of it.", width=50),
        word("Address", "url", "Where it is to be found.", width=30),
        *rest(),
    ),
)

WITHHELD = Table(
    name="Withheld",
    about="What the sources say and the form does not print, and why.",
    columns=(
        word("Source", "source", "The id of the source.", refers=("Sources", "Id")),
        word("Section", "section", "Where in the source it stands.", width=24),
        word("Text", "text", "What it says.", width=50),
        word("Reason", "reason", "Why it is printed on no form.", width=40),
        word("After", "after", "The wording that it follows in the source.", width=30),
        *rest(),
    ),
)

CONDITIONS = Table(
    name="Conditions",
    about="Conditions that are said once, and used by their names: condition under-13.",
    columns=(
        key("Name", _ID),
        word("Holds where", "holds", _WHEN, CONDITION, width=80),
    ),
)

MEASURES = Table(
    name="Measures",
    about="Numbers that are worked out from answers.",
    columns=(
        key("Id", _ID),
        word("Title", "title", "What the number is, for those who read the outcome.", width=30),
        word("Worked out as", "measure", "Such as: count of /signs/*/seen is yes; sum of (/a weighing (yes: 2, no: 0))."
             " The sheet 'Start here' shows how measures are written.", MEASURE, width=80),
        *rest(),
    ),
)  # fmt: skip

ASSESSMENTS = Table(
    name="Assessments",
    about="How answers become a suggested level; the levels and rules stand on the next sheets.",
    columns=(
        word("Id", "id", _ID),
        word("Title", "title", "Its heading.", width=28),
        word("Ordered", "ordered", "no: none of its levels is higher than another. yes, if nothing is said.", FLAG,
             width=9),
        word("Applies where", "showWhen", f"Elsewhere it has no level. {_WHEN}", CONDITION, width=30),
        word("Otherwise level", "otherwise/level", "The level where no rule holds.", refers=("Levels", "Id")),
        word("Otherwise because", "otherwise/because", "How the source says so.", width=30),
        *provenance("otherwise/provenance", "Otherwise: "),
        word("Decision", "judgement/level", "The path of the question in which the practitioner's own decision is "
             "recorded.", width=24, refers=("Questions", "Path")),
        word("Decision's reason", "judgement/reason", "The path of the question that asks why the decision differs.",
             width=24, refers=("Questions", "Path")),
        word("Decision may", "judgement/may", "differ: the decision may be any level. Nothing here, if the sheet "
             "Limits has limits for it.", width=11, choices=("differ",)),
        word("Follow-up", "followUp", "The path of the question that asks what is to be done about answers that are "
             "not known.", width=24, refers=("Questions", "Path")),
        *provenance(),
        *rest(),
    ),
    structure=(("levels",), ("rules",), ("adjustments",)),
    order=tuple(tuple(path.split("/")) for path in (
        "id", "title", "ordered", "showWhen", "levels", "rules", "otherwise/level", "otherwise/because",
        "adjustments", "judgement/level", "judgement/reason", "judgement/may", "followUp",
    )),
)  # fmt: skip

_ASSESSMENT = key("Assessment", "The id of the assessment.", refers=("Assessments", "Id"))

LEVELS = Table(
    name="Levels",
    about="The levels of each assessment, from the lowest to the highest.",
    columns=(
        _ASSESSMENT,
        word("Id", "id", _ID),
        word("Title", "title", "What people read.", width=24),
        word("Description", "description", "When it is this level.", width=60),
        word("Includes", "includes/level", "The level below, whose interventions come with this one's.",
             refers=("Levels", "Id")),
        word("Includes, in words", "includes/text", "How the source says so, such as 'As above.'"),
        word("Interventions", "interventions", "What is to be done, one on each line.", LINES, width=60),
        *provenance(),
        *rest(),
    ),
)  # fmt: skip

RULES = Table(
    name="Rules",
    about="Which answers amount to which level. The level is the highest whose rule holds.",
    columns=(
        _ASSESSMENT,
        word("Id", "id", _ID, width=20),
        word("Level", "level", "The level that the rule gives, where the condition holds.", refers=("Levels", "Id")),
        word("Where", "when", _WHEN, CONDITION, width=56),
        word("Measure", "measure", "In place of a level: the measure whose number lies in one of the bands.",
             refers=("Measures", "Id")),
        word("Bands", "bands", "The levels of the measure's numbers, one band on each line: '0 to 5: low', "
             "'from 6: medium', 'to 5: low', 'all others: high'.", BANDS, width=24),
        word("Level of", "levelOf", "In place of a level: the path of a question, or the id of another assessment; one "
             "on each line.", ONE_OR_LINES, width=24),
        word("Because", "because", "How the source says so.", width=44),
        *provenance(),
        *rest(),
    ),
)  # fmt: skip

ADJUSTMENTS = Table(
    name="Adjustments",
    about="What raises, lowers or limits the level that the rules give, in this order.",
    columns=(
        _ASSESSMENT,
        word("Id", "id", _ID, width=20),
        word("Where", "when", _WHEN, CONDITION, width=50),
        word("Raise", "raise", "By how many levels it is raised.", NUMBER, width=8),
        word("Not above", "notAbove", "Raising stops at this level.", refers=("Levels", "Id")),
        word("Lower", "lower", "By how many levels it is lowered.", NUMBER, width=8),
        word("Not below", "notBelow", "Lowering stops at this level.", refers=("Levels", "Id")),
        word("At least", "atLeast", "The level is at least this.", refers=("Levels", "Id")),
        word("At most", "atMost", "The level is at most this.", refers=("Levels", "Id")),
        word("Because", "because", "How the source says so.", width=44),
        *provenance(),
        *rest(),
    ),
)

LIMITS = Table(
    name="Limits",
    about="What a practitioner's own decision may be, where it may not be just any level.",
    columns=(
        _ASSESSMENT,
        word("At least", "atLeast", "A level, 'suggested', or a level reckoned from it: 'suggested - 1'.", BOUND),
        word("At most", "atMost", "A level, 'suggested', or a level reckoned from it: 'suggested + 1'.", BOUND),
        word("Where", "when", _WHEN, CONDITION, width=50),
        word("Because", "because", "How the policy says so.", width=44),
        *rest(),
    ),
)

PROMPTS = Table(
    name="Prompts",
    about="What the source says to do, and where.",
    columns=(
        word("Id", "id", _ID, width=22),
        word("Where", "when", f"Always, if nothing is said. {_WHEN}", CONDITION, width=50),
        word("Urgency", "urgency", "immediate, soon or consider.", width=12,
             choices=("immediate", "soon", "consider")),
        word("Text", "text", "What is to be done.", width=60),
        word("Replaces", "replaces", "Weaker prompts that are not shown while this one is, one on each line.", LINES),
        *provenance(),
        *rest(),
    ),
)  # fmt: skip

CHECKS = Table(
    name="Checks",
    about="Answers that cannot stand together.",
    columns=(
        word("Id", "id", _ID, width=22),
        word("Where", "when", _WHEN, CONDITION, width=50),
        word("Text", "text", "What those who fill in the form are told.", width=60),
        *provenance(),
        *rest(),
    ),
)

_SCENARIO = key("Scenario", "The number of the scenario, from the sheet Scenarios.", width=10,
                refers=("Scenarios", "No."))  # fmt: skip
_EXPECTED = "What is left empty is not compared."

SCENARIOS = Table(
    name="Scenarios",
    about="Example answers and what must come out: the definition's own tests.",
    columns=(
        key("No.", "A number of its own, by which the next two sheets name it.", width=7),
        word("Name", "name", "A sentence that says what is shown.", width=60),
        word("Draft", "draft", "Whether it is a draft: gaps are no faults there.", FLAG, width=8),
        word("Valid", "expect/valid", f"Whether the answers are valid. {_EXPECTED}", FLAG, width=8),
        word("Findings", "expect/findings", f"The codes of what is found, one on each line; (none). {_EXPECTED}",
             LINES, width=26),
        word("Measures", "expect/measures", f"The numbers that must come out, as JSON. {_EXPECTED}", JSON, width=30),
        word("Prompts", "expect/prompts", f"The ids of the prompts shown, one on each line; (none). {_EXPECTED}",
             LINES, width=26),
        *rest(),
    ),
    structure=(("answers",), ("expect", "assessments")),
    order=tuple(tuple(path.split("/")) for path in (
        "name", "draft", "answers", "expect/valid", "expect/findings", "expect/measures", "expect/assessments",
        "expect/prompts",
    )),
)  # fmt: skip

ANSWERS = Table(
    name="Scenario answers",
    about="The answers of each scenario.",
    columns=(
        _SCENARIO,
        key("Question", "The path of the question; /told/0/who is the first row of the table /told.", width=34),
        word(
            "Answer",
            "answer",
            "The answer: the value of an option, a date such as 2026-03-31, a text or a number.",
            ANSWER,
            width=60,
        ),
    ),
)

OUTCOMES = Table(
    name="Scenario levels",
    about="The levels that must come out in each scenario.",
    columns=(
        _SCENARIO,
        key("Assessment", "The id of the assessment.", refers=("Assessments", "Id")),
        word("Lowest", "lowest", f"The lowest level that is possible; (no level). {_EXPECTED}", LEVEL),
        word("Highest", "highest", f"The highest level that is possible; (no level). {_EXPECTED}", LEVEL),
        word("Determined", "determined", f"Whether there is one level for certain. {_EXPECTED}", FLAG, width=11),
        word("Applies", "applies", f"Whether the assessment applies. {_EXPECTED}", FLAG, width=9),
        word("Clash", "clash", f"Whether rules clash. {_EXPECTED}", FLAG, width=9),
        word("Recorded", "recorded", f"Whether anything is recorded. {_EXPECTED}", FLAG, width=10),
        word("Possible", "possible", f"The levels that are possible, one on each line. {_EXPECTED}", LEVEL_LINES),
        word("Rules", "rules", f"The ids of the rules that hold, one on each line; (none). {_EXPECTED}", LINES,
             width=24),
        word("Adjustments", "adjustments", f"The ids of the adjustments that hold; (none). {_EXPECTED}", LINES,
             width=24),
        word("Unanswered", "unanswered", f"The paths of blanks that could change the level; (none). {_EXPECTED}",
             LINES, width=30),
        word("Not known", "not_known", f"The paths of answers that are not known; (none). {_EXPECTED}", LINES,
             width=30),
        word("Permitted", "permitted", f"The levels that the decision may be, one on each line. {_EXPECTED}", LINES),
        *rest(),
    ),
)  # fmt: skip

TRANSLATIONS = Table(
    name="Translations",
    about="The wording in other languages.",
    columns=(
        key("Language", "Such as cy.", width=10),
        key("Where", "The place of the wording in the definition's file.", width=40),
        Column(heading="Wording now", path=("Wording now",), note="What the form says. It is shown here and not read.",
               width=50, is_key=True),
        word("Translation", "text", "The wording in that language.", width=50),
        word("Status", "status", "draft, until somebody who knows the language has reviewed it.", width=11,
             choices=("draft", "reviewed")),
        word("Note", "note", "A note for translators.", width=30),
        word("Translates", "source", "By which wording was translated. It shows when the wording has changed "
             "since; empty it once the translation is mended.", width=14),
        *rest(),
    ),
)  # fmt: skip

RARE = frozenset({
    "Pattern", "Least", "Most", "More than", "Less than", "Multiple of", "Fewest", "Shape of rows",
    "Row heading", "Levels of", "Description heading", "Interventions heading", "Tags", "Source shows", "Mended",
    "Doubt", "Remark", "Other words", "Most characters", "Description", "Terms", "Links", "Weight",
    "Applies", "Clash", "Permitted", "Address", "Ordered", "Applies where", "Otherwise: Source shows",
    "Otherwise: Mended", "Otherwise: Doubt",
})  # fmt: skip
"""Columns that are folded away where a form does not use them."""

TABLES = (
    ABOUT, QUESTIONS, OPTIONS, GUIDANCE, ASSESSMENTS, LEVELS, RULES, ADJUSTMENTS, LIMITS, MEASURES, CONDITIONS, PROMPTS,
    CHECKS, SCENARIOS, ANSWERS, OUTCOMES, TRANSLATIONS, SOURCES, WITHHELD,
)  # fmt: skip
