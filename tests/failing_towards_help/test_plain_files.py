"""Promise: no file can hold cst up, and what it reads back as truth is this user's own; anything else is passed over.

Every place that reads, with a pipe, a device, a socket, a folder or a link in the place of the file, and with a file of
somebody else. None of these may wait: a test that does is ended by an alarm.
"""

from __future__ import annotations

import errno
import os
import shutil
import signal
import socket
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from cst.cli.commands import check
from cst.cli.request import copies
from cst.plain_file import Unfit, descriptor, open_plain, read_plain
from cst.source import manifest
from cst.source import open as opening
from cst.source.faults import Refused
from cst.source.open import open_toolkit
from cst.toolkit.keyed_file import Damaged, Shelves, written
from cst.toolkit.toolkit import Toolkit
from tests.support.command import cst, warmed
from tests.support.in_process import Ran, run
from tests.support.levels import NIGHTLY, sample
from tests.support.states import SMALL

pytestmark = pytest.mark.skipif(os.name == "nt", reason="Windows has other kinds of files, and rights of another kind")
as_root = pytest.mark.skipif(os.name == "nt" or os.geteuid() != 0, reason="only root can give a file away")
AT = ("--at", "2026-11-24T10:00")
SOMEBODY = 12_345
PLANTED = "01632 960999"


@pytest.fixture(autouse=True)
def _never_waits() -> Iterator[None]:
    """Ends a test that a file holds up."""
    signal.alarm(60)
    yield
    signal.alarm(0)


def _socket(path: Path) -> None:
    here = Path.cwd()
    os.chdir(path.parent)  # the path of a socket may not be long
    with socket.socket(socket.AF_UNIX) as made:
        made.bind(path.name)
    os.chdir(here)


UNPLAIN: dict[str, Callable[[Path], Any]] = {
    "a pipe": os.mkfifo,
    "a socket": _socket,
    "a folder": Path.mkdir,
    "a device": lambda path: path.symlink_to("/dev/zero"),
}


@pytest.fixture(params=UNPLAIN)
def unplain(request: pytest.FixtureRequest, tmp_path: Path) -> tuple[str, Path]:
    """What stands in the place of a file, and where."""
    path = tmp_path / "there" / "odd"
    path.parent.mkdir()
    UNPLAIN[request.param](path)
    return request.param, path


def test_what_is_no_plain_file_is_said_at_once(unplain: tuple[str, Path]) -> None:
    """By whatever way it is opened, and not a byte is read."""
    kind, path = unplain
    for way in (descriptor, open_plain, lambda path: read_plain(path, 10)):
        with pytest.raises(Unfit, match=f"this is {kind}"):
            way(str(path))


def test_a_file_that_is_too_large_is_not_read(tmp_path: Path) -> None:
    """Also one that the system makes up as it is read, which has no size."""
    file = tmp_path / "file"
    file.write_bytes(b"12345")

    assert b"12345" == read_plain(str(file), 5)
    with pytest.raises(Unfit, match="5 bytes; 4 is the most"):
        read_plain(str(file), 4)
    with pytest.raises(Unfit, match="4 bytes; 3 is the most"):
        read_plain("/proc/self/status", 3)


def test_a_link_in_a_circle_and_a_file_that_begins_nowhere_are_refused(tmp_path: Path) -> None:
    """Neither is a fault of cst."""
    circle = tmp_path / "circle"
    circle.symlink_to(circle)
    for path in (str(circle), *(path for path in ("/proc/self/mem",) if os.access(path, os.R_OK))):
        with pytest.raises(OSError, match=r"plain file|link|Input") as refused:
            read_plain(path, 100)
        assert path == refused.value.filename
        found = cst("screen", "fire-visit", path)
        assert 66 == found.returncode, found


