"""The whole answer at a terminal: danger in sight on every screen, where one is, and what stays behind."""

from __future__ import annotations

import re

import pytest

from cst import card
from tests.support.command import Terminal, cst
from tests.support.in_process import run

AT = ("--at", "2026-11-28T02:00")
MARAC = ("lookup", "marac", "--all", "--area", "gosport", *AT)
PLAN = (
    *("triage", "child-abuse", "domestic-abuse", "--no-input", "-a", "immediate-danger=no"),
    *("--all", "--area", "gosport", *AT),
)
WINDOWS = [(80, 24), (80, 12), (60, 20), (40, 24)]


def _rows(terminal: Terminal) -> list[str]:
    return [row.rstrip() for row in terminal.screen.display]


def _where(rows: list[str]) -> tuple[int, int]:
    """Which screen of how many, as the foot says it."""
    found = re.findall(r"(\d+) of (\d+)$", "\n".join(rows).rstrip())
    assert found, rows
    return int(found[-1][0]), int(found[-1][1])


@pytest.mark.parametrize(("columns", "rows"), WINDOWS)
def test_every_screen_has_the_danger_line_and_says_which_it_is(columns: int, rows: int) -> None:
    """From the first to the last, each one more than the one before; what it all says is what a pipe gets."""
    terminal = Terminal(*MARAC, columns=columns, rows=rows)
    terminal.at_rest("q end")
    place, count = _where(_rows(terminal))
    assert (place, count > 2) == (1, True)
    while place < count:
        assert _rows(terminal)[0] == card.LINE
        before = place
        terminal.send(" ")
        terminal.at_rest()
        place, _ = _where(_rows(terminal))
        assert place == before + 1
    assert _rows(terminal)[0] == card.LINE
    terminal.send("q")
    assert terminal.end() == 0


def test_n_and_p_go_from_part_to_part() -> None:
    """The title of the next pathway stands right below the danger line; p goes back, at last to the top."""
    terminal = Terminal(*PLAN)
    terminal.at_rest("q end")
    assert "n next part  p part before" in _rows(terminal)[-1]
    top = _rows(terminal)
    titles = []
    for _ in range(2):
        terminal.send("n")
        terminal.at_rest()
        rows = _rows(terminal)
        assert rows[0] == card.LINE
        titles.append(rows[1])
    assert re.match(r"╭─  ! TODAY  Get domestic abuse support ─+╮$", titles[0])
    assert titles[1].startswith(" × Do not ")  # what not to do, for both
    for _ in range(3):
        terminal.send("p")
        terminal.at_rest()
    assert _rows(terminal) == top
    terminal.send("q")
    terminal.end()


@pytest.mark.parametrize("command", [MARAC, PLAN], ids=["lookup", "triage"])
def test_after_the_pager_five_rows_at_most_stay(command: tuple[str, ...]) -> None:
    """The deadliest do-not, the first number, and the danger line with area and minute; the rest is gone."""
    terminal = Terminal(*command)
    terminal.at_rest("q end")
    terminal.send("q")
    terminal.end()
    left = [row for row in _rows(terminal) if row]

    assert len(left) <= 5
    assert left[0].startswith("× Do not ")
    assert any(re.match(r"[\d ]+  ", row) for row in left[1:-1])
    assert left[-1] == f"{card.LINE}  Gosport, as it was Sat 28 Nov 02:00"


def test_an_interrupt_leaves_nothing_of_the_case() -> None:
    """Ctrl-C in the pager: the card, and no word of what it was about."""
    terminal = Terminal(*MARAC)
    terminal.at_rest("q end")
    terminal.send("\x03")
    assert terminal.end() == 130
    assert "MARAC" not in terminal.shown()


def test_without_a_terminal_the_whole_is_printed() -> None:
    """In a pipe, with standard input elsewhere, and on a dumb terminal: no key is waited for."""
    piped = cst(*MARAC).stdout
    assert "next part" not in piped
    dumb = Terminal(*MARAC, TERM="dumb")
    assert dumb.end() == 0
    assert "next part" not in dumb.shown()
    elsewhere = Terminal(*MARAC, shell="{} < /dev/null")
    assert elsewhere.end() == 0
    assert "next part" not in elsewhere.shown()


def test_what_fits_is_printed() -> None:
    """A screen that is large enough needs no pager."""
    terminal = Terminal(*MARAC, rows=400)
    assert terminal.end() == 0
    assert "Who leads" in terminal.shown()


def test_a_do_not_is_marked_in_bold_and_not_in_red() -> None:
    """Red on a dark ground is under the contrast that text needs; the tags keep their own ground."""
    shown = run("lookup", "marac", "--all", *AT, FORCE_COLOR="1").out

    assert "\x1b[1m × \x1b[0m" in shown
    assert "\x1b[1;31m" not in shown
    assert "\x1b[1;97;41m" in shown
