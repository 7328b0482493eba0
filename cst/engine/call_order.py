"""Whom to ring, in order, for an area and a minute.

A pathway asks for roles; contacts fill them. What is open comes first, what is closed comes last with when it opens,
and the emergency line is always there: last, unless it is asked for by name. A line whose hours nobody states keeps
the author's place while offices are open, and gives way to lines known to be open when they are not. What a local file
adds comes after what is shipped for the same role: it may help out, and not take a call away.
"""

from __future__ import annotations

from cst.engine.contact import calendar, describe_contact
from cst.lean_typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import datetime
    from typing import Any

    from cst import contract
    from cst.engine.contact import Here
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
    unfilled: list[contract.RoleUnfilled] = []
    for place, call in enumerate(calls):
        filling = toolkit.filling(call.use, chain)
        if not filling and call.use in toolkit.kind("roles"):
            says = toolkit.kind("roles")[call.use]["if_none"]
            unfilled.append({"role": call.use, "says": says, "first": not place})
        for name, distance in filling:
            contact = describe_contact(toolkit, name, here)
            order = _order(contact, place, distance, office, added=_is_added(toolkit, name))
            before_all = call.first and contact["open"] is not False
            rungs.setdefault(name, ((not before_all, *order), contact))
    if LAST_RUNG not in rungs and LAST_RUNG in toolkit.kind("contacts"):
        rungs[LAST_RUNG] = ((9,), describe_contact(toolkit, LAST_RUNG, here))
    return in_order([contact for _, contact in sorted(rungs.values(), key=lambda rung: rung[0])], unfilled)


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
        if contact["here"] and contact["status"] != "historic" and (contact["id"] != LAST_RUNG or not place)
    ]
    phones = [(contact, phone) for contact in candidates for phone in contact["phones"]]
    if phones:
        contact, phone = next((pair for pair in phones if pair[1]["kind"] == "voice"), phones[0])
        return Calls(contacts, unfilled, {"contact": contact["id"], "phone": phone["number"]}, None)
    named = f"{candidates[0]['name']} has no number to ring." if candidates else "Nobody is listed to ring about this."
    return Calls(contacts, unfilled, None, named)


def likeliest_first(toolkit: Toolkit, contacts: Iterable[contract.Contact], at: datetime) -> list[contract.Contact]:
    """Contacts in the order given, but for those that answer at other hours than these, which come after."""
    office = _in_office_hours(toolkit, at)
    return sorted(
        contacts,
        key=lambda contact: (_rank(contact, office), contact["open"] is None and contact["out_of_hours"] is office),
    )


def _rank(contact: contract.Contact, office: bool) -> int:
    """0 for what answers or is likely to, 1 for what may, 2 for what is closed."""
    likely = contact["open"] is None and (office or contact["out_of_hours"])
    return 0 if contact["open"] or likely else 1 if contact["open"] is None else 2


def _is_added(toolkit: Toolkit, name: str) -> bool:
    """Whether a contact is a local file's own, and no correction of a shipped one."""
    record = toolkit.kind("contacts")[name]
    return "local" in record and "based_on" not in record


def _order(contact: contract.Contact, place: int, distance: int, office: bool, *, added: bool) -> tuple[Any, ...]:
    rank = _rank(contact, office)
    silent = not contact["phones"]
    unfit = contact["out_of_hours"] is office
    opens_at = contact["opens_at"] or "" if rank == 2 else ""  # of what is closed in one role, the soonest to open
    unsure = contact["open"] is None
    return (
        rank,
        contact["old"],
        place,
        added,
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
