"""Rules worked out the long way, as a yardstick for cst/rules.py: by looking up tables and walking every world.

Written from the design's words about rules. Only the shapes of rules are shared with the program, not its working:
any and all are folds over a written table, at least k is "some k of them, all", and what is unknown is answered in
every way there is.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import reduce
from itertools import combinations, product
from typing import Any

from cst.rules import AllOf, AnyOf, AtLeast, Fact, Not, Parameter, Sum

YES, NO, UNKNOWN = "yes", "no", "unknown"
RANK = {NO: 0, UNKNOWN: 1, YES: 2}
World = Mapping[str, Any]


def _table(written: str) -> dict[tuple[str, str], str]:
    """A table as it is printed in a book: the first row and the first column are what goes in."""
    head, *rows = (line.split() for line in written.strip().splitlines())
    return {(row[0], above): cell for row in rows for above, cell in zip(head[1:], row[1:], strict=True)}


OR = _table(
    """
    or       yes      no       unknown
    yes      yes      yes      yes
    no       yes      no       unknown
    unknown  yes      unknown  unknown
    """
)
AND = _table(
    """
    and      yes      no       unknown
    yes      yes      no       unknown
    no       no       no       no
    unknown  unknown  no       unknown
    """
)
MIRROR = {YES: NO, NO: YES, UNKNOWN: UNKNOWN}
# Which way an answer may differ from the figure: below it (-1), the same (0), above it (1).
SIDES = {"at_least": (0, 1), "at_most": (-1, 0), "more_than": (1,), "less_than": (-1,)}


def holds(answer: Any, operator: str, value: Any) -> bool:
    """Whether one answer meets one comparison."""
    if operator in SIDES:
        return (answer > value) - (answer < value) in SIDES[operator]
    given = answer if isinstance(answer, frozenset) else {answer}
    shared = given & (set(value) if isinstance(value, tuple) else {value})
    return not shared if operator == "is_not" else bool(shared)


def truth(rule: Any, known: World) -> str:
    """Kleene's value of a rule: yes, no or unknown. A question that is absent is unknown."""
    return _TRUTH[type(rule)](rule, known)


def _fact(rule: Fact, known: World) -> str:
    if rule.question not in known:
        return UNKNOWN
    return YES if holds(known[rule.question], rule.operator, rule.value) else NO


def _or(values: Iterable[str]) -> str:
    return reduce(lambda one, other: OR[one, other], values, NO)


def _and(values: Iterable[str]) -> str:
    return reduce(lambda one, other: AND[one, other], values, YES)


def _some_of_them(rule: AtLeast, known: World) -> str:
    values = [truth(part, known) for part in rule.parts]
    return _or(_and(some) for some in combinations(values, rule.least))


def _totals(rule: Sum, known: World) -> str:
    assert isinstance(rule.least, int)  # figures are looked up before
    each = [[score for choice, score in scores if choice == known.get(name, choice)] for name, scores in rule.scored]
    reached = {sum(total) >= rule.least for total in product(*each)}
    return UNKNOWN if len(reached) == 2 else YES if reached == {True} else NO


_TRUTH: dict[type, Any] = {
    bool: lambda rule, known: YES if rule else NO,
    Fact: _fact,
    Not: lambda rule, known: MIRROR[truth(rule.part, known)],
    AnyOf: lambda rule, known: _or([truth(part, known) for part in rule.parts]),
    AllOf: lambda rule, known: _and([truth(part, known) for part in rule.parts]),
    AtLeast: _some_of_them,
    Sum: _totals,
}


def comes_true(rule: Any, world: World, figures: Mapping[str, int] | None = None) -> bool:
    """Whether a rule holds in a world where everything is known; parameters are looked up as they are met."""
    if isinstance(rule, bool):
        return rule
    if isinstance(rule, Fact):
        value = (figures or {})[rule.value.name] if isinstance(rule.value, Parameter) else rule.value
        return holds(world[rule.question], rule.operator, value)
    if isinstance(rule, Not):
        return not comes_true(rule.part, world, figures)
    if isinstance(rule, Sum):
        least = (figures or {})[rule.least.name] if isinstance(rule.least, Parameter) else rule.least
        return sum(dict(scores)[world[name]] for name, scores in rule.scored) >= least
    met = [comes_true(part, world, figures) for part in rule.parts].count(True)
    return met >= {AnyOf: 1, AllOf: len(rule.parts)}.get(type(rule), getattr(rule, "least", 0))


def worlds(known: World, answers: Mapping[str, Iterable[Any]]) -> Iterator[dict[str, Any]]:
    """Every world that what is known leaves possible: each other question answered in every way."""
    unknown = [name for name in answers if name not in known]
    for chosen in product(*(answers[name] for name in unknown)):
        yield {**known, **dict(zip(unknown, chosen, strict=True))}


def may_turn_out(rule: Any, known: World, unsure: Mapping[str, Iterable[Any]]) -> set[str]:
    """What a rule may come to once the unsure questions are answered, in any way; the rest stays unknown."""
    return {truth(rule, world) for world in worlds(known, unsure)}


def best(values: Iterable[str]) -> str:
    """The value nearest to yes."""
    return max(values, key=RANK.__getitem__)


def worst(values: Iterable[str]) -> str:
    """The value nearest to no."""
    return min(values, key=RANK.__getitem__)
