"""What is asked of DuckDB for a screening: a query over the file, and the command that writes what it gives."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from itertools import islice
from typing import TYPE_CHECKING, NamedTuple

from cst.screening import duck
from cst.screening import duckdb_query as duckdb_query
from cst.screening.caseload import ADDED, CANNOT_SAY, ELIGIBLE, NOT_ELIGIBLE, PERSON, READ, Caseload
from cst.screening.cell_sql import spellings
from cst.screening.csv_shape import BadFile, Shape, records, shape_of
from cst.screening.formula_guard import harmless, harmless_sql, starts_formula
from cst.screening.rows import line_written
from cst.screening.rule_sql import quoted

if TYPE_CHECKING:
    import duckdb

Progress = Callable[[float], None]
PARQUET = ".parquet"
SAMPLED = 1000  # rows at the top of a file whose spellings are looked at


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


@contextmanager
def as_bad_file() -> Iterator[None]:
    """What DuckDB says of a Parquet file that is none."""
    import duckdb

    try:
        yield
    except duckdb.Error:
        raise BadFile("parquet", 0, "This cannot be read as Parquet.", "Save it again, as Parquet or CSV.") from None


def thorough(job: Job, shape: Shape) -> Shape:
    if shape.thorough:
        return shape
    return shape_of(job.path, thorough=True)._replace(separator=shape.separator, header=shape.header)


class Query(NamedTuple):
    """A query in its layers, and what it selects for the output.

    Args:
        layers: what judges each row.
        cells: what is written for each cell of the input.
        doubtful: the same, for a row that goes to a person.
        header: the names of the columns.
        keeps: cells are copied as they stand, formulas and all.
        bare: no cell of the input has a separator, a quote or a line end in it.
    """

    layers: duckdb_query.Layers
    cells: tuple[str, ...]
    doubtful: tuple[str, ...]
    header: tuple[str, ...]
    keeps: bool = False
    bare: bool = False


def csv_query(job: Job, shape: Shape) -> Query:
    seen = _seen(job, shape)
    separator = shape.separator if shape.multiline else ""
    layers = duckdb_query.layered(job.load, duck.csv_source(job.path, shape), seen, len(shape.header), separator)
    return _query(job, layers, shape.header)._replace(bare=not shape.quotes)


def _seen(job: Job, shape: Shape) -> list[list[str]]:
    """The spellings at the top of the file, for each column that answers."""
    top = [row for _, row in islice(records(job.path, shape), 1, SAMPLED) if len(row) == len(shape.header)]
    return [
        spellings(how, [row[column.place] for row in top])
        for column, how in zip(job.load.columns.columns, job.load.readings, strict=True)
    ]


def _query(job: Job, layers: duckdb_query.Layers, header: tuple[str, ...]) -> Query:
    """Formulas are looked for in every cell of a doubtful row; what was read as an answer is none."""
    raw = tuple(f"c{place}" for place in range(len(header)))
    if job.keep_cells:
        return Query(layers, raw, raw, header, keeps=True)
    answers = {
        column.place
        for column, how in zip(job.load.columns.columns, job.load.readings, strict=True)
        if how.kind != "date" and not any(map(starts_formula, how.words))
    }
    cells = tuple(cell if place in answers else harmless_sql(cell) for place, cell in enumerate(raw))
    return Query(layers, cells, tuple(map(harmless_sql, raw)), header)


def copy_sql(query: Query, separator: str, output: str, rows: int) -> str:
    """The query that writes CSV. The header is written as text before the rows, as names may come twice."""
    header = line_written(separator)([*(query.header if query.keeps else map(harmless, query.header)), *ADDED])
    before = quoted(
        header if rows else header[:-1]
    )  # what comes after the rows is a line end, so there is one too many
    selected, quotes = _lines(query, separator) if _are_bare(query) else _columns(query, separator)
    return (
        f"COPY ({selected}) TO {quoted(os.path.abspath(output))} "
        f"(FORMAT csv, HEADER false, {quotes}, COMPRESSION none, "
        f"USE_TMP_FILE false, PREFIX {before}, SUFFIX {quoted(chr(10))})"
    )


def _columns(query: Query, separator: str) -> tuple[str, str]:
    """Each cell a column, put in quotes by DuckDB where that is needed."""
    layers = query.layers
    cells = (
        cell if cell == doubtful else f"CASE WHEN needs_person THEN {doubtful} ELSE {cell} END"
        for cell, doubtful in zip(query.cells, query.doubtful, strict=True)
    )
    added = (layers.verdict, layers.because, layers.would_settle, layers.status)
    names = ", ".join(f'{said} AS "o{number}"' for number, said in enumerate((*cells, *added)))
    return f"SELECT {names} FROM ({layers.sql})", f"DELIMITER {quoted(separator)}, QUOTE '\"', ESCAPE '\"'"


def _are_bare(query: Query) -> bool:
    """Whether nothing in a row can have a quote or a line end in it: neither its cells nor our own words."""
    return query.bare and not any(sign in words for words in query.layers[1:] for sign in '"\n\r')


def _lines(query: Query, separator: str) -> tuple[str, str]:
    """Each row one text, which is much quicker to write. Only our own words can have a separator in them."""
    layers = query.layers
    said = {
        "said_why": layers.why,
        "said_settles": f"CASE WHEN {duckdb_query.ANSWERED} IS NULL THEN {layers.settling} END",
        "said_status": f"CASE WHEN needs_person THEN {layers.faults} END",
    }
    why, settles, status = (
        f"CASE WHEN contains({name}, {quoted(separator)}) THEN '\"' || {name} || '\"' ELSE {name} END" for name in said
    )

    def line(verdict: str, why: str = "''", settles: str = "''", status: str = quoted(READ)) -> str:
        cells = query.doubtful if verdict == PERSON else query.cells
        return f"concat({f', {quoted(separator)}, '.join((*cells, quoted(verdict), why, settles, status))})"

    row = (
        f"CASE WHEN needs_person THEN {line(PERSON, status=status)} "
        f"WHEN {duckdb_query.ANSWERED} THEN {line(ELIGIBLE, why)} "
        f"WHEN NOT {duckdb_query.ANSWERED} THEN {line(NOT_ELIGIBLE, why)} "
        f"ELSE {line(CANNOT_SAY, settles=settles)} END"
    )
    named = ", ".join(f"{words} AS {name}" for name, words in said.items())
    return f"SELECT {row} FROM (SELECT *, {named} FROM ({layers.sql}))", "QUOTE '', ESCAPE ''"


def identifier(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'


def typed_query(
    connection: duckdb.DuckDBPyConnection, job: Job, shape: Shape | None
) -> tuple[Query, tuple[str, ...], int]:
    """The query over Parquet, or over CSV that is to become Parquet; the types of Parquet; how many rows there are."""
    if shape is not None:
        shape = thorough(job, shape)
        if not shape.regular or len({name.casefold() for name in shape.header}) < len(shape.header):
            raise BadFile(
                "not-regular", 1, "This file cannot become Parquet as it is.",
                "Write CSV: end the output's name in .csv.",
            )  # fmt: skip
        return csv_query(job, shape), (), shape.rows
    with as_bad_file():
        names, kinds = duck.parquet_columns(connection, job.path)
        source = duck.parquet_source(job.path, names, kinds)
        rows = duck.run(connection, f"SELECT count(*) FROM read_parquet({duck.literal_path(job.path)})")[0][0]
    layers = duckdb_query.layered(job.load, source, [[] for _ in job.load.readings], len(names))
    return _query(job, layers, names), kinds, rows
