"""Every state that answers can bring some rules to, each once.

States, not paths. A state is what is left of the rules once the answers are in: two sets of answers that leave the
same are one state, however they came about. From each state every open question is answered in every way that can
matter, until no new state comes. So what holds in all states holds for all answers, in any order.

"Not sure" is walked as whatever favours yes: what then holds is what a yes could bring, taken or found out. Where a
pathway leaves it out (`on_not_sure: skip`) it is walked as no. A fact that is implied by another is walked as if it
were answered, which covers it.

Concerns, which every rule asks about, are not walked but set at the start: each alone, each pair, none and not sure.
Larger sets bring nothing new: a rule that asks about concerns asks only whether some are among them (`includes`,
`one_of`), never whether some are not; so more concerns can only bring a rule nearer to yes, and what two concerns
bring together, their pair has shown. A rule that needed three at once would be met by no pair; `unreachable` in
`nothing_idle.py` would name it. Seeded random sets of more are walked besides.
"""

from __future__ import annotations

import random
from functools import lru_cache
from itertools import combinations
from typing import TYPE_CHECKING, NamedTuple

from cst.engine.answers import Answers
from cst.engine.not_sure import stays_out
from cst.rules import NOTHING, AllOf, AnyOf, AtLeast, Fact, Not, Rule, Value, facts, questions, residual

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from cst.rules import Known
    from cst.source import records
    from cst.toolkit.toolkit import Toolkit

NOT_SURE = None  # as an answer
LARGER = 20  # random sets of more than two concerns
Way = Value | None


class Leaning:
    """A rule, and what "not sure" counts as in it (None: it stays open).

    The same rule is the same object, made by `leaning`: states are compared a million times, and rules are deep.
    """

    __slots__ = ("asked", "rule", "toward")

    def __init__(self, rule: Rule, toward: bool | None) -> None:
        self.rule = rule
        self.toward = toward
        self.asked = questions(rule)

    def put(self, question: str, value: Way) -> Leaning:
        """What is left once a question is answered."""
        return _put(self, question, value) if question in self.asked else self


leaning = lru_cache(maxsize=1 << 17)(Leaning)


@lru_cache(maxsize=1 << 17)  # states share their rules, and each is asked the same again by whoever walks them
def _put(before: Leaning, question: str, value: Way) -> Leaning:
    if value is NOT_SURE:
        return leaning(residual(before.rule, {}, frozenset({question}), before.toward), before.toward)
    return leaning(residual(before.rule, {question: value}), before.toward)


State = tuple[Leaning, ...]


class Reached(NamedTuple):
    """A state, and answers that lead to it."""

    state: State
    answers: Answers


