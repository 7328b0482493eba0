"""Contacts as an address book: one vCard for each service, never for a person.

Version 3.0 (RFC 2426), and not 4.0 (RFC 6350): the Contacts app of Android's own source refuses 4.0, and reads 3.0. So
a number stands as text, as in the data, and not as a `tel:` URI, which only 4.0 has. What is no voice line has a label.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from cst.engine.call_order import LAST_RUNG
from cst.engine.contact import last_read
from cst.exchange.contacts import asked_about, ended, made_on, services, way
from cst.views.formats.content_lines import content, escaped

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from cst.exchange.contacts import Service
    from cst.toolkit.toolkit import Toolkit

DANGER = "999: danger now"  # digits come before letters in a list of groups


def vcards(toolkit: Toolkit, at: datetime, area: str | None) -> str:
    """The whole file, the emergency line first.

    Args:
        toolkit: what is known.
        at: the minute it is made, in Europe/London.
        area: the area it is for; None for all areas.
    """
    made = f"{made_on(toolkit, at)}. Numbers change: an old card may be wrong."
    found = services(asked_about(toolkit, at, area))
    return content(line for service in found for line in _card(toolkit, service, made))


def _card(toolkit: Toolkit, service: Service, made: str) -> Iterator[str]:
    record, contact, _ = service
    name = escaped(contact["name"])
    yield "BEGIN:VCARD"
    yield "VERSION:3.0"
    yield "PRODID:-//cst//export//EN"
    yield f"UID:{contact['id']}@cst"
    yield f"FN:{name}"
    yield f"N:{name};;;;"
    yield f"ORG:{name}"
    yield "X-ABShowAs:COMPANY"
    yield from _numbers(service)
    yield from (f"EMAIL;TYPE=INTERNET,WORK:{escaped(mail['address'])}" for mail in contact["emails"])
    if contact["url"]:
        yield f"URL:{escaped(contact['url'])}"
    yield f"CATEGORIES:{','.join(map(escaped, _groups(toolkit, service)))}"
    yield f"NOTE:{escaped(chr(10).join((*_hours(service), *map(ended, service.notes), made)))}"
    yield f"REV:{max(last_read(record, toolkit), record.get('assured_date', ''))}"
    yield "END:VCARD"


def _numbers(service: Service) -> Iterator[str]:
    """Each number as it stands in the data; phones drop one that has no type."""
    for place, phone in enumerate(service.contact["phones"], 1):
        if phone["kind"] == "voice":
            yield f"TEL;TYPE=WORK,VOICE:{escaped(phone['number'])}"
        else:
            texted = "CELL" if way(phone) == "text" else "WORK"
            yield f"item{place}.TEL;TYPE={texted}:{escaped(phone['number'])}"
            yield f"item{place}.X-ABLabel:{way(phone).capitalize()}"


def _groups(toolkit: Toolkit, service: Service) -> Iterator[str]:
    """The areas that it serves; the emergency line is in one of its own before all others."""
    if service.contact["id"] == LAST_RUNG:
        yield DANGER
    yield from (toolkit.kind("areas")[area]["name"] for area in service.record["serves"])


def _hours(service: Service) -> Iterator[str]:
    """When each number answers, and what is to know of it alone."""
    phones = service.contact["phones"]
    for phone in phones:
        yield f"{way(phone).capitalize()} {phone['number']}: {ended(phone['hours'])} {phone['note'] or ''}".rstrip()
    if not phones and service.contact["open"] is not None:
        yield ended(f"Hours: {service.contact['hours']}")
