"""Rules: unknown follows Kleene, a residual means what its rule means, and reasons and settling can be relied on.

Every promise is held against `tests/support/brute.py`, which works the same rules out the long way.
"""

from __future__ import annotations

from collections.abc import Iterator
from copy import deepcopy
from itertools import pairwise, permutations, product
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cst.rules import (
    AllOf,
    AnyOf,
    AtLeast,
    Fact,
    Not,
    Parameter,
    Rule,
    Sum,
    children,
    facts,
    mapped,
    parameters,
    questions,
    reasons,
    residual,
    settling,
    with_parameters,
)
from tests.support.brute import NO, RANK, UNKNOWN, YES, best, comes_true, holds, may_turn_out, truth, worlds, worst
from tests.support.levels import times

QUICK = settings(deadline=None, max_examples=times(375), database=None)
VERDICT: dict[Rule, str] = {True: YES, False: NO}

# Six questions of every type, with every answer.
ANSWERS: dict[str, tuple[Any, ...]] = {
    "hurt": (True, False),
    "alone": (True, False),
    "age": (0, 1, 2, 3),
    "who": ("partner", "carer", "stranger"),
    "how-often": ("never", "weekly", "daily"),
    "signs": (frozenset(), frozenset({"weapon"}), frozenset({"threats"}), frozenset({"weapon", "threats"})),
}
SCORES = {
    "who": (("partner", 2), ("carer", 1), ("stranger", 0)),
    "how-often": (("never", 0), ("weekly", 1), ("daily", 4)),
}
FIGURES = {"adult-age": 2, "few": 1}
COMPARISONS = {
    "yes-no": [("is", True), ("is", False), ("is_not", True), ("is_not", False)],
    "number": list(product(("is", "is_not", "at_least", "at_most", "more_than", "less_than"), (0, 1, 2, 3))),
    "choice": [
        *product(("is", "is_not"), ("partner", "carer", "never", "daily")),
        ("one_of", ("partner", "carer")),
        ("one_of", ("daily", "weekly")),
    ],
    "pick-many": [("includes", "weapon"), ("includes", "threats"), ("one_of", ("weapon", "threats"))],
}
TYPES = {"hurt": "yes-no", "alone": "yes-no", "age": "number", "who": "choice", "how-often": "choice"}


def _comparisons(name: str) -> list[Fact]:
    """Every comparison of a question that some answers meet and others do not."""
    every = [Fact(name, operator, value) for operator, value in COMPARISONS[TYPES.get(name, "pick-many")]]
    return [fact for fact in every if 2 == len({holds(one, fact.operator, fact.value) for one in ANSWERS[name]})]


FACTS = {name: _comparisons(name) for name in ANSWERS}
OPEN_FIGURES = [
    Fact("age", operator, Parameter(name))
    for operator, name in product(("at_least", "at_most", "more_than", "less_than"), FIGURES)
]
SUMS = st.builds(
    lambda count, names: Sum(count, tuple((name, SCORES[name]) for name in names)),
    st.integers(1, 5),
    st.lists(st.sampled_from(sorted(SCORES)), min_size=1, max_size=2, unique=True),
)


ODD = (True, False, AnyOf(()), AllOf(()), AtLeast(0, ()), AtLeast(2, (Fact("hurt", "is", True),)))


@st.composite
def _grown(draw: st.DrawFn, leaves: st.SearchStrategy[Any], mirrored: bool = True, depth: int = 4) -> Rule:
    """Rules of any shape up to a depth; here and there a part that is settled before anything is known."""
    shapes: tuple[Any, ...] = (AnyOf, AllOf, AtLeast, Not) if mirrored else (AnyOf, AllOf, AtLeast)
    shape = draw(st.sampled_from(shapes if depth == 4 else (None, None, None, *shapes))) if depth else None
    if shape is None:
        return draw(st.sampled_from(ODD) if mirrored and draw(st.integers(0, 30)) == 7 else leaves)
    inner = _grown(leaves, mirrored, depth - 1)
    if shape is Not:
        return Not(draw(inner))
    parts = tuple(draw(st.lists(inner, min_size=2, max_size=3)))
    return AtLeast(draw(st.integers(1, len(parts))), parts) if shape is AtLeast else shape(parts)


EVERY_FACT = st.sampled_from([fact for group in FACTS.values() for fact in group])
RULES = _grown(st.one_of(EVERY_FACT, SUMS))
OPEN_SUMS = [Sum(Parameter(name), tuple(SCORES.items())) for name in FIGURES]
RULES_WITH_FIGURES = _grown(st.one_of(st.sampled_from(OPEN_FIGURES), st.sampled_from(OPEN_SUMS), EVERY_FACT, SUMS))
PROTECTIVE = _grown(st.sampled_from([Fact(f"sign-{number}", "is", True) for number in range(6)]), mirrored=False)
KNOWN = st.fixed_dictionaries({}, optional={name: st.sampled_from(answers) for name, answers in ANSWERS.items()})
UNSURE = st.frozensets(st.sampled_from(sorted(ANSWERS)))
TOWARD = st.sampled_from([None, True, False])


