"""The benchmarks still run; what they measure is for people to judge."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from functools import partial
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from benchmarks import (
    answering,
    checking,
    deciding,
    holding,
    in_browsers,
    load,
    reading_back,
    rendering,
    serving,
    starting,
    table,
    typesetting,
)
from benchmarks.measuring import medians
from benchmarks.responses import full_response
from cse_forms.checking.many import check_files
from cse_forms.forms import shipped_catalogue
from tests.asynchronous import apart, complete
from tests.serving.running import Started
from tests.serving.running import serving as serve_pages

ANSWERING = answering._cases(full_response())
DECIDING = deciding.cases(full_response())
RENDERING = rendering._cases()
TYPESETTING = typesetting.cases()
READING_BACK = reading_back.cases()


@pytest.mark.parametrize("name", ANSWERING)
def test_each_way_to_read_a_response_can_be_measured(name: str) -> None:
    assert ANSWERING[name]() is not False


@pytest.mark.parametrize("name", deciding.PEERS)
def test_each_peer_comes_to_the_level_and_the_prompts_that_this_library_comes_to(name: str) -> None:
    found = DECIDING[deciding.OURS]()
    assert DECIDING[name]() == found
    assert True in found
    assert False in found


@pytest.mark.parametrize("name", sorted(set(DECIDING) - {deciding.OURS, *deciding.PEERS}))
def test_each_way_to_decide_can_be_measured(name: str) -> None:
    assert DECIDING[name]()


def test_the_fastest_peer_is_compared_with_this_library() -> None:
    seconds = dict.fromkeys(DECIDING, 2.0) | {deciding.OURS: 1.0, deciding.CEL: 1.5}
    assert list(deciding.rows(seconds))[-1].ratio == 1.5


@pytest.mark.parametrize("name", RENDERING)
def test_each_rendering_can_be_measured(name: str) -> None:
    assert RENDERING[name]()


@pytest.mark.parametrize("name", READING_BACK)
def test_each_way_to_read_a_document_back_can_be_measured(name: str) -> None:
    assert READING_BACK[name]()


def test_reading_a_document_back_is_held_against_its_target() -> None:
    told = {row.name: row.met for row in reading_back.rows(dict.fromkeys(READING_BACK, 0.05))}
    assert told == {reading_back.OPENED: None, reading_back.LISTED: None, reading_back.READ: False}


@pytest.mark.parametrize("name", TYPESETTING)
def test_each_pdf_file_can_be_measured(name: str) -> None:
    assert TYPESETTING[name]()


def test_the_peer_that_prints_pages_is_compared_with_this_library() -> None:
    seconds = dict.fromkeys(TYPESETTING, 1.0) | {typesetting.PEER: 12.0}
    assert [row.met for row in typesetting.rows(seconds) if row.met is not None] == [True]


def test_the_peer_that_builds_documents_is_compared_with_this_library() -> None:
    for times, met in ((19.0, False), (21.0, True)):
        seconds = dict.fromkeys(RENDERING, 1.0) | {rendering.PEER: times}
        assert list(rendering._rows(seconds))[-1].met is met


@pytest.mark.parametrize("to", holding.FORMATS)
def test_memory_is_looked_at_after_each_step(to: str) -> None:
    sizes = holding.held(to, 4, step=2)
    assert [size > 0 for size in sizes] == [True, True]


def test_memory_that_grows_is_told() -> None:
    assert holding.told("pdf", [100_000_000, 109_000_000]) == "pdf   100 109  met"
    assert holding.told("pdf", [100_000_000, 111_000_000]).endswith("NOT MET")


def test_the_catalogue_that_is_checked_is_fit_for_use(tmp_path: Path) -> None:
    files = checking.write_catalogue(tmp_path, 5)
    assert len(files) == 5
    assert all(one.is_fit and one.scenarios for one in check_files(files))
    assert [row.met for row in checking.rows(9.9)] == [True, None]


def test_every_case_is_compared_with_the_first() -> None:
    seconds = medians(dict.fromkeys(ANSWERING, str), rounds=1)
    rows = list(answering._rows(seconds))
    assert {row.name for row in rows} > set(ANSWERING)
    assert rows[0].ratio == 1
    assert [row.name for row in rows if row.met is not None] == [
        answering.WHOLE,
        f"  so many times '{answering.WHOLE}'",
    ]


def test_a_row_says_whether_its_target_is_met() -> None:
    told = {
        met: str(table.Row(name="x", seconds=0.0121, ratio=3.06, target="at most 4", met=met)) for met in (True, False)
    }
    assert told[True].split() == ["x", "12.1", "ms", "3.1", "at", "most", "4", "met"]
    assert told[False].endswith("at most 4  NOT MET")


def test_the_commands_that_are_started_are_those_of_this_interpreter() -> None:
    for name in starting.COMMANDS:
        assert starting._command(name)[0] == sys.executable


def test_the_service_is_compared_with_a_bare_endpoint() -> None:
    rates = {serving.BARE: 1_000.0, serving.EVALUATE: 501.0, serving.REASONS: 499.0}
    lines = list(serving.told(rates, [0.001] * 97 + [0.006] * 3))
    assert [line.endswith("NOT MET") for line in lines[1:]] == [False, True, True]


def test_the_service_that_is_measured_answers() -> None:
    with serving.served(min(os.sched_getaffinity(0))) as (port, _):
        for path in (serving.BARE, serving.EVALUATE, serving.REASONS):
            assert complete(partial(serving.answer, port, path, full_response()))


@pytest.fixture(scope="module")
def pages() -> Iterator[Started]:
    with serve_pages(definitions=shipped_catalogue().directory) as started:
        yield started


def test_people_who_use_the_pages_at_once_are_all_answered(pages: Started) -> None:
    told = apart(partial(load.loaded, pages, people=2, seconds=0.3))
    assert told.wrong == 0
    assert len(told.sizes) == load.SAMPLES
    assert told.seconds[load.FILL]


def test_wrong_answers_and_memory_that_grows_under_load_are_told() -> None:
    told = load.Told(seconds={load.FILL: [0.1, 0.2]}, wrong=1, sizes=[100_000_000, 111_000_000])
    _, wrong, sizes, _ = load.lines(told)
    assert wrong.endswith("NOT MET")
    assert sizes.endswith("NOT MET")


def test_the_evaluator_in_javascript_can_be_measured() -> None:
    seconds = in_browsers.in_node(processes=1, rounds=2)
    assert all(taken > 0 for taken in seconds.values())
    rows = in_browsers.rows({in_browsers.PYTHON: 0.1, in_browsers.USABLE: 1.1})
    assert [row.met for row in rows] == [None, False]


def test_it_can_be_measured_when_a_page_can_be_used(pages: Started, browser: Browser) -> None:
    assert in_browsers.usable_after(browser, f"{pages.address}fill/{load.VERSION}") > 0
