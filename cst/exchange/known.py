"""All that is known as one JSON document, each thing once: what another program needs to show it without `cst`."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from cst import CONTRACT
from cst.engine.describe import area_name, describe_edition, describe_source
from cst.engine.entry import entry
from cst.exchange.contacts import asked_about, services
from cst.handbook.any_minute import phone_of, schedule_of
from cst.handbook.sections import any_minute_entry

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from cst import contract
    from cst.exchange.contacts import Service
    from cst.handbook.sections import Asked
    from cst.source import records
    from cst.toolkit.toolkit import Toolkit

ENTRIES = ("issues", "pathways", "schemes", "roles", "cautions", "terms", "areas")


def known(toolkit: Toolkit, at: datetime, area: str | None) -> contract.Known:
    """All of it.

    Args:
        toolkit: what is known.
        at: the minute it is made, in Europe/London.
        area: the area it is for; None for all areas.
    """
    asked = asked_about(toolkit, at, area)
    return {
        "cst": CONTRACT,
        "kind": "toolkit",
        "edition": describe_edition(toolkit),
        "area": area,
        "area_name": area_name(toolkit, area),
        "at": at.isoformat(timespec="minutes"),
        "day": asked.moments.day.isoformat(timespec="minutes"),
        "night": asked.moments.night.isoformat(timespec="minutes"),
        "bank_holidays": list(toolkit.records["bank_holidays"]["dates"]),
        "contacts": [_contact(service) for service in services(asked)],
        "past": [_past(name, one) for name, one in toolkit.kind("contacts").items() if one["status"] == "historic"],
        "entries": [one for kind in ENTRIES for one in _entries(asked, kind)],
        "sources": [describe_source(toolkit, name) for name in toolkit.kind("sources")],
    }


def _contact(service: Service) -> contract.KnownContact:
    """What is described of it, but for what is of one minute alone."""
    record, contact, _ = service
    found = {
        **{key: value for key, value in contact.items() if key in _SAME},
        "also_known_as": list(record.get("alternate_name", ())),
        "serves": list(record["serves"]),
        "fills": list(record.get("fills", ())),
        "phones": [_phone(record, phone) for phone in contact["phones"]],
        "schedule": _rows(record, record.get("schedule", "unknown")),
        "sources": [source["id"] for source in contact["sources"]],
    }
    return cast("contract.KnownContact", found)


_SAME = (
    "id", "name", "status", "hours", "emails", "url", "who_for", "application_process", "have_ready", "if_no_answer",
    "caution", "alert", "assured_date", "seen", "review_by", "old", "confidence", "settle", "conflicts", "local",
    "beside",
)  # fmt: skip


def _phone(record: records.Contact, phone: contract.Phone) -> contract.KnownPhone:
    own = phone_of(record, phone)
    return {
        "number": phone["number"],
        "kind": phone["kind"],
        "schedule": _rows(record, schedule_of(record, own)),
        "hours": phone["hours"],
        "note": own.get("note"),
        "cost": own.get("cost"),
    }


def _rows(record: records.Contact, schedule: records.Schedule) -> str | list[dict[str, object]] | None:
    """The schedule; None where a local file corrects the contact: then two stand there, and the words say both."""
    if "shipped" in record:
        return None
    return schedule if isinstance(schedule, str) else [dict(row) for row in schedule]


def _past(name: str, record: records.Contact) -> contract.KnownPast:
    return {
        "id": name,
        "name": record["name"],
        "old_numbers": list(record.get("old_numbers", ())),
        "old_emails": list(record.get("old_emails", ())),
        "became": dict(record["became"]) if "became" in record else None,
    }


def _entries(asked: Asked, kind: str) -> Iterator[contract.KnownEntry]:
    """Each entry of a kind; a local correction that is out of date stands with what it corrected."""
    toolkit = asked.toolkit
    for name, record in toolkit.kind(kind).items():
        if "beside" in record:
            continue
        day = any_minute_entry(toolkit, entry(toolkit, kind, name, asked.moments.day, asked.area))
        night = entry(toolkit, kind, name, asked.moments.night, asked.area)
        found = {
            **{key: value for key, value in day.items() if key in _SHOWN},
            "contacts": [one["id"] for one in day["contacts"]],
            "first_by_day": day["first"],
            "first_at_night": night["first"],
            "see_also": [link["id"] for link in day["see_also"]],
            "sources": [source["id"] for source in day["sources"]],
        }
        yield cast("contract.KnownEntry", found)


_SHOWN = (
    "id", "type", "title", "also_known_as", "summary", "lists", "who_leads", "law", "urgency", "steps", "do_nots",
    "unfilled", "have_ready",
)  # fmt: skip