@st.composite
def read_once(draw: st.DrawFn) -> Rule:
    """Rules in which each question stands once, so that what is unknown can turn out each way on its own."""
    return _split(draw, tuple(draw(st.permutations(sorted(ANSWERS)))[: draw(st.integers(1, 6))]))


def _split(draw: st.DrawFn, names: tuple[str, ...]) -> Rule:
    if len(names) > 1 and set(names) <= set(SCORES):
        rule: Rule = Sum(draw(st.integers(1, 6)), tuple((name, SCORES[name]) for name in names))
    elif len(names) == 1:
        rule = draw(st.sampled_from(FACTS[names[0]]))
    else:
        cuts = [0, *sorted(draw(st.sets(st.integers(1, len(names) - 1), min_size=1))), len(names)]
        parts = tuple(_split(draw, names[start:end]) for start, end in pairwise(cuts))
        every = (AnyOf(parts), AllOf(parts), *(AtLeast(count, parts) for count in range(1, len(parts) + 1)))
        rule = draw(st.sampled_from(every))
    return Not(rule) if draw(st.booleans()) else rule


def said(left: Rule) -> str:
    """A residual as Kleene's value."""
    return VERDICT[left] if isinstance(left, bool) else UNKNOWN


def split_known(known: dict[str, Any], unsure: frozenset[str]) -> dict[str, Any]:
    """What is known without what is unsure."""
    return {name: answer for name, answer in known.items() if name not in unsure}


Q = tuple(Fact(f"q{number}", "is", True) for number in range(11))
COUNTED = (
    ("s0", (("low", 0), ("mid", 1), ("high", 3))),
    ("s1", (("low", 0), ("high", 2))),
    ("s2", (("a", 1), ("b", 2))),
)
ANY_OF_11 = AnyOf(Q)
SHAPES: dict[str, Rule] = {
    "any of 7": AnyOf(Q[:7]),
    "all of 6": AllOf(Q[:6]),
    **{f"at least {count} of 5": AtLeast(count, Q[:5]) for count in range(7)},
    "not any": Not(AnyOf(Q[:4])),
    "not all": Not(AllOf(Q[:4])),
    "not at least 2 of 4": Not(AtLeast(2, Q[:4])),
    "not not": Not(Not(AnyOf(Q[:3]))),
    "any of alls": AnyOf((AllOf(Q[:3]), AllOf(Q[3:5]), Q[5])),
    "all of anys": AllOf((AnyOf(Q[:3]), AnyOf(Q[3:5]), Not(Q[5]))),
    "one or the other, not both": AnyOf((AllOf((Q[0], Not(Q[1]))), AllOf((Not(Q[0]), Q[1])))),
    "a question and its mirror": AnyOf((Q[0], Not(Q[0]), AllOf((Q[1], Not(Q[1]))))),
    "at least 2 of nested": AtLeast(2, (AnyOf(Q[:2]), AllOf(Q[2:4]), Not(Q[4]), AtLeast(2, Q[3:6]))),
    "criteria with a companion": AnyOf((Q[0], AllOf((Q[1], AnyOf((Q[2], Q[3])))), AtLeast(2, Q[3:6]))),
    "nothing to meet": AllOf((AnyOf((AllOf(()), Q[0])), Not(AnyOf(())), Q[1])),
    **{f"a sum of {count}": Sum(count, COUNTED) for count in range(9)},
    "a sum or a sign": AnyOf((Sum(5, COUNTED), AllOf((Q[0], Sum(3, COUNTED[:1]))))),
    "not a sum": Not(Sum(4, COUNTED)),
}
EACH_SHAPE = pytest.mark.parametrize("rule", SHAPES.values(), ids=SHAPES)


def domains(rule: Rule) -> dict[str, tuple[Any, ...]]:
    """The questions of a rule made of yes-no questions and sums, each with its answers."""
    choices = {name: tuple(choice for choice, _ in scores) for name, scores in COUNTED}
    return {name: choices.get(name, (True, False)) for name in questions(rule)}


def assignments(answers: dict[str, tuple[Any, ...]]) -> Iterator[dict[str, Any]]:
    """Every state of some questions: each unknown, or answered in one of its ways."""
    for chosen in product(*((None, *ways) for ways in answers.values())):
        yield {name: answer for name, answer in zip(answers, chosen, strict=True) if answer is not None}


# --- the yardstick -------------------------------------------------------------------------------------------------


@QUICK
@given(read_once(), KNOWN)
def test_the_two_yardsticks_agree(rule: Rule, known: dict[str, Any]) -> None:
    """Where each question stands once, Kleene's value is what every completion agrees on; the tables are right."""
    outcomes = {comes_true(rule, world) for world in worlds(known, ANSWERS)}

    assert (UNKNOWN if len(outcomes) == 2 else VERDICT[outcomes.pop()]) == truth(rule, known)


