"""What is no YAML, said for people: which line, what is wrong, what to do.

First what the parser refuses: both parsers of PyYAML are known here, the one in C and the one in Python, and each has
its own words. Then layout that the parser lets pass, and reads otherwise than other programs would; that was found with
the YAML test suite: `tests/files/test_yaml_suite.py`.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any, NamedTuple

_NO_YAML = "check indentation, quotes and colons on this line and the one above"
_CUT = re.compile(r"[ \t]#|[ \t]+#[^\s#]")
_HEADER = re.compile(r"[|>][-+\d]{0,2}(?:[ \t]+(?:#.*)?)?")


class Odd(NamedTuple):
    """What is no YAML: the line (from 1), what is wrong and what to do."""

    line: int
    says: str
    remedy: str


def refused(error: Any, lines: Sequence[str]) -> Odd:
    """What the parser refuses.

    Args:
        error: what the parser raised: `problem` and `context` in words, each with its mark.
        lines: the lines of the file.
    """
    problem = str(error.problem)
    mark = error.problem_mark
    line = min(mark.line, len(lines) - 1) if mark else 0
    column = mark.column if mark else 0
    begun = (error.context_mark or mark).line + 1 if mark else 1
    text = lines[line]
    if "tab character" in problem or ("cannot start any token" in problem and text[column : column + 1] == "\t"):
        return Odd(line + 1, "a tab stands here", "use blanks to move a line in, never tabs")
    if "cannot start any token" in problem:
        return Odd(line + 1, f"a text cannot begin with {text[column : column + 1]}", "put the text in quotes")
    if "find expected ':'" in problem:
        return Odd(begun, "a colon is missing", "write a name, a colon and a blank after it, then the value")
    if "mapping values are not allowed" in problem:
        return _colon(lines, line)
    if "quoted scalar" in str(error.context):
        return Odd(begun, "the quote that begins here is never closed", "close it with the same sign")
    if "flow sequence" in str(error.context) or "flow mapping" in str(error.context):
        sign = "bracket" if "sequence" in str(error.context) else "brace"
        says = f"the {sign} that begins here is not closed, or a comma or a quote is missing before line {line + 1}"
        return Odd(begun, says, f"close the {sign} and every quote, and put commas between")
    if "expected key" in problem or "<block end>" in problem or "'-' indicator" in problem:
        return _misplaced(text, line, column)
    return Odd(line + 1, problem, _NO_YAML)


def _colon(lines: Sequence[str], line: int) -> Odd:
    """A colon where none can be: in a text, or after a line that has none itself."""
    above = next((number for number in range(line - 1, -1, -1) if lines[number].strip()), line)
    if ":" not in lines[above] and not lines[above].lstrip().startswith(("#", "-")):
        return Odd(above + 1, "a colon is missing at the end of this line", "write a colon after the name")
    return Odd(line + 1, "a colon stands where there can be none", "put the text in quotes, or check the indentation")


def _misplaced(text: str, line: int, column: int) -> Odd:
    if text[:column].strip(" -"):
        says = "words stand after the end of a text: a quote is closed too early, or is missing"
        return Odd(line + 1, says, "put the whole text in double quotes")
    return Odd(line + 1, "the indentation of this line is wrong", "move it as far in as the fields that belong with it")


def oddly_written(event: Any, lines: Sequence[str], indent: int, *, inside: bool) -> Odd | None:
    """What is wrong with how a piece of text is laid out.

    Args:
        event: the parser's event.
        lines: the lines of the file.
        indent: where the block around it begins (-1 at the top of the file).
        inside: whether it stands within brackets, whose lines `oddly_indented` checks.
    """
    first = lines[event.start_mark.line]
    column = event.start_mark.column
    match event.style:
        case "|" | ">":
            return _odd_block(event, lines, indent)
        case '"' | "'":
            after = lines[event.end_mark.line][event.end_mark.column :]
            if after.startswith("#"):
                return Odd(event.end_mark.line + 1, "a comment begins right after a quote", "put a blank before the #")
            return None if inside else oddly_indented(event, event, lines, indent)
        case _ if first[column - 1 : column] == "?" and event.value:
            return Odd(event.start_mark.line + 1, "a question mark stands before a name", "put the name in quotes")
    return None


def is_cut(event: Any, lines: Sequence[str]) -> bool:
    """Whether a text without quotes ends at a # that was perhaps part of it, as in `Desk #2`.

    A comment that is meant as one has two blanks before it and one after the #.
    """
    return not event.style and bool(event.value and _CUT.match(lines[event.end_mark.line], event.end_mark.column))


def oddly_indented(start: Any, end: Any, lines: Sequence[str], indent: int) -> Odd | None:
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


def _odd_block(event: Any, lines: Sequence[str], indent: int) -> Odd | None:
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
