"""As far as can be known without it: on Windows every command answers, and what it cannot keep it does not promise.

A process without any call or module that only POSIX has, in the encodings of Windows consoles. The libraries that `cst`
stands on are loaded as they are here, so this says nothing of how they draw on a real console: see docs/windows.md.
"""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from cst import card
from cst.cli import saving, terminal
from cst.cli.errors import Trouble
from cst.cli.whole_file import in_full
from cst.source.manifest import damage, sealed
from tests.support import ROOT
from tests.support.command import cst

AT = ("--at", "2026-11-24T10:00")
WITHOUT = """
import os, signal, sys
for name in ("fcntl", "termios", "tty", "pty", "pwd", "grp", "resource", "syslog", "crypt", "spwd", "nis"):
    sys.modules[name] = None
for name in ("getuid", "geteuid", "getgid", "getegid", "getgroups", "fchmod", "fchown", "chown", "lchown", "fork",
             "forkpty", "setsid", "getpgid", "getpgrp", "killpg", "tcgetpgrp", "statvfs", "fstatvfs", "mkfifo", "uname",
             "O_NOFOLLOW", "O_NONBLOCK", "O_CLOEXEC", "O_DIRECTORY", "O_TMPFILE", "O_NOCTTY", "sync", "fdatasync"):
    if hasattr(os, name):
        delattr(os, name)
for name in ("SIGHUP", "SIGQUIT", "SIGTSTP", "SIGCONT", "SIGWINCH", "SIGPIPE", "SIGUSR1", "SIGUSR2", "SIGALRM"):
    if hasattr(signal, name):
        delattr(signal, name)
os.O_BINARY = 0
signal.SIGBREAK = signal.SIGINT
"""
PLATFORM = "import {module}\nsys.platform = 'win32'\n"
START = "\nsys.argv[0] = 'cst'\nfrom cst.__main__ import program\nprogram()\n"
# What stands for Windows only once these are loaded: they choose their own way by the platform as they load.
LIBRARIES = (
    "import importlib\nfor one in ('typing', 'zoneinfo', 'subprocess', 'shutil', 'tempfile', 'asyncio', 'typer', "
    "'rich.console', 'yaml', 'pydantic', 'questionary', 'duckdb', 'sqlglot', 'typer.completion'):"
    "\n    importlib.import_module(one)\n"
)

COMMANDS = {  # each with its exit code
    "orientation": (0, ()),
    "version": (0, ("--version",)),
    "help": (0, ("--help",)),
    "help of a command": (0, ("screen", "--help")),
    "longer help": (0, ("help", "privacy")),
    "look-up": (0, ("lookup", "marac", *AT)),
    "all": (0, ("lookup", "marac", "--all", *AT)),
    "short": (0, ("lookup", "marac", "--short", *AT)),
    "accessible": (0, ("lookup", "marac", "--accessible", *AT)),
    "field": (0, ("lookup", "police-emergency", "--field", "phone", *AT)),
    "words": (0, ("lookup", "neighbour", "shouting", "at", "her", *AT)),
    "guess": (0, ("marac",)),
    "nothing found": (1, ("lookup", "qqqxxqzzz")),
    "emergency": (10, ("triage", "--no-input", "-a", "immediate-danger=yes", *AT)),
    "open": (3, ("triage", "--no-input", "--json", *AT)),
    "no terminal": (2, ("triage",)),
    "save": (10, ("triage", "--no-input", "-a", "immediate-danger=yes", "--save", "{folder}/plan.txt", *AT)),
    "yes": (0, ("eligible", "fire-visit", "--no-input", "-a", "age=82", *AT)),
    "schemes": (0, ("eligible",)),
    "list": (0, ("list", "contacts")),
    "graph": (0, ("graph", "fire-visit")),
    "svg": (0, ("graph", "fire-visit", "--format", "svg")),
    "sql": (0, ("export", "sql", "--scheme", "fire-visit", "--dialect", "duckdb")),
    "settings": (0, ("settings",)),
    "set": (0, ("settings", "area", "gosport")),
    "screen": (0, ("screen", "fire-visit", "{folder}/people.csv", *AT)),
    "screen to a file": (0, ("screen", "fire-visit", "{folder}/people.csv", "--output", "{folder}/out.csv", *AT)),
    "no file": (66, ("screen", "fire-visit", "{folder}/nobody.csv")),
    "team file": (0, ("lookup", "marac", "--toolkit", "{folder}/team.yaml", *AT)),
    "answers": (3, ("triage", "--no-input", "--answers", "{folder}/answers.yaml", *AT)),
}
ENCODINGS = ("cp1252", "cp437")
QUICK = ("look-up",)


