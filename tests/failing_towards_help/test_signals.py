"""Fault F13: told to stop, to wait, or of a broken pipe, at any prompt: the card, the terminal as it was, and no files.

In CI each signal at three prompts; nightly at every prompt of two walks, with menus and with numbered lines.
"""

from __future__ import annotations

import os
import re
import signal
import time
from functools import lru_cache
from pathlib import Path

import pytest

from cst import card
from cst.engine.answers import Answers, one
from cst.engine.plan import plan
from cst.engine.verdict import verdict
from tests.support.command import Terminal, warmed
from tests.support.levels import NIGHTLY, sample
from tests.support.states import NOT_SURE, TUESDAY, answered, shipped

pytestmark = pytest.mark.deep  # walks at a terminal, or a process for each

STOPS = (signal.SIGTERM, signal.SIGHUP, signal.SIGQUIT)
GOES_ON = (signal.SIGPIPE, signal.SIGTSTP)
MOST = 9  # prompts of a walk


@lru_cache
def prompts() -> list[list[str]]:
    """Command lines that lead straight to each prompt of a triage and of an eligibility check, in turn."""
    found = []
    answers, given = Answers(), ["triage"]
    while (asked := plan(shipped(), answers, TUESDAY, "gosport")["next"]) and len(found) < MOST:
        found.append(given)
        name = asked[0]["id"]
        written = {"yes-no": "no", "pick-many": "none", "number": "0"}.get(asked[0]["type"], "not-sure")
        written = "domestic-abuse" if name == "concerns" else written
        value = one(shipped(), name, written)
        answers = answered(answers, name, NOT_SURE if value is None else value)
        given = [*given, "-a", f"{name}={written}"]
    answers, given = Answers(), ["eligible", "fire-visit", "-a", "immediate-danger=no"]
    for asked_next in verdict(shipped(), "fire-visit", answers, TUESDAY)["next"][:3]:
        found.append(given)
        given = [*given, "-a", f"{asked_next['id']}=not-sure"]
    return found


PLACES = range(len(prompts()))


def at_prompt(place: int, term: str, home: Path) -> tuple[Terminal, int]:
    """The command waiting at a prompt, between two readings of the terminal's modes; and the number of its process."""
    given = prompts()[place]
    kept = {"HOME": str(home), "XDG_CACHE_HOME": str(warmed(home / "cache")), "TMPDIR": str(home)}
    terminal = Terminal(*given, TERM=term, shell="stty -g; {}; echo code=$?; stty -g", rows=60, **kept)
    terminal.at_rest("leave", "Answer:", "1,3:", "carry on", "when it is safe")
    (child,) = Path(f"/proc/{terminal.child.pid}/task/{terminal.child.pid}/children").read_text("utf-8").split()
    return terminal, int(child)


def ended(terminal: Terminal, home: Path) -> int:
    """The exit code, once nothing was left: the modes as before, no file but the run-time copy, and no traceback."""
    terminal.end()
    modes = re.findall(r"[0-9a-f]+(?::[0-9a-f]+){20,}", terminal.raw)
    files = [path for path in home.rglob("*") if path.is_file() and path.suffix != ".cache"]

    assert 2 == len(modes), terminal.raw
    assert modes[0] == modes[1]
    assert not files
    assert "Traceback" not in terminal.raw
    return int(re.findall(r"code=(\d+)", terminal.raw)[-1])


def _after(terminal: Terminal) -> str:
    """What the screen shows when all is over."""
    return "\n".join(terminal.screen.display)


@pytest.mark.parametrize("term", ["xterm-256color", "dumb"])
@pytest.mark.parametrize("number", STOPS, ids=lambda number: number.name)
@pytest.mark.parametrize("place", PLACES if NIGHTLY else sample(list(PLACES), 3)[1:2])
def test_told_to_stop_the_card_comes_and_the_terminal_is_as_it_was(
    place: int, number: signal.Signals, term: str, tmp_path: Path
) -> None:
    """Exit 130 at any prompt, for each signal that ends a program."""
    terminal, child = at_prompt(place, term, tmp_path)
    os.kill(child, number)

    assert 130 == ended(terminal, tmp_path)
    assert all(line in _after(terminal) for line in card.CARD)


@pytest.mark.parametrize("term", ["xterm-256color", "dumb"])
@pytest.mark.parametrize("place", PLACES if NIGHTLY else sample(list(PLACES), 3)[1:2])
def test_an_interrupt_leaves_as_q_does(place: int, term: str, tmp_path: Path) -> None:
    """Exit 130, and nothing of the case, nor a card that could tell, on the screen."""
    terminal, child = at_prompt(place, term, tmp_path)
    os.kill(child, signal.SIGINT)

    assert 130 == ended(terminal, tmp_path)
    assert "ring 999" not in _after(terminal)
    assert "anyone in danger" not in _after(terminal)


@pytest.mark.parametrize("term", ["xterm-256color", "dumb"])
@pytest.mark.parametrize("number", GOES_ON, ids=lambda number: number.name)
@pytest.mark.parametrize("place", PLACES if NIGHTLY else [1])
def test_what_is_no_reason_to_stop_is_none(place: int, number: signal.Signals, term: str, tmp_path: Path) -> None:
    """A broken pipe elsewhere, or a while in the background: the question is still there, and leaving still works."""
    terminal, child = at_prompt(place, term, tmp_path)
    os.kill(child, number)
    time.sleep(0.2)
    os.kill(child, signal.SIGCONT)
    time.sleep(0.2)
    terminal.send("q\r" if term == "dumb" else "\x04")  # a number is typed in letters: there q is one

    assert 20 == ended(terminal, tmp_path)


def test_there_are_prompts_enough() -> None:
    """Two walks, a dozen prompts, six signals."""
    assert len(prompts()) >= 10
    assert 6 == len({*STOPS, *GOES_ON, signal.SIGINT})
