"""Hours: what is open at a moment, compared with an oracle that spells out every minute of a day.

The Hampshire rows are those of the children's line and of the team that takes over from it ("all other times").
"""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
from holidays import country_holidays
from hypothesis import given, settings
from hypothesis import strategies as st

from cst.hours import Calendar, Opening, opening, row_days, schedule_faults
from tests.support import ROOT
from tests.support.levels import NIGHTLY, sample
from tests.support.states import shipped

Rows = Sequence[Mapping[str, str | bool]]

LONDON = ZoneInfo("Europe/London")
ENGLAND = frozenset(country_holidays("GB", subdiv="ENG", years=range(2026, 2029)))
CALENDAR = Calendar(date(2026, 1, 1), date(2028, 12, 31), ENGLAND)
NARROW = Calendar(date(2026, 11, 1), date(2027, 12, 17), ENGLAND)
CLOCK_CHANGES = [date(2026, 3, 29), date(2026, 10, 25), date(2027, 3, 28), date(2027, 10, 31)]
WEEK = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
CLOCKS = [f"{minute // 60:02}:{minute % 60:02}" for minute in range(24 * 60 + 1)]


def hours(days: str, opens_at: str, closes_at: str) -> Mapping[str, str | bool]:
    return {"days": days, "opens_at": opens_at, "closes_at": closes_at}


DAY_LINE = [
    hours("Mon-Thu", "08:30", "17:00"),
    hours("Fri", "08:30", "16:30"),
    {"days": "bank-holidays", "closed": True},
]
OUT_OF_HOURS = [
    hours("Mon-Thu", "00:00", "08:30"),
    hours("Mon-Thu", "17:00", "24:00"),
    hours("Fri", "00:00", "08:30"),
    hours("Fri", "16:30", "24:00"),
    hours("Sat-Sun", "00:00", "24:00"),
    hours("bank-holidays", "00:00", "24:00"),
]
OFFICE = [hours("Mon-Fri", "09:00", "17:00")]
SPLIT_DAYS = [
    hours("Tue-Thu", "14:00", "17:15"),
    hours("Tue-Thu", "09:30", "12:30"),
    hours("Tue-Thu", "17:15", "18:00"),
    {"days": "Fri", "closed": True},
    hours("bank-holidays", "10:00", "12:00"),
]
WEEKENDS = [
    hours("Sat", "09:00", "24:00"),
    hours("Sun", "00:00", "01:45"),
    hours("Sun", "18:00", "24:00"),
    {"days": "Wed", "unknown": True},
    {"days": "bank-holidays", "unknown": True},
]
EVERY_MINUTE = [hours("Mon-Sun", "00:00", "24:00"), hours("bank-holidays", "00:00", "24:00")]
HOLIDAYS_ONLY = [hours("bank-holidays", "10:00", "16:00")]
OFFICE_UNKNOWN = [{"days": "Mon-Fri", "unknown": True}]
SCHEDULES = {
    "day line": DAY_LINE,
    "out of hours": OUT_OF_HOURS,
    "office, no bank holiday row": OFFICE,
    "split days": SPLIT_DAYS,
    "weekends": WEEKENDS,
    "holidays only": HOLIDAYS_ONLY,
}


def on(text: str, fold: int = 0) -> datetime:
    """A moment in Europe/London."""
    return datetime.fromisoformat(text).replace(tzinfo=LONDON, fold=fold)


# The oracle: a letter for every minute, o open, c closed, ? not known.


def letters(rows: Rows, day: date, calendar: Calendar) -> str:
    """One day spelt out, minute by minute."""
    label = "bank-holidays" if day in calendar.dates else WEEK[day.isocalendar().weekday - 1]
    mine = [row for row in rows if label in spelt_out(str(row["days"]))]
    silent = label == "bank-holidays" and not mine
    if silent or not calendar.starts <= day <= calendar.ends or any("unknown" in row for row in mine):
        return "?" * 1440
    stated = [(str(row["opens_at"]), str(row["closes_at"])) for row in mine if "opens_at" in row]
    minutes = {clock for opens_at, closes_at in stated for clock in CLOCKS if opens_at <= clock < closes_at}
    return "".join("o" if clock in minutes else "c" for clock in CLOCKS[:1440])


def spelt_out(days: str) -> tuple[str, ...]:
    first, *last = days.split("-")
    return (days,) if days == "bank-holidays" else WEEK[WEEK.index(first) : WEEK.index(last[0] if last else first) + 1]


