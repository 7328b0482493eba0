"""What a person must ring, open or ask to settle what is not known of a contact: the most dangerous first.

How dangerous a gap is comes from who calls the contact: the most urgent pathway or line to find out. What nothing
calls comes last. Among those of one urgency a number without any hours comes before one with some, and that before what
has no number; then what is called early in a plan before what is called late.
"""

from __future__ import annotations

from cst.engine.not_sure import URGENCIES
from cst.lean_typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from cst.source import records
    from cst.toolkit.toolkit import Toolkit

NOBODY = (len(URGENCIES), 0)


def to_settle(toolkit: Toolkit) -> list[dict[str, str]]:
    """The live contacts that say what would settle what is not known of them, the most dangerous first.

    Returns:
        Of each its id; under `title` its name and numbers; under `note` what to ring and ask, or find.
    """
    placed = called_for(toolkit)
    gaps = {
        name: record
        for name, record in toolkit.kind("contacts").items()
        if record["status"] != "historic" and "settle" in record
    }

    def danger(name: str) -> tuple[int, int, int]:
        urgency, place = min(placed.get(use, NOBODY) for use in (name, *gaps[name].get("fills", ())))
        return urgency, nearly_known(gaps[name]), place

    return [_item(name, gaps[name]) for name in sorted(gaps, key=danger)]


def nearly_known(record: records.Contact) -> int:
    """0 for numbers of which no hours are known, 1 for numbers of which some are, 2 where there is no number."""
    phones = record.get("phones", ())
    if not phones:
        return 2
    whole = record.get("schedule", "unknown")
    return int(any(phone.get("schedule", whole) != "unknown" for phone in phones))


def _item(name: str, record: records.Contact) -> dict[str, str]:
    numbers = dict.fromkeys(phone["number"] for phone in record.get("phones", ()))
    return {"id": name, "title": ", ".join((record["name"], *numbers)), "note": record["settle"]}


def called_for(toolkit: Toolkit) -> dict[str, tuple[int, int]]:
    """For each role or contact that is called: the most urgent call, and how early it stands there."""
    placed: dict[str, tuple[int, int]] = {}
    for urgency, calls in _ladders(toolkit):
        for place, call in enumerate(calls):
            placed[call["use"]] = min(placed.get(call["use"], NOBODY), (URGENCIES.index(urgency), place))
    return placed


def _ladders(toolkit: Toolkit) -> Iterator[tuple[str, Sequence[records.Call]]]:
    """Every list of calls, with how urgent it is; a line to find out is as urgent as its yes."""
    for pathway in toolkit.kind("pathways").values():
        yield pathway["urgency"], pathway["call"]
    for question in toolkit.kind("questions").values():
        for row in question.get("not_sure", ()):
            yield row.get("yes_is", "routine"), row.get("ring", ())