class Ways:
    """The answers to a question that can matter to some rules."""

    def __init__(
        self, toolkit: Toolkit, rules: Iterable[Rule], *, pairs: bool = False, each_alike: bool = True
    ) -> None:
        """The ways that matter to these rules.

        Args:
            toolkit: what is known.
            rules: what the answers are put to.
            pairs: also two ticks at once.
            each_alike: also each of several answers that these rules do not tell apart, and not just one of them.
        """
        self.toolkit = toolkit
        self.pairs = pairs
        self.each_alike = each_alike
        self.figures: dict[str, set[int]] = {}
        self.ticks: dict[str, set[str]] = {}
        self.facts: dict[str, set[Fact]] = {}
        for rule in rules:
            for fact in facts(rule):
                self.facts.setdefault(fact.question, set()).add(fact)
                if isinstance(fact.value, int) and not isinstance(fact.value, bool):
                    self.figures.setdefault(fact.question, set()).add(fact.value)
                else:
                    ticks = fact.value if isinstance(fact.value, tuple) else (str(fact.value),)
                    self.ticks.setdefault(fact.question, set()).update(map(str, ticks))
        self.known: dict[str, list[Value]] = {}

    def of(self, question: str) -> list[Value]:
        """Yes and no; each choice; none and each tick alone; a number at, above and below each figure."""
        if question not in self.known:
            record = self.toolkit.kind("questions")[question]
            told = self._of(record, question)
            self.known[question] = told if self.each_alike or _is_scored(record) else self._apart(told, question)
        return self.known[question]

    def _apart(self, values: list[Value], question: str) -> list[Value]:
        """Of answers that the rules do not tell apart, the first."""
        by_truth: dict[tuple[Rule, ...], Value] = {}
        asked = list(self.facts.get(question, ()))
        for value in values:
            by_truth.setdefault(tuple(residual(fact, {question: value}) for fact in asked), value)
        return list(by_truth.values())

    def _of(self, record: records.Question, question: str) -> list[Value]:
        match record["type"]:
            case "yes-no":
                return [True, False]
            case "choice":
                return list(self.toolkit.choices(record))
            case "pick-many":
                choices = self.toolkit.choices(record)
                told = [choice for choice in choices if choice in self.ticks.get(question, choices)]
                two = [frozenset(pair) for pair in combinations(told, 2)] if self.pairs else []
                return [frozenset(), *(frozenset({choice}) for choice in choices), *two]
        limits = record.get("constraint", {"at_least": 0, "at_most": 0})
        near = {figure + step for figure in self.figures.get(question, {0}) for step in (-1, 0, 1)}
        return sorted(value for value in near if limits["at_least"] <= value <= limits["at_most"])


def _is_scored(record: records.Question) -> bool:
    """Whether sums count its choices, each for itself."""
    return any("score" in choice for choice in record.get("choices", {}).values())


def walk(ways: Ways, starts: Iterable[Reached]) -> Iterator[Reached]:
    """Every state that can be reached from the starts, each once, with answers that lead to it.

    Args:
        ways: the answers worth giving.
        starts: where to begin.
    """
    seen: set[State] = set()
    waiting: list[Reached] = []
    for begun in starts:
        if begun.state not in seen:
            seen.add(begun.state)
            waiting.append(begun)
    while waiting:
        here = waiting.pop()
        yield here
        for question in open_questions(here):
            for value in (*ways.of(question), NOT_SURE):
                after = put(here.state, question, value)
                if after not in seen:
                    seen.add(after)
                    waiting.append(Reached(after, _answered(here.answers, question, value)))


def open_questions(here: Reached) -> list[str]:
    """The questions left in a state."""
    return list(dict.fromkeys(question for one in here.state for question in one.asked))


def put(state: State, question: str, value: Way) -> State:
    """The state after one more answer."""
    return tuple([one.put(question, value) for one in state])


def answer(here: Reached, question: str, value: Way) -> Reached:
    """The state after one more answer, and the answers that lead to it."""
    return Reached(put(here.state, question, value), _answered(here.answers, question, value))


def _answered(answers: Answers, question: str, value: Way) -> Answers:
    """Answers with one more."""
    known, unsure = answers
    return Answers(known, unsure | {question}) if value is NOT_SURE else Answers({**known, question: value}, unsure)


def start(rules: Sequence[Leaning], known: Known, unsure: frozenset[str] = NOTHING) -> Reached:
    """The state of rules before anything but these answers is in. A concern that is not sure brings no topic."""
    state = []
    for one in rules:
        without = residual(one.rule, {}, unsure, False) if unsure else one.rule
        state.append(leaning(residual(without, known), one.toward))
    return Reached(tuple(state), Answers(known, unsure))


def concern_question(toolkit: Toolkit) -> str:
    """The question of what it is about: whose "not sure" leans nowhere."""
    asked = toolkit.kind("questions")
    return next(name for name, question in asked.items() if not question.get("not_sure_leans", True))


