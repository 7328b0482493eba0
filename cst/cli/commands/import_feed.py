"""`cst import`: what another directory knows as a local file, with a report of what was left out."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING

from cst.cli.errors import Trouble, cannot_read, describe_faults, trouble
from cst.cli.output import show
from cst.cli.page_text import as_text
from cst.cli.whole_file import cannot_write, in_full, is_there, whole_file
from cst.exchange.feed import imported
from cst.exchange.feed_file import MOST_BYTES, NotAFeed
from cst.exits import Exit
from cst.plain_file import read_plain
from cst.source.faults import Fault
from cst.toolkit.places import place_called
from cst.views.pages.imported import import_page

if TYPE_CHECKING:
    from cst.cli.request import Request
    from cst.toolkit.toolkit import Toolkit

ENDINGS = (".yaml", ".yml")


def import_open_referral(request: Request, file: str, serves: str | None, save: str | None) -> int:
    """Writes the local file to `save`, or prints it, and shows the report.

    Args:
        request: the options that mean the same everywhere.
        file: the feed.
        serves: the place of services that name none.
        save: the local file to write; None prints it, and the report goes to standard error.

    Raises:
        Trouble: the feed cannot be read, the place is not known, or nothing may be written there.
    """
    place = _place(save) if save is not None else None
    try:
        data = read_plain(file, MOST_BYTES)
    except OSError as error:
        raise cannot_read(file, error) from None
    toolkit = request.toolkit()
    area = _area(toolkit, serves) if serves is not None else None
    try:
        found = imported(data, file, toolkit, request.moment(toolkit).date(), area)
    except NotAFeed as odd:
        fault = Fault(odd.code, file, odd.line, odd.says, odd.remedy)
        raise Trouble(Exit.BAD_INPUT, describe_faults([fault])) from None
    if request.json or place:
        show(found, import_page, request)
    else:
        sys.stderr.write(as_text(import_page(found), request, sys.stderr))
        sys.stdout.write(found["local_file"])
        sys.stdout.flush()
    if place and found["taken"] and not _saved(place, found["local_file"]):
        return Exit.CANNOT_WRITE
    return Exit.DONE if found["taken"] else Exit.NO


def _place(save: str) -> str:
    """Where the local file goes, in full: nothing stands there yet."""
    if os.path.splitext(save)[1].lower() not in ENDINGS:
        says = f"--save cannot be {save:.60}."
        raise trouble(Exit.USAGE, "ending", says, "End the name in .yaml, for example: --save their-services.yaml")
    place = in_full(save)
    if os.path.lexists(place):
        raise is_there(save)
    return place


def _area(toolkit: Toolkit, serves: str) -> str:
    place = place_called(toolkit, serves)
    if place.area is None:
        raise trouble(Exit.USAGE, "serves", f"--serves cannot be {serves:.40}.", str(place.says))
    return place.area


def _saved(place: str, text: str) -> bool:
    """Writes it whole or not at all, and says which."""
    try:
        with whole_file(place, ending=".yaml") as beside:
            beside.file.write(text.encode())
    except OSError as error:
        cannot_write(place, "saved", error).show(json=False)  # as words: the report stands on standard output
        return False
    return True
