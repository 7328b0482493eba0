"""Faults as a page: place, what is wrong, what to do; or, with none, what was checked."""

from __future__ import annotations

from collections.abc import Iterator

from cst.contract import FaultSaid, FaultsSaid
from cst.views.page import Block, Item, Page, Words


def faults_page(said: FaultsSaid) -> Page:
    """Every fault in a paragraph of its own, then the counts."""
    return (*(Block((_fault(fault),)) for fault in said["faults"]), Block(tuple(_counts(said))))


def _fault(fault: FaultSaid) -> Item:
    place = f"{fault['file']}:{fault['line']}" if fault["file"] else "Fault"
    return Words(f"{fault['says']} {fault['remedy']} [{fault['code']}]", place)


def _counts(said: FaultsSaid) -> Iterator[Item]:
    found = len(said["faults"])
    yield Words("No faults." if not found else "1 fault." if found == 1 else f"{found} faults.", strong=True)
    if said["checked"]:
        yield Words(", ".join(f"{number} {kind}" for kind, number in said["checked"].items()), "Checked")
