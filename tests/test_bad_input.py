"""Files that are no responses, or that mean harm: each is refused or reported, at little cost, without a traceback."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from click.testing import CliRunner

from cse_forms.cli import main
from tests.commands import LIMITED, Ran, run

SECRET = "Robin Secret"
"""What stands in every bad file as an answer, and must stand in no message."""

NAMED = f'{{"name": "{SECRET}"}}'
FORM, VERSION = '"cse-toolbox"', '"1.0.0"'


def response(answers: str = NAMED, *, form: str = FORM, version: str = VERSION, more: str = "") -> str:
    return f'{{"form": {form}, "version": {version}, "answers": {answers}{more}}}'


def child(name: str = f'"{SECRET}"', more: str = "") -> str:
    """Return answers, the child's name among them."""
    return f'{{"involved": {{"child": {{"name": {name}{more}}}}}}}'


REFUSED: dict[str, tuple[str | bytes, str]] = {
    "not JSON": (f"Name: {SECRET}", "is not JSON (line 1 column 1)"),
    "cut off": (response()[:-3], "ends in the middle; it was cut off, so look for a whole copy"),
    "two documents": (response() * 2, "goes on after its end; one file holds one JSON value"),
    "not UTF-8": (response(child('"Zo\xeb"')).encode("latin-1"), "is not UTF-8 (line 1, byte"),
    "UTF-16": (response().encode("utf-16"), "is not UTF-8 (line 1, byte 0): save it as UTF-8"),
    "UTF-16 without a mark": (response().encode("utf-16-le"), "is not JSON"),
    "two byte order marks": (response().encode("utf-8-sig").join([b"\xef\xbb\xbf", b""]), "is not JSON"),
    "a key twice": (response(f'{{"name": "{SECRET}", "name": "x"}}'), 'has the key "name" twice'),
    "an endless key twice": (f'{{"{"k" * 2_000_000}": 1, "{"k" * 2_000_000}": 2}}', "kkk... twice"),
    "50 MB": (response(f'{{"name": "{SECRET * 4_200_000}"}}'), "has more than 10 MB"),
    "arrays nested 100,000 deep": (response("[" * 100_000 + "]" * 100_000), "is nested deeper than 200 levels"),
    "objects nested 100,000 deep": (
        response('{"a":' * 100_000 + "1" + "}" * 100_000),
        "is nested deeper than 200 levels",
    ),
    "a lone surrogate": (response(child(f'"{SECRET} \\ud800"')), "holds half of a character (a lone surrogate)"),
    "a lone surrogate in a key": (response(f'{{"\\udfff": "{SECRET}"}}'), "holds half of a character"),
    "a raw control character": (
        response(child(f'"{SECRET} \x07"')),
        "has a line break or control character inside a text",
    ),
    "a raw line break": (response(child(f'"{SECRET}\n"')), "has a line break or control character inside a text"),
    "empty": ("", "is empty; a JSON document was expected"),
    "spaces": (" \n\t\r\n", "is empty; a JSON document was expected"),
    "an array": (f'["{SECRET}"]', 'is no response: a response is {"form": ..., "version": ..., "answers": {...}}'),
    "a text": (f'"{SECRET}"', "is no response: a response is"),
    "null": ("null", "is no response: a response is"),
    "an unknown member": (response(more=', "anwsers": {}'), "no word 'anwsers' is known here; did you mean 'answers'?"),
    "no form": (f'{{"version": "1.0.0", "answers": {NAMED}}}', "'form' is missing"),
    "no answers": ('{"form": "cse-toolbox", "version": "1.0.0"}', "'answers' is missing"),
    "answers in a list": (response(f'["{SECRET}"]'), "/answers: this must be an object"),
    "answers that are null": (response("null"), "/answers: this must be an object"),
    "a form that is no text": (response(form="[]"), "/form: this must be a text"),
    "an endless form": (response(form=f'"{"f" * 5_000_000}"'), "/form: this must have at most 64 characters"),
    "an unknown form": (response(form='"cse-toolbx"'), "No form 'cse-toolbx'; did you mean 'cse-toolbox'?"),
    "a form elsewhere": (response(form='"../cse-toolbox"'), "No form '../cse-toolbox'"),
    "an unknown version": (
        response(version='"9.0.0"'),
        "No form 'cse-toolbox' at version 9.0.0; known versions: 1.0.0",
    ),
    "a version elsewhere": (response(version='"../1.0.0"'), "No form 'cse-toolbox' at version ../1.0.0"),
    "other bytes": (response(more=f', "digest": "sha256:{"0" * 64}"'), "was made with another cse-toolbox 1.0.0"),
    "a broken digest": (
        response(more=', "digest": "sha256:0"'),
        "/digest: this is not of the form that is needed here",
    ),
    "an unknown status": (
        response(more=', "meta": {"status": "done"}'),
        "/meta/status: this must be 'draft' or 'complete'",
    ),
    "a status that is a list": (response(more=', "meta": {"status": []}'), "/meta/status: this must be 'draft' or"),
    "a number of 5,000 digits": (response(child(more=f', "age": {"9" * 5_000}')), "has a number that is too long"),
    "no number": (response(child(more=', "age": NaN')), "is not JSON"),
    "a million rows": (response(f'{{"plan": {{"other": [{"1," * 1_000_000}1]}}}}'), "holds more than 5,000 values"),
    "a million options": (response(f'{{"involved": {{"models": [{"0," * 1_000_000}0]}}}}'), "more than 5,000 values"),
}
"""What no command reads, and the words that say so."""

