"""However Python is started: nothing of the current folder runs, help keeps its words, no core file is left."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from cst.cli.app import app
from tests.support import ROOT
from tests.support.command import CST, Terminal, cst

COMMANDS = {
    "look-up": ("lookup", "marac"),
    "triage": ("triage", "--no-input", "-a", "immediate-danger=yes", "--json"),
    "help": ("triage", "--help"),
    "unknown": ("lookup", "qqqxxq"),
    "screen": ("screen", "fire-visit", "{people}"),
    "sql": ("export", "sql", "--scheme", "fire-visit", "--dialect", "duckdb"),
}
# What `-m` loads before any line of ours cannot be helped from here: `python -P -m cst` keeps that out too.
EARLY = "import runpy, pkgutil, sys; print(*sys.modules)"
ALL = "import sys; from cst.__main__ import main\ntry: main()\nfinally: print(*sys.modules, file=open({!r}, 'w'))"


def _loaded(command: tuple[str, ...], folder: Path) -> set[str]:
    """The names that a command imports, each of which Python would look for in the current folder."""
    names = folder / "names"
    subprocess.run([sys.executable, "-c", ALL.format(str(names)), *command], capture_output=True, check=False)
    early = subprocess.run([sys.executable, "-c", EARLY], capture_output=True, text=True, check=True).stdout
    ours = {name.partition(".")[0] for name in names.read_text("utf-8").split()}
    return ours - set(early.replace(".", " ").split()) - {"cst"}


def _plant(folder: Path, names: set[str]) -> None:
    """A file for each name, every third one a folder, that says that it ran."""
    folder.mkdir()
    for place, name in enumerate(sorted(names)):
        file = folder / name / "__init__.py" if place % 3 == 0 else folder / f"{name}.py"
        file.parent.mkdir(exist_ok=True)
        file.write_text(f"open({str(folder / 'RAN')!r}, 'a').write({name + ' '!r})\n", "utf-8")


@pytest.mark.parametrize(
    "name", [name if name in ("look-up", "help") else pytest.param(name, marks=pytest.mark.deep) for name in COMMANDS]
)
def test_nothing_of_the_current_folder_runs(name: str, tmp_path: Path) -> None:
    """Every module that a command loads is planted in a case folder, which `cst` itself is installed below."""
    people, folder = tmp_path / "people.csv", tmp_path / "case"
    people.write_text("age\n82\n", "utf-8")
    command = tuple(one.format(people=people) for one in COMMANDS[name])
    _plant(folder, _loaded(command, tmp_path) | {"typer", "json", "rich", "yaml", "textwrap"})
    (folder / "installed").mkdir()
    for part in ("cst", "data"):
        (folder / "installed" / part).symlink_to(ROOT / part)
    ran = subprocess.run(
        [*CST, *command], cwd=folder, capture_output=True, text=True, check=False,
        env={**os.environ, "PYTHONPATH": str(folder / "installed")},
    )  # fmt: skip

    assert not (folder / "RAN").exists(), (folder / "RAN").read_text("utf-8")
    assert ran.returncode == cst(*command).returncode, ran


def test_with_python_told_to_be_safe_nothing_else_is_taken_from_its_path() -> None:
    """`python -P -m cst`: the current folder is not there to be taken away."""
    code = "import sys; sys.argv[0] = '-m'; before = list(sys.path); import cst; print(before == sys.path)"
    ran = subprocess.run([sys.executable, "-P", "-c", code], capture_output=True, text=True, check=False)

    assert "True" == ran.stdout.strip()


def _helps() -> list[tuple[str, ...]]:
    groups = [
        (group.name, one)
        for group in app.registered_groups
        for one in getattr(group.typer_instance, "registered_commands", ())
    ]
    commands = [("", one) for one in app.registered_commands]
    names = [(group or "", one.name or one.callback.__name__) for group, one in commands + groups if one.callback]
    return [("--help",), *((group, name, "--help") if group else (name, "--help") for group, name in names)]


@pytest.mark.parametrize(
    "command", [one if one[0] in ("triage", "help") else pytest.param(one, marks=pytest.mark.deep) for one in _helps()]
)
def test_help_keeps_its_words_without_docstrings(command: tuple[str, ...]) -> None:
    """Under `python -OO` each help is what it is without."""
    ran = subprocess.run([sys.executable, "-OO", "-m", "cst", *command], capture_output=True, text=True, check=False)

    assert (0, cst(*command).stdout) == (ran.returncode, ran.stdout)


MOST = """
import resource
hard = resource.getrlimit(resource.RLIMIT_CORE)[1]
resource.setrlimit(resource.RLIMIT_CORE, (hard, hard))
"""
SOFT = "print(*resource.getrlimit(resource.RLIMIT_CORE))"
ANSWERS = """
from cst.cli.answer_input import resumed
from cst.cli.request import open_with
resumed(open_with(()), [], None)
"""


def test_answers_leave_no_core_file() -> None:
    """Once answers are read the limit is 0, and what a child may ask for is as before."""
    usual = subprocess.run([sys.executable, "-c", MOST + SOFT], capture_output=True, text=True, check=True)
    after = subprocess.run([sys.executable, "-c", MOST + ANSWERS + SOFT], capture_output=True, text=True, check=True)

    assert "0" != usual.stdout.split()[0]
    assert ["0", usual.stdout.split()[1]] == after.stdout.split()


def test_at_a_prompt_a_crash_leaves_no_core_file() -> None:
    """As the system itself sees the process, started with no limit."""
    terminal = Terminal("triage", shell="ulimit -S -c $(ulimit -H -c); {}")
    terminal.at_rest("leave")
    (child,) = Path(f"/proc/{terminal.child.pid}/task/{terminal.child.pid}/children").read_text("utf-8").split()
    limits = Path(f"/proc/{child}/limits").read_text("utf-8")
    terminal.send("q")
    terminal.end()

    (core,) = (line for line in limits.splitlines() if line.startswith("Max core file size"))
    assert "0" == core.split()[4]
