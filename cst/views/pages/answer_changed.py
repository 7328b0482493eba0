"""What another answer changed: a page between the answer and the new end."""

from __future__ import annotations

from cst.engine.disclosure import URGENT
from cst.lean_typing import TYPE_CHECKING, NamedTuple
from cst.views.page import Block, Page, Words
from cst.views.pages.common_blocks import DANGER
from cst.views.pages.plan import first_rung

if TYPE_CHECKING:
    from collections.abc import Sequence

    from cst import contract


class Came(NamedTuple):
    """Something that came out, a pathway or a verdict: what to do, and whom to ring."""

    title: str
    urgent: bool
    steps: Sequence[contract.Step]
    cautions: Sequence[contract.Caution]
    contacts: Sequence[contract.Contact]
    unfilled: Sequence[contract.RoleUnfilled]
    first: contract.First | None


def changed_page(before: contract.Plan | contract.Verdict, after: contract.Plan | contract.Verdict) -> Page:
    """What another answer changed: what it brought and took away, and whom to ring first where that is urgent."""
    old = {one.title: one for one in _came(before)}
    new = {one.title: one for one in _came(after)}
    both = [(old[title], new[title]) for title in new if title in old]
    if after["kind"] == "verdict":  # there is one, and it may have another name: its steps are compared all the same
        both = list(zip(old.values(), new.values(), strict=True))
    brought = [Words(title, "Now as well") for title in new if title not in old]
    taken = [Words(title, "No longer") for title in old if title not in new]
    rings = [
        item
        for was, now in both
        if now.urgent and was.first != now.first
        for item in first_rung(now.contacts, now.unfilled, now.first)
    ]
    items = (*brought, *taken, Words(_what_changed(both, told=bool(brought or taken), rings=bool(rings))), *rings)
    return (DANGER, Block(items, "What your other answer changes"))


def _came(end: contract.Plan | contract.Verdict) -> list[Came]:
    """What came out: the pathways of a plan, or the one verdict."""
    if end["kind"] == "verdict":
        title = f"{end['answer']}. {end['urgency_says']}" if end["urgency_says"] else end["answer"]
        return [_one(title, True, end["how"], end["first"])]
    return [_one(one["title"], one["urgency"] in URGENT, one, one["first"]) for one in end["outcomes"]]


def _one(title: str, urgent: bool, how: contract.How | contract.Outcome, first: contract.First | None) -> Came:
    return Came(title, urgent, how["steps"], how["cautions"], how["contacts"], how["unfilled"], first)


def _what_changed(both: Sequence[tuple[Came, Came]], *, told: bool, rings: bool) -> str:
    """What became of what held before and still holds; `told`: whether more is said before it."""
    if any((was.steps, was.cautions) != (now.steps, now.cautions) for was, now in both):
        return "Some steps are new: the next page shows them." + (" So are the numbers:" if rings else "")
    if rings:
        return "The steps are the same. The numbers are new:"
    if any((_names(was), was.unfilled) != (_names(now), now.unfilled) for was, now in both):
        return "The steps are the same. Some numbers are new: the next page shows them."
    return "Nothing else changes." if told else "Nothing else changes: the same steps hold."


def _names(one: Came) -> list[str]:
    return [contact["id"] for contact in one.contacts]
