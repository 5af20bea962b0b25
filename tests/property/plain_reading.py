"""A second reading of the condition language: slow, plain, and with nothing of the library.

It was written from the text of the definition format, straight over the raw JSON documents, so that a fault of the
library's shows as a disagreement. It knows the words that the shipped forms use: `items` with `when`, `all`, `any`,
`not`, measures that count or measure time, rules, adjustments and prompts.
"""

from __future__ import annotations

from itertools import product
from typing import Any, NamedTuple, TypeAlias

from tests.property.plain_values import (
    OPEN,
    Item,
    Node,
    Truth,
    bounds,
    compared,
    conjunction,
    contrary,
    day_of,
    elapsed,
    is_not_known,
    items_of,
    known_values,
    same,
)

Keys: TypeAlias = tuple[str | int, ...]

BLANK: Any = object()
"""No answer at all."""
NO_READING: Any = object()
"""An answer that is none: of the wrong kind, or no option."""


class Seen(NamedTuple):
    """A question where it stands in a response; without keys, the rows of a table that nobody has counted."""

    item: Item
    keys: Keys | None
    value: Any


class PlainReading:
    """What a definition says of one response."""

    def __init__(self, document: Node, answers: Any, *, draft: bool) -> None:
        self.words: Node = document["x-form"]
        self.root = items_of(document)
        self.answers = answers
        self.draft = draft

    # --- answers -------------------------------------------------------------------------------------------

    def seen(self, item: Item) -> list[Seen]:
        """Return every place at which a question stands in the response."""
        found: list[tuple[Keys | None, Any]] = [((), self.answers)]
        holder_at: Item = self.root
        for key in item.path:
            stepped: list[tuple[Keys | None, Any]] = []
            for keys, node in found:
                if keys is None:
                    stepped.append((None, BLANK))
                elif key == "*" and isinstance(node, list):
                    stepped += [((*keys, number), row) for number, row in enumerate(node)]
                elif key == "*" and (self.draft or node is not BLANK or holder_at.schema.get("default") != []):
                    stepped.append((None, BLANK))
                elif key != "*":
                    stepped.append(((*keys, key), node.get(key, BLANK) if isinstance(node, dict) else BLANK))
            found = stepped
            holder_at = holder_at.children[key]
        return [Seen(item, keys, value) for keys, value in found]

    def select(self, selectors: str | list[str], row: Item | None, row_keys: Keys | None) -> list[Seen]:
        """Return the answers that selectors name; `./` keeps to the row at hand."""
        found: dict[tuple[str, ...], list[Seen]] = {}
        for selector in [selectors] if isinstance(selectors, str) else selectors:
            here = selector.startswith("./")
            nodes = [row if here else self.root]
            for part in selector.removeprefix(".").split("/")[1:]:
                key = part.replace("~1", "/").replace("~0", "~")
                nodes = [
                    child
                    for node in nodes
                    if node is not None
                    for name, child in node.children.items()
                    if key in {"*", name}
                ]
            for item in nodes:
                if item is not None and item.is_question:
                    seen = self.seen(item)
                    if here:
                        seen = [
                            one for one in seen if one.keys is None or row_keys is None or _within(one.keys, row_keys)
                        ]
                        seen = seen if row_keys is not None else [Seen(item, None, BLANK)]
                    found.setdefault(item.path, seen)
        return [seen for several in found.values() for seen in several]

    def is_asked(self, seen: Seen) -> Truth:
        """Return whether a question is asked: its own condition and those of all that holds it must hold."""
        truths = []
        item: Item | None = seen.item
        keys = seen.keys
        while item is not None and item.holder is not None:
            keys = keys[:-1] if keys is not None else None
            if "showWhen" in item.words:
                truths.append(self.condition(item.words["showWhen"], item.holder, keys))
            item = item.holder
        return conjunction(truths)

    # --- conditions ----------------------------------------------------------------------------------------

    def condition(self, condition: Node, row: Item | None = None, row_keys: Keys | None = ()) -> Truth:
        """Return whether a condition holds, in the row at hand if it speaks of one."""
        if "all" in condition:
            return conjunction([self.condition(part, row, row_keys) for part in condition["all"]])
        if "any" in condition:
            return contrary(conjunction([contrary(self.condition(part, row, row_keys)) for part in condition["any"]]))
        if "not" in condition:
            return contrary(self.condition(condition["not"], row, row_keys))
        if "measure" in condition:
            return self.number_matches(condition["match"], self.measure(condition["measure"]))
        counted = self.counted(condition, row, row_keys)
        if condition.get("every"):
            # An answer is no matter if it does not count; else it must match.
            return conjunction([contrary(conjunction([counts, contrary(matches)])) for counts, matches, _ in counted])
        lowest, highest = bounds(counted)
        least = condition.get("atLeast", None if "atMost" in condition else 1)
        most = condition.get("atMost")
        return conjunction(
            [
                True if least is None else lowest >= least or (None if highest is None or highest >= least else False),
                True if most is None else lowest <= most and ((highest is not None and highest <= most) or None),
            ]
        )

    def counted(self, selection: Node, row: Item | None, row_keys: Keys | None) -> list[tuple[Truth, Truth, bool]]:
        """Return of each selected answer whether it counts, whether it matches, and whether it is but one answer."""
        found = []
        for seen in self.select(selection["items"], row, row_keys):
            counts = self.is_asked(seen)
            if "when" in selection:
                own_row = None if seen.keys is None else seen.keys[:-1]
                counts = conjunction([counts, self.condition(selection["when"], seen.item.holder, own_row)])
            matches = None if seen.keys is None else self.matches(selection["match"], seen)
            found.append((counts, matches, seen.keys is not None))
        return found

    # --- measures ------------------------------------------------------------------------------------------

    def measure(self, name: str) -> tuple[int | None, int | None]:
        """Return the lowest and the highest number that a measure may have."""
        measure = self.words["measures"][name]
        if "count" in measure:
            return bounds(self.counted(measure["count"], None, ()))
        unit = next(unit for unit in ("years", "months", "days") if unit in measure)
        ends = [self.select(measure[unit][end], None, ())[0] for end in ("from", "to")]
        days = [day_of(self.read(seen)) if self.is_asked(seen) is True else None for seen in ends]
        if days[0] is None or days[1] is None:
            return None, None
        number = elapsed(unit, days[0], days[1])
        return number, number

    def number_of(self, asked: Any) -> tuple[Any, Any]:
        return self.measure(asked["measure"]) if isinstance(asked, dict) else (asked, asked)

    def number_matches(self, match: Node, number: tuple[Any, Any]) -> Truth:
        """Return whether a number, of which the bounds are known, matches."""
        truths: list[Truth] = []
        for word, asked in match.items():
            if word == "not":
                truths.append(contrary(self.number_matches(asked, number)))
            elif word == "enum":
                equal = [self.number_matches({"const": one}, number) for one in asked]
                truths.append(contrary(conjunction([contrary(truth) for truth in equal])))
            else:
                truths.append(compared(word, number, self.number_of(asked)))
        return conjunction(truths)

    # --- one answer ----------------------------------------------------------------------------------------

    def matches(self, match: Node, seen: Seen) -> Truth:
        """Return whether an answer matches in all that it may still be, in none of it, or in some."""
        value = self.read(seen)
        if value is NO_READING:
            return None
        if isinstance(value, list):
            return self.several_match(match, seen.item, value)
        answered: Truth = True if value is not BLANK else (None if self.draft else False)
        not_known = [option["const"] for option in seen.item.options if is_not_known(option)]
        if value is BLANK:
            worlds = [(known, BLANK) for known in known_values(seen.item)]
            worlds += [(known, name) for known in known_values(seen.item) for name in not_known]
        elif any(same(value, name) for name in not_known):
            worlds = [(known, value) for known in known_values(seen.item)]
        else:
            worlds = [(value, BLANK)]
        truths = {self.holds(match, known, name, answered) for known, name in worlds}
        return truths.pop() if len(truths) == 1 else None

    def read(self, seen: Seen) -> Any:
        """Return an answer, a default in its place, `BLANK`, or `NO_READING`."""
        item, value = seen.item, seen.value
        kind = item.schema.get("type")
        if value is BLANK or (kind == "string" and item.schema.get("format") != "date" and value == ""):
            return BLANK if self.draft else item.schema.get("default", BLANK)
        if "oneOf" in item.schema:
            return value if any(same(option["const"], value) for option in item.options) else NO_READING
        is_number = isinstance(value, int | float) and not isinstance(value, bool)
        if kind == "integer":
            return value if is_number and value == int(value) else NO_READING
        if kind == "string" and item.schema.get("format") == "date":
            return value if day_of(value) is not None else NO_READING
        kinds = {"number": is_number, "boolean": isinstance(value, bool), "string": isinstance(value, str)}
        return value if kinds.get(str(kind), isinstance(value, list)) else NO_READING

    def holds(self, match: Node, value: Any, not_known: Any, answered: Truth) -> Truth:
        """Return whether a match holds where the answer is this one."""
        truths: list[Truth] = []
        for word, asked in match.items():
            if word == "answered":
                truths.append(answered if asked else contrary(answered))
            elif word == "not":
                truths.append(contrary(self.holds(asked, value, not_known, answered)))
            elif word in {"const", "enum"} and any(
                same(one, not_known) for one in (asked if word == "enum" else [asked])
            ):
                truths.append(True)
            elif value is OPEN:
                truths.append(None)
            elif word == "enum":
                truths.append(any(same(one, value) for one in asked))
            elif word == "const" and not isinstance(asked, dict):
                truths.append(same(asked, value))
            elif word == "minLength":
                truths.append(isinstance(value, str) and len(value) >= asked)
            elif word == "contains" or isinstance(value, bool) or not isinstance(value, int | float):
                truths.append(False)
            else:
                truths.append(compared(word, (value, value), self.number_of(asked)))
        return conjunction(truths)

    def several_match(self, match: Node, item: Item, values: list[Any]) -> Truth:
        """Return whether a list of options matches: `contains` looks into it, other words at the whole."""
        truths: list[Truth] = []
        known = [option["const"] for option in item.options if not is_not_known(option)]
        unsure = any(all(not same(one, value) for one in known) for value in values)
        for word, asked in match.items():
            if word == "answered":
                chosen = [option for option in item.options if any(same(option["const"], value) for value in values)]
                truths.append(asked if chosen or not values else None)
            elif word == "not":
                truths.append(contrary(self.several_match(asked, item, values)))
            elif word != "contains":
                wanted = asked if word == "enum" else [asked] if word == "const" else []
                truths.append(None if unsure else any(same(one, values) for one in wanted))
            else:
                wanted = asked.get("enum", [asked.get("const")])
                has = any(same(one, value) for one in wanted for value in values)
                may_have = unsure and any(same(one, option) for one in wanted for option in known)
                truths.append(True if has else (None if may_have else False))
        return conjunction(truths)

    # --- what comes of it ----------------------------------------------------------------------------------

    def rules(self, assessment: Node) -> list[Truth]:
        return [self.condition(rule["when"]) for rule in assessment.get("rules", ())]

    def adjustments(self, assessment: Node) -> list[Truth]:
        return [self.condition(change["when"]) for change in assessment.get("adjustments", ())]

    def possible(self, assessment: Node) -> list[str | None]:
        """Return every level that comes of some choice of what is unknown, from the lowest; None is no level."""
        order = [level["id"] for level in assessment["levels"]]
        rules, changes = self.rules(assessment), self.adjustments(assessment)
        found = set()
        for held in product(*([truth] if truth is not None else [True, False] for truth in rules)):
            for made in product(*([truth] if truth is not None else [True, False] for truth in changes)):
                found.add(level_of(assessment, order, held, made))
        return [None] * (None in found) + [level for level in order if level in found]

    def prompts(self) -> list[str]:
        """Return the prompts that are shown, the most urgent first."""
        prompts = self.words.get("prompts", [])
        held = [prompt for prompt in prompts if "when" not in prompt or self.condition(prompt["when"]) is True]
        replaced = {weaker for prompt in held for weaker in prompt.get("replaces", ())}
        shown = [prompt for prompt in held if prompt["id"] not in replaced]
        return [p["id"] for urgency in ("immediate", "soon", "consider") for p in shown if p["urgency"] == urgency]

    def checks(self) -> list[Truth]:
        return [self.condition(check["when"]) for check in self.words.get("checks", ())]

    def missing(self) -> set[str]:
        """Return the pointers of blanks that are certainly required by `x-form`, in a complete response."""
        found = set()
        for item in self.root.walk():
            required = item.words.get("required", False)
            if required is False or not item.is_question:
                continue
            for seen in self.seen(item):
                if seen.keys is None or (seen.value is not BLANK and not (_is_text(item) and seen.value == "")):
                    continue
                asks = required is True or self.condition(required, item.holder, seen.keys[:-1]) is True
                if asks and self.is_asked(seen) is True:
                    found.add("".join(f"/{key}" for key in seen.keys))
        return found


def level_of(assessment: Node, order: list[str], held: tuple[Any, ...], made: tuple[Any, ...]) -> str | None:
    """Return the level where it is settled which rules hold and which adjustments are made."""
    given = [order.index(rule["level"]) for rule, holds in zip(assessment.get("rules", ()), held, strict=True) if holds]
    otherwise = assessment.get("otherwise", {}).get("level")
    if not given and otherwise is None:
        return None
    level = max(given) if given else order.index(otherwise)
    for change, is_made in zip(assessment.get("adjustments", ()), made, strict=True):
        if is_made:
            stop = order.index(change["notAbove"]) if "notAbove" in change else len(order) - 1
            for _ in range(change.get("raise", 0)):
                level = level + 1 if level < stop else level
            if "atLeast" in change:
                level = max(level, order.index(change["atLeast"]))
            if "atMost" in change:
                level = min(level, order.index(change["atMost"]))
    return order[level]


def _within(keys: Keys, row_keys: Keys) -> bool:
    return keys[: len(row_keys)] == row_keys


def _is_text(item: Item) -> bool:
    return item.schema.get("type") == "string" and "format" not in item.schema
