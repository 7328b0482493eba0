"""`cst screen`: a scheme's rule over a file of people."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, NamedTuple

from cst import CONTRACT, card
from cst.cli.commands.eligible import scheme_called
from cst.cli.errors import Trouble, describe_faults, trouble
from cst.cli.extras import not_installed
from cst.cli.request import Request
from cst.cli.whole_file import cannot_write, is_there, whole_file
from cst.engine.answers import BadAnswer
from cst.engine.describe import area_name, describe_edition
from cst.exits import Exit, Left
from cst.screening import duckdb_files
from cst.screening.caseload import ADDED, VERDICTS, Caseload, caseload
from cst.screening.columns import BadColumns, Mapped, known_names, normal_name
from cst.screening.csv_shape import BadFile, Shape
from cst.source import yaml
from cst.toolkit.toolkit import Toolkit

if TYPE_CHECKING:
    from cst import contract
    from cst.screening.run import Job, Totals


class ScreenOptions(NamedTuple):
    """What the options of `cst screen` ask for."""

    output: str | None
    mapping: str | None
    keep_cells: bool
    summary: bool
    may_ask: bool


class Mapping_(NamedTuple):
    """What a mapping file says: column to question, and by question what is written to what it stands for."""

    columns: Mapping[str, str]
    values: Mapping[str, Mapping[str, str]]


def screen(request: Request, scheme: str, file: str, wanted: ScreenOptions) -> int:
    """Screens a file and says how it went. Rows that need a person give exit code 65, with the output written."""
    toolkit = request.toolkit()
    name = scheme_called(toolkit, scheme)
    at, (area, area_says) = request.moment(toolkit), request.place(toolkit)
    own = _mapping(wanted.mapping)
    place = _place(wanted.output)
    with _told(file):
        duckdb_files.needed()
        from cst.screening.run import Job, names_in

        names, shape = names_in(file, tuple(known_names(toolkit)))
        load = _load(toolkit, name, at, area, names, own, wanted)
        counts = wanted.summary or request.json
        progress = _bar if sys.stderr.isatty() else None
        job = Job(file, load, wanted.keep_cells, counts, progress=progress)
        totals = _written(job, shape, place, rows_wanted=place is not None or not request.json)
    if progress:
        sys.stderr.write("\r\x1b[K")
    screening = _summary(load, totals, file, place, area_says)
    _tell(screening, request, wanted)
    return Exit.BAD_INPUT if totals.verdicts["needs-a-person"] else Exit.DONE


def _written(job: Job, shape: Shape | None, place: str | None, *, rows_wanted: bool) -> Totals:
    from cst.screening.run import to_file, to_stream

    if place is not None:
        with _output(place, job.path) as output:
            return to_file(job, shape, output)
    if rows_wanted:
        sys.stdout.flush()
        return to_stream(job, shape, sys.stdout.buffer)
    with open(os.devnull, "wb") as nowhere:
        return to_stream(job, shape, nowhere)


@contextmanager
def _output(place: str, source: str) -> Iterator[str]:
    """A new file for the rows, which is there in the end whole or not at all.

    Raises:
        Trouble: it cannot be written.
        OSError: `source` cannot be read.
    """
    try:
        with whole_file(place, ending=os.path.splitext(place)[1]) as beside:
            yield beside.path
    except OSError as error:
        if isinstance(error, FileNotFoundError | PermissionError) and error.filename == source:
            raise
        raise cannot_write(place, "written", error) from None


def _place(output: str | None) -> str | None:
    """Where to write, in full.

    Raises:
        Trouble: something is there already.
    """
    if output is None:
        return None
    place = os.path.abspath(output)
    if os.path.lexists(place):
        raise is_there(output)
    return place


@contextmanager
def _told(file: str) -> Iterator[None]:
    """What can go wrong with a file, said as every command says it."""
    try:
        yield
    except duckdb_files.Missing:
        raise not_installed("duckdb", "Screening needs DuckDB, which is not installed.") from None
    except BadFile as bad:
        fault: contract.Fault = {
            "code": bad.code,
            "file": file,
            "line": bad.line,
            "says": bad.says,
            "remedy": bad.remedy,
        }
        raise Trouble(Exit.BAD_INPUT, [fault]) from None
    except (BadColumns, BadAnswer) as bad:
        fault = {"code": "columns", "file": file, "line": 1, "says": bad.says, "remedy": bad.remedy}
        raise Trouble(Exit.BAD_INPUT, [fault]) from None
    except (FileNotFoundError, IsADirectoryError, PermissionError) as error:
        says = f"{file} cannot be read: {error.strerror}."
        raise trouble(Exit.NO_INPUT, "file-missing", says, "Check the name.") from None


def _mapping(file: str | None) -> Mapping_:
    """The user's mapping file: `columns:` with column: question, and `values:` with question: {written: answer}."""
    if file is None:
        return Mapping_({}, {})
    try:
        with open(file, "rb") as opened:
            data = opened.read(yaml.MOST_BYTES + 1)
    except OSError as error:
        says = f"{file} cannot be read: {error.strerror}."
        raise trouble(Exit.NO_INPUT, "file-missing", says, "Check the name.") from None
    tree, faults = yaml.read(data, file)
    if faults:
        raise Trouble(Exit.BAD_INPUT, describe_faults(faults))
    columns, values = tree.get("columns", {}), tree.get("values", {})
    fits = isinstance(columns, Mapping) and isinstance(values, Mapping) and set(tree) <= {"columns", "values"}
    if not fits or not all(isinstance(one, Mapping) for one in values.values()):
        says, remedy = (
            "This is no mapping.",
            "Write columns: with column: question, and values: with question: {written: answer}.",
        )
        raise Trouble(Exit.BAD_INPUT, [{"code": "mapping", "file": file, "line": 1, "says": says, "remedy": remedy}])
    spelt = {str(name): {str(word): str(answer) for word, answer in one.items()} for name, one in values.items()}
    return Mapping_({str(column): str(question) for column, question in columns.items()}, spelt)


