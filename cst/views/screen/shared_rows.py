"""Rows that the screens of a plan, an entry and a verdict share: place and minute, steps, do-nots, the closing row."""

from __future__ import annotations

from cst import card
from cst.engine.do_nots import KILL
from cst.lean_typing import TYPE_CHECKING
from cst.views.dates import short_moment
from cst.views.screen.layout import SECOND_STEP, STAYS, WAITING, Row, side_by_side

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from typing import Any

    from cst import contract
    from cst.views.screen.layout import Counted

MARKS = {"now": "!! NOW", "today": "! TODAY"}
NEVER = "×"
ALL = "All: add --all"
CLOSING = "No answer: 101. Worse: 999. {unrung}Your lead and judgement stand."
UNRUNG = "Not rung by us yet. "
NO_AREA = "NO AREA: local numbers are missing, and they come first. {how}"
ADD_AREA = "Add --area TOWN"
GOES = {"A": STAYS, "B": STAYS, "C": WAITING, "D": WAITING}  # the least deadly are never on it


def place_and_minute(answer: Mapping[str, Any]) -> str:
    """The area and the minute, which stand on every screen: a photo of it is read later, in the next town."""
    return f"{answer['area_name'] or 'No area'}, {short_moment(answer['at'])}"


def about_the_place(answer: Mapping[str, Any], *, local: bool, how: str = ADD_AREA) -> Iterator[Row]:
    """What the place was taken as, or why it has no numbers of its own; that none was given, where it would help."""
    says = answer["area_says"] or answer.get("local_says")
    if says:
        yield Row(says, kind="strong")
    elif local and not answer["area"]:
        yield Row(NO_AREA.format(how=how), kind="strong")


def own_steps(steps: Sequence[contract.Step], at_most: int, about: str = "") -> Iterator[Row]:
    """The steps that stand on one screen, in their order: what the entry is for first of all, then the first ones.

    Args:
        steps: all of them.
        at_most: how many there is room for.
        about: the entry that they are of, so that a step that two entries share is counted for each.
    """
    keys = key_steps(steps)
    wanted = dict.fromkeys([*keys[:at_most], *range(len(steps))])
    chosen = sorted(list(wanted)[:at_most])
    needed = set(keys[:2] or chosen[:1]) | ({0} if at_most > 1 else set())
    for number, place in enumerate(chosen, 1):
        goes = STAYS if place in needed or (not keys and number == 1) else SECOND_STEP + number
        lead = f"{number}" if at_most > 1 else ""
        yield Row(step_text(steps[place]), lead, "step", goes, (("steps", f"{about}:{place}"),))


def key_steps(steps: Sequence[contract.Step]) -> list[int]:
    """The places of the steps that the entry is for, what the law asks of the reader first."""
    own = [place for place, step in enumerate(steps) if step["duty"] or step["key"]]
    return sorted(own, key=lambda place: not steps[place]["duty"])


def step_text(step: contract.Step) -> str:
    """A step in one row where there is a short form; it has its time in it. Else the whole, with its time before it."""
    if step["brief"]:
        return step["brief"]
    within = step["within"]
    return f"{within[0].upper()}{within[1:]}: {step['text']}" if within else step["text"]


def all_steps(holders: Mapping[str, Sequence[contract.Step]]) -> frozenset[tuple[Counted, str]]:
    """Every step of these, for the count of what is not shown."""
    return frozenset(("steps", f"{about}:{place}") for about, steps in holders.items() for place in range(len(steps)))


def never_rows(told: Sequence[contract.DoNot], columns: int, numbers: Mapping[str, int] | None = None) -> list[Row]:
    """The do-nots as rows: all that kill, then one row of the others where there is room.

    Args:
        told: the deadliest first.
        columns: the room for the text.
        numbers: the numbers of the pathways on the screen, for what is wrong for the others.
    """
    rows = [
        Row(
            _never(one, numbers or {}),
            NEVER,
            "never",
            GOES[one["kills"]],
            tuple(("do-nots", name) for name in one["of"]),
        )
        for one in told
        if one["kills"] in GOES
    ]
    packed = list(side_by_side(rows, columns - 2))
    others = [row for row in packed if row.goes]
    return [row for row in packed if not row.goes] + (others[:1] if len(others) < len(packed) else others)


def _never(one: contract.DoNot, numbers: Mapping[str, int]) -> str:
    own = ", ".join(str(numbers[name]) for name in one["outcomes"] if name in numbers)
    return f"{own}: {one['says']}" if own else one["says"]


def all_do_nots(told: Sequence[contract.DoNot]) -> frozenset[tuple[Counted, str]]:
    """Every caution in these, for the count of what is not shown."""
    return frozenset(("do-nots", name) for one in told for name in one["of"])


def kills(told: Sequence[contract.DoNot]) -> bool:
    """Whether any of these kills."""
    return any(one["kills"] in KILL for one in told)


def all_sources(
    sources: Sequence[contract.Source], contacts: Sequence[contract.Contact]
) -> frozenset[tuple[Counted, str]]:
    """Every source, for the count."""
    cited = (*sources, *(source for contact in contacts for source in contact["sources"]))
    return frozenset(("sources", one["id"]) for one in cited)


def closing(contacts: Sequence[contract.Contact]) -> Row:
    """What to do when it fails, and what this is not: the last row."""
    tried = bool(contacts) and all(one["assured_date"] for one in contacts)
    return Row(CLOSING.format(unrung="" if tried else UNRUNG))


def danger() -> str:
    """The first row."""
    return card.LINE
