"""Which telephone numbers can be rung from here, and which of those a local file may give.

What costs much, leads abroad, follows a person about or is a service of the network is none that a team needs:
a local file is refused with it. `phonenumbers` is loaded when the first number is looked at.
"""

from __future__ import annotations

import re
from typing import Any

COUNTRY = "GB"
# Ofcom keeps these for drama: no telephone has one, so examples and tests may.
DRAMA = re.compile(r"(?:01632960|07700900|08081570|09098790|03069990|02079460)\d{3}", re.ASCII)
CODES = ("7726",)  # for suspicious texts: the library's list of short codes lacks it
RELAY = "18001"  # dialled before another number, which is then put through Relay UK
_HERE = ("+44",)
_PREMIUM = ("09", "087", "118")
_NONE = "no number that an ordinary line here has"


def digits_of(number: str) -> str:
    """A number as it is dialled, without what puts it through Relay UK."""
    return number.replace(" ", "").removeprefix(RELAY)


def can_be_rung(number: str) -> bool:
    """Whether it is valid here (or on an island with this country's code), and is written in full."""
    import phonenumbers

    digits = digits_of(number)
    if DRAMA.fullmatch(digits) or digits in CODES:
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


def unfit(number: str) -> str:
    """Why a local file may not give this number; "" where it may.

    Args:
        number: digits, as they stand in the file.
    """
    import phonenumbers

    digits = digits_of(number)
    if digits.startswith(("+", "00")) and not digits.startswith(_HERE):
        return "a foreign number"
    national = f"0{digits.removeprefix('+44')}" if digits.startswith("+44") else digits
    if DRAMA.fullmatch(national) and not national.startswith("09"):
        return ""
    if len(national) < 7:
        return "a service code"
    try:
        kind = phonenumbers.number_type(phonenumbers.parse(digits, COUNTRY))
    except phonenumbers.NumberParseException:
        return _NONE
    if kind == phonenumbers.PhoneNumberType.PREMIUM_RATE or national.startswith(_PREMIUM):
        return "a premium number"
    if kind == phonenumbers.PhoneNumberType.PERSONAL_NUMBER or national.startswith("070"):
        return "a personal number"
    return "" if kind in _ordinary(phonenumbers.PhoneNumberType) and can_be_rung(number) else _NONE


def _ordinary(kind: Any) -> tuple[int, ...]:
    return (kind.FIXED_LINE, kind.MOBILE, kind.FIXED_LINE_OR_MOBILE, kind.TOLL_FREE, kind.UAN, kind.VOIP)
