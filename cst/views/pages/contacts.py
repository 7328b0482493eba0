"""Whom to ring, write to or visit, in order."""

from __future__ import annotations

from itertools import groupby

from cst.lean_typing import TYPE_CHECKING
from cst.views.dates import day
from cst.views.page import Item, Past, Reach, Ring, Words

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from typing import Any, Literal

    from cst import contract
    from cst.views.page import Turn

    Amount = Literal["all", "usual", "warnings"]

Notes = tuple[str, ...]
WAYS = {"voice": "ring", "text": "text", "sms": "text", "textphone": "textphone", "relay": "relay", "video": "video"}
ONE_SOURCE = "Seen in one source only"
ABOVE = "above"
NO_WAY = "no number, e-mail or page is known"


def first_call(answer: Any) -> tuple[contract.Contact, contract.Phone] | None:
    """The call to make first of a plan, verdict, entry or outcome, in full; None where there is none."""
    if answer["first"] is None:
        return None
    holder = answer["outcomes"][0] if answer.get("kind") == "plan" else answer.get("how", answer)
    contact = next(one for one in holder["contacts"] if one["id"] == answer["first"]["contact"])
    return contact, next(phone for phone in contact["phones"] if phone["number"] == answer["first"]["phone"])


def contact_items(
    contacts: Sequence[contract.Contact],
    unfilled: Sequence[contract.RoleUnfilled],
    first: contract.First | None,
    *,
    full: str = "",
    known: frozenset[str] = frozenset(),
    ready: bool = True,
) -> Iterator[Item]:
    """The contacts in order, and the roles that nobody fills here. The call to make first is large and alone.

    Those that are only for some people share a line.

    Args:
        contacts: in the order in which to ring.
        unfilled: roles without a contact in this area.
        first: the call to make first.
        full: the id of a contact of which to say all that is known, not only what is needed to ring.
        known: ids of contacts that the page has shown before: they keep their numbers and warnings, no more, and say
            that they stand above, but for the call to make first.
        ready: whether to say what to have ready for the first of them.
    """
    nobody = first is None and bool(unfilled)
    leading = [role for role in unfilled if role["first"] or nobody]  # so that the next best is not taken for it
    yield from _missing(leading)
    for shared, together in groupby(enumerate(contacts), lambda one: _only_for_some(one[1], first)):
        if shared:
            yield Words(" ".join(_for_whom(contact, known) for _, contact in together))
            continue
        for place, contact in together:
            amount: Amount = "all" if contact["id"] == full else "warnings" if contact["id"] in known else "usual"
            large = first["phone"] if first and first["contact"] == contact["id"] else None
            yield from _rungs(contact, amount, top=not place and not nobody, large=large, ready=ready)
    yield from _missing([role for role in unfilled if role not in leading])


def _only_for_some(contact: contract.Contact, first: contract.First | None) -> bool:
    """Whether a contact shares a line: it is only for some people, has a number, and is not the call to make first."""
    return bool(contact["only_for"] and contact["phones"]) and (first is None or first["contact"] != contact["id"])


def _for_whom(contact: contract.Contact, known: frozenset[str]) -> str:
    """For whom a service is, its name and numbers, and what to know of it."""
    seen = contact["id"] in known
    amount: Amount = "warnings" if seen else "usual"
    numbers = " or ".join(f"{_way(phone)}{phone['number']}, {contact['name']}" for phone in contact["phones"])
    hours = ABOVE if seen else _hours(contact["phones"][0])
    notes = " ".join((*_notes(contact, amount, ready=False), *_differing(contact, amount)))
    return f"For {contact['only_for']}: {numbers}, {hours}.{notes and f' {notes}.'}"


def _way(phone: contract.Phone) -> str:
    return "" if phone["kind"] == "voice" else f"{WAYS.get(phone['kind'], phone['kind'])} "


def _missing(unfilled: Sequence[contract.RoleUnfilled]) -> Iterator[Item]:
    """The roles that nobody fills here, with what to do instead."""
    yield from (Words(role["says"], "No local number") for role in unfilled)


