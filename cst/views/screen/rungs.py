"""The rows of whom to ring on one screen: the first number, and with it the first that is known to answer."""

from __future__ import annotations

from cst.engine.call_order import LAST_RUNG
from cst.lean_typing import TYPE_CHECKING
from cst.views.pages.contacts import WAYS
from cst.views.screen.layout import NOTES, OTHER_NUMBER, STAYS, Row

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from typing import Any

    from cst import contract

    Rung = tuple[contract.Contact, contract.Phone]

NOBODY_ANSWERS = "None here is known to answer now. No answer: 101."
FORM = "form, not a call"
LONG = 30  # columns; a longer address is folded
SPOKEN = ("voice",)
FREE = ", free"  # the first to go where a number and its title share a row


def all_numbers(holders: Sequence[Mapping[str, Any]]) -> frozenset[str]:
    """The numbers of these outcomes or entries that may be rung, by number: what is counted as shown or not."""
    return frozenset(phone["number"] for holder in holders for contact, phone in _rungs(holder))


def number_rows(holder: Mapping[str, Any], at_most: int, *, area: bool = True) -> Iterator[Row]:
    """The numbers of an outcome, entry or verdict, the first to ring first.

    The first stays first, whatever its hours. Where it is not known to answer, the first that is stands under it. A
    service with a page or a form and no number says so, and stands in no column of numbers.

    Args:
        holder: whatever has contacts, first and no_first.
        at_most: how many numbers there is room for, at most.
        area: whether the place is known: where it is not, only what is there for all is shown.
    """
    rungs = _rungs(holder)
    first = holder["first"]
    if first is None:
        yield from _no_number(holder)
        return
    leading = [rung for rung in rungs if (rung[0]["id"], rung[1]["number"]) == (first["contact"], first["phone"])]
    rungs = leading + [rung for rung in rungs if rung not in leading and rung[0]["id"] != LAST_RUNG]
    answering = _answering(rungs)
    room = at_most - 1
    yield _row(*rungs[0], STAYS)
    if answering is None and not _answers(*rungs[0]) and rungs[0][0]["id"] != LAST_RUNG:
        yield Row(NOBODY_ANSWERS)
    elif answering and answering != rungs[0] and rungs[0][1]["open"] is not True:
        yield _row(*answering, STAYS)
        room -= 1
    others = [rung for rung in rungs[1:] if rung != answering and rung[1]["kind"] in SPOKEN]
    for place, rung in enumerate(others[: max(room, 0)], 2):
        yield _row(*rung, OTHER_NUMBER + place)
    yield from _forms(holder, NOTES)


def one_row(holder: Mapping[str, Any]) -> Row:
    """The first number, whose it is and until when; where it may not answer, the number of the first that does."""
    rows = [row for row in number_rows(holder, 1) if row.goes == STAYS]
    answers = {phone["number"]: hours(phone) for _, phone in _rungs(holder)}
    told = [f"{row.lead.strip()} {row.text.removesuffix(FREE)}" if row.lead else row.text for row in rows[:1]]
    told += [f"{row.lead}, {answers[row.lead]}" if row.lead in answers else row.text for row in rows[1:]]
    return Row("; else ".join(told), kind="strong", shows=tuple(one for row in rows for one in row.shows))


def _rungs(holder: Mapping[str, Any]) -> list[Rung]:
    """Each number that may be rung, in order; no dead ones, and none of another place."""
    live = [one for one in holder["contacts"] if one["status"] != "historic" and (one["here"] or not holder["first"])]
    return [(contact, phone) for contact in live for phone in contact["phones"]]


def _answers(contact: contract.Contact, phone: contract.Phone) -> bool:
    """Known to be open, or marked as answering out of hours."""
    return phone["open"] is True or (phone["open"] is None and contact["out_of_hours"])


def _answering(rungs: Sequence[Rung]) -> Rung | None:
    """The first that is known to be open; where none is, the first that is marked as answering out of hours."""
    spoken = [rung for rung in rungs if rung[1]["kind"] in SPOKEN]
    known = [rung for rung in spoken if rung[1]["open"] is True]
    return next(iter(known or [rung for rung in spoken if _answers(*rung)]), None)


def _row(contact: contract.Contact, phone: contract.Phone, goes: int) -> Row:
    way = WAYS.get(phone["kind"], phone["kind"])
    lead = phone["number"] if way == "ring" else f"{way} {phone['number']}"
    return Row(_whose(contact, phone), lead, "number", goes, (("numbers", phone["number"]),))


def _whose(contact: contract.Contact, phone: contract.Phone) -> str:
    """The name, whether it answers and until when; free calls, and what two sources say of the number."""
    free = "free" if (phone["cost"] or "").casefold().startswith("free") else ""
    old = f"old, due for a check by {contact['review_by']}" if contact["old"] else ""
    unsure = "not confirmed" if contact["status"] == "unconfirmed" else ""
    local = f"local: {contact['local']}" if contact["local"] and contact["local"] not in contact["name"] else ""
    return ", ".join(filter(None, (contact["brief"] or contact["name"], hours(phone), free, unsure, old, local)))


def hours(phone: contract.Phone) -> str:
    """Whether a line answers, with until when: a photo of the screen is read an hour later."""
    return phone["hours"].replace("open now, until", "open, until")


def _no_number(holder: Mapping[str, Any]) -> Iterator[Row]:
    """Why there is no number to ring first, and how else whoever stands first is reached."""
    if holder["no_first"]:
        yield Row(holder["no_first"])
    yield from _forms(holder, STAYS)
    rungs = [rung for rung in _rungs(holder) if rung[0]["id"] != LAST_RUNG]
    if rungs and (other := _answering(rungs)):
        yield _row(*other, OTHER_NUMBER)


def _forms(holder: Mapping[str, Any], goes: int) -> Iterator[Row]:
    """The first service that is reached by a page or a form alone: whose it is, and that it is no call."""
    for contact in holder["contacts"]:
        if contact["status"] != "historic" and not contact["phones"] and contact["url"]:
            yield Row(f"{_address(contact['url'])}, {contact['brief'] or contact['name']}", FORM, "number", goes)
            return


def _address(url: str) -> str:
    """Where a page is, as it is typed; of a long one the site alone, since its name stands beside it."""
    short = url.partition("://")[2].removeprefix("www.") or url
    return short if len(short) <= LONG else short.partition("/")[0]
