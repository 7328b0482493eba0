"""Which answers lead elsewhere now: each pathway and scheme, under every topic, state by state; and what not sure does.

A pathway is looked at by itself: in a plan with several, the most urgent leads. Topics are set one at a time. Whom to
ring first is worked out in every area, by day and at night. "Not sure" is put to each question on which a pathway
hangs, and the engine of each edition says what it does.
"""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, NamedTuple

from cst.changes.first_calls import NOBODY, FirstCalls, named
from cst.changes.ways_to_answer import ABSENT, Ended, Ends, Hanging, Pair, Side, Steps, TooMany, side
from cst.changes.wording import DOES
from cst.checks.overlay_changes import called
from cst.checks.triage import danger_questions
from cst.engine.answers import Answers
from cst.engine.not_sure import stays_out
from cst.engine.plan import in_order
from cst.engine.questions import describe_answers
from cst.engine.situation import Situation, Taken

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import datetime

    from cst import contract
    from cst.changes.editions import Two
    from cst.engine.call_order import Call
    from cst.toolkit.toolkit import Toolkit

CAME = {"pathways": ("did not come", "came"), "schemes": ("no", "yes")}
COMES = {"pathways": ("does not come", "comes"), "schemes": ("no", "yes")}
LEADS = "counts as a yes, and leads"

Told = tuple["contract.Section", str, str, str]  # section, what differs, what was, what is


class Met(NamedTuple):
    """What a record came to under one topic (None: it has none)."""

    topic: str | None
    ends: Ends
    hanging: Hanging

    def calls(self) -> Iterator[tuple[tuple[Call, ...], tuple[Call, ...]]]:
        """The calls of either edition, where it comes in both."""
        yield from ((old.calls, new.calls) for old, new in self.ends if old.comes and new.comes)


class Case(NamedTuple):
    """One way in which something differs: under a topic, for some answers, and perhaps at one place and time of day."""

    told: Told
    topic: str | None
    ended: Ended
    place: tuple[str, str] | None = None


def elsewhere(two: Two) -> tuple[list[contract.Changed], list[str]]:
    """What differs, and in words what could not be compared."""
    found: list[contract.Changed] = []
    unread: list[str] = []
    with _as_far_as_it_goes("What plans begin with", unread):
        found += _topics(two)
    records: list[_Record] = []
    for kind in ("pathways", "schemes"):
        for name in {**two.old.kind(kind), **two.new.kind(kind)}:
            with _as_far_as_it_goes(name, unread):
                if not (two.was.is_whole(kind, name) and two.now.is_whole(kind, name)):
                    raise LookupError(name)
                records += [_Record(two, kind, name, area) for area in _areas_with_rules(two, kind, name)]
    firsts = FirstCalls(two, [pair for one in records for met in one.met for pair in met.calls()])
    for one in records:
        with _as_far_as_it_goes(one.name, unread):
            found += one.changes(firsts)
    return found, unread


@contextmanager
def _as_far_as_it_goes(what: str, unread: list[str]) -> Iterator[None]:
    """An edition of another shape may lack anything that the engine needs: that is said, and the rest goes on."""
    try:
        yield
    except TooMany:
        unread.append(f"{what}, answer by answer: there are too many states.")
    except (LookupError, ValueError, TypeError, RuntimeError):
        unread.append(f"{what}, answer by answer: it hangs on what one of the two has not.")


