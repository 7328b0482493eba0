"""Sessions of random keys: whatever is pressed, a walk ends or still prompts, and shows the emergency line first.

`python -m tests.support.random_keys 10000` runs that many in process; with a second number, so many more on a real
pseudo-terminal. Seeded by their place; `python -m tests.support.random_keys 1 0 --seed 7` runs one again.
"""

from __future__ import annotations

import argparse
import io
import random
import signal
import sys
from contextlib import suppress
from datetime import datetime

import pexpect

from cst.engine.answers import Answers
from cst.exits import Exit, Left
from cst.toolkit.places import Place
from cst.views.formats.plain import plain
from cst.views.formats.screen_reader import heard
from cst.walk.console import Console
from cst.walk.plan_walk import PlanWalk
from cst.walk.session import walk
from tests.support.command import Terminal
from tests.support.states import LONDON, shipped

KEYS = 40
TYPED = [
    *"123456789",
    "10",
    "1,2",
    "2,3",
    "1 2",
    "list",
    "dunno",
    "andover",
    "wincester",
    "yes",
    "no",
    "not sure",
    "?",
    "b",
    "q",
    "",
    "82",
    "-1",
    "x" * 50,
    "none",
    "c",
    "\u00e9",
]
PRESSED = [
    *" ?bqkcynujai0123456789xY",
    "\r",
    "\r",
    "\r",
    "\x1b[A",
    "\x1b[B",
    "\x1b[B",
    "\x1b[B",
    "\x1b",
    "\t",
    "\x7f",
    "\x04",
]
ALLOWED = {Exit.DONE, Exit.EMERGENCY, Exit.LEFT, Exit.CANNOT_SAY, Exit.INTERRUPTED}
ENDING = -signal.SIGINT  # Ctrl-C came while Python was going already, and there is no handler any more


def session(seed: int) -> str:
    """One session in process, by numbered lines; all that was shown.

    Raises:
        AssertionError: the emergency line did not come first.
    """
    chance = random.Random(seed)
    lines = "".join(f"{chance.choice(TYPED)}\n" for _ in range(KEYS))
    sink = io.StringIO()
    area = chance.choice([None, *shipped().kind("areas")])
    at = datetime(2026, chance.randint(1, 12), chance.randint(1, 28), chance.randint(0, 23), 15, tzinfo=LONDON)
    console = Console(io.StringIO(lines), sink, draw=lambda page, columns: heard(plain(page)))
    with suppress(Left):  # the keys ran out, or one of them was q
        walk(shipped(), Answers(), PlanWalk(shipped(), at, Place(area)), console)
    shown = sink.getvalue()
    assert shown.startswith("Danger now: ring 999."), f"seed {seed}: the emergency line is not first"
    assert "\x1b" not in shown, f"seed {seed}: an escape code"
    return shown


def on_a_terminal(seed: int) -> None:
    """One session on a real pseudo-terminal.

    Raises:
        AssertionError: a traceback, a wrong ending, or the emergency line not first.
    """
    chance = random.Random(seed)
    terminal = Terminal("triage", columns=chance.choice([40, 80, 120]))
    terminal.until("b back")
    for _ in range(KEYS):
        try:
            terminal.send(chance.choice(PRESSED))
            terminal._read(terminal.child.read_nonblocking(65536, timeout=0.02))
        except pexpect.TIMEOUT:
            continue
        except (pexpect.EOF, OSError):
            break
    if terminal.child.isalive():
        terminal.send("\x03")
    code = terminal.end()
    assert "Traceback" not in terminal.raw, f"seed {seed}: a traceback"
    assert code in {*ALLOWED, ENDING}, f"seed {seed}: exit {code}"
    assert terminal.raw.index("Danger now: ring 999.") < terminal.raw.index("Is anyone in danger"), f"seed {seed}"


def main() -> None:
    """Runs the sessions asked for."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("lines", type=int, nargs="?", default=300)
    parser.add_argument("terminals", type=int, nargs="?", default=0)
    parser.add_argument("--seed", type=int, default=0)
    given = parser.parse_args()
    for seed in range(given.seed, given.seed + given.lines):
        session(seed)
    for seed in range(given.seed, given.seed + given.terminals):
        on_a_terminal(seed)
    sys.stdout.write(
        f"{given.lines} sessions by lines and {given.terminals} on a terminal: all ended or still prompt\n"
    )


if __name__ == "__main__":
    main()
