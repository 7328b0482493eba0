"""A screening from file to file: which way it goes, and that as many rows come out as went in.

A regular file is read by DuckDB; of any other the cells are handed over in batches. Both are judged by the same query,
and what it gives is written as it comes, so memory stays flat and nothing but the output touches a disk. Rows are
counted three times: by their line ends as the file is looked at, by what reads them, and in what was written. Unless
all agree nothing is kept.
"""

from __future__ import annotations

import codecs
import os
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from functools import partial
from typing import IO, TYPE_CHECKING, NamedTuple, TextIO

from cst.screening import duckdb_files
from cst.screening.caseload import ADDED, VERDICTS, Caseload
from cst.screening.cell_sql import spellings_sql
from cst.screening.csv_shape import BadFile, Shape, cells, lines_in, shape_of
from cst.screening.date_order import Seen, seen_sql, with_orders
from cst.screening.duckdb_query import Source, as_lines, judged
from cst.screening.file_kind import LOOKED_AT as KIND_LOOKED_AT
from cst.screening.file_kind import file_kind
from cst.screening.letters import odd_line
from cst.screening.people_file import Held, People, binary
from cst.screening.rule_sql import quoted
from cst.views.formats.formula_guard import harmless

if TYPE_CHECKING:
    import duckdb

Progress = Callable[[float], None]
Lines = Iterator[Sequence[tuple[str, int, str | None]]]  # what `as_lines` gives, some rows at a time
PARQUET = ".parquet"
MARK, MARKED = "\ufeff", ("utf-8-sig", "utf-16")  # the mark that tells Excel that letters are UTF-8
SAMPLED = 1000  # rows at the top of a file whose spellings are looked at
BATCH_ROWS, BATCH_CHARACTERS = 10_000, 4_000_000


class Job(NamedTuple):
    """What to screen and how to write it.

    Args:
        path: the input; only CSV may be held in memory.
        load: what decides.
        keep_cells: copy cells as they stand, formulas and all.
        counts_would_settle: also count which question would settle how many rows.
        memory: what DuckDB may use.
        progress: told from 0 to 1 how much is done.
    """

    path: People
    load: Caseload
    keep_cells: bool = False
    counts_would_settle: bool = False
    memory: str = duckdb_files.MEMORY
    progress: Progress | None = None


class Totals(NamedTuple):
    """How many rows came to which verdict, and which question would settle how many that cannot be said.

    `notes` is what the user has to know of the file as a whole.
    """

    rows: int
    verdicts: Counter[str]
    would_settle: Counter[str]
    notes: tuple[str, ...] = ()


class Unbalanced(RuntimeError):
    """Rows in are not rows out: a fault of ours."""


class _Irregular(Exception):
    """DuckDB cannot read the file, or not all its rows: the cells have to be read for it."""


Way = Callable[[Job, TextIO], Totals]


def is_parquet(path: str) -> bool:
    """Whether a file is Parquet, by its name."""
    return path.lower().endswith(PARQUET)


def names_in(path: People, prefer: Sequence[str], called: str = "") -> tuple[tuple[str, ...], Shape | None]:
    """The names of a file's columns; for CSV also its shape.

    Args:
        path: the file.
        prefer: names that columns may have.
        called: how the user calls it, where that is another name.

    Raises:
        BadFile: it cannot be used.
        CannotRead: it cannot be read.
        Missing: it is Parquet, and DuckDB is not installed.
    """
    if isinstance(path, Held) or not is_parquet(called or path):
        shape = shape_of(path, prefer)
        return shape.header, shape
    with binary(path) as file:
        start = file.read(KIND_LOOKED_AT)
    if kind := file_kind(start):
        raise BadFile("not-csv", 1, kind.says, kind.remedy)
    with _as_bad_file():
        return duckdb_files.parquet_columns(duckdb_files.connected(), path)[0], None


