"""A variant carried over to a newer version of its base."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from cse_forms.errors import CseFormsError
from cse_forms.schema.definition import Definition
from cse_forms.schema.faults import suggestion
from cse_forms.schema.variant import Operation, VariantFile
from cse_forms.schema.vocabulary import Base
from cse_forms.schema.words import PATTERNS, VERSION, listed
from cse_forms.variants.applying import applied
from cse_forms.variants.building import Built, build
from cse_forms.variants.capturing import Reasons
from cse_forms.variants.deriving import derived
from cse_forms.variants.merging import Answer, Conflict, Merge
from cse_forms.variants.parts import split


@dataclass(frozen=True, slots=True, kw_only=True)
class Rebased:
    """What came of carrying a variant over."""

    variant: VariantFile | None
    """The variant of the newer base; None while a question is open, or where nothing sound comes out."""
    built: Built | None
    """What it builds to; its faults say why nothing sound comes out."""
    conflicts: tuple[Conflict, ...]
    """All that both sides changed, answered or not."""
    open: tuple[Conflict, ...]
    """Those that nobody has answered yet."""
    dropped: tuple[Operation, ...]
    """Operations of which nothing is left: the base now says the same, or its own was taken."""


def rebase(
    variant: VariantFile,
    base: Definition,
    newer: Definition,
    *,
    version: str,
    answers: Mapping[str, Answer] | None = None,
) -> Rebased:
    """Carry a variant over to a newer version of its base. What is in conflict waits for an answer.

    Args:
        variant: what differs from the base until now.
        base: the version that it names.
        newer: the version that it is carried over to.
        version: the variant's own new version.
        answers: what was decided, by the ids of conflicts. A part's name with "take" gives up what the variant does
            to that part.

    Raises:
        CseFormsError: an answer is to no question, the variant does not fit its own base, or its version is none.
    """
    if re.fullmatch(VERSION, version) is None:
        raise CseFormsError(f"'{version}' is no version; write {PATTERNS[VERSION]}")
    if wrong := build(variant, base).faults:
        told = "; ".join(f"{fault.pointer}: {fault.message}" for fault in wrong)
        raise CseFormsError(f"The variant does not fit its own base, and must be mended first: {told}")
    given = dict(answers or {})
    given_up = {operation.part for operation in variant.operations} & given.keys()
    kept = [operation for operation in variant.operations if operation.part not in given_up]
    bottom, top = split(base.schema), split(newer.schema)
    yours, faults = applied(bottom, kept)
    if faults:
        told = "; ".join(fault.message for fault in faults)
        raise CseFormsError(f"Other changes of your own need what is given up: {told}")
    merge = Merge({name: answer for name, answer in given.items() if name not in given_up})
    merged = merge.of(bottom, top, yours)
    _refuse_answers(given, merge.conflicts, given_up)
    reasons = Reasons(f"Kept when {newer.id} {newer.version} became the base.", shared=True)
    reasons.learn(kept, yours)
    operations = tuple(derived(top, merged, reasons.because))
    parts = {operation.part for operation in operations}
    still_open = tuple(conflict for conflict in merge.conflicts if conflict.id not in given)
    made = VariantFile(
        id=variant.id,
        version=version,
        base=Base(form=newer.id, version=newer.version, digest=newer.digest),
        sources=variant.sources,
        operations=operations,
    )
    built = None if still_open else build(made, newer)
    return Rebased(
        variant=made if built is not None and not built.faults else None,
        built=built,
        conflicts=tuple(merge.conflicts),
        open=still_open,
        dropped=tuple(operation for operation in variant.operations if operation.part not in parts),
    )


def _refuse_answers(answers: Mapping[str, Answer], conflicts: list[Conflict], given_up: set[str]) -> None:
    by_id = {conflict.id: conflict for conflict in conflicts}
    for name, answer in answers.items():
        if name in given_up:
            if answer.choice != "take":
                raise CseFormsError(f"'{name}' is not in question; the only answer to it is 'take', which gives it up")
        elif name not in by_id:
            near = suggestion(name, by_id)
            asked = f"; asked is {listed(list(by_id)[:20], 'and')}" if by_id else "; nothing is"
            raise CseFormsError(f"'{name}' is not in question{near or asked}")
        elif answer.choice == "write" and not by_id[name].may_write:
            raise CseFormsError(f"'{name}' is not a single text that could be written; answer 'keep' or 'take'")


def next_version(own: str, base: str, newer: str) -> str:
    """Return the version that a variant gets when its base goes from one version to another: the same part goes up."""
    numbers, was, now = ([int(part) for part in version.split(".")] for version in (own, base, newer))
    place = next((index for index in range(3) if was[index] != now[index]), 2)
    return ".".join(str(number) for number in (*numbers[:place], numbers[place] + 1, *[0] * (2 - place)))
