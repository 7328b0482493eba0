"""The early lane gives the same bytes and exit codes as the full way, and loads neither Typer, Rich nor YAML."""

from __future__ import annotations

import subprocess
import sys

import pytest

from tests.support.command import cst
from tests.support.states import shipped

FULL = "import cst.cli.fast_path as q; q.quick = lambda arguments: None; from cst.__main__ import main; main()"
AT = ["--at", "2026-11-24T10:00"]
LINES = [
    *(["lookup", name, *AT] for kind in ("issues", "schemes") for name in shipped().kind(kind)),
    *(["lookup", name, *AT] for kind in ("contacts", "terms", "pathways") for name in list(shipped().kind(kind))[::12]),
    ["lookup", "marac", *AT, "--json"],
    ["lookup", "hate", "crime", "--area", "gosport", *AT],
    ["lookup", "no such thing"],
    ["lookup", "marac", "--area", "nowhere"],
    ["lookup", "marac", "--at", "never"],
    ["lookup", "marac", "--nonsense"],
    ["lookup", "marac", "--area"],
    ["lookup", "--", "marac"],
    ["lookup", "--help"],
    ["lookup", "domestic-abuse", "--sources", *AT],
    ["lookup"],
    ["list"],
    ["eligible", "fire-visit", "--no-input", *AT],
    ["eligible", "fire-visit", "--no-input", "-a", "age=82", *AT],
    ["eligible", "fire-visit", "--json", "-a", "age=64", *AT],
    ["eligible", "fire-visit", "--no-input", "-a", "age=x", *AT],
    ["eligible", "nothing", "--no-input"],
    ["eligible", "fire-visit", "extra", "--no-input"],
    ["triage", "--no-input", *AT],
    ["triage", "--json", "-a", "immediate-danger=no", "-a", "concerns=scams", *AT],
    ["triage", "domestic-abuse", "--no-input", "-a", "immediate-danger=no", "--area", "southampton", "--plain", *AT],
    ["triage", "nothing", "--no-input"],
    ["triage", "--no-input", "--field", "phone"],
    ["list", "issues", *AT],
    ["list", "question", "--json"],
    ["list", "nothing"],
    ["list", "issues", "contacts"],
    ["list", "issues", "--short"],
    ["--version"],
    ["--version", "extra"],
]


@pytest.mark.deep
@pytest.mark.parametrize("line", LINES, ids=" ".join)
def test_the_early_lane_says_what_the_full_way_says(line: list[str]) -> None:
    """Standard output, standard error and exit code are the same."""
    quick = cst(*line)
    full = subprocess.run(
        [sys.executable, "-c", FULL, *line],
        stdin=subprocess.DEVNULL,
        capture_output=True,
        encoding="utf-8",
        timeout=60,
        check=False,
    )

    assert (full.returncode, full.stdout, full.stderr) == (quick.returncode, quick.stdout, quick.stderr)


@pytest.mark.parametrize(
    "line",
    [
        ["lookup", "marac"],
        ["lookup", "marac", "--json"],
        ["lookup", "marac", "--field", "phone"],
        ["lookup", "mash", "--area", "gosport", "--short"],
        ["lookup", "fire-visit"],
        ["eligible", "fire-visit", "--no-input", "-a", "age=82"],
        ["triage", "--no-input", "-a", "immediate-danger=no", "-a", "concerns=scams"],
        ["list", "issues"],
        ["--version"],
    ],
    ids=" ".join,
)
def test_the_early_lane_loads_little(line: list[str]) -> None:
    """Read from a fresh process: no Typer, Rich, YAML, pydantic or questionary in a pipe."""
    cst(*line)  # makes the run-time copy
    ran = subprocess.run(
        [sys.executable, "-X", "importtime", "-m", "cst", *line],
        capture_output=True,
        encoding="utf-8",
        timeout=60,
        check=False,
    )
    loaded = {entry.rpartition("|")[2].strip().partition(".")[0] for entry in ran.stderr.splitlines()}

    assert "cst" in loaded
    assert not {"typer", "rich", "yaml", "pydantic", "questionary", "prompt_toolkit"} & loaded
    assert not {"typing", "re", "enum", "json", "signal", "dataclasses", "pathlib"} & loaded
