"""What the first sheet of a workbook says: how it is used, and how conditions and measures are written."""

from __future__ import annotations

START = "Start here"

PARAGRAPHS: dict[str, tuple[str, ...]] = {
    "What this is": (
        "This workbook is the whole of a form: its questions, guidance, levels, rules and example answers.",
        "Change it, save it as a workbook (.xlsx), and read it back: cse-forms from-xlsx FILE.xlsx -o FOLDER.",
        "Nothing is lost on the way. What is wrong is told with its sheet and cell, all at once.",
        "A published version never changes: give it a new version on the sheet About, and set the status to draft.",
    ),
    "How to work in it": (
        "Each sheet has one row for each thing. The note on a heading says what the column means.",
        "Add a row where it should stand. The order of the rows is the order of the form; empty rows are passed over.",
        "Keep ids, paths and options' values from version to version: old responses are known by them.",
        "Columns and sheets may be moved, and you may add some of your own. The headings must stay as they are.",
        "Where a cell takes several things, each stands on a line: Alt+Enter in Excel, Ctrl+Enter in LibreOffice.",
        "An empty cell says nothing; (none) says that there is none.",
        "A code such as \\u0020 stands for a character that a spreadsheet would lose, such as a space at the end.",
    ),
}

CONDITIONS = (
    ("/next/worse is yes", "The answer to one question."),
    ("/signs/*/seen is yes", "At least one of all rows."),
    ("/signs/*/seen is yes, at least 2", "Two or more of them; also 'at most 3'."),
    ("/signs/*/seen is no, every one", "All of them."),
    ("/a/seen, /b/seen is yes", "Several questions, with commas between them."),
    ("/next/worse is one of (yes, often)", "One of several answers."),
    ("/next/worse is not no", "Another answer."),
    ("/next/worse is answered", "There is an answer; 'is not answered': there is none."),
    ("/habits includes often", "Of several options chosen, this is one."),
    ("/child/age is 10 or more and is less than 13", "A number; also 'is 9 or less' and 'is more than 3'."),
    ("/visits/*/missed is true, where (./police is yes)", "Only the rows for which that holds. ./ is the same row."),
    ("/visits/*/date is within 12 months before /about/date", "A date in a span of time; in years, months or days."),
    ("/visits/*/date is within 28 days of one another, at least 3", "Dates that lie close together."),
    ("tag starred at seen is yes", "The question 'seen' in all that has the tag 'starred'."),
    ("measure score is 16 or more", "A number of the sheet Measures."),
    ("assessment health is at least medium", "A level; also 'is at most medium' and 'is medium'."),
    ("condition under-13", "A condition of the sheet Conditions."),
    ("all of (measure score is 6 or more; /next/worse is yes)", "Every one of these holds."),
    ("any of (condition under-13; /next/worse is yes)", "At least one of these holds."),
    ("not (condition under-13)", "It does not hold."),
    ('unsettled "Whether siblings count."', "What the policy leaves open; nobody knows whether it holds."),
    ('/next/why is "Not said"', "What is no single word stands in quotation marks."),
)
"""Conditions as they are written, and what each says."""

MEASURES = (
    ("count of /signs/*/seen is yes", "How many answers."),
    ("sum of (/a/number; /b/number times 2)", "Numbers added up; also 'highest of' and 'lowest of'."),
    ("sum of (/scale/* weighing (never: 0, often: 2, else: 1))", "What each option weighs."),
    ("sum of (/a in steps (up to 8: 3, less than 20: 1, all others: 0))", "What a number weighs, by its size."),
    ("sum of (/scale/*), a gap counts as zero", "What a blank or Not Known does."),
    ("sum of (/scale/*), scaled up from at least 3 answered, rounded half-up", "Blanks are made up for by the rest."),
    ("count of assessments health, home is at least high", "How many assessments have such a level."),
    ("product of (measure likelihood; measure impact)", "Numbers multiplied."),
    ("quotient of (measure total; 3), rounded half-up, to 1 decimals", "One number divided by another."),
    ("years from /child/born to /about/date", "Completed years; also months and days."),
    ("constant 14", "A number that the policy names once."),
)
"""Measures as they are written, and what each says."""
