"""The interface's own words, in one place. A form's wording is never among them."""

from __future__ import annotations

from dataclasses import dataclass

from cse_forms.answers.messages import ENGLISH as SENTENCES
from cse_forms.answers.messages import Message, Sentences
from cse_forms.document.serving_phrases import ENGLISH as SERVING
from cse_forms.document.serving_phrases import ServingPhrases
from cse_forms.document.tree import Labels
from cse_forms.plurals import Counted, counted
from cse_forms.thresholds.in_words.phrases import ENGLISH as SAYINGS
from cse_forms.thresholds.in_words.phrases import Sayings


@dataclass(frozen=True, slots=True, kw_only=True)
class PolicyPhrases:
    """What the page of a form's policy says besides the form's own words and the reading of its conditions."""

    title: str = "How it decides: {form}"
    skip: str = "Skip to the policy"
    status: str = "Status of the form"
    published: str = "Published"
    draft: str = "Draft, not published yet"
    introduction: str = (
        "This page says in words all that the form works out from the answers. It is made from the form's definition, "
        "which is what the computer follows; nothing else decides."
    )
    nothing_decided: str = "This form suggests no level. It works out nothing but what is said below."
    assessment: str = "Assessment: {assessment}"
    ordered: Counted = counted(
        "count",
        "The form suggests {count} level or none. Every rule is looked at. The suggested level is the highest that "
        "any rule gives.",
        "The form suggests one of {count} levels. Every rule is looked at. The suggested level is the highest that any "
        "rule gives.",
    )
    unordered: Counted = counted(
        "count",
        "The form suggests {count} outcome or none. Every rule is looked at.",
        "The form suggests one of {count} outcomes, none of which is higher than another. Every rule is looked at. "
        "If rules give different outcomes, that is a clash: nothing is suggested, and all of them are named.",
    )
    one_level: str = "The form suggests one level, or none."
    no_suggestion: str = "The form suggests no level here."
    one_suggestion: str = "There are no rules: the form suggests the same level, whatever is answered."
    only_adjusted: str = "There are no rules: the suggested level is the one below, as the adjustments change it."
    practitioner_alone: str = "The practitioner decides."
    practitioner_decides: str = "The form suggests; the practitioner decides."
    applies_where: str = "This assessment applies only where {condition}"
    elsewhere: str = "Elsewhere it has no level."
    levels_ordered: str = "Levels, from the lowest to the highest"
    levels_unordered: str = "Outcomes"
    no_description: str = "The source describes it no further."
    interventions: str = "Suggested interventions: {interventions}"
    rules_ordered: str = "Rules, the gravest first"
    rules_unordered: str = "Rules"
    no_rules: str = "There are no rules."
    rule: str = "Rule {number}: {level}"
    rule_by_bands: str = "Rule {number}: the level of a number"
    rule_by_source: str = "Rule {number}: a level taken from elsewhere"
    holds_where: str = "This holds where {condition}"
    asked_only_where: str = "This is looked at only where {condition}"
    band_lead: str = "The level follows from {number}:"
    band: str = "{band}: {level}"
    bands_else: str = "Outside these numbers, and without a value, the rule gives no level."
    source_lead: str = (
        "The level is the highest among {sources}. Where they have no level of this assessment, the rule gives none."
    )
    because: str = "In the policy's words: {because}"
    from_source: str = "Source: {source}."
    from_section: str = "Source: {source}, '{section}'."
    derived: str = "Ours, and not the source's wording: {text}"
    doubt: str = "In doubt: {text}"
    mended: str = "Mended: {text}"
    otherwise: str = "Otherwise"
    otherwise_level: str = "Where no rule gives a level, the level is {level}."
    always: str = "What is suggested"
    always_level: str = "The level is {level}."
    always_none: str = "No level is suggested."
    otherwise_none: str = "Where no rule gives a level, none is suggested."
    adjustments: str = "Adjustments, made in this order"
    adjustment: str = "Adjustment {number}: {change}"
    adjusted_where: str = "This is made where {condition}"
    adjusting: str = 'They change the level that the rules give. None of them lifts "no level".'
    unknown: str = "When something is not known"
    unknown_ordered: str = (
        "An answer that is missing or Not Known is not taken for No. The level shown is the one that is certain on "
        "what is recorded; beside it stands every level that is not ruled out, and the answers on which that depends."
    )
    unknown_unordered: str = (
        "An answer that is missing or Not Known is not taken for No. Where outcomes have no order, every one that is "
        "still possible is named while such an answer could change it, with the answers on which that depends."
    )
    blanks: str = (
        "In a complete form an empty tick box counts as not ticked, and an empty table as one without rows, where the "
        "form says so. In a draft they are still open."
    )
    nothing_recorded: str = "Nothing is suggested while no answer is recorded that this depends on."
    follow_up: str = "What is to be done about answers that are not known is asked in {question}"
    unsettled: str = "The policy leaves this open, and so the form does not decide it: {text}"
    judgement: str = "The practitioner's decision"
    no_judgement: str = "The form does not ask for a decision."
    judged_at: str = (
        "The decision is recorded in {level}, and its reason in {reason}. It stands beside the suggestion and is never "
        "changed. A decision that differs without a reason is pointed out."
    )
    may_differ: str = "Any level may be decided on."
    limits: str = "The decision must keep within these limits; one outside them is pointed out:"
    limit: str = "It may be {limit}"
    limit_where: str = "{limit}, where {condition}"
    limit_because: str = '{limit} ("{because}")'
    limit_waiting: str = "While it is not known whether a limit applies, it bars nothing."
    numbers: str = "Numbers"
    numbers_lead: str = (
        "These numbers are worked out from the answers, without rounding unless it is said. A number of which no "
        "question is asked has no value, which is not 0: no comparison with it holds."
    )
    conditions: str = "Conditions with a name"
    marked: str = "Marked items"
    marked_with: str = "Marked '{tag}'"
    prompts: str = "What the form says to do"
    immediate: str = "At once"
    soon: str = "Soon"
    consider: str = "To be considered"
    prompt_where: str = "Said where {condition}"
    prompt_always: str = "Said in every case."
    replaces: str = "While it is said, this is not: {prompts}"
    prompt_unknown: str = "What is merely not known to hold is not said."
    checks: str = "Answers that cannot stand together"
    check_where: str = "Pointed out where {condition}"
    asking: str = "When questions are asked, and when they must be answered"
    asked_where: str = "Asked only where {condition}"
    required_always: str = "These must be answered in a complete form:"
    required_if_asked: str = "These must be answered in a complete form wherever they are asked:"
    required_where: str = "Must be answered in a complete form where {condition}"
    hidden: str = "A question that is not asked counts for nothing, whatever was answered."
    remarks: str = "What is withheld, mended or in doubt"
    withheld: str = "Printed on no form"
    withheld_item: str = '"{text}" ({source}): {reason}'
    doubtful: str = "In doubt"
    mended_heading: str = "Mended"
    remark: str = "{place}: {text}"
    shows: str = '{text} The source shows: "{shows}"'
    approval: str = "Approval"
    approval_lead: str = "We have read this page, and it says what our policy is. Version {version}, {digest}."
    diagram: str = "Decision diagram: {form}"
    diagram_levels: str = "{assessment}: which level is suggested"
    diagram_changes: str = "{assessment}: then the level is adjusted, in this order"
    diagram_prompts: str = "What the form says to do"
    diagram_nothing: str = "This form suggests no level and prompts nothing."
    diagram_applies: str = "The assessment applies only if {condition}"
    diagram_holds: str = "holds"
    diagram_fails: str = "else"
    diagram_also: str = "and also"
    diagram_either: str = "in either case"
    diagram_always: str = "always"
    diagram_no_level: str = "No level"
    diagram_not_applying: str = "Does not apply: no level"
    diagram_end: str = "This is the suggested level."
    diagram_clash: str = "If rules give different outcomes, that is a clash: nothing is suggested, and all are named."
    diagram_any: str = "At least one of these holds"
    diagram_replaced: str = "Not said while a graver one takes its place."
    diagram_step: str = "{text} - {label}: {result}."
    name: str = "Name"
    role: str = "Role"
    signature: str = "Signature"
    date: str = "Date"
    shortened: str = "{text} …"


