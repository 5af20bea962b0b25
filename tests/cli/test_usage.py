"""Help, versions and wrong usage of the command."""

from __future__ import annotations

import re
import shlex
from collections.abc import Iterator
from importlib.metadata import version

import click
import pytest

from cse_forms.cli import main
from tests.commands import SCRIPT, run

COMMANDS = sorted(main.commands)


def examples_in(words: str) -> list[str]:
    """Return the command lines that a help text shows as its examples."""
    _, _, shown = words.partition("Examples:\n")
    return [line.strip() for line in shown.splitlines() if line.strip()]


def test_the_help_lists_every_command_once() -> None:
    ran = run("--help")
    assert ran.status == 0
    listed = re.findall(r"^  ([a-z][a-z-]*)  ", ran.out, re.MULTILINE)
    assert sorted(listed) == COMMANDS


def every_command(group: click.Group, above: tuple[str, ...] = ()) -> Iterator[tuple[str, ...]]:
    """Yield the names that lead to each command that does something."""
    for name, command in sorted(group.commands.items()):
        if isinstance(command, click.Group):
            yield from every_command(command, (*above, name))
        else:
            yield (*above, name)


LEAVES = [pytest.param(names, id=" ".join(names)) for names in every_command(main)]


def arguments_in(example: str) -> list[str]:
    """Return what follows `cse-forms` in an example, up to where a shell takes the output on."""
    program, *arguments = shlex.split(re.split(r" [>|] ", example)[0])
    assert program == "cse-forms"
    return arguments[2:] if arguments[0] == "--definitions" else arguments


@pytest.mark.parametrize("names", LEAVES)
def test_the_help_of_each_command_shows_examples_of_that_command(names: tuple[str, ...]) -> None:
    ran = run(*names, "--help")
    assert ran.status == 0
    assert ran.err == ""
    examples = examples_in(ran.out)
    assert examples
    assert all(tuple(arguments_in(example)[: len(names)]) == names for example in examples)


@pytest.mark.parametrize("names", LEAVES)
def test_every_example_is_a_command_line_that_the_command_takes(names: tuple[str, ...]) -> None:
    command: click.Command = main
    for name in names:
        assert isinstance(command, click.Group)
        command = command.commands[name]
    for example in examples_in(command.get_help(click.Context(command))):
        with command.make_context(names[-1], arguments_in(example)[len(names) :]) as context:
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
