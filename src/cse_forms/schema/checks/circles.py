"""Whether anything in a definition depends on itself: a measure, a condition, a level, or whether an item is asked."""

from __future__ import annotations

from collections.abc import Hashable, Iterator
from typing import Any, TypeAlias

from cse_forms import pointers
from cse_forms.schema.checks.form import FormDocument, list_of
from cse_forms.schema.checks.parts import UNITS, Node, Part, Sort, inner, roots, selected_by, speaks_of_row
from cse_forms.schema.faults import Fault
from cse_forms.schema.places import Place

MAX_CHAIN = 100
"""How many measures, conditions and assessments may read one another in a line. The longest real one has five."""

_Step: TypeAlias = Hashable
"""A node, or a part by its place and by the row that it speaks of."""


def circle_faults(form: FormDocument) -> Iterator[Fault]:
    """Whether something depends on itself, or on too long a line of others."""
    graph = _Graph(form)
    told: set[str] = set()
    depths: dict[_Step, int] = {}
    for component in _components(graph):
        reads = [read for step in component for read in graph.reads(step)]
        nodes = [step for step in component if step in graph.written]
        depth = max((depths.get(read, 0) for read in reads), default=0) + (not _are_items(nodes))
        depths |= dict.fromkeys(component, depth)
        if len(component) > 1 or component[0] in reads:
            for node in nodes:
                fault = _fault(graph.written[node], node, "depends on itself", "circle")
                # The rows of one shape share its words: what is wrong there is told once.
                if fault.pointer not in told:
                    told.add(fault.pointer)
                    yield fault
        elif depth == MAX_CHAIN + 1 and nodes and not _are_items(nodes):
            message = f"reads others in a line of more than {MAX_CHAIN}"
            yield _fault(graph.written[nodes[0]], nodes[0], message, "too-deep")


def _are_items(nodes: list[Any]) -> bool:
    return not nodes or not isinstance(nodes[0][0], Sort)


def _fault(at: str, node: Any, message: str, code: str) -> Fault:
    match node:
        case (Sort.MEASURE, name):
            return Fault(at, f"the measure '{name}' {message}", code)
        case (Sort.CONDITION, name):
            return Fault(at, f"the condition '{name}' {message}", code)
        case (Sort.ASSESSMENT, name):
            return Fault(at, f"the level of '{name}' {message}", code)
        case keys:
            return Fault(at, f"whether {pointers.join(keys)} is asked {message}", code)


class _Graph:
    """What reads what. A part that many read stands in it once, so that it stays as small as the document."""

    def __init__(self, form: FormDocument) -> None:
        self._form = form
        self._parts: dict[_Step, Part] = {}
        self._reads: dict[_Step, tuple[_Step, ...]] = {}
        self.written: dict[_Step, str] = {}
        """Where each node is written."""
        self._first: dict[_Step, list[_Step]] = {}
        for root in roots(form):
            if root.node is not None:
                self.written.setdefault(root.node, root.part.at)
                self._first.setdefault(root.node, []).append(self._step(root.part))

    def reads(self, step: _Step) -> tuple[_Step, ...]:
        """Return what a node or a part reads."""
        if step not in self._reads:
            found = self._in_part(self._parts[step]) if step in self._parts else self._first.get(step, ())
            self._reads[step] = tuple(dict.fromkeys(found))
        return self._reads[step]

    def _step(self, part: Part) -> _Step:
        row = part.start.keys if part.start is not None and speaks_of_row(part.value) else None
        step = (part.sort.value, part.at, row)
        self._parts.setdefault(step, part)
        return step

    def _in_part(self, part: Part) -> Iterator[_Step]:
        for other in inner(self._form, part):
            yield self._step(other)
        value = part.value
        if "items" in value:
            yield from self._items(selected_by(self._form, part))
        for word, sort in (("measure", Sort.MEASURE), ("assessment", Sort.ASSESSMENT), ("condition", Sort.CONDITION)):
            if isinstance(value.get(word), str):
                yield (sort, value[word])
        for name in (*list_of(value.get("assessments")), *self._level_sources(value.get("levelOf"))):
            if isinstance(name, str):
                yield (Sort.ASSESSMENT, name)
        for pointer in self._pointers(part):
            yield from self._items(self._form.select(pointer))
        if part.sort is Sort.WITHIN and str(value.get("before", "")).startswith("./"):
            for row in {id(place.holder): place.holder for place in part.selected or ()}.values():
                yield from self._items(self._form.select(value["before"], row))

    def _pointers(self, part: Part) -> Iterator[str]:
        """Yield the pointers of the answers that a part reads, besides those it selects."""
        value = part.value
        named = list_of(value.get("levelOf")) or [value.get("levelOf")]
        if part.sort is Sort.WITHIN:
            named = [value.get("before")]
        if part.sort is Sort.MEASURE:
            spans = (value.get(unit) for unit in UNITS)
            named = [span.get(end) for span in spans if isinstance(span, dict) for end in ("from", "to")]
        yield from (pointer for pointer in named if isinstance(pointer, str) and pointer.startswith("/"))

    @staticmethod
    def _level_sources(value: Any) -> list[Any]:
        named = value if isinstance(value, list) else [value]
        return [name for name in named if isinstance(name, str) and not name.startswith("/")]

    def _items(self, places: tuple[Place, ...]) -> Iterator[Node]:
        """Yield the items that decide whether questions are asked: each is hidden with the section that holds it."""
        for place in places:
            for depth in range(1, len(place.keys) + 1):
                if place.keys[:depth] in self.written:
                    yield place.keys[:depth]


def _components(graph: _Graph) -> Iterator[list[_Step]]:
    """Yield what depends on one another together, and what others depend on before them."""
    order: dict[_Step, int] = {}
    lowest: dict[_Step, int] = {}
    open_steps: list[_Step] = []
    is_open: set[_Step] = set()
    for first in list(graph.written):
        if first in order:
            continue
        work = [(first, iter(graph.reads(first)))]
        order[first] = lowest[first] = len(order)
        open_steps.append(first)
        is_open.add(first)
        while work:
            step, reads = work[-1]
            following = next(reads, None)
            if following is None:
                work.pop()
                if work:
                    lowest[work[-1][0]] = min(lowest[work[-1][0]], lowest[step])
                if lowest[step] == order[step]:
                    component = list(_popped(open_steps, step))
                    is_open -= set(component)
                    yield component
            elif following not in order:
                order[following] = lowest[following] = len(order)
                open_steps.append(following)
                is_open.add(following)
                work.append((following, iter(graph.reads(following))))
            elif following in is_open:
                lowest[step] = min(lowest[step], order[following])


def _popped(steps: list[_Step], last: _Step) -> Iterator[_Step]:
    """Take steps from the end, up to one that is taken too."""
    while steps:
        yield (taken := steps.pop())
        if taken == last:
            return
