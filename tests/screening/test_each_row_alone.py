"""Promise: a row's verdict hangs on that row alone, whatever stands beside it and however the file has to be read."""

from __future__ import annotations

import csv
import random
from collections.abc import Sequence
from pathlib import Path

import pytest

from cst.screening import run
from cst.screening.caseload import caseload
from cst.screening.columns import BadColumns, known_names
from cst.screening.csv_shape import BadFile
from cst.screening.run import Job, names_in, to_file
from tests.support import CORPORA
from tests.support.bad_csv import made
from tests.support.levels import NIGHTLY
from tests.support.states import TUESDAY, shipped

pytest.importorskip("duckdb", reason="the extra `screen` is not installed")
FOUND = CORPORA.parent / "found" / "inputs"
HEADER = b"id,age,dob,frailty,home fire risks,note"
BESIDE = (b"one cell alone", b"not UTF-8: Jos\xe9")  # the first sends a file to the reader of cells
ALONE = 2 if NIGHTLY else 1  # rows of each file that are screened alone
FILES = 100 if NIGHTLY else 4
OF_ONE_ROW = (
    *(
        "row too short",
        "row too long",
        "NUL",
        "quote inside a cell",
        "formula cells",
        "not UTF-8",
        "answer that is none",
    ),
    *("separator too many", "blanks around, or one column", "separator told"),
)
Added = tuple[str, ...]


@pytest.fixture(autouse=True)
def _few_rows_a_batch(monkeypatch: pytest.MonkeyPatch) -> None:
    """So that the edges of batches come among so few rows."""
    monkeypatch.setattr(run, "BATCH_ROWS", 5)


def added(header: bytes, rows: Sequence[bytes], place: Path) -> list[Added] | None:
    """What is added to each row of a file; None where the file is refused whole."""
    source, output = place / "people.csv", place / "out.csv"
    source.write_bytes(b"".join(line + b"\n" for line in (header, *rows)))
    output.write_bytes(b"")
    try:
        names, shape = names_in(str(source), tuple(known_names(shipped())))
        load = caseload(shipped(), "fire-visit", TUESDAY, None, names, {}, {})
        to_file(Job(str(source), load), shape, str(output))
    except (BadFile, BadColumns):
        return None
    assert shape is not None
    with output.open(encoding="utf-8", newline="") as file:
        return [tuple(row[-4:]) for row in csv.reader(file, delimiter=shape.separator, strict=True)][1:]


def check(header: bytes, rows: Sequence[bytes], chance: random.Random, place: Path) -> None:
    """The rows whole, shuffled, beside a row that only the reader of cells can take, and some of them alone."""
    whole = added(header, rows, place)
    if whole is None:
        return
    assert len(rows) == len(whole)
    shuffled = chance.sample(range(len(rows)), len(rows))
    assert [whole[one] for one in shuffled] == added(header, [rows[one] for one in shuffled], place)
    beside = added(header, [*rows, *BESIDE], place)
    assert beside is not None
    assert whole == beside[: -len(BESIDE)]
    for one in chance.sample(range(len(rows)), min(ALONE, len(rows))):
        assert [whole[one]] == added(header, [rows[one]], place), rows[one]


CELLS = (
    *(
        "82",
        "40",
        " 65",
        "64.0",
        "yes",
        "no",
        "No",
        " N",
        "dk",
        "",
        "none",
        "alone; smoking",
        "1950-03-31",
        "0",
        "null",
    ),
    *(
        "31/03/1950",
        "82\u00a0",
        "no\u00a0",
        "maybe",
        "José",
        '5" pipe',
        "=1+1",
        "a b",
        "1",
        "a\\b",
        "\ufeff82",
        "#",
        "'82'",
    ),
)
QUOTED = ('"{}"', '"{}"', ' "{}"', '"{}" ', '  "{}" ', '"{}, more"', '"{}\nx"')


def cell(chance: random.Random) -> bytes:
    """A cell, in one of the ways in which it may stand in a file."""
    text = chance.choice(CELLS)
    if chance.random() < 0.2:
        return chance.choice(QUOTED).format(text.replace('"', '""')).encode()
    return text.encode("cp1252", "replace") if chance.random() < 0.15 else text.encode()


def row(chance: random.Random) -> bytes:
    """A row, mostly of the right width, or with empty cells past the header."""
    cells = [b"P%d" % chance.randrange(1000), *(cell(chance) for _ in range(5))]
    way = chance.random()
    if way < 0.05:
        del cells[-1]
    elif way < 0.1:
        cells.append(chance.choice((b"more", b" ")))
    elif way < 0.25:
        cells += [chance.choice((b"", b'""'))] * chance.randint(1, 2)
    return b",".join(cells)


@pytest.mark.parametrize("seed", range(FILES))
def test_each_row_has_its_verdict_whatever_stands_beside_it(seed: int, tmp_path: Path) -> None:
    """Rows of every odd kind."""
    chance = random.Random(f"alone {seed}")
    check(HEADER, [row(chance) for _ in range(chance.randint(2, 12))], chance, tmp_path)


@pytest.mark.parametrize("name", OF_ONE_ROW)
def test_so_has_each_row_of_a_bad_file(name: str, tmp_path: Path) -> None:
    """Of the classes of defect that are those of a row; a line that names the separator belongs to the header."""
    chance = random.Random(name)
    header, *rows = made(name, 1).data.removesuffix(b"\n").split(b"\n")
    if header.startswith(b"sep="):
        header = b"\n".join((header, rows.pop(0)))
    check(header, rows, chance, tmp_path)


@pytest.mark.parametrize("file", sorted(FOUND.glob("*.csv")), ids=lambda file: str(file.name))
def test_so_has_each_row_of_the_files_that_were_found(file: Path, tmp_path: Path) -> None:
    """Where they are there: each failed somewhere, once."""
    header, *rows = file.read_bytes().removesuffix(b"\n").split(b"\n")
    check(header, rows, random.Random(file.name), tmp_path)