@contextmanager
def _as_bad_file() -> Iterator[None]:
    """What DuckDB says of a Parquet file that is none."""
    import duckdb

    try:
        yield
    except duckdb.Error:
        raise BadFile("parquet", 0, "This cannot be read as Parquet.", "Save it again, as Parquet or CSV.") from None


def to_file(job: Job, shape: Shape | None, output: str, called: str = "") -> Totals:
    """Writes the rows with their verdicts to a file that is there already, and empty.

    Args:
        job: what to screen.
        shape: its shape, for CSV.
        output: the file.
        called: what it will be called, where that is another name: Parquet is known by it.

    Raises:
        BadFile, CannotRead, OSError, Missing, Unbalanced: as they say; what was written is then worth nothing.
    """
    if is_parquet(called or output):
        return _to_parquet(job, shape, output)
    with open(output, "w", encoding="utf-8", newline="") as sink:
        for way in _ways(job, shape):
            sink.seek(0)
            sink.truncate()
            with suppress(_Irregular):
                totals = way(job, sink)
                break
        sink.flush()
        os.fsync(sink.fileno())
    _balance(totals.rows, lines_in(output) - 1)
    return totals


def to_stream(job: Job, shape: Shape | None, stream: IO[bytes]) -> Totals:
    """Writes the rows with their verdicts to standard output. Nothing is written before it is sure that all can be.

    Raises:
        As `to_file`; also BrokenPipeError where nobody reads any more.
    """
    with open(os.devnull, "w", encoding="utf-8") as nowhere:
        for way in _ways(job, shape):
            with suppress(_Irregular):
                first = way(job._replace(progress=None), nowhere)
                break
    totals = way(job, codecs.getwriter("utf-8")(stream))  # type: ignore[arg-type]  # it is only written to
    stream.flush()  # before anybody is told that all is written
    _balance(first.rows, totals.rows)
    return totals


def _balance(one: int, other: int) -> None:
    if one != other:
        raise Unbalanced(f"{one} and {other} rows")


def _ways(job: Job, shape: Shape | None) -> Iterator[Way]:
    """The ways to screen a file, from the quickest to the one that bears with any row."""
    if shape is None:
        yield _from_parquet
        return
    by_name = isinstance(job.path, str)  # DuckDB reads nothing but files
    if by_name and shape.regular and shape.rows:
        yield partial(_in_bulk, shape=shape)
    whole = _thorough(job, shape)
    if by_name and whole is not shape and whole.regular and whole.multiline:
        yield partial(_in_bulk, shape=whole)
    yield partial(_in_batches, shape=whole)


def _thorough(job: Job, shape: Shape) -> Shape:
    if shape.thorough:
        return shape
    return shape_of(job.path, thorough=True)._replace(separator=shape.separator, header=shape.header)


def _in_bulk(job: Job, sink: TextIO, shape: Shape) -> Totals:
    """A regular CSV file, read by DuckDB.

    Raises:
        _Irregular: it is not as regular as it looked.
    """
    import duckdb

    connection = duckdb_files.connected(job.memory)
    source = duckdb_files.csv_source(_named(job), shape)
    try:
        job, notes = _in_order(job, lambda: connection.execute(seen_sql(job.load, source)).fetchall())
        sql = _lines_sql(job, source, shape, _spellings(connection, job.load, source))
        totals = _write(job, shape, _fetched(connection, sql), sink, notes)
    except duckdb.Error:
        raise _Irregular from None
    if totals.rows != shape.rows:
        raise _Irregular
    return totals


def _in_batches(job: Job, sink: TextIO, shape: Shape) -> Totals:
    """Any CSV file: its cells are read here and handed to DuckDB, some rows at a time."""
    import duckdb

    connection, source = duckdb_files.connected(job.memory), duckdb_files.cells_source(shape)

    def seen() -> Iterator[Seen]:
        for batch in _batches(cells(job.path, shape)):
            yield from connection.execute(seen_sql(job.load, source), [batch]).fetchall()

    job, notes = _in_order(job, seen)
    sql = _lines_sql(job, source, shape._replace(quotes=True))
    read = 0

    def judged_batches() -> Lines:
        nonlocal read
        for batch in _batches(cells(job.path, shape)):
            read += len(batch)
            yield connection.execute(sql, [batch]).fetchall()

    try:
        totals = _write(job, shape, judged_batches(), sink, (*_letters(job, shape), *notes))
    except duckdb.OutOfMemoryException:
        raise BadFile("memory", 0, f"Screening it takes more memory than it may use ({job.memory}).",
                      "Split the file, or leave out columns that answer nothing.") from None  # fmt: skip
    _balance(read, totals.rows)
    return totals


