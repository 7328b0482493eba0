"""What is not known: nothing that a yes would bring vanishes, and nothing certain is shouted down.

Every pathway for now or today that a yes would bring stands in the plan or in what is to be found out, or a row says in
`leaves_out` that it is left out, and in `because` why. So a row that gives do-nots alone (`caution`) or nothing
(`skip`) has to name each urgent pathway whose rule asks its question:

    not_sure:
      - do: skip
        because: A count that nobody knows lowers nothing.
        leaves_out: [da-high-risk]      # without this line the check fails

"Not sure" adds below what is certain: the first outcome, its number, its steps and do-nots stay as they are, but for a
row that leads, and few may. While anything is not known a plan is not done. The box is in the order in which a yes
could kill.
"""

from __future__ import annotations

from datetime import date, datetime, time
from itertools import chain
from typing import TYPE_CHECKING

from cst.checks.counterexample import in_answers
from cst.checks.proof import Proof, Wrong
from cst.checks.protection import urgent
from cst.checks.state_space import concern_question
from cst.checks.triage import danger_questions
from cst.engine.answers import Answers
from cst.engine.disclosure import as_shown
from cst.engine.not_sure import FIND_OUT, ORDER, URGENCIES, says, shared_lines, stays_out
from cst.engine.plan import plan
from cst.engine.situation import Situation
from cst.exits import Exit, of_plan
from cst.london import LONDON
from cst.rules import facts, questions

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from typing import Any

    from cst import contract
    from cst.rules import Fact
    from cst.toolkit.toolkit import Record, Toolkit

URGENT = ("now", "today")
SILENT = ("caution", "skip")
# What may lead a plan without being certain: danger now, a child's age, that the police are not wanted, who is missing,
# when a neck was hurt, a baby's mark, a child alone, and whether somebody is dead.
LEADING = (
    "immediate-danger",
    "homeless-under-18",
    "girl-under-18",
    "images-under-18",
    "wants-police",
    "who-is-missing",
    "strangled-when",
    "cannot-move-yet",
    "alone-now",
    "death-found",
)


def nothing_vanishes(toolkit: Toolkit, day: date) -> Proof:
    """Of every urgent pathway, every question in its rule: each row brings it, finds it out, or signs that it does not.

    A pathway that a yes would bring, of whose questions any is not sure, has a line for each that has a row to find out
    or no row at all (`engine.not_sure`). It can vanish only by rows that are silent, and each of those has to name it.
    """
    asked_by = {name: list(_facts(toolkit, toolkit.kind("pathways")[name]["rule"], day)) for name in urgent(toolkit)}
    tried, wrong = 0, []
    for name, asked in asked_by.items():
        pathway = toolkit.kind("pathways")[name]
        if stays_out(pathway) and "if_unknown" not in pathway:
            words = f"{name} is for {pathway['urgency']}, and no not sure brings it or a line for it"
            wrong.append(Wrong("vanishes", ("pathways", name), words, "write on_not_sure: find-out"))
        for question, place, row in _silent_rows(toolkit):
            tried += 1
            if name not in row.get("leaves_out", ()) and _can_hide(toolkit, question, place, name, asked):
                words = f"not sure about {question} can hide {name}, and row {place + 1} does not sign for it"
                remedy = "let the row find it out, or write it under leaves_out"
                wrong.append(Wrong("vanishes", ("questions", question), words, remedy))
    for question, place, row in _silent_rows(toolkit):
        for name in row.get("leaves_out", ()):
            if not _can_hide(toolkit, question, place, name, asked_by.get(name, ())):
                words = f"row {place + 1} of {question} leaves out {name}, which is not urgent or does not ask it"
                wrong.append(Wrong("signed-in-vain", ("questions", question), words, "take it out of leaves_out"))
    promise = "Whatever a yes would bring stands in the plan, is to be found out, or is signed for"
    return Proof(promise, f"{tried} pairs of an urgent pathway and a silent row", tuple(wrong[:9]))


def _facts(toolkit: Toolkit, source: Any, day: date) -> Iterator[Fact]:
    """What a rule compares, and what would answer it by implication."""
    for fact in facts(toolkit.rule(source, day)):
        yield fact
        question = toolkit.kind("questions")[fact.question]
        if "implied_by" in question:
            yield from facts(toolkit.rule(question["implied_by"], day))


