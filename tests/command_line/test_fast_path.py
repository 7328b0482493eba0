"""The early lane gives the same bytes and exit codes as the full way, and loads neither Typer, Rich nor YAML."""

from __future__ import annotations

import inspect
import subprocess
import sys
from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from cst.cli import dispatch, signals
from cst.cli.app import run
from cst.cli.fast_path import LANES, fast_path
from cst.cli.options import OPTIONS, Option, taken_by
from tests.support.command import cst
from tests.support.levels import sample, times
from tests.support.states import shipped

FULL = "import cst.cli.fast_path as f; f.fast_path = lambda arguments: None; from cst.__main__ import main; main()"
AT = ["--at", "2026-11-24T10:00"]
LINES = [
    *(["lookup", name, *AT] for kind in ("issues", "schemes", "contacts") for name in list(shipped().kind(kind))[::12]),
    ["lookup", "marac", *AT, "--json"],
    ["lookup", "hate", "crime", "--area", "gosport", *AT],
    ["lookup", "no such thing"],
    ["lookup", "marac", "--area", "nowhere"],
    ["lookup", "marac", "--at", "never"],
    ["lookup", "marac", "--nonsense"],
    ["lookup", "marac", "--area"],
    ["lookup", "--", "marac"],
    ["lookup", "--help"],
    ["lookup", "domestic-abuse", "--sources", *AT],
    ["lookup"],
    ["list"],
    ["eligible", "fire-visit", "--no-input", *AT],
    ["eligible", "fire-visit", "--no-input", "-a", "age=82", *AT],
    ["eligible", "fire-visit", "--json", "-a", "age=64", *AT],
    ["eligible", "fire-visit", "--no-input", "-a", "age=x", *AT],
    ["eligible", "nothing", "--no-input"],
    ["eligible", "fire-visit", "extra", "--no-input"],
    ["triage", "--no-input", *AT],
    ["triage", "--json", "-a", "immediate-danger=no", "-a", "concerns=scams", *AT],
    ["triage", "domestic-abuse", "--no-input", "-a", "immediate-danger=no", "--area", "southampton", "--plain", *AT],
    ["triage", "nothing", "--no-input"],
    ["triage", "--no-input", "--field", "phone"],
    ["list", "issues", *AT],
    ["list", "question", "--json"],
    ["list", "nothing"],
    ["list", "issues", "contacts"],
    ["list", "issues", "--short"],
    ["--version"],
    ["--version", "extra"],
]


@pytest.mark.deep
@pytest.mark.parametrize("line", sample(LINES, 20), ids=" ".join)
def test_the_early_lane_says_what_the_full_way_says(line: list[str]) -> None:
    """Standard output, standard error and exit code are the same."""
    quick = cst(*line)
    full = subprocess.run(
        [sys.executable, "-c", FULL, *line],
        stdin=subprocess.DEVNULL,
        capture_output=True,
        encoding="utf-8",
        timeout=60,
        check=False,
    )

    assert (full.returncode, full.stdout, full.stderr) == (quick.returncode, quick.stdout, quick.stderr)


@pytest.mark.parametrize(
    "line",
    [
        ["lookup", "marac"],
        ["lookup", "marac", "--json"],
        ["lookup", "marac", "--field", "phone"],
        ["lookup", "mash", "--area", "gosport", "--short"],
        ["lookup", "fire-visit"],
        ["eligible", "fire-visit", "--no-input", "-a", "age=82"],
        ["triage", "--no-input", "-a", "immediate-danger=no", "-a", "concerns=scams"],
        ["list", "issues"],
        ["--version"],
    ],
    ids=" ".join,
)
def test_the_early_lane_loads_little(line: list[str]) -> None:
    """Read from a fresh process: no Typer, Rich, YAML, pydantic or questionary in a pipe."""
    cst(*line)  # makes the run-time copy
    ran = subprocess.run(
        [sys.executable, "-X", "importtime", "-m", "cst", *line],
        capture_output=True,
        encoding="utf-8",
        timeout=60,
        check=False,
    )
    loaded = {entry.rpartition("|")[2].strip().partition(".")[0] for entry in ran.stderr.splitlines()}

    assert "cst" in loaded
    assert not {"typer", "rich", "yaml", "pydantic", "questionary", "prompt_toolkit"} & loaded
    assert not {"typing", "re", "enum", "json", "signal", "dataclasses", "pathlib"} & loaded