def _rungs(contact: contract.Contact, amount: Amount, *, top: bool, large: str | None, ready: bool) -> Iterator[Item]:
    """One contact: its numbers, or how else to reach it. A service of the past is never to be rung.

    `top`: it stands first of all; `large`: which of its numbers is to be rung first, if one is.
    """
    if contact["status"] != "historic":
        notes, differing = tuple(_notes(contact, amount, ready=top and ready)), tuple(_differing(contact, amount))
        if amount == "warnings" and contact["phones"] and not large:
            notes, differing = tuple(_marks(contact)), ()
        if contact["phones"]:
            yield from _phones(contact, amount, (notes, differing), top=top, large=large)
        else:
            yield Reach(contact["name"], _reach(contact), "alone" if top else "then", (*notes, *differing))
    if amount == "all":
        yield from (Past(contact["name"], old) for old in (*contact["old_numbers"], *contact["old_emails"]))


def _phones(
    contact: contract.Contact, amount: Amount, around: tuple[Notes, Notes], *, top: bool, large: str | None
) -> Iterator[Item]:
    """The numbers, open ones first. Of the notes `around` them the second part, sources that differ, comes last."""
    phones = contact["phones"]
    last, alone = len(phones) - 1, next((place for place, one in enumerate(phones) if one["number"] == large), -1)
    for place, phone in enumerate(phones):
        own = (phone["note"],) if phone["note"] and amount != "warnings" else ()
        notes = (*own, *(around[0] if place == 0 else ()), *(around[1] if place == last else ()))
        turn = _turn(phone, large=place == alone, alone=top and not place)
        way = WAYS.get(phone["kind"], phone["kind"])
        hours = ABOVE if amount == "warnings" and alone < 0 and not top else _hours(phone)
        yield Ring(phone["number"], contact["name"], hours, turn, way, place == alone, notes)


def _turn(phone: contract.Phone, *, large: bool, alone: bool) -> Turn:
    if phone["open"] is False:
        return "closed"
    if large:
        return "first"
    return "alone" if alone else "then"


def _hours(phone: contract.Phone) -> str:
    """Whether the phone answers, and what the call costs where that is known."""
    return ", ".join(filter(None, (phone["hours"], phone["cost"])))


def _reach(contact: contract.Contact) -> str:
    ways = [*map(_mail, contact["emails"]), *filter(None, (contact["url"], contact["application_process"]))]
    hours = [] if contact["open"] is None else [contact["hours"]]
    return "; ".join([*ways, *hours]) or NO_WAY


def _mail(mail: dict[str, str]) -> str:
    note = mail.get("note")
    return f"{mail['address']} ({note})" if note else mail["address"]


def _notes(contact: contract.Contact, amount: Amount, *, ready: bool) -> Iterator[str]:
    """What to know before using a contact: warnings first."""
    yield from _marks(contact)
    yield from filter(None, (contact["alert"], contact["caution"]))
    if amount == "warnings":
        return
    if contact["status"] != "historic" and len(contact["sources"]) == 1 and not contact["assured_date"]:
        yield ONE_SOURCE
    if contact["have_ready"] and ready and amount == "usual":
        yield f"Have ready: {'; '.join(contact['have_ready'])}"
    if amount == "all" and contact["phones"] and contact["emails"]:
        yield f"E-mail: {'; '.join(map(_mail, contact['emails']))}"
    if amount == "all":
        yield from _more(contact)


def _marks(contact: contract.Contact) -> Iterator[str]:
    """What must be said of a number each time it is given."""
    if contact["local"] and contact["local"] not in contact["name"]:
        yield f"local: {contact['local']}"
    if contact["later"]:
        yield f"Later today, for this alone: {contact['later']}"
    if contact["old"]:
        yield f"OLD: it was due to be checked by {day(contact['review_by'])}"
    if contact["status"] == "unconfirmed":
        yield "Not confirmed: check before you rely on it"


def _more(contact: contract.Contact) -> Iterator[str]:
    if contact["phones"] and contact["url"]:
        yield f"Page: {contact['url']}"
    if contact["phones"] and contact["application_process"]:
        yield f"How to refer: {contact['application_process']}"
    yield f"Serves: {contact['area']}"
    yield f"How sure: {contact['confidence']}, {contact['seen']}"
    if contact["settle"]:
        yield f"To settle: {contact['settle']}"


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
