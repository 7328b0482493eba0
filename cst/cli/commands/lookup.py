"""`cst lookup`: the quick reference."""

from __future__ import annotations

from cst.cli.output import show
from cst.engine.entry import WHICH_AREA, entry, links, serves
from cst.exits import Exit
from cst.lean_typing import TYPE_CHECKING
from cst.toolkit.names import EntryRef, exact

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from cst.cli.request import Request
    from cst.toolkit.places import Place
    from cst.toolkit.toolkit import Toolkit


def lookup(request: Request, terms: Sequence[str], field: str | None) -> int:
    """Shows the entry called this, or as much of it as is wanted; where nothing is, what the words fit.

    Raises:
        Trouble: an option cannot be understood, or nothing fits and JSON was asked for.
        Left: several fit, and the person left the choice.
    """
    toolkit = request.toolkit()
    found = exact(toolkit.names, " ".join(terms))
    given = request
    if not found:
        from cst.cli.placed_words import placed, say_taken

        request, terms = placed(request, toolkit, terms, lambda before: bool(exact(toolkit.names, before)))
        found = exact(toolkit.names, " ".join(terms))
    text = " ".join(terms)
    at, place = request.moment(toolkit), request.place(toolkit)
    if found and len([name for kind, name in found if kind == "roles"]) < 2:
        code = _show(request, toolkit, found, at, place, field)
        if request is not given:
            say_taken("lookup", terms, request.area)
        return code
    from cst.cli.find import fitting, one_fit, one_of, say_found, several  # a search costs more than all the rest

    if found:  # one everyday name for several roles: the social services of a child and of an adult
        if field is not None:
            raise several(found, text)
        from cst.toolkit.search.find import Fits

        meant = one_of(request, toolkit, Fits(found, False), text)
        return meant if isinstance(meant, int) else _show(request, toolkit, meant, at, place, field)
    fits = fitting(request, toolkit, text) if field is None else one_fit(toolkit, text)
    if isinstance(fits, int):
        return fits
    code = _show(request, toolkit, fits.entries, at, place, field)
    say_found(text, fits)  # last: where both streams go to one place, the emergency line comes first
    return code


def _show(
    request: Request, toolkit: Toolkit, found: Sequence[EntryRef], at: datetime, place: Place, field: str | None
) -> int:
    """The first of these entries, with the others under see-also; or one field of whom to ring first."""
    (kind, name), *others = sorted(found, key=lambda entry: not serves(toolkit, entry, place))
    answer = entry(toolkit, kind, name, at, *place)
    if answer["local_says"] == WHICH_AREA and kind in ("roles", "terms") and field is None:
        from cst.cli.find import where

        answer = entry(toolkit, kind, name, at, *where(request, toolkit))
    linked = {link["id"] for link in answer["see_also"]}
    answer["see_also"] = links(toolkit, [other for _, other in others if other not in linked]) + answer["see_also"]
    if field is not None:
        from cst.cli.one_field import show_field

        return show_field(answer, field)
    from cst.views.pages.entry import entry_page

    show(answer, entry_page, request)
    return Exit.DONE
