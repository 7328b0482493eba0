"""The first step of the single file: it starts what was unpacked, or it shows the card and says what to do."""

from __future__ import annotations

import os
import subprocess
import sys
from importlib.machinery import EXTENSION_SUFFIXES
from pathlib import Path

import pytest

from cst import card
from cst.cli.extras import not_installed
from cst.exits import Exit
from tools.pack.single_file import FIRST

WORKS = "import sys\ndef bootstrap(): sys.exit('started')\n"


def start(place: Path, bootstrap: str, *, endings: list[str] | None = None, **environment: str) -> tuple[int, str, str]:
    """Runs the first step with this in the place of shiv's: its exit code, and what it wrote."""
    (place / "__main__.py").write_text(FIRST.read_text("utf-8"), "utf-8")
    known = EXTENSION_SUFFIXES[:1] if endings is None else endings
    made = f"BUILD = 'a-build'\nCARD = {list(card.CARD)!r}\nENDINGS = {known!r}\nNEEDS = 'Python 3.99 on Elsewhere'\n"
    (place / "made.py").write_text(made, "utf-8")
    (place / "_bootstrap.py").write_text(bootstrap, "utf-8")
    given = {"HOME": str(place), "PATH": os.environ["PATH"], **environment}
    ran = subprocess.run([sys.executable, place], env=given, capture_output=True, text=True, timeout=60, check=False)
    return ran.returncode, ran.stdout, ran.stderr


def test_it_starts_what_is_unpacked_into_a_folder_that_only_the_user_can_read(tmp_path: Path) -> None:
    """Where there was no such folder yet."""
    _, shown, said = start(tmp_path, WORKS)

    assert "" == shown
    assert f"{card.LINE}\nThe first start unpacks this file, and takes a while.\nstarted\n" == said
    assert 0o700 == (tmp_path / ".shiv").stat().st_mode & 0o777


@pytest.mark.parametrize(
    ("fault", "says", "code"),
    [
        ("raise OSError(28, 'No space left on device')", "No space left on device. Make room there", Exit.FAULT),
        ("raise ModuleNotFoundError('cst')", "is damaged (ModuleNotFoundError). Remove that folder", Exit.FAULT),
        ("raise KeyboardInterrupt", "Stopped.", Exit.INTERRUPTED),
    ],
)
def test_whatever_fails_the_card_comes(fault: str, says: str, code: int, tmp_path: Path) -> None:
    """A full disk, a half-deleted folder, Ctrl-C while it unpacks."""
    ended, shown, said = start(tmp_path, f"def bootstrap(): {fault}\n")

    assert (code, "\n".join(("", *card.CARD, "", ""))) == (ended, shown)
    assert says in said
    assert "Traceback" not in said


def test_another_python_is_told_which_one_it_takes(tmp_path: Path) -> None:
    """In place of what would break once the files are read: the libraries in it are for one Python alone."""
    ended, shown, said = start(tmp_path, WORKS, endings=[".cpython-399-elsewhere.so"])

    assert Exit.FAULT == ended
    assert card.LINE in shown
    assert "This file needs Python 3.99 on Elsewhere. This is Python 3." in said


def test_nothing_runs_out_of_a_folder_that_others_can_change(tmp_path: Path) -> None:
    """They could put their own program there."""
    folder = tmp_path / "open"
    folder.mkdir()
    folder.chmod(0o777)
    ended, shown, said = start(tmp_path, WORKS, SHIV_ROOT=str(folder))

    assert Exit.FAULT == ended
    assert card.LINE in shown
    assert "Other people could change" in said
    folder.chmod(0o755)
    assert start(tmp_path, WORKS, SHIV_ROOT=str(folder))[2].endswith("started\n")


def test_what_was_unpacked_before_starts_at_once(tmp_path: Path) -> None:
    """Without shiv, and before what else is installed under the same name."""
    unpacked = tmp_path / ".shiv" / f"{tmp_path.name}_a-build" / "site-packages" / "cst"
    unpacked.mkdir(parents=True)
    (unpacked / "__init__.py").write_text("", "utf-8")
    (unpacked / "__main__.py").write_text("def program(): print('started')\n", "utf-8")

    assert (0, "started\n", "") == start(tmp_path, "raise AssertionError")


def test_a_packed_folder_says_that_nothing_can_be_added_to_it(monkeypatch: pytest.MonkeyPatch) -> None:
    """Its own program is no Python that could install anything."""
    assert "-m pip install" in _remedy()
    monkeypatch.setattr(sys, "frozen", True, raising=False)

    assert "pip" not in _remedy()
    assert "packed without it" in _remedy()


def _remedy() -> str:
    (fault,) = not_installed("duckdb", "It needs DuckDB.").faults
    return fault["remedy"]
