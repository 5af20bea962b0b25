"""What changed of the options of a question."""

from __future__ import annotations

from collections.abc import Iterator

from cse_forms.comparing.change import About, Change, out_of_order
from cse_forms.comparing.matching import MatchedOption
from cse_forms.comparing.phrases import CHANGES
from cse_forms.comparing.texts import provenance_text
from cse_forms.schema.items import Option
from cse_forms.thresholds.in_words.naming import plain_number


def option_changes(about: About, options: tuple[MatchedOption, ...]) -> Iterator[Change]:
    """Yield what changed of the options of a question that stands in both versions.

    Args:
        about: the question.
        options: each of them with its counterpart.
    """
    for one in options:
        if one.old is None and one.new is not None:
            yield about.change("option-added", CHANGES.option_added.format(item=about.item, title=one.new.title))
        elif one.old is not None and one.new is None:
            said = CHANGES.option_removed.format(item=about.item, title=one.old.title)
            yield about.change("option-removed", said, CHANGES.lost_option)
        elif one.old is not None and one.new is not None:
            yield from _changes(about, one, one.old, one.new)
    yield from _order(about, options)


def _changes(about: About, one: MatchedOption, old: Option, new: Option) -> Iterator[Change]:
    names = {"item": about.item, "title": new.title}
    if one.how == "renamed":
        said = [CHANGES.option_renamed.format(**names, old=old.value, new=new.value), CHANGES.not_carried_option]
        if one.sureness == "likely":
            said.append(CHANGES.likely)
        yield about.change("option-renamed", *said)
    if old.title != new.title:
        item = CHANGES.option.format(title=old.title, item=about.item)
        text = CHANGES.reworded.format(aspect=CHANGES.aspects["title"], item=item)
        yield about.change("option-reworded", text, old=old.title, new=new.title)
    if old.unknown != new.unknown:
        phrase = CHANGES.option_unknown if new.unknown else CHANGES.option_known
        yield about.change("option-unknown-changed", phrase.format(**names))
    if old.weight != new.weight:
        weights = (CHANGES.nothing if one is None else plain_number(one) for one in (old.weight, new.weight))
        before, after = weights
        yield about.change("option-weight-changed", CHANGES.option_weight.format(**names, old=before, new=after))
    before_text, after_text = (
        None if option.provenance == inherited else provenance_text(option.provenance)
        for option, inherited in zip((old, new), (about.old_provenance, about.new_provenance), strict=True)
    )
    if before_text != after_text:
        item = CHANGES.option.format(title=new.title, item=about.item)
        text = CHANGES.reworded.format(aspect=CHANGES.aspects["provenance"], item=item)
        yield about.change("option-provenance-changed", text, old=before_text, new=after_text)


def _order(about: About, options: tuple[MatchedOption, ...]) -> Iterator[Change]:
    before = [one for one in options if one.old is not None and one.new is not None]
    after = sorted(before, key=lambda one: one.place)
    if out_of_order([id(one) for one in before], [id(one) for one in after]):
        titles = ", ".join(one.new.title for one in after if one.new is not None)
        yield about.change("options-reordered", CHANGES.option_order.format(item=about.item, options=titles))
