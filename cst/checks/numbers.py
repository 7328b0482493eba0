"""Numbers: each is one that a telephone here can ring, and is written as it is rung."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

from cst.checks.proof import Proof, Wrong
from cst.toolkit.toolkit import Toolkit

COUNTRY = "GB"
# Ofcom keeps these for drama: no telephone has one, so examples and tests may.
DRAMA = ("01632960", "07700900", "08081570", "09098790", "03069990", "02079460")
CODES = ("7726",)  # for suspicious texts: the library's list of short codes lacks it
RELAY = "18001"  # dialled before another number, which is then put through Relay UK


def numbers_can_be_rung(toolkit: Toolkit, day: date) -> Proof:
    """Each number parses as one of this country or as a short code, and comes back digit for digit."""
    import phonenumbers

    tried, wrong = 0, []
    for name, record in toolkit.kind("contacts").items():
        for phone in record.get("phones", ()):
            tried += 1
            number = phone["number"]
            if not _can_be_rung(phonenumbers, number):
                says = f"{number} of {name} is no number that can be rung"
                wrong.append(Wrong("no-number", ("contacts", name, "phones"), says, "look it up again in its source"))
    return Proof("Every number can be rung", f"{tried} numbers", tuple(wrong[:9]))


def _can_be_rung(phonenumbers: Any, number: str) -> bool:
    """Whether it is valid here (or on an island with this country's code), and is written in full."""
    digits = number.replace(" ", "").removeprefix(RELAY)
    if digits.startswith(DRAMA) or digits in CODES:
        return True
    try:
        parsed = phonenumbers.parse(digits, COUNTRY)
    except phonenumbers.NumberParseException:
        return False
    if phonenumbers.is_valid_short_number_for_region(parsed, COUNTRY):
        return True
    form = phonenumbers.PhoneNumberFormat
    written = phonenumbers.format_number(parsed, form.E164 if digits.startswith("+") else form.NATIONAL)
    return bool(phonenumbers.is_valid_number(parsed)) and written.replace(" ", "") == digits


def proofs(toolkit: Toolkit, day: date) -> Iterator[Proof]:
    """All of them."""
    yield numbers_can_be_rung(toolkit, day)
