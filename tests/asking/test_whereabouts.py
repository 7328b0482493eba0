"""Where somebody is, asked at a prompt: a town will do, what is not known is asked again, and nothing is guessed."""

from __future__ import annotations

import io
from typing import Any

import pytest

from cst.engine.answers import Answers, spoken_one
from cst.engine.entry import entry
from cst.engine.plan import plan
from cst.engine.questions import describe_question
from cst.engine.situation import AREA
from cst.engine.verdict import verdict
from cst.toolkit.places import Place
from cst.views.formats.plain import plain
from cst.views.pages.entry import entry_page
from cst.views.pages.plan import plan_page
from cst.views.pages.three_lines import short_page
from cst.views.pages.verdict import verdict_page
from cst.walk.area_prompt import TypedPlaces, nearest_first
from cst.walk.asker import Around, Leave
from cst.walk.console import Console
from cst.walk.numbered_lines import Lines
from cst.walk.plan_walk import PlanWalk
from cst.walk.session import Session
from tests.support.command import ENTER, Terminal
from tests.support.states import TUESDAY, shipped

DISTRICTS = (
    "basingstoke-and-deane east-hampshire eastleigh fareham gosport hart havant new-forest rushmoor test-valley "
    "winchester"
)
ASKED = ("triage", "support", *("-a", "immediate-danger=no"), *("-a", "overheard=no"), *("-a", "contact-mode=with"))


def _typed(*lines: str) -> tuple[Any, str]:
    sink = io.StringIO()
    asking = Lines(io.StringIO("".join(f"{line}\n" for line in lines)), sink, found=TypedPlaces(shipped()))
    question = nearest_first(shipped(), [describe_question(shipped(), AREA)])
    return spoken_one(asking.ask(question, Around("")), AREA), sink.getvalue()


def test_areas_are_offered_in_the_order_in_which_a_worker_looks_for_them() -> None:
    """Hampshire's districts from A to Z, the cities and the Island, the county, then elsewhere; England last."""
    offered = [choice["id"] for choice in nearest_first(shipped(), [describe_question(shipped(), AREA)])[0]["choices"]]
    after = ["southampton", "portsmouth", "isle-of-wight", "hampshire", "hampshire-iow"]

    assert [*DISTRICTS.split(), *after] == offered[:16]
    assert "england" == offered[-1]
    assert set(offered) == set(shipped().kind("areas"))


def test_other_questions_keep_the_authors_order() -> None:
    """Only areas are put in another order."""
    others = [describe_question(shipped(), name) for name in ("who-harms", "concerns")]

    assert others == nearest_first(shipped(), others)


@pytest.mark.parametrize(
    ("typed", "area"),
    [("andover", "test-valley"), ("soton", "southampton"), ("ROMSEY", "test-valley"), ("Winchester", "winchester")],
)
def test_a_town_that_is_typed_is_taken_as_the_option_takes_it(typed: str, area: str) -> None:
    """By numbered lines, what --area knows is known here."""
    assert area == _typed(typed)[0]


def test_the_number_of_an_area_and_not_sure_are_still_answers() -> None:
    """The list is there, and so is the way out."""
    assert "basingstoke-and-deane" == _typed("1")[0]
    assert "not-sure" == _typed("dunno")[0]


@pytest.mark.parametrize(
    ("typed", "says"),
    [
        ("wincester", "No area here is called wincester. Did you mean winchester?"),
        ("whiteley", "whiteley may be in Fareham or Winchester. Type a town"),
        ("Bournemouth", "Bournemouth is not in this toolkit. Type a town"),
    ],
)
def test_a_place_that_is_not_known_is_said_and_asked_again(typed: str, says: str) -> None:
    """The nearest name is shown and never taken; no option of the command line is spoken of at a prompt."""
    area, shown = _typed(typed, "andover")

    assert "test-valley" == area
    assert says in shown
    assert "--area" not in shown
    assert "Only national" not in shown
    with pytest.raises(Leave):
        _typed(typed)


def test_at_a_menu_terminal_the_area_is_typed() -> None:
    """A letter is no key there: b begins a name. A misspelt one is asked again, ? gives the areas."""
    terminal = Terminal(*ASKED)
    while "a place, or: u not sure" not in terminal.shown():
        shown = terminal.at_rest("carry on", "read on", "n No to the rest", "a place, or: u not sure")
        if "n No to the rest" in shown:
            terminal.send("n" + ENTER)
        elif " on  " in terminal.screen.display[-1]:
            terminal.send(ENTER)
    terminal.send("?\r")
    terminal.until("The council areas: Basingstoke and Deane, East Hampshire")
    terminal.until("Enter to the question")
    terminal.send(ENTER)
    terminal.at_rest("a place, or: u not sure")
    terminal.send("basingstok\r")
    terminal.until("Did you mean")
    assert "1 Basingstoke, Basingstoke and Deane" in terminal.at_rest("None of these: type it again")
    terminal.send("n" + ENTER)
    terminal.at_rest("a place, or: u not sure")
    terminal.send("basingstoke\r")
    terminal.at_rest("Question 3")
    assert "Taken as Basingstoke and Deane. b changes it." in " ".join(terminal.shown().split())
    terminal.send("q")

    assert 20 == terminal.end()


