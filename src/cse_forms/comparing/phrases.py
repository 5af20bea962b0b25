"""What is said of two versions, for those who own a form and write no programs."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True, kw_only=True)
class OutcomePhrases:
    """What is said of a response by two versions."""

    assessment: str = "{title}"
    judgement: str = "What may be decided on {title}"
    measure: str = "The number '{title}'"
    prompt: str = "The prompt '{title}'"
    check: str = "The check '{title}'"
    no_such_assessment: str = "no such assessment"
    no_such_number: str = "no such number"
    clash: str = "no level, since rules hold that give different levels"
    no_level: str = "no level"
    nothing_recorded: str = "nothing recorded yet; not ruled out: {levels}"
    not_ruled_out: str = "{level} on what is recorded; not ruled out: {levels}"
    permitted: str = "{levels} permitted"
    none_permitted: str = "no level permitted"
    decided: str = "{text}; {level} decided on"
    shown: str = "shown, {urgency}"
    not_shown: str = "not shown"
    holds: str = "holds"
    fails: str = "does not hold"
    urgencies: Mapping[str, str] = field(
        default_factory=lambda: {"immediate": "act immediately", "soon": "act soon", "consider": "to be considered"}
    )


SAID = OutcomePhrases()


@dataclass(frozen=True, slots=True, kw_only=True)
class KindPhrases:
    """What kind of change it is, and why."""

    none: str = "Nothing changed but the name or the version."
    patch: str = "Words for people changed, and nothing else: a patch."
    minor: str = (
        "Every response to the old version is valid under the new one and comes to the same outcome: a minor change."
    )
    major: str = (
        "Responses to the old version are not all valid, come to something else, or are misread: a major change."
    )
    not_decided: str = (
        "It was not decided whether every response to the old version is valid and comes to the same outcome. Treat it "
        "as a major change."
    )
    accepts_by_structure: str = "No question asks for more than before, and none that was there is gone."
    accepts_by_proof: str = "It is proved for all answers that nothing is required now that was not required before."
    accepts_not: str = "The new version refuses a response that the old one accepts."
    accepts_open: str = (
        "The new version may refuse what the old one accepts, and no response was found that shows it: {places}."
    )
    outcome_by_structure: str = "All that the outcome is worked out from means the same as before."
    outcome_by_proof: str = "It is proved for all answers that the outcome is the same."
    outcome_not: str = "A response comes to something else."
    outcome_open: str = "The policy changed, no response was found that shows another outcome, and {why}: {parts}."
    no_solver: str = "whether there is one could not be proved without z3-solver (pip install 'cse_forms[verify]')"
    no_proof: str = (
        "it could not be proved that there is none, for lack of time or since a table may have any number of rows"
    )
    not_looked_further: str = (
        "since the new version refuses old responses, it was not tried to prove that there is none"
    )
    exchanged: str = (
        "Words changed places in {where}: what is recorded as '{key}' read '{old}', and would read '{new}', as "
        "'{other}' did. Old answers would say what nobody meant. Put the words back, or give what means something "
        "else a new key."
    )
    whole: str = "the form"
    same_meaning: str = (
        "Whether the new words mean the same cannot be told by comparing. A question or an option that means something "
        "else now needs a new key, or old answers would be misread."
    )
    may_be_carried: str = "Questions or options have another key now; a migration can carry their answers over."


KINDS = KindPhrases()


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangePhrases:
    """What changed, as those would say it who own the form."""

    # --- items ---
    question: str = "question {name}"
    option: str = "the option '{title}' of {item}"
    added: str = "{item} was added."
    removed: str = "{item} was removed."
    moved: str = "{item} was moved: it stood in {old} and stands in {new} now."
    moved_under: str = "Its key was '{old}' and is '{new}' now."
    renamed: str = "{item} has another key: '{old}' became '{new}'."
    likely: str = "That it is the same is likely by its words, and not certain: look at it again."
    not_carried: str = "Answers under the old key are not accepted any more; a migration can carry them over."
    holds: str = "It holds {questions}."
    others: str = "{count} more"
    lost_option: str = "A response that chose it is not valid any more."
    not_carried_option: str = "A response that chose it is not valid any more; a migration can carry it over."
    more_places_one: str = "the other place where the same is asked"
    more_places: str = "the {count} other places where the same is asked"
    lost: str = "Answers given to it are not accepted any more."
    reordered: str = "{item} stands in another place: after {after}."
    reordered_first: str = "{item} stands in another place: first."
    reworded: str = "The {aspect} of {item} has other words."
    given: str = "{item} has other words: {aspect} was added."
    taken: str = "{item} has other words: {aspect} was taken out."
    alike: str = "The same goes for {count}."
    aspects: Mapping[str, str] = field(
        default_factory=lambda: {
            "title": "title",
            "description": "description",
            "hint": "hint",
            "number": "number",
            "row-header": "heading of the first column",
            "column": "heading of a column",
            "guidance": "guidance",
            "provenance": "note on where it comes from",
            "comment": "comment",
            "because": "reason",
            "text": "text",
            "interventions": "list of interventions",
            "includes": "note on the level below",
            "language": "language",
            "sources": "list of sources",
            "withheld": "list of withheld passages",
        }
    )
    option_added: str = "{item} offers '{title}' now."
    option_removed: str = "{item} does not offer '{title}' any more."
    option_renamed: str = "The option '{title}' of {item} has another value: '{old}' became '{new}'."
    option_order: str = "The options of {item} stand in another order: {options}."
    option_unknown: str = "The option '{title}' of {item} now says that the answer is not known."
    option_known: str = "The option '{title}' of {item} no longer says that the answer is not known."
    option_weight: str = "The option '{title}' of {item} weighs {new}; it weighed {old}."
    nothing: str = "nothing"
    kind: str = "{item} asks for {new}; it asked for {old}."
    kinds: Mapping[str, str] = field(
        default_factory=lambda: {
            "text": "words",
            "date": "a date",
            "integer": "a whole number",
            "number": "a number",
            "tick": "a tick",
            "choice": "one option",
            "choices": "any of several options",
        }
    )
    accepts: str = "{item} accepts other answers: {constraints}."
    constraint: str = "{name}: {new} now, {old} before"
    constraints: Mapping[str, str] = field(
        default_factory=lambda: {
            "minimum": "the least number",
            "maximum": "the greatest number",
            "exclusiveMinimum": "the number that it must be above",
            "exclusiveMaximum": "the number that it must be below",
            "multipleOf": "the number that it must be a multiple of",
            "minLength": "the fewest characters",
            "maxLength": "the most characters",
            "minItems": "the fewest entries",
            "maxItems": "the most entries",
            "pattern": "the pattern",
            "format": "the format",
            "uniqueItems": "each entry once",
            "type": "the kind of value",
        }
    )
    not_said: str = "not set"
    default: str = "A blank in {item} means {new} in a complete response; it meant {old}."
    no_default: str = "nothing"
    added_needed: str = "It must be answered in every complete response."
    added_needed_where: str = "It must be answered where {condition}."
    added_asked_where: str = "It is asked where {condition}."
    added_options: str = "It offers {options}."
    needed: str = "{item} must be answered in every complete response now."
    not_needed: str = "{item} need not be answered any more."
    needed_where: str = "{item} must be answered where {condition}."
    was_needed: str = "Before: {when}."
    in_every_case: str = "in every complete response"
    in_no_case: str = "in none"
    where: str = "where {condition}"
    asked_always: str = "{item} is always asked now."
    asked_where: str = "{item} is asked where {condition}."
    was_asked: str = "Before: {when}."
    always: str = "always"
    own_rules: str = "The rules that {item} has for its answers together are others."
    layout: str = "{item} is set out in another way: {changes}."
    layout_words: Mapping[str, str] = field(
        default_factory=lambda: {
            "layout": "layout",
            "lines": "lines of room",
            "rows": "empty rows",
            "assessment": "assessment shown",
            "tags": "marks",
        }
    )
    languages: str = "Into which languages {item} must be translated before it is published: {new}; before: {old}."
    no_languages: str = "none"
    header: str = "Other questions tell one completed form from another: {new}; it was {old}."
    whole: str = "the form"

    # --- the policy ---
    assessment: str = "the assessment '{title}'"
    level: str = "the level '{title}' of '{assessment}'"
    levels_order: str = "The levels of '{title}' stand in another order: {levels}."
    levels_ranked: str = "The levels of '{title}' are ordered from the lowest to the highest now."
    levels_unranked: str = "The levels of '{title}' have no order any more."
    rule: str = "rule {number} of '{assessment}'"
    adjustment: str = "adjustment {number} of '{assessment}'"
    adjustments_order: str = "The adjustments of '{title}' are made in another order."
    otherwise: str = "what '{title}' comes to where no rule holds"
    judgement: str = "what may be decided on '{title}'"
    follow_up: str = "Another question asks what is to be done about what is not known of '{title}'."
    measure: str = "the number {name}"
    condition: str = "the named condition '{name}'"
    prompt: str = "the prompt '{text}'"
    check: str = "the check '{text}'"
    changed: str = "{item} changed."
    rephrased: str = "{item} is written in another way, and means the same."
    rewritten: str = "{item} is written in another way, and asks, says and decides the same."
    reads_the_same: str = "{item} is written in another way, and reads the same."
    before: str = "Before: {text}"
    now: str = "Now: {text}"
    urgency: str = "{item} says {new}; it said {old}."
    replaces: str = "{item} stands in the place of other prompts than before."
    other_id: str = "{item} has another id: '{old}' became '{new}'. Nothing depends on it."
    rule_level: str = "{level}, where {condition}"
    rule_bands: str = "by {number}: {bands}"
    rule_band: str = "{band}: {level}"
    rule_source: str = "the highest of {sources}"
    only_where: str = "{text}, only where {condition}"
    no_level: str = "no level"
    may_differ: str = "recorded at {level}; it may be any level"
    limited: str = "recorded at {level}; {limits}"
    limit_where: str = "{limit}, where {condition}"
    applies_where: str = "it applies where {condition}"
    applies_always: str = "it always applies"
    applies: str = "when '{title}' applies"
    shown_always: str = "it is always shown"
    shown_where: str = "it is shown where {condition}"
    untitled: str = "without words"


CHANGES = ChangePhrases()


@dataclass(frozen=True, slots=True, kw_only=True)
class PagePhrases:
    """What stands on the page that shows a comparison."""

    title: str = "What changed: {form}"
    reference: str = "{old} and {new}"
    skip: str = "Skip to what changed"
    old: str = "Old version"
    new: str = "New version"
    kind: str = "Kind of change"
    kinds: Mapping[str, str] = field(
        default_factory=lambda: {
            "none": "none",
            "patch": "patch: words alone",
            "minor": "minor: old responses stay valid and come to the same",
            "major": "major: old responses are refused, misread, or come to something else",
            "not-decided": "not decided: treat it as major",
        }
    )
    examples: Mapping[str, str] = field(
        default_factory=lambda: {
            "acceptance": "A response that is refused now",
            "outcome": "A response that comes to something else",
        }
    )
    areas: Mapping[str, str] = field(
        default_factory=lambda: {"form": "The form", "questions": "Questions", "policy": "Policy"}
    )
    draft: str = "A made-up draft of a response to the old version:"
    complete: str = "A made-up response to the old version:"
    no_answers: str = "nothing answered"
    no_rows: str = "no rows"
    empty_row: str = "a row with nothing in it"
    nothing: str = "nothing chosen"
    answer: str = "{question}: {answer}"
    refused: str = "The new version refuses it:"
    differs: str = "The two versions do not say the same of it:"
    difference: str = "{about}. Old version: {old}. New version: {new}."
    before: str = "Before: "
    now: str = "Now: "
    marks: Mapping[str, str] = field(default_factory=lambda: {"deleted": "out", "inserted": "in"})


PAGE = PagePhrases()
