"""What the pages around a form say. The form's own words, and those of its findings, come from elsewhere."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

TITLE = "Assessment forms"
LEAD = (
    "Choose a form, fill it in, and take it away as a file. This page keeps nothing: when you close it, what you have "
    "not taken away is gone."
)
FORMS_TITLE = "Choose a form"
NO_FORMS = "There is no form here to begin with."
ONE_PAGE = "{title} {version}: fill it in on one page"
BY_SECTION = "{title} {version}: fill it in section by section"

UPLOAD_TITLE = "Go on with one that you have begun"
UPLOAD_LABEL = "The file that you took away"
UPLOAD_HINT = "A file that ends in .json, or a Word document or a PDF form that was made to be filled in."
UPLOAD_BUTTON = "Go on with this file"
NO_FILE = "Choose a file first, and then use the button again."
BAD_FILE = "This file cannot be gone on with. {error}"
NO_ANSWERS = (
    "It holds no answers that can be read. Choose the file that you took away: its name ends in .json, or it is a Word "
    "document or a PDF form to fill in"
)
NOT_TAKEN = "These answers in the file belong to no question of the form, and are not taken along: {places}"
LOOK_AT = "Look at this again: {question}. {message}"
LOOK_AT_MORE = "There are {count} more places in the document to look at again. Compare it with this page."
RETIRED = "This version of the form was retired on {date}: {reason}"

PAGES = "Pages"
BACK = "All forms (leave this one)"
STEPS = "Sections"
WHOLE = "All on one page"
STEP = "{number} {title}"
PLACE = "Section {number} of {count}"
NEXT = "Continue to the next section"
CHECK = "Check what is missing"
OUTCOME = "Show the outcome so far"
TAKE_TITLE = "Take it away"
TAKE_LEAD = "Nothing is kept here. Take a file away before you close this page."
FINISHED = "This is finished"
FINISHED_HINT = "Leave it empty for a draft, which may have gaps."
LATER = "To go on with it later:"
RECORD = "To read, print or file, with the outcome:"
UPDATED = "The outcome was brought up to date."

FILES: Final[Mapping[str, str]] = {
    "json": "A file with the answers (JSON)",
    "docx-fill": "A Word document to fill in",
    "pdf-fill": "A PDF form to fill in",
    "docx": "Record as a Word document",
    "pdf": "Record as a PDF file",
}
"""The words on the button of each file that can be taken away."""

NOTHING_MISSING = "Nothing is missing, and nothing needs to be put right."
NOT_READ = (
    "What is marked below cannot be read, and would not be in the file or on the other pages. Put it right, or empty "
    "it, and try again."
)
NOT_FINISHED = "It is not finished yet: see what is marked below. Or take it away as a draft, without the tick."
NO_FORMAT = "This file cannot be made here. {error}"

ERROR_TITLE: Final[Mapping[int, str]] = {
    404: "There is no such page",
    405: "This page cannot be asked like that",
    408: "It took too long to arrive",
    413: "That is too much at once",
    503: "The program is busy",
}
OTHER_ERROR = "This did not work"
ERROR_LEAD = (
    "Nothing was kept, and nothing was sent elsewhere. Go back with your browser: what you wrote should still be on "
    "the page before this one."
)
ERROR_START = "Or begin again:"
FAILED = "The program has failed at this. Whoever looks after it finds the place in its log, without your answers."
