"""`cst screen`: a file of people in, the same people out, each with the verdict that `cst eligible` would give."""

from __future__ import annotations

import csv
import json
import os
import random
import re
import stat
import subprocess
import sys
from collections import Counter
from collections.abc import Sequence
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from cst.engine.answers import Answers
from cst.engine.plan import scheme_rule
from cst.engine.verdict import verdict
from cst.screening import run
from cst.screening.caseload import ADDED, caseload
from cst.screening.columns import wanted
from cst.screening.run import Job, to_file
from cst.screening.run import names_in as names_in_file
from cst.toolkit.toolkit import Toolkit
from tests.support import ROOT, in_process
from tests.support.command import Terminal, cst
from tests.support.levels import NIGHTLY
from tests.support.states import NOT_SURE, TUESDAY, shipped, small, ways

duckdb = pytest.importorskip("duckdb", reason="the extra `screen` is not installed")
SCHEMA = json.loads((ROOT / "docs" / "cst.schema.json").read_text("utf-8"))
AT = ("--at", "2026-11-24T10:00")
ROWS = 4000 if NIGHTLY else 120
SCHEMES = [
    (place, name) for place, toolkit in (("shipped", shipped), ("small", small)) for name in toolkit().kind("schemes")
]
YES, NO = ("yes", "Y", " True ", "1", "ON", "t"), ("no", "N", "FALSE", "0", " off", "f")
UNSURE = ("not sure", "Don't know", "DK", "?", "unknown", "not-sure")


# Equal to the scalar evaluator


@pytest.mark.parametrize(("place", "scheme"), SCHEMES, ids=[f"{place}-{name}" for place, name in SCHEMES])
def test_every_row_has_the_verdict_of_cst_eligible(place: str, scheme: str, tmp_path: Path) -> None:
    """For every scheme: with why and what would settle it, in a file that DuckDB reads and in one that it cannot."""
    toolkit = shipped() if place == "shipped" else small()
    rng = random.Random(f"screening {scheme}")
    asked = wanted(
        toolkit, toolkit.kind("schemes")[scheme], [rule_of(toolkit, scheme)], TUESDAY.date(), area_known=True
    )
    people = [person(toolkit, asked, rng) for _ in range(ROWS)]
    header = ["id", *asked]
    rows = [[f"P{number}", *(spelt(answers, name, rng) for name in asked)] for number, answers in enumerate(people)]
    expected = [said_by_eligible(toolkit, scheme, answers) for answers in people]

    quick = screened(toolkit, scheme, header, rows, tmp_path / "quick")
    handed_over = screened(toolkit, scheme, header, [*rows, ["one cell alone"]], tmp_path / "odd", ragged=True)
    assert expected == [tuple(row[-4:]) for row in quick]
    assert quick == handed_over[:-1]
    assert ["needs-a-person"] == [row[-4] for row in handed_over[-1:]]


WITH_AREAS = [name for name, record in shipped().kind("schemes").items() if record.get("area_rules")]


@pytest.mark.parametrize("scheme", WITH_AREAS)
def test_each_row_has_the_rule_of_its_own_area(scheme: str, tmp_path: Path) -> None:
    """Where a column says it; with no area, or one without a rule of its own, that of everywhere."""
    toolkit, rng = shipped(), random.Random(f"areas {scheme}")
    record, day = toolkit.kind("schemes")[scheme], TUESDAY.date()
    rules = [toolkit.rule(scheme_rule(record, toolkit, area)[0], day) for area in (None, *record["area_rules"])]
    asked = wanted(toolkit, record, rules, day, area_known=False)
    assert "area" in asked
    people = [person(toolkit, asked, rng) for _ in range(ROWS)]
    for answers in people:
        if rng.random() < 0.7:
            answers["area"] = rng.choice([*record["area_rules"], "england", "hampshire", "hart"])
    rows = [["x", *(spelt(answers, name, rng) for name in asked)] for answers in people]
    expected = [said_by_eligible(toolkit, scheme, answers) for answers in people]

    assert expected == [tuple(row[-4:]) for row in screened(toolkit, scheme, ["id", *asked], rows, tmp_path / "areas")]


def rule_of(toolkit: Toolkit, scheme: str) -> Any:
    return toolkit.rule(toolkit.kind("schemes")[scheme]["rule"], TUESDAY.date())


