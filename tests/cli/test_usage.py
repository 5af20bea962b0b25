"""Help, versions and wrong usage of the command."""

from __future__ import annotations

import shlex
from importlib.metadata import version

import click
import pytest

from cse_forms.cli import main
from tests.commands import SCRIPT, run

COMMANDS = [
    "check",
    "evaluate",
    "explain",
    "format",
    "list",
    "new",
    "prove",
    "read",
    "render",
    "show",
    "test",
    "validate",
    "what-if",
]


def examples_in(words: str) -> list[str]:
    """Return the command lines that a help text shows as its examples."""
    _, _, shown = words.partition("Examples:\n")
    return [line.strip() for line in shown.splitlines() if line.strip()]


def test_the_help_lists_every_command() -> None:
    ran = run("--help")
    assert ran.status == 0
    listed = ran.out.partition("Commands:\n")[2].partition("\n\n")[0]
    assert [line.split()[0] for line in listed.splitlines()] == COMMANDS
    assert sorted(main.commands) == COMMANDS


@pytest.mark.parametrize("command", COMMANDS)
def test_the_help_of_each_command_shows_examples_of_that_command(command: str) -> None:
    ran = run(command, "--help")
    assert ran.status == 0
    assert ran.err == ""
    examples = examples_in(ran.out)
    assert examples
    assert all(example.split()[:2] == ["cse-forms", command] for example in examples)


@pytest.mark.parametrize("command", COMMANDS)
def test_every_example_is_a_command_line_that_the_command_takes(command: str) -> None:
    for example in examples_in(main.commands[command].get_help(click.Context(main.commands[command]))):
        arguments = shlex.split(example.partition(" > ")[0])[2:]
        with main.commands[command].make_context(command, arguments) as context:
            assert context.params


def test_the_examples_of_the_whole_command_name_commands_that_there_are() -> None:
    examples = examples_in(run("--help").out)
    assert len(examples) > 2
    for example in examples:
        assert any(command in example.split() for command in COMMANDS), example


def test_the_version_is_that_of_the_package() -> None:
    assert run("--version").out == f"cse-forms, version {version('cse_forms')}\n"


def test_the_installed_script_is_the_same_command() -> None:
    script, module = run("list", program=SCRIPT), run("list")
    assert (script.status, script.out, script.err) == (0, module.out, "")
    assert run("validate", program=SCRIPT).err == run("validate").err


@pytest.mark.parametrize(
    ("arguments", "wrong"),
    [
        ("listt", "'listt'"),
        ("list --jsn", "--jsn"),
        ("list everything", "(everything)"),
        ("show", "'FORM'"),
        ("new", "'FORM'"),
        ("validate", "'RESPONSE'"),
        ("evaluate", "'RESPONSE'"),
        ("render cse-toolbox", "'--to'"),
        ("render --to html", "'FORM|RESPONSE.json'"),
        ("format", "'PATH...'"),
        ("validate --definitions x response.json", "--definitions"),
    ],
)
def test_wrong_usage_ends_with_2_and_says_what_is_wrong_and_where_help_is(arguments: str, wrong: str) -> None:
    ran = run(*arguments.split())
    assert (ran.status, ran.out) == (2, "")
    _, _, told = ran.err.partition("Error: ")
    assert wrong in told
    assert "--help" in ran.err


def test_without_a_command_the_help_is_shown() -> None:
    ran = run()
    assert ran.status == 2
    assert examples_in(ran.err)
