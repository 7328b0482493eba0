"""Whom to ring: somebody answers at every minute, everywhere, and nothing urgent leans on what is gone or old.

Hours change only at the times that rows of hours state. So each line is put to the test at each of those times and
the minute before, on every day of the week, on every bank holiday and the days around it, and on the days on which
the clocks change; at any other minute it is as it was at the one before. A plan may call more lines than a pathway
calls without conditions, never fewer; so the fewest are looked at.
"""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

from cst.checks.proof import Proof, Wrong
from cst.checks.protection import urgent
from cst.checks.triage import LAST_RUNG
from cst.engine.contact import Here, calendar, describe_contact
from cst.hours import opening
from cst.london import LONDON

if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import Any

    from cst.hours import Calendar
    from cst.source import records
    from cst.toolkit.toolkit import Toolkit

MIDNIGHT = ("00:00",)
DAY = 24 * 60  # minutes


def somebody_answers(toolkit: Toolkit, day: date) -> Proof:
    """In every area, for every pathway, scheme and line to find out, whenever hours change: a line is open."""
    moments = list(_moments(toolkit, day))
    open_at = _open_at(toolkit, moments)
    everywhere: list[str | None] = [None, *toolkit.kind("areas")]
    ladders, wrong = 0, []
    for area in everywhere:
        chain = toolkit.around(area)
        for kind, name, asked in _ladders(toolkit):
            ladders += 1
            calls = [call["use"] for call in asked if "when" not in call]
            rungs = {one for call in calls for one, _ in toolkit.filling(call, chain)}
            # A line to find out says whom to ring besides the emergency line: it must not be that which answers for it.
            rungs = rungs - {LAST_RUNG} if kind == "questions" else rungs | {LAST_RUNG}
            shut = _shut(moments, open_at, rungs)
            if shut is not None:
                says = f"nobody answers for {name} in {area or 'no area'} on {shut:%a} {shut:%Y-%m-%d %H:%M}"
                wrong.append(Wrong("nobody-answers", (kind, name), says, "call a line that is always open"))
    tried = f"{ladders} ladders at {len(moments)} moments"
    return Proof("Somebody answers at every minute, in every area", tried, tuple(wrong[:9]))


def _ladders(toolkit: Toolkit) -> Iterator[tuple[str, str, Any]]:
    """Every list of calls: of pathways, of schemes, and of what is to be found out."""
    for kind in ("pathways", "schemes"):
        yield from ((kind, name, record["call"]) for name, record in toolkit.kind(kind).items())
    for name, question in toolkit.kind("questions").items():
        yield from (("questions", name, row["ring"]) for row in question.get("not_sure", ()) if "ring" in row)


def _shut(moments: list[datetime], open_at: dict[str, set[int]], rungs: set[str]) -> datetime | None:
    """The first moment at which none of these answers."""
    if any(len(open_at.get(one, ())) == len(moments) for one in rungs):
        return None
    answering = set[int]().union(*(open_at.get(one, set()) for one in rungs))
    return next((moment for place, moment in enumerate(moments) if place not in answering), None)


def _open_at(toolkit: Toolkit, moments: list[datetime]) -> dict[str, set[int]]:
    """For each contact, the places of the moments at which a phone of its is open."""
    days = calendar(toolkit)
    known: dict[str, set[int]] = {}

    def of(schedule: records.Schedule) -> set[int]:
        key = repr(schedule)
        if key not in known:
            known[key] = set(_open_places(schedule, moments, days))
        return known[key]

    return {
        name: set[int]().union(
            *(of(phone.get("schedule", record.get("schedule", "unknown"))) for phone in record.get("phones", ()))
        )
        for name, record in toolkit.kind("contacts").items()
        if record["status"] != "historic"
    }


def _open_places(schedule: records.Schedule, moments: list[datetime], days: Calendar) -> Iterator[int]:
    """The places of the moments at which a schedule is open: worked out at its own times, at others as just before."""
    own = [_minutes(clock) for clock in (*MIDNIGHT, *_clocks(schedule))]
    turns = {minute % DAY for one in own for minute in (one - 1, one)}
    open_now = False
    for place, at in enumerate(moments):
        if at.hour * 60 + at.minute in turns:
            open_now = bool(opening(schedule, at, days).open)
        if open_now:
            yield place


def _minutes(clock: str) -> int:
    hours, minutes = clock.split(":")
    return int(hours) * 60 + int(minutes)


