"""Promise 7 and 10: without `--save` nothing is kept, and nothing ever goes out, as records of real runs show."""

from __future__ import annotations

import os
import re
import shlex
import shutil
import subprocess
from pathlib import Path

import pytest

from tests.files.test_run_time_copy import read, whole
from tests.nothing_kept.test_saving import TRIAGE
from tests.support.command import CST, DOWN, ENTER, SPACE, Terminal, cst
from tests.support.levels import sample

HOOK = """
import os, sys
log = os.open(os.environ["CST_TEST_LOG"], os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
writes = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC | os.O_APPEND
others = {"os.mkdir", "os.rename", "os.link", "os.symlink", "os.truncate", "sqlite3.connect", "socket.connect",
          "subprocess.Popen", "os.system", "os.exec", "os.posix_spawn", "os.fork"}
def seen(event, given):
    if event in others or (event == "open" and isinstance(given[2], int) and given[2] & writes):
        os.write(log, f"{event} {given[0]!r} {given[1:]!r}\\n".encode("utf-8", "replace"))
sys.addaudithook(seen)
"""
CALLS = "open,openat,creat,rename,renameat,renameat2,mkdir,mkdirat,link,linkat,symlink,symlinkat,truncate,connect"
CALLED = re.compile(r"O_WRONLY|O_RDWR|O_CREAT|creat\(|rename|mkdir|link|truncate|connect")
NO_FILE = re.compile(r"/dev/(tty|null|pts/|ptmx)|__pycache__|:memory:")
CANARY = "zqcanaryzq"


class Recorded:
    """Runs whose every attempt to write a file is recorded, by the system's calls or by Python's own audit events."""

    def __init__(self, folder: Path, by: str) -> None:
        self.folder, self.by, self.log, self.home = folder, by, folder / "log", folder / "home"
        (folder / "hook").mkdir()
        (folder / "hook" / "sitecustomize.py").write_text(HOOK, "utf-8")
        self.home.mkdir()
        self.log.touch()

    def environment(self) -> dict[str, str]:
        """A home of its own, and the hook where it records."""
        hook = str(self.folder / "hook") if self.by == "audit" else ""
        path = os.pathsep.join(filter(None, (hook, os.getcwd())))
        home = {"HOME": str(self.home), "XDG_CACHE_HOME": str(self.home / "cache")}
        temporary = {"TMPDIR": str(self.home), "PYTHONDONTWRITEBYTECODE": "1", "CST_TEST_LOG": str(self.log)}
        return {**home, **temporary, "PYTHONPATH": path}

    def command(self) -> list[str]:
        """What stands before the command."""
        return ["strace", "-f", "-qq", "-o", str(self.log), "-e", f"trace={CALLS}"] if self.by == "strace" else []

    def run(self, *arguments: str, text: str = "") -> int:
        """Runs a command to its end and gives its exit code."""
        return subprocess.run(
            [*self.command(), *CST, *arguments],
            input=text,
            capture_output=True,
            encoding="utf-8",
            env={**os.environ, **self.environment()},
            timeout=120,
            check=False,
        ).returncode

    def terminal(self, *arguments: str, **more: str) -> Terminal:
        """A command at a terminal."""
        shell = f"{shlex.join(self.command())} {{}}"
        return Terminal(*arguments, shell=shell, columns=100, **{**self.environment(), **more})

    def written(self) -> list[str]:
        """What was written, made or named, but for the run-time copy and the terminal."""
        lines = self.log.read_text("utf-8", "replace").splitlines()
        if self.by == "strace":
            lines = [line for line in lines if CALLED.search(line.split('"')[0] + line.split('"')[-1])]
            lines = [line for line in lines if "= -1 " not in line and "AF_UNIX" not in line]
        return [line for line in lines if str(self.home / "cache") not in line and not NO_FILE.search(line)]

    def files(self) -> dict[str, bytes]:
        """Every file in its home."""
        return {file.name: file.read_bytes() for file in self.home.rglob("*") if file.is_file()}


@pytest.fixture(params=["strace", "audit"])
def recorded(request: pytest.FixtureRequest, tmp_path: Path) -> Recorded:
    """A recorder of each kind; the system's calls only where they can be traced."""
    if request.param == "strace" and shutil.which("strace") is None:
        pytest.skip("no strace on this machine")
    return Recorded(tmp_path, request.param)


QUIET = [
    ("triage", "--no-input", "-a", "immediate-danger=no", "-a", "concerns=domestic-abuse", "--area", CANARY),
    ("triage", "--no-input", "--copy-text", "-a", "immediate-danger=yes"),
    ("triage", "--no-input", "--json", "-a", f"concerns={CANARY}"),
    ("eligible", "fire-visit", "--no-input", "-a", "age=82", "--area", CANARY),
    ("eligible", "fire-visit", "-a", f"age={CANARY}", "--no-input"),
    ("lookup", "marac"),
    ("lookup", CANARY),
    ("graph", "marac-referral", "-a", "dash-count=6"),
]


def test_nothing_is_written_without_save(recorded: Recorded) -> None:
    """But for the copies in the cache folder, of the toolkit and of what a search looks up; no given word is there."""
    codes = [recorded.run(*command) for command in QUIET]
    recorded.run("triage", "--no-input", "--answers", "-", text=f"immediate-danger: no\nage: {CANARY}\n")

    assert [3, 10, 2, 0, 2, 0, 1, 0] == codes
    assert [] == recorded.written()
    files = recorded.files()
    assert {"toolkit", "words"} == {name.partition("-")[0] for name in files}, files.keys()
    assert all(CANARY.encode() not in data for data in files.values())


@pytest.mark.deep
def test_a_walk_writes_nothing_without_save(recorded: Recorded, finished: Path) -> None:
    """Menus and lines, answers by key, the end of it, and leaving."""
    finished.rename(recorded.folder / "given.json")
    terminal = recorded.terminal("triage")
    terminal.until("q leave")
    terminal.send(DOWN + DOWN + ENTER)
    terminal.until("What are you worried about?")
    terminal.send(DOWN + SPACE + ENTER)
    terminal.at_rest("Enter carry on", "leave")
    terminal.send("q")
    terminal.end()
    for command in (("triage", "--answers", str(recorded.folder / "given.json")), ("eligible", "fire-visit")):
        lines = recorded.terminal(*command, CST_ACCESSIBLE="1")
        lines.at_rest(":")
        lines.send("2\r")
        lines.at_rest(":")
        lines.send("q\r")
        lines.end()

    assert [] == recorded.written()
    assert 1 == len(recorded.files())


@pytest.mark.deep
def test_the_copy_of_the_toolkit_is_the_same_whatever_was_answered(tmp_path: Path) -> None:
    """Value for value what a list leaves behind: so it holds no answer."""
    copies = []
    for place, command in enumerate((("list", "issues"), *sample(QUIET[:4], 2), TRIAGE)):
        home = tmp_path / str(place)
        cst(*command, XDG_CACHE_HOME=str(home))
        (file,) = (file for file in home.rglob("*") if file.is_file())
        copies.append((file.name, whole(read(file))))

    assert "edition" in str(copies[0][1])
    assert all(copies[0] == copy for copy in copies)


@pytest.mark.deep
def test_the_recorder_would_show_a_write(recorded: Recorded) -> None:
    """With --save it shows the file, so that an empty record means that nothing was written."""
    recorded.run(*TRIAGE, "--save", str(recorded.home / "plan.txt"))

    assert any("plan.txt" in line for line in recorded.written())
    assert len(recorded.written()) > 1  # it is opened first without a name, where the system can
