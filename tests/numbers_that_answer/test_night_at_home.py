"""At night, in every area and in none: fire, gas, neighbours, a lost home and fraud lead to a line that answers."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import pytest

from cst import contract
from cst.engine.answers import read_answers
from cst.engine.plan import plan
from tests.support.states import LONDON, shipped

NIGHT = datetime(2026, 12, 25, 3, 0, tzinfo=LONDON)  # Christmas Day
CALM = {"immediate-danger": False, "overheard": False}
AREAS = [None, *shipped().kind("areas")]
ASB, FIRE, HOME, SCAM = "anti-social-behaviour", "fire-safety", "homelessness", "scams"
BROUGHT_BY: dict[str, dict[str, Any]] = {
    "carbon-monoxide": {"concerns": [FIRE], "co-signs": ["ill-together"]},
    "carbon-monoxide-signs": {"concerns": [FIRE], "co-signs": ["soot"]},
    "gas-leak": {"concerns": [FIRE], "co-signs": ["gas"]},
    "power-for-health-off": {"concerns": ["support"], "care-needs": True, "power-for-health": True},
    "arson-threatened": {"concerns": [FIRE], "arson-threat": True, "arson-when": False},
    "fire-today": {"concerns": [FIRE], "home-fire-risks": ["smoking", "oxygen"]},
    "fire-refused": {"concerns": [FIRE], "home-fire-risks": ["hoarding"], "consent": False},
    "child-sets-fires": {"concerns": [FIRE], "fire-setter": True},
    "asb-today": {"concerns": [ASB], "threats-or-fear": True},
    "noise-nuisance": {"concerns": [ASB], "noise-only": True},
    "dog-attack": {"concerns": [ASB], "dog": "attacked"},
    "dog-welfare": {"concerns": [ASB], "dog": "stray"},
    "illegal-eviction": {"concerns": [HOME], "landlord-acts": ["locks"]},
    "landlord-harassment": {"concerns": [HOME], "landlord-acts": ["utilities"]},
    "homeless-tonight": {"concerns": [HOME], "no-safe-place-tonight": True},
    "homeless-young-person": {"concerns": [HOME], "homeless-under-18": True},
    "courier-fraud": {"concerns": [SCAM], "fraud-kind": "courier"},
    "remote-access": {"concerns": [SCAM], "fraud-kind": "remote"},
    "online-fraud": {"concerns": [SCAM], "fraud-kind": "romance"},
}
FIRST_EVERYWHERE = {
    "carbon-monoxide": "gas-emergency",
    "carbon-monoxide-signs": "gas-emergency",
    "gas-leak": "gas-emergency",
    "arson-threatened": "police-non-emergency",
    "asb-today": "police-non-emergency",
    "dog-attack": "police-non-emergency",
    "courier-fraud": "police-non-emergency",
    "remote-access": "own-bank-line",
    "online-fraud": "own-bank-line",
}
# Each of these answers makes it an emergency, whatever the pathway was by itself.
EMERGENCIES: dict[str, dict[str, Any]] = {
    "a fire tonight": {**BROUGHT_BY["arson-threatened"], "arson-when": True},
    "a fire tonight, by a sign": {"concerns": ["hate-crime"], "high-risk-signs": ["arson"], "arson-when": True},
    "a collapse": {**BROUGHT_BY["carbon-monoxide"], "co-signs": ["collapsed"]},
    "a loose dog": {**BROUGHT_BY["dog-attack"], "dog": "loose"},
    "a courier due": {**BROUGHT_BY["courier-fraud"], "caller-there-now": True},
}


def _plan(given: dict[str, Any], area: str | None) -> contract.Plan:
    return plan(shipped(), read_answers(shipped(), {**CALM, **given}), NIGHT, area)


def _outcome(pathway: str, area: str | None) -> contract.Outcome:
    return next(one for one in _plan(BROUGHT_BY[pathway], area)["outcomes"] if one["id"] == pathway)


@pytest.mark.parametrize("pathway", BROUGHT_BY)
def test_at_night_a_line_that_answers_is_on_the_ladder_and_nobody_shut_is_first(pathway: str) -> None:
    """Of each area: someone open with a phone, nobody from elsewhere, and the first is not shut."""
    for area in AREAS:
        outcome = _outcome(pathway, area)

        assert any(contact["open"] and contact["phones"] for contact in outcome["contacts"]), area
        assert all(contact["here"] for contact in outcome["contacts"]), area
        if outcome["first"]:
            rung = next(one for one in outcome["contacts"] if one["id"] == outcome["first"]["contact"])
            assert rung["open"] is not False, f"{area}: {rung['id']} is shut"


@pytest.mark.parametrize("pathway", BROUGHT_BY)
def test_no_plan_has_more_than_six_steps_whatever_is_ticked(pathway: str) -> None:
    """A worker reads six lines, not ten, and the record has no more than six that could hold at once."""
    assert 0 < len(_outcome(pathway, None)["steps"]) <= 6
    assert len(shipped().kind("pathways")[pathway]["steps"]) <= 6


@pytest.mark.parametrize(("pathway", "contact"), FIRST_EVERYWHERE.items())
def test_the_national_line_is_first_in_every_area(pathway: str, contact: str) -> None:
    """Gas, the police and the bank do not hang on the council."""
    for area in AREAS:
        first = _outcome(pathway, area)["first"]
        assert first, area
        assert first["contact"] == contact, area


@pytest.mark.parametrize("what", EMERGENCIES)
def test_what_cannot_wait_rings_the_emergency_line_first(what: str) -> None:
    """In every area, at night."""
    for area in AREAS:
        first = _plan(EMERGENCIES[what], area)["first"]
        assert first, area
        assert first["contact"] == "police-emergency", area


def test_a_courier_is_never_met_with_the_steps_for_a_trader_at_the_door() -> None:
    """Both are at the door; only with a courier must nobody leave to help the police."""
    found = {one["id"] for one in _plan(EMERGENCIES["a courier due"], "winchester")["outcomes"]}
    assert "courier-fraud" in found
    assert "doorstep-now" not in found


def test_the_bank_is_not_rung_where_somebody_they_know_takes_the_money() -> None:
    """The one who takes it may hold the account, or hear of the call."""
    given = {"concerns": [SCAM], "fraud-kind": "family", "money-gone": True}
    assert "bank-now" not in {one["id"] for one in _plan(given, "winchester")["outcomes"]}
