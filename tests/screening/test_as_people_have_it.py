"""Files of people as people have them: what programs, councils and the NHS write, and what is no CSV at all."""

from __future__ import annotations

import csv
import gzip
import io
import os
import signal
import subprocess
import time
import zipfile
from pathlib import Path
from typing import Any

import duckdb
import pytest

from tests.support.command import CST
from tests.support.in_process import run

AT = ("--at", "2026-11-24T10:00")
ASKED = [
    *("physical-disability", "frailty", "learning-or-mental-health", "increased-vulnerability", "sensory-impairment"),
    *("cognitive-impairment", "substance-dependence", "medication-effects", "unable-to-protect-self"),
    *("domestic-abuse-experienced", "hospital-discharge", "fire-risk-concerns"),
]
TWO_WAYS = "date-of-birth can be read two ways"


def _screened(path: Path, *options: str) -> tuple[list[dict[str, str]], Any]:
    ran = run("screen", "fire-visit", str(path), *options, *AT)
    return list(csv.DictReader(io.StringIO(ran.out.removeprefix("\ufeff")))), ran


def _written(folder: Path, text: str | bytes, name: str = "people.csv") -> Path:
    file = folder / name
    file.write_bytes(text if isinstance(text, bytes) else text.encode())
    return file


def _with_noes(folder: Path, column: str, *cells: str) -> Path:
    """Rows in which only one column can decide: all else is no."""
    head = ",".join((column, *ASKED, "home-fire-risks"))
    rows = [",".join((cell, *["no"] * len(ASKED), "none")) for cell in cells]
    return _written(folder, "\n".join((head, *rows)) + "\n")


def test_an_age_and_a_date_of_birth_that_contradict_each_other_need_a_person(tmp_path: Path) -> None:
    """Neither wins; an age from before the last birthday is no contradiction."""
    text = "age,dob\n82,01/01/1990\n30,01/01/1940\n82,01/01/1944\n81,01/11/1944\n82,\n,01/01/1944\n"
    rows, ran = _screened(_written(tmp_path, text))

    assert [row["cst_verdict"] for row in rows] == ["needs-a-person"] * 2 + ["eligible"] * 4
    assert "age is 82, and by date-of-birth it is 36" == rows[0]["cst_status"]
    assert 65 == ran.code


def test_dates_of_which_nothing_tells_the_order_need_a_person(tmp_path: Path) -> None:
    """Where both ways give the same age they are read; a column in which the month can only stand first is open."""
    for odd in ("03/31/1950", ""):
        rows, ran = _screened(_with_noes(tmp_path, "dob", "06/12/1961", "01/02/1940", *filter(None, [odd])))
        assert TWO_WAYS in rows[0]["cst_status"]
        assert "eligible" == rows[1]["cst_verdict"]
        assert 65 == ran.code
    rows, _ = _screened(_with_noes(tmp_path, "dob", "06/12/1961", "31/03/1990"))
    assert "not-eligible" == rows[0]["cst_verdict"]  # the other row can only have the day first: 6 December, so 64


@pytest.mark.parametrize(("order", "verdict"), [("day-first", "not-eligible"), ("month-first", "eligible")])
def test_a_word_in_the_map_says_which_stands_first(order: str, verdict: str, tmp_path: Path) -> None:
    """6 December 1961 is 64 years ago on this day, 12 June 1961 is 65."""
    mapping = _written(tmp_path, f"dates: {{dob: {order}}}\n", "map.yaml")
    rows, _ = _screened(_with_noes(tmp_path, "dob", "06/12/1961"), "--map", str(mapping))

    assert [verdict] == [row["cst_verdict"] for row in rows]


@pytest.mark.parametrize(("text", "says"), [("{dob: days}", "days"), ("{nobody: day-first}", "nobody")])
def test_a_wrong_word_for_dates_is_refused(text: str, says: str, tmp_path: Path) -> None:
    """A slip would leave the order to chance."""
    mapping = _written(tmp_path, f"dates: {text}\n", "map.yaml")
    _, ran = _screened(_with_noes(tmp_path, "dob", "06/12/1961"), "--map", str(mapping))

    assert 65 == ran.code
    assert says in ran.err
    assert not ran.out


