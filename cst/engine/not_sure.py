"""What "not sure" does, row by row, and the box "Find out today".

A question says in `not_sure` what it does when nobody knows: a row each for a topic, a choice or a pathway. The first
row counts whose `when` is certain. `take`: it holds as a yes would, below what is certain unless the row leads.
`find-out`: a line with one named question, what a yes means and whom to ring all the same. `caution`: do-nots and
nothing else. `skip`: nothing. Where no row fits, the line is made of the question's own words and the pathway's calls,
so that nothing a yes would bring is lost.
"""

from __future__ import annotations

from cst.engine.call_order import LAST_RUNG, Call, call_order
from cst.engine.describe import describe_cautions, describe_source
from cst.engine.questions import describe_questions, describe_reasons
from cst.lean_typing import TYPE_CHECKING, NamedTuple
from cst.rules import NOTHING, OPERATORS, AnyOf, Fact, facts, mapped, questions, residual

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from typing import Any

    from cst import contract
    from cst.engine.situation import Situation, Taken
    from cst.rules import Rule
    from cst.toolkit.toolkit import Record

FIND_OUT = "find-out"
TITLES = ("Find out today", "Find out tonight")
_DAY = range(6, 18)  # hours at which it is "today"
# Of lines as urgent as each other: the body first, then an attack, one's own life, a child, money, an adult.
ORDER = ("body", "attack", "own-life", "child", "money", "adult", "other")
URGENCIES = ("now", "today", "soon", "routine")
SHOWN = 3  # lines on a screen, and more only where more could be for now
HOW = "Ask them alone. No relative interprets. Do not question a child, and do not investigate."
LEAD = "Tell your own safeguarding lead as well, not instead."
HOW_ME = "Ring from a phone that the other one cannot see. You need not be sure. It is not your fault."
_OWN_WORDS: Record = {"do": FIND_OUT}


class Counts(NamedTuple):
    """The unknowns that hold as a yes would in one pathway, and those of them that lead."""

    taken: frozenset[str] = NOTHING
    leading: frozenset[str] = NOTHING


class Unknowns:
    """The questions answered "not sure" in a situation, and the rows that are in force for them."""

    def __init__(self, here: Situation) -> None:
        self.here = here
        asked = here.toolkit.kind("questions")
        self.rows: Mapping[str, Sequence[Record]] = {
            name: [row for row in question.get("not_sure", ()) if "when" not in row or here.is_certain(row["when"])]
            for name, question in asked.items()
            if name in here.answers.unsure or (name in here.wording and name in here.given.unsure)
        }
        self._taking = [name for name, rows in self.rows.items() if any(row["do"] == "take" for row in rows)]
        self._counts: dict[str, Counts] = {}

    def row(self, question: str, pathway: str, choice: str | None = None) -> Record:
        """The row for a question where a pathway asks it, and for one choice of it."""
        for row in self.rows.get(question, ()):
            if pathway in row.get("pathways", (pathway,)) and choice in row.get("of", (choice,)):
                return row
        return _OWN_WORDS

    def counts(self, name: str) -> Counts:
        """The unknowns that hold as a yes would in a pathway."""
        if name not in self._counts:
            self._counts[name] = self._counted(name)
        return self._counts[name]

    def _counted(self, name: str) -> Counts:
        pathway, unsure = self.here.toolkit.kind("pathways")[name], self.here.answers.unsure
        if not unsure or stays_out(pathway):
            return Counts()
        rows = {question: self.row(question, name) for question in self._taking}
        taken = {question for question, row in rows.items() if row["do"] == "take"}
        leading = {question for question in taken if rows[question].get("leads")}
        for here in pathway["on_not_sure"]:
            if here["do"] == "take" and ("when" not in here or self.here.is_certain(here["when"])):
                taken |= unsure.intersection(here.get("of", unsure))
        return Counts(frozenset(taken), frozenset(leading))


def as_yes(left: Rule, counting: frozenset[str]) -> Rule:
    """What is left of a rule in which these unknowns count as whatever favours yes."""
    return residual(left, {}, counting, True) if counting else left


def stays_out(pathway: Record) -> bool:
    """Whether "not sure" never brings a pathway, nor a line for it."""
    return bool(pathway["on_not_sure"][-1]["do"] == "skip")


def enough_unknown(pathway: Record, unsure: frozenset[str]) -> bool:
    """Whether a pathway for what is not known has as many unknowns as it needs; any other pathway needs none."""
    needed = pathway.get("if_unknown", ())
    return not needed or any(len(unsure.intersection(one["of"])) >= one["count"] for one in needed)


class _Line(NamedTuple):
    """A row in force that stands in the box, with the pathways that a yes would bring."""

    question: str
    row: Record
    pathways: tuple[str, ...]


