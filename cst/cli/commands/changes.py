"""`cst changes`: what differs between two editions of the toolkit, as a release note."""

from __future__ import annotations

import os
import sys
from datetime import datetime
from functools import partial
from typing import TYPE_CHECKING

from cst.changes.compare import changes as compared
from cst.changes.editions import side_by_side, usable
from cst.cli.errors import Trouble, cannot_read, describe_faults, trouble
from cst.cli.output import show
from cst.cli.request import moment
from cst.exits import Exit
from cst.london import LONDON
from cst.source.edition import Edition, NoEdition, files_at, read_edition
from cst.source.faults import Refused
from cst.source.revision import files_in
from cst.views.pages.changes import changes_page

if TYPE_CHECKING:
    from cst.cli.request import Request

FORMATS = ("text", "markdown")
IN_USE = "the toolkit in use"


def changes(request: Request, old: str, new: str | None, form: str | None, *, everything: bool) -> int:
    """Shows what differs; 0 where nothing does, 1 where something does.

    Args:
        request: the options that mean the same everywhere.
        old: a file, a folder or a git revision.
        new: the same; None for the toolkit in use.
        form: text or markdown.
        everything: all of it, and not the first few of each section.

    Raises:
        Trouble: one of them is no edition, or cannot be read.
    """
    if form not in (None, *FORMATS):
        raise trouble(Exit.USAGE, "format", f"--format cannot be {form:.40}.", f"Write {' or '.join(FORMATS)}.")
    before = _edition(old)
    after = _in_use(request) if new is None else _edition(new)
    area = request.known_area(usable(after), "See: cst list areas") if request.names_area else None
    at = moment(request.at, datetime.now(LONDON)) if request.at else None
    two = side_by_side(before, after, at, area)
    told = compared(two, (old, new or IN_USE))
    page = partial(changes_page, everything=everything)
    if form == "markdown" and not request.json:
        from cst.views.formats.markdown import markdown

        sys.stdout.write(markdown(page(told)))
    else:
        show(told, page, request)
    return told["exit"]


def _in_use(request: Request) -> Edition:
    """The toolkit in use, every record of it."""
    held = request.toolkit().records
    whole = {kind: dict(value.items()) if hasattr(value, "items") else value for kind, value in held.items()}
    return Edition(whole)


def _edition(named: str) -> Edition:
    """The edition at a path, or else in a git revision.

    Raises:
        Trouble: it is none, or cannot be read.
    """
    try:
        return read_edition(named, files_at(named) if os.path.lexists(named) else files_in(named, os.getcwd()))
    except NoEdition as none:
        raise trouble(Exit.BAD_INPUT if none.there else Exit.NO_INPUT, none.code, none.says, none.remedy) from None
    except Refused as error:
        raise Trouble(Exit.BAD_INPUT, describe_faults(error.faults)) from None
    except OSError as error:
        raise cannot_read(named, error, "Name a file or folder that you can read.") from None