@pytest.mark.parametrize("word", ["", "None", "NULL", "null", "NaN", "nan", "NaT", "N/A", "n/a", "#N/A", "<NA>", "NA"])
def test_what_programs_write_for_nothing_is_not_known(word: str, tmp_path: Path) -> None:
    """Never a no: the verdict stays open, and says what would settle it."""
    head = ",".join(("age", *ASKED, "home-fire-risks"))
    yes_no = ",".join(("50", word, *["no"] * (len(ASKED) - 1), "none"))
    many = ",".join(("50", *["no"] * len(ASKED), word))
    number = ",".join((word, *["no"] * len(ASKED), "none"))
    rows, ran = _screened(_written(tmp_path, "\n".join((head, yes_no, many, number)) + "\n"))

    assert ["cannot-say"] * 3 == [row["cst_verdict"] for row in rows]
    assert ["physical-disability", "home-fire-risks", "age"] == [row["cst_would_settle"] for row in rows]
    assert 0 == ran.code


@pytest.mark.parametrize(
    ("cell", "verdict"),
    [("1.0", "eligible"), ("1", "eligible"), ("TRUE", "eligible"), ("0.0", "not-eligible"), ("False", "not-eligible")],
)
def test_yes_and_no_as_programs_write_them(cell: str, verdict: str, tmp_path: Path) -> None:
    """A data frame writes 1.0 and 0.0 once a cell is blank."""
    head = ",".join(("age", *ASKED, "home-fire-risks"))
    rows, _ = _screened(
        _written(tmp_path, "\n".join((head, ",".join(("50", cell, *["no"] * (len(ASKED) - 1), "none")))) + "\n")
    )

    assert [verdict] == [row["cst_verdict"] for row in rows]


@pytest.mark.parametrize(
    "name",
    ["DateOfBirth", "PERSON BIRTH DATE", "Date of Birth (DD/MM/YYYY)", "TenantDOB", "CHILD_DATE_OF_BIRTH", "dob"],
)
@pytest.mark.parametrize("cell", ["19400912", "1940-09-12", "13/09/1940"])
def test_dates_of_birth_as_the_nhs_and_councils_have_them(name: str, cell: str, tmp_path: Path) -> None:
    """In their names for the column, and in their ways to write a day."""
    rows, _ = _screened(_written(tmp_path, f"Id,{name}\n1,{cell}\n"))

    assert [("eligible", "read")] == [(row["cst_verdict"], row["cst_status"]) for row in rows]


@pytest.mark.parametrize("label", ["Total", "TOTALS", "Grand total", "Sub-total:", "Total 3"])
def test_a_row_that_counts_people_is_no_person(label: str, tmp_path: Path) -> None:
    """The sum of two ages is no age; somebody called Total is rare enough to be looked at."""
    rows, _ = _screened(_written(tmp_path, f"id,age\n1,82\n2,30\n{label},112\nTotalina,90\n"))

    assert ["eligible", "cannot-say", "needs-a-person", "eligible"] == [row["cst_verdict"] for row in rows]


def test_a_comma_at_the_end_of_every_row_is_no_column(tmp_path: Path) -> None:
    """Rows in are rows out, with their own cells."""
    rows, ran = _screened(_written(tmp_path, "age,frailty\n82,no,\n50,yes,\n"))

    assert ["eligible", "eligible"] == [row["cst_verdict"] for row in rows]
    assert ["82", "50"] == [row["age"] for row in rows]
    assert 0 == ran.code


def test_two_columns_of_one_name_are_not_guessed_between(tmp_path: Path) -> None:
    """The one that answers is told by its number; without a word nothing is screened."""
    file = _written(tmp_path, "age,frailty,Age\n82,no,30\n")
    _, ran = _screened(file)
    assert 65 == ran.code
    assert not ran.out
    mapping = _written(tmp_path, "columns: {3: ignore}\n", "map.yaml")
    ran = run("screen", "fire-visit", str(file), "--map", str(mapping), *AT)
    assert "82,no,30,eligible" in ran.out


@pytest.mark.parametrize("mark", ["\ufeff", ""])
def test_a_mark_of_the_letters_comes_back(mark: str, tmp_path: Path) -> None:
    """Excel reads José right only with it; a file without it gets none."""
    _, ran = _screened(_written(tmp_path, f"{mark}age,name\n82,José\n"))

    assert ran.out.startswith("\ufeff") is bool(mark)
    assert "82,José,eligible" in ran.out


def test_letters_of_two_programs_in_one_file_are_said_with_the_line(tmp_path: Path) -> None:
    """Both names are whole, and somebody is told to look."""
    rows, ran = _screened(_written(tmp_path, "age,name\n82,José\n".encode() + "83,Zoë\n".encode("cp1252")))

    assert ["José", "Zoë"] == [row["name"] for row in rows]
    assert "Line 3 has letters that are not UTF-8" in " ".join(ran.err.split())


def _zip(*names: str) -> bytes:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w") as archive:
        for name in names:
            archive.writestr(name, "x")
    return held.getvalue()


