"""Promise: the rule is the same elsewhere. `cst export sql` in real databases, on every assignment there is.

DuckDB and SQLite here, PostgreSQL where it is installed; Spark in the nightly run (see `tests/support/same_rule.py`).
T-SQL and BigQuery have no server that could be started here: their text is read by sqlglot, which wrote none of it,
and put to DuckDB.
"""

from __future__ import annotations

import os
import random
import sqlite3
from collections import Counter
from datetime import date
from itertools import product
from pathlib import Path
from typing import Any

import duckdb
import pytest
import sqlglot
from sqlglot import exp

from cst import card
from cst.rules import AllOf, AnyOf, AtLeast, Fact, Not, Rule, Sum, residual
from cst.screening import warehouse
from cst.screening.rule_sql import condition
from cst.screening.warehouse import CANNOT_SAY, DIALECTS, ELIGIBLE, NOT_ELIGIBLE, Column, Exported, People, exported
from cst.source.open import open_toolkit, shipped_files
from cst.toolkit.toolkit import Toolkit
from tests.support import ROOT, same_rule
from tests.support.command import cst
from tests.support.levels import NIGHTLY
from tests.support.states import shipped

DAY = date(2026, 11, 24)


def asked(rule: Rule, dialect: str, toolkit: Toolkit | None = None) -> str:
    """A rule as 1, 0 or NULL."""
    people = People(toolkit or shipped(), DAY, DIALECTS[dialect])
    return f"CASE WHEN {condition(rule, True, people)} THEN 1 WHEN {condition(rule, False, people)} THEN 0 END"


@pytest.mark.deep
@pytest.mark.parametrize("engine", ["duckdb", "sqlite"])
def test_the_rule_is_the_same_in(engine: str) -> None:
    """Every scheme, with and without areas: the verdict of the scalar evaluator on each assignment."""
    _, rules, rows, differing = same_rule.tried(engine)

    assert [] == differing
    assert rules >= 24
    assert rows >= 26_000


@pytest.mark.deep
def test_the_rule_is_the_same_in_postgres() -> None:
    """A server of its own, from the system's packages."""
    try:
        _, rules, rows, differing = same_rule.tried("postgres")
    except FileNotFoundError as missing:
        pytest.skip(str(missing))

    assert [] == differing
    assert rules >= 24
    assert rows >= 26_000


@pytest.mark.nightly
def test_the_rule_is_the_same_in_spark() -> None:
    """In local mode."""
    pytest.importorskip("pyspark")
    _, _, rows, differing = same_rule.tried("spark")

    assert [] == differing
    assert rows >= 26_000


def test_every_verdict_of_every_rule_is_among_what_is_tried() -> None:
    """Else two rules could agree because nearly everything tried is a yes."""
    for scheme in shipped().kind("schemes"):
        for area in same_rule.areas_of(scheme):
            assert {ELIGIBLE, NOT_ELIGIBLE, CANNOT_SAY} == set(same_rule.trial(scheme, area).expected)
    assert all(count > 2_000 for count in Counter(same_rule.trial("fire-visit", None).expected).values())


