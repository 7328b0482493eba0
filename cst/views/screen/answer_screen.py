"""Any answer on one screen, or on two: what every form that has the room of a screen draws."""

from __future__ import annotations

from cst import card
from cst.lean_typing import TYPE_CHECKING
from cst.views.pages.contacts import first_call
from cst.views.screen import shared_rows as shared
from cst.views.screen.layout import Row, Screen, Section, Size, fitted, height, in_two, numbered, spread

if TYPE_CHECKING:
    from collections.abc import Sequence
    from typing import Any

STANDARD = Size(80, 23)  # a terminal of 80 by 24, with its prompt
LARGER = "Make the window larger, or add --plain."
FEWEST = Size(40, 11)


def answer_screens(answer: Any, size: Size, rest: str = shared.ALL) -> list[Screen]:
    """The answer on one screen of this size, on two, or in a window too small for it the least there is.

    Args:
        answer: a plan with no mode on, a verdict or an entry, as the contract writes it.
        size: the room there is; what is wider than 100 columns is not used.
        rest: how to see what is not shown.
    """
    if size.columns < FEWEST.columns or size.rows < FEWEST.rows:
        return [_least(answer, size)]
    made = numbered(_made(answer, size, rest))
    if all(height(one, size) <= size.rows for one in made):
        return made
    spread_out = spread(_made(answer, size, rest), size)
    return spread_out if all(height(one, size) <= size.rows for one in spread_out) else [_least(answer, size)]


def _made(answer: Any, size: Size, rest: str) -> list[Screen]:
    if answer["kind"] == "plan":
        from cst.views.screen.plan_screen import plan_screens

        return plan_screens(answer, size, rest)
    whole = _whole(answer, size, rest)
    if screen := fitted(whole, size):
        return [screen]
    return [fitted(one, size) or one for one in in_two(whole)]


def _whole(answer: Any, size: Size, rest: str) -> Screen:
    """An entry or a verdict; each module is loaded where it is needed."""
    if answer["kind"] == "entry":
        from cst.views.screen.entry_screen import entry_screen

        return entry_screen(answer, size, rest)
    from cst.views.screen.verdict_screen import verdict_screen

    return verdict_screen(answer, size, rest)


def _least(answer: Any, size: Size) -> Screen:
    """Danger, whom to ring first, the deadliest do-not where there is room, and how to see the rest.

    The number stays, however few rows a terminal says it has: it may be wrong, and one can scroll.
    """
    call = first_call(answer)
    narrow = size.columns < FEWEST.columns  # then there is no room for a column of numbers
    rows = []
    if call:
        contact, phone = call
        rows = (
            [Row(f"{phone['number']}, {contact['name']}")]
            if narrow
            else [Row(contact["name"], phone["number"], "number")]
        )
    rows += shared.never_rows(answer["do_nots"][:1], size.columns)
    least = Screen(card.LINE, "", (Section(tuple(rows)),), below=(Row(LARGER),))
    while height(least, size) > size.rows and len(least.sections[0].rows) > bool(call):
        least = least._replace(sections=(Section(least.sections[0].rows[:-1]),))
    return least


def stands(answer: Any, screens: Sequence[Screen]) -> Any:
    """The answer with, at each step, caution and contact, whether it stands on one of these screens."""
    shown = {one for screen in screens for one in screen.shown()}

    def marked(holder: Any, about: str) -> Any:
        return {
            **holder,
            "steps": [
                {**step, "on_screen": ("steps", f"{about}:{place}") in shown}
                for place, step in enumerate(holder["steps"])
            ],
            "cautions": [{**one, "on_screen": ("do-nots", one["id"]) in shown} for one in holder["cautions"]],
            "contacts": [
                {**one, "on_screen": any(("numbers", phone["number"]) in shown for phone in one["phones"])}
                for one in holder["contacts"]
            ],
        }

    match answer["kind"]:
        case "plan":
            return {**answer, "outcomes": [marked(one, one["id"]) for one in answer["outcomes"]]}
        case "verdict":
            return {**answer, "how": marked(answer["how"], answer["scheme"])}
    return marked(answer, answer["id"])
