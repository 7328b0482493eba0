"""A scheme's rule as one SQL expression, for a database that holds the people, in any of six dialects.

Every column may be NULL, which means not known or not sure. When the rule is yes and when it is no are two plain
conditions, so no database needs booleans of three values, and what is neither is "cannot-say": unknown never
excludes. Nor does a value that is no answer to the question (an age of -1 or 999, "maybe", a choice that is not on the
list): both conditions ask for a true answer. Only what every dialect writes alike is used, but for what `Dialect` has.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from cst.engine.plan import scheme_rule
from cst.rules import Fact, facts
from cst.screening.caseload import CANNOT_SAY, ELIGIBLE, NOT_ELIGIBLE
from cst.screening.columns import implied_by
from cst.screening.rule_sql import condition, joined, quoted

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from datetime import date

    from cst.rules import Rule
    from cst.toolkit.toolkit import Toolkit

# Each comparison of a number, and its opposite.
_SIGNS = {
    "is": ("=", "<>"), "is_not": ("<>", "="), "at_least": (">=", "<"), "at_most": ("<=", ">"), "more_than": (">", "<="),
    "less_than": ("<", ">="),
}  # fmt: skip


class Dialect(NamedTuple):
    """What databases write differently.

    Args:
        quotes: what stands before and after a name.
        yes, no: what a column of yes and no is compared with.
        untyped: a column of numbers may hold text, and text is more than any number.
    """

    quotes: str
    yes: str = "TRUE"
    no: str = "FALSE"
    untyped: bool = False


DIALECTS = {
    "duckdb": Dialect('""'),
    "postgres": Dialect('""'),
    "sqlite": Dialect("``", "1", "0", untyped=True),  # there a column in double quotes that is missing is a text
    "tsql": Dialect("[]", "1", "0"),
    "spark": Dialect("``"),
    "bigquery": Dialect("``"),
}


class Column(NamedTuple):
    """A column of the table of people.

    Args:
        name: what it is called: the question's id with underscores; for a tick its choice's id behind two of them.
        kind: boolean, integer or text.
        question: the question that it answers.
        choice: for a tick, which choice it is.
    """

    name: str
    kind: str
    question: str
    choice: str | None = None


class Exported(NamedTuple):
    """A scheme's rule to be asked of a database, and the columns that it needs."""

    toolkit: Toolkit
    rule: Rule
    day: date
    columns: tuple[Column, ...]

    def sql(self, dialect: str) -> str:
        """The expression in a dialect: it is eligible, not-eligible or cannot-say."""
        people = People(self.toolkit, self.day, DIALECTS[dialect])
        yes, no = (condition(self.rule, answer, people).replace("\n", "\n  ") for answer in (True, False))
        return (
            f"CASE\n  WHEN {yes}\n  THEN '{ELIGIBLE}'\n  WHEN {no}\n  THEN '{NOT_ELIGIBLE}'\n  ELSE '{CANNOT_SAY}'\nEND"
        )


def exported(toolkit: Toolkit, scheme: str, day: date, area: str | None) -> Exported:
    """The verdict on a scheme as an expression that is eligible, not-eligible or cannot-say.

    Args:
        toolkit: what is known.
        scheme: the scheme's id.
        day: the day whose figures count.
        area: the council area of the people, where one is given: some areas have rules of their own.

    Raises:
        NoFigure: a figure has no value on that day.
    """
    rule = toolkit.rule(scheme_rule(toolkit.kind("schemes")[scheme], toolkit, area)[0], day)
    return Exported(toolkit, rule, day, tuple(_columns(toolkit, rule, day)))


