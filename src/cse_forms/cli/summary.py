"""What `cse-forms show` tells of a form."""

from __future__ import annotations

from collections.abc import Iterator

from cse_forms.checking.remarks import remarks
from cse_forms.forms import Form
from cse_forms.schema.items import Question, Section, Table, walk


def summary(form: Form) -> Iterator[str]:
    """Yield the lines that describe a form."""
    definition = form.definition
    words = definition.words
    yield f"{form.title}"
    yield f"{form.id} {form.version}, {words.status}, {words.language}, {form.digest}"
    yield ""
    yield "Sources"
    for source in words.sources:
        yield f"  {source.title} ({source.file}){f' - {source.note}' if source.note else ''}"
    yield ""
    yield "Sections"
    for item in definition.root.children.values():
        yield from _section(item, "  ")
    for assessment in words.assessments:
        yield ""
        yield f"Assessment: {assessment.title}"
        for level in assessment.levels:
            yield f"  {level.title}"
            for rule in assessment.rules:
                if rule.level == level.id:
                    yield f"    {rule.because}"
            if assessment.otherwise is not None and assessment.otherwise.level == level.id:
                yield f"    {assessment.otherwise.because}"
    found = list(remarks(definition))
    for kind in ("withheld", "mended", "doubtful", "derived"):
        listed = [remark for remark in found if remark.kind == kind]
        if listed:
            yield ""
            yield kind.capitalize()
            for remark in listed:
                yield f"  {remark.pointer}: {remark.text}"


def _section(item: Question | Section | Table, indent: str) -> Iterator[str]:
    number = f"{item.number} " if item.number else ""
    if isinstance(item, Question):
        yield f"{indent}{number}{item.title} ({item.pointer}, {item.kind})"
        return
    questions = sum(isinstance(below, Question) for below in walk(item))
    asked = f"{questions} question{'' if questions == 1 else 's'}" if questions else "guidance"
    yield f"{indent}{number}{item.title} ({item.pointer}, {asked})"
    for child in item.children.values():
        if isinstance(child, Section) and not child.is_row:
            yield from _section(child, f"{indent}  ")
