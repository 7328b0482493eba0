"""One field of whom to ring first, alone on a line: for aliases and scripts."""

from __future__ import annotations

import sys

from cst.cli.errors import trouble
from cst.exits import Exit
from cst.lean_typing import TYPE_CHECKING
from cst.views.formats.safe_text import one_line
from cst.views.pages.contacts import first_call

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from cst import contract

FIELDS: Mapping[str, Callable[[contract.Contact, contract.Phone], str]] = {
    "phone": lambda contact, phone: phone["number"],
    "name": lambda contact, phone: contact["name"],
    "hours": lambda contact, phone: phone["hours"],
    "email": lambda contact, phone: contact["emails"][0]["address"] if contact["emails"] else "",
    "url": lambda contact, phone: contact["url"] or "",
}


def show_field(entry: contract.Entry, field: str) -> int:
    """Writes one field of whom to ring first, or nothing.

    Raises:
        Trouble: there is no such field, there is nobody to ring first, or whoever it is has none of this.
    """
    if field not in FIELDS:
        raise trouble(Exit.USAGE, "field", f"--field cannot be {field:.40}.", f"Write {', '.join(FIELDS)}.")
    see = f"See all of it: cst lookup {entry['id']}"
    if entry["area"] and entry["area_says"]:
        sys.stderr.write(one_line(entry["area_says"]) + "\n")
    call = None if _asks_where(entry) else first_call(entry)
    if call is None:
        raise trouble(Exit.NO, "no-field", f"{entry['title']} has no {field} here. {_why(entry)}", see)
    sys.stderr.writelines(
        one_line(f"No local number: {role['says']}") + "\n" for role in entry["unfilled"] if role["first"]
    )
    contact, phone = call
    found = FIELDS[field](contact, phone)
    if not found:
        raise trouble(Exit.NO, "no-field", f"{contact['name']}, whom to ring first, has no {field}.", see)
    if contact["local"]:
        sys.stderr.write(one_line(f"This is from a local file: {contact['local']}") + "\n")
    sys.stdout.write(one_line(found) + "\n")
    return Exit.DONE


def _asks_where(entry: contract.Entry) -> bool:
    """Whether the one to ring is somebody else in each area, and the area is not known: a dialler gets no other."""
    local = entry["local_says"] or any(role["first"] for role in entry["unfilled"])
    return entry["area"] is None and entry["type"] in ("role", "term", "contact") and bool(local)


def _why(entry: contract.Entry) -> str:
    """Why there is nobody to ring first."""
    if entry["area"] is None and (entry["unfilled"] or entry["local_says"]):
        return entry["area_says"] or "No area was given. Add it, for example: --area winchester."
    return str(entry["no_first"])