# --- a residual is constant exactly when Kleene is -----------------------------------------------------------------


def test_any_of_eleven_in_every_state() -> None:
    """Any of eleven is yes with one yes, no with eleven noes, and otherwise open: all 177,147 states."""
    count = 0
    for known in assignments(domains(ANY_OF_11)):
        count += 1
        left = residual(ANY_OF_11, known)
        assert truth(ANY_OF_11, known) == (YES if left is True else NO if left is False else UNKNOWN)
    assert 177_147 == count


@EACH_SHAPE
def test_a_residual_is_constant_exactly_when_kleene_is(rule: Rule) -> None:
    """In every state of every shape: yes for Kleene's yes, no for its no, and a rule for its unknown."""
    for known in assignments(domains(rule)):
        assert truth(rule, known) == said(residual(rule, known)), known


@QUICK
@given(RULES, KNOWN)
def test_any_residual_is_constant_exactly_when_kleene_is(rule: Rule, known: dict[str, Any]) -> None:
    """The same of any rule over any types of question."""
    assert truth(rule, known) == said(residual(rule, known))


@pytest.mark.parametrize("name", ANSWERS)
def test_every_comparison_with_every_answer(name: str) -> None:
    """Each comparison that fits a question, with each answer it may have, and without one."""
    for fact in FACTS[name]:
        assert fact == residual(fact, {})
        for answer in ANSWERS[name]:
            assert holds(answer, fact.operator, fact.value) is residual(fact, {name: answer}), (fact, answer)


@pytest.mark.parametrize(
    ("expected", "operator", "value"),
    [
        ((False, True, True), "at_least", 65),
        ((True, True, False), "at_most", 65),
        ((False, False, True), "more_than", 65),
        ((True, False, False), "less_than", 65),
        ((False, True, False), "is", 65),
        ((True, False, True), "is_not", 65),
    ],
)
def test_the_figure_itself(expected: tuple[bool, ...], operator: str, value: int) -> None:
    """Just below, at and just above a figure; said by hand."""
    fact = Fact("age", operator, value)

    assert expected == tuple(residual(fact, {"age": age}) for age in (64, 65, 66))


def test_ticks_by_hand() -> None:
    """One tick that is listed is enough for one_of; includes looks for its own; nothing ticked is a known answer."""
    listed = Fact("signs", "one_of", ("weapon", "threats"))
    assert residual(listed, {"signs": frozenset({"weapon", "pregnancy"})}) is True
    assert residual(listed, {"signs": frozenset({"pregnancy"})}) is False
    assert residual(listed, {"signs": frozenset()}) is False
    assert residual(Fact("signs", "includes", "weapon"), {"signs": frozenset({"threats"})}) is False
    assert residual(Fact("who", "one_of", ("partner", "carer")), {"who": "carer"}) is True


@pytest.mark.parametrize(
    ("expected", "yes", "no"),
    [(YES, 3, 0), (YES, 3, 2), (NO, 0, 3), (NO, 2, 3), (UNKNOWN, 2, 2), (UNKNOWN, 0, 2), (UNKNOWN, 0, 0)],
)
def test_at_least_three_of_five_by_counting(expected: str, yes: int, no: int) -> None:
    """Yes when three are yes, no when yes and unknown together are fewer than three; said by hand."""
    answers = [True] * yes + [False] * no
    known = {f"q{number}": answer for number, answer in enumerate(answers)}

    assert expected == said(residual(SHAPES["at least 3 of 5"], known))


@pytest.mark.parametrize(
    ("expected", "known"),
    [
        (YES, {"s0": "high", "s1": "high"}),
        (YES, {"s0": "high", "s2": "b"}),
        (UNKNOWN, {"s0": "high"}),
        (UNKNOWN, {}),
        (UNKNOWN, {"s0": "mid", "s1": "high"}),
        (NO, {"s0": "low"}),
        (NO, {"s1": "low", "s2": "a"}),
        (NO, {"s0": "mid", "s1": "low"}),
    ],
)
def test_a_sum_of_five_by_adding(expected: str, known: dict[str, str]) -> None:
    """A sum is yes when the lowest it may come to is enough, no when the highest is not; said by hand.

    The scores go from 0 to 3, from 0 to 2 and from 1 to 2.
    """
    assert expected == said(residual(SHAPES["a sum of 5"], known))


# --- a residual means what its rule means --------------------------------------------------------------------------


@EACH_SHAPE
def test_a_verdict_holds_whatever_is_still_unknown(rule: Rule) -> None:
    """A constant residual holds in every completion, in every state of every shape."""
    answers = domains(rule)
    for known in assignments(answers):
        left = residual(rule, known)
        if isinstance(left, bool):
            assert {left} == {comes_true(rule, world) for world in worlds(known, answers)}, known


