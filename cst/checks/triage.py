"""The walk itself: danger before anything else, advice after three questions, and always an outcome.

A question is never asked twice: what is answered is never open again, so each answer leaves fewer, and every walk
ends. After twelve screens it pauses with a plan, whatever is left (`cst.walk.walk.MOST`).
"""

from __future__ import annotations

from datetime import date, datetime, time
from itertools import chain
from typing import TYPE_CHECKING

from cst.checks.counterexample import in_answers
from cst.checks.proof import Proof, Wrong
from cst.checks.state_space import concern_question, concerns, holds, leaning, start
from cst.engine.answers import Answers
from cst.engine.questions import describe_questions
from cst.engine.situation import Situation
from cst.exits import EMERGENCY
from cst.london import LONDON

if TYPE_CHECKING:
    from collections.abc import Iterator

    from cst.rules import Value
    from cst.toolkit.toolkit import Toolkit

LAST_RUNG = "police-emergency"
FIRST_ADVICE = 3  # screens before it


def danger_questions(toolkit: Toolkit) -> list[str]:
    """The questions about danger now."""
    return [name for name, question in toolkit.kind("questions").items() if question.get("danger")]


def danger_first(toolkit: Toolkit, day: date) -> Proof:
    """Danger is the first question there is, on a screen of its own, always asked; its yes and "not sure" bring 999.

    Questions are put in the order in which they are written, and what is not answered stays open while it can bring
    a pathway; so the first of them, which can, is asked before every other.
    """
    wrong = list(_danger_faults(toolkit, day))
    return Proof(
        "Danger is asked first, and yes or not sure brings the emergency line first", "every walk", tuple(wrong)
    )


def _danger_faults(toolkit: Toolkit, day: date) -> Iterator[Wrong]:
    asked = toolkit.kind("questions")
    danger = danger_questions(toolkit)
    if not danger:
        yield Wrong("danger-first", ("questions",), "no question asks about danger", "write danger: yes on one")
        return
    first = danger[0]
    place = ("questions", first)
    if next(iter(asked)) != first:
        says = f"{next(iter(asked))} would be asked before {first}"
        yield Wrong("danger-first", ("questions", next(iter(asked))), says, "put the question about danger first")
    for key in ("group", "asked_if", "implied_by"):
        if key in asked[first]:
            yield Wrong("danger-first", (*place, key), f"{first} has {key}: it may not be asked alone", f"remove {key}")
    for name, mode in toolkit.kind("modes").items():
        if first in mode.get("never_asks", ()):
            yield Wrong("danger-first", ("modes", name), f"{name} never asks {first}", "take it out of never_asks")
    pathway = toolkit.kind("pathways").get(EMERGENCY)
    if pathway is None:
        yield Wrong(
            "danger-first", ("pathways",), "there is no pathway called emergency", "add it, as the first of all"
        )
        return
    place = ("pathways", EMERGENCY)
    at = datetime.combine(day, time(10), LONDON)
    for said, given in (("yes", Answers({first: True})), ("not sure", Answers({}, frozenset({first})))):
        taken, _ = Situation(toolkit, given, at).sort_out()
        if not any(one.name == EMERGENCY and one.heads for one in taken):
            says = f"{said} to {first} does not bring the emergency pathway"
            yield Wrong("danger-first", place, says, "let its rule hold, with not_sure: take that leads")
    if pathway["urgency"] != "now" or next(iter(toolkit.kind("pathways"))) != EMERGENCY:
        yield Wrong(
            "danger-first", place, "the emergency pathway is not the first of all", "put it first, with urgency: now"
        )
    if not pathway["call"] or pathway["call"][0]["use"] != LAST_RUNG or "when" in pathway["call"][0]:
        yield Wrong("danger-first", place, f"the emergency pathway does not call {LAST_RUNG} first", "call it first")


def always_an_outcome(toolkit: Toolkit, day: date) -> Proof:
    """Each issue, alone and with others, brings one of its own pathways at once; no topic brings the fallback."""
    topic = concern_question(toolkit)
    tried, wrong = 0, []
    for issue, record in toolkit.kind("issues").items():
        base = [toolkit.rule(toolkit.kind("pathways")[name]["rule"], day) for name in record["pathways"]]
        for chosen in concerns(toolkit):
            if issue in chosen:
                tried += 1
                if not holds(start([leaning(rule, True) for rule in base], {topic: chosen}).state):
                    says = f"{', '.join(sorted(chosen))} brings none of the pathways of {issue} at once"
                    wrong.append(
                        Wrong("no-outcome", ("issues", issue), says, "let one of them hold by the issue alone")
                    )
                    break
    at = datetime.combine(day, time(10), LONDON)
    for none in (Answers({topic: frozenset()}), Answers({}, frozenset({topic}))):
        tried += 1
        here = Situation(toolkit, none, at)
        taken, _ = here.sort_out()
        if not taken and not here.needs_fallback(taken):
            says = f"nothing is said {in_answers(toolkit, none)}"
            wrong.append(Wrong("no-outcome", ("fallback",), says, "let the fallback pathway come"))
    return Proof("Every walk has an outcome, about what was asked", f"{tried} sets of concerns", tuple(wrong[:9]))


def advice_after_three(toolkit: Toolkit, day: date) -> Proof:
    """Danger, the topic, and at most one screen about who may be looking on: then advice is shown."""
    at = datetime.combine(day, time(10), LONDON)
    topic = concern_question(toolkit)
    tried, wrong = 0, []
    for chosen in concerns(toolkit):
        tried += 1
        known: dict[str, Value] = dict.fromkeys(danger_questions(toolkit), False)
        begun = Answers({**known, topic: chosen})
        for after in chain([begun], _after_a_screen(toolkit, begun, at)):
            if after is not begun and Situation(toolkit, after, at).may_be_seen():
                says = f"a fourth screen comes before advice, {in_answers(toolkit, after)}"
                wrong.append(Wrong("late-advice", ("modes",), says, "ask who may look on in one screen"))
                break
    return Proof(
        f"At most {FIRST_ADVICE} screens before the first advice", f"{tried} sets of concerns", tuple(wrong[:9])
    )


def _after_a_screen(toolkit: Toolkit, answers: Answers, at: datetime) -> Iterator[Answers]:
    """The answers after the next screen, where one must come before advice: all yes, all no, all not sure."""
    here = Situation(toolkit, answers, at)
    if not here.may_be_seen():
        return
    held = here.held()
    asked = describe_questions(toolkit, here.worth_asking(*here.sort_out()) if held is None else held)
    screen = [question["id"] for question in asked if question["screen"] == 0]
    # A yes ends short of advice on purpose: somebody looks on.
    yield Answers({**answers.known, **{name: _no(toolkit, name) for name in screen}}, answers.unsure)
    yield Answers(answers.known, answers.unsure | set(screen))


def _no(toolkit: Toolkit, name: str) -> Value:
    """No, none, or where a question wants one of its choices, the first."""
    question = toolkit.kind("questions")[name]
    match question["type"]:
        case "choice":
            return next(iter(toolkit.choices(question)))
        case "pick-many":
            return frozenset()
    return False


def proofs(toolkit: Toolkit, day: date) -> Iterator[Proof]:
    """All of them."""
    yield danger_first(toolkit, day)
    yield always_an_outcome(toolkit, day)
    yield advice_after_three(toolkit, day)