def concerns(toolkit: Toolkit) -> list[frozenset[str]]:
    """None, each issue, each pair, and some larger sets chosen by chance with a fixed seed."""
    issues = list(toolkit.kind("issues"))
    chance = random.Random(1)
    larger = [
        frozenset(chance.sample(issues, chance.randint(3, len(issues)))) for _ in range(LARGER) if len(issues) > 2
    ]
    return [
        frozenset(),
        *(frozenset({issue}) for issue in issues),
        *(frozenset(pair) for pair in combinations(issues, 2)),
        *larger,
    ]


def starts(toolkit: Toolkit, rules: Sequence[Leaning], **given: Value) -> Iterator[Reached]:
    """Rules after the first two questions: danger answered, and every set of concerns."""
    topic = concern_question(toolkit)
    for chosen in concerns(toolkit):
        yield start(rules, {**given, topic: chosen})
    yield start(rules, given, frozenset({topic}))


def leans(pathway: records.Pathway) -> bool:
    """What "not sure" is walked as in a pathway's rule."""
    return not stays_out(pathway)


def replaced(pathway: records.Pathway) -> list[str]:
    """The pathways whose place this one may take."""
    return list(pathway.get("replaces", ()))


def holds(state: State) -> bool:
    """Whether one of the rules is yes, and stays so whatever else is answered."""
    return any(one.rule is True for one in state)


def differ(ways: Ways, one: Rule, other: Rule) -> dict[str, Value] | None:
    """Answers for which two rules come out different, one yes and the other no; None where there are none."""
    return _differ(ways, one, other, set())


def _differ(ways: Ways, one: Rule, other: Rule, alike: set[tuple[Rule, Rule]]) -> dict[str, Value] | None:
    if isinstance(one, bool) and isinstance(other, bool):
        return {} if one is not other else None
    if one == other or (one, other) in alike:
        return None
    asked = next(iter((*questions(one), *questions(other))))
    for value in ways.of(asked):
        found = _differ(ways, residual(one, {asked: value}), residual(other, {asked: value}), alike)
        if found is not None:
            return {asked: value, **found}
    alike.add((one, other))
    return None


def independent(rule: Rule) -> list[Rule]:
    """The parts of an any or all that share no question, each of which can be walked on its own.

    What one part comes to says nothing of what the others can come to; so every state of the whole is a state of each
    part, and what holds in all of theirs holds in all of its.
    """
    if not isinstance(rule, (AnyOf, AllOf)):
        return [rule]
    groups: list[tuple[set[str], list[Rule]]] = []
    for part in rule.parts:
        asked, together = set(questions(part)), [part]
        for group in [group for group in groups if group[0] & asked]:
            groups.remove(group)
            asked, together = asked | group[0], [*group[1], *together]
        groups.append((asked, together))
    return [type(rule)(tuple(parts)) if len(parts) > 1 else parts[0] for _, parts in groups]


def parts_dropped(rule: Rule, whole: frozenset[Rule] = frozenset()) -> Iterator[tuple[Rule, Rule]]:
    """Each part of a rule with the rule as it would be without that part; rules in `whole` are not taken apart."""
    match rule:
        case Fact(question, "one_of", tuple(values)) if len(values) > 1:
            for value in values:
                rest = tuple(other for other in values if other != value)
                yield Fact(question, "one_of", (value,)), Fact(question, "one_of", rest)
        case AnyOf(parts) | AllOf(parts) | AtLeast(_, parts):
            for place, part in enumerate(parts):
                before, after = parts[:place], parts[place + 1 :]
                yield part, rule._replace(parts=(*before, isinstance(rule, AllOf), *after))
                for inner, without in _inside(part, whole):
                    yield inner, rule._replace(parts=(*before, without, *after))
        case Not(part):
            yield from ((inner, Not(without)) for inner, without in _inside(part, whole))


def _inside(part: Rule, whole: frozenset[Rule]) -> Iterator[tuple[Rule, Rule]]:
    return iter(()) if part in whole else parts_dropped(part, whole)
