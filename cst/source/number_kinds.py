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
_PERSONAL = "070"
_NONE = "no number that an ordinary line here has"


def digits_of(number: str) -> str:
    """A number as it is dialled, without what puts it through Relay UK."""
    return number.replace(" ", "").removeprefix(RELAY)


def national(number: str) -> str:
    """A number as it is dialled from here, whatever way it is written, without what puts it through Relay UK."""
    digits = digits_of(number)
    return f"0{digits.removeprefix('+44')}" if digits.startswith("+44") else digits


def in_digits(text: str) -> str:
    """A number as it is written here, in the groups that it has or else those of the country; "" where it is none."""
    kept = " ".join(re.sub(r"[().\-/]", " ", text).split())
    if not re.fullmatch(r"\+?\d[\d ]*\d", kept, re.ASCII):
        return ""
    return _grouped(f"0{kept[3:].lstrip(' 0')}" if kept.startswith("+44") else kept)


def _grouped(text: str) -> str:
    if " " in text:
        return text
    import phonenumbers

    try:
        parsed = phonenumbers.parse(text, COUNTRY)
    except phonenumbers.NumberParseException:
        return text
    written = phonenumbers.format_number(parsed, phonenumbers.PhoneNumberFormat.NATIONAL)
    return written if digits_of(written) == digits_of(text) else text


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


def costs_much(number: str) -> bool:
    """Whether it is a premium or a personal number: none that anybody in need, or a worker's phone, can be sent to."""
    return national(number).startswith((*_PREMIUM, _PERSONAL))


def unfit(number: str) -> str:
    """Why a local file may not give this number; "" where it may.

    Args:
        number: digits, as they stand in the file.
    """
    import phonenumbers

    digits = digits_of(number)
    if digits.startswith(("+", "00")) and not digits.startswith(_HERE):
        return "a foreign number"
    dialled = national(number)
    if DRAMA.fullmatch(dialled) and not dialled.startswith("09"):
        return ""
    if len(dialled) < 7:
        return "a service code"
    try:
        kind = phonenumbers.number_type(phonenumbers.parse(digits, COUNTRY))
    except phonenumbers.NumberParseException:
        return _NONE
    if kind == phonenumbers.PhoneNumberType.PREMIUM_RATE or dialled.startswith(_PREMIUM):
        return "a premium number"
    if kind == phonenumbers.PhoneNumberType.PERSONAL_NUMBER or dialled.startswith(_PERSONAL):
        return "a personal number"
    return "" if kind in _ordinary(phonenumbers.PhoneNumberType) and can_be_rung(number) else _NONE


def _ordinary(kind: Any) -> tuple[int, ...]:
    return (kind.FIXED_LINE, kind.MOBILE, kind.FIXED_LINE_OR_MOBILE, kind.TOLL_FREE, kind.UAN, kind.VOIP)
