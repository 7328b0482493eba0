"""Whether a service answers at a moment: rows of days and times, and England's bank holidays.

Open, closed or not known: hours that nobody states, a bank holiday that no row covers and a day outside the
calendar are not known, and never guessed. Everything is worked out on the wall clock of the moment given, so a row
of 08:30 to 17:00 means that on every day, clock changes or not.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
BANK_HOLIDAYS = "bank-holidays"
_SEARCH = 14  # days
_MIDNIGHT = 24 * 60

Row = Mapping[str, Any]
Schedule = str | Sequence[Row]
Spell = tuple[int, int]  # minutes from midnight, the first in and the last out


@dataclass(frozen=True, slots=True)
class Calendar:
    """Bank holidays from `starts` to `ends`, both included; outside them nothing is known."""

    starts: date
    ends: date
    dates: frozenset[date]

    @classmethod
    def of(cls, record: Mapping[str, Any]) -> Calendar:
        """The calendar in a toolkit's `bank_holidays` record."""
        days = frozenset(date.fromisoformat(day) for day in record["dates"])
        return cls(date.fromisoformat(record["starts"]), date.fromisoformat(record["ends"]), days)

    def covers(self, day: date) -> bool:
        """Whether it is known if a day is a bank holiday."""
        return self.starts <= day <= self.ends


@dataclass(frozen=True, slots=True)
class Opening:
    """Whether a line answers (None: not known), until when or from when, and why."""

    open: bool | None
    always: bool = False
    until: datetime | None = None
    opens_at: datetime | None = None
    reason: str = ""


def opening(schedule: Schedule, at: datetime, calendar: Calendar) -> Opening:
    """Whether a schedule is open.

    Args:
        schedule: "always", "unknown", or rows of days and hours.
        at: the moment, in Europe/London.
        calendar: England's bank holidays.
    """
    if schedule == "always":
        return Opening(open=True, always=True)
    if isinstance(schedule, str):
        return Opening(open=None, reason="hours not known")
    spells, reason = _spells(schedule, at.date(), calendar)
    if spells is None:
        return Opening(open=None, reason=reason)
    minute = at.hour * 60 + at.minute
    now = next((spell for spell in spells if spell[0] <= minute < spell[1]), None)
    if now is None:
        return Opening(open=False, opens_at=_opens_at(schedule, at, calendar), reason=reason)
    return Opening(open=True, until=_until(schedule, at, now, calendar))


def _spells(rows: Sequence[Row], day: date, calendar: Calendar) -> tuple[list[Spell] | None, str]:
    """The spells of one day in order, or None where they are not known, with the reason for anything unusual."""
    if not calendar.covers(day):
        return None, "no calendar for this date"
    holiday = day in calendar.dates
    wanted = [row for row in rows if (row_days(row["days"]) is None) is holiday and (holiday or day.weekday() in (row_days(row["days"]) or ()))]
    if any(row.get("unknown") for row in wanted) or (holiday and not wanted):
        return None, "bank holiday hours not known" if holiday else "hours not known"
    spells = sorted((_minutes(row["opens_at"]), _minutes(row["closes_at"])) for row in wanted if "opens_at" in row)
    return spells, "bank holiday" if holiday else ""


def _minutes(clock: str) -> int:
    hours, minutes = clock.split(":")
    return int(hours) * 60 + int(minutes)


def _days_on(at: datetime) -> Iterator[tuple[date, datetime]]:
    """Today and the days after it, each with its midnight."""
    midnight = at.replace(hour=0, minute=0, second=0, microsecond=0, fold=0)
    for number in range(_SEARCH + 1):
        yield at.date() + timedelta(number), midnight + timedelta(number)


def _opens_at(rows: Sequence[Row], at: datetime, calendar: Calendar) -> datetime | None:
    """The next opening; None where an unknown day stands before it."""
    minute = at.hour * 60 + at.minute
    for day, midnight in _days_on(at):
        spells, _ = _spells(rows, day, calendar)
        if spells is None:
            return None
        later = [start for start, _ in spells if day > at.date() or start > minute]
        if later:
            return midnight + timedelta(minutes=later[0])
    return None


def _until(rows: Sequence[Row], at: datetime, now: Spell, calendar: Calendar) -> datetime | None:
    """When the run of spells that is open now ends; an unknown day ends it. None where it runs on past the search."""
    end = now[1]
    for day, midnight in _days_on(at):
        spells, _ = _spells(rows, day, calendar)
        if day > at.date():
            end = 0
        for start, close in spells or ():
            if start <= end < close:
                end = close
        if end < _MIDNIGHT:
            return midnight + timedelta(minutes=end)
    return None


def row_days(days: str) -> frozenset[int] | None:
    """The weekdays of a row, Monday 0; None for bank holidays.

    Raises:
        ValueError: the days cannot be read.
    """
    if days == BANK_HOLIDAYS:
        return None
    first, _, last = days.partition("-")
    if first not in DAYS or (last or first) not in DAYS:
        raise ValueError(f"{days} is not a day such as Mon, days such as Mon-Thu, or bank-holidays")
    start, end = DAYS.index(first), DAYS.index(last or first)
    if start > end:
        raise ValueError(f"{days} runs backwards: write two rows")
    return frozenset(range(start, end + 1))


def schedule_faults(schedule: Schedule) -> list[str]:
    """What is wrong with a schedule, in plain sentences."""
    if isinstance(schedule, str):
        return []
    faults = [says for row in schedule for says in _row_faults(row)]
    if not faults and not any("opens_at" in row for row in schedule):
        faults.append("these rows are never open")
    return faults or list(_overlaps(schedule))


def _row_faults(row: Row) -> Iterator[str]:
    try:
        row_days(row["days"])
    except ValueError as error:
        yield str(error)
        return
    hours = ("opens_at" in row) + ("closes_at" in row)
    if hours == 1 or (hours == 2) + bool(row.get("closed")) + bool(row.get("unknown")) != 1:
        yield f"{row['days']} needs opens_at and closes_at, or closed: yes, or unknown: yes, and only one of these"
    elif hours and _minutes(row["opens_at"]) >= _minutes(row["closes_at"]):
        yield f"{row['days']} opens at {row['opens_at']} but closes at {row['closes_at']}: for hours past midnight write two rows"


def _overlaps(rows: Sequence[Row]) -> Iterator[str]:
    for number, name in enumerate((*DAYS, BANK_HOLIDAYS)):
        wanted = [row for row in rows if (number in (row_days(row["days"]) or ()) if number < len(DAYS) else row["days"] == BANK_HOLIDAYS)]
        spells = sorted((_minutes(row["opens_at"]), _minutes(row["closes_at"])) for row in wanted if "opens_at" in row)
        if any(before[1] > after[0] for before, after in zip(spells, spells[1:], strict=False)) or (len(wanted) > len(spells) and len(wanted) > 1):
            yield f"the rows for {name} overlap or contradict each other"