def timeline(rows: Rows, first: date, days: int, calendar: Calendar) -> str:
    return "".join(letters(rows, first + timedelta(number), calendar) for number in range(days))


def oracle(line: str, place: int) -> tuple[bool | None, int | None]:
    """From a timeline that begins at a midnight: what holds at a place, and how many minutes on it opens or closes."""
    now, horizon = line[place], (place // 1440 + 15) * 1440
    if now == "?":
        return None, None
    change = re.compile(f"[^{now}]").search(line, place, horizon)
    if change is None or (now == "c" and change.group() == "?"):
        return now == "o", None
    return now == "o", change.start() - place


def answer(now: Opening, at: datetime) -> tuple[bool | None, int | None]:
    """An opening in the oracle's terms."""
    change = now.until if now.open else now.opens_at
    return now.open, None if change is None else round((change - at) / timedelta(minutes=1))


def stated_hours() -> dict[str, Rows]:
    """The hours of every shipped contact and phone, each once, under the name of the first contact that has them."""
    known: dict[str, tuple[str, Rows]] = {}
    for name, contact in shipped().kind("contacts").items():
        for holder in (contact, *contact.get("phones", ())):
            rows = holder.get("schedule", "unknown")
            if not isinstance(rows, str):
                known.setdefault(repr(rows), (name, rows))
    return dict(known.values())


SHIPPED_HOURS = stated_hours()
STEP = 15 if NIGHTLY else 45  # minutes


def test_shipped_contacts_have_hours_to_try() -> None:
    """The sweep below is over all of them, and not over nothing."""
    assert len(SHIPPED_HOURS) >= 10


@pytest.mark.deep
@pytest.mark.parametrize("name", [*SCHEDULES, *sample(SHIPPED_HOURS, 6)])
def test_every_quarter_of_an_hour_for_fourteen_months_agrees_with_the_oracle(name: str) -> None:
    """Open or not, until when and from when: all as spelt out minute by minute, past both ends of the calendar.

    By day every third quarter is tried, which meets each quarter of each hour every three hours.
    """
    rows = (SCHEDULES | SHIPPED_HOURS)[name]
    first, days = date(2026, 10, 20), 430
    line = timeline(rows, first, days + 15, NARROW)
    midnight = datetime.combine(first, time(), LONDON)
    for place in range(0, days * 1440, STEP):
        at = midnight + timedelta(minutes=place)
        assert oracle(line, place) == answer(opening(rows, at, NARROW), at), at


@pytest.mark.deep
def test_day_line_and_its_complement_share_out_every_quarter_of_an_hour() -> None:
    """On days that are known, one of the two lines is open and the other is closed, so somebody always answers."""
    midnight = on("2026-11-01T00:00")
    for place in range(0, 426 * 1440, 15):
        at = midnight + timedelta(minutes=place)
        both = {opening(DAY_LINE, at, CALENDAR).open, opening(OUT_OF_HOURS, at, CALENDAR).open}
        assert {True, False} == both, at


def test_always_is_open_at_any_time() -> None:
    """A line that never closes is open on bank holidays and outside the calendar, and has no closing time."""
    for at in ("1970-01-01T00:00", "2026-12-25T03:00", "2027-03-28T01:30", "2029-01-01T10:00", "2038-01-19T03:14:08"):
        assert Opening(open=True, always=True) == opening("always", on(at), CALENDAR)


@pytest.mark.parametrize("rows", ["unknown", EVERY_MINUTE, DAY_LINE])
def test_only_always_is_always(rows: str | Rows) -> None:
    """Rows for every minute are not: a bank holiday may be missing."""
    assert opening(rows, on("2026-11-24T10:00"), CALENDAR).always is False


def test_unknown_hours_are_said_to_be_unknown() -> None:
    """Where nobody states hours, nothing is said about open, closed or when."""
    assert Opening(open=None, reason="hours not known") == opening("unknown", on("2026-11-24T10:00"), CALENDAR)


def test_row_of_unknown_hours_makes_that_day_unknown() -> None:
    """A Wednesday marked unknown is unknown; the Tuesday before it stays closed, with no guess at when it opens."""
    assert Opening(open=None, reason="hours not known") == opening(WEEKENDS, on("2026-11-25T10:00"), CALENDAR)
    assert Opening(open=False) == opening(WEEKENDS, on("2026-11-24T10:00"), CALENDAR)


def test_weekday_without_a_row_is_closed() -> None:
    """Saturday is closed for an office with rows for Monday to Friday, which opens again on Monday."""
    expected = Opening(open=False, opens_at=on("2026-11-30T09:00"))
    assert expected == opening(OFFICE, on("2026-11-28T10:00"), CALENDAR)


@pytest.mark.parametrize(
    ("expected", "at"),
    [
        (False, "2026-11-24T08:29:59.999999"),
        (True, "2026-11-24T08:30:00"),
        (True, "2026-11-24T16:59:59.999999"),
        (False, "2026-11-24T17:00:00"),
        (False, "2026-11-24T17:00:00.000001"),
    ],
)
def test_line_opens_on_the_minute_and_closes_on_the_minute(expected: bool, at: str) -> None:
    """08:30 is open and 17:00 is closed, to the microsecond."""
    assert expected is opening(DAY_LINE, on(at), CALENDAR).open


def test_seconds_do_not_show_in_the_answer() -> None:
    """Closing and opening times are whole minutes, whatever the second of the call."""
    assert on("2026-11-24T17:00") == opening(DAY_LINE, on("2026-11-24T16:59:59.5"), CALENDAR).until
    assert on("2026-11-24T08:30") == opening(DAY_LINE, on("2026-11-24T08:29:59.5"), CALENDAR).opens_at


def test_friday_closes_early() -> None:
    """On Friday the day line closes at 16:30, and the out-of-hours line takes over until Monday 08:30."""
    monday = on("2026-11-30T08:30")
    assert Opening(open=True, until=on("2026-11-27T16:30")) == opening(DAY_LINE, on("2026-11-27T16:29"), CALENDAR)
    assert Opening(open=False, opens_at=monday) == opening(DAY_LINE, on("2026-11-27T16:30"), CALENDAR)
    assert Opening(open=True, until=monday) == opening(OUT_OF_HOURS, on("2026-11-27T16:30"), CALENDAR)


def test_opening_runs_on_past_midnight() -> None:
    """A line open from 17:00 to 24:00 and from 00:00 to 08:30 is open until 08:30 the next day."""
    assert on("2026-11-25T08:30") == opening(OUT_OF_HOURS, on("2026-11-24T17:00"), CALENDAR).until


def test_opening_runs_on_over_easter() -> None:
    """From Maundy Thursday the out-of-hours line is open, over bank holidays and the clock change, to Tuesday 08:30."""
    assert Opening(open=True, until=on("2027-03-30T08:30")) == opening(OUT_OF_HOURS, on("2027-03-25T17:00"), CALENDAR)


def test_easter_monday_is_not_a_monday() -> None:
    """On 29 March 2027 the day line is closed until Tuesday and says why; hours that no row states are not known."""
    at, tuesday = on("2027-03-29T10:00"), on("2027-03-30T08:30")
    assert Opening(open=False, opens_at=tuesday, reason="bank holiday") == opening(DAY_LINE, at, CALENDAR)
    assert Opening(open=True, until=tuesday) == opening(OUT_OF_HOURS, at, CALENDAR)
    assert Opening(open=None, reason="bank holiday hours not known") == opening(OFFICE, at, CALENDAR)
    assert Opening(open=True, until=on("2027-03-29T12:00")) == opening(SPLIT_DAYS, at, CALENDAR)


def test_next_opening_is_not_guessed_past_an_unknown_day() -> None:
    """The evening before a bank holiday that no row covers, an office is closed, and nobody knows until when."""
    assert Opening(open=False) == opening(OFFICE, on("2027-03-25T18:00"), CALENDAR)


def test_run_ends_where_an_unknown_day_begins() -> None:
    """Before a bank holiday of unknown hours, a line open to the end of Sunday is known to be open until then."""
    assert on("2027-03-29T00:00") == opening(WEEKENDS, on("2027-03-28T19:00"), CALENDAR).until


def next_opening(day: date) -> datetime:
    """When the day line opens after a day: 08:30 on the next weekday that is no bank holiday."""
    following = (day + timedelta(number) for number in range(1, 8))
    opens = next(later for later in following if later.weekday() < 5 and later not in ENGLAND)
    return datetime.combine(opens, time(8, 30), LONDON)


@pytest.mark.parametrize("day", sorted(ENGLAND), ids=str)
def test_every_bank_holiday_is_closed_until_the_next_working_day(day: date) -> None:
    """Each bank holiday to the end of the calendar, substitute days too, closes the day line and says why."""
    expected = Opening(open=False, opens_at=next_opening(day), reason="bank holiday")
    assert expected == opening(DAY_LINE, datetime.combine(day, time(10), LONDON), CALENDAR)


@pytest.mark.parametrize("day", sorted(ENGLAND), ids=str)
def test_days_beside_a_bank_holiday_keep_their_hours(day: date) -> None:
    """The day before and the day after are as their weekday says, unless they are bank holidays themselves."""
    for beside in (day - timedelta(1), day + timedelta(1)):
        expected = (beside not in ENGLAND and beside.weekday() < 5) if CALENDAR.covers(beside) else None
        assert expected is opening(DAY_LINE, datetime.combine(beside, time(10), LONDON), CALENDAR).open, beside


@pytest.mark.parametrize("day", ["1970-01-01", "2025-12-31", "2029-01-01", "2038-01-19", "9999-12-31"])
def test_days_outside_the_calendar_are_unknown(day: str) -> None:
    """Before the calendar starts and after it ends, hours are not known, as any day may be a bank holiday."""
    for rows in (DAY_LINE, OUT_OF_HOURS, EVERY_MINUTE):
        expected = Opening(open=None, reason="no calendar for this date")
        assert expected == opening(rows, on(f"{day}T10:00"), CALENDAR)


def test_first_and_last_day_of_the_calendar_are_known() -> None:
    """Both ends are included: on the last day the line closes as usual, and when it opens next is not known."""
    new_year = Opening(open=False, opens_at=on("2026-01-02T08:30"), reason="bank holiday")
    assert new_year == opening(DAY_LINE, on("2026-01-01T00:00"), CALENDAR)
    assert Opening(open=True, until=on("2028-12-29T16:30")) == opening(DAY_LINE, on("2028-12-29T10:00"), CALENDAR)
    assert Opening(open=False) == opening(DAY_LINE, on("2028-12-31T23:59"), CALENDAR)
    assert Opening(open=True, until=on("2029-01-01T00:00")) == opening(OUT_OF_HOURS, on("2028-12-31T10:00"), CALENDAR)


def test_search_ends_after_fourteen_days() -> None:
    """Rows for every minute give no closing time; a line that opens on the fourteenth day has an opening time."""
    assert Opening(open=True) == opening(EVERY_MINUTE, on("2026-11-24T10:00"), CALENDAR)
    assert Opening(open=False) == opening(HOLIDAYS_ONLY, on("2026-12-10T23:59"), CALENDAR)
    christmas = Opening(open=False, opens_at=on("2026-12-25T10:00"))
    assert christmas == opening(HOLIDAYS_ONLY, on("2026-12-11T00:00"), CALENDAR)


@pytest.mark.parametrize(
    ("expected", "at"),
    [(None, "2026-12-10T23:59"), ("2026-12-25T00:00", "2026-12-11T00:00"), ("2026-12-25T00:00", "2026-12-12T10:00")],
)
def test_a_line_open_for_a_fortnight_says_when_that_ends(expected: str | None, at: str) -> None:
    """Open day and night up to a bank holiday of unknown hours: its end is said once it is within the search."""
    rows = [hours("Mon-Sun", "00:00", "24:00")]
    assert Opening(open=True, until=on(expected) if expected else None) == opening(rows, on(at), CALENDAR)


@pytest.mark.parametrize("rows", SCHEDULES.values(), ids=SCHEDULES)
@pytest.mark.parametrize("night", CLOCK_CHANGES, ids=str)
def test_wall_clock_decides_when_clocks_change(night: date, rows: Rows) -> None:
    """Each quarter hour of the day, in its first and second pass, is as the wall clock says."""
    line = timeline(rows, night, 16, CALENDAR)
    for minute in range(0, 1440, 15):
        for fold in (0, 1):
            at = datetime.combine(night, time(minute // 60, minute % 60, fold=fold), LONDON)
            assert oracle(line, minute) == answer(opening(rows, at, CALENDAR), at), at


@pytest.mark.parametrize("rows", SCHEDULES.values(), ids=SCHEDULES)
@pytest.mark.parametrize("night", CLOCK_CHANGES, ids=str)
def test_no_answer_lies_in_the_past_when_clocks_change(night: date, rows: Rows) -> None:
    """Closing and opening times come after the moment also when an hour happens twice or never."""
    for minute in range(-120, 1440, 15):
        instant = datetime.combine(night, time(), UTC) + timedelta(minutes=minute)
        now = opening(rows, instant.astimezone(LONDON), CALENDAR)
        for change in (now.until, now.opens_at):
            assert change is None or instant < change.astimezone(UTC), instant


# Any schedule: a week cut into ranges of days, and for each range any spells, also some that touch, or none.

CUTS = [WEEK, ("Mon-Thu", "Fri", "Sat-Sun"), ("Mon-Fri", "Sat", "Sun"), ("Mon", "Tue-Wed", "Thu-Sun"), ("Mon-Sun",)]
MINUTES = st.sampled_from([0, 90, 510, 990, 1020, 1439, 1440]) | st.integers(0, 1440)
BOUNDS = st.lists(MINUTES, min_size=2, max_size=6, unique=True)
MOMENTS = st.builds(
    lambda day, minute, second: on("2026-10-29T00:00") + timedelta(day, second, minutes=minute),
    st.sampled_from(range(3, 415)) | st.sampled_from([55, 60, 147, 150, 151, 367, 2, 415]),  # holidays, changes, edges
    st.integers(0, 1439),
    st.sampled_from([0, 0.000001, 59.999999]),
)


@st.composite
def spells(draw: st.DrawFn) -> list[tuple[int, int]]:
    """Some of the stretches between bounds."""
    stretches = list(pairwise(sorted(draw(BOUNDS))))
    return [stretch for stretch in stretches if draw(st.booleans())]


@st.composite
def weeks(draw: st.DrawFn) -> dict[str, list[tuple[int, int]]]:
    """Spells for every day and for bank holidays: nothing left unsaid."""
    return {days: draw(spells()) for days in (*draw(st.sampled_from(CUTS)), "bank-holidays")}


def written(week: Mapping[str, list[tuple[int, int]]]) -> Rows:
    """Rows for a week, `closed` where there are no hours."""
    rows: list[Mapping[str, str | bool]] = []
    for days, stretches in week.items():
        rows += [hours(days, CLOCKS[start], CLOCKS[end]) for start, end in stretches]
        rows += [] if stretches else [{"days": days, "closed": True}]
    return rows


@st.composite
def schedules(draw: st.DrawFn) -> Rows:
    """Rows for a week of which some days may be unknown or have no row at all."""
    week = draw(weeks())
    said = {days: draw(st.sampled_from(["hours", "hours", "hours", "unknown", "nothing"])) for days in week}
    rows = written({days: stretches for days, stretches in week.items() if said[days] == "hours"})
    unknown: Rows = [{"days": days, "unknown": True} for days in week if said[days] == "unknown"]
    return [*rows, *unknown]


def moments_between(rows: Rows, start: datetime, end: datetime) -> Iterator[datetime]:
    """Every moment after `start` and before `end` at which anything could change, and the minute before each."""
    clocks = {"00:00"} | {str(row[key]) for row in rows for key in ("opens_at", "closes_at") if key in row}
    bounds = {CLOCKS.index(clock) + step for clock in clocks for step in (-1, 0)}
    midnight = datetime.combine(start.date(), time(), LONDON)
    for number in range((end.date() - start.date()).days + 2):
        for bound in sorted(bounds):
            moment = midnight + timedelta(days=number, minutes=bound)
            if start < moment < end:
                yield moment


@pytest.mark.deep
@settings(deadline=None, max_examples=150, database=None)
@given(schedules(), MOMENTS)
def test_line_is_closed_until_it_opens(rows: Rows, at: datetime) -> None:
    """A closed line is closed at every moment before the opening time it gives, and open then."""
    now = opening(rows, at, NARROW)
    if now.opens_at:
        assert now.open is False
        assert opening(rows, now.opens_at, NARROW).open
        assert {False} >= {opening(rows, moment, NARROW).open for moment in moments_between(rows, at, now.opens_at)}


@settings(deadline=None, max_examples=150, database=None)
@given(schedules(), MOMENTS)
def test_line_is_open_until_it_closes(rows: Rows, at: datetime) -> None:
    """An open line is open at every moment before the closing time it gives, and not known to be open then."""
    now = opening(rows, at, NARROW)
    if now.until:
        assert now.open
        assert not opening(rows, now.until, NARROW).open
        assert {True} >= {opening(rows, moment, NARROW).open for moment in moments_between(rows, at, now.until)}


@settings(deadline=None, max_examples=80, database=None)
@given(schedules(), MOMENTS)
def test_any_schedule_agrees_with_the_oracle(rows: Rows, at: datetime) -> None:
    """Whatever the rows and the moment, the answer is the one spelt out minute by minute."""
    minute = at.replace(second=0, microsecond=0)
    line = timeline(rows, at.date(), 16, NARROW)
    assert oracle(line, at.hour * 60 + at.minute) == answer(opening(rows, at, NARROW), minute)


@pytest.mark.deep
@settings(deadline=None, max_examples=150, database=None)
@given(weeks(), MOMENTS)
def test_any_line_and_its_complement_take_turns(week: dict[str, list[tuple[int, int]]], at: datetime) -> None:
    """On known days one is open and the other closed, and the one opens when the other closes."""
    bounds = {days: [0, *(bound for spell in stretches for bound in spell), 1440] for days, stretches in week.items()}
    pairs = {days: zip(ends[::2], ends[1::2], strict=True) for days, ends in bounds.items()}
    gaps = {days: [(start, end) for start, end in found if start < end] for days, found in pairs.items()}
    one, other = opening(written(week), at, CALENDAR), opening(written(gaps), at, CALENDAR)
    assert {True, False} == {one.open, other.open}
    assert (one.until, one.opens_at) == (other.opens_at, other.until)


@settings(deadline=None, max_examples=100, database=None)
@given(weeks().filter(lambda week: any(week.values())))
def test_schedules_without_fault_are_let_through(week: dict[str, list[tuple[int, int]]]) -> None:
    """Spells that touch, days that are closed and a close at 24:00 are no faults."""
    assert not schedule_faults(written(week))


@pytest.mark.parametrize(
    ("expected", "days"),
    [
        ({0}, "Mon"),
        ({6}, "Sun"),
        ({0, 1, 2, 3}, "Mon-Thu"),
        ({5, 6}, "Sat-Sun"),
        ({2}, "Wed-Wed"),
        (None, "bank-holidays"),
    ],
)
def test_days_of_a_row_are_read(expected: set[int] | None, days: str) -> None:
    """A day, a range of days, or bank holidays, which are no weekday."""
    assert expected == row_days(days)


@pytest.mark.parametrize("days", ["", "Funday", "monday", "Mon-", "-Fri", "Mon-Wed-Fri", "Mon, Tue", "bank-holiday"])
def test_days_that_cannot_be_read_are_refused(days: str) -> None:
    """The refusal repeats the words and says what would do."""
    with pytest.raises(ValueError, match="is not a day such as Mon, days such as Mon-Thu, or bank-holidays") as refusal:
        row_days(days)
    assert str(refusal.value).startswith(days)


def test_days_that_run_backwards_are_refused() -> None:
    """A range past Sunday is two rows, so that nobody has to guess."""
    with pytest.raises(ValueError, match=r"^Fri-Mon runs backwards: write two rows$"):
        row_days("Fri-Mon")


ONE_OF = "needs opens_at and closes_at, or closed: yes, or unknown: yes, and only one of these"
PAST_MIDNIGHT = "for hours past midnight write two rows"
UNREADABLE = "is not a day such as Mon, days such as Mon-Thu, or bank-holidays"
OVERLAP = "overlap or contradict each other"
MONDAY = hours("Mon", "09:00", "17:00")


@pytest.mark.parametrize(
    ("expected", "rows"),
    [
        (f"Mon {ONE_OF}", [{"days": "Mon"}]),
        (f"Mon {ONE_OF}", [{"days": "Mon", "opens_at": "09:00"}]),
        (f"Mon {ONE_OF}", [{"days": "Mon", "closes_at": "17:00", "closed": True}]),
        (f"Mon {ONE_OF}", [{**MONDAY, "closed": True}]),
        (f"Mon {ONE_OF}", [{**MONDAY, "unknown": True}]),
        (f"Tue {ONE_OF}", [MONDAY, {"days": "Tue", "closed": True, "unknown": True}]),
        (f"Tue {ONE_OF}", [MONDAY, {"days": "Tue", "closed": False}]),
        (f"Mon opens at 17:00 but closes at 09:00: {PAST_MIDNIGHT}", [hours("Mon", "17:00", "09:00")]),
        (f"Mon opens at 17:00 but closes at 00:00: {PAST_MIDNIGHT}", [hours("Mon", "17:00", "00:00")]),
        (f"Mon opens at 09:00 but closes at 09:00: {PAST_MIDNIGHT}", [hours("Mon", "09:00", "09:00")]),
        (f"Mon opens at 24:00 but closes at 24:00: {PAST_MIDNIGHT}", [hours("Mon", "24:00", "24:00")]),
        (f"the rows for Mon {OVERLAP}", [MONDAY, MONDAY]),
        (f"the rows for Wed {OVERLAP}", [hours("Mon-Wed", "09:00", "17:00"), hours("Wed-Fri", "16:59", "18:00")]),
        (f"the rows for Mon, Tue {OVERLAP}", [hours("Mon-Tue", "12:00", "13:00"), hours("Mon-Sun", "09:00", "17:00")]),
        (f"the rows for Mon {OVERLAP}", [{"days": "Mon", "closed": True}, MONDAY]),
        (f"the rows for Mon {OVERLAP}", [MONDAY, {"days": "Mon", "unknown": True}]),
        (f"the rows for Tue {OVERLAP}", [MONDAY, *[{"days": "Tue", "closed": True}] * 2]),
        (f"the rows for bank-holidays {OVERLAP}", [*HOLIDAYS_ONLY, *HOLIDAYS_ONLY]),
        ("these rows are never open", []),
        ("these rows are never open", [{"days": "Mon-Sun", "closed": True}, {"days": "bank-holidays", "closed": True}]),
        ("Fri-Mon runs backwards: write two rows", [hours("Fri-Mon", "09:00", "17:00")]),
        (f"Funday {UNREADABLE}", [hours("Funday", "09:00", "17:00")]),
    ],
)
def test_fault_in_a_schedule_is_said_in_a_sentence(expected: str, rows: Rows) -> None:
    """Each fault is found, is the only one found, and is said in plain words."""
    assert [expected] == schedule_faults(rows)


@pytest.mark.parametrize("schedule", ["always", "unknown", *SCHEDULES.values(), EVERY_MINUTE, OFFICE_UNKNOWN])
def test_schedule_without_fault_has_none(schedule: str | Rows) -> None:
    """The schedules in these tests are right, and a week whose hours are not known may be open."""
    assert [] == schedule_faults(schedule)


def test_calendar_is_read_from_a_record() -> None:
    """The dates of a toolkit arrive as text."""
    record = {"division": "England", "starts": "2026-01-01", "ends": "2026-12-31", "dates": ["2026-12-25"]}
    expected = Calendar(date(2026, 1, 1), date(2026, 12, 31), frozenset({date(2026, 12, 25)}))
    assert expected == Calendar.of(record)


def published() -> str:
    """The part of the toolkit that holds the bank holidays."""
    whole, part = ROOT / "data/toolkit.yaml", ROOT / "data/parts/05-bank-holidays.yaml"
    text = (whole if whole.exists() else part).read_text(encoding="utf-8")
    found = re.search(r"^bank_holidays:\n((?: .*\n|\n)+)", text, re.MULTILINE)
    assert found, "there are no bank holidays"
    return found[1]


def test_published_bank_holidays_are_those_of_england() -> None:
    """The dates in the toolkit are those the `holidays` package gives for every year the calendar covers, in order."""
    record = dict(re.findall(r"^  (starts|ends): (.+)$", published(), re.MULTILINE))
    record["dates"] = re.findall(r"^    - (\d{4}-\d\d-\d\d)(?:  # .+)?$", published(), re.MULTILINE)
    calendar = Calendar.of(record)
    assert (date(calendar.starts.year, 1, 1), date(calendar.ends.year, 12, 31)) == (calendar.starts, calendar.ends)
    years = range(calendar.starts.year, calendar.ends.year + 1)
    expected = sorted(country_holidays("GB", subdiv="ENG", years=years))
    assert [day.isoformat() for day in expected] == record["dates"]


def test_hours_load_nothing_heavy() -> None:
    """Loading the module loads neither the toolkit nor pydantic, as every command does so."""
    check = [sys.executable, "-c", "import sys, cst.hours; print(*sys.modules)"]
    loaded = subprocess.run(check, cwd=ROOT, capture_output=True, text=True, check=True).stdout.split()
    assert "cst.hours" in loaded
    assert not {"pydantic", "yaml", "rich", "typer", "zoneinfo", "cst.source.open"} & set(loaded)
