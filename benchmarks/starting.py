"""How long a command takes from nothing: whole processes, as ratios to a bare start of Python, in one run.

    python -m benchmarks.starting [--times 25] [--grown]

Every command runs in turn, so that a noisy machine is as noisy for each of them; the median counts. Programs that are
not installed are left out. `--grown` also makes a toolkit with 50,000 invented contacts and looks up in that.
"""

from __future__ import annotations

import argparse
import json
import os
import pty
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

import cst
from benchmarks.directory import made
from cst.source.open import open_toolkit, shipped_files

ROOT = Path(cst.__file__).parent.parent
SEARCH = ("lookup", "neighbour", "has", "a", "knife")
GROWN = 50_000
Ways = Mapping[str, Callable[[], object]]


class Cost(NamedTuple):
    """The median of some runs in milliseconds, and how many bare starts that is."""

    milliseconds: float
    ratio: float


def measured(ways: Ways, times: int) -> dict[str, Cost]:
    """Runs each way in turn, so many times; the first way is what the others are compared with."""
    taken: dict[str, list[float]] = {name: [] for name in ways}
    for way in ways.values():
        way()  # once for the disk and the run-time copy
    for _ in range(times):
        for name, way in ways.items():
            started = time.perf_counter()
            way()
            taken[name].append(time.perf_counter() - started)
    bare = statistics.median(next(iter(taken.values())))
    medians = {name: statistics.median(one) for name, one in taken.items()}
    return {name: Cost(median * 1000, median / bare) for name, median in medians.items()}


def piped(*command: str, place: Path = ROOT, **environment: str) -> Callable[[], object]:
    """A program with nothing to read, whose words go to nobody; it is the cst at `place` that Python finds first."""
    given = {**_environment(), **environment}
    return lambda: subprocess.run(
        command,
        env=given,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        cwd=place,
        check=False,
    )


def _environment() -> dict[str, str]:
    """Ours, with compiled files kept and no settings: as a user has them, whatever this shell says."""
    kept = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    made = os.path.join(tempfile.gettempdir(), "cst-bytecode")
    return {**kept, "PYTHONPYCACHEPREFIX": made, "XDG_CONFIG_HOME": os.path.join(made, "no-settings")}


def prompted(*command: str, until: bytes) -> Callable[[], object]:
    """A program on a terminal of its own, until it has written something; then it is ended."""

    def run() -> None:
        terminal, theirs = pty.openpty()
        given = {**_environment(), "TERM": "xterm-256color"}
        # Not by a fork of this process, which takes longer the larger it is.
        child = subprocess.Popen(
            command, env=given, stdin=theirs, stdout=theirs, stderr=theirs, cwd=ROOT, start_new_session=True
        )
        os.close(theirs)
        seen = b""
        while until not in seen:
            seen += os.read(terminal, 4096)
            if b"\x1b[6n" in seen:
                os.write(terminal, b"\x1b[1;1R")
        child.kill()
        child.wait()
        os.close(terminal)

    return run


def commands() -> dict[str, Callable[[], object]]:
    """The commands of cst, after a bare start."""
    python = (sys.executable, "-m", "cst")
    ways = {
        "a bare start of Python": piped(sys.executable, "-c", "pass"),
        "cst lookup marac": piped(*python, "lookup", "marac"),
        "cst lookup marac --json": piped(*python, "lookup", "marac", "--json"),
        "cst lookup mash --field phone": piped(*python, "lookup", "mash", "--field", "phone"),
        "cst --version": piped(*python, "--version"),
        "cst lookup marac, with its panel": piped(*python, "lookup", "marac", FORCE_COLOR="1"),
        "cst lookup, any words": piped(*python, *SEARCH),
        "cst eligible fire-visit --no-input": piped(*python, "eligible", "fire-visit", "--no-input"),
        "cst triage --no-input": piped(*python, "triage", "--no-input"),
        "cst list issues": piped(*python, "list", "issues"),
        "cst graph fire-visit (through Typer)": piped(*python, "graph", "fire-visit"),
        "cst --help": piped(*python, "--help"),
        "cst triage, to the danger line": prompted(*python, "triage", until=b"ring 999"),
        "cst triage, to its first prompt": prompted(*python, "triage", until=b"Not sure"),
    }
    if script := shutil.which("cst", path=os.path.dirname(sys.executable)):
        ways["cst lookup marac, as the installed command"] = piped(script, "lookup", "marac")
    return ways


