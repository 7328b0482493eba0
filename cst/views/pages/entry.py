"""An entry of the quick reference as a page."""

from __future__ import annotations

from cst.lean_typing import TYPE_CHECKING
from cst.views.page import Block, Gap, Item, Listed, Page, Small, Words
from cst.views.pages.common_blocks import DANGER, doing_items, place_blocks, small_print
from cst.views.pages.contacts import contact_items

if TYPE_CHECKING:
    from collections.abc import Iterator

    from cst import contract

BECAME = {
    "live": "It goes on under the same name.",
    "renamed": "It has another name now.",
    "ended": "It has ended.",
    "unknown": "What became of it is not known.",
}


EVERYWHERE = "England"  # what a national contact serves


def entry_page(entry: contract.Entry) -> Page:
    """The whole entry: what it is, whom to ring and what to do; then the signs, the law and the rest."""
    items, more = (*_about(entry), *_doing(entry)), tuple(_more(entry))
    if all(isinstance(item, Gap) for item in items):
        items, more = more, ()
    return (
        DANGER,
        *place_blocks(entry["area_says"], entry["local_says"]),
        Block(items, entry["title"], entry["urgency"] or ""),
        Block(more),
        small_print(
            entry["edition"],
            entry["area_name"],
            entry["at"],
            entry["sources"],
            _current(entry),
            unplaced=bool(entry["area_says"]),
            national=not entry["local_says"],
        ),
    )


def _current(entry: contract.Entry) -> list[contract.Contact]:
    """The contacts that may be rung."""
    return [contact for contact in entry["contacts"] if contact["status"] != "historic"]


def _about(entry: contract.Entry) -> Iterator[Item]:
    if entry["also_known_as"] and entry["type"] != "role":  # a role has many names, and its numbers come first
        yield Small(", ".join(entry["also_known_as"]), "Also called")
    for contact in entry["contacts"]:
        if contact["status"] == "historic":
            became = contact["became"] or {}
            yield Words(f"Old: do not ring. {BECAME[str(became.get('outcome', 'unknown'))]}", strong=True)
    if entry["summary"]:
        yield Words(entry["summary"])


def _doing(entry: contract.Entry) -> Iterator[Item]:
    """Whom to ring now and what to do. An entry about a contact says all that is known of it, its past numbers too."""
    yield Gap()
    yield from contact_items(_placed(entry), entry["unfilled"], entry["first"], full=entry["id"])
    yield from doing_items(entry["steps"], entry["cautions"], entry["have_ready"])


def _more(entry: contract.Entry) -> Iterator[Item]:
    yield from (Listed(one["heading"], tuple(one["items"])) for one in entry["lists"])
    if entry["who_leads"]:
        yield Words(entry["who_leads"], "Who leads")
    if entry["law"]:
        yield Words(entry["law"], "Law")
    if entry["see_also"]:
        yield Listed("See also", tuple(f"{link['id']}: {link['title']}" for link in entry["see_also"]))


def _placed(entry: contract.Entry) -> list[contract.Contact]:
    """The contacts; with no area asked for, one that serves only some place has it in its name."""
    if entry["area"]:
        return entry["contacts"]
    return [
        contact if contact["area"] == EVERYWHERE else {**contact, "name": f"{contact['name']} ({contact['area']})"}
        for contact in entry["contacts"]
    ]