def _load(
    toolkit: Toolkit, scheme: str, at: Any, area: str | None, names: Sequence[str], own: Mapping_, wanted: ScreenOptions
) -> Caseload:
    """The screening; where there is somebody to ask, with the columns that they name."""
    double = [name for name in names if normal_name(name).replace("-", "_") in ADDED]
    if double:
        raise BadColumns(f"The file has a column {double[0]} already.", "Screen the file as it was before.")
    load = caseload(toolkit, scheme, at, area, names, own.columns, own.values)
    if wanted.may_ask and load.columns.missing and wanted.mapping is None:
        more = _ask_columns(toolkit, names, load.columns)
        load = caseload(toolkit, scheme, at, area, names, more, own.values)
    if not load.columns.columns:
        request = ", ".join(load.columns.missing)
        raise BadColumns(
            f"No column answers a question of {scheme}: {request}.", "Name the columns so, or write a --map file."
        )
    return load


def _ask_columns(toolkit: Toolkit, names: Sequence[str], columns: Mapped) -> dict[str, str]:
    """Asks which column answers each question that none answers yet. Enter alone: none does.

    Raises:
        Left: the user left.
    """
    from cst.views.formats.line_breaks import fitted

    chosen: dict[str, str] = {}
    taken = {column.place for column in columns.columns}
    sys.stderr.write(f"{card.LINE}\nSome questions have no column. Give its number, Enter for none, or q to leave.\n")
    for question in columns.missing:
        free = [name for place, name in enumerate(names) if place not in taken and name not in chosen]
        offered = [f"{number}. {_shown(name)}" for number, name in enumerate(free, 1)]
        lines = ["", f"{toolkit.kind('questions')[question]['ask']} ({question})", *offered, ""]
        sys.stderr.write(fitted("\n".join(lines), sys.stderr))
        while True:
            sys.stderr.write("> ")
            sys.stderr.flush()
            typed = sys.stdin.readline()
            word = typed.strip().casefold()
            if not typed or word in ("q", "quit"):
                raise Left
            if not word or (word.isdecimal() and 1 <= int(word) <= len(free)):
                break
        if word:
            chosen[free[int(word) - 1]] = question
    return chosen


def _shown(text: str) -> str:
    from cst.views.formats.safe_text import one_line

    return one_line(text)


def _bar(done: float) -> None:
    """How far it is, on a terminal alone."""
    filled = round(done * 30)
    sys.stderr.write(f"\r[{'#' * filled}{'.' * (30 - filled)}] {done:4.0%}")
    sys.stderr.flush()


def _summary(load: Caseload, totals: Totals, file: str, place: str | None, area_says: str | None) -> contract.Screening:
    toolkit = load.toolkit
    asks = toolkit.kind("questions")
    return {
        "cst": CONTRACT,
        "kind": "screening",
        "edition": describe_edition(toolkit),
        "scheme": load.scheme,
        "title": toolkit.kind("schemes")[load.scheme]["title"],
        "file": file,
        "output": place,
        "area": load.area,
        "area_name": area_name(toolkit, load.area),
        "area_says": area_says,
        "at": load.at.isoformat(timespec="minutes"),
        "rows": totals.rows,
        "verdicts": {verdict: totals.verdicts[verdict] for verdict in VERDICTS},
        "would_settle": [
            {"question": name, "ask": asks[name]["ask"], "rows": rows}
            for name, rows in totals.would_settle.most_common()
        ],
        "columns": {column.question: column.name for column in load.columns.columns},
        "missing": list(load.columns.missing),
    }


def _tell(screening: contract.Screening, request: Request, wanted: ScreenOptions) -> None:
    """The totals on standard error; the summary or the document on standard output, unless the rows went there."""
    from cst.cli.output import as_text, show
    from cst.views.formats.line_breaks import fitted
    from cst.views.pages.screening import screening_page

    if request.json:
        show(screening, screening_page, request)
    elif wanted.summary:
        stream = sys.stdout if screening["output"] else sys.stderr
        stream.write(as_text(screening_page(screening), request, stream))
    counts = ", ".join(f"{count} {verdict}" for verdict, count in screening["verdicts"].items())
    lines = [f"{screening['rows']} rows in, {screening['rows']} rows out: {counts}."]
    if screening["missing"] and not wanted.summary:
        lines.append(f"No column for, so not known in any row: {', '.join(screening['missing'])}.")
    if screening["verdicts"]["needs-a-person"]:
        lines.append("Rows that need a person say why under cst_status.")
    sys.stderr.write(fitted("\n".join(lines) + "\n", sys.stderr))
