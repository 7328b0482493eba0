"""Leaving inside tmux: the window holds nothing of the case, though tmux keeps a memory of its own."""

from __future__ import annotations

import shlex
import shutil
import subprocess
import sys
import time
import uuid
from collections.abc import Iterator

import pytest

from tests.support import ROOT

pytestmark = [pytest.mark.deep, pytest.mark.skipif(shutil.which("tmux") is None, reason="no tmux on this machine")]


def _tmux(server: str, *arguments: str) -> str:
    ran = subprocess.run(["tmux", "-L", server, *arguments], capture_output=True, text=True, timeout=20, check=False)
    return ran.stdout


@pytest.fixture
def server() -> Iterator[str]:
    """A tmux server of its own, with a plain shell in a window of 80 by 24."""
    name = f"cst-{uuid.uuid4().hex[:8]}"
    _tmux(name, "-f", "/dev/null", "new-session", "-d", "-x", "80", "-y", "24", "sh")
    yield name
    _tmux(name, "kill-server")


def _until(server: str, text: str) -> str:
    """The window once it shows this.

    Raises:
        AssertionError: it never does.
    """
    for _ in range(100):
        shown = _tmux(server, "capture-pane", "-p")
        if text in shown:
            return shown
        time.sleep(0.1)
    raise AssertionError(f"{text!r} never came:\n{shown}")


def test_leaving_clears_the_window_and_what_scrolled_away(server: str) -> None:
    """After q neither the window nor its scrollback holds a word of the case."""
    command = f"cd {shlex.quote(str(ROOT))} && {shlex.quote(sys.executable)} -m cst triage"
    _tmux(server, "send-keys", "-l", command)
    _tmux(server, "send-keys", "Enter")
    _until(server, "b back")
    _tmux(server, "send-keys", "Down", "Down", "Enter")
    _until(server, "What are you worried about?")
    _tmux(server, "send-keys", "Down", "Down", "Space", "Enter")
    _until(server, "Which of these apply?")
    _tmux(server, "send-keys", "q")
    for _ in range(50):
        left = _tmux(server, "capture-pane", "-p")
        if "apply" not in left:
            break
        time.sleep(0.1)
    whole = _tmux(server, "capture-pane", "-p", "-S", "-")

    assert "What are you worried about?" not in whole
    assert "Domestic abuse" not in whole
    assert "Which of these apply?" not in left
