"""An invented form with a little of everything, and changes of it whose kind is known."""

from __future__ import annotations

import copy
from collections.abc import Callable
from typing import Any

from tests import forms
from tests.forms import Document, choice, choices, date, integer, matrix, needed, section, shape, table, text

YES = {"const": "yes"}
NOT_NO = {"not": {"const": "no"}}
SEEN = {"items": "/signs/*/seen", "match": YES}


def base() -> Document:
    """Return the form."""
    worse = choice("yes", "no", "not-known")
    return forms.definition(
        {
            "about": section({"name": needed(), "on": date(), "age": integer() | {"minimum": 0, "maximum": 25}},
                             required=["name"], number="1"),
            "signs": matrix({"late": shape("sign"), "gifts": shape("sign"), "friends": shape("sign")}, number="2"),
            "more": section(
                {
                    "worse": worse,
                    "why": text(showWhen={"items": "./worse", "match": YES}),
                    "drugs": choices("alcohol", "glue", "other"),
                    "remarks": text(hint="Anything else."),
                    "colour": choice("red", "green"),
                    "size": integer() | {"minimum": 1, "maximum": 9},
                }, number="3"),
            "visits": table(section({"day": date(), "who": text()})),
            "decision": section({"level": choice("low", "medium", "high"), "reason": text()}),
        },
        required=["about"],
        defs={"sign": section({"seen": choice("yes", "no", "not-known"), "notes": text()})},
        conditions={"young": {"items": "/about/age", "match": {"maximum": 12}}},
        measures={"score": {"title": "Score", "sum": [{"items": "/signs/*/seen", "weights": {"yes": 2, "no": 0}}]}},
        assessments=[
            {
                "id": "risk",
                "levels": [{"id": "low"}, {"id": "medium", "interventions": ["Call."]}, {"id": "high"}],
                "rules": [
                    {"id": "two", "level": "high", "when": SEEN | {"atLeast": 2}},
                    {"id": "one", "level": "medium", "when": SEEN},
                ],
                "otherwise": {"level": "low"},
                "adjustments": [{"id": "young", "when": {"condition": "young"}, "raise": 1}],
                "judgement": {"level": "/decision/level", "reason": "/decision/reason",
                              "may": [{"atLeast": "suggested"}]},
            }
        ],
        prompts=[{"id": "tell", "urgency": "soon", "when": {"items": "/more/worse", "match": NOT_NO}}],
        checks=[{"id": "odd", "when": {"all": [SEEN, {"items": "/more/worse", "match": {"const": "no"}}]}}],
    )  # fmt: skip


Mutator = Callable[[Document], Any]


def changed(change: Mutator, document: Document | None = None) -> Document:
    """Return the form with a change, as version 1.1.0."""
    made = copy.deepcopy(base() if document is None else document)
    change(made)
    made["x-form"]["version"] = "1.1.0"
    made["$id"] = "urn:cse-forms:invented:1.1.0"
    return made


def item(document: Document, *keys: str) -> Document:
    """Return an item of a definition by its keys."""
    for key in keys:
        document = document["properties"][key]
    return document


def sign(document: Document) -> Document:
    """Return the question that stands in every row of the matrix."""
    return item(document["$defs"]["sign"], "seen")


def risk(document: Document) -> Document:
    """Return the one assessment."""
    found: Document = document["x-form"]["assessments"][0]
    return found


def put(holder: Document, **words: Any) -> Document:
    """Write words into a part of a definition, and return it."""
    holder |= words
    return holder


def add(document: Document, holder: str, key: str, question: Document, at: int | None = None) -> None:
    """Add a question to a section."""
    made = question | {"title": key.capitalize()}
    made["x-form"] = made.get("x-form", {}) | {"provenance": forms.INVENTED}
    entries = list(item(document, holder)["properties"].items())
    entries.insert(len(entries) if at is None else at, (key, made))
    item(document, holder)["properties"] = dict(entries)


def rename(holder: Document, old: str, new: str) -> None:
    """Give a question another key, in its place."""
    holder["properties"] = {new if key == old else key: child for key, child in holder["properties"].items()}


def option(name: str) -> Document:
    """Return an option."""
    return {"const": name, "title": name.capitalize()}


def use_named(document: Document) -> None:
    """Say a condition in its place that had a name."""
    young = document["x-form"]["conditions"].pop("young")
    risk(document)["adjustments"][0]["when"] = young


def said_twice(document: Document) -> None:
    """Say a rule in another way, that comes to the same: not all of them are something else than Yes."""
    rest = {"items": "/signs/*/seen", "match": {"not": YES}, "every": True}
    risk(document)["rules"][1]["when"] = {"not": rest}


def reads_a_new_question(document: Document) -> None:
    """Let a rule read a question that is new."""
    add(document, "more", "fear", choice("yes", "no"))
    when = {"items": "/more/fear", "match": YES}
    risk(document)["rules"].append(
        {"id": "fear", "level": "high", "when": when, "because": "Fear.", "provenance": forms.INVENTED}
    )


def new_prompt(document: Document) -> None:
    """Say one thing more where there is one sign."""
    document["x-form"]["prompts"].append(
        {"id": "more", "urgency": "soon", "when": SEEN, "text": "More.", "provenance": forms.INVENTED}
    )


def moved(document: Document) -> None:
    """Move a question to another section."""
    remarks = item(document, "more")["properties"].pop("remarks")
    item(document, "about")["properties"]["remarks"] = remarks


