"""A rule as SQL: the one compiler, for a file that is screened and for a database that holds the people.

A rule is written as two conditions, when it is yes and when it is no, over columns that may be NULL, which is not
known. How a single comparison is written, and over which columns, is told by `Terms`; everything else is here. In a
database with truth values of three kinds the first condition is the rule itself, as SQL's logic is the rule's.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple, Protocol

from cst.rules import AllOf, AnyOf, AtLeast, Fact, Not, Rule, Sum, questions


class Terms(Protocol):
    """The columns that a rule is asked of."""

    def fact(self, fact: Fact, answer: bool) -> str:
        """The condition that a comparison comes out as `answer`; it is not met where that is not known."""

    def done(self, rule: Rule) -> str | None:
        """The column in which a rule is worked out already: TRUE, FALSE or NULL."""


def quoted(text: str) -> str:
    """A text as SQL."""
    return "'" + text.replace("'", "''") + "'"


def condition(rule: Rule, answer: bool, terms: Terms, favoured: str = "") -> str:
    """When a rule comes out as `answer`.

    Args:
        rule: a rule with its figures put in.
        answer: yes or no.
        terms: the columns.
        favoured: a question that, where it is not known, is answered in whatever way favours `answer`.
    """
    if (column := terms.done(rule)) and favoured not in questions(rule):
        return column if answer else f"(NOT {column})"
    match rule:
        case bool():
            return "1 = 1" if rule is answer else "1 = 0"
        case Fact():
            said = terms.fact(rule, answer)
            return f"(({said}) IS NOT FALSE)" if rule.question == favoured else said
        case Not(part):
            return condition(part, not answer, terms, favoured)
        case AnyOf(parts) | AllOf(parts):
            one_is_enough = isinstance(rule, AnyOf) is answer
            return joined("OR" if one_is_enough else "AND", (condition(one, answer, terms, favoured) for one in parts))
        case AtLeast(least, parts):
            enough = least if answer else len(parts) - least + 1
            each = (f"CASE WHEN {condition(one, answer, terms, favoured)} THEN 1 ELSE 0 END" for one in parts)
            return f"({joined('+', each)} >= {enough})"
        case Sum(int(least), scored):
            each = (_score(question, scores, answer is (question == favoured), terms) for question, scores in scored)
            return f"({joined('+', each)} {'>=' if answer else '<'} {least})"
        case Sum():
            raise TypeError("the figures come first: with_parameters")


def _score(question: str, scores: Iterable[tuple[str, int]], most: bool, terms: Terms) -> str:
    """The score of an answer; where it is not known, the most or the least that it could be."""
    cases = (f"WHEN {terms.fact(Fact(question, 'is', choice), True)} THEN {score}" for choice, score in scores)
    return f"CASE {' '.join(cases)} ELSE {(max if most else min)(score for _, score in scores)} END"


def joined(word: str, parts: Iterable[str]) -> str:
    """Parts with a word between them, a line each where there are many."""
    said = list(parts)
    if len(said) < 2:
        return "".join(said)
    lines = f"\n{word} ".join(said)
    return "(\n  " + lines.replace("\n", "\n  ") + "\n)"


def value(rule: Rule, terms: Terms) -> str:
    """A rule as TRUE, FALSE or NULL, for a database that has these."""
    if (column := terms.done(rule)) is not None:
        return column
    yes = condition(rule, True, terms)
    if not _counts(rule):
        return yes
    return f"CASE WHEN {yes} THEN TRUE WHEN {condition(rule, False, terms)} THEN FALSE END"


def _counts(rule: Rule) -> bool:
    """Whether something is counted in a rule: then its condition is never NULL."""
    match rule:
        case AtLeast() | Sum():
            return True
        case Not(part):
            return _counts(part)
        case AnyOf(parts) | AllOf(parts):
            return any(map(_counts, parts))
    return False


def settles(rule: Rule, question: str, terms: Terms) -> str:
    """When an answer to one question could settle a rule. Only right where neither is known yet."""
    decide_alone = rule.parts if isinstance(rule, AnyOf | AllOf) else ()
    if any(isinstance(part, Fact) and part.question == question for part in decide_alone):
        return "1 = 1"  # one part alone decides an any by its yes, an all by its no
    # Of an any, parts without the question are not yes: nothing is known of the rule yet. So with the no of an all.
    about = tuple(part for part in decide_alone if question in questions(part))
    yes = condition(AnyOf(about) if isinstance(rule, AnyOf) else rule, True, terms, question)
    no = condition(AllOf(about) if isinstance(rule, AllOf) else rule, False, terms, question)
    return f"({yes} OR {no})"


class Reason(NamedTuple):
    """A question among the reasons: on what conditions (all of them), and its answer where the rule tells it."""

    question: str
    conditions: tuple[str, ...] = ()
    answer: bool | None = None


def reasons(rule: Rule, decided: bool, terms: Terms) -> Iterator[Reason]:
    """The reasons of a rule that is `decided`, in order. A question may come several times: the first one counts."""
    match rule:
        case Fact(question, operator, value):
            answer = (value if operator == "is" else not value) is decided if isinstance(value, bool) else None
            yield Reason(question, (), answer)
        case Not(part):
            yield from reasons(part, not decided, terms)
        case Sum(_, scored):
            for question, scores in scored:
                known = joined("OR", (terms.fact(Fact(question, "is", choice), True) for choice, _ in scores))
                yield Reason(question, (known,))
        case AnyOf(parts) | AllOf(parts) | AtLeast(_, parts):
            met = [f"(({condition(part, decided, terms)}) IS TRUE)" for part in parts]
            for number, part in enumerate(parts):
                own: tuple[str, ...] = ()
                if isinstance(rule, AtLeast):
                    own = (met[number],)
                elif isinstance(rule, AnyOf) is decided:  # the first that suffices is the reason
                    own = (*(f"NOT {one}" for one in met[:number]), met[number])
                for reason in reasons(part, decided, terms):
                    yield reason._replace(conditions=(*own, *reason.conditions))


def first_decides(rule: Rule, decided: bool) -> tuple[Rule, ...]:
    """The parts of which the first that is `decided` gives the reasons alone; none where several are reasons."""
    return rule.parts if isinstance(rule, AnyOf | AllOf) and isinstance(rule, AnyOf) is decided else ()
