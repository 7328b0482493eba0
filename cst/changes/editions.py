"""Two editions side by side, and the questions and topics of both as one, so that each gets the same answers."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from typing import TYPE_CHECKING, Any, NamedTuple

from cst.checks.all_proofs import edition_day
from cst.checks.state_space import concern_question
from cst.london import LONDON
from cst.toolkit.toolkit import Toolkit

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from cst.source.edition import Edition

# The kinds of record on which an answer hangs.
DECIDING = ("issues", "questions", "rules", "modes", "pathways", "schemes", "roles", "contacts", "areas", "parameters")
HOURS = {"by day": time(10), "at night": time(23)}  # on a Tuesday
TUESDAY = 1


class Two(NamedTuple):
    """An older edition and a newer one.

    old, new: what the engine can use of each; what was read of them is in `was` and `now`.
    both: the questions, topics and areas of the two as one toolkit; what both have is as the newer one has it.
    at: the minute for which both are looked at; None: the day of the newer one, by day and at night.
    area: the area in which it is looked at whom to ring first; None: in every area.
    """

    was: Edition
    now: Edition
    old: Toolkit
    new: Toolkit
    both: Toolkit
    at: datetime | None = None
    area: str | None = None

    @property
    def day(self) -> date:
        """The day for which both are looked at."""
        return self.at.date() if self.at else edition_day(self.new)

    @property
    def topic(self) -> str:
        """The question of what it is about."""
        return concern_question(self.new)

    def minutes(self) -> dict[str, datetime]:
        """A minute by day and one at night, on the first Tuesday from that day on; or the one asked about."""
        if self.at:
            return {"at this minute": self.at}
        tuesday = self.day + timedelta((TUESDAY - self.day.weekday()) % 7)
        return {called: datetime.combine(tuesday, clock, LONDON) for called, clock in HOURS.items()}


def side_by_side(was: Edition, now: Edition, at: datetime | None = None, area: str | None = None) -> Two:
    """Puts two editions side by side."""
    old, new = usable(was), usable(now)
    asked: dict[str, Any] = {**old.kind("questions")}
    for name, question in new.kind("questions").items():
        asked[name] = _with_choices(question, asked.get(name, {}))
    joined: dict[str, Any] = {kind: {**old.kind(kind), **new.kind(kind)} for kind in ("issues", "areas")}
    records: Any = {**new.records, **joined, "questions": asked}
    return Two(was, now, old, new, Toolkit(records, {}), at, area)


def usable(edition: Edition) -> Toolkit:
    """An edition without the records that have not all that is needed, and areas that lie around one another."""
    records: Any = {
        kind: {name: one for name, one in held.items() if edition.is_whole(kind, name)} if kind in DECIDING else held
        for kind, held in edition.records.items()
    }
    records["areas"] = {name: one for name, one in records["areas"].items() if _ends(records["areas"], name)}
    return Toolkit(records, {})


def _ends(areas: Mapping[str, Any], name: str) -> bool:
    """Whether the areas around one come to an end."""
    seen: list[str] = []
    while name in areas and name not in seen:
        seen.append(name)
        name = areas[name].get("within", "")
    return not name


def _with_choices(question: Mapping[str, Any], before: Mapping[str, Any]) -> Mapping[str, Any]:
    """A question with the choices that it had before as well."""
    if "choices" not in question:
        return question
    return {**question, "choices": {**before.get("choices", {}), **question["choices"]}}
