"""Whatever the caller did to the three streams, the exit code says what happened, and nothing is a traceback.

A stream can be closed, full, or a pipe whose reader has gone: a service, a task at night, a log on a full disk, `head`.
The code of an answer is its own where it can be read; 74 where it could not be written; 141 where the reader has gone.
"""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable, Sequence
from itertools import product
from pathlib import Path
from time import monotonic, sleep
from unittest import mock

import pytest

from cst import card
from cst.__main__ import UNREAD, main
from cst.streams import Unwritten
from tests.support.command import CST, Terminal, cst
from tests.support.levels import sample

AT = ("--at", "2026-11-24T10:00")
SOUND, CLOSED, FULL, GONE = "sound", "closed", "full", "gone"
COMBINATIONS = sample(list(product((SOUND, CLOSED), (SOUND, CLOSED, FULL, GONE), (SOUND, CLOSED, FULL, GONE))), 9)
LOST = {CLOSED: 74, FULL: 74, GONE: 141}  # what an answer ends with that nobody could read

ANSWERS = {  # what is written to standard output, and the code that says what happened
    "emergency": (10, ("triage", "--no-input", "-a", "immediate-danger=yes", *AT)),
    "yes": (0, ("eligible", "fire-visit", "--no-input", "-a", "age=82", *AT)),
    "not found": (1, ("lookup", "qqqxxqzzz", *AT)),
    "open": (3, ("triage", "--no-input", *AT)),
    "look-up": (0, ("lookup", "marac", *AT)),
    "field": (0, ("lookup", "police-emergency", "--field", "phone", *AT)),
    "json": (10, ("triage", "--no-input", "--json", "-a", "immediate-danger=yes", *AT)),
    "guess": (0, ("marac", *AT)),
    "list": (0, ("list", "issues")),
    "help": (0, ("--help",)),
    "longer help": (0, ("help", "night")),
    "orientation": (0, ()),
    "version": (0, ("--version",)),
    "settings": (0, ("settings",)),
    "graph": (0, ("graph", "fire-visit")),
    "card": (66, ("lookup", "marac", "--toolkit", "/nonexistent/team.yaml")),
    "sql": (0, ("export", "sql", "--scheme", "fire-visit", "--dialect", "duckdb")),
}
REFUSALS = {  # what is wrong is said on the error stream, and no answer is lost
    "usage": (2, ("lookup", "marac", "--no-such-option")),
    "no terminal": (2, ("triage",)),
    "no input file": (66, ("triage", "--no-input", "--answers", "/nonexistent/answers.yaml")),
    "no caseload": (66, ("screen", "fire-visit", "/nonexistent/people.csv")),
}
SCRIPT = [str(Path(sys.executable).with_name("cst"))]  # as installed: `-m` has to be found from the current folder
QUICK = ("emergency", "look-up")


class Ran:
    """How a command ended with its streams so, and what could still be read of it."""

    def __init__(self, command: tuple[str, ...], stdin: str, stdout: str, stderr: str) -> None:
        out, err = _read(stdout), _read(stderr)
        process = subprocess.Popen(
            ["sh", "-c", f'exec "$@" {_way(0, stdin)} {_way(1, stdout)} {_way(2, stderr)}', "sh", *CST, *command],
            stdin=subprocess.DEVNULL,
            stdout=out[1],
            stderr=err[1],
        )
        os.close(out[1])
        os.close(err[1])
        self.out, self.err = _rest(out[0]), _rest(err[0])
        self.code = process.wait(60)


def _read(how: str) -> tuple[int | None, int]:
    """A pipe: its end to read from, where there is a reader, and its end to write to."""
    reading, writing = os.pipe()
    if how != GONE:
        return reading, writing
    os.close(reading)
    return None, writing


def _way(stream: int, how: str) -> str:
    arrow = "<" if stream == 0 else f"{stream}>"
    return {CLOSED: f"{arrow}&-", FULL: f"{arrow}/dev/full"}.get(how, "")


def _rest(reading: int | None) -> str:
    if reading is None:
        return ""
    with os.fdopen(reading, encoding="utf-8") as file:
        return file.read()


def _wrong(code: int, command: tuple[str, ...], streams: tuple[str, str, str]) -> str:
    """What is wrong with how a command ended; empty where nothing is."""
    ran = Ran(command, *streams)
    if ran.code != code:
        return f"{streams}: {ran.code} and not {code}: {ran.out[:200]} {ran.err[:300]}"
    if "Traceback" in ran.out + ran.err or "Exception ignored" in ran.out + ran.err:
        return f"{streams}: {ran.err}"
    return ""


@pytest.mark.parametrize(
    "name", [name if name in QUICK else pytest.param(name, marks=pytest.mark.deep) for name in ANSWERS]
)
def test_an_answer_ends_with_its_own_code_or_with_that_of_its_loss(name: str) -> None:
    """Its own code where the answer can be read, whatever the error stream is; else 74 or 141.

    All 32 combinations by night, nine by day.
    """
    code, command = ANSWERS[name]
    wrong = [_wrong(LOST.get(streams[1], code), command, streams) for streams in COMBINATIONS]

    assert [] == list(filter(None, wrong))


@pytest.mark.deep
@pytest.mark.parametrize("name", REFUSALS)
def test_a_refusal_keeps_its_code_on_all_streams(name: str) -> None:
    """What the caller did wrong is never a 1 or a 70 because a stream is gone."""
    code, command = REFUSALS[name]
    wrong = [_wrong(code, command, streams) for streams in COMBINATIONS]

    assert [] == list(filter(None, wrong))


