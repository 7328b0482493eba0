"""Hazard H09, F6 of the fault matrix: a small file that would grow, or a huge one, is refused before it costs much.

Each bomb is read in a process of its own, as a local file and as a file of answers, with at most 128 MB of memory more
than that process had, and five seconds of processor time; a process that takes more is ended by the system, and the
test fails. Where a file is only large, not hostile, the same bounds hold.
"""

from __future__ import annotations

import os
import sys
import traceback
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NamedTuple

import pytest

from cst.cli import answer_input
from cst.cli.errors import Trouble
from cst.source import load as files
from cst.source import yaml
from cst.source.faults import Refused
from cst.source.open import shipped_files
from tests.support.levels import sample
from tests.support.states import shipped_read

resource = pytest.importorskip("resource", reason="this system cannot limit a process")
pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="the size of a process is read as Linux writes it")

MEMORY = 128_000_000
SECONDS = 5
REFUSED, LOADED, CRASHED = 10, 11, 12


class Bomb(NamedTuple):
    """A file, made when it is wanted, and the codes of the faults that it may be refused with."""

    name: str
    make: Callable[[], bytes]
    codes: frozenset[str]


def _bomb(name: str, make: Callable[[], str | bytes], *codes: str) -> Bomb:
    def made() -> bytes:
        held = make()
        return held if isinstance(held, bytes) else held.encode()

    return Bomb(name, made, frozenset(codes))


def _aliases(levels: int) -> str:
    rows = ["terms:", "  l0: &l0 [lol, lol, lol, lol, lol, lol, lol, lol, lol]"]
    rows += [f"  l{level}: &l{level} [{', '.join([f'*l{level - 1}'] * 9)}]" for level in range(1, levels)]
    return "\n".join(rows) + "\n"


def _merges(levels: int) -> str:
    rows = ["terms:", "  m0: &m0 {a: b}"]
    rows += [f"  m{level}: &m{level}\n    <<: [*m{level - 1}, *m{level - 1}]" for level in range(1, levels)]
    return "\n".join(rows) + "\n"


def _indented(levels: int) -> str:
    return "".join(f"{' ' * level}a:\n" for level in range(levels))


def _named_rules(count: int, each: str) -> str:
    rows = [f"  r{number}: {{title: A, rule: {each.format(f'r{number + 1}')}}}" for number in range(count)]
    return "\n".join(["rules:", *rows, f"  r{count}: {{title: A, rule: child-affected}}"]) + "\n"


def _many(count: int, text: str) -> str:
    return text * count


def _bombs() -> Iterator[Bomb]:
    for levels in range(2, 13):
        yield _bomb(f"aliases-{levels}", lambda levels=levels: _aliases(levels), "alias", "anchor")
        yield _bomb(f"merges-{levels}", lambda levels=levels: _merges(levels), "alias", "anchor")
    yield _bomb("self-list", lambda: "terms: &a [*a]\n", "alias", "anchor")
    yield _bomb("self-mapping", lambda: "terms: &a {b: *a}\n", "alias", "anchor")
    yield _bomb("self-merge", lambda: "terms: &a\n  <<: *a\n", "alias", "anchor")
    for power in range(2, 6):
        size = 10**power
        for name, opens, closes in (
            ("brackets", "[", "]"),
            ("braces", "{a: ", "}"),
            ("mixed", "[{a: ", "}]"),
            ("hyphens", "- ", ""),
            ("question-marks", "? ", ""),
        ):
            whole = f"{opens * size}x{closes * size}\n"
            start = "terms:\n " if name in ("hyphens", "question-marks") else "terms: "
            yield _bomb(f"{name}-{size}", lambda text=start + whole: text, "too-deep", "yaml")
        yield _bomb(f"open-brackets-{size}", lambda size=size: "terms: " + "[" * size, "too-deep", "yaml")
        yield _bomb(f"rules-chain-{size}", lambda size=size: _named_rules(min(size, 30_000), "{}"), "rule", "too-large")
    for levels in (100, 1_000, 3_000):
        yield _bomb(f"indented-{levels}", lambda levels=levels: _indented(levels), "too-deep")
    for levels in (15, 30, 60, 3_000):
        double = "{{any: [{0}, {0}]}}"
        yield _bomb(f"rules-double-{levels}", lambda n=levels, each=double: _named_rules(n, each), "rule")
    yield from _long()
    yield from _numerous()


