"""Text for a screen reader: numbers to ring digit by digit, in their groups, so that 2000 is not read as two thousand.

Only what is read aloud: a number that is copied, from a field or from JSON, stays as it is dialled.
"""

from __future__ import annotations

import re

# Numbers in groups: all that begin with 0 or with +44, those that begin with 116, and each behind the relay's prefix.
_LONG = re.compile(r"(?<![\d-])(?:18001 )?(?:0\d{1,4}(?: \d{1,6}){1,5}|\+44(?: \d{2,6}){2,5}|116 \d{3})(?![\d:-])")
# Short codes that stand alone; those of five digits are for texts.
_SHORT = re.compile(
    r"(?<!\d )(?<![\d-])(18001 101|999|112|101|105|111|119|159|55|7726|18000|18001|[678]\d{4})(?! ?\d)(?!-)"
)


def heard(text: str) -> str:
    """The text with the digits of numbers apart, and a comma after each group of a long one."""
    apart = _LONG.sub(lambda found: ", ".join(map(" ".join, found.group().split())), text)
    return _SHORT.sub(lambda found: " ".join(found.group().replace(" ", "")), apart)
