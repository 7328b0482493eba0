"""What follows from what is known: a closed tree of conditions, and one primitive over it.

A rule is a plain tree. `residual` puts the known facts in and simplifies: what is left is yes, no, or a smaller
rule over what is not known. A verdict is a residual that is constant; what is worth asking is what a residual
still holds; reasons are the branches that made it constant. Unknown facts follow Kleene: any is the greatest,
all the least, not mirrors.

The nodes are named tuples, which are quick to make; each has a tag, as tuples with equal fields are equal.

Nothing here knows toolkits, questions' wording, clocks or screens.
"""

from __future__ import annotations

from cst.lean_typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from typing import Any, Literal

    Known = Mapping[str, bool | int | str | frozenset[str]]

Value = bool | int | str | frozenset[str]
NOTHING: frozenset[str] = frozenset()


class Parameter(NamedTuple):
    """A figure that is looked up by date before the rule is used."""

    name: str
    tag: Literal["parameter"] = "parameter"


class Fact(NamedTuple):
    """A comparison of one question's answer with a value."""

    question: str
    operator: str
    value: bool | int | str | tuple[str, ...] | Parameter
    tag: Literal["fact"] = "fact"


class AnyOf(NamedTuple):
    """Yes when any part is."""

    parts: tuple[Rule, ...]
    tag: Literal["any"] = "any"


class AllOf(NamedTuple):
    """Yes when all parts are."""

    parts: tuple[Rule, ...]
    tag: Literal["all"] = "all"


class Not(NamedTuple):
    """Yes when the part is no."""

    part: Rule
    tag: Literal["not"] = "not"


class AtLeast(NamedTuple):
    """Yes when at least `least` parts are."""

    least: int
    parts: tuple[Rule, ...]
    tag: Literal["at_least"] = "at_least"


class Sum(NamedTuple):
    """Yes when the scores of the chosen answers come to `least` or more. Items: a question, its choices' scores."""

    least: int | Parameter
    scored: tuple[tuple[str, tuple[tuple[str, int], ...]], ...]
    tag: Literal["sum"] = "sum"


Rule = bool | Fact | AnyOf | AllOf | Not | AtLeast | Sum

OPERATORS: dict[str, Callable[[Any, Any], bool]] = {
    "is": lambda answer, value: bool(answer == value),
    "is_not": lambda answer, value: bool(answer != value),
    "one_of": lambda answer, value: not answer.isdisjoint(value) if isinstance(answer, frozenset) else answer in value,
    "includes": lambda answer, value: value in answer,
    "at_least": lambda answer, value: bool(answer >= value),
    "at_most": lambda answer, value: bool(answer <= value),
    "more_than": lambda answer, value: bool(answer > value),
    "less_than": lambda answer, value: bool(answer < value),
}


def residual(rule: Rule, known: Known, unsure: frozenset[str] = NOTHING, toward: bool | None = None) -> Rule:
    """What is left of a rule once the known facts are put in.

    Args:
        rule: the rule.
        known: answers by question; a question that is absent is unknown.
        unsure: questions answered "not sure".
        toward: None leaves what is unsure unknown. True takes each unsure fact as whatever favours yes, False as
            whatever favours no (inside `not` the other way about): the best and the worst that may turn out.

    Returns:
        True, False, or a rule over unknown facts that neither known answer nor simplification can settle. A part in
        which nothing changed is the same object: states are compared a million times.
    """
    match rule:
        case Fact(question):
            if question in known:
                if rule.value.__class__ is Parameter:  # it has no figure on this day: nobody can say
                    return rule
                return OPERATORS[rule.operator](known[question], rule.value)
            return toward if toward is not None and question in unsure else rule
        case AnyOf():
            return _joined(rule, True, known, unsure, toward)
        case AllOf():
            return _joined(rule, False, known, unsure, toward)
        case Not(part):
            left = residual(part, known, unsure, None if toward is None else not toward)
            return not left if isinstance(left, bool) else rule if left is part else Not(left, "not")
        case AtLeast(_, parts):
            return _at_least(rule, [residual(part, known, unsure, toward) for part in parts])
        case Sum(int(least)):
            return _sum(rule, least, known, unsure, toward)
        case _:  # a sum without its figure, too
            return rule


def _joined(rule: AnyOf | AllOf, suffices: bool, known: Known, unsure: frozenset[str], toward: bool | None) -> Rule:
    """An any or an all, of which one part that is `suffices` decides the whole."""
    left: list[Rule] = []
    for part in rule.parts:
        after = residual(part, known, unsure, toward)
        if after is suffices:
            return suffices
        if not isinstance(after, bool):
            left.append(after)
    if len(left) < 2:
        return left[0] if left else not suffices
    if (parts := tuple(left)) == rule.parts:
        return rule
    return AnyOf(parts, "any") if suffices else AllOf(parts, "all")  # every place given: made the quick way


