"""Every state of a triage, each once: answer whatever is asked next in every way that can matter, and go on.

States, not paths: two sets of answers that leave the same rules undecided in the same way are one state.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime
from functools import lru_cache
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from cst.answers import Answers
from cst.interview import Situation
from cst.rules import facts, questions
from cst.toolkit import Toolkit, open_toolkit, shipped_files
from cst.toolkit.consistency import rule_places

LONDON = ZoneInfo("Europe/London")
TUESDAY = datetime(2026, 11, 24, 10, 0, tzinfo=LONDON)
SMALL = Path(__file__).parent / "small.yaml"
NOT_SURE = object()


@lru_cache
def shipped() -> Toolkit:
    """The toolkit as shipped, read from its files."""
    return open_toolkit(shipped_files(), [], None)


@lru_cache
def small() -> Toolkit:
    """The invented toolkit for tests."""
    return open_toolkit([str(SMALL)], [], None)


def answered(answers: Answers, question: str, value: Any) -> Answers:
    """The answers with one more."""
    if value is NOT_SURE:
        return Answers(answers.known, answers.unsure | {question})
    return Answers({**answers.known, question: value}, answers.unsure)


def sources(toolkit: Toolkit, kinds: Iterable[str] = ("pathways", "modes")) -> list[Any]:
    """Every rule and condition that a plan looks at."""
    return [rule for kind in kinds for record in toolkit.kind(kind).values() for _, rule in rule_places(record)]


@lru_cache
def ways(toolkit: Toolkit, question: str, at: datetime = TUESDAY) -> list[Any]:
    """Every answer that can matter: each choice; none and each tick alone; numbers on either side of a figure."""
    record = toolkit.kind("questions")[question]
    match record["type"]:
        case "yes-no":
            values: list[Any] = [True, False]
        case "choice":
            values = list(toolkit.choices(record))
        case "pick-many":
            values = [frozenset(), *(frozenset({choice}) for choice in toolkit.choices(record))]
        case _:
            rules = [toolkit.rule(source, at.date()) for source in sources(toolkit, ("pathways", "modes", "schemes"))]
            figures = {fact.value for rule in rules for fact in facts(rule) if fact.question == question}
            values = sorted({value for figure in figures for value in (figure - 1, figure, figure + 1) if value >= 0})
    return [*values, NOT_SURE]


def replaced(pathway: Any) -> list[str]:
    """The pathways whose place this one may take."""
    return [use["pathway"] for use in pathway.get("replaces", ())]


def cone(toolkit: Toolkit, pathway: str) -> list[Any]:
    """The rules that decide whether a pathway is taken: its own, and those of pathways that take its place."""
    pathways = toolkit.kind("pathways")
    over = [other["rule"] for other in pathways.values() if pathway in replaced(other)]
    when = [
        use["when"]
        for other in pathways.values()
        for use in other.get("replaces", ())
        if use["pathway"] == pathway and "when" in use
    ]
    return [pathways[pathway]["rule"], *over, *when]


def signature(toolkit: Toolkit, rules: list[Any], answers: Answers, at: datetime = TUESDAY) -> tuple[Any, ...]:
    """What these rules come to: each as it is left, plainly and leaning either way, and what of that is not sure."""
    here = Situation(toolkit, answers, at)
    left = tuple((here.left(rule), here.left(rule, True), here.left(rule, False)) for rule in rules)
    return left, frozenset(_left_to_ask(left) & answers.unsure)


def _left_to_ask(left: tuple[Any, ...]) -> set[str]:
    return {question for three in left for rule in three for question in questions(rule)}


def states(
    toolkit: Toolkit, rules: list[Any], starts: Iterable[Answers], at: datetime = TUESDAY
) -> Iterator[tuple[Answers, str]]:
    """Every state of some rules that can be reached from any start, each with every question still open in it."""
    seen: set[tuple[Any, ...]] = set()
    waiting: list[Answers] = []

    def found(answers: Answers) -> None:
        mark = signature(toolkit, rules, answers, at)
        if mark not in seen:
            seen.add(mark)
            waiting.append(answers)

    for start in starts:
        found(start)
    while waiting:
        answers = waiting.pop()
        left, _ = signature(toolkit, rules, answers, at)
        for following in sorted(_left_to_ask(left)):
            if not answers.answered(following):
                yield answers, following
                for value in ways(toolkit, following, at):
                    found(answered(answers, following, value))
