"""Protection: nobody is talked down, and nothing that keeps people safe can be answered away.

Yes in place of no, or of "not sure", never takes away a pathway for now or today. Mediation is offered only when every
reason against it is a plain no. Where a child is or may be affected there is a children's route, in the plan or in what
is to be found out. Each caution stands in every plan about an issue that it is needed for (`needed_for`).

A rule that has become yes stays yes whatever else is answered, so what holds as soon as an issue is chosen holds in
every state after that. All that can take a pathway away is one that takes its place, and has to be as urgent; or
that the one to talk to is not who it is for (`not_if`), which hangs on who does harm alone.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from cst.checks.counterexample import in_answers
from cst.checks.proof import Proof, Wrong
from cst.checks.state_space import (
    NOT_SURE,
    Reached,
    Ways,
    answer,
    concern_question,
    concerns,
    holds,
    leaning,
    leans,
    open_questions,
    put,
    starts,
    walk,
)
from cst.engine.not_sure import URGENCIES
from cst.rules import AllOf, AnyOf, Fact, Not, children, questions

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from cst.rules import Rule
    from cst.source import records
    from cst.toolkit.toolkit import Toolkit, Topic

URGENT = ("now", "today")
CHILD = "child-affected"
CHILD_ROUTES = ("child-urgent", "child-early-help")
MEDIATION = "mediation"
EXCLUSIONS = ("hate-motive", "abuse-at-home", "home-taken-over", "stalked", "threats-or-fear", "victim-vulnerable")
# The facts that lift what was urgent: a colleague has reported this case already, the missing one is back, a neck that
# was hurt long ago has done nothing since (it is asked as what it did, and only a plain "none" lifts it); or they agree
# to a fire visit, which takes away only the steps for a refusal and leaves those for the risk.
LIFTS = ("colleague-reported", "back-again", "strangled-symptoms", "consent")


def urgent(toolkit: Toolkit) -> list[str]:
    """The pathways for now and today."""
    return [name for name, pathway in toolkit.kind("pathways").items() if pathway["urgency"] in URGENT]


def never_talked_down(toolkit: Toolkit, day: date) -> Proof:
    """Of every state of every urgent pathway: what no or "not sure" brings or may bring, yes brings as well.

    Where a rule asks for no question's no, a yes can only bring it nearer to yes: any, all and at_least never fall when
    one of their parts rises. Then there is no state to look for. The rules that ask for a no are walked.
    """
    states, by_form, wrong = 0, 0, [*_answered_away(toolkit, day), *_replaced_by_less(toolkit)]
    for name in urgent(toolkit):
        pathway = toolkit.kind("pathways")[name]
        rule = toolkit.rule(pathway["rule"], day)
        if not any(_may_be_talked_down(toolkit, asked) for asked in _against(rule)):
            by_form += 1
            continue
        ways = Ways(toolkit, [rule], each_alike=False)
        for here in walk(ways, starts(toolkit, [leaning(rule, True)])):
            states += 1
            wrong += list(_talked_down(toolkit, name, here))
    tried = f"{len(urgent(toolkit))} urgent pathways, {by_form} by the form of their rules, the rest in {states} states"
    return Proof("Yes protects as much as no and as not sure", tried, tuple(wrong[:9]))


def _may_be_talked_down(toolkit: Toolkit, question: str) -> bool:
    return question not in LIFTS and toolkit.kind("questions")[question]["type"] == "yes-no"


def _against(rule: Rule, against: bool = False) -> set[str]:
    """The questions that a rule asks for anything but a plain yes, in some part of it."""
    match rule:
        case Fact(question, "is", True):
            return {question} if against else set()
        case Fact(question):
            return {question}
        case Not(part):
            return _against(part, not against)
        case bool():
            return set()
    return {question for part in children(rule) for question in _against(part, against)}


def _answered_away(toolkit: Toolkit, day: date) -> Iterator[Wrong]:
    """What leaves an urgent pathway out may ask who does it, what it is about and `LIFTS`, and never how bad it is."""
    for name in urgent(toolkit):
        pathway = toolkit.kind("pathways")[name]
        for question in questions(toolkit.rule(pathway["not_if"], day)) if "not_if" in pathway else ():
            if question in (concern_question(toolkit), *LIFTS):
                continue
            if toolkit.kind("questions")[question]["type"] != "choice":
                says = f"{question} can take {name} away"
                yield Wrong("not-if", ("pathways", name), says, "ask in not_if only who does it and what it is about")


def _replaced_by_less(toolkit: Toolkit) -> Iterator[Wrong]:
    """What takes the place of a pathway has to be as urgent."""
    pathways = toolkit.kind("pathways")
    for other, instead in pathways.items():
        for name in instead.get("replaces", ()):
            if URGENCIES.index(instead["urgency"]) > URGENCIES.index(pathways[name]["urgency"]) and name in urgent(
                toolkit
            ):
                says = f"{other} takes the place of {name} and is less urgent"
                yield Wrong("replaces", ("pathways", other), says, "make it as urgent, or let both stand")


def _talked_down(toolkit: Toolkit, pathway: str, here: Reached) -> Iterator[Wrong]:
    if holds(here.state):
        return
    for question in open_questions(here):
        if not _may_be_talked_down(toolkit, question):
            continue
        for value, said in ((False, "no"), (NOT_SURE, "not sure")):
            if holds(put(here.state, question, value)) and not holds(put(here.state, question, True)):
                says = f"{said} to {question} brings {pathway}, but yes does not: {in_answers(toolkit, here.answers)}"
                yield Wrong("not-monotone", ("pathways", pathway), says, "write the question without not")
                break


def mediation_only_when_safe(toolkit: Toolkit, day: date) -> Proof:
    """Of every state in which mediation is offered: each reason against it was asked, and is a plain no.

    Where its rule is an all with each reason under a not, that is so by its form, as "not sure" leaves it out: an all
    is yes only if each part is, and a not only of a plain no. A rule in any other form is walked.
    """
    promise = "Mediation is offered only when every reason against it is a plain no"
    if MEDIATION not in toolkit.kind("pathways"):
        return Proof(promise, "it is never offered")
    rule = toolkit.rule(toolkit.kind("pathways")[MEDIATION]["rule"], day)
    lean = leans(toolkit.kind("pathways")[MEDIATION])
    if not lean and _plain_noes(rule).issuperset(EXCLUSIONS):
        return Proof(promise, f"{len(EXCLUSIONS)} reasons, by the form of its rule")
    mediation = leaning(rule, lean)
    offered = states = 0
    wrong = []
    for here in walk(Ways(toolkit, [rule], each_alike=False), starts(toolkit, [mediation])):
        states += 1
        if holds(here.state):
            offered += 1
            open_ = [name for name in EXCLUSIONS if here.answers.known.get(name) is not False]
            if open_:
                says = f"mediation is offered though {open_[0]} is not a plain no: {in_answers(toolkit, here.answers)}"
                wrong.append(Wrong("mediation", ("pathways", MEDIATION), says, "ask for no to each of its exclusions"))
    return Proof(promise, f"{states} states, of which {offered} offer it", tuple(wrong[:9]))


def _plain_noes(rule: Rule) -> set[str]:
    """Questions without whose plain no a rule cannot be yes, as far as its form tells."""
    match rule:
        case Not(Fact(question, "is", True)):
            return {question}
        case Not(AnyOf(parts)):
            return {question for part in parts for question in _plain_noes(Not(part))}
        case AllOf(parts):
            return {question for part in parts for question in _plain_noes(part)}
    return set()


def children_always_have_a_route(toolkit: Toolkit, day: date) -> Proof:
    """For every set of concerns: a child that is or may be affected brings children's services or early help."""
    promise = "Where a child may be affected there is a children's route"
    routes = [name for name in CHILD_ROUTES if name in toolkit.kind("pathways")]
    if CHILD not in toolkit.kind("questions"):
        return Proof(promise, "nothing asks about children")
    tried, wrong = 0, []
    rules = [leaning(toolkit.rule(toolkit.kind("pathways")[name]["rule"], day), True) for name in routes]
    for begun in starts(toolkit, rules):
        for value in (True, NOT_SURE):
            tried += 1
            here = answer(begun, CHILD, value)
            if not holds(here.state):
                says = f"a child may be affected, and no children's route comes: {in_answers(toolkit, here.answers)}"
                wrong.append(Wrong("no-childrens-route", ("questions", CHILD), says, "widen the rule of child-urgent"))
    return Proof(promise, f"{tried} sets of concerns with a child", tuple(wrong[:9]))


