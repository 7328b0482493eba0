"""F7 and F8 of the fault matrix, hazard H13: damage to what was shipped is always seen, and never half used."""

from __future__ import annotations

import json
import os
import random
import shutil
import subprocess
import sys
import zipfile
from collections.abc import Callable
from importlib import util
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

import cst
from cst import card
from cst.source import manifest
from cst.source.open import shipped_files
from tests.failing_towards_help.test_failing_towards_help import run_in
from tests.support import ROOT
from tests.support.levels import NIGHTLY, sample, times

EVERY = 1 if NIGHTLY else 997  # of the places at which a file can be cut, one in so many
SHIPPED = [Path(file) for file in shipped_files(cases=True)]
FOLDER = SHIPPED[0].parent
AT = ("--at", "2026-11-24T10:00")


@pytest.fixture
def own(tmp_path: Path) -> Path:
    """A copy of the shipped files with their seal, to be damaged: its folder."""
    folder = tmp_path / "data"
    shutil.copytree(FOLDER, folder)
    (folder / "manifest.json").write_text(manifest.sealed(str(folder)), "utf-8")
    return folder


def _damage(folder: Path) -> str:
    """What the seal has to say, each line with its code."""
    found = manifest.damage(str(folder))
    assert {fault.code for fault in found} <= {"seal"}
    return "\n".join(map(str, found))


def test_what_is_shipped_is_as_it_was_sealed(own: Path) -> None:
    """The seal holds, so that what the other tests see is the damage; and it names every file."""
    assert not _damage(own)
    held = json.loads((own / "manifest.json").read_text("utf-8"))["files"]
    assert sorted(file.relative_to(FOLDER).as_posix() for file in SHIPPED) == sorted(held)


def _seen(measured: dict[str, Any], data: bytes) -> bool:
    """Whether a seal that holds these measures tells these bytes from what was sealed."""
    return measured != manifest.measured(data)


def test_a_file_cut_short_anywhere_is_seen() -> None:
    """Every shipped file, at every byte by night and at every 997th by day: a parser alone takes half of such files."""
    for file in SHIPPED:
        data = file.read_bytes()
        sealed, view = manifest.measured(data), memoryview(data)
        assert all(_seen(sealed, view[:cut]) for cut in range(0, len(data), EVERY))


def _flip(data: bytearray, chance: random.Random) -> bytes:
    data[chance.randrange(len(data))] ^= 1 << chance.randrange(8)
    return bytes(data)


