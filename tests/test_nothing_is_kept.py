"""Promise 7: nothing is kept and nothing goes out, as the system calls of real runs show."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from pathlib import Path

import pytest

from tests.command import CST, DOWN, ENTER, SPACE, Terminal

CALLS = "open,openat,creat,rename,renameat,renameat2,mkdir,mkdirat,link,symlink,truncate,ftruncate,socket,connect"
WRITES = re.compile(r"(?:O_WRONLY|O_RDWR|O_CREAT|creat\(|rename|mkdir|link\(|truncate)")
TERMINAL = ("/dev/tty", "/dev/null", "/dev/pts/", "/dev/ptmx")
COMMANDS = [
    ("triage", "domestic-abuse", "--no-input", "-a", "immediate-danger=no", "-a", "who-harms=partner"),
    ("eligible", "fire-visit", "--no-input", "-a", "age=82"),
    ("lookup", "marac"),
    ("lookup", "neighbour", "shouting", "at", "her"),
    ("graph", "marac-referral", "-a", "dash-count=6"),
]

pytestmark = pytest.mark.skipif(shutil.which("strace") is None, reason="no strace on this machine")


def _trace(log: Path) -> list[str]:
    return ["strace", "-f", "-qq", "-o", str(log), "-e", f"trace={CALLS}"]


def _written(log: Path, home: Path) -> list[str]:
    """Calls that open something for writing, make or rename it, outside the run-time copy's folder and the terminal."""
    calls = [line for line in log.read_text("utf-8", "replace").splitlines() if WRITES.search(line)]
    failed = re.compile(r"= -1 E")
    allowed = (str(home / "cache"), "__pycache__", *TERMINAL)
    return [line for line in calls if not failed.search(line) and not any(place in line for place in allowed)]


def _connected(log: Path) -> list[str]:
    """Sockets other than those of this machine itself."""
    lines = log.read_text("utf-8", "replace").splitlines()
    return [line for line in lines if "AF_INET" in line]


def _environment(home: Path) -> dict[str, str]:
    places = {"HOME": str(home), "XDG_CACHE_HOME": str(home / "cache"), "XDG_CONFIG_HOME": str(home / "config")}
    return {**os.environ, **places, "PYTHONDONTWRITEBYTECODE": "1"}


@pytest.mark.parametrize("command", COMMANDS, ids=lambda command: "-".join(command[:2]))
def test_a_run_writes_nothing_but_the_copy_of_the_toolkit(command: tuple[str, ...], tmp_path: Path) -> None:
    """No file, no folder, no socket but the run-time copy in its own folder."""
    log = tmp_path / "calls"
    home = tmp_path / "home"
    home.mkdir()
    subprocess.run(
        [*_trace(log), *CST, *command], env=_environment(home), capture_output=True, timeout=120, check=False
    )

    assert log.stat().st_size
    assert _written(log, home) == []
    assert _connected(log) == []
    assert {file.parent.name for file in home.rglob("*") if file.is_file()} <= {"cst"}


def test_a_walk_at_a_terminal_keeps_no_answer(tmp_path: Path) -> None:
    """Answers, going back, the end and leaving: nothing is written, and no file holds what was typed."""
    log = tmp_path / "calls"
    home = tmp_path / "home"
    home.mkdir()
    shell = " ".join(_trace(log)) + " {}"
    places = {name: value for name, value in _environment(home).items() if name not in ("TERM", "LANG")}
    terminal = Terminal("triage", shell=shell, **places)  # type: ignore[arg-type]
    terminal.until("b back")
    terminal.send(DOWN + DOWN + ENTER)
    terminal.until("What are you worried about?")
    terminal.send(DOWN * 8 + SPACE + ENTER)
    terminal.waits()
    terminal.send("q")
    terminal.end()

    assert _written(log, home) == []
    assert _connected(log) == []


def test_the_trace_would_show_a_write(tmp_path: Path) -> None:
    """The check can fail: a command that does write is caught."""
    log, home = tmp_path / "calls", tmp_path / "home"
    home.mkdir()
    subprocess.run([*_trace(log), "sh", "-c", f"echo x > {home}/kept"], check=True, timeout=20)

    assert _written(log, home)
