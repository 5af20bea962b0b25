"""The rules that `check` holds definitions against: what each code means, and what to do about it."""

from __future__ import annotations

from typing import Literal, NamedTuple


class Rule(NamedTuple):
    """One rule."""

    meaning: str
    """What is wrong where its code is told."""
    remedy: str
    """What to do."""
    severity: Literal["error", "warning"] = "error"


def rule_of(code: str) -> Rule:
    """Return what a code stands for."""
    return RULES[code]


def _warning(meaning: str, remedy: str) -> Rule:
    return Rule(meaning, remedy, "warning")


RULES: dict[str, Rule] = {
    # The file
    "not-json": Rule(
        "The file is no JSON, so that nothing in it can be read.",
        "Look at the place that is named and just before it: a comma, a bracket or a quotation mark is missing or too "
        "many. Save the file as UTF-8.",
    ),
    "not-an-object": Rule(
        "The file holds JSON, and not the object that is needed.",
        "Begin the file with a curly bracket, as the examples of the documentation do.",
    ),
    "unreadable": Rule("The file cannot be read.", "See that it is a file of its own, and that you may read it."),
    "unknown-file": _warning(
        "A file beside a definition has a name that is not read, and is near to one that is.", "Rename the file."
    ),
    "too-large": Rule(
        "The definition is larger than any form needs, so that it might never be done with.",
        "Look for what was copied by mistake, or divide the form into several.",
    ),
    "too-deep": Rule(
        "Sections are nested, or measures and conditions read one another, deeper than any form needs.",
        "Bring them nearer to the top, and leave steps between out.",
    ),
    "too-many-faults": Rule(
        "There are so many faults that the search was ended.", "Mend those that are told, and check again."
    ),
    "inexact-number": Rule(
        "A number has more digits than all programs keep.", "Use at most 15 digits, or make it a text."
    ),
    # Words
    "unknown-word": Rule(
        "A word is not known where it stands, so that nobody would heed it.",
        "Look for a slip of the pen; the format lists every word, and where it belongs. Capital letters count.",
    ),
    "missing-word": Rule("A word is missing that must be there.", "Add it; the format says what it holds."),
    "wrong-kind": Rule(
        "Another kind of value is needed, such as a number where a text stands.",
        "Write the kind of value that is named. Texts stand in quotation marks; numbers, true and false do not.",
    ),
    "wrong-pattern": Rule("A text is not of the form that is needed.", "Write it as the example in the message."),
    "out-of-bounds": Rule(
        "A number is too large or too small, or a text or list too long or too short.",
        "Keep within the bounds that are named.",
    ),
    "contradiction": Rule(
        "Words stand beside one another that do not go together, or one lacks the other.",
        "Leave one out, or add what belongs to it, as the message says.",
    ),
    "null": Rule("A word says null, which means nothing.", "Leave the word out, or give it a value."),
    "word-out-of-place": Rule(
        "A word stands where it says nothing.", "Take it out, or write it where the message says that it belongs."
    ),
    "not-json-schema": Rule(
        "What stands there is no valid JSON Schema, so that other validators would refuse the form.",
        "Mend the rule at the place that is named, or take it out.",
    ),
    "unreadable-pattern": Rule(
        "A regular expression cannot be read, or may take for ever.",
        "Write it without look-around and back-references, and close every bracket.",
    ),
    "outside-reference": Rule(
        "A rule refers to something outside the document, or to what is not there.",
        "Refer to a shape under $defs of the same document.",
    ),
    # Which version it is
    "wrong-id": Rule(
        "The name under $id is not made of the form's id and version.", "Write the name that the message gives."
    ),
    "wrong-folder": Rule(
        "The file does not stand in the folder of its id and version.",
        "Rename the folders to <id>/<version>, or mend id and version in the file.",
    ),
    "not-recorded": Rule(
        "The version says that it is published, and the form's index does not know of it.",
        "Set its status to draft, and publish it with 'cse-forms publish'.",
    ),
    "changed-since": Rule(
        "A published version was changed. Responses were made with it, and it must stay as it was.",
        "Put the published file back, and make the change in a new version.",
    ),
    "wrong-base": Rule(
        "The base that a variant names is not to be found, or is not what the variant was made from.",
        "Put the base back as it was published, or carry the variant over to another version with 'cse-forms rebase'.",
    ),
    "wrong-operation": Rule(
        "An operation of a variant cannot be done, or what is built from it is no sound form.",
        "Look up in the base what the part is called, and mend the operation.",
    ),
    "not-built": Rule(
        "The form.json beside a variant.json is not what is built from it.",
        "Run 'cse-forms variant build'; if form.json was edited and is meant so, 'cse-forms variant capture'.",
    ),
    "misplaced-translation": Rule(
        "A translation stands beside another form, version or language than it says.",
        "Make the file's name and what it says of itself agree with where it stands.",
    ),
    "translation-of-nothing": Rule(
        "A translation is of a string that the form does not have.",
        "Move it to the string that it translates, or take it out.",
    ),
    "stale-translation": _warning(
        "The form's wording was changed since a string of it was translated, so that the translation is not shown.",
        "Have it translated again; 'cse-forms translate extract' marks it.",
    ),
    "untranslated": _warning(
        "Strings of the form are not translated into a language that it has, and are shown in the form's own.",
        "Give them to translators with 'cse-forms translate extract'.",
    ),
    "wrong-index": Rule(
        "The form's index.json is not as 'cse-forms publish' writes it.",
        "Put back the index that was published; it is not written by hand.",
    ),
    # Items
    "no-title": Rule("An item has no title, so that people could not tell what is asked.", "Give it a 'title'."),
    "no-kind": Rule(
        "A question does not say what kind of answer it takes.", "Say a 'type', or 'oneOf' with the options."
    ),
    "wrong-shape": Rule(
        "The words of an item do not fit together.",
        "A section has 'properties', a table 'items' with rows, a question with options 'oneOf' and no 'type'.",
    ),
    "not-closed": Rule(
        "A section lets any answers pass, so that one with a misspelt key would be lost.",
        'Say "additionalProperties": false in it.',
    ),
    "no-provenance": Rule(
        "An item does not say where its wording comes from.",
        "Say in its 'x-form' which 'source' and 'section' it comes from, or that it is 'derived' and why.",
    ),
    "no-source": Rule(
        "A source is named that is not listed.", "List it under 'sources' of the form's 'x-form', or mend its name."
    ),
    "required-while-hidden": Rule(
        "An answer must always be there, and its question is not always asked: nobody could complete the form.",
        "Take it out of the list 'required', and say \"required\": true in the question's own 'x-form'.",
    ),
    "blank-accepted": Rule(
        "A text is required, and an empty one would pass for an answer.", 'Say "minLength": 1 in the question.'
    ),
    "wrong-default": Rule(
        "What stands for a blank is no answer that the question takes.", "Give one of its answers, or no default."
    ),
    "option-twice": Rule(
        "Two options of one question have the same value or the same title.",
        "Give each a value and a title of its own, or take one out.",
    ),
    "no-shape": Rule("An item refers to a shape that is not there.", "Mend its name, or add the shape under $defs."),
    "levels-layout": Rule(
        "A table of levels does not have a question for each level of its assessment.",
        "Name the 'assessment', and have a question for each of its levels, in their order.",
    ),
    # Names
    "no-question": Rule(
        "A selector or pointer leads to no question.", "Mend its keys; they are those of the form, from the top."
    ),
    "no-row": Rule(
        "A selector begins with './', and there is no row that it could speak of.", "Begin it with a slash."
    ),
    "several-answers": Rule(
        "One answer is needed, and the pointer may lead to several.", "Name a question that is asked once."
    ),
    "not-a-date": Rule("A date is needed, and the question asks for none.", "Name a question that asks for a date."),
    "no-option": Rule("An option is named that the question does not have.", "Name one of its options."),
    "no-level": Rule("A level is named that the assessment does not have.", "Name one of its levels."),
    "unknown-name": Rule(
        "A measure, condition, assessment or prompt is named that is not there.", "Mend the name, or add what it names."
    ),
    "id-twice": Rule("Two things of one kind have the same id.", "Give one of them another id."),
    "circle": Rule(
        "Something depends on itself, so that it could never be worked out.",
        "Follow what it reads, and leave one of the steps out that lead back to it.",
    ),
    # Conditions, measures and levels
    "impossible-match": Rule(
        "An answer is asked for that the question cannot have, so that the condition would never hold.",
        "Ask for one of the answers that it can have.",
    ),
    "dates-compared": Rule(
        "Dates are compared with one another where each is looked at by itself.",
        "Name the date 'before' which it lies, or compare the dates in a condition of their own.",
    ),
    "not-ordered": Rule(
        "The levels have no order, and something asks for the higher of them.",
        "Name levels with 'match', or give the assessment an order.",
    ),
    "no-weight": Rule(
        "An option has no weight, so that it could not be added up.",
        "List every option under 'weights', or say 'else' for the others.",
    ),
    "wrong-weights": Rule(
        "Weights stand where numbers are, or steps where options are.", "Say 'weights' of options, 'steps' of numbers."
    ),
    "weighs-nothing": Rule(
        "A text or a date is added up, which is no number.", "Select questions with options or numbers."
    ),
    "never-reached": Rule(
        "A step or a choice takes all that is left, and others follow it.", "Put it last, or give it a bound."
    ),
    "steps-order": Rule("Steps do not ascend.", "List them from the least number to the greatest."),
    "steps-end": Rule(
        "Numbers can come out that are more than the last step takes.",
        "Let the last step have no bound, or limit the number.",
    ),
    "nothing-to-prorate": Rule(
        "Missing answers are to be made up for, and the measure takes no answers.", "Leave 'prorate' out."
    ),
    "bands-order": Rule(
        "Bands do not ascend, or nothing parts two of them.",
        "List them from the least number to the greatest, each with a 'from' or a 'to'.",
    ),
    "band-empty": Rule("No number can lie in a band.", "Mend its bounds, or take it out."),
    "band-gap": Rule("A number can come out that lies in no band.", "Let one band begin where the other ends."),
    "band-overlap": Rule("A number lies in two bands.", "Let one band begin after the other ends."),
    "level-order": Rule(
        "A level takes up what another has, which stands after it.", "List the levels from the lowest to the highest."
    ),
    "judgement-options": Rule(
        "The judgement is recorded in a question whose options are not the levels.",
        "Give the question one option for each level, with the level's id as its 'const'.",
    ),
    "rules-not-derived": Rule(
        "The rules for other validators do not say what 'showWhen' and 'required' say.",
        "Run 'cse-forms format' on the file.",
    ),
    # Scenarios
    "scenario-fails": Rule(
        "A scenario does not come out as its author expects.",
        "Mend the definition; or change the scenario, if the policy was meant to change.",
    ),
    "no-scenarios": _warning(
        "Nothing says what must come out, so that a slip in a rule would go unseen.",
        "Write scenarios.json beside the definition; 'cse-forms test --suggest' proposes some.",
    ),
    # Migrations
    "wrong-version": Rule(
        "A migration does not name the form and the versions between which it stands.",
        "Write the form's id, the version that responses come from, and the version beside which the file stands.",
    ),
    "migration-not-checked": Rule(
        "A migration cannot be held against its two versions, since one of them has faults.",
        "Mend the version, and check again.",
    ),
    "step-undecided": Rule(
        "A step of a migration is still to be decided.",
        "Answer what it asks in the step, and take the word 'decide' out.",
    ),
    "kinds-differ": Rule(
        "A step of a migration would make of an answer what it cannot become.",
        "Name something of the same kind; only texts are split and joined.",
    ),
    "rows-differ": Rule(
        "A step of a migration would take an answer out of its row, or put it into one.",
        "Keep it in the rows of one table, or drop it with the reason.",
    ),
    "step-twice": Rule(
        "Two steps of a migration say what becomes of the same answer.",
        "Join them into one step.",
    ),
    "written-twice": Rule(
        "Answers to two questions would come to the same place.",
        "Move or drop one of them.",
    ),
    "question-unaccounted": Rule(
        "A question of the older version is not in the newer one, and it is not said what becomes of its answers.",
        "Move them, or drop them with the reason.",
    ),
    "option-unaccounted": Rule(
        "An option of the older version is not in the newer one, and it is not said what becomes of such answers.",
        "Say under 'options' what they become, or drop them with the reason.",
    ),
    # What may be meant so, and often is not
    "never-asked": _warning(
        "No answers can lead to a question: what shows it cannot all be so at once.",
        "Mend its 'showWhen', or that of the section that holds it or of the questions that it reads.",
    ),
    "never-holds": _warning("No answer can make a condition hold.", "Ask for answers that can be given."),
    "always-holds": _warning("No answer can make a condition fail.", "Leave the condition out, or narrow it."),
    "cannot-match": _warning(
        "Some of the questions that are selected can never match.", "Select those alone that can."
    ),
    "any-row": _warning(
        "A condition on one row asks whether any row is so.",
        "Begin the selector with './' to speak of the row at hand.",
    ),
    "age-limit": _warning(
        "The words say one age, and the condition another.", "Under 13 is a 'maximum' of 12. Mend the one or the other."
    ),
    "not-over-no-value": _warning("A 'not' holds where a measure has no value, too.", "Ask for 'answered' beside it."),
    "counted-twice": _warning(
        "One sum takes the same answer twice.", "Take it out of one of the terms, unless it is meant so."
    ),
    "not-read": _warning(
        "No rule reads a question, while most of those beside it are read.",
        "Add it to the rule, unless it is meant so.",
    ),
    "outside-bands": _warning(
        "Numbers can come out below the first band or above the last.", "Let the first and the last band be open."
    ),
    "changes-nothing": _warning(
        "An adjustment leaves every level as it is.", "See whether the levels stand from the lowest to the highest."
    ),
    "same-title": _warning(
        "Two questions or sections beside one another have the same title.", "Give one of them another."
    ),
    "same-number": _warning("Two sections have the same number.", "Give one of them another."),
    "options-overlap": _warning(
        "An answer would fit two options of one question, or they differ in capital letters or signs alone.",
        "Let one option begin after the other ends, or word them apart.",
    ),
    "no-section": _warning(
        "The wording names a section by a number that no section has.", "Mend the number, or add the section."
    ),
}
"""Every rule, by the code that stays the same from release to release."""
