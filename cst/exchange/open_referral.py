"""Contacts as a page of services in the form of Open Referral: HSDS 3.0, or its UK profile.

Each contact that can be used is a service. What the standard has no field for stands in words in the description of
the service, and as attributes; docs/open-referral.md has the table. Nothing is put into a field that means something
else. The same toolkit gives the same bytes: no clock is read, and ids come from names.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from cst.engine.describe import area_name, describe_edition
from cst.exchange import open_referral_hours as hours
from cst.exchange.open_referral_terms import (
    HOURS,
    HSDS,
    NAME,
    ROLE,
    STATE,
    SURE,
    UK,
    WAY,
    Asked,
    address,
    attribute,
    id_of,
    service_id,
    source,
)
from cst.exchange.open_referral_words import hours_agree, says, schedule_for, sentence, who_for
from cst.views.dates import day
from cst.views.timetable import timetable

if TYPE_CHECKING:
    from collections.abc import Iterator

    from cst.source import records
    from cst.toolkit.toolkit import Toolkit

TYPES = {"voice": "voice", "sms": "text", "textphone": "textphone", "video": "video"}  # of RFC 6350, which lacks relay


def feed(asked: Asked) -> str:
    """The whole file, in ASCII alone: it is the same whatever letters the console writes it with."""
    return json.dumps(page(asked), indent=1) + "\n"


def page(asked: Asked) -> dict[str, Any]:
    """One page of services, as an API of the standard gives it."""
    services = [_service(asked, name, record) for name, record in _usable(asked)]
    return {
        "version": "3.0",
        "profile": "HSDS 3.0, UK profile" if asked.profile == UK else "HSDS 3.0",
        "description": _about(asked),
        "total_items": len(services),
        "total_pages": 1,
        "page_number": 1,
        "size": len(services),
        "first_page": True,
        "last_page": True,
        "empty": not services,
        "contents": services,
    }


def _usable(asked: Asked) -> Iterator[tuple[str, records.Contact]]:
    """The contacts of the area: none of the past, and no correction that is out of date."""
    around = set(asked.toolkit.around(asked.area)) if asked.area else None
    for name, record in asked.toolkit.kind("contacts").items():
        here = around is None or not around.isdisjoint(record["serves"])
        if here and record["status"] != "historic" and "beside" not in record:
            yield name, record


def _about(asked: Asked) -> str:
    """What the file is, and what it leaves out."""
    edition = describe_edition(asked.toolkit)
    place = area_name(asked.toolkit, asked.area) or "all areas"
    return " ".join(
        (
            f"{edition['title']}, edition {edition['version']}, of {day(edition['published'])}, for {place}.",
            sentence(edition["disclaimer"]),
            "In danger now ring the emergency line: it is the first service here.",
            "A service without schedules has hours that nobody states. That does not mean closed.",
            "Schedules are for ordinary weeks. What holds on bank holidays stands in the attributes.",
            hours.CLOCKS,
            "Services of the past, old numbers, and what to do and never to do are left out.",
        )
    )


def _service(asked: Asked, name: str, record: records.Contact) -> dict[str, Any]:
    """One contact, its fields in the order of the standard."""
    its, full = service_id(name, record), asked.profile == HSDS
    phones = [_phone(asked, its, record, phone) for phone in record.get("phones", ())]
    others = record.get("alternate_name", [])
    return _given(
        {
            "id": its,
            "name": record["name"],
            "alternate_name": others[0] if full and others else None,
            "description": " ".join(says(asked, record)),
            "url": address(record.get("url")),
            "email": next((mail["address"] for mail in record.get("emails", ())), None),
            "status": "active",  # also where nobody has confirmed it: "inactive" would say more than is known
            "application_process": record.get("application_process") if full else None,
            "eligibility_description": " ".join(who_for(record)) if full else None,
            "assured_date": record.get("assured_date"),
            "alert": record.get("alert"),
            "phones": phones if full else None,
            "schedules": list(_schedules(its, schedule_for(record))),
            "service_areas": [_area(asked.toolkit, its, area) for area in record["serves"]],
            "contacts": None if full else _contact(its, record, phones),
            "attributes": list(_attributes(asked, its, record, others[1:] if full else others)),
        }
    )


def _given(fields: dict[str, Any]) -> dict[str, Any]:
    """The fields that hold something."""
    return {field: value for field, value in fields.items() if value not in (None, "", [])}


def _schedules(service: str, schedule: records.Schedule | None) -> Iterator[dict[str, Any]]:
    for one in hours.schedules(schedule or "unknown"):
        yield {"id": id_of(service, "schedule", one["byday"], one["opens_at"]), "service_id": service, **one}


def _area(toolkit: Toolkit, service: str, area: str) -> dict[str, Any]:
    name = toolkit.kind("areas")[area]["name"]
    return {"id": id_of(service, "area", area), "service_id": service, "name": name}


def _contact(service: str, record: records.Contact, phones: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """In the UK profile a number hangs on a contact: on the service itself, and never on a person."""
    if not phones:
        return []
    its = id_of(service, "contact")
    numbers = []
    for phone in phones:
        rest = {field: value for field, value in phone.items() if field not in ("id", "service_id")}
        numbers.append({"id": phone["id"], "contact_id": its, **rest})
    return [{"id": its, "service_id": service, "name": record["name"], "phones": numbers}]


def _phone(asked: Asked, service: str, record: records.Contact, phone: records.Phone) -> dict[str, Any]:
    """One number, exactly as it stands in the data. Hours of its own have no field, and stand in words."""
    its, way = id_of(service, "phone", phone["number"], phone["kind"]), phone["kind"]
    own = phone.get("schedule") if hours_agree(record) else None
    words = (phone.get("cost"), phone.get("note"), f"Hours of this number: {timetable(own)}" if own else None)
    said = [*([] if way in TYPES else [(WAY, way)]), *((HOURS, row) for row in (hours.in_full(own) if own else ()))]
    return _given(
        {
            "id": its,
            "service_id": service,
            "number": phone["number"],
            "type": TYPES.get(way),
            "description": " ".join(map(sentence, filter(None, words))),
            "attributes": [attribute(asked, its, "phone", kind, term) for kind, term in said],
        }
    )


def _attributes(asked: Asked, service: str, record: records.Contact, others: list[str]) -> Iterator[dict[str, Any]]:
    """What has no field, and each source."""
    schedule = schedule_for(record)
    said = list(hours.beyond_schedules(schedule)) if schedule else []
    if schedule and record.get("out_of_hours"):
        said.append(hours.OUT_OF_HOURS)
    listed: dict[str, list[str]] = {
        HOURS: said,
        ROLE: [asked.toolkit.kind("roles")[role]["name"] for role in record.get("fills", ())],
        STATE: ["unconfirmed"] if record["status"] == "unconfirmed" else [],
        SURE: [record["confidence"]],
        NAME: others,
    }
    for kind, terms in listed.items():
        yield from (attribute(asked, service, "service", kind, term) for term in dict.fromkeys(terms))
    yield from (source(asked, service, evidence) for evidence in record["evidence"])