NONE: dict[str, Mutator] = {
    "nothing": lambda d: None,
    "the order of words in an item": lambda d: put(
        d["properties"], about=dict(reversed(list(item(d, "about").items())))
    ),
    "the status": lambda d: put(d["x-form"], status="draft"),
}

PATCH: dict[str, Mutator] = {
    "the form's title": lambda d: put(d, title="Another title"),
    "a question's title": lambda d: put(item(d, "more", "remarks"), title="What else?"),
    "a description": lambda d: put(item(d, "more", "remarks"), description="In your own words."),
    "a hint": lambda d: put(item(d, "more", "remarks")["x-form"], hint="Whatever you like."),
    "an option's title": lambda d: put(sign(d)["oneOf"][0], title="Yes, it was"),
    "guidance": lambda d: put(item(d, "more")["x-form"], guidance=[{"text": "Read this.",
                                                                    "provenance": forms.INVENTED}]),
    "a reason": lambda d: put(risk(d)["rules"][0], because="Two signs are grave."),
    "a level's interventions": lambda d: put(risk(d)["levels"][1], interventions=["Call at once."]),
    "a prompt's text": lambda d: put(d["x-form"]["prompts"][0], text="Tell your manager today."),
    "a source": lambda d: put(d["x-form"]["sources"][0], note="A summary."),
    "a rule's id": lambda d: put(risk(d)["rules"][0], id="two-signs"),
    "a measure's title": lambda d: put(d["x-form"]["measures"]["score"], title="Total"),
    "a named condition that is said in its place": use_named,
}  # fmt: skip

MINOR: dict[str, Mutator] = {
    "an optional question that no rule reads": lambda d: add(d, "more", "hobby", text()),
    "a new option that no rule reads": lambda d: item(d, "more", "colour")["oneOf"].append(option("blue")),
    "a new option of several": lambda d: item(d, "more", "drugs")["items"]["oneOf"].append(option("paint")),
    "a new section": lambda d: put(d["properties"], last=d["properties"]["more"] | {"title": "Last", "x-form": {
        "provenance": forms.INVENTED}, "properties": {"note": item(d, "more", "remarks")}}),
    "the order of questions": lambda d: put(
        item(d, "more"), properties=dict(reversed(list(item(d, "more")["properties"].items())))
    ),
    "the order of options": lambda d: item(d, "more", "colour")["oneOf"].reverse(),
    "a name that need not be given": lambda d: item(d, "about")["required"].remove("name"),
    "more lines": lambda d: put(item(d, "more", "remarks")["x-form"], lines=8),
    "a question that is always asked now": lambda d: item(d, "more", "why")["x-form"].pop("showWhen"),
    "a question that is not asked at times": lambda d: put(
        item(d, "more", "remarks")["x-form"], showWhen={"items": "./worse", "match": YES}
    ),
    "the same rule in other words": said_twice,
    "a wider number": lambda d: put(item(d, "more", "size"), maximum=12),
    "a number without a bound": lambda d: item(d, "more", "size").pop("minimum"),
}  # fmt: skip

MAJOR: dict[str, Mutator] = {
    "a question that is gone": lambda d: item(d, "more")["properties"].pop("colour"),
    "a question with another key": lambda d: rename(item(d, "more"), "remarks", "comments"),
    "a question in another section": moved,
    "an option that is gone": lambda d: item(d, "more", "colour")["oneOf"].pop(),
    "an option with another value": lambda d: put(item(d, "more", "colour")["oneOf"][0], const="crimson"),
    "a question that must be answered": lambda d: put(item(d, "more"), required=["colour"]),
    "a question that must be answered at times": lambda d: put(item(d, "more", "why")["x-form"], required=True),
    "a narrower number": lambda d: put(item(d, "about", "age"), maximum=18),
    "a text of few letters": lambda d: put(item(d, "more", "remarks"), maxLength=10),
    "a rule that asks for more": lambda d: put(risk(d)["rules"][0], when=SEEN | {"atLeast": 3}),
    "a rule that gives another level": lambda d: put(risk(d)["rules"][1], level="high"),
    "a rule that is gone": lambda d: risk(d)["rules"].pop(),
    "another weight": lambda d: d["x-form"]["measures"]["score"]["sum"][0]["weights"].update(yes=3),
    "a level that is gone": lambda d: (risk(d)["levels"].pop(1), put(risk(d)["rules"][1], level="high"),
                                       item(d, "decision", "level")["oneOf"].pop(1)),
    "another level where no rule holds": lambda d: put(risk(d)["otherwise"], level="medium"),
    "an adjustment that is gone": lambda d: put(risk(d), adjustments=[]),
    "a judgement that may differ": lambda d: put(risk(d)["judgement"], may="differ"),
    "a more urgent prompt": lambda d: put(d["x-form"]["prompts"][0], urgency="immediate"),
    "a prompt that is new": new_prompt,
    "a prompt on another condition": lambda d: put(d["x-form"]["prompts"][0], when=SEEN),
    "a check that is gone": lambda d: put(d["x-form"], checks=[]),
    "a rule that reads a new question": reads_a_new_question,
    "an answer that is not known no longer": lambda d: item(d, "more", "worse")["oneOf"][2].pop("x-form"),
    "a sign that is no by default": lambda d: put(sign(d), default="no"),
    "a date that is a text of a pattern": lambda d: (item(d, "about", "on").pop("format"),
                                                     put(item(d, "about", "on"), type="integer")),
}  # fmt: skip

ALL: dict[str, dict[str, Mutator]] = {"none": NONE, "patch": PATCH, "minor": MINOR, "major": MAJOR}
