"""A scheme's rule as one SQL expression, for a database that holds the people.

The expression is built as a tree and written in the dialect wanted by sqlglot. Every column may be NULL, which means
not known or not sure. When a rule is yes and when it is no are two plain conditions, so no database needs booleans
of three values, and what is neither is "cannot-say": unknown never excludes. Nor does a value that is no answer to
the question (an age of -1 or 999, "maybe", a choice that is not on the list): both conditions ask for a true answer.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, NamedTuple

from sqlglot import exp
from sqlglot.dialects.sqlite import SQLite

from cst.engine.plan import scheme_rule
from cst.rules import AllOf, AnyOf, AtLeast, Fact, Not, Sum, questions

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from datetime import date

    from cst.rules import Rule
    from cst.toolkit.toolkit import Toolkit

ELIGIBLE, NOT_ELIGIBLE, CANNOT_SAY = "eligible", "not-eligible", "cannot-say"
# Each comparison of a number, and its opposite.
_SIGNS: dict[str, tuple[type[exp.Binary], type[exp.Binary]]] = {
    "is": (exp.EQ, exp.NEQ),
    "is_not": (exp.NEQ, exp.EQ),
    "at_least": (exp.GTE, exp.LT),
    "at_most": (exp.LTE, exp.GT),
    "more_than": (exp.GT, exp.LTE),
    "less_than": (exp.LT, exp.GTE),
}


class _Backticks(SQLite):
    """SQLite as sqlglot writes it, but for one trap: there a column in double quotes that is missing is a text."""

    class Tokenizer(SQLite.Tokenizer):
        IDENTIFIERS: ClassVar = ["`", '"', ("[", "]")]


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
    """A scheme's rule to be asked of a database: the expression, and the columns that it needs."""

    expression: exp.Expr
    columns: tuple[Column, ...]

    def sql(self, dialect: str) -> str:
        """The expression in one of sqlglot's dialects."""
        if dialect != "sqlite":
            return self.expression.sql(dialect=dialect, pretty=True)
        return self.expression.transform(_only_numbers).sql(dialect=_Backticks, pretty=True)


def _only_numbers(node: exp.Expr) -> exp.Expr:
    """In SQLite a column of numbers may hold text, and text is more than any number: the type is looked at."""
    if not isinstance(node, exp.Between):
        return node
    kind = exp.func("TYPEOF", node.this.copy())
    return exp.and_(kind.isin(*map(exp.Literal.string, ("integer", "real"))), node)


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
    writing = _Writing(toolkit, day)
    verdict = (
        exp.Case()
        .when(writing.yes(rule), exp.Literal.string(ELIGIBLE))
        .when(writing.no(rule), exp.Literal.string(NOT_ELIGIBLE))
        .else_(exp.Literal.string(CANNOT_SAY))
    )
    used = {column.name for column in verdict.find_all(exp.Column)}
    return Exported(verdict, tuple(one for one in columns(toolkit, writing.asked(rule)) if one.name in used))


def columns(toolkit: Toolkit, asked: Iterable[str]) -> Iterator[Column]:
    """The columns that answer questions, in the author's order."""
    wanted = set(asked)
    for name, record in toolkit.kind("questions").items():
        if name not in wanted:
            continue
        match record["type"]:
            case "pick-many":
                for choice in toolkit.choices(record):
                    yield Column(_tick(name, choice), "boolean", name, choice)
            case "yes-no":
                yield Column(_called(name), "boolean", name)
            case "number":
                yield Column(_called(name), "integer", name)
            case _:
                yield Column(_called(name), "text", name)


def _called(name: str) -> str:
    return name.replace("-", "_")


def _tick(question: str, choice: str) -> str:
    return f"{_called(question)}__{_called(choice)}"


