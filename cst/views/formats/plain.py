"""A page as plain text: one item a line, label first, number and name together; no boxes, escapes or wrapping."""

from __future__ import annotations

from cst.lean_typing import TYPE_CHECKING
from cst.views.formats.safe_text import one_line
from cst.views.page import Bar, Block, Cited, Item, Listed, Never, Page, Past, Reach, Ring, Row, Small, Step, Words

if TYPE_CHECKING:
    from collections.abc import Iterator


_TURNS = {"first": "{} FIRST", "then": "THEN {}", "closed": "{} WHEN OPEN", "alone": "{}"}


def plain(page: Page) -> str:
    """The page, with an empty line between blocks."""
    blocks = ("\n".join(map(one_line, _block(block))) for block in page)
    return "\n\n".join(filter(None, blocks)) + "\n"


def _block(block: Block) -> Iterator[str]:
    heading = ": ".join(filter(None, (block.word, block.heading)))
    if heading:
        yield heading
    for item in block.items:
        yield from _lines(item)


def _lines(item: Item) -> Iterator[str]:
    match item:
        case Ring():
            label = _TURNS[item.turn].format(item.way.upper())
            yield f"{label}: {item.number}, {item.name}, {item.hours}"
            yield from (f"Note: {note}" for note in item.notes)
        case Reach(name, how, _, notes):
            yield f"REACH: {name}: {how}"
            yield from (f"Note: {note}" for note in notes)
        case Past():
            yield f"{item.warning.upper()}: {item.address}, {item.name}"
        case Step():
            yield f"Step {item.place}: {item.sentence}"
        case Never():
            yield f"CAUTION: {item.sentence}"
        case Listed(heading, points):
            yield from (f"{heading}: {point}" for point in points)
        case Cited(label, sources):
            yield from (f"{label}: {source}" for source in sources)
        case Row(id, text):
            yield f"{id}: {text}"
        case Bar(label, count, whole):
            yield f"{label}: {count} of {whole}"
        case Words(text, label) | Small(text, label):
            yield f"{label}: {text}" if label else text
