"""Promise 17: what must never be done stands in every plan that it belongs to, whatever other topic is chosen beside.

And no plan offers in one place what it forbids in another (hazards 24, 26 and 40).
"""

from __future__ import annotations

from itertools import product
from typing import Any

import pytest

from cst.engine.answers import Answers
from cst.engine.plan import plan
from cst.rules import questions
from tests.support.states import NOT_SURE, TUESDAY, answered, shipped

ABUSE = {
    "do-not-mediate",
    "do-not-tell-the-alleged-perpetrator",
    "do-not-confront",
    "do-not-call-back-without-safe-contact",
    "do-not-advise-leaving-without-a-plan",
    "do-not-rely-on-a-score",
    "do-not-touch-tenancy-without-advice",
    "do-not-wait-for-consent",
    "do-not-use-relatives-as-interpreters",
    "do-not-wipe-history",
}
ONE_CHANCE = {
    "do-not-contact-family",
    "do-not-use-relatives-as-interpreters",
    "do-not-mediate",
    "do-not-call-back-without-safe-contact",
    "do-not-confront",
    "do-not-wait-for-consent",
    "do-not-wipe-history",
}
NEVER = {
    "domestic-abuse": ABUSE,
    "marac": ABUSE,
    "forced-marriage": ONE_CHANCE,
    "fgm": {*ONE_CHANCE, "do-not-examine"},
    "stalking": {
        "do-not-mediate",
        "do-not-tell-the-alleged-perpetrator",
        "do-not-call-back-without-safe-contact",
        "do-not-wipe-history",
    },
    "exploitation": {"do-not-treat-as-offender-first"},
    "modern-slavery": {"do-not-treat-as-offender-first"},
    "hate-crime": {"do-not-ask-for-proof", "do-not-mediate"},
}
ISSUES = list(shipped().kind("issues"))
SIGNS = [sign for sign in shipped().kind("questions")["high-risk-signs"]["choices"] if sign != "overdose"]
NEIGHBOURS = (
    *("hate-motive", "abuse-at-home", "home-taken-over"),
    *("stalked", "threats-or-fear", "victim-vulnerable"),
)


def _warned(answers: Answers) -> set[str]:
    """The cautions of the whole plan."""
    outcomes = plan(shipped(), answers, TUESDAY, "hampshire")["outcomes"]
    return {caution["id"] for outcome in outcomes for caution in outcome["cautions"]}


@pytest.mark.deep
@pytest.mark.parametrize("topic", NEVER)
def test_every_do_not_of_a_topic_stands_in_every_plan_about_it(topic: str) -> None:
    """Whatever is chosen beside it, whoever does harm, and with a child or honour in it: yes, no or not sure."""
    ways = ISSUES, ("partner", "family", NOT_SURE), (True, False, NOT_SURE), (True, False)
    for other, harms, child, honour in product(*ways):
        start = Answers({"immediate-danger": False, "concerns": frozenset({topic, other})})
        answers = answered(answered(start, "who-harms", harms), "child-affected", child)
        lost = NEVER[topic] - _warned(answered(answers, "honour-shame", honour))
        assert set() == lost, (other, harms, child, honour)


@pytest.mark.parametrize("topic", NEVER)
def test_every_do_not_of_a_topic_stands_in_a_plan_about_it_alone(topic: str) -> None:
    """With nothing else known."""
    assert set() == NEVER[topic] - _warned(Answers({"immediate-danger": False, "concerns": frozenset({topic})}))


def _quarrel(*others: str, signs: frozenset[str] = frozenset()) -> set[str]:
    """The ids of the pathways and cautions of a quarrel that both sides want to talk about, with no to all six."""
    concerns = frozenset({"anti-social-behaviour", *others})
    noes = dict.fromkeys((*NEIGHBOURS, "care-needs"), False)
    ticked = {"concerns": concerns, "high-risk-signs": signs, "who-harms": "neighbour"}
    answers = Answers({"immediate-danger": False, "both-willing": True, **noes, **ticked})
    said = plan(shipped(), answers, TUESDAY, "hampshire")
    return {one["id"] for outcome in said["outcomes"] for one in (outcome, *outcome["cautions"])}


@pytest.mark.parametrize("other", ISSUES)
def test_no_plan_both_offers_mediation_and_forbids_it(other: str) -> None:
    """Six noes about the neighbours do not undo another topic under which nobody mediates."""
    assert not {"mediation", "do-not-mediate"} <= _quarrel(other)


