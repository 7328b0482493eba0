"""Promise: the rule is the same elsewhere. `cst export sql` in real databases, on every assignment there is.

DuckDB and SQLite here, PostgreSQL where it is installed; Spark in the nightly run (see `tests/same_rule.py`).
"""

from __future__ import annotations

import os
import sys
from datetime import date

import pytest
import sqlglot

from cst import card
from cst.commands.export import DIALECTS
from cst.rules import AllOf, AnyOf, AtLeast, Fact, Not, Sum
from cst.warehouse import _Writing, exported
from tests import same_rule
from tests.command import cst
from tests.states import shipped

NIGHTLY = os.environ.get("CST_NIGHTLY") == "1"


@pytest.mark.parametrize("engine", [same_rule.duckdb, same_rule.sqlite], ids=["duckdb", "sqlite"])
def test_the_rule_is_the_same_in(engine: object) -> None:
    """Every scheme, with and without areas: the verdict of the scalar evaluator on each assignment."""
    rules, rows, differing = same_rule.compared(engine)  # type: ignore[arg-type]

    assert [] == differing
    assert rules >= 24
    assert rows >= 10_000


def test_the_rule_is_the_same_in_postgres() -> None:
    """A server of its own, from the system's packages."""
    try:
        server = same_rule.Postgres()
    except FileNotFoundError as missing:
        pytest.skip(str(missing))
    try:
        rules, rows, differing = same_rule.compared(server)
    finally:
        server.close()

    assert [] == differing
    assert rows >= 10_000
    assert rules >= 24


@pytest.mark.skipif(not NIGHTLY, reason="only in the nightly run: Spark takes a minute to start")
def test_the_rule_is_the_same_in_spark() -> None:
    """In local mode."""
    pytest.importorskip("pyspark")
    session = same_rule.Spark()
    try:
        _, rows, differing = same_rule.compared(session)
    finally:
        session.close()

    assert [] == differing
    assert rows >= 10_000


@pytest.mark.parametrize("dialect", DIALECTS)
def test_each_dialect_can_be_read_again(dialect: str) -> None:
    """What is written for a dialect is an expression in it; booleans are no values where there are none."""
    for scheme in shipped().kind("schemes"):
        sql = exported(shipped(), scheme, date(2026, 11, 24), None).sql(dialect)

        assert "CASE" in sqlglot.parse_one(sql, read=dialect).sql(dialect)
        if dialect == "tsql":
            assert "TRUE" not in sql.upper().split()


def test_the_head_says_what_it_is_and_which_columns_it_needs() -> None:
    """Edition, day, area, sources, and each column with its question; then nothing but the expression."""
    ran = cst(
        "export",
        "sql",
        "--scheme",
        "marac-referral",
        "--dialect",
        "duckdb",
        "--area",
        "southampton",
        "--at",
        "2026-11-24T10:00",
    )
    head = [line for line in ran.stdout.splitlines() if line.startswith("-- ")]

    assert 0 == ran.returncode
    for words in ("edition 2026.1", "Figures of 2026-11-24", "Southampton", "Source: ", "dash_count integer", "NULL"):
        assert any(words in line for line in head), words
    assert ran.stdout.split("\n")[len(head)].startswith("CASE")
    assert ran.stdout.rstrip().endswith("END")


@pytest.mark.parametrize(
    "arguments",
    [("--scheme", "nothing", "--dialect", "duckdb"), ("--scheme", "fire-visit", "--dialect", "oracle"), ()],
    ids=["scheme", "dialect", "nothing"],
)
def test_what_is_not_there_is_said(arguments: tuple[str, ...]) -> None:
    """With the emergency line, and what can be written instead."""
    ran = cst("export", "sql", *arguments)

    assert 2 == ran.returncode
    assert card.LINE in ran.stderr
    assert not ran.stdout


def test_without_sqlglot_it_is_said_how_to_get_it(monkeypatch: pytest.MonkeyPatch) -> None:
    """Only this command needs it."""
    from cst.commands.common import Asked
    from cst.commands.export import export_sql
    from cst.commands.trouble import Trouble

    monkeypatch.setitem(sys.modules, "cst.warehouse", None)
    with pytest.raises(Trouble, match="sqlglot"):
        export_sql(Asked(None, None, False, True, False, ()), "fire-visit", "duckdb")


def test_counts_and_scores_are_right_where_no_scheme_has_them(monkeypatch: pytest.MonkeyPatch) -> None:
    """At least k of several and sums, with what is not known at its worst and best: in SQLite, on every assignment."""
    import sqlite3
    from itertools import product

    from cst.rules import residual

    names = ("frailty", "physical-disability", "sensory-impairment", "hospital-discharge")
    facts = tuple(Fact(name, "is", True) for name in names)
    scored = (("alcohol-often", (("never", 0), ("monthly", 1), ("weekly", 3))), ("alcohol-units", (("a", 0), ("b", 2))))
    counted = AtLeast(2, (*facts[:3], Not(AnyOf((facts[3], AllOf(facts[:2]))))))
    database = sqlite3.connect(":memory:")
    writing = _Writing(shipped(), date(2026, 11, 24))
    for rule, values in (
        (counted, dict.fromkeys(names, (None, True, False))),
        (Sum(3, scored), {name: (None, *(choice for choice, _ in scores)) for name, scores in scored}),
    ):
        yes, no = writing.yes(rule).sql("sqlite"), writing.no(rule).sql("sqlite")
        called = ", ".join(f"? as {name.replace('-', '_')}" for name in values)
        for given in product(*values.values()):
            known = {name: value for name, value in zip(values, given, strict=True) if value is not None}
            sql = f"select case when {yes} then 1 when {no} then 0 end from (select {called})"
            said = database.execute(sql, given).fetchone()[0]
            left = residual(rule, known)
            assert said == (int(left) if isinstance(left, bool) else None), (rule, known)
