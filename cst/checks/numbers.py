"""Numbers: each is one that a telephone here can ring, and is written as it is rung."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from cst.checks.proof import Proof, Wrong
from cst.source.number_kinds import can_be_rung
from cst.toolkit.toolkit import Toolkit


def numbers_can_be_rung(toolkit: Toolkit, day: date) -> Proof:
    """Each number parses as one of this country or as a short code, and comes back digit for digit."""
    tried, wrong = 0, []
    for name, record in toolkit.kind("contacts").items():
        for phone in record.get("phones", ()):
            tried += 1
            number = phone["number"]
            if not can_be_rung(number):
                says = f"{number} of {name} is no number that can be rung"
                wrong.append(Wrong("no-number", ("contacts", name, "phones"), says, "look it up again in its source"))
    return Proof("Every number can be rung", f"{tried} numbers", tuple(wrong[:9]))


def proofs(toolkit: Toolkit, day: date) -> Iterator[Proof]:
    """All of them."""
    yield numbers_can_be_rung(toolkit, day)
