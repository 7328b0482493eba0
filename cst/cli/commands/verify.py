"""`cst verify`: whom to ring, and what they said, written down with role, day and means."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, NamedTuple

from cst import CONTRACT
from cst.cli.errors import cannot_read, trouble
from cst.cli.output import show, write_file
from cst.engine.call_list import NEVER_RUNG, call_list, called_by_name, items
from cst.exits import Exit
from cst.plain_file import descriptor

if TYPE_CHECKING:
    from collections.abc import Sequence

    from cst import contract
    from cst.cli.recording import Target
    from cst.cli.request import Request
    from cst.toolkit.toolkit import Toolkit

FORMATS = ("text", "csv", "ics")
ENTRIES = ("issues", "roles", "contacts", "schemes", "pathways", "cautions", "terms", "areas")
COLUMNS = ("id", "name", "numbers", "urgency", "last", "due", "ask")
SECOND_ENTRY = (
    "Numbers and hours stand once more in tests/knowledge/second_entry.yaml. What differs now:"
    " python -m tests.support.second_entry. Then: cst check"
)
UNITS = {"d": 1, "w": 7, "m": 31}


class VerifyOptions(NamedTuple):
    """What is wanted: the list alone and in which form, what falls due, and the local file to write to."""

    lists: bool = False
    within: str | None = None
    format: str | None = None
    into: str | None = None


def verify(request: Request, names: Sequence[str], wanted: VerifyOptions) -> int:
    """Shows the call list, or rings down it; with names, asks of those contacts alone.

    Raises:
        Trouble: an option or a name cannot be used, or something cannot be read or written.
    """
    days = _days(wanted.within)
    if wanted.format not in (None, *FORMATS):
        raise trouble(Exit.USAGE, "format", f"--format cannot be {wanted.format:.40}.", f"Write {', '.join(FORMATS)}.")
    if wanted.lists or wanted.format or request.json:
        return _list(request, days, wanted)
    return _ring(request, names, days, wanted)


def _days(within: str | None) -> int | None:
    """How many days `--within` means."""
    if within is None:
        return None
    number, unit = within.strip().casefold().rstrip("dwm"), within.strip().casefold()[-1:]
    if not (number.isascii() and number.isdecimal() and len(number) < 5) or within.strip()[len(number) + 1 :]:
        raise trouble(Exit.USAGE, "within", f"--within cannot be {within:.40}.", "Write 60d, 8w or 2m.")
    return int(number) * UNITS.get(unit, 1)


def _list(request: Request, days: int | None, wanted: VerifyOptions) -> int:
    toolkit = _with_local(request, wanted).toolkit()
    found = _found(request, toolkit, days)
    if request.json or wanted.format in (None, "text"):
        from cst.views.pages.listing import listing_page

        listing: contract.Listing = {"cst": CONTRACT, "kind": "listing", "of": "to-verify", "items": found}
        show(listing, listing_page, request)
    else:
        write_file(_csv(found) if wanted.format == "csv" else _calendar(request, toolkit, found))
    return Exit.DONE


def _found(request: Request, toolkit: Toolkit, days: int | None) -> list[dict[str, str]]:
    area = request.known_area(toolkit, "See: cst list areas")  # one not known is no reason to ring half the country
    return items(toolkit, call_list(toolkit, request.moment(toolkit).date(), days, area))


def _csv(found: list[dict[str, str]]) -> str:
    import csv
    import io

    from cst.views.formats.formula_guard import harmless

    sheet = io.StringIO(newline="")
    writer = csv.writer(sheet)
    writer.writerow(COLUMNS)
    writer.writerows([harmless(item[column]) for column in COLUMNS] for item in found)
    return sheet.getvalue()


def _calendar(request: Request, toolkit: Toolkit, found: list[dict[str, str]]) -> str:
    from cst.views.formats.calendar_file import calendar_file

    return calendar_file(found, request.moment(toolkit))


def _ring(request: Request, names: Sequence[str], days: int | None, wanted: VerifyOptions) -> int:
    from cst.cli.ring_round import Leaving, ring_round, say
    from cst.verify.questions import Round

    target = _target(request, wanted)
    toolkit = _with_local(request, wanted).toolkit()
    ringing = [_contact(toolkit, name) for name in names] or [one["id"] for one in _found(request, toolkit, days)]
    around = Round(
        today=request.moment(toolkit).date(),
        local=bool(target.local),
        entries=frozenset(one for kind in ENTRIES for one in toolkit.kind(kind)),
        called=called_by_name(toolkit),
        review_days=toolkit.records["edition"]["review_after_days"],
    )
    try:
        written = ring_round(ringing, target, around)
    except (Leaving, KeyboardInterrupt) as stopped:
        say(f"\nWhat you typed is kept in {target.under_way}. The same command goes on from there.")
        return Exit.LEFT if isinstance(stopped, Leaving) else Exit.INTERRUPTED
    if written and not target.local:
        say(SECOND_ENTRY)
    say(f"\n{written} written." if ringing else "Nothing to ring: all of it is confirmed and not yet due.")
    return Exit.DONE


def _contact(toolkit: Toolkit, name: str) -> str:
    """The one contact that a name names.

    Raises:
        Trouble: there is none, or it is never rung.
    """
    from cst.toolkit.names import exact

    found = [one for kind, one in exact(toolkit.names, name) if kind == "contacts"]
    if not found:
        says = f"There is no contact called {name:.60}."
        raise trouble(Exit.USAGE, "contact", says, "See: cst verify --list, or cst list contacts")
    if found[0] in NEVER_RUNG:
        says = "Nobody rings an emergency line to see whether it answers."
        raise trouble(Exit.USAGE, "emergency", says, "Read its page instead, and change the record by hand.")
    if toolkit.kind("contacts")[found[0]]["status"] == "historic":
        raise trouble(Exit.USAGE, "historic", f"{found[0]} is gone: there is nobody to ring.", "See: cst verify --list")
    return found[0]


def _with_local(request: Request, wanted: VerifyOptions) -> Request:
    """The request with the local file on top that is written to, once it is there."""
    if not wanted.into or not os.path.isfile(wanted.into) or wanted.into in request.overlays:
        return request
    return request._replace(overlays=(*request.overlays, wanted.into))


def _target(request: Request, wanted: VerifyOptions) -> Target:
    """Where to write: `--into`, else the one local file in use, else the shipped files of a checkout.

    Raises:
        Trouble: none of these is there, or more than one could be meant.
    """
    from cst.cli.recording import Target
    from cst.source import open as files

    shipped = tuple(files.shipped_files())
    local = wanted.into or (request.overlays[0] if len(request.overlays) == 1 else "")
    if not local and (request.overlays or os.path.dirname(shipped[0]) != files.CHECKOUT):
        says = "cst does not know where to write what you hear."
        raise trouble(Exit.USAGE, "into", says, "Name a file of your own: cst verify --into our-numbers.yaml")
    if local:
        _check_place(os.path.abspath(local))
    return Target(shipped, os.path.abspath(local) if local else "")


def _check_place(local: str) -> None:
    """Refuses a local file that nothing could be written to, before anybody is rung.

    Raises:
        Trouble: it is there and no plain file, or its folder is not there.
    """
    try:
        os.close(descriptor(local))
    except FileNotFoundError:
        folder = os.path.dirname(local)
        if not os.path.isdir(folder):
            says = f"There is no folder {folder:.200}."
            raise trouble(Exit.NO_INPUT, "no-folder", says, "Make it first, or name a file in another one.") from None
    except OSError as error:
        raise cannot_read(local, error) from None
