"""Faults as a page: place, what is wrong, what to do; or, with none, what was checked."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from cst.views.dates import day
from cst.views.page import Block, Item, Page, Words

if TYPE_CHECKING:
    from cst import contract

NAMED = 9


def faults_page(result: contract.Faults) -> Page:
    """Every fault in a paragraph of its own, then changes, what was proved, what is due, and the counts."""
    faults = (Block((_fault(fault),)) for fault in result["faults"])
    proved, due = tuple(_proved(result)), tuple(_due(result))
    changes = tuple(Words(one) for one in result.get("changes", ()))
    unsigned = tuple(Words(f"{number} {what}.") for what, number in result.get("unsigned", {}).items() if number)
    return (
        *faults,
        Block(changes, "What the local file changes" if changes else ""),
        Block(proved, "Proved" if proved else ""),
        Block(due, "To be looked up again" if due else ""),
        Block(unsigned, "Not signed yet" if unsigned else ""),
        Block(tuple(_counts(result))),
    )


def _fault(fault: contract.Fault) -> Item:
    line = f":{fault['line']}" if fault["line"] else ""
    place = f"{fault['file']}{line}" if fault["file"] else "Fault"
    return Words(f"{fault['says']} {fault['remedy']} [{fault['code']}]", place)


def _proved(result: contract.Faults) -> Iterator[Item]:
    for one in result.get("proved", ()):
        yield Words(f"{one['promise']}: {one['tried']}.", "" if one["holds"] else "NOT SO")


def _due(result: contract.Faults) -> Iterator[Item]:
    """The next ones by name, those after by number: a list of all is in the JSON."""
    for place, one in enumerate(result.get("due", ())):
        named = one["contacts"] if not place and len(one["contacts"]) <= NAMED else []
        says = ", ".join(named) if named else counted(len(one["contacts"]), "contacts")
        yield Words(says, f"By {day(one['by'])}")


def _counts(result: contract.Faults) -> Iterator[Item]:
    found = len(result["faults"])
    yield Words(f"{counted(found, 'faults')}." if found else "No faults.", strong=True)
    if result["checked"]:
        yield Words(", ".join(counted(number, kind) for kind, number in result["checked"].items()), "Checked")


def counted(number: int, things: str) -> str:
    """So many of them; one of them is named as one."""
    return f"{number} {things.removesuffix('s') if number == 1 else things}"
