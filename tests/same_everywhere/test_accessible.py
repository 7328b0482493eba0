"""For screen readers and tired eyes: plain lines, short numbers digit by digit, three lines where three are wanted."""

from __future__ import annotations

import json
import re

import pytest

from cst import card
from cst.engine.do_nots import KILL
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
        ("08 08 16 89 111, Victim Support", "0 8, 0 8, 1 6, 8 9, 1 1 1, Victim Support"),
        ("0808 2000 247", "0 8 0 8, 2 0 0 0, 2 4 7"),
        ("0800 4 70 80 90.", "0 8 0 0, 4, 7 0, 8 0, 9 0."),
        ("+44 20 7008 0151", "+ 4 4, 2 0, 7 0 0 8, 0 1 5 1"),
        ("116 123", "1 1 6, 1 2 3"),
        ("18001 0300 555 1384", "1 8 0 0 1, 0 3 0 0, 5 5 5, 1 3 8 4"),
        ("text 61016", "text 6 1 0 1 6"),
        ("0300 555 1373, open, until Mon 08:30", "0 3 0 0, 5 5 5, 1 3 7 3, open, until Mon 08:30"),
        ("about 50000 people, 16 Aug 2012, 2017-07", "about 50000 people, 16 Aug 2012, 2017-07"),
        ("1999 and 2101", "1999 and 2101"),
        ("2026-11-22", "2026-11-22"),
    ],
)
def test_numbers_are_read_digit_by_digit(text: str, read: str) -> None:
    """Short codes that stand alone, and long numbers in their groups; years, dates, times and counts are not."""
    assert heard(text) == read


@pytest.mark.parametrize("command", COMMANDS, ids=lambda command: command[0])
@pytest.mark.parametrize("switch", [("--accessible",), ()], ids=["option", "environment"])
def test_accessible_output_is_lines_with_a_label_first(command: tuple[str, ...], switch: tuple[str, ...]) -> None:
    """No escape code, no box, no tab, and the emergency line first, digit by digit."""
    shown = cst(*command, *switch, **({} if switch else {"CST_ACCESSIBLE": "1"})).stdout

    assert shown.startswith("Danger now: ring 9 9 9.")
    assert not set("\x1b\t\u2500\u2502\u256d") & set(shown)
    rings = [line for line in shown.splitlines() if line.startswith("Ring: ")]
    assert rings or "no area" in shown.casefold()
    assert all(re.match(r"Ring: (\d )*\d, ", line) or re.match(r"Ring: (\d ?)+(, (\d ?)+)+, ", line) for line in rings)


@pytest.mark.parametrize("command", COMMANDS, ids=lambda command: command[0])
def test_short_is_three_lines(command: tuple[str, ...]) -> None:
    """Whom to ring or reach, what to do first, what never to do; what comes after is only what must not be hidden."""
    whole, brief = cst(*command).stdout, cst(*command, "--short").stdout.splitlines()

    labels = [line.split(":")[0] for line in brief]
    assert labels[:3] in (["RING", "DO", "CAUTION"], ["REACH", "DO", "CAUTION"])
    assert set(labels[3:]) <= {"NO LOCAL NUMBER", "ALSO NOW"}
    said = json.loads(cst(*command, "--json").stdout)
    steps = said.get("outcomes", [said.get("how", said)])[0]["steps"]
    assert brief[1].removeprefix("DO: ") in whole + "".join(step["brief"] or "" for step in steps)
    left = re.sub(r" \(\+\d+\)$", "", brief[2].removeprefix("CAUTION: "))
    for one in said["do_nots"]:
        left = left.replace(one["says"], "")
    assert not left.strip()


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
    short = {"CST_PLAIN": "1", "XDG_CONFIG_HOME": "/none"}  # the name of the settings file stands on the screen
    terminal = Terminal(*command, columns=columns, **short)
    assert terminal.end() == 0
    shown, piped = terminal.shown(), cst(*command, **short).stdout

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

    assert "\nTHEN RING:\n101, Police non-emergency line, open day\n" in terminal.shown()


@pytest.mark.parametrize("environment", [{"CST_ACCESSIBLE": "1"}, {"TERM": "dumb"}], ids=["accessible", "dumb"])
def test_questions_end_their_lines_at_blanks(environment: dict[str, str]) -> None:
    """Also the emergency card, whose short numbers take more room when they are written to be heard."""
    terminal = Terminal("triage", columns=40, **environment)
    terminal.until("3 Not sure")
    terminal.until("q leave")
    lines = terminal.shown().splitlines()

    assert "A crime, a fire or a medical emergency," in lines
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


def _number_that_is_dialled() -> list[str]:
    """Every number of the shipped contacts."""
    contacts = shipped().kind("contacts").values()
    return [phone["number"] for contact in contacts for phone in contact.get("phones", ())]


def test_no_number_of_the_toolkit_is_read_as_a_sum() -> None:
    """Each digit of each number stands alone, and none is lost."""
    for number in _number_that_is_dialled():
        read = heard(f"Ring: {number}, a service")
        assert not re.search(r"\d\d", read), read
        assert re.sub(r"\D", "", read) == re.sub(r"\D", "", number)


MARAC = ("lookup", "marac", "--accessible", *AT)


@pytest.mark.parametrize("area", [(), ("--area", "gosport"), ("--area", "southampton")], ids=str)
def test_the_look_up_of_marac_takes_less_than_a_minute_to_hear(area: tuple[str, ...]) -> None:
    """At 180 words a minute, each digit of a number being a word; what kills and whom to ring first are in it."""
    shown = cst(*MARAC, *area).stdout

    assert len(shown.split()) <= 180
    assert "\nRing: 1 0 1, Police" in shown
    told = json.loads(cst("lookup", "marac", *AT, *area, "--json").stdout)["do_nots"]
    deadly = [one["says"] for one in told if one["kills"] in KILL]
    assert "Do not ring, write or leave a message unless they told you a safe way." in deadly
    assert [] == [says for says in deadly if says not in shown]
    assert "\nThis is part. Not shown: " in shown


@pytest.mark.parametrize("command", COMMANDS, ids=lambda command: command[0])
@pytest.mark.parametrize("whole", [(), ("--all",)], ids=["part", "all"])
def test_the_last_words_heard_are_danger_and_whom_to_ring_first(
    command: tuple[str, ...], whole: tuple[str, ...]
) -> None:
    """In part and in whole; the number is the first that was read out after the emergency line."""
    shown = cst(*command, "--accessible", *whole).stdout.splitlines()
    first = json.loads(cst(*command, "--json").stdout)["first"]
    rings = [line.partition(": ")[2] for line in shown if line.startswith(("Ring: ", "RING FIRST: "))]

    last = shown[-2:] if first else ["", *shown[-1:]][::-1]
    assert last[0] == "Danger now: ring 9 9 9."
    assert not first or rings[0].startswith(last[1].removeprefix("Ring first: "))


def test_what_is_copied_keeps_its_digits_together() -> None:
    """A field and JSON give the number as it is dialled, in accessible mode too."""
    given = ("lookup", "mash", "--area", "havant", *AT)
    environment = {"CST_ACCESSIBLE": "1"}

    assert cst(*given, "--field", "phone", **environment).stdout == "0300 555 1373\n"
    assert "0300 555 1373" in cst(*given, "--json", **environment).stdout
    copied = cst(*PLAN, "--copy-text", **environment).stdout
    assert re.search(r"\b0\d{2,4} \d{3,4} \d{4}\b", copied)
