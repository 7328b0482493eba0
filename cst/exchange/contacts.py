"""The contacts that address books and spreadsheets get: those of the handbook, with its numbers and its words."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from cst.engine.call_order import LAST_RUNG
from cst.engine.contact import Here, describe_contact
from cst.handbook.any_minute import at_any_minute
from cst.handbook.areas import serving
from cst.handbook.book import ordinary_moments
from cst.handbook.sections import Asked
from cst.views.dates import day
from cst.views.page import Ring
from cst.views.pages.contacts import WAYS, contact_items

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from cst import contract
    from cst.source import records
    from cst.toolkit.toolkit import Toolkit


class Service(NamedTuple):
    """A contact as it holds at any minute.

    Attributes:
        record: as it stands in the data.
        contact: as it is described, the numbers in the order of the handbook.
        notes: what to know of it, each a sentence or more, warnings first: what a look-up of it says.
    """

    record: records.Contact
    contact: contract.Contact
    notes: tuple[str, ...]


def asked_about(toolkit: Toolkit, at: datetime, area: str | None) -> Asked:
    """What is asked for, at the handbook's two minutes."""
    return Asked(toolkit, area, ordinary_moments(toolkit, at))


def services(asked: Asked) -> list[Service]:
    """Every contact that can be used, each once: the emergency line, then area by area as in the handbook."""
    names = [name for one in serving(asked) for name in one.new]
    return [_service(asked, name) for name in sorted(names, key=lambda name: name != LAST_RUNG)]


def _service(asked: Asked, name: str) -> Service:
    toolkit = asked.toolkit
    contact = at_any_minute(toolkit, describe_contact(toolkit, name, Here(asked.area, asked.moments.day)))
    return Service(toolkit.kind("contacts")[name], contact, tuple(_notes(contact)))


def _notes(contact: contract.Contact) -> Iterator[str]:
    """What stands beside its numbers where all of it is said, without what belongs to one number alone."""
    own = {phone["note"] for phone in contact["phones"]}
    if contact["who_for"]:
        yield contact["who_for"]
    for item in contact_items([contact], [], None, full=contact["id"]):
        notes = getattr(item, "notes", ())
        yield from (note for note in notes if not (isinstance(item, Ring) and note in own))


def way(phone: contract.Phone) -> str:
    """What to do with a number, in a word: ring, text, textphone, relay, video."""
    return WAYS.get(phone["kind"], phone["kind"])


def made_on(toolkit: Toolkit, at: datetime) -> str:
    """From which edition something was made, and on which day: an old card or row can be told."""
    return f"cst, edition {toolkit.records['edition']['version']}, {day(at.date().isoformat())}"


def ended(text: str) -> str:
    """The text with a stop at its end."""
    return text if text.endswith((".", "?", "!")) else f"{text}."
