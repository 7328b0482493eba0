"""The same answer everywhere: look-up and plan agree, and every view holds the same numbers in the same order.

Tried for every issue, alone, without an area and in every area that some contact serves, by day and by night turn
about.
"""

from __future__ import annotations

from datetime import date, datetime
from itertools import chain, islice
from typing import TYPE_CHECKING, Any

from cst.checks.proof import Proof, Wrong
from cst.checks.state_space import concern_question
from cst.checks.triage import danger_questions
from cst.engine.answers import Answers
from cst.engine.entry import entry
from cst.engine.plan import plan
from cst.london import LONDON

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from cst import contract
    from cst.rules import Value
    from cst.toolkit.toolkit import Toolkit

HOURS = (10, 23)
WIDTHS = (40, 80)
DRAWN = 3  # places in which every view is drawn: to draw is what takes time


def look_up_and_plan_agree(toolkit: Toolkit, day: date) -> Proof:
    """What a pathway's entry says is all in the plan that it comes in, in the same order."""
    tried, wrong = 0, []
    for area, at in _places(toolkit, day):
        entries: dict[str, Any] = {}
        for issue in toolkit.kind("issues"):
            for outcome in _plan(toolkit, issue, at, area)["outcomes"]:
                tried += 1
                name = outcome["id"]
                said = entries.setdefault(name, entry(toolkit, "pathways", name, at, area))
                differing = _differing(said, outcome)
                if differing:
                    says = f"look-up of {name} has {differing} that a plan about {issue} in {area} has not"
                    wrong.append(Wrong("look-up-differs", ("pathways", name), says, "this is a fault in cst"))
    return Proof("Look-up and plan say the same", f"{tried} outcomes", tuple(wrong[:9]))


def _differing(said: Any, outcome: contract.Outcome) -> str:
    """What the entry has that the outcome has not, or has elsewhere."""
    pairs: Iterable[tuple[str, list[Any], list[Any]]] = (
        ("a number", _numbers(said["contacts"]), _numbers(outcome["contacts"])),
        ("a step", said["steps"], outcome["steps"]),
        ("a caution", [one["id"] for one in said["cautions"]], [one["id"] for one in outcome["cautions"]]),
    )
    return next((what for what, entry_has, plan_has in pairs if not _in_order(entry_has, plan_has)), "")


def _in_order(few: Sequence[Any], many: Sequence[Any]) -> bool:
    """Whether all of the few are among the many, in the same order."""
    left = iter(many)
    return all(any(one == other for other in left) for one in few)


def _numbers(contacts: Iterable[contract.Contact]) -> list[str]:
    return [phone["number"] for contact in contacts if contact["status"] != "historic" for phone in contact["phones"]]


def views_hold_the_same_numbers(toolkit: Toolkit, day: date) -> Proof:
    """Panels at two widths, plain text, Markdown and JSON of each plan: the numbers of its ladders, in order."""
    from cst.views.formats.json import data
    from cst.views.formats.markdown import markdown
    from cst.views.formats.panels import panels
    from cst.views.formats.plain import plain
    from cst.views.pages.plan import plan_page

    tried, wrong = 0, []
    for area, at in islice(_places(toolkit, day), DRAWN):
        for issue in toolkit.kind("issues"):
            said = _plan(toolkit, issue, at, area)
            page = plan_page(said)
            wide = [panels(page, width, colour=False, ascii_only=True) for width in WIDTHS]
            texts = {"plain text": plain(page), "Markdown": markdown(page), "JSON": data(said)}
            expected = list(chain.from_iterable(_numbers(outcome["contacts"]) for outcome in said["outcomes"]))
            for view, text in (
                *texts.items(),
                *((f"a panel of {width}", one) for width, one in zip(WIDTHS, wide, strict=True)),
            ):
                tried += 1
                if not _stand_in_order(expected, text):
                    says = f"{view} of a plan about {issue} in {area} lacks a number, or has it elsewhere"
                    wrong.append(Wrong("views-differ", ("issues", issue), says, "this is a fault in cst"))
    return Proof("Every view holds the same numbers in the same order", f"{tried} views", tuple(wrong[:9]))


def _stand_in_order(numbers: Iterable[str], text: str) -> bool:
    at = 0
    for number in numbers:
        at = text.find(number, at) + len(number)
        if at < len(number):
            return False
    return True


def _plan(toolkit: Toolkit, issue: str, at: datetime, area: str | None) -> contract.Plan:
    known: dict[str, Value] = dict.fromkeys(danger_questions(toolkit), False)
    known[concern_question(toolkit)] = frozenset({issue})
    return plan(toolkit, Answers(known), at, area)


def _places(toolkit: Toolkit, day: date) -> Iterator[tuple[str | None, datetime]]:
    """Each area once with morning and night turn about."""
    served = {area for contact in toolkit.kind("contacts").values() for area in contact["serves"]}
    areas = [None, *(area for area in toolkit.kind("areas") if area in served)]
    for place, area in enumerate(areas):
        yield area, datetime(day.year, day.month, day.day, HOURS[place % 2], tzinfo=LONDON)


def proofs(toolkit: Toolkit, day: date) -> Iterator[Proof]:
    """All of them."""
    yield look_up_and_plan_agree(toolkit, day)
    yield views_hold_the_same_numbers(toolkit, day)
