"""Whom to ring first: police with grave signs, the emergency line once, what is open, and nobody else's line."""

from __future__ import annotations

from itertools import combinations, product
from typing import TYPE_CHECKING, Any

import pytest

from cst.engine.answers import Answers, read_answers
from cst.engine.call_order import LAST_RUNG, NON_EMERGENCY, Call, call_order
from cst.engine.contact import Here
from cst.engine.plan import plan
from cst.views.formats.panels import panels
from cst.views.formats.plain import plain
from cst.views.pages.plan import plan_page
from tests.support.states import TUESDAY, shipped

if TYPE_CHECKING:
    from datetime import datetime

    from cst import contract

NIGHT = TUESDAY.replace(hour=2, minute=30)
MINUTES = (TUESDAY, NIGHT)
AREAS = ["hampshire", "southampton", "portsmouth", "isle-of-wight", "city-of-london", None]
ISSUES = list(shipped().kind("issues"))
GRAVE = ["weapon", "threat-to-kill", "strangulation"]
POLICE = (LAST_RUNG, NON_EMERGENCY)
MARRIAGE_UNIT = {"forced-marriage-unit", "forced-marriage-unit-out-of-hours"}
URGENCIES = ["now", "today", "soon", "routine"]
# Written by hand, so that no row of the data leads unseen: what is not known here may be the worst, and leads as a yes.
MAY_LEAD = {
    *("homeless-under-18", "may-be-under-18", "girl-under-18", "images-under-18"),
    *("who-is-missing", "death-found", "cannot-move-yet", "alone-now", "strangled-when"),
    "wants-police",  # it orders calls itself
}


def _plan(at: datetime = TUESDAY, area: str | None = "winchester", **written: Any) -> contract.Plan:
    given = {"immediate-danger": "no", "overheard": "no"}
    given |= {name.replace("_", "-"): value for name, value in written.items()}
    return plan(shipped(), read_answers(shipped(), given), at, area)


def _rungs(told: contract.Plan) -> list[str]:
    return [contact["id"] for outcome in told["outcomes"] for contact in outcome["contacts"]]


@pytest.mark.parametrize("issue", [one for one in ISSUES if one not in ("fire-safety", "support", "homelessness")])
@pytest.mark.parametrize("sign", GRAVE)
def test_the_police_are_first_with_a_grave_sign(issue: str, sign: str) -> None:
    """Whatever else is in it, a child or the family, by day and night, with an area and without."""
    for at, child, who in product(MINUTES, ("yes", "no"), ("partner", "unknown", "group")):
        area = None if child == "no" else "winchester"
        told = _plan(at, area, concerns=[issue], high_risk_signs=[sign], child_affected=child, who_harms=who)

        assert told["first"]
        assert told["first"]["contact"] in POLICE, (area, at, child, who)


@pytest.mark.parametrize("issue", ISSUES)
def test_once_the_emergency_line_is_first_no_plan_says_101_for_the_same_facts(issue: str) -> None:
    """The line for what is no emergency stands only where it says what it is for."""
    for area, at in zip(AREAS, MINUTES * 3, strict=True):
        told = _plan(at, area, concerns=[issue, "hate-crime"], immediate_danger="yes", child_affected="yes")
        below = [one for outcome in told["outcomes"] for one in outcome["contacts"] if one["id"] == NON_EMERGENCY]

        assert told["first"] == {"contact": LAST_RUNG, "phone": "999"}
        assert all(one["later"] for one in below)
        assert all(any(one["id"] == LAST_RUNG for one in outcome["contacts"]) for outcome in told["outcomes"])


def test_a_duty_of_its_own_still_names_101_and_says_why() -> None:
    """A report under the FGM duty is no part of the emergency call."""
    duty = {"girl_under_18": "yes", "girl_told": "yes", "regulated_role": "yes", "learned_at_work": "yes"}
    told = _plan(concerns=["fgm"], immediate_danger="yes", colleague_reported="no", **duty)
    text = plain(plan_page(told))

    assert NON_EMERGENCY in _rungs(told)
    assert "Later today, for this alone: The report under the FGM duty is a call of its own." in text


@pytest.mark.parametrize("at", MINUTES)
def test_of_what_is_as_urgent_what_is_open_comes_first_outside_office_hours(at: datetime) -> None:
    """Hostile F12: for any two topics no open first line stands behind one that is not known to be open."""
    for one, other in combinations(ISSUES, 2):
        told = _plan(at, concerns=[one, other])
        for urgency in URGENCIES:
            same = [outcome for outcome in told["outcomes"] if outcome["urgency"] == urgency and outcome["leads"]]
            opens = [_is_open(outcome) for outcome in same if outcome["first"] and not _keeps_its_place(outcome)]
            if at == NIGHT:
                assert sorted(opens, reverse=True) == opens, (one, other, urgency)


def _is_open(outcome: contract.Outcome) -> bool:
    first = outcome["first"]
    return any(first and one["id"] == first["contact"] and one["open"] is True for one in outcome["contacts"])


def _keeps_its_place(outcome: contract.Outcome) -> bool:
    """Whether the author marks the line of this pathway to come first, open or not: the bank, in a scam."""
    calls = shipped().kind("pathways").get(outcome["id"], {"call": []})["call"]  # the box of what is not known is none
    marked = {call["use"] for call in calls if call.get("first")}
    return outcome["first"] is not None and outcome["first"]["contact"] in marked