@dataclass(frozen=True, slots=True, kw_only=True)
class PagePhrases:
    """What a page says besides that is filled in and sent back."""

    problems: str = "There is a problem"
    error: str = "Error: {title}"
    window: str = "{title} - {form} {version}"
    continue_: str = "Continue"
    save: str = "Save"
    add: str = "Add another row"
    remove: str = "Remove row {row}"
    no_more_rows: str = "No more rows can be added here. The most is {most}."
    kept: str = "Answers that no longer apply"
    kept_lead: str = (
        "These questions were answered, and other answers mean that they are not asked. Their answers count for "
        "nothing, and are kept until you remove them. Tick those that are to be removed."
    )
    drop_all: str = "All of these"
    in_row: str = "{question} (row {row})"
    other_form: str = (
        "This page was made from another version of the form than the one that is used now. Look through all answers "
        "before you go on."
    )
    unknown: str = "The form has no place for what was sent in these fields: {names}."
    not_sent: str = "The page was sent without these questions: {names}. Look at them before you go on."
    and_more: str = "{names}, and others"
    progress: str = "{done} of {all} sections complete"
    complete: str = "complete"
    more_asked: str = "More questions are asked now."
    fewer_asked: str = "Some questions are no longer asked. Their answers are kept."
    row_added: str = "Row {row} was added."
    row_removed: str = "Row {row} was removed."


