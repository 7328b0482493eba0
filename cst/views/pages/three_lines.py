"""The shortest answer there is: three lines, whom to ring, what to do first, what never to do.

A plan with more than one thing that cannot wait has one line more for each of the others, and one where nobody is
listed for what is to be rung first.
"""

from __future__ import annotations

from cst import card
from cst.engine.call_order import LAST_RUNG
from cst.engine.do_nots import KILL
from cst.lean_typing import TYPE_CHECKING
from cst.views.page import Block, Page, Words
from cst.views.pages.contacts import WAYS, first_call
from cst.views.pages.find_out import in_a_line, not_asked, not_used, without_box
from cst.views.screen.shared_rows import step_text

if TYPE_CHECKING:
    from collections.abc import Sequence
    from typing import Any

    from cst import contract

LEAD = "If you are not sure, ask your safeguarding lead today."
ROOM = 160  # characters of do-nots in a line
CAUTION = "Do not wait if someone is in danger."


def short_page(answer: Any) -> Page:
    """Three lines of a plan, verdict or entry; where there is nothing of a kind, the line that always holds.

    Args:
        answer: a plan, a verdict or an entry, as the contract writes it.
    """
    if answer["kind"] == "plan" and answer["modes"]:  # somebody may look on: the mode's few lines, nothing of the case
        return (Block(tuple(Words(line) for mode in answer["modes"] for line in mode["says"])),)
    leading = _leading(answer)
    local = _local(leading.get("title") or answer.get("title", ""))
    unfilled = leading.get("unfilled", ())
    none = [f"NO LOCAL NUMBER: {role['says']}" for role in unfilled if role["first"] and answer["first"]]
    asked = answer.get("local_says") if answer.get("first") else None  # said already where there is nobody to ring
    place = [f"AREA: {says}" for says in (answer.get("area_says"), asked) if says]
    lines = (_danger(_ring(answer, leading)), _do(leading["steps"]) + local, _never(answer["do_nots"]), *none, *place)
    return (Block(tuple(Words(line) for line in (*lines, *_also_now(answer), *_find_out(answer), *_beside(answer)))),)


def _also_now(answer: Any) -> list[str]:
    """The other things that cannot wait, in a line each: to leave them out would be to hide them."""
    others = without_box(answer["outcomes"][1:]) if answer["kind"] == "plan" else []
    urgent = (one for one in others if one["urgency"] == "now")
    return [f"ALSO NOW: {one['title']}. {_ring(one, one)}. {_do(one['steps'])}" for one in urgent]


def _find_out(answer: Any) -> list[str]:
    return in_a_line(answer["find_out"]) if answer["kind"] == "plan" else []


def _beside(answer: Any) -> list[str]:
    """What was not asked, what was not used, and how to talk with the person, where there is any of it."""
    if answer["kind"] != "plan":
        return []
    told = [f"{item.label.upper()}: {item.text}" for item in (*not_asked(answer), *not_used(answer))]
    return [*told, *(f"TALKING: {line}" for line in answer["lines"])]


def _leading(answer: Any) -> Any:
    """What comes first: of a plan its most urgent outcome, of a verdict how to go about it, an entry itself."""
    if answer["kind"] == "plan":
        return answer["outcomes"][0] if answer["outcomes"] else {"contacts": [], "steps": [], "cautions": []}
    return answer["how"] if answer["kind"] == "verdict" else answer


def _local(title: str) -> str:
    """What says that a title is a local file's: there is no room for the whole title."""
    return "".join(title.rpartition(" (local: ")[1:]) if " (local: " in title else ""


def _ring(answer: Any, leading: Any) -> str:
    """The call to make first; where there is none, how else to reach whoever stands first, or why there is none."""
    if call := first_call(answer):
        contact, phone = call
        way = WAYS.get(phone["kind"], phone["kind"]).upper()
        return f"{way}: {phone['number']}, {contact['name']}, {phone['hours']}"
    if answer.get("local_says"):
        return f"RING: nobody yet. {answer['no_first']}"
    reachable = (one for one in leading["contacts"] if one["status"] != "historic" and one["id"] != LAST_RUNG)
    for contact in reachable:
        return f"REACH: {contact['name']}: {contact['url'] or contact['application_process'] or 'no way is known'}"
    return f"RING: no local number is known. {answer['no_first']}" if leading.get("unfilled") else f"RING: {card.LINE}"


def _danger(ring: str) -> str:
    """The first line with the emergency line in it, after whom to ring: three lines are all there is."""
    return ring if card.LINE in ring else f"{ring.rstrip('.')}. {card.LINE}"


def _do(steps: Sequence[contract.Step]) -> str:
    """The step that this entry is for, where one is marked; else the first."""
    own = next((step for step in steps if step["duty"] or step["key"]), steps[0] if steps else None)
    return f"DO: {step_text(own)}" if own else f"DO: {LEAD}"


def _never(told: Sequence[contract.DoNot]) -> str:
    """The deadliest of all that is urgent, as many as a line has room for, then how many more there are."""
    said = [told[0]["says"]] if told else []
    for one in told[1:]:
        if one["kills"] in KILL and len(" ".join((*said, one["says"]))) <= ROOM:
            said.append(one["says"])
    more = f" (+{len(told) - len(said)})" if len(told) > len(said) else ""
    return f"CAUTION: {' '.join(said)}{more}" if said else f"CAUTION: {CAUTION}"
