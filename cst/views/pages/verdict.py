"""A verdict as a page: the answer, why, what would settle it, and how to go on."""

from __future__ import annotations

from cst.lean_typing import TYPE_CHECKING
from cst.views.dates import day
from cst.views.page import Block, Gap, Item, Page, Words
from cst.views.pages.common_blocks import (
    DANGER,
    asked_item,
    never_items,
    place_blocks,
    ready_items,
    reasons_item,
    small_print,
    step_items,
)
from cst.views.pages.contacts import contact_items

if TYPE_CHECKING:
    from collections.abc import Iterator

    from cst import contract

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


def verdict_page(verdict: contract.Verdict) -> Page:
    """The whole verdict."""
    how = verdict["how"]
    contacts = (Gap(), *contact_items(how["contacts"], how["unfilled"], verdict["first"]))
    doing = (*step_items(how["steps"]), *never_items(how["cautions"]))
    # Where the scheme says how soon, its steps begin with what to do before leaving, and say where to ask.
    parts = (*doing, *contacts[1:]) if verdict["urgency"] else (*contacts, *doing)
    items = (*_answer(verdict), *parts, *ready_items(how["have_ready"]))
    return (
        DANGER,
        *place_blocks(verdict["area_says"]),
        Block(items, f"{verdict['title']}: {verdict['answer']}"),
        Block(tuple(_behind(verdict))),
        small_print(
            verdict["edition"],
            verdict["area_name"],
            verdict["at"],
            verdict["sources"],
            how["contacts"],
            unplaced=bool(verdict["area_says"]),
        ),
    )


def _answer(verdict: contract.Verdict) -> Iterator[Item]:
    """What was decided, on what, and what would change it."""
    yield Words(verdict["says"], strong=True)
    if verdict["urgency_says"]:
        yield Words(verdict["urgency_says"], "How soon", strong=True)
    if verdict["law"] and verdict["law"]["status"] in DOUBTFUL:  # before it is acted on, and not three screens down
        yield Words(f"{LAW[verdict['law']['status']]}.", "Take care")
    yield from reasons_item([*verdict["because"], *verdict["also_because"]], "Why")
    yield from asked_item(verdict["unsure_of"], "Not sure")
    yield from asked_item(verdict["would_settle"], "Any one of these could settle it")
    if not verdict["would_settle"]:
        yield from asked_item(verdict["next"], OPEN[verdict["verdict"]])


def _behind(verdict: contract.Verdict) -> Iterator[Item]:
    """What the scheme is, the area's own rule, and whether the law behind it holds."""
    yield Words(verdict["summary"], "What it is")
    if verdict["area_note"]:
        yield Words(verdict["area_note"], verdict["area_name"] or "In this area")
    if verdict["law"]:
        since = f" Since {day(verdict['law']['since'])}." if "since" in verdict["law"] else ""
        yield Words(f"{LAW[verdict['law']['status']]}.{since} {verdict['law'].get('note', '')}".rstrip(), "Law")