@pytest.mark.parametrize("sign", SIGNS)
def test_any_sign_of_high_risk_rules_mediation_out(sign: str) -> None:
    """A weapon is a weapon, even where all six questions about the neighbours were answered no."""
    assert "mediation" not in _quarrel(signs=frozenset({sign}))
    assert "mediation" in _quarrel()


@pytest.mark.parametrize(
    "also",
    [{"who-harms": "carer-unpaid"}, {"who-harms": "trusted-role"}, {"who-harms": NOT_SURE}, {"who-harms": "family"},
     {"care-needs": True}, {"care-needs": NOT_SURE, "cannot-protect-self": NOT_SURE}],
)  # fmt: skip
def test_nobody_mediates_with_a_carer_a_relative_or_somebody_who_cannot_protect_themselves(
    also: dict[str, Any],
) -> None:
    """Hazard 26: six noes about the neighbours say nothing about who does it, or to whom. Not sure is no plain no."""
    plain = {"who-harms": "neighbour", "care-needs": False}
    answers = Answers(
        {"immediate-danger": False, "concerns": frozenset({"anti-social-behaviour"}), "both-willing": True,
         "high-risk-signs": frozenset(), **dict.fromkeys(NEIGHBOURS, False)}
    )  # fmt: skip
    for name, answer in {**plain, **also}.items():
        answers = answered(answers, name, answer)

    outcomes = {outcome["id"] for outcome in plan(shipped(), answers, TUESDAY, "hampshire")["outcomes"]}
    assert "asb-response" in outcomes
    assert "mediation" not in outcomes


@pytest.mark.parametrize("sign", ["weapon", "strangulation", "threat-to-kill", "stalking"])
@pytest.mark.parametrize("chance", [True, False])
@pytest.mark.parametrize(
    "topic", ["harmful-behaviour", "domestic-abuse", "marac", "hate-crime", "sexual-violence", "child-abuse"]
)
def test_who_does_harm_is_told_nothing_of_whoever_is_harmed(topic: str, chance: bool, sign: str) -> None:
    """Hazard 23: with them in the room no step is about the victim, and no hint helps them find or reach anyone."""
    known = {"immediate-danger": False, "concerns": frozenset({topic}), "who-harms": "self", "only-chance": chance}
    said = plan(shipped(), Answers({**known, "high-risk-signs": frozenset({sign})}), TUESDAY, "hampshire")
    outcomes = {outcome["id"]: outcome for outcome in said["outcomes"]}
    high = outcomes["own-behaviour-high-risk"]

    assert "police-non-emergency" == high["contacts"][0]["id"]
    assert "do-not-tell-the-alleged-perpetrator" == high["cautions"][0]["id"]
    for_whoever_is_harmed = {"da-high-risk", "da-support", "one-chance", "high-risk-police", "sexual-violence-support"}
    assert not for_whoever_is_harmed & set(outcomes)
    assert not {"home-security", "fire-visit"} & {hint["scheme"] for hint in said["also_ask"]}


@pytest.mark.parametrize("sign", ["weapon", "strangulation", "threat-to-kill"])
@pytest.mark.parametrize("topic", [issue for issue in ISSUES if issue not in ("fire-safety", "support")])
def test_a_sign_that_life_is_at_risk_rings_the_police_under_every_topic(topic: str, sign: str) -> None:
    """Hazard 21: "any one of them can mean that life is at risk" is said where it is asked, and is true there."""
    start = Answers({"immediate-danger": False, "concerns": frozenset({topic})})
    said = plan(shipped(), answered(start, "high-risk-signs", frozenset({sign})), TUESDAY, "hampshire")
    urgent = [outcome for outcome in said["outcomes"] if outcome["urgency"] == "now"]
    unsure = plan(shipped(), answered(start, "high-risk-signs", NOT_SURE), TUESDAY, "hampshire")

    assert any("police" in outcome["contacts"][0]["id"] for outcome in urgent)
    assert "now" in {line["urgency"] for line in unsure["find_out"] if line["question"] == "high-risk-signs"}


def test_no_urgent_pathway_waits_for_consent() -> None:
    """Hazard 28: agreement is asked for in the steps, where that is safe; no rule for now or today hangs on it.

    But the steps after a no to a fire visit: they come with the no, and wait for nothing.
    """
    agreement = {"consent", "wants-police", "adult-agrees", "both-willing"}
    for name, pathway in shipped().kind("pathways").items():
        if pathway["urgency"] in ("now", "today") and name != "fire-refused":
            assert not agreement & set(questions(shipped().rule(pathway["rule"], TUESDAY.date()))), name
