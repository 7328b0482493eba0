"""The ways to answer of one pathway or scheme, put to two editions at once.

The states are those of `cst check` (`checks/state_space.py`), of both editions at once: what is left of the older rule
and of the newer one. Questions are put one at a time, in the order of the rules, until both are settled. So each way to
answer counts once; and where two ways leave the same, they go on as one and are not walked twice.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from cst.checks.state_space import Reached, State, Ways, answer, leaning, open_questions, put, start
from cst.engine.answers import Answers
from cst.engine.call_order import Call
from cst.rules import NOTHING, AllOf, Not, Rule

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date

    from cst.toolkit.toolkit import Record, Toolkit

MOST = 60_000  # states of one record; the largest that is shipped has some thousands
Steps = tuple[tuple[str, Any], ...]


class TooMany(ValueError):
    """A rule has more states than are walked."""


class End(NamedTuple):
    """What a record comes to where all is answered: whether it comes, how urgent it is then, and whom it calls."""

    comes: bool
    urgency: str = ""
    calls: tuple[Call, ...] = ()


class Ended(NamedTuple):
    """In how many ways to answer a pair of ends is come to, and the plainest of them."""

    ways: int
    steps: Steps


Ends = dict[tuple[End, End], Ended]
Hanging = dict[tuple[str, Any], Answers]


class Side(NamedTuple):
    """A record of one edition as rules: whether it comes; how soon and whom it calls, each with its condition."""

    comes: Rule
    conditions: tuple[Rule, ...] = ()
    soon: tuple[str, ...] = ()
    urgency: str = ""
    calls: tuple[Call, ...] = ()

    def end(self, comes: object, held: Sequence[object]) -> End:
        """What it comes to where its conditions hold or do not."""
        if comes is not True:
            return End(False)
        soon = [urgency for urgency, holds in zip(self.soon, held, strict=False) if holds is True]
        calls = (call for call, holds in zip(self.calls, held[len(self.soon) :], strict=True) if holds is True)
        return End(True, (soon or [self.urgency])[0], tuple(calls))


ABSENT = Side(False)


def side(toolkit: Toolkit, record: Record, source: object, day: date) -> Side:
    """A pathway or scheme whose rule is written at `source`.

    Raises:
        LookupError, ValueError: it hangs on what is not there.
    """

    def read(written: object) -> Rule:
        return written if isinstance(written, bool) else toolkit.rule_as_known(written, day)

    comes = read(source) if "if_unknown" not in record else False  # that is about what is not known
    if "not_if" in record:
        comes = AllOf((comes, Not(read(record["not_if"]))))
    soon, calls = record.get("how_soon", ()), record["call"]
    conditions = [read("not_sure_of" not in one and one.get("when", True)) for one in soon]
    conditions += [read(call.get("when", True)) for call in calls]
    called = (Call(call["use"], call.get("first", False)) for call in calls)
    return Side(
        comes, tuple(conditions), tuple(one["urgency"] for one in soon), record.get("urgency", ""), tuple(called)
    )


class Pair:
    """The states of a record in both editions at once."""

    def __init__(self, both: Toolkit, old: Side, new: Side) -> None:
        self.sides = (old, new)
        self.rules = (old.comes, new.comes, *old.conditions, *new.conditions)
        self.ways = Ways(both, self.rules, each_alike=False)
        self.known: dict[State, Ends] = {}

    def start(self, known: Mapping[str, Any]) -> Reached:
        """The state before anything but these answers is in."""
        return start([leaning(rule, None) for rule in self.rules], known)

    def ends(self, state: State) -> Ends:
        """Every pair of ends that a state can come to.

        Raises:
            TooMany: there are more states than are walked.
        """
        if state not in self.known:
            if len(self.known) > MOST:
                raise TooMany
            self.known[state] = self._ends(state)
        return self.known[state]

    def _ends(self, state: State) -> Ends:
        asked = _next(state)
        if asked is None:
            return {self._come_to(state): Ended(1, ())}
        found: Ends = {}
        for value in self.ways.of(asked):
            for pair, (ways, steps) in self.ends(put(state, asked, value)).items():
                here = ((asked, value), *steps)
                before = found.get(pair, Ended(0, here))
                found[pair] = Ended(before.ways + ways, min(before.steps, here, key=_plainness))
        return found

    def _come_to(self, state: State) -> tuple[End, End]:
        (old, new), held = self.sides, [one.rule for one in state]
        middle = 2 + len(old.conditions)
        return old.end(held[0], held[2:middle]), new.end(held[1], held[middle:])

    def hanging(self, begun: Reached) -> Hanging:
        """Each question, with the answer, that brings the record in either edition: some answers before it."""
        found: Hanging = {}
        seen, waiting = {begun.state}, [begun]
        for here in waiting:
            asked = None if _settled(here.state) else _next(here.state)
            for value in self.ways.of(asked) if asked else ():
                after = answer(here, str(asked), value)
                if any(one.rule is True for one in after.state[:2]) and not any(
                    one.rule is True for one in here.state[:2]
                ):
                    found.setdefault((str(asked), value), here.answers)
                if after.state not in seen:
                    seen.add(after.state)
                    waiting.append(after)
        return found


def _next(state: State) -> str | None:
    """The question to put next: what decides whether it comes, then what its conditions ask."""
    left = open_questions(Reached(state[:2], Answers()))
    if not left and any(one.rule is True for one in state[:2]):
        left = open_questions(Reached(state[2:], Answers()))
    return left[0] if left else None


def _settled(state: State) -> bool:
    return all(isinstance(one.rule, bool) for one in state[:2])


def _plainness(steps: Steps) -> tuple[int, int]:
    """What makes an example plain: few answers but a no, then few at all."""
    return sum(value not in (False, NOTHING) for _, value in steps), len(steps)
