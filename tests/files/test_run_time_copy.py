"""Promise: the run-time copy gives what the files say or nothing, however damaged; the files are the truth."""

from __future__ import annotations

import random
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any

import pytest

from cst.source.open import open_toolkit
from cst.toolkit import cache, contact_index, keyed_file, names
from cst.toolkit.cache import Parts
from cst.toolkit.keyed_file import Damaged, Shelves, written
from cst.toolkit.search.find import searchable
from tests.support.command import cst
from tests.support.levels import NIGHTLY
from tests.support.states import SMALL, shipped, small

MADE = (1, "a stamp")
VALUES = {f"kind\0{place}": {"name": f"name {place}", "list": list(range(place % 7))} for place in range(400)}
AT = ("--at", "2026-11-24T10:00")


@lru_cache
def parts() -> Parts:
    """The shipped toolkit but for its cases, with all that is worked out from it."""
    records = {kind: held for kind, held in shipped().records.items() if kind != "cases"}
    return Parts(records, names.index(records), contact_index.index(records))


def whole(held: Parts) -> dict[str, Any]:
    """All of it as plain dicts."""
    read = {kind: dict(value.items()) if hasattr(value, "items") else value for kind, value in held.records.items()}
    return {"records": read, "names": dict(held.names.items()), "filling": dict(held.filling.items())}


def never() -> Any:
    """For a copy that is not damaged."""
    raise AssertionError("it was made anew")


def test_a_copy_holds_all_there_is(tmp_path: Path) -> None:
    """Records, names, and who fills what: in the same order, and the same object twice."""
    file = str(tmp_path / "toolkit.cache")
    cache.save(file, cache.of_parts(MADE, parts()))
    held = cache.load(file, MADE, never)

    assert held is not None
    assert whole(parts()) == whole(held)
    for kind, value in parts().records.items():
        assert not hasattr(value, "items") or list(value) == list(held.records[kind])
    contacts = held.records["contacts"]
    name = next(iter(contacts))
    assert contacts[name] is contacts[name]
    assert name in contacts
    assert "no-such" not in contacts
    assert contacts.get("no-such", 7) == 7
    assert "" not in contacts
    with pytest.raises(KeyError):
        contacts["no-such"]


def test_what_a_search_looks_up_is_kept_once_it_was_asked_for(tmp_path: Path) -> None:
    """Made once for a stamp, and read after that; damaged or of another stamp, it is made again."""
    file, made = tmp_path / "words.cache", searchable(small().records)
    asked: list[int] = []

    def make() -> Mapping[str, Mapping[str, Any]]:
        asked.append(1)
        return made

    def read(stamp: object) -> dict[str, dict[str, Any]]:
        found = cache.tables(str(file), (stamp,), make)
        return {table: dict(held.items()) for table, held in found.items()}

    assert [made, made, 1] == [read(1), read(1), len(asked)]
    assert [made, made, 2] == [read(2), read(2), len(asked)]
    sound = file.read_bytes()
    head = 8 + int.from_bytes(sound[:4], "big")
    for damaged in (sound[: head - 1], sound[:head] + bytes(byte ^ 0x55 for byte in sound[head:])):
        before = len(asked)
        file.write_bytes(damaged)
        assert [made, made, before + 1] == [read(2), read(2), len(asked)]


def test_only_a_search_makes_what_a_search_looks_up(tmp_path: Path) -> None:
    """It is half of the work of a first start; a name is looked up without it."""
    for words, kept in (("marac", 1), ("marak", 2)):
        assert 0 == cst("lookup", words, *AT, XDG_CACHE_HOME=str(tmp_path)).returncode
        assert kept == len(list(tmp_path.rglob("*.cache")))


def test_a_copy_made_from_other_files_is_not_used(tmp_path: Path) -> None:
    """Another stamp, no file, a folder, an empty file."""
    file = tmp_path / "toolkit.cache"
    cache.save(str(file), cache.of_parts(MADE, parts()))

    assert cache.load(str(file), (2, "another"), never) is None
    assert cache.load(str(tmp_path / "none"), MADE, never) is None
    assert cache.load(str(tmp_path), MADE, never) is None
    file.write_bytes(b"")
    assert cache.load(str(file), MADE, never) is None


def test_no_damage_gives_another_value(tmp_path: Path) -> None:
    """Two thousand files with bytes changed, cut off or swapped: each value is right, or said to be damaged."""
    data = written((MADE, "head"), VALUES)
    chance = random.Random(20261123)
    seen = {"right": 0, "damaged": 0, "at once": 0}
    for _ in range(2000):
        file = tmp_path / "one"
        file.write_bytes(_hurt(data, chance))
        try:
            held = Shelves(str(file))
        except Damaged:
            seen["at once"] += 1
            continue
        assert held.head == (MADE, "head")
        for key in chance.sample(sorted(VALUES), 20):
            try:
                assert VALUES[key] == held.get(key)
                seen["right"] += 1
            except Damaged:
                seen["damaged"] += 1

    assert min(seen.values()) >= 50, seen


