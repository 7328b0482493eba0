"""`cst screen`: a scheme's rule over a file of people."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, NamedTuple

from cst import CONTRACT, card
from cst.cli.column_map import ColumnMap, column_map
from cst.cli.commands.eligible import scheme_called
from cst.cli.errors import Trouble, trouble
from cst.cli.extras import not_installed
from cst.cli.left_overs import remove_left_overs
from cst.cli.request import Request, no_figure
from cst.cli.whole_file import cannot_write, in_full, is_there, whole_file
from cst.engine.answers import BadAnswer
from cst.engine.describe import area_name, describe_edition
from cst.exits import Exit, Left
from cst.screening import duckdb_files
from cst.screening.caseload import ADDED, VERDICTS, Caseload, caseload
from cst.screening.columns import BadColumns, Mapped, known_names, normal_name, nothing_answers
from cst.screening.csv_shape import BadFile, Shape
from cst.screening.people_file import CannotRead, people_file
from cst.toolkit.toolkit import NoFigure, Toolkit

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


def screen(request: Request, scheme: str, file: str, wanted: ScreenOptions) -> int:
    """Screens a file and says how it went. Rows that need a person give exit code 65, with the output written."""
    toolkit = request.toolkit()
    name = scheme_called(toolkit, scheme)
    at, (area, area_says) = request.moment(toolkit), request.place(toolkit)
    own = column_map(wanted.mapping)
    place = _place(wanted.output)
    if place is not None:
        _sweep(os.path.dirname(place))
    progress = _bar if sys.stderr.isatty() else None
    with _told(file, own), people_file(file, _standard_input()) as people:
        duckdb_files.needed()
        from cst.screening.run import Job, names_in

        names, shape = names_in(people, tuple(known_names(toolkit)), file)
        load = _load(toolkit, name, at, area, names, own, wanted)
        counts = wanted.summary or request.json
        job = Job(people, load, wanted.keep_cells, counts, progress=progress)
        totals = _written(job, shape, place, rows_wanted=place is not None or not request.json)
    if progress:
        sys.stderr.write("\r\x1b[K")
        sys.stderr.flush()
    screening = _summary(load, totals, file, place, area_says)
    _tell(screening, request, wanted)
    return Exit.BAD_INPUT if totals.verdicts["needs-a-person"] else Exit.DONE


def _written(job: Job, shape: Shape | None, place: str | None, *, rows_wanted: bool) -> Totals:
    from cst.screening.run import to_file, to_stream

    if place is not None:
        with _output(place) as output:
            return to_file(job, shape, output, place)
    if rows_wanted:
        sys.stdout.flush()
        return to_stream(job, shape, sys.stdout.buffer)
    with open(os.devnull, "wb") as nowhere:
        return to_stream(job, shape, nowhere)


def _standard_input() -> int | None:
    """The number of standard input, where it is open."""
    try:
        return sys.stdin.fileno() if sys.stdin else None
    except (OSError, ValueError):
        return None


def _sweep(folder: str) -> None:
    """Removes what runs that were killed left where the rows go, and says so."""
    for name in remove_left_overs(folder):
        sys.stderr.write(f"Removed {name}: a run that was cut off left it, perhaps with rows of people.\n")


@contextmanager
def _output(place: str) -> Iterator[str]:
    """A new file for the rows, which is there in the end whole or not at all.

    Raises:
        Trouble: it cannot be written.
    """
    try:
        with whole_file(place, ending=os.path.splitext(place)[1]) as beside:
            yield beside.path
    except OSError as error:
        raise cannot_write(place, "written", error) from None


def _place(output: str | None) -> str | None:
    """Where to write, in full.

    Raises:
        Trouble: something is there already.
    """
    if output is None or output == "-":
        return None
    place = in_full(output)
    if os.path.lexists(place):
        raise is_there(output)
    return place


@contextmanager
def _told(file: str, own: ColumnMap) -> Iterator[None]:
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
        where, line = own.places.get(getattr(bad, "question", ""), (file, 1))
        fault = {"code": "columns", "file": where, "line": line, "says": bad.says, "remedy": bad.remedy}
        raise Trouble(Exit.BAD_INPUT, [fault]) from None
    except NoFigure as missing:
        raise no_figure(missing) from None
    except CannotRead as error:
        raise trouble(Exit.NO_INPUT, "file-missing", f"{file}: {error.says}", error.remedy) from None


def _load(
    toolkit: Toolkit,
    scheme: str,
    at: Any,
    area: str | None,
    names: Sequence[str],
    own: ColumnMap,
    wanted: ScreenOptions,
) -> Caseload:
    """The screening; where there is somebody to ask, with the columns that they name."""
    double = [name for name in names if normal_name(name).replace("-", "_") in ADDED]
    if double:
        raise BadColumns(f"The file has a column {double[0]} already.", "Screen the file as it was before.")
    load = caseload(toolkit, scheme, at, area, names, own.columns, own.values, own.dates)
    if wanted.may_ask and load.columns.missing and wanted.mapping is None:
        more = _ask_columns(toolkit, names, load.columns)
        load = caseload(toolkit, scheme, at, area, names, more, own.values, own.dates)
    if not load.columns.columns:
        raise nothing_answers(scheme, names, load.columns.missing)
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
        "notes": list(totals.notes),
    }


def _tell(screening: contract.Screening, request: Request, wanted: ScreenOptions) -> None:
    """The totals on standard error; the summary or the document on standard output, unless the rows went there."""
    from cst.cli.output import show
    from cst.cli.page_text import as_text
    from cst.views.formats.line_breaks import fitted
    from cst.views.pages.screening import screening_page

    if request.json:
        show(screening, screening_page, request)
    elif wanted.summary:
        stream = sys.stdout if screening["output"] else sys.stderr
        stream.write(as_text(screening_page(screening), request, stream))
    counts = ", ".join(f"{count} {verdict}" for verdict, count in screening["verdicts"].items())
    lines = [f"{screening['rows']} rows in, {screening['rows']} rows out: {counts}.", *map(_shown, screening["notes"])]
    if screening["missing"] and not wanted.summary:
        lines.append(f"No column for, so not known in any row: {', '.join(screening['missing'])}.")
    if screening["verdicts"]["needs-a-person"]:
        lines.append("Rows that need a person say why under cst_status.")
    sys.stderr.write(fitted("\n".join(lines) + "\n", sys.stderr))
