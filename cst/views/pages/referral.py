"""A plan or verdict as a summary to paste into a referral form.

It says what is known, and leaves room for what the service will ask. Who the person is belongs in the service's own
form and nowhere else: no name, address or number is asked for here.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING

from cst.engine.situation import AREA
from cst.exits import EMERGENCY
from cst.views.dates import day, moment
from cst.views.page import URGENCY_WORDS, Block, Item, Page, Step, Words
from cst.views.pages.common_blocks import CARD, DANGER, asked_item, reasons_item
from cst.views.pages.contacts import first_call
from cst.views.pages.find_out import not_asked, not_known, not_used, without_box
from cst.views.pages.plan import plan_page

if TYPE_CHECKING:
    from cst import contract

TITLE = "REFERRAL SUMMARY"
FILL = "[fill in]"
IN_THE_FORM = "[only where the service's own form asks for it]"
BEFORE = (
    Words(f"Paste what comes after {TITLE}. A form alone may be too slow: where it is urgent, ring first."),
    Words("Put no refuge details in a form, nor any place where the person is safe."),
    Words("Put who the person is, and how to reach them, only where the service's own form asks for it."),
)
NO_AREA = "not given"
_WHO = re.compile(
    r"\b(names?|birth|address(es)?|number|reach|touch|passports?|where (they|she|he|the person) (are|is))\b",
    re.IGNORECASE,
)


def referral_page(result: contract.Plan | contract.Verdict, given: Sequence[contract.Reason]) -> Page:
    """The summary; in short mode the plan's few lines and nothing else.

    Args:
        said: a plan or a verdict.
        given: every answer, in words.
    """
    if result["kind"] == "verdict":
        return _verdict(result, given)
    if result["modes"]:
        return plan_page(result)
    outcomes = without_box(result["outcomes"])
    answers = [answer for answer in given if answer["question"] not in result["set_aside"]]
    reasons = [item for one in outcomes for item in reasons_item(one["because"], one["title"])]
    return (
        CARD if any(outcome["id"] == EMERGENCY for outcome in outcomes) else DANGER,
        _before(result),
        Block((*_where(result), *map(_about, outcomes)), TITLE),
        _answers(answers),
        _part("How to talk with them", [Words(line) for line in result["lines"]]),
        _part("Why", reasons),
        _part("Not asked or not used", [*not_asked(result), *not_used(result)]),
        _part("Not sure", [*_unknown(result), *_unsure(answers), *_open(result)]),
        _part("Steps advised", [item for one in outcomes for item in _advised(one["title"], one["steps"])]),
        _to_fill(item for outcome in outcomes for item in outcome["have_ready"]),
        _made(result),
    )


def _verdict(result: contract.Verdict, given: Sequence[contract.Reason]) -> Page:
    verdict = Words(result["answer"], result["title"])
    asked = asked_item(result["would_settle"], "Any one of these could settle it")
    return (
        DANGER,
        _before(result),
        Block((*_where(result), verdict, Words(result["says"]), *_how_soon(result)), TITLE),
        _answers(given),
        _part("Why", reasons_item([*result["because"], *result["also_because"]], result["title"])),
        _part("Not sure", [*_unsure(given), *asked]),
        _part("Steps advised", _advised(result["title"], result["how"]["steps"])),
        _to_fill(result["how"]["have_ready"]),
        _made(result),
    )


def _how_soon(verdict: contract.Verdict) -> Iterator[Item]:
    if verdict["urgency_says"]:
        yield Words(verdict["urgency_says"], "How soon")


def _before(result: contract.Plan | contract.Verdict) -> Block:
    """What is not pasted: whom to ring first, and what does not belong in a form."""
    call = first_call(result)
    ring = [Words(f"{call[1]['number']}, {call[0]['name']}, {call[1]['hours']}", "Ring first")] if call else []
    return Block((*ring, *BEFORE), "Before you paste")


def _part(heading: str, items: Iterable[Item]) -> Block:
    """A headed part; without items there is no heading either."""
    found = tuple(items)
    return Block(found, heading if found else "")


def _where(result: contract.Plan | contract.Verdict) -> Iterator[Item]:
    yield Words(result["area_name"] or NO_AREA, "Council area")
    yield Words(moment(result["at"]), "When")


def _about(outcome: contract.Outcome) -> Item:
    certain = "" if outcome["certain"] else " (not certain)"
    return Words(f"{outcome['title']}{certain}", URGENCY_WORDS[outcome["urgency"]])


def _answers(given: Iterable[contract.Reason]) -> Block:
    return _part("Answers given", [Words(answer["says"]) for answer in given if answer["question"] != AREA])


def _unsure(given: Iterable[contract.Reason]) -> Iterator[Item]:
    yield from (Words(answer["says"]) for answer in given if answer["answer"] == "not-sure")


def _unknown(plan: contract.Plan) -> Iterator[Item]:
    """What is left out reads as no to whoever gets it."""
    if told := list(not_known(plan["find_out"])):
        yield Words(" ".join(told), "NOT KNOWN")


def _open(plan: contract.Plan) -> Iterator[Item]:
    if not plan["complete"]:
        yield Words("Not every question was asked: more may come of this.")


def _advised(title: str, steps: Sequence[contract.Step]) -> Iterator[Item]:
    """The steps of one outcome under its title."""
    if steps:
        yield Words(title)
        yield from (Step(place, step["text"], step["within"] or "") for place, step in enumerate(steps, 1))


def _to_fill(items: Iterable[str]) -> Block:
    """What the service will ask, each once, with room for it; not for what tells who or where the person is."""
    rooms = [Words(IN_THE_FORM if _WHO.search(item) else FILL, item) for item in dict.fromkeys(items)]
    return _part("What the service will ask", rooms)


def _made(result: contract.Plan | contract.Verdict) -> Block:
    edition = result["edition"]
    return Block(
        (Words(f"Worked out with {edition['title']}, edition {edition['version']}, {day(edition['published'])}."),)
    )
