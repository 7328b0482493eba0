"""A list of records as a page: id, title, and a word about each."""

from __future__ import annotations

from cst.lean_typing import TYPE_CHECKING
from cst.views.page import Block, Page, Row, Small, Words

if TYPE_CHECKING:
    from cst import contract


def listing_page(listing: contract.Listing) -> Page:
    """One row a record; then how many there are, so that a list cut short shows, and how to check a scheme."""
    rows = tuple(Row(item["id"], f"{item['title']}{_note(item)}") for item in listing["items"])
    check = (Words(f"Check one: cst eligible {rows[0].id}"),) if listing["of"] == "schemes" and rows else ()
    return (Block(rows), Block((Small(f"{len(rows)} in all.", listing["of"]), *check)))


def _note(item: dict[str, str]) -> str:
    return f" ({item['note']})" if item.get("note") else ""
