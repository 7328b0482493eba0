"""The same people through other rule engines: `python -m benchmarks.rules [--rows 100000]`.

Each engine does the whole job, CSV to CSV: the rule of the fire visit over invented people, and one of three verdicts
for each. It is given the rule as its users would write it. None of them knows "cannot say", so each is asked twice
where it must be: once with what is missing taken for no, and if that is not enough, once with it taken for yes. The
verdicts of all must be the same, or nothing is measured. cst also says why, and what would settle it; they do not.
What is not installed is left out: zen-engine, datalogic-py (JSON Logic in Rust), openfisca-core.
"""

from __future__ import annotations

import argparse
import csv
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from datetime import date
from pathlib import Path
from typing import Any

from benchmarks.people import YES_NO, write

ON = date(2026, 11, 24)
YES, NO = ("yes", "Y"), ("no", "N")
ELIGIBLE, NOT_ELIGIBLE, CANNOT_SAY = "eligible", "not-eligible", "cannot-say"
OLDEST = 120
ALONE = (
    "physical-disability",
    "frailty",
    "sensory-impairment",
    "substance-dependence",
    "medication-effects",
    "unable-to-protect-self",
    "domestic-abuse-experienced",
)
BOTH = (
    ("cognitive-impairment", "increased-vulnerability"),
    ("learning-or-mental-health", "increased-vulnerability"),
    ("hospital-discharge", "fire-risk-concerns"),
)
PLAIN = "DuckDB's plain copy"
COPY = """
import duckdb, sys
duckdb.sql(f"COPY (SELECT * FROM read_csv('{sys.argv[1]}', all_varchar=true)) TO '{sys.argv[2]}'")
"""


Answers = dict[str, Any]


def people(file: Path) -> Iterator[tuple[list[str], Answers, Answers]]:
    """Each row, and its answers as an engine wants them: with what is missing as no, and with it as yes."""
    with file.open(encoding="utf-8", newline="") as source:
        rows = csv.reader(source)
        places = {name: place for place, name in enumerate(next(rows))}
        asked = [(name.replace("-", "_"), places[name]) for name in YES_NO]
        born_at, home_at = places["date of birth"], places["home fire risks"]
        for row in rows:
            least: Answers = {name: row[place] in YES for name, place in asked}
            most: Answers = {name: row[place] not in NO for name, place in asked}
            least["age"], most["age"] = _ages(row[born_at])
            least["home"], most["home"] = row[home_at] not in ("", "none", "dk"), row[home_at] != "none"
            yield row, least, most


def _ages(born: str) -> tuple[int, int]:
    if not born:
        return 0, OLDEST
    year, month, day = map(int, born.split("-"))
    age = ON.year - year - ((ON.month, ON.day) < (month, day))
    return age, age


def row_by_row(evaluate: Callable[[Answers], Any]) -> Callable[[Path, Path], None]:
    """A run in which the engine is asked about each row in turn."""

    def run(source: Path, target: Path) -> None:
        with target.open("w", encoding="utf-8", newline="") as sink:
            writer = csv.writer(sink)
            writer.writerow(("verdict",))
            for row, least, most in people(source):
                verdict = ELIGIBLE if evaluate(least) else CANNOT_SAY if evaluate(most) else NOT_ELIGIBLE
                writer.writerow([*row, verdict])

    return run


def zen() -> Callable[[Path, Path], None]:
    """GoRules ZEN, its expression compiled once."""
    import zen as engine

    parts = ["age >= 65", *(_called(name) for name in ALONE), *(f"({' and '.join(map(_called, two))})" for two in BOTH)]
    return row_by_row(engine.compile_expression(" or ".join([*parts, "home"])).evaluate)


def json_logic() -> Callable[[Path, Path], None]:
    """JSON Logic in Rust, its rule compiled once."""
    import datalogic_py as engine

    alone = [{"var": _called(name)} for name in ALONE]
    both = [{"and": [{"var": _called(name)} for name in two]} for two in BOTH]
    rule = {"or": [{">=": [{"var": "age"}, 65]}, *alone, *both, {"var": "home"}]}
    return row_by_row(engine.Engine().compile(rule).evaluate)


