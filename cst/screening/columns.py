"""Which column answers which question: by the column's name, by a mapping of the user's own, or by both."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING, NamedTuple

from cst.engine.situation import AREA
from cst.rules import Rule, questions
from cst.toolkit.toolkit import Toolkit

if TYPE_CHECKING:
    from cst.source import records

AGE = "age"
BIRTH = "date-of-birth"  # stands for the age at the moment asked about
IGNORED = "ignore"
MOST_SHOWN = 300  # characters of the names of columns, in messages
_BIRTH_NAMES = (
    *("date-of-birth", "dob", "d-o-b", "birth-date", "birthdate", "birthday", "born", "date-of-birth-dob"),
    *("dateofbirth", "birth-dt", "dt-of-birth"),
)
_AGE_NAMES = ("age", "age-years", "age-in-years", "age-yrs", "current-age", "age-now")
# Whose it is, as the NHS, councils and landlords write before it: PERSON BIRTH DATE, CHILD_DATE_OF_BIRTH, TenantDOB.
_WHOSE = ("", *(f"{who}-" for who in (
    "person", "patient", "client", "service-user", "su", "citizen", "resident", "tenant", "customer", "child", "pupil",
    "individual", "subject", "member", "applicant", "adult", "learner",
)))  # fmt: skip
_HUMP = re.compile(r"(?<=[a-z])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])")
_FORM = re.compile(r"\((?:dd|mm|yyyy|yy|[/. -])+\)", re.IGNORECASE)  # Date of birth (DD/MM/YYYY)


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
    """The columns cannot be used as they are, with what to do; `question` where it is the mapping's `values` of it."""

    def __init__(self, says: str, remedy: str, question: str = "") -> None:
        super().__init__(f"{says} {remedy}")
        self.says = says
        self.remedy = remedy
        self.question = question


def normal_name(name: str) -> str:
    """A column's name as an id would be written: "Sensory_Impairment " and "sensoryImpairment" both have a hyphen."""
    return re.sub(r"[^a-z0-9]+", "-", _HUMP.sub("-", _FORM.sub("", name)).casefold()).strip("-")


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
        own: the user's mapping, a column's name, or its number from 1, to question (or `date-of-birth`, or `ignore`);
            it wins over names.

    Raises:
        BadColumns: two columns answer one question, a name of the mapping is no column, or nothing fits.
    """
    known, mine = _named(toolkit, asked), _own(names, asked, own)
    found = [
        Column(place, name, AGE if target == BIRTH else target, target == BIRTH)
        for place, name in enumerate(names)
        if (target := mine.get(place, known.get(normal_name(name), IGNORED))) != IGNORED
    ]
    _refuse_doubles(found)
    answered = {column.question for column in found}
    return Mapped(tuple(found), tuple(name for name in asked if name not in answered))


def _own(names: Sequence[str], asked: Sequence[str], own: Mapping[str, str]) -> dict[int, str]:
    """What the user's mapping says of each column. A number counts for more than a name that several columns have."""
    mine: dict[int, str] = {}
    for column, question in sorted(own.items(), key=lambda one: one[0].isdecimal()):
        places = places_called(names, column)
        if not places:
            raise BadColumns(f"No column is called {column:.60}.", f"The columns are: {', '.join(names)[:MOST_SHOWN]}.")
        if question not in (*asked, BIRTH, IGNORED):
            raise BadColumns(f"{column:.60} cannot answer {question:.60}.", _may(asked))
        mine |= dict.fromkeys(places, question)
    return mine


def places_called(names: Sequence[str], wanted: str) -> list[int]:
    """The columns of a name; where none has it, the one of that number."""
    found = [place for place, name in enumerate(names) if normal_name(name) == normal_name(wanted)]
    if not found and wanted.isdecimal() and 1 <= int(wanted) <= len(names):
        found = [int(wanted) - 1]
    return found


def refuse_unasked(own_words: Mapping[str, object], asked: Sequence[str]) -> None:
    """Sees to it that spellings are for questions that are asked: a misspelt one would be passed over in silence.

    Raises:
        BadColumns: one is not.
    """
    for question in own_words:
        if question not in asked:
            says, remedy = (
                f"{question:.60} is no question of this scheme.",
                f"Under values: may stand {', '.join(asked)}.",
            )
            raise BadColumns(says, remedy, question)


def _may(asked: Sequence[str]) -> str:
    return f"A column may answer: {', '.join(asked)}{f', {BIRTH}' if AGE in asked else ''}; or say {IGNORED}."


def nothing_answers(scheme: str, names: Sequence[str], asked: Sequence[str]) -> BadColumns:
    """What to say where no column answers anything: the file's own columns, and how to name them."""
    shown = ", ".join(names)[:MOST_SHOWN]
    example = f"columns: {{{_quoted(names[0])}: {asked[0]}}}"
    return BadColumns(
        f"No column answers a question of {scheme}. The columns are: {shown}.",
        f"Rename them, or write a --map file such as {example}. {_may(asked)}",
    )


def _quoted(name: str) -> str:
    return '"' + name[:30].replace("\\", "\\\\").replace('"', '\\"') + '"'


def known_names(toolkit: Toolkit) -> frozenset[str]:
    """Everything that a column which answers something may be called."""
    return frozenset(toolkit.kind("questions")) | frozenset(_of_anybody(*_BIRTH_NAMES, *_AGE_NAMES))


def _of_anybody(*names: str) -> list[str]:
    return [f"{whose}{name}" for whose in _WHOSE for name in names]


def _named(toolkit: Toolkit, asked: Sequence[str]) -> dict[str, str]:
    """What a column may be called: the question's id or its words."""
    records = toolkit.kind("questions")
    named = {normal_name(records[name]["ask"]): name for name in asked} | {name: name for name in asked}
    if AGE in asked:
        named |= dict.fromkeys(_of_anybody(*_BIRTH_NAMES), BIRTH) | dict.fromkeys(_of_anybody(*_AGE_NAMES), AGE)
    return named


def _refuse_doubles(found: Sequence[Column]) -> None:
    seen: dict[tuple[str, bool], Column] = {}
    for column in found:
        other = seen.setdefault((column.question, column.birth), column)
        if other is not column:
            says = (
                f"Columns {other.place + 1} ({other.name:.40}) and {column.place + 1} ({column.name:.40}) both answer "
            )
            remedy = f"Leave one out: write {column.place + 1}: ignore under columns: in a --map file, or rename it."
            raise BadColumns(f"{says}{column.question}.", remedy)
