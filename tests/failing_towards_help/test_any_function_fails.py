"""Promise 9, fault F23: whichever function of cst fails on the way, the emergency card comes and exit code 70.

Each function that a command enters is made to raise at its start, one at a time, in a process of its own; the error
and the locals around it hold a secret that may be shown nowhere. In CI evenly spread ones; nightly all.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from cst import card
from tests.support.every_function import SECRET
from tests.support.levels import NIGHTLY

pytestmark = pytest.mark.deep  # walks at a terminal, or a process for each

MOMENT = ("--at", "2026-11-24T10:00")
ABUSE = ("-a", "immediate-danger=no", "-a", "concerns=domestic-abuse", "--area", "southampton", *MOMENT)
COMMANDS = {
    "lookup": ("lookup", "marac", *MOMENT),
    "search": ("lookup", "neighbour", "shouting", *MOMENT),
    "triage": ("triage", "--no-input", *ABUSE),
    "eligible": ("eligible", "fire-visit", "--no-input", "-a", "age=82", *MOMENT),
}
NEVER_GUARDED = {("__main__.py", "main")}  # before its first line there is nobody to catch anything


def _failed(*arguments: str, **environment: str) -> tuple[int, list[dict[str, Any]]]:
    """How many functions there are, and how each run ended."""
    ran = subprocess.run(
        [sys.executable, "-m", "tests.support.every_function", *arguments],
        env={**os.environ, "PYTHONIOENCODING": "utf-8", "COLUMNS": "100", **environment},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        encoding="utf-8",
        timeout=900,
        check=False,
    )
    assert 0 == ran.returncode, ran.stderr
    count, *rows = map(json.loads, ran.stdout.splitlines())
    return count, [row for row in rows if (row["place"][0], row["place"][2]) not in NEVER_GUARDED]


def _most(most: int) -> str:
    return str(10**6 if NIGHTLY else most)


def _check(row: dict[str, Any]) -> None:
    """The whole card, exit 70, and neither code nor locals."""
    written = row["out"] + row["err"]
    assert 70 == row["code"], row
    for line in card.CARD:
        assert line in row["out"], row
    for word in ("Traceback", SECRET, "01632 960999", ".py"):
        assert word not in written, row


@pytest.mark.parametrize(("command", "at_least"), list(zip(COMMANDS, (160, 195, 240, 170), strict=True)))
def test_whichever_function_fails_the_card_is_shown(command: str, at_least: int) -> None:
    """About 800 functions entered by the four, some by several of them."""
    count, rows = _failed("--most", _most(60), *COMMANDS[command])

    assert at_least <= count
    assert len(rows) >= min(30, count)
    for row in rows:
        _check(row)


def test_whichever_module_cannot_be_loaded_the_card_is_shown() -> None:
    """A package that is damaged or half installed: each module of cst fails as it is loaded."""
    count, rows = _failed("--cold", "--most", _most(12), *COMMANDS["triage"])

    assert 30 <= count
    for row in rows:
        _check(row)


@pytest.mark.nightly
def test_whichever_function_fails_as_the_toolkit_is_read_the_card_is_shown(tmp_path: Path) -> None:
    """The first run of all, which checks the toolkit: every function between the file and the answer."""
    (tmp_path / "none").write_text("", "utf-8")
    count, rows = _failed(*COMMANDS["lookup"], XDG_CACHE_HOME=str(tmp_path / "none"))

    assert 300 <= count
    for row in rows:
        _check(row)
