"""`cst list`: all records of one kind."""

from __future__ import annotations

from cst import CONTRACT
from cst.cli.errors import trouble
from cst.cli.output import show
from cst.engine.entry import LISTED, listing
from cst.exits import Exit
from cst.lean_typing import TYPE_CHECKING

if TYPE_CHECKING:
    from cst.cli.request import Asked
    from cst.contract import ListingSaid


def list_all(asked: Asked, kind: str | None) -> int:
    """Shows all records of a kind, one a line; without a kind, what there is a list of.

    Raises:
        Trouble: there is no such kind.
    """
    from cst.views.pages.listing import listing_page

    if kind is None:
        show(_lists(), listing_page, asked)
        return Exit.DONE
    wanted = next((name for name in LISTED if kind.casefold() in (name, name[:-1])), None)
    if wanted is None:
        raise trouble(Exit.USAGE, "kind", f"There is no list of {kind:.40}.", f"The lists are: {', '.join(LISTED)}.")
    show(listing(asked.toolkit(), wanted), listing_page, asked)
    return Exit.DONE


def _lists() -> ListingSaid:
    """The lists there are, each with what to type for it."""
    items = [{"id": kind, "title": f"cst list {kind}", "note": ""} for kind in LISTED]
    return {"cst": CONTRACT, "kind": "listing", "of": "lists", "items": items}
