"""Whom to ring, write to or visit, in order."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from cst.contract import ConflictSaid, ContactSaid, PhoneSaid, RoleUnfilled
from cst.views.page import Item, Past, Reach, Ring, Turn, Words
from cst.views.times import day, when

WAYS = {"voice": "ring", "text": "text", "sms": "text", "textphone": "textphone", "relay": "relay", "video": "video"}
NO_WAY = "no number, e-mail or page is known"


def ladder_items(
    contacts: Sequence[ContactSaid], unfilled: Sequence[RoleUnfilled], at: str, *, full: bool = False
) -> Iterator[Item]:
    """The contacts in order, then the roles that nobody fills here. The first number to ring is large and alone.

    Args:
        contacts: in the order in which to ring.
        unfilled: roles without a contact in this area.
        at: the minute asked about, to say how far off opening is.
        full: whether to say everything known of each contact, not only what is needed to ring.
    """
    large_done = False
    for place, contact in enumerate(contacts):
        rungs = list(_rungs(contact, at, place, full=full, large_done=large_done))
        large_done = large_done or any(isinstance(item, Ring) and item.large for item in rungs)
        yield from rungs
    yield from (Words(role["says"], "Nobody listed here") for role in unfilled)


def _rungs(contact: ContactSaid, at: str, place: int, *, full: bool, large_done: bool) -> Iterator[Item]:
    """One contact: its phones, open ones first, with what to know before using it. The past is never to be rung."""
    if contact["status"] != "historic":
        notes, differing = tuple(_notes(contact, full=full)), tuple(map(_conflict, contact["conflicts"]))
        phones = contact["phones"]
        if not phones:
            yield Reach(contact["name"], _reach(contact), "then" if place else "alone", (*notes, *differing))
        voices = [phone for phone in phones if phone["kind"] == "voice"]
        for number, phone in enumerate(phones):
            large = not large_done and phone in voices[:1]
            # Sources that differ come after the contact's last number, as in the JSON.
            said = (*_own(phone), *(() if number else notes), *(differing if phone is phones[-1] else ()))
            turn = _turn(phone, place + number, large=large)
            way = WAYS.get(phone["kind"], phone["kind"])
            yield Ring(phone["number"], contact["name"], _hours(contact, phone, at), turn, way, large, said)
    if full:
        yield from (Past(contact["name"], old) for old in (*contact["old_numbers"], *contact["old_emails"]))


def _own(phone: PhoneSaid) -> Iterator[str]:
    yield from filter(None, (phone["note"], phone["cost"]))


def _turn(phone: PhoneSaid, before: int, *, large: bool) -> Turn:
    if phone["open"] is False:
        return "closed"
    if large:
        return "first"
    return "then" if before else "alone"


def _hours(contact: ContactSaid, phone: PhoneSaid, at: str) -> str:
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


def _reach(contact: ContactSaid) -> str:
    ways = [*map(_mail, contact["emails"]), *filter(None, (contact["url"], contact["application_process"]))]
    hours = [] if contact["open"] is None else [contact["hours"]]
    return "; ".join([*ways, *hours]) or NO_WAY


def _mail(mail: dict[str, str]) -> str:
    note = mail.get("note")
    return f"{mail['address']} ({note})" if note else mail["address"]


def _notes(contact: ContactSaid, *, full: bool) -> Iterator[str]:
    """What to know before using a contact: warnings first."""
    if contact["local"]:
        yield f"local: {contact['local']}"
    if contact["old"]:
        yield f"OLD: it was due to be checked by {day(contact['review_by'])}"
    if contact["status"] == "unconfirmed":
        yield "Not confirmed: check before you rely on it"
    yield from filter(None, (contact["alert"], contact["caution"]))
    if contact["have_ready"]:
        yield f"Have ready: {'; '.join(contact['have_ready'])}"
    if contact["phones"] and contact["emails"]:
        yield f"E-mail: {'; '.join(map(_mail, contact['emails']))}"
    if full:
        yield from _more(contact)


def _more(contact: ContactSaid) -> Iterator[str]:
    if contact["phones"] and contact["url"]:
        yield f"Page: {contact['url']}"
    if contact["phones"] and contact["application_process"]:
        yield f"How to refer: {contact['application_process']}"
    yield f"Serves: {contact['area']}"
    yield f"How sure: {contact['confidence']}"


def _conflict(conflict: ConflictSaid) -> str:
    values = "; ".join(
        f"{value.get('number') or value.get('says', '')} ({value['source']})" for value in conflict["values"]
    )
    return f"Sources differ on {conflict['about']}: {values}. {conflict['handling']}"