@dataclass(frozen=True, slots=True, kw_only=True)
class Phrases:
    """Every string that the library itself puts into a document; braces stand for what is filled in."""

    labels: Labels
    policy: PolicyPhrases = PolicyPhrases()
    page: PagePhrases = PagePhrases()
    serving: ServingPhrases = SERVING
    sentences: Sentences = SENTENCES
    sayings: Sayings = SAYINGS
    draft: str = "DRAFT"
    form: str = "Form"
    form_version: str = "{form}, version {version}"
    form_status: str = "Status of the form"
    form_not_published: str = "not published yet"
    draft_translation: str = (
        "The words of this document that are not the form's own are a draft translation. Nobody who speaks the "
        "language has reviewed it yet."
    )
    draft_wording: str = "The wording of the form in this language is a draft translation that nobody has reviewed yet."
    partly_translated: str = (
        "Not all of the form's wording is translated as it stands now. The rest is in the form's own language."
    )
    digest: str = "Digest"
    digest_start: str = "begins {start}"
    not_stated: str = "Not stated"
    routing: str = "Answer this if {condition}."
    routing_section: str = "Answer this section if {condition}."
    routing_table: str = "Fill in this table if {condition}."
    routing_row: str = "Answer this row if {condition}."
    routing_column: str = "Answer '{column}' in a row if {condition}."
    status: str = "Status"
    status_draft: str = "Draft: gaps are still allowed"
    status_complete: str = "Complete"
    recorded_by: str = "Recorded by"
    recorded_when: str = "Recorded on"
    taken_over_from: str = "Taken over from"
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
    in_row: str = "{question} (row {row})"
    does_not_apply: str = "Does not apply here"
    may_not_apply: str = "Whether this is to be assessed here is not known: {reasons}."
    not_settled: str = "Not settled yet"
    clash: str = "Nothing is suggested: rules give different outcomes"
    clashing: str = "These outcomes are given, and none of them is higher than another: {levels}."
    still_possible: str = "Still possible: {levels} ({reasons})."
    left_open: str = "the policy leaves open: {text}"
    no_reasons: str = "not all that it rests on is known"
    or_: str = "{first} or {last}"
    comma: str = "{first}, {rest}"
    in_band: str = "{measure}: {number}, in the band {band}"
    in_bands: str = "{measure}: {number}"
    missing: str = "Still missing for {level}: {answers}."
    interventions: str = "Suggested interventions"
    judgement: str = "Practitioner's judgement: {assessment}"
    judged_differently: str = "{level} (the form suggests {suggested})"
    not_judged: str = "Not recorded yet"
    reason: str = "Reason: {reason}"
    no_reason: str = "No reason is given"
    judged_by: str = "Recorded by {who} on {when}"
    judged_by_whom: str = "Recorded by {who}"
    judged_when: str = "Recorded on {when}"
    permitted: str = "The policy permits this."
    not_permitted: str = "The policy does not permit this here; it permits {levels}."
    none_permitted: str = "no level"
    may_be: str = "The policy permits {levels}."
    barred: str = "It may be {limit}."
    barred_because: str = "It may be {limit}: {because}"
    waiting: str = "Not in force yet: it may be {limit}. That waits for {answers}."
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
    no_value: str = "no value"
    maybe_no_value: str = "{number}, if it has a value at all"
    about_number: str = "about {number}"
    numbers: str = "Numbers"
    number: str = "Number"
    value: str = "Value"
    explanation: str = "Why: {form}"
    changes: str = "What could still change this"
    if_not_known_one: str = "If '{option}' at {answers} became {value}, {consequence}."
    if_not_known_any: str = "If '{option}' at any of {answers} became {value}, {consequence}."
    if_blank_one: str = "If {answers} were answered {value}, {consequence}."
    if_blank_any: str = "If any of {answers} were answered {value}, {consequence}."
    if_ticked_one: str = "If {answers} were {value}, {consequence}."
    if_ticked_any: str = "If any of {answers} were {value}, {consequence}."
    would_be: str = "the level would be {levels}"
    would_be_at_least: str = "the level would be {level} on what is recorded, and {levels} not ruled out"
    would_not_be: str = "there would be no level"
    would_not_apply: str = "there would be no level, or {levels}"
    more_changes: Counted = counted(
        "count", "There is {count} more such answer.", "There are {count} more such answers."
    )
    rules: str = "Each rule"
    rule_holds: str = "Rule {number} holds. {level}: {because}"
    rule_fails: str = "Rule {number} does not hold. {level}: {because}"
    rule_unknown: str = "Not known whether rule {number} holds. {level}: {because}"
    change_holds: str = "Adjustment {number} is made. {because}"
    change_fails: str = "Adjustment {number} is not made. {because}"
    change_unknown: str = "Not known whether adjustment {number} is made. {because}"
    asks: str = "It holds where {condition}"
    changes_where: str = "It is made where {condition}"
    takes_band: str = "It gives the level of a number: {number}."
    takes_level: str = "It gives the highest level among {sources}."
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

    def message(self, message: str) -> str:
        """Return a finding's sentence in this language; one that is the form's own stays as it is."""
        return message.said(self.sentences) if isinstance(message, Message) else message


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
        clear="Clear this answer",
        skip="Skip to the form",
        write="Click here to write",
        choose="Choose an answer",
        pick_date="Choose a date, or write it as day/month/year",
    )
)
