"""`cst screen` beside DuckDB's plain copy of the same file: `python -m benchmarks.screening [ROWS ...]`.

Each is a process of its own, in turn, several times; the ratio is of the quickest of each, the memory the most seen.
"""

from __future__ import annotations

import os
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

from benchmarks.people import write

TIMES = 5
PLAIN = """
import duckdb, sys
duckdb.sql(f"COPY (SELECT * FROM read_csv('{sys.argv[1]}', all_varchar=true)) TO '{sys.argv[2]}'")
"""


class Cost(NamedTuple):
    """What one run took."""

    seconds: float
    cpu: float  # seconds of all cores: says more than the clock where others share the machine
    peak_mb: float


def run(*command: str) -> Cost:
    """Runs a program with its words thrown away.

    Raises:
        RuntimeError: it did not end well.
    """
    started = time.perf_counter()
    child = os.fork()
    if not child:
        nowhere = os.open(os.devnull, os.O_RDWR)
        for stream in range(3):
            os.dup2(nowhere, stream)
        os.execv(command[0], command)
    _, status, used = os.wait4(child, 0)
    if status:
        raise RuntimeError(f"{command} ended with {os.waitstatus_to_exitcode(status)}")
    return Cost(time.perf_counter() - started, used.ru_utime + used.ru_stime, used.ru_maxrss / 1024)


def measured(rows: int, folder: Path, times: int) -> dict[str, list[Cost]]:
    """Both ways over one file, in turn."""
    people, output = folder / "people.csv", folder / "out.csv"
    write(people, rows)
    ways = {
        "DuckDB's plain copy": ("-c", PLAIN, str(people), str(output)),
        "cst screen": ("-m", "cst", "screen", "fire-visit", str(people), "--output", str(output)),
        "cst screen --summary": (
            "-m",
            "cst",
            "screen",
            "fire-visit",
            str(people),
            "--output",
            str(output),
            "--summary",
        ),
    }
    costs: dict[str, list[Cost]] = {way: [] for way in ways}
    for _ in range(times):
        for way, arguments in ways.items():
            output.unlink(missing_ok=True)
            costs[way].append(run(sys.executable, *arguments))
    return costs


def table(rows: int, costs: dict[str, list[Cost]]) -> str:
    """The quickest of each way, how many times the first that is, and the most memory."""
    lines = [
        f"| {rows:,} rows | seconds | times the copy | CPU seconds | times the copy | peak memory, MB |",
        "| --- | ---: | ---: | ---: | ---: | ---: |",
    ]
    least = {
        way: (min(cost.seconds for cost in found), min(cost.cpu for cost in found)) for way, found in costs.items()
    }
    clock, work = next(iter(least.values()))
    for way, (seconds, cpu) in least.items():
        most = max(cost.peak_mb for cost in costs[way])
        lines.append(f"| {way} | {seconds:.2f} | {seconds / clock:.2f} | {cpu:.2f} | {cpu / work:.2f} | {most:.0f} |")
    return "\n".join(lines)


def main(arguments: Sequence[str] = ()) -> str:
    """Measures as many rows as are named, and gives the tables."""
    tables = []
    for rows in [int(one) for one in arguments] or [1_000_000]:
        with tempfile.TemporaryDirectory() as folder:
            tables.append(table(rows, measured(rows, Path(folder), TIMES if rows <= 1_000_000 else 1)))
    return "\n\n".join(tables)


if __name__ == "__main__":
    print(main(sys.argv[1:]))
