"""What the YAML parser has to say, said again for people: which line, what is wrong, what to do.

Both parsers of PyYAML are known here, the one in C and the one in Python; each has its own words.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from cst.source.yaml_layout import Odd

_NO_YAML = "check indentation, quotes and colons on this line and the one above"


def said(error: Any, lines: Sequence[str]) -> Odd:
    """What is wrong.

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
