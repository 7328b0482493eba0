"""When a line answers, in words that hold at any minute: for what is printed or read at another time.

"Mon-Thu 08:30 to 17:00; Fri 08:30 to 16:30; bank holidays closed". A day that is not named is closed. What nobody
states is said to be not known: also bank holidays, where no row is about them.
"""

from __future__ import annotations

from itertools import groupby

from cst.hours import BANK_HOLIDAYS
from cst.lean_typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from cst.source.records import Row, Schedule

ALWAYS = "open day and night"
NOT_KNOWN = "hours not known"


def timetable(schedule: Schedule, *, out_of_hours: bool = False) -> str:
    """The hours of a schedule in words; `out_of_hours` where the line is known to answer then, but not when."""
    if schedule == "always":
        return ALWAYS
    if isinstance(schedule, str):
        return f"{NOT_KNOWN}; answers out of hours" if out_of_hours else NOT_KNOWN
    return "; ".join((*_days(schedule), *_unsaid_holidays(schedule)))


def _days(rows: Sequence[Row]) -> Iterable[str]:
    """Each run of days with its hours, in the order of the rows."""
    for days, together in groupby(rows, key=lambda row: row["days"]):
        name = "bank holidays" if days == BANK_HOLIDAYS else days
        yield f"{name} {' and '.join(map(_hours, together))}"


def _hours(row: Row) -> str:
    if "opens_at" not in row:
        return "not known" if row.get("unknown") else "closed"
    if (row["opens_at"], row["closes_at"]) == ("00:00", "24:00"):
        return "all day and night"
    return f"{row['opens_at']} to {'midnight' if row['closes_at'] == '24:00' else row['closes_at']}"


def _unsaid_holidays(rows: Sequence[Row]) -> Iterable[str]:
    if all(row["days"] != BANK_HOLIDAYS for row in rows):
        yield "bank holidays not known"
