"""The evaluator and the walker of states against rules worked out the long way (`support/brute.py`), on shipped rules.

Neither knows the other: the evaluator simplifies a tree, the walker goes from state to state, and the long way looks
up tables and tries every world.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from functools import lru_cache
from itertools import product
from math import prod
from typing import Any

import pytest

from cst.checks.all_proofs import edition_day
from cst.checks.nothing_idle import places
from cst.checks.schemes import rules as scheme_rules
from cst.checks.state_space import Ways, differ, independent, leaning, parts_dropped, start, walk
from cst.engine.answers import Answers
from cst.engine.not_sure import brought_by_a_yes
from cst.engine.situation import AREA, Situation, Taken
from cst.rules import Rule, questions, residual
from tests.support.brute import NO, UNKNOWN, YES, best, comes_true, may_turn_out, truth
from tests.support.levels import times
from tests.support.states import TUESDAY, shipped

DAY = edition_day(shipped())
SHALLOW = 50_000  # assignments of a rule that are all tried
DEEP = 400  # assignments by chance of any other
SEED = 20261123
World = dict[str, Any]


@lru_cache
def rules() -> list[tuple[str, Rule]]:
    """Every rule and condition that is shipped, with where it stands."""
    found = {".".join(place): shipped().rule(source, DAY) for place, source in places(shipped())}
    found |= {".".join(place): rule for place, rule in scheme_rules(shipped(), DAY)}
    return [(place, rule) for place, rule in found.items() if not isinstance(rule, bool)]


def assignments(rule: Rule, ways: Ways) -> Iterator[World]:
    """Every way to answer the questions of a rule or leave them out; by chance where there are too many."""
    asked = questions(rule)
    choices = {name: [*ways.of(name), None] for name in asked}
    if prod(map(len, choices.values())) <= SHALLOW:
        every = product(*choices.values())
        worlds = (dict(zip(asked, values, strict=True)) for values in every)
    else:
        chance = random.Random(SEED)
        worlds = ({name: chance.choice(choices[name]) for name in asked} for _ in range(DEEP))
    yield from ({name: value for name, value in world.items() if value is not None} for world in worlds)


def as_truth(left: Rule) -> str:
    """What is left of a rule, in the words of the long way."""
    return {True: YES, False: NO}[left] if isinstance(left, bool) else UNKNOWN


@pytest.mark.deep
def test_the_evaluator_says_what_the_long_way_says() -> None:
    """Every assignment of the shallow rules, and by chance of the deep ones."""
    tried = {"shallow": 0, "deep": 0}
    for place, rule in rules():
        ways = Ways(shipped(), [rule], pairs=True)
        shallow = prod(len(ways.of(name)) + 1 for name in questions(rule)) <= SHALLOW
        for known in assignments(rule, ways):
            tried["shallow" if shallow else "deep"] += 1
            assert truth(rule, known) == as_truth(residual(rule, known)), (place, known)

    assert len(rules()) >= 150
    assert tried["shallow"] >= 20_000, tried
    assert tried["deep"] >= 1_000, tried


def test_every_state_is_what_the_long_way_makes_of_its_answers() -> None:
    """Each state of each scheme: settled just where the long way settles."""
    tried = 0
    for place, whole in scheme_rules(shipped(), DAY):
        ways = Ways(shipped(), [whole])
        for rule in independent(residual(whole, {})):
            for here in walk(ways, [start([leaning(rule, None)], {})]):
                tried += 1
                assert truth(rule, here.answers.known) == as_truth(here.state[0].rule), (place, here.answers)

    assert tried >= 250


def test_the_walker_leaves_no_state_out() -> None:
    """What answers by chance leave of a scheme's rule is one of the states that were walked."""
    tried = 0
    chance = random.Random(SEED)
    for place, whole in scheme_rules(shipped(), DAY):
        ways = Ways(shipped(), [whole])
        for rule in independent(residual(whole, {})):
            walked = {here.state[0].rule for here in walk(ways, [start([leaning(rule, None)], {})])}
            for _ in range(40):
                known = {name: chance.choice(ways.of(name)) for name in questions(rule) if chance.random() < 0.6}
                tried += 1
                assert residual(rule, known) in walked, (place, known)

    assert tried >= 2_000


@pytest.mark.deep
def test_two_rules_differ_just_where_the_long_way_sees_it() -> None:
    """Each criterion left out: the answers that show the difference do; where none is shown, none is found."""
    shown = alike = 0
    chance = random.Random(SEED)
    for place, rule in rules():
        ways = Ways(shipped(), [rule], pairs=True)
        for _, without in parts_dropped(rule):
            witness = differ(ways, rule, without)
            others = {name: chance.choice(ways.of(name)) for name in questions(rule)}
            if witness is not None:
                shown += 1
                world = {**others, **witness}
                assert comes_true(rule, world) is not comes_true(without, world), place
                continue
            alike += 1
            for _ in range(60):
                world = {name: chance.choice(ways.of(name)) for name in questions(rule)}
                assert comes_true(rule, world) is comes_true(without, world), (place, world)

    assert shown >= 300
    assert alike >= 1


def _given(chance: random.Random, ways: Ways) -> tuple[World, set[str]]:
    """Answers by chance: a concern or two, about a third of the rest, and up to three that are not sure."""
    toolkit = shipped()
    issues = list(toolkit.kind("issues"))
    asked = [name for name in toolkit.kind("questions") if name not in ("concerns", AREA)]
    known: World = {name: chance.choice(ways.of(name)) for name in chance.sample(asked, chance.randint(0, 35))}
    known["concerns"] = frozenset(chance.sample(issues, chance.randint(1, 2)))
    unsure = set(chance.sample([name for name in asked if name not in known], chance.randint(0, 3)))
    return known, unsure


def _implied(known: World, unsure: set[str]) -> World:
    """The answers with those that others imply."""
    found = dict(known)
    for name, question in shipped().kind("questions").items():
        implied = "implied_by" in question and name not in known and name not in unsure
        if implied and truth(shipped().rule(question["implied_by"], DAY), known) == YES:
            found[name] = True
    return found


@pytest.mark.deep
def test_a_pathway_stands_where_the_long_way_puts_it() -> None:
    """Sets of answers: certain where it is yes; taken or not as the best or worst of what is not sure."""
    chance = random.Random(SEED)
    every = Ways(shipped(), [rule for _, rule in rules()])
    taken = 0
    for _ in range(times(2_000)):
        known, unsure = _given(chance, every)
        here = Situation(shipped(), Answers(known, frozenset(unsure)), TUESDAY)
        whole = _implied(known, unsure)
        for name, pathway in shipped().kind("pathways").items():
            rule = shipped().rule(pathway["rule"], DAY)
            standing = here.standing(name, pathway)
            is_taken = isinstance(standing, Taken)
            certain = isinstance(standing, Taken) and standing.certain
            if "if_unknown" in pathway:
                continue  # it is about what is not known: its edges are cases
            assert (truth(rule, whole) == YES) is certain, (name, known, unsure)
            open_ = {one: every.of(one) for one in unsure & set(questions(rule))}
            ends = may_turn_out(rule, whole, open_)
            if pathway["on_not_sure"][-1]["do"] != "skip" and here.fits(pathway) and best(ends) == YES:
                assert is_taken or name in brought_by_a_yes(here, []), (name, known, unsure)
            taken += is_taken

    assert taken >= times(2_000)