@QUICK
@given(RULES, KNOWN)
def test_a_residual_means_what_its_rule_means(rule: Rule, known: dict[str, Any]) -> None:
    """In every completion the residual and the rule come to the same; so a constant residual is sound."""
    left = residual(rule, known)

    for world in worlds(known, {name: ANSWERS[name] for name in questions(rule)}):
        assert comes_true(rule, world) == comes_true(left, world), world


@QUICK
@given(RULES, KNOWN, UNSURE, TOWARD)
def test_a_residual_of_a_residual_is_itself(
    rule: Rule, known: dict[str, Any], unsure: frozenset[str], toward: bool | None
) -> None:
    """Putting the same facts in a second time changes nothing: no node is made, and it is the same object."""
    left = residual(rule, known, unsure, toward)

    assert left is residual(left, known, unsure, toward)
    assert left is residual(left, {})


@QUICK
@given(RULES, KNOWN, st.randoms(use_true_random=False))
def test_the_order_of_answers_does_not_matter(rule: Rule, known: dict[str, Any], chance: Any) -> None:
    """Answers put in one at a time, in any order, leave what they leave all at once."""
    order = list(known)
    chance.shuffle(order)
    left = rule
    for name in order:
        left = residual(left, {name: known[name]})

    assert residual(rule, known) == residual(left, {})


@pytest.mark.parametrize("rule", [rule for rule in SHAPES.values() if len(questions(rule)) <= 4])
def test_every_order_of_every_state_leaves_the_same(rule: Rule) -> None:
    """The same for every order of every state of the small shapes."""
    for known in assignments(domains(rule)):
        at_once = residual(rule, known)
        for order in permutations(known):
            left = residual(rule, {})
            for name in order:
                left = residual(left, {name: known[name]})
            assert at_once == left, order


@QUICK
@given(RULES, KNOWN, UNSURE, TOWARD)
def test_a_residual_holds_no_question_that_is_settled(
    rule: Rule, known: dict[str, Any], unsure: frozenset[str], toward: bool | None
) -> None:
    """No known question is left, nor an unsure one that was leant; what is left keeps its order."""
    left = residual(rule, known, unsure, toward)
    before = iter(facts(rule))

    assert set() == set(questions(left)) & (set(known) | (set() if toward is None else unsure))
    assert all(fact in before for fact in facts(left))  # reads on from the last: a thinned-out list, in order


@QUICK
@given(RULES, KNOWN, st.data())
def test_every_answer_leaves_fewer_questions(rule: Rule, known: dict[str, Any], data: st.DataObject) -> None:
    """Whatever is answered next, that question is gone and no other comes: an interview ends."""
    left = residual(rule, known)
    for name in questions(left):
        answer = data.draw(st.sampled_from(ANSWERS[name]))
        assert set(questions(residual(left, {name: answer}))) < set(questions(left))


def test_what_is_left_is_the_smaller_rule() -> None:
    """A residual is simplified: one part stands alone, and a count that only one way can meet becomes any or all."""
    assert Q[1] == residual(AnyOf(Q[:2]), {"q0": False})
    assert AllOf(Q[1:3]) == residual(AllOf(Q[:3]), {"q0": True})
    assert AtLeast(2, Q[1:5]) == residual(AtLeast(3, Q[:5]), {"q0": True})
    assert AnyOf(Q[2:5]) == residual(AtLeast(3, Q[:5]), {"q0": True, "q1": True})
    assert AllOf(Q[2:5]) == residual(AtLeast(3, Q[:5]), {"q0": False, "q1": False})
    assert Sum(2, COUNTED[1:]) == residual(Sum(3, COUNTED), {"s0": "mid"})


# --- leaning: what "not sure" counts as ----------------------------------------------------------------------------


@QUICK
@given(read_once(), KNOWN, UNSURE)
def test_leaning_is_the_best_and_the_worst_that_may_turn_out(
    rule: Rule, known: dict[str, Any], unsure: frozenset[str]
) -> None:
    """Where each question stands once, leaning gives the best and the worst over all answers to what is unsure."""
    known = split_known(known, unsure)
    outcomes = may_turn_out(rule, known, {name: ANSWERS[name] for name in unsure})

    assert best(outcomes) == said(residual(rule, known, unsure, True))
    assert worst(outcomes) == said(residual(rule, known, unsure, False))


@EACH_SHAPE
def test_leaning_takes_each_fact_on_its_own(rule: Rule) -> None:
    """Where a question stands twice each place leans by itself, as though two questions were asked there."""
    apart, where = _told_apart(rule)
    answers = domains(rule)
    ways = {name: answers[where[name]] for name in where}
    for state in _three_ways(dict(list(answers.items())[:5])):
        known = {name: answer for name, answer in state.items() if answer != UNKNOWN}
        unsure = frozenset(state) - set(known)
        spread = {name: known[where[name]] for name in where if where[name] in known}
        outcomes = may_turn_out(apart, spread, {name: ways[name] for name in where if where[name] in unsure})
        assert best(outcomes) == said(residual(rule, known, unsure, True)), state
        assert worst(outcomes) == said(residual(rule, known, unsure, False)), state


