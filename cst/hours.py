"""Whether a service answers at a moment: rows of days and times, and England's bank holidays.

Open, closed or not known. A bank holiday that no row covers, a day outside the calendar and hours that nobody states
are not known, and never guessed. Everything is worked out on the wall clock of the moment given: a row from 08:30 to
17:00 means that on every day, clock changes or not.
"""

from __future__ import annotations

from datetime import date, datetime, timedelta
from itertools import pairwise

from cst.lean_typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from cst.source.records import BankHolidays, Row, Schedule

DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
BANK_HOLIDAYS = "bank-holidays"
_SEARCH = 14  # days after today
_DAY = 24 * 60

Spell = tuple[int, int]  # minutes from a midnight: the first minute open, the first minute closed again


class Calendar(NamedTuple):
    """Bank holidays from `starts` to `ends`, both included; outside them nothing is known."""

    starts: date
    ends: date
    dates: frozenset[date]

    @classmethod
    def of(cls, record: BankHolidays) -> Calendar:
        """The calendar in a toolkit's `bank_holidays` record, whose dates are ISO text."""
        dates = frozenset(date.fromisoformat(day) for day in record["dates"])
        return cls(date.fromisoformat(record["starts"]), date.fromisoformat(record["ends"]), dates)

    def covers(self, day: date) -> bool:
        """Whether it is known if a day is a bank holiday."""
        return self.starts <= day <= self.ends


NO_CALENDAR = Calendar(date.max, date.min, frozenset())  # no day is in it: for a clock that is wrong


class Opening(NamedTuple):
    """Whether a line answers (None: not known), until when or from when, and why it is closed or not known."""

    open: bool | None
    always: bool = False
    until: datetime | None = None
    opens_at: datetime | None = None
    reason: str = ""


class _Day(NamedTuple):
    """One day's spells in order (None: not known), with the reason where the day is out of the ordinary."""

    spells: Sequence[Spell] | None
    reason: str = ""


def opening(schedule: Schedule, at: datetime, calendar: Calendar) -> Opening:
    """Whether a schedule is open. The minute of opening is open, the minute of closing is closed.

    Args:
        schedule: "always", "unknown", or rows of days and hours in which `schedule_faults` finds no fault.
        at: the moment, in Europe/London.
        calendar: England's bank holidays.

    Returns:
        `until` where it is open, unless it stays open past the search; a day that is not known ends it.
        `opens_at` where it is closed, unless it stays closed past the search or until a day that is not known.
    """
    if schedule == "always":
        return Opening(open=True, always=True)
    if isinstance(schedule, str):
        return Opening(open=None, reason="hours not known")
    today = _day(schedule, at.date(), calendar)
    if today.spells is None:
        return Opening(open=None, reason=today.reason)
    minute = at.hour * 60 + at.minute
    run = next((run for run in _runs(schedule, at.date(), calendar) if minute < run[1]), None)
    if run and run[0] <= minute:
        return Opening(open=True, until=_moment(at, run[1]) if run[1] < (_SEARCH + 1) * _DAY else None)
    return Opening(open=False, opens_at=_moment(at, run[0]) if run else None, reason=today.reason)


def _day(rows: Sequence[Row], day: date, calendar: Calendar) -> _Day:
    """What the rows say about one day. On a bank holiday only the rows for bank holidays count."""
    if not calendar.covers(day):
        return _Day(None, "no calendar for this date")
    holiday = day in calendar.dates
    wanted = list(_rows_for(rows, None if holiday else day.weekday()))
    if any(row.get("unknown") for row in wanted) or (holiday and not wanted):
        return _Day(None, "bank holiday hours not known" if holiday else "hours not known")
    return _Day(_spells(wanted), "bank holiday" if holiday else "")


def _rows_for(rows: Iterable[Row], weekday: int | None) -> Iterator[Row]:
    """The rows for a weekday, Monday 0, or for bank holidays (None)."""
    for row in rows:
        days = row_days(row["days"])
        if days is None if weekday is None else days is not None and weekday in days:
            yield row


