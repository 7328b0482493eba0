"""A verdict as a page: the answer, why, what would settle it, and how to go on."""

from __future__ import annotations

from cst.lean_typing import TYPE_CHECKING
from cst.views.dates import day
from cst.views.page import Block, Gap, Item, Page, Words
from cst.views.pages.common_blocks import DANGER, asked_item, doing_items, place_blocks, reasons_item, small_print
from cst.views.pages.contacts import ladder_items

if TYPE_CHECKING:
    from collections.abc import Iterator

    from cst.contract import VerdictSaid

ANSWERS = {"eligible": "yes", "not-eligible": "no", "cannot-say": "cannot say yet"}
OPEN = {"eligible": "Worth asking too", "not-eligible": "Still to ask", "cannot-say": "Still to ask"}
LAW = {
    "in-force": "The law behind this is in force",
    "unconfirmed": "Nobody has confirmed that this law is in force",
    "guidance": "This is guidance, not law",
    "historic": "This rule is of the past: today's rule is not known",
}
DOUBTFUL = ("historic", "unconfirmed")
SENSITIVE = (
    "What comes next is sensitive.",
    "Go on only when nobody who may be causing harm can see or hear this.",
    "If somebody can, press q. You can come back to it later.",
)


def sensitive_page() -> Page:
    """Before a first sensitive question, as nobody has been asked whether somebody looks on."""
    return (DANGER, Block(tuple(map(Words, SENSITIVE))))


def verdict_page(said: VerdictSaid) -> Page:
    """The whole verdict."""
    how = said["how"]
    items = (
        *_answer(said),
        Gap(),
        *ladder_items(how["contacts"], how["unfilled"], said["at"]),
        *doing_items(how["steps"], how["cautions"], how["have_ready"]),
    )
    return (
        DANGER,
        *place_blocks(said["area_says"]),
        Block(items, f"{said['title']}: {ANSWERS[said['verdict']]}"),
        Block(tuple(_behind(said))),
        small_print(
            said["edition"],
            said["area_name"],
            said["at"],
            said["sources"],
            how["contacts"],
            unplaced=bool(said["area_says"]),
        ),
    )


def _answer(said: VerdictSaid) -> Iterator[Item]:
    """What was decided, on what, and what would change it."""
    yield Words(said["says"], strong=True)
    if said["law"] and said["law"]["status"] in DOUBTFUL:  # before it is acted on, and not three screens down
        yield Words(f"{LAW[said['law']['status']]}.", "Take care")
    yield from reasons_item(said["because"], "Why")
    yield from asked_item(said["unsure_of"], "Not sure")
    yield from asked_item(said["would_settle"], "Any one of these could settle it")
    if not said["would_settle"]:
        yield from asked_item(said["next"], OPEN[said["verdict"]])


def _behind(said: VerdictSaid) -> Iterator[Item]:
    """What the scheme is, the area's own rule, and whether the law behind it holds."""
    yield Words(said["summary"], "What it is")
    if said["area_note"]:
        yield Words(said["area_note"], said["area_name"] or "In this area")
    if said["law"]:
        since = f" Since {day(said['law']['since'])}." if "since" in said["law"] else ""
        yield Words(f"{LAW[said['law']['status']]}.{since} {said['law'].get('note', '')}".rstrip(), "Law")
