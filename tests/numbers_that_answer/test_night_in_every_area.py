"""At night, in every area and in none: each of these pathways has somebody to ring who answers and is for that area."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import pytest

from cst import contract
from cst.engine.answers import read_answers
from cst.engine.plan import plan
from tests.support.states import LONDON, shipped

NIGHT = datetime(2026, 11, 29, 3, 0, tzinfo=LONDON)  # a Sunday
CALM = {"immediate-danger": False, "overheard": False}
BROUGHT_BY: dict[str, dict[str, Any]] = {
    "alcohol-withdrawal": {"concerns": ["drugs-alcohol"], "drink-stopped": True, "withdrawal-signs": ["bad-shakes"]},
    "alcohol-withdrawal-today": {"concerns": ["drugs-alcohol"], "drink-stopped": True, "withdrawal-signs": ["shakes"]},
    "overdose-response": {"concerns": ["drugs-alcohol"], "high-risk-signs": ["overdose"]},
    "spiking-response": {"concerns": ["sexual-violence"], "spiked": True},
    "tracker-found": {"concerns": ["stalking"], "tracked": True},
    "weapon-at-school": {
        "concerns": ["serious-violence"],
        "high-risk-signs": ["weapon"],
        "setting": "school",
        "weapon-where": "put-away",
    },
    "leaving-a-gang": {"concerns": ["exploitation"], "wants-out": True},
    "violence-no-ideology": {"concerns": ["prevent"], "violence-fixation": True},
    "device-find": {"concerns": ["prevent"], "found-on-device": True},
    "young-self-harm": {"concerns": ["mental-health-crisis"], "self-harm-teen": True},
    "mate-crime-response": {"concerns": ["adult-safeguarding"], "used-by-a-friend": True},
    "slavery-at-work": {"concerns": ["modern-slavery"]},
    "food-heat-and-debt": {"concerns": ["support"], "no-food-no-heat": True},
}
AREAS = [None, *shipped().kind("areas")]


def _outcome(pathway: str, area: str | None) -> contract.Outcome:
    answers = read_answers(shipped(), {**CALM, **BROUGHT_BY[pathway]})
    said = plan(shipped(), answers, NIGHT, area)
    return next(one for one in said["outcomes"] if one["id"] == pathway)


@pytest.mark.parametrize("pathway", BROUGHT_BY)
def test_at_night_nobody_who_is_shut_is_rung_first(pathway: str) -> None:
    """Shut is shut: a line whose hours nobody knows may be first, one that is closed may not."""
    for area in AREAS:
        outcome = _outcome(pathway, area)
        first = outcome["first"]
        assert first, f"{area}: {outcome['no_first']}"
        rung = next(one for one in outcome["contacts"] if one["id"] == first["contact"])
        assert rung["here"], f"{area}: {rung['id']} is for another place"
        assert rung["open"] is not False, f"{area}: {rung['id']} is shut"


@pytest.mark.parametrize("pathway", BROUGHT_BY)
def test_at_night_the_first_step_says_what_to_do_now_or_today(pathway: str) -> None:
    """A worker alone at three in the morning reads one step: it has to be one that can be done then."""
    step = _outcome(pathway, None)["steps"][0]
    assert step["text"]
    assert len(_outcome(pathway, None)["steps"]) <= 6


def test_every_band_of_withdrawal_that_can_kill_rings_the_emergency_line_first() -> None:
    """A fit, seeing things, confusion, a fever or not waking: each by itself, in every area, at night."""
    for sign in ("fit", "seeing-things", "confused", "collapse", "fever"):
        for area in AREAS:
            answers = {**CALM, **BROUGHT_BY["alcohol-withdrawal"], "withdrawal-signs": [sign]}
            said = plan(shipped(), read_answers(shipped(), answers), NIGHT, area)
            assert said["first"]
            assert said["first"]["contact"] == "police-emergency", f"{sign} in {area}"


def test_a_weapon_at_school_rings_the_police_before_the_childrens_services() -> None:
    """With a child there, in every area, by whichever of the two topics. In a hand it is the emergency line."""
    for topic in ("serious-violence", "child-abuse"):
        for where, wanted in (
            ("put-away", "police-non-emergency"),
            ("seen", "police-non-emergency"),
            ("in-hand", "police-emergency"),
        ):
            for area in AREAS:
                answers = {
                    **CALM,
                    **BROUGHT_BY["weapon-at-school"],
                    "concerns": [topic],
                    "weapon-where": where,
                    "child-affected": True,
                }
                said = plan(shipped(), read_answers(shipped(), answers), NIGHT, area)
                assert said["first"]
                assert said["first"]["contact"] == wanted, f"{topic}, {where} in {area}"
