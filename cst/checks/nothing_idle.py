"""Nothing is there in vain: every criterion counts, every question is asked somewhere, every record can be come to.

A criterion counts if some answers come out otherwise without it. A pathway can be come to if some answers bring it.
A name is shadowed where looking it up leads elsewhere.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from itertools import islice

from cst.checks.proof import Proof, Wrong
from cst.checks.state_space import NOT_SURE, Leaning, Ways, differ, independent, leaning, leans, parts_dropped, starts
from cst.engine.rule_text import in_words
from cst.rules import AllOf, Rule, questions
from cst.source.consistency import rule_places
from cst.toolkit.names import NAMED_KINDS, called, exact
from cst.toolkit.toolkit import Toolkit

NAMED = ("rules", "schemes")
RULED = ("pathways", "schemes", "rules", "modes", "questions")


def every_criterion_counts(toolkit: Toolkit, day: date) -> Proof:
    """Each part of each rule and condition is left out in turn: some answers must come out otherwise."""
    tried, wrong = 0, []
    named = frozenset(toolkit.rule(record["rule"], day) for kind in NAMED for record in toolkit.kind(kind).values())
    for place, source in places(toolkit):
        rule = toolkit.rule(source, day)
        ways = Ways(toolkit, [rule], pairs=True)
        for part, left, without in _left_out(rule, named):
            tried += 1
            if differ(ways, left, without) is None:
                says = f"{in_words(toolkit, part)} makes no difference: the rule comes out the same without it"
                wrong.append(Wrong("idle-criterion", place, says, "take it out, or mend what makes it idle"))
    return Proof("Every criterion makes a difference", f"{tried} parts of rules", tuple(wrong[:9]))


def _left_out(rule: Rule, named: frozenset[Rule]) -> Iterator[tuple[Rule, Rule, Rule]]:
    """Each part of a rule, with the rule it counts in and that rule without it."""
    apart = independent(rule)
    for one in apart:
        if len(apart) > 1:
            yield one, one, isinstance(rule, AllOf)
        if one is rule or one not in named:  # a rule with a name of its own is looked at where it stands
            yield from ((part, one, without) for part, without in parts_dropped(one, named))


def places(toolkit: Toolkit) -> Iterator[tuple[tuple[str, ...], object]]:
    """Every rule and condition, with where it stands."""
    for kind in RULED:
        for name, record in toolkit.kind(kind).items():
            for path, source in rule_places(record):
                yield (kind, name, *map(str, path)), source


def every_pathway_can_be_reached(toolkit: Toolkit, day: date) -> Proof:
    """Of each pathway's states, one in which it is taken; the fallback comes where nothing else does."""
    tried, wrong = 0, []
    for name, pathway in toolkit.kind("pathways").items():
        if name == toolkit.records["fallback"]:
            continue
        rule = toolkit.rule(pathway["rule"], day)
        ways = Ways(toolkit, [rule], each_alike=False)
        seen: set[Leaning] = set()
        begun = starts(toolkit, [leaning(rule, leans(pathway))])
        found = any(_leads_to_yes(ways, one.state[0], seen) for one in begun)
        tried += len(seen)
        if not found:
            says = f"no answers bring {name}"
            wrong.append(Wrong("unreachable", ("pathways", name), says, "mend its rule, or take it out"))
    reached = len(toolkit.kind("pathways"))
    return Proof("Every pathway can be reached", f"{reached} pathways, {tried} states looked at", tuple(wrong[:9]))


def _leads_to_yes(ways: Ways, left: Leaning, seen: set[Leaning]) -> bool:
    """Whether some answers make a rule yes; one question at a time, as each has to be answered some way or other.

    Args:
        ways: the answers that can matter to the rule.
        left: what is left of it.
        seen: what was looked at before, and led nowhere.
    """
    if left.rule is True or not left.asked:
        return left.rule is True
    if left in seen:
        return False
    seen.add(left)
    question = left.asked[0]
    return any(_leads_to_yes(ways, left.put(question, value), seen) for value in (*ways.of(question), NOT_SURE))


def every_question_is_asked(toolkit: Toolkit, day: date) -> Proof:
    """Each question stands in a rule or condition, or is asked to word an answer or to end a mode."""
    used = {question for _, source in places(toolkit) for question in questions(toolkit.rule(source, day))}
    used |= {name for scheme in toolkit.kind("schemes").values() for name in scheme.get("also_ask", ())}
    used |= {name for name, question in toolkit.kind("questions").items() if question.get("words_only")}
    used |= {mode["until"] for mode in toolkit.kind("modes").values() if "until" in mode}
    for scheme in toolkit.kind("schemes").values():
        for own in scheme.get("area_rules", {}).values():
            used |= set(questions(toolkit.rule(own.get("rule", scheme["rule"]), day)))
    used |= {name for name, question in toolkit.kind("questions").items() if question.get("choices_from") == "areas"}
    idle = [name for name in toolkit.kind("questions") if name not in used]
    wrong = [
        Wrong("idle-question", ("questions", name), f"nothing asks {name}", "use it in a rule, or take it out")
        for name in idle
    ]
    return Proof("Every question is asked for something", f"{len(toolkit.kind('questions'))} questions", tuple(wrong))


def every_service_is_called_or_found(toolkit: Toolkit, day: date) -> Proof:
    """Each role is asked for and filled; each record is what its own id and name lead to, among the first."""
    wrong = []
    uses = {
        call["use"]
        for kind in ("pathways", "schemes")
        for record in toolkit.kind(kind).values()
        for call in record["call"]
    }
    filled = {role for contact in toolkit.kind("contacts").values() for role in contact.get("fills", ())}
    for role in toolkit.kind("roles"):
        if role not in uses:
            wrong.append(Wrong("idle-role", ("roles", role), f"nothing asks for {role}", "call it, or take it out"))
        if role not in filled:
            wrong.append(Wrong("empty-role", ("roles", role), f"no contact fills {role}", "let one fill it"))
    names = 0
    for kind in NAMED_KINDS:
        for name, record in toolkit.kind(kind).items():
            names += 1
            for said in islice(called(name, record), 2):
                found = exact(toolkit.names, said)
                if (kind, record.get("beside", name)) not in found:
                    says = f"looking up {said} leads to {found[0][1] if found else 'nothing'} and not to {name}"
                    wrong.append(Wrong("shadowed", (kind, name), says, "give one of the two another name"))
    tried = f"{len(toolkit.kind('roles'))} roles, {names} names"
    return Proof("Every role is asked for and filled, every record found by its name", tried, tuple(wrong[:9]))


def proofs(toolkit: Toolkit, day: date) -> Iterator[Proof]:
    """All of them."""
    yield every_criterion_counts(toolkit, day)
    yield every_pathway_can_be_reached(toolkit, day)
    yield every_question_is_asked(toolkit, day)
    yield every_service_is_called_or_found(toolkit, day)
