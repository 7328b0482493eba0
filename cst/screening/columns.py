"""Which column answers which question: by the column's name, by a mapping of the user's own, or by both."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING, NamedTuple

from cst.engine.plan import AREA
from cst.rules import Rule, questions
from cst.toolkit.toolkit import Toolkit

if TYPE_CHECKING:
    from cst.source import records

AGE = "age"
BIRTH = "date-of-birth"  # stands for the age at the moment asked about
IGNORED = "ignore"
_BIRTH_NAMES = ("date-of-birth", "dob", "d-o-b", "birth-date", "birthdate", "birthday", "born", "date-of-birth-dob")


class Column(NamedTuple):
    """A column that answers a question: its place, from 0, its name, the question, whether it holds birthdays."""

    place: int
    name: str
    question: str
    birth: bool = False


class Mapped(NamedTuple):
    """The columns that answer, and the questions that no column answers."""

    columns: tuple[Column, ...]
    missing: tuple[str, ...]


class BadColumns(ValueError):
    """The columns cannot be used as they are, with what to do."""

    def __init__(self, says: str, remedy: str) -> None:
        super().__init__(f"{says} {remedy}")
        self.says = says
        self.remedy = remedy


def normal_name(name: str) -> str:
    """A column's name as an id would be written: "Sensory_Impairment " is sensory-impairment."""
    return re.sub(r"[^a-z0-9]+", "-", name.casefold()).strip("-")


def wanted(
    toolkit: Toolkit, scheme: records.Scheme, rules: Sequence[Rule], day: date, *, area_known: bool
) -> tuple[str, ...]:
    """The questions that can matter to a scheme: those of its rules, what implies them, and the area if that may.

    Args:
        toolkit: what is known.
        scheme: the scheme.
        rules: its rules with their figures, one for each area that has its own.
        day: the day asked about.
        area_known: the area is given for all rows, so that no column is asked.
    """
    asked = dict.fromkeys(name for rule in rules for name in questions(rule))
    records = toolkit.kind("questions")
    for name in list(asked):
        asked |= dict.fromkeys(questions(implied_by(toolkit, records[name], day)))
    if scheme.get("area_rules") and not area_known and AREA in records:
        asked[AREA] = None
    return tuple(asked)


def implied_by(toolkit: Toolkit, record: records.Question, day: date) -> Rule:
    """The rule that implies a yes to a question that was not answered; False where there is none."""
    return toolkit.rule(record["implied_by"], day) if "implied_by" in record else False


def mapped(toolkit: Toolkit, names: Sequence[str], asked: Sequence[str], own: Mapping[str, str]) -> Mapped:
    """Which of the columns answers which of the questions.

    Args:
        toolkit: what is known.
        names: the file's columns, in order.
        asked: the questions that can matter.
        own: the user's mapping, column to question (or `date-of-birth`, or `ignore`); it wins over names.

    Raises:
        BadColumns: two columns answer one question, a name of the mapping is no column, or nothing fits.
    """
    known = _named(toolkit, asked)
    mine = {normal_name(column): question for column, question in own.items()}
    for column, question in own.items():
        if normal_name(column) not in map(normal_name, names):
            raise BadColumns(f"No column is called {column:.60}.", f"The columns are: {', '.join(names)[:300]}.")
        if question not in (*asked, BIRTH, IGNORED):
            raise BadColumns(f"{column:.60} cannot answer {question:.60}.", _may(asked))
    found = [
        Column(place, name, AGE if target == BIRTH else target, target == BIRTH)
        for place, name in enumerate(names)
        if (target := mine.get(normal_name(name), known.get(normal_name(name), IGNORED))) != IGNORED
    ]
    _refuse_doubles(found)
    answered = {column.question for column in found}
    return Mapped(tuple(found), tuple(name for name in asked if name not in answered))


def _may(asked: Sequence[str]) -> str:
    return f"A column may answer: {', '.join(asked)}{f', {BIRTH}' if AGE in asked else ''}; or say {IGNORED}."


def known_names(toolkit: Toolkit) -> frozenset[str]:
    """Everything that a column which answers something may be called."""
    return frozenset(toolkit.kind("questions")) | frozenset(_BIRTH_NAMES)


def _named(toolkit: Toolkit, asked: Sequence[str]) -> dict[str, str]:
    """What a column may be called: the question's id or its words."""
    records = toolkit.kind("questions")
    named = {normal_name(records[name]["ask"]): name for name in asked} | {name: name for name in asked}
    return named | (dict.fromkeys(_BIRTH_NAMES, BIRTH) if AGE in asked else {})


def _refuse_doubles(found: Sequence[Column]) -> None:
    seen: dict[tuple[str, bool], Column] = {}
    for column in found:
        other = seen.setdefault((column.question, column.birth), column)
        if other is not column:
            says = (
                f"Columns {other.place + 1} ({other.name:.40}) and {column.place + 1} ({column.name:.40}) both answer "
            )
            raise BadColumns(f"{says}{column.question}.", "Rename one of them, or write ignore for it in a --map file.")