def person(toolkit: Toolkit, asked: Sequence[str], rng: random.Random) -> dict[str, Any]:
    """Answers at random, many of them no: else nearly everybody would be eligible for a rule of many reasons."""
    lean = rng.random()
    answers = {}
    for name in asked:
        if rng.random() < 0.15:
            continue
        values = ways(toolkit, name)
        favoured = [value for value in values if value in (False, frozenset())] or values
        answers[name] = NOT_SURE if rng.random() < 0.1 else rng.choice(favoured if rng.random() < lean else values)
    return {
        name: value
        for name, value in answers.items()
        if isinstance(value, bool | int | str | frozenset) or value is NOT_SURE
    }


def spelt(answers: dict[str, Any], question: str, rng: random.Random) -> str:
    """One of the ways in which an answer may be written."""
    value = answers.get(question)
    if value is None:
        return rng.choice(("", " "))
    if value is NOT_SURE:
        return rng.choice(UNSURE)
    if isinstance(value, bool):
        return rng.choice(YES if value else NO)
    if isinstance(value, frozenset):
        return rng.choice(("; ", ",", " | ")).join(sorted(value)) or "none"
    return rng.choice((str(value), f" {value}", str(value).upper()))


def said_by_eligible(toolkit: Toolkit, scheme: str, answers: dict[str, Any]) -> tuple[str, str, str, str]:
    """What is to be added to the row: of answers that were no, the ids alone, last."""
    known = {name: value for name, value in answers.items() if value is not NOT_SURE}
    unsure = frozenset(name for name, value in answers.items() if value is NOT_SURE)
    said = verdict(toolkit, scheme, Answers(known, unsure), TUESDAY)
    settle = [one["id"] for one in said["would_settle"]]
    because = [reason["says"] for reason in said["because"] if reason["answer"] != "no"]
    if noes := [reason["question"] for reason in said["because"] if reason["answer"] == "no"]:
        because.append(f"no to {', '.join(noes)}")
    in_order = "; ".join(name for name in toolkit.kind("questions") if name in settle)
    return said["verdict"], "; ".join(because), in_order, "read"


def screened(
    toolkit: Toolkit,
    scheme: str,
    header: Sequence[str],
    rows: Sequence[Sequence[str]],
    place: Path,
    *,
    ragged: bool = False,
) -> list[list[str]]:
    """The rows as they come out, without the header; every input cell stands where it stood.

    DuckDB reads the file, unless its rows are ragged: then the cells are handed over.
    """
    source, output = place.with_suffix(".csv"), place.with_suffix(".out.csv")
    with source.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file, lineterminator="\n").writerows([header, *rows])
    names, shape = names_in_file(str(source), ())
    load = caseload(toolkit, scheme, TUESDAY, None, names, {}, {})
    output.touch()
    assert shape is not None
    handed_over: list[object] = []
    with pytest.MonkeyPatch.context() as patch:
        in_batches = run._in_batches
        patch.setattr(run, "_in_batches", lambda *of, **more: handed_over.append(1) or in_batches(*of, **more))
        totals = to_file(Job(str(source), load), shape, str(output))
    assert ragged == bool(handed_over)
    got = read(output)
    assert [*header, *ADDED] == got[0]
    assert [list(row) for row in rows if len(row) == len(header)] == [
        row[:-4] for row, put in zip(got[1:], rows, strict=True) if len(put) == len(header)
    ]
    assert Counter(row[-4] for row in got[1:]) == totals.verdicts
    assert len(rows) == totals.rows
    return got[1:]


