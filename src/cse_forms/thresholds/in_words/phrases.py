"""The words in which a policy is said, in one place, so that another language can be put in their stead.

A form's own wording is never among them. Braces stand for what is filled in. Where one phrase speaks of one answer or
of several, the verbs in it are filled in too: `{is_}` is "is" or "are".
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from types import MappingProxyType

from cse_forms.plurals import Counted, counted


@dataclass(frozen=True, slots=True, kw_only=True)
class Sayings:
    """Every phrase of the reading that says a policy in words."""

    # --- joining -------------------------------------------------------------------------------------------------
    comma: str = "{first}, {rest}"
    and_: str = "{first} and {last}"
    or_: str = "{first} or {last}"
    both: str = "{first}, and {last}"
    either: str = "{first}, or {last}"
    said_of: str = "{subject} {predicate}"
    slash: str = " / "
    semicolon: str = "; "
    quoted: str = "'{text}'"

    # --- what is spoken of ---------------------------------------------------------------------------------------
    numbered: str = "{number} {title}"
    whole_form: str = "this form"
    section: str = "section {name}"
    table: str = "the table {name}"
    row: str = "row {name}"
    question_in: str = "{titles} in {place}"
    all_in: str = "all questions in {place}"
    same_row: str = "{titles} in the same row"
    same_section: str = "{titles} in the same section"
    bare: str = "{questions}"
    at_numbers: str = "{titles} at {numbers}"
    marked: str = "{titles} of the items marked '{tag}'"
    questions_marked: str = "marked '{tag}'"
    the_answer: str = "the answer to {questions}"
    the_answers: str = "the answers to {questions}"
    the_date: str = "the date at {questions}"
    the_dates: str = "the dates at {questions}"
    the_box: str = "the box {questions}"
    the_boxes: str = "the boxes {questions}"
    the_question: str = "the question {questions}"
    the_questions: str = "the questions {questions}"
    answers_in: str = "the answers in {place}"
    dates_in: str = "the dates in {place}"
    boxes_in: str = "the boxes in {place}"
    questions_in: str = "the questions in {place}"
    answers_so: str = "the answers to the questions {marked}"
    dates_so: str = "the dates {marked}"
    boxes_so: str = "the boxes {marked}"
    questions_so: str = "the questions {marked}"
    measure_without_title: str = "the {name}"
    no_option: str = "{value} (no option of it)"

    # --- verbs, of one and of several ----------------------------------------------------------------------------
    verbs: tuple[Mapping[str, str], Mapping[str, str]] = field(
        default=(
            MappingProxyType({"is_": "is", "has": "has", "lies": "lies", "does": "does", "includes": "includes"}),
            MappingProxyType({"is_": "are", "has": "have", "lies": "lie", "does": "do", "includes": "include"}),
        )
    )

    # --- what is asked of an answer or a number ------------------------------------------------------------------
    is_value: str = "{is_} {value}"
    is_not_value: str = "{is_} not {value}"
    is_none_of: str = "{is_} neither {values}"
    neither_nor: str = "{first} nor {last}"
    ticked: str = "ticked"
    not_ticked: str = "not ticked"
    is_ticked: str = "{is_} ticked"
    is_not_ticked: str = "{is_} not ticked"
    nothing: str = "nothing"
    from_to: str = "{is_} {low} to {high}"
    or_more: str = "{is_} {number} or more"
    or_less: str = "{is_} {number} or less"
    at_least: str = "{is_} at least {number}"
    at_most: str = "{is_} at most {number}"
    not_at_least: str = "{is_} not at least {number}"
    not_at_most: str = "{is_} not at most {number}"
    not_more_than: str = "{is_} not more than {number}"
    not_less_than: str = "{is_} not less than {number}"
    more_than: str = "{is_} more than {number}"
    less_than: str = "{is_} less than {number}"
    has_length: Counted = counted("number", "{has} at least {number} character", "{has} at least {number} characters")
    has_shorter: Counted = counted(
        "number", "{has} fewer than {number} character", "{has} fewer than {number} characters"
    )
    has_no_length: str = "{has} no characters"
    is_answered: str = "{is_} answered"
    is_not_answered: str = "{is_} not answered"
    has_number: str = "{has} a value"
    has_no_number: str = "{has} no value"
    has_level: str = "{has} a level"
    has_no_level: str = "{has} no level"
    other_level: str = "{has} another level than {values}"
    includes_value: str = "{includes} {value}"
    includes_not: str = "{does} not include {value}"
    includes_such: str = "{includes} an option that {predicate}"
    includes_none_such: str = "{does} not include an option that {predicate}"
    weighs: str = "{has} a weight that {predicate}"
    weighs_not: str = "{does} not have a weight that {predicate}"
    lies_up_to: str = "{lies} within the {span} up to and including {date}"
    lies_not_up_to: str = "{does} not lie within the {span} up to and including {date}"
    lies_as_long_up_to: str = "{lies} within as many {unit} up to and including {date} as {number}"
    lies_not_as_long_up_to: str = "{does} not lie within as many {unit} up to and including {date} as {number}"
    lies_as_long: str = "{lies} within as many {unit} of one another as {number}"
    lies_not_as_long: str = "{does} not lie within as many {unit} of one another as {number}"
    lies_together: str = "{lies} within {span} of one another"
    lies_not_together: str = "{does} not lie within {span} of one another"
    types: Mapping[str, str] = field(
        default_factory=lambda: MappingProxyType(
            {
                "string": "a text",
                "number": "a number",
                "integer": "a whole number",
                "boolean": "ticked or not ticked",
                "array": "a list of options",
            }
        )
    )
    units: Mapping[str, Counted] = field(
        default_factory=lambda: MappingProxyType(
            {
                "years": counted("number", "{number} year", "{number} years"),
                "months": counted("number", "{number} month", "{number} months"),
                "days": counted("number", "{number} day", "{number} days"),
            }
        )
    )
    many_units: Mapping[str, str] = field(
        default_factory=lambda: MappingProxyType({"years": "years", "months": "months", "days": "days"})
    )
    one_unit: Mapping[str, str] = field(
        default_factory=lambda: MappingProxyType({"years": "year", "months": "month", "days": "day"})
    )
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
    day: str = "{day} {month} {year}"

    # --- how many answers ----------------------------------------------------------------------------------------
    any_of: str = "at least one"
    all_of: str = "all"
    none_of: str = "none"
    not_all_of: str = "not all"
    least_of: str = "at least {number}"
    most_of: str = "at most {number}"
    exactly_of: str = "exactly {number}"
    range_of: str = "{low} to {high}"
    bounds_of: str = "at least {low} and at most {high}"
    fewer_of: str = "fewer than {number}"
    more_of: str = "more than {number}"
    outside_of: str = "fewer than {low} or more than {high}"
    so_many: str = "{quantity} of {answers} {predicate}"
    as_many: str = "of {answers}, {quantity} {predicate}"
    number_named: str = "as many as {number}"
    not_so: str = "it does not hold that {text}"
    counted_where: str = "{text}, counting only those where {condition}"
    asked_where: str = "{text}, looking only at those where {condition}"

    # --- conditions ----------------------------------------------------------------------------------------------
    all_hold: str = "all of these hold"
    any_holds: str = "at least one of these holds"
    not_all_hold: str = "not all of these hold"
    none_holds: str = "none of these holds"
    named: str = "the condition '{name}' holds"
    not_named: str = "the condition '{name}' does not hold"
    unsettled: str = "the policy leaves this open: {text}"
    or_has_no_value: str = "{text}, or has no value"
    or_has_no_level: str = "{text}, or has no level"
    level_of: str = "'{assessment}'"
    or_higher: str = "{is_} {level} or higher"
    or_lower: str = "{is_} {level} or lower"
    level_between: str = "{is_} {low} to {high}"
    lower_than: str = "{is_} lower than {level}"
    higher_than: str = "{is_} higher than {level}"

    # --- measures ------------------------------------------------------------------------------------------------
    with_meaning: str = "{name} ({meaning})"
    years: str = "completed years from {start} to {end}"
    months_between: str = "completed months from {start} to {end}"
    days: str = "days from {start} to {end}"
    constant: str = "always {number}"
    sum: str = "the sum of these"
    highest: str = "the highest of these"
    lowest: str = "the lowest of these"
    sum_of_one: str = "{text}, added up"
    highest_of_one: str = "{text}, of which the highest counts"
    lowest_of_one: str = "{text}, of which the lowest counts"
    count_of: str = "how many of {answers} {predicate}"
    count_within: str = "the greatest number of {answers} that {predicate}"
    count_of_one: str = "1 if {answers} {predicate}, otherwise 0"
    count_levels: str = "how many of {assessments} {predicate}"
    product: str = "{numbers} multiplied together"
    quotient: str = "{first} divided by {second}"
    quotient_of_named: str = "{first} divided by {second}; where {second} is 0 there is no value"
    as_given: str = "the number given as {answers}"
    as_given_many: str = "the numbers given as {answers}"
    points_for: str = "the points for {answers}"
    points_of: str = "the points for {number}"
    points: str = "{values}: {points}"
    point_words: Counted = counted("number", "{number} point", "{number} points")
    points_measure: str = "as many points as {number}"
    any_other: str = "any other answer that is known"
    up_to: str = "up to {high}"
    below: str = "less than {high}"
    more_up_to: str = "more than {low}, up to {high}"
    more_below: str = "more than {low} and less than {high}"
    from_up_to: str = "{low} or more, up to {high}"
    from_below: str = "{low} or more, but less than {high}"
    above: str = "more than {low}"
    from_on: str = "{low} or more"
    any_number: str = "any number"
    scale_where: str = "where {condition}"
    scale_otherwise: str = "otherwise"
    scale_none: str = "where none of these holds, it counts 0"
    itself: str = "the number itself"
    times: str = "{text}, multiplied by {number}"
    taken_away: str = "{text}, taken away"
    only_where: str = "{text}, only where {condition}"
    rounded: Mapping[str, str] = field(
        default_factory=lambda: MappingProxyType(
            {
                "half-up": "rounded to the nearest whole number, a half upwards",
                "down": "rounded down to a whole number",
                "up": "rounded up to a whole number",
                "half-even": "rounded to the nearest whole number, a half to the even one",
                "half-open": "rounded to the nearest whole number; at exactly a half both neighbours stay possible",
            }
        )
    )
    rounded_places: Mapping[str, str] = field(
        default_factory=lambda: MappingProxyType(
            {
                "half-up": "rounded to {places}, a half upwards",
                "down": "rounded down to {places}",
                "up": "rounded up to {places}",
                "half-even": "rounded to {places}, a half to the even one",
                "half-open": "rounded to {places}; at exactly a half both neighbours stay possible",
            }
        )
    )
    places: Counted = counted("number", "{number} decimal place", "{number} decimal places")
    with_rounding: str = "{text}; {rounding}"
    missing_unknown: str = (
        "If an answer is missing or not known, this number is known only between the least and the most "
        "that the missing answers allow."
    )
    missing_date: str = "If one of the dates is missing, this number is not known."
    missing_zero: str = (
        "If an answer is missing or not known in a complete form, it counts 0; in a draft it stays open."
    )
    missing_count_zero: str = (
        "If an answer is missing or not known in a complete form, it is not counted; in a draft it stays open."
    )
    missing_prorated: str = (
        "If answers are missing or not known, the sum of those given is scaled up to all the questions that apply"
        "{rounding}. At least {number} must be answered; with fewer there is no value. In a draft every gap stays open."
    )
    prorated_rounding: str = ", {rounding}"

    # --- rules ---------------------------------------------------------------------------------------------------
    band_from_to: str = "{low} to {high}"
    band_from: str = "{low} or more"
    band_from_below: str = "{low} or more, but less than {high}"
    band_to: str = "up to {high}"
    band_above_to: str = "more than {low}, up to {high}"
    band_above: str = "more than {low}"
    band_below: str = "less than {high}"
    lies_in_band: str = "{number} is {band}"
    level_is_among: str = "{sources} is {level}"
    raised_one: str = "the level is raised by one"
    raised: str = "the level is raised by {number}"
    not_above: str = "{text}, but not above {level}"
    lowered_one: str = "the level is lowered by one"
    lowered: str = "the level is lowered by {number}"
    not_below: str = "{text}, but not below {level}"
    is_then_at_least: str = "the level is then {level} at the least"
    is_then_at_most: str = "the level is then {level} at the most"
    not_lower: str = "not lower than {level}"
    not_higher: str = "not higher than {level}"
    suggested: str = "the suggested level"
    above_suggested_one: str = "one level above the suggested one"
    above_suggested: str = "{number} levels above the suggested one"
    below_suggested_one: str = "one level below the suggested one"
    below_suggested: str = "{number} levels below the suggested one"


ENGLISH = Sayings()


def brief(sayings: Sayings) -> Sayings:
    """Return the phrases for conditions that stand on a form beside a question: "4.1 'Present?' is Yes"."""
    return replace(sayings, the_answer=sayings.bare, the_date=sayings.bare, the_box=sayings.bare)
