"""What to ask and what to say: answers in, plan out.

A pure function with no state between calls. Going back is dropping an answer; resuming is giving answers again.
Danger is asked first, then the concern, then only what can still change the plan, in the author's order.
"""

from __future__ import annotations

from cst import CONTRACT
from cst.engine.answers import Answers, spoken
from cst.engine.call_order import Call, call_order
from cst.engine.contact import Here
from cst.engine.describe import area_name, describe_cautions, describe_edition, describe_source, describe_steps
from cst.engine.not_sure import (
    URGENCIES,
    Unknowns,
    as_yes,
    box,
    cautions_of_unknowns,
    enough_unknown,
    find_out,
    named_questions,
    stays_out,
)
from cst.engine.questions import danger_questions, describe_questions, describe_reasons
from cst.engine.scheme_words import hint
from cst.lean_typing import TYPE_CHECKING, NamedTuple
from cst.rules import NOTHING, Rule, questions, reasons, residual

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import datetime

    from cst import contract
    from cst.source import records
    from cst.toolkit.toolkit import Toolkit

AREA = "area"
NOTHING_YET = "Nothing is known yet that anybody should be rung about."


class Taken(NamedTuple):
    """A pathway that applies: its id, whether the answers make it certain, and the unknowns that it was taken on.

    heads: whether it may lead the plan: it is certain, or what is not sure is danger that leads.
    """

    name: str
    certain: bool
    heads: bool = True
    counting: frozenset[str] = NOTHING


