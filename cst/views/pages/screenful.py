"""An entry on a screen too small for it: the sources in one line, and whom to ring first again at the end."""

from __future__ import annotations

from cst.lean_typing import TYPE_CHECKING
from cst.views.dates import day
from cst.views.page import Block, Cited, Page, Small, Words
from cst.views.pages.contacts import first_call

if TYPE_CHECKING:
    from typing import Any

    from cst import contract


def folded(page: Page, entry: contract.Entry, command: str) -> Page:
    """The page of an entry with its sources as a count; `command` shows them all."""
    cited = [*entry["sources"], *(one for contact in entry["contacts"] for one in contact["sources"])]
    count = len({source["id"] for source in cited})
    read = sorted({source["consulted"] for source in cited})
    if not count:
        return page
    when = day(read[0]) if len(read) == 1 else f"{day(read[0])} to {day(read[-1])}"
    documents = "1 document" if count == 1 else f"{count} documents"
    line = Small(f"{documents}, read {when}. All of them: {command}", "Sources")
    return tuple(_without_sources(block, line) for block in page)


def _without_sources(block: Block, line: Small) -> Block:
    """The block with this line where its first sources stand."""
    places = [place for place, item in enumerate(block.items) if isinstance(item, Cited)]
    if not places:
        return block
    others = tuple(item for item in block.items[places[0] :] if not isinstance(item, Cited))
    return block._replace(items=(*block.items[: places[0]], line, *others))


def first_again(answer: Any) -> Page:
    """The call to make first, in one line; nothing where there is none, or where somebody may look on."""
    call = first_call(answer) if answer.get("first") and not answer.get("modes") else None
    if call is None:
        return ()
    contact, phone = call
    label = "Ring when open" if phone["open"] is False else "Ring first"
    return (Block((Words(f"{phone['number']}, {contact['name']}", label, strong=True),)),)
