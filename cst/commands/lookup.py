"""`cst lookup`: the quick reference."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from cst.commands.common import Asked
from cst.commands.showing import show
from cst.exits import Exit
from cst.reference import entry, links, serves
from cst.toolkit import Toolkit
from cst.toolkit.names import Found, exact
from cst.toolkit.places import Place


def lookup(asked: Asked, terms: Sequence[str]) -> Exit:
    """Shows the entry called this; where nothing is, what the words fit.

    Raises:
        Trouble: an option cannot be understood, or nothing fits and JSON was asked for.
        Left: several fit, and the person left the choice.
    """
    toolkit = asked.toolkit()
    text = " ".join(terms)
    at, place = asked.moment(toolkit), asked.place(toolkit)
    if found := exact(toolkit.names, text):
        _show(asked, toolkit, found, at, place)
        return Exit.DONE
    from cst.commands.finding import fitting, say_found  # a search costs more than all the rest

    fits = fitting(asked, toolkit, text)
    if isinstance(fits, Exit):
        return fits
    _show(asked, toolkit, fits, at, place)
    say_found(text, fits[0][1])
    return Exit.DONE


def _show(asked: Asked, toolkit: Toolkit, found: Sequence[Found], at: datetime, place: Place) -> None:
    """The first of these entries, with the others under see-also."""
    area, area_says = place
    (kind, name), *others = sorted(found, key=lambda entry: not serves(toolkit, entry, area))
    said = entry(toolkit, kind, name, at, area)
    said["area_says"] = area_says
    linked = {link["id"] for link in said["see_also"]}
    said["see_also"] = links(toolkit, [other for _, other in others if other not in linked]) + said["see_also"]
    from cst.views.entry import entry_page

    show(said, entry_page, asked)