def _can_hide(toolkit: Toolkit, question: str, place: int, pathway: str, asked: Iterable[Fact]) -> bool:
    """Whether a row is about a pathway, and about an answer that its rule asks for."""
    record = toolkit.kind("questions")[question]
    row, before = record["not_sure"][place], record["not_sure"][:place]
    about = [fact for fact in asked if fact.question == question]
    if not about or pathway not in row.get("pathways", (pathway,)) or record["type"] not in ("choice", "pick-many"):
        return bool(about) and pathway in row.get("pathways", (pathway,))
    spoken_for = {
        choice for one in before if "when" not in one and "pathways" not in one for choice in one.get("of", ())
    }
    choices = set(row.get("of", toolkit.choices(record))) - spoken_for
    many = record["type"] == "pick-many"
    return any(says(fact, frozenset({choice}) if many else choice) for fact in about for choice in choices)


def _silent_rows(toolkit: Toolkit) -> Iterator[tuple[str, int, Record]]:
    for question, record in toolkit.kind("questions").items():
        if question != concern_question(toolkit):  # not knowing the topic brings the fallback
            for place, row in enumerate(record.get("not_sure", ())):
                if row["do"] in SILENT:
                    yield question, place, row


def few_may_lead(toolkit: Toolkit, day: date) -> Proof:
    """Every row that leads is about one of the questions that are signed for."""
    wrong = [
        Wrong("leads", ("questions", name), f"not sure about {name} leads, unsigned", "take leads out of the row")
        for name, question in toolkit.kind("questions").items()
        if name not in LEADING and any(row.get("leads") for row in question.get("not_sure", ()))
    ]
    return Proof("Few unknowns may lead a plan, each signed for", f"{len(LEADING)} questions", tuple(wrong))


def certain_stands_first(toolkit: Toolkit, day: date) -> Proof:
    """Of every issue: each question alone, and all of them, not sure against not yet answered."""
    at = datetime.combine(day, time(10), LONDON)
    tried, wrong = 0, []
    for begun, asked in _begun(toolkit, at):
        before = plan(toolkit, begun, at)
        for unsure in (*(frozenset({name}) for name in asked), frozenset(asked)):
            tried += 1
            answers = Answers(begun.known, unsure)
            after = plan(toolkit, answers, at)
            leads = _leads(toolkit, answers, at)
            found = chain(_shouted_down(before, after, leads=leads), _not_done(after), _order(after))
            wrong += [
                Wrong(code, ("questions", min(unsure)), f"{what}, {in_answers(toolkit, answers)}", mend)
                for code, what, mend in found
            ]
    promise = "Not sure adds below what is certain, and while it stands a plan is not done"
    return Proof(promise, f"{tried} sets of unknowns", tuple(wrong[:9]))


def _begun(toolkit: Toolkit, at: datetime) -> list[tuple[Answers, list[str]]]:
    """As `_beginnings`, worked out once for the proofs that start there."""
    key = f"begun {at.isoformat()}"
    if key not in toolkit.kept:
        toolkit.kept[key] = list(_beginnings(toolkit, at))
    found: list[tuple[Answers, list[str]]] = toolkit.kept[key]
    return found


def _beginnings(toolkit: Toolkit, at: datetime) -> Iterator[tuple[Answers, list[str]]]:
    """Danger no, nobody looks on, one issue; with all questions that can then matter, but for where it is."""
    known = {**dict.fromkeys(danger_questions(toolkit), False), **dict.fromkeys(_looked_on(toolkit, at.date()), False)}
    places = {name for name, one in toolkit.kind("questions").items() if one.get("choices_from") == "areas"}
    for issue in toolkit.kind("issues"):
        begun = Answers({**known, concern_question(toolkit): frozenset({issue})})
        seen: set[str] = set()
        while True:  # what is asked may bring more questions
            here = Situation(toolkit, Answers(begun.known, frozenset(seen)), at)
            more = here.worth_asking(*here.sort_out()) - seen - places
            if not more:
                break
            seen |= more
        yield begun, sorted(seen)


