"""For screen readers and tired eyes: plain lines, short numbers digit by digit, three lines where three are wanted."""

from __future__ import annotations

import re

import pytest

from cst import card
from cst.views.formats.screen_reader import heard
from tests.support.command import Terminal, cst
from tests.support.states import shipped

AT = ("--at", "2026-11-24T23:00")
PLAN = ("triage", "child-abuse", "--no-input", "-a", "immediate-danger=no", "--area", "southampton", *AT)
COMMANDS = [PLAN, ("lookup", "marac", *AT), ("eligible", "fire-visit", "--no-input", "-a", "age=82", *AT)]


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("ring 999.", "ring 9 9 9."),
        ("18001 101, Relay", "1 8 0 0 1 1 0 1, Relay"),
        ("press 55 when", "press 5 5 when"),
        ("08 08 16 89 111, Victim Support", "08 08 16 89 111, Victim Support"),
        ("0800 555 111", "0800 555 111"),
        ("116 123", "116 123"),
        ("1999 and 2101", "1999 and 2101"),
        ("2026-11-22", "2026-11-22"),
    ],
)
def test_short_numbers_are_read_digit_by_digit(text: str, read: str) -> None:
    """Only short codes that stand alone; a long number keeps the groups in which it is read."""
    assert heard(text) == read


@pytest.mark.parametrize("command", COMMANDS, ids=lambda command: command[0])
@pytest.mark.parametrize("switch", [("--accessible",), ()], ids=["option", "environment"])
def test_accessible_output_is_lines_with_a_label_first(command: tuple[str, ...], switch: tuple[str, ...]) -> None:
    """No escape code, no box, no tab, and the emergency line first, digit by digit."""
    shown = cst(*command, *switch, **({} if switch else {"CST_ACCESSIBLE": "1"})).stdout

    assert shown.startswith("Danger now: ring 9 9 9.")
    assert not set("\x1b\t\u2500\u2502\u256d") & set(shown)
    rings = [line for line in shown.splitlines() if line.lstrip().startswith(("RING", "THEN"))]
    assert rings
    assert all(": " in line for line in rings)


@pytest.mark.parametrize("command", COMMANDS, ids=lambda command: command[0])
def test_short_is_three_lines(command: tuple[str, ...]) -> None:
    """Whom to ring or reach, what to do first, what never to do; what comes after is only what must not be hidden."""
    whole, brief = cst(*command).stdout, cst(*command, "--short").stdout.splitlines()

    labels = [line.split(":")[0] for line in brief]
    assert labels[:3] in (["RING", "DO", "CAUTION"], ["REACH", "DO", "CAUTION"])
    assert set(labels[3:]) <= {"NO LOCAL NUMBER", "ALSO NOW"}
    assert brief[1].removeprefix("DO: ") in whole
    assert brief[2].removeprefix("CAUTION: ") in whole


@pytest.mark.parametrize("issue", shipped().kind("issues"))
def test_short_never_sends_to_the_emergency_line_what_is_no_emergency(issue: str) -> None:
    """The last rung is not what to ring first, in any topic, unless it is the first as well."""
    danger = ("-a", "immediate-danger=no", "--area", "gosport", *AT)
    first = cst("triage", issue, "--no-input", "--short", *danger).stdout.splitlines()[0]

    assert first.endswith(card.LINE)
    assert "999" not in first.removesuffix(card.LINE)


def test_short_with_no_number_but_the_emergency_line_does_not_say_to_ring_it() -> None:
    """With no area there is nobody to ring about a fire visit: it says what to do instead, and then the danger line."""
    ring, *_ = cst("eligible", "fire-visit", "--no-input", "--short", "-a", "age=82", *AT).stdout.splitlines()

    assert ring.startswith("RING: no local number is known. Ask the local fire and rescue service")
    assert ring.endswith(card.LINE)


def test_help_on_accessibility_and_privacy() -> None:
    """Plain lines; an unknown topic names what there is."""
    assert "--accessible" in cst("help", "accessibility").stdout
    assert "There is no network, ever." in cst("help", "privacy").stdout
    ran = cst("help", "cooking")
    assert (ran.returncode, "accessibility, privacy" in ran.stderr) == (2, True)


@pytest.mark.parametrize("columns", [40, 80])
@pytest.mark.parametrize(
    "command", [("lookup", "domestic-abuse", "--area", "winchester", *AT), ("settings",), ("list",)]
)
def test_on_a_screen_plain_lines_end_at_blanks(command: tuple[str, ...], columns: int) -> None:
    """A terminal would end them in the middle of a word; a pipe gets one item a line, with the same words."""
    terminal = Terminal(*command, columns=columns, CST_PLAIN="1")
    assert terminal.end() == 0
    shown, piped = terminal.shown(), cst(*command, CST_PLAIN="1").stdout

    whole = set(piped.split())
    assert {word for word in shown.split() if len(word) < 30} <= {
        part for word in whole for part in (word, *_cut(word))
    }
    assert all(number in shown for number in re.findall(r"\b0\d{3,4} \d{3} \d{3,4}\b", piped))


def _cut(word: str) -> list[str]:
    """The parts of a word that is wider than a screen may have, such as an address: cut after its signs."""
    return re.findall(r"[^/@.?&=_-]*[/@.?&=_-]+|[^/@.?&=_-]+", word) if len(word) > 30 else []


def test_a_number_and_its_name_are_on_one_line_where_there_is_room() -> None:
    """The label goes on a line of its own rather than part them."""
    terminal = Terminal("lookup", "domestic-abuse", "--plain", "--area", "winchester", *AT, columns=40)
    terminal.end()

    assert "\nTHEN RING:\n0808 801 0327, Men's Advice Line, run by\n" in terminal.shown()


@pytest.mark.parametrize("environment", [{"CST_ACCESSIBLE": "1"}, {"TERM": "dumb"}], ids=["accessible", "dumb"])
def test_questions_end_their_lines_at_blanks(environment: dict[str, str]) -> None:
    """Also the emergency card, whose short numbers take more room when they are written to be heard."""
    terminal = Terminal("triage", columns=40, **environment)
    terminal.until("3 Not sure")
    lines = terminal.shown().splitlines()

    assert "Is anyone in danger now, or is a crime," in lines
    assert all(len(line) < 40 or line.endswith((" ", ".", ",")) or line[-1].isalpha() for line in lines)
    assert not any(line in ("ed", "red", "0.") for line in lines)
    terminal.send("q\n")
    terminal.end()


def test_what_to_avoid_is_no_double_negative() -> None:
    """Read aloud, "never: do not" says the opposite; a note says no name again that stands above it."""
    for command in COMMANDS:
        shown = cst(*command).stdout
        assert "\nCAUTION: Do not" in shown
        assert "NEVER" not in shown
        assert "\nNote: " in shown
        assert "Note on" not in shown
