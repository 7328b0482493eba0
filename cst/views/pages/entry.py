"""An entry of the quick reference as a page."""

from __future__ import annotations

from cst.lean_typing import TYPE_CHECKING
from cst.views.page import Block, Gap, Item, Listed, Page, Small, Words
from cst.views.pages.common_blocks import DANGER, doing_items, place_blocks, small_print
from cst.views.pages.contacts import ladder_items

if TYPE_CHECKING:
    from collections.abc import Iterator

    from cst.contract import ContactSaid, EntrySaid

BECAME = {
    "live": "It goes on under the same name.",
    "renamed": "It has another name now.",
    "ended": "It has ended.",
    "unknown": "What became of it is not known.",
}


EVERYWHERE = "England"  # what a national contact serves


def entry_page(said: EntrySaid) -> Page:
    """The whole entry: what it is, whom to ring and what to do; then the signs, the law and the rest."""
    items, more = (*_about(said), *_doing(said)), tuple(_more(said))
    if all(isinstance(item, Gap) for item in items):
        items, more = more, ()
    return (
        DANGER,
        *place_blocks(said["area_says"]),
        Block(items, said["title"], said["urgency"] or ""),
        Block(more),
        small_print(
            said["edition"],
            said["area_name"],
            said["at"],
            said["sources"],
            _current(said),
            unplaced=bool(said["area_says"]),
        ),
    )


def _current(said: EntrySaid) -> list[ContactSaid]:
    """The contacts that may be rung."""
    return [contact for contact in said["contacts"] if contact["status"] != "historic"]


def _about(said: EntrySaid) -> Iterator[Item]:
    if said["also_known_as"]:
        yield Small(", ".join(said["also_known_as"]), "Also called")
    for contact in said["contacts"]:
        if contact["status"] == "historic":
            became = contact["became"] or {}
            yield Words(f"Old: do not ring. {BECAME[str(became.get('outcome', 'unknown'))]}", strong=True)
    if said["summary"]:
        yield Words(said["summary"])


def _doing(said: EntrySaid) -> Iterator[Item]:
    """Whom to ring now and what to do. An entry about a contact says all that is known of it, its past numbers too."""
    yield Gap()
    yield from ladder_items(_placed(said), said["unfilled"], said["at"], full=said["id"])
    yield from doing_items(said["steps"], said["cautions"], said["have_ready"])


def _more(said: EntrySaid) -> Iterator[Item]:
    yield from (Listed(one["heading"], tuple(one["items"])) for one in said["lists"])
    if said["who_leads"]:
        yield Words(said["who_leads"], "Who leads")
    if said["law"]:
        yield Words(said["law"], "Law")
    if said["see_also"]:
        yield Listed("See also", tuple(f"{link['id']}: {link['title']}" for link in said["see_also"]))


def _placed(said: EntrySaid) -> list[ContactSaid]:
    """The contacts; with no area asked for, one that serves only some place has it in its name."""
    if said["area"]:
        return said["contacts"]
    return [
        contact if contact["area"] == EVERYWHERE else {**contact, "name": f"{contact['name']} ({contact['area']})"}
        for contact in said["contacts"]
    ]
