"""All that differs between two editions, the most important first: what `cst changes` says."""

from __future__ import annotations

from typing import TYPE_CHECKING, get_args

from cst import CONTRACT
from cst.changes.elsewhere import elsewhere
from cst.changes.records import record_changes
from cst.contract import Section
from cst.exits import Exit

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from cst import contract
    from cst.changes.editions import Two
    from cst.toolkit.toolkit import Toolkit

SECTIONS: tuple[Section, ...] = get_args(Section)


def changes(two: Two, named: tuple[str, str]) -> contract.Changes:
    """What differs between two editions, each called by what it was asked for as."""
    unread = [
        f"In {name}: {one}" for name, edition in zip(named, (two.was, two.now), strict=True) for one in edition.unread()
    ]
    led, apart = elsewhere(two)
    found = sorted(_together(record_changes(two), led), key=_place)
    not_compared = list(dict.fromkeys([*unread, *apart]))
    sections = [one["section"] for one in found]
    return {
        "cst": CONTRACT,
        "kind": "changes",
        "exit": Exit.NO if found or (not_compared and _differ(two)) else Exit.DONE,
        "old": _edition(two.old, named[0]),
        "new": _edition(two.new, named[1]),
        "looked_at": {called: at.isoformat(timespec="minutes") for called, at in two.minutes().items()},
        "area": two.area,
        "counts": {section: sections.count(section) for section in dict.fromkeys(sections)},
        "changes": found,
        "not_compared": not_compared,
    }


def _differ(two: Two) -> bool:
    """Whether anything differs at all, also in what could not be compared."""
    return two.was.records != two.now.records or two.was.left_out != two.now.left_out


def _place(one: contract.Changed) -> tuple[int, bool]:
    """By section; of answers, those that led elsewhere before those that are new."""
    return SECTIONS.index(one["section"]), one["section"] == "elsewhere" and one["was"] is None


def _edition(toolkit: Toolkit, named: str) -> dict[str, str]:
    edition = toolkit.records["edition"]
    return {"named": named, **{part: str(edition.get(part, "")) for part in ("title", "version", "published")}}


def _together(records: Sequence[contract.Changed], led: Sequence[contract.Changed]) -> Iterator[contract.Changed]:
    """Both lists, what was walked first; a pathway or scheme that is new or gone is told once."""
    yield from (one for one in led if None not in (one["was"], one["now"]))
    ways = {(one["kind"], one["id"]): one for one in led if None in (one["was"], one["now"])}
    for one in records:
        told = ways.get((one["kind"], one["id"])) if one["what"] == "" else None
        yield {**told, "was": one["was"], "now": one["now"]} if told else one
