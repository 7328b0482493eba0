"""How large each packed form is and how long it takes to start, as ratios to a bare start of Python, in one run.

    python -m benchmarks.packed [FOLDER] [--times 15]

FOLDER is where `python -m tools.pack` put the single file and the folder, `dist` if not given. The first start unpacks
what has to be, reads the toolkit from its files and writes the run-time copy; a later one finds all that.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from benchmarks.starting import ROOT, Cost, measured

LOOKUP = ("lookup", "marac")
TRIAGE = ("triage", "--no-input")


def started(command: Sequence[str], home: str, *, fresh: bool = False) -> Callable[[], object]:
    """A command in an empty environment with this home, or with one of its own that has seen nothing yet."""

    def run() -> None:
        with tempfile.TemporaryDirectory(dir=home) as own:
            given = {"HOME": own if fresh else home}
            streams = {"stdin": subprocess.DEVNULL, "stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
            subprocess.run(command, env=given, cwd=home, check=False, **streams)

    return run


def forms(folder: Path) -> dict[str, Sequence[str]]:
    """How each form starts."""
    python = os.path.join(sys.base_exec_prefix, "bin", "python3")
    return {
        "installed with pip": [sys.executable, "-m", "cst"],
        "single file": [python, str(folder / "cst.pyz")],
        "folder": [str(folder / "cst" / "cst")],
    }


def size(folder: Path) -> dict[str, float]:
    """How many MB the file and the folder take."""
    held = [path for path in (folder / "cst").rglob("*") if path.is_file() and not path.is_symlink()]
    found = {"single file": [folder / "cst.pyz"], "folder": held}
    return {name: sum(path.stat().st_size for path in paths) / 1e6 for name, paths in found.items()}


def table(folder: Path, times: int) -> str:
    """Every form with its size and its starts."""
    known = forms(folder)
    with tempfile.TemporaryDirectory() as home:
        bare = {"bare": started([sys.executable, "-c", "pass"], home)}
        later = {
            f"{name}, {words[0]}": started([*form, *words], home)
            for name, form in known.items()
            for words in (LOOKUP, TRIAGE)
        }
        first = {f"{name}, first": started([*form, *LOOKUP], home, fresh=True) for name, form in known.items()}
        costs = measured(bare | later, times) | _but_bare(measured(bare | first, max(3, times // 4)))
    sizes = size(folder)
    rows = [f"| {name} | {_mb(sizes.get(name))} | {' | '.join(_ratios(costs, name))} |" for name in known]
    head = "| form | MB | look-up | triage | the first start of all |\n| --- | ---: | ---: | ---: | ---: |"
    return "\n".join((f"A bare start of Python: {costs['bare'].milliseconds:.0f} ms.", "", head, *rows))


def _but_bare(costs: Mapping[str, Cost]) -> dict[str, Cost]:
    return {name: cost for name, cost in costs.items() if name != "bare"}


def _ratios(costs: Mapping[str, Cost], name: str) -> list[str]:
    return [f"{costs[f'{name}, {what}'].ratio:.1f}" for what in (LOOKUP[0], TRIAGE[0], "first")]


def _mb(size: float | None) -> str:
    return "" if size is None else f"{size:.0f}"


if __name__ == "__main__":
    reading = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    reading.add_argument("folder", nargs="?", type=Path, default=ROOT / "dist")
    reading.add_argument("--times", type=int, default=15)
    asked = reading.parse_args()
    print(table(asked.folder.absolute(), asked.times))
