"""The steps in which a form is filled in section by section."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING

from cse_forms.passages import strung
from cse_forms.schema.items import Question, Section

if TYPE_CHECKING:
    from cse_forms.schema.definition import Definition


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """What one page shows: a section, or questions that stand in none one after another."""

    title: str
    """Its title, with its own number where it has one."""
    keys: tuple[str, ...]
    """Of the parts of the form that it shows."""


def steps_of(definition: Definition) -> tuple[Step, ...]:
    """Return the steps of a form, in its order."""
    found: list[Step] = []
    for is_section, group in groupby(definition.root.children.items(), lambda pair: isinstance(pair[1], Section)):
        parts = list(group)
        if is_section:
            found += [Step(title=_named(item.number, item.title), keys=(key,)) for key, item in parts]
        else:
            first = parts[0][1]
            title = first.full_title if isinstance(first, Question) else first.title
            found.append(Step(title=_named(first.number, title), keys=tuple(key for key, _ in parts)))
    return tuple(found)


def _named(number: str | None, title: str) -> str:
    return strung(" ", (number, title)) if number else title
