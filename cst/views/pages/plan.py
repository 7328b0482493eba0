"""A plan as a page: what to do now, whom to ring, what never to do, why, and what is not yet sure."""

from __future__ import annotations

from itertools import groupby

from cst import card
from cst.exits import EMERGENCY
from cst.lean_typing import TYPE_CHECKING, NamedTuple
from cst.views.page import (
    Block,
    Gap,
    Item,
    Never,
    Page,
    Reach,
    Ring,
    Small,
    Step,
    Together,
    Words,
)
from cst.views.pages.common_blocks import (
    CARD,
    DANGER,
    never_items,
    place_blocks,
    ready_items,
    reasons_item,
    small_print,
    step_items,
)
from cst.views.pages.contacts import ABOVE, contact_items
from cst.views.pages.find_out import and_find_out, find_out_blocks, not_asked, not_used, without_box

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from cst import contract

WAITS = "The rest waits until it is safe to go on."
MORE = "There is more to this one: the whole of it comes at the end."
RANKS = ("A", "B", "CDE")  # do-nots of the first have a line each; with a box the others share one
FIRST = 3  # cautions that are shown early; all of them come at the end


class Room(NamedTuple):
    """How many steps, and how many numbers after the first, have a line each in a panel; the others share one in text.

    A plan with a box is longer by that box, and must not be so long that nobody reads it.
    """

    steps: int
    rungs: int


ALL, FIRST_OF_BOXED, REST_OF_BOXED = Room(99, 99), Room(2, 0), Room(0, 0)


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
        *_lines(plan),
        *_outcomes(plan),
        Block(tuple(_for_all(plan))),
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


def _lines(plan: contract.Plan) -> tuple[Block, ...]:
    """How the person needs to be understood: above everything that is to be done with them."""
    return (Block(tuple(Words(line) for line in plan["lines"])),) if plan["lines"] else ()


def _is_emergency(outcomes: Sequence[contract.Outcome]) -> bool:
    return any(outcome["id"] == EMERGENCY for outcome in outcomes)


def _count(outcomes: list[contract.Outcome]) -> str:
    return "1 pathway" if len(outcomes) == 1 else f"{len(outcomes)} pathways"


def _mode(mode: contract.Mode) -> Block:
    return Block(tuple(Words(line) for line in mode["says"]))


def _outcomes(plan: contract.Plan) -> Iterator[Block]:
    """One panel each. A step and the notes on a contact are given the first time only."""
    explained: frozenset[str] = frozenset()
    said: frozenset[str] = frozenset()
    for place, outcome in enumerate(without_box(plan["outcomes"])):
        steps = [step for step in outcome["steps"] if step["text"] not in said]
        room = ALL if not plan["find_out"] else REST_OF_BOXED if place else FIRST_OF_BOXED
        yield outcome_block({**outcome, "steps": steps}, explained, and_find_out(plan, outcome), room)
        yield from (Block((item,)) for item in not_asked(plan) if outcome["id"] == EMERGENCY)
        explained |= {one["id"] for one in outcome["contacts"]}
        said |= {step["text"] for step in steps}


def outcome_block(
    outcome: contract.Outcome, explained: frozenset[str] = frozenset(), more: str = "", room: Room = ALL
) -> Block:
    """A panel: what it rests on, the number to ring first, what to do, whom to ring then.

    Args:
        outcome: as the plan has it.
        explained: ids of contacts that stand above, of which less is said.
        more: what its heading says besides.
        room: how much there is room for.
    """
    rungs = contact_items(outcome["contacts"], outcome["unfilled"], outcome["first"], known=explained, ready=False)
    first, others = _parted([_noted(item, room) for item in rungs])
    steps = [item for item in step_items(outcome["steps"]) if isinstance(item, Step)]
    unsure = [] if outcome["certain"] else [_not_certain(outcome)]
    later = others[room.rungs :]
    items = (
        *(unsure if room.steps else ()),
        *first,
        Gap(),
        *steps[: room.steps],
        *_together("After that" if room.steps else "Do", [*(() if room.steps else unsure), *steps[room.steps :]]),
        Gap(),
        *_above_together(others[: room.rungs]),
        *(() if not room.steps and all(map(_stands_above, later)) else _together("THEN RING", later)),
    )
    return Block(items, outcome["title"] + more, outcome["urgency"])


