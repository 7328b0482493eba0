"""F7 and F8 of the fault matrix, hazard H13: damage to what was shipped is always seen, and never half used."""

from __future__ import annotations

import json
import random
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from cst import card
from cst.source.faults import Refused
from cst.source.manifest import Seal
from cst.source.open import open_toolkit, shipped_files
from tests.failing_towards_help.test_failing_towards_help import copy_of_cst, run_in
from tests.support.command import cst
from tests.support.levels import NIGHTLY

EVERY = 1 if NIGHTLY else 97  # of the places at which a file can be cut, one in so many
SHIPPED = shipped_files()
AT = ("--at", "2026-11-24T10:00")


@pytest.fixture
def own(tmp_path: Path) -> list[Path]:
    """A copy of the shipped files and their seal, to be damaged: the paths of the YAML files."""
    folder = Path(SHIPPED[0]).parent
    shutil.copytree(folder, tmp_path / "data")
    return [tmp_path / "data" / Path(file).relative_to(folder) for file in SHIPPED]


def _refused(files: list[Path]) -> str:
    """With what the files are refused."""
    with pytest.raises(Refused) as refused:
        open_toolkit([str(file) for file in files], [], None, sealed=True)
    assert {fault.code for fault in refused.value.faults} == {"seal"}
    return str(refused.value)


def test_what_is_shipped_is_sealed() -> None:
    """The seal holds, so that what the other tests see is the damage."""
    assert open_toolkit(SHIPPED, [], None, sealed=True).kind("issues")


def test_a_file_cut_short_anywhere_is_seen() -> None:
    """Every shipped file, at every byte by night and at every 97th by day: a parser alone takes half of such files."""
    seal = Seal.read(SHIPPED)
    for file in SHIPPED:
        data = Path(file).read_bytes()
        assert not seal.wrong(file, data)
        view = memoryview(data)
        assert all(seal.wrong(file, view[:cut]) for cut in range(0, len(data), EVERY))


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


def test_five_thousand_corruptions_are_seen() -> None:
    """Flipped bits, swapped blocks, lost lines, stray and trailing NUL bytes."""
    seal = Seal.read(SHIPPED)
    chance = random.Random(8)
    tried = 0
    for _ in range(5_000):
        file = chance.choice(SHIPPED)
        whole = Path(file).read_bytes()
        damaged = chance.choice(DAMAGE)(bytearray(whole), chance)
        if damaged != whole:  # two blocks that are alike may have been swapped
            tried += 1
            assert seal.wrong(file, damaged)
    assert tried > 4_950


@pytest.mark.parametrize(
    "change",
    [
        lambda data: data.replace(b"\n", b"\r\n"),
        lambda data: b"\xef\xbb\xbf" + data,
        lambda data: data.decode().encode("utf-16"),
        lambda data: data.decode().encode("latin-1", "replace"),
        lambda data: data + b"\n",
        lambda data: b"",
    ],
    ids=["line-ends", "byte-order-mark", "utf-16", "latin-1", "a-line-more", "nothing"],
)
def test_a_file_in_another_form_is_seen(change: Callable[[bytes], bytes]) -> None:
    """As editors, mail and file transfers change text."""
    seal = Seal.read(SHIPPED)
    for file in SHIPPED:
        data = Path(file).read_bytes()
        assert change(data) == data or seal.wrong(file, change(data))


def test_every_damage_to_the_seal_itself_is_seen(own: list[Path]) -> None:
    """Cut at every byte, any one byte another, or gone: the files are not used."""
    seal = own[0].parent / "manifest.json"
    whole = seal.read_bytes()
    paths = [str(file) for file in own]
    held = [file.read_bytes() for file in own]
    for place in range(len(whole)):
        for damaged in (whole[:place], whole[:place] + bytes([whole[place] ^ 1]) + whole[place + 1 :]):
            seal.write_bytes(damaged)
            try:
                read = Seal.read(paths)
            except Refused:
                continue
            wrong = [fault for file, data in zip(paths, held, strict=True) for fault in read.wrong(file, data)]
            counts = [read.held[name].records != Seal.read(SHIPPED).held[name].records for name in read.held]
            assert wrong or any(counts), place
    seal.unlink()
    assert "missing" in _refused(own)


