"""Hazard F20: whatever is wrong with a CSV file, as many rows come out as went in, or it is refused whole."""

from __future__ import annotations

import csv
import re
from pathlib import Path

import pytest

from cst.screening.caseload import caseload
from cst.screening.columns import BadColumns, known_names
from cst.screening.csv_shape import BadFile
from cst.screening.run import Job, names_in, to_file
from tests.support.bad_csv import CLASSES, Bad, made
from tests.support.levels import NIGHTLY
from tests.support.states import TUESDAY, shipped

pytest.importorskip("duckdb", reason="the extra `screen` is not installed")
EACH = 200 if NIGHTLY else 6
RUNS = re.compile(r"[\s\"]*[=+\-@＝＋－＠\t\r]")


def test_there_are_25_classes() -> None:
    """As the hazard log promises; nightly 200 files of each are 5,000."""
    assert 25 == len(CLASSES)


@pytest.mark.deep
@pytest.mark.parametrize("name", CLASSES)
def test_rows_in_are_rows_out(name: str, tmp_path: Path) -> None:
    """In order; rows that cannot be trusted need a person; no cell starts a formula; what is refused names a line."""
    for seed in range(EACH):
        check(made(name, seed), tmp_path / f"{seed}.csv", f"{name} {seed}")


def check(bad: Bad, source: Path, which: str) -> None:
    source.write_bytes(bad.data)
    output = source.with_suffix(".out")
    output.touch()
    try:
        names, shape = names_in(str(source), tuple(known_names(shipped())))
        load = caseload(shipped(), "fire-visit", TUESDAY, None, names, {}, {})
        totals = to_file(Job(str(source), load), shape, str(output))
        refused: BadFile | BadColumns | None = None
    except (BadFile, BadColumns) as error:
        refused = error
    if refused:
        assert bad.ids is None, f"{which} was refused: {refused}"
        assert isinstance(refused, BadColumns) or refused.line > 0, which
        return
    assert bad.ids is not None, f"{which} was not refused"
    assert shape is not None
    with output.open(encoding="utf-8", newline="") as file:
        got = list(csv.reader(file, delimiter=shape.separator, strict=True))
    assert bad.ids == [row[0] for row in got[1:]], which
    assert len(bad.ids) == totals.rows == totals.verdicts.total(), which
    assert {len(got[0])} == {len(row) for row in got}, which
    person = [place for place, row in enumerate(got[1:]) if row[-4] == "needs-a-person"]
    assert sorted(bad.person) == person, which
    assert [] == [cell for row in got for cell in row if RUNS.match(cell)], which
