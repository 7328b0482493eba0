"""Public files of councils, the NHS and fire services, by night, where a folder of them is named; none is kept."""

from __future__ import annotations

import csv
import os
from pathlib import Path

import pytest

from tests.support.command import cst

FOLDER = os.environ.get("CST_PUBLIC_FILES", "")
SUFFIXES = (".csv", ".tsv", ".txt", ".xls", ".xlsx")
PUBLIC = sorted(file for file in Path(FOLDER).rglob("*") if FOLDER and file.suffix.lower() in SUFFIXES)


def screened(file: Path, output: Path) -> str:
    """What came of one file: the rows that came out, or why it was refused. Neither is a fault of ours."""
    wanted = output.with_suffix(".yaml")
    wanted.write_text("columns: {1: age}\n", "utf-8")  # so that cells are read, whatever they are
    ran = cst("screen", "fire-visit", str(file), "--map", str(wanted), "--output", str(output), "--no-input")
    assert ran.returncode in (0, 65), ran.stderr
    assert "Traceback" not in ran.stderr
    if not output.exists():
        assert "Danger now: ring 999." in ran.stderr
        return "refused"
    with output.open(encoding="utf-8-sig", newline="") as rows:
        found = sum(1 for _ in csv.reader(rows)) - 1
    assert f"{found} rows in {found} rows out" in ran.stderr.replace(",", "")
    return "screened"


@pytest.mark.nightly
@pytest.mark.skipif(not PUBLIC, reason="CST_PUBLIC_FILES names no folder with files")
@pytest.mark.parametrize("file", PUBLIC, ids=lambda file: file.name)
def test_a_public_file_is_screened_whole_or_refused_with_a_word(file: Path, tmp_path: Path) -> None:
    """Rows in are rows out, or it is named for what it is."""
    assert screened(file, tmp_path / "out.csv") in ("screened", "refused")


def test_the_check_of_public_files_sees_what_it_should(tmp_path: Path) -> None:
    """One that can be screened, and one that cannot."""
    good, bad = tmp_path / "good.csv", tmp_path / "bad.csv"
    good.write_text("Ward,Households\nNorth,12\n", "utf-8")
    bad.write_bytes(b"PK\x03\x04 xl/workbook.xml")

    assert ["screened", "refused"] == [screened(file, tmp_path / f"{file.stem}-out.csv") for file in (good, bad)]
