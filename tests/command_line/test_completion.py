"""The Tab key, pressed in real shells: bash, zsh and fish, each set up by `cst --install-completion`."""

from __future__ import annotations

import os
import shlex
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path
from time import monotonic
from typing import Any

import pexpect
import pyte
import pytest

from tests.support import ROOT
from tests.support.command import CST, cst

SHELLS = {
    "bash": ["bash", "--noprofile", "-i"],
    "zsh": ["zsh", "-i"],
    "fish": ["fish", "-i"],
}
LATEST = 40  # seconds until a machine that is busy has answered


class Shell:
    """A shell that somebody sits at, with `cst` on its path and nothing set up but completion."""

    def __init__(self, name: str, home: Path) -> None:
        (home / "cst").write_text(f'#!/bin/sh\nexec {shlex.join(CST)} "$@"\n', "utf-8")
        (home / "cst").chmod(0o755)
        self.environment = {
            **os.environ,
            "HOME": str(home),
            "ZDOTDIR": str(home),
            "XDG_CONFIG_HOME": str(home / ".config"),
            "PATH": f"{home}:{os.environ['PATH']}",
            "PYTHONPATH": str(ROOT),
            "TERM": "xterm",
            "LANG": "C.UTF-8",
            "PS1": "> ",
        }
        self.set_up = subprocess.run(
            ["cst", "--install-completion", name], env=self.environment, capture_output=True, check=False
        )
        command, *options = SHELLS[name]
        self.screen = pyte.Screen(100, 24)
        self.stream = pyte.Stream(self.screen)
        self.child: Any = pexpect.spawn(
            command, options, env=self.environment, cwd=home, dimensions=(24, 100), encoding="utf-8"
        )

    def types(self, keys: str, until: str) -> str:
        """Sends keys and reads until the text stands on the screen; the screen as it then is."""
        self.child.send(keys)
        latest = monotonic() + LATEST
        while until not in (seen := "\n".join(line.rstrip() for line in self.screen.display)):
            assert monotonic() < latest, f"{until!r} never came:\n{seen}"
            try:
                written = self.child.read_nonblocking(4096, timeout=0.2)
            except pexpect.TIMEOUT:
                continue
            self.stream.feed(written)
            if "\x1b[6n" in written:  # where is the cursor
                self.child.send(f"\x1b[{self.screen.cursor.y + 1};{self.screen.cursor.x + 1}R")
            if "\x1b[c" in written or "\x1b[0c" in written:  # what are you
                self.child.send("\x1b[?1;2c")
        return seen


@pytest.fixture
def shell(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Shell]:
    """The shell that is named; the test is left out where it is not installed."""
    if shutil.which(request.param) is None:
        pytest.skip(f"{request.param} is not installed")
    one = Shell(request.param, tmp_path)
    yield one
    one.child.close(force=True)


@pytest.mark.deep
@pytest.mark.parametrize("shell", SHELLS, indirect=True)
def test_a_real_tab_completes_words_and_areas(shell: Shell) -> None:
    """One candidate is filled in, several are offered, an option's value too."""
    assert shell.set_up.returncode == 0
    shell.types("echo re''ady\r", "\nready")
    shell.types("cst triage dom\t", "cst triage domestic-abuse")
    shell.types("\x15cst lookup marac --area gos\t", "cst lookup marac --area gosport")
    shell.types("\x15cst lookup mar\t\t", "marac-referral")


@pytest.mark.parametrize("name", SHELLS)
def test_what_the_shell_asks_ends_with_exit_code_0(name: str) -> None:
    """Fish asks by the exit code whether there is anything to offer."""
    for action in ("is-args", "get-args"):
        ran = cst(
            _CST_COMPLETE=f"complete_{name}",
            _TYPER_COMPLETE_FISH_ACTION=action,
            _TYPER_COMPLETE_ARGS="cst lookup mar",
            COMP_WORDS="cst lookup mar",
            COMP_CWORD="2",
        )
        assert (ran.returncode, ran.stderr) == (0, "")


def test_a_shell_without_completion_here_is_named() -> None:
    """With those that have it."""
    ran = cst("--install-completion", "ksh")
    assert (ran.returncode, "ksh has no completion here. One of: bash, zsh, fish" in ran.stderr) == (2, True)
