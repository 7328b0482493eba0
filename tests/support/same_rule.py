"""The exported rule in real databases, against the scalar evaluator: `python -m tests.support.same_rule [ENGINE ...]`.

Each scheme's rule is put to every assignment of its questions: each answer that can matter, not known, and values that
are no answer (a number beyond its limits, a choice that is not on the list), which must count as not known. Where that
would be too many (the fire visit), to every assignment of each part of the rule that shares no question with the
others, and to 20,000 assignments of the whole by chance, always the same ones. Engines: duckdb, sqlite, postgres (a
server of its own, from the system's packages, on a socket in a temporary folder) and spark (in local mode; needs
pyspark and Java).
"""

from __future__ import annotations

import csv
import os
import random
import shutil
import sqlite3
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator, Sequence
from functools import lru_cache
from importlib import metadata
from itertools import product
from math import prod
from pathlib import Path
from typing import Any, NamedTuple

from cst.checks.state_space import Ways, independent
from cst.engine.answers import Answers
from cst.engine.plan import scheme_rule
from cst.engine.situation import Situation
from cst.engine.verdict import verdict
from cst.rules import questions, residual
from cst.screening.warehouse import CANNOT_SAY, ELIGIBLE, NOT_ELIGIBLE, Column, Exported, exported
from tests.support.states import TUESDAY, shipped

MOST = 20_000  # assignments of a whole rule that are all tried
CHANCE = 20_000  # assignments by chance, where there are more
LOOKED_AT = 50  # of so many assignments one is given to `verdict` itself; it decides by the residual, as the rest do
SEED = 20261123
Row = tuple[Any, ...]


class NoAnswer(NamedTuple):
    """What may stand in a column and answers nothing."""

    value: int | str


def known_of(given: dict[str, Any]) -> dict[str, Any]:
    """What is known where these values stand in the columns."""
    return {name: value for name, value in given.items() if not isinstance(value, NoAnswer)}


class Trial(NamedTuple):
    """A rule, the rows to put to it, and what the scalar evaluator says of each."""

    scheme: str
    area: str | None
    rule: Exported
    rows: list[Row]
    expected: list[str]


def areas_of(scheme: str) -> list[str | None]:
    """No area, and each that has a rule of its own."""
    return [None, *shipped().kind("schemes")[scheme].get("area_rules", {})]


@lru_cache
def trial(scheme: str, area: str | None) -> Trial:
    """All that is tried of a scheme in an area."""
    rule = exported(shipped(), scheme, TUESDAY.date(), area)
    asked = list(dict.fromkeys(column.question for column in rule.columns))
    given = list(_assignments(scheme, area, asked))
    expected = [_said(scheme, area, known_of(one)) for one in given]
    for one, said in list(zip(given, expected, strict=True))[::LOOKED_AT]:
        assert said == verdict(shipped(), scheme, Answers(known_of(one)), TUESDAY, area)["verdict"]
    return Trial(scheme, area, rule, [_row(rule.columns, known) for known in given], expected)


def _said(scheme: str, area: str | None, known: dict[str, Any]) -> str:
    """The verdict, by the primitive that decides it: the whole of `verdict` takes fifty times as long."""
    here = Situation(shipped(), Answers(known), TUESDAY, area)
    left = residual(here.rule(scheme_rule(shipped().kind("schemes")[scheme], shipped(), area)[0]), here.answers.known)
    return (ELIGIBLE if left else NOT_ELIGIBLE) if isinstance(left, bool) else CANNOT_SAY


def _no_answers(name: str) -> list[NoAnswer]:
    record = shipped().kind("questions")[name]
    if record["type"] == "number":
        limits = record["constraint"]
        return [NoAnswer(limits["at_least"] - 1), NoAnswer(limits["at_most"] + 1)]
    return [NoAnswer("none-of-these")] if record["type"] == "choice" else []


def _assignments(scheme: str, area: str | None, asked: Sequence[str]) -> Iterator[dict[str, Any]]:
    whole = shipped().rule(scheme_rule(shipped().kind("schemes")[scheme], shipped(), area)[0], TUESDAY.date())
    records = [shipped().kind("questions")[name] for name in questions(whole)]
    implying = [shipped().rule(one["implied_by"], TUESDAY.date()) for one in records if "implied_by" in one]
    ways = Ways(shipped(), [whole, *implying])
    values = {name: [None, *ways.of(name), *_no_answers(name)] for name in asked}
    if prod(map(len, values.values())) <= MOST:
        yield from _every(values)
        return
    for part in independent(residual(whole, {})):
        of_part = {name: values[name] for name in questions(part)}
        if prod(map(len, of_part.values())) <= MOST:
            yield from _every(of_part)
    yield from _by_chance(values)


