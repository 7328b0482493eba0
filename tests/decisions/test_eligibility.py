"""Verdicts: three kinds, sound for every completion, with what would settle the rest."""

from __future__ import annotations

import random
from itertools import product
from typing import Any

import pytest

from cst.engine.answers import Answers, read_answers
from cst.engine.plan import scheme_rule
from cst.engine.verdict import verdict
from cst.rules import questions, residual
from tests.support.states import NOT_SURE, TUESDAY, answered, shipped, small, ways

SCHEMES = list(shipped().kind("schemes"))


def _verdict(scheme: str, written: dict[str, Any], area: str | None = None) -> Any:
    return verdict(small(), scheme, read_answers(small(), written), TUESDAY, area)


def test_unknown_never_excludes() -> None:
    """One no is not a no while the rest is open; with all answered no it is."""
    assert "cannot-say" == _verdict("visit", {"age": 64})["verdict"]
    assert "cannot-say" == _verdict("visit", {"age": 64, "frail": "not-sure"})["verdict"]
    assert "not-eligible" == _verdict("visit", {"age": 64, "frail": "no"})["verdict"]
    assert "eligible" == _verdict("visit", {"age": 65})["verdict"]


def test_what_would_settle_it_is_named() -> None:
    """Of a verdict that cannot be given: the questions where one answer could settle it, and what was not sure."""
    said = _verdict("visit", {"age": "not-sure"})

    assert {"age", "frail"} == {question["id"] for question in said["would_settle"]}
    assert ["age"] == [question["id"] for question in said["unsure_of"]]
    assert ["frail"] == [question["id"] for question in said["next"]]


def test_an_area_with_a_rule_of_its_own_uses_it_and_says_so() -> None:
    """Where areas differ, the area's rule decides, with its note and source."""
    said = _verdict("visit", {"age": 70}, "othershire")

    assert "not-eligible" == said["verdict"]
    assert "Othershire has its own rule." == said["area_note"]


def test_scores_are_summed() -> None:
    """A sum over choices is yes, no or open as the scores allow."""
    assert "eligible" == _verdict("counted", {"score-one": "weekly", "score-two": "lots"})["verdict"]
    assert "not-eligible" == _verdict("counted", {"score-one": "never"})["verdict"]
    assert "cannot-say" == _verdict("counted", {"score-one": "weekly"})["verdict"]


def _states(scheme: str, area: str | None) -> tuple[int, list[Answers]]:
    """Every state of a scheme's rule, and those in which a verdict is given with facts unknown."""
    source, _ = scheme_rule(shipped().kind("schemes")[scheme], shipped(), area)
    rule = shipped().rule(source, TUESDAY.date())
    seen, waiting, early = {(rule, frozenset[str]())}, [Answers()], []
    while waiting:
        answers = waiting.pop()
        left = residual(rule, answers.known)
        open_questions = [name for name in questions(left) if name not in answers.unsure]
        if isinstance(left, bool):
            early.append(answers)
        for value in ways(shipped(), open_questions[0]) if open_questions else ():
            after = answered(answers, open_questions[0], value)
            after_left = residual(rule, after.known)
            mark = (after_left, after.unsure & set(questions(after_left)))
            if mark not in seen:
                seen.add(mark)
                waiting.append(after)
    return len(seen), early


@pytest.mark.parametrize("scheme", SCHEMES)
def test_every_state_of_every_scheme_ends_in_a_sound_verdict(scheme: str) -> None:
    """A verdict given with facts unknown holds whatever the rest turns out to be, in every area with its own rule."""
    for area in (None, *shipped().kind("schemes")[scheme].get("area_rules", {})):
        count, decided = _states(scheme, area)
        source, _ = scheme_rule(shipped().kind("schemes")[scheme], shipped(), area)
        rule = shipped().rule(source, TUESDAY.date())
        assert count > 2
        assert {True, False} == {residual(rule, answers.known) for answers in decided}
        for answers in decided:
            rest = [name for name in questions(rule) if not answers.answered(name)][:4]
            values = [[value for value in ways(shipped(), name) if value is not NOT_SURE] for name in rest]
            for completion in product(*values):
                whole = {**answers.known, **dict(zip(rest, completion, strict=True))}
                assert residual(rule, answers.known) is residual(rule, whole)


def _size(value: Any) -> int:
    """How much an answer counts towards yes; of choices the author's order says so."""
    return 0 if isinstance(value, str) else len(value) if isinstance(value, frozenset) else int(value)


@pytest.mark.parametrize("scheme", SCHEMES)
def test_each_criterion_matters(scheme: str) -> None:
    """For each question of a rule there are answers to the others under which it alone decides."""
    rule = shipped().rule(shipped().kind("schemes")[scheme]["rule"], TUESDAY.date())
    names = questions(rule)
    values = {
        name: sorted((value for value in ways(shipped(), name) if value is not NOT_SURE), key=_size) for name in names
    }
    chance = random.Random(1)
    # Where most answers are no, one more decides an any; where most are yes, an all.
    tries = [
        {name: chance.choice(chosen[1:] if chance.random() < share else chosen[:1]) for name, chosen in values.items()}
        for share in (0.1, 0.2, 0.5, 0.9)
        for _ in range(1000)
    ]

    deciding = {
        name
        for known in tries
        for name in names
        if questions(residual(rule, {other: value for other, value in known.items() if other != name})) == (name,)
    }
    assert set(names) == deciding
