"""One service of a feed as a contact of a local file: what is taken, and each thing that is left out with its reason.

Its name, where it serves and when it was last looked at must be known, else the service is left out. It is never
confirmed by being imported: its status says that nobody has, and it fills no role, so that no plan calls it first.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator, Mapping
from datetime import date
from typing import TYPE_CHECKING, Any, NamedTuple

from cst.exchange import feed_words
from cst.exchange.feed_fields import not_read
from cst.exchange.feed_file import has_twice
from cst.exchange.feed_hours import UNKNOWN, hours_of
from cst.exchange.feed_phones import KnownNumbers, phones_of
from cst.exchange.feed_words import LeftOut, words
from cst.exchange.open_referral_hours import CLOCKS, OUT_OF_HOURS
from cst.exchange.open_referral_terms import HOURS, SOURCE, said_of, terms_of
from cst.toolkit.names import normal
from cst.toolkit.places import place_called
from cst.views.timetable import timetable

if TYPE_CHECKING:
    from cst.toolkit.toolkit import Toolkit

_READ = re.compile(r".*Read: (\d{4}-\d\d-\d\d)\.", re.ASCII | re.DOTALL)
MOST_AREAS = 50
OLDEST = 2000
MOST_NAME = 120


class _NoWay(LeftOut):
    """Nothing is left by which it could be reached: what was left out before says why."""


class Known(NamedTuple):
    """What a service is read against: the toolkit, its numbers, the day it is, and the area of one that names none."""

    toolkit: Toolkit
    numbers: KnownNumbers
    today: date
    serves: str | None = None


class Read(NamedTuple):
    """What a service came to.

    Attributes:
        record: the fields of the contact but for its evidence; none where the service is left out.
        dated: the day on which it was last looked at, in its own words.
        left_out: each field that is not taken, with the reason; the field "" is the whole service.
    """

    record: dict[str, Any]
    dated: date
    left_out: tuple[tuple[str, str], ...]


def contact_of(service: Any, known: Known) -> Read:
    """One service as a contact.

    Args:
        service: as it stands in the feed.
        known: what it is read against.
    """
    left_out: list[tuple[str, str]] = []

    def leave_out(field: str, why: str) -> None:
        left_out.append((field, why))

    try:
        record, dated = _read(service, known, leave_out)
    except LeftOut as why:
        before = left_out if isinstance(why, _NoWay) else ()
        return Read({}, date.min, (("", str(why)), *dict.fromkeys(before)))
    return Read(record, dated, tuple(dict.fromkeys(left_out)))


def _read(service: Any, known: Known, leave_out: Callable[[str, str], None]) -> tuple[dict[str, Any], date]:
    if not isinstance(service, dict):
        raise LeftOut("it is no set of fields")
    if has_twice(service):
        raise LeftOut("a field stands twice in it, and nobody knows which holds")
    name, dated = _name(service), _dated(service, known.today)
    status = service.get("status")
    if status != "active":
        raise LeftOut(f"its status is {status}" if status in _STATES else "it does not say that it is active")
    serves = _serves(service, known, leave_out)
    phones = phones_of(service, known.numbers, leave_out)
    schedule, about_hours = _hours(service, known.today, leave_out)

    def taken(field: str, reads: Callable[[Any], str] = words) -> str | None:
        if service.get(field) in (None, ""):
            return None
        try:
            return reads(service[field])
        except LeftOut as why:
            leave_out(field, str(why))
            return None

    who_for, description = taken("eligibility_description"), taken("description")
    if who_for and description and who_for != description:
        leave_out("description", "a local file has no place for it beside whom it is for")
    other = taken("alternate_name")
    if other and normal(other) in known.toolkit.names:
        leave_out("alternate_name", "cst has something of that name already")
        other = None
    address, url = taken("email", feed_words.mail), taken("url", feed_words.page)
    if not (phones or address or url):
        raise _NoWay("there is nothing in it by which a local file could reach it")
    not_read(service, leave_out)
    record = {
        "name": name,
        "alternate_name": [other] if other else None,
        "serves": serves,
        "who_for": who_for or description,
        "status": "unconfirmed",
        "phones": phones,
        "emails": [{"address": address}] if address else None,
        "url": url,
        "schedule": schedule,
        "out_of_hours": OUT_OF_HOURS in said_of(service, HOURS) or None,
        "application_process": taken("application_process"),
        "confidence": "third party only",
        "caution": about_hours,
        "alert": taken("alert"),
    }
    return {field: value for field, value in record.items() if value not in (None, "", [])}, dated


_STATES = ("inactive", "defunct", "temporarily closed")


def _name(service: Mapping[str, Any]) -> str:
    try:
        name = words(service.get("name"))
    except LeftOut as why:
        raise LeftOut(f"its name cannot be taken: {why}") from None
    if len(name) > MOST_NAME or not any(sign.isalpha() for sign in name):
        raise LeftOut("its name cannot be taken: it is too long, or has no letters")
    return unicodedata.normalize("NFC", name)


def _dated(service: Mapping[str, Any], today: date) -> date:
    """The day on which it was last looked at: confirmed, changed, or read by `cst` in a source."""
    told = [service.get("assured_date"), service.get("last_modified")]
    told += [found[1] for term in terms_of(service, SOURCE) if (found := _READ.fullmatch(str(term.get("description"))))]
    days = [day for text in told if (day := _day(text))]
    if not days:
        raise LeftOut("it does not say when it was last looked at")
    if max(days).year < OLDEST:
        raise LeftOut(f"it says {max(days).isoformat()}, before there were such feeds")
    if max(days) > today:
        raise LeftOut(f"it says {max(days).isoformat()}, a day that has not come")
    return max(days)


def _day(text: Any) -> date | None:
    try:
        return date.fromisoformat(text[:10]) if isinstance(text, str) else None
    except ValueError:
        return None


def _serves(service: Mapping[str, Any], known: Known, leave_out: Callable[[str, str], None]) -> list[str]:
    """The areas that it serves. A town is none: what is said of a part does not hold for the whole."""
    listed = service.get("service_areas")
    areas = listed[:MOST_AREAS] if isinstance(listed, list) else []
    named = [one["name"] for one in areas if isinstance(one, dict) and isinstance(one.get("name"), str)]
    if not named:
        if known.serves:
            return [known.serves]
        raise LeftOut("it does not say where it serves; give --serves AREA for these")
    found: list[str] = []
    for name in named:
        place = place_called(known.toolkit, name)
        if place.area and place.says is None:
            found.append(place.area)
        else:
            leave_out("service_areas", "it names a place that is no area here")
    if not found:
        raise LeftOut("it serves only places that are no areas here")
    return list(dict.fromkeys(found))


def _hours(service: Mapping[str, Any], today: date, leave_out: Callable[[str, str], None]) -> tuple[Any, str]:
    """Its schedule, and what the feed adds in words about it, which is a caution."""
    schedules = service.get("schedules")
    schedule, why = hours_of(schedules, said_of(service, HOURS), today)
    if why:
        leave_out("schedules", why)
        return UNKNOWN, ""
    said = list(_about_hours(schedules if isinstance(schedules, list) else [], schedule))
    if not said:
        return schedule, ""
    try:
        return schedule, words(f"The feed says of its hours: {'; '.join(said)}")
    except LeftOut as odd:
        leave_out("schedules", f"words about the hours cannot be taken, so they are not known: {odd}")
        return UNKNOWN, ""


def _about_hours(schedules: list[Any], schedule: Any) -> Iterator[str]:
    """What stands in words beside the hours, each once, but for what `cst` itself writes there."""
    own = {timetable(schedule), CLOCKS}
    texts = (one.get(field) for one in schedules if isinstance(one, dict) for field in ("description", "notes"))
    yield from dict.fromkeys(text for text in texts if isinstance(text, str) and text.strip() and text not in own)
