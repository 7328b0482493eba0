"""The pocket page: whom to ring first about each topic, by day and by night, a number once."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from cst.engine.entry import entry
from cst.handbook.areas import NightAndDay, first_by_area, first_ring
from cst.handbook.sections import Asked, Link, any_minute_entry

if TYPE_CHECKING:
    from datetime import datetime

    from cst.views.page import Ring


class Line(NamedTuple):
    """A number, and the topics about which it is the first to ring by day and by night."""

    ring: Ring
    day: tuple[Link, ...]
    night: tuple[Link, ...]


class LocalRole(NamedTuple):
    """A role that some topics ring first and that each area fills with its own numbers."""

    role: Link
    groups: tuple[NightAndDay, ...]


class Pocket(NamedTuple):
    """All of the page: numbers for the area asked for, or else for everywhere, and then those of each area."""

    lines: tuple[Line, ...]
    local: tuple[LocalRole, ...]


def pocket(asked: Asked) -> Pocket:
    """The pocket page of a handbook. Without an area, topics that ring a local role first are under that role."""
    local = {} if asked.area else _first_local_roles(asked)
    topics = [name for name in asked.toolkit.kind("issues") if name not in local]
    roles = dict.fromkeys(local.values())
    return Pocket(
        tuple(_lines(asked, topics)), tuple(LocalRole(role, tuple(first_by_area(asked, role.id))) for role in roles)
    )


def _lines(asked: Asked, topics: list[str]) -> list[Line]:
    """Each number that is the first to ring about a topic at one of the two minutes."""
    rings: dict[tuple[str, str], Ring] = {}
    about: dict[tuple[str, str, datetime], list[Link]] = {}
    for topic in topics:
        for at in asked.moments:
            found = any_minute_entry(asked.toolkit, entry(asked.toolkit, "issues", topic, at, asked.area))
            if ring := first_ring(found):
                rings.setdefault((ring.number, ring.name), ring)
                about.setdefault((ring.number, ring.name, at), []).append(Link(topic, found["title"]))
    day, night = asked.moments
    return [
        Line(ring, tuple(about.get((*key, day), ())), tuple(about.get((*key, night), ())))
        for key, ring in rings.items()
    ]


def _first_local_roles(asked: Asked) -> dict[str, Link]:
    """The topics whose first call is to a role that areas fill with their own numbers, each with that role."""
    roles, found = asked.toolkit.kind("roles"), {}
    for topic in asked.toolkit.kind("issues"):
        unfilled = entry(asked.toolkit, "issues", topic, asked.moments.day, None)["unfilled"]
        first = next((one["role"] for one in unfilled if one["first"] and asked.toolkit.is_local(one["role"])), None)
        if first:
            found[topic] = Link(first, roles[first]["name"])
    return found
