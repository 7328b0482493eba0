"""One field of whom to ring first, alone on a line: for aliases and scripts."""

from __future__ import annotations

import sys

from cst.cli.errors import trouble
from cst.exits import Exit
from cst.lean_typing import TYPE_CHECKING
from cst.views.formats.safe_text import one_line

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from cst import contract

FIELDS: Mapping[str, Callable[[contract.Contact], str]] = {
    "phone": lambda contact: contact["phones"][0]["number"] if contact["phones"] else "",
    "name": lambda contact: contact["name"],
    "hours": lambda contact: contact["hours"],
    "email": lambda contact: contact["emails"][0]["address"] if contact["emails"] else "",
    "url": lambda contact: contact["url"] or "",
}


def show_field(entry: contract.Entry, field: str) -> int:
    """Writes one field of the first contact that has it, in the order in which to ring.

    Raises:
        Trouble: there is no such field, or nobody here has it.
    """
    if field not in FIELDS:
        raise trouble(Exit.USAGE, "field", f"--field cannot be {field:.40}.", f"Write {', '.join(FIELDS)}.")
    current = (contact for contact in entry["contacts"] if contact["status"] != "historic")
    found, local = next(
        ((value, contact["local"]) for contact in current if (value := FIELDS[field](contact))), (None, None)
    )
    if found is None:
        raise trouble(
            Exit.NO, "no-field", f"{entry['title']} has no {field}.", f"See all of it: cst lookup {entry['id']}"
        )
    if local:
        sys.stderr.write(one_line(f"This is from a local file: {local}") + "\n")
    sys.stdout.write(one_line(found) + "\n")
    return Exit.DONE