def _hurt(data: bytes, chance: random.Random) -> bytes:
    """The bytes with one thing wrong."""
    at, other = sorted(chance.sample(range(len(data) if chance.random() < 0.9 else 40), 2))  # the head is short
    length = chance.choice((1, 4, 16, 400))
    match chance.randrange(5):
        case 0:
            return data[:at] + bytes([data[at] ^ 1 << chance.randrange(8)]) + data[at + 1 :]
        case 1:
            return data[:at]
        case 2:
            return data[:at] + data[at + length :]
        case 3:
            return data[:at] + data[other : other + length] + data[at + length :]
        case _:
            return data[:at] + chance.randbytes(length) + data[at + length :]


def test_a_slot_that_holds_what_belongs_elsewhere_is_damaged(tmp_path: Path) -> None:
    """Whole entries of the table exchanged: sound values in the wrong place are not taken for none."""
    data = bytearray(written("head", VALUES))
    start = 8 + int.from_bytes(data[:4], "big")
    first, second = data[start : start + 16], data[start + 16 : start + 32]
    data[start : start + 32] = second + first
    (tmp_path / "one").write_bytes(data)
    held = Shelves(str(tmp_path / "one"))
    wrong = [key for key in VALUES if keyed_file._slot(key, len(VALUES) // 2) < 2]

    assert wrong
    for key in wrong:
        with pytest.raises(Damaged):
            held.get(key)


def test_no_copy_holds_cases(tmp_path: Path) -> None:
    """Only `cst check` and the tests look at them, and every command would carry them; nor a team's own."""
    team = tmp_path / "team.yaml"
    case = "{name: a team's own, answers: {}, at: 2026-11-24T10:00, expect: {}}"
    team.write_text(f"cases:\n  - {case}\n", "utf-8")
    for copies in (str(tmp_path / "copies"), str(tmp_path / "copies")):  # made, then read
        assert "cases" not in open_toolkit([str(SMALL)], [str(team)], copies).records
    assert "a team's own" == open_toolkit([str(SMALL)], [str(team)], None).records["cases"][-1]["name"]


@pytest.mark.deep
@pytest.mark.parametrize("share", [0.2, 0.5, 0.9] if NIGHTLY else [0.5])
def test_a_copy_damaged_later_on_is_read_anew_and_mended(share: float, tmp_path: Path) -> None:
    """The head is sound and the rest is not: the answer is the same, and so is the copy afterwards."""
    before = cst("lookup", "mash", *AT, XDG_CACHE_HOME=str(tmp_path))
    (copy,) = tmp_path.rglob("toolkit-*.cache")
    sound = copy.read_bytes()
    head = 8 + int.from_bytes(sound[:4], "big")
    copy.write_bytes(sound[:head] + bytes(byte ^ 0x55 for byte in sound[head:]))
    after = cst("lookup", "mash", *AT, XDG_CACHE_HOME=str(tmp_path))

    assert (0, before.stdout, before.stderr) == (after.returncode, after.stdout, after.stderr)
    assert 0.99 * len(sound) < copy.stat().st_size  # not to the byte: what marshal shares depends on the run
    assert whole(read(copy)) == whole(parts())
    cut = head + int((len(sound) - head) * share)
    copy.write_bytes(sound[:cut])
    again = cst("lookup", "neighbour", "has", "a", "knife", *AT, XDG_CACHE_HOME=str(tmp_path))
    assert "police" in again.stdout.casefold()
    assert 0 == again.returncode


def read(file: Path) -> Parts:
    """What a copy holds, whatever it was made from."""
    held = cache.load(str(file), Shelves(str(file)).head[0], never)
    assert held
    return held


def test_a_look_up_reads_the_same_few_bytes_in_a_large_toolkit(tmp_path: Path) -> None:
    """What grows with the file is never read whole."""
    read = []
    for size in (1_000, 100_000):
        file = tmp_path / str(size)
        file.write_bytes(written("head", {f"kind\0{place}": "x" * 100 for place in range(size)}))
        held = Shelves(str(file))
        lengths: list[int] = []
        inner = held._bytes
        held._bytes = lambda at, length, inner=inner, lengths=lengths: lengths.append(length) or inner(at, length)  # type: ignore[method-assign,misc,func-returns-value,assignment]
        for place in range(0, size, size // 50):
            assert "x" * 100 == held.get(f"kind\0{place}")
        read.append(sum(lengths))

    assert read[1] < 1.5 * read[0]
