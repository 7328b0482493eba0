"""Moments and days as a person would write them. Text that is no date comes back as it is."""

from __future__ import annotations

from datetime import date, datetime

_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
_FAR = 6  # days ahead from which the name of a day is not enough


def moment(at: str) -> str:
    """An ISO moment in full: Fri 27 Nov 2026 16:45."""
    then = _moment(at)
    return f"{_DAYS[then.weekday()]} {_day(then)} {then:%H:%M}" if then else at


def day(text: str) -> str:
    """An ISO date: 27 Nov 2026. "undated" stays."""
    try:
        return _day(date.fromisoformat(text))
    except ValueError:
        return text


def when(moment: str, at: str) -> str:
    """An ISO moment as seen from another: 08:30 on the same day, else Mon 08:30, or Mon 30 Mar 08:30 when far off."""
    then, now = _moment(moment), _moment(at)
    if then is None or now is None:
        return moment
    away = (then.date() - now.date()).days
    if not away:
        return f"{then:%H:%M}"
    name = _DAYS[then.weekday()]
    return f"{name} {then.day} {_MONTHS[then.month - 1]} {then:%H:%M}" if away > _FAR else f"{name} {then:%H:%M}"


def _moment(text: str) -> datetime | None:
    try:
        return datetime.fromisoformat(text)
    except ValueError:
        return None


def _day(then: date) -> str:
    return f"{then.day} {_MONTHS[then.month - 1]} {then.year:04}"