class _Record:
    """A pathway or scheme in both editions: with an area, a scheme by the rule that it has there."""

    def __init__(self, two: Two, kind: str, name: str, area: str | None) -> None:
        """Walks it.

        Raises:
            LookupError, ValueError, TypeError, RuntimeError: it is of a shape that cannot be walked.
        """
        self.two, self.kind, self.name, self.area = two, kind, name, area
        self.editions = (two.old, two.new)
        records = [toolkit.kind(kind).get(name) for toolkit in self.editions]
        title = called(records[1] or records[0] or {})
        self.title = f"{title} ({two.both.kind('areas')[area]['name']})" if area else title
        self.sides = [self._side(toolkit) for toolkit in self.editions]
        self.met = list(self._met(Pair(two.both, *self.sides)))
        self.in_both = None not in records
        same = all(two.old.kind(one) == two.new.kind(one) for one in ("questions", "rules", "modes", "parameters"))
        self.asks_not_sure = kind == "pathways" and self.in_both and not (same and records[0] == records[1])

    def _side(self, toolkit: Toolkit) -> Side:
        record = toolkit.kind(self.kind).get(self.name)
        if record is None:
            return ABSENT
        own = record.get("area_rules", {}).get(self.area, {})
        return side(toolkit, record, own.get("rule", record["rule"]), self.two.day)

    def _met(self, pair: Pair) -> Iterator[Met]:
        """What it comes to under each topic under which it can come at all."""
        topics: list[str | None] = [*self.two.both.kind("issues")] if self.kind == "pathways" else [None]
        for topic in topics:
            begun = pair.start({self.two.topic: frozenset({topic})} if topic else {})
            ends = pair.ends(begun.state)
            if any(one.comes for both in ends for one in both):
                yield Met(topic, ends, pair.hanging(begun) if topic else {})

    def changes(self, firsts: FirstCalls) -> Iterator[contract.Changed]:
        """Everything that leads elsewhere."""
        cases: dict[Told, dict[tuple[str | None, Ended], None]] = {}
        places: dict[Told, dict[tuple[str, str], None]] = {}
        for told, topic, ended, place in (*self._apart(firsts), *(self._unsure() if self.asks_not_sure else ())):
            cases.setdefault(told, {})[topic, ended] = None
            if place:
                places.setdefault(told, {})[place] = None
        for told, found in cases.items():
            yield self._told(told, list(found), firsts.in_words(list(places.get(told, ()))))

    def _apart(self, firsts: FirstCalls) -> Iterator[Case]:
        """Where it comes in one edition alone, or for another time, or another is to be rung first."""
        for topic, ends, _ in self.met:
            for (old, new), ended in ends.items():
                if old.comes is not new.comes:
                    words = CAME[self.kind][old.comes], COMES[self.kind][new.comes]
                    yield Case(("elsewhere", "", *words), topic, ended)
                elif old.comes:
                    if old.urgency != new.urgency:
                        urgencies = old.urgency or "not said", new.urgency or "not said"
                        yield Case(("elsewhere", "how urgent", *urgencies), topic, ended)
                    for was, now, *place in () if self.area else firsts.found[old.calls, new.calls]:
                        yield Case(("first", "first to ring", was, now), topic, ended, (place[0], place[1]))

    def _unsure(self) -> Iterator[Case]:
        """Where not sure does something else, in the first state in which something hangs on the question."""
        at = next(iter(self.two.minutes().values()))
        for topic, _, hanging in self.met:
            for (question, value), before in hanging.items():
                answers = Answers(before.known, before.unsure | {question})
                was, now = (_does(toolkit, self.name, answers, question, value, at) for toolkit in self.editions)
                if was != now:
                    steps = tuple((asked, given) for asked, given in before.known.items() if asked != self.two.topic)
                    asked = self.two.both.kind("questions")[question]["ask"]
                    yield Case(("not-sure", f"not sure: {asked}", was, now), topic, Ended(1, steps))

    def _told(self, told: Told, found: Sequence[tuple[str | None, Ended]], where: str) -> contract.Changed:
        section, what, was, now = told
        topics = self.two.both.kind("issues")
        topic, plainest = min(found, key=lambda one: len(one[1].steps))
        whole = what == "" and not self.in_both  # all of it is new or gone
        hanging = section == "not-sure"
        return {
            "section": section,
            "kind": self.kind,
            "id": self.name,
            "title": self.title,
            "what": what,
            "was": None if whole and self.sides[0] is ABSENT else was,
            "now": None if whole and self.sides[1] is ABSENT else now,
            "turned": False,
            "where": where,
            "topics": [topics[one]["title"] for one in dict.fromkeys(topic for topic, _ in found) if one],
            "ways": sum(ended.ways for _, ended in found),
            "of": sum(len(one.hanging) if hanging else sum(end.ways for end in one.ends.values()) for one in self.met),
            "example": _example(self.two, topic, plainest.steps),
        }


