"""The parts of the end of a walk, each a page of its own that a key opens from the one screen."""

from __future__ import annotations

from cst.exits import EMERGENCY
from cst.lean_typing import TYPE_CHECKING, NamedTuple
from cst.views.page import Block, Listed, Never, Page
from cst.views.pages.common_blocks import CARD, DANGER, small_print
from cst.views.pages.find_out import find_out_blocks, without_box
from cst.views.pages.plan import outcome_block, plan_page
from cst.views.pages.referral import referral_page
from cst.views.pages.verdict import verdict_page
from cst.views.screen.plan_screen import in_order

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from cst import contract


class Part(NamedTuple):
    """The key that opens it, what the key does in words ("" where another key's words say it), and the page."""

    key: str
    says: str
    page: Page


def plan_parts(plan: contract.Plan, given: Sequence[contract.Reason]) -> Iterator[Part]:
    """Each pathway whole, the emergency, do-nots, what is not known, what to have ready, sources, text to paste, all.

    Args:
        plan: with no mode on.
        given: every answer, in words.
    """
    outcomes = without_box(plan["outcomes"])
    for one in outcomes:
        if one["id"] == EMERGENCY:
            yield Part("e", "e emergency", (CARD, outcome_block(one)))
    numbered = in_order(plan)[:9]
    for place, one in enumerate(numbered, 1):
        says = ("1 open it" if len(numbered) == 1 else f"1-{len(numbered)} open one") if place == 1 else ""
        yield Part(str(place), says, (DANGER, outcome_block(one)))
    if plan["do_nots"]:
        why = {one["id"]: one for outcome in outcomes for one in outcome["cautions"]}
        yield Part("n", "n do-nots", (DANGER, _do_nots(plan["do_nots"], why)))
    if plan["find_out"]:
        yield Part("f", "f find out", (DANGER, *find_out_blocks(plan)))
    ready = tuple(Block((Listed(one["title"], tuple(one["have_ready"])),)) for one in outcomes if one["have_ready"])
    if ready:
        yield Part("g", "g have ready", (DANGER, *ready))
    yield Part("t", "t text", referral_page(plan, given))
    sources = [source for one in outcomes for source in one["sources"]]
    contacts = [contact for one in outcomes for contact in one["contacts"]]
    small = small_print(plan["edition"], plan["area_name"], plan["at"], sources, contacts, unplaced=True)
    yield Part("s", "s sources", (DANGER, small))
    yield Part("a", "a all", plan_page(plan))


def verdict_parts(verdict: contract.Verdict, given: Sequence[contract.Reason]) -> Iterator[Part]:
    """The text to paste, and all of it."""
    yield Part("t", "t text to paste", referral_page(verdict, given))
    yield Part("a", "a all", verdict_page(verdict))


def _do_nots(told: Sequence[contract.DoNot], why: dict[str, contract.Caution]) -> Block:
    """All of them in their order, each in full and with its reason."""
    names = [name for one in told for name in one["of"]]
    return Block(tuple(Never(why[name]["text"], why[name]["why"] or "") for name in names if name in why), "Do not")
