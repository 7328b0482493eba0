"""`cst list`: all records of one kind."""

from __future__ import annotations

import sys

from cst import CONTRACT
from cst.cli.errors import trouble
from cst.cli.output import show
from cst.engine.entry import LISTED, listing
from cst.exits import Exit
from cst.lean_typing import TYPE_CHECKING
from cst.views.formats.safe_text import one_line

if TYPE_CHECKING:
    from cst import contract
    from cst.cli.request import Request


def list_all(request: Request, kind: str | None) -> int:
    """Shows all records of a kind, one a line, roles with who fills them; without a kind, what there is a list of.

    Raises:
        Trouble: there is no such kind.
    """
    from cst.views.pages.listing import listing_page

    if kind is None:
        show(_lists(), listing_page, request)
        return Exit.DONE
    wanted = next((name for name in LISTED if kind.casefold() in (name, name[:-1])), None)
    if wanted is None:
        raise trouble(Exit.USAGE, "kind", f"There is no list of {kind:.40}.", f"The lists are: {', '.join(LISTED)}.")
    toolkit = request.toolkit()
    place = request.place(toolkit)
    if wanted == "roles" and place.says:
        sys.stderr.write(f"{one_line(place.says)}\n")
    show(listing(toolkit, wanted, place.area), listing_page, request)
    return Exit.DONE


def _lists() -> contract.Listing:
    """The lists there are, each with what to type for it."""
    items = [{"id": kind, "title": f"cst list {kind}", "note": ""} for kind in LISTED]
    return {"cst": CONTRACT, "kind": "listing", "of": "lists", "items": items}
