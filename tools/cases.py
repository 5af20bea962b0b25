"""Write the cases of the shipped forms: answers to each of them, and what must come of those in any language.

    python tools/cases.py [FOLDER]

They belong to the corpus in tests/cases, which is described there. The answers are made up by a generator of random
numbers that begins the same each time, so that the files change only with the forms and with what the library says;
`make cases` writes them, and tests hold them against the library and against a second reading of the forms.
"""

from __future__ import annotations

import copy
import json
import random
import sys
from collections.abc import Iterator
from fractions import Fraction
from pathlib import Path
from typing import Any

from cse_forms.forms import Catalogue, Form, Outcome
from cse_forms.scenarios import SCENARIO_FILE
from cse_forms.schema.catalogue import shipped_directory
from cse_forms.schema.items import Item, Kind, Question, Section, Table
from cse_forms.schema.scenarios import Scenario, load_scenarios
from cse_forms.thresholds.policy import Policy

ROOT = Path(__file__).parents[1]
CORPUS = ROOT / "tests" / "cases"
FOLDER = CORPUS / "forms"

DATES = ("2004-02-29", "2010-06-15", "2012-12-31", "2025-11-30", "2026-03-01", "2026-03-31")
WRONG: tuple[Any, ...] = (
    None,
    "",
    "neither of them",
    0,
    -1,
    2.5,
    True,
    False,
    [],
    {},
    ["yes"],
    [{}],
    "2026-02-30",
    "31/03/2026",
)
GAPS = (1, 2, 3, 4, 6, 10, 20, 0, 0, 0)
"""One answer in so many is left out; of nought, none."""
BLANK = object()


def main(folder: Path) -> None:
    """Write a file for each form."""
    folder.mkdir(parents=True, exist_ok=True)
    catalogue = Catalogue.shipped()
    for name, versions in catalogue.versions().items():
        for version in versions:
            form = catalogue.get_form(name, version)
            (folder / f"{name}-{version}.json").write_text(written(form), encoding="utf-8")


def written(form: Form) -> str:
    """Return the file of a form: a line for each case, so that a change shows where it is."""
    head = {
        "$schema": "forms.schema.json",
        "corpus": (CORPUS / "VERSION").read_text(encoding="utf-8").strip(),
        "form": form.id,
        "version": form.version,
        "digest": form.digest,
    }
    cases = ",\n".join(f"    {json.dumps(case(form, *made), ensure_ascii=False)}" for made in made_cases(form))
    lines = "".join(f"  {json.dumps(key)}: {json.dumps(value)},\n" for key, value in head.items())
    return f'{{\n{lines}  "cases": [\n{cases}\n  ]\n}}\n'


# --- answers ---------------------------------------------------------------------------------------------------------


def made_cases(form: Form) -> Iterator[tuple[str, Any, bool]]:
    """Yield a name, answers, and whether they are a draft."""
    for draft in (False, True):
        yield "There is nothing at all", {}, draft
    for scenario in scenarios(form):
        yield f"Scenario: {scenario.name.rstrip('.')}", scenario.answers, scenario.draft
    for number, gaps in enumerate(GAPS):
        chance = random.Random(f"{form.id} {number}")  # noqa: S311 - the same answers each time are what is wanted
        author = Author(chance, gaps, concern=(0, 12, 60)[number % 3])
        answers = author.answers(form.definition.root)
        left_out = {0: "Every question is answered", 1: "Every section is there and empty"}
        name = left_out.get(gaps, f"One answer in {gaps} is left out")
        yield f"{name} ({number + 1})", answers, False
        yield f"{name}, in a draft ({number + 1})", answers, True
        damaged = copy.deepcopy(answers)
        damage(damaged, chance)
        yield f"Some answers are wrong ({number + 1})", damaged, bool(number % 2)


def scenarios(form: Form) -> tuple[Scenario, ...]:
    """Return the example answers that stand beside a definition."""
    path = shipped_directory() / form.id / form.version / SCENARIO_FILE
    return load_scenarios(path.read_bytes(), path.name) if path.exists() else ()


