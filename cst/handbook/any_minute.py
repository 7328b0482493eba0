"""A contact as it is at any minute: its hours as a timetable, in place of whether it answers at this one.

What is printed is read at another minute than the one it was made at, so nothing here says "open now".
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from cst.views.timetable import NOT_KNOWN, timetable

if TYPE_CHECKING:
    from collections.abc import Iterator

    from cst import contract
    from cst.source import records
    from cst.toolkit.toolkit import Toolkit

_ELSEWHERE = re.compile(r"see cst lookup [a-z0-9-]+")


def without_commands(text: str) -> str:
    """The text without what only a command line has."""
    return _ELSEWHERE.sub("see its own entry", text)


def at_any_minute(toolkit: Toolkit, contact: contract.Contact) -> contract.Contact:
    """The contact with its hours as a timetable."""
    record = toolkit.kind("contacts")[contact["id"]]
    hours = _hours(record, record.get("schedule", "unknown"))
    phones = [_phone(record, phone) for phone in contact["phones"]]
    open_ = None if hours.startswith(NOT_KNOWN) else True  # a service without a number says its hours only so
    return {**contact, "phones": phones, "open": open_, "hours": hours}


def _phone(record: records.Contact, phone: contract.Phone) -> contract.Phone:
    own = phone_of(record, phone)
    hours = _hours(record, schedule_of(record, own))
    note = ". ".join(text.rstrip(".") for text in (phone["cost"], phone["note"]) if text)
    says = f"{note[0].upper()}{note[1:]}." if note else None
    return {**phone, "open": None, "until": None, "opens_at": None, "hours": hours, "cost": None, "note": says}


def phone_of(record: records.Contact, phone: contract.Phone) -> records.Phone:
    """A phone as it stands in the data."""
    return next(one for one in record["phones"] if (one["number"], one["kind"]) == (phone["number"], phone["kind"]))


def schedule_of(record: records.Contact, phone: records.Phone) -> records.Schedule:
    """When one phone of a contact answers: as it says itself, or else as the contact does."""
    return phone["schedule"] if "schedule" in phone else record.get("schedule", "unknown")


def _hours(record: records.Contact, schedule: records.Schedule) -> str:
    """The timetable; where a local file corrects the contact, with what cst has."""
    says = timetable(schedule, out_of_hours=record.get("out_of_hours", False))
    shipped = record.get("shipped")
    if shipped is None:
        return says
    before = timetable(shipped.get("schedule", "unknown"), out_of_hours=shipped.get("out_of_hours", False))
    return says if before == says else f"{says}; cst says {before}"


def schedules(toolkit: Toolkit) -> dict[str, records.Schedule]:
    """Each timetable in words with the schedule that it tells: what the script of the page works with.

    What a local file corrects is left out: two schedules stand there, and the words say both.
    """
    return dict(pair for record in toolkit.kind("contacts").values() for pair in _told(record))


def _told(record: records.Contact) -> Iterator[tuple[str, records.Schedule]]:
    if "shipped" in record:
        return
    out_of_hours = record.get("out_of_hours", False)
    for schedule in (
        record.get("schedule", "unknown"),
        *(schedule_of(record, one) for one in record.get("phones", ())),
    ):
        if not isinstance(schedule, str) or schedule == "always":
            yield timetable(schedule, out_of_hours=out_of_hours), schedule
