"""Many definitions are checked on all processors, and told in the order of their files."""

from __future__ import annotations

from pathlib import Path

from cse_forms.checking import check_file, definition_files
from cse_forms.checking.many import check_files
from tests.cli.folders import invented, write_form


def test_what_several_processes_find_is_what_one_finds_in_the_same_order(tmp_path: Path) -> None:
    files = []
    for number in range(6):
        document = invented(version=f"1.{number}.0", header=["/child/name", *["/nobody"] * (number % 2)])
        files.append(write_form(tmp_path, document))
    apart = list(check_files(files, many=2))
    assert [one.path for one in apart] == files
    assert [one.to_dict() for one in apart] == [check_file(path).to_dict() for path in files]
    assert [one.definition for one in apart] == [None] * 6
    assert [one.held is None for one in apart] == [False, True] * 3


def test_what_an_interrupted_program_was_about_to_make_is_passed_over(tmp_path: Path) -> None:
    path = write_form(tmp_path, invented())
    begun = path.parent.parent / ".1.1.0.x" / "1.1.0"
    begun.mkdir(parents=True)
    (begun / path.name).write_bytes(b"{")
    assert definition_files(tmp_path) == [path]
    assert definition_files(begun) == [begun / path.name]
