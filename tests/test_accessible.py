"""For screen readers and tired eyes: plain lines, short numbers digit by digit, three lines where three are wanted."""

from __future__ import annotations

import pytest

from cst.views.heard import heard
from tests.command import cst
from tests.states import shipped

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
    """Whom to ring or reach, what to do first, what never to do: of what the whole answer says."""
    whole, brief = cst(*command).stdout, cst(*command, "--short").stdout.splitlines()

    assert [line.split(":")[0] for line in brief] in (["RING", "DO", "NEVER"], ["REACH", "DO", "NEVER"])
    assert brief[1].removeprefix("DO: ") in whole
    assert brief[2].removeprefix("NEVER: ") in whole


@pytest.mark.parametrize("issue", shipped().kind("issues"))
def test_short_never_sends_to_the_emergency_line_what_is_no_emergency(issue: str) -> None:
    """The last rung is not what to ring first, in any topic, unless it is the first as well."""
    danger = ("-a", "immediate-danger=no", "--area", "gosport", *AT)
    first = cst("triage", issue, "--no-input", "--short", *danger).stdout.splitlines()[0]

    assert "999" not in first


def test_help_on_accessibility_and_privacy() -> None:
    """Plain lines; an unknown topic names what there is."""
    assert "--accessible" in cst("help", "accessibility").stdout
    assert "There is no network, ever." in cst("help", "privacy").stdout
    ran = cst("help", "cooking")
    assert (ran.returncode, "accessibility, privacy" in ran.stderr) == (2, True)
