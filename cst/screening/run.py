"""A screening from file to file: which way it goes, and that as many rows come out as went in.

Rows are counted three times: by their line ends as the file is looked at, by what reads them, and in what was
written. Unless all three agree nothing is kept.
"""

from __future__ import annotations

import io
import os
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from itertools import islice
from typing import IO, TYPE_CHECKING, NamedTuple

from cst.screening import bulk, duck
from cst.screening.caseload import ADDED, Caseload
from cst.screening.cell_sql import spellings
from cst.screening.formulas import harmless, harmless_sql, starts_formula
from cst.screening.rows import line_written, write_rows
from cst.screening.rule_sql import quoted
from cst.screening.shape import BadFile, Shape, records, shape_of
from cst.screening.totals import Totals

if TYPE_CHECKING:
    import duckdb

Progress = Callable[[float], None]
PARQUET = ".parquet"
SAMPLED = 1000  # rows at the top of a file whose spellings are looked at


class Unbalanced(RuntimeError):
    """Rows in are not rows out: a fault of ours."""


class Job(NamedTuple):
    """What to screen and how to write it.

    Args:
        path: the input.
        load: what decides.
        keep_cells: copy cells as they stand, formulas and all.
        counts_would_settle: also count which question would settle how many rows.
        memory: what DuckDB may use.
        progress: told from 0 to 1 how much is done.
    """

    path: str
    load: Caseload
    keep_cells: bool = False
    counts_would_settle: bool = False
    memory: str = duck.MEMORY
    progress: Progress | None = None


def is_parquet(path: str) -> bool:
    """Whether a file is Parquet, by its name."""
    return path.lower().endswith(PARQUET)


def names_in(path: str, prefer: Sequence[str]) -> tuple[tuple[str, ...], Shape | None]:
    """The names of a file's columns; for CSV also its shape.

    Raises:
        BadFile: it cannot be used.
        OSError: it cannot be read.
        Missing: it is Parquet, and DuckDB is not installed.
    """
    if not is_parquet(path):
        shape = shape_of(path, prefer)
        return shape.header, shape
    with open(path, "rb"), _as_bad_file():
        return duck.parquet_columns(duck.connected(), path)[0], None


@contextmanager
def _as_bad_file() -> Iterator[None]:
    """What DuckDB says of a Parquet file that is none."""
    import duckdb

    try:
        yield
    except duckdb.Error:
        raise BadFile("parquet", 0, "This cannot be read as Parquet.", "Save it again, as Parquet or CSV.") from None


def to_file(job: Job, shape: Shape | None, output: str) -> Totals:
    """Writes the rows with their verdicts to a file that is there already, and empty.

    Raises:
        BadFile, OSError, Missing, Unbalanced: as they say; what was written is then worth nothing.
    """
    if shape is None or is_parquet(output):
        return _parquet(job, shape, output)
    if shape.regular and shape.rows:
        totals = in_bulk(job, shape, output)
        if totals is None and not shape.thorough:
            shape = shape_of(job.path, thorough=True)._replace(separator=shape.separator, header=shape.header)
            totals = in_bulk(job, shape, output) if shape.regular and shape.multiline else None
        if totals is not None:
            return totals
    return row_by_row(job, _thorough(job, shape), output)


def _thorough(job: Job, shape: Shape) -> Shape:
    if shape.thorough:
        return shape
    return shape_of(job.path, thorough=True)._replace(separator=shape.separator, header=shape.header)


def row_by_row(job: Job, shape: Shape, output: str) -> Totals:
    with open(output, "w", encoding="utf-8", newline="") as sink:
        totals = write_rows(job.path, shape, job.load, sink, job.keep_cells, _done_of(job, shape))
        sink.flush()
        os.fsync(sink.fileno())
    written = shape_of(output, thorough=True)
    _balance(totals, sum(1 for _ in records(output, written)) - 1)
    return totals


def _done_of(job: Job, shape: Shape) -> Callable[[int], None]:
    return lambda rows: job.progress(min(1.0, rows / max(1, shape.rows))) if job.progress else None


def to_stream(job: Job, shape: Shape | None, stream: IO[bytes]) -> Totals:
    """Writes the rows with their verdicts to standard output. Nothing is written before it is sure that all can be.

    Raises:
        As `to_file`; also BrokenPipeError where nobody reads any more.
    """
    if shape is None or (shape.regular and shape.rows and os.path.exists("/dev/fd")):
        totals = _piped(job, shape, stream)
        if totals is not None:
            return totals
    if shape is None:
        raise BadFile("parquet", 0, "Parquet cannot go to standard output here.", "Name a file with --output.")
    shape = _thorough(job, shape)
    for _ in records(job.path, shape):  # a file that must be refused is refused before its first row is out
        pass
    text = io.TextIOWrapper(stream, encoding="utf-8", newline="", write_through=True)
    try:
        totals = write_rows(job.path, shape, job.load, text, job.keep_cells, _done_of(job, shape))
    finally:
        with suppress(OSError):
            text.detach()
    _balance(totals, totals.rows)
    return totals


