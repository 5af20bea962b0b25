"""A second reading of the condition language: slow, plain, and with nothing of the library.

It was written from the text of the definition format, straight over the raw JSON documents, so that a fault of the
library's shows as a disagreement. It knows every word of the language. Its parts, from the ground up: `plain_values`,
`plain_numbers`, `plain_answers`, `plain_matching`, `plain_weights`, `plain_measures`, `plain_conditions`,
`plain_assessments`, and this, which says what comes of them.
"""

from __future__ import annotations

from tests.property.plain_assessments import PlainAssessments
from tests.property.plain_values import BLANK, Item, Node, Truth


class PlainReading(PlainAssessments):
    """What a definition says of one response."""

    def holding(self) -> dict[str, Truth]:
        """Return of each prompt whether it holds."""
        return {
            prompt["id"]: self.condition(prompt["when"]) if "when" in prompt else True
            for prompt in self.words.get("prompts", [])
        }

    def prompts(self) -> list[str]:
        """Return the prompts that are shown, the most urgent first."""
        holding = self.holding()
        held: list[Node] = [prompt for prompt in self.words.get("prompts", []) if holding[prompt["id"]] is True]
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


def _is_text(item: Item) -> bool:
    return item.schema.get("type") == "string" and "format" not in item.schema
