"""Whom to ring, write to or visit, in order."""

from __future__ import annotations

from cst.engine.call_order import LAST_RUNG
from cst.lean_typing import TYPE_CHECKING
from cst.views.dates import day, when
from cst.views.page import Item, Past, Reach, Ring, Words

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from typing import Literal

    from cst import contract
    from cst.views.page import Turn

    Amount = Literal["all", "usual", "warnings"]

Notes = tuple[str, ...]
WAYS = {"voice": "ring", "text": "text", "sms": "text", "textphone": "textphone", "relay": "relay", "video": "video"}
ONE_SOURCE = "Seen in one source only"
NO_WAY = "no number, e-mail or page is known"


def contact_items(
    contacts: Sequence[contract.Contact],
    unfilled: Sequence[contract.RoleUnfilled],
    at: str,
    *,
    full: str = "",
    known: frozenset[str] = frozenset(),
) -> Iterator[Item]:
    """The contacts in order, and the roles that nobody fills here. The first number to ring is large and alone.

    Args:
        contacts: in the order in which to ring.
        unfilled: roles without a contact in this area.
        at: the minute asked about, to say how far off opening is.
        full: the id of a contact of which to say all that is known, not only what is needed to ring.
        known: ids of contacts that the page has shown before: they keep their numbers and warnings, no more.
    """
    only_net = is_only_net(contacts, unfilled)
    first = [role for role in unfilled if role["first"] or only_net]  # so that the next best is not taken for it
    yield from _missing(first)
    large_done = only_net  # the emergency line is no answer to "whom do I ring about this?"
    for place, contact in enumerate(contacts):
        amount: Amount = "all" if contact["id"] == full else "warnings" if contact["id"] in known else "usual"
        net = only_net or _is_safety_net(contact, place)
        rungs = list(_rungs(contact, at, amount, first=not place and not net, large_done=large_done or net))
        large_done = large_done or any(isinstance(item, Ring) and item.large for item in rungs)
        yield from rungs
    yield from _missing([role for role in unfilled if role not in first])


def is_only_net(contacts: Sequence[contract.Contact], unfilled: Sequence[contract.RoleUnfilled]) -> bool:
    """Whether a role has nobody here, and all there is to ring is the emergency line, which is no answer to that."""
    return bool(unfilled) and all(contact["id"] == LAST_RUNG for contact in contacts)


def _missing(unfilled: Sequence[contract.RoleUnfilled]) -> Iterator[Item]:
    """The roles that nobody fills here, with what to do instead."""
    yield from (Words(role["says"], "No local number") for role in unfilled)


def _is_safety_net(contact: contract.Contact, place: int) -> bool:
    """Whether the emergency line only stands here as the last rung: then it is never what to ring first."""
    return contact["id"] == LAST_RUNG and place > 0


def _rungs(contact: contract.Contact, at: str, amount: Amount, *, first: bool, large_done: bool) -> Iterator[Item]:
    """One contact: its numbers, or how else to reach it. A service of the past is never to be rung."""
    if contact["status"] != "historic":
        notes, differing = tuple(_notes(contact, amount, first=first)), tuple(_differing(contact, amount))
        if contact["phones"]:
            yield from _phones(contact, at, amount, (notes, differing), first=first, large_done=large_done)
        else:
            yield Reach(contact["name"], _reach(contact), "alone" if first else "then", (*notes, *differing))
    if amount == "all":
        yield from (Past(contact["name"], old) for old in (*contact["old_numbers"], *contact["old_emails"]))


def _phones(
    contact: contract.Contact, at: str, amount: Amount, around: tuple[Notes, Notes], *, first: bool, large_done: bool
) -> Iterator[Item]:
    """The numbers, open ones first. Of the notes `around` them the second part, sources that differ, comes last."""
    last = len(contact["phones"]) - 1
    for place, phone in enumerate(contact["phones"]):
        large = phone["kind"] == "voice" and not large_done
        large_done = large_done or large
        own = (phone["note"],) if phone["note"] and amount != "warnings" else ()
        notes = (*own, *(around[0] if place == 0 else ()), *(around[1] if place == last else ()))
        turn = _turn(phone, large=large, alone=first and not place)
        way = WAYS.get(phone["kind"], phone["kind"])
        yield Ring(phone["number"], contact["name"], _hours(contact, phone, at), turn, way, large, notes)


