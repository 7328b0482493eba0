"""What can be dialled in a text: short codes that people ring, and runs of digits that could be a number.

A digit is one in any script or shape: full width, raised, in a circle, a Roman numeral sign. Signs between digits do
not break a number: "01632 960 001", "9-9-9" and "9 . 9 . 9" can all be dialled. Dates, years, times of day and
thousands with a comma are none.
"""

from __future__ import annotations

import re
import unicodedata

_BETWEEN = r"[^\w,]{0,3}"  # what may stand between the digits of one number
_CODES = ("999", "112", "101", "105", "111", "119", "123", "159", "7726")
_CODE = "|".join(_BETWEEN.join(code) for code in _CODES)
_DIALLABLE = re.compile(
    rf"(?<!\d)(?:{_CODE})(?!\d)"
    rf"|\d(?:{_BETWEEN}\d){{4,}}"
    r"|(?<!\d)\d(?:[^\w]{1,3}\d){2,}(?!\d)"  # one by one, as they are spoken: 9, 9, 8
)
# A number that holds what looks like years all the same: 020 2012 2013.
_WITH_YEARS = re.compile(r"(?<!\d)(?:0|\+)[^\w,]{0,3}\d(?:[^\w,]{0,3}\d){7,}")
_NOT_NUMBERS = re.compile(
    r"\d{4}-\d\d-\d\d(?!\d)|\b\d\d?/\d\d?/(?:19|20)\d\d\b|\b(?:19|20)\d\d(?:[-/\u2013]\d\d(?:\d\d)?)?\b"
    r"|(?<![\d:.])(?:[01]?\d|2[0-4])[:.][0-5]\d(?![\d:.]*\d)|\b\d{1,3}(?:,\d{3})+\b"
)


def diallable(text: str) -> str:
    """What could be dialled in a text, as it stands there; "" where nothing could."""
    if text.isascii() and not any(sign.isdigit() for sign in text):
        return ""
    plain, places = _with_plain_digits(text)
    found = _WITH_YEARS.search(plain) or _DIALLABLE.search(_NOT_NUMBERS.sub(_blanked, plain))
    return text[places[found.start()] : places[found.end() - 1] + 1] if found else ""


def without(text: str) -> str:
    """The text with nothing left in it that could be dialled."""
    while found := diallable(text):
        text = text.replace(found, "...")
    return text


def _blanked(found: re.Match[str]) -> str:
    """What is no number: it breaks one off, and keeps the places of the rest."""
    return "_" * len(found.group())


def _with_plain_digits(text: str) -> tuple[str, list[int]]:
    """The text with the digits 0 to 9 for whatever means them, and where each sign of it stood."""
    plain: list[str] = []
    places: list[int] = []
    for place, sign in enumerate(text):
        if unicodedata.category(sign) in ("Mn", "Me", "Cf"):
            continue  # what is drawn over a digit, as on a key, does not part it from the next
        for one in _digits(sign):
            plain.append(one)
            places.append(place)
    return "".join(plain), places


def _digits(sign: str) -> str:
    """The digits that a sign stands for, or the sign itself."""
    value = unicodedata.numeric(sign, -1) if not sign.isascii() else -1
    return str(int(value)) if value >= 0 and value == int(value) else sign
