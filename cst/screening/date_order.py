"""What stands first in dates such as 06/12/1961: the one thing that other rows may tell about a row.

The user's word in a --map file counts. Without it a column is told apart by its own dates: where some can only have the
day first (31/03/1950), and none can only have the month first, the day stands first in all. In any other column a date
that can be read two ways is read only where both ways give the same age; else a person has to look.
A column is never taken to have the month first unless the user says so.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import TYPE_CHECKING

from cst.screening.cell_sql import DAY_FIRST, MONTH_FIRST, NOT_TOLD, order_sql
from cst.screening.columns import BadColumns, Column, places_called

if TYPE_CHECKING:
    from cst.screening.caseload import Caseload
    from cst.screening.duckdb_query import Source

# For each open column: some date can only have the day first, some only the month first, some can have either.
Seen = Sequence[bool | None]
TOLD = "{}: dates are read with the day first, as some of them can only be read so."
MIXED = "{}: some dates can only have the day first, and some only the month."
MONTHS = "{}: some dates can only have the month first."
OPEN = "{}: nothing tells if day or month stands first."
REMEDY = (
    " Those of which the age would differ need a person, unless a --map file says "
    "dates: with this column: day-first or month-first."
)


def told_orders(names: Sequence[str], columns: Iterable[Column], own: Mapping[str, str]) -> dict[int, str]:
    """What the user says of each column of dates, by its place.

    Raises:
        BadColumns: a name is no column of dates, or what is said of it is no order.
    """
    births = {column.place for column in columns if column.birth}
    told: dict[int, str] = {}
    for name, order in own.items():
        places = [place for place in places_called(names, name) if place in births]
        if not places:
            raise BadColumns(f"dates: has {name:.60}, which is no column of dates of birth.",
                             "Write the name of the column as it stands in the file.")  # fmt: skip
        if order not in (DAY_FIRST, MONTH_FIRST):
            raise BadColumns(f"dates: says {order:.60} of {name:.60}.", f"Write {DAY_FIRST} or {MONTH_FIRST}.")
        told |= dict.fromkeys(places, order)
    return told


def open_columns(load: Caseload) -> list[str]:
    """The columns of dates of which nobody has told the order."""
    pairs = zip(load.columns.columns, load.readings, strict=True)
    return [f"c{column.place}" for column, how in pairs if how.kind == "birth" and how.order == NOT_TOLD]


def seen_sql(load: Caseload, source: Source) -> str:
    """A query with one row that says what can be seen in the open columns; broken rows do not count."""
    found = ", ".join(f"bool_or({one})" for column in open_columns(load) for one in order_sql(column))
    fault = source.fault and f" WHERE ({source.fault}) IS NULL"
    return f"SELECT {found} FROM {source.sql}{fault}"


def with_orders(load: Caseload, ask: Callable[[], Iterable[Seen]]) -> tuple[Caseload, tuple[str, ...]]:
    """The screening, with the orders that its file tells, and what to say of them.

    Args:
        load: the screening.
        ask: gives what `seen_sql` finds, in one row or, of a file that is read in pieces, in many.
    """
    if not open_columns(load):
        return load, ()
    seen = [any(one) for one in zip(*ask(), strict=True)]
    each = iter(zip(seen[::3], seen[1::3], seen[2::3], strict=True))
    readings, notes = [], []
    for column, how in zip(load.columns.columns, load.readings, strict=True):
        still_open = how.kind == "birth" and how.order == NOT_TOLD
        order, note = _order(*next(each, (False, False, False))) if still_open else (how.order, "")
        readings.append(how._replace(order=order))
        notes += [note.format(column.name)] if note else []
    return load._replace(readings=tuple(readings)), tuple(notes)


def _order(day_first: bool, month_first: bool, either: bool) -> tuple[str, str]:
    """What stands first in a column's dates, and what to say of it."""
    if day_first and not month_first:
        return DAY_FIRST, TOLD if either else ""
    says = MIXED if day_first else MONTHS if month_first else OPEN
    return NOT_TOLD, says + REMEDY if either else ""