REPORTED: dict[str, tuple[str | bytes, str]] = {
    "a number beyond all bounds": (response(child(more=', "age": 1e999')), "wrong-type"),
    "a number of 4,000 digits": (response(child(more=f', "age": {"9" * 4_000}')), "missing-answer"),
    "a fraction of 5,000 digits": (response(child(more=f', "age": 14.{"0" * 5_000}')), "missing-answer"),
    "control characters": (response(child(f'"{SECRET} \\u0000\\u001b[31m"')), "control-character"),
    "values nested 150 deep": (response('{"a":' * 150 + NAMED + "}" * 150), "unknown-question"),
    "an endless key": (response(f'{{"{"k" * 1_000_000}": 1}}'), "unknown-question"),
    "answers of other kinds": (response('{"involved": [], "actual": "x", "suspected": {"family": 1}}'), "wrong-type"),
    "2,000 unknown questions": (response("{" + ",".join(f'"k{n}": 1' for n in range(2_000)) + "}"), "unknown-question"),
    "2,000 wrong options": (response(f'{{"involved": {{"models": [{"0," * 2_000}0]}}}}'), "not-an-option"),
    "a byte order mark": (b"\xef\xbb\xbf" + response(child()).encode(), "missing-answer"),
    "5 MB of text": (response(child(f'"{SECRET * 400_000}"')), "missing-answer"),
}
"""What is read, and what is found in it."""

COMMANDS = {
    "validate": ["validate"],
    "evaluate": ["evaluate"],
    "render": ["render", "--to", "html", "-o", "page.html"],
}


def given(command: str, path: Path, folder: Path) -> Ran:
    """Run a command on a file, with little memory, in a folder of its own."""
    return run(*COMMANDS[command], path, folder=folder, program=LIMITED)


def called(command: str, path: Path) -> Ran:
    """Run a command on a file in this process, which is quicker: for what another command was given already."""
    result = CliRunner().invoke(main, [*COMMANDS[command], str(path)])
    assert isinstance(result.exception, SystemExit), result.exception
    return Ran(result.exit_code, result.stdout, result.stderr)


def bytes_of(content: str | bytes) -> bytes:
    return content if isinstance(content, bytes) else content.encode("utf-8")


def assert_refused(ran: Ran, path: Path, told: str) -> None:
    """Assert that a command said one plain sentence about this file, and did nothing."""
    assert ran.status == 2
    assert ran.out == ""
    assert ran.err.startswith("Error: ")
    assert str(path) in ran.err
    assert told in ran.err
    assert SECRET not in ran.err
    assert len(ran.err) < 1_000


