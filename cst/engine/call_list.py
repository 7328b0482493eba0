"""Whom a maintainer rings to have a contact confirmed, the most dangerous and then the oldest first.

How dangerous it is that a number is wrong comes from who calls it, as in `to_settle`. Of those of one urgency what was
looked at longest ago comes first, then a number without any hours, then what is called early in a plan.
An emergency line is never on the list: nobody rings one to see whether it answers.
"""

from __future__ import annotations

from datetime import date, timedelta

from cst.engine.contact import last_read, review_day
from cst.engine.not_sure import URGENCIES
from cst.engine.to_settle import NOBODY, called_for, nearly_known
from cst.lean_typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from cst.source import records
    from cst.toolkit.toolkit import Toolkit

NEVER_RUNG = ("police-emergency", "emergency-text-and-relay", "999-bsl")
_URGENCY_WORDS = (*URGENCIES, "not called")


class ToRing(NamedTuple):
    """One contact on the list: how urgent what calls it is, when it was last looked at, by when it is due."""

    name: str
    urgency: str
    last: str
    due: str
    confirmed: bool


def call_list(toolkit: Toolkit, today: date, within: int | None, area: str | None) -> list[ToRing]:
    """The live contacts that somebody has to confirm.

    Args:
        toolkit: what is known.
        today: the day it is.
        within: only what is due for review in so many days; None: what nobody has confirmed, and what is due today.
        area: only contacts that serve this area, a part of it, or what lies around it.
    """
    placed = called_for(toolkit)
    found = [
        (_danger(toolkit, placed, name, record), _to_ring(toolkit, placed, name, record))
        for name, record in toolkit.kind("contacts").items()
        if record["status"] != "historic" and name not in NEVER_RUNG and _serves(toolkit, record, area)
    ]
    last = (today + timedelta(within or 0)).isoformat()
    wanted = [(key, one) for key, one in found if one.due <= last or (within is None and not one.confirmed)]
    return [one for _, one in sorted(wanted)]


def called_by_name(toolkit: Toolkit) -> frozenset[str]:
    """The contacts that something calls by their id, so that they cannot become historic before that is changed."""
    calls = [
        call["use"] for kind in ("pathways", "schemes") for one in toolkit.kind(kind).values() for call in one["call"]
    ]
    rows = [row for one in toolkit.kind("questions").values() for row in one.get("not_sure", ())]
    calls += [call["use"] for row in rows for call in row.get("ring", ())]
    calls += [name for one in toolkit.kind("roles").values() for name in one.get("otherwise", ())]
    calls += [name for one in toolkit.kind("terms").values() for name in one.get("call", ())]
    calls += [one["if_no_answer"] for one in toolkit.kind("contacts").values() if "if_no_answer" in one]
    return frozenset(calls) & frozenset(toolkit.kind("contacts"))


def _danger(
    toolkit: Toolkit, placed: dict[str, tuple[int, int]], name: str, record: records.Contact
) -> tuple[int, str, int, int]:
    urgency, place = _called(placed, name, record)
    return urgency, _last(toolkit, record), nearly_known(record), place


def _called(placed: dict[str, tuple[int, int]], name: str, record: records.Contact) -> tuple[int, int]:
    return min(placed.get(use, NOBODY) for use in (name, *record.get("fills", ())))


def _to_ring(toolkit: Toolkit, placed: dict[str, tuple[int, int]], name: str, record: records.Contact) -> ToRing:
    return ToRing(
        name,
        _URGENCY_WORDS[_called(placed, name, record)[0]],
        _last(toolkit, record),
        review_day(record, toolkit),
        "assured_date" in record,
    )


def _last(toolkit: Toolkit, record: records.Contact) -> str:
    """The day on which it was confirmed, or on which a source was read last."""
    return max(record.get("assured_date", ""), last_read(record, toolkit))


def _serves(toolkit: Toolkit, record: records.Contact, area: str | None) -> bool:
    """Whether a contact serves an area, or an area within or around it; where none is asked for, all do."""
    if area is None:
        return True
    around = set(toolkit.around(area))
    return any(one in around or area in toolkit.around(one) for one in record["serves"])


def items(toolkit: Toolkit, listed: list[ToRing]) -> list[dict[str, str]]:
    """The list as `--json` has it: of each its name and numbers, and what to ask."""
    contacts = toolkit.kind("contacts")
    return [_item(one, contacts[one.name]) for one in listed]


def _item(one: ToRing, record: records.Contact) -> dict[str, str]:
    numbers = ", ".join(dict.fromkeys(phone["number"] for phone in record.get("phones", ())))
    last = f"{'confirmed' if one.confirmed else 'read'} {one.last}"
    return {
        "id": one.name,
        "title": f"{record['name']}{', ' if numbers else ''}{numbers}",
        "note": f"{one.urgency}; {last}; due {one.due}",
        "name": record["name"],
        "numbers": numbers,
        "urgency": one.urgency,
        "last": one.last,
        "due": one.due,
        "ask": record.get("settle", ""),
    }