def _looked_on(toolkit: Toolkit, day: date) -> list[str]:
    """The questions that turn on a mode in which little is shown."""
    rules = (toolkit.rule(mode["rule"], day) for mode in toolkit.kind("modes").values() if "until" in mode)
    return [question for rule in rules for question in questions(rule) if question != concern_question(toolkit)]


def _leads(toolkit: Toolkit, answers: Answers, at: datetime) -> bool:
    rows = Situation(toolkit, answers, at).unknowns.rows.values()
    return any(row.get("leads") for row in chain.from_iterable(rows))


def _shouted_down(before: contract.Plan, after: contract.Plan, *, leads: bool) -> Iterator[tuple[str, str, str]]:
    """What was certain and is gone, changed, or no longer first."""
    remedy = "let the row find it out, or let it lead and say why"
    if not leads and (before["first"], before["outcomes"][:1] and before["outcomes"][0]["id"]) != (
        after["first"],
        after["outcomes"][:1] and after["outcomes"][0]["id"],
    ):
        yield "shouted-down", "not sure changes what stands first", remedy
    held = {one["id"]: one for one in after["outcomes"]}
    for one in before["outcomes"]:
        now = held.get(one["id"])
        if one["urgency"] in URGENT and (now is None or not _keeps(one, now)):
            yield "certain-lost", f"not sure takes from {one['id']} what is certain", remedy
    low = [one["certain"] or one["leads"] for one in after["outcomes"]]
    if low != sorted(low, reverse=True):
        yield "shouted-down", "what is not certain stands above what is", remedy


def _keeps(before: contract.Outcome, after: contract.Outcome) -> bool:
    """Whether an outcome has every step and do-not that it had."""
    steps = all(step in after["steps"] for step in before["steps"])
    return steps and all(caution in after["cautions"] for caution in before["cautions"])


def _not_done(after: contract.Plan) -> Iterator[tuple[str, str, str]]:
    rests = bool(after["find_out"]) or not all(one["certain"] for one in after["outcomes"])
    if rests and of_plan({**after, "complete": True}) == Exit.DONE:
        yield "done", "a plan that rests on not sure ends as done", "end it as one that cannot say"


def _order(after: contract.Plan) -> Iterator[tuple[str, str, str]]:
    """The deadliest first, each line once, and the box the last of the outcomes."""
    told = [min(_deadly(line) for line in lines) for lines in shared_lines(after["find_out"])]
    if told != sorted(told):
        yield "fold", "a lesser line stands above a deadlier one", "order the box by what a yes would be"
    boxes = [place for place, one in enumerate(after["outcomes"]) if one["id"] == FIND_OUT]
    if boxes != ([len(after["outcomes"]) - 1] if after["find_out"] else []):
        yield "no-box", "the box is not the last outcome", "let the box close the outcomes"


def _deadly(line: contract.FindOut) -> tuple[int, int]:
    return URGENCIES.index(line["urgency"]), ORDER.index(line["about"])


def nothing_while_looked_on(toolkit: Toolkit, day: date) -> Proof:
    """Of every issue, with somebody who may look on, or not sure: no question of the box is shown."""
    at = datetime.combine(day, time(10), LONDON)
    wrong, tried = [], 0
    for begun, asked in _begun(toolkit, at):
        for name in _looked_on(toolkit, at.date()):
            for answers in (
                Answers({**begun.known, name: True}, frozenset(asked)),
                Answers({key: value for key, value in begun.known.items() if key != name}, frozenset({*asked, name})),
            ):
                tried += 1
                shown = as_shown(plan(toolkit, answers, at))
                if shown["find_out"] or shown["outcomes"]:
                    says = f"what is not known is shown {in_answers(toolkit, answers)}"
                    wrong.append(Wrong("looked-on", ("questions", name), says, "let a mode hold it back"))
    return Proof("Nothing of what is not known is shown while somebody may look on", f"{tried} plans", tuple(wrong[:9]))


def proofs(toolkit: Toolkit, day: date) -> Iterator[Proof]:
    """All of them."""
    yield nothing_vanishes(toolkit, day)
    yield few_may_lead(toolkit, day)
    yield certain_stands_first(toolkit, day)
    yield nothing_while_looked_on(toolkit, day)