class Situation:
    """A toolkit and a set of answers put to it somewhere, at a minute. Everything a plan says is worked out from it.

    Where and when are known in two forms and no more: `Here`, for whatever needs an area and a minute alone, and this,
    where answers count too (one of them may give the area). How the area was found is a `toolkit.places.Place`.
    """

    def __init__(self, toolkit: Toolkit, answers: Answers, at: datetime, area: str | None = None) -> None:
        self.toolkit = toolkit
        self.at = at
        self.given = answers
        self.answers = self._with_implied(self._not_known(answers))
        chosen = self.answers.known.get(AREA)
        self.area = area or (str(chosen) if chosen is not None else None)
        self.where = Here(self.area, at)
        asked = toolkit.kind("questions")
        self._aside = frozenset(name for name in answers.unsure if not asked[name].get("not_sure_leans", True))
        self.unknowns = Unknowns(self)

    def _not_known(self, answers: Answers) -> Answers:
        """A choice that means "nobody knows" is read by every rule as "not sure"."""
        asked = self.toolkit.kind("questions")
        unknown = {name for name, value in answers.known.items() if asked[name].get("means_not_sure") == value}
        return Answers(answers.without(*unknown).known, answers.unsure | unknown) if unknown else answers

    def _with_implied(self, answers: Answers) -> Answers:
        """Facts are shared: an answer that another one implies counts as given."""
        implied = {
            name: True
            for name, question in self.toolkit.kind("questions").items()
            if "implied_by" in question
            and not answers.answered(name)
            and residual(self.rule(question["implied_by"]), answers.known) is True
        }
        return Answers({**answers.known, **implied}, answers.unsure)

    def spoken(self) -> Answers:
        """The answers as they were given, and what they imply."""
        return self.answers.joined(self.given)

    def rule(self, source: object) -> Rule:
        """The rule written at a place in the toolkit, with its figures for the day."""
        return self.toolkit.rule(source, self.at.date())

    def left(self, source: object, toward: bool | None = None) -> Rule:
        """What is left of a rule; `toward` says what "not sure" counts as (see `rules.residual`)."""
        rule = residual(self.rule(source), self.answers.known, self._aside, False) if self._aside else self.rule(source)
        return residual(rule, self.answers.known, self.answers.unsure, toward)

    def is_certain(self, source: object) -> bool:
        """Whether a rule is yes by what is known alone."""
        return self.left(source) is True

    def holds(self, source: object, counting: frozenset[str] | None = None) -> bool:
        """Whether a rule is yes, counting these unknowns as yes (None: every "not sure"); with no rule it is."""
        counting = self.answers.unsure if counting is None else counting
        return source is None or as_yes(self.left(source), counting) is True

    def standing(self, name: str, pathway: records.Pathway) -> Taken | Rule:
        """A pathway as `Taken`, or what is left of its rule: False where it is ruled out."""
        left = self.left(pathway["rule"])
        if not enough_unknown(pathway, self.answers.unsure):
            return False
        if left is True:
            needed = frozenset(of for one in pathway.get("if_unknown", ()) for of in one["of"]) & self.answers.unsure
            return Taken(name, certain=not needed, heads=not needed, counting=needed)
        counts = self.unknowns.counts(name)
        for counting, heads in ((counts.leading, True), (counts.taken, False)):
            leaning = as_yes(left, counting)
            if leaning is True:
                return Taken(name, certain=False, heads=heads, counting=counting.intersection(questions(left)))
        if stays_out(pathway):
            return residual(left, {}, self.answers.unsure, False)
        return leaning if as_yes(leaning, self.answers.unsure) is not False else False

    def sort_out(self) -> tuple[list[Taken], dict[str, Rule]]:
        """The pathways that apply, most urgent first, and those still open with what is left of their rules."""
        pathways = self.toolkit.kind("pathways")
        standings = {name: self.standing(name, pathway) for name, pathway in pathways.items() if self.fits(pathway)}
        taken = {name: standing for name, standing in standings.items() if isinstance(standing, Taken)}
        replaced = {other for one in taken.values() if one.heads for other in pathways[one.name].get("replaces", ())}
        opened: dict[str, Rule] = {
            name: standing
            for name, standing in standings.items()
            if not isinstance(standing, (Taken, bool)) and name not in replaced
        }
        kept = [standing for name, standing in taken.items() if name not in replaced]
        return self.by_urgency(kept), opened

    def by_urgency(self, taken: Iterable[Taken]) -> list[Taken]:
        """What is certain or leads, then what was taken; of each the most urgent first, in the author's order.

        A local file's own pathways come after all that are shipped: they may add, and not come before.
        """
        pathways = self.toolkit.kind("pathways")

        def place(one: Taken) -> tuple[bool, bool, int]:
            record = pathways[one.name]
            return "local" in record, not one.heads, URGENCIES.index(record["urgency"])

        return sorted(taken, key=place)

    def fits(self, pathway: records.Pathway) -> bool:
        """Whether a pathway may speak to whoever is there: it may, unless it is certain that it may not."""
        return "not_if" not in pathway or self.left(pathway["not_if"]) is not True

    def needs_fallback(self, taken: list[Taken]) -> bool:
        """Whether the fallback belongs in the plan: the topic is not sure, or it is known and nothing holds."""
        asked = self.toolkit.kind("questions")
        topics = [name for name, question in asked.items() if not question.get("not_sure_leans", True)]
        if any(one.name == self.toolkit.records["fallback"] for one in taken):
            return False
        return bool(self._aside) or (not taken and all(name in self.answers.known for name in topics))

    def modes(self) -> dict[str, records.Mode]:
        """The modes that are on: the rule holds, and what ends the mode has not been answered yes."""
        return {
            name: mode
            for name, mode in self.toolkit.kind("modes").items()
            if self.holds(mode["rule"]) and self.answers.known.get(mode.get("until", "")) is not True
        }

    def may_be_seen(self) -> bool:
        """Whether a question that could turn on short mode is still to be asked: until then little should be shown."""
        short = (mode["rule"] for mode in self.toolkit.kind("modes").values() if "says" in mode)
        return any(self.askable(name) for rule in short for name in self._undecided(rule))

    def worth_asking(self, taken: Iterable[Taken], opened: dict[str, Rule]) -> set[str]:
        """Questions that can still change the plan."""
        found = {question for left in opened.values() for question in questions(left)}
        for mode in self.toolkit.kind("modes").values():
            found.update(self._undecided(mode["rule"]))
        for one in taken:
            for condition in _conditions(self.toolkit.kind("pathways")[one.name]):
                found.update(self._undecided(condition))
        pathways = self.toolkit.kind("pathways")
        if self.area is None and any(self.calls_locally(pathways[one.name]) for one in taken):
            found.add(AREA)
        never = {name for mode in self.modes().values() for name in mode.get("never_asks", ())}
        asking = {name for name in found - never if self.askable(name)}
        return {name for name in asking if asking.isdisjoint(self._waits_for(name))} or asking

    def askable(self, name: str) -> bool:
        """Whether a question may still be put: it has no answer, and what it is asked for is not ruled out."""
        condition = self.toolkit.kind("questions")[name].get("asked_if")
        return not self.answers.answered(name) and (condition is None or self.left(condition, True) is not False)

    def _waits_for(self, name: str) -> tuple[str, ...]:
        """The questions that decide whether this one is asked at all: while they are open they come first."""
        condition = self.toolkit.kind("questions")[name].get("asked_if")
        return () if condition is None else self._undecided(condition)

    def _undecided(self, condition: object) -> tuple[str, ...]:
        return questions(self.left(condition, True))

    def calls_locally(self, record: records.Pathway | records.Scheme) -> bool:
        """Whether knowing the area could bring in more numbers for a pathway or scheme."""
        return any(self.toolkit.is_local(call.use) for call in self.calls(record))

    def calls(self, record: records.Pathway | records.Scheme, counting: frozenset[str] | None = None) -> list[Call]:
        """The roles and contacts that a pathway or scheme asks for as things stand; `counting`: as in `holds`."""
        wanted = (call for call in record["call"] if self.holds(call.get("when"), counting))
        return [Call(call["use"], call.get("first", False)) for call in wanted]

    def held(self) -> list[str] | None:
        """While a mode holds everything up: the only questions that may be asked. None when nothing does."""
        waiting = [mode["until"] for mode in self.modes().values() if "until" in mode]
        if not waiting:
            return None
        return [name for name in (*danger_questions(self.toolkit), *waiting) if not self.answers.answered(name)]


