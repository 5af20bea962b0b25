"""What the pages of `cse-forms serve` say themselves: around a form, and where there is none."""

from __future__ import annotations

from dataclasses import dataclass

from cse_forms.plurals import Counted, counted


@dataclass(frozen=True, slots=True, kw_only=True)
class StartPhrases:
    """What the page says on which a form is chosen."""

    title: str = "Assessment forms"
    lead: str = (
        "Choose a form, fill it in, and take it away as a file. This page keeps nothing: when you close it, what you "
        "have not taken away is gone."
    )
    forms: str = "Choose a form"
    no_forms: str = "There is no form here to begin with."
    one_page: str = "{title} {version}: fill it in on one page"
    by_section: str = "{title} {version}: fill it in section by section"
    upload: str = "Go on with one that you have begun"
    upload_label: str = "The file that you took away"
    upload_hint: str = "A file that ends in .json, or a Word document or a PDF form that was made to be filled in."
    upload_button: str = "Go on with this file"
    no_file: str = "Choose a file first, and then use the button again."
    bad_file: str = "This file cannot be gone on with. {error}"
    no_answers: str = (
        "It holds no answers that can be read. Choose the file that you took away: its name ends in .json, or it is a "
        "Word document or a PDF form to fill in."
    )
    no_document: str = (
        "It is no form that can be read back: it may be a record, a page that was printed, or damaged. What the "
        "program says of it: {error}"
    )
    no_such_form: str = "It belongs to a form called '{form}', which is not among the forms here."
    no_such_version: str = (
        "It belongs to version {version} of '{form}', which is not here. There is: {versions}. Ask whoever looks after "
        "the forms for that version, or to take the answers along to another one."
    )
    other_wording: str = (
        "It belongs to version {version} of '{form}' with another wording than the one here. Ask whoever looks after "
        "the forms which one is right."
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class TakePhrases:
    """What is said of the files that are taken away."""

    title: str = "Take it away"
    lead: str = "Nothing is kept here. Take a file away before you close this page."
    finished: str = "This is finished"
    finished_hint: str = "Leave it empty for a draft, which may have gaps."
    later: str = "To go on with it later:"
    record: str = "To read, print or file, with the outcome:"
    answers: str = "A file with the answers (JSON)"
    word_form: str = "A Word document to fill in"
    pdf_form: str = "A PDF form to fill in"
    word_record: str = "Record as a Word document"
    pdf_record: str = "Record as a PDF file"
    not_finished: str = (
        "It is not finished yet: see what is marked below. Or take it away as a draft, without the tick."
    )
    no_format: str = "This file cannot be made here. {error}"


@dataclass(frozen=True, slots=True, kw_only=True)
class FailurePhrases:
    """What a page says that tells what went wrong."""

    not_found: str = "There is no such page"
    not_allowed: str = "This page cannot be asked like that"
    too_slow: str = "It took too long to arrive"
    too_large: str = "That is too much at once"
    busy: str = "The program is busy"
    other: str = "This did not work"
    lead: str = (
        "Nothing was kept, and nothing was sent elsewhere. Go back with your browser: what you wrote should still be "
        "on the page before this one."
    )
    start: str = "Or begin again:"
    failed: str = (
        "The program has failed at this. Whoever looks after it finds the place in its log, without your answers."
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class ServingPhrases:
    """What the pages say; braces stand for what is filled in."""

    start: StartPhrases = StartPhrases()
    take: TakePhrases = TakePhrases()
    failure: FailurePhrases = FailurePhrases()
    language: str = "English"
    """What the language is called that these words are in."""
    large_print: str = "Large print"
    usual_print: str = "Usual print"
    pages: str = "Pages"
    back: str = "All forms (leave this one)"
    ways: str = "Language and print"
    steps: str = "Sections"
    other_steps: str = "Go to another section"
    no_way_back: str = (
        "Go from section to section with the buttons of this page. The way back of your browser leads to an older "
        "page, without what you have written since."
    )
    whole: str = "All on one page"
    place: str = "Section {number} of {count}"
    next: str = "Continue to the next section"
    check: str = "Check what is missing"
    outcome: str = "Show the outcome so far"
    updated: str = "The outcome was brought up to date."
    missing: str = "Still to be answered"
    missing_lead: Counted = counted(
        "count",
        "{count} question must be answered before this is finished:",
        "{count} questions must be answered before this is finished:",
    )
    missing_elsewhere: str = "Under '{section}':"
    nothing_missing: str = "Nothing is missing, and nothing needs to be put right."
    all_answered: str = "Every question that must be answered has an answer."
    not_read: str = (
        "What is marked below cannot be read, and would not be in the file or on the other pages. Put it right, or "
        "empty it, and try again."
    )
    not_taken: str = (
        "The page holds more than the form asks for, or was made from another version of it: see above. Nothing else "
        "is wrong. Look through it, and use the button again."
    )
    without_place: str = (
        "The file holds answers for which this form has no place. They are not on the page, and count for nothing. "
        "They are kept in the file with the answers (JSON), and in no other:"
    )
    place_and_answer: str = "{place}: {answer}"
    look_at: str = "Look at this again: {question}. {message}"
    look_at_more: Counted = counted(
        "count",
        "There is {count} more place in the document to look at again. Compare it with this page.",
        "There are {count} more places in the document to look at again. Compare it with this page.",
    )
    retired: str = "This version of the form was retired on {date}: {reason}"
    newer: str = (
        "This is version {version} of the form, and there is a newer one, {newest}. You can finish this as it is. If "
        "it is to be taken along to the newer version, ask whoever looks after the forms."
    )


ENGLISH = ServingPhrases()
