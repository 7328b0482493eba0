"""Who fills which role in which area, worked out once: nobody should wait while every contact there is gets read."""

from __future__ import annotations

from cst.lean_typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from cst.source.records import ToolkitFile

    Filling = Mapping[str, list[tuple[int, str]]]  # a key to places in the author's order, and contacts


def key(call: str, area: str) -> str:
    """Where the index holds the contacts for a role or contact id in an area; for no role, all that serve the area."""
    return f"{call} {area}"


def local_key(call: str) -> str:
    """Where the index holds the contacts for a role or contact id that are not there for the whole country."""
    return f"{call} "


def index(records: ToolkitFile) -> dict[str, list[tuple[int, str]]]:
    """The contacts for every role and contact id in every area; what is gone fills nothing.

    A correction that is out of date comes wherever what it corrected does, and is called by no id of its own.
    """
    everywhere = {name for name, area in records.get("areas", {}).items() if "within" not in area}
    found: dict[str, list[tuple[int, str]]] = {}
    for place, (name, record) in enumerate(records.get("contacts", {}).items()):
        if record["status"] == "historic":
            continue
        for call in dict.fromkeys(("", record.get("beside", name), *record.get("fills", ()))):
            keys = [key(call, area) for area in record["serves"]]
            if everywhere.isdisjoint(record["serves"]):
                keys.append(local_key(call))
            for one in dict.fromkeys(keys):
                found.setdefault(one, []).append((place, name))
    return found