@pytest.mark.deep
@pytest.mark.parametrize("slip", [(">", "<"), (">", "<="), ("<=", ">"), (">=", ">=")])
def test_a_slip_in_the_translation_is_seen(slip: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """More than in the place of at least, and the like, differ in every scheme that compares a number so."""
    trials = [same_rule.trial(name, None) for name in ("marac-referral", "asb-case-review", "clares-law", "fire-visit")]
    assert [one.expected for one in trials] == [same_rule.sqlite(one) for one in trials]
    monkeypatch.setitem(warehouse._SIGNS, "at_least", slip)
    for one in trials:
        assert one.expected != same_rule.sqlite(one), one.scheme


class _Read(Exported):
    """A rule as it stands in one dialect, read as that dialect, and told to DuckDB in its own words."""

    def sql(self, dialect: str) -> str:
        """The text; `dialect` is the one it goes through."""
        text = sqlglot.transpile(super().sql(dialect), read=dialect, write="duckdb")[0]
        # The names of types are SQLite's own. The columns here have types of their own.
        return text.replace("IN ('integer', 'real')", "IN ('INTEGER')")


@pytest.mark.deep
@pytest.mark.parametrize("dialect", DIALECTS)
def test_each_dialect_means_the_same(dialect: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Read again by sqlglot and put to DuckDB: the verdicts of the scalar evaluator."""
    for scheme in shipped().kind("schemes"):
        one = same_rule.trial(scheme, None)
        text = _Read(*one.rule).sql(dialect)
        monkeypatch.setattr(_Read, "sql", lambda self, to, text=text: text)
        few = one._replace(rule=_Read(*one.rule), rows=one.rows[:1000], expected=one.expected[:1000])

        assert few.expected == same_rule.duckdb(few)
        monkeypatch.undo()


def test_t_sql_has_no_booleans() -> None:
    """There a condition is no value and TRUE is no word: a column is compared with 1 and 0."""
    for scheme in shipped().kind("schemes"):
        words = exported(shipped(), scheme, DAY, None).sql("tsql").upper().split()

        assert not {"TRUE", "FALSE", "IS TRUE"} & set(words)
        assert "CASE" in words


ODD: list[Any] = [
    "", " ", "yes", "no", "maybe", "true", "false", "100", "64", "70", "7O", b"1", 2, -1, 121, 999, 1e300, -0.5, "none",
]  # fmt: skip


def _is_answer(column: Column, held: Any) -> bool:
    """Whether what SQLite holds is an answer to the column's question."""
    record = shipped().kind("questions")[column.question]
    if column.kind == "boolean":
        return held in (0, 1, "0", "1")
    if column.kind == "integer":
        limits = record["constraint"]
        return isinstance(held, int | float) and bool(limits["at_least"] <= held <= limits["at_most"])
    return held in shipped().choices(record)


def _least(column: Column) -> Any:
    choices = shipped().choices(shipped().kind("questions")[column.question]) if column.kind == "text" else {}
    return next(iter(choices), 0)


@pytest.mark.parametrize("declared", ["", "text", "integer", "real", "boolean"])
@pytest.mark.parametrize("scheme", ["fire-visit", "marac-referral", "alcohol-check", "share-without-consent"])
def test_in_sqlite_what_is_no_answer_never_makes_a_no(scheme: str, declared: str) -> None:
    """There any column holds anything: text is more than any number, and a bare "yes" would count as 0."""
    rule = exported(shipped(), scheme, DAY, None)
    database = sqlite3.connect(":memory:")
    database.execute(f"create table people ({', '.join(f'{one.name} {declared}' for one in rule.columns)})")
    sql = rule.sql("sqlite")
    insert = f"insert into people values ({', '.join('?' * len(rule.columns))})"
    least = {one.name: _least(one) for one in rule.columns}

    def said(name: str, value: Any) -> tuple[Any, str]:
        database.execute("delete from people")
        database.execute(insert, tuple({**least, name: value}.values()))
        found = database.execute(f"select {name}, {sql} from people").fetchone()
        return found[0], found[1]

    seen = Counter[str]()
    for column in rule.columns:
        _, unknown = said(column.name, None)
        for odd in ODD:
            held, verdict = said(column.name, odd)
            if not _is_answer(column, held):
                seen[verdict] += 1
                assert unknown == verdict, (column.name, held)
    assert sum(seen.values()) > 8 * len(rule.columns)
    assert scheme == "alcohol-check" or seen[CANNOT_SAY]  # there one score more is not yet enough
    assert declared not in ("", "integer") or said(*next(iter(least.items())))[1] == NOT_ELIGIBLE


def test_in_duckdb_what_is_no_number_never_makes_a_no() -> None:
    """Nor do endless numbers; there they are more than any other."""
    rule = exported(shipped(), "marac-referral", DAY, None).sql("duckdb")
    others = "true as dash_done, false as professional_judgement, false as marac_repeat, 0 as incidents_in_12_months"
    for number in ("'nan'", "'infinity'", "'-infinity'", "-1", "25", "1e300", "NULL"):
        people = f"(select {others}, cast({number} as double) as dash_count)"
        found = duckdb.connect().execute(f"select {rule} from {people}").fetchone()

        assert (CANNOT_SAY,) == found, number


def test_in_sqlite_a_column_that_is_missing_is_an_error() -> None:
    """In double quotes it would be taken for a text, without a word."""
    database = sqlite3.connect(":memory:")
    database.execute("create table people (significant_harm)")

    with pytest.raises(sqlite3.OperationalError, match="child_needs_help"):
        database.execute(f"select {exported(shipped(), 'child-referral', DAY, None).sql('sqlite')} from people")


@pytest.mark.deep
@pytest.mark.parametrize("name", ["order", "select", "user", "2nd-case", "table"])
def test_a_question_may_be_called_what_the_database_keeps_for_itself(name: str, tmp_path: Path) -> None:
    """A team's own questions have names of their own, and names stand in quotes."""
    overlay = tmp_path / "team.yaml"
    overlay.write_text(f"questions:\n  {name}:\n    ask: Is it so?\n    why: We ask.\n    type: yes-no\n", "utf-8")
    toolkit = open_toolkit(shipped_files(), [str(overlay)], None)
    rule = Fact(name, "is", True)
    column = name.replace("-", "_")

    for value, said in (("1", 1), ("0", 0), ("NULL", None)):
        people = f"(select {value} as `{column}`)"
        lite = sqlite3.connect(":memory:").execute(f"select {asked(rule, 'sqlite', toolkit)} from {people}")
        people = f'(select cast({value} as boolean) as "{column}")'
        duck = duckdb.connect().execute(f"select {asked(rule, 'duckdb', toolkit)} from {people}")
        assert (said,) == lite.fetchone() == duck.fetchone()
    for dialect in DIALECTS:
        read = sqlglot.parse_one(asked(rule, dialect, toolkit), read=dialect)
        assert column == read.find(exp.Column).name  # type: ignore[union-attr]


def test_ticks_may_be_known_one_by_one() -> None:
    """Of a question with several choices some columns may be NULL: each is a yes-no fact of its own."""
    ticks = ("smoking", "hoarding", "alone")
    rule = AnyOf((Fact("home-fire-risks", "one_of", ticks[:2]), Fact("home-fire-risks", "includes", ticks[2])))
    alike = AnyOf(tuple(Fact(tick, "is", True) for tick in ticks))
    _same_in_sqlite(rule, alike, {tick: f"home_fire_risks__{tick}" for tick in ticks}, (None, True, False))
    _same_in_sqlite(Not(rule), Not(alike), {tick: f"home_fire_risks__{tick}" for tick in ticks}, (None, True, False))


def _same_in_sqlite(rule: Rule, alike: Rule, columns: dict[str, str], values: tuple[Any, ...]) -> None:
    """A rule in SQLite gives what `alike` gives to the residual, on each assignment of the questions of `alike`."""
    people = ", ".join(f"? as {column}" for column in columns.values())
    sql = f"select {asked(rule, 'sqlite')} from (select {people})"
    database = sqlite3.connect(":memory:")
    for given in product(values, repeat=len(columns)):
        left = residual(alike, {name: one for name, one in zip(columns, given, strict=True) if one is not None})
        wanted = int(left) if isinstance(left, bool) else None
        assert wanted == database.execute(sql, given).fetchone()[0], (rule, given)


YES_NO = ("frailty", "physical-disability", "sensory-impairment", "hospital-discharge")


def _some_rule(chance: random.Random, depth: int) -> Rule:
    if depth == 0 or chance.random() < 0.2:
        return Fact(chance.choice(YES_NO), chance.choice(("is", "is_not")), chance.random() < 0.5)
    parts = tuple(_some_rule(chance, depth - 1) for _ in range(chance.randint(1, 4)))
    return chance.choice((AnyOf(parts), AllOf(parts), Not(parts[0]), AtLeast(chance.randint(1, len(parts)), parts)))


def test_any_rule_is_the_same() -> None:
    """Rules that no scheme has, of any shape and depth, with at least k of several: on all their assignments."""
    for seed in range(2000 if NIGHTLY else 100):
        rule = _some_rule(random.Random(seed), 4)
        _same_in_sqlite(rule, rule, {name: name.replace("-", "_") for name in YES_NO}, (None, True, False))


@pytest.mark.parametrize("least", range(-1, 11))
def test_scores_are_summed_with_what_is_not_known_at_its_worst_and_best(least: int) -> None:
    """Of every sum that could be asked for, on every assignment; a choice that is not on the list is not known."""
    scored = (
        ("drink-often", (("never", 0), ("monthly", 1), ("few-a-week", 3))),
        ("drink-units", (("one-or-two", 0), ("ten-or-more", 4))),
        ("drink-heavy", (("not-at-all", 1), ("daily", 2))),
    )
    rule = Sum(least, scored)
    people = ", ".join(f"? as {name.replace('-', '_')}" for name, _ in scored)
    database = sqlite3.connect(":memory:")
    sql = f"select {asked(rule, 'sqlite')} from (select {people})"
    for given in product(*((None, "other", *(choice for choice, _ in scores)) for _, scores in scored)):
        known = {name: one for (name, _), one in zip(scored, given, strict=True) if one not in (None, "other")}
        left = residual(rule, known)
        said = database.execute(sql, given).fetchone()
        assert ((int(left) if isinstance(left, bool) else None),) == said


NUMBERS = [None, -1, 0, 64, 65, 66, 120, 121]
OFTEN = [None, "other", "never", "monthly", "few-a-month", "few-a-week", "most-days"]


@pytest.mark.deep
@pytest.mark.parametrize(
    "fact",
    [
        *(Fact("age", sign, 65) for sign in ("is", "is_not", "at_least", "at_most", "more_than", "less_than")),
        *(Fact("drink-often", sign, "monthly") for sign in ("is", "is_not")),
        Fact("drink-often", "one_of", ("never", "monthly")),
        Fact("drink-often", "one_of", tuple(OFTEN[2:])),  # type: ignore[arg-type]
    ],
    ids=lambda fact: f"{fact.question} {fact.operator} {fact.value}",
)
def test_each_comparison_is_the_same(fact: Fact) -> None:
    """Every operator of the grammar, and its opposite, on its answers, their limits and what is no answer."""
    values = NUMBERS if fact.question == "age" else OFTEN
    for rule in (fact, Not(fact)):
        for value in values:
            known = {} if value in (None, -1, 121, "other") else {fact.question: value}
            _same_in_both(shipped(), rule, fact.question, value, known)


def _same_in_both(toolkit: Toolkit, rule: Rule, question: str, value: Any, known: dict[str, Any]) -> None:
    """A rule about one question is the residual's, in DuckDB and SQLite, where its column holds a value."""
    left = residual(rule, known)
    wanted = (int(left) if isinstance(left, bool) else None,)
    sql = f"select {{}} from (select ? as {question.replace('-', '_')})"
    lite = sqlite3.connect(":memory:").execute(sql.format(asked(rule, "sqlite", toolkit)), (value,))
    duck = duckdb.connect().execute(sql.format(asked(rule, "duckdb", toolkit)), (value,))

    assert wanted == lite.fetchone() == duck.fetchone(), (rule, value)


def test_a_number_has_the_limits_of_its_question(tmp_path: Path) -> None:
    """What is beyond them, below or above, is not known."""
    overlay = tmp_path / "team.yaml"
    overlay.write_text(
        "questions:\n  our-score:\n    ask: How many?\n    why: We ask.\n    type: number\n"
        "    constraint: {at_least: 10, at_most: 20, message: From 10 to 20.}\n",
        "utf-8",
    )
    toolkit = open_toolkit(shipped_files(), [str(overlay)], None)
    for value in (None, 0, 9, 10, 15, 20, 21):
        known = {"our-score": value} if value in (10, 15, 20) else {}
        _same_in_both(toolkit, Fact("our-score", "at_least", 15), "our-score", value, known)
        _same_in_both(toolkit, Fact("our-score", "at_most", 15), "our-score", value, known)


@pytest.mark.parametrize("dialect", DIALECTS)
def test_no_list_of_choices_is_empty(dialect: str) -> None:
    """Some databases refuse one: what every choice meets, no choice fails."""
    every = Fact("drink-often", "one_of", tuple(OFTEN[2:]))  # type: ignore[arg-type]

    assert "()" not in asked(every, dialect)


def test_the_head_says_what_it_is_and_which_columns_it_needs() -> None:
    """Edition, day, area, sources, and each column with its question; then nothing but the expression."""
    options = ("--scheme", "marac-referral", "--area", "southampton", "--at", "2026-11-24T10:00")
    ran = cst("export", "sql", "--dialect", "duckdb", *options)
    head = [line for line in ran.stdout.splitlines() if line.startswith("-- ")]

    assert 0 == ran.returncode
    for words in ("edition 2026.1", "Figures of 2026-11-24", "Southampton", "Source: ", "dash_count integer", "NULL"):
        assert any(words in line for line in head), words
    assert ran.stdout.split("\n")[len(head)].startswith("CASE")
    assert ran.stdout.rstrip().endswith("END")


@pytest.mark.deep
@pytest.mark.parametrize("scheme", shipped().kind("schemes"))
def test_what_is_printed_runs_as_it_stands(scheme: str) -> None:
    """With its comments, between SELECT and FROM; the head names each column that is used, and no other."""
    said = cst("export", "sql", "--scheme", scheme, "--dialect", "sqlite").stdout
    used = {column.name for column in sqlglot.parse_one(said, read="sqlite").find_all(exp.Column)}
    named = [
        line.split()[1]
        for line in said.splitlines()
        if " boolean: " in line or " integer: " in line or " text: " in line
    ]
    people = ", ".join(f"NULL as {name}" for name in named)

    assert sorted(used) == sorted(named)
    assert [(CANNOT_SAY,)] == sqlite3.connect(":memory:").execute(f"select {said} from (select {people})").fetchall()


def test_area_and_day_are_those_asked_for() -> None:
    """An area with a rule of its own has another expression."""
    asked = ("export", "sql", "--scheme", "asb-case-review", "--dialect", "spark")

    assert "asb_hate_reports" not in cst(*asked).stdout
    assert "asb_hate_reports" in cst(*asked, "--area", "hart").stdout
    assert "Figures of 2026-12-01" in cst(*asked, "--at", "2026-12-01T10:00").stdout


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


def test_writing_sql_needs_nothing_that_is_not_installed(tmp_path: Path) -> None:
    """Neither DuckDB nor sqlglot."""
    for name in ("sqlglot", "duckdb"):
        (tmp_path / f"{name}.py").write_text(f"raise ModuleNotFoundError(name='{name}')\n", "utf-8")
    ours = os.pathsep.join((str(tmp_path), os.environ.get("PYTHONPATH") or str(ROOT)))
    ran = cst("export", "sql", "--scheme", "fire-visit", "--dialect", "duckdb", PYTHONPATH=ours)

    assert (0, "") == (ran.returncode, ran.stderr)
    assert "THEN 'eligible'" in ran.stdout
