"""Whether a scheme's rule is met: three verdicts, with why, why not and what would settle it.

"Not eligible" is said only when every answer that could change it is in. Unknown never excludes.
"""

from __future__ import annotations

from cst import CONTRACT
from cst.engine.answers import Answers, spoken
from cst.engine.call_order import Calls, call_order
from cst.engine.describe import area_name, describe_cautions, describe_edition, describe_source, describe_steps
from cst.engine.do_nots import do_nots
from cst.engine.plan import scheme_rule
from cst.engine.questions import describe_questions, describe_reasons
from cst.engine.scheme_words import how_soon, instead
from cst.engine.situation import AREA, Situation
from cst.lean_typing import TYPE_CHECKING
from cst.rules import AnyOf, questions, reasons, residual, settling

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from cst import contract
    from cst.rules import Fact, Known, Rule
    from cst.source import records
    from cst.toolkit.toolkit import Toolkit

ANSWERS: dict[contract.Came, str] = {"eligible": "yes", "not-eligible": "no", "cannot-say": "cannot say yet"}


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
    """
    scheme = toolkit.kind("schemes")[name]
    here = Situation(toolkit, answers, at, area)
    source, own = scheme_rule(scheme, toolkit, here.area)
    rule = toolkit.rule_as_known(source, at.date())
    left = residual(rule, here.answers.known)
    because = reasons(rule, here.answers.known)
    says = own["says"] if own and "says" in own else scheme["says"]
    decided = isinstance(left, bool)
    open_questions = [asked for asked in questions(left) if not here.answers.answered(asked)]
    extra = [asked for asked in scheme.get("also_ask", ()) if left is True and not here.answers.answered(asked)]
    if left is True and here.area is None and here.askable(AREA) and here.calls_locally(scheme):
        extra.append(AREA)  # where it is yes, the next thing is whom to ring
    elsewhere = says is not scheme["says"]
    met = left is True and not elsewhere
    other, soon = (instead(here, scheme), how_soon(here, scheme)) if met else ({}, {})
    as_told = _as_told(here, scheme)
    calls = call_order(toolkit, as_told.calls(scheme), here.where)
    how = _how(as_told, scheme, [] if elsewhere else other.get("steps", scheme["steps"]), calls)
    own_words = {
        "eligible": says["eligible"],
        "not-eligible": says["not_eligible"],
        "cannot-say": says["cannot_say"],
    }
    came: contract.Came = "cannot-say" if not decided else "eligible" if left else "not-eligible"
    return {
        "cst": CONTRACT,
        "kind": "verdict",
        "edition": describe_edition(toolkit),
        "scheme": name,
        "title": scheme["title"],
        "brief": scheme.get("brief"),
        "summary": scheme["summary"],
        "verdict": came,
        "answer": other.get("answer", ANSWERS[came]),
        "says": other.get("says", own_words[came]),
        "urgency": soon.get("urgency"),
        "urgency_says": soon.get("says"),
        "law": {key: str(value) for key, value in scheme["law"].items()} if "law" in scheme else None,
        "area": here.area,
        "area_name": area_name(toolkit, here.area),
        "area_says": area_says if area or not here.area else None,
        "area_note": own.get("note") if own else None,
        "at": at.isoformat(timespec="minutes"),
        "answers": spoken(answers, toolkit),
        "because": describe_reasons(toolkit, because, here.answers),
        "also_because": describe_reasons(toolkit, _further(rule, here.answers.known, because), here.answers),
        "unsure_of": describe_questions(toolkit, [asked for asked in questions(left) if asked in here.answers.unsure]),
        "would_settle": describe_questions(
            toolkit, [asked for asked in settling(left) if asked not in here.answers.known]
        ),
        "next": describe_questions(toolkit, open_questions or extra),
        "how": how,
        "do_nots": do_nots(toolkit, how["cautions"]),
        "first": calls.first,
        "no_first": calls.no_first,
        "sources": [describe_source(toolkit, one) for one in (*scheme["sources"], *(own["sources"] if own else ()))],
    }


def _as_told(here: Situation, scheme: records.Scheme) -> Situation:
    """The same without what is asked beside the rule and not known: "not sure" there changes nothing to be done."""
    unsure = here.given.unsure.intersection(scheme.get("also_ask", ()))
    return Situation(here.toolkit, here.given.without(*unsure), here.at, here.area) if unsure else here


def _further(rule: Rule, known: Known, because: Sequence[Fact]) -> list[Fact]:
    """The other facts that would have been enough: whoever reads a referral wants to know of them all, each once."""
    told = {fact.question for fact in because}
    parts = rule.parts if isinstance(rule, AnyOf) else ()
    enough = (fact for part in parts if residual(part, known) is True for fact in reasons(part, known))
    return [fact for fact in enough if fact.question not in told]


def _how(here: Situation, scheme: records.Scheme, steps: Sequence[records.Step], calls: Calls) -> contract.How:
    """How to go about it; no steps in an area where it is another thing, or unknown: they do not hold there."""
    cautions = (use["caution"] for use in scheme["cautions"] if here.speaks_to(use))
    return {
        "steps": describe_steps(step for step in steps if here.holds(step.get("when"))),
        "cautions": describe_cautions(here.toolkit, cautions),
        "contacts": calls.contacts,
        "unfilled": calls.unfilled,
        "have_ready": list(scheme.get("have_ready", ())),
    }
