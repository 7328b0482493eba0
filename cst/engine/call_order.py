"""Whom to ring, in order, for an area and a minute.

A pathway asks for roles; contacts fill them. What is open comes first, what is closed comes last with when it opens,
and the emergency line is always there: last, unless it is asked for by name. A line whose hours nobody states keeps
the author's place while offices are open, and gives way to lines known to be open when they are not. What a local file
adds comes after every shipped line that is open: it may help out, and not take a call away. What it corrects stands
where cst has it, or higher among what is not open; a correction that is out of date, never above what it corrected.
"""

from __future__ import annotations

from cst.engine.contact import Here, as_shipped, calendar, describe_contact
from cst.lean_typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from datetime import datetime
    from typing import Any

    from cst import contract
    from cst.toolkit.toolkit import Toolkit

LAST_RUNG = "police-emergency"
_OFFICE_HOURS = (9, 17)  # only to order lines whose hours nobody states; never shown as anybody's hours


class Call(NamedTuple):
    """A role or contact that is asked for; `first` where it comes before all that are open."""

    use: str
    first: bool = False


class Calls(NamedTuple):
    """Whom to ring: the contacts in order, the roles nobody here fills, and the one call to make first."""

    contacts: list[contract.Contact]
    unfilled: list[contract.RoleUnfilled]
    first: contract.First | None
    no_first: str | None  # why there is none


def call_order(toolkit: Toolkit, calls: Sequence[Call], here: Here) -> Calls:
    """Whom to ring for these roles and contacts at a place and a minute."""
    chain = toolkit.around(here.area)
    office = _in_office_hours(toolkit, here.at)
    rungs: dict[str, tuple[tuple[Any, ...], contract.Contact]] = {}
    shipped: dict[str, tuple[Any, ...]] = {}  # where cst has what a local file corrects
    unfilled: list[contract.RoleUnfilled] = []
    for place, call in enumerate(calls):
        filling = toolkit.filling(call.use, chain)
        if not filling and call.use in toolkit.kind("roles"):
            says = toolkit.kind("roles")[call.use]["if_none"]
            unfilled.append({"role": call.use, "says": says, "first": not place})
        for name, distance in filling:
            contact = describe_contact(toolkit, name, here)
            rungs.setdefault(name, (_order(contact, call, place, distance, office), contact))
            before = as_shipped(toolkit, name, here)
            if before and (far := _shipped_to(toolkit, name, call.use, chain)) is not None:
                shipped.setdefault(name, _order(before, call, place, far, office))
    if LAST_RUNG not in rungs and LAST_RUNG in toolkit.kind("contacts"):
        rungs[LAST_RUNG] = ((9,), describe_contact(toolkit, LAST_RUNG, here))
    placed = [(_placed(order, contact, rungs, shipped), contact) for order, contact in rungs.values()]
    return in_order([contact for _, contact in sorted(placed, key=lambda rung: rung[0])], unfilled)


def _placed(
    order: tuple[Any, ...], contact: contract.Contact, rungs: Mapping[str, Any], shipped: Mapping[str, Any]
) -> tuple[Any, ...]:
    """Where a contact stands: a correction no lower than cst has it; one out of date after what it corrected."""
    corrected = contact["beside"]
    if corrected is None:
        return min(order, shipped.get(contact["id"], order))
    before: tuple[Any, ...] = shipped.get(corrected) or rungs[corrected][0]
    return max(order, (*before, 1))


def _shipped_to(toolkit: Toolkit, name: str, use: str, chain: Sequence[str]) -> int | None:
    """How far out the shipped form of a corrected contact serves; None where it does not, or not for this call."""
    record = toolkit.kind("contacts")[name]["shipped"]
    distances = [distance for distance, area in enumerate(chain) if area in record["serves"]]
    return distances[0] if distances and use in (name, *record.get("fills", ())) else None


def in_order(contacts: list[contract.Contact], unfilled: list[contract.RoleUnfilled]) -> Calls:
    """The calls that these contacts, in the order in which to ring, come to.

    The call to make first is decided here and nowhere else. The emergency line is it only where it stands first: as
    the last rung it is a safety net, and no answer to "whom do I ring about this?". Nor is it where nobody fills what
    is asked for, nor ever a service of another area than the one asked about. A number to speak at comes before one
    for text.
    """
    if unfilled and all(contact["id"] == LAST_RUNG for contact in contacts):
        return Calls(contacts, unfilled, None, unfilled[0]["says"])
    candidates = [
        contact
        for place, contact in enumerate(contacts)
        if contact["here"]
        and contact["status"] != "historic"
        and not contact["beside"]
        and (contact["id"] != LAST_RUNG or not place)
    ]
    phones = [(contact, phone) for contact in candidates for phone in contact["phones"]]
    if phones:
        contact, phone = next((pair for pair in phones if pair[1]["kind"] == "voice"), phones[0])
        return Calls(contacts, unfilled, {"contact": contact["id"], "phone": phone["number"]}, None)
    named = f"{candidates[0]['name']} has no number to ring." if candidates else "Nobody is listed to ring about this."
    return Calls(contacts, unfilled, None, named)


def likeliest_first(
    toolkit: Toolkit, contacts: Iterable[contract.Contact], at: datetime, asked: str = ""
) -> list[contract.Contact]:
    """Contacts in the order given, but for those that answer at other hours than these, which come after.

    Args:
        toolkit: what is known.
        contacts: as they stand at this minute.
        at: that minute.
        asked: a contact of a local file's own that was asked for by name: it is not put lower for that.
    """
    office = _in_office_hours(toolkit, at)

    def place(contact: contract.Contact) -> tuple[Any, ...]:
        unfit = contact["open"] is None and contact["out_of_hours"] is office
        return _rank(contact, office), bool(contact["local"]) and contact["id"] != asked, unfit

    def best(contact: contract.Contact) -> tuple[Any, ...]:
        before = as_shipped(toolkit, contact["id"], Here(None, at))
        return (
            bool(contact["beside"]),
            *min(place(contact), place(before or contact)),
        )

    return sorted(contacts, key=best)


def _rank(contact: contract.Contact, office: bool) -> int:
    """0 for what answers or is likely to, 1 for what may, 2 for what is closed."""
    likely = contact["open"] is None and (office or contact["out_of_hours"])
    return 0 if contact["open"] or likely else 1 if contact["open"] is None else 2


def _order(contact: contract.Contact, call: Call, place: int, distance: int, office: bool) -> tuple[Any, ...]:
    rank = _rank(contact, office)
    local = bool(contact["local"])
    before_all = call.first and contact["open"] is not False and not local
    silent = not contact["phones"]
    unfit = contact["out_of_hours"] is office
    opens_at = contact["opens_at"] or "" if rank == 2 else ""  # of what is closed in one role, the soonest to open
    unsure = contact["open"] is None
    return (
        not before_all,
        rank,
        local,
        contact["old"],
        place,
        silent,
        opens_at,
        unsure,
        unfit,
        contact["status"] != "active",
        distance,
    )


def _in_office_hours(toolkit: Toolkit, at: datetime) -> bool:
    holiday = at.date() in calendar(toolkit).dates
    return at.weekday() < 5 and not holiday and _OFFICE_HOURS[0] <= at.hour < _OFFICE_HOURS[1]
