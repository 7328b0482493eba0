"""Faults as a page: place, what is wrong, what to do; or, with none, what was checked."""

from __future__ import annotations

from collections.abc import Iterator

from cst.contract import FaultsSaid
from cst.views.page import Block, Item, Page, Words


def faults_page(said: FaultsSaid) -> Page:
    """Every fault, or the counts of what was checked."""
    return (Block(tuple(_items(said))),)


def _items(said: FaultsSaid) -> Iterator[Item]:
    for fault in said["faults"]:
        place = f"{fault['file']}:{fault['line']}" if fault["file"] else fault["code"]
        yield Words(f"{fault['says']} {fault['remedy']} [{fault['code']}]", place)
    if said["faults"]:
        yield Words(f"{len(said['faults'])} faults.", strong=True)
    else:
        counts = ", ".join(f"{number} {kind}" for kind, number in said["checked"].items())
        yield Words(f"Nothing wrong in {counts}.", strong=True)
