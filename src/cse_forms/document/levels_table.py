"""The levels of an assessment as a table, each with room for what was done."""

from __future__ import annotations

from collections.abc import Callable

from cse_forms.document import tree
from cse_forms.schema.items import Question, Section
from cse_forms.schema.vocabulary import Assessment


def levels_table(section: Section, assessment: Assessment, shown: Callable[[Question], tree.Question]) -> tree.Table:
    """Return the table of a section that is laid out by levels.

    Args:
        section: the section, with a question for each level.
        assessment: whose levels they are.
        shown: what gives a question as the document shows it.
    """
    questions = {key: child for key, child in section.children.items() if isinstance(child, Question)}
    headings = section.words.columns
    answers = next(iter(questions.values()))
    rows = []
    for level in assessment.levels:
        listed = (level.includes.text,) if level.includes else ()
        description = (tree.Paragraph(text=level.description),) if level.description else None
        interventions = (tree.BulletList(items=(*listed, *level.interventions)),)
        rows.append(
            tree.Row(
                header=level.title,
                cells=(
                    description,
                    interventions if interventions[0].items else None,
                    shown(questions[level.id]),
                ),
            )
        )
    return tree.Table(
        caption=section.title,
        row_header=section.words.row_header or assessment.title,
        columns=(headings.get("description", ""), headings.get("interventions", ""), answers.title),
        widths=(3, 7, 6, 4),
        rows=tuple(rows),
    )