def _balance(totals: Totals, written: int, expected: int | None = None) -> None:
    if not totals.balanced() or totals.rows != written or expected not in (None, written):
        raise Unbalanced(f"{expected}, {totals.rows} and {written} rows")


class Query(NamedTuple):
    """A query in its layers, and what it selects for the output."""

    layers: bulk.Layers
    cells: tuple[str, ...]
    header: tuple[str, ...]
    keeps: bool = False


def _csv_query(job: Job, shape: Shape) -> Query:
    seen = _seen(job, shape)
    separator = shape.separator if shape.multiline else ""
    layers = bulk.layered(job.load, duck.csv_source(job.path, shape), seen, len(shape.header), separator)
    return Query(layers, tuple(_cell(job, place) for place in range(len(shape.header))), shape.header, job.keep_cells)


def _seen(job: Job, shape: Shape) -> list[list[str]]:
    """The spellings at the top of the file, for each column that answers."""
    top = [row for _, row in islice(records(job.path, shape), 1, SAMPLED) if len(row) == len(shape.header)]
    return [
        spellings(how, [row[column.place] for row in top])
        for column, how in zip(job.load.columns.columns, job.load.readings, strict=True)
    ]


def _cell(job: Job, place: int) -> str:
    """One cell of the output. What was read as an answer is no formula, so most cells need no look."""
    raw = f"c{place}"
    if job.keep_cells:
        return raw
    for column, how in zip(job.load.columns.columns, job.load.readings, strict=True):
        if column.place == place and how.kind != "date" and not any(map(starts_formula, how.words)):
            return f"CASE WHEN needs_person THEN {harmless_sql(raw)} ELSE {raw} END"
    return harmless_sql(raw)


def in_bulk(job: Job, shape: Shape, output: str) -> Totals | None:
    """Through DuckDB; None where the file is not as regular as it looked, so that rows have to be read one by one."""
    import duckdb

    try:
        connection = duck.connected(job.memory)
        query = _csv_query(job, shape)
        written = duck.run(connection, _copy(query, shape.separator, output, shape.rows), job.progress)[0][0]
        if written != shape.rows:
            return None
        totals = _read_back(connection, job, shape, output)
    except (duckdb.Error, BadFile, UnicodeDecodeError):
        return None
    _balance(totals, written, shape.rows)
    return totals


def _copy(query: Query, separator: str, output: str, rows: int) -> str:
    """The query that writes CSV. The header is written as text before the rows, as names may come twice."""
    layers = query.layers
    header = line_written(separator)([*(query.header if query.keeps else map(harmless, query.header)), *ADDED])
    added = (layers.verdict, layers.because, layers.would_settle, layers.status)
    names = ", ".join(f'{said} AS "o{number}"' for number, said in enumerate((*query.cells, *added)))
    before = quoted(
        header if rows else header[:-1]
    )  # what comes after the rows is a line end, so there is one too many
    return (
        f"COPY (SELECT {names} FROM ({layers.sql})) TO {quoted(os.path.abspath(output))} "
        f"(FORMAT csv, HEADER false, DELIMITER {quoted(separator)}, QUOTE '\"', ESCAPE '\"', COMPRESSION none, "
        f"USE_TMP_FILE false, PREFIX {before}, SUFFIX {quoted(chr(10))})"
    )


def _read_back(connection: duckdb.DuckDBPyConnection, job: Job, shape: Shape, output: str) -> Totals:
    """Counts what stands in the output."""
    names = (*shape.header, *ADDED)
    back = shape._replace(header=names, ends="\n")
    verdict, would_settle = f"c{len(names) - 4}", f"c{len(names) - 2}"
    return _counted(
        connection, duck.csv_source(output, back), verdict, would_settle if job.counts_would_settle else "NULL"
    )


def _counted(connection: duckdb.DuckDBPyConnection, source: str, verdict: str, would_settle: str) -> Totals:
    totals = Totals()
    found = duck.run(connection, f"SELECT {verdict}, {would_settle}, count(*) FROM {source} GROUP BY ALL")
    for said, names, count in found:
        totals.rows += count
        totals.verdicts[said] += count
        for name in filter(None, (names or "").split("; ")):
            totals.would_settle[name] += count
    return totals