def _three_ways(answers: dict[str, tuple[Any, ...]]) -> Iterator[dict[str, Any]]:
    """Every state of some questions: each not sure, at its first answer or at its last."""
    for chosen in product(*((UNKNOWN, ways[0], ways[-1]) for ways in answers.values())):
        yield dict(zip(answers, chosen, strict=True))


def _told_apart(rule: Rule) -> tuple[Any, dict[str, str]]:
    """The rule with a question of its own at every place, and which question each of these was."""
    where: dict[str, str] = {}

    def fresh(name: str) -> str:
        place = f"{name} {len(where)}"
        where[place] = name
        return place

    def walk(part: Any) -> Any:
        match part:
            case Fact(name, operator, value):
                return Fact(fresh(name), operator, value)
            case Not(inner):
                return Not(walk(inner))
            case AnyOf(parts) | AllOf(parts):
                return type(part)(tuple(walk(one) for one in parts))
            case AtLeast(count, parts):
                return AtLeast(count, tuple(walk(one) for one in parts))
            case Sum(count, scored):
                return Sum(count, tuple((fresh(name), scores) for name, scores in scored))
        return part

    return walk(rule), where


@QUICK
@given(RULES, KNOWN, UNSURE)
def test_leaning_never_hides_what_may_turn_out(rule: Rule, known: dict[str, Any], unsure: frozenset[str]) -> None:
    """Of any rule: leaning to yes is never below the best answers, leaning to no never above the worst."""
    known = split_known(known, unsure)
    outcomes = may_turn_out(rule, known, {name: ANSWERS[name] for name in unsure})

    assert RANK[best(outcomes)] <= RANK[said(residual(rule, known, unsure, True))]
    assert RANK[worst(outcomes)] >= RANK[said(residual(rule, known, unsure, False))]


@QUICK
@given(RULES, KNOWN, UNSURE, TOWARD)
def test_not_sure_is_unknown_unless_leant_and_known_comes_first(
    rule: Rule, known: dict[str, Any], unsure: frozenset[str], toward: bool | None
) -> None:
    """Without a leaning, not sure is as though not asked; and an answer counts before any not sure."""
    assert residual(rule, known) == residual(rule, known, unsure)
    assert residual(rule, known, unsure - set(known), toward) == residual(rule, known, unsure, toward)


@QUICK
@given(RULES, KNOWN, UNSURE)
def test_not_leans_the_other_way(rule: Rule, known: dict[str, Any], unsure: frozenset[str]) -> None:
    """The best of a rule's mirror is the mirror of its worst, and the other way about."""
    mirror = {YES: NO, NO: YES, UNKNOWN: UNKNOWN}

    for toward in (True, False):
        assert mirror[said(residual(rule, known, unsure, not toward))] == said(
            residual(Not(rule), known, unsure, toward)
        )


@pytest.mark.parametrize("toward", [True, None, False])
@QUICK
@given(rule=PROTECTIVE, rungs=st.lists(st.sampled_from(["no", "not sure", "yes", "not asked"]), min_size=6, max_size=6))
def test_more_danger_never_takes_a_yes_away(toward: bool | None, rule: Rule, rungs: list[str]) -> None:
    """In a rule without `not`, from no to not sure to yes the rule never falls back; nor does a yes get lost."""

    def value(rungs: list[str]) -> str:
        by_name = {f"sign-{number}": rung for number, rung in enumerate(rungs)}
        known = {name: rung == "yes" for name, rung in by_name.items() if rung in ("yes", "no")}
        return said(residual(rule, known, frozenset(name for name in by_name if by_name[name] == "not sure"), toward))

    for number in range(6):
        ladder = [value([*rungs[:number], rung, *rungs[number + 1 :]]) for rung in ("no", "not sure", "yes")]
        assert sorted(ladder, key=RANK.__getitem__) == ladder


def test_not_sure_towards_yes_is_a_yes() -> None:
    """Leaning to yes, one not sure is enough for any of eleven, and eleven are enough for all; said by hand."""
    everything = frozenset(questions(ANY_OF_11))

    assert residual(ANY_OF_11, {f"q{number}": False for number in range(10)}, frozenset({"q10"}), True) is True
    assert residual(AllOf(Q), {}, everything, True) is True
    assert residual(AllOf(Q), {}, everything, False) is False
    assert residual(Not(AnyOf(Q)), {}, everything, True) is True
    assert residual(Sum(7, COUNTED), {}, frozenset({"s0", "s1", "s2"}), True) is True
    assert residual(Sum(2, COUNTED), {}, frozenset({"s0", "s1", "s2"}), False) is False
    assert AnyOf(Q[1:]) == residual(ANY_OF_11, {}, frozenset({"q0"}), False)