COMMANDS = {command for option in OPTIONS for command in option.commands} - {"cst"} | {"help", "settings", "trige"}
WORDS = ("fire-visit", "issues", "two words", "", "-", "--", "-x", "--jsno", "--json=1", "--area=hart", "-aage=82", "é")


def _written(option: Option) -> st.SearchStrategy[list[str]]:
    """One option in each way it can be written, with a value where it takes one."""
    spelt = st.sampled_from(option.spellings)
    values = st.sampled_from(["", "gosport", "age=82", "--json", "-a", *WORDS]) if option.metavar else None
    return st.tuples(spelt, values).map(list) if values is not None else spelt.map(lambda name: [name])


PIECES = st.one_of(
    st.sampled_from(WORDS).map(lambda word: [word]),
    st.sampled_from(WORDS[:2]).map(lambda word: [word]),
    st.sampled_from([option for option in OPTIONS if option.fast]).flatmap(_written),
    st.sampled_from(OPTIONS).flatmap(_written),
    st.sampled_from([spelling for option in OPTIONS for spelling in option.spellings]).map(lambda name: [name]),
)
COMMAND_LINES = st.tuples(
    st.sampled_from(sorted(LANES)) | st.sampled_from(sorted(COMMANDS)), st.lists(PIECES, max_size=5)
).map(lambda drawn: [*drawn[0].split(), *(word for piece in drawn[1] for word in piece)])


@pytest.fixture
def calls(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[Any]]:
    """What would be run, and with what, in place of running it."""
    recorded: list[Any] = []
    for name, function in inspect.getmembers(dispatch, inspect.isfunction):
        if function.__module__ == dispatch.__name__ and not name.startswith("_") and name != "asks":
            monkeypatch.setattr(dispatch, name, lambda *words, name=name: recorded.append((name, *words)) or 0)
    monkeypatch.setattr(signals, "settle_in", lambda: None)
    return recorded


@pytest.mark.parametrize("terminal", [True, False], ids=["at-a-terminal", "in-a-pipe"])
@settings(max_examples=times(1500), deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(line=COMMAND_LINES)
def test_the_early_lane_runs_what_the_full_way_runs_or_nothing(
    line: list[str], terminal: bool, calls: list[Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whatever stands on the command line: the same command with the same words and options, or it is left to Typer."""
    monkeypatch.setattr(sys.stdin, "isatty", lambda: terminal)
    calls.clear()
    act = fast_path(line)
    if act is None:
        return
    act()
    run(line)
    early, full = calls

    assert full == early


@pytest.mark.parametrize("command", sorted(LANES))
def test_the_early_lane_reads_each_option_that_the_table_lets_it_read(command: str, calls: list[Any]) -> None:
    """In each spelling; any other option is left to Typer, which takes those of the table and refuses the rest."""
    for option in OPTIONS:
        read = option.fast and option in taken_by(command)
        for spelling in option.spellings:
            line = [command, "fire-visit", "--json", spelling, *(["x"] if option.metavar else [])]
            calls.clear()
            act = fast_path(line)
            assert read == (act is not None), line
            if act:
                act()
                value: Any = ["x"] if option.repeatable else "x" if option.metavar else True
                assert {"--json": True, option.name: value} == calls[0][-1]


def test_each_option_comes_to_the_commands_that_take_it_and_to_no_other(calls: list[Any]) -> None:
    """As Typer reads it; and what is no option is not taken for one that was left out."""
    needed = {
        "screen": ["fire-visit", "x.csv"],
        "import open-referral": ["x.json"],
        **{name: ["x"] for name in ("lookup", "graph", "changes")},
    }
    for command in {command for option in OPTIONS for command in option.commands} - {"cst"}:
        must = [word for one in taken_by(command) if one.required for word in (one.name, "x")]
        for option in taken_by(command):
            calls.clear()
            written = [option.spellings[0], *(["y"] if option.metavar else [])]
            run([*command.split(), *needed.get(command, []), *must, *written])
            given = calls[0][-1]
            assert (["y"] if option.repeatable else "y" if option.metavar else True) == given[option.name]
    with pytest.raises(KeyError):
        given["--aera"]
