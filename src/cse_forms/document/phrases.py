"""The interface's own words, in one place. A form's wording is never among them."""

from __future__ import annotations

from dataclasses import dataclass

from cse_forms.document.tree import Labels


@dataclass(frozen=True, slots=True, kw_only=True)
class Phrases:
    """Every string that the library itself puts into a document; braces stand for what is filled in."""

    labels: Labels
    draft: str = "DRAFT"
    form: str = "Form"
    form_version: str = "{form}, version {version}"
    form_status: str = "Status of the form"
    form_not_published: str = "not published yet"
    digest: str = "Digest"
    status: str = "Status"
    status_draft: str = "Draft: gaps are still allowed"
    status_complete: str = "Complete"
    recorded_by: str = "Recorded by"
    recorded_when: str = "Recorded on"
    about: str = "About this form"
    sources: str = "Sources"
    warning: str = "Warning"
    note: str = "Note"
    definition: str = "Definition"
    ticked: str = "Ticked"
    not_ticked: str = "Not ticked"
    tick: str = "Tick if so"
    not_answered: str = "Not answered"
    not_asked: str = "Not asked"
    not_asked_but_answered: str = "Not asked, and counted for nothing: {answer}"
    nothing_added: str = "No rows were added"
    outcome: str = "Outcome"
    suggested: str = "Suggested by the form: {assessment}"
    on_what_is_recorded: str = "{level}, on what is recorded"
    nothing_recorded: str = "Nothing is recorded yet that this depends on"
    no_level: str = "No level is suggested"
    because: str = "{level}: {because}"
    adjusted: str = "Adjusted: {because}"
    not_ruled_out: str = "Not ruled out: {levels} ({reasons})."
    not_known_answers: str = "Not Known: {answers}"
    blank_answers: str = "not answered: {answers}"
    follow_up: str = "See {question}"
    missing: str = "Still missing for {level}: {answers}."
    interventions: str = "Suggested interventions"
    judgement: str = "Practitioner's judgement: {assessment}"
    judged_differently: str = "{level} (the form suggests {suggested})"
    not_judged: str = "Not recorded yet"
    reason: str = "Reason: {reason}"
    no_reason: str = "No reason is given"
    overview: str = "Overview"
    section: str = "Section"
    immediate: str = "Act immediately"
    soon: str = "Act soon"
    consider: str = "Consider"
    prompted_by: str = "Prompted by: {answers}"
    nothing_to_say: str = "No prompt applies, and nothing was found to look at again."
    findings: str = "To look at again"
    found: str = "{question}: {message}"
    without_question: str = "Answers that the form has no question for"
    so_far: str = "{number} so far"
    at_least: str = "{number} or more"
    at_most: str = "up to {number}"
    between: str = "{lowest} to {highest}"
    unknown_number: str = "not known"
    day_month_year: str = "{day} {month} {year}"
    months: tuple[str, ...] = (
        "January",
        "February",
        "March",
        "April",
        "May",
        "June",
        "July",
        "August",
        "September",
        "October",
        "November",
        "December",
    )


ENGLISH = Phrases(
    labels=Labels(
        page="Page",
        of="of",
        required="must be answered",
        day="Day",
        month="Month",
        year="Year",
        contents="Contents",
        problem="To look at again",
        skip="Skip to the form",
    )
)