def test_a_local_service_with_hours_nobody_states_keeps_its_place_in_office_hours() -> None:
    """A national line that is always open does not push out the local one while offices are open."""
    told = _plan(concerns=["domestic-abuse", "drugs-alcohol"])

    assert told["first"]
    assert told["first"]["contact"] == "hampshire-domestic-abuse-advice"
    assert "national-domestic-abuse-helpline" == (_plan(NIGHT, concerns=["domestic-abuse"])["first"] or {})["contact"]


@pytest.mark.parametrize("issue", ISSUES)
def test_the_marriage_unit_is_rung_for_marriage_alone(issue: str) -> None:
    """Neither honour, nor cutting, nor an only chance brings it."""
    for honour, marriage, chance in [
        ("yes", "no", "no"),
        ("no", "no", "yes"),
        ("yes", "no", "yes"),
        ("no", "yes", "no"),
    ]:
        answers = {"honour_shame": honour, "marriage_pressure": marriage, "only_chance": chance, "who_harms": "family"}
        told = _plan(concerns=[issue], high_risk_signs="none", **answers)

        assert not MARRIAGE_UNIT.intersection(_rungs(told)) or marriage == "yes" or issue == "forced-marriage"


def test_the_line_for_honour_gives_way_to_the_helpline_when_it_is_shut() -> None:
    """Karma Nirvana in its hours; at night and on a Sunday the helpline that answers."""
    answers = {"concerns": ["hate-crime"], "honour_shame": "yes", "who_harms": "unknown", "abuse_at_home": "no"}
    by_day, sunday = _plan(**answers), _plan(TUESDAY.replace(day=29), **answers)

    assert "honour-advice" == by_day["outcomes"][0]["id"]
    assert "karma-nirvana" == (by_day["first"] or {})["contact"]
    assert "national-domestic-abuse-helpline" == (sunday["first"] or {})["contact"]


def test_a_line_for_some_people_is_never_first_and_shares_one_line() -> None:
    """In every area and at each minute: one line for men and LGBT+ people, in text and on a screen."""
    for area, at in product(AREAS, MINUTES):
        told = _plan(at, area, concerns=["domestic-abuse"], who_harms="partner")
        some = {one["id"] for outcome in told["outcomes"] for one in outcome["contacts"] if one["only_for"]}
        lines = [line for line in plain(plan_page(told)).splitlines() if "For men: " in line]

        assert {"mens-advice-line", "galop"} <= some
        assert told["first"]
        assert told["first"]["contact"] not in some
        assert 1 == len(lines)
        assert "For LGBT+ people: " in lines[0]
        assert "For men: 0808 801 0327, Men's Advice Line" in panels(
            plan_page(told), 200, colour=False, ascii_only=True
        )


def test_a_line_that_is_certainly_not_for_this_person_is_left_out() -> None:
    """No line for men for a girl, none for older people for somebody under 18; not sure leaves both in."""
    for age, there in (("yes", False), ("not-sure", True), ("no", True)):
        told = _plan(concerns=["fgm", "domestic-abuse"], girl_under_18=age, who_harms="partner")
        older = _plan(concerns=["homelessness", "adult-safeguarding"], homeless_under_18=age)

        assert ("mens-advice-line" in _rungs(told)) is there
        assert "galop" in _rungs(told)
        assert ("hourglass" in _rungs(older)) is there


def test_a_line_for_some_people_is_first_where_there_is_no_other() -> None:
    """A number that fits some is better than none."""
    calls = call_order(shipped(), [Call("galop")], Here(None, TUESDAY))

    assert calls.first == {"contact": "galop", "phone": "0800 999 5428"}

    both = call_order(shipped(), [Call("hourglass"), Call("national-domestic-abuse-helpline")], Here(None, NIGHT))
    assert (both.first or {})["contact"] == "national-domestic-abuse-helpline"


def test_every_do_not_of_a_plan_is_said_once_the_deadliest_first() -> None:
    """Each topic, not sure of the signs and certain of them: none is lost, none said twice."""
    for issue, signs in product(ISSUES, ("not-sure", ["threat-to-kill"])):
        told = _plan(concerns=[issue], high_risk_signs=signs, child_affected="yes")
        text = plain(plan_page(told))
        cautions = {one["id"]: one for outcome in told["outcomes"] for one in outcome["cautions"]}
        places = sorted((text.index(one["text"]), one["kills"]) for one in cautions.values())

        assert all(1 == text.count(one["text"]) for one in cautions.values())
        assert sorted(kills for _, kills in places) == [kills for _, kills in places]


def test_every_step_and_number_of_a_plan_stands_in_its_text() -> None:
    """Shorter is not less: what the JSON holds is there, once at least."""
    for issue, area in product(ISSUES, AREAS):
        told = _plan(NIGHT, area, concerns=[issue], high_risk_signs="not-sure", child_affected="yes")
        text = plain(plan_page(told))
        for outcome in told["outcomes"][:-1]:
            assert all(step["text"] in text for step in outcome["steps"])
            assert all(thing in text for thing in outcome["have_ready"])
            assert (outcome["if_worse"] or "") in text
            assert all(f"{p['number']}, {c['name']}" in text for c in outcome["contacts"] for p in c["phones"])


def test_an_unknown_moves_no_certain_outcome() -> None:
    """Not sure of everything asked: the certain pathways keep their order and their first numbers."""
    for issue in ISSUES:
        before = _plan(NIGHT, concerns=[issue])
        unsure = frozenset(question["id"] for question in before["next"]) - {"area"}
        known = {"immediate-danger": False, "overheard": False, "concerns": frozenset({issue})}
        after = plan(shipped(), Answers(known, unsure - MAY_LEAD), NIGHT, "winchester")

        assert before["first"] == after["first"]
