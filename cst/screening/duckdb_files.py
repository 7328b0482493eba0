"""DuckDB, held on a short lead: no spill, no network, no extensions, memory that is capped, and stopped by Ctrl-C."""

from __future__ import annotations

import os
import threading
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

from cst.screening.csv_shape import MOST_LINE, Shape
from cst.screening.duckdb_query import Source, swallows
from cst.screening.rule_sql import quoted

if TYPE_CHECKING:
    import duckdb

MEMORY = "1GB"
Progress = Callable[[float], None]


class Missing(ImportError):
    """DuckDB is not installed."""


def needed() -> None:
    """Sees to it that DuckDB is there.

    Raises:
        Missing: it is not installed.
    """
    try:
        import duckdb  # noqa: F401
    except ImportError:
        raise Missing from None


def connected(memory: str = MEMORY) -> duckdb.DuckDBPyConnection:
    """A DuckDB of our own, in memory.

    Raises:
        Missing: it is not installed.
    """
    needed()
    import duckdb

    settings: dict[str, Any] = {
        "memory_limit": memory,
        "temp_directory": "",  # answers are never spilled to a disk
        "preserve_insertion_order": True,
        "autoinstall_known_extensions": False,
        "autoload_known_extensions": False,
    }
    connection = duckdb.connect(":memory:", config=settings)
    # A list to compare with would become a join over every row, in place of a look at the few that come so far.
    connection.execute("SET disabled_optimizers = 'in_clause'")
    connection.execute("SET streaming_buffer_size = '32MB'")  # so that it goes on while lines are being written
    return connection


def run(connection: duckdb.DuckDBPyConnection, sql: str, progress: Progress | None = None) -> list[tuple[Any, ...]]:
    """The rows that a query gives. It runs in a thread of its own, so that being told to stop is heard at once.

    Args:
        connection: where to run it.
        sql: the query.
        progress: told now and then how much is done, from 0 to 1.

    Raises:
        duckdb.Error: it failed.
    """
    found: list[tuple[Any, ...]] = []
    failed: list[BaseException] = []

    def work() -> None:
        try:
            found.extend(connection.execute(sql).fetchall())
        except BaseException as error:
            failed.append(error)

    thread = threading.Thread(target=work, daemon=True)
    thread.start()
    try:
        while thread.is_alive():
            thread.join(0.2 if progress else 60)
            if progress:
                progress(max(0.0, connection.query_progress()) / 100)
    except BaseException:
        connection.interrupt()
        thread.join()
        raise
    if failed:
        raise failed[0]
    return found


def csv_source(path: str, shape: Shape) -> Source:
    """A regular CSV file. Nothing is guessed."""
    width = len(shape.header)
    columns = ", ".join(f"'c{place}': 'VARCHAR'" for place in range(width))
    ends = "\\r\\n" if shape.ends == "\r\n" else "\\n"
    sql = (
        f"read_csv({literal_path(path)}, auto_detect=false, header=true, columns={{{columns}}}, "
        f"delim={quoted(shape.separator)}, quote='\"', escape='\"', new_line='{ends}', compression='none', "
        f"strict_mode=true, null_padding=false, ignore_errors=false, max_line_size={MOST_LINE // 8})"
    )
    return Source(sql, width, swallows(width, shape.separator) if shape.multiline else "")


def cells_source(shape: Shape) -> Source:
    """Rows that are handed over as the query's parameter, each a list of its cells and its fault."""
    width = len(shape.header)
    cells = ", ".join(f"cells[{place + 1}] AS c{place}" for place in range(width))
    rows = "(SELECT unnest($1::VARCHAR[][]) AS cells)"
    fault = f"coalesce(fault, {swallows(width, shape.separator)})"
    return Source(f"(SELECT {cells}, cells[{width + 1}] AS fault FROM {rows})", width, fault)


def parquet_source(path: str, names: Sequence[str], kinds: Sequence[str]) -> Source:
    """A Parquet file, with the columns as they stand beside the cells in p0, p1 and so on."""
    cells = []
    for place, (name, kind) in enumerate(zip(names, kinds, strict=True)):
        column = identifier(name)
        text = f"array_to_string({column}, ',')" if kind.endswith("[]") else f"CAST({column} AS VARCHAR)"
        cells.append(f"{column} AS p{place}, {text} AS c{place}")
    return Source(f"(SELECT {', '.join(cells)} FROM read_parquet({literal_path(path)}))", len(names))


def identifier(name: str) -> str:
    """A name as SQL."""
    return '"' + name.replace('"', '""') + '"'


def parquet_columns(connection: duckdb.DuckDBPyConnection, path: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The names and types of the columns of a Parquet file."""
    rows = run(connection, f"DESCRIBE SELECT * FROM read_parquet({literal_path(path)})")
    return tuple(str(row[0]) for row in rows), tuple(str(row[1]) for row in rows)


def literal_path(path: str) -> str:
    """A path as SQL that means this one file: stars and brackets in it stand for themselves, and it is no address."""
    whole = os.path.abspath(path)
    return quoted("".join(f"[{one}]" if one in "*?[" else one for one in whole))
