"""A screening from file to file: which way it goes, and that as many rows come out as went in.

Rows are counted three times: by their line ends as the file is looked at, by what reads them, and in what was
written. Unless all three agree nothing is kept.
"""

from __future__ import annotations

import io
import os
import threading
from collections.abc import Callable, Sequence
from contextlib import suppress
from typing import IO, TYPE_CHECKING

from cst.screening import duck
from cst.screening.caseload import ADDED
from cst.screening.csv_shape import BadFile, Shape, records, shape_of
from cst.screening.query import Job, as_bad_file, copy_sql, csv_query, identifier, is_parquet, thorough, typed_query
from cst.screening.rows import write_rows
from cst.screening.rule_sql import quoted
from cst.screening.totals import Totals

if TYPE_CHECKING:
    import duckdb


class Unbalanced(RuntimeError):
    """Rows in are not rows out: a fault of ours."""


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
    with open(path, "rb"), as_bad_file():
        return duck.parquet_columns(duck.connected(), path)[0], None


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
    return row_by_row(job, thorough(job, shape), output)


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
    shape = thorough(job, shape)
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


def in_bulk(job: Job, shape: Shape, output: str) -> Totals | None:
    """Through DuckDB; None where the file is not as regular as it looked, so that rows have to be read one by one."""
    import duckdb

    try:
        connection = duck.connected(job.memory)
        query = csv_query(job, shape)
        written = duck.run(connection, copy_sql(query, shape.separator, output, shape.rows), job.progress)[0][0]
        if written != shape.rows:
            return None
        totals = _read_back(connection, job, shape, output)
    except (duckdb.Error, BadFile, UnicodeDecodeError):
        return None
    _balance(totals, written, shape.rows)
    return totals


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
    query, kinds, rows = typed_query(connection, job, shape)
    if not is_parquet(output):
        plain = Shape("utf-8", ",", query.header, "\n", rows, 0, True, False, True)
        try:
            written = duck.run(connection, copy_sql(query, ",", output, rows), job.progress)[0][0]
        except duckdb.Error as error:
            raise BadFile("parquet", 0, "This cannot be read to its end.", "Save it again.") from error
        totals = _read_back(connection, job, plain, output)
        _balance(totals, written, rows)
        return totals
    layers = query.layers
    added = (layers.verdict, layers.because, layers.would_settle, layers.status)
    columns = [*(f"{'p' if kinds else 'c'}{place}" for place in range(len(query.header))), *added]
    names = ", ".join(
        f"{one} AS {identifier(name)}" for one, name in zip(columns, (*query.header, *ADDED), strict=True)
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
    settling = identifier(ADDED[2]) if job.counts_would_settle else "NULL"
    totals = _counted(connection, f"read_parquet({duck.literal_path(output)})", ADDED[0], settling)
    _balance(totals, written, rows)
    return totals


def _piped(job: Job, shape: Shape | None, stream: IO[bytes]) -> Totals | None:
    """Through DuckDB into a pipe, once a first pass has shown that every row can be read."""
    import duckdb

    connection = duck.connected(job.memory)
    if shape is None:
        query, _, rows = typed_query(connection, job, None)
        separator = ","
    else:
        query, rows, separator = csv_query(job, shape), shape.rows, shape.separator
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
        written = duck.run(connection, copy_sql(query, separator, f"/dev/fd/{writer}", rows))[0][0]
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
