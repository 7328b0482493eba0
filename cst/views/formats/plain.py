"""A page as plain text: one item a line, label first, number and name together; no boxes, escapes or wrapping."""

from __future__ import annotations

from cst.lean_typing import TYPE_CHECKING
from cst.views.formats.lines import heading, lines
from cst.views.formats.safe_text import one_line

if TYPE_CHECKING:
    from collections.abc import Iterator

    from cst.views.page import Block, Page


def plain(page: Page) -> str:
    """The page, with an empty line between blocks."""
    blocks = ("\n".join(map(one_line, _block(block))) for block in page)
    return "\n\n".join(filter(None, blocks)) + "\n"


def _block(block: Block) -> Iterator[str]:
    if above := heading(block):
        yield above
    yield from (f"{label}: {text}" if label else text for label, text, _ in lines(block))