def test_a_role_looked_up_with_no_area_asks_for_it_at_a_terminal() -> None:
    """The danger line first; a town will do, and is confirmed. Who is not sure gets national numbers and the reason."""
    at = ("--at", "2026-11-24T10:00")
    terminal = Terminal("lookup", "adult", "social", "care", *at)
    terminal.until("a place, or: u not sure")
    assert "999" in terminal.screen.display[0]
    terminal.send("soton\r")
    assert 0 == terminal.end()
    assert "Taken as Southampton." in terminal.shown()
    assert "023 8083 3003" in terminal.shown()

    terminal = Terminal("lookup", "mash", *at)
    terminal.until("a place, or: u not sure")
    terminal.send("not sure\r")
    assert 0 == terminal.end()
    assert "Which council area?" in terminal.shown()


def test_the_place_is_in_what_is_said_and_an_answer_about_the_area_comes_before_it() -> None:
    """Plan, verdict and entry say why a place has no area; where an answer gives one there is nothing to say."""
    nowhere, answered = Place(None, "No area here is called wincester."), Answers({AREA: "gosport"})
    plans = [plan(shipped(), answers, TUESDAY, *nowhere) for answers in (Answers(), answered)]
    verdicts = [verdict(shipped(), "fire-visit", answers, TUESDAY, *nowhere) for answers in (Answers(), answered)]
    entries = [entry(shipped(), "issues", "marac", TUESDAY, *place) for place in (nowhere, Place("gosport"))]

    for without, within in (plans, verdicts, entries):
        assert (None, nowhere.says) == (without["area"], without["area_says"])
        assert ("gosport", None) == (within["area"], within["area_says"])


def test_what_a_place_was_taken_as_is_in_what_is_said() -> None:
    """Plan, verdict and entry confirm a town that was taken as its council; an answer about the area needs none."""
    town = Place("fareham", "Taken as Fareham.")
    said = [
        plan(shipped(), Answers(), TUESDAY, *town),
        verdict(shipped(), "fire-visit", Answers(), TUESDAY, *town),
        entry(shipped(), "issues", "marac", TUESDAY, *town),
    ]

    assert ["Taken as Fareham."] * 3 == [one["area_says"] for one in said]
    for page in (plan_page(said[0]), verdict_page(said[1]), entry_page(said[2])):
        assert "Taken as Fareham." in plain(page).split("\n\n")[1]
    for one in said:
        assert "AREA: Taken as Fareham." in plain(short_page(one))


def test_the_next_question_and_the_end_of_a_walk_say_what_a_typed_place_was_taken_as() -> None:
    """The plan says it too: it may be the very next screen."""
    sink = io.StringIO()

    class Worker(io.StringIO):
        """Types a town where one is asked for, and is not sure of anything else; leaves after sixty lines."""

        typed = 0

        def readline(self, size: int | None = -1, /) -> str:
            self.typed += 1
            if self.typed > 60:
                return ""
            shown = sink.getvalue()
            if "name of a town" in shown and not places.taken:
                return "farham\n"
            return "not sure\n" if shown.endswith(("Answer: ", "1,3: ")) else "\n"

    places = TypedPlaces(shipped())
    asker = Lines(Worker(), sink, found=places)
    topic = PlanWalk(shipped(), TUESDAY, Place(None))
    given = Answers({"immediate-danger": False, "concerns": frozenset({"support"}), "overheard": False})
    session = Session(shipped(), topic, asker, Console(asker.source, sink, lambda page, columns: plain(page)), places)
    session.run(given)

    assert "Taken as Fareham. b changes it." in sink.getvalue()
    assert "\n\nTaken as Fareham.\n\n" in sink.getvalue()


def test_an_area_of_the_command_line_that_is_not_known_is_said_with_the_first_question() -> None:
    """Once, and before it matters: the worker would think that local numbers come."""
    terminal = Terminal("triage", "domestic-abuse", "--area", "wincester")
    terminal.until("q leave)")
    shown = " ".join(terminal.shown().split())
    assert (
        "No area here is called wincester. Did you mean winchester? You may be asked for the council area later."
    ) in shown
    terminal.send("n\r")
    terminal.until("Which of these apply?")
    assert "wincester" not in "\n".join(terminal.screen.display)
    terminal.send("q")

    assert 20 == terminal.end()
