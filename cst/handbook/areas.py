"""Who does what in each area: areas with the same contacts share a group, and a group names its outermost areas."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from cst.engine.entry import entry
from cst.handbook.sections import Asked, any_minute_entry
from cst.views.page import Ring
from cst.views.pages.contacts import contact_items, first_call

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from cst import contract
    from cst.toolkit.toolkit import Toolkit
    from cst.views.page import Item


class Group(NamedTuple):
    """Areas in which the same contacts do something: their names, and whom to ring there."""

    areas: tuple[str, ...]
    items: tuple[Item, ...]


class NightAndDay(NamedTuple):
    """Areas with the same calls to make first for a role: by day, and where it is another one at night."""

    areas: tuple[str, ...]
    day: Ring | None
    night: Ring | None


class Serving(NamedTuple):
    """An area with the ids of its contacts: those not yet told under an area before it, and the others."""

    area: str
    new: tuple[str, ...]
    told: tuple[str, ...]


def serving(asked: Asked) -> Iterator[Serving]:
    """The contacts of each area, those for the past left out.

    With one area asked for, its own first and then those of the areas around it. A contact for several areas is new
    under the first of them.
    """
    toolkit, told = asked.toolkit, set[str]()
    living = [one for one in toolkit.kind("contacts").items() if one[1]["status"] != "historic"]
    for area in toolkit.around(asked.area) if asked.area else toolkit.kind("areas"):
        names = [name for name, record in living if area in record["serves"]]
        if names:
            new = tuple(name for name in names if name not in told)
            yield Serving(area, new, tuple(name for name in names if name in told))
            told.update(new)


def councils(asked: Asked) -> list[str]:
    """The areas that somebody may be in: the one asked for, or else all that lie within another one."""
    if asked.area:
        return [asked.area]
    return [name for name, record in asked.toolkit.kind("areas").items() if "within" in record]


def who_does(asked: Asked, role: str) -> Iterator[Group]:
    """A role in each group of areas that has contacts of its own for it, and then for the whole country."""
    toolkit = asked.toolkit
    found: dict[tuple[Item, ...], list[str]] = {}
    for area in councils(asked):
        here = _contacts(asked, role, area)
        items = tuple(contact_items(here["contacts"], here["unfilled"], here["first"]))
        if asked.area or _has_own(toolkit, role, area):
            found.setdefault(items, []).append(area)
    yield from (Group(outermost(toolkit, areas), items) for items, areas in found.items())


def _contacts(asked: Asked, role: str, area: str) -> contract.Entry:
    return any_minute_entry(asked.toolkit, entry(asked.toolkit, "roles", role, asked.moments.day, area))


def _has_own(toolkit: Toolkit, role: str, area: str) -> bool:
    """Whether an area, or one around it, has contacts for a role that the whole country does not."""
    inner = [one for one in toolkit.around(area) if "within" in toolkit.kind("areas")[one]]
    return bool(toolkit.filling(role, inner))


def first_by_area(asked: Asked, role: str) -> Iterator[NightAndDay]:
    """The calls to make first for a role in each group of areas with contacts of its own."""
    toolkit = asked.toolkit
    found: dict[tuple[Ring | None, Ring | None], list[str]] = {}
    for area in councils(asked):
        if _has_own(toolkit, role, area):
            day, night = (
                first_ring(any_minute_entry(toolkit, entry(toolkit, "roles", role, at, area))) for at in asked.moments
            )
            found.setdefault((day, None if night == day else night), []).append(area)
    yield from (NightAndDay(outermost(toolkit, areas), *calls) for calls, areas in found.items())


def first_ring(found: contract.Entry) -> Ring | None:
    """The call to make first of an entry; None where there is none."""
    call = first_call(found)
    return Ring(call[1]["number"], call[0]["name"], call[1]["hours"], "first") if call else None


def outermost(toolkit: Toolkit, areas: Sequence[str]) -> tuple[str, ...]:
    """The names of areas, without those that lie in another one of them."""
    return tuple(toolkit.kind("areas")[area]["name"] for area in areas if not _within_any(toolkit, area, areas))


def _within_any(toolkit: Toolkit, area: str, others: Iterable[str]) -> bool:
    return not set(toolkit.around(area)[1:]).isdisjoint(others)
