"""Running `cst` as its users do: a process of its own, piped or on a pseudo-terminal."""

from __future__ import annotations

import os
import shlex
import shutil
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from time import monotonic
from typing import Any

import pexpect
import pyte

CST = [sys.executable, "-m", "cst"]
NOTHING_CAME = 2.0  # seconds after which keys are taken to have brought nothing, on a machine that is busy


def cst(*arguments: str, text: str | None = None, **environment: str) -> subprocess.CompletedProcess[str]:
    """Runs a command with output piped; standard input is `text`, or nothing."""
    return subprocess.run(
        [*CST, *arguments],
        input=text,
        stdin=None if text is not None else subprocess.DEVNULL,
        capture_output=True,
        encoding="utf-8",
        env={**os.environ, "PYTHONIOENCODING": "utf-8", **environment},
        timeout=60,
        check=False,
    )


def warmed(home: Path) -> Path:
    """A folder in which the run-time copy lies already, as from an earlier command: making it takes seconds.

    It is made once for each run of the tests, and only copied here.
    """
    made = Path(os.environ["XDG_CACHE_HOME"]).with_name("warm")
    if not made.exists():
        cst("list", "issues", XDG_CACHE_HOME=str(made))
    shutil.copytree(made, home, dirs_exist_ok=True)
    return home


class Terminal:
    """A command on a real pseudo-terminal, with the screen as a person sees it."""

    def __init__(
        self,
        *arguments: str,
        columns: int = 80,
        rows: int = 24,
        shell: str = "",
        packed: Sequence[str] = CST,
        **environment: str,
    ) -> None:
        variables = {**os.environ, "TERM": "xterm-256color", "LANG": "C.UTF-8", **environment}
        self.screen = pyte.HistoryScreen(columns, rows, history=5000)
        self.stream = pyte.Stream(self.screen)
        self.raw = ""
        self.answered = False
        self.sent = monotonic()
        program, words = self._command([*packed, *arguments], shell)
        self.child: Any = pexpect.spawn(
            program, words, dimensions=(rows, columns), env=variables, encoding="utf-8", timeout=20
        )

    @staticmethod
    def _command(command: list[str], shell: str) -> tuple[str, list[str]]:
        """The program and its arguments; `shell` is a line for the shell with {} for the command."""
        return ("sh", ["-c", shell.format(shlex.join(command))]) if shell else (command[0], command[1:])

    def until(self, text: str) -> str:
        """Reads until the text has come; gives all that the screen has shown since the start."""
        while text not in self.shown():
            self._read(self.child.read_nonblocking(4096, timeout=20))
        return self.shown()

    def at_rest(self, *texts: str) -> str:
        """Reads until the command waits for keys, with one of these texts on the screen; gives the screen as it is.

        It waits once it sleeps and all that it wrote has been read; an empty screen is one that was cleared and not
        drawn yet. Without texts, keys that bring nothing for some time count as well.
        """
        latest = monotonic() + 60
        while True:
            try:
                self._read(self.child.read_nonblocking(4096, timeout=0.05))
            except pexpect.TIMEOUT:
                screen = "\n".join(self.screen.display)
                if texts:
                    there = self.answered and any(text in screen for text in texts)
                else:
                    there = bool(screen.strip()) and (self.answered or monotonic() > self.sent + NOTHING_CAME)
                if there and self.sleeps():
                    return screen
                assert monotonic() < latest, f"none of {texts} came: {screen}"

    def sleeps(self) -> bool:
        """Whether the command, or what the shell runs for it, waits for something."""
        pid = str(self.child.pid)
        try:
            while children := Path(f"/proc/{pid}/task/{pid}/children").read_text("utf-8").split():
                pid = children[-1]
            return Path(f"/proc/{pid}/stat").read_text("utf-8").rpartition(")")[2].split()[0] == "S"
        except (FileNotFoundError, ProcessLookupError):
            return False  # it has just ended: the next read says so

    def send(self, keys: str) -> None:
        """Types keys."""
        self.answered = False
        self.sent = monotonic()
        self.child.send(keys)

    def end(self) -> int:
        """Reads to the end and gives the exit code."""
        while True:
            try:
                self._read(self.child.read_nonblocking(4096, timeout=20))
            except pexpect.EOF:
                break
        self.child.close()
        code = self.child.exitstatus
        return int(code) if code is not None else -int(self.child.signalstatus)

    def shown(self) -> str:
        """Every line so far, the ones scrolled away first."""
        scrolled = [
            "".join(line[column].data for column in range(self.screen.columns)) for line in self.screen.history.top
        ]
        return "\n".join(line.rstrip() for line in (*scrolled, *self.screen.display))

    def _read(self, text: str) -> None:
        self.answered = True  # something came since the last keys
        self.raw += text
        self.stream.feed(text)
        if "\x1b[6n" in text:  # the prompt asks where the cursor is; a real terminal answers
            self.child.send(f"\x1b[{self.screen.cursor.y + 1};{self.screen.cursor.x + 1}R")


DOWN = "\x1b[B"
UP = "\x1b[A"
ENTER = "\r"
SPACE = " "
