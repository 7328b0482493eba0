"""Cells that a spreadsheet would run as a formula, made harmless by an apostrophe in front.

A formula in a file from elsewhere can send the sheet away or start a program on the reader's machine. It is a
formula too after blanks, quotes or an apostrophe that was not the first character, and with full-width signs.
"""

from __future__ import annotations

import re

STARTS = r"""[ "]*[=+\-@\t\r＝＋－＠]"""
_STARTS = re.compile(STARTS)


def harmless(cell: str) -> str:
    """The cell, with an apostrophe in front where it would be a formula."""
    return f"'{cell}" if starts_formula(cell) else cell


def harmless_sql(cell: str, where: str = "") -> str:
    """The same as SQL, where a condition holds if there is one.

    The first test is three comparisons, and lets hardly any cell through to the pattern.
    """
    pattern = STARTS.replace("'", "''")
    suspect = f"({cell} > '' AND {cell} < '.') OR ({cell} >= '=' AND {cell} < 'A') OR {cell} >= '\uff0b'"
    held = f"{where} AND " if where else ""
    return f"CASE WHEN {held}({suspect}) AND regexp_matches({cell}, '^{pattern}') THEN '''' || {cell} ELSE {cell} END"


def starts_formula(cell: str) -> bool:
    """Whether a spreadsheet would run the cell."""
    return bool(_STARTS.match(cell))
