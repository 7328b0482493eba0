"""`cst list`: all records of one kind."""

from __future__ import annotations

from cst import CONTRACT
from cst.cli.errors import trouble
from cst.cli.output import show
from cst.engine.entry import LISTED, listing
from cst.exits import Exit
from cst.lean_typing import TYPE_CHECKING

if TYPE_CHECKING:
    from cst import contract
    from cst.cli.request import Request


def list_all(request: Request, kind: str | None) -> int:
    """Shows all records of a kind, one a line; without a kind, what there is a list of.

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
    show(listing(request.toolkit(), wanted), listing_page, request)
    return Exit.DONE


def _lists() -> contract.Listing:
    """The lists there are, each with what to type for it."""
    items = [{"id": kind, "title": f"cst list {kind}", "note": ""} for kind in LISTED]
    return {"cst": CONTRACT, "kind": "listing", "of": "lists", "items": items}
