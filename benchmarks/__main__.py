"""All of it, into `docs/performance.md`: `python -m benchmarks`. Takes about ten minutes on a quiet machine."""

from __future__ import annotations

import os
import platform
import sys
from datetime import date
from importlib import metadata
from pathlib import Path

from benchmarks import growth, rules, screening, starting
from benchmarks.directory import ROOT

DOCS = ROOT / "docs"
PACKAGES = ("typer", "rich", "pyyaml", "questionary", "duckdb", "zen-engine", "datalogic-py", "openfisca-core", "tldr")
PEOPLE = 1_000_000


def page() -> str:
    """The page, measured now."""
    return f"""# How fast it is

Made by `python -m benchmarks` on {date.today().isoformat()}. Every figure is from that one run, and what counts is
the ratio: commands run in turn, so that a noisy machine is as noisy for each of them. No test fails on a time.

{_machine()}

## From nothing

Whole processes with compiled files kept, started with `python -m`. The installed command saves the start of `runpy`.
A bare start is `python -c pass`.

{starting.main(["--times", "25", "--grown"])}

The last two show what a panel and a first question cost at least, with nothing of cst. The piped look-ups load neither
Typer nor Rich nor YAML, and not `typing`, `re`, `enum` or `json` either. They read the few records they show from a
run-time copy, in which each part has its own checksum.

## As a toolkit grows

{growth.main(["--times", "15", "--plot", str(DOCS / "pictures" / "growth.svg")])}

![Curves for look-up, search and plan from 192 to 50,192 contacts: all stay nearly flat.](pictures/growth.svg)

## A whole caseload

{PEOPLE:,} invented people through the rule of the fire visit. The plain copy is DuckDB reading and writing the same
file and doing nothing else.

{screening.main([str(PEOPLE)])}

The screening writes four columns more, reads its own output again to count it, and makes spreadsheet formulas
harmless.

## Other rule engines

{rules.main(["--rows", str(PEOPLE), "--times", "2"])}

All come to the same verdicts; the other engines are asked twice where an answer is missing, as none of them knows
"cannot say". They still have less to do: they write no reasons.
"""


def _machine() -> str:
    versions = ", ".join(f"{name} {metadata.version(name)}" for name in PACKAGES if _is_there(name))
    cores = len(os.sched_getaffinity(0))
    return f"Python {platform.python_version()} on {platform.system()} {platform.machine()}, {cores} cores. {versions}."


def _is_there(name: str) -> bool:
    try:
        metadata.version(name)
    except metadata.PackageNotFoundError:
        return False
    return True


if __name__ == "__main__":
    Path(DOCS / "performance.md").write_text(page(), "utf-8")
    sys.stdout.write("wrote docs/performance.md\n")
