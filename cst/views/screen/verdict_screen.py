"""A verdict on one screen: the verdict first, what it does not mean, whom to ring, what would settle it."""

from __future__ import annotations

from cst.lean_typing import TYPE_CHECKING
from cst.views.pages.verdict import DOUBTFUL, LAW
from cst.views.screen import shared_rows as shared
from cst.views.screen.layout import CRITERIA, NOTES, READY, WHY, Row, Screen, Section, Size
from cst.views.screen.rungs import all_numbers, number_rows

if TYPE_CHECKING:
    from collections.abc import Iterator

    from cst import contract

NUMBERS, STEPS = 3, 3
NOT_A_NO = "This is not a no."
NOT_SAFE = "This does not mean that there is no risk."


def verdict_screen(verdict: contract.Verdict, size: Size, rest: str = shared.ALL) -> Screen:
    """The verdict as rows, for a screen of this size; they are still to be fitted."""
    how = verdict["how"]
    holder = {**how, "first": verdict["first"], "no_first": verdict["no_first"]}
    rows = (
        *_answer(verdict),
        *number_rows(holder, NUMBERS),
        *shared.own_steps(how["steps"], STEPS, verdict["scheme"]),
        *_settles(verdict),
        *shared.never_rows(verdict["do_nots"], size.inner),
    )
    section = Section(rows, verdict["brief"] or verdict["title"], verdict["urgency"] or "", verdict["answer"].upper())
    return Screen(
        shared.danger(),
        shared.place_and_minute(verdict),
        (section,),
        tuple(shared.about_the_place(verdict, local=bool(how["unfilled"]) or not verdict["area"])),
        (*_below(verdict), shared.closing(how["contacts"])),
        shared.all_steps({verdict["scheme"]: how["steps"]})
        | shared.all_do_nots(verdict["do_nots"])
        | {("numbers", number) for number in all_numbers([holder])}
        | shared.all_sources(verdict["sources"], how["contacts"]),
        rest,
    )


def _answer(verdict: contract.Verdict) -> Iterator[Row]:
    """What was decided, and what it does not mean: whole, and never folded."""
    not_so = {"cannot-say": NOT_A_NO, "not-eligible": NOT_SAFE}.get(verdict["verdict"], "")
    yield Row(" ".join(filter(None, (not_so, verdict["says"]))), kind="strong")
    if verdict["urgency_says"]:
        yield Row(f"How soon: {verdict['urgency_says']}", kind="strong")
    if verdict["law"] and verdict["law"]["status"] in DOUBTFUL:
        yield Row(f"Take care: {LAW[verdict['law']['status']]}.")
    because = "; ".join(reason["says"] for reason in (*verdict["because"], *verdict["also_because"]))
    if because:
        yield Row(f"Why: {because}.", goes=WHY)


def _settles(verdict: contract.Verdict) -> Iterator[Row]:
    asks = "; ".join(question["ask"].rstrip("?.") for question in verdict["would_settle"])
    if asks and verdict["verdict"] == "cannot-say":
        yield Row(f"Any one would settle it: {asks}?", goes=CRITERIA)


def _below(verdict: contract.Verdict) -> Iterator[Row]:
    if verdict["how"]["have_ready"]:
        yield Row(f"Have ready: {'; '.join(verdict['how']['have_ready'])}.", goes=READY)
    if verdict["area_note"]:
        yield Row(f"{verdict['area_name']}: {verdict['area_note']}", goes=NOTES)
