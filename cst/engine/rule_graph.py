"""A rule as a tree of branches in words, each marked with what the answers make of it.

The marks come from the residual that decides everything else, so a picture cannot say other than the engine does.
"""

from __future__ import annotations

from cst import CONTRACT
from cst.engine.describe import describe_edition
from cst.engine.plan import scheme_rule
from cst.engine.rule_text import in_words
from cst.engine.situation import Situation
from cst.lean_typing import TYPE_CHECKING
from cst.rules import AllOf, AnyOf, AtLeast, Not, Rule, Sum, children, facts, questions, residual

if TYPE_CHECKING:
    from cst import contract
    from cst.engine.answers import Answers
    from cst.toolkit.toolkit import Toolkit

GRAPHED = ("pathways", "schemes", "rules", "modes")
JOINED = {"any": "Any one of these", "all": "All of these", "not": "Not this"}


def graph(toolkit: Toolkit, kind: str, name: str, here: Situation) -> contract.Graph:
    """The rule of a pathway, scheme, named rule or mode.

    Args:
        toolkit: what is known.
        kind: one of `GRAPHED`.
        name: the record's id.
        here: the answers so far, with the minute and the area.
    """
    record = toolkit.kind(kind)[name]
    source = scheme_rule(toolkit.kind("schemes")[name], toolkit, here.area)[0] if kind == "schemes" else record["rule"]
    return {
        "cst": CONTRACT,
        "kind": "graph",
        "edition": describe_edition(toolkit),
        "id": name,
        "type": kind.removesuffix("s"),
        "title": record["title"],
        "area": here.area,
        "rule": branch(toolkit, here.rule(source), here.answers),
    }


def branch(toolkit: Toolkit, rule: Rule, answers: Answers) -> contract.Branch:
    """A rule and all its parts, in words and marked."""
    return {
        "says": _says(toolkit, rule),
        "state": _state(rule, answers),
        "parts": [branch(toolkit, part, answers) for part in _parts(rule)],
    }


def _says(toolkit: Toolkit, rule: Rule) -> str:
    if isinstance(rule, AtLeast):
        return f"At least {rule.least} of these"
    if isinstance(rule, (AnyOf, AllOf, Not)):
        return JOINED[rule.tag]
    return in_words(toolkit, rule)


def _parts(rule: Rule) -> tuple[Rule, ...]:
    return tuple(facts(rule)) if isinstance(rule, Sum) else children(rule)


def _state(rule: Rule, answers: Answers) -> str:
    """yes, no, not-sure where an answer that would settle it was not sure, or open."""
    left = residual(rule, answers.known)
    if isinstance(left, bool):
        return "yes" if left else "no"
    return "not-sure" if answers.unsure & set(questions(left)) else "open"
