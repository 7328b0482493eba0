"""Schemes: a verdict is final, and no question is asked in vain.

A verdict given while facts are unknown holds however they turn out: at best and at worst, it is the same. Every
question that is asked can still change the verdict. Answers only ever leave fewer questions, so each scheme ends in
a verdict. "Not sure" leaves a rule as it was, so it leads to no state of its own; it is only not asked again. Parts
of a rule that share no question are walked apart.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import date

from cst.checks.counterexample import in_answers
from cst.checks.proof import Proof, Wrong
from cst.checks.state_space import Reached, Ways, differ, independent, leaning, open_questions, start, walk
from cst.rules import Rule, facts, questions, residual
from cst.toolkit.toolkit import Toolkit


def rules(toolkit: Toolkit, day: date) -> Iterator[tuple[tuple[str, ...], Rule]]:
    """Every scheme's rule, and that of each area with its own, with the place it stands at."""
    for name, scheme in toolkit.kind("schemes").items():
        yield ("schemes", name), toolkit.rule(scheme["rule"], day)
        for area, own in scheme.get("area_rules", {}).items():
            if "rule" in own:
                yield ("schemes", name, "area_rules", area), toolkit.rule(own["rule"], day)


def verdicts_hold(toolkit: Toolkit, day: date) -> Proof:
    """Every state of every scheme."""
    states, schemes, decided, wrong = 0, 0, 0, []
    for place, whole in rules(toolkit, day):
        schemes += 1
        ways = Ways(toolkit, [whole])
        for rule in independent(residual(whole, {})):
            for here in walk(ways, [start([leaning(rule, None)], {})]):
                states += 1
                decided += isinstance(here.state[0].rule, bool)
                wrong += list(_not_final(toolkit, place, rule, here)) + list(_in_vain(toolkit, ways, place, here))
    tried = f"{states} states of {schemes} rules, {decided} of them settled"
    return Proof("A verdict holds whatever is still unknown, and every question can change it", tried, tuple(wrong[:9]))


def _not_final(toolkit: Toolkit, place: tuple[str, ...], rule: Rule, here: Reached) -> Iterator[Wrong]:
    """A verdict that another completion of the answers would turn round."""
    verdict = here.state[0].rule
    if isinstance(verdict, bool):
        unknown = frozenset(questions(rule)) - set(here.answers.known)
        ends = {residual(rule, here.answers.known, unknown, best) for best in (True, False)}
        if ends != {verdict}:
            says = f"the verdict {in_answers(toolkit, here.answers)} could still turn round"
            yield Wrong("verdict-turns", place, says, "this is a fault in cst: please report it")


def _in_vain(toolkit: Toolkit, ways: Ways, place: tuple[str, ...], here: Reached) -> Iterator[Wrong]:
    """A question that is asked though no answer to it can matter. One that stands only once in a rule always can."""
    left = here.state[0].rule
    times = Counter(fact.question for fact in facts(left))
    for question in open_questions(here):
        if times[question] > 1 and not _matters(ways, left, question):
            says = f"{question} is asked in vain {in_answers(toolkit, here.answers)}"
            yield Wrong("asked-in-vain", place, says, "take it out of the rule there")


def _matters(ways: Ways, rule: Rule, question: str) -> bool:
    first, *others = [residual(rule, {question: value}) for value in ways.of(question)]
    return any(differ(ways, first, other) is not None for other in others)


def proofs(toolkit: Toolkit, day: date) -> Iterator[Proof]:
    """All of them."""
    yield verdicts_hold(toolkit, day)