def find_out(here: Situation, taken: Sequence[Taken], aside: Iterable[str] = ()) -> list[contract.FindOut]:
    """The lines of the box: what a yes would bring that does not stand in the plan, the deadliest first.

    Lines with the same number to ring first share a place (`line`), as questions share a screen.

    Args:
        here: the answers, where and when.
        taken: the pathways in the plan.
        aside: answers that do not matter here.
    """
    told = [_described(here, line) for line in _lines(here, taken, frozenset(aside))]
    told.sort(key=_deadliest)
    places: dict[object, int] = {}
    for number, line in enumerate(told):
        first = line["ring"]["first"]
        line["line"] = places.setdefault((first["contact"], first["phone"]) if first else number, len(places))
    return sorted(told, key=lambda line: line["line"])


def _deadliest(line: contract.FindOut) -> tuple[int, int]:
    return URGENCIES.index(line["urgency"]), ORDER.index(line["about"])


def _lines(here: Situation, taken: Sequence[Taken], aside: frozenset[str]) -> list[_Line]:
    found: dict[tuple[str, int], _Line] = {}

    def add(question: str, row: Record, pathways: tuple[str, ...]) -> None:
        before = found.get((question, id(row)), _Line(question, row, ()))
        more = tuple(name for name in pathways if name not in before.pathways)
        found[question, id(row)] = before._replace(pathways=before.pathways + more)

    for name, left in brought_by_a_yes(here, taken).items():
        for question in questions(left):
            if question in here.answers.unsure:
                for row in _rows_of(here, name, left, question):
                    if row["do"] == FIND_OUT:
                        add(question, row, (name,))
    for question, rows in here.unknowns.rows.items():
        for row in rows if question not in aside else ():
            if row["do"] == FIND_OUT and row.get("always"):
                add(question, row, ())
    order = list(here.toolkit.kind("questions"))
    return sorted(found.values(), key=lambda line: order.index(line.question))


def brought_by_a_yes(here: Situation, taken: Sequence[Taken]) -> dict[str, Rule]:
    """The pathways that do not stand in the plan and would if what is not sure turned out so, with what is left."""
    if not here.answers.unsure:
        return {}
    pathways = here.toolkit.kind("pathways")
    standing = {one.name for one in taken}
    standing.update(other for one in taken for other in pathways[one.name].get("replaces", ()))
    implied = _implied_by_a_yes(here)
    found: dict[str, Rule] = {}
    for name, pathway in pathways.items():
        if name not in standing and not stays_out(pathway) and here.fits(pathway):
            left = _with_implied(here.left(pathway["rule"]), implied)
            if not isinstance(left, bool) and as_yes(left, here.answers.unsure) is True:
                found[name] = left
    return found


def _implied_by_a_yes(here: Situation) -> dict[str, Rule]:
    """The questions without an answer that a yes to what is not sure would answer, with what is left of why."""
    found: dict[str, Rule] = {}
    for name, question in here.toolkit.kind("questions").items():
        if "implied_by" in question and not here.answers.answered(name):
            left = here.left(question["implied_by"])
            if not isinstance(left, bool) and as_yes(left, here.answers.unsure) is True:
                found[name] = left
    return found


def _with_implied(left: Rule, implied: Mapping[str, Rule]) -> Rule:
    """A rule in which what a yes would imply stands beside the question itself."""
    if isinstance(left, Fact) and left.question in implied:
        return AnyOf((left, implied[left.question]))
    return mapped(left, lambda part: _with_implied(part, implied)) if implied else left


def _rows_of(here: Situation, pathway: str, left: Rule, question: str) -> Iterator[Record]:
    """The rows of a question that speak for what a pathway still asks of it."""
    asked = [fact for fact in facts(left) if fact.question == question]
    record = here.toolkit.kind("questions")[question]
    if record["type"] not in ("choice", "pick-many"):
        yield here.unknowns.row(question, pathway)
        return
    for choice in here.offered(question):
        value = choice if record["type"] == "choice" else frozenset({choice})
        if any(says(fact, value) for fact in asked):
            yield here.unknowns.row(question, pathway, choice)


def says(fact: Fact, value: Any) -> bool:
    """Whether a comparison is yes for an answer."""
    return OPERATORS[fact.operator](value, fact.value)


def _described(here: Situation, line: _Line) -> contract.FindOut:
    pathways = here.toolkit.kind("pathways")
    urgencies: list[contract.Urgency] = [pathways[name]["urgency"] for name in line.pathways]
    titles = [pathways[name]["title"] for name in line.pathways]
    calls = line.row.get("ring") or (pathways[line.pathways[0]]["call"] if line.pathways else ())
    asked = here.toolkit.kind("questions")[line.question]["ask"]
    ladder = call_order(
        here.toolkit,
        [Call(one["use"], one.get("first", False)) for one in calls if here.speaks_to(one)],
        here.where,
        here.is_certain,
    )
    return {
        "question": line.question,
        "of": list(line.row.get("of", ())),
        "pathways": list(line.pathways),
        "urgency": line.row.get("yes_is", min(urgencies, key=URGENCIES.index, default="today")),
        "about": line.row.get("about", "other"),
        "brief": line.row.get("brief"),
        "says": line.row.get("asks") or f"{asked.rstrip('?.')}?",
        "if_yes": line.row.get("if_yes") or f"{'; '.join(titles) or 'say so here'}.",
        "meanwhile": line.row.get("meanwhile"),
        "ring": {
            "contacts": ladder.contacts,
            "unfilled": ladder.unfilled,
            "first": ladder.first,
            "no_first": ladder.no_first,
        },
        "line": 0,
    }