class Author:
    """Makes up answers of the right kinds."""

    def __init__(self, chance: random.Random, gaps: int, *, concern: int) -> None:
        self.chance = chance
        self.gaps = gaps
        self.concern = concern
        """Once in how often another option is chosen than the last, where on most forms stands what is of no concern;
        of nought, any option is chosen."""

    def answers(self, item: Item) -> Any:
        """Return answers to an item and all that it holds."""
        if isinstance(item, Section):
            members = {key: self.answers(child) for key, child in item.children.items()}
            return {key: value for key, value in members.items() if value is not BLANK}
        if self.once_in(self.gaps):
            return BLANK
        if isinstance(item, Table):
            return [self.answers(item.row) for _ in range(self.chance.randrange(3))]
        return self.answer(item)

    def answer(self, question: Question) -> Any:
        """Return an answer of the right kind."""
        options = [option.value for option in question.options]
        match question.kind:
            case Kind.CHOICE:
                return options[-1] if self.concern and not self.once_in(self.concern) else self.chance.choice(options)
            case Kind.CHOICES:
                return [value for value in options if self.once_in(3)]
            case Kind.TICK:
                return self.once_in(self.concern or 3)
            case Kind.DATE:
                return self.chance.choice(DATES)
            case Kind.INTEGER | Kind.NUMBER:
                return self.chance.randint(int(question.lowest or 0), int(question.highest or 20))
            case Kind.TEXT:
                return self.chance.choice(["Some words.", "Said \u2013 and \u00e9crit.", "Two\nlines."])

    def once_in(self, times: int) -> bool:
        """Return True once in so many times; of nought, never."""
        return times > 0 and self.chance.randrange(times) == 0


def damage(answers: Any, chance: random.Random) -> None:
    """Put wrong values in the place of a few answers, and add one that nobody asked for."""
    places = list(holders(answers))
    for _ in range(min(3, len(places))):
        holder, key = chance.choice(places)
        holder[key] = copy.deepcopy(chance.choice(WRONG))
    answers["nobody-asked"] = "for this"


def holders(value: Any) -> Iterator[tuple[Any, Any]]:
    """Yield each object or list with each of its keys, at every depth."""
    members = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, member in members:
        yield value, key
        yield from holders(member)


# --- what comes of them ----------------------------------------------------------------------------------------------


def case(form: Form, name: str, answers: Any, draft: bool) -> dict[str, Any]:
    """Return a case with all that is expected of it."""
    outcome = form.evaluate(answers, draft=draft)
    report = outcome.report
    said: dict[str, Any] = {"name": f"{name}."} | ({"draft": True} if draft else {}) | {"answers": answers}
    said["expect"] = {
        "valid": report.valid,
        "findings": [
            {"code": finding.code, "pointer": finding.pointer, "severity": finding.severity}
            for finding in report.findings
        ],
        "measures": {
            name: {
                "lowest": exact(found.interval.lowest),
                "highest": exact(found.interval.highest),
                "has_value": found.interval.has_value,
            }
            for name, found in outcome.measures.items()
        },
        "assessments": assessments(outcome),
        "prompts": [prompt.id for prompt in outcome.evaluation.shown_prompts],
        "asked": asked(form, answers, draft=draft),
    }
    return said


def exact(number: Any) -> str | None:
    """Return a number to its last digit: "5", or "5/2"."""
    return None if number is None else str(Fraction(number))


def assessments(outcome: Outcome) -> dict[str, Any]:
    """Return what each assessment comes to."""
    kept = ("lowest", "highest", "possible", "determined", "applies", "clash", "recorded", "unanswered", "not_known")
    found = {}
    for said in outcome.to_dict()["assessments"]:
        found[said["id"]] = {word: said[word] for word in kept} | {
            "rules": {rule["id"]: rule["gives"] for rule in said["rules"]},
            "adjustments": {change["id"]: change["state"] for change in said["adjustments"]},
            "permitted": said["judgement"] and said["judgement"]["permitted"],
        }
    return found


def asked(form: Form, answers: Any, *, draft: bool) -> dict[str, list[str]]:
    """Return the pointers of the questions that are certainly not asked, and of those of which nobody knows."""
    reader = Policy(form.definition).reader(answers, draft=draft)
    found: dict[str, list[str]] = {"no": [], "unknown": []}
    for question in form.definition.questions.values():
        for instance in reader.instances(question):
            truth = reader.is_asked(question, instance.keys)
            if truth is not True and not instance.rows_unknown:
                found["unknown" if truth is None else "no"].append(instance.pointer)
    return found


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else FOLDER)