def _named(job: Job) -> str:
    """The input's name, for DuckDB."""
    assert isinstance(job.path, str)
    return job.path


def _in_order(job: Job, seen: Callable[[], Iterable[Seen]]) -> tuple[Job, tuple[str, ...]]:
    """The same job, knowing what stands first in its columns of dates, and what to say of that."""
    load, notes = with_orders(job.load, seen)
    return job._replace(load=load), notes


def _letters(job: Job, shape: Shape) -> tuple[str, ...]:
    """What to say where the letters of a file are of two kinds."""
    line = odd_line(job.path) if shape.encoding.startswith("utf-8") else None
    says = f"Line {line} has letters that are not UTF-8, as other lines have: read as Windows-1252. Look at its names."
    return (says,) if line else ()


def _batches(rows: Iterable[list[str | None]]) -> Iterator[list[list[str | None]]]:
    """So many rows that memory stays flat, also where cells are long."""
    batch: list[list[str | None]] = []
    characters = 0
    for row in rows:
        batch.append(row)
        characters += sum(len(cell or "") for cell in row)
        if len(batch) >= BATCH_ROWS or characters >= BATCH_CHARACTERS:
            yield batch
            batch, characters = [], 0
    if batch:
        yield batch


def _from_parquet(job: Job, sink: TextIO) -> Totals:
    import duckdb

    connection = duckdb_files.connected(job.memory)
    names, source, rows = _parquet(connection, job)
    plain = Shape("utf-8", ",", names, "\n", rows, 0, True, False, True)
    try:
        job, notes = _in_order(job, lambda: connection.execute(seen_sql(job.load, source)).fetchall())
        lines = _fetched(connection, _lines_sql(job, source, plain, _spellings(connection, job.load, source)))
        totals = _write(job, plain, lines, sink, notes)
    except duckdb.Error as error:
        raise BadFile("parquet", 0, "This cannot be read to its end.", "Save it again.") from error
    _balance(rows, totals.rows)
    return totals


def _parquet(connection: duckdb.DuckDBPyConnection, job: Job) -> tuple[tuple[str, ...], Source, int]:
    """The names of its columns, its cells, and how many rows there are."""
    with _as_bad_file():
        names, kinds = duckdb_files.parquet_columns(connection, _named(job))
        rows = duckdb_files.run(
            connection, f"SELECT count(*) FROM read_parquet({duckdb_files.literal_path(_named(job))})"
        )[0][0]
    return names, duckdb_files.parquet_source(_named(job), names, kinds), rows


def _lines_sql(job: Job, source: Source, shape: Shape, seen: Sequence[Mapping[str, str]] = ()) -> str:
    query = judged(job.load, source, seen)
    lines = as_lines(job.load, source, query, shape.separator, bare=not shape.quotes, keep_cells=job.keep_cells)
    return lines if job.counts_would_settle else f"SELECT #1, #2, NULL FROM ({lines})"


def _spellings(connection: duckdb.DuckDBPyConnection, load: Caseload, source: Source) -> list[dict[str, str]]:
    """The spellings at the top of a file, for each column that answers, as SQL reads them."""
    connection.execute(f"CREATE TEMP TABLE top AS SELECT * FROM {source.sql} LIMIT {SAMPLED}")
    return [
        {}
        if how.kind in ("number", "birth")
        else dict(connection.execute(spellings_sql(how, f"c{column.place}", "top")).fetchall())
        for column, how in zip(load.columns.columns, load.readings, strict=True)
    ]