def test_not_sure_without_a_leaning_stays_open() -> None:
    """Leaning nowhere, a not sure neither counts nor goes: the rule is as open as before; said by hand."""
    assert Sum(5, COUNTED) == residual(Sum(5, COUNTED), {}, frozenset({"s0"}))
    assert ANY_OF_11 == residual(ANY_OF_11, {}, frozenset({"q0"}))
    assert Not(Q[0]) == residual(Not(Q[0]), {}, frozenset({"q0"}))


def test_an_answer_counts_before_a_not_sure() -> None:
    """A question that is both answered and not sure is answered, whichever way the rule leans; said by hand."""
    for toward in (True, False, None):
        assert residual(Q[0], {"q0": False}, frozenset({"q0"}), toward) is False
        assert residual(Q[0], {"q0": True}, frozenset({"q0"}), toward) is True
        assert residual(Sum(3, COUNTED[:1]), {"s0": "high"}, frozenset({"s0"}), toward) is True
        assert residual(Sum(3, COUNTED[:1]), {"s0": "low"}, frozenset({"s0"}), toward) is False


# --- reasons -------------------------------------------------------------------------------------------------------


@QUICK
@given(RULES, KNOWN, UNSURE, TOWARD)
def test_the_reasons_suffice(rule: Rule, known: dict[str, Any], unsure: frozenset[str], toward: bool | None) -> None:
    """Keep only the answers that are named, and the verdict is the same; undecided, nothing is named."""
    verdict = residual(rule, known, unsure, toward)
    named = reasons(rule, known, unsure, toward)
    kept = {fact.question for fact in named}

    if not isinstance(verdict, bool):
        assert () == named
    else:
        alone = {name: answer for name, answer in known.items() if name in kept}
        assert verdict is residual(rule, alone, unsure & kept, toward)
        assert len(set(named)) == len(named)
        assert set(named) <= set(facts(rule))


@EACH_SHAPE
def test_the_reasons_suffice_in_every_state(rule: Rule) -> None:
    """The same in every state of every shape; what is named was answered."""
    for known in assignments(domains(rule)):
        kept = {fact.question for fact in reasons(rule, known)}
        assert kept <= set(known)
        verdict = residual(rule, known)
        if isinstance(verdict, bool):
            assert verdict is residual(rule, {name: known[name] for name in kept}), known
        else:
            assert set() == kept


@pytest.mark.parametrize("toward", [True, False])
@pytest.mark.parametrize("rule", [rule for rule in SHAPES.values() if len(questions(rule)) <= 6])
def test_the_reasons_of_a_leaning_verdict_suffice_in_every_state(rule: Rule, toward: bool) -> None:
    """The same leaning either way: each question unknown, not sure, or answered in each of its ways."""
    for state in assignments({name: (*ways, UNKNOWN) for name, ways in domains(rule).items()}):
        known = {name: answer for name, answer in state.items() if answer != UNKNOWN}
        unsure = frozenset(state) - set(known)
        kept = {fact.question for fact in reasons(rule, known, unsure, toward)}
        verdict = residual(rule, known, unsure, toward)
        if isinstance(verdict, bool):
            alone = {name: answer for name, answer in known.items() if name in kept}
            assert verdict is residual(rule, alone, unsure & kept, toward), state
        else:
            assert set() == kept, state


@QUICK
@given(RULES, KNOWN, UNSURE)
def test_the_reasons_were_answered(rule: Rule, known: dict[str, Any], unsure: frozenset[str]) -> None:
    """Of a plain verdict only known answers are reasons; of a leaning one, known and not-sure ones."""
    for toward in (True, False):
        assert {fact.question for fact in reasons(rule, known, unsure, toward)} <= set(known) | unsure
    assert {fact.question for fact in reasons(rule, known)} <= set(known)


def test_a_yes_of_any_has_one_reason_and_a_no_has_all() -> None:
    """Of any of seven: a yes names the first branch that suffices, a no names all seven, the open names none."""
    rule = AnyOf(Q[:7])
    for known in assignments(domains(rule)):
        yeses = tuple(fact for fact in Q[:7] if known.get(fact.question) is True)
        noes = Q[:7] if set(known.values()) == {False} and len(known) == 7 else ()
        assert (yeses[:1] or noes) == reasons(rule, known), known


def test_a_no_of_all_has_one_reason_and_a_yes_has_all() -> None:
    """Of all of six the other way about: one no suffices, a yes needs all six."""
    rule = AllOf(Q[:6])
    for known in assignments(domains(rule)):
        noes = tuple(fact for fact in Q[:6] if known.get(fact.question) is False)
        yeses = Q[:6] if list(known.values()) == [True] * 6 else ()
        assert (noes[:1] or yeses) == reasons(rule, known), known


@QUICK
@given(st.lists(RULES, min_size=2, max_size=4).map(tuple), KNOWN)
def test_a_yes_of_any_names_one_branch_only(parts: tuple[Rule, ...], known: dict[str, Any]) -> None:
    """However its branches are built, the reasons of an any that is yes are those of its first branch that is."""
    branches = [part for part in parts if truth(part, known) == YES]
    if branches:
        assert reasons(branches[0], known) == reasons(AnyOf(parts), known)