@pytest.mark.parametrize("cause", [errno.EAGAIN, errno.ESPIPE, errno.EINVAL])
def test_a_file_that_only_looks_plain_is_refused(cause: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Some of the system's files wait for more, or have no beginning; which ones, each system has its own."""

    def waits(opened: int, size: int, place: int) -> bytes:
        raise OSError(cause, os.strerror(cause))

    file = tmp_path / "file"
    file.write_bytes(b"1")
    monkeypatch.setattr(os, "pread", waits)
    with pytest.raises(Unfit, match="no plain file") as refused:
        read_plain(str(file), 100)
    assert str(file) == refused.value.filename


# What is read back as truth


def test_only_what_nobody_else_can_change_is_ours(tmp_path: Path) -> None:
    """The file, then its folder; where only its owner may move a file, the folder may be open to all."""
    file = tmp_path / "folder" / "file"
    file.parent.mkdir()
    file.write_bytes(b"1")
    assert b"1" == read_plain(str(file), 1, ours=True)
    for mode in (0o666, 0o602):
        file.chmod(mode)
        with pytest.raises(Unfit, match="anyone on this computer can change the file"):
            read_plain(str(file), 1, ours=True)
        assert b"1" == read_plain(str(file), 1)
    file.chmod(0o644)
    file.parent.chmod(0o777)
    with pytest.raises(Unfit, match="anyone on this computer can change its folder"):
        read_plain(str(file), 1, ours=True)
    file.parent.chmod(0o1777)
    assert b"1" == read_plain(str(file), 1, ours=True)


def test_a_link_is_followed_to_where_it_leads_and_no_further(tmp_path: Path) -> None:
    """Settings and local files may be links; the folder that they lead to counts too. The run-time copy may be none."""
    file = tmp_path / "folder" / "file"
    file.parent.mkdir()
    file.write_bytes(b"1")
    link = tmp_path / "link"
    link.symlink_to(file)

    assert b"1" == read_plain(str(link), 1, ours=True)
    with pytest.raises(Unfit, match="a link that cannot be followed"):
        descriptor(str(link), ours=True, links=False)
    file.parent.chmod(0o777)
    with pytest.raises(Unfit, match="its folder"):
        read_plain(str(link), 1, ours=True)


@as_root
def test_a_file_or_folder_of_somebody_else_is_not_ours(tmp_path: Path) -> None:
    """Nor what is written in a group with others in it."""
    file = tmp_path / "folder" / "file"
    file.parent.mkdir()
    file.write_bytes(b"1")
    os.chown(file, SOMEBODY, SOMEBODY)
    with pytest.raises(Unfit, match="the file belongs to someone else"):
        read_plain(str(file), 1, ours=True)
    os.chown(file, 0, 0)
    os.chown(file.parent, SOMEBODY, SOMEBODY)
    with pytest.raises(Unfit, match="its folder belongs to someone else"):
        read_plain(str(file), 1, ours=True)
    os.chown(file.parent, 0, SOMEBODY)
    file.parent.chmod(0o775)
    with pytest.raises(Unfit, match="other people in its group can change its folder"):
        read_plain(str(file), 1, ours=True)


# The run-time copy


def _planted(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The copy of a toolkit in which every number is another one, as somebody who means harm would make it."""
    theirs = tmp_path / "theirs"
    with monkeypatch.context() as changed:
        read = opening._read
        changed.setattr(opening, "_read", lambda *files: _swapped(read(*files)))
        open_toolkit([str(SMALL)], [], str(theirs))
    (copy,) = theirs.iterdir()
    assert PLANTED == _number(str(theirs))  # it would be believed
    return copy


def _swapped(records: Any) -> Any:
    for contact in records["contacts"].values():
        for phone in contact.get("phones", ()):
            phone["number"] = PLANTED
    return records


def _number(folder: str) -> str:
    held = open_toolkit([str(SMALL)], [], folder)
    return next(phone["number"] for one in held.kind("contacts").values() for phone in one.get("phones", ()))


def _by_others(copy: Path) -> None:
    os.chown(copy, SOMEBODY, SOMEBODY)


def _open_to_all(copy: Path) -> None:
    copy.chmod(0o666)


def _in_an_open_folder(copy: Path) -> None:
    copy.parent.chmod(0o777)


def _in_their_folder(copy: Path) -> None:
    os.chown(copy.parent, SOMEBODY, SOMEBODY)


def _linked(copy: Path) -> None:
    shutil.move(copy, copy.parent.parent / "elsewhere")
    copy.symlink_to(copy.parent.parent / "elsewhere")


PLANTS = [
    _open_to_all,
    _in_an_open_folder,
    _linked,
    pytest.param(_by_others, marks=as_root),
    pytest.param(_in_their_folder, marks=as_root),
]


@pytest.mark.parametrize("plant", PLANTS)
def test_a_run_time_copy_of_somebody_else_is_passed_over(
    plant: Callable[[Path], None], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The files are read: the number is the one that they say."""
    copy = _planted(tmp_path, monkeypatch)
    plant(copy)

    assert _number(str(copy.parent)) == _number(str(tmp_path / "ours")) != PLANTED
    if plant in (_in_an_open_folder, _in_their_folder):
        copy.unlink()
        _number(str(copy.parent))
        assert not copy.exists()  # nor is anything written where it would not be read back


def test_what_is_no_file_in_the_place_of_the_run_time_copy_is_passed_over(tmp_path: Path) -> None:
    """A pipe there held every command up before the danger line."""
    right = _number(str(tmp_path / "ours"))
    (copy,) = (tmp_path / "ours").iterdir()
    for make in UNPLAIN.values():
        copy.rmdir() if copy.is_dir() else copy.unlink()
        make(copy)
        assert right == _number(str(copy.parent))


@pytest.mark.parametrize(
    "head",
    [("head", 0), ("head", -1), ("head", 1 << 40), ("head", "2"), ("head",), 7, None],
    ids=repr,
)
def test_a_table_that_cannot_be_is_damage_and_no_fault_of_ours(head: Any, tmp_path: Path) -> None:
    """What adds up can still say nonsense."""
    import marshal

    from cst.toolkit import keyed_file

    sound = written("head", {"a": 1})
    begun = 8 + int.from_bytes(sound[:4], "big")
    (tmp_path / "one").write_bytes(keyed_file._summed(marshal.dumps(head)) + sound[begun:])
    with pytest.raises(Damaged):
        Shelves(str(tmp_path / "one"))


@pytest.mark.parametrize("body", [7, (0,), (0, [1]), (0, {"a": 1}, 2)], ids=repr)
def test_values_that_cannot_be_are_damage_and_no_fault_of_ours(body: Any, tmp_path: Path) -> None:
    """A slot holds its place and values by key, and nothing else."""
    import marshal
    from zlib import crc32

    from cst.toolkit import keyed_file

    data, said = keyed_file._summed(marshal.dumps(("head", 1))), marshal.dumps(body)
    entry = (len(data) + 16).to_bytes(8, "big") + len(said).to_bytes(4, "big") + crc32(said).to_bytes(4, "big")
    (tmp_path / "one").write_bytes(data + entry + said)
    with pytest.raises(Damaged):
        Shelves(str(tmp_path / "one")).get("a")


def test_check_compares_the_copy_with_the_files(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """One that says something else is named and taken away; a right one stays."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    monkeypatch.setattr(check, "shipped_files", lambda: [str(SMALL)])
    copy, right = _copied()
    assert ("", True) == (_said_of_it(), copy.exists())
    copy.unlink()
    with monkeypatch.context() as changed:
        read = opening._read
        changed.setattr(opening, "_read", lambda *files: _swapped(read(*files)))
        _copied()
    said = _said_of_it()
    assert "it is not what the files say: contacts" in said
    assert "It has been removed." in said
    assert not copy.exists()
    copy.write_bytes(right[:-9])
    assert "it is damaged" in _said_of_it()
    copy.write_bytes(right)
    copy.chmod(0o666)
    assert "anyone on this computer can change the file" in _said_of_it()
    assert not copy.exists()


def test_check_compares_what_a_search_looks_up_with_the_files(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """It lies in a copy of its own, which is named and taken away as the other is."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    monkeypatch.setattr(check, "shipped_files", lambda: [str(SMALL)])
    with monkeypatch.context() as changed:
        changed.setattr(Toolkit, "words_anew", lambda toolkit: {"rows": {"0": ("safe", (), False, False, False)}})
        open_toolkit([str(SMALL)], [], copies()).words()
    said = _said_of_it()
    assert "words-" in said
    assert "it is not what the files say: " in said
    assert "rows" in said
    open_toolkit([str(SMALL)], [], copies()).words()
    assert not _said_of_it()


def _copied() -> tuple[Path, bytes]:
    """The run-time copy of the small toolkit, made as it is in use, and what stands in it."""
    folder = copies()
    assert folder
    open_toolkit([str(SMALL)], [], folder)
    (copy,) = Path(folder).iterdir()
    return copy, copy.read_bytes()


def _said_of_it() -> str:
    return " ".join(fault["says"] for fault in check._copy_faults(open_toolkit([str(SMALL)], [], None), ()))


@pytest.mark.deep
def test_check_says_that_a_copy_was_wrong(tmp_path: Path) -> None:
    """As its users run it: a fault among the others, and the next run has none."""
    (copy,) = warmed(tmp_path).rglob("*.cache")
    copy.chmod(0o666)
    for code, says in ((1, "It has been removed."), (0, "No faults"))[: 2 if NIGHTLY else 1]:
        ran = cst("check", XDG_CACHE_HOME=str(tmp_path))
        assert code == ran.returncode
        assert says in " ".join(ran.stdout.split())


@pytest.mark.deep
@pytest.mark.parametrize("kind", sample(UNPLAIN, 2))
def test_a_planted_copy_changes_no_answer_of_the_program(kind: str, tmp_path: Path) -> None:
    """As its users run it, with a pipe, a socket, a folder or a device where the copy was."""
    before = cst("lookup", "marac", *AT)
    (copy,) = warmed(tmp_path).rglob("*.cache")
    copy.unlink()
    UNPLAIN[kind](copy)
    after = cst("lookup", "marac", *AT, XDG_CACHE_HOME=str(tmp_path))

    assert (0, before.stdout, before.stderr) == (after.returncode, after.stdout, after.stderr)


# Settings


def test_settings_that_are_no_file_are_said_and_passed_over(unplain: tuple[str, Path]) -> None:
    """The look-up is answered as without them."""
    kind, path = unplain
    folder = path.parent / "cst"
    folder.mkdir()
    path.rename(folder / "settings.toml")
    _passed_over(path.parent, f"this is {kind}")


@pytest.mark.parametrize("plant", PLANTS[:2] + PLANTS[3:])
def test_settings_of_somebody_else_are_said_and_passed_over(plant: Callable[[Path], None], tmp_path: Path) -> None:
    """Their area and their local file would decide whom to ring."""
    file = tmp_path / "cst" / "settings.toml"
    file.parent.mkdir()
    file.write_text('area = "southampton"\n', "utf-8")
    plant(file)
    _passed_over(tmp_path, "is not used")


def _passed_over(folder: Path, says: str) -> None:
    without = run("lookup", "mash", *AT)
    ran = run("lookup", "mash", *AT, XDG_CONFIG_HOME=str(folder))
    assert (without.code, without.out) == (ran.code, ran.out)
    assert says in " ".join(ran.err.split())
    assert "cst goes on without that." in " ".join(ran.err.split())


# What a user gives


GIVEN: dict[str, Callable[[str], Ran]] = {
    "answers": lambda path: run("triage", "--no-input", "--answers", path, *AT),
    "answers-to-a-scheme": lambda path: run("eligible", "fire-visit", "--no-input", "--answers", path, *AT),
    "answers-to-a-graph": lambda path: run("graph", "fire-visit", "--answers", path, *AT),
    "map": lambda path: run("screen", "fire-visit", str(SMALL), "--map", path, *AT),
    "caseload": lambda path: run("screen", "fire-visit", path, *AT),
    "parquet": lambda path: run("screen", "fire-visit", path, *AT),
}


@pytest.mark.parametrize("place", GIVEN)
def test_what_is_given_and_is_no_file_is_refused_at_once(place: str, unplain: tuple[str, Path]) -> None:
    """Named, with the danger line and what to do: never waited for, never a fault of ours."""
    kind, path = unplain
    if place == "parquet":
        path = path.rename(path.with_suffix(".parquet"))
    ran = GIVEN[place](str(path))
    said = " ".join(ran.err.split())

    assert 66 == ran.code, ran
    if kind == "a pipe" and place in ("caseload", "parquet"):  # people's rows may come through one
        assert "Nothing came through the pipe." in said
    else:
        assert f"annot be read: this is {kind}. Name a plain file." in said
    assert "ring 999" in said


@pytest.mark.parametrize("place", ["answers", "map"])
def test_what_is_given_and_is_too_large_is_refused_unread(place: str, tmp_path: Path) -> None:
    """A thousand million bytes, hardly one of which is on the disk."""
    file = tmp_path / "file"
    with file.open("wb") as opened:
        opened.truncate(1_000_000_000)
    ran = GIVEN[place](str(file))

    assert 65 == ran.code
    assert "is the most" in ran.err


# Local files, and what is shipped


def test_a_local_file_that_is_no_file_is_refused_at_once(unplain: tuple[str, Path]) -> None:
    """With its place and what to do."""
    kind, path = unplain
    with pytest.raises(Refused, match=f"this is {kind} - name a plain file"):
        open_toolkit([str(SMALL)], [str(path)], None)


@pytest.mark.parametrize("plant", [PLANTS[1], PLANTS[4]])
def test_a_local_file_in_a_folder_of_others_is_refused(plant: Callable[[Path], None], tmp_path: Path) -> None:
    """They could put another in its place."""
    file = tmp_path / "folder" / "team.yaml"
    file.parent.mkdir()
    file.write_text("terms: {}\n", "utf-8")
    plant(file)
    with pytest.raises(Refused, match="its folder"):
        open_toolkit([str(SMALL)], [str(file)], None)


def test_a_pack_that_is_no_file_is_refused_at_once(unplain: tuple[str, Path]) -> None:
    """Of those that are shipped, too."""
    kind, path = unplain
    with pytest.raises(Refused, match=f"this is {kind}"):
        open_toolkit([str(SMALL), str(path)], [], None)


def test_a_seal_or_a_sealed_file_that_is_a_pipe_holds_nothing_up(tmp_path: Path) -> None:
    """What is shipped is read the same way."""
    os.mkfifo(tmp_path / manifest.NAME)
    assert ["seal"] == [fault.code for fault in manifest.damage(str(tmp_path))]
    os.mkfifo(tmp_path / "toolkit.yaml")
    with pytest.raises(Unfit, match="this is a pipe"):
        manifest.damage(str(tmp_path))


def test_check_names_a_pipe_and_reads_none(unplain: tuple[str, Path]) -> None:
    """It looks at a file twice: whether it is one of ours, and what is wrong with it."""
    kind, path = unplain
    ran = run("check", str(path), "--json")

    assert ran.code in (1, 66)
    assert f"this is {kind}" in ran.out + ran.err
