"""Numbers: each is one that a telephone here can ring, written as it is rung, and not also said to be dead."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from cst.checks.proof import Proof, Wrong
from cst.source.number_kinds import can_be_rung, costs_much, national
from cst.toolkit.toolkit import Toolkit


def numbers_can_be_rung(toolkit: Toolkit, day: date) -> Proof:
    """Each number parses as one of this country or as a short code, comes back digit for digit, and costs little."""
    tried, wrong = 0, []
    for name, record in toolkit.kind("contacts").items():
        for phone in record.get("phones", ()):
            tried += 1
            number = phone["number"]
            if not can_be_rung(number):
                says = f"{number} of {name} is no number that can be rung"
                wrong.append(Wrong("no-number", ("contacts", name, "phones"), says, "look it up again in its source"))
            elif costs_much(number):
                says = f"{number} of {name} is a premium or a personal number"
                wrong.append(Wrong("premium", ("contacts", name, "phones"), says, "find an ordinary line of theirs"))
    return Proof("Every number can be rung", f"{tried} numbers", tuple(wrong[:9]))


def no_number_is_live_and_old(toolkit: Toolkit, day: date) -> Proof:
    """What one contact says is no longer to be rung, no other gives to ring; nor does it itself."""
    contacts = toolkit.kind("contacts")
    live = {national(phone["number"]): name for name, one in contacts.items() for phone in one.get("phones", ())}
    old = [(name, number) for name, one in contacts.items() for number in one.get("old_numbers", ())]
    wrong = [
        Wrong(
            "live-and-old",
            ("contacts", name, "old_numbers"),
            f"{number} is old in {name} and to be rung in {live[national(number)]}",
            "find out which of the two is right, and take the other out",
        )
        for name, number in old
        if national(number) in live
    ]
    return Proof("No number is both to be rung and no longer to be rung", f"{len(old)} old numbers", tuple(wrong[:9]))


def proofs(toolkit: Toolkit, day: date) -> Iterator[Proof]:
    """All of them."""
    yield numbers_can_be_rung(toolkit, day)
    yield no_number_is_live_and_old(toolkit, day)