def read(path: Path) -> list[list[str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.reader(file))


# As a command


def screen(tmp_path: Path, text: str, *options: str, scheme: str = "fire-visit") -> tuple[Any, list[dict[str, str]]]:
    """The command over a file with this text, and the rows that it wrote."""
    source, output = tmp_path / "people.csv", tmp_path / "out.csv"
    source.write_text(text, "utf-8", newline="")
    ran = cst("screen", scheme, str(source), "--output", str(output), *AT, *options)
    if not output.exists():
        return ran, []
    with output.open(encoding="utf-8", newline="") as file:
        return ran, list(csv.DictReader(file))


def test_a_cell_that_cannot_be_read_needs_a_person_and_never_says_no(tmp_path: Path) -> None:
    """Nor yes: not even where another cell would be reason enough. The status says which cell; the exit code is 65."""
    ran, rows = screen(tmp_path, "id,age,frailty\n1,eighty,no\n2,82,maybe\n3,82,no\n4,-1,no\n5,1000,no\n")
    assert ["needs-a-person"] * 2 + ["eligible"] + ["needs-a-person"] * 2 == [row["cst_verdict"] for row in rows]
    assert ["age cannot be read: eighty", "frailty cannot be read: maybe", "read"] == [
        row["cst_status"] for row in rows[:3]
    ]
    assert 65 == ran.returncode
    assert "5 rows in, 5 rows out: 1 eligible, 0 not-eligible, 0 cannot-say, 4 needs-a-person." in ran.stderr


def test_a_blank_or_not_sure_is_not_known_and_never_no(tmp_path: Path) -> None:
    """An empty file of answers can be said for nobody."""
    ran, rows = screen(tmp_path, "id,age,frailty\n1,,\n2,not sure,dk\n3,40,unknown\n")
    assert ["cannot-say"] * 3 == [row["cst_verdict"] for row in rows]
    assert 0 == ran.returncode


@pytest.mark.deep
@pytest.mark.parametrize(
    ("born", "age"),
    [
        ("1961-11-24", 65), ("1961-11-25", 64), ("24/11/1961", 65), ("25.11.1961", 64), ("24-11-1961", 65),
        ("1961-11-24T00:00:00", 65), ("2026-11-24", 0), ("1", None), ("2026-11-25", None), ("1961-02-29", None),
        ("31/04/1961", None), ("11/24/1961", None), ("24/11/61", None), ("1850-01-01", None), ("", -1), ("dk", -1),
    ],
)  # fmt: skip
def test_a_date_of_birth_gives_the_age_at_the_moment_asked_about(born: str, age: int | None, tmp_path: Path) -> None:
    """The birthday itself counts; the day stands before the month; no such day, or one to come, needs a person."""
    ran, (row,) = screen(tmp_path, f"id,date of birth\n1,{born}\n")
    expected = "needs-a-person" if age is None else "eligible" if age >= 65 else "cannot-say"
    assert expected == row["cst_verdict"]
    assert (65 if age is None else 0) == ran.returncode
    if age is not None and age >= 65:
        assert f"How old is the person: {age}" == row["cst_because"]


def test_ages_of_those_born_on_a_leap_day_change_on_the_first_of_march(tmp_path: Path) -> None:
    """In a year without the day; in a leap year on the day."""
    source, output = tmp_path / "p.csv", tmp_path / "o.csv"
    source.write_text("id,dob\n1,1960-02-29\n2,1956-02-29\n", "utf-8")
    for at, expected in (("2025-02-28T10:00", "cannot-say"), ("2025-03-01T10:00", "eligible")):
        output.unlink(missing_ok=True)
        cst("screen", "fire-visit", str(source), "-o", str(output), "--at", at)
        assert expected == read(output)[1][-4], at


def whole_years(born: date, at: date) -> int:
    """The age on a day, by counting birthdays: one on 29 February is kept on 1 March in years without it."""
    years = 0
    while (at.year - born.year) > years and _birthday(born, born.year + years + 1) <= at:
        years += 1
    return years


def _birthday(born: date, year: int) -> date:
    try:
        return born.replace(year=year)
    except ValueError:
        return date(year, 3, 1)


@pytest.mark.deep
def test_ages_are_whole_years(tmp_path: Path) -> None:
    """Over eighty years of days around birthdays, leap days among them, in verdict and words."""
    days = [date(1944, 1, 1) + timedelta(number * 7) for number in range(52 * 80)]
    days += [date(year, 2, 29) for year in range(1944, 2025, 4)] + [
        date(year, 11, day) for year in (1960, 1961) for day in (23, 24, 25)
    ]
    rows = [["x", day.isoformat()] for day in days]
    got = screened(shipped(), "fire-visit", ["id", "dob"], rows, tmp_path / "days")
    ages = [whole_years(day, TUESDAY.date()) for day in days]
    assert [age >= 65 for age in ages] == [row[-4] == "eligible" for row in got]
    assert [f"How old is the person: {age}" if age >= 65 else "" for age in ages] == [row[-3] for row in got]


@pytest.mark.parametrize("odd", ["", "3\n"], ids=["regular", "odd"])
def test_empty_cells_past_the_header_are_no_fault(odd: str, tmp_path: Path) -> None:
    """Spreadsheets write a comma at the end of each row; whatever else the file has."""
    _, rows = screen(tmp_path, f'id,age,frailty\n1,82,no,\n2,40,no,,\n4,40,no,""\n{odd}')
    assert ["eligible", "cannot-say", "cannot-say"] == [row["cst_verdict"] for row in rows[:3]]
    assert ["read"] * 3 == [row["cst_status"] for row in rows[:3]]


@pytest.mark.parametrize("odd", ["", "3\n"], ids=["regular", "odd"])
def test_blanks_beside_quotes_do_not_belong_to_the_cell(odd: str, tmp_path: Path) -> None:
    """As people write it by hand; inside quotes everything stands as it is."""
    text = f'id,age,note\n1, "82" ,"a ""b"" , "" c"\n2,"82", "x, y"\n{odd}'
    _, rows = screen(tmp_path, text)
    assert ["eligible"] * 2 == [row["cst_verdict"] for row in rows[:2]]
    assert ['a "b" , " c', "x, y"] == [row["note"] for row in rows[:2]]


def test_letters_that_are_not_utf_8_change_no_other_letter(tmp_path: Path) -> None:
    """A file that two programs wrote: each letter is read for itself, as Windows-1252 where it is not UTF-8."""
    source, output = tmp_path / "people.csv", tmp_path / "out.csv"
    source.write_bytes(b"id,age,name\n1,82\xc2\xa0,Jos\xc3\xa9\n2,82,Jos\xe9\n")
    assert 0 == cst("screen", "fire-visit", str(source), "-o", str(output), *AT).returncode
    assert [["82\xa0", "José"], ["82", "José"]] == [row[1:3] for row in read(output)[1:]]
    assert ["eligible"] * 2 == [row[-4] for row in read(output)[1:]]


def test_formulas_are_made_harmless_and_can_be_kept_on_request(tmp_path: Path) -> None:
    """In cells and in names of columns, also after blanks; a number below zero is one too, as nobody can tell."""
    cells = ["=1+1", "+44", "-5", "@SUM(A1)", " =1", "\t=1", "＝1", "O'Neil", "a=b"]
    text = "id,=note,age\n" + "".join(f'{number},"{cell}",82\n' for number, cell in enumerate(cells))
    ran, rows = screen(tmp_path, text)
    assert [f"'{cell}" if number < 7 else cell for number, cell in enumerate(cells)] == [row["'=note"] for row in rows]
    assert 0 == ran.returncode
    (tmp_path / "out.csv").unlink()
    assert cells == [row["=note"] for row in screen(tmp_path, text, "--keep-cells")[1]]


def test_a_bad_cell_with_a_formula_is_harmless_in_the_status_too(tmp_path: Path) -> None:
    """The answer column itself may hold one."""
    _, rows = screen(tmp_path, "id,age\n1,=1+1\n2,82\n")
    assert ["'=1+1", "82"] == [row["age"] for row in rows]
    assert "age cannot be read: =1+1" == rows[0]["cst_status"]


def test_a_mapping_file_names_columns_and_spellings(tmp_path: Path) -> None:
    """The user's own words count; a column can be left out; what is no column or no answer is refused."""
    mapping = tmp_path / "columns.yaml"
    mapping.write_text(
        "columns: {Yrs: age, Frail?: frailty, smoker: ignore}\nvalues: {frailty: {ja: yes, nein: no, '-': blank}}\n"
    )
    _, rows = screen(tmp_path, "Yrs,Frail?,smoker\n40,ja,x\n40,nein,y\n40,-,z\n", "--map", str(mapping))
    assert ["eligible", "cannot-say", "cannot-say"] == [row["cst_verdict"] for row in rows]
    (tmp_path / "out.csv").unlink()
    for wrong in (
        "columns: {nobody: age}",
        "columns: {Yrs: rainfall}",
        "values: {age: {x: purple}}",
        "[1]",
        "more: {}",
    ):
        mapping.write_text(f"{wrong}\n")
        ran, rows = screen(tmp_path, "Yrs,age\n40,ja\n", "--map", str(mapping))
        assert (65, []) == (ran.returncode, rows), wrong


@pytest.mark.parametrize("name", ["agee", "date-of-birth", "dash-count", "'a\x1b[2J'"])
def test_a_misspelt_question_under_values_is_a_fault_with_its_line(name: str, tmp_path: Path) -> None:
    """Passed over, its spellings would leave every row to a person, and nobody would know why."""
    mapping, people = tmp_path / "columns.yaml", tmp_path / "people.csv"
    people.write_text("Age,x\n65+,1\n", "utf-8")
    mapping.write_text(f"columns: {{Age: age}}\nvalues:\n  frailty: {{ja: yes}}\n  {name}: {{65+: 65}}\n", "utf-8")
    ran = in_process.run("screen", "fire-visit", str(people), "--map", str(mapping))

    assert 65 == ran.code
    assert not ran.out
    assert "columns.yaml:" in ran.err
    if "\x1b" not in name:  # which is no YAML
        assert f"columns.yaml:4: {name} is no question of this scheme. Under values: may stand age," in ran.err


@pytest.mark.parametrize(
    "text",
    ["columns: {Age #2: age}", "columns: {Age: age #2}", "columns: {Age: age}\nvalues: {age: {old #80: 85}}"],
)
def test_a_hash_that_cuts_a_mapping_short_is_a_fault_with_its_line(text: str, tmp_path: Path) -> None:
    """As in a local file: what stands after it would be lost."""
    mapping, people = tmp_path / "columns.yaml", tmp_path / "people.csv"
    people.write_text("Age,x\n65+,1\n", "utf-8")
    mapping.write_text(f"{text}\n", "utf-8")
    ran = in_process.run("screen", "fire-visit", str(people), "--map", str(mapping))

    assert 65 == ran.code
    assert f"columns.yaml:{text.count(chr(10)) + 1}: the text ends before the #" in ran.err


def test_columns_can_be_named_by_a_person_at_a_terminal(tmp_path: Path) -> None:
    """Each question without a column is asked once, by number; q leaves with nothing written."""
    source, output = tmp_path / "people.csv", tmp_path / "out.csv"
    source.write_text("id,Yrs,frailty\n1,82,no\n", "utf-8")
    for keys, written in (("q\r", False), ("2\r" + "\r" * 14, True)):
        terminal = Terminal("screen", "fire-visit", str(source), "-o", str(output), *AT)
        terminal.until("2. Yrs")
        terminal.send(keys)
        assert (0 if written else 20) == terminal.end()
        assert written == output.exists()
    assert "eligible" == read(output)[1][-4]


def test_the_summary_says_counts_and_the_question_that_would_settle_most(tmp_path: Path) -> None:
    """The same counts as in the rows; each bar beside its count; with --json as the contract says."""
    text = "id,age,frailty,sensory-impairment\n" + "1,82,no,no\n" * 3 + "2,40,,no\n" * 4 + "3,x,no,no\n"
    ran, rows = screen(tmp_path, text, "--summary")
    assert {"eligible": 3, "cannot-say": 4, "needs-a-person": 1} == Counter(row["cst_verdict"] for row in rows)
    for line in ("eligible: 3 of 8", "not eligible: 0 of 8", "cannot say yet: 4 of 8", "needs a person: 1 of 8"):
        assert line in ran.stdout
    (tmp_path / "out.csv").unlink()
    said = json.loads(screen(tmp_path, text, "--json")[0].stdout)
    jsonschema.validate(said, SCHEMA)
    settled = Counter(name for row in rows for name in row["cst_would_settle"].split("; ") if name)
    assert settled == {one["question"]: one["rows"] for one in said["would_settle"]}
    assert said["rows"] == sum(said["verdicts"].values()) == len(rows)


def test_the_summary_draws_a_chart_on_a_terminal(tmp_path: Path) -> None:
    """A bar for each verdict; and a progress bar only there, wiped away when done."""
    source, output = tmp_path / "people.csv", tmp_path / "out.csv"
    source.write_text("id,age\n1,82\n2,40\n", "utf-8")
    terminal = Terminal("screen", "fire-visit", str(source), "-o", str(output), "--summary", "--no-input", *AT)
    assert 0 == terminal.end()
    shown = terminal.shown()
    assert "█" in shown
    assert "2 rows in, 2 rows out" in shown
    assert "%" not in shown
    assert re.search(r"\[#*\.*\] +\d+%", terminal.raw)


def test_rows_can_go_to_standard_output(tmp_path: Path) -> None:
    """The same bytes as into a file, and nothing but the rows; the totals are on standard error, without a bar."""
    ran, _ = screen(tmp_path, "id,age\n1,82\n2,x\n3,\n")
    piped = cst("screen", "fire-visit", str(tmp_path / "people.csv"), *AT)
    assert (tmp_path / "out.csv").read_text("utf-8") == piped.stdout
    assert ran.stderr == piped.stderr
    assert "[" not in piped.stderr


def test_nothing_but_the_output_is_written_and_it_is_the_users_alone(tmp_path: Path) -> None:
    """No file beside it; 0600; what is there already is not written over; what is refused leaves nothing."""
    screen(tmp_path, "id,age\n1,82\n")
    assert ["out.csv", "people.csv"] == sorted(os.listdir(tmp_path))
    assert 0o600 == stat.S_IMODE((tmp_path / "out.csv").stat().st_mode)
    before = (tmp_path / "out.csv").read_bytes()
    ran, _ = screen(tmp_path, "id,age\n1,40\n")
    assert (2, before) == (ran.returncode, (tmp_path / "out.csv").read_bytes())
    (tmp_path / "out.csv").unlink()
    for text in ("", 'id,age\n1,"82\n', "name,colour\nx,y\n", "id,age,age\n1,2,3\n", "id,age,cst_verdict\n1,82,x\n"):
        ran, _ = screen(tmp_path, text)
        assert 65 == ran.returncode, text
        assert ["people.csv"] == os.listdir(tmp_path), text
    assert 66 == cst("screen", "fire-visit", str(tmp_path / "none.csv")).returncode


def test_parquet_goes_in_and_out_with_its_types(tmp_path: Path) -> None:
    """The verdicts are those of the same people as CSV; numbers, truth values, dates and lists keep their types."""
    _, rows = screen(
        tmp_path, "id,dob,frailty,home-fire-risks\n1,1950-03-31,false,none\n2,1999-01-01,true,none\n3,,,smoking\n4,,,\n"
    )
    source, output = tmp_path / "people.parquet", tmp_path / "out.parquet"
    duckdb.sql(
        "SELECT * FROM (VALUES (1, DATE '1950-03-31', false, []::VARCHAR[]), (2, DATE '1999-01-01', true, []), "
        "(3, NULL, NULL, ['smoking']), (4, NULL, NULL, NULL)) AS people(id, dob, frailty, \"home-fire-risks\")"
    ).write_parquet(str(source))
    assert 0 == cst("screen", "fire-visit", str(source), "-o", str(output), *AT).returncode
    got = duckdb.sql(f"SELECT * FROM read_parquet('{output}')")
    assert [row["cst_verdict"] for row in rows] == [row[-4] for row in got.fetchall()]
    assert ["INTEGER", "DATE", "BOOLEAN", "VARCHAR[]"] == [str(kind) for kind in got.types[:4]]
    again = tmp_path / "again.csv"
    assert 0 == cst("screen", "fire-visit", str(source), "-o", str(again), *AT).returncode
    assert [row["cst_verdict"] for row in rows] == [row[-4] for row in read(again)[1:]]
    piped = cst("screen", "fire-visit", str(source), *AT)
    assert (0, again.read_text("utf-8")) == (piped.returncode, piped.stdout)
    source.write_bytes(source.read_bytes()[:200])
    assert 65 == cst("screen", "fire-visit", str(source), *AT).returncode


def test_without_duckdb_the_message_says_what_to_install(tmp_path: Path) -> None:
    """A clear end, exit code 2, nothing written."""
    source, output = tmp_path / "people.csv", tmp_path / "out.csv"
    source.write_text("id,age\n1,82\n", "utf-8")
    hide = "import sys; sys.modules['duckdb'] = None; from cst.__main__ import main; main()"
    ran = subprocess.run(
        [sys.executable, "-c", hide, "screen", "fire-visit", str(source), "-o", str(output), *AT],
        capture_output=True, encoding="utf-8", timeout=60, check=False,
    )  # fmt: skip
    assert 2 == ran.returncode
    assert "Screening needs DuckDB, which is not installed." in ran.stderr
    assert '-m pip install "duckdb>=1.4,<3"' in ran.stderr
    assert not output.exists()


@pytest.mark.nightly
def test_rows_larger_than_the_memory_allowed_are_screened(tmp_path: Path) -> None:
    """With 64 MB for DuckDB, a file of twice that: nothing is held back until the end."""
    rows = 1_200_000
    source, output = tmp_path / "people.csv", tmp_path / "out.csv"
    with source.open("w", encoding="utf-8") as file:
        file.write("id,age,frailty,note\n")
        file.writelines(f"{number},{number % 100},no,{'x' * 100}\n" for number in range(rows))
    names, shape = names_in_file(str(source), ())
    load = caseload(shipped(), "fire-visit", TUESDAY, None, names, {}, {})
    output.touch()
    totals = to_file(Job(str(source), load, memory="64MB"), shape, str(output))
    assert rows == totals.rows == output.read_bytes().count(b"\n") - 1
