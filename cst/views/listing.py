"""A list of records as a page: id, title, and a word about each."""

from __future__ import annotations

from cst.light import TYPE_CHECKING
from cst.views.page import Block, Page, Row, Small

if TYPE_CHECKING:
    from cst.contract import ListingSaid


def listing_page(said: ListingSaid) -> Page:
    """One row a record; the last line says how many there are, so that a list cut short shows."""
    rows = tuple(Row(item["id"], f"{item['title']}{_note(item)}") for item in said["items"])
    return (Block(rows), Block((Small(f"{len(rows)} in all.", said["of"]),)))


def _note(item: dict[str, str]) -> str:
    return f" ({item['note']})" if item.get("note") else ""
