"""A toolkit and a set of answers put to it somewhere, at a minute: what holds, what applies, what is worth asking.

Everything that a plan or a verdict says is worked out from a `Situation`. It keeps no state between calls.
"""

from __future__ import annotations

from cst.engine.answers import Answers
from cst.engine.call_order import Call
from cst.engine.contact import Here
from cst.engine.not_sure import URGENCIES, Unknowns, as_yes, enough_unknown, stays_out
from cst.engine.questions import danger_questions
from cst.lean_typing import TYPE_CHECKING, NamedTuple
from cst.rules import NOTHING, Rule, questions, residual

if TYPE_CHECKING:
    from collections.abc import Container, Iterable, Iterator, Mapping
    from datetime import datetime
    from typing import Any

    from cst.source import records
    from cst.toolkit.toolkit import Toolkit

AREA = "area"
ME = "me"  # of the question that only words steps: it is happening to whoever asks


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
        self.wording = frozenset(
            name for name, question in toolkit.kind("questions").items() if question.get("words_only")
        )
        given = self._not_known(answers)
        topics = (name for name, question in toolkit.kind("questions").items() if not leans(question))
        self._topic = tuple((name, given.known[name]) for name in topics if name in given.known)
        self._left: dict[tuple[int, bool | None], Rule] = {}
        self.answers = self._with_implied(given)
        self._answered = self.answers.names()
        self._stance = frozenset(str(value) for name, value in answers.known.items() if name in self.wording)
        chosen = self.answers.known.get(AREA)
        self.area = area or (str(chosen) if chosen is not None else None)
        self.where = Here(self.area, at)
        asked = toolkit.kind("questions")
        self._aside = frozenset(name for name in answers.unsure if not leans(asked[name]))
        self._modes = {name: mode for name, mode in toolkit.kind("modes").items() if self._is_on(mode)}
        self.unknowns = Unknowns(self)

    def _not_known(self, answers: Answers) -> Answers:
        """A choice that means "nobody knows" is read by every rule as "not sure".

        What only words steps leans nowhere when it is not sure: what is said then is what is right whoever asks.
        """
        asked = self.toolkit.kind("questions")
        unknown = {name for name, value in answers.known.items() if asked[name].get("means_not_sure") == value}
        unsure = (answers.unsure | unknown) - self.wording
        return Answers(answers.without(*unknown).known, unsure) if unsure != answers.unsure else answers

    def _with_implied(self, answers: Answers) -> Answers:
        """Facts are shared: an answer that another one implies counts as given."""
        implied = {
            name: True
            for name, question in self.toolkit.kind("questions").items()
            if "implied_by" in question
            and not answers.answered(name)
            and residual(self.about(question["implied_by"])[0], answers.known) is True
        }
        return Answers({**answers.known, **implied}, answers.unsure)

    def spoken(self) -> Answers:
        """The answers as they were given, and what they imply."""
        return self.answers.joined(self.given)

    def rule(self, source: object) -> Rule:
        """The rule written at a place in the toolkit, with its figures for the day."""
        return self.toolkit.rule_as_known(source, self.at.date())

    def about(self, source: object) -> tuple[Rule, frozenset[str]]:
        """What the topic leaves of a rule, and the questions that asks: enough for all but to name reasons."""
        return self.toolkit.rule_about(source, self.at.date(), self._topic)

    def is_topic(self, question: str) -> bool:
        """Whether a question is the one of what it is about, and that is known."""
        return any(question == name for name, _ in self._topic)

    def left(self, source: object, toward: bool | None = None) -> Rule:
        """What is left of a rule; `toward` says what "not sure" counts as (see `rules.residual`)."""
        key = (id(source), toward)
        if key not in self._left:
            (rule, asked), (known, unsure) = self.about(source), self.answers
            if not asked.isdisjoint(self._answered):
                rule = residual(rule, known, self._aside, False) if self._aside else rule
                rule = residual(rule, known, unsure, toward)
            self._left[key] = rule
        return self._left[key]

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
        if left is False or not enough_unknown(pathway, self.answers.unsure):
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
        replaced = {
            other
            for one in taken.values()
            for other in pathways[one.name].get("replaces", ())
            if one.certain
            or (one.heads and pathways[other]["urgency"] not in URGENCIES[:2])  # it may lead, and not silence
        }
        opened: dict[str, Rule] = {
            name: standing
            for name, standing in standings.items()
            if not isinstance(standing, (Taken, bool)) and name not in replaced
        }
        kept = [standing for name, standing in taken.items() if name not in replaced]
        return self.by_urgency(kept), opened

    def by_urgency(self, taken: Iterable[Taken], late: Container[str] = ()) -> list[Taken]:
        """What is certain or leads, then what was taken; of each the most urgent first, in the author's order.

        `late` are the ids of those whose first line is not known to answer: they come after others as urgent. A local
        file's own pathways come after all that are shipped: they may add, and not come before.
        """
        pathways = self.toolkit.kind("pathways")

        def place(one: Taken) -> tuple[bool, bool, int, bool]:
            record = pathways[one.name]
            return "local" in record, not one.heads, URGENCIES.index(record["urgency"]), one.name in late

        return sorted(taken, key=place)

    def fits(self, pathway: records.Pathway) -> bool:
        """Whether a pathway may speak to whoever is there: it may, unless it is certain that it may not."""
        return "not_if" not in pathway or self.left(pathway["not_if"]) is not True

    def needs_fallback(self, taken: list[Taken]) -> bool:
        """Whether the fallback belongs in the plan: the topic is not sure, or it is known and nothing holds."""
        asked = self.toolkit.kind("questions")
        topics = [name for name, question in asked.items() if not leans(question)]
        if any(one.name == self.toolkit.records["fallback"] for one in taken):
            return False
        return bool(self._aside) or (not taken and all(name in self.answers.known for name in topics))

    def modes(self) -> dict[str, records.Mode]:
        """The modes that are on: the rule holds, and what ends the mode has not been answered yes."""
        return self._modes

    def _is_on(self, mode: records.Mode) -> bool:
        return self.holds(mode["rule"]) and self.answers.known.get(mode.get("until", "")) is not True

    def may_be_seen(self) -> bool:
        """Whether a question that could turn on short mode is still to be asked: until then little should be shown."""
        return any(map(self.askable, self.turning_short()))

    def turning_short(self) -> set[str]:
        """The questions that could still turn on a mode in which little is shown."""
        short = (mode["rule"] for mode in self.toolkit.kind("modes").values() if "says" in mode)
        return {name for rule in short for name in self._undecided(rule)}

    def worth_asking(self, taken: Iterable[Taken], opened: dict[str, Rule]) -> set[str]:
        """Questions that can still change the plan."""
        found = {question for left in opened.values() for question in questions(left)}
        for mode in self.toolkit.kind("modes").values():
            found.update(self._undecided(mode["rule"]))
        for one in taken:
            for condition in conditions(self.toolkit.kind("pathways")[one.name]):
                found.update(self._undecided(condition))
        pathways = self.toolkit.kind("pathways")
        if self.area is None and any(self.calls_locally(pathways[one.name]) for one in taken):
            found.add(AREA)
        never = {name for mode in self.modes().values() for name in mode.get("never_asks", ())}
        asking = {name for name in found - never - self.wording if self.askable(name)}
        if asking:
            asking.update(self._wording_asked(asking))
        return {name for name in asking if asking.isdisjoint(self._waits_for(name))} or asking

    def _wording_asked(self, asking: set[str]) -> Iterator[str]:
        """What only words steps: a choice while anything is asked, a list only on a screen that is shown anyway."""
        asked = self.toolkit.kind("questions")
        choices = {name for name in self.wording if asked[name]["type"] == "choice" and self.askable(name)}
        screens = {asked[name].get("group") for name in asking | choices}
        lists = (name for name in self.wording if asked[name]["type"] != "choice" and self.askable(name))
        yield from choices
        yield from (name for name in lists if asked[name].get("group") in screens)

    def askable(self, name: str) -> bool:
        """Whether a question may still be put: it has no answer, and what it is asked for is not ruled out."""
        condition = self.toolkit.kind("questions")[name].get("asked_if")
        given = self.answers.answered(name) or self.given.answered(name)
        return not given and (condition is None or self.left(condition, True) is not False)

    def offered(self, name: str) -> list[str]:
        """The choices of a question that can be so here; those that cannot are not offered, and leave nothing open."""
        question = self.toolkit.kind("questions")[name]
        conditions = {choice: one["when"] for choice, one in question.get("choices", {}).items() if "when" in one}
        return [
            choice
            for choice in self.toolkit.choices(question)
            if choice not in conditions or self._may_be(conditions[choice])
        ]

    def _may_be(self, condition: object) -> bool:
        """Whether a condition is yes, or can become so by what may still be asked."""
        left = self.left(condition, True)
        return left is True or any(map(self.askable, questions(left)))

    def speaks_to(self, part: Mapping[str, Any], counting: frozenset[str] | None = None) -> bool:
        """Whether a step, caution or call is for whoever asks, and its condition holds; `counting`: as in `holds`."""
        return self._stance.isdisjoint(part.get("not_for", ())) and self.holds(part.get("when"), counting)

    def happens_to_who_asks(self) -> bool:
        """Whether it happens to whoever asks, who is spoken to as "you"."""
        return ME in self._stance

    def words(self, part: Mapping[str, Any], key: str) -> str:
        """The words of a step or pathway, for whoever asks."""
        other = part.get("instead", {})
        return str(next((words for choice, words in other.items() if choice in self._stance), part[key]))

    def _waits_for(self, name: str) -> tuple[str, ...]:
        """The questions that decide whether this one is asked at all: while they are open they come first."""
        condition = self.toolkit.kind("questions")[name].get("asked_if")
        undecided = () if condition is None else self._undecided(condition)
        return tuple(one for one in undecided if one not in self.wording)

    def _undecided(self, condition: object) -> tuple[str, ...]:
        return questions(self.left(condition, True))

    def calls_locally(self, record: records.Pathway | records.Scheme) -> bool:
        """Whether knowing the area could bring in more numbers for a pathway or scheme."""
        return any(self.toolkit.is_local(call.use) for call in self.calls(record))

    def calls(self, record: records.Pathway | records.Scheme, counting: frozenset[str] | None = None) -> list[Call]:
        """The roles and contacts that a pathway or scheme asks for as things stand; `counting`: as in `holds`."""
        wanted = (call for call in record["call"] if self.speaks_to(call, counting))
        return [Call(call["use"], call.get("first", False), call.get("later", "")) for call in wanted]

    def held(self) -> list[str] | None:
        """While a mode holds everything up: the only questions that may be asked. None when nothing does."""
        waiting = [mode["until"] for mode in self.modes().values() if "until" in mode]
        if not waiting:
            return None
        return [name for name in (*danger_questions(self.toolkit), *waiting) if not self.answers.answered(name)]


def leans(question: records.Question) -> bool:
    """Whether "not sure" to a question leans anywhere: all but of the topic it does."""
    return question.get("not_sure_leans", True)


def conditions(pathway: records.Pathway) -> Iterator[object]:
    """Every `when` of a pathway."""
    for part in (*pathway["steps"], *pathway["cautions"], *pathway["call"]):
        if "when" in part:
            yield part["when"]