def plan(
    toolkit: Toolkit, answers: Answers, at: datetime, area: str | None = None, area_says: str | None = None
) -> contract.Plan:
    """What to say for these answers, and what is still worth asking.

    Args:
        toolkit: what is known.
        answers: what has been answered so far.
        at: the minute, in Europe/London.
        area: the person's council area where it was given apart from the answers; with the next, a `Place`.
        area_says: what the place that was given was taken as, or why it has no area; not where an answer gives one.

    Raises:
        NoFigure: a figure that a rule needs has no value on that day.
    """
    here = Situation(toolkit, answers, at, area)
    taken, opened = here.sort_out()
    if here.needs_fallback(taken):
        taken = here.by_urgency([*taken, Taken(toolkit.records["fallback"], certain=True)])
    asking = here.worth_asking(taken, opened)
    held = here.held()
    aside = set_aside(here, taken)
    warned = tuple(cautions_of_unknowns(here, aside))
    outcomes = [_outcome(here, one, warned) for one in taken]
    unknown = find_out(here, taken, aside)
    if unknown:
        outcomes.append(box(here, unknown, warned))
    return {
        "cst": CONTRACT,
        "kind": "plan",
        "edition": describe_edition(toolkit),
        "area": here.area,
        "area_name": area_name(toolkit, here.area),
        "area_says": area_says if area or not here.area else None,
        "at": at.isoformat(timespec="minutes"),
        "answers": spoken(answers, toolkit),
        "set_aside": aside,
        "complete": not asking and held is None,
        "next": describe_questions(toolkit, asking if held is None else held),
        "open": [name for name, left in opened.items() if any(here.askable(asked) for asked in questions(left))],
        "modes": [_describe_mode(name, mode) for name, mode in here.modes().items() if "says" in mode],
        "find_out": unknown,
        "outcomes": outcomes,
        "first": outcomes[0]["first"] if outcomes else None,
        "no_first": outcomes[0]["no_first"] if outcomes else NOTHING_YET,
        "also_ask": also_ask(here),
    }


def _outcome(here: Situation, one: Taken, warned: Iterable[str]) -> contract.Outcome:
    toolkit, pathway = here.toolkit, here.toolkit.kind("pathways")[one.name]
    counts = here.unknowns.counts(one.name)
    calls = call_order(toolkit, here.calls(pathway, counts.leading if one.heads else counts.taken), here.where)
    rule = here.toolkit.rule(pathway["rule"], here.at.date())
    because = reasons(rule, here.answers.known, one.counting, True if one.counting else None)
    unsure = [name for name in questions(here.left(pathway["rule"])) if name in one.counting]
    return {
        "id": one.name,
        "title": pathway["title"],
        "urgency": pathway["urgency"],
        "certain": one.certain,
        "leads": one.heads,
        "asks": named_questions(here, one.name, one.counting),
        "because": describe_reasons(toolkit, because, here.spoken()),
        "unsure_of": describe_questions(toolkit, unsure or one.counting),
        "steps": describe_steps(step for step in pathway["steps"] if here.holds(step.get("when"), counts.taken)),
        "cautions": describe_cautions(toolkit, (*_cautions(here, pathway), *warned)),
        "contacts": calls.contacts,
        "unfilled": calls.unfilled,
        "first": calls.first,
        "no_first": calls.no_first,
        "have_ready": list(pathway.get("have_ready", ())),
        "if_worse": pathway.get("if_worse"),
        "issues": list(pathway.get("issues", ())),
        "sources": [describe_source(toolkit, name) for name in pathway["sources"]],
    }


