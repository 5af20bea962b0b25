"""What must always hold of variants: of made-up forms, and whatever became of them."""

from __future__ import annotations

import json

from hypothesis import given, settings
from hypothesis import strategies as st

from cse_forms.schema.definition import Definition
from cse_forms.schema.variant import load_variant
from cse_forms.thresholds.as_schema import with_derived_rules
from cse_forms.variants.applying import applied
from cse_forms.variants.building import build
from cse_forms.variants.capturing import capture
from cse_forms.variants.deriving import derived
from cse_forms.variants.files import to_bytes
from cse_forms.variants.merging import Answer, Merge
from cse_forms.variants.parts import Part, is_same, join, split
from cse_forms.variants.rebasing import rebase
from tests.forms import Document, load
from tests.property.definitions import definitions
from tests.variants.sample import WHY, built, national, variant

FEW = settings(max_examples=12, deadline=None, derandomize=True)


def canonical(document: Document, name: str = "national", version: str = "1.0.0") -> Definition:
    """Return a made-up definition with its derived rules, under another name."""
    words = document["x-form"] | {"id": name, "version": version}
    renamed = document | {"$id": f"urn:cse-forms:{name}:{version}", "x-form": words}
    return load(with_derived_rules(load(renamed)))


def parts(document: Document) -> Part:
    return split(canonical(document).schema)


@FEW
@given(definitions())
def test_without_operations_a_variant_is_its_base_but_for_what_it_is_called(document: Document) -> None:
    base = canonical(document)
    made = built(variant(base=base), base)
    words = {word: value for word, value in made["x-form"].items() if word != "base"} | {"id": "national"}
    assert json.dumps(made | {"$id": base.schema["$id"], "x-form": words}, sort_keys=True) == json.dumps(
        base.schema, sort_keys=True
    )
    assert list(made["properties"]) == list(base.schema["properties"])


@FEW
@given(definitions())
def test_a_form_taken_apart_and_put_together_is_the_same(document: Document) -> None:
    made = parts(document)
    assert is_same(split(join(made)), made)
    assert derived(made, made, lambda *_: WHY) == []


@FEW
@given(definitions(), definitions())
def test_every_edited_copy_can_be_captured_and_builds_to_what_was_edited(base: Document, edited: Document) -> None:
    below, copy = canonical(base), canonical(edited, "council")
    made = capture(copy, below, because=WHY)
    assert load_variant(to_bytes(made), "variant.json") == made
    plain, faults = applied(split(below.schema), made.operations)
    assert faults == []
    # Nothing is left that differs but for what each is called.
    assert derived(plain, split(copy.schema), lambda *_: WHY) == []
    found = build(made, below)
    assert found.faults == ()
    assert found.definition is not None
    # What a build marks as one's own is not taken for an edit.
    assert capture(found.definition, below, because="Another reason.", before=made) == made


@FEW
@given(definitions(), definitions())
def test_what_one_side_alone_changed_needs_no_answer(one: Document, other: Document) -> None:
    base, changed = parts(one), parts(other)
    for theirs, yours in [(base, changed), (changed, base), (changed, changed)]:
        merge = Merge()
        assert is_same(merge.of(base, theirs, yours), changed)
        assert merge.conflicts == []


@FEW
@given(definitions(), definitions(), definitions(), st.sampled_from(["keep", "take"]))
def test_the_questions_are_the_same_from_either_side_and_whatever_is_answered(
    first: Document, second: Document, third: Document, choice: str
) -> None:
    base, theirs, yours = parts(first), parts(second), parts(third)
    merge = Merge()
    merge.of(base, theirs, yours)
    ids = [conflict.id for conflict in merge.conflicts]
    assert len(set(ids)) == len(ids)
    turned = Merge()
    turned.of(base, yours, theirs)
    assert sorted(conflict.id for conflict in turned.conflicts) == sorted(ids)
    answered = Merge({name: Answer(choice="keep" if choice == "keep" else "take") for name in ids})
    split(join(answered.of(base, theirs, yours)))
    assert [conflict.id for conflict in answered.conflicts] == ids


TEXTS = st.dictionaries(
    st.sampled_from(["/child", "/child/name", "/signs", "/signs/late", "/told/how", "/visits", "shapes/sign/seen"]),
    st.sampled_from(["One title", "Another title"]),
    min_size=1,
)


@settings(max_examples=25, deadline=None, derandomize=True)
@given(theirs=TEXTS, ours=TEXTS)
def test_a_rebase_asks_of_what_both_worded_and_of_nothing_else(theirs: dict[str, str], ours: dict[str, str]) -> None:
    def worded(titles: dict[str, str]) -> list[Document]:
        return [{"change": part, "set": {"title": title}} for part, title in titles.items()]

    base = national()
    reworded, faults = applied(split(base.schema), variant(*worded(theirs), base=base).operations)
    assert faults == []
    newer = load(join(reworded) | {"$id": "urn:cse-forms:national:1.1.0", "x-form": {
        **join(reworded)["x-form"], "version": "1.1.0"
    }})  # fmt: skip
    newer = load(with_derived_rules(newer))
    mine = variant(*worded(ours), base=base)
    came = rebase(mine, base, newer, version="1.1.0")
    both = {f"{part}:title" for part in theirs.keys() & ours.keys() if theirs[part] != ours[part]}
    assert {question.id for question in came.open} == both
    kept = rebase(mine, base, newer, version="1.1.0", answers={name: Answer(choice="keep") for name in both})
    assert kept.variant is not None
    # The base's changes and one's own are both there, whichever was made first.
    merged, _ = applied(split(newer.schema), mine.operations)
    plain, _ = applied(split(newer.schema), kept.variant.operations)
    assert is_same(plain, merged)
