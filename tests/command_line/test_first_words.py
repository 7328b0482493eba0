"""The danger line comes before anything that takes long to load, and does not stay where the walk takes over."""

from __future__ import annotations

import os
import subprocess
import sys
from typing import Any

import pytest

from cst import card
from tests.support.command import Terminal

HEAVY = {"typer", "rich", "yaml", "pydantic", "questionary", "prompt_toolkit", "zoneinfo", "datetime", "re", "typing"}
# At the first word that is written to a terminal: what has been loaded by then.
WATCHED = """
import sys
class Screen:
    encoding = "utf-8"
    def isatty(self): return True
    def fileno(self): return 1
    def flush(self): pass
    def write(self, text):
        import os
        sys.stderr.write("LOADED " + text.strip() + "|" + " ".join(sys.modules))
        sys.stderr.flush()
        os._exit(0)
sys.stdout = sys.stdin = Screen()
from cst.__main__ import main
main({arguments})
"""


@pytest.mark.parametrize(
    "arguments",
    [["triage"], ["triage", "domestic-abuse", "--area", "gosport"], ["eligible", "fire-visit"]],
    ids=" ".join,
)
def test_nothing_heavy_is_loaded_before_the_danger_line(arguments: list[str]) -> None:
    """Neither the walk nor the toolkit nor the clock: the first words are the danger line."""
    environment = {**os.environ, "TERM": "xterm"}
    command = [sys.executable, "-S", "-c", WATCHED.replace("{arguments}", repr(arguments))]
    ran = subprocess.run(command, env=environment, capture_output=True, encoding="utf-8", timeout=60, check=False)
    says, _, loaded = ran.stderr.removeprefix("LOADED ").partition("|")

    assert says == card.LINE, ran.stderr
    assert not HEAVY & set(loaded.split())
    assert not any(name.startswith(("cst.walk", "cst.toolkit", "cst.views")) for name in loaded.split())


def test_it_gives_way_to_the_walk_and_leaves_nothing() -> None:
    """It is the first that comes, the walk has it on its own screen, and after leaving the screen is empty."""
    terminal = Terminal("triage")
    terminal.at_rest("Not sure")
    assert terminal.raw.startswith(card.LINE)
    assert terminal.shown().count(card.LINE) == 1
    terminal.send("q")
    terminal.end()
    assert terminal.shown().strip() == ""


def test_a_mistake_in_the_words_has_the_danger_line_once() -> None:
    """The one written early is taken back, as the message begins with its own."""
    terminal = Terminal("triage", "xyzzy")
    assert terminal.end() == 2
    assert terminal.shown().count(card.LINE) == 1


@pytest.mark.parametrize("environment", [{"CST_ACCESSIBLE": "1"}, {"CST_PLAIN": "1"}, {"TERM": "dumb"}], ids=str)
def test_lines_begin_with_the_card_alone(environment: dict[str, Any]) -> None:
    """Where nothing can be taken back nothing is written early: the line is not heard twice."""
    terminal = Terminal("triage", **environment)
    terminal.until("Not sure")
    assert terminal.shown().replace("9 9 9", "999").count(card.LINE) == 1
    terminal.send("q\n")
    terminal.end()
