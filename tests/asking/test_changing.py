"""Changing an answer at the end: what came of it is said truly, and nothing of the case while somebody looks on."""

from __future__ import annotations

from typing import Any

import pytest

from cst.checks.cases import read_answers
from cst.engine.answers import Answers
from cst.engine.disclosure import may_compare
from cst.engine.plan import plan
from cst.engine.questions import describe_question, describe_questions
from cst.toolkit.places import Place
from cst.views.formats.plain import plain
from cst.views.pages.answer_changed import changed_page
from cst.views.pages.plan import plan_page
from cst.walk import wording as words
from cst.walk.plan_walk import PlanWalk
from cst.walk.session import in_order
from cst.walk.verdict_walk import VerdictWalk
from tests.support.command import ENTER, Terminal
from tests.support.states import TUESDAY, shipped

ABUSE = {
    **{"immediate-danger": "no", "concerns": ["domestic-abuse"], "overheard": "no", "only-chance": "no"},
    **{"child-affected": "yes", "care-needs": "no", "cannot-protect-self": "no", "area": "winchester"},
}


def _given(**written: Any) -> Answers:
    return read_answers(shipped(), {name.replace("_", "-"): answer for name, answer in written.items()})


def _said(old: dict[str, Any], new: dict[str, Any]) -> str:
    was, now = (plan(shipped(), _given(**given), TUESDAY) for given in (old, new))
    return plain(changed_page(was, now)) if may_compare(was, now) else ""


def _first_numbers(given: dict[str, Any]) -> list[str]:
    outcomes = plan(shipped(), _given(**given), TUESDAY)["outcomes"]
    return [outcome["contacts"][0]["phones"][0]["number"] for outcome in outcomes if outcome["urgency"] == "now"]


def test_another_area_gives_the_new_numbers() -> None:
    """The same steps in Southampton as in Winchester, and another team to ring: that is what has changed."""
    moved = {**ABUSE, "area": "southampton"}
    said = _said(ABUSE, moved)

    assert "The steps are the same. The numbers are new:" in said
    assert _first_numbers(moved)
    assert all(number in said for number in _first_numbers(moved))
    assert not any(number in said for number in _first_numbers(ABUSE))


def test_that_nothing_changes_is_said_only_where_nothing_does() -> None:
    """The same plan, word for word but for the answer."""
    assert "Nothing else changes: the same steps hold." in _said(ABUSE, {**ABUSE, "care-needs": "no"})


def test_what_comes_in_and_what_goes_is_named() -> None:
    """Both ways."""
    without = {**ABUSE, "child-affected": "no"}

    assert "Now as well: Protect a child now" in _said(without, ABUSE)
    assert "No longer: Protect a child now" in _said(ABUSE, without)


def test_new_steps_are_not_passed_over() -> None:
    """A step that only some answers bring is a change, though the pathway is the same."""
    found = [
        said
        for name in shipped().kind("questions")
        for value in ("yes", "no")
        if shipped().kind("questions")[name]["type"] == "yes-no"
        and "Some steps are new" in (said := _said(ABUSE, {**ABUSE, name: value}))
    ]

    assert found


def test_of_somebody_who_may_be_overheard_nothing_is_said() -> None:
    """Neither on the way into short mode nor out of it."""
    overheard = {**ABUSE, "overheard": "yes"}

    assert "" == _said(ABUSE, overheard)
    assert "" == _said(overheard, ABUSE)


def test_a_verdict_says_what_has_become_of_it() -> None:
    """Eligible after all, or not any more."""
    topic = VerdictWalk(shipped(), "fire-visit", TUESDAY, Place("gosport"))
    was, now = (topic.end(_given(immediate_danger="no", age=age)) for age in (30, 82))

    assert may_compare(was, now)
    assert "Now as well: yes" in plain(changed_page(was, now))


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ({"consent": "yes"}, {"consent": "no"}, ["Now as well: not without their yes.", "Some steps are new"]),
        ({"cognitive-impairment": "no"}, {"cognitive-impairment": "yes"}, ["Now as well: yes. Today."]),
        ({"consent": "yes"}, {"consent": "yes"}, ["Nothing else changes: the same steps hold."]),
    ],
)
def test_a_verdict_in_other_words_says_that_its_steps_and_how_soon_have_changed(
    old: dict[str, Any], new: dict[str, Any], says: list[str]
) -> None:
    """A refusal brings other steps, and what makes it urgent is named, though the verdict is the same."""
    topic = VerdictWalk(shipped(), "fire-visit", TUESDAY, Place("gosport"))
    fixed = {"immediate-danger": "no", "age": 82, "home-fire-risks": ["burns"]}
    said = plain(changed_page(*(topic.end(_given(**fixed, **given)) for given in (old, new))))

    assert [] == [words for words in says if words not in said]
    assert ("Nothing else changes: the" in said) is (old == new)


