"""What came of a feed as a page: what was taken, what was left out and why, and what to do next."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING

from cst.views.page import Block, Page, Words
from cst.views.pages.faults import counted

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from cst import contract

MOST = 200  # services that are named one by one


def import_page(found: contract.Import) -> Page:
    """The counts, then each service that was taken, then each that was not, and what of the others was not."""
    told = [list(those) for _, those in groupby(found["left_out"], key=lambda one: (one["service"], one["name"]))]
    whole = [those for those in told if any(one["field"] is None for one in those)]
    parts = [those for those in told if those not in whole]
    notes = tuple(Words(note, strong=True) for note in found["notes"])
    return (
        Block((Words(_counts(found), strong=True), *notes)),
        Block(tuple(_cut(_taken(found))), "Taken" if found["taken"] else ""),
        Block(tuple(_cut(map(_left_out, whole))), "Left out" if whole else ""),
        Block(tuple(_cut(map(_left_out, parts))), "Left out of services that were taken" if parts else ""),
        Block((Words(_next(found)),)),
    )


def _counts(found: contract.Import) -> str:
    read, taken = found["read"], len(found["taken"])
    return f"{found['file']}: {counted(read, 'services')} read, {taken} taken, {read - taken} left out."


def _taken(found: contract.Import) -> Iterator[Words]:
    for one in found["taken"]:
        yield Words(f"{one['contact']}{_listed(one['phones'])}", one["name"])


def _listed(phones: list[str]) -> str:
    return f": {', '.join(phones)}" if phones else ", no number"


def _left_out(those: list[contract.LeftOut]) -> Words:
    """What was left out of one service, together."""
    said = (f"{one['field']}: {one['why']}" if one["field"] else one["why"] for one in those)
    return Words("; ".join(said), those[0]["name"])


def _cut(items: Iterable[Words]) -> Iterator[Words]:
    listed = list(items)
    yield from listed[:MOST]
    if len(listed) > MOST:
        yield Words(f"And {len(listed) - MOST} more. --json has all of them.")


def _next(found: contract.Import) -> str:
    if not found["taken"]:
        return "Nothing was taken, so there is no local file."
    return "Nobody has rung these numbers. Read the file, then: cst check FILE, and cst lookup NAME --toolkit FILE"