KINDS = {
    "an Excel workbook": _zip("[Content_Types].xml", "xl/workbook.xml"),
    "an old Office file": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(500),
    "a zip archive": _zip("people.csv"),
    "a Word document": _zip("word/document.xml"),
    "a gzip archive": gzip.compress(b"age\n82\n"),
    "a PDF": b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n",
    "a web page": b"<!DOCTYPE html>\n<html><table><tr><td>age</td></tr></table></html>",
    "JSON": b'[{"age": 82}]',
    "a picture": b"\x89PNG\r\n\x1a\n" + bytes(100),
}


@pytest.mark.parametrize("ending", [".csv", ".xls", ".parquet"])
@pytest.mark.parametrize("kind", KINDS)
def test_what_is_no_csv_is_named_for_what_it_is(kind: str, ending: str, tmp_path: Path) -> None:
    """Whatever its name: and how to save it so that it can be screened."""
    _, ran = _screened(_written(tmp_path, KINDS[kind], f"people{ending}"))

    assert 65 == ran.code
    assert f"This is {kind}" in ran.err
    assert "CSV" in ran.err.partition("whatever its name.")[2]
    assert "ring 999" in ran.err
    assert not ran.out


def test_parquet_called_csv_is_said(tmp_path: Path) -> None:
    """It is screened under its own name."""
    file = tmp_path / "people.parquet"
    duckdb.sql("SELECT 82 AS age").write_parquet(str(file))
    wrong = file.rename(tmp_path / "people.csv")
    _, ran = _screened(wrong)
    assert 65 == ran.code
    assert "Parquet" in ran.err
    rows, ran = _screened(wrong.rename(file))
    assert ["eligible"] == [row["cst_verdict"] for row in rows]  # as CSV, on standard output


def test_people_through_a_pipe_are_held_in_no_file(tmp_path: Path) -> None:
    """Standard input, and a pipe with a name: the same rows as from the file."""
    text = "age,name\n82,José\n30,Ann\n"
    expected = _screened(_written(tmp_path, text))[1].out
    piped = subprocess.run(
        [*CST, "screen", "fire-visit", "-", *AT], input=text.encode(), capture_output=True, cwd=tmp_path, check=False
    )
    assert expected == piped.stdout.decode()
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    command = f"cat people.csv > pipe & exec {' '.join(CST)} screen fire-visit pipe {' '.join(AT)}"
    named = subprocess.run(["sh", "-c", command], capture_output=True, cwd=tmp_path, check=False)
    assert expected == named.stdout.decode()
    assert ["people.csv", "pipe"] == sorted(os.listdir(tmp_path))


@pytest.mark.deep
def test_a_screening_that_is_killed_leaves_no_rows(tmp_path: Path) -> None:
    """At ten points of its way, and nothing hidden beside the output but where the next run finds it."""
    file = _written(tmp_path, "age,name\n" + "82,Somebody of this street\n" * 400_000)
    for place in range(10):
        running = subprocess.Popen(
            [*CST, "screen", "fire-visit", str(file), "--output", str(tmp_path / "out.csv"), *AT],
            stderr=subprocess.DEVNULL,
        )
        time.sleep(0.3 + place * 0.15)
        running.send_signal(signal.SIGKILL)
        running.wait()
        left = set(os.listdir(tmp_path)) - {"people.csv"}
        assert left <= {"out.csv"}, left
        (tmp_path / "out.csv").unlink(missing_ok=True)


def test_what_a_killed_run_left_is_removed_and_said(tmp_path: Path) -> None:
    """Only its own kind of file: no link, nothing of another name, nothing that a run still holds."""
    file = _written(tmp_path, "age\n82\n")
    left, other = _written(tmp_path, "rows", f".cst-{'0a' * 8}.csv"), _written(tmp_path, "x", ".cst-notes.csv")
    link = tmp_path / f".cst-{'0b' * 8}.csv"
    link.symlink_to(file)
    ran = run("screen", "fire-visit", str(file), "--output", str(tmp_path / "out.csv"), *AT)

    assert 0 == ran.code
    assert not left.exists()
    assert f"Removed {left.name}" in ran.err
    assert other.exists()
    assert link.is_symlink()
    assert file.exists()


def test_no_row_changes_the_verdict_of_another(tmp_path: Path) -> None:
    """Alone or among others a row has one verdict; only the order of dates is told by the column, and that is said."""
    cells = ["82", "30", "None", "N/A", "sixty", "-1", "1.0", "200", "82.0", " 82 ", "Total"]
    together, _ = _screened(_with_noes(tmp_path, "age", *cells))
    alone = [_screened(_with_noes(tmp_path, "age", cell))[0][0] for cell in cells]

    assert alone == together
    assert len(cells) == len(together)