def _windows(
    encoding: str, command: tuple[str, ...], folder: Path, **environment: str
) -> subprocess.CompletedProcess[bytes]:
    """A command where nothing of POSIX is left, TERM is not set and the console knows few characters."""
    kept = {name: value for name, value in os.environ.items() if name not in ("TERM", "HOME")}
    places = {"LOCALAPPDATA": str(folder.parent / "local"), "APPDATA": str(folder / "roaming")}
    code = LIBRARIES + WITHOUT + PLATFORM.format(module="sys") + START
    return subprocess.run(
        [sys.executable, "-c", code, *command],
        capture_output=True,
        stdin=subprocess.DEVNULL,
        cwd=ROOT,
        env={**kept, **places, "PYTHONUTF8": "0", "PYTHONIOENCODING": f"{encoding}:strict", **environment},
        check=False,
    )


def _tried() -> list[Any]:
    """Each command with each encoding: the quick ones with both, of the others one is left to the nightly run."""
    found = []
    for place, name in enumerate(COMMANDS):
        for other, encoding in enumerate(ENCODINGS):
            level = "deep" if place % len(ENCODINGS) == other else "nightly"
            marks = () if name in QUICK else getattr(pytest.mark, level)
            found.append(pytest.param(name, encoding, marks=marks))
    return found


@pytest.mark.parametrize(("name", "encoding"), _tried())
def test_every_command_answers_without_what_only_posix_has(name: str, encoding: str, tmp_path: Path) -> None:
    """Its own exit code, no traceback, and the danger line wherever it belongs."""
    (tmp_path / "people.csv").write_text("age\n82\n", "utf-8", newline="\r\n")
    (tmp_path / "team.yaml").write_text("terms: {}\n", "utf-8", newline="\r\n")
    (tmp_path / "answers.yaml").write_text("immediate-danger: no\n", "utf-8", newline="\r\n")
    code, command = COMMANDS[name]
    ran = _windows(encoding, tuple(one.format(folder=tmp_path) for one in command), tmp_path)
    said = (ran.stdout + ran.stderr).decode(encoding)

    assert code == ran.returncode, said
    assert "Traceback" not in said
    assert command[:1] not in (("lookup",), ("triage",)) or "--json" in command or "999" in said.replace(" ", "")


def test_the_simulation_has_nothing_of_posix_left(tmp_path: Path) -> None:
    """Else the test above would say nothing."""
    code = WITHOUT + "import pwd"
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)

    assert 1 == ran.returncode
    assert "pwd" in ran.stderr


DEVICES = ("CON.txt", "nul.txt", "aux.md", "Com1.json", "LPT9.txt", "COM¹.txt", "con.plan.txt", "nul .txt", "x/PRN.txt",
           "x\\NUL.txt", "C:con.txt", "CONOUT$.txt", "plan.txt:hidden.txt", "a:b:c.txt")  # fmt: skip
FILES = ("plan.txt", "console.txt", "C:\\case\\plan.txt", "com10.txt", "my con.txt", "D:plan.md")


