"""Where somebody is: from what a person calls a place to an area, never by guessing.

A town may lie in more than one council area, and then only a person can say which. A place that the toolkit names as
lying elsewhere, or does not know at all, has no area: national contacts remain, and a sentence says why.
"""

from __future__ import annotations

from cst.lean_typing import TYPE_CHECKING, NamedTuple
from cst.toolkit.names import marked, normal

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from typing import Any

    from cst.toolkit.toolkit import Toolkit

NATIONAL = "Only national numbers are shown."
MOST = 3  # places that may be meant
NAMED = 9  # names among which they are looked for: an area has several
NEARER = 0.8  # how like a name must be, of 1, that is said in a sentence
NEAR = 0.7  # and one that is offered with others, to be chosen by a person


class Place(NamedTuple):
    """What a place came to: the id of its area, and what it was taken as; or None and a sentence that says why."""

    area: str | None
    says: str | None = None


ANYWHERE = Place(None)  # no place was asked about


def place_called(toolkit: Toolkit, text: str) -> Place:
    """The place with this id, name, town or misspelling; but for id and name it says what it was taken as.

    Args:
        toolkit: what is known.
        text: what a person typed; at most its first 60 characters are repeated.
    """
    wanted = normal(text)
    areas = toolkit.kind("areas")
    found = [name for name, record in areas.items() if wanted in map(normal, _names(name, record))]
    if len(found) == 1:
        name = areas[found[0]]["name"]
        plain = wanted in (normal(found[0]), normal(name.removesuffix(marked(areas[found[0]]))))
        return Place(found[0], None if plain else f"Taken as {name}.")
    if found:
        several = " or ".join(areas[name]["name"] for name in found)
        options = " or ".join(f"--area {name}" for name in found)
        return Place(None, f"{text:.60} may be in {several}. {NATIONAL} Say which council it is: {options}.")
    for name, record in toolkit.kind("elsewhere").items():
        for called in _names(name, record):
            if normal(called) == wanted:
                note = f" {record['note']}" if "note" in record else ""
                return Place(None, f"{called} is not in this toolkit. {NATIONAL}{note}")
    return Place(None, f"No area here is called {text:.60}. {NATIONAL} {_nearest(toolkit, text)}See: cst list areas.")


def is_place(toolkit: Toolkit, text: str) -> bool:
    """Whether this is the name of a place that the toolkit knows, also of one that lies elsewhere."""
    wanted = normal(text)
    known = (one for kind in ("areas", "elsewhere") for one in toolkit.kind(kind).items())
    return any(wanted == normal(called) for name, record in known for called in _names(name, record))


def _names(name: str, record: Mapping[str, Any]) -> Iterator[str]:
    yield record["name"].removesuffix(marked(record))
    yield from record.get("also_known_as", ())
    yield name


def near_places(toolkit: Toolkit, text: str) -> dict[str, str]:
    """Places that may be meant where `place_called` has no area: what each is called, and that with its council.

    They are the areas that a place may be in, or else three places at most whose names are spelt nearly so, the nearest
    first and one for each area, so that whoever chooses sees councils that differ.
    """
    areas, wanted = toolkit.kind("areas"), normal(text)
    several = [record["name"] for name, record in areas.items() if wanted in map(normal, _names(name, record))]
    if len(several) > 1:
        return {name: name for name in several}
    if any(wanted in map(normal, _names(name, record)) for name, record in toolkit.kind("elsewhere").items()):
        return {}
    near: dict[str, str] = {}
    for one in _alike(toolkit, text, NAMED, NEAR):
        if area := place_called(toolkit, one).area:
            near.setdefault(area, one)
    return {one: _with_council(one, areas[area]["name"]) for area, one in list(near.items())[:MOST]}


def _with_council(place: str, council: str) -> str:
    """A place and its council; the council alone where the place is its own name, or nearly."""
    import difflib  # only for a place that is not known

    same = difflib.SequenceMatcher(None, normal(place), normal(council)).ratio() >= NEARER
    return council if same else f"{place}, {council}"


def _nearest(toolkit: Toolkit, text: str) -> str:
    near = _alike(toolkit, text, 1, NEARER)
    return f"Did you mean {near[0]}? " if near else ""


def _alike(toolkit: Toolkit, text: str, most: int, least: float) -> list[str]:
    """The names that are spelt nearly as a text is, the nearest first."""
    import difflib  # only for a place that is not known

    called = {normal(one): one for name, record in toolkit.kind("areas").items() for one in _names(name, record)}
    return [called[one] for one in difflib.get_close_matches(normal(text), called, most, least)]
