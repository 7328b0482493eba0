"""Faults as a page: place, what is wrong, what to do; or, with none, what was checked."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from cst.views.dates import day
from cst.views.page import Block, Item, Page, Words

if TYPE_CHECKING:
    from cst.contract import FaultSaid, FaultsSaid

NAMED = 9


def faults_page(said: FaultsSaid) -> Page:
    """Every fault in a paragraph of its own, then changes, what was proved, what is due, and the counts."""
    faults = (Block((_fault(fault),)) for fault in said["faults"])
    proved, due = tuple(_proved(said)), tuple(_due(said))
    changes = tuple(Words(one) for one in said.get("changes", ()))
    return (
        *faults,
        Block(changes, "What the local file changes" if changes else ""),
        Block(proved, "Proved" if proved else ""),
        Block(due, "To be looked up again" if due else ""),
        Block(tuple(_counts(said))),
    )


def _fault(fault: FaultSaid) -> Item:
    place = f"{fault['file']}:{fault['line']}" if fault["file"] else "Fault"
    return Words(f"{fault['says']} {fault['remedy']} [{fault['code']}]", place)


def _proved(said: FaultsSaid) -> Iterator[Item]:
    for one in said.get("proved", ()):
        yield Words(f"{one['promise']}: {one['tried']}.", "" if one["holds"] else "NOT SO")


def _due(said: FaultsSaid) -> Iterator[Item]:
    """The next ones by name, those after by number: a list of all is in the JSON."""
    for place, one in enumerate(said.get("due", ())):
        named = one["contacts"] if not place and len(one["contacts"]) <= NAMED else []
        says = ", ".join(named) if named else f"{len(one['contacts'])} contacts"
        yield Words(says, f"By {day(one['by'])}")


def _counts(said: FaultsSaid) -> Iterator[Item]:
    found = len(said["faults"])
    yield Words("No faults." if not found else "1 fault." if found == 1 else f"{found} faults.", strong=True)
    if said["checked"]:
        yield Words(", ".join(f"{number} {kind}" for kind, number in said["checked"].items()), "Checked")