def _areas_with_rules(two: Two, kind: str, name: str) -> list[str | None]:
    """None, and the areas in which a scheme has a rule of its own."""
    records = [toolkit.kind(kind).get(name, {}) for toolkit in (two.old, two.new)]
    own = {area: 0 for record in records for area, one in record.get("area_rules", {}).items() if "rule" in one}
    return [None, *own]


def _example(two: Two, topic: str | None, steps: Steps) -> str:
    """Answers in words; plain noes are not told one by one."""
    told = {asked: value for asked, value in steps if value is not False and value != frozenset()}
    noes = ["no to what is asked besides"] if len(told) < len(steps) else []
    known = Answers({**told, two.topic: frozenset({topic})} if topic else told)
    return "; ".join([*(one["says"] for one in describe_answers(two.both, known)), *noes])


def _does(toolkit: Toolkit, name: str, answers: Answers, question: str, value: Any, at: datetime) -> str:
    """What not sure about a question does for a pathway."""
    asked = toolkit.kind("questions")
    if question not in asked:
        return "is not asked"
    here = Situation(
        toolkit, Answers({one: of for one, of in answers.known.items() if one in asked}, answers.unsure), at
    )
    pathway = toolkit.kind("pathways")[name]
    standing = here.standing(name, pathway) if here.fits(pathway) else False
    if isinstance(standing, Taken):
        return "makes no difference" if standing.certain else LEADS if standing.heads else DOES["take"]
    if standing is False or stays_out(pathway):
        return DOES["skip"]
    choice = next(iter(value), None) if isinstance(value, frozenset) else value if isinstance(value, str) else None
    return DOES[here.unknowns.row(question, name, choice)["do"]]


def _topics(two: Two) -> Iterator[contract.Changed]:
    """For each topic of both editions, nobody in danger and nothing else answered: what the plan begins with."""
    minutes = two.minutes()
    for issue, record in two.new.kind("issues").items():
        told: dict[tuple[str, str, str], list[str]] = {}
        for minute, at in minutes.items() if issue in two.old.kind("issues") else ():
            (answer, call), (answer_now, call_now) = (
                _opening(two, toolkit, issue, at) for toolkit in (two.old, two.new)
            )
            if call != call_now:
                told.setdefault(("first to ring", call, call_now), []).append(minute)
            elif answer != answer_now:
                told.setdefault(("first answer", answer, answer_now), []).append(minute)
        for (what, was, now), when in told.items():
            yield {
                "section": "first",
                "kind": "issues",
                "id": issue,
                "title": record["title"],
                "what": what,
                "was": was,
                "now": now,
                "turned": False,
                "where": when[0] if len(when) < len(minutes) else "",
            }


def _opening(two: Two, toolkit: Toolkit, issue: str, at: datetime) -> tuple[str, str]:
    """The first answer of a plan about a topic, and whom it rings first."""
    known: dict[str, Any] = dict.fromkeys(danger_questions(toolkit), False)
    here = Situation(toolkit, Answers({**known, two.topic: frozenset({issue})}), at)
    taken, _, ladders = in_order(here)
    if not taken:
        return NOBODY, NOBODY
    pathway = toolkit.kind("pathways")[taken[0].name]
    return f"{pathway['title']} ({pathway['urgency']})", named(toolkit, ladders[taken[0].name].first)
