"""Whatever is done to one value of a definition or of its scenarios, the check ends and says where something is."""

from __future__ import annotations

import copy
import json
import tempfile
from pathlib import Path
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from cse_forms import pointers
from cse_forms.checking import check_file, definition_files
from cse_forms.checking.github import github_lines
from cse_forms.checking.rules import RULES
from cse_forms.checking.sarif import sarif
from cse_forms.forms import shipped_catalogue
from tests.forms import to_bytes
from tests.schema.documents import DROP, planted

steady = settings(deadline=None, derandomize=True, max_examples=60)
"""The same examples each time, however slow the machine is."""

FILES = [
    (path, json.loads(path.read_bytes()), json.loads(path.with_name("scenarios.json").read_bytes()))
    for path in definition_files(shipped_catalogue().directory)
]

VALUES: st.SearchStrategy[Any] = st.one_of(
    st.just(DROP),
    st.none(),
    st.booleans(),
    st.integers(-3, 10**17),
    st.floats(allow_nan=False, allow_infinity=False),
    st.sampled_from(["", "yes", "/x", "./x", "*", "1.0.0", "published", "section 9", "\ud7ff~/%", "a" * 300]),
    st.sampled_from([[], {}, [{}], {"items": "/x"}, {"measure": "x"}, {"all": []}, {"const": None}, [[]]]),
)


def places(document: Any, at: str = "") -> list[str]:
    """Return the pointers of all values of a document but itself."""
    members = document.items() if isinstance(document, dict) else enumerate(document)
    found: list[str] = []
    for key, value in members:
        pointer = f"{at}/{pointers.escape(str(key))}"
        found.append(pointer)
        if isinstance(value, dict | list):
            found += places(value, pointer)
    return found


PLACES = [(places(document), places(scenarios)) for _, document, scenarios in FILES]


@steady
@given(st.data())
def test_no_single_change_of_a_shipped_definition_stops_the_check(data: st.DataObject) -> None:
    number = data.draw(st.integers(0, len(FILES) - 1))
    path, document, scenarios = FILES[number]
    which = data.draw(st.sampled_from([0, 0, 0, 1]))
    place = data.draw(st.sampled_from(PLACES[number][which]))
    value = data.draw(st.one_of(VALUES, st.sampled_from(places(document)).map(lambda at: value_at(document, at))))
    changed = planted(copy.deepcopy([document, scenarios][which]), place, value)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name) / path.parent.parent.name / path.parent.name
        folder.mkdir(parents=True)
        (folder / "form.json").write_bytes(to_bytes(changed if which == 0 else document))
        (folder / "scenarios.json").write_bytes(to_bytes(changed if which == 1 else scenarios))
        checked = check_file(folder / "form.json")
    for notice in checked.notices:
        assert notice.problem.code in RULES
        assert notice.problem.severity == RULES[notice.problem.code].severity
        assert min(notice.problem.line, notice.problem.column) >= 1
    assert json.loads(json.dumps(checked.to_dict()))["fit"] is checked.is_fit
    assert len(sarif(checked.notices, folder)["runs"][0]["results"]) == len(checked.notices)
    assert all("\n" not in line for line in github_lines(checked.notices, folder))


def value_at(document: Any, pointer: str) -> Any:
    return copy.deepcopy(pointers.value_at(document, pointers.keys_in(document, pointer)))
