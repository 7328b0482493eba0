"""An entry of the quick reference as a page."""

from __future__ import annotations

from collections.abc import Iterator

from cst.contract import ContactSaid, EntrySaid
from cst.views.page import Block, Item, Page, Small, Words
from cst.views.parts import DANGER, doing_items, ladder_items, small_print

OUTCOMES = {
    "live": "It is still there",
    "renamed": "It has another name now",
    "ended": "It has ended",
    "unknown": "What became of it is not known",
}


def entry_page(said: EntrySaid) -> Page:
    """The whole entry: for an issue or pathway whom to ring and what to do first, then what it is."""
    last = small_print(said["edition"], said["area_name"], said["at"], said["sources"], said["contacts"])
    about = Block(tuple(_about(said)), said["title"], said["urgency"] or "")
    doing = tuple(_doing(said))
    blocks = [about] + ([Block(doing, "Whom to ring and what to do")] if doing else [])
    return (DANGER, *blocks, Block(tuple(_more(said))), last)


def _about(said: EntrySaid) -> Iterator[Item]:
    if said["summary"]:
        yield Words(said["summary"])
    if said["contacts"] and said["contacts"][0]["status"] == "historic":
        yield from _historic(said["contacts"][0])
    if said["who_leads"]:
        yield Words(said["who_leads"], "Who leads")
    if said["type"] == "contact" and said["contacts"][0]["application_process"]:
        yield Words(str(said["contacts"][0]["application_process"]), "How to refer")


def _historic(contact: ContactSaid) -> Iterator[Item]:
    became = contact["became"] or {}
    yield Words(f"Old: do not ring. {OUTCOMES[str(became['outcome'])]}.", strong=True)
    for old in (*contact["old_numbers"], *contact["old_emails"]):
        yield Small(f"{old} is an old address of theirs, for recognition only")


def _doing(said: EntrySaid) -> Iterator[Item]:
    yield from ladder_items([contact for contact in said["contacts"] if contact["status"] != "historic"], said["unfilled"])
    yield from doing_items(said["steps"], said["cautions"], said["have_ready"])


def _more(said: EntrySaid) -> Iterator[Item]:
    for headed in said["lists"]:
        yield Words(" · ".join(headed["items"]), headed["heading"])
    if said["law"]:
        yield Words(said["law"], "Law")
    if said["also_known_as"]:
        yield Words(", ".join(said["also_known_as"]), "Also called")
    if said["see_also"]:
        yield Words(" · ".join(f"{link['id']} ({link['title']})" for link in said["see_also"]), "See also")
