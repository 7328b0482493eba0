"""Where somebody is, asked at a prompt: the areas nearest first, and what is typed as `--area` takes it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from cst.engine.situation import AREA
from cst.toolkit.places import NATIONAL, Place, near_places, place_called

if TYPE_CHECKING:
    from collections.abc import Iterable

    from cst import contract
    from cst.toolkit.toolkit import Toolkit

AGAIN = "Type a town or a council area. If you do not know, type not sure."
LATER = "You may be asked for the council area later."
_NEAR = re.compile(r"Did you mean [^?]+\?")


class TypedPlaces:
    """The places typed at a prompt; `taken` is what was made of those that are no area's own name, by area."""

    def __init__(self, toolkit: Toolkit) -> None:
        self._toolkit = toolkit
        self.taken: dict[str, str] = {}

    def __call__(self, text: str) -> Place:
        """The place that was typed; where it has no area, why, and what to type instead."""
        place = place_called(self._toolkit, text)
        if place.area is None:
            return Place(None, f"{_why(place.says or '')} {AGAIN}")
        self.taken = {place.area: place.says} if place.says else {}
        return Place(place.area)

    def near(self, text: str) -> dict[str, str]:
        """The places that may be meant by a text that is none, or that lies in several councils; the nearest first."""
        return near_places(self._toolkit, text)


def before_first(place: Place) -> str:
    """What the place of the command line was taken as, or why it has no area, before the first question of a walk."""
    return f"{_why(place.says)} {LATER}" if place.says and place.area is None else place.says or ""


def _why(says: str) -> str:
    """Why a place has no area, and the nearest name, without what only helps to write another command."""
    why, _, more = says.partition(f" {NATIONAL}")
    near = _NEAR.search(more)
    return f"{why} {near[0]}" if near else why


def nearest_first(toolkit: Toolkit, asked: Iterable[contract.Question]) -> list[contract.Question]:
    """The questions, with the areas of the one about the area in the order in which a worker looks for them.

    Within the toolkit's own area the smallest come first, and those that hold others after those that do not; the
    areas elsewhere come last, with the one around all of them at the end.
    """
    areas = toolkit.kind("areas")
    home = toolkit.records["edition"].get("area")
    holding = {record.get("within") for record in areas.values()}

    def place(choice: dict[str, str]) -> tuple[bool, int, bool]:
        around = toolkit.around(choice["id"])
        return home not in around, -len(around), choice["id"] in holding

    return [{**one, "choices": sorted(one["choices"], key=place)} if one["id"] == AREA else one for one in asked]
