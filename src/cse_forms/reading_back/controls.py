"""A content control as it stands in a Word document."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, TypeAlias

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_W14 = "{http://schemas.microsoft.com/office/word/2010/wordml}"
_W15 = "{http://schemas.microsoft.com/office/word/2012/wordml}"

# What lxml gives is taken as it comes: of most elements it does not matter what they are.
Element: TypeAlias = Any

_CONTAINERS = frozenset({f"{W}group", f"{_W15}repeatingSection", f"{_W15}repeatingSectionItem", f"{W}docPartObj"})
_CHECKBOXES = frozenset({f"{_W14}checkbox", f"{W}checkbox"})
_LISTS = frozenset({f"{W}dropDownList", f"{W}comboBox"})
_OFF = frozenset({"0", "false", "off"})


@dataclass(slots=True)
class Control:
    """A control as it stands in the document; or what stands in the bookmark of one that is gone."""

    tag: str = ""
    bookmark: str = ""
    title: str = ""
    kind: str = "text"
    """text, box, list or date; "bookmark" where the control itself is gone."""
    text: str = field(default="", repr=False)
    is_placeholder: bool = False
    is_ticked: bool | None = None
    """Of a box; None where it does not say."""
    picked: str | None = field(default=None, repr=False)
    items: tuple[tuple[str, str], ...] = ()
    """What a list offers: (words, value)."""
    row: int | None = None
    """The number of the row of a table that it stands in, among all rows of the document."""
    place: tuple[int, int, int] | None = None
    """Its table, its cell in the row, and its place among the controls of the row's cell."""
    has_changes: bool = False
    """Whether changes to it were recorded."""


def control_of(properties: Element | None) -> Control:
    """Return a control of which only the properties are known yet."""
    control = Control()
    for said in () if properties is None else properties:
        name, value = said.tag, said.get(f"{W}val", "")
        if name == f"{W}tag":
            control.tag = value
        elif name == f"{W}alias":
            control.title = value
        elif name == f"{W}showingPlcHdr":
            control.is_placeholder = value not in _OFF
        elif name == f"{W}date":
            control.kind, control.picked = "date", (said.get(f"{W}fullDate") or "")[:10] or None
        elif name in _CHECKBOXES:
            control.kind = "box"
            state = said.find(f"{_W14}checked")
            if state is not None:
                control.is_ticked = state.get(f"{_W14}val", "1") not in _OFF
        elif name in _LISTS:
            control.kind = "list"
            control.items = tuple(
                (item.get(f"{W}displayText") or item.get(f"{W}value", ""), item.get(f"{W}value", ""))
                for item in said.iterchildren(f"{W}listItem")
            )
        elif name in _CONTAINERS:
            control.kind = "container"
    return control