def _by_chance(values: dict[str, list[Any]]) -> Iterator[dict[str, Any]]:
    """Assignments from mostly no to anything, and from all known to little known: else nearly all would be a yes."""
    chance = random.Random(SEED)
    least = {name: min((one for one in some if one is not None), key=_size) for name, some in values.items()}
    for _ in range(CHANCE):
        least_share, known_share = chance.choice((0.5, 0.9, 1)), chance.choice((0.5, 0.9, 1))
        yield {
            name: least[name] if chance.random() < least_share else chance.choice(some[1:])
            for name, some in values.items()
            if chance.random() < known_share
        }


def _size(value: Any) -> int:
    """How much a value counts towards yes; what is no answer counts most, so that it is never the least."""
    if isinstance(value, NoAnswer | str):
        return 9_999
    return len(value) if isinstance(value, frozenset) else int(value)


def _every(values: dict[str, list[Any]]) -> Iterator[dict[str, Any]]:
    for chosen in product(*values.values()):
        yield {name: value for name, value in zip(values, chosen, strict=True) if value is not None}


def _row(columns: Sequence[Column], known: dict[str, Any]) -> Row:
    return tuple(
        None
        if (value := known.get(column.question)) is None
        else column.choice in value
        if column.choice is not None
        else value.value
        if isinstance(value, NoAnswer)
        else value
        for column in columns
    )


# Engines: each gives the verdicts on the rows of a trial, in order


def sqlite(one: Trial) -> list[str]:
    """In memory."""
    database = sqlite3.connect(":memory:")
    names = ", ".join(column.name for column in one.rule.columns)
    database.execute(f"create table people (number integer, {names})")
    marks = ", ".join("?" * (len(one.rule.columns) + 1))
    database.executemany(f"insert into people values ({marks})", ((n, *row) for n, row in enumerate(one.rows)))
    found = database.execute(f"select {one.rule.sql('sqlite')} from people order by number").fetchall()
    database.close()
    return [said for (said,) in found]


def duckdb(one: Trial) -> list[str]:
    """In memory, from a CSV file."""
    import duckdb as engine

    kinds = {"boolean": "BOOLEAN", "integer": "INTEGER", "text": "VARCHAR"}
    with tempfile.TemporaryDirectory() as folder:
        columns = {"number": "INTEGER", **{column.name: kinds[column.kind] for column in one.rule.columns}}
        source = f"read_csv('{_csv(one, Path(folder))}', header=false, columns={columns}, nullstr='')"
        database = engine.connect()
        database.execute(f"create table people as from {source}")
    found = database.execute(f"select {one.rule.sql('duckdb')} from people order by number").fetchall()
    return [said for (said,) in found]


class Postgres:
    """A server of its own, for as long as the trials take."""

    def __init__(self) -> None:
        """Starts it.

        Raises:
            FileNotFoundError: it is not installed.
        """
        self.programs = max(Path("/usr/lib/postgresql").glob("*/bin"), default=Path("nowhere"))
        if not (self.programs / "initdb").exists():
            raise FileNotFoundError("PostgreSQL is not installed")
        self.folder = Path(tempfile.mkdtemp(prefix="cst-postgres-"))
        self.user = "nobody" if os.getuid() == 0 else ""  # it refuses to run as root
        if self.user:
            shutil.chown(self.folder, self.user)
        self._run("initdb", "-D", str(self.folder / "data"), "-U", "cst", "--auth=trust", "--no-sync", "-E", "UTF8")
        options = f"-c listen_addresses='' -c unix_socket_directories='{self.folder}' -c fsync=off"
        self._run(
            "pg_ctl", "-D", str(self.folder / "data"), "-w", "-l", str(self.folder / "log"), "-o", options, "start"
        )

    def _run(self, program: str, *arguments: str, text: str | None = None) -> str:
        command = [str(self.programs / program), *arguments]
        ran = subprocess.run(
            command, input=text, text=True, capture_output=True, user=self.user or None, cwd=self.folder, check=False
        )
        if ran.returncode:
            raise RuntimeError(f"{program}: {ran.stderr}")
        return ran.stdout

    def __call__(self, one: Trial) -> list[str]:
        kinds = {"boolean": "boolean", "integer": "integer", "text": "text"}
        names = ", ".join(f"{column.name} {kinds[column.kind]}" for column in one.rule.columns)
        file = _csv(one, self.folder)
        script = (
            f"create temporary table people (number integer, {names});\n\\copy people from '{file}' csv\n"
            f"select {one.rule.sql('postgres')} from people order by number;\n"
        )
        arguments = ("-h", str(self.folder), "-U", "cst", "-d", "postgres", "-qAt", "-v", "ON_ERROR_STOP=1")
        return self._run("psql", *arguments, text=script).splitlines()

    def close(self) -> str:
        """Stops it and gives its version."""
        version = self._run("postgres", "--version").strip()
        self._run("pg_ctl", "-D", str(self.folder / "data"), "-m", "immediate", "stop")
        shutil.rmtree(self.folder)
        return version


