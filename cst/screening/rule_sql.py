"""A rule as SQL over nullable columns: NULL is unknown, and SQL's own three-valued logic is the rule's.

Beside the verdict: the answers that decided it, as `rules.reasons` gives them, and whether one answer alone could
settle it, as `rules.settling` does.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from cst.rules import AllOf, AnyOf, AtLeast, Fact, Not, Rule, Sum, questions

_SIGNS = {"is": "=", "is_not": "<>", "at_least": ">=", "at_most": "<=", "more_than": ">", "less_than": "<"}


@dataclass(frozen=True)
class Columns:
    """What the query has by now.

    Args:
        names: each question's column; a question that no column answers is not known.
        parts: the column of each part of the rule that is worked out already: TRUE, FALSE or NULL.
    """

    names: Mapping[str, str]
    parts: Mapping[Rule, str] = field(default_factory=dict)

    def __call__(self, question: str) -> str:
        return self.names.get(question, "NULL")


def quoted(text: str) -> str:
    """A text as SQL."""
    return "'" + text.replace("'", "''") + "'"


def expression(rule: Rule, columns: Columns) -> str:
    """The rule as SQL: TRUE, FALSE, or NULL where it cannot be said.

    Args:
        rule: a rule with its figures put in.
        columns: a question's column: BOOLEAN, a number, the id of a choice, or for pick-many the ids, each between
            bars ("|smoking|alone|", and "||" for none); NULL where it is unknown.
    """
    if rule in columns.parts:
        return columns.parts[rule]
    match rule:
        case bool():
            return "TRUE" if rule else "FALSE"
        case Fact():
            return _fact(rule, columns(rule.question))
        case Not(part):
            return f"(NOT {expression(part, columns)})"
        case AnyOf(parts):
            return _joined(" OR ", [expression(part, columns) for part in parts])
        case AllOf(parts):
            return _joined(" AND ", [expression(part, columns) for part in parts])
        case AtLeast(least, parts):
            said = [expression(part, columns) for part in parts]
            return _count(least, _joined(" + ", [_one(f"{one} IS TRUE") for one in said]),
                          _joined(" + ", [_one(f"{one} IS NOT FALSE") for one in said]))  # fmt: skip
        case Sum(int(least), _):
            return _count(least, _scores(rule, columns, min), _scores(rule, columns, max))
        case Sum():
            raise TypeError("the figures come first: with_parameters")


def _count(least: int, lowest: str, highest: str) -> str:
    return f"(CASE WHEN {lowest} >= {least} THEN TRUE WHEN {highest} < {least} THEN FALSE END)"


def _one(condition: str) -> str:
    return f"CASE WHEN {condition} THEN 1 ELSE 0 END"


def _joined(word: str, parts: list[str]) -> str:
    return f"({word.join(parts)})"


def _fact(fact: Fact, column: str) -> str:
    value = fact.value
    match fact.operator:
        case "includes":
            return f"contains({column}, {quoted(f'|{value}|')})"
        case "one_of" if isinstance(value, tuple):
            either = f"{column} IN ({', '.join(map(quoted, value))})"  # of a choice; of several, one of these:
            held = _joined(" OR ", [either, *(f"contains({column}, {quoted(f'|{one}|')})" for one in value)])
            return f"(CASE WHEN {column} = '||' THEN FALSE ELSE {held} END)"  # none is frequent, and quick to see
        case "is" if value is True:
            return column
        case "is" | "is_not" if isinstance(value, bool):
            return f"(NOT {column})" if (fact.operator == "is") is not value else column
    return f"({column} {_SIGNS[fact.operator]} {quoted(value) if isinstance(value, str) else value})"


def _scores(rule: Sum, columns: Columns, unknown: Callable[..., int], but: str = "", leaning: int = 0) -> str:
    """The sum of the scores, with what is unknown at its lowest or highest; of `but`, unknown counts `leaning`."""
    return _joined(
        " + ",
        [
            f"CASE {columns(question)} "
            + " ".join(f"WHEN {quoted(choice)} THEN {score}" for choice, score in scores)
            + f" ELSE {leaning if question == but else unknown(score for _, score in scores)} END"
            for question, scores in rule.scored
        ],
    )


def could_be(rule: Rule, answer: bool, question: str, columns: Columns) -> str:
    """Whether a rule is `answer` once one question, if unknown, is answered in whatever way favours that."""
    if rule in columns.parts and question not in questions(rule):
        return f"({columns.parts[rule]} IS {'TRUE' if answer else 'FALSE'})"
    match rule:
        case bool():
            return "TRUE" if rule is answer else "FALSE"
        case Fact():
            said = _fact(rule, columns(rule.question))
            if rule.question == question:
                return f"({said} IS NOT {'FALSE' if answer else 'TRUE'})"
            return f"({said} IS {'TRUE' if answer else 'FALSE'})"
        case Not(part):
            return could_be(part, not answer, question, columns)
        case AnyOf(parts) | AllOf(parts):
            one_is_enough = isinstance(rule, AnyOf) is answer
            said_parts = [could_be(part, answer, question, columns) for part in parts]
            return _joined(" OR " if one_is_enough else " AND ", said_parts)
        case AtLeast(least, parts):
            enough = least if answer else len(parts) - least + 1
            counted = [_one(could_be(part, answer, question, columns)) for part in parts]
            return f"({_joined(' + ', counted)} >= {enough})"
        case Sum(int(least), scored):
            if question not in dict(scored):
                return f"({expression(rule, columns)} IS {'TRUE' if answer else 'FALSE'})"
            own = [score for _, score in dict(scored)[question]]
            if answer:
                return f"({_scores(rule, columns, min, question, max(own))} >= {least})"
            return f"({_scores(rule, columns, max, question, min(own))} < {least})"
        case Sum():
            raise TypeError("the figures come first: with_parameters")


def settles(rule: Rule, question: str, columns: Columns) -> str:
    """Whether an answer to one question could settle a rule. Only right where neither is known yet."""
    if isinstance(rule, AnyOf | AllOf) and any(
        isinstance(part, Fact) and part.question == question for part in rule.parts
    ):
        return "TRUE"  # one part alone decides an any by its yes, an all by its no
    yes, no = (_settling(rule, answer, question, columns) for answer in (True, False))
    return f"({yes} OR {no})"


def _settling(rule: Rule, answer: bool, question: str, columns: Columns) -> str:
    """As `could_be`; of what one part would settle, parts without the question need no look: they have not."""
    if isinstance(rule, AnyOf | AllOf) and isinstance(rule, AnyOf) is answer:
        parts = [part for part in rule.parts if question in questions(part)]
        return _joined(" OR ", [could_be(part, answer, question, columns) for part in parts])
    return could_be(rule, answer, question, columns)


class Reason(NamedTuple):
    """A question among the reasons: on what conditions (all of them), and its answer where the rule tells it."""

    question: str
    conditions: tuple[str, ...] = ()
    answer: bool | None = None


def reasons(rule: Rule, decided: bool, columns: Columns) -> list[Reason]:
    """The reasons of a rule that is `decided`, in order. A question may come several times: the first one counts."""
    match rule:
        case bool():
            return []
        case Fact(question, operator, value):
            answer = (value if operator == "is" else not value) is decided if isinstance(value, bool) else None
            return [Reason(question, (), answer)]
        case Not(part):
            return reasons(part, not decided, columns)
        case Sum(_, scored):
            return [Reason(question, (f"{columns(question)} IS NOT NULL",)) for question, _ in scored]
        case AnyOf(parts) | AllOf(parts) | AtLeast(_, parts):
            return list(_of_parts(rule, parts, decided, columns))


def _of_parts(rule: Rule, parts: tuple[Rule, ...], decided: bool, columns: Columns) -> Iterator[Reason]:
    is_decided = [f"({expression(part, columns)} IS {'TRUE' if decided else 'FALSE'})" for part in parts]
    first_suffices = not isinstance(rule, AtLeast) and isinstance(rule, AnyOf) is decided
    for number, part in enumerate(parts):
        own: tuple[str, ...] = ()
        if first_suffices:
            own = (*(f"NOT {one}" for one in is_decided[:number]), is_decided[number])
            own = own[:-1] if number == len(parts) - 1 and number else own
        elif isinstance(rule, AtLeast):
            own = (is_decided[number],)
        for reason in reasons(part, decided, columns):
            yield reason._replace(conditions=(*own, *reason.conditions))


def first_decides(rule: Rule, decided: bool) -> tuple[Rule, ...]:
    """The parts of which the first that is `decided` gives the reasons alone; none where several are reasons."""
    if isinstance(rule, AnyOf | AllOf) and isinstance(rule, AnyOf) is decided:
        return rule.parts
    return ()
