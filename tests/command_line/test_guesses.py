"""What a worker types who has not read anything: each guess leads somewhere, or says what to type."""

from __future__ import annotations

from pathlib import Path

import pytest

from cst import card
from cst.cli.options import OPTIONS
from tests.support import ROOT
from tests.support.in_process import run

# The thirty guesses of somebody who saw it for the first time, with what each must come to: an exit code, and words
# that must stand in the answer or, where it is refused, in what it says.
WORKS = {
    "domestic abuse": (0, "TODAY: Domestic abuse"),
    "marac": (0, "MARAC, the meeting on high-risk domestic abuse"),
    "help me": (0, "At 2 a.m."),
    "999": (0, "emergency line"),
    "areas": (0, "gosport: Gosport"),
    "contact nspcc": (0, "0808 800 5000"),
    "ring police": (0, "101"),
    "search knife": (0, "Serious violence and knife crime"),
    "-v": (0, "cst "),
    "-V": (0, "cst "),
    "version": (0, "cst "),
    "update": (0, "cst never goes on the network"),
    "handbook": (0, "domestic-abuse: Domestic abuse"),
    "phone cru": (0, "Which council area?"),
    "number marac": (0, "MARAC, the meeting on high-risk domestic abuse"),
    "out of hours": (0, "If no one answers, ring 101."),
    "night": (0, "At 2 a.m."),
    "who to ring": (0, "Only whom to ring:"),
    "list": (0, "issues: cst list issues"),
    "eligible": (0, "fire-visit: Fire safety visit at home"),
    "eligible fire --no-input": (3, "Fire safety visit at home (Safe and Well): cannot say yet"),
    "eligible fire visit --no-input": (3, "Fire safety visit at home (Safe and Well): cannot say yet"),
    "triage da --no-input": (3, "Get domestic abuse support"),
    "triage dv --no-input": (3, "Get domestic abuse support"),
    "triage child gosport --no-input": (3, "Hampshire children's services"),
    "lookup marac fareham": (0, "Hampshire Domestic Abuse"),
}
SAYS_WHAT_TO_TYPE = {
    "lookup": "cst lookup marac",
    "export": "To keep a plan: cst triage --save plan.txt",
    "triage --topic domestic-abuse": "cst triage domestic-abuse",
    "settings --area gosport": "cst settings area gosport",
}


def test_all_thirty_are_tried() -> None:
    """Twenty-five are to work; the others say what to type."""
    assert len(WORKS) + len(SAYS_WHAT_TO_TYPE) == 30
    assert len(WORKS) >= 25


@pytest.mark.parametrize("typed", ["Lookup marac", "TRIAGE --no-input", "Eligible fire-visit --no-input", "HELP night"])
def test_a_command_in_other_letters_is_that_command(typed: str) -> None:
    """A phone gives the first word a capital, and a keyboard may be locked."""
    first, *rest = typed.split()

    assert run(first.lower(), *rest)[:2] == run(*typed.split())[:2]


@pytest.mark.parametrize(("typed", "comes_to"), WORKS.items(), ids=list(WORKS))
def test_a_guess_works(typed: str, comes_to: tuple[int, str]) -> None:
    """The answer comes, with the exit code of the command that it was taken as."""
    ran = run(*typed.split())

    assert comes_to[0] == ran.code, ran.err
    assert comes_to[1] in ran.out


@pytest.mark.parametrize(("typed", "says"), SAYS_WHAT_TO_TYPE.items(), ids=list(SAYS_WHAT_TO_TYPE))
def test_a_guess_that_cannot_work_says_what_to_type(typed: str, says: str) -> None:
    """The danger line first, then a line that can be typed as it stands."""
    ran = run(*typed.split())

    assert ran.code == 2
    assert ran.err.startswith(card.LINE)
    assert says in ran.err


