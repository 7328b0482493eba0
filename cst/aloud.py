"""A rule read aloud: the conditions of a pathway or scheme in plain sentences."""

from __future__ import annotations

from cst.light import TYPE_CHECKING
from cst.rules import AllOf, AnyOf, AtLeast, Fact, Not, Sum

if TYPE_CHECKING:
    from typing import Any

    from cst.rules import Rule
    from cst.toolkit.known import Toolkit


def criteria(toolkit: Toolkit, rule: Rule) -> list[str]:
    """A rule as a list of plain sentences: one for each part of an any, else one in all."""
    if isinstance(rule, AnyOf):
        return ["Any one of these is enough:", *(in_words(toolkit, part) for part in rule.parts)]
    if isinstance(rule, AllOf):
        return ["All of these are needed:", *(in_words(toolkit, part) for part in rule.parts)]
    return [in_words(toolkit, rule)]


def in_words(toolkit: Toolkit, rule: Rule) -> str:
    """A rule read aloud."""
    match rule:
        case Fact():
            return _fact(toolkit, rule)
        case Not(part):
            return f"not ({in_words(toolkit, part)})"
        case AnyOf(parts):
            return "; or ".join(_bracketed(toolkit, part) for part in parts)
        case AllOf(parts):
            return "; and ".join(_bracketed(toolkit, part) for part in parts)
        case AtLeast(count, parts):
            return f"at least {count} of: " + "; ".join(_bracketed(toolkit, part) for part in parts)
        case Sum(count, scored):
            return f"a score of {count} or more over {len(scored)} questions"
        case _:
            return "always" if rule else "never"


def _bracketed(toolkit: Toolkit, rule: Rule) -> str:
    said = in_words(toolkit, rule)
    return said if isinstance(rule, (Fact, bool)) else f"({said})"


_COMPARED = {
    "at_least": "{} or more",
    "at_most": "{} or fewer",
    "more_than": "more than {}",
    "less_than": "fewer than {}",
}


def _fact(toolkit: Toolkit, fact: Fact) -> str:
    question = toolkit.kind("questions")[fact.question]
    asked = question["ask"].rstrip("?")
    if question["type"] == "yes-no":
        return str(asked) if (fact.operator == "is") is bool(fact.value) else f"not: {asked}"
    if fact.operator in _COMPARED:
        return f"{asked}: {_COMPARED[fact.operator].format(fact.value)} {question.get('unit', '')}".rstrip()
    labels: dict[Any, str] = dict(toolkit.choices(question)) if question["type"] != "number" else {}
    values = fact.value if isinstance(fact.value, tuple) else (fact.value,)
    said = " or ".join(labels.get(value, str(value)) for value in values)
    return f"{asked}: {'not ' if fact.operator == 'is_not' else ''}{said}"
