"""Moments and days as a person would write them. Text that is no date comes back as it is."""

from __future__ import annotations

from datetime import date, datetime

_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")


def moment(at: str) -> str:
    """An ISO moment in full: Fri 27 Nov 2026 16:45."""
    then = _moment(at)
    return f"{_DAYS[then.weekday()]} {_day(then)} {then:%H:%M}" if then else at


def short_moment(at: str) -> str:
    """An ISO moment without its year: Fri 27 Nov 16:45."""
    then = _moment(at)
    return f"{_DAYS[then.weekday()]} {then.day} {_MONTHS[then.month - 1]} {then:%H:%M}" if then else at


def day(text: str) -> str:
    """An ISO date: 27 Nov 2026. "undated" stays."""
    try:
        return _day(date.fromisoformat(text))
    except ValueError:
        return text


def _moment(text: str) -> datetime | None:
    try:
        return datetime.fromisoformat(text)
    except ValueError:
        return None


def _day(then: date) -> str:
    return f"{then.day} {_MONTHS[then.month - 1]} {then.year:04}"
