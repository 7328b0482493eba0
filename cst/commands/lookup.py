"""`cst lookup`: the quick reference."""

from __future__ import annotations

from cst.commands.showing import show
from cst.exits import Exit
from cst.light import TYPE_CHECKING
from cst.reference import entry, links, serves
from cst.toolkit.names import Found, exact

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from cst.commands.common import Asked
    from cst.toolkit import Toolkit
    from cst.toolkit.places import Place


def lookup(asked: Asked, terms: Sequence[str], field: str | None = None) -> int:
    """Shows the entry called this, or one field of whom to ring first; where nothing is, what the words fit.

    Raises:
        Trouble: an option cannot be understood, or nothing fits and JSON was asked for.
        Left: several fit, and the person left the choice.
    """
    toolkit = asked.toolkit()
    text = " ".join(terms)
    at, place = asked.moment(toolkit), asked.place(toolkit)
    if found := exact(toolkit.names, text):
        return _show(asked, toolkit, found, at, place, field)
    from cst.commands.finding import fitting, say_found  # a search costs more than all the rest

    fits = fitting(asked, toolkit, text)
    if isinstance(fits, int):
        return fits
    say_found(text, fits[0][1])
    return _show(asked, toolkit, fits, at, place, field)


def _show(asked: Asked, toolkit: Toolkit, found: Sequence[Found], at: datetime, place: Place, field: str | None) -> int:
    """The first of these entries, with the others under see-also; or one field of whom to ring first."""
    area, area_says = place
    (kind, name), *others = sorted(found, key=lambda entry: not serves(toolkit, entry, area))
    said = entry(toolkit, kind, name, at, area)
    said["area_says"] = area_says
    linked = {link["id"] for link in said["see_also"]}
    said["see_also"] = links(toolkit, [other for _, other in others if other not in linked]) + said["see_also"]
    if field is not None:
        from cst.commands.field import show_field

        return show_field(said, field)
    from cst.views.entry import entry_page

    show(said, entry_page, asked)
    return Exit.DONE