def cautions_where_needed(toolkit: Toolkit, day: date) -> Proof:
    """For every caution and issue it is needed for: a pathway that holds once the issue is chosen carries it."""
    tried, wrong = 0, []
    topic = concern_question(toolkit)
    for name, caution in toolkit.kind("cautions").items():
        for issue in caution.get("needed_for", ()):
            for chosen in concerns(toolkit):
                if issue in chosen:
                    tried += 1
                    if not _carried(toolkit, name, ((topic, chosen),), day):
                        says = f"a plan about {', '.join(sorted(chosen))} can be without {name}, which {issue} needs"
                        remedy = "add the caution to the pathway that holds for the issue, and to those in its place"
                        wrong.append(Wrong("caution-missing", ("cautions", name), says, remedy))
                        break
    needed = sum("needed_for" in caution for caution in toolkit.kind("cautions").values())
    return Proof(f"{needed} cautions stand in every plan that needs them", f"{tried} pairs", tuple(wrong[:9]))


def _carried(toolkit: Toolkit, caution: str, chosen: Topic, day: date) -> bool:
    """Whether some pathway with the caution holds for good, and whatever may take its place has it too."""
    pathways = toolkit.kind("pathways")

    def at_start(source: object) -> Rule:
        """What the concerns leave of a rule."""
        return toolkit.rule_about(source, day, chosen)[0]

    def carries(record: records.Pathway | records.Mode) -> bool:
        uses = (use for use in record.get("cautions", ()) if use["caution"] == caution)
        return any("when" not in use or at_start(use["when"]) is True for use in uses)

    carrying = {name for name, pathway in pathways.items() if carries(pathway)}
    for name in carrying:
        others = {other for other, pathway in pathways.items() if name in pathway.get("replaces", ())}
        lost = [other for other in others - carrying if at_start(pathways[other]["rule"]) is not False]
        if at_start(pathways[name]["rule"]) is True and not lost:
            return True
    modes = [mode for mode in toolkit.kind("modes").values() if "until" not in mode and carries(mode)]
    return any(at_start(mode["rule"]) is True for mode in modes)


def proofs(toolkit: Toolkit, day: date) -> Iterator[Proof]:
    """All of them."""
    yield never_talked_down(toolkit, day)
    yield mediation_only_when_safe(toolkit, day)
    yield children_always_have_a_route(toolkit, day)
    yield cautions_where_needed(toolkit, day)