def _fetched(connection: duckdb.DuckDBPyConnection, sql: str) -> Lines:
    """What a query gives, as it comes."""
    found = connection.execute(sql)
    while lines := found.fetchmany(BATCH_ROWS):
        yield lines


def _write(job: Job, shape: Shape, lines: Lines, sink: TextIO, notes: tuple[str, ...]) -> Totals:
    """Writes the header and the lines, and counts. A spreadsheet that marked its letters finds them marked again."""
    names, separator = shape.header, shape.separator
    written = 0
    verdicts, settling = Counter[int](), Counter[str | None]()
    header = (*(names if job.keep_cells else map(harmless, names)), *ADDED)
    sink.write(MARK if shape.encoding in MARKED else "")
    sink.write(separator.join(_field(name, separator) for name in header) + "\n")
    for some in lines:
        texts, places, settle = zip(*some, strict=True)
        sink.write("\n".join(texts) + "\n")
        written += len(texts)
        verdicts.update(places)
        if job.counts_would_settle:
            settling.update(settle)
        if job.progress:
            job.progress(min(1.0, written / max(1, shape.rows)))
    said = Counter({VERDICTS[place]: count for place, count in verdicts.items()})
    return Totals(written, said, _by_question(settling), notes)


def _field(name: str, separator: str) -> str:
    return '"' + name.replace('"', '""') + '"' if any(one in name for one in f'"\r\n{separator}') else name


def _by_question(settling: Mapping[str | None, int]) -> Counter[str]:
    """How many rows each question would settle."""
    found = Counter[str]()
    for names, count in settling.items():
        for name in filter(None, (names or "").split("; ")):
            found[name] += count
    return found


def _to_parquet(job: Job, shape: Shape | None, output: str) -> Totals:
    """From Parquet, or from regular CSV; each column of Parquet keeps its type."""
    import duckdb

    connection = duckdb_files.connected(job.memory)
    if shape is None:
        names, source, rows = _parquet(connection, job)
        copied = [f"p{place}" for place in range(source.width)]
    else:
        shape = _thorough(job, shape)
        if (
            isinstance(job.path, Held)
            or not shape.regular
            or len({name.casefold() for name in shape.header}) < len(shape.header)
        ):
            raise BadFile(
                "not-regular", 1, "This file cannot become Parquet as it is.",
                "Write CSV: end the output's name in .csv.",
            )  # fmt: skip
        names, source, rows = shape.header, duckdb_files.csv_source(_named(job), shape), shape.rows
        copied = [f"c{place}" for place in range(source.width)]
    columns = ", ".join(
        f"{one} AS {duckdb_files.identifier(name)}"
        for one, name in zip((*copied, *ADDED), (*names, *ADDED), strict=True)
    )
    try:
        job, notes = _in_order(job, lambda: connection.execute(seen_sql(job.load, source)).fetchall())
        copy = f"COPY (SELECT {columns} FROM {judged(job.load, source)}) TO {quoted(os.path.abspath(output))}"
        written = duckdb_files.run(connection, f"{copy} (FORMAT parquet, USE_TMP_FILE false)", job.progress)[0][0]
    except duckdb.Error as error:
        raise BadFile(
            "not-regular", 0, "Some rows of this file are not like the others, and Parquet has no room for that.",
            "Mend it, or write CSV: end the output's name in .csv.",
        ) from error  # fmt: skip
    found = (
        f"SELECT {ADDED[0]}, {ADDED[2]}, count(*) FROM read_parquet({duckdb_files.literal_path(output)}) GROUP BY ALL"
    )
    verdicts, settling = Counter[str](), Counter[str | None]()
    for verdict, names_, count in duckdb_files.run(connection, found):
        verdicts[verdict] += count
        settling[names_] += count
    _balance(rows, written)
    _balance(written, verdicts.total())
    return Totals(written, verdicts, _by_question(settling if job.counts_would_settle else {}), notes)
