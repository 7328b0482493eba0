"""H85: the single file and the packed folder say what the checkout says, with nothing else at hand and no network.

Each form is made once for all workers, by the command that the pages name. What runs it has an empty environment and,
where the system lets us take it away, no network at all.
"""

from __future__ import annotations

import fcntl
import filecmp
import json
import os
import shlex
import subprocess
import sys
import sysconfig
import zipfile
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

from cst import __version__, card
from cst.exits import Exit
from tests.support import ROOT
from tests.support.command import DOWN, ENTER, Terminal
from tests.support.in_process import run

pytestmark = [pytest.mark.nightly, pytest.mark.skipif(sys.platform != "linux", reason="packed for Linux")]

FORMS = ("file", "folder")
MADE = {"file": "cst.pyz", "folder": "cst", "sbom": "cst.cdx.json"}
ALONE = ["unshare", "-n"] if subprocess.run(["unshare", "-n", "true"], check=False).returncode == 0 else []
AT = "--at 2026-11-24T10:00"
LINES = [
    f"lookup marac {AT}",
    f"lookup mash --area havant --short {AT}",
    f"lookup mash --area havant --field phone {AT}",
    f"lookup neighbour shouting at her {AT}",
    f"lookup marac --json {AT}",
    f"triage --no-input -a immediate-danger=no -a concerns=scams --area gosport {AT}",
    f"triage --json -a immediate-danger=yes {AT}",
    f"eligible fire-visit --no-input -a age=82 {AT}",
    f"eligible fire-visit --no-input --explain {AT}",
    f"list contacts {AT}",
    "graph fire-visit --format svg",
    "export sql --scheme fire-visit --dialect duckdb",
    f"export handbook --area gosport {AT}",
    "help night",
    "triage --help",
    "lookup --nonsense",
]

Packed = Callable[[str], list[str]]


def make(form: str, into: Path, *more: str, **environment: str) -> Path:
    """Packs a form by the command that the pages name: where it lies."""
    command = [sys.executable, "-m", "tools.pack", form, "--into", str(into), *more]
    subprocess.run(command, cwd=ROOT, check=True, env={**os.environ, **environment}, capture_output=True, timeout=600)
    return into / MADE[form]


@pytest.fixture(scope="session")
def packed(tmp_path_factory: pytest.TempPathFactory) -> Packed:
    """How each form starts, as words; it is made when it is first asked for."""
    shared = tmp_path_factory.getbasetemp().parent / "packed"
    shared.mkdir(exist_ok=True)

    def started(form: str) -> list[str]:
        with (shared / f"{form}.lock").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            made = shared / MADE[form]
            if not (shared / f"{form}.done").exists():
                make(form, shared)
                (shared / f"{form}.done").touch()
        return [str(made / "cst")] if form == "folder" else [plain_python(), str(made)]

    return started


def plain_python() -> str:
    """The Python that this environment was made from, which has none of our libraries."""
    return os.path.join(sys.base_exec_prefix, "bin", f"python{sysconfig.get_python_version()}")


def alone(start: Sequence[str], line: str, home: Path) -> subprocess.CompletedProcess[bytes]:
    """A command line in an empty environment but for its home."""
    command = [*ALONE, "env", "-i", f"HOME={home}", *start, *shlex.split(line)]
    return subprocess.run(command, cwd=home, stdin=subprocess.DEVNULL, capture_output=True, timeout=400, check=False)


@pytest.mark.parametrize("form", FORMS)
def test_it_says_what_the_checkout_says(form: str, packed: Packed, tmp_path: Path) -> None:
    """The same bytes and exit codes, whatever it is asked; the first time it has no run-time copy, then it has."""
    start = packed(form)
    for line in (LINES[0], *LINES):
        ran, here = alone(start, line, tmp_path), run(*shlex.split(line), TERM="", HOME=str(tmp_path))
        assert here.code == ran.returncode, (line, ran.stderr)
        assert here.out.encode() == ran.stdout, line
        assert b"Traceback" not in ran.stderr
    assert list(tmp_path.glob(".cache/cst/*.cache"))


@pytest.mark.parametrize("form", FORMS)
def test_it_proves_its_own_toolkit(form: str, packed: Packed, tmp_path: Path) -> None:
    """`cst check` needs the most: the YAML, pydantic, the telephone numbers, the cases."""
    start = packed(form)
    alone(start, "--version", tmp_path)  # the single file says that it unpacks itself, once
    ran = alone(start, "check --plain", tmp_path)

    assert (Exit.DONE, b"") == (ran.returncode, ran.stderr)
    assert b"No faults." in ran.stdout


@pytest.mark.parametrize("form", FORMS)
def test_it_asks_at_a_terminal_and_leaves_no_core_file(form: str, packed: Packed, tmp_path: Path) -> None:
    """Menus, keys, and the screen cleared at the end."""
    terminal = Terminal("triage", packed=packed(form), HOME=str(tmp_path), LINES="24")
    terminal.at_rest("Not sure")
    terminal.send(f"{DOWN}{ENTER}")  # yes
    terminal.at_rest("carry on")
    limits = Path(f"/proc/{terminal.child.pid}/limits").read_text("utf-8")
    terminal.send("q")

    assert ["0"] == [line.split()[4] for line in limits.splitlines() if line.startswith("Max core file size")]
    assert Exit.LEFT == terminal.end()