def cautions_of_unknowns(here: Situation, aside: Iterable[str]) -> Iterator[str]:
    """The do-nots that the rows in force bring."""
    apart = frozenset(aside)
    for question, rows in here.unknowns.rows.items():
        if question not in apart:
            for row in rows:
                yield from (use["caution"] for use in row.get("cautions", ()) if here.speaks_to(use))


def named_questions(here: Situation, pathway: str, counting: Iterable[str]) -> list[str]:
    """The named questions of the unknowns that a pathway was taken on."""
    rows = (here.unknowns.row(question, pathway) for question in here.answers.unsure.intersection(counting))
    return sorted(row["asks"] for row in rows if row["do"] == "take" and "asks" in row)


def shared_lines(found: Sequence[contract.FindOut]) -> list[list[contract.FindOut]]:
    """The lines as they are read: those with the same number together."""
    places = dict.fromkeys(line["line"] for line in found)
    return [[line for line in found if line["line"] == place] for place in places]


def first_lines(found: Sequence[contract.FindOut]) -> int:
    """How many shared lines a screen shows: three, and more only where more could be for now."""
    urgent = sum(any(line["urgency"] == "now" for line in lines) for lines in shared_lines(found))
    return max(SHOWN, urgent)


def in_words(lines: Sequence[contract.FindOut]) -> str:
    """One shared line: each question with what a yes means, then whom to ring without waiting for an answer."""
    asked = " ".join(f"{line['says']} If yes: {line['if_yes']}" for line in lines)
    meanwhile = " ".join(dict.fromkeys(line["meanwhile"] for line in lines if line["meanwhile"]))
    ring = f"Still not known: {ring_in_words(lines[0]['ring'])}, do not wait."
    return " ".join(filter(None, (asked, ring, meanwhile)))


def ring_in_words(ring: contract.Ladder) -> str:
    """Whom to ring, and who answers where they do not."""
    rungs = dict.fromkeys(_numbers(ring))
    return "ring " + ", or ".join(rungs) if rungs else "ask your safeguarding lead today"


def rung(ring: contract.Ladder) -> Iterator[contract.Contact]:
    """The contact to ring first, and where it is not always open the first that is, but for the emergency line."""
    first = ring["first"]
    chosen = next((one for one in ring["contacts"] if first and one["id"] == first["contact"]), None)
    if chosen:
        yield chosen
    if chosen is None or not chosen["always"]:
        others = (
            one
            for one in ring["contacts"]
            if one["always"] and one["id"] != LAST_RUNG and one["phones"] and not one["only_for"]
        )
        yield from [one for one in others if one is not chosen][:1]


def _numbers(ring: contract.Ladder) -> Iterator[str]:
    for contact in rung(ring):
        first = ring["first"]
        own = first["phone"] if first and first["contact"] == contact["id"] else contact["phones"][0]["number"]
        phone = next(one for one in contact["phones"] if one["number"] == own)
        hours = "" if contact["always"] else f" ({phone['hours']})"
        yield f"{contact['name']}, {own}{hours}"


def box(here: Situation, found: Sequence[contract.FindOut], warned: Iterable[str]) -> contract.Outcome:
    """The box as an outcome, the last of the plan: who knows only outcomes shows it all the same."""
    shared = shared_lines(found)
    contacts = {one["id"]: one for lines in shared for one in rung(lines[0]["ring"])}
    first = found[0]["ring"]
    me = here.happens_to_who_asks()
    lead = "Tell somebody you trust." if me else LEAD
    lead = f"{lead} If nobody answers there, {ring_in_words(first)}."  # the last line holds a number that answers now
    asked = [line["question"] for line in found]
    questions_of = here.toolkit.kind("questions")
    sources = (source for name in asked for source in questions_of[name].get("sources", ()))
    because = [Fact(name, "is", True) for name in dict.fromkeys(asked)]
    return {
        "id": FIND_OUT,
        "title": TITLES[here.at.hour not in _DAY],
        "brief": None,
        "urgency": "today",
        "certain": False,
        "leads": False,
        "asks": [],
        "because": describe_reasons(here.toolkit, because, here.given),
        "unsure_of": describe_questions(here.toolkit, asked),
        "steps": [*[_step(in_words(lines)) for lines in shared], _step(HOW_ME if me else HOW), _step(lead)],
        "cautions": describe_cautions(here.toolkit, warned),
        "contacts": list(contacts.values()),
        "unfilled": [],
        "first": first["first"],
        "no_first": first["no_first"],
        "have_ready": [],
        "if_worse": None,
        "issues": [],
        "sources": [describe_source(here.toolkit, name) for name in dict.fromkeys(sources)],
    }


def _step(text: str) -> contract.Step:
    return {"text": text, "within": None, "brief": None, "key": False, "duty": False}
