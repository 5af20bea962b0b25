"""How an evaluation is told to people: the level on what is recorded first, then what is open, and why."""

from __future__ import annotations

from typing import Any

from cse_forms import get_form
from cse_forms.document import tree


def panels(form: str, answers: dict[str, Any], *, draft: bool = False) -> list[tree.Panel]:
    blocks = get_form(form).document(answers, draft=draft).outcome_blocks
    return [block for block in blocks if isinstance(block, tree.Panel)]


def texts(panel: tree.Panel) -> list[str]:
    return [words.text for words in panel.blocks if isinstance(words, tree.Paragraph)]


def terms(panel: tree.Panel) -> dict[str, tuple[str, ...]]:
    return dict(term for words in panel.blocks if isinstance(words, tree.TermList) for term in words.terms)


NOT_KNOWN = {"taking-place": "not-known"}
ALL_NOT_KNOWN = dict.fromkeys(
    (
        "under-13",
        "exchanging-sexual-activities",
        "coercing-others",
        "taken-or-trafficked",
        "abduction",
        "online-grooming",
    ),
    NOT_KNOWN,
)
NO_ASSOCIATION = {"association-suspected": "no", "association-known": "no", "beyond-threshold": "no"}


def test_nothing_is_suggested_while_nothing_is_recorded() -> None:
    suggested = panels("cse-toolbox", {})[0]
    assert suggested.label == "Suggested by the form: Overall Level of Risk"
    assert suggested.title == "Nothing is recorded yet that this depends on"
    assert suggested.blocks == ()


def test_not_known_alone_is_nothing_recorded() -> None:
    assert panels("cse-toolbox", {"actual": ALL_NOT_KNOWN})[0].title == "Nothing is recorded yet that this depends on"


def test_the_level_is_that_on_what_is_recorded_and_one_line_says_what_is_not_ruled_out() -> None:
    suggested = panels("cse-toolbox", {"actual": ALL_NOT_KNOWN, "summary": NO_ASSOCIATION})[0]
    assert suggested.title == "Standard, on what is recorded"
    assert texts(suggested)[0] == (
        "Not ruled out: Actual Abuse Taking Place (Not Known: 4.1-4.6). "
        "See 7.4 If Not Known state what further investigation needs to happen to be able to answer this question."
    )


def test_blank_and_not_known_answers_are_told_apart() -> None:
    suggested = panels("cse-toolbox", {"actual": {"abduction": NOT_KNOWN}, "summary": NO_ASSOCIATION})[0]
    assert "(Not Known: 4.5; not answered: 4.1-4.4, 4.6)" in texts(suggested)[0]


def test_a_level_that_is_certain_is_told_without_reservation() -> None:
    suggested = panels("cse-toolbox", {"actual": {"abduction": {"taking-place": "yes"}}})[0]
    assert suggested.title == "Actual Abuse Taking Place"
    assert texts(suggested) == []
    assert terms(suggested)["Actual Abuse Taking Place: There are indicators of actual sexual abuse in the case."] == (
        "4.5 Abduction and/or false imprisonment. - Is this form of abuse taking place? Yes",
    )


def test_a_level_comes_with_the_interventions_of_those_that_it_includes() -> None:
    answers = {"summary": {**NO_ASSOCIATION, "association-known": "yes"}}
    interventions = terms(panels("cse-toolbox", answers)[0])["Suggested interventions"]
    assert interventions[0] == "Educate to keep safe."
    assert interventions[-1].startswith("Agree a multi-agency protection plan")
    assert len(interventions) == 3 + 4 + 2


def test_the_judgement_stands_beside_the_suggestion_and_is_never_changed() -> None:
    answers = {"summary": {**NO_ASSOCIATION, "overall-level": "high", "reason": "What the school reported."}}
    suggested, judgement = panels("cse-toolbox", answers)[:2]
    assert suggested.title == "Standard, on what is recorded"
    assert judgement.label == "Practitioner's judgement: Overall Level of Risk"
    assert judgement.title == "High (the form suggests Standard)"
    assert texts(judgement) == ["Reason: What the school reported."]