def others(folder: Path) -> dict[str, Callable[[], object]]:
    """What else finds an entry, over the same records: as JSON for jq, as pages for both kinds of tldr."""
    records = open_toolkit(shipped_files(), [], None).records
    whole = {
        name: record for kind in ("issues", "contacts", "terms", "schemes") for name, record in records[kind].items()
    }
    data = folder / "toolkit.json"
    data.write_text(json.dumps(whole, default=str), "utf-8")
    for place in (folder / "tldr" / "pages" / "common", folder / "tealdeer" / "tldr-pages" / "pages" / "common"):
        place.mkdir(parents=True)
        for name, record in whole.items():
            page = f"# {name}\n\n> {record.get('title') or record.get('name')}.\n\n- {record.get('summary', '')}\n"
            (place / f"{name}.md").write_text(page, "utf-8")
    found: dict[str, Callable[[], object]] = {}
    if jq := shutil.which("jq"):
        found["jq, over the same records"] = piped(jq, ".marac", str(data))
    if grep := shutil.which("grep"):
        found["grep, over the YAML"] = piped(grep, "-A8", "marac:", str(ROOT / "data" / "toolkit.yaml"))
    for name, path in _tldrs().items():
        home = {"XDG_CACHE_HOME": str(folder), "TEALDEER_CACHE_DIR": str(folder / "tealdeer"), "HOME": str(folder)}
        found[name] = piped(path, "marac", **home)
    return found


def _tldrs() -> dict[str, str]:
    """The clients that there are: the one in Python beside this one or named by TLDR, the one in Rust on the path."""
    places = {
        "tldr in Python": os.environ.get("TLDR") or shutil.which("tldr", path=os.path.dirname(sys.executable)),
        "tealdeer": shutil.which("tldr"),
    }
    return {name: path for name, path in places.items() if path}


def grown(folder: Path) -> dict[str, Callable[[], object]]:
    """The same look-up in a toolkit with 50,000 contacts more."""
    place = made(folder / "grown", GROWN)
    given = {"XDG_CACHE_HOME": str(folder / "grown-cache")}
    python = (sys.executable, "-m", "cst")
    return {
        f"cst lookup marac, with {GROWN:,} contacts": piped(*python, "lookup", "marac", place=place, **given),
        f"cst lookup, any words, with {GROWN:,} contacts": piped(*python, *SEARCH, place=place, **given),
    }


PANEL = "from rich.console import Console\nfrom rich.panel import Panel\nConsole().print(Panel('One word'))"
QUESTION = f"{PANEL}\nimport questionary\nquestionary.select('Which?', choices=['This', 'Not sure']).ask()"


def least() -> dict[str, Callable[[], object]]:
    """What the libraries alone take for the least they can do."""
    return {
        "Rich alone, a panel with one word": piped(sys.executable, "-c", PANEL, FORCE_COLOR="1"),
        "Rich and questionary alone, a question": prompted(sys.executable, "-c", QUESTION, until=b"Not sure"),
    }


# What the design asks for, as times a bare start. Above it the table says so, and nothing fails: machines are noisy.
CEILINGS = {
    "cst lookup marac": 2.5,
    "cst lookup marac --json": 2.5,
    "cst lookup mash --field phone": 2.5,
    "cst --version": 2.5,
    "cst lookup marac, with its panel": 5.0,
    "cst lookup, any words": 3.5,
    "cst eligible fire-visit --no-input": 6.0,
    "cst triage --no-input": 7.0,
    "cst list issues": 7.0,
    "cst graph fire-visit (through Typer)": 7.0,
    "cst --help": 8.0,
    "cst triage, to the danger line": 3.0,
    "cst triage, to its first prompt": 15.0,
}


def table(costs: Mapping[str, Cost]) -> str:
    """Costs as a table in Markdown, with what was aimed at."""
    head = "| command | ms | times a bare start | at most |"
    return "\n".join((head, "| --- | ---: | ---: | ---: |", *(_row(name, cost) for name, cost in costs.items())))


def _row(name: str, cost: Cost) -> str:
    ceiling = CEILINGS.get(name)
    aim = "" if ceiling is None else f"{ceiling:g}" + (" (above)" if cost.ratio > ceiling else "")
    return f"| {name} | {cost.milliseconds:.0f} | {cost.ratio:.2f} | {aim} |"


def main(arguments: Sequence[str] | None = None) -> str:
    """Measures and gives the table."""
    reading = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    reading.add_argument("--times", type=int, default=25)
    reading.add_argument("--grown", action="store_true")
    asked = reading.parse_args(arguments)
    with tempfile.TemporaryDirectory() as folder:
        ways = {**commands(), **others(Path(folder))}
        if asked.grown:
            ways |= grown(Path(folder))
        ways |= least()
        return table(measured(ways, asked.times))


if __name__ == "__main__":
    print(main())