@pytest.mark.parametrize("form", FORMS)
def test_settings_and_completion_work(form: str, packed: Packed, tmp_path: Path) -> None:
    """They are written where they belong to this user."""
    start = packed(form)
    assert Exit.DONE == alone(start, "settings area gosport", tmp_path).returncode
    assert b"gosport" in alone(start, "settings", tmp_path).stdout
    assert Exit.DONE == alone(start, "--install-completion bash", tmp_path).returncode
    asked = ["bash", "-c", f"_CST_COMPLETE=complete_bash COMP_WORDS='cst lookup mar' COMP_CWORD=2 {shlex.join(start)}"]

    assert b"marac" in alone(asked, "", tmp_path).stdout.split()
    shell = ["bash", "-c", f"{shlex.join(start)} --show-completion; true"]
    assert b"_CST_COMPLETE=complete_bash" in alone(shell, "", tmp_path).stdout


@pytest.mark.parametrize("form", FORMS)
def test_what_was_left_out_is_said(form: str, packed: Packed, tmp_path: Path) -> None:
    """DuckDB is in neither, unless it is asked for when it is packed."""
    (tmp_path / "people.csv").write_text("age\n82\n", "utf-8")
    ran = alone(packed(form), "screen fire-visit people.csv --output out.csv", tmp_path)

    assert Exit.USAGE == ran.returncode
    assert (b"packed without it" if form == "folder" else b"-m pip install") in ran.stderr
    assert not (tmp_path / "out.csv").exists()


def test_damage_to_what_was_unpacked_is_seen(packed: Packed, tmp_path: Path) -> None:
    """The seal holds in the single file too; and its folder is the user's own."""
    start = packed("file")
    assert Exit.DONE == alone(start, LINES[0], tmp_path).returncode
    (data,) = tmp_path.glob(".shiv/*/site-packages/cst/data/toolkit.yaml")
    data.write_text(data.read_text("utf-8").replace("0300 555 1384", "0300 555 1385"), "utf-8")
    ran = alone(start, LINES[0], tmp_path)

    assert 0 == (tmp_path / ".shiv").stat().st_mode & 0o077
    assert 78 == ran.returncode
    assert card.LINE.encode() in ran.stdout


def test_without_a_home_that_can_be_written_to_the_card_comes(packed: Packed, tmp_path: Path) -> None:
    """What cannot be unpacked cannot start, and says where there may be room. It is a file where a folder should be."""
    (tmp_path / ".shiv").write_text("", "utf-8")
    ran = alone(packed("file"), LINES[0], tmp_path)

    assert Exit.FAULT == ran.returncode
    assert card.LINE.encode() in ran.stdout
    assert b"set SHIV_ROOT" in ran.stderr


def test_help_keeps_its_words_where_python_throws_docstrings_away(packed: Packed, tmp_path: Path) -> None:
    """`python -OO` on the single file; the folder takes no such switch."""
    python, file = packed("file")

    assert b"Examples:" in alone([python, "-OO", file], "lookup --help", tmp_path).stdout


@pytest.mark.parametrize("form", FORMS)
def test_packed_twice_it_is_the_same(form: str, packed: Packed, tmp_path: Path) -> None:
    """Whatever the hour, the country, the order of sets and the rights that new files get."""
    again = make(form, tmp_path, TZ="Asia/Tokyo", PYTHONHASHSEED="7")
    before = Path(packed(form)[-1])
    before = before.parent if form == "folder" else before

    assert before != again
    if form == "file":
        assert before.read_bytes() == again.read_bytes()
    else:
        files, others = ({one.relative_to(top) for one in top.rglob("*") if one.is_file()} for top in (before, again))
        assert files == others
        assert ([], []) == filecmp.cmpfiles(before, again, map(str, files), shallow=False)[1:]


def test_the_file_names_no_place_and_no_address_of_where_it_was_made(packed: Packed) -> None:
    """It is passed on: what pip writes down of a wheel on this disk is not."""
    with zipfile.ZipFile(packed("file")[-1]) as made:
        assert not [name for name in made.namelist() if name.endswith(("direct_url.json", "RECORD", ".pyc"))]
        ours = [made.read(name) for name in made.namelist() if "community_safety" in name or "_" not in name]
    assert not [text for text in ours if str(ROOT).encode() in text]


def test_the_list_of_what_is_in_it_is_whole_and_the_same_each_time(packed: Packed, tmp_path: Path) -> None:
    """Every library in the file with its version, and nothing of the machine that made it."""
    lists = [make("sbom", tmp_path / name) for name in ("one", "two")]
    text = lists[0].read_text("utf-8")
    listed = {f"{one['name']}-{one['version']}" for one in json.loads(text)["components"] if one["name"] != "Python"}
    with zipfile.ZipFile(packed("file")[-1]) as made:
        held = {name.split("/")[1].removesuffix(".dist-info") for name in made.namelist() if ".dist-info/" in name}

    assert lists[0].read_bytes() == lists[1].read_bytes()
    assert {one.replace("_", "-").lower() for one in held} - {f"community-safety-toolkit-{__version__}"} == {
        one.replace("_", "-").lower() for one in listed
    }
    assert not [place for place in (str(ROOT), str(tmp_path), "file:") if place in text]