@pytest.mark.parametrize("name", REFUSED)
def test_what_is_no_response_is_refused_in_one_sentence_that_names_the_file(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    content, told = REFUSED[name]
    path = tmp_path / "response.json"
    path.write_bytes(bytes_of(content))
    refused = given("validate", path, tmp_path)
    assert_refused(refused, path, told)
    monkeypatch.chdir(tmp_path)
    assert called("evaluate", path) == called("render", path) == refused
    assert list(tmp_path.iterdir()) == [path]


@pytest.mark.parametrize("name", REPORTED)
def test_odd_answers_are_findings_and_are_rendered_all_the_same(name: str, tmp_path: Path) -> None:
    content, code = REPORTED[name]
    path = tmp_path / "response.json"
    path.write_bytes(bytes_of(content))
    validated = run("validate", path, program=LIMITED)
    assert (validated.status, validated.err) == (1, "")
    assert code in validated.out
    assert SECRET not in validated.out
    evaluated = run("evaluate", "--json", path, program=LIMITED)
    assert (evaluated.status, evaluated.err) == (1, "")
    assert code in [finding["code"] for finding in evaluated.json()["findings"]]
    for to in ("html", "docx"):
        rendered = run("render", path, "--to", to, "-o", tmp_path / "rendered", program=LIMITED)
        assert (rendered.status, rendered.err) == (0, "")
    rendered = run("render", path, "--to", "json", "-o", "-", program=LIMITED)
    assert rendered.json()["response"]["form"] == "cse-toolbox"


@pytest.mark.parametrize("command", COMMANDS)
def test_what_is_no_file_is_refused_at_once(command: str, tmp_path: Path) -> None:
    folder = tmp_path / "folder.json"
    folder.mkdir()
    assert_refused(given(command, folder, tmp_path), folder, "is a folder; name a file in it")
    missing = tmp_path / "missing.json"
    assert_refused(given(command, missing, tmp_path), missing, "No such file or directory")
    circle = tmp_path / "circle.json"
    circle.symlink_to(circle)
    assert_refused(given(command, circle, tmp_path), circle, "Cannot read")
    long = tmp_path / f"{'n' * 300}.json"
    assert_refused(given(command, long, tmp_path), long, "File name too long")


@pytest.mark.parametrize("command", COMMANDS)
def test_a_pipe_that_nobody_writes_to_and_a_device_without_end_do_not_hang_it(command: str, tmp_path: Path) -> None:
    pipe = tmp_path / "pipe.json"
    os.mkfifo(pipe)
    assert_refused(given(command, pipe, tmp_path), pipe, "is a pipe or a device and no file; name a file")
    endless = tmp_path / "endless.json"
    endless.symlink_to("/dev/zero")
    assert_refused(given(command, endless, tmp_path), endless, "is a pipe or a device and no file; name a file")


@pytest.mark.parametrize("command", COMMANDS)
def test_a_name_that_is_no_text_is_told_as_far_as_it_is_one(command: str, tmp_path: Path) -> None:
    for raw, shown in ((b"\xff\xfe.json", "\ufffd\ufffd.json"), (b"\x1b[31mred.json", "\ufffd[31mred.json")):
        path = Path(os.fsdecode(os.fsencode(tmp_path) + b"/" + raw))
        path.write_bytes(b"[]")
        assert_refused(given(command, path, tmp_path), tmp_path / shown, "is no response")


@pytest.mark.parametrize("command", COMMANDS)
def test_standard_input_without_end_is_not_read_to_its_end(command: str, tmp_path: Path) -> None:
    ran = run(*COMMANDS[command], "-", stdin=b" " * 12_000_000, folder=tmp_path, program=LIMITED)
    assert_refused(ran, Path("standard input"), "has more than 10 MB")


@pytest.mark.parametrize("command", ["check", "format"])
def test_bad_definitions_are_refused_in_the_same_way(command: str, tmp_path: Path) -> None:
    pipe = tmp_path / "pipe.json"
    os.mkfifo(pipe)
    assert_refused(run(command, pipe, program=LIMITED), pipe, "is a pipe or a device")
    large = tmp_path / "large.json"
    large.write_bytes(b" " * 50_000_000)
    assert_refused(run(command, large, program=LIMITED), large, "has more than 10 MB")