def _cautions(here: Situation, pathway: records.Pathway) -> Iterator[str]:
    """The pathway's own cautions, then those of every mode that is on."""
    for record in (pathway, *here.modes().values()):
        yield from (use["caution"] for use in record.get("cautions", ()) if here.holds(use.get("when")))


def _conditions(pathway: records.Pathway) -> Iterator[object]:
    """Every `when` of a pathway."""
    for part in (*pathway["steps"], *pathway["cautions"], *pathway["call"]):
        if "when" in part:
            yield part["when"]


def _describe_mode(name: str, mode: records.Mode) -> contract.Mode:
    return {"id": name, "title": mode["title"], "says": list(mode["says"]), "until": mode.get("until")}


def set_aside(here: Situation, taken: Iterable[Taken]) -> list[str]:
    """Answers that no longer matter: neither a reason for anything, nor worth asking for were they not given."""
    rules = list(_rules_in_play(here, taken))
    known, unsure = here.answers.known, here.answers.unsure
    used = {
        fact.question
        for rule in rules
        if residual(rule, known, unsure, True) is True
        for fact in reasons(rule, known, unsure, True)
    }
    used.update(mode["until"] for mode in here.toolkit.kind("modes").values() if "until" in mode)

    asking = [(rule, frozenset(questions(rule))) for rule in rules]

    def would_be_asked(name: str) -> bool:
        without = here.answers.without(name)
        return any(
            name in questions(residual(rule, without.known, without.unsure, True))
            for rule, asked in asking
            if name in asked
        )

    given = (name for name in here.toolkit.kind("questions") if here.given.answered(name))
    return [name for name in given if name not in used and name != AREA and not would_be_asked(name)]


def _rules_in_play(here: Situation, taken: Iterable[Taken]) -> Iterator[Rule]:
    """The rules of all pathways and modes, and the conditions within the pathways that apply."""
    for mode in here.toolkit.kind("modes").values():
        yield here.rule(mode["rule"])
    for pathway in here.toolkit.kind("pathways").values():
        yield here.rule(pathway["rule"])
        if "not_if" in pathway:
            yield here.rule(pathway["not_if"])
    for one in taken:
        for condition in _conditions(here.toolkit.kind("pathways")[one.name]):
            yield here.rule(condition)


def hanging(here: Situation, screen: Iterable[str]) -> tuple[str, ...]:
    """The titles of the open pathways that an answer to one of these questions can bring or rule out."""
    pathways, asked = here.toolkit.kind("pathways"), set(screen)
    _, opened = here.sort_out()
    return tuple(pathways[name]["title"] for name, left in opened.items() if not asked.isdisjoint(questions(left)))


def also_ask(here: Situation) -> list[contract.SchemeHint]:
    """Schemes that the answers already meet, or that are one answer away, where an answer bears on them."""
    hints: list[contract.SchemeHint] = []
    for name, scheme in here.toolkit.kind("schemes").items():
        source, own = scheme_rule(scheme, here.toolkit, here.area)
        if (own and "says" in own) or ("not_hinted_if" in scheme and here.left(scheme["not_hinted_if"]) is True):
            continue
        rule = here.rule(source)
        left = residual(rule, here.answers.known)
        if left is True:
            hints.append({"scheme": name, "title": scheme["title"], "met": True, "says": hint(here, scheme)})
        elif len(questions(left)) == 1 < len(questions(rule)):
            asked = here.toolkit.kind("questions")[questions(left)[0]]["ask"]
            hints.append({"scheme": name, "title": scheme["title"], "met": False, "says": asked})
    return hints


def scheme_rule(scheme: records.Scheme, toolkit: Toolkit, area: str | None) -> tuple[object, records.AreaRule | None]:
    """The rule of a scheme in an area, and the area's own entry where it has one, with or without a rule of its own."""
    own = scheme.get("area_rules", {})
    entry = next((own[name] for name in toolkit.around(area) if name in own), None) if area else None
    return entry["rule"] if entry and "rule" in entry else scheme["rule"], entry
