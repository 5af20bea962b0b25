"""The rows of a workbook put together to a definition and the files beside it, each fault with its cell."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from cse_forms.pointers import escape, join, keys_in, split, value_at
from cse_forms.schema.faults import suggestion
from cse_forms.schema.places import MAX_DEPTH
from cse_forms.schema.translation import digest_of_text
from cse_forms.workbook import tables
from cse_forms.workbook.apart import answers_from, fixed_words
from cse_forms.workbook.columns import OTHER
from cse_forms.workbook.files import Files
from cse_forms.workbook.kinds import KINDS, words_of
from cse_forms.workbook.leaves import Path
from cse_forms.workbook.records import CellFault, Record, Records
from cse_forms.workbook.rows import Node, Places, RowReader
from cse_forms.workbook.values import JSON, CellError, Value, read_flag


@dataclass(slots=True, kw_only=True)
class Assembled:
    """What the rows came to."""

    files: Files
    form_places: Places
    scenario_places: Places
    translation_places: dict[str, Places]
    derives_rules: bool
    """Whether the rules that follow from the definition are to be written into it."""
    faults: list[CellFault]


def put_together(records: Records) -> Assembled:
    """Return what the rows of a workbook say, and what is wrong with them."""
    putting = _Putting(records)
    form = putting.form()
    scenarios = putting.scenarios()
    translations = putting.translations(form)
    return Assembled(
        files=Files(form=form, scenarios=scenarios, translations=translations),
        form_places=putting.places,
        scenario_places=putting.scenario_places,
        translation_places=putting.translation_places,
        derives_rules=putting.derives_rules,
        faults=putting.faults,
    )


@dataclass(slots=True)
class _Item:
    """A row of the sheet Questions, and those that it holds."""

    record: Record
    path: str
    children: dict[str, _Item] = field(default_factory=dict)


class _Putting(RowReader):
    """Puts rows together."""

    def __init__(self, records: Records) -> None:
        super().__init__(records)
        self.scenario_places: Places = {}
        self.translation_places: dict[str, Places] = {}
        self.derives_rules = True

    # --- the definition ------------------------------------------------------------------------------------

    def form(self) -> Node:
        """Return the definition."""
        about = self.rows(tables.ABOUT)[0]
        derives = self.read(about, tables.DERIVED, Value(lambda value: value, read_flag))
        self.derives_rules = derives is not False
        top, shapes, paths = self._items()
        self._guidance_of = self.grouped(tables.GUIDANCE, {*paths, "/"}, "section or question")
        self._options_of = self.grouped(tables.OPTIONS, paths, "question")
        order = self.order(about)
        structure: dict[Path, Any] = {
            ("x-form", "sources"): self.all(tables.SOURCES, self.rows(tables.SOURCES), "/x-form/sources"),
            ("x-form", "withheld"): self.all(tables.WITHHELD, self.rows(tables.WITHHELD), "/x-form/withheld"),
            ("x-form", "guidance"): self._guidance("/", "/x-form"),
            ("x-form", "conditions"): self._conditions(),
            ("x-form", "measures"): self._measures(),
            ("x-form", "assessments"): self._assessments(),
            ("x-form", "prompts"): self.all(tables.PROMPTS, self.rows(tables.PROMPTS), "/x-form/prompts"),
            ("x-form", "checks"): self.all(tables.CHECKS, self.rows(tables.CHECKS), "/x-form/checks"),
            ("properties",): {key: self._item(item, f"/properties/{escape(key)}") for key, item in top.items()},
            ("required",): self._required(top, order),
            ("$defs",): {name: self._item(item, f"/$defs/{escape(name)}") for name, item in shapes.items()},
        }
        named = {word: self.read(about, heading) for word, heading in (("id", "Id"), ("version", "Version"))}
        return self.object(
            tables.ABOUT, about, "", structure=structure, implied=(("properties",),), said=fixed_words(named)
        )

    def _items(self) -> tuple[dict[str, _Item], dict[str, _Item], set[str]]:
        """Return the top items, the shapes, and all paths."""
        rows = {path: _Item(record, path) for path, record in self.unique(tables.QUESTIONS).items()}
        top: dict[str, _Item] = {}
        shapes: dict[str, _Item] = {}
        for path, item in rows.items():
            holder, mark, key = path.rpartition("/")
            if path.startswith("#") and not mark:
                shapes[split(f"/{path[1:]}")[0]] = item
            elif not path.startswith(("/", "#")) or not key:
                message = "a path begins with / or, of a shape, with #; such as /signs/late or #sign/seen"
                self.fault(item.record.place("Path"), message)
            elif path.count("/") > MAX_DEPTH:
                self.fault(item.record.place("Path"), f"no form has items in items more than {MAX_DEPTH} deep")
            elif not holder:
                top[split(f"/{key}")[0]] = item
            elif holder in rows:
                rows[holder].children[split(f"/{key}")[0]] = item
            else:
                near = suggestion(holder, rows)
                message = f"there is no row for {holder}, in which this stands{near or '; add it, or mend the path'}"
                self.fault(item.record.place("Path"), message)
        return top, shapes, set(rows)

    def _item(self, item: _Item, at: str) -> Node:
        record = item.record
        kind = self.read(record, tables.KIND)
        if kind is not None and kind not in KINDS:
            near = suggestion(kind, KINDS)
            self.fault(record.place(tables.KIND), f"no kind '{kind}' is known{near or f'; it is one of {_or(KINDS)}'}")
            kind = None
        said = {} if kind is None else words_of(kind)
        is_array = said.get(("type",)) == "array" or self._other_type(record) == "array"
        options: Path = ("items", "oneOf") if is_array else ("oneOf",)
        rows = item.children.get("*")
        structure: dict[Path, Any] = {
            ("x-form", "guidance"): self._guidance(item.path, f"{at}/x-form"),
            options: self.all(tables.OPTIONS, self._options_of.get(item.path, ()), f"{at}{join(options)}"),
            ("properties",): {
                key: self._item(child, f"{at}/properties/{escape(key)}")
                for key, child in item.children.items()
                if key != "*"
            },
            ("required",): self._required(item.children, self.order(record)),
            ("items",): {} if rows is None else self._item(rows, f"{at}/items"),
        }
        self.places[f"{at}/type"] = record.place(tables.KIND)
        implied = (("properties",),) if kind == "section" else ()
        return self.object(tables.QUESTIONS, record, at, structure=structure, implied=implied, said=said)

    def _other_type(self, record: Record) -> Any:
        try:
            other = JSON.read(record.cells.get(OTHER, ""))
        except CellError:
            return None
        return other.get("type") if isinstance(other, dict) else None

    def _required(self, children: Mapping[str, _Item], order: Mapping[str, list[str]]) -> list[str]:
        """Return the keys of what must be answered; in the order that was recorded, as far as one was."""
        asked = []
        for key, item in children.items():
            if self.read(item.record, tables.MUST, Value(lambda value: value, read_flag)):
                asked.append(key)
        recorded = order.get("required", [])
        return [*(key for key in recorded if key in asked), *(key for key in asked if key not in recorded)]

    def _guidance(self, path: str, at: str) -> list[Node]:
        return self.all(tables.GUIDANCE, self._guidance_of.get(path, ()), f"{at}/guidance")

    def _conditions(self) -> Node:
        found: Node = {}
        for name, record in self.unique(tables.CONDITIONS).items():
            at = f"/x-form/conditions/{escape(name)}"
            self.places[at] = record.place("Holds where")
            found[name] = self.read(record, tables.CONDITIONS.by_path["holds",])
            if "Holds where" not in record.cells:
                self.fault(record.place("Holds where"), "say where the condition holds, or remove the whole row")
        return {name: condition for name, condition in found.items() if condition is not None}

    def _measures(self) -> Node:
        found: Node = {}
        for name, record in self.unique(tables.MEASURES).items():
            at = f"/x-form/measures/{escape(name)}"
            if "Worked out as" not in record.cells:
                self.fault(record.place("Worked out as"), "say how the number is worked out, or remove the whole row")
                continue
            gathered = self.object(tables.MEASURES, record, at)
            self.places[at] = record.place("Worked out as")
            measure: Node = {}
            for word, value in gathered.items():
                measure |= value if word == "measure" and isinstance(value, dict) else {word: value}
            if isinstance(gathered.get("measure"), dict):
                found[name] = measure
        return found

    def _assessments(self) -> list[Node]:
        rows = self.rows(tables.ASSESSMENTS)
        ids = {str(record.cells["Id"]) for record in rows if "Id" in record.cells}
        groups = {
            table.name: self.grouped(table, ids, "assessment")
            for table in (tables.LEVELS, tables.RULES, tables.ADJUSTMENTS, tables.LIMITS)
        }
        found = []
        for index, record in enumerate(rows):
            at, name = f"/x-form/assessments/{index}", str(record.cells.get("Id"))
            parts = (
                (("levels",), tables.LEVELS),
                (("rules",), tables.RULES),
                (("adjustments",), tables.ADJUSTMENTS),
                (("judgement", "may"), tables.LIMITS),
            )
            structure: dict[Path, Any] = {
                path: self.all(table, groups[table.name].get(name, ()), f"{at}{join(path)}") for path, table in parts
            }
            if structure["judgement", "may"] and "Decision may" in record.cells:
                self.fault(record.place("Decision may"), "the sheet Limits has limits for this; empty this cell")
            found.append(self.object(tables.ASSESSMENTS, record, at, structure=structure))
        return found

    # --- what stands beside it -----------------------------------------------------------------------------

    def scenarios(self) -> Node | None:
        """Return the scenarios, if there are any."""
        rows = self.unique(tables.SCENARIOS)
        answers = self.grouped(tables.ANSWERS, rows, "scenario")
        outcomes = self.grouped(tables.OUTCOMES, rows, "scenario")
        found = [
            self._scenario(record, f"/scenarios/{index}", answers.get(name, ()), outcomes.get(name, ()))
            for index, (name, record) in enumerate(rows.items())
        ]
        return {"scenarios": found} if found else None

    def _scenario(self, record: Record, at: str, answers: Sequence[Record], outcomes: Sequence[Record]) -> Node:
        given: dict[str, Any] = {}
        for row in answers:
            pointer = self.key(row, "Question")
            if pointer is None:
                continue
            self.scenario_places[f"{at}/answers{pointer}"] = row.place("Answer")
            if not pointer.startswith("/"):
                self.fault(row.place("Question"), "this must be the path of a question, such as /child/name")
            elif pointer in given or any(
                other.startswith(f"{pointer}/") or pointer.startswith(f"{other}/") for other in given
            ):
                self.fault(row.place("Question"), "this scenario has another answer there already; keep one")
            elif "Answer" not in row.cells:
                self.fault(row.place("Answer"), "the answer is empty; remove the whole row to leave it unanswered")
            else:
                given[pointer] = self.read(row, tables.ANSWERS.by_path["answer",])
        expected: Node = {}
        for row in outcomes:
            name = self.key(row, "Assessment")
            if name is not None:
                place = f"{at}/expect/assessments/{escape(name)}"
                expected[name] = self.object(tables.OUTCOMES, row, place, places=self.scenario_places)
        structure = {("answers",): answers_from(given.items()), ("expect", "assessments"): expected}
        scenario = self.object(
            tables.SCENARIOS, record, at, places=self.scenario_places, structure=structure, implied=(("answers",),)
        )
        scenario.setdefault("expect", {})
        return scenario

    def translations(self, form: Node) -> dict[str, Node]:
        """Return the translations, by language."""
        found: dict[str, Node] = {}
        words = form.get("x-form", {})
        for record in self.rows(tables.TRANSLATIONS):
            language, pointer = self.key(record, "Language"), self.key(record, "Where")
            if language is None or pointer is None or "Translation" not in record.cells:
                continue
            file = found.setdefault(
                language,
                {"form": words.get("id"), "version": words.get("version"), "language": language, "strings": {}},
            )
            if pointer in file["strings"]:
                self.fault(record.place("Where"), "this wording is translated twice here; keep one")
                continue
            places = self.translation_places.setdefault(language, {})
            said = self.object(tables.TRANSLATIONS, record, f"/strings/{escape(pointer)}", places=places)
            now = value_at(form, keys_in(form, pointer)) if pointer.startswith("/") else None
            if isinstance(now, str):
                # Whoever translates a wording need not know its digest.
                said.setdefault("source", digest_of_text(now))
            file["strings"][pointer] = said
        return found


def _or(words: Iterable[str]) -> str:
    return ", ".join(f"'{word}'" for word in words)
