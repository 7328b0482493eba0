"""The numbers of a service in a feed: those of an ordinary line here, and why the rest are left out."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, NamedTuple

from cst.exchange.feed_hours import own_hours
from cst.exchange.feed_words import LeftOut, words
from cst.exchange.open_referral_terms import HOURS, WAY, said_of
from cst.source.number_kinds import can_be_rung, digits_of, in_digits, national, unfit

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

KINDS = {"voice": "voice", "cell": "voice", "text": "sms", "textphone": "textphone", "video": "video"}
WAYS = ("text", "relay")  # that the standard has no word for
MOST_PHONES = 30
_AS_WRITTEN = re.compile(r"\+?\d+(?: \d+)*", re.ASCII)


class KnownNumbers(NamedTuple):
    """What is known already: numbers in use and no longer in use, each with the id of its contact."""

    used: Mapping[str, str]
    old: Mapping[str, str]


def phones_of(
    service: Mapping[str, Any], known: KnownNumbers, left_out: Callable[[str, str], None]
) -> list[dict[str, Any]]:
    """The numbers that a local file may have, each once, as its fields.

    Args:
        service: as it stands in the feed.
        known: what is known already.
        left_out: is told of each that is left out: its field, and why.
    """
    taken: dict[tuple[str, str], dict[str, Any]] = {}
    for field, of_person, one in _listed(service, left_out):
        try:
            phone = _phone(one, known, of_person=of_person)
        except LeftOut as why:
            left_out(_named(field, one), str(why))
            continue
        try:
            if one.get("description"):
                phone["note"] = words(one["description"])
        except LeftOut as why:
            left_out(f"{_named(field, one)} > description", str(why))
        said = said_of(one, HOURS)
        if said:
            phone["schedule"], wrong = own_hours(said)
            if wrong:
                left_out(f"{_named(field, one)} > hours", wrong)
        taken.setdefault((digits_of(phone["number"]), phone["kind"]), phone)
    return list(taken.values())


def _listed(
    service: Mapping[str, Any], left_out: Callable[[str, str], None]
) -> Iterator[tuple[str, bool, Mapping[str, Any]]]:
    """Every number of the service and of its contacts: its field, whether it is a person's, and its fields."""
    organization = service.get("organization")
    runs = organization.get("name") if isinstance(organization, dict) else None
    contacts = service.get("contacts")
    holders: list[tuple[str, bool, Any]] = [("phones", False, service)]
    for contact in contacts if isinstance(contacts, list) else ():
        if isinstance(contact, dict):
            person = contact.get("name") not in (None, "", service.get("name"), runs)
            holders.append(("contacts > phones", person, contact))
    count = 0
    for field, person, holder in holders:
        phones = holder.get("phones")
        for one in phones if isinstance(phones, list) else ():
            count += 1
            if count > MOST_PHONES:
                left_out(field, "there are very many numbers")
                return
            if isinstance(one, dict):
                yield field, person, one
            else:
                left_out(field, "it is no set of fields")


def _named(field: str, one: Mapping[str, Any]) -> str:
    """The field with the number, as far as it is one: what is left out is looked up in the feed by it."""
    number = one.get("number")
    return f"{field} {number:.30}" if isinstance(number, str) and number.isprintable() else field


def _phone(one: Mapping[str, Any], known: KnownNumbers, *, of_person: bool) -> dict[str, Any]:
    number, kind = _number(one.get("number")), _kind(one)
    dialled = national(number)
    if dialled in known.old:
        raise LeftOut(f"cst says that it is no longer to be rung, in {known.old[dialled]}")
    if dialled not in known.used and (why := unfit(number)):
        raise LeftOut(f"it is {why}")
    if not can_be_rung(number):
        raise LeftOut("it is no number that can be rung here")
    if one.get("extension") not in (None, ""):
        raise LeftOut("it has an extension, which cannot be dialled with it")
    if of_person and dialled.startswith("07"):
        raise LeftOut("it is the mobile of a person")
    return {"number": number, "kind": kind}


def _number(value: Any) -> str:
    text = value.strip() if isinstance(value, str) else ""
    if len(text) > 40:
        raise LeftOut("it is no telephone number")
    number = text if _AS_WRITTEN.fullmatch(text) else in_digits(text)
    if not number:
        raise LeftOut("it is no telephone number")
    return number if " " in number or len(digits_of(number)) < 7 else in_digits(number)


def _kind(one: Mapping[str, Any]) -> str:
    way: Sequence[str] = said_of(one, WAY)
    if one.get("type") in (None, "") and len(way) == 1 and way[0] in WAYS:
        return way[0]
    kind = KINDS.get(str(one.get("type") or "voice").casefold())
    if kind is None:
        raise LeftOut(
            f"it is for {str(one['type'])[:20]}" if str(one["type"]).isalpha() else "what it is for is not known"
        )
    return kind