def _columns(toolkit: Toolkit, rule: Rule, day: date) -> Iterator[Column]:
    """The columns that a rule, and what implies its answers, compares: in the author's order."""
    records = toolkit.kind("questions")
    compared = list(facts(rule))
    compared += [one for fact in compared for one in facts(implied_by(toolkit, records[fact.question], day))]
    ticked = {(fact.question, tick) for fact in compared for tick in _several(fact)}
    for name in (one for one in records if one in {fact.question for fact in compared}):
        record = records[name]
        if record["type"] == "pick-many":
            ticks = (choice for choice in toolkit.choices(record) if (name, choice) in ticked)
            yield from (Column(_tick(name, choice), "boolean", name, choice) for choice in ticks)
        else:
            yield Column(_called(name), {"yes-no": "boolean", "number": "integer"}.get(record["type"], "text"), name)


def _several(fact: Fact) -> Sequence[object]:
    return fact.value if isinstance(fact.value, tuple) else (fact.value,)


def _called(name: str) -> str:
    return name.replace("-", "_")


def _tick(question: str, choice: object) -> str:
    return f"{_called(question)}__{_called(str(choice))}"


class People(NamedTuple):
    """The table of people, as the terms of a rule: with answers that others imply.

    What implies an answer is read from what was given alone (`implies` is no): one implied answer implies no other.
    """

    toolkit: Toolkit
    day: date
    dialect: Dialect
    implies: bool = True

    def done(self, rule: Rule) -> None:
        """Nothing is worked out before."""

    def fact(self, fact: Fact, answer: bool) -> str:
        """A comparison that comes out so; a yes also where it was not answered and another answer implies it."""
        compared = self._compared(fact, answer)
        record = self.toolkit.kind("questions")[fact.question]
        implied = implied_by(self.toolkit, record, self.day) if self.implies else False
        if implied is False or _says_yes(fact) is not answer:
            return compared
        otherwise = condition(implied, True, self._replace(implies=False))
        return joined("OR", (compared, joined("AND", (f"{self._name(_called(fact.question))} IS NULL", otherwise))))

    def _name(self, name: str) -> str:
        return f"{self.dialect.quotes[0]}{name}{self.dialect.quotes[1]}"

    def _compared(self, fact: Fact, answer: bool) -> str:
        """It is not met where the column holds no answer."""
        record = self.toolkit.kind("questions")[fact.question]
        column = self._name(_called(fact.question))
        match record["type"]:
            case "yes-no":
                return self._is(column, _says_yes(fact) is answer)
            case "pick-many":
                ticks = (self._is(self._name(_tick(fact.question, tick)), answer) for tick in _several(fact))
                return joined("OR" if answer else "AND", ticks)
            case "number":
                limits, sign = record["constraint"], _SIGNS[fact.operator][not answer]
                typed = f"TYPEOF({column}) IN ('integer', 'real') AND " if self.dialect.untyped else ""
                fits = f"{column} BETWEEN {limits['at_least']} AND {limits['at_most']}"
                return f"({typed}{fits} AND {column} {sign} {fact.value})"
            case "choice":
                return _among(column, _wanted(fact, self.toolkit.choices(record), answer))
        return f"{column} {'=' if (fact.operator == 'is') is answer else '<>'} {quoted(str(fact.value))}"

    def _is(self, column: str, answer: bool) -> str:
        """Never the bare column: where a column may hold anything, "maybe" would count as no."""
        return f"{column} = {self.dialect.yes if answer else self.dialect.no}"


def _says_yes(fact: Fact) -> bool:
    """Whether a comparison asks a yes-no question for yes."""
    return isinstance(fact.value, bool) and (fact.operator == "is") is fact.value


def _wanted(fact: Fact, choices: Iterable[str], answer: bool) -> list[str]:
    """The choices of which a comparison with one of several comes out as `answer`."""
    return [choice for choice in choices if (choice in _several(fact)) is ((fact.operator != "is_not") is answer)]


def _among(column: str, choices: Sequence[str]) -> str:
    """Some databases refuse an empty list."""
    return f"{column} IN ({', '.join(map(quoted, choices))})" if choices else "1 = 0"
