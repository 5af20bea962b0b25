"""How a page that is filled in is sent back, and what it shows when it comes back."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True, kw_only=True)
class Button:
    """A button that sends the page."""

    value: str
    """What it sends."""
    text: str
    is_secondary: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """Answers to questions that another answer has done away with. They are kept until a person removes them."""

    title: str
    lead: str
    answers: tuple[tuple[str, str], ...]
    """(pointer, question)"""
    all_of_them: tuple[str, str]
    """What is sent to remove all of them, and the words for it."""
    listed: str
    """The name of the fields that say which were listed."""
    drop: str
    """The name of the boxes that say which are to be removed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sending:
    """How a page is sent back. A browser sends the form by POST, to `action`."""

    action: str
    """An address, or nothing for that of the page itself."""
    hidden: tuple[tuple[str, str], ...] = field(default=(), repr=False)
    """Names and values of fields that go back as they are."""
    button: str
    """The name of all buttons."""
    buttons: tuple[Button, ...]
    """Those at the end of the page; the first is also used where somebody presses Enter in a field."""
    row: str
    """The name of the fields that say which rows are shown."""
    add: Button
    """Adds a row to a table; what it sends has the table's pointer behind it."""
    remove: Button
    """Removes a row; what it sends has the row's pointer behind it, and its words have the row's number filled in."""
    problems: tuple[tuple[str, str], ...] = ()
    """What is wrong, each with the pointer of the answer."""
    problems_title: str
    """What stands above them."""
    window_title: str
    """The title of the browser's window."""
    no_more_rows: str = ""
    """Stands in place of the button that adds a row where there are as many as may be; their number is filled in."""
    notices: tuple[str, ...] = ()
    """What else a person must know before going on."""
    kept: Kept | None = None
    script: str | None = None
    """The address of the script that shows and hides questions as they apply; without one, the page does without."""
    definition: str | None = None
    """The address of the form's definition, which the script reads."""
    is_unsaved: bool = False
    """Whether what it shows is kept nowhere, so that the script warns before it goes away."""
    sayings: Mapping[str, str] = field(default_factory=dict)
    """What the script says, by the names that it knows; under "lang" its language, where it is not the document's."""
