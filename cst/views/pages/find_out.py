"""The box of what is not known: each line a question, what a yes means, and whom to ring all the same."""

from __future__ import annotations

from cst import card
from cst.engine.not_sure import FIND_OUT, first_lines, in_words, shared_lines
from cst.lean_typing import TYPE_CHECKING
from cst.views.page import Block, NotKnown, Words

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from cst import contract

WHOLE = "All of it: --plain."
URGENT_TOO = ", and find out what is below"


def without_box(outcomes: Sequence[contract.Outcome]) -> list[contract.Outcome]:
    """The outcomes but for the box, which is drawn from the lines themselves."""
    return [outcome for outcome in outcomes if outcome["id"] != FIND_OUT]


def find_out_blocks(plan: contract.Plan) -> Iterator[Block]:
    """The box, where anything is not known."""
    told = plan["find_out"]
    if told:
        outcome = plan["outcomes"][-1]
        closing = " ".join(step["text"] for step in outcome["steps"][len(shared_lines(told)) :])
        yield Block((_not_known(told), Words(closing)), outcome["title"], outcome["urgency"])


def _not_known(told: Sequence[contract.FindOut]) -> NotKnown:
    together, shown = shared_lines(told), first_lines(told)
    folded = [line["says"] for lines in together[shown:] for line in lines]
    more = f"Also not known ({len(folded)}): {' '.join(folded)} {WHOLE}" if folded else ""
    return NotKnown(tuple(map(in_words, together)), shown, more)


def not_asked(plan: contract.Plan) -> Iterator[Words]:
    """What an emergency leaves unasked, so that whoever rings can say it, in a word or two each."""
    named = list(dict.fromkeys(one["named"] for one in plan["not_asked"] if one["named"]))
    if named:
        yield Words(f"{', '.join(named)}. {card.IF_SO}", "Not asked")


def not_used(plan: contract.Plan) -> Iterator[Words]:
    """The answers that were set aside: none is dropped in silence."""
    if plan["not_used"]:
        yield Words(". ".join(one["says"] for one in plan["not_used"]) + ".", "Not used here")


def and_find_out(plan: contract.Plan, outcome: contract.Outcome) -> str:
    """What a heading that is not urgent says over a line that could be for now."""
    slow = outcome["urgency"] in ("soon", "routine") and outcome is plan["outcomes"][0]
    return URGENT_TOO if slow and any(line["urgency"] == "now" for line in plan["find_out"]) else ""


def in_a_line(told: Sequence[contract.FindOut]) -> list[str]:
    """The deadliest of it in one line, with how many more there are; nothing where all is known."""
    together = shared_lines(told)
    more = f" (+{len(together) - 1})" if together[1:] else ""
    return [f"FIND OUT: {in_words(lines[:1])}{more}" for lines in together[:1]]


def not_known(told: Sequence[contract.FindOut]) -> Iterator[str]:
    """Each question that nobody could answer, once."""
    yield from dict.fromkeys(line["says"] for line in told)
