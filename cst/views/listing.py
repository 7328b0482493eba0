"""A list of records as a page: id, title, and a word about each."""

from __future__ import annotations

from cst.contract import ListingSaid
from cst.views.page import Block, Page, Words


def listing_page(said: ListingSaid) -> Page:
    """One line a record."""
    items = (Words(f"{item['title']}{_note(item)}", item["id"]) for item in said["items"])
    return (Block(tuple(items)),)


def _note(item: dict[str, str]) -> str:
    return f" ({item['note']})" if item["note"] else ""
