"""Hours as Open Referral has them, and back: rows of the week as schedules, all else as words of a closed grammar.

A schedule there is a rule of iCalendar (RFC 5545) with an opening and a closing time. It knows no bank holiday, belongs
to a service and not to a number, and cannot say that hours are not known. What it cannot hold stands in attributes, one
row each: "bank-holidays closed", "Sat not known", "Mon-Thu 08:30 to 17:00".
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from cst.hours import BANK_HOLIDAYS, DAYS, row_days
from cst.views.timetable import timetable

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from cst.source.records import Row, Schedule

ALWAYS = "always"
NOT_KNOWN = "not known"
OUT_OF_HOURS = "answers out of hours"
EVERY_DAY: Any = {"days": "Mon-Sun", "opens_at": "00:00", "closes_at": "24:00"}
CLOCKS = "Times are those of clocks in London, in summer and in winter."
WEEK = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
_ROW = re.compile(
    r"(?P<days>[\w-]+) (?:(?P<closed>closed)|(?P<unknown>not known)|(?P<opens>[\d:]{5}) to (?P<closes>[\d:]{5}))",
    re.ASCII,
)


def schedules(schedule: Schedule) -> Iterator[dict[str, str]]:
    """The week as schedules, without their ids; none where no hours are known, which does not mean closed."""
    if schedule == "unknown":
        return
    for row in [EVERY_DAY] if isinstance(schedule, str) else schedule:
        days = row_days(row["days"])
        if days is not None and "opens_at" in row:
            yield {
                "freq": "WEEKLY",
                "byday": ",".join(WEEK[day] for day in sorted(days)),
                "description": timetable(schedule),
                "opens_at": row["opens_at"],
                "closes_at": row["closes_at"],
                "notes": CLOCKS,
            }


def beyond_schedules(schedule: Schedule) -> Iterator[str]:
    """What schedules cannot hold of the hours of a service."""
    if isinstance(schedule, str):
        yield ALWAYS if schedule == "always" else NOT_KNOWN
        return
    yield from (row_text(row) for row in schedule if row["days"] == BANK_HOLIDAYS or row.get("unknown"))
    if all(row["days"] != BANK_HOLIDAYS for row in schedule):
        yield f"{BANK_HOLIDAYS} {NOT_KNOWN}"


def in_full(schedule: Schedule) -> Iterator[str]:
    """All of the hours of one number, for which there are no schedules."""
    if isinstance(schedule, str):
        yield ALWAYS if schedule == "always" else NOT_KNOWN
        return
    yield from map(row_text, schedule)


def row_text(row: Row) -> str:
    """One row as words: "Mon-Thu 08:30 to 17:00", "bank-holidays closed", "Sat not known"."""
    if "opens_at" in row:
        return f"{row['days']} {row['opens_at']} to {row['closes_at']}"
    return f"{row['days']} {NOT_KNOWN if row.get('unknown') else 'closed'}"


def row_of(text: str) -> dict[str, Any] | None:
    """The row that such words stand for; None where they are none."""
    found = _ROW.fullmatch(text)
    if found is None:
        return None
    if found["opens"]:
        return {"days": found["days"], "opens_at": found["opens"], "closes_at": found["closes"]}
    return {"days": found["days"], "closed" if found["closed"] else "unknown": True}


def spans(days: Iterable[int]) -> Iterator[str]:
    """Days of the week, Monday 0, as the fewest spans that rows have: "Mon-Thu", "Sat"."""
    left = sorted(set(days))
    while left:
        last = next(place for place, day in enumerate(left) if place + 1 == len(left) or left[place + 1] != day + 1)
        yield DAYS[left[0]] if not last else f"{DAYS[left[0]]}-{DAYS[left[last]]}"
        left = left[last + 1 :]