def test_at_least_names_every_branch_on_the_side_that_won() -> None:
    """Of at least three of five: a yes names those that are yes, a no those that are no; nothing unknown."""
    known = {"q0": True, "q1": False, "q2": True, "q3": True}

    assert (Q[0], Q[2], Q[3]) == reasons(AtLeast(3, Q[:5]), known)
    assert (Q[1], Q[2], Q[4]) == reasons(AtLeast(3, Q[:5]), {"q0": True, "q1": False, "q2": False, "q4": False})
    assert () == reasons(AtLeast(3, Q[:5]), {"q0": True, "q1": True})


def test_a_reason_is_named_once() -> None:
    """A fact that stands in two branches that both count is one reason."""
    rule = AllOf((AnyOf((Q[0], Q[1])), AnyOf((Q[0], Q[2])), Q[3]))

    assert (Q[0], Q[3]) == reasons(rule, {"q0": True, "q3": True})


def test_an_unsure_question_is_no_reason_for_a_certain_verdict() -> None:
    """A sum that is yes whatever the unsure answer turns out to be names only what was answered."""
    rule = Sum(5, COUNTED)
    known = {"s0": "high", "s1": "high"}

    assert residual(rule, known, frozenset({"s2"})) is True
    assert {"s0", "s1"} == {fact.question for fact in reasons(rule, known, frozenset({"s2"}))}


def test_a_certain_no_of_what_must_not_be_names_no_doubt() -> None:
    """Inside `not` as outside: where one branch holds for certain, an unsure one before it is no reason."""
    rule = Not(AnyOf((Q[0], Q[1])))

    assert (Q[1],) == reasons(rule, {"q1": True}, frozenset({"q0"}))


def test_what_is_settled_without_an_answer_has_no_reason() -> None:
    """A rule that is yes or no as it is written, alone or as a part."""
    assert () == reasons(True, {})
    assert () == reasons(AnyOf((True, Q[0])), {})
    assert (Q[0],) == reasons(AllOf((True, Q[0])), {"q0": True})


# --- settling ------------------------------------------------------------------------------------------------------


def one_answer_settles(rule: Rule, name: str) -> bool:
    """Whether some one answer to a question decides a rule, tried out."""
    return any(truth(rule, {name: answer}) != UNKNOWN for answer in ANSWERS.get(name, (True, False)))


@pytest.mark.parametrize("count", range(1, 12))
def test_of_any_and_of_all_every_question_can_settle(count: int) -> None:
    """Of any of n every question could decide it with a yes, of all of n with a no: all are named, in order."""
    names = tuple(f"q{number}" for number in range(count))

    assert names == settling(AnyOf(Q[:count]))
    assert names == settling(AllOf(Q[:count]))
    assert names == settling(Not(AnyOf(Q[:count])))


def test_at_least_settles_only_when_one_answer_is_missing() -> None:
    """Of at least three of five no single answer settles it at first; when one more yes is enough, each left does."""
    rule = AtLeast(3, Q[:5])

    assert () == settling(rule)
    assert () == settling(residual(rule, {"q0": True}))
    assert ("q2", "q3", "q4") == settling(residual(rule, {"q0": True, "q1": True}))
    assert ("q2", "q3", "q4") == settling(residual(rule, {"q0": False, "q1": False}))
    assert ("q3", "q4") == settling(residual(rule, {"q0": True, "q1": False, "q2": True}))


@QUICK
@given(read_once(), KNOWN)
def test_settling_names_exactly_what_one_answer_decides(rule: Rule, known: dict[str, Any]) -> None:
    """Where each question stands once: those questions, no others, of which some answer decides what is left."""
    left = residual(rule, known)

    assert tuple(name for name in questions(left) if one_answer_settles(left, name)) == settling(left)


@QUICK
@given(RULES, KNOWN)
def test_settling_leaves_out_nothing_that_settles(rule: Rule, known: dict[str, Any]) -> None:
    """Of any rule: a question of which some answer decides what is left is named, and only open questions are."""
    left = residual(rule, known)
    named = settling(left)

    assert {name for name in questions(left) if one_answer_settles(left, name)} <= set(named)
    assert named == tuple(name for name in questions(left) if name in named)


def test_comparisons_of_one_question_are_taken_one_by_one() -> None:
    """Nobody is under 1 and over 2, but settling names the age all the same: it errs on the side of naming."""
    rule = AnyOf((AllOf((Fact("age", "less_than", 1), Fact("age", "more_than", 2))), Fact("hurt", "is", True)))

    assert not one_answer_settles(rule, "age")
    assert ("age", "hurt") == settling(rule)


# --- parameters ----------------------------------------------------------------------------------------------------


