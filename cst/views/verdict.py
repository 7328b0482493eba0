"""A verdict as a page: the answer, why, what would settle it, and how to go on."""

from __future__ import annotations

from collections.abc import Iterator

from cst.contract import VerdictSaid
from cst.views.page import Block, Item, Page, Small, Words
from cst.views.parts import DANGER, doing_items, ladder_items, reasons_item, small_print

WORDS = {"eligible": "Yes", "not-eligible": "No", "cannot-say": "Cannot say yet"}
LAW = {
    "in-force": "The law behind this is in force",
    "unconfirmed": "Whether this law is in force is not confirmed",
    "guidance": "This is guidance, not law",
    "historic": "This rule is of the past; the rule of today is not known",
}


def verdict_page(said: VerdictSaid) -> Page:
    """The whole verdict."""
    how = said["how"]
    going_on = Block(
        (
            *ladder_items(how["contacts"], how["unfilled"]),
            *doing_items(how["steps"], how["cautions"], how["have_ready"]),
        ),
        "How",
    )
    answer = Block(tuple(_answer(said)), f"{said['title']}: {WORDS[said['verdict']]}")
    last = small_print(said["edition"], said["area_name"], said["at"], said["sources"], how["contacts"])
    return (DANGER, answer, going_on, last)


def _answer(said: VerdictSaid) -> Iterator[Item]:
    yield Words(said["says"], strong=True)
    yield from reasons_item(said["because"], "Why" if said["verdict"] == "eligible" else "Why not")
    if said["unsure_of"]:
        yield Words(" · ".join(question["ask"] for question in said["unsure_of"]), "Not sure")
    if said["would_settle"]:
        yield Words(" · ".join(question["ask"] for question in said["would_settle"]), "Any of these could settle it")
    elif said["next"]:
        yield Words(" · ".join(question["ask"] for question in said["next"]), "Still to ask")
    if said["area_note"]:
        yield Words(said["area_note"], str(said["area_name"]))
    if said["law"]:
        since = f" since {said['law']['since']}" if "since" in said["law"] else ""
        yield Small(f"{LAW[said['law']['status']]}{since}. {said['law'].get('note', '')}".strip())