@pytest.mark.parametrize(
    ("typed", "taken"),
    [
        ("marac fareham", "cst lookup marac --area fareham"),
        ("lookup marac test valley", 'cst lookup marac --area "test valley"'),
        ("triage child gosport --no-input", "cst triage child-abuse --area gosport"),
        ("triage gosport --no-input", "cst triage --area gosport"),
        ("triage rogue trader fareham --no-input", "cst triage scams --area fareham"),
        ("triage stalked by ex --no-input", "cst triage stalking"),
        ("eligible fire visit gosport --no-input", "cst eligible fire-visit --area gosport"),
    ],
)
def test_what_it_was_taken_as_is_said(typed: str, taken: str) -> None:
    """On the error stream, as a line that can be typed."""
    assert f"Taken as: {taken}\n" in run(*typed.split()).err


def test_words_that_may_be_danger_keep_their_topic() -> None:
    """The walk asks about danger first anyway; a look-up gives a choice, the help for danger first."""
    words = "he broke her arm and now she is back with him"

    assert "Taken as: cst triage domestic-abuse" in run("triage", words, "--no-input").err
    assert "If it is danger now:" in run("lookup", words).out


def test_words_that_fit_two_topics_choose_neither() -> None:
    """Harassed can be stalking or hate crime: both are named, the likelier first, and the worker chooses."""
    ran = run("triage", "harassed", "--no-input")

    assert ran.code == 2
    assert ran.err.startswith(card.LINE)
    assert "Did you mean stalking, hate-crime" in ran.err
    assert "Taken as" not in ran.err


def test_a_place_at_the_end_is_that_place_and_no_other() -> None:
    """The same as with --area; a town of two councils is in neither, and a place given by --area stays."""
    at = ("--at", "2026-11-24T10:00")
    assert run("lookup", "mash", "fareham", *at).out == run("lookup", "mash", "--area", "fareham", *at).out
    assert "Havant or Winchester" in run("lookup", "marac", "waterlooville", *at).out
    assert "Taken as" not in run("lookup", "marac", "fareham", "--area", "gosport", *at).err


def test_words_that_mean_danger_choose_no_topic() -> None:
    """The walk then begins with danger, as ever."""
    ran = run("triage", "he", "has", "a", "knife", "at", "her", "--no-input")

    assert "First: Is anyone in danger now" in ran.out
    assert "may mean danger now" in ran.err


@pytest.mark.parametrize("typed", ["triage abus", "triage xyzzy --no-input", "eligible referral", "eligible nonesuch"])
def test_a_message_names_three_at_most(typed: str) -> None:
    """And says where all of them are."""
    said = run(*typed.split(), *([] if "--no-input" in typed else ["--no-input"])).err

    assert "All of them: cst list " in said
    near = said.partition("Did you mean ")[2].partition("?")[0]
    assert near.count(",") + near.count(" or ") <= 2


@pytest.mark.parametrize("option", ["--toolkit", "--area", "--at", "--answers"])
def test_an_option_before_the_command_says_where_it_belongs(option: str) -> None:
    """With a line in which it stands at its place."""
    said = run(option, "x", "lookup", "marac").err
    metavar = next(one.metavar for one in OPTIONS if one.name == option)

    assert f"{option} {metavar}." in said
    assert "It goes after the command, for example: cst " in said


def test_a_file_that_is_shipped_is_no_overlay_on_itself(tmp_path: Path) -> None:
    """Neither it nor a copy of it is reported as a correction that does not say what it corrects."""
    shipped = ROOT / "data" / "areas" / "leicestershire.yaml"
    copy = tmp_path / "mine.yaml"
    copy.write_bytes(shipped.read_bytes())
    for file in (shipped, copy):
        ran = run("check", str(file))
        assert "based_on" not in ran.out
        assert f"{file} is shipped with cst already" in ran.err


def test_a_colleague_leads_to_allegations_against_people_in_trust() -> None:
    """Not to stalking, nor to abuse of a child that nobody named."""
    assert "Somebody paid or trusted may have done it" in run("lookup", "worried", "about", "a", "colleague").out
