"""The sections of the handbook: each record as the page that a look-up shows, at any minute.

Where no area is asked for, a section names the roles that each area fills with numbers of its own.
"""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, NamedTuple

from cst.engine.contact import Here, describe_contact
from cst.engine.entry import WHERE_IT_FITS, entry, title, where_it_fits
from cst.handbook.any_minute import at_any_minute
from cst.views.page import Block, Ring, Words
from cst.views.pages.contacts import contact_items, first_call
from cst.views.pages.entry import entry_page

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from cst import contract
    from cst.source import records
    from cst.toolkit.toolkit import Toolkit
    from cst.views.page import Item


class Moments(NamedTuple):
    """Two ordinary minutes, in Europe/London: on a weekday while offices are open, and in the night to a Sunday."""

    day: datetime
    night: datetime


class Asked(NamedTuple):
    """For which toolkit, area (None: all of them) and minutes the handbook is made."""

    toolkit: Toolkit
    area: str | None
    moments: Moments


class Link(NamedTuple):
    """Another section: its id, and its title."""

    id: str
    title: str


class Section(NamedTuple):
    """One record, or one group of areas.

    Attributes:
        id: what a link leads to.
        title: its heading.
        urgency: as in a `Block`.
        items: what stands in it, in order.
        more: what stands after that, such as signs and law.
        night: the call to make first at night, where it is another one than by day.
        roles: those that each area fills with its own numbers, where the handbook is for no one area.
        area_first: whether one of those is the first to ring.
        see: other sections.
        sources: ids.
        also: other names.
    """

    id: str
    title: str
    urgency: str = ""
    items: tuple[Item, ...] = ()
    more: tuple[Item, ...] = ()
    night: tuple[Ring, ...] = ()
    roles: tuple[Link, ...] = ()
    area_first: bool = False
    see: tuple[Link, ...] = ()
    sources: tuple[str, ...] = ()
    also: tuple[str, ...] = ()

    @property
    def word(self) -> str:
        """The urgency as a word in capitals; empty where there is none."""
        return Block((), self.title, self.urgency).word


def section(asked: Asked, kind: str, name: str) -> Section:
    """One record of a kind as its look-up shows it."""
    toolkit = asked.toolkit
    day = any_minute_entry(toolkit, entry(toolkit, kind, name, asked.moments.day, asked.area))
    night = any_minute_entry(toolkit, entry(toolkit, kind, name, asked.moments.night, asked.area))
    roles = () if asked.area else tuple(_local_roles(toolkit, kind, name))
    bare: contract.Entry = {**day, "see_also": [], "also_known_as": [], "unfilled": _unfilled(day, roles)}
    if kind == "terms":  # a word says whom to ring first; what it leads to says whom then
        bare["contacts"] = [one for one in day["contacts"] if day["first"] and one["id"] == day["first"]["contact"]]
    main, more = entry_page(bare)[-3:-1]
    return Section(
        id=name,
        title=day["title"],
        urgency=day["urgency"] or "",
        items=main.items,
        more=more.items,
        night=() if day["first"] == night["first"] else tuple(_first(night)),
        roles=roles,
        area_first=any(one["first"] and one["role"] in {role.id for role in roles} for one in day["unfilled"]),
        see=tuple(Link(link["id"], link["title"]) for link in day["see_also"]),
        sources=tuple(source["id"] for source in day["sources"]),
        also=tuple(day["also_known_as"]),
    )


def any_minute_entry(toolkit: Toolkit, found: contract.Entry) -> contract.Entry:
    """The entry with the hours of all its contacts as timetables."""
    lists: list[contract.List] = [
        {**one, "items": [*_where_it_fits(toolkit, found)]} if one["heading"] == WHERE_IT_FITS else one
        for one in found["lists"]
    ]
    return {**found, "lists": lists, "contacts": [at_any_minute(toolkit, one) for one in found["contacts"]]}


def _where_it_fits(toolkit: Toolkit, found: contract.Entry) -> Iterator[str]:
    here = Here(found["area"], datetime.fromisoformat(found["at"]))
    for one in where_it_fits(toolkit, here, toolkit.kind("pathways")[found["id"]]):
        yield one.says(at_any_minute(toolkit, one.contact)["hours"] if one.contact else "")


def _unfilled(found: contract.Entry, roles: Sequence[Link]) -> list[contract.RoleUnfilled]:
    """The roles that nobody fills, but for those that some area does."""
    local = {role.id for role in roles}
    return [role for role in found["unfilled"] if role["role"] not in local]


def _first(found: contract.Entry) -> Iterator[Ring]:
    """The call to make first of an entry."""
    if call := first_call(found):
        contact, phone = call
        yield Ring(phone["number"], contact["name"], phone["hours"], "first", "ring", True)


def _local_roles(toolkit: Toolkit, kind: str, name: str) -> Iterator[Link]:
    """The roles that a record calls for and that areas fill with numbers of their own."""
    roles = toolkit.kind("roles")
    for use in dict.fromkeys(_uses(toolkit, kind, name)):
        if use in roles and toolkit.is_local(use):
            yield Link(use, title(roles[use]))


def _uses(toolkit: Toolkit, kind: str, name: str) -> Iterator[str]:
    """Whom a topic, pathway, scheme or term calls for; those of only some answers too."""
    record = toolkit.kind(kind)[name]
    if kind == "issues" and "call" not in record:
        record = toolkit.kind("pathways")[record["pathways"][0]]
    calls = record.get("call", record.get("see_also", ()) if kind == "terms" else ())
    yield from (call if isinstance(call, str) else call["use"] for call in calls)


def _for_whom(record: records.Contact) -> Iterator[Words]:
    if "who_for" in record:
        yield Words(record["who_for"])


def contact_section(asked: Asked, name: str) -> Section:
    """One contact with all that is known of it. One of the past says what became of it, and whom to ring now."""
    toolkit, record = asked.toolkit, asked.toolkit.kind("contacts")[name]
    if record["status"] == "historic":
        return section(asked, "contacts", name)
    contact = at_any_minute(toolkit, describe_contact(toolkit, name, Here(asked.area, asked.moments.day)))
    other = record.get("if_no_answer")
    return Section(
        id=name,
        title=record["name"],
        items=(*_for_whom(record), *contact_items([contact], [], None, full=name)),
        see=(Link(other, toolkit.kind("contacts")[other]["name"]),) if other else (),
        sources=tuple(source["id"] for source in contact["sources"]),
        also=tuple(record.get("alternate_name", ())),
    )