def _spells(rows: Iterable[Row]) -> list[Spell]:
    """The hours that rows for one and the same day state, in order; closed and unknown rows state none."""
    return sorted((_minutes(row["opens_at"]), _minutes(row["closes_at"])) for row in rows if "opens_at" in row)


def _minutes(clock: str) -> int:
    """Minutes from midnight; "24:00" is the end of the day."""
    hours, minutes = clock.split(":")
    return int(hours) * 60 + int(minutes)


def _runs(rows: Sequence[Row], today: date, calendar: Calendar) -> Iterator[Spell]:
    """Open time from today's midnight on, in order, with spells that touch made one: also those that touch at midnight.

    Ends with the last day of the search, or before the first day that is not known.
    """
    run: Spell | None = None
    for number in range(_SEARCH + 1):
        spells = _day(rows, today + timedelta(number), calendar).spells
        if spells is None:
            break
        for start, end in spells:
            start, end = start + number * _DAY, end + number * _DAY
            if run and run[1] < start:
                yield run
                run = None
            run = (run[0] if run else start, end)
    if run:
        yield run


def _moment(at: datetime, minutes: int) -> datetime:
    """The wall-clock moment so many minutes after the midnight before `at`."""
    moment = at.replace(hour=0, minute=0, second=0, microsecond=0) + timedelta(minutes=minutes)
    # In the second pass through an hour that happens twice, what comes later today lies in the second pass too.
    return moment.replace(fold=at.fold)


def row_days(days: str) -> frozenset[int] | None:
    """The weekdays of a row, Monday 0; None for bank holidays.

    Raises:
        ValueError: the days cannot be read.
    """
    if days == BANK_HOLIDAYS:
        return None
    first, dash, last = days.partition("-")
    last = last if dash else first
    if first not in DAYS or last not in DAYS:
        raise ValueError(f"{days} is not a day such as Mon, days such as Mon-Thu, or bank-holidays")
    start, end = DAYS.index(first), DAYS.index(last)
    if start > end:
        raise ValueError(f"{days} runs backwards: write two rows")
    return frozenset(range(start, end + 1))


def schedule_faults(schedule: Schedule) -> list[str]:
    """What is wrong with a schedule, in plain sentences. Its times of day must be well formed: "08:30", "24:00"."""
    if isinstance(schedule, str):
        return []
    faults = [says for row in schedule for says in _row_faults(row)]
    if not faults and not any("opens_at" in row or row.get("unknown") for row in schedule):
        faults.append("these rows are never open")
    return faults or list(_contradictions(schedule))


def _row_faults(row: Row) -> Iterator[str]:
    days = row["days"]
    try:
        row_days(days)
    except ValueError as error:
        yield str(error)
    hours = [row[key] for key in ("opens_at", "closes_at") if key in row]
    if len(hours) == 1 or bool(hours) + bool(row.get("closed")) + bool(row.get("unknown")) != 1:
        yield f"{days} needs opens_at and closes_at, or closed: yes, or unknown: yes, and only one of these"
    elif hours and _minutes(hours[0]) >= _minutes(hours[1]):
        yield f"{days} opens at {hours[0]} but closes at {hours[1]}: for hours past midnight write two rows"


def _contradictions(rows: Sequence[Row]) -> Iterator[str]:
    names = [name for number, name in enumerate(DAYS) if _contradict(list(_rows_for(rows, number)))]
    if _contradict(list(_rows_for(rows, None))):
        names.append(BANK_HOLIDAYS)
    if names:
        yield f"the rows for {', '.join(names)} overlap or contradict each other"


def _contradict(rows: Sequence[Row]) -> bool:
    """Whether rows for one and the same day overlap, or one of them says closed or unknown beside another."""
    spells = _spells(rows)
    overlap = any(before[1] > after[0] for before, after in pairwise(spells))
    return overlap or len(spells) < len(rows) > 1
