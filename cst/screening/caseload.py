"""One screening: a scheme at a moment in an area, and how the columns of a file answer its questions."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from types import MappingProxyType
from typing import NamedTuple

from cst.engine.answers import Answers
from cst.engine.plan import scheme_rule
from cst.engine.questions import answer_in_words
from cst.rules import Rule, Value
from cst.screening.cell_sql import NOT_TOLD, Reading, reading
from cst.screening.columns import Mapped, implied_by, mapped, refuse_unasked, wanted
from cst.screening.date_order import told_orders
from cst.toolkit.toolkit import Toolkit

ADDED = ("cst_verdict", "cst_because", "cst_would_settle", "cst_status")
ELIGIBLE, NOT_ELIGIBLE, CANNOT_SAY, PERSON = VERDICTS = ("eligible", "not-eligible", "cannot-say", "needs-a-person")


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

    def order(self, names: Iterable[str]) -> list[str]:
        """Questions in the author's order."""
        wanted_names = set(names)
        return [name for name in self.toolkit.kind("questions") if name in wanted_names]

    def implied(self, question: str) -> Rule:
        """The rule that implies a yes to a question."""
        return implied_by(self.toolkit, self.toolkit.kind("questions")[question], self.at.date())


def caseload(
    toolkit: Toolkit,
    scheme: str,
    at: datetime,
    area: str | None,
    names: Sequence[str],
    own_columns: Mapping[str, str],
    own_words: Mapping[str, Mapping[str, str]],
    own_orders: Mapping[str, str] = MappingProxyType({}),
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
        own_orders: the user's word for columns of dates, by column: what stands first in them, day or month.

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
    refuse_unasked(own_words, asked)
    orders = told_orders(names, columns.columns, own_orders)
    readings = tuple(
        reading(
            toolkit, column.question, day, own_words.get(column.question, {}),
            birth=column.birth, order=orders.get(column.place, NOT_TOLD),
        )
        for column in columns.columns
    )  # fmt: skip
    return Caseload(toolkit, scheme, at, area, rule, per_area, columns, readings)


def words_for(toolkit: Toolkit, question: str, value: Value) -> str:
    """An answer in words, as `cst eligible` has it."""
    return answer_in_words(toolkit, question, Answers({question: value}))
