"""`cst lookup`: the quick reference."""

from __future__ import annotations

import sys

from cst.cli.output import on_screen, printed, show
from cst.engine.entry import WHICH_AREA, entry, links, serves
from cst.exits import Exit
from cst.lean_typing import TYPE_CHECKING, NamedTuple
from cst.toolkit.names import EntryRef, exact

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from cst import contract
    from cst.cli.request import Request
    from cst.toolkit.places import Place
    from cst.toolkit.toolkit import Toolkit


class LookupOptions(NamedTuple):
    """How much of an entry: one field of whom to ring first, or all; and whether with every source at a terminal."""

    field: str | None = None
    sources: bool = False


def lookup(request: Request, terms: Sequence[str], wanted: LookupOptions) -> int:
    """Shows the entry called this, or as much of it as is wanted; where nothing is, what the words fit.

    Raises:
        Trouble: an option cannot be understood, or nothing fits and JSON was asked for.
        Left: several fit, and the person left the choice.
    """
    toolkit = request.toolkit()
    text = " ".join(terms)
    at, place = request.moment(toolkit), request.place(toolkit)
    found = exact(toolkit.names, text)
    if found and len([name for kind, name in found if kind == "roles"]) < 2:
        return _show(request, toolkit, found, at, place, wanted)
    from cst.cli.find import fitting, one_fit, one_of, say_found, several  # a search costs more than all the rest

    if found:  # one everyday name for several roles: the social services of a child and of an adult
        if wanted.field is not None:
            raise several(found, text)
        meant = one_of(request, toolkit, found, text)
        return meant if isinstance(meant, int) else _show(request, toolkit, meant, at, place, wanted)
    fits = fitting(request, toolkit, text) if wanted.field is None else one_fit(toolkit, text)
    if isinstance(fits, int):
        return fits
    code = _show(request, toolkit, fits, at, place, wanted)
    say_found(text, fits[0][1])  # last: where both streams go to one place, the emergency line comes first
    return code


def _show(
    request: Request, toolkit: Toolkit, found: Sequence[EntryRef], at: datetime, place: Place, wanted: LookupOptions
) -> int:
    """The first of these entries, with the others under see-also; or one field of whom to ring first."""
    (kind, name), *others = sorted(found, key=lambda entry: not serves(toolkit, entry, place))
    answer = entry(toolkit, kind, name, at, *place)
    if answer["local_says"] == WHICH_AREA and kind in ("roles", "terms") and wanted.field is None:
        from cst.cli.find import where

        answer = entry(toolkit, kind, name, at, *where(request, toolkit))
        request = request._replace(names_area=True)  # what the screen says to type next is for the same place
    linked = {link["id"] for link in answer["see_also"]}
    answer["see_also"] = links(toolkit, [other for _, other in others if other not in linked]) + answer["see_also"]
    if wanted.field is not None:
        from cst.cli.one_field import show_field

        return show_field(answer, wanted.field)
    from cst.views.pages.entry import entry_page

    if on_screen(request):
        sys.stdout.write(_on_screen(answer, request, sources=wanted.sources))
        sys.stdout.flush()
    else:
        show(answer, entry_page, request)
    return Exit.DONE


def _on_screen(answer: contract.Entry, request: Request, *, sources: bool) -> str:
    """The entry as panels, with its sources in a line unless all are wanted."""
    from cst.views.pages.entry import entry_page
    from cst.views.pages.screenful import folded

    page = entry_page(answer)
    area = f" --area {answer['area']}" if request.names_area and answer["area"] else ""
    shown = page if sources else folded(page, answer, f"cst lookup {answer['id']}{area} --sources")
    return printed(shown, answer, request)