def _stands_above(item: Item) -> bool:
    """Whether a number was given further up already, with all that is to be known of it."""
    return isinstance(item, Ring) and item.hours == ABOVE


def _above_together(rungs: Sequence[Item]) -> Iterator[Item]:
    """Numbers that stand above share a line where they follow each other."""
    for above, together in groupby(rungs, _stands_above):
        found = list(together)
        yield from _together("THEN RING", found) if above else found


def _noted(item: Item, room: Room) -> Item:
    """A number with what is to be known of it: where there is little room beside its hours."""
    if room == ALL or not isinstance(item, (Ring, Reach)) or not item.notes:
        return item
    note = " ".join(note if note.endswith(".") else f"{note}." for note in item.notes)
    if isinstance(item, Reach):
        return item._replace(how=f"{item.how} ({note})", notes=())
    return item._replace(hours=f"{item.hours} ({note})", notes=())


def _together(label: str, items: Sequence[Item]) -> Iterator[Item]:
    """Items that text gives one line; one alone keeps its own."""
    shared = tuple(item for item in items if isinstance(item, (Ring, Reach, Step, Never, Words)))
    if len(shared) > 1:
        yield Together(label, shared)
    else:
        yield from items


def _parted(rungs: list[Item]) -> tuple[list[Item], list[Item]]:
    """The rungs up to the one to ring first, and the others: what to do stands between, so that it is seen at once."""
    large = next((place for place, item in enumerate(rungs) if isinstance(item, Ring) and item.large), len(rungs))
    return rungs[: large + 1], rungs[large + 1 :]


def _for_all(plan: contract.Plan) -> Iterator[Item]:
    """Once for the whole plan: what never to do, the deadliest first; what to have ready; what if it gets worse."""
    outcomes, boxed = without_box(plan["outcomes"]), bool(plan["find_out"])
    cautions = {caution["id"]: caution for outcome in plan["outcomes"] for caution in outcome["cautions"]}
    ranked = sorted(cautions.values(), key=lambda caution: caution["kills"])
    for ranks in RANKS:
        nevers = list(never_items(caution for caution in ranked if caution["kills"] in ranks))
        yield from _together("CAUTION", nevers) if boxed else nevers
    yield Gap()
    own = (thing for outcome in outcomes for thing in outcome["have_ready"])
    asked = (thing for outcome in outcomes for contact in outcome["contacts"][:1] for thing in contact["have_ready"])
    worse = dict.fromkeys(outcome["if_worse"] for outcome in outcomes if outcome["if_worse"])
    yield from ready_items(list(dict.fromkeys((*own, *asked))), " ".join(worse))


def _not_certain(outcome: contract.Outcome) -> Item:
    """Why it is shown all the same, and the question that would settle it."""
    asks = ", ".join(f'"{question["ask"]}"' for question in outcome["unsure_of"])
    unsure = f"you were not sure about {asks}" if asks else "you were not sure."
    return Words(" ".join((unsure, *outcome["asks"])), "Not certain")


def _closing(plan: contract.Plan) -> Iterator[Item]:
    """Why, what is not yet sure, what else to ask, and what to do when all this fails."""
    outcomes = without_box(plan["outcomes"])
    several = len(outcomes) > 1
    reasons = (reasons_item(one["because"], "Why", one["title"] if several else "") for one in outcomes)
    unused = list(not_used(plan))
    yield from _together("Why", [*(item for items in reasons for item in items), *(unused if plan["find_out"] else ())])
    yield from () if plan["find_out"] else unused
    if not plan["complete"]:
        yield Words(_still_open(plan), "Still open")
    yield from _together("Also ask", [_hint(hint) for hint in plan["also_ask"]])
    yield Words(card.WORSE if _rings_emergency(plan) else card.NO_ANSWER, strong=True)


def _rings_emergency(plan: contract.Plan) -> bool:
    """Whether the emergency line is the first to ring: then no other police line is named for the same facts."""
    return plan["first"] is not None and plan["first"]["contact"] == "police-emergency"


def _hint(hint: contract.SchemeHint) -> Words:
    met = "already met" if hint["met"] else "one answer away"
    return Words(f"{hint['title']}, {met}: {hint['says']} (cst eligible {hint['scheme']})", "Also ask")


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
