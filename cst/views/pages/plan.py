"""A plan as a page: what to do now, whom to ring, what never to do, why, and what is not yet sure."""

from __future__ import annotations

from cst import card
from cst.engine.disclosure import URGENT
from cst.exits import EMERGENCY
from cst.lean_typing import TYPE_CHECKING
from cst.views.page import URGENCY_WORDS, Block, Gap, Item, Listed, Never, Page, Ring, Small, Step, Words
from cst.views.pages.common_blocks import (
    CARD,
    DANGER,
    asked_item,
    never_items,
    place_blocks,
    ready_items,
    reasons_item,
    small_print,
    step_items,
)
from cst.views.pages.contacts import contact_items, first_call
from cst.views.pages.find_out import and_find_out, find_out_blocks, not_asked, without_box

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from cst import contract

WAITS = "The rest waits until it is safe to go on."
MORE = "There is more to this one: the whole of it comes at the end."
FIRST = 3  # cautions that are shown early; all of them come at the end


def plan_page(plan: contract.Plan) -> Page:
    """The whole plan; in short mode its few lines and nothing that somebody who looks on should see."""
    outcomes = plan["outcomes"]
    if plan["modes"]:
        start = CARD if _is_emergency(outcomes) else DANGER
        return (start, *(_mode(mode) for mode in plan["modes"]), Block((Words(WAITS),)))
    sources = [source for outcome in outcomes for source in outcome["sources"]]
    contacts = [contact for outcome in outcomes for contact in outcome["contacts"]]
    return (
        CARD if _is_emergency(outcomes) else DANGER,
        *place_blocks(plan["area_says"]),
        *_outcomes(plan),
        *find_out_blocks(plan),
        Block(tuple(_closing(plan))),
        small_print(
            plan["edition"],
            plan["area_name"],
            plan["at"],
            sources,
            contacts,
            f"End of plan: {_count(without_box(outcomes))}.",
            unplaced=bool(plan["area_says"]),
        ),
    )


def ending_page(plan: contract.Plan) -> Page:
    """The plan at the end of a walk, which is longer than a screen: what is urgent stands in short before it."""
    page, before = plan_page(plan), 1 + len(place_blocks(plan["area_says"]))
    return page if plan["modes"] else (*page[:before], *_in_short(plan), *page[before:])


def _is_emergency(outcomes: Sequence[contract.Outcome]) -> bool:
    return any(outcome["id"] == EMERGENCY for outcome in outcomes)


def _count(outcomes: list[contract.Outcome]) -> str:
    return "1 pathway" if len(outcomes) == 1 else f"{len(outcomes)} pathways"


def _in_short(plan: contract.Plan) -> Iterator[Block]:
    """Where several things are urgent: each in a line with its first number, so that none is missed further down."""
    others = (outcome for outcome in without_box(plan["outcomes"]) if outcome["id"] != EMERGENCY)
    urgent = [outcome for outcome in others if outcome["urgency"] in URGENT]
    if len(urgent) > 1:
        yield Block((Listed("In short", tuple(f"{_word(one)}: {one['title']}{_whom(one)}" for one in urgent)),))


def _word(outcome: contract.Outcome) -> str:
    return URGENCY_WORDS[outcome["urgency"]]


def _whom(outcome: contract.Outcome) -> str:
    """The call to make first: the number and whose it is."""
    call = first_call(outcome)
    return f". {call[1]['number']}, {call[0]['name']}" if call else ""


def _mode(mode: contract.Mode) -> Block:
    return Block(tuple(Words(line) for line in mode["says"]))


def _outcomes(plan: contract.Plan) -> Iterator[Block]:
    """One panel each. A caution and the notes on a contact are given the first time only."""
    explained: frozenset[str] = frozenset()
    for outcome in without_box(plan["outcomes"]):
        yield _outcome(outcome, explained, and_find_out(plan, outcome))
        yield from not_asked(plan) if outcome["id"] == EMERGENCY else ()
        explained |= {one["id"] for one in (*outcome["cautions"], *outcome["contacts"])}


