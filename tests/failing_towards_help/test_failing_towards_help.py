"""Promise 9: whatever breaks, the emergency card still comes, and the exit code says what happened."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from cst import card
from tests.support import ROOT
from tests.support.command import CST, DOWN, ENTER, Terminal, cst
from tests.support.levels import sample


def copy_of_cst(folder: Path) -> dict[str, str]:
    """A copy of the package and its data that a test may damage, and the environment to run it in."""
    package = Path(sys.modules["cst"].__file__ or "").parent
    shutil.copytree(package, folder / "cst", ignore=shutil.ignore_patterns("__pycache__"))
    if not (folder / "cst" / "data").exists():
        shutil.copytree(ROOT / "data", folder / "data")
    return {"PYTHONPATH": str(folder), "XDG_CACHE_HOME": str(folder / "cache")}


def run_in(folder: Path, *arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [*CST, *arguments],
        cwd=folder,
        env={**os.environ, **environment},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        encoding="utf-8",
        timeout=60,
        check=False,
    )


def test_the_card_is_shown_before_the_first_prompt() -> None:
    """The whole card stands above the first question."""
    terminal = Terminal("triage")
    terminal.until("q leave")
    shown = terminal.shown()

    assert shown.index(card.LINE) < shown.index("Is anyone in danger now")
    for line in card.CARD:
        assert line in shown
    terminal.send("q")
    assert terminal.end() == 20


@pytest.mark.parametrize(("key", "code"), [("\x04", 20), ("q", 20), ("\x03", 130)], ids=["end-of-input", "q", "ctrl-c"])
@pytest.mark.parametrize("command", [["triage"], ["eligible", "fire-visit"]], ids=lambda command: command[0])
@pytest.mark.parametrize("term", ["xterm-256color", "dumb"])
def test_leaving_a_prompt_leaves_nothing_on_the_screen(command: list[str], key: str, code: int, term: str) -> None:
    """Promise 7, hazard 16: whichever key was used, the screen that was left holds nothing. Ctrl-C has its own code."""
    terminal = Terminal(*command, TERM=term)
    terminal.until("q leave")
    terminal.send(key + ("\r" if key == "q" and term == "dumb" else ""))

    assert terminal.end() == code
    assert not "".join(terminal.screen.display).strip()
    assert "Traceback" not in terminal.raw


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP])
def test_being_told_to_stop_shows_the_card(number: signal.Signals) -> None:
    """A process that is ended, or whose terminal goes, is handled like an interrupt."""
    terminal = Terminal("triage")
    terminal.until("q leave")
    os.kill(terminal.child.pid, number)

    assert terminal.end() == 130
    assert _card_after_question(terminal)


def _card_after_question(terminal: Terminal) -> bool:
    """Whether the whole card comes once more after the question, where it can be seen when the command has ended."""
    alternate, _, after = terminal.raw.rpartition("\x1b[?1049l")
    if not alternate:  # numbered lines stay on the one screen there is
        after = terminal.raw[terminal.raw.rindex("Is anyone in danger now") :]
    return all(line in after for line in card.CARD)


FAULTS = [
    "cst.engine.plan.plan",
    "cst.source.open.open_toolkit",
    "cst.views.formats.plain.plain",
    "cst.engine.call_order.call_order",
    "cst.rules.residual",
]


@pytest.mark.parametrize("place", FAULTS)
def test_a_fault_of_our_own_shows_the_card_and_no_traceback(place: str, tmp_path: Path) -> None:
    """An error anywhere on the way ends in the card, exit 70, and not one line of code on the screen."""
    module, _, function = place.rpartition(".")
    (tmp_path / "broken.py").write_text(
        "import sys\n"
        f"import {module} as home\n"
        "def fail(*a, **k): raise RuntimeError('a secret 01632 960999')\n"
        f"home.{function} = fail\n"
        "for module in list(sys.modules.values()):\n"
        f"    if getattr(module, '__name__', '').startswith('cst') and hasattr(module, '{function}'):\n"
        f"        setattr(module, '{function}', fail)\n"
        "from cst.__main__ import main\nmain()\n",
        "utf-8",
    )
    ran = subprocess.run(
        [sys.executable, str(tmp_path / "broken.py"), "triage", "--no-input", "-a", "concerns=scams", "--plain"],
        env={**os.environ, "PYTHONPATH": str(Path(sys.modules["cst"].__file__ or "").parent.parent)},
        capture_output=True,
        encoding="utf-8",
        timeout=60,
        check=False,
    )

    assert ran.returncode == 70, ran.stderr
    for line in card.CARD:
        assert line in ran.stdout
    assert "Traceback" not in ran.stdout + ran.stderr
    assert "secret" not in ran.stdout + ran.stderr


@pytest.mark.parametrize("cut", [0, 1, 100, 5_000, 50_000])
def test_a_damaged_toolkit_is_refused_with_the_card(cut: int, tmp_path: Path) -> None:
    """A file that is cut short is never half used: exit 78, the card, and the place of the fault."""
    environment = copy_of_cst(tmp_path)
    file = next(tmp_path.rglob("data/toolkit.yaml"))
    file.write_bytes(file.read_bytes()[:cut])
    ran = run_in(tmp_path, "lookup", "marac", **environment)

    assert ran.returncode == 78
    assert card.CARD[-1] in ran.stdout
    assert "toolkit.yaml" in ran.stderr


def test_a_missing_toolkit_is_refused_with_the_card(tmp_path: Path) -> None:
    """Without its file cst still says whom to ring in an emergency."""
    environment = copy_of_cst(tmp_path)
    next(tmp_path.rglob("data/toolkit.yaml")).unlink()
    ran = run_in(tmp_path, "triage", "--no-input", **environment)

    assert ran.returncode == 78
    assert card.LINE in ran.stdout


def test_a_damaged_run_time_copy_is_made_again(tmp_path: Path) -> None:
    """The file is always the truth: a copy that is cut, changed or nonsense is not used."""
    environment = copy_of_cst(tmp_path)
    right = run_in(tmp_path, "lookup", "marac", "--at", "2026-11-24T10:00", **environment).stdout
    copy = next((tmp_path / "cache").rglob("*.cache"))
    whole = copy.read_bytes()
    for damaged in sample([b"", whole[:100], whole[:50] + b"\x00" + whole[51:], b"nonsense", whole[:-1]], 3):
        copy.write_bytes(damaged)
        assert right == run_in(tmp_path, "lookup", "marac", "--at", "2026-11-24T10:00", **environment).stdout
        assert len(copy.read_bytes()) > len(whole) / 2


def test_a_home_that_cannot_be_written_to_is_no_fault(tmp_path: Path) -> None:
    """Without a place for its copy cst reads the file each time."""
    (tmp_path / "not-a-folder").write_text("", "utf-8")

    assert cst("lookup", "marac", XDG_CACHE_HOME=str(tmp_path / "not-a-folder")).returncode == 0


@pytest.mark.parametrize("columns", [30, 40, 53, 60, 70])
def test_what_is_wrong_is_said_in_whole_words_on_a_terminal(columns: int) -> None:
    """A line ends between words, at any width; in a pipe each sentence stays on its line, for scripts."""
    wrong = ("lookup", "marac", "--at", "whenever somebody has time")
    piped = cst(*wrong)
    terminal = Terminal(*wrong, columns=columns)

    assert (2, 2) == (terminal.end(), piped.returncode)
    assert 2 == len(piped.stderr.splitlines())
    assert piped.stderr.split() == terminal.shown().split()


def test_a_closed_pipe_is_quiet() -> None:
    """`cst lookup marac | head -1` says nothing about it; the exit code is 141."""
    ran = subprocess.Popen([*CST, "list", "contacts"], stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    assert ran.stdout is not None
    assert ran.stderr is not None
    ran.stdout.close()

    assert ran.wait(timeout=30) == 141
    assert ran.stderr.read() == b""
    ran.stderr.close()


@pytest.mark.skipif(not os.path.exists("/dev/full"), reason="no full device here")
def test_an_answer_that_cannot_be_written_is_exit_74() -> None:
    """A full disk is told apart from everything else."""
    with open("/dev/full", "w") as full:
        ran = subprocess.run([*CST, "lookup", "marac"], stdout=full, stderr=subprocess.PIPE, timeout=30, check=False)

    assert ran.returncode == 74
    assert card.LINE.encode() in ran.stderr


def test_nothing_is_written_but_the_copy_of_the_toolkit(tmp_path: Path) -> None:
    """Promise 7: a whole triage leaves nothing behind; the run-time copy holds no answer."""
    home = tmp_path / "home"
    home.mkdir()
    canary = "strangulation"
    terminal = Terminal("triage", "--area", "gosport", HOME=str(home), XDG_CACHE_HOME=str(home / "cache"))
    terminal.until("q leave")
    terminal.send(DOWN + DOWN + ENTER)
    terminal.until("What are you worried about?")
    terminal.send("q")
    terminal.end()
    cst("triage", "--no-input", "-a", f"high-risk-signs={canary}", HOME=str(home), XDG_CACHE_HOME=str(home / "cache"))
    time.sleep(0.1)
    written = [file for file in home.rglob("*") if file.is_file()]

    assert [file.name.partition("-")[0] for file in written] == ["toolkit"]
    assert written[0].stat().st_mode & 0o077 == 0
    again = written[0].read_bytes()
    cst("triage", "--no-input", "-a", "concerns=scams", HOME=str(home), XDG_CACHE_HOME=str(home / "cache"))
    assert again == written[0].read_bytes()
