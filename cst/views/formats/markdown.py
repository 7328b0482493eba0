"""A page as Markdown: the same lines as plain text, in the same order, as headings and lists.

Data is never taken for markup: what Markdown would obey is escaped.
"""

from __future__ import annotations

import re
from itertools import groupby
from typing import TYPE_CHECKING

from cst.views.formats.lines import Line, heading, lines
from cst.views.formats.safe_text import one_line

if TYPE_CHECKING:
    from collections.abc import Iterator

    from cst.views.page import Block, Page


_SIGNS = re.compile(r"(?<!\w)_|_(?!\w)|[\\`*\[\]<>&#|~]")  # an underscore within a word means nothing
_START = re.compile(r"^(\d+(?=[.)])|(?=[-+=]))")  # what would start a list or a line at the start of a paragraph


def markdown(page: Page, level: int = 2) -> str:
    """The page, with an empty line between paragraphs, lists and headings, which are of this level."""
    return "\n\n".join(part for block in page for part in _block(block, level)) + "\n"


def _block(block: Block, level: int) -> Iterator[str]:
    """A heading, then paragraphs; lines that belong to lists follow one another."""
    if above := heading(block):
        yield f"{'#' * level} {escaped(above)}"
    written = [line for label, together in groupby(lines(block), key=_list) for line in _listed(label, together)]
    for in_list, together in groupby(written, key=lambda line: line.startswith(("- ", "  - "))):
        yield ("\n" if in_list else "\n\n").join(together)


def _list(line: Line) -> str | None:
    """The label that a list stands under; None for a line that stands for itself."""
    return line.label if line.kind == "listed" else None


def _listed(label: str | None, together: Iterator[Line]) -> Iterator[str]:
    if label is None:
        yield from map(_line, together)
        return
    yield f"**{escaped(label)}:**"
    yield from (f"- {escaped(line.text)}" for line in together)


def _line(line: Line) -> str:
    text = escaped(line.text)
    match line.kind:
        case "point":
            return f"- **{escaped(line.label)}:** {text}"
        case "note":
            return f"  - {text}"
        case "strong":
            text = f"**{text}**"
    return f"**{escaped(line.label)}:** {text}" if line.label else text


def escaped(text: str) -> str:
    """One line of clean text in which nothing is taken for markup."""
    line = _SIGNS.sub(r"\\\g<0>", one_line(text)).strip()
    return _START.sub(r"\g<0>\\", line, count=1)
