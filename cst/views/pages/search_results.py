"""What a search found as a page: several entries that fit, or the topics where nothing does."""

from __future__ import annotations

from cst.lean_typing import TYPE_CHECKING
from cst.views.page import Block, Page, Row, Words
from cst.views.pages.common_blocks import DANGER

if TYPE_CHECKING:
    from collections.abc import Mapping

    from cst import contract

KIND_WORDS = {
    "issue": "topic",
    "role": "who does it here",
    "contact": "who to ring",
    "scheme": "can they have it?",
    "pathway": "what to do",
    "caution": "what not to do",
    "term": "meaning",
    "area": "area",
}
IF_DANGER = "If it is danger now"
WALK = "Or walk through it, question by question: cst triage"


def fitting_page(listing: contract.Listing, text: str) -> Page:
    """The entries that fit, one a row, what comes before them if it is danger, and how to see one."""
    first = listing.get("if_danger")
    lane = (Block((Words(f"{IF_DANGER}:", strong=True), Row(first["id"], label(first)))),) if first else ()
    rows = tuple(Row(item["id"], label(item)) for item in listing["items"] if item != first)
    return (
        DANGER,
        *lane,
        Block((Words(f"These may fit {text}:"), *rows)),
        Block((Words(f"See one: cst lookup {(first or listing['items'][0])['id']}"), Words(WALK))),
    )


def label(item: Mapping[str, str]) -> str:
    """What is said of an entry that fits: its title, and what kind of entry it is."""
    return f"{item['title']} ({KIND_WORDS[item['note']]})"


def nothing_page(listing: contract.Listing, text: str) -> Page:
    """That nothing fits, and every topic there is."""
    rows = tuple(Row(item["id"], item["title"]) for item in listing["items"])
    return (
        DANGER,
        Block((Words(f"Nothing here is like {text}. These are the topics:", strong=True), *rows)),
        Block((Words("Try a plainer word, or look up a topic: cst lookup domestic-abuse"), Words(WALK))),
    )
