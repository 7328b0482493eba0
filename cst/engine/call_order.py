"""Whom to ring, in order, for an area and a minute; whom to ring first is decided here, and every form reads it.

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
    from collections.abc import Callable, Container, Iterable, Mapping, Sequence
    from datetime import datetime
    from typing import Any

    from cst import contract
    from cst.toolkit.toolkit import Toolkit

LAST_RUNG = "police-emergency"
_OFFICE_HOURS = (9, 17)  # only to order lines whose hours nobody states; never shown as anybody's hours


NON_EMERGENCY = "police-non-emergency"


class Call(NamedTuple):
    """A role or contact that is asked for; `first` where it comes before all that are open.

    later: what it is still for in a plan that rings the emergency line first; "" for nothing.
    """

    use: str
    first: bool = False
    later: str = ""


class Calls(NamedTuple):
    """Whom to ring: the contacts in order, the roles nobody here fills, and the one call to make first."""

    contacts: list[contract.Contact]
    unfilled: list[contract.RoleUnfilled]
    first: contract.First | None
    no_first: str | None  # why there is none
    ready: bool = True  # whether the first is known to answer, or is marked to come first; see `call_order`


def call_order(
    toolkit: Toolkit, calls: Sequence[Call], here: Here, certain: Callable[[object], bool] | None = None
) -> Calls:
    """Whom to ring for these roles and contacts at a place and a minute.

    The rule, from the strongest part to the weakest:

    1. What the author marks `first` (the police where there is a grave sign), unless it is known to be closed.
    2. What is open or likely to answer, then what may, then what is closed. In office hours a line whose hours nobody
       states is likely to answer; at other times only one that says that it answers then.
    3. The author's order of roles; within a role what is known to be open, then what is not known.
    4. What is only for some people comes after what is as likely to answer, is never first while there is another,
       and is left out where this person is certainly not one of them.

    Between pathways as urgent as each other the same is decided by `ready`: one whose first line is not known to be
    open and not marked as answering out of hours gives way, outside office hours, to one whose first line is. It is
    never decided by what a local file adds, and a pathway whose first call is marked `first`, or that has no number at
    all, keeps the author's place.

    Args:
        toolkit: what is known.
        calls: the roles and contacts, in the author's order.
        here: where and when.
        certain: whether a rule is yes by the answers; left out where there are none.
    """
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
            only_for = toolkit.kind("contacts")[name].get("only_for")
            if only_for and certain and "not_if" in only_for and certain(only_for["not_if"]):
                continue
            contact = describe_contact(toolkit, name, here)
            contact["only_for"] = only_for["says"] if only_for else None
            contact["later"] = call.later or None
            rungs.setdefault(name, (_order(contact, call, place, distance, office), contact))
            before = as_shipped(toolkit, name, here)
            if before and (far := shipped_to(toolkit, name, call.use, chain)) is not None:
                whom = toolkit.kind("contacts")[name]["shipped"].get("only_for")
                before["only_for"] = whom["says"] if whom else None
                shipped.setdefault(name, _order(before, call, place, far, office))
    if LAST_RUNG not in rungs and LAST_RUNG in toolkit.kind("contacts"):
        rungs[LAST_RUNG] = ((9,), describe_contact(toolkit, LAST_RUNG, here))
    placed = [(_placed(order, contact, rungs, shipped), contact) for order, contact in rungs.values()]
    placed.sort(key=lambda rung: rung[0])
    found = in_order([contact for _, contact in placed], unfilled)
    return found._replace(ready=_ready(toolkit, found, {call.use for call in calls if call.first}, here))


def _ready(toolkit: Toolkit, calls: Calls, marked: Container[str], here: Here) -> bool:
    """Whether the first line is marked to come first or answers, as far as anybody can know (office hours, or a mark).

    A local file's own lines do not count, and a correction counts as cst has it: no local file moves a pathway down.
    """
    shipped = [
        contact for contact in calls.contacts if not contact["local"] or as_shipped(toolkit, contact["id"], here)
    ]
    first = in_order(shipped, calls.unfilled).first
    if first is None or first["contact"] in marked:
        return True
    now = as_shipped(toolkit, first["contact"], here) or describe_contact(toolkit, first["contact"], here)
    return now["open"] is True or (now["open"] is None and (now["out_of_hours"] or _in_office_hours(toolkit, here.at)))


def rings_emergency(calls: Calls) -> bool:
    """Whether the emergency line is the one to ring first."""
    return calls.first is not None and calls.first["contact"] == LAST_RUNG


def emergency_rung(calls: Calls) -> Calls:
    """The calls of a plan that rings the emergency line first: the ordinary police line where it has its own reason.

    Where these calls ring the emergency line first they still do, though nobody else is left: it was asked for, and is
    no safety net.
    """
    if any(contact["id"] == NON_EMERGENCY and not contact["later"] for contact in calls.contacts):
        left = [contact for contact in calls.contacts if contact["id"] != NON_EMERGENCY or contact["later"]]
        found = in_order(left, calls.unfilled)
        return found._replace(first=calls.first, no_first=None) if rings_emergency(calls) else found
    return calls


def _placed(
    order: tuple[Any, ...], contact: contract.Contact, rungs: Mapping[str, Any], shipped: Mapping[str, Any]
) -> tuple[Any, ...]:
    """Where a contact stands: a correction no lower than cst has it; one out of date after what it corrected."""
    corrected = contact["beside"]
    if corrected is None:
        return min(order, shipped.get(contact["id"], order))
    before: tuple[Any, ...] = shipped.get(corrected) or rungs[corrected][0]
    return max(order, (*before, 1))


def shipped_to(toolkit: Toolkit, name: str, use: str, chain: Sequence[str]) -> int | None:
    """How far out the shipped form of a corrected contact serves; None where it does not, or not for this call."""
    record = toolkit.kind("contacts")[name]["shipped"]
    distances = [distance for distance, area in enumerate(chain) if area in record["serves"]]
    return distances[0] if distances and use in (name, *record.get("fills", ())) else None


def in_order(contacts: list[contract.Contact], unfilled: list[contract.RoleUnfilled]) -> Calls:
    """The calls that these contacts, in the order in which to ring, come to.

    The call to make first is decided here and nowhere else. The emergency line is it only where it stands first: as
    the last rung it is a safety net, and no answer to "whom do I ring about this?". Nor is it where nobody fills what
    is asked for, nor ever a service of another area than the one asked about. A number to speak at comes before one
    for text. A line that is only for some people is it where there is no other.
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
    for_all = [contact for contact in candidates if not contact["only_for"] and contact["phones"]]
    phones = [(contact, phone) for contact in for_all or candidates for phone in contact["phones"]]
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
        contact["only_for"] is not None,
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
