"""A definition and the files beside it, taken apart into the rows of a workbook."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Iterator, Mapping
from typing import Any

from cse_forms.errors import CseFormsError
from cse_forms.pointers import escape, join, keys_in, split, value_at
from cse_forms.schema.document import DIALECT
from cse_forms.schema.loading import load_definition
from cse_forms.schema.wording import wordings
from cse_forms.thresholds.as_schema import is_derived, with_derived_rules
from cse_forms.workbook import tables
from cse_forms.workbook.columns import ORDER, OTHER, Table
from cse_forms.workbook.files import Files, Row, Rows, to_bytes
from cse_forms.workbook.kinds import kind_of, words_of
from cse_forms.workbook.leaves import Path, arranged, leaves_of, object_of
from cse_forms.workbook.values import same

Node = dict[str, Any]


def take_apart(files: Files) -> Rows:
    """Return the rows of every sheet."""
    return _Taking(files).rows


class _Taking:
    """Takes files apart."""

    def __init__(self, files: Files) -> None:
        self.rows: Rows = {table.name: [] for table in tables.TABLES}
        form = without_derived_rules(files.form)
        if form is None:
            form, derives = files.form, "no"
        else:
            derives = "yes"
        self._form(form, derives)
        if files.scenarios is not None:
            for number, scenario in enumerate(files.scenarios["scenarios"], 1):
                self._scenario(number, scenario)
        for language, document in files.translations.items():
            self._translation(language, document, files.form)

    def _add(
        self, table: Table, keys: Mapping[str, Any], value: Node, *,
        implied: Collection[Path] = (), left_out: Mapping[Path, Any] | None = None, apart: Collection[Path] = (),
    ) -> Row:  # fmt: skip
        """Add the row of an object.

        Args:
            table: the sheet.
            keys: what says which row it is.
            value: the object.
            implied: words of `structure` that need no rows to be there.
            left_out: words that a key column says, or rows that stand apart.
            apart: words of `structure` that have no rows, since rows could not tell them.
        """
        row: Row = {heading: cell for heading, cell in keys.items() if cell is not None}
        others: list[tuple[Path, Any]] = []
        found = list(leaves_of(value, table.prefixes))
        told: list[Path] = []
        empty: list[Path] = []
        for path, member in found:
            if path in (left_out or {}):
                told.append(path)
            elif path in table.structure and path not in apart and isinstance(member, dict | list):
                (told if member or path in implied else empty).append(path)
            else:
                column = table.by_path.get(path)
                cell = None if column is None else column.value.shown(member)
                if column is None or cell is None:
                    others.append((path, member))
                else:
                    row[column.heading] = cell
                    told.append(path)
        if others:
            other = object_of(others)
            row[OTHER] = json.dumps(other, ensure_ascii=False)
            told += (path for path, _ in leaves_of(other, table.prefixes))
        paths = [path for path, _ in found]
        required = _moved(value)
        if paths != arranged(told, table.usual) or required:
            order: dict[str, Any] = {"order": list(map(join, paths))}
            order |= {"empty": list(map(join, empty))} if empty else {}
            order |= {"required": required} if required else {}
            row[ORDER] = json.dumps(order, ensure_ascii=False)
        self.rows[table.name].append(row)
        return row

    def _add_all(self, table: Table, objects: Any, keys: Mapping[str, Any] | None = None) -> None:
        for one in objects if isinstance(objects, list) else ():
            self._add(table, keys or {}, one)

    def _form(self, form: Node, derives: str) -> None:
        words = form["x-form"]
        fixed = {path: value for path, value in fixed_words(words).items() if same(form.get(path[0]), value)}
        self._add(tables.ABOUT, {tables.DERIVED: derives}, form, implied=(("properties",),), left_out=fixed)
        self._guidance("/", words)
        self._children("", form)
        for name, shape in form.get("$defs", {}).items():
            self._item(f"#{escape(name)}", shape, {})
        self._add_all(tables.SOURCES, words.get("sources"))
        self._add_all(tables.WITHHELD, words.get("withheld"))
        for name, condition in words.get("conditions", {}).items():
            self._add(tables.CONDITIONS, {"Name": name}, {"holds": condition})
        for name, measure in words.get("measures", {}).items():
            self._add(tables.MEASURES, {"Id": name}, gathered(measure))
        for assessment in words.get("assessments", ()):
            self._assessment(assessment)
        self._add_all(tables.PROMPTS, words.get("prompts"))
        self._add_all(tables.CHECKS, words.get("checks"))

    def _assessment(self, assessment: Node) -> None:
        may = value_at(assessment, ("judgement", "may"))
        is_limited = isinstance(may, list)
        self._add(
            tables.ASSESSMENTS, {}, assessment, left_out={("judgement", "may"): may} if is_limited else {}
        )  # fmt: skip
        keys = {"Assessment": assessment["id"]}
        self._add_all(tables.LEVELS, assessment.get("levels"), keys)
        self._add_all(tables.RULES, assessment.get("rules"), keys)
        self._add_all(tables.ADJUSTMENTS, assessment.get("adjustments"), keys)
        self._add_all(tables.LIMITS, may, keys)

    def _guidance(self, path: str, words: Any) -> None:
        if isinstance(words, dict):
            self._add_all(tables.GUIDANCE, words.get("guidance"), {"Belongs to": path})

    def _children(self, path: str, item: Node) -> None:
        for name, child in item.get("properties", {}).items():
            self._item(f"{path}/{escape(name)}", child, item)

    def _item(self, path: str, item: Node, holder: Node) -> None:
        must = path.rpartition("/")[2] in map(escape, holder.get("required", ()))
        held = item.get("items")
        rows: Node = held if isinstance(held, dict) else {}
        is_row_apart = bool(rows) and "oneOf" not in rows and list(rows) != ["$ref"]
        # What is held has rows of its own: of the words here only their place is kept.
        taken = item | ({"items": {}} if is_row_apart else {})
        kind = kind_of(dict(leaves_of(taken, tables.QUESTIONS.prefixes)))
        self._add(
            tables.QUESTIONS,
            {"Path": path, tables.KIND: kind, tables.MUST: "yes" if must else None},
            taken,
            implied=(("properties",),) if kind == "section" else (),
            left_out=({} if kind is None else words_of(kind)) | ({("items",): rows} if is_row_apart else {}),
        )
        self._guidance(path, item.get("x-form"))
        self._add_all(tables.OPTIONS, item.get("oneOf") or rows.get("oneOf"), {"Question": path})
        if is_row_apart:
            self._item(f"{path}/*", rows, {})
        self._children(path, item)

    def _scenario(self, number: int, scenario: Node) -> None:
        answers = list(answers_of(scenario["answers"]))
        if not same(answers_from(answers), scenario["answers"]):
            answers = []
        apart = () if answers or not scenario["answers"] else (("answers",),)
        self._add(tables.SCENARIOS, {"No.": number}, scenario, implied=(("answers",),), apart=apart)
        for pointer, answer in answers:
            self._add(tables.ANSWERS, {"Scenario": number, "Question": pointer}, {"answer": answer})
        for assessment, expected in scenario["expect"].get("assessments", {}).items():
            self._add(tables.OUTCOMES, {"Scenario": number, "Assessment": assessment}, expected)

    def _translation(self, language: str, document: Node, form: Node) -> None:
        for pointer, said in document["strings"].items():
            now = value_at(form, keys_in(form, pointer))
            keys = {"Language": language, "Where": pointer, "Wording now": now if isinstance(now, str) else None}
            self._add(tables.TRANSLATIONS, keys, said)
        for wording in wordings(form):
            if wording.pointer not in document["strings"]:
                row: Row = {"Language": language, "Where": wording.pointer, "Wording now": wording.text}
                self.rows[tables.TRANSLATIONS.name].append(row)


def _moved(holder: Node) -> list[str]:
    """Return the keys that must be there, where their order is not that of what the object holds."""
    required = holder.get("required")
    if not isinstance(required, list):
        return []
    usual = [name for name in holder.get("properties", {}) if name in required]
    return [] if usual == required else required


def gathered(measure: Node) -> Node:
    """Return a measure as its title and all else."""
    rest = {word: value for word, value in measure.items() if word != "title"}
    if "title" not in measure:
        return {"measure": rest}
    title = measure["title"]
    return {"title": title, "measure": rest} if next(iter(measure)) == "title" else {"measure": rest, "title": title}


def answers_of(answers: Any, at: str = "") -> Iterator[tuple[str, Any]]:
    """Yield the answers of a scenario by their pointers; what holds nothing is an answer itself."""
    if isinstance(answers, dict) and (answers or not at):
        for key, value in answers.items():
            yield from answers_of(value, f"{at}/{escape(key)}")
    elif isinstance(answers, list) and any(isinstance(one, dict | list) for one in answers):
        for index, value in enumerate(answers):
            yield from answers_of(value, f"{at}/{index}")
    else:
        yield at, answers


def answers_from(answers: Iterable[tuple[str, Any]]) -> Any:
    """Return the answers that stand at some pointers. Keys that count from nought are those of rows."""
    found: Node = {}
    for pointer, answer in answers:
        holder = found
        *above, last = split(pointer)
        for key in above:
            inner = holder.setdefault(key, {})
            if not isinstance(inner, dict):
                inner = holder[key] = {}
            holder = inner
        holder[last] = answer
    return {key: _rows_of(value) for key, value in found.items()}


def _rows_of(value: Any) -> Any:
    if not isinstance(value, dict):
        return value
    members = [_rows_of(member) for member in value.values()]
    is_list = members and list(value) == [str(index) for index in range(len(members))]
    return members if is_list else dict(zip(value, members, strict=True))


def fixed_words(words: Mapping[str, Any]) -> dict[Path, Any]:
    """Return the words of a definition that are the same in all, or follow from its id and version."""
    return {
        ("$schema",): DIALECT,
        ("$id",): f"urn:cse-forms:{words.get('id')}:{words.get('version')}",
        ("type",): "object",
        ("additionalProperties",): False,
    }


def without_derived_rules(form: Node) -> Node | None:
    """Return a definition without the rules that are worked out from it, or None if it does not hold just those."""
    bare = _bare(form)
    assert isinstance(bare, dict)
    try:
        derived = with_derived_rules(load_definition(to_bytes(bare), "form"))
    except CseFormsError:
        return None
    return bare if same(derived, form) else None


def _bare(value: Any) -> Any:
    if isinstance(value, list):
        return [_bare(member) for member in value]
    if not isinstance(value, dict):
        return value
    bare = {key: _bare(member) for key, member in value.items()}
    if "properties" in value and isinstance(value.get("allOf"), list):
        bare["allOf"] = [rule for rule in value["allOf"] if not is_derived(rule)]
        if not bare["allOf"]:
            del bare["allOf"]
    return bare