def _turn(phone: contract.Phone, *, large: bool, alone: bool) -> Turn:
    if phone["open"] is False:
        return "closed"
    if large:
        return "first"
    return "alone" if alone else "then"


def _hours(contact: contract.Contact, phone: contract.Phone, at: str) -> str:
    """Whether the phone answers, and what the call costs where that is known."""
    return ", ".join(filter(None, (_open(contact, phone, at), phone["cost"])))


def _open(contact: contract.Contact, phone: contract.Phone, at: str) -> str:
    """The contact's hours in words, unless this phone keeps others."""
    whole = (contact["open"], contact["always"], contact["until"], contact["opens_at"])
    if (phone["open"], phone["always"], phone["until"], phone["opens_at"]) == whole:
        return contact["hours"]
    if phone["always"]:
        return "open day and night"
    if phone["open"]:
        return f"open now, until {when(phone['until'], at)}" if phone["until"] else "open now"
    if phone["open"] is None:
        return "hours not known"
    return f"closed, opens {when(phone['opens_at'], at)}" if phone["opens_at"] else "closed, opening time not known"


def _reach(contact: contract.Contact) -> str:
    ways = [*map(_mail, contact["emails"]), *filter(None, (contact["url"], contact["application_process"]))]
    hours = [] if contact["open"] is None else [contact["hours"]]
    return "; ".join([*ways, *hours]) or NO_WAY


def _mail(mail: dict[str, str]) -> str:
    note = mail.get("note")
    return f"{mail['address']} ({note})" if note else mail["address"]


def _notes(contact: contract.Contact, amount: Amount, *, first: bool) -> Iterator[str]:
    """What to know before using a contact: warnings first."""
    if contact["local"] and contact["local"] not in contact["name"]:
        yield f"local: {contact['local']}"
    if contact["old"]:
        yield f"OLD: it was due to be checked by {day(contact['review_by'])}"
    if contact["status"] == "unconfirmed":
        yield "Not confirmed: check before you rely on it"
    yield from filter(None, (contact["alert"], contact["caution"]))
    if amount == "warnings":
        return
    if contact["status"] != "historic" and len(contact["sources"]) == 1 and not contact["assured_date"]:
        yield ONE_SOURCE
    if contact["have_ready"] and first and amount == "usual":
        yield f"Have ready: {'; '.join(contact['have_ready'])}"
    if amount == "all" and contact["phones"] and contact["emails"]:
        yield f"E-mail: {'; '.join(map(_mail, contact['emails']))}"
    if amount == "all":
        yield from _more(contact)


def _more(contact: contract.Contact) -> Iterator[str]:
    if contact["phones"] and contact["url"]:
        yield f"Page: {contact['url']}"
    if contact["phones"] and contact["application_process"]:
        yield f"How to refer: {contact['application_process']}"
    yield f"Serves: {contact['area']}"
    yield f"How sure: {contact['confidence']}, {contact['seen']}"


def _differing(contact: contract.Contact, amount: Amount) -> Iterator[str]:
    """What sources disagree on: numbers always with every value, the rest in full only where all is said."""
    for conflict in contact["conflicts"]:
        if amount == "all":
            values = "; ".join(f"{_value(value)}, says {value['source']}" for value in conflict["values"])
            yield f"Sources differ. {conflict['about']}: {values}. {conflict['handling']}"
        elif any("number" in value for value in conflict["values"]):
            values = " or ".join(map(_value, conflict["values"]))
            yield f"Sources differ: {values}. {conflict['handling']}"
        elif amount == "usual":
            yield f"Sources differ. {conflict['about']}: see cst lookup {contact['id']}"


def _value(value: dict[str, str]) -> str:
    return value.get("number") or value.get("says", "").rstrip(".")