def _outcome(outcome: contract.Outcome, explained: frozenset[str], more: str = "") -> Block:
    cautions = [caution for caution in outcome["cautions"] if caution["id"] not in explained]
    rungs = contact_items(outcome["contacts"], outcome["unfilled"], outcome["first"], known=explained)
    first, others = _parted(list(rungs))
    items = (
        *([] if outcome["certain"] else [_not_certain(outcome)]),
        *first,
        *step_items(outcome["steps"]),
        *others,
        Gap(),
        *never_items(cautions, more_above=len(cautions) < len(outcome["cautions"])),
        *ready_items(outcome["have_ready"], outcome["if_worse"]),
    )
    return Block(items, outcome["title"] + more, outcome["urgency"])


def _parted(rungs: list[Item]) -> tuple[list[Item], list[Item]]:
    """The rungs up to the one to ring first, and the others: what to do stands between, so that it is seen at once."""
    large = next((place for place, item in enumerate(rungs) if isinstance(item, Ring) and item.large), len(rungs))
    return rungs[: large + 1], rungs[large + 1 :]


def _not_certain(outcome: contract.Outcome) -> Item:
    """Why it is shown all the same, and the question that would settle it."""
    asks = ", ".join(f'"{question["ask"]}"' for question in outcome["unsure_of"])
    unsure = f"you were not sure about {asks}" if asks else "you were not sure."
    return Words(" ".join((unsure, *outcome["asks"])), "Not certain")


def _closing(plan: contract.Plan) -> Iterator[Item]:
    """Why, what is not yet sure, what else to ask, and what to do when all this fails."""
    outcomes = without_box(plan["outcomes"])
    several = len(outcomes) > 1
    for outcome in outcomes:
        yield from reasons_item(outcome["because"], "Why", outcome["title"] if several else "")
    yield from asked_item((one for outcome in outcomes for one in outcome["unsure_of"]), "Not sure")
    if not plan["complete"]:
        yield Words(_still_open(plan), "Still open")
    for hint in plan["also_ask"]:
        met = "already met" if hint["met"] else "one answer away"
        yield Words(f"{hint['title']}, {met}: {hint['says']} (cst eligible {hint['scheme']})", "Also ask")
    yield Words(card.NO_ANSWER, strong=True)


def _still_open(plan: contract.Plan) -> str:
    asked = plan["next"]
    if not asked:
        return "something here is not settled yet."
    more = "1 more question" if len(asked) == 1 else f"{len(asked)} more questions"
    return f"{more} could change this. First: {asked[0]['ask']}"


def earned_page(new: Sequence[contract.Outcome]) -> Page:
    """Advice already earned, in short, before the next question; the whole card where the emergency is new."""
    unsure = [one for one in new if one["id"] == EMERGENCY and not one["certain"]]
    start = (CARD, *(Block((_not_certain(one),)) for one in unsure)) if _is_emergency(new) else (DANGER,)
    return (*start, *(_short(outcome) for outcome in new if outcome["id"] != EMERGENCY))


def _short(outcome: contract.Outcome) -> Block:
    """The first number, the first two steps, what never to do."""
    rung = first_rung(outcome["contacts"], outcome["unfilled"], outcome["first"])
    steps = (Step(place, step["text"], step["within"] or "") for place, step in enumerate(outcome["steps"][:2], 1))
    never = (Never(caution["text"]) for caution in outcome["cautions"][:FIRST])
    return Block((*rung, *steps, *never, Small(MORE)), outcome["title"], outcome["urgency"])


def first_rung(
    contacts: Sequence[contract.Contact], unfilled: Sequence[contract.RoleUnfilled], first: contract.First | None
) -> list[Item]:
    """The one number to ring first, and that there is no local one; where there is none, what stands first instead."""
    rungs = list(contact_items(contacts, unfilled, first))
    large = [place for place, item in enumerate(rungs) if isinstance(item, Ring) and item.large]
    if not large:
        return rungs[:1]
    return [item for item in rungs[: large[0] + 1] if isinstance(item, Words) or item is rungs[large[0]]]


def mode_page(mode: contract.Mode) -> Page:
    """Short mode: the danger line and the mode's few lines, nothing else."""
    return (DANGER, _mode(mode))
