"""The toolkits that tests look at, and every answer to a question that can matter."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from functools import lru_cache
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from cst.engine.answers import Answers
from cst.rules import facts
from cst.source import load
from cst.source.consistency import rule_places
from cst.source.open import open_toolkit, shipped_files
from cst.toolkit.toolkit import Toolkit

LONDON = ZoneInfo("Europe/London")
TUESDAY = datetime(2026, 11, 24, 10, 0, tzinfo=LONDON)
SMALL = Path(__file__).parent / "small.yaml"
NOT_SURE = object()


@lru_cache
def shipped() -> Toolkit:
    """The toolkit as shipped, read from its files, with its cases."""
    return open_toolkit(shipped_files(cases=True), [], None)


@lru_cache
def shipped_read() -> list[load.Source]:
    """The shipped files as they are read, for what lays others on top again and again."""
    return load.read([Path(file) for file in shipped_files()])


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
