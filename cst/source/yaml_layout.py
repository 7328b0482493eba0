"""Layout that is not YAML, though the parser lets it pass, and reads it otherwise than other programs would.

Each check takes what the parser saw and the lines of the file, and gives the line (from 1) with what is wrong and what
to do, or nothing. They were found with the YAML test suite: `tests/files/test_yaml_suite.py`.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any, NamedTuple

_HEADER = re.compile(r"[|>][-+\d]{0,2}(?:[ \t]+(?:#.*)?)?")


class Odd(NamedTuple):
    """Layout that is no YAML: the line, what is wrong and what to do."""

    line: int
    says: str
    remedy: str


def scalar(event: Any, lines: Sequence[str], indent: int, *, inside: bool) -> Odd | None:
    """What is wrong with how a piece of text is laid out.

    Args:
        event: the parser's event.
        lines: the lines of the file.
        indent: where the block around it begins (-1 at the top of the file).
        inside: whether it stands within brackets, whose lines `brackets` checks.
    """
    first = lines[event.start_mark.line]
    column = event.start_mark.column
    match event.style:
        case "|" | ">":
            return _block(event, lines, indent)
        case '"' | "'":
            after = lines[event.end_mark.line][event.end_mark.column :]
            if after.startswith("#"):
                return Odd(event.end_mark.line + 1, "a comment begins right after a quote", "put a blank before the #")
            return None if inside else brackets(event, event, lines, indent)
        case _ if first[column - 1 : column] == "?" and event.value:
            return Odd(event.start_mark.line + 1, "a question mark stands before a name", "put the name in quotes")
    return None


def brackets(start: Any, end: Any, lines: Sequence[str], indent: int) -> Odd | None:
    """A line between brackets or quotes that does not stand further in than the block around it."""
    for number in range(start.start_mark.line + 1, end.end_mark.line + 1):
        line = lines[number]
        if line.strip() and not line.lstrip().startswith("#") and len(line) - len(line.lstrip(" ")) <= indent:
            return Odd(
                number + 1,
                "this line goes on with what a bracket or quote began, and must stand further in",
                "put two more blanks before it",
            )
    return None


def _block(event: Any, lines: Sequence[str], indent: int) -> Odd | None:
    header = lines[event.start_mark.line][event.start_mark.column :]
    if not _HEADER.fullmatch(header):
        return Odd(event.start_mark.line + 1, "nothing may stand right after | or >", "put it on the next line")
    longest = 0
    for number in range(event.start_mark.line + 1, len(lines)):
        line = lines[number]
        if line.strip(" "):
            stands = len(line) - len(line.lstrip(" "))
            if indent < stands < longest and not re.search(r"\d", header.split("#")[0]):
                return Odd(number, "a blank line stands further in than the text below it", "empty the blank line")
            return None
        longest = max(longest, len(line))
    return None
