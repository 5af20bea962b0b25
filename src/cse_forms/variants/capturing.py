"""What an edited copy of a form differs in, as the operations of a variant."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from cse_forms.schema.definition import Definition
from cse_forms.schema.variant import Operation, VariantFile
from cse_forms.schema.vocabulary import Base
from cse_forms.variants.applying import applied
from cse_forms.variants.deriving import derived
from cse_forms.variants.naming import UnnamedError, part_of
from cse_forms.variants.parts import Part, Path, alike, split, words_in
from cse_forms.variants.tracing import marked, provenance_path


@dataclass(slots=True)
class Reasons:
    """Why a form differs, as earlier operations say it."""

    otherwise: str
    """The reason of what they do not speak of."""
    shared: bool = False
    """Whether the reason of one word of a part is that of its other words too."""
    _of_words: dict[tuple[str, Path], str] = field(default_factory=dict)
    _of_parts: dict[tuple[str, str], str] = field(default_factory=dict)

    def learn(self, operations: Sequence[Operation], form: Part) -> None:
        """Take the reasons from operations that make this form."""
        for operation in operations:
            self._of_parts.setdefault((operation.action, operation.part), operation.because)
            self._of_parts.setdefault(("any", operation.part), operation.because)
            if operation.action == "move":
                # Which of several neighbours moved is a manner of speaking: they share the reason.
                self._of_parts.setdefault(("order", _above(operation.part)), operation.because)
            if operation.action == "change":
                try:
                    kind = part_of(form, operation.part).kind
                except UnnamedError:
                    continue
                for path, _ in words_in(operation.set_ or {}, kind):
                    self._of_words[operation.part, path] = operation.because

    def because(self, action: str, part: str, path: Path | None) -> str:
        """Return the reason of an operation: its own, or that of the part which holds what it speaks of."""
        if path is not None and (part, path) in self._of_words:
            return self._of_words[part, path]
        if path is None and (action, part) in self._of_parts:
            return self._of_parts[action, part]
        if action == "move" and ("order", _above(part)) in self._of_parts:
            return self._of_parts["order", _above(part)]
        above = part
        while above:
            if self.shared or path is None or above != part:
                reason = self._of_parts.get(("any", above))
                if reason is not None:
                    return reason
            above = _above(above)
        return self.otherwise


def _above(part: str) -> str:
    return part.rpartition("/")[0]


def capture(edited: Definition, base: Definition, *, because: str, before: VariantFile | None = None) -> VariantFile:
    """Return the variant that an edited copy of a form is.

    Args:
        edited: the copy, with an id and a version of its own.
        base: the form that it is a copy of.
        because: why it differs, of all that `before` gives no reason for.
        before: the variant from which the copy was built before it was edited; its reasons stay.
    """
    bottom, form = split(base.schema), split(edited.schema)
    known = bottom.held.get("sources", {})
    own = [name for name in form.held.get("sources", {}) if name not in known]
    for name in own:
        form.release("sources", name)
    reasons = Reasons(because)
    if before is not None:
        made, _ = applied(bottom, before.operations)
        reasons.learn(before.operations, made)
        _unmark(form, made, before.operations)
    return VariantFile(
        id=edited.id,
        version=edited.version,
        base=Base(form=base.id, version=base.version, digest=base.digest),
        sources=tuple(source for source in edited.words.sources if source.id in own),
        operations=tuple(derived(bottom, form, reasons.because)),
        built=before.built if before else None,
    )


def _unmark(form: Part, made: Part, operations: Sequence[Operation]) -> None:
    """Take out again by which the build marked what differs: it is not part of what somebody edited."""
    said = marked(made, operations)
    for operation in operations:
        try:
            part, built, plain = (part_of(one, operation.part) for one in (form, said, made))
        except UnnamedError:
            continue
        path = provenance_path(part.kind)
        if operation.action == "change" and path in part.words and alike(part.words[path], built.words.get(path)):
            if path in plain.words:
                part.words[path] = plain.words[path]
            else:
                del part.words[path]
