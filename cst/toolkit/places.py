"""Where somebody is: from what a person calls a place to an area, never by guessing.

A town may lie in more than one council area, and then only a person can say which. A place that the toolkit names as
lying elsewhere, or does not know at all, has no area: national contacts remain, and a sentence says why.
"""

from __future__ import annotations

from cst.lean_typing import TYPE_CHECKING, NamedTuple
from cst.toolkit.names import marked, normal

if TYPE_CHECKING:
    from collections.abc import Iterator

    from cst.source import records
    from cst.toolkit.toolkit import Toolkit

NATIONAL = "Only national numbers are shown."


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


def _names(name: str, record: records.Area | records.Elsewhere) -> Iterator[str]:
    yield record["name"].removesuffix(marked(record))
    yield from record.get("also_known_as", ())
    yield name


def _nearest(toolkit: Toolkit, text: str) -> str:
    import difflib  # only for a place that is not known

    called = {normal(one): one for name, record in toolkit.kind("areas").items() for one in _names(name, record)}
    near = difflib.get_close_matches(normal(text), called, 1, 0.8)
    return f"Did you mean {called[near[0]]}? " if near else ""
