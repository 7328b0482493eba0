"""A file row by row, in Python: slower than DuckDB, but it bears with any row, and marks what a person must see."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from typing import Protocol

from cst.screening.caseload import ADDED, PERSON, Caseload, RowVerdict, decide
from cst.screening.csv_shape import Shape, records
from cst.screening.formula_guard import harmless
from cst.screening.totals import Totals

SWALLOWED = "a cell of this row seems to hold whole rows: a quote may be missing"
Progress = Callable[[int], None]


class Sink(Protocol):
    """What rows are written to."""

    def write(self, text: str, /) -> object: ...


def screened(path: str, shape: Shape, load: Caseload) -> Iterator[tuple[list[str], RowVerdict]]:
    """Every row, whole, with what is added to it; the header is left out.

    Raises:
        BadFile: rows cannot be told apart any more.
    """
    rows = records(path, shape)
    next(rows)
    seen: dict[tuple[str, ...], RowVerdict] = {}
    for _, row in rows:
        if fault := _fault(row, len(shape.header), shape.separator):
            yield _padded(row, len(shape.header)), RowVerdict(PERSON, status=fault)
            continue
        key = tuple(row[column.place] for column in load.columns.columns)
        said = seen.get(key)
        if said is None:
            if len(seen) >= 100_000:  # memory stays flat however many kinds of row there are
                seen.clear()
            said = seen[key] = decide(load, row)
        yield row, said


def _fault(row: Sequence[str], width: int, separator: str) -> str:
    """Why a row cannot be trusted; empty where it can."""
    if len(row) != width:
        more = f"; left over: {' | '.join(row[width:])}" if len(row) > width else ""
        return f"this row has {len(row)} cells and the header {width}{more}"
    for cell in row:
        if "\0" in cell:
            return "this row has a NUL character"
        if "\n" in cell and _holds_a_row(cell, width, separator):
            return SWALLOWED
    return ""


def _holds_a_row(cell: str, width: int, separator: str) -> bool:
    """Whether a line inside a cell has as many separators as a row."""
    return width > 2 and any(line.count(separator) >= width - 2 for line in cell.split("\n"))


def _padded(row: list[str], width: int) -> list[str]:
    """As many cells as the header has. What is left over stands in the status."""
    return [*row[:width], *[""] * (width - len(row))]


def line_written(separator: str) -> Callable[[Sequence[str]], str]:
    """Cells as a line of CSV. Python's own writer may leave a carriage return unquoted, which reads as a line end."""
    needs_quotes = re.compile(f'["\\r\\n{re.escape(separator)}]').search

    def line(cells: Sequence[str]) -> str:
        quoted = ('"' + cell.replace('"', '""') + '"' if needs_quotes(cell) else cell for cell in cells)
        return separator.join(quoted) + "\n"

    return line


def write_rows(path: str, shape: Shape, load: Caseload, sink: Sink, keep_cells: bool, progress: Progress) -> Totals:
    """Writes every row with what is added to it, and counts."""
    totals = Totals()
    line = line_written(shape.separator)
    copied: Callable[[str], str] = str if keep_cells else harmless
    sink.write(line([*map(copied, shape.header), *ADDED]))
    for row, said in screened(path, shape, load):
        sink.write(line([*(copied(cell.replace("\0", "\ufffd")) for cell in row), *map(harmless, said)]))
        totals.add(said)
        if not totals.rows % 10_000:
            progress(totals.rows)
    return totals
