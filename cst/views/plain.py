"""A page as plain text: one item a line, label first, name and number on one line, no boxes, no escapes."""

from __future__ import annotations

from collections.abc import Iterator

from cst.views.clean import clean
from cst.views.page import Gap, Item, Never, Page, Reach, Ring, Small, Step, Words, headed


def plain(page: Page) -> str:
    """The page, a blank line between blocks."""
    blocks = []
    for block in page:
        lines = [clean(_flat(line)) for item in block.items for line in _lines(item)]
        heading = [clean(_flat(headed(block)))] if block.heading else []
        if lines or heading:
            blocks.append("\n".join(heading + lines))
    return "\n\n".join(blocks) + "\n"


def _flat(text: str) -> str:
    return " ".join(text.split("\n"))


def _lines(item: Item) -> Iterator[str]:
    match item:
        case Ring(number, name, hours, first, notes):
            yield f"{'RING FIRST' if first else 'Then ring'}: {number} {name} ({hours})"
            yield from (f"Note on {name}: {note}" for note in notes)
        case Reach(name, how, notes):
            yield f"Reach: {name}: {how}"
            yield from (f"Note on {name}: {note}" for note in notes)
        case Step(place, text, within):
            yield f"Step {place}: {text}{f' ({within})' if within else ''}"
        case Never(text):
            yield f"NEVER: {text}"
        case Words(text, label) | Small(text, label):
            yield f"{label}: {text}" if label else text
        case Gap():
            return