def _moments(toolkit: Toolkit, day: date) -> Iterator[datetime]:
    """Every change of hours, and the minute before, on every kind of day."""
    clocks = sorted({clock for schedule in _schedules(toolkit) for clock in _clocks(schedule)} | set(MIDNIGHT))
    for one in sorted(_days(toolkit, day)):
        midnight = datetime(one.year, one.month, one.day, tzinfo=LONDON)
        for clock in clocks:
            moment = midnight + timedelta(minutes=_minutes(clock))
            yield from (moment - timedelta(minutes=1), moment)


def _days(toolkit: Toolkit, day: date) -> set[date]:
    """A week from the day, every bank holiday from then on with its neighbours, and the days the clocks change."""
    held = [one for one in calendar(toolkit).dates if one >= day]
    around = {one + timedelta(step) for one in held for step in (-1, 0, 1)}
    clocks = {_last_sunday(day.year + years, month) for years in (0, 1) for month in (3, 10)}
    return {day + timedelta(step) for step in range(7)} | around | clocks


def _last_sunday(year: int, month: int) -> date:
    """The day on which the clocks change, in March and in October."""
    last = date(year, month, 31)
    return last - timedelta((last.weekday() + 1) % 7)


def _schedules(toolkit: Toolkit) -> Iterator[records.Schedule]:
    for record in toolkit.kind("contacts").values():
        yield record.get("schedule", "unknown")
        yield from (phone["schedule"] for phone in record.get("phones", ()) if "schedule" in phone)


def _clocks(schedule: records.Schedule) -> Iterator[str]:
    if not isinstance(schedule, str):
        for row in schedule:
            yield from (row[key] for key in ("opens_at", "closes_at") if key in row)


def urgent_routes_are_fresh(toolkit: Toolkit, day: date) -> Proof:
    """No pathway for now or today calls a contact that is historic, or past its review on the day."""
    tried, wrong = 0, []
    at = datetime(day.year, day.month, day.day, 10, tzinfo=LONDON)
    for name in urgent(toolkit):
        for call in toolkit.kind("pathways")[name]["call"]:
            for one, record in toolkit.kind("contacts").items():
                if one == call["use"] or call["use"] in record.get("fills", ()):
                    tried += 1
                    wrong += list(_gone_or_old(toolkit, name, one, record, at))
    unique = {fault.says: fault for fault in wrong}
    return Proof("No urgent route leans on what is gone or past review", f"{tried} rungs", tuple(unique.values())[:9])


def _gone_or_old(toolkit: Toolkit, pathway: str, name: str, record: records.Contact, at: datetime) -> Iterator[Wrong]:
    said = describe_contact(toolkit, name, Here(None, at))
    if record["status"] == "historic":
        yield Wrong("gone", ("contacts", name), f"{pathway} calls {name}, which is historic", "call what it became")
    elif said["old"]:
        says = f"{pathway} calls {name}, which was to be reviewed by {said['review_by']}"
        yield Wrong("past-review", ("contacts", name), says, "look it up again, and date what you find")


def nothing_past_review(toolkit: Toolkit, day: date) -> Proof:
    """No contact at all is past its review on the day."""
    at = datetime(day.year, day.month, day.day, 10, tzinfo=LONDON)
    live = [name for name, record in toolkit.kind("contacts").items() if record["status"] != "historic"]
    old = [name for name in live if describe_contact(toolkit, name, Here(None, at))["old"]]
    wrong = [
        Wrong("past-review", ("contacts", name), f"{name} is past its review on {day}", "look it up again")
        for name in old
    ]
    return Proof("Nothing is past review on the edition's day", f"{len(live)} contacts", tuple(wrong[:9]))


def reviews_due(toolkit: Toolkit, day: date) -> dict[str, list[str]]:
    """By the day on which it is due: the contacts to be looked up again."""
    at = datetime(day.year, day.month, day.day, 10, tzinfo=LONDON)
    due: dict[str, list[str]] = {}
    for name, record in toolkit.kind("contacts").items():
        if record["status"] != "historic":
            due.setdefault(describe_contact(toolkit, name, Here(None, at))["review_by"], []).append(name)
    return dict(sorted(due.items()))


def proofs(toolkit: Toolkit, day: date) -> Iterator[Proof]:
    """All of them."""
    yield somebody_answers(toolkit, day)
    yield urgent_routes_are_fresh(toolkit, day)
    yield nothing_past_review(toolkit, day)
