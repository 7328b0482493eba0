"""The steps for status, refusal, trust, carers, money and a woman cut in the past: in every area, in the night."""

from __future__ import annotations

import re
from datetime import datetime
from functools import lru_cache
from typing import TYPE_CHECKING, Any

import pytest

from cst.engine.answers import read_answers
from cst.engine.plan import plan
from tests.support.states import LONDON, shipped

if TYPE_CHECKING:
    from cst import contract

NIGHT = datetime(2026, 12, 26, 2, 0, tzinfo=LONDON)  # a Saturday, a bank holiday, when hardly an office is open
SAFE = {"immediate-danger": "no", "overheard": "no", "child-affected": "no"}
ABUSE = {**SAFE, "concerns": ["domestic-abuse"], "who-harms": "partner"}
ADULT = {**SAFE, "concerns": ["adult-safeguarding"], "care-needs": "yes"}
BRINGS: dict[str, dict[str, Any]] = {
    "no-recourse": {**ABUSE, "immigration-worry": "yes"},
    "adult-refuses": {**ADULT, "says-no": "yes", "serious-or-others": "yes"},
    "fgm-adult": {**SAFE, "concerns": ["fgm"], "fgm-about": "woman"},
    "position-of-trust": {**ADULT, "who-harms": "trusted-role", "works-with": ["children", "adults"]},
    "carer-strain": {**ADULT, "who-harms": "carer-unpaid", "before-illness": "no"},
    "family-money": {**ADULT, "who-harms": "family", "money-gone": "yes"},
    "loan-shark": {**SAFE, "concerns": ["support"], "illegal-lender": "yes"},
}
AREAS = [*shipped().kind("areas"), None]
SHARED = 3  # pathways that need a caution before it counts as one that all know


@lru_cache
def _outcome(pathway: str, area: str | None) -> contract.Outcome:
    told = plan(shipped(), read_answers(shipped(), BRINGS[pathway]), NIGHT, area)
    return next(one for one in told["outcomes"] if one["id"] == pathway)


@pytest.mark.parametrize("pathway", BRINGS)
def test_somebody_can_be_rung_now_and_nobody_of_another_council(pathway: str) -> None:
    """Promise 4, at the hour at which it is hardest to keep: the first to ring is not closed, and is the area's own."""
    for area in AREAS:
        told = _outcome(pathway, area)
        first = told["first"]
        assert first is not None, area
        chosen = next(one for one in told["contacts"] if one["id"] == first["contact"])
        serves = shipped().kind("contacts")[chosen["id"]]["serves"]

        assert chosen["open"] is not False, (area, chosen["id"])
        assert not set(serves).isdisjoint({"england", *shipped().around(area)}), (area, chosen["id"])
        assert told["contacts"][-1]["always"], area


@pytest.mark.parametrize("pathway", BRINGS)
def test_a_tired_worker_can_read_it(pathway: str) -> None:
    """At most six steps of two sentences, three do-nots that stand hardly anywhere else, and what to have ready."""
    record = shipped().kind("pathways")[pathway]
    users: dict[str, int] = {}
    for one in shipped().kind("pathways").values():
        for use in one["cautions"]:
            users[use["caution"]] = users.get(use["caution"], 0) + 1
    own = [use["caution"] for use in record["cautions"] if users[use["caution"]] < SHARED]

    assert len(record["steps"]) <= 6
    assert not [step["say"] for step in record["steps"] if len(re.findall(r"[.?](?= |$)", step["say"])) > 2]
    assert len(own) <= 3
    assert record["have_ready"]
    assert "if_worse" in record


def test_no_step_asks_for_papers_and_none_sends_them_to_the_home_office() -> None:
    """Hazard: a worker who advises, or rings the Home Office, can end somebody's stay."""
    record = shipped().kind("pathways")["no-recourse"]
    said = " ".join(step["say"] for step in record["steps"])

    assert "ask nothing about papers" in said
    assert "Home Office" not in said
    assert "do-not-advise-immigration" in [use["caution"] for use in record["cautions"]]


@pytest.mark.parametrize("who", ["carer-unpaid", "family", "partner", "neighbour", "unknown"])
def test_only_somebody_who_is_trusted_brings_the_officer_for_allegations(who: str) -> None:
    """A relative who cares unpaid is no case for the officer, in no area."""
    officers = {
        name for name, one in shipped().kind("contacts").items() if "allegations-officer" in one.get("fills", ())
    }
    for area in AREAS:
        told = plan(
            shipped(), read_answers(shipped(), {**ADULT, "child-affected": "yes", "who-harms": who}), NIGHT, area
        )
        rung = {one["id"] for outcome in told["outcomes"] for one in outcome["contacts"]}

        assert officers.isdisjoint(rung), (area, who)
        assert "position-of-trust" not in {one["id"] for one in told["outcomes"]}


@pytest.mark.parametrize("who", ["partner", "family", "carer-unpaid", "trusted-role"])
def test_money_that_somebody_close_took_rings_neither_the_fraud_line_nor_the_short_bank_number(who: str) -> None:
    """The one who takes it may hold the account or hear of it."""
    answers = {**SAFE, "concerns": ["scams"], "who-harms": who, "money-gone": "yes", "care-needs": "yes"}
    told = plan(shipped(), read_answers(shipped(), answers), NIGHT, "winchester")
    rung = {one["id"] for outcome in told["outcomes"] for one in outcome["contacts"]}

    assert "family-money" in {one["id"] for one in told["outcomes"]}
    assert rung.isdisjoint({"own-bank-line", "report-fraud"})


@pytest.mark.parametrize("known", ["yes", "not-sure", None])
def test_a_no_never_takes_the_concern_away(known: str | None) -> None:
    """Whatever is known of the no, the concern is raised, and nothing says that the no stands."""
    answers = {**ADULT, "says-no": "yes"}
    if known:
        answers |= {"can-decide-this": known, "no-under-pressure": known, "serious-or-others": known}
    told = plan(shipped(), read_answers(shipped(), answers), NIGHT, "portsmouth")
    said = " ".join(step["text"] for outcome in told["outcomes"] for step in outcome["steps"])

    assert {"adult-safeguarding-concern", "adult-refuses"} <= {one["id"] for one in told["outcomes"]}
    assert "usually stands" not in said
    assert "all the same" in said


def test_a_woman_cut_in_the_past_is_no_report_and_no_call_within_the_hour() -> None:
    """The duty is for girls under 18. With a girl at risk children's services come all the same."""
    alone = plan(shipped(), read_answers(shipped(), BRINGS["fgm-adult"]), NIGHT, "southampton")
    girl = plan(
        shipped(), read_answers(shipped(), {**BRINGS["fgm-adult"], "child-affected": "yes"}), NIGHT, "southampton"
    )

    assert {"fgm-protect", "fgm-reporting", "child-urgent"}.isdisjoint({one["id"] for one in alone["outcomes"]})
    assert {"child-urgent", "fgm-adult"} <= {one["id"] for one in girl["outcomes"]}
