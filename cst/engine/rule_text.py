"""A rule read aloud: the conditions of a pathway or scheme in plain sentences."""

from __future__ import annotations

from cst.lean_typing import TYPE_CHECKING
from cst.rules import AllOf, AnyOf, AtLeast, Fact, Not, Parameter, Sum

if TYPE_CHECKING:
    from collections.abc import Mapping

    from cst.rules import Rule
    from cst.toolkit.toolkit import Toolkit


_NO_TITLES: Mapping[Rule, str] = {}


def criteria(toolkit: Toolkit, rule: Rule, titles: Mapping[Rule, str] = _NO_TITLES) -> list[str]:
    """A rule as a list of plain sentences: one for each part of an any or an all, else one in all.

    Args:
        toolkit: what the questions are called.
        rule: what to read.
        titles: parts that have a name of their own; they are said by it.
    """
    if isinstance(rule, AnyOf):
        return ["Any one of these is enough:", *(in_words(toolkit, part, titles) for part in rule.parts)]
    if isinstance(rule, AllOf):
        return ["All of these are needed:", *(in_words(toolkit, part, titles) for part in rule.parts)]
    return [in_words(toolkit, rule, titles)]


def in_words(toolkit: Toolkit, rule: Rule, titles: Mapping[Rule, str] = _NO_TITLES) -> str:
    """A rule read aloud; what has a name in `titles` is said by it."""
    if rule in titles:
        return titles[rule]
    match rule:
        case Fact():
            return _fact(toolkit, rule)
        case Not(part):
            return f"not ({in_words(toolkit, part, titles)})"
        case AnyOf(parts):
            return "; or ".join(_bracketed(toolkit, part, titles) for part in parts)
        case AllOf(parts):
            return "; and ".join(_bracketed(toolkit, part, titles) for part in parts)
        case AtLeast(count, parts):
            return f"at least {count} of: " + "; ".join(_bracketed(toolkit, part, titles) for part in parts)
        case Sum(count, scored):
            return f"a score of {_figure(count)} or more over {len(scored)} questions"
        case _:
            return "always" if rule else "never"


def _bracketed(toolkit: Toolkit, rule: Rule, titles: Mapping[Rule, str]) -> str:
    said = in_words(toolkit, rule, titles)
    return said if isinstance(rule, (Fact, bool)) or rule in titles else f"({said})"


def _figure(value: object) -> object:
    return "(a figure that is not known for this day)" if isinstance(value, Parameter) else value


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
        return asked if (fact.operator == "is") is bool(fact.value) else f"not: {asked}"
    if fact.operator in _COMPARED:
        return f"{asked}: {_COMPARED[fact.operator].format(_figure(fact.value))} {question.get('unit', '')}".rstrip()
    labels = toolkit.choices(question)
    values = (_figure(fact.value),) if isinstance(fact.value, Parameter) else fact.value
    values = values if isinstance(values, tuple) else (values,)
    said = " or ".join(labels.get(str(value), str(value)) for value in values)
    return f"{asked}: {'not ' if fact.operator == 'is_not' else ''}{said}"
