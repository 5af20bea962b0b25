"""Two versions of a form, or two forms, compared: what changed, and what kind of change it is."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from cse_forms.comparing.canonical import canonical
from cse_forms.comparing.change import About, Change
from cse_forms.comparing.items import ItemChanges
from cse_forms.comparing.kinds import Kind, Reason, kind_of
from cse_forms.comparing.matching import Matching, match_items
from cse_forms.comparing.meaning import Meaning
from cse_forms.comparing.phrases import CHANGES, KINDS
from cse_forms.comparing.policy import PolicyChanges
from cse_forms.comparing.searching import CounterExample, Trial
from cse_forms.comparing.texts import guidance_text, provenance_text, source_text, withheld_text
from cse_forms.forms import Form
from cse_forms.schema.definition import Definition
from cse_forms.schema.loading import load_definition
from cse_forms.thresholds.as_schema import with_derived_rules
from cse_forms.thresholds.in_words.rules import PolicyInWords

_TITLES = frozenset({"title-changed", "option-reworded"})
"""Changes of words by which an answer is read."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison:
    """What changed between two versions, and what kind of change it is."""

    old: Form
    new: Form
    changes: tuple[Change, ...]
    """Of the form itself, then of its questions, then of its policy."""
    kind: Kind
    """The kind of the change, derived from what the two versions accept and say."""
    reasons: tuple[Reason, ...]
    """Why it is of that kind; none where nothing changed."""
    matching: Matching
    """Which item of one version is which of the other."""

    @property
    def counter_example(self) -> CounterExample | None:
        """A response to the old version that shows why the change is a major one; None where it is none."""
        return next((one.counter_example for one in self.reasons if one.counter_example is not None), None)

    @property
    def sentences(self) -> tuple[str, ...]:
        """The kind of the change and its reasons, in words."""
        verdict = {"not-decided": KINDS.not_decided}.get(self.kind) or getattr(KINDS, self.kind)
        found = [verdict, *(reason.text for reason in self.reasons)]
        if self.kind in {"patch", "minor"} and any(change.what in _TITLES for change in self.changes):
            found.append(KINDS.same_meaning)
        if any(change.what.endswith(("-renamed", "-moved")) for change in self.changes):
            found.append(KINDS.may_be_carried)
        return tuple(found)

    def to_dict(self) -> dict[str, Any]:
        """Return it as `diff --json` prints it and comparison.schema.json describes it."""
        return {
            "old": _named(self.old),
            "new": _named(self.new),
            "kind": self.kind,
            "reasons": [reason.to_dict() for reason in self.reasons],
            "changes": [change.to_dict() for change in self.changes],
        }


def compare(old: Form, new: Form, *, time_limit: float = 10, examples: Iterable[Trial] = ()) -> Comparison:
    """Return what changed from one version of a form to another.

    Args:
        old: the version that was.
        new: the version that is to take its place.
        time_limit: seconds for deciding what kind of change it is, where that does not follow from what changed.
        examples: responses to the old version that are known beforehand, such as those of its scenarios: answers, each
            with whether they are a draft's. They are tried first.
    """
    old, new = _formatted(old), _formatted(new)
    decided = kind_of(old, new, time_limit, examples)
    matching = match_items(old.definition, new.definition)
    return Comparison(
        old=old,
        new=new,
        changes=() if decided.kind == "none" else tuple(_changes(matching)) or (_rewritten(matching),),
        kind=decided.kind,
        reasons=decided.reasons,
        matching=matching,
    )


def _formatted(form: Form) -> Form:
    """Return a form with the rules that follow from `showWhen` and `required`, as it is published."""
    document = with_derived_rules(form.definition)
    if document == form.schema:
        return form
    name = f"{form.id} {form.version}"
    return Form(load_definition(canonical_bytes(document), name))


def canonical_bytes(document: Any) -> bytes:
    """Return a document as the bytes of a file, in the author's order."""
    return json.dumps(document, ensure_ascii=False).encode("utf-8", "surrogatepass")


def _changes(matching: Matching) -> Iterator[Change]:
    old, new = matching.old, matching.new
    words = PolicyInWords(old), PolicyInWords(new)
    names = {one.old.pointer: one.new.pointer for one in matching.items if one.old is not None and one.new is not None}
    meanings = Meaning(old, names), Meaning(new)
    yield from _of_the_whole(old, new)
    yield from ItemChanges(matching, words, meanings).changes()
    yield from PolicyChanges((old, new), words, meanings).changes()


def _rewritten(matching: Matching) -> Change:
    """Return that two definitions are written in two ways, where there is nothing else to tell: an unused shape."""
    about = About(item=CHANGES.whole, area="form", old_pointer="", new_pointer="", title=matching.new.title)
    return about.change("rewritten", CHANGES.rewritten.format(item=about.item))


def _of_the_whole(old: Definition, new: Definition) -> Iterator[Change]:
    """Yield what changed of what stands on the form itself."""
    about = About(item=CHANGES.whole, area="form", old_pointer="", new_pointer="", title=new.title)
    before, after = old.words, new.words
    yield from about.wording("title", old.title, new.title)
    yield from about.wording("description", old.description, new.description)
    yield from about.wording("comment", old.schema.get("$comment"), new.schema.get("$comment"))
    yield from about.wording("language", before.language, after.language)
    yield from about.wording("provenance", provenance_text(before.provenance), provenance_text(after.provenance))
    yield from about.wordings("guidance", map(guidance_text, before.guidance), map(guidance_text, after.guidance))
    yield from about.wordings("sources", map(source_text, before.sources), map(source_text, after.sources))
    yield from about.wordings("withheld", map(withheld_text, before.withheld), map(withheld_text, after.withheld))
    if set(before.languages) != set(after.languages):
        languages = [", ".join(one.languages) or CHANGES.no_languages for one in (before, after)]
        said = CHANGES.languages.format(item=about.item, old=languages[0], new=languages[1])
        yield about.change("languages-changed", said)
    if before.header != after.header:
        headers = [", ".join(one.header) or CHANGES.nothing for one in (before, after)]
        yield about.change("header-changed", CHANGES.header.format(old=headers[0], new=headers[1]))
    rules = [
        canonical([document.get(word) for word in ("if", "then", "else")]) for document in (old.schema, new.schema)
    ]
    if rules[0] != rules[1]:
        yield about.change("own-rules-changed", CHANGES.own_rules.format(item=about.item))


def _named(form: Form) -> dict[str, Any]:
    return {"form": form.id, "version": form.version, "title": form.title, "digest": form.digest}
