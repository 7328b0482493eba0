"""One screening: a scheme at a moment in an area, and how the columns of a file answer its questions."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import NamedTuple

from cst.engine.answers import Answers
from cst.engine.plan import AREA, Situation, scheme_rule
from cst.engine.questions import answer_in_words, describe_reasons
from cst.rules import Rule, reasons, residual, settling
from cst.screening.cells import Reading, reading
from cst.screening.columns import Column, Mapped, implied_by, mapped, wanted
from cst.toolkit.toolkit import Toolkit

ADDED = ("cst_verdict", "cst_because", "cst_would_settle", "cst_status")
ELIGIBLE, NOT_ELIGIBLE, CANNOT_SAY, PERSON = VERDICTS = ("eligible", "not-eligible", "cannot-say", "needs-a-person")
READ = "read"
MOST_SHOWN = 40  # characters of a cell that cannot be read


class RowVerdict(NamedTuple):
    """What is added to a row, in the order of ADDED."""

    verdict: str
    because: str = ""
    would_settle: str = ""
    status: str = READ


class Caseload(NamedTuple):
    """Everything that decides about a row. `areas` has the areas with a rule of their own, from the outside in."""

    toolkit: Toolkit
    scheme: str
    at: datetime
    area: str | None
    rule: Rule
    areas: Mapping[str, Rule]
    columns: Mapped
    readings: tuple[Reading, ...]  # one for each column that answers
    spelt: Mapping[str, Mapping[str, str]]

    def order(self, names: Iterable[str]) -> list[str]:
        """Questions in the author's order."""
        wanted_names = set(names)
        return [name for name in self.toolkit.kind("questions") if name in wanted_names]

    def implied(self, question: str) -> Rule:
        """The rule that implies a yes to a question."""
        return implied_by(self.toolkit, self.toolkit.kind("questions")[question], self.at.date())

    def rule_for(self, answers: Answers) -> Rule:
        """The rule for a person: that of the area, which a row may name."""
        area = answers.known.get(AREA)
        return self.areas.get(str(area), self.rule) if area is not None else self.rule


def caseload(
    toolkit: Toolkit,
    scheme: str,
    at: datetime,
    area: str | None,
    names: Sequence[str],
    own_columns: Mapping[str, str],
    own_words: Mapping[str, Mapping[str, str]],
) -> Caseload:
    """A screening of a file with these columns.

    Args:
        toolkit: what is known.
        scheme: the scheme's id.
        at: the minute, in Europe/London: its day gives figures and ages.
        area: the area of all rows, where one is given.
        names: the file's columns.
        own_columns: the user's mapping, column to question.
        own_words: the user's spellings, by question: what is written to the answer it stands for.

    Raises:
        BadColumns: the columns cannot be used.
        BadAnswer: a spelling stands for what is no answer.
        NoFigure: a figure has no value on that day.
    """
    record, day = toolkit.kind("schemes")[scheme], at.date()
    rule = toolkit.rule(scheme_rule(record, toolkit, area)[0], day)
    per_area: dict[str, Rule] = {}
    if area is None and record.get("area_rules"):
        sources = {name: scheme_rule(record, toolkit, name) for name in toolkit.kind("areas")}
        per_area = {name: toolkit.rule(source, day) for name, (source, entry) in sources.items() if entry}
    asked = wanted(toolkit, record, [rule, *per_area.values()], day, area_known=area is not None)
    columns = mapped(toolkit, names, asked, own_columns)
    readings = tuple(
        reading(toolkit, column.question, day, own_words.get(column.question, {}), birth=column.birth)
        for column in columns.columns
    )
    return Caseload(toolkit, scheme, at, area, rule, per_area, columns, readings, own_words)


def decide(load: Caseload, row: Sequence[str | None]) -> RowVerdict:
    """What is added to one row of cells."""
    known: dict[str, object] = {}
    unsure: set[str] = set()
    faults = []
    for column, how in zip(load.columns.columns, load.readings, strict=True):
        raw = row[column.place]
        cell = how.read(raw)
        if cell.state == "bad":
            faults.append(unreadable(column, raw or ""))
        elif cell.state == "known" and (column.birth or column.question not in known):
            known[column.question] = cell.value
        elif cell.state == "unsure":
            unsure.add(column.question)
    if faults:
        return RowVerdict(PERSON, status="; ".join(faults))
    return judged(load, Answers(known, frozenset(unsure - known.keys())))  # type: ignore[arg-type]


def unreadable(column: Column, raw: str) -> str:
    """Why a person has to look."""
    return f"{column.question} cannot be read: {raw[:MOST_SHOWN]}"


def judged(load: Caseload, given: Answers) -> RowVerdict:
    """The verdict on answers, with why, or what would settle it."""
    rule = load.rule_for(given)
    answers = Situation(load.toolkit, given, load.at, load.area).answers
    left = residual(rule, answers.known)
    if isinstance(left, bool):
        return RowVerdict(ELIGIBLE if left else NOT_ELIGIBLE, because(load, rule, answers))
    return RowVerdict(CANNOT_SAY, would_settle="; ".join(load.order(settling(left))))


def because(load: Caseload, rule: Rule, answers: Answers) -> str:
    """The answers that decided, in words; of those answered no the ids alone, for there may be many."""
    said = describe_reasons(load.toolkit, reasons(rule, answers.known), answers)
    words = [reason["says"] for reason in said if reason["answer"] != "no"]
    no = [reason["question"] for reason in said if reason["answer"] == "no"]
    return "; ".join([*words, *([f"no to {', '.join(no)}"] if no else [])])


def in_words(load: Caseload, question: str, value: object) -> str:
    """One answer in words, as `because` has it."""
    answers = Answers({question: value})  # type: ignore[dict-item]
    fact = f"{load.toolkit.kind('questions')[question]['ask'].rstrip('?.')}"
    return f"{fact}: {answer_in_words(load.toolkit, question, answers)}"
