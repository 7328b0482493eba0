"""A screening as a page: how many rows came to which verdict, and what would settle most of the rest."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cst.views.page import Bar, Block, Page, Row, Words
from cst.views.pages.common_blocks import DANGER, place_blocks, small_print

if TYPE_CHECKING:
    from cst import contract

    pass

LABELS = {
    "eligible": "eligible",
    "not-eligible": "not eligible",
    "cannot-say": "cannot say yet",
    "needs-a-person": "needs a person",
}
MOST_SHOWN = 5


def screening_page(screening: contract.Screening) -> Page:
    """The counts as bars, then what to ask next."""
    bars = tuple(Bar(LABELS[verdict], count, screening["rows"]) for verdict, count in screening["verdicts"].items())
    after: list[Row | Words] = [
        Row(one["question"], f"{one['ask']} An answer could settle {one['rows']} rows.")
        for one in screening["would_settle"][:MOST_SHOWN]
    ]
    if screening["missing"]:
        after.append(Words(", ".join(screening["missing"]), "No column for, so not known in any row"))
    if screening["verdicts"]["needs-a-person"]:
        after.append(Words("Look at the rows that need a person yourself: cst_status says why.", strong=True))
    return (
        DANGER,
        *place_blocks(screening["area_says"]),
        Block(bars, f"{screening['title']}: {screening['rows']} rows"),
        Block(tuple(after), "Ask next" if screening["would_settle"] else ""),
        small_print(
            screening["edition"], screening["area_name"], screening["at"], (), (), unplaced=bool(screening["area_says"])
        ),
    )