def _swap(data: bytearray, chance: random.Random) -> bytes:
    one, other = sorted(chance.sample(range(len(data) // 64), 2))
    size = chance.randrange(1, 64)
    first, second = data[one * 64 : one * 64 + size], data[other * 64 : other * 64 + size]
    data[one * 64 : one * 64 + size], data[other * 64 : other * 64 + size] = second, first
    return bytes(data)


def _drop_line(data: bytearray, chance: random.Random) -> bytes:
    lines = bytes(data).splitlines(keepends=True)
    del lines[chance.randrange(len(lines))]
    return b"".join(lines)


def _nothing(data: bytearray, chance: random.Random) -> bytes:
    place = chance.randrange(len(data))
    return bytes(data[:place] + b"\0" + data[place + 1 :])


def _zeros(data: bytearray, chance: random.Random) -> bytes:
    place = chance.randrange(len(data))
    return bytes(data[:place].ljust(len(data), b"\0"))


DAMAGE: list[Callable[[bytearray, random.Random], bytes]] = [_flip, _swap, _drop_line, _nothing, _zeros]


def test_thousands_of_corruptions_are_seen() -> None:
    """Flipped bits, swapped blocks, lost lines, stray and trailing NUL bytes."""
    chance = random.Random(8)
    tried = 0
    for _ in range(times(5_000)):
        whole = chance.choice(SHIPPED).read_bytes()
        damaged = chance.choice(DAMAGE)(bytearray(whole), chance)
        if damaged != whole:  # two blocks that are alike may have been swapped
            tried += 1
            assert _seen(manifest.measured(whole), damaged)
    assert tried > 0.98 * times(5_000)


@pytest.mark.parametrize(
    "change",
    [
        lambda data: b"\xef\xbb\xbf" + data,
        lambda data: data.decode().encode("utf-16"),
        lambda data: data + b"\n",
        lambda data: data[:-1],
        lambda data: b"",
    ],
    ids=["byte-order-mark", "utf-16", "a-line-more", "cut", "nothing"],
)
def test_a_file_in_another_form_is_seen(change: Callable[[bytes], bytes], own: Path) -> None:
    """As editors, mail and file transfers change text: each file is named, with what to do."""
    for file in SHIPPED:
        hurt = own / file.relative_to(FOLDER)
        hurt.write_bytes(change(file.read_bytes()))
    said = _damage(own).splitlines()

    assert len(SHIPPED) == len(said)
    assert all("this is not as it was shipped" in line and "install cst again" in line for line in said)


def test_every_damage_to_the_seal_itself_is_seen(own: Path) -> None:
    """Cut at any byte, any one byte another, or gone: the files are not used."""
    seal = own / "manifest.json"
    whole = seal.read_bytes()
    for place in range(0, len(whole), 1 if NIGHTLY else 29):
        for damaged in (whole[:place], whole[:place] + bytes([whole[place] ^ 1]) + whole[place + 1 :]):
            seal.write_bytes(damaged)
            assert _damage(own), place
    seal.unlink()
    assert "missing" in _damage(own)


def test_a_file_more_or_less_is_seen(own: Path) -> None:
    """An area pack that is lost would silently lose its numbers; one that is slipped in was proved by nobody."""
    pack = own / "areas" / "leicestershire.yaml"
    pack.rename(own / "zz.yaml")
    lost, slipped_in = _damage(own).splitlines()

    assert "areas/leicestershire.yaml is missing, which was shipped" in lost
    assert slipped_in.startswith(f"{own / 'zz.yaml'}:1: this was not shipped")


def _hook() -> ModuleType:
    """What the build runs, with a stand-in for the builder, which is there only while a wheel is built."""
    builder: Any = ModuleType("hatchling.builders.hooks.plugin.interface")
    builder.BuildHookInterface = type("Hook", (), {"__class_getitem__": classmethod(lambda cls, _: cls)})
    spec = util.spec_from_file_location("build_seal", ROOT / "build_seal.py")
    assert spec
    assert spec.loader
    hook = util.module_from_spec(spec)
    with pytest.MonkeyPatch.context() as patch:
        patch.setitem(sys.modules, builder.__name__, builder)
        spec.loader.exec_module(hook)
    return hook


@pytest.fixture
def installed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """cst as a wheel installs it, with the seal that the build makes: the folder of its toolkit."""
    package = Path(cst.__file__).parent
    folder = tmp_path / "cst" / "data"
    shutil.copytree(package, folder.parent, ignore=shutil.ignore_patterns("__pycache__", "data"))
    shutil.copytree(FOLDER, folder, ignore=shutil.ignore_patterns("manifest.json"))
    monkeypatch.setattr(sys, "path", list(sys.path))
    seal = _hook().Seal()
    seal.root = str(tmp_path)
    shutil.copytree(folder, tmp_path / "data")
    asked: dict[str, Any] = {"force_include": {}}
    seal.initialize("standard", asked)
    ((made, place),) = asked["force_include"].items()
    shutil.copy(made, tmp_path / place)
    seal.finalize("standard", asked, "")
    assert not Path(made).exists()
    shutil.rmtree(tmp_path / "data")
    return folder


def _run(installed: Path, *command: str) -> subprocess.CompletedProcess[str]:
    home = installed.parent.parent
    return run_in(home, *command, PYTHONPATH=str(home), XDG_CACHE_HOME=str(home / "cache"))


def _another_digit(folder: Path) -> None:
    file = folder / "toolkit.yaml"
    file.write_text(file.read_text("utf-8").replace("0300 555 1384", "0300 555 1385"), "utf-8")


def _cut(folder: Path) -> None:
    file = folder / "words.yaml"
    file.write_bytes(file.read_bytes()[:-200])


def _without_a_pack(folder: Path) -> None:
    (folder / "areas" / "leicestershire.yaml").unlink()


def _with_a_pack_more(folder: Path) -> None:
    (folder / "areas" / "zz.yaml").write_text("terms: {}\n", "utf-8")


def _without_a_seal(folder: Path) -> None:
    (folder / "manifest.json").unlink()


@pytest.mark.parametrize(
    ("hurt", "says"),
    sample(
        [
            (_another_digit, "some of it has changed"),
            (_cut, "bytes where"),
            (_without_a_pack, "is missing, which was shipped"),
            (_with_a_pack_more, "this was not shipped"),
            (_without_a_seal, "missing or damaged"),
        ],
        3,
    ),
)
def test_a_damaged_installation_is_refused_with_the_card_and_a_way_out(
    hurt: Callable[[Path], None], says: str, installed: Path
) -> None:
    """Whatever the command; also where a run-time copy was made before; and it is said what to do."""
    assert 0 == _run(installed, "lookup", "marac", *AT).returncode
    hurt(installed)
    for command in (["lookup", "marac"], ["triage", "--no-input"], ["eligible", "fire-visit", "--json"]):
        ran = _run(installed, *command, *AT)

        assert 78 == ran.returncode
        assert card.CARD[-1] in ran.stdout + ran.stderr
        assert says in ran.stdout + ran.stderr
        assert "nstall cst again" in ran.stdout + ran.stderr
        assert "0300 555 1385" not in ran.stdout
    assert 1 == _run(installed, "check").returncode


def test_a_new_edition_in_the_same_place_is_shown_whatever_its_files_say_of_their_age(installed: Path) -> None:
    """H85: a packed folder that is exchanged can have files of the same size and time, as packers set times to one day.

    The run-time copy of the edition before must not be taken for it: one digit of a number may be all that differs.
    """
    command = ("lookup", "hampshire-children", "--plain", *AT)
    assert "0300 555 1384" in _run(installed, *command).stdout
    ages = {path: path.stat().st_mtime_ns for path in (*installed.rglob("*"), installed)}
    _another_digit(installed)
    (installed / "manifest.json").write_text(manifest.sealed(str(installed)), "utf-8")
    for path, age in ages.items():
        os.utime(path, ns=(age, age))
    ran = _run(installed, *command)

    assert 0 == ran.returncode
    assert "0300 555 1385" in ran.stdout
    assert "0300 555 1384" not in ran.stdout


def test_what_is_installed_reads_nothing_that_lies_beside_it(installed: Path) -> None:
    """Another program's folder called data is no toolkit of ours, and has no seal."""
    (installed.parent.parent / "data").mkdir()
    (installed.parent.parent / "data" / "toolkit.yaml").write_text("terms: {}\n", "utf-8")

    assert 0 == _run(installed, "lookup", "marac", *AT).returncode


def test_a_checkout_needs_no_seal_and_a_mended_number_is_shown_at_once(installed: Path) -> None:
    """One edit: git is what guards a checkout."""
    home = installed.parent.parent
    (installed / "manifest.json").unlink()
    installed.rename(home / "data")
    _another_digit(home / "data")
    ran = _run(installed, "lookup", "hampshire-children", "--plain", *AT)

    assert 0 == ran.returncode
    assert "0300 555 1385" in ran.stdout


def test_an_editable_install_gets_no_seal() -> None:
    """It reads the checkout."""
    asked: dict[str, Any] = {"force_include": {}}
    seal = _hook().Seal()
    seal.initialize("editable", asked)
    seal.finalize("editable", asked, "")

    assert {"force_include": {}} == asked


@pytest.mark.nightly  # builds a wheel, which needs the index of packages
def test_the_wheel_is_sealed(tmp_path: Path) -> None:
    """The build does what the tests above do by hand, and no damage of theirs is in it."""
    subprocess.run(
        [sys.executable, "-m", "tools.pack", "wheel", "--into", str(tmp_path)],
        cwd=ROOT,
        check=True,
        capture_output=True,
        timeout=300,
    )
    (wheel,) = tmp_path.glob("*.whl")
    zipfile.ZipFile(wheel).extractall(tmp_path / "wheel")
    assert not _damage(tmp_path / "wheel" / "cst" / "data")
    assert 0 == _run(tmp_path / "wheel" / "cst" / "data", "lookup", "marac", *AT).returncode
    _another_digit(tmp_path / "wheel" / "cst" / "data")
    assert 78 == _run(tmp_path / "wheel" / "cst" / "data", "lookup", "marac", *AT).returncode
