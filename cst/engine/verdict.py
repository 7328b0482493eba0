"""Whether a scheme's rule is met: three verdicts, with why, why not and what would settle it.

"Not eligible" is said only when every answer that could change it is in. Unknown never excludes.
"""

from __future__ import annotations

from cst import CONTRACT
from cst.engine.answers import Answers, spoken
from cst.engine.call_order import Calls, call_order
from cst.engine.describe import area_name, describe_cautions, describe_edition, describe_source, describe_steps
from cst.engine.plan import AREA, Situation, scheme_rule
from cst.engine.questions import describe_questions, describe_reasons
from cst.lean_typing import TYPE_CHECKING
from cst.rules import questions, reasons, residual, settling

if TYPE_CHECKING:
    from datetime import datetime
    from typing import Any

    from cst import contract
    from cst.toolkit.toolkit import Record, Toolkit


def verdict(
    toolkit: Toolkit,
    name: str,
    answers: Answers,
    at: datetime,
    area: str | None = None,
    area_says: str | None = None,
) -> contract.Verdict:
    """What to say about one scheme for these answers.

    Args:
        toolkit: what is known.
        name: the scheme's id.
        answers: what has been answered so far.
        at: the minute, in Europe/London.
        area: the person's council area, where known; with the next, a `Place`.
        area_says: what the place that was given was taken as, or why it has no area; not where an answer gives one.

    Raises:
        NoFigure: a figure that the rule needs has no value on that day.
    """
    scheme = toolkit.kind("schemes")[name]
    here = Situation(toolkit, answers, at, area)
    source, own = scheme_rule(scheme, toolkit, here.area)
    rule = toolkit.rule(source, at.date())
    left = residual(rule, here.answers.known)
    says = own["says"] if own and "says" in own else scheme["says"]
    decided = isinstance(left, bool)
    open_questions = [asked for asked in questions(left) if not here.answers.answered(asked)]
    extra = [asked for asked in scheme.get("also_ask", ()) if left is True and not here.answers.answered(asked)]
    if left is True and here.area is None and here.askable(AREA) and here.calls_locally(scheme):
        extra.append(AREA)  # where it is yes, the next thing is whom to ring
    calls = call_order(toolkit, here.calls(scheme), here.where)
    return {
        "cst": CONTRACT,
        "kind": "verdict",
        "edition": describe_edition(toolkit),
        "scheme": name,
        "title": scheme["title"],
        "summary": scheme["summary"],
        "verdict": "cannot-say" if not decided else "eligible" if left else "not-eligible",
        "says": says["cannot_say" if not decided else "eligible" if left else "not_eligible"],
        "law": {key: str(value) for key, value in scheme["law"].items()} if "law" in scheme else None,
        "area": here.area,
        "area_name": area_name(toolkit, here.area),
        "area_says": area_says if area or not here.area else None,
        "area_note": own.get("note") if own else None,
        "at": at.isoformat(timespec="minutes"),
        "answers": spoken(answers, toolkit),
        "because": describe_reasons(toolkit, reasons(rule, here.answers.known), here.answers),
        "unsure_of": describe_questions(toolkit, [asked for asked in questions(left) if asked in here.answers.unsure]),
        "would_settle": describe_questions(toolkit, settling(left)),
        "next": describe_questions(toolkit, open_questions or extra),
        "how": _how(here, scheme, calls, elsewhere=says is not scheme["says"]),
        "first": calls.first,
        "no_first": calls.no_first,
        "sources": [describe_source(toolkit, one) for one in (*scheme["sources"], *(own["sources"] if own else ()))],
    }


def _how(here: Situation, scheme: Record, calls: Calls, *, elsewhere: bool) -> contract.How:
    """How to go about it; `elsewhere`: in an area where it is another thing, or unknown, its steps do not hold."""
    cautions: Any = (use["caution"] for use in scheme["cautions"] if here.holds(use.get("when")))
    return {
        "steps": [] if elsewhere else describe_steps(step for step in scheme["steps"] if here.holds(step.get("when"))),
        "cautions": describe_cautions(here.toolkit, cautions),
        "contacts": calls.contacts,
        "unfilled": calls.unfilled,
        "have_ready": list(scheme.get("have_ready", ())),
    }
