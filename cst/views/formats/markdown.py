"""A page as Markdown: the same lines as plain text, in the same order, as headings and lists.

Data is never taken for markup: what Markdown would obey is escaped.
"""

from __future__ import annotations

import re
from itertools import groupby
from typing import TYPE_CHECKING

from cst.views.formats.safe_text import one_line
from cst.views.page import Block, Cited, Item, Listed, Never, Page, Past, Reach, Ring, Row, Small, Step, Words

if TYPE_CHECKING:
    from collections.abc import Iterator


_SIGNS = re.compile(r"(?<!\w)_|_(?!\w)|[\\`*\[\]<>&#|~]")  # an underscore within a word means nothing
_START = re.compile(r"^(\d+(?=[.)])|(?=[-+=]))")  # what would start a list or a line at the start of a paragraph
_TURNS = {"first": "{} FIRST", "then": "THEN {}", "closed": "{} WHEN OPEN", "alone": "{}"}


def markdown(page: Page) -> str:
    """The page, with an empty line between paragraphs, lists and headings."""
    return "\n\n".join(part for block in page for part in _block(block)) + "\n"


def _block(block: Block) -> Iterator[str]:
    """A heading, then paragraphs; lines that belong to lists follow one another."""
    heading = ": ".join(filter(None, (block.word, block.heading)))
    if heading:
        yield f"## {escaped(heading)}"
    lines = [line for item in block.items for line in _lines(item)]
    for listed, together in groupby(lines, key=lambda line: line.startswith(("- ", "  - "))):
        yield ("\n" if listed else "\n\n").join(together)


def _lines(item: Item) -> Iterator[str]:
    match item:
        case Ring():
            label = _TURNS[item.turn].format(item.way.upper())
            yield _point(label, f"{item.number}, {item.name}, {item.hours}")
            yield from map(_under, item.notes)
        case Reach(name, how, _, notes):
            yield _point("REACH", f"{name}: {how}")
            yield from map(_under, notes)
        case Past():
            yield _point(item.warning.upper(), f"{item.address}, {item.name}")
        case Step():
            yield _point(f"Step {item.place}", item.sentence)
        case Never():
            yield _point("CAUTION", item.sentence)
        case Listed(heading, points):
            yield f"**{escaped(heading)}:**"
            yield from (f"- {escaped(point)}" for point in points)
        case Cited(label, sources):
            yield f"**{escaped(label)}:**"
            yield from (f"- {escaped(source)}" for source in sources)
        case Row(id, text):
            yield _point(id, text)
        case Words(text, label, strong):
            yield _labelled(label, f"**{escaped(text)}**" if strong else escaped(text))
        case Small(text, label):
            yield _labelled(label, escaped(text))


def _point(label: str, text: str) -> str:
    return f"- **{escaped(label)}:** {escaped(text)}"


def _under(note: str) -> str:
    return f"  - {escaped(note)}"


def _labelled(label: str, text: str) -> str:
    return f"**{escaped(label)}:** {text}" if label else text


def escaped(text: str) -> str:
    """One line of clean text in which nothing is taken for markup."""
    line = _SIGNS.sub(r"\\\g<0>", one_line(text)).strip()
    return _START.sub(r"\g<0>\\", line, count=1)
