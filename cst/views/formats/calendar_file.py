"""A list of calls as a calendar file (iCalendar, RFC 5545): one all-day entry each, on the day it is due."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime, timedelta

from cst.views.formats.content_lines import content, escaped


def calendar_file(items: Iterable[Mapping[str, str]], now: datetime) -> str:
    """The whole file.

    Args:
        items: calls, each with id, title, due (an ISO date), urgency and ask.
        now: the moment; what was due before stands on this day.
    """
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//cst//verify//EN"]
    lines += [line for item in items for line in _entry(item, now)]
    return content((*lines, "END:VCALENDAR"))


def _entry(item: Mapping[str, str], now: datetime) -> Iterator[str]:
    day = max(datetime.fromisoformat(item["due"]).date(), now.date())
    yield "BEGIN:VEVENT"
    yield f"UID:{item['id']}@cst"
    yield f"DTSTAMP:{(now - (now.utcoffset() or timedelta())):%Y%m%dT%H%M%SZ}"
    yield f"DTSTART;VALUE=DATE:{day:%Y%m%d}"
    yield f"SUMMARY:{escaped('Confirm: ' + item['title'])}"
    yield f"DESCRIPTION:{escaped(' '.join((item['ask'], 'Then: cst verify', item['id'])).strip())}"
    yield f"CATEGORIES:{escaped(item['urgency'])}"
    yield "TRANSP:TRANSPARENT"
    yield "END:VEVENT"