def _parquet(job: Job, shape: Shape | None, output: str) -> Totals:
    """From Parquet, to Parquet, or both."""
    import duckdb

    connection = duck.connected(job.memory)
    query, kinds, rows = _typed_query(connection, job, shape)
    if not is_parquet(output):
        plain = Shape("utf-8", ",", query.header, "\n", rows, 0, True, False, True)
        try:
            written = duck.run(connection, _copy(query, ",", output, rows), job.progress)[0][0]
        except duckdb.Error as error:
            raise BadFile("parquet", 0, "This cannot be read to its end.", "Save it again.") from error
        totals = _read_back(connection, job, plain, output)
        _balance(totals, written, rows)
        return totals
    layers = query.layers
    added = (layers.verdict, layers.because, layers.would_settle, layers.status)
    columns = [*(f"{'p' if kinds else 'c'}{place}" for place in range(len(query.header))), *added]
    names = ", ".join(
        f"{one} AS {_identifier(name)}" for one, name in zip(columns, (*query.header, *ADDED), strict=True)
    )
    whole = quoted(os.path.abspath(output))
    copy = f"COPY (SELECT {names} FROM ({layers.sql})) TO {whole} (FORMAT parquet, USE_TMP_FILE false)"
    try:
        written = duck.run(connection, copy, job.progress)[0][0]
    except duckdb.Error as error:
        raise BadFile(
            "not-regular", 0, "Some rows of this file are not like the others, and Parquet has no room for that.",
            "Mend it, or write CSV: end the output's name in .csv.",
        ) from error  # fmt: skip
    settling = _identifier(ADDED[2]) if job.counts_would_settle else "NULL"
    totals = _counted(connection, f"read_parquet({duck.literal_path(output)})", ADDED[0], settling)
    _balance(totals, written, rows)
    return totals


def _identifier(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'


def _typed_query(
    connection: duckdb.DuckDBPyConnection, job: Job, shape: Shape | None
) -> tuple[Query, tuple[str, ...], int]:
    """The query over Parquet, or over CSV that is to become Parquet; the types of Parquet; how many rows there are."""
    if shape is not None:
        shape = _thorough(job, shape)
        if not shape.regular or len({name.casefold() for name in shape.header}) < len(shape.header):
            raise BadFile(
                "not-regular", 1, "This file cannot become Parquet as it is.",
                "Write CSV: end the output's name in .csv.",
            )  # fmt: skip
        return _csv_query(job, shape), (), shape.rows
    with _as_bad_file():
        names, kinds = duck.parquet_columns(connection, job.path)
        source = duck.parquet_source(job.path, names, kinds)
        rows = duck.run(connection, f"SELECT count(*) FROM read_parquet({duck.literal_path(job.path)})")[0][0]
    layers = bulk.layered(job.load, source, [[] for _ in job.load.readings], len(names))
    return Query(layers, tuple(_cell(job, place) for place in range(len(names))), names, job.keep_cells), kinds, rows


def _piped(job: Job, shape: Shape | None, stream: IO[bytes]) -> Totals | None:
    """Through DuckDB into a pipe, once a first pass has shown that every row can be read."""
    import duckdb

    connection = duck.connected(job.memory)
    if shape is None:
        query, _, rows = _typed_query(connection, job, None)
        separator = ","
    else:
        query, rows, separator = _csv_query(job, shape), shape.rows, shape.separator
    layers = query.layers
    settling = layers.would_settle if job.counts_would_settle else "NULL"
    everything = " + ".join(f"coalesce(strlen(c{place}), 0)" for place in range(len(query.header)))
    try:
        source = (
            f"(SELECT {layers.verdict} AS v, {settling} AS s, {everything} AS size FROM ({layers.sql})) WHERE size >= 0"
        )
        totals = _counted(connection, source, "v", "s")
    except duckdb.Error:
        totals = Totals()
    if totals.rows != rows:
        if shape is None:
            raise BadFile("parquet", 0, "This cannot be read to its end.", "Save it again.")
        return None
    reader, writer = os.pipe()
    pump = _Pump(reader, stream)
    pump.start()
    try:
        written = duck.run(connection, _copy(query, separator, f"/dev/fd/{writer}", rows))[0][0]
    except duckdb.Error:
        if pump.failed:
            raise pump.failed from None
        raise
    finally:
        os.close(writer)
        pump.join()
    if pump.failed:
        raise pump.failed
    _balance(totals, written, rows)
    return totals


class _Pump(threading.Thread):
    """Carries bytes from a pipe to a stream. Once the stream is closed the rest goes nowhere."""

    def __init__(self, reader: int, stream: IO[bytes]) -> None:
        super().__init__(daemon=True)
        self.reader = reader
        self.stream = stream
        self.failed: OSError | None = None

    def run(self) -> None:
        with open(self.reader, "rb", buffering=0) as source:
            while piece := source.read(1 << 16):
                try:
                    self.stream.write(piece)
                except OSError as error:
                    self.failed = error
                    return
        with suppress(OSError, ValueError):
            self.stream.flush()