@QUICK
@given(RULES_WITH_FIGURES, KNOWN)
def test_every_parameter_becomes_its_figure(rule: Rule, known: dict[str, Any]) -> None:
    """No parameter is left, only parameters change, and the rule means what it means with the figures looked up."""
    ready = with_parameters(rule, FIGURES)

    assert frozenset() == parameters(ready)
    written = repr(rule)
    for name, figure in FIGURES.items():
        written = written.replace(repr(Parameter(name)), str(figure))
    assert written == repr(ready)
    for world in worlds(known, ANSWERS):
        assert comes_true(rule, world, FIGURES) == comes_true(ready, world)


@QUICK
@given(RULES_WITH_FIGURES)
def test_mapping_changes_the_children_and_nothing_else(rule: Rule) -> None:
    """Each child is changed, in its place; where none is, no node is made."""
    assert rule is mapped(rule, lambda part: part)
    turned = mapped(rule, Not)
    assert tuple(Not(part) for part in children(rule)) == children(turned)
    assert type(rule) is type(turned)


@QUICK
@given(RULES_WITH_FIGURES)
def test_parameters_are_all_named(rule: Rule) -> None:
    """The parameters of a rule are those that are written in it, however deep."""
    assert {name for name in FIGURES if repr(Parameter(name)) in repr(rule)} == parameters(rule)


@pytest.mark.parametrize(
    "around",
    [
        lambda fact: fact,
        Not,
        lambda fact: AnyOf((Q[0], fact)),
        lambda fact: AllOf((Q[0], fact)),
        lambda fact: AtLeast(1, (Q[0], fact)),
        lambda fact: AnyOf((Q[0], Not(AllOf((Q[1], AtLeast(2, (fact, Q[2]))))))),
    ],
    ids=["alone", "not", "any", "all", "at least", "deep"],
)
def test_a_missing_figure_decides_nothing(around: Any) -> None:
    """Wherever it stands, what hangs on it is unknown whatever is answered: neither yes nor no, and never a guess."""
    fact = Fact("age", "at_least", Parameter("adult-age"))
    ready = with_parameters(around(fact), {"few": 1})

    assert frozenset({"adult-age"}) == parameters(ready)
    for age in (0, 17, 18, 120):
        assert fact == residual(with_parameters(fact, {}), {"age": age})
        assert residual(around(Fact("unknown", "is", True)), {"age": age}) == residual(
            _put(ready, fact, Fact("unknown", "is", True)), {"age": age}
        )
        assert not isinstance(residual(ready, {"age": age}), bool)
        assert () == reasons(ready, {"age": age})


def _put(rule: Rule, old: Rule, new: Rule) -> Rule:
    """The rule with one part of it exchanged."""
    return new if rule == old else mapped(rule, lambda part: _put(part, old, new))


def test_a_sum_waits_for_its_figure() -> None:
    """A sum may need a figure; until it is there nothing is decided, and without it nothing is guessed."""
    scored = Sum(Parameter("few"), COUNTED)

    assert frozenset({"few"}) == parameters(AnyOf((Q[0], Not(scored))))
    assert Sum(1, COUNTED) == with_parameters(scored, {"few": 1})
    assert scored == with_parameters(scored, {}) == residual(scored, {})
    assert scored == residual(scored, {name: scores[-1][0] for name, scores in COUNTED})


# --- rules as values -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("written", "answer"), [(1000, int("1000")), ("partner", "".join(["part", "ner"]))])
def test_an_answer_is_compared_by_what_it_is(written: int | str, answer: int | str) -> None:
    """A number or a word that was read elsewhere is the same answer."""
    assert residual(Fact("asked", "is", written), {"asked": answer}) is True
    assert residual(Fact("asked", "is_not", written), {"asked": answer}) is False


def test_any_and_all_are_told_apart() -> None:
    """Rules of different shape over the same parts are different members of a set, and find different entries."""
    parts = (Q[0], Q[1])
    shapes = [AnyOf(parts), AllOf(parts), AtLeast(1, parts), AtLeast(2, parts), Not(AnyOf(parts)), Not(AllOf(parts))]

    assert AnyOf(parts) != AllOf(parts)
    assert 6 == len(set(shapes))
    assert list(range(6)) == [{rule: number for number, rule in enumerate(shapes)}[rule] for rule in shapes]
    assert 1 == len({AnyOf(parts), AnyOf((Fact("q0", "is", True), Fact("q1", "is", True)))})


@QUICK
@given(st.lists(RULES, min_size=2, max_size=3).map(tuple))
def test_rules_are_equal_only_when_they_are_written_alike(parts: tuple[Rule, ...]) -> None:
    """A copy of a rule is the same state; the same parts under another word, or in another count, are not."""
    shapes = [AnyOf(parts), AllOf(parts), AtLeast(1, parts), AtLeast(2, parts), Not(AnyOf(parts)), Not(AllOf(parts))]

    assert shapes == deepcopy(shapes)
    assert 6 == len({*shapes, *deepcopy(shapes)})
