"""`cst list`: all records of one kind."""

from __future__ import annotations

from cst.commands.showing import show
from cst.commands.trouble import trouble
from cst.exits import Exit
from cst.light import TYPE_CHECKING
from cst.reference import LISTED, listing

if TYPE_CHECKING:
    from cst.commands.common import Asked


def list_all(asked: Asked, kind: str) -> int:
    """Shows all records of a kind, one a line.

    Raises:
        Trouble: there is no such kind.
    """
    wanted = next((name for name in LISTED if kind.casefold() in (name, name[:-1])), None)
    if wanted is None:
        raise trouble(Exit.USAGE, "kind", f"There is no list of {kind:.40}.", f"The lists are: {', '.join(LISTED)}.")
    from cst.views.listing import listing_page

    show(listing(asked.toolkit(), wanted), listing_page, asked)
    return Exit.DONE
