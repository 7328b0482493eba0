"""The hours of a service in a feed: rows of the week, or not known, with the reason.

Nothing is guessed, and nothing is half kept: one schedule that cannot be read makes all hours not known, since a day
that is missing would read as closed.
"""

from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING, Any, NamedTuple

from cst.exchange.open_referral_hours import ALWAYS, EVERY_DAY, NOT_KNOWN, OUT_OF_HOURS, WEEK, row_of, spans
from cst.hours import BANK_HOLIDAYS, row_days, schedule_faults

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

UNKNOWN = "unknown"
MOST_SCHEDULES = 100
_TIME = re.compile(r"(?P<hour>[01]\d|2[0-4]):(?P<minute>[0-5]\d)(?::00(?:\.0+)?)?", re.ASCII)
_OFFSET = re.compile(r".*(?:Z|[+-]\d\d:?\d\d)", re.ASCII | re.IGNORECASE)
_NOT_EACH_WEEK = ("until", "count", "byweekno", "bymonthday", "byyearday", "bysetpos")
_BEGINS, _ENDS = ("valid_from", "dtstart"), ("valid_to",)


class Hours(NamedTuple):
    """A schedule, and why it is not known where a feed said something."""

    schedule: Any
    why: str = ""


class _Wrong(Exception):
    """Hours that cannot be read; says why."""


def hours_of(schedules: Any, said: Sequence[str], today: date) -> Hours:
    """The hours that schedules state.

    Args:
        schedules: what stands under that name in a service; None where nothing does.
        said: what `cst`'s own attributes add, as `open_referral_hours` writes it.
        today: the day it is.
    """
    try:
        return Hours(_schedule(schedules, [one for one in said if one != OUT_OF_HOURS], today))
    except _Wrong as wrong:
        return Hours(UNKNOWN, str(wrong))


def own_hours(said: Sequence[str]) -> Hours:
    """The hours of one number, all of which stand in `cst`'s own attributes."""
    if list(said) in ([ALWAYS], [NOT_KNOWN]):
        return Hours({ALWAYS: ALWAYS, NOT_KNOWN: UNKNOWN}[said[0]])
    try:
        return Hours(_whole([_row(text) for text in said]))
    except _Wrong as wrong:
        return Hours(UNKNOWN, str(wrong))


def _schedule(schedules: Any, said: list[str], today: date) -> Any:
    listed = schedules if schedules is not None else []
    if not isinstance(listed, list) or len(listed) > MOST_SCHEDULES:
        raise _Wrong("the schedules are no list, or very many")
    week = [spell for one in listed for spell in _spells(one, today)]
    if listed and not week:
        raise _Wrong("no schedule holds today")
    rows = list(_rows(week))
    if NOT_KNOWN in said:
        if rows:
            raise _Wrong("it says hours, and that they are not known")
        return UNKNOWN
    if ALWAYS in said:
        if rows != [EVERY_DAY]:
            raise _Wrong("it says day and night, and other hours")
        return ALWAYS
    rows += map(_row, said)
    kept = [row for row in rows if not _says_nothing(row)]
    return _whole(kept or rows) if rows else UNKNOWN


def _says_nothing(row: Mapping[str, Any]) -> bool:
    """Whether it is what holds without any row: bank holidays that are not known."""
    return row["days"] == BANK_HOLIDAYS and bool(row.get("unknown"))


def _row(text: str) -> dict[str, Any]:
    row = row_of(text)
    if row is None:
        raise _Wrong("its attributes say hours that cannot be read")
    for field in ("opens_at", "closes_at"):
        if field in row:
            _clock(row[field])
    return row


def _whole(rows: list[dict[str, Any]]) -> Any:
    """Rows that fit together."""
    given: Any = rows
    if faults := schedule_faults(given):
        raise _Wrong(faults[0])
    return rows


def _rows(week: list[tuple[int, str, str]]) -> Iterator[dict[str, Any]]:
    """The fewest rows for hours on days of the week, Monday 0, in the order of the week."""
    by_hours: dict[tuple[str, str], set[int]] = {}
    for day, opens, closes in week:
        by_hours.setdefault((opens, closes), set()).add(day)
    made = [
        {"days": span, "opens_at": opens, "closes_at": closes}
        for (opens, closes), days in by_hours.items()
        for span in spans(days)
    ]
    yield from sorted(made, key=lambda row: (min(row_days(row["days"]) or ()), row["opens_at"]))


def _spells(one: Any, today: date) -> Iterator[tuple[int, str, str]]:
    """The days and hours of one schedule; none where it no longer holds."""
    if not isinstance(one, dict):
        raise _Wrong("a schedule is no set of fields")
    ends = [day for field in _ENDS if (day := _day(one, field))]
    if any(day < today for day in ends):
        return
    if ends:
        raise _Wrong(f"its hours hold only until {ends[0].isoformat()}")
    if begins := [day for field in _BEGINS if (day := _day(one, field)) and day > today]:
        raise _Wrong(f"its hours hold only from {begins[0].isoformat()}")
    if one.get("freq") != "WEEKLY" or one.get("interval") not in (None, 1) or any(one.get(it) for it in _NOT_EACH_WEEK):
        raise _Wrong("its hours are not the same in each week")
    if one.get("timezone") is not None:
        raise _Wrong("its times have a distance from UTC, and London's changes twice a year")
    opens, closes = _clock(one.get("opens_at")), _clock(one.get("closes_at"))
    if closes == "00:00" != opens:
        closes = "24:00"
    if opens >= closes:
        raise _Wrong(f"it opens at {opens} and closes at {closes}, which may mean the next day")
    days = str(one.get("byday") or "").split(",")
    if not set(days) <= set(WEEK):
        raise _Wrong("its days of the week cannot be read")
    yield from ((WEEK.index(day), opens, closes) for day in days)


def _day(one: Mapping[str, Any], field: str) -> date | None:
    value = one.get(field)
    if value in (None, ""):
        return None
    try:
        return date.fromisoformat(str(value)[:10])
    except ValueError:
        raise _Wrong(f"{field} is no date") from None


def _clock(value: Any) -> str:
    """A time of day as "08:30"."""
    text = value.strip() if isinstance(value, str) else ""
    found = _TIME.fullmatch(text)
    if found and (found["hour"] != "24" or found["minute"] == "00"):
        return f"{found['hour']}:{found['minute']}"
    if _OFFSET.fullmatch(text):
        raise _Wrong("its times have a distance from UTC, and London's changes twice a year")
    raise _Wrong("a time of day cannot be read" if text else "it says no time of day")
