from __future__ import annotations

import os
from pathlib import Path

import pytest

from cse_forms.errors import ConflictError, OutputError
from cse_forms.writing import write_file


def test_a_file_and_its_folder_are_made(tmp_path: Path) -> None:
    write_file(tmp_path / "new" / "file.json", b"{}")
    assert (tmp_path / "new" / "file.json").read_bytes() == b"{}"


def test_nothing_else_is_left_beside_a_file_that_was_written(tmp_path: Path) -> None:
    write_file(tmp_path / "file.json", b"1")
    write_file(tmp_path / "file.json", b"2", was=b"1")
    assert [path.name for path in tmp_path.iterdir()] == ["file.json"]


def test_a_file_that_was_changed_since_it_was_read_is_left_as_it_is(tmp_path: Path) -> None:
    path = tmp_path / "file.json"
    path.write_bytes(b"another's")
    with pytest.raises(ConflictError, match="was changed by somebody else since it was read"):
        write_file(path, b"mine", was=b"read before")
    assert path.read_bytes() == b"another's"
    assert list(tmp_path.iterdir()) == [path]


def test_a_file_that_was_removed_since_it_was_read_is_not_made_again(tmp_path: Path) -> None:
    path = tmp_path / "file.json"
    with pytest.raises(ConflictError, match="was removed since it was read"):
        write_file(path, b"mine", was=b"read before")
    assert not path.exists()


def test_a_new_file_does_not_replace_one_that_is_there(tmp_path: Path) -> None:
    path = tmp_path / "file.json"
    path.write_bytes(b"another's")
    with pytest.raises(ConflictError, match="is there already"):
        write_file(path, b"mine", was=None)
    assert path.read_bytes() == b"another's"


def test_a_file_that_is_written_again_keeps_its_permissions(tmp_path: Path) -> None:
    path = tmp_path / "file.json"
    path.write_bytes(b"1")
    path.chmod(0o640)
    write_file(path, b"2")
    assert path.stat().st_mode & 0o777 == 0o640


def test_a_device_is_written_to_and_not_replaced() -> None:
    write_file(Path(os.devnull), b"1")
    assert not Path(os.devnull).is_file()


def test_a_place_that_cannot_be_written_to_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"")
    with pytest.raises(OutputError, match=r"Cannot write .*beneath"):
        write_file(tmp_path / "file" / "beneath", b"1")