class Spark:
    """A session in local mode."""

    def __init__(self) -> None:
        """Starts it.

        Raises:
            ImportError: pyspark is not installed.
        """
        from pyspark.sql import SparkSession

        self.session = (
            SparkSession.builder.master("local[1]")
            .config("spark.ui.enabled", "false")
            .config("spark.driver.host", "127.0.0.1")
            .config("spark.driver.bindAddress", "127.0.0.1")
            .config("spark.sql.shuffle.partitions", "1")
            .getOrCreate()
        )
        self.session.sparkContext.setLogLevel("ERROR")

    def __call__(self, one: Trial) -> list[str]:
        kinds = {"boolean": "boolean", "integer": "int", "text": "string"}
        schema = ", ".join(["number int", *(f"{column.name} {kinds[column.kind]}" for column in one.rule.columns)])
        with tempfile.TemporaryDirectory() as folder:
            people = self.session.read.csv(str(_csv(one, Path(folder))), schema=schema)
            said = people.selectExpr("number", f"{one.rule.sql('spark')} as said").orderBy("number").collect()
        return [row["said"] for row in said]

    def close(self) -> str:
        """Stops it and gives its version."""
        version = f"Spark {self.session.version}"
        self.session.stop()
        return version


def _csv(one: Trial, folder: Path) -> Path:
    """The rows in a file, each with its number; what is not known is empty."""
    file = folder / "people.csv"
    with file.open("w", encoding="utf-8", newline="") as sink:
        writer = csv.writer(sink)
        for number, row in enumerate(one.rows):
            writer.writerow((number, *("" if value is None else str(value).lower() for value in row)))
    return file


def compared(engine: Callable[[Trial], list[str]]) -> tuple[int, int, list[str]]:
    """How many rules and assignments were put to an engine, and where it differs from the scalar evaluator."""
    rules = rows = 0
    differing = []
    for scheme in shipped().kind("schemes"):
        for area in areas_of(scheme):
            one = trial(scheme, area)
            found = engine(one)
            rules, rows = rules + 1, rows + len(one.rows)
            assert len(one.rows) == len(found)
            differing += [
                f"{scheme} in {area}: {row} is {said}, not {wanted}"
                for row, said, wanted in zip(one.rows, found, one.expected, strict=True)
                if said != wanted
            ]
    return rules, rows, differing


IN_PROCESS: dict[str, Callable[[Trial], list[str]]] = {"duckdb": duckdb, "sqlite": sqlite}
ENGINES = ("duckdb", "sqlite", "postgres", "spark")


def _version(name: str) -> str:
    return f"SQLite {sqlite3.sqlite_version}" if name == "sqlite" else f"DuckDB {metadata.version('duckdb')}"


def tried(name: str) -> tuple[str, int, int, list[str]]:
    """An engine's version, how many rules and assignments were put to it, and where it differs.

    Raises:
        ImportError, FileNotFoundError: it is not installed.
    """
    if name in IN_PROCESS:
        return (_version(name), *compared(IN_PROCESS[name]))
    server = Postgres() if name == "postgres" else Spark()
    try:
        found = compared(server)
    finally:
        version = server.close()
    return (version, *found)


def main(wanted: Sequence[str]) -> int:
    """Tries each engine that is there; prints what was tried and what differs."""
    worst = 0
    schemes = len(shipped().kind("schemes"))
    for name in wanted or ENGINES:
        try:
            version, rules, rows, differing = tried(name)
        except (ImportError, FileNotFoundError) as missing:
            print(f"{name}: not tried, {missing}")
            worst = 1
            continue
        print(f"{version}: {schemes} schemes, {rules} rules, {rows} assignments, {len(differing)} that differ")
        print("\n".join(differing[:5]), end="\n" if differing else "")
        worst = max(worst, bool(differing))
    return worst


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