@pytest.mark.parametrize("stdout", [CLOSED, FULL])
def test_what_could_not_be_written_is_said_with_the_danger_line(stdout: str) -> None:
    """The error stream can still be read, and has 999 first."""
    ran = Ran(ANSWERS["look-up"][1], SOUND, stdout, SOUND)

    assert ran.err.startswith(card.LINE)
    assert "could not be written" in ran.err


CASELOAD = "age\n82\n"


@pytest.mark.deep
def test_a_caseload_that_goes_nowhere_is_no_fault_of_cst(tmp_path: Path) -> None:
    """Rows on standard output end with 74 or 141 where they are lost; rows in a file are there, and that is 0."""
    people = tmp_path / "people.csv"
    people.write_text(CASELOAD, "utf-8")
    command = ("screen", "fire-visit", str(people), *AT)
    some = sample(COMBINATIONS, 11)
    wrong = [_wrong(LOST.get(streams[1], 0), command, streams) for streams in some]
    for place, streams in enumerate(some):
        output = tmp_path / f"{place}.csv"
        wrong.append(_wrong(0, (*command, "--output", str(output)), streams))
        assert 2 == len(output.read_text("utf-8").splitlines()), streams

    assert [] == list(filter(None, wrong))


def test_nobody_is_told_of_rows_that_were_not_written(tmp_path: Path) -> None:
    """On a full disk the danger line and the fault, and not "1 rows in, 1 rows out"."""
    people = tmp_path / "people.csv"
    people.write_text(CASELOAD, "utf-8")
    ran = Ran(("screen", "fire-visit", str(people), *AT), SOUND, FULL, SOUND)

    assert (74, True) == (ran.code, ran.err.startswith(card.LINE))
    assert "rows out" not in ran.err


def test_no_input_is_no_answers() -> None:
    """`--answers -` with nothing to read is as good as no answers: the plan with its questions."""
    assert 3 == Ran(("triage", "--no-input", "--answers", "-", *AT), CLOSED, SOUND, SOUND).code


GONE_FOLDER = {  # a folder that somebody deleted meanwhile: what is named by its name alone cannot be there
    "save": (74, (*ANSWERS["emergency"][1], "--save", "plan.txt"), card.LINE),
    "output": (74, ("screen", "fire-visit", "{people}", "--output", "out.csv"), ""),
    "toolkit": (66, ("lookup", "marac", "--toolkit", "team.yaml"), card.LINE),
    "check": (66, ("check", "team.yaml"), card.LINE),
    "look-up": (0, ANSWERS["look-up"][1], card.LINE),
}


@pytest.mark.parametrize("name", GONE_FOLDER)
def test_a_current_folder_that_is_gone_is_no_fault_of_cst(name: str, tmp_path: Path) -> None:
    """What can be answered is; the rest is said with 66 or 74, and never with "None"."""
    code, command, shown = GONE_FOLDER[name]
    people, gone = tmp_path / "people.csv", tmp_path / "gone"
    people.write_text(CASELOAD, "utf-8")
    gone.mkdir()
    ran = subprocess.run(
        ["sh", "-c", 'rmdir "$PWD" && exec "$@"', "sh", *SCRIPT, *(one.format(people=people) for one in command)],
        cwd=gone, capture_output=True, encoding="utf-8", check=False,
    )  # fmt: skip

    assert code == ran.returncode, ran
    assert shown in ran.stdout
    assert "None" not in ran.stderr


def test_completion_is_shown_and_set_up_or_not_with_codes_of_its_own() -> None:
    """0 where a reader has it; 74 where the home folder takes nothing."""
    assert 0 == cst("--show-completion", SHELL="/bin/bash").returncode
    ran = cst("--install-completion", "bash", HOME="/proc")

    assert 74 == ran.returncode
    assert ran.stderr.startswith(card.LINE)


@pytest.mark.parametrize("error", UNREAD)
def test_a_disk_that_breaks_off_while_it_is_read_is_no_full_disk(
    error: int, capsys: pytest.CaptureFixture[str]
) -> None:
    """66, and not "the answer could not be written"; the same fault on standard output is 74."""
    with mock.patch("cst.cli.fast_path.fast_path", side_effect=OSError(error, os.strerror(error))):
        assert 66 == _left(main, ["lookup", "marac"])
    assert "could not be read" in capsys.readouterr().err
    with mock.patch("cst.cli.fast_path.fast_path", side_effect=Unwritten(error, os.strerror(error))):
        assert 74 == _left(main, ["lookup", "marac"])


def _left(run: Callable[[Sequence[str]], object], arguments: list[str]) -> object:
    with pytest.raises(SystemExit) as left, mock.patch("os.dup2"):
        run(arguments)
    return left.value.code


@pytest.mark.parametrize("term", ["xterm-256color", "dumb"])
def test_a_terminal_that_is_closed_at_a_prompt_ends_with_130(term: str, tmp_path: Path) -> None:
    """The window is closed: told to stop, as the page of exit codes says; there is nobody left to show a card to."""
    said = tmp_path / "code"
    terminal = Terminal("triage", TERM=term, shell=f"trap '' HUP; {{}}; echo $? > {said}")
    terminal.at_rest("leave", "Answer:")
    terminal.child.close(force=False)
    latest = monotonic() + 20
    while not (said.exists() and said.read_text("utf-8")) and monotonic() < latest:
        sleep(0.05)

    assert "130" == said.read_text("utf-8").strip()
