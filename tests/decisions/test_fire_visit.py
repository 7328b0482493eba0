"""The fire visit: every risk counts, how soon it is, and what a refusal means; over all that can be in a home."""

from __future__ import annotations

from functools import cache
from itertools import combinations
from typing import TYPE_CHECKING, Any

import pytest

from cst.engine.answers import Answers
from cst.engine.disclosure import asked_for_verdict
from cst.engine.not_sure import URGENCIES
from cst.engine.verdict import verdict
from cst.rules import facts
from cst.source.consistency import rule_places
from tests.support.states import TUESDAY, shipped

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from cst import contract

LIST = "home-fire-risks"
SCHEME = shipped().kind("schemes")["fire-visit"]
RISKS = tuple(shipped().kind("questions")[LIST]["choices"])


def _verdict(unsure: Iterable[str] = (), **known: Any) -> contract.Verdict:
    answers = {name.replace("_", "-"): value for name, value in known.items()}
    return verdict(shipped(), "fire-visit", Answers(answers, frozenset(unsure)), TUESDAY, "gosport")


@cache
def _homes() -> list[frozenset[str]]:
    """What can be in a home, as far as the steps tell it apart: of risks that none tells apart, the first stands."""
    rules = [shipped().rule(source, TUESDAY.date()) for path, source in rule_places(SCHEME) if "steps" in path]
    found = [fact.value for rule in rules for fact in facts(rule) if fact.question == LIST]
    values = [value if isinstance(value, tuple) else (value,) for value in found]
    alike = {tuple(risk in value for value in values): risk for risk in reversed(RISKS)}
    return [frozenset(some) for size in range(len(alike) + 1) for some in combinations(alike.values(), size)]


def _urgency(risks: Iterable[str]) -> int:
    """How urgent it is, 0 most of all."""
    return URGENCIES.index(_verdict(age=82, home_fire_risks=frozenset(risks))["urgency"] or "routine")


def test_the_list_of_risks_is_asked_once_on_a_screen_of_its_own_then_consent() -> None:
    """One reason is enough for a yes; the others are asked for all the same, before consent. None is an answer."""
    asked = []
    for said in ({}, {"home_fire_risks": frozenset()}, {"home_fire_risks": frozenset(), "consent": True}):
        told = _verdict(age=82, **said)
        answers = Answers({"immediate-danger": False})
        asked.append([(one["id"], one["screen"]) for one in asked_for_verdict(shipped(), answers, told)])

    assert [[(LIST, 0), ("consent", 1)], [("consent", 0)], []] == asked
    assert ["consent"] == [one["id"] for one in _verdict([LIST], age=82)["next"]]


def test_a_refusal_is_never_yes_and_the_verdict_stays() -> None:
    """Whatever is in the home: the words and steps are those of a refusal, and a script still reads eligible."""
    for home in _homes():
        told = _verdict(age=82, home_fire_risks=home, consent=False)

        assert ("eligible", "not without their yes") == (told["verdict"], told["answer"])
        assert any("(MARM)" in step["text"] for step in told["how"]["steps"])
        assert not any("Once they agree" in step["text"] for step in told["how"]["steps"])
        assert {"do-not-close-as-a-choice", "do-not-promise-secrecy"} <= {one["id"] for one in told["how"]["cautions"]}
        assert "hampshire-adults" == (told["first"] or {"contact": ""})["contact"]


def test_not_sure_if_they_agree_is_to_ask_them_first() -> None:
    """It is neither a yes nor a no: the steps are those of a visit, and no refusal is read into it."""
    told = _verdict(["consent"], age=82, home_fire_risks=frozenset({"smoking", "oxygen"}))

    assert ("eligible", "ask them first", "today") == (told["verdict"], told["answer"], told["urgency"])
    assert any("Once they agree" in step["text"] for step in told["how"]["steps"])
    assert "do-not-close-as-a-choice" not in {one["id"] for one in told["how"]["cautions"]}


@pytest.mark.parametrize("consent", [True, False, None])
def test_no_more_than_six_steps_whatever_is_in_the_home(consent: bool | None) -> None:
    """A worker reads them at the door. (A threat of arson is one more.)"""
    agreed = {} if consent is None else {"consent": consent}
    most = max(len(_verdict(age=82, home_fire_risks=home, **agreed)["how"]["steps"]) for home in _homes())

    assert 6 == most
    assert len(_homes()) > 100


def _sets() -> Iterator[frozenset[str]]:
    """No risk, each one and each two."""
    yield from (frozenset(some) for size in range(3) for some in combinations(RISKS, size))


def test_each_risk_is_a_reason_and_more_risks_are_never_less_urgent() -> None:
    """Any one is enough; with another beside it the visit is as soon, or sooner."""
    urgency = {risks: _urgency(risks) for risks in _sets()}

    assert {"eligible"} == {_verdict(home_fire_risks=frozenset({risk}))["verdict"] for risk in RISKS}
    assert not [risks for risks, now in urgency.items() for risk in risks if now > urgency[risks - {risk}]]


def test_what_together_is_very_high_is_for_today() -> None:
    """Written from the facts: each two that meet. Nothing alone is; what else is in the home makes no difference."""
    fed = [
        (flame, fuel) for flame in ("smoking", "bed-smoking", "flames") for fuel in ("oxygen", "creams", "air-mattress")
    ]
    bed = [("bed-smoking", other) for other in ("cannot-get-out", "drowsy", "no-alarm", "alone")]
    burnt = [("burns", other) for other in ("smoking", "bed-smoking", "cannot-get-out", "drowsy", "cooking")]
    shut = [("cannot-get-out", "no-alarm"), ("cannot-get-out", "blocked"), ("hoarding", "blocked")]
    today = {risks for risks in _sets() if _urgency(risks) == URGENCIES.index("today")}

    assert {frozenset(two) for two in (*fed, *bed, *burnt, *shut)} == today


def test_not_sure_of_the_list_brings_no_step_but_asks_to_look() -> None:
    """Nothing counts as ticked: the steps are those of a home with none of it, and one line says what to find out."""
    unknown = _verdict([LIST], age=82, consent=True)
    none = _verdict(age=82, home_fire_risks=frozenset(), consent=True)

    assert none["how"] == unknown["how"]
    assert "Does anybody smoke, and could they get out?" in str(unknown["urgency_says"])
    assert ("soon", "soon") == (none["urgency"], unknown["urgency"])
    assert "Does anybody smoke" not in str(none["urgency_says"])
