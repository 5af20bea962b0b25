"""What is awkward in a definition that is none the less right: it may be meant so, and often is not."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice

from cse_forms import pointers
from cse_forms.schema.checks.ages import doubtful_limits
from cse_forms.schema.checks.at_once import never_asked, never_together
from cse_forms.schema.checks.counted import counted_twice
from cse_forms.schema.checks.form import FormDocument
from cse_forms.schema.checks.outside import left_out
from cse_forms.schema.checks.possibilities import Possibilities
from cse_forms.schema.checks.said import Said, conditions_in, said_conditions
from cse_forms.schema.checks.truths import Truths
from cse_forms.schema.checks.unread import unread_items
from cse_forms.schema.checks.wording import wording_warnings
from cse_forms.schema.conditions import (
    AllCondition,
    AnyCondition,
    ItemsCondition,
    MeasureCondition,
    NamedCondition,
    NotCondition,
)
from cse_forms.schema.definition import Definition
from cse_forms.schema.faults import Awkward
from cse_forms.schema.places import ROW

MAX_WARNINGS = 100


def find_warnings(definition: Definition) -> list[Awkward]:
    """Return what is awkward in a definition, in no order; of very much, the beginning."""
    return list(islice(_all(definition), MAX_WARNINGS))


def _all(definition: Definition) -> Iterator[Awkward]:
    for pointer, question, others, term in counted_twice(definition):
        more = f" and {others} more" if others else ""
        yield Awkward(pointer, "counted-twice", f"{question}{more} counts here and in term {term} too")
    for pointer, title in unread_items(definition):
        message = f"no rule reads this, while what stands beside it is read: {title}"
        yield Awkward(pointer, "not-read", message)
    possibilities = Possibilities(definition)
    said = list(said_conditions(definition))
    certain = list(_certain(possibilities, said))
    yield from certain
    told = {one.pointer for one in certain}
    yield from _clashing(definition, [one for one in said if not any(at.startswith(one.at) for at in told)])
    for one in said:
        for limit in doubtful_limits(definition, one.words, one.condition) if one.words else ():
            message = f"the words say '{limit.words}', that is {limit.meant}; the condition takes {limit.said}"
            yield Awkward(one.at, "age-limit", message)
        yield from _not_over_nothing(possibilities, one)
    yield from {found.pointer: found for one in said for found in _of_any_row(definition, one)}.values()
    yield from wording_warnings(FormDocument(dict(definition.schema), definition.places))
    yield from (Awkward(*told) for told in left_out(possibilities))
    yield from (Awkward(at, "never-asked", message) for at, message in never_asked(definition))


def _of_any_row(definition: Definition, said: Said) -> Iterator[Awkward]:
    """What is asked for each row, and looks at all of them: one row then speaks for every other one."""
    for inner in conditions_in(definition, said):
        condition, row = inner.condition, inner.row
        if not isinstance(condition, ItemsCondition) or row is None or not row.is_row or condition.every:
            continue
        if condition.at_least is not None or condition.at_most is not None:
            continue
        absolute = tuple(one for one in condition.items if not (isinstance(one, str) and one.startswith("./")))
        beside = [one for one in definition.select(absolute) if one.keys[: len(row.keys) - 1] == row.keys[:-1]]
        own = [one for one in beside if one.keys[: len(row.keys)] == row.keys]
        if own and (ROW in row.keys or len(beside) > len(own)):
            key = pointers.join(own[0].keys[len(row.keys) :])
            message = f"this asks whether any row is so, and not this row; for the row itself say '.{key}'"
            yield Awkward(inner.at, "any-row", message)


def _certain(possibilities: Possibilities, said: list[Said]) -> Iterator[Awkward]:
    """What no answer can make hold, or none can make fail; what stands in a shape, if that is so in every row."""
    found: dict[str, list[Truths]] = {}
    shown: dict[str, Said] = {}
    for one in said:
        told: set[str] = set()
        for inner in reversed(list(conditions_in(possibilities.definition, one))):
            # What is certain inside another condition is told there; a named one, where it is said.
            if inner.at in told or isinstance(inner.condition, NamedCondition):
                continue
            truths = possibilities.of_condition(inner.condition, inner.row)
            found.setdefault(inner.at, []).append(truths)
            shown[inner.at] = inner
            if _is_certain([truths]):
                told |= set(_around(inner.at, one.at))
    for at, truths_found in found.items():
        if _is_certain(truths_found):
            never = not truths_found[0].holds
            reason = _reason(possibilities, shown[at]) if never else ""
            code, message = ("never-holds", "hold") if never else ("always-holds", "fail")
            yield Awkward(at, code, f"no answer can make this {message}{reason}")


def _clashing(definition: Definition, said: list[Said]) -> Iterator[Awkward]:
    """What asks different answers of one question at once, be it what shows that question."""
    for one in said:
        pointer = None if one.at.endswith("/showWhen") else never_together(definition, one.condition, one.row)
        if pointer is not None:
            message = f"no answer can make this hold: {pointer} would have to be two things at once"
            yield Awkward(one.at, "never-holds", message)


def _around(at: str, outermost: str) -> Iterator[str]:
    """Yield the pointers of all that a part stands in, up to one of them."""
    while len(at) > len(outermost):
        at = at.rpartition("/")[0]
        yield at


def _is_certain(truths: list[Truths]) -> bool:
    """Whether something never holds, wherever it is asked, or never fails."""
    return not any(one.holds for one in truths) or not any(one.fails for one in truths)


def _reason(possibilities: Possibilities, said: Said) -> str:
    condition = said.condition
    if isinstance(condition, ItemsCondition) and isinstance(condition.at_least, int) and not condition.every:
        most = possibilities.most_matching(condition, said.row)
        return f": at most {most} of the selected answers can match, and {condition.at_least} must"
    return ""


def _not_over_nothing(possibilities: Possibilities, said: Said) -> Iterator[Awkward]:
    """A `not` over a measure without a value: over such a one nothing holds, and so the `not` does."""
    for inner in conditions_in(possibilities.definition, said):
        if not isinstance(inner.condition, NotCondition):
            continue
        asked = inner.condition.not_
        members = asked.all if isinstance(asked, AllCondition) else asked.any if isinstance(asked, AnyCondition) else ()
        for one in members or (asked,):
            if (
                isinstance(one, MeasureCondition)
                and one.match.answered is None
                and possibilities.reaches[one.measure].may_be_absent
            ):
                message = f"this holds too where '{one.measure}' has no value; ask for 'answered' beside it"
                yield Awkward(inner.at, "not-over-no-value", message)
                break
