"""What happens as a toolkit grows: `python -m benchmarks.growth [--plot FILE.svg]`.

The shipped toolkit, and copies with 5,000 and 50,000 invented contacts more. Look-up is a whole process, as a ratio to
a bare start; a search and a plan are steps inside a running one, with the toolkit open; `cst check` is a whole run.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import NamedTuple

from benchmarks.directory import ROOT, made
from benchmarks.starting import measured, piped

MORE = (0, 5_000, 50_000)
INSIDE = """
import json, statistics, sys, time
from datetime import datetime
from cst.engine.answers import Answers
from cst.cli.request import LONDON, open_with
from cst.engine.plan import plan
from cst.toolkit.search.find import Search

toolkit = open_with([])
at = datetime(2026, 11, 24, 10, tzinfo=LONDON)
search = Search(toolkit.words())
known = {"immediate-danger": False, "concerns": frozenset({"domestic-abuse"})}

def median(step):
    taken = []
    for _ in range(15):
        started = time.perf_counter()
        step()
        taken.append(time.perf_counter() - started)
    return statistics.median(taken) * 1000

print(json.dumps({
    "contacts": len(toolkit.kind("contacts")),
    "search": median(lambda: search.find("my neighbour shouts at her children")),
    "plan": median(lambda: plan(toolkit, Answers(known), at, "gosport")),
}))
"""


class Grown(NamedTuple):
    """What a toolkit of some size costs: times a bare start, milliseconds, megabytes and seconds."""

    contacts: int
    look_up: float
    look_up_mb: float
    search_ms: float
    plan_ms: float
    check_s: float


def grown(more: int, folder: Path, times: int) -> Grown:
    """Measures one size; the run-time copy is made before anything is timed."""
    place = made(folder / str(more), more) if more else ROOT
    given = {"PYTHONPATH": "", "XDG_CACHE_HOME": str(folder / f"cache-{more}")}
    environment = {**os.environ, **given}
    look_up = (sys.executable, "-m", "cst", "lookup", "marac")
    ways: dict[str, Callable[[], object]] = {
        "bare": piped(sys.executable, "-c", "pass"),
        "look-up": piped(*look_up, place=place, **given),
    }
    costs = measured(ways, times)
    inside = subprocess.run([sys.executable, "-c", INSIDE], env=environment, cwd=place, capture_output=True, check=True)
    said = json.loads(inside.stdout)
    started = time.perf_counter()
    command = [sys.executable, "-m", "cst", "check", "--json"]
    subprocess.run(command, env=environment, cwd=place, capture_output=True, check=False)
    check = time.perf_counter() - started
    peak = _peak(look_up, environment, place)
    return Grown(said["contacts"], costs["look-up"].ratio, peak, said["search"], said["plan"], check)


PEAK = """
import resource, subprocess, sys
subprocess.run(sys.argv[1:], stdout=subprocess.DEVNULL, check=True)
print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)
"""


def _peak(command: Sequence[str], environment: dict[str, str], place: Path) -> float:
    """The most memory that a run held, in megabytes; asked of a small process, as a forked one counts its parent's."""
    asking = [sys.executable, "-c", PEAK, *command]
    ran = subprocess.run(asking, env=environment, cwd=place, capture_output=True, check=True)
    return int(ran.stdout) / 1024


def table(found: Sequence[Grown]) -> str:
    """As a table in Markdown."""
    head = "| contacts | look-up, times a bare start | its memory, MB | a search, ms | a plan, ms | cst check, s |"
    rows = (
        f"| {one.contacts:,} | {one.look_up:.2f} | {one.look_up_mb:.0f} | {one.search_ms:.1f} | {one.plan_ms:.1f} | "
        f"{one.check_s:.0f} |"
        for one in found
    )
    return "\n".join((head, "| ---: | ---: | ---: | ---: | ---: | ---: |", *rows))


def plot(found: Sequence[Grown], file: Path) -> None:
    """Draws the curves; needs matplotlib."""
    import matplotlib

    matplotlib.use("svg")
    from matplotlib import pyplot

    figure, axes = pyplot.subplots(figsize=(7, 4))
    counts = [one.contacts for one in found]
    for name, values in (
        ("look-up, times a bare start of Python", [one.look_up for one in found]),
        ("a search, ms", [one.search_ms for one in found]),
        ("a plan, ms", [one.plan_ms for one in found]),
    ):
        axes.plot(counts, values, marker="o", label=name)
    axes.set_xscale("log")
    axes.set_xlabel("contacts in the toolkit")
    axes.set_ylim(bottom=0)
    axes.legend()
    figure.tight_layout()
    figure.savefig(file, metadata={"Date": None})


def main(arguments: Sequence[str] | None = None) -> str:
    """Measures all sizes and gives the table."""
    reading = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    reading.add_argument("--times", type=int, default=15)
    reading.add_argument("--plot", type=Path)
    asked = reading.parse_args(arguments)
    with tempfile.TemporaryDirectory() as folder:
        found = [grown(more, Path(folder), asked.times) for more in MORE]
    if asked.plot:
        plot(found, asked.plot)
    return table(found)


if __name__ == "__main__":
    print(main())