def _long() -> Iterator[Bomb]:
    """One value, name, line or figure far too long."""
    hundred = 100_000_000
    for name, before, sign in (
        ("plain", "terms: ", "x"),
        ("double", 'terms: "', "x"),
        ("single", "terms: '", "x"),
        ("literal", "terms: |\n  ", "x"),
        ("folded", "terms: >\n  ", "x y"),
        ("blanks", "terms: ", " "),
        ("line-ends", "terms: ", "\n"),
        ("comment", "#", "x"),
        ("nothing", "", "\0"),
    ):
        size = hundred // len(sign)
        yield _bomb(f"{name}-100-MB", lambda b=before, s=sign, n=size: b + s * n, "too-large", "not-a-file")
    large = 4_900_000
    for name, text in (
        ("plain", "terms: " + "x" * large),
        ("quoted", 'terms: "' + "x" * large + '"'),
        ("unclosed", 'terms: "' + "x" * large),
        ("escapes", 'terms: "' + "\\\\" * (large // 2) + '"'),
        ("quotes", "terms: '" + "''" * (large // 2) + "'"),
        ("literal", "terms: |\n" + "  x\n" * (large // 4)),
        ("name", "x" * large + ": y"),
        ("digits", "terms:\n  a:\n    title: " + "1" * large + "x\n"),
        ("digits-signs", "terms:\n  a:\n    title: " + "1_" * (large // 2) + "x\n"),
        ("sixties", "terms:\n  a:\n    title: " + "1:" * (large // 2) + "x\n"),
        ("id", "terms:\n  " + "a-" * (large // 2) + ": x\n"),
        ("tag", "terms: !" + "x" * large + " y"),
        ("anchor", "terms: &" + "x" * large + " y"),
        ("alias", "terms: *" + "x" * large),
        ("directive", "%YAML " + "1" * large + "\n---\na: b\n"),
    ):
        yield _bomb(f"long-{name}", lambda text=text: text, "too-large", "yaml", "tag", "anchor", "alias")
    for digits in (7, 400, 3_900):
        rule = f"{{age: {{at_least: {'9' * digits}}}}}"
        yield _bomb(f"figure-{digits}", lambda rule=rule: f"rules:\n  r: {{title: A, rule: {rule}}}\n", "rule")
    yield _bomb(
        "count", lambda: f"rules:\n  r: {{title: A, rule: {{at_least: {{count: {'9' * 3000}, of: [a]}}}}}}\n", "rule"
    )


def _numerous() -> Iterator[Bomb]:
    """A million of something, or as many as a file can hold."""
    for name, make in (
        ("top-names", lambda: "".join(f"{number:x}:\n" for number in range(700_000))),
        ("names", lambda: "terms:\n" + "".join(f" {number:x}:\n" for number in range(600_000))),
        ("flow-names", lambda: "terms: {" + ",".join(f"{number:x}: " for number in range(600_000)) + "}"),
        ("items", lambda: "terms:\n" + "- \n" * 1_000_000),
        ("flow-items", lambda: "terms: [" + "a," * 1_000_000 + "]"),
        ("lists", lambda: "terms: [" + "[]," * 1_000_000 + "]"),
        ("same-name", lambda: "a:\n" * 1_000_000),
        ("documents", lambda: "---\n" * 1_000_000),
        ("tags", lambda: "terms: [" + "!a b," * 900_000 + "]"),
        ("anchors", lambda: "terms: [" + "&a b," * 900_000 + "]"),
        ("alias-list", lambda: "terms: [" + "*a," * 1_000_000 + "]"),
        ("escapes", lambda: "terms: [" + '"\\e",' * 900_000 + "]"),
        ("controls", lambda: "terms: " + "\x01" * 4_900_000),
        ("no-text", lambda: b"terms: " + b"\xff" * 4_900_000),
        ("odd-names", lambda: "".join(f"a{number}: 1\n" for number in range(90_000))),
        ("odd-fields", lambda: "terms:\n  a:\n" + "".join(f"    a{number}: 1\n" for number in range(90_000))),
        ("bad-records", lambda: "terms:\n" + "".join(f"  a{number}: {{}}\n" for number in range(60_000))),
        ("bad-ids", lambda: "terms:\n" + "".join(f"  A_{number}: {{}}\n" for number in range(60_000))),
        ("areas", _chain_of_areas),
        ("hours", _rows_of_hours),
        ("lost-references", _lost_references),
        ("bad-cases", lambda: "cases:\n" + "- {}\n" * 190_000),
        ("bad-phones", lambda: "contacts:\n  c:\n    phones:\n" + "    - {}\n" * 190_000),
        ("bad-fields", lambda: "terms:\n" + "".join(f" a{n}: {{{_fields(400)}}}\n" for n in range(200))),
    ):
        codes = ("too-large", "repeated-key", "yaml", "second-document", "tag", "anchor", "alias", "hidden-character")
        more = (
            "encoding",
            "extra-forbidden",
            "missing",
            "form",
            "inconsistent",
            "dangling",
            "key",
            "shape",
            "list-type",
        )
        yield _bomb(f"many-{name}", make, *codes, *more)


def _fields(count: int) -> str:
    return ", ".join(f"f{number}: x" for number in range(count))


def _chain_of_areas() -> str:
    rows = [f"  a{number}: {{name: A {number}, within: a{number + 1}}}" for number in range(20_000)]
    return "\n".join(["areas:", *rows, "  a20000: {name: Last}"]) + "\n"


def _rows_of_hours() -> str:
    start = "contacts:\n  c:\n    name: A\n    serves: [england]\n    status: active\n    confidence: our own list\n"
    return f"{start}    evidence: []\n    schedule:\n" + "      - {days: Mon, closed: yes}\n" * 35_000


def _lost_references() -> str:
    rows = "".join(f"  t{number}: {{title: A, meaning: B, sources: [no-{number}]}}\n" for number in range(20_000))
    return f"terms:\n{rows}"


BOMBS = list(_bombs())
SHIPPED = shipped_read()


def _as_overlay(file: Path) -> None:
    read = files.read
    files.read = lambda shipped, overlays=(): [*SHIPPED, *read((), overlays)]
    files.together([Path(path) for path in shipped_files()], [file])


def _as_answers(file: Path) -> None:
    answer_input.in_file(str(file))


def _ended(work: Callable[[], None], codes: frozenset[str]) -> int:
    """How a process of its own ended that did this with little memory and little time."""
    child = os.fork()
    if not child:
        code = CRASHED
        try:
            code = _bounded(work, codes)
        except BaseException:
            traceback.print_exc()
        os._exit(code)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])


def _bounded(work: Callable[[], None], codes: frozenset[str]) -> int:
    pages = int(Path("/proc/self/statm").read_text().split()[0])
    most = pages * os.sysconf("SC_PAGESIZE") + MEMORY
    resource.setrlimit(resource.RLIMIT_AS, (most, most))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    try:
        work()
    except Refused as refused:
        found = {fault.code for fault in refused.faults}
    except Trouble as trouble:
        found = {fault["code"] for fault in trouble.faults}
    else:
        return LOADED
    if not found & codes:
        sys.stderr.write(f"refused with {found}, and not with any of {set(codes)}\n")
        return CRASHED
    return REFUSED


@pytest.fixture(params=sample(BOMBS, 40), ids=lambda bomb: bomb.name)
def bomb(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[tuple[Path, Bomb]]:
    """A bomb, and the file that holds it."""
    one: Bomb = request.param
    file = tmp_path / "bomb.yaml"
    file.write_bytes(one.make())
    yield file, one
    file.unlink()


def test_there_are_enough_bombs() -> None:
    """The number stands in the safety case."""
    assert len(BOMBS) >= 100
    assert len(BOMBS) == len({bomb.name for bomb in BOMBS})


@pytest.mark.deep
def test_a_bomb_as_a_local_file_is_refused_within_bounds(bomb: tuple[Path, Bomb]) -> None:
    """With a fault of its kind: never used, never out of memory or time, never a crash."""
    file, one = bomb

    assert REFUSED == _ended(lambda: _as_overlay(file), one.codes)


# Answers have no shape to break and no rules: these are read, and then each is no question, which is said.
NO_BOMBS_OF_ANSWERS = ("rules-", "figure-", "count", "many-odd", "many-bad", "many-areas", "many-hours", "many-lost")


@pytest.mark.deep
def test_a_bomb_as_answers_is_refused_within_bounds(bomb: tuple[Path, Bomb]) -> None:
    """The same reader reads them; what only records forbid is read, within the same bounds."""
    file, one = bomb
    harmless = one.name.startswith(NO_BOMBS_OF_ANSWERS)

    assert _ended(lambda: _as_answers(file), one.codes) in ((REFUSED, LOADED) if harmless else (REFUSED,))


@pytest.mark.deep
def test_the_bounds_are_real(tmp_path: Path) -> None:
    """A process that takes more memory crashes, one that takes more time is ended, one that is refused says so."""

    def greedy() -> None:
        bytearray(2 * MEMORY)

    def endless() -> None:
        while True:
            pass

    def refused() -> None:
        yaml.read(b"", "nothing")
        raise Refused([])

    assert CRASHED == _ended(greedy, frozenset())
    assert _ended(endless, frozenset()) < 0
    assert CRASHED == _ended(refused, frozenset())
    assert LOADED == _ended(lambda: None, frozenset())
