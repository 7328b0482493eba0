"""A plan as a page: what to do now, whom to ring, what never to do, why, and what is not yet sure."""

from __future__ import annotations

from collections.abc import Iterator

from cst import card
from cst.contract import ModeSaid, OutcomeSaid, PlanSaid
from cst.interview import EMERGENCY
from cst.views.page import Block, Item, Never, Page, Ring, Small, Step, Words
from cst.views.parts import DANGER, doing_items, ladder_items, reasons_item, small_print

NOT_CERTAIN = "Not certain: you were not sure. Take it as yes until you know."


def plan_page(plan: PlanSaid) -> Page:
    """The whole plan."""
    outcomes = plan["outcomes"]
    emergency = any(outcome["id"] == EMERGENCY for outcome in outcomes)
    start = _card() if emergency else DANGER
    sources = [source for outcome in outcomes for source in outcome["sources"]]
    contacts = [contact for outcome in outcomes for contact in outcome["contacts"]]
    return (
        start,
        *(_mode(mode) for mode in plan["modes"]),
        *(outcome_block(outcome) for outcome in outcomes),
        Block(tuple(_closing(plan))),
        small_print(plan["edition"], plan["area_name"], plan["at"], sources, contacts),
    )


def _card() -> Block:
    first, *rest = card.CARD
    return Block((Words(first, strong=True), *(Words(line) for line in rest)), "EMERGENCY", "now")


def _mode(mode: ModeSaid) -> Block:
    return Block(tuple(Words(line) for line in mode["says"]), mode["title"], "now")


def outcome_block(outcome: OutcomeSaid) -> Block:
    """One pathway: whom to ring, what to do, what never to do, and why."""
    items: list[Item] = [*ladder_items(outcome["contacts"], outcome["unfilled"])]
    items += doing_items(outcome["steps"], outcome["cautions"], outcome["have_ready"], outcome["if_worse"])
    items += reasons_item(outcome["because"])
    if not outcome["certain"]:
        items.append(Words(NOT_CERTAIN))
    return Block(tuple(items), outcome["title"], outcome["urgency"])


def _closing(plan: PlanSaid) -> Iterator[Item]:
    unsure = dict.fromkeys(question["ask"] for outcome in plan["outcomes"] for question in outcome["unsure_of"])
    if unsure:
        yield Words(" · ".join(unsure), "Not sure")
    if plan["next"]:
        yield Words(f"{len(plan['next'])} more questions could change this. First: {plan['next'][0]['ask']}", "Still open")
    for hint in plan["also_ask"]:
        met = hint["says"] if hint["met"] else f"one answer would settle it: {hint['says']}"
        yield Words(f"{hint['title']}: {met} (cst eligible {hint['scheme']})", "Also ask")
    yield Words(card.NO_ANSWER, strong=True)


def earned_page(plan: PlanSaid, shown: frozenset[str]) -> Page:
    """Advice already earned, before the next question: the most urgent outcomes not shown yet, in short."""
    new = [outcome for outcome in plan["outcomes"] if outcome["urgency"] == "now" and outcome["id"] not in shown]
    emergency = any(outcome["id"] == EMERGENCY for outcome in new)
    blocks = [_card()] if emergency else []
    return (*blocks, *(_short(outcome) for outcome in new if outcome["id"] != EMERGENCY))


def _short(outcome: OutcomeSaid) -> Block:
    rungs = [item for item in ladder_items(outcome["contacts"], outcome["unfilled"]) if isinstance(item, Ring)]
    steps = [Step(place, step["text"], step["within"] or "") for place, step in enumerate(outcome["steps"][:2], 1)]
    never = [Never(caution["text"]) for caution in outcome["cautions"][:3]]
    more = Small("The whole of it comes at the end.")
    return Block((*rungs[:2], *steps, *never, more), outcome["title"], outcome["urgency"])


def mode_page(mode: ModeSaid) -> Page:
    """Short mode: the danger line and the few lines, nothing else."""
    return (DANGER, _mode(mode))