def _at_least(rule: AtLeast, parts: list[Rule]) -> Rule:
    left = tuple(part for part in parts if not isinstance(part, bool))
    needed = rule.least - sum(part is True for part in parts)
    if needed <= 0:
        return True
    if len(left) < needed:
        return False
    if needed == 1:
        return left[0] if len(left) == 1 else AnyOf(left)
    if needed == len(left):
        return AllOf(left)
    return rule if left == rule.parts else AtLeast(needed, left)


def _sum(rule: Sum, least: int, known: Known, unsure: frozenset[str], toward: bool | None) -> Rule:
    left = []
    for question, scores in rule.scored:
        if question in known:
            least -= dict(scores)[str(known[question])]
        elif toward is not None and question in unsure:
            least -= (max if toward else min)(score for _, score in scores)
        else:
            left.append((question, scores))
    lowest = sum(min(score for _, score in scores) for _, scores in left)
    highest = sum(max(score for _, score in scores) for _, scores in left)
    if lowest >= least:
        return True
    if highest < least:
        return False
    return rule if len(left) == len(rule.scored) else Sum(least, tuple(left))


def questions(rule: Rule) -> tuple[str, ...]:
    """The questions a rule still holds, each once, in the order in which they stand."""
    return tuple(dict.fromkeys(fact.question for fact in facts(rule)))


def children(rule: Rule) -> tuple[Rule, ...]:
    """The rules that a rule is made of, as they stand; a comparison and a sum have none."""
    match rule:
        case AnyOf(parts) | AllOf(parts) | AtLeast(_, parts):
            return parts
        case Not(part):
            return (part,)
    return ()


def mapped(rule: Rule, change: Callable[[Rule], Rule]) -> Rule:
    """The same kind of rule with each of its children changed; the same object where none was."""
    before = children(rule)
    after = tuple(map(change, before))
    if after == before or not isinstance(rule, (AnyOf, AllOf, AtLeast, Not)):
        return rule
    return Not(after[0]) if isinstance(rule, Not) else rule._replace(parts=after)


def facts(rule: Rule) -> Iterator[Fact]:
    """The comparisons in a rule, in the order in which they stand; a sum gives one for each of its questions."""
    match rule:
        case Fact():
            yield rule
        case Sum(_, scored):
            for question, scores in scored:
                yield Fact(question, "one_of", tuple(choice for choice, _ in scores))
        case _:
            for part in children(rule):
                yield from facts(part)


def reasons(rule: Rule, known: Known, unsure: frozenset[str] = NOTHING, toward: bool | None = None) -> tuple[Fact, ...]:
    """The facts that decide a rule: of a yes the first branch that suffices, of a no every branch that failed.

    A rule that is not decided has no reasons.
    """
    decided = residual(rule, known, unsure, toward)
    if not isinstance(decided, bool):
        return ()
    match rule:
        case Fact():
            return (rule,)
        case Not(part):
            return reasons(part, known, unsure, None if toward is None else not toward)
        case AnyOf(parts) | AllOf(parts):
            deciding = [part for part in parts if residual(part, known, unsure, toward) is decided]
            suffices = isinstance(rule, AnyOf) is decided
            chosen = deciding[:1] if suffices else deciding
        case AtLeast(_, parts):
            chosen = [part for part in parts if residual(part, known, unsure, toward) is decided]
        case Sum():
            leaning = unsure if toward is not None else NOTHING
            return tuple(fact for fact in facts(rule) if fact.question in known or fact.question in leaning)
        case _:
            return ()
    return tuple(dict.fromkeys(fact for part in chosen for fact in reasons(part, known, unsure, toward)))


def settling(rule: Rule) -> tuple[str, ...]:
    """Of the questions left in a rule, those where one answer alone could decide it."""
    return tuple(
        question
        for question in questions(rule)
        if residual(rule, {}, frozenset({question}), True) is True
        or residual(rule, {}, frozenset({question}), False) is False
    )


def with_parameters(rule: Rule, figures: Mapping[str, int]) -> Rule:
    """The rule with every parameter replaced by its figure. One that has none stays, and what it decides is unknown."""
    match rule:
        case Fact(question, operator, Parameter(name)) if name in figures:
            return Fact(question, operator, figures[name])
        case Sum(Parameter(name), scored) if name in figures:
            return Sum(figures[name], scored)
    return mapped(rule, lambda part: with_parameters(part, figures))


def parameters(rule: Rule) -> frozenset[str]:
    """The names of the parameters a rule uses."""
    match rule:
        case Fact(_, _, Parameter(name)) | Sum(Parameter(name), _):
            return frozenset({name})
    return frozenset[str]().union(*map(parameters, children(rule)))