@pytest.mark.parametrize("name", DEVICES)
def test_no_device_is_a_name_for_a_plan_on_windows(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """A plan that goes to NUL is gone, and one behind a colon is where nobody finds it."""
    monkeypatch.setattr(sys, "platform", "win32")
    with pytest.raises(Trouble, match="is no name of a file on Windows") as refused:
        in_full(name)

    assert 2 == refused.value.exit_code


@pytest.mark.parametrize("name", FILES)
def test_other_names_are_taken_on_windows(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Drives, and names that only look like a device."""
    monkeypatch.setattr(sys, "platform", "win32")

    assert in_full(name).endswith(name)


@pytest.mark.deep
def test_a_device_is_refused_before_anything_is_asked(tmp_path: Path) -> None:
    """With exit 2 and the danger line, for a plan and for a caseload."""
    people = tmp_path / "people.csv"
    people.write_text("age\n82\n", "utf-8")
    for command in (
        ("triage", "--no-input", "--save", "nul.txt"),
        ("screen", "fire-visit", str(people), "--output", "nul"),
    ):
        ran = _windows("cp1252", command, tmp_path)

        assert (2, True) == (ran.returncode, ran.stderr.decode("cp1252").startswith(card.LINE)), ran


def test_where_a_disk_keeps_no_rights_that_is_said(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """On Windows, and where others may read what was just written: no promise that the disk does not keep."""
    file = tmp_path / "plan.txt"
    file.touch(0o600)
    saving._say_saved(str(file))
    assert saving.OTHERS.strip() not in " ".join(capsys.readouterr().err.split())
    file.chmod(0o644)
    saving._say_saved(str(file))
    assert saving.OTHERS.strip() in " ".join(capsys.readouterr().err.split())


@pytest.mark.parametrize(("platform", "term", "lines"), [
    ("win32", None, False), ("win32", "dumb", True), ("win32", "xterm", False),
    ("linux", None, True), ("linux", "", True), ("linux", "xterm", False), ("linux", "unknown", True),
])  # fmt: skip
def test_a_windows_console_has_menus_though_it_sets_no_term(
    platform: str, term: str | None, lines: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    """TERM is not set in PowerShell and cmd; elsewhere that means lines."""
    monkeypatch.setattr(sys, "platform", platform)
    monkeypatch.delenv("TERM", raising=False)
    if term is not None:
        monkeypatch.setenv("TERM", term)

    assert lines == card.is_lines_only()


def test_git_bash_is_told_of_winpty(monkeypatch: pytest.MonkeyPatch) -> None:
    """Its window is a pipe to a Windows program, and only there."""
    monkeypatch.setenv("MSYSTEM", "MINGW64")
    assert not terminal._own_window()
    monkeypatch.setattr(sys, "platform", "win32")
    assert "winpty" in terminal._own_window()
    monkeypatch.delenv("MSYSTEM")
    assert not terminal._own_window()


def test_ctrl_break_is_heard() -> None:
    """As every other signal that ends a program: `Interrupted`, which shows the card and ends with 130."""
    code = (
        "import os, signal; signal.SIGBREAK = signal.SIGUSR1; from cst.cli.signals import listen; listen()\n"
        "from cst.exits import Interrupted\n"
        "try: os.kill(os.getpid(), signal.SIGUSR1)\nexcept Interrupted: print('heard')"
    )
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)

    assert (0, "heard") == (ran.returncode, ran.stdout.strip()), signal.strsignal(-ran.returncode)


def test_the_seal_holds_with_windows_line_ends(tmp_path: Path) -> None:
    """An archive or an editor that makes CRLF damages no number; one letter more does."""
    file = tmp_path / "toolkit.yaml"
    file.write_bytes(b"terms:\n  a: b\n")
    (tmp_path / "manifest.json").write_text(sealed(str(tmp_path)), "utf-8", newline="\r\n")
    file.write_bytes(b"terms:\r\n  a: b\r\n")
    assert not damage(str(tmp_path))
    file.write_bytes(b"terms:\r\n  a: c\r\n")
    assert 1 == len(damage(str(tmp_path)))


def test_a_toolkit_with_windows_line_ends_says_the_same(tmp_path: Path) -> None:
    """A local file too: the same answer, byte for byte."""
    said = []
    for name, ends in (("lf", "\n"), ("crlf", "\r\n")):
        file = tmp_path / name / "team.yaml"
        file.parent.mkdir()
        file.write_text("terms: {}\n", "utf-8", newline=ends)
        said.append(cst("lookup", "marac", "--toolkit", str(file), *AT).stdout)

    assert said[0] == said[1]
    assert said[0].startswith(card.LINE)