def test_a_judgement_that_differs_without_a_reason_says_so() -> None:
    judgement = panels("cse-toolbox", {"summary": {**NO_ASSOCIATION, "overall-level": "high"}})[1]
    assert texts(judgement) == ["No reason is given"]


def test_prompts_come_by_urgency_and_say_what_prompted_them() -> None:
    answers = {
        "actual": {"abduction": {"taking-place": "yes"}},
        "suspected": {"family": {"unexplained-absence": {"present": True, "notes": "Four evenings"}}},
    }
    prompts = [panel for panel in panels("cse-toolbox", answers) if panel.kind in {"immediate", "soon", "consider"}]
    assert [(prompt.kind, prompt.label) for prompt in prompts] == [
        ("immediate", "Act immediately"),
        ("soon", "Act soon"),
        ("consider", "Consider"),
    ]
    assert [texts(prompt)[-1] for prompt in prompts] == ["Prompted by: 4.5", "Prompted by: 5.5", "Prompted by: 5.5"]


def test_findings_name_the_question_by_its_number_and_words() -> None:
    findings = next(panel for panel in panels("cse-toolbox", {}) if panel.kind == "findings")
    assert findings.blocks == (
        tree.BulletList(
            items=(
                "3.1 Name: This must be answered.",
                "3.12 Name: This must be answered.",
                "3.14 Date Completed: This must be answered. Give the date as year-month-day, such as 2026-03-31.",
            )
        ),
    )


def test_an_induction_that_is_not_complete_says_what_is_missing() -> None:
    done = {"answer": "By its signs", "date-achieved": "2026-02-03", "signature": "M. Manager"}
    answers = {
        "induction": {"name": "N. Starter"},
        "checklist": {"recognise": done, "initial-response": done, "contacts": {**done, "signature": ""}},
    }
    suggested = panels("wolverhampton-induction", answers)[0]
    assert suggested.title == "Not complete"
    [missing] = texts(suggested)
    assert missing.startswith("Still missing for Complete: Who are the key contacts and agencies")
    assert missing.endswith(" - Managers signature on completion.")


def overview(answers: dict[str, Any], *, draft: bool = False) -> tree.Row:
    blocks = get_form("wales-strength-concern").document(answers, draft=draft).outcome_blocks
    table = next(block for block in blocks if isinstance(block, tree.Table))
    assert table.columns == ("Strengths recorded", "Concerns recorded", "Items untouched")
    assert len(table.rows) == 9
    return next(row for row in table.rows if row.header == "Safeguarding and Protection")


SAFEGUARDING = {"safeguarding": {"family-needs": {"concern": "A brother is on a plan"}}}


def test_the_overview_counts_for_each_area_and_names_the_items_that_are_untouched() -> None:
    cells = overview(SAFEGUARDING).cells
    assert cells[0] == (tree.Paragraph(text="0"),)
    assert cells[1] == (tree.Paragraph(text="1"),)
    assert isinstance(cells[2], tuple)
    assert cells[2][0] == tree.Paragraph(text="3")
    assert isinstance(cells[2][1], tree.BulletList)
    assert len(cells[2][1].items) == 3


def test_the_overview_of_a_draft_says_what_is_recorded_so_far() -> None:
    cells = overview(SAFEGUARDING, draft=True).cells
    assert cells[1] == (tree.Paragraph(text="1 so far"),)
    assert isinstance(cells[2], tuple)
    assert cells[2][0] == tree.Paragraph(text="up to 3")


def test_a_form_that_finds_nothing_says_so() -> None:
    said = panels("scotland-checklist", {}, draft=True)
    assert [texts(panel) for panel in said] == [["No prompt applies, and nothing was found to look at again."]]