def test_the_end_says_why_a_place_has_no_numbers() -> None:
    """Also on the page at the end of a walk, not only in what is printed."""
    topic = PlanWalk(shipped(), TUESDAY, Place(None, "No area here is called wincester."))
    answers = _given(**ABUSE)

    assert "wincester" in plain(plan_page(topic.end(answers.without("area"))))
    assert "wincester" not in plain(plan_page(topic.end(answers)))


def test_answers_are_offered_for_a_change_in_the_order_in_which_they_were_given() -> None:
    """Those of the command line first, then screen by screen; one that was changed stands where it was given last."""
    given, screen = _given(concerns=["scams"], immediate_danger="no"), _given(care_needs="no", child_affected="yes")
    changed = _given(concerns="not-sure")

    assert ["immediate-danger", "child-affected", "care-needs", "concerns"] == in_order(
        shipped(), given, screen, changed
    )


def _until_end(terminal: Terminal) -> None:
    """Up to the page at the end, with no and none to all that is asked."""
    for _ in range(8):
        shown = terminal.at_rest("q end", "q leave", "q; then Enter")
        if "q end" in shown:
            return
        if "carry on" in shown or "read on" in shown:
            terminal.send(ENTER)
        else:
            if "How do you know about it?" in shown:  # no is no answer to that
                terminal.send("1")
                terminal.at_rest("\u25cf 1")
            terminal.send("n" + ENTER)
    raise AssertionError(shown)


@pytest.mark.deep
def test_a_list_that_is_changed_shows_what_was_ticked() -> None:
    """Somebody who adds a second topic keeps the first; a list that is asked anew has nothing ticked."""
    topics = [describe_question(shipped(), "concerns")]
    group = describe_questions(shipped(), ["child-affected", "care-needs"])

    assert ["scams"] == words.ticks(topics, _given(concerns=["scams"]))
    assert [words.NOT_SURE] == words.ticks(topics, _given(concerns="not-sure"))
    assert ["child-affected", words.NONE] == words.ticks(group, _given(child_affected="yes", care_needs="no"))
    assert ["care-needs", words.NOT_SURE] == words.ticks(group, _given(care_needs="yes", child_affected="not-sure"))
    assert [] == words.ticks(group, Answers())
    terminal = Terminal("triage", "--area", "gosport", "-a", "immediate-danger=no")
    assert "\u25cf" not in terminal.at_rest("What are you worried about?")
    terminal.send("\x1b[A" * 3 + " " + ENTER)  # up over the top: the last topic
    _until_end(terminal)
    terminal.send("c")
    terminal.until("Change which answer?")
    terminal.send("2" + ENTER)
    terminal.at_rest("Changing one answer.")
    terminal.send("\x1b[A" * 2)
    terminal.at_rest()
    assert ["Sources of support"] == [line[6:].strip() for line in terminal.screen.display if "\u25cf" in line]
    terminal.send("q")
    assert 20 == terminal.end()


@pytest.mark.deep
def test_which_answer_is_asked_once_and_can_be_left_as_it_is() -> None:
    """One heading, no "Not sure", and going back or leaving it changes nothing."""
    terminal = Terminal("triage", "support", "--area", "gosport", "-a", "immediate-danger=no")
    _until_end(terminal)
    terminal.send("c")
    shown = terminal.at_rest("Leave as it is")
    assert 1 == shown.count("Change which answer") + shown.count("Which answer")
    assert "Not sure" not in shown
    terminal.send("\x1b[A\r")  # up from the first line is the last: leave as it is
    _until_end(terminal)
    terminal.send("c")
    terminal.until("Leave as it is")
    terminal.send("1\r")
    assert "Question 1" not in terminal.at_rest("Changing one answer.")
    terminal.send("b")
    _until_end(terminal)
    terminal.send("q")

    assert 0 == terminal.end()


@pytest.mark.parametrize("environment", [{}, {"CST_ACCESSIBLE": "1"}], ids=["menus", "lines"])
def test_while_somebody_may_look_on_the_end_offers_no_list_of_answers(environment: dict[str, str]) -> None:
    """Hazard 16: c asks whether it is safe to go on, and nothing of the case comes on the screen."""
    given = ("immediate-danger=no", "concerns=forced-marriage", "overheard=yes", "safe-to-go-on=no")
    answers = [part for answer in given for part in ("-a", answer)]
    terminal = Terminal("triage", *answers, **environment)
    terminal.until("go on when it is safe")
    assert "change an answer" not in terminal.shown()
    terminal.send("c\r" if environment else "c")
    terminal.at_rest("Is it safe to go on now")
    shown = terminal.shown()
    assert "What are you worried about" not in shown
    assert "orced marriage" not in shown
    terminal.send("q\r" if environment else "q")

    assert 20 == terminal.end()
