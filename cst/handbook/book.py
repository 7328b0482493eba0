"""All that stands in a handbook, in order, before it is drawn."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any, NamedTuple

from cst.engine.contact import calendar
from cst.engine.describe import area_name, describe_edition
from cst.handbook.areas import Group, serving, who_does
from cst.handbook.known import hours, search
from cst.handbook.pocket import Pocket, pocket
from cst.handbook.sections import Asked, Link, Moments, Section, contact_section, section

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from cst.source import records
    from cst.toolkit.toolkit import Toolkit


class Role(NamedTuple):
    """A role, and who fills it where."""

    id: str
    title: str
    also: tuple[str, ...]
    otherwise: str
    groups: tuple[Group, ...]


class Served(NamedTuple):
    """An area with its contacts, those for the past left out."""

    id: str
    name: str
    contacts: tuple[Section, ...]
    also: tuple[Link, ...]


class PlaceNames(NamedTuple):
    """An area, the one that it lies in, and the towns and other names by which people know it."""

    id: str
    name: str
    within: str
    names: tuple[str, ...]
    note: str


class Book(NamedTuple):
    """The handbook. `area` is the name of the area that it is for; "" where it is for all of them."""

    edition: dict[str, str]
    area: str
    at: datetime
    moments: Moments
    pocket: Pocket
    issues: tuple[Section, ...]
    pathways: tuple[Section, ...]
    schemes: tuple[Section, ...]
    cautions: tuple[Section, ...]
    roles: tuple[Role, ...]
    areas: tuple[Served, ...]
    past: tuple[Section, ...]
    terms: tuple[Section, ...]
    places: tuple[PlaceNames, ...]
    sources: dict[str, records.Source]
    known: dict[str, Any]  # what the script reads


def book(toolkit: Toolkit, at: datetime, area: str | None) -> Book:
    """The handbook of a toolkit.

    Args:
        toolkit: what is known.
        at: the minute it is made, in Europe/London.
        area: the area it is for; None for all areas, each with its own numbers.
    """
    asked = Asked(toolkit, area, ordinary_moments(toolkit, at))
    return Book(
        edition=describe_edition(toolkit),
        area=area_name(toolkit, area) or "",
        at=at,
        moments=asked.moments,
        pocket=pocket(asked),
        issues=tuple(_sections(asked, "issues")),
        pathways=tuple(_sections(asked, "pathways")),
        schemes=tuple(_sections(asked, "schemes")),
        cautions=tuple(_sections(asked, "cautions")),
        roles=tuple(_roles(asked)),
        areas=tuple(_served(asked)),
        past=tuple(contact_section(asked, name) for name in _past(asked)),
        terms=tuple(_sections(asked, "terms")),
        places=tuple(_places(asked)),
        sources=dict(toolkit.kind("sources")),
        known={"hours": hours(toolkit), "search": search(toolkit)},
    )


def ordinary_moments(toolkit: Toolkit, at: datetime) -> Moments:
    """The next Tuesday at 10:00 that is no bank holiday and has none beside it, and the Sunday before it at 03:00."""
    midnight = at.replace(hour=0, minute=0, second=0, microsecond=0, fold=0)
    tuesday = midnight + timedelta((1 - at.weekday()) % 7 + 7)
    while not calendar(toolkit).dates.isdisjoint((tuesday + timedelta(days)).date() for days in (-2, -1, 0, 1)):
        tuesday += timedelta(7)
    return Moments(tuesday.replace(hour=10), (tuesday - timedelta(2)).replace(hour=3))


def _sections(asked: Asked, kind: str) -> Iterator[Section]:
    """Each record of a kind; a local correction that is out of date stands with what it corrected."""
    for name, record in asked.toolkit.kind(kind).items():
        if "beside" not in record:
            yield section(asked, kind, name)


def _roles(asked: Asked) -> Iterator[Role]:
    for name, record in asked.toolkit.kind("roles").items():
        also, groups = tuple(record.get("also_known_as", ())), tuple(who_does(asked, name))
        yield Role(name, record["name"], also, record["if_none"], groups)


def _served(asked: Asked) -> Iterator[Served]:
    """The contacts of each area: in full where they are new, and named where another area has them already."""
    areas, contacts = asked.toolkit.kind("areas"), asked.toolkit.kind("contacts")
    for area, new, told in serving(asked):
        sections = tuple(contact_section(asked, name) for name in new)
        yield Served(area, areas[area]["name"], sections, tuple(Link(name, contacts[name]["name"]) for name in told))


def _past(asked: Asked) -> list[str]:
    return [name for name, record in asked.toolkit.kind("contacts").items() if record["status"] == "historic"]


def _places(asked: Asked) -> Iterator[PlaceNames]:
    areas = asked.toolkit.kind("areas")
    for name, record in areas.items():
        within = areas[record["within"]]["name"] if "within" in record else ""
        yield PlaceNames(name, record["name"], within, tuple(record.get("also_known_as", ())), record.get("note", ""))


def links(found: Book) -> dict[str, Link]:
    """All that can be linked to within the handbook."""
    sections = (*found.issues, *found.pathways, *found.schemes, *found.cautions, *found.past, *found.terms)
    contacts = (one for area in found.areas for one in area.contacts)
    roles = (Link(role.id, role.title) for role in found.roles)
    return {one.id: one for one in (*(Link(one.id, one.title) for one in (*sections, *contacts)), *roles)}
