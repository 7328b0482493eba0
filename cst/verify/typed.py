"""Reading what somebody typed as they rang: hours, numbers, days, words. What cannot be read says how to write it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from typing import Any

from cst.hours import BANK_HOLIDAYS, DAYS, row_days, schedule_faults
from cst.source.number_kinds import can_be_rung, in_digits, unfit
from cst.source.overlay_words import MOST_WORDS, Unfit, unfit_words

OLDEST = 366  # days ago on which somebody may have been asked

_ALWAYS = ("always", "24 hours", "24/7", "24h", "day and night", "all the time")
_UNKNOWN = ("not known", "unknown", "not sure")
_CLOSED = ("closed", "shut", "none")
_SPANS = {
    "every day": "Mon-Sun",
    "daily": "Mon-Sun",
    "all week": "Mon-Sun",
    "weekdays": "Mon-Fri",
    "weekends": "Sat-Sun",
    "weekend": "Sat-Sun",
    "bank holidays": BANK_HOLIDAYS,
    "bank holiday": BANK_HOLIDAYS,
    BANK_HOLIDAYS: BANK_HOLIDAYS,
}
_LONG = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_DAY = "mon|tues?|weds?|wednes|thur?s?|fri|satur|sat|sun"
_PART = re.compile(
    rf"(?P<days>(?:{_DAY})(?:day)?s?(?:\s*(?:-|to)\s*(?:{_DAY})(?:day)?s?)?|{'|'.join(map(re.escape, _SPANS))})"
    r"[\s:]+(?P<hours>.+)"
)
_TIMES = re.compile(r"(?P<from>\S+?)\s*(?:-|to|until)\s*(?P<to>\S+)")
_TIME = re.compile(r"(?P<hour>\d{1,2})(?:[:.](?P<minute>\d\d))?(?P<half>am|pm)?", re.ASCII)


class NotUnderstood(Exception):
    """What was typed cannot be read; says why, and how to write it."""


def number(text: str) -> str:
    """A telephone number, digits in groups.

    Raises:
        NotUnderstood: it is no number that an ordinary line here has.
    """
    written = in_digits(text)
    if not written:
        raise NotUnderstood(f"{text:.40} is not a telephone number. Write its digits, and no words.")
    if why := unfit(written):
        raise NotUnderstood(f"{written} is {why}. Only an ordinary line can stand here: 01, 02, 03, 07 or 080.")
    if not can_be_rung(written):
        raise NotUnderstood(f"{written} is no number that can be rung here. Are all digits there?")
    return written


def hours(text: str) -> Any:
    """Hours as a schedule: "always", "unknown", or rows.

    Raises:
        NotUnderstood: a part of it cannot be read, or the rows contradict each other.
    """
    plain = " ".join(text.casefold().replace("\u2013", "-").split())
    if plain in _ALWAYS:
        return "always"
    if plain in _UNKNOWN:
        return "unknown"
    rows: Any = [row for part in re.split(r"[;,]", plain) if part.strip() for row in _rows(part.strip())]
    if faults := schedule_faults(rows):
        raise NotUnderstood(f"{faults[0][0].upper()}{faults[0][1:]}.")
    return rows


def bank_holidays(text: str) -> list[dict[str, Any]]:
    """The rows for bank holidays: closed, not known (no row), or times.

    Raises:
        NotUnderstood: it is none of these.
    """
    plain = " ".join(text.casefold().split())
    if plain in _UNKNOWN:
        return []
    if plain in _ALWAYS:
        return [{"days": BANK_HOLIDAYS, "opens_at": "00:00", "closes_at": "24:00"}]
    return list(_on(BANK_HOLIDAYS, plain))


def _rows(part: str) -> Iterator[dict[str, Any]]:
    """The rows of one part, such as "mon-fri 9am-5pm"."""
    found = _PART.fullmatch(part)
    if found is None:
        raise NotUnderstood(f"{part:.40} names no day and hours. Write: Mon-Fri 09:00-17:00; Sat closed")
    yield from _on(_span(found["days"]), found["hours"])


def _span(days: str) -> str:
    if days in _SPANS:
        return _SPANS[days]
    ends = [one.strip()[:3].capitalize() for one in re.split(r"-|\bto\b", days)]
    span = "-".join(ends)
    try:
        row_days(span)
    except ValueError as error:
        raise NotUnderstood(f"{error}.") from None
    return span


def _on(days: str, said: str) -> Iterator[dict[str, Any]]:
    """The rows that say this about these days."""
    if said in _CLOSED:
        yield {"days": days, "closed": True}
        return
    if said in _UNKNOWN:
        yield {"days": days, "unknown": True}
        return
    if said in _ALWAYS:
        said = "00:00-24:00"
    for one in re.split(r"\band\b|&", said):
        found = _TIMES.fullmatch(one.strip())
        if found is None:
            raise NotUnderstood(f"{one.strip():.40} is no time from and to. Write 09:00-17:00, closed, or not known.")
        yield {"days": days, "opens_at": _clock(found["from"]), "closes_at": _clock(found["to"], end=True)}


def _clock(text: str, *, end: bool = False) -> str:
    """A time of day as "08:30"; midnight at the end of a day is "24:00"."""
    if text in ("midnight", "noon", "midday"):
        return "12:00" if text != "midnight" else "24:00" if end else "00:00"
    found = _TIME.fullmatch(text)
    if found is None or (found["half"] is None and found["minute"] is None):
        raise NotUnderstood(f"{text:.20} could be morning or evening. Write 17:00, or 5pm.")
    hour, minute = int(found["hour"]), int(found["minute"] or 0)
    if found["half"]:
        if not 1 <= hour <= 12:
            raise NotUnderstood(f"{text:.20} is no time of day. Write 17:00, or 5pm.")
        hour = hour % 12 + 12 * (found["half"] == "pm")
    if end and (hour, minute) == (0, 0):
        hour = 24
    if minute > 59 or hour > 24 or (hour == 24 and (minute or not end)):
        raise NotUnderstood(f"{text:.20} is no time of day. Write 17:00, or 5pm.")
    return f"{hour:02}:{minute:02}"


def not_named(rows: Sequence[Any]) -> list[str]:
    """The days of the week that no row names: a line is closed on them."""
    named = [row_days(row["days"]) or frozenset() for row in rows]
    return [day for place, day in enumerate(DAYS) if not any(place in days for days in named)]


def says_bank_holidays(schedule: Any) -> bool:
    """Whether a schedule says what holds on bank holidays."""
    return isinstance(schedule, str) or any(row["days"] == BANK_HOLIDAYS for row in schedule)


def as_typed(schedule: Any) -> str:
    """A schedule as one would type it here, and reads back the same; in words for a reader: `views.timetable`."""
    if isinstance(schedule, str):
        return {"always": "always", "unknown": "not known"}[schedule]
    return "; ".join(f"{row['days']} {_row_in_words(row)}" for row in schedule)


def _row_in_words(row: Any) -> str:
    if "opens_at" in row:
        return f"{row['opens_at']}-{row['closes_at']}"
    return "closed" if row.get("closed") else "not known"


def words(text: str) -> str:
    """A sentence or two: nothing in it that can be dialled, and nobody's name.

    Raises:
        NotUnderstood: it has one of these, or is too long.
    """
    kept = " ".join(text.split())
    match unfit_words(kept):
        case Unfit("hidden"):
            raise NotUnderstood("A hidden character stands in it. Type the words again.")
        case Unfit("long"):
            raise NotUnderstood(f"It has {len(kept)} characters; {MOST_WORDS} is the most. Say it shorter.")
        case Unfit("number", found):
            raise NotUnderstood(f"{found} could be dialled. Numbers stand in their own place: name the service.")
        case Unfit("person", found):
            raise NotUnderstood(f'"{found}" looks like a person. Write the role: people move on.')
    return kept


def day(text: str, today: date, not_before: str = "") -> str:
    """The day on which somebody was asked, as ISO text.

    Args:
        text: today, yesterday, or a date as 2026-12-01.
        today: the day it is.
        not_before: the day on which it was confirmed before, if it was: older word does not replace newer.

    Raises:
        NotUnderstood: it is no day, or one to come, or too long ago.
    """
    plain = text.strip().casefold()
    if plain in ("today", "yesterday"):
        then = today - timedelta(plain == "yesterday")
    else:
        try:
            then = date.fromisoformat(plain)
        except ValueError:
            raise NotUnderstood(f"{text:.20} is no day. Write today, yesterday or {today.isoformat()}.") from None
    if then > today:
        raise NotUnderstood(f"{then.isoformat()} has not come yet. Write the day on which you asked.")
    if then < today - timedelta(OLDEST):
        raise NotUnderstood(f"{then.isoformat()} is more than a year ago. Ring again.")
    if not_before and then.isoformat() < not_before:
        raise NotUnderstood(f"It was confirmed on {not_before}, after that. Older word does not replace newer.")
    return then.isoformat()