def test_other_counts_in_the_seal_are_seen(own: list[Path]) -> None:
    """What is read must be as many records as were sealed."""
    seal = own[0].parent / "manifest.json"
    held = json.loads(seal.read_text("utf-8"))
    held["files"]["toolkit.yaml"]["records"]["contacts"] += 1
    seal.write_text(json.dumps(held, indent=2) + "\n", "utf-8")

    assert "contacts were sealed" in _refused(own)


def test_a_file_more_or_less_is_seen(own: list[Path]) -> None:
    """An area pack that is lost would silently lose its numbers; one that is slipped in was proved by nobody."""
    own[-1].unlink()
    assert "is missing, which was shipped" in _refused(own[:-1])
    shutil.copy(own[1], own[-1])
    shutil.copy(own[1], own[1].with_name("zz.yaml"))
    assert "which was not shipped" in _refused([*own, own[1].with_name("zz.yaml")])


@pytest.mark.parametrize(
    "command", [["lookup", "marac"], ["triage", "--no-input"], ["eligible", "fire-visit", "--json"]]
)
def test_a_damaged_toolkit_is_refused_with_the_card_and_a_way_out(command: list[str], tmp_path: Path) -> None:
    """A digit of a number is another, which only the seal can see; and it is said what to do."""
    environment = copy_of_cst(tmp_path)
    file = next(tmp_path.rglob("data/toolkit.yaml"))
    file.write_text(file.read_text("utf-8").replace("0300 555 1384", "0300 555 1385"), "utf-8")
    ran = run_in(tmp_path, *command, *AT, **environment)

    assert 78 == ran.returncode
    assert card.CARD[-1] in ran.stdout + ran.stderr
    assert "not as it was shipped" in ran.stdout + ran.stderr
    assert "nstall cst again" in ran.stdout + ran.stderr
    assert "0300 555 1385" not in ran.stdout


@pytest.mark.deep
def test_what_was_changed_on_purpose_is_used_once_it_is_proved_and_sealed(tmp_path: Path) -> None:
    """A maintainer's way: change, `cst check --seal`, use; what is not proved is not sealed."""
    environment = copy_of_cst(tmp_path)
    file = next(tmp_path.rglob("data/toolkit.yaml"))
    whole = file.read_text("utf-8")
    file.write_text(whole.replace("title: Ring the emergency line", "title: Ring the emergency line at once"), "utf-8")
    assert whole != file.read_text("utf-8")
    assert 78 == run_in(tmp_path, "lookup", "emergency", **environment).returncode
    checked = run_in(tmp_path, "check", **environment)
    assert 1 == checked.returncode
    assert "cst check --seal" in checked.stdout
    assert 0 == run_in(tmp_path, "check", "--seal", **environment).returncode
    assert "Ring the emergency line at once" in run_in(tmp_path, "lookup", "emergency", **environment).stdout

    file.write_text(whole.replace("on_not_sure: take", "on_not_sure: skip"), "utf-8")
    assert 1 == run_in(tmp_path, "check", "--seal", **environment).returncode
    assert 78 == run_in(tmp_path, "lookup", "emergency", **environment).returncode


def test_only_the_shipped_toolkit_is_sealed(tmp_path: Path) -> None:
    """With a local file on top there is nothing to seal."""
    (tmp_path / "team.yaml").write_text("terms: {}\n", "utf-8")
    ran = cst("check", "--seal", str(tmp_path / "team.yaml"))

    assert 2 == ran.returncode
    assert "Only the shipped toolkit is sealed" in ran.stderr