def openfisca() -> Callable[[Path, Path], None]:
    """OpenFisca, over whole columns at once, which is how it is quick."""
    import numpy
    from openfisca_core import entities, periods, simulations, taxbenefitsystems, variables

    person = entities.build_entity(key="person", plural="persons", label="Person", is_person=True)
    names = [*map(_called, YES_NO), "home"]
    system = taxbenefitsystems.TaxBenefitSystem([person])

    def variable(name: str, kind: type, **more: Any) -> None:
        body = {
            "value_type": kind,
            "entity": person,
            "definition_period": periods.DateUnit.YEAR,
            "label": name,
            **more,
        }
        system.add_variable(type(name, (variables.Variable,), body))

    for name in names:
        variable(name, bool)
    variable("age", int)

    def formula(of: Any, period: Any) -> Any:
        both = [of(_called(one), period) & of(_called(two), period) for one, two in BOTH]
        alone = [of(_called(name), period) for name in ALONE]
        said = (of("age", period) >= 65) | of("home", period)
        for part in (*alone, *both):
            said = said | part
        return said

    variable("eligible", bool, formula=formula)

    def calculated(answers: Sequence[Answers]) -> Any:
        population = simulations.SimulationBuilder().build_default_simulation(system, count=len(answers))
        for name in (*names, "age"):
            kind = numpy.int32 if name == "age" else numpy.bool_
            population.set_input(name, "2026", numpy.array([one[name] for one in answers], kind))
        return population.calculate("eligible", "2026")

    def run(source: Path, target: Path) -> None:
        rows, least, most = zip(*people(source), strict=True)
        said = numpy.where(calculated(least), ELIGIBLE, numpy.where(calculated(most), CANNOT_SAY, NOT_ELIGIBLE))
        with target.open("w", encoding="utf-8", newline="") as sink:
            writer = csv.writer(sink)
            writer.writerow(("verdict",))
            for row, verdict in zip(rows, said, strict=True):
                writer.writerow([*row, verdict])

    return run


def _called(name: str) -> str:
    return name.replace("-", "_")


def program(*arguments: str) -> Callable[[Path, Path], None]:
    """A run by a program of its own; SOURCE and TARGET stand for the files."""

    def run(source: Path, target: Path) -> None:
        given = [{"SOURCE": str(source), "TARGET": str(target)}.get(one, one) for one in arguments]
        subprocess.run([sys.executable, *given], check=True, capture_output=True)

    return run


def engines() -> dict[str, Callable[[Path, Path], None]]:
    """All that are installed."""
    found = {
        PLAIN: program("-c", COPY, "SOURCE", "TARGET"),
        "cst screen": program(
            "-m", "cst", "screen", "fire-visit", "SOURCE", "--output", "TARGET", "--at", f"{ON}T10:00"
        ),
    }
    for name, engine in (("JSON Logic (Rust)", json_logic), ("ZEN", zen), ("OpenFisca", openfisca)):
        try:
            found[name] = engine()
        except ImportError:
            continue
    return found


def measured(rows: int, times: int) -> dict[str, float]:
    """The least seconds of each over the same people.

    Raises:
        ValueError: they do not all come to the same verdicts.
    """
    with tempfile.TemporaryDirectory() as folder:
        source, target = Path(folder) / "people.csv", Path(folder) / "out.csv"
        write(source, rows)
        ways = engines()
        taken: dict[str, list[float]] = {name: [] for name in ways}
        verdicts: dict[str, int] = {}
        for _ in range(times):
            for name, run in ways.items():
                target.unlink(missing_ok=True)
                started = time.perf_counter()
                run(source, target)
                taken[name].append(time.perf_counter() - started)
                if name != PLAIN:
                    verdicts[name] = _verdicts(target)
        if len(set(verdicts.values())) != 1:
            raise ValueError(f"not the same verdicts: {verdicts}")
    return {name: min(one) for name, one in taken.items()}


def _verdicts(target: Path) -> int:
    """All verdicts of a run, in order, as one number to compare. cst puts three cells after its own."""
    with target.open(encoding="utf-8", newline="") as file:
        rows = csv.reader(file)
        place = -4 if next(rows)[-1] == "cst_status" else -1
        return hash(tuple(row[place] for row in rows))


def main(arguments: Sequence[str] | None = None) -> str:
    """Measures and gives the table."""
    reading = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    reading.add_argument("--rows", type=int, default=100_000)
    reading.add_argument("--times", type=int, default=3)
    asked = reading.parse_args(arguments)
    costs = measured(asked.rows, asked.times)
    ours = costs["cst screen"]
    rows = (f"| {name} | {cost:.2f} | {cost / ours:.2f} |" for name, cost in costs.items())
    head = f"| {asked.rows:,} people, CSV to CSV | seconds | times cst screen |"
    return "\n".join((head, "| --- | ---: | ---: |", *rows))


if __name__ == "__main__":
    print(main())
