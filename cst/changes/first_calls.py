"""Whom to ring first in each of two editions, for the same calls, in every area that both know, by day and at night."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from cst.engine.call_order import call_order
from cst.engine.contact import Here, review_day

if TYPE_CHECKING:
    from collections.abc import Collection, Container, Iterable, Sequence

    from cst import contract
    from cst.changes.editions import Two
    from cst.engine.call_order import Call
    from cst.toolkit.toolkit import Toolkit

    Calls = tuple[Call, ...]
    Pair = tuple[Calls, Calls]
    Filling = tuple[tuple[str, int], ...]

NOT_KNOWN = "somebody who hangs on what is not there"
NOBODY = "nobody"
ONLY_SAID = (
    "brief", "who_for", "alternate_name", "application_process", "have_ready", "if_no_answer", "caution", "alert",
    "settle", "conflicts", "confidence", "became", "emails", "old_emails", "old_numbers", "url", "evidence",
    "assured_by", "assured_means",
)  # fmt: skip
NO_AREA = "no area given"


def named(toolkit: Toolkit, first: contract.First | None) -> str:
    """Whom to ring first, by name and number."""
    return f"{toolkit.kind('contacts')[first['contact']]['name']}, {first['phone']}" if first else NOBODY


class Differing(NamedTuple):
    """Who was rung first and who is, and the area and the minute in words."""

    was: str
    now: str
    area: str
    minute: str


class FirstCalls:
    """Whom to ring first for some calls of the older edition and of the newer."""

    def __init__(self, two: Two, wanted: Collection[Pair]) -> None:
        """Works it out for these calls, area by area, as the engine keeps what it knows of one place at a time."""
        self.toolkits = (two.old, two.new)
        shared = [area for area in two.new.kind("areas") if area in two.old.kind("areas")]
        looked_at = (two.area,) if two.area else (None, *shared)
        self.areas = {area: two.new.kind("areas")[area]["name"] if area else NO_AREA for area in looked_at}
        self.filling: dict[tuple[int, str, str | None], Filling] = {}
        self.known: dict[tuple[object, ...], str] = {}
        self.found: dict[Pair, list[Differing]] = {pair: [] for pair in wanted}
        self.times = len(two.minutes())
        touched = _touched(two)
        for area, called in self.areas.items():
            pairs = [pair for pair in self.found if self._may_differ(pair, area, touched)]
            for minute, at in two.minutes().items():
                was, now = (
                    self._firsts(edition, [pair[edition] for pair in pairs], Here(area, at)) for edition in (0, 1)
                )
                for old, new in pairs:
                    if was[old] != now[new]:
                        self.found[old, new].append(Differing(was[old], now[new], called, minute))

    def _may_differ(self, pair: Pair, area: str | None, touched: Container[str]) -> bool:
        """Whether the calls differ, or the contacts that they stand for."""
        if pair[0] != pair[1]:
            return True
        old, new = (self._filling(edition, pair[edition], area) for edition in (0, 1))
        return old != new or any(name in touched for filling in new for name, _ in filling)

    def _firsts(self, edition: int, wanted: Iterable[Calls], here: Here) -> dict[Calls, str]:
        return {calls: self._first(edition, calls, here) for calls in dict.fromkeys(wanted)}

    def _first(self, edition: int, calls: Calls, here: Here) -> str:
        """Whom to ring first: the same wherever the same contacts are called."""
        alike = (edition, calls, here.at, *self._filling(edition, calls, here.area))
        if alike not in self.known:
            toolkit = self.toolkits[edition]
            try:
                self.known[alike] = named(toolkit, call_order(toolkit, calls, here).first)
            except LookupError:  # a contact of an older shape
                self.known[alike] = NOT_KNOWN
        return self.known[alike]

    def _filling(self, edition: int, calls: Calls, area: str | None) -> list[Filling]:
        """The contacts that each call stands for in an area, each with how far out it serves."""
        for call in calls:
            key = (edition, call.use, area)
            if key not in self.filling:
                toolkit = self.toolkits[edition]
                self.filling[key] = tuple(toolkit.filling(call.use, toolkit.around(area)))
        return [self.filling[edition, call.use, area] for call in calls]

    def in_words(self, places: Sequence[tuple[str, str]]) -> str:
        """Areas and minutes in words; nothing where it is so everywhere at any time."""
        if not places:
            return ""
        areas, minutes = (list(dict.fromkeys(part)) for part in zip(*places, strict=True))
        told = [] if len(areas) == len(self.areas) else [few(areas)]
        return ", ".join([*told, *(minutes if len(minutes) < self.times else [])])


def _touched(two: Two) -> set[str]:
    """The contacts that differ in what an order of calls hangs on; all where the calendar does."""
    before: dict[str, Any] = {**two.old.kind("contacts")}
    after: dict[str, Any] = {**two.new.kind("contacts")}
    if two.old.records.get("bank_holidays") != two.new.records.get("bank_holidays"):
        return {*before, *after}
    return {
        name for name, one in after.items() if name not in before or _told(two.old, before[name]) != _told(two.new, one)
    }


def _told(toolkit: Toolkit, contact: Any) -> object:
    """A contact without what is only said of it, and the day by which it is old, where its sources say that."""
    kept = {field: value for field, value in contact.items() if field not in ONLY_SAID}
    try:
        return kept, review_day(contact, toolkit)
    except LookupError:
        return kept, contact["evidence"]


def few(names: Sequence[str], most: int = 3) -> str:
    """Some names, and how many more there are."""
    more = f" and {len(names) - most} more" if len(names) > most else ""
    return ", ".join(names[:most]) + more