class _Writing:
    """Writes when a rule is yes and when it is no, with answers that others imply.

    What implies an answer is read from what was given alone (`implies` is no): one implied answer implies no other.
    """

    def __init__(self, toolkit: Toolkit, day: date, *, implies: bool = True) -> None:
        self.toolkit = toolkit
        self.day = day
        self.implies = implies

    def asked(self, rule: Rule) -> set[str]:
        """The questions of a rule, and of what implies them."""
        found: set[str] = set()
        for name in questions(rule):
            found |= {name, *questions(self._implied(name))}
        return found

    def yes(self, rule: Rule) -> exp.Expr:
        """The condition under which a rule is yes."""
        match rule:
            case bool():
                return _always() if rule else _never()
            case Not(part):
                return self.no(part)
            case AnyOf(parts):
                return exp.or_(*map(self.yes, parts))
            case AllOf(parts):
                return exp.and_(*map(self.yes, parts))
            case AtLeast(least, parts):
                return exp.GTE(this=_count(map(self.yes, parts), 1, 0), expression=exp.Literal.number(least))
            case Sum(int(least), scored):
                return exp.GTE(this=_scores(scored, min), expression=exp.Literal.number(least))
            case Fact():
                return self._fact(rule)
        raise TypeError("the figures come first")

    def no(self, rule: Rule) -> exp.Expr:
        """The condition under which a rule is no."""
        match rule:
            case bool():
                return _never() if rule else _always()
            case Not(part):
                return self.yes(part)
            case AnyOf(parts):
                return exp.and_(*map(self.no, parts))
            case AllOf(parts):
                return exp.or_(*map(self.no, parts))
            case AtLeast(least, parts):
                return exp.LT(this=_count(map(self.no, parts), 0, 1), expression=exp.Literal.number(least))
            case Sum(int(least), scored):
                return exp.LT(this=_scores(scored, max), expression=exp.Literal.number(least))
            case Fact():
                return self._not_fact(rule)
        raise TypeError("the figures come first")

    def _fact(self, fact: Fact) -> exp.Expr:
        """A comparison that comes true; a yes also where it was not answered and another answer implies it."""
        return self._or_implied(fact, said=True)

    def _not_fact(self, fact: Fact) -> exp.Expr:
        """A comparison that comes out false, with the same."""
        return self._or_implied(fact, said=False)

    def _or_implied(self, fact: Fact, *, said: bool) -> exp.Expr:
        compared = _compared(self.toolkit, fact, said=said)
        implied = self._implied(fact.question)
        if implied is False or _says_yes(fact) is not said:
            return compared
        return exp.or_(compared, self._where_implied(fact.question, implied))

    def _where_implied(self, name: str, implied: Rule) -> exp.Expr:
        given = _Writing(self.toolkit, self.day, implies=False)
        return exp.and_(_column(name).is_(exp.null()), given.yes(implied))

    def _implied(self, name: str) -> Rule:
        """The rule that implies a yes to a question; False where there is none."""
        record = self.toolkit.kind("questions")[name]
        return self.toolkit.rule(record["implied_by"], self.day) if self.implies and "implied_by" in record else False


def _says_yes(fact: Fact) -> bool:
    """Whether a comparison asks a yes-no question for yes."""
    return isinstance(fact.value, bool) and (fact.operator == "is") is fact.value


def _compared(toolkit: Toolkit, fact: Fact, *, said: bool) -> exp.Expr:
    """The condition that a comparison comes out as `said`. It is not met where the column holds no answer."""
    record = toolkit.kind("questions")[fact.question]
    column = _column(fact.question)
    match record["type"]:
        case "yes-no":
            return _is(column, _says_yes(fact) is said)
        case "pick-many":
            ticks = fact.value if isinstance(fact.value, tuple) else (fact.value,)
            both = [_is(exp.column(_tick(fact.question, str(tick)), quoted=True), said) for tick in ticks]
            return exp.or_(*both) if said else exp.and_(*both)
        case "number":
            limits = record["constraint"]
            fits = column.copy().between(limits["at_least"], limits["at_most"])
            sign = _SIGNS[fact.operator][0 if said else 1]
            return exp.and_(fits, sign(this=column, expression=exp.Literal.number(fact.value)))
        case "choice":
            return _among(column, _wanted(fact, toolkit.choices(record), said=said))
    sign = exp.EQ if (fact.operator == "is") is said else exp.NEQ
    return sign(this=column, expression=exp.Literal.string(fact.value))


def _is(column: exp.Expr, value: bool) -> exp.Expr:
    """Never the bare column: where a column may hold anything, "maybe" would count as no."""
    return exp.EQ(this=column, expression=exp.Boolean(this=value))


def _wanted(fact: Fact, choices: Iterable[str], *, said: bool) -> list[str]:
    """The choices of which a comparison with one of several comes out as `said`."""
    named = fact.value if isinstance(fact.value, tuple) else (fact.value,)
    return [choice for choice in choices if (choice in named) is ((fact.operator != "is_not") is said)]


def _among(column: exp.Expr, choices: Iterable[str]) -> exp.Expr:
    texts = [exp.Literal.string(choice) for choice in choices]
    return column.isin(*texts) if texts else _never()


def _column(question: str) -> exp.Column:
    return exp.column(_called(question), quoted=True)


def _always() -> exp.Expr:
    return exp.EQ(this=exp.Literal.number(1), expression=exp.Literal.number(1))


def _never() -> exp.Expr:
    return exp.EQ(this=exp.Literal.number(1), expression=exp.Literal.number(0))


def _count(conditions: Iterable[exp.Expr], met: int, unmet: int) -> exp.Expr:
    """How many conditions come true, or how many do not."""
    return _sum(
        exp.Case().when(condition, exp.Literal.number(met)).else_(exp.Literal.number(unmet)) for condition in conditions
    )


def _scores(
    scored: tuple[tuple[str, tuple[tuple[str, int], ...]], ...], unknown: Callable[[Iterable[int]], int]
) -> exp.Expr:
    """The sum of scores, with what is not known at its least or its most."""
    parts = []
    for question, scores in scored:
        case = exp.Case()
        for choice, score in scores:
            chosen = exp.EQ(this=_column(question), expression=exp.Literal.string(choice))
            case = case.when(chosen, exp.Literal.number(score))
        parts.append(case.else_(exp.Literal.number(unknown(score for _, score in scores))))
    return _sum(parts)


def _sum(parts: Iterable[exp.Expr]) -> exp.Expr:
    total: exp.Expr | None = None
    for part in parts:
        total = part if total is None else exp.Add(this=total, expression=part)
    return exp.paren(total if total is not None else exp.Literal.number(0))
