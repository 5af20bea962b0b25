"""Two wordings as one text, word by word."""

from __future__ import annotations

import pickle

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cse_forms.comparing.redline import redline
from cse_forms.document.redlined import Marked, Redlined
from cse_forms.renderers.html.components import spoken


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("Tell us more.", "Tell us more.", [("Tell us more.", "same")]),
        ("Tell us more.", "Tell us less.", [("Tell us ", "same"), ("more", "deleted"), ("less", "inserted"),
                                            (".", "same")]),
        ("", "New", [("New", "inserted")]),
        ("one two three", "four five six", [("one two three", "deleted"), ("four five six", "inserted")]),
    ],
)  # fmt: skip
def test_what_went_and_what_came_is_marked(old: str, new: str, expected: list[tuple[str, str]]) -> None:
    assert [(run.text, run.mark) for run in redline(old, new)] == expected


WORDING = st.text("ab .,\n", max_size=30)


@given(WORDING, WORDING)
def test_both_wordings_can_be_had_back(old: str, new: str) -> None:
    runs = redline(old, new)
    assert "".join(run.text for run in runs if run.mark != "inserted") == old
    assert "".join(run.text for run in runs if run.mark != "deleted") == new


def test_a_redlined_text_says_in_words_what_went_and_what_came() -> None:
    text = Redlined.marked([Marked("Tell ", "same"), Marked("us", "deleted", "out"), Marked("me", "inserted", "in")])
    assert text == "Tell [out: us][in: me]"
    assert pickle.loads(pickle.dumps(text)).parts == text.parts


def test_a_page_marks_what_went_and_what_came_for_eyes_and_for_ears() -> None:
    text = Redlined.marked([Marked("<b>", "deleted", "out"), Marked("new", "inserted", "in")])
    hidden = '<span class="govuk-visually-hidden">'
    assert spoken(text) == (
        f"<del>{hidden}[out: </span>&lt;b&gt;{hidden}]</span></del><ins>{hidden}[in: </span>new{hidden}]</span></ins>"
    )
