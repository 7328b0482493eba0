"""A walk to a plan: asks what can change it, and says what is urgent as soon as it is known."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from cst.engine.disclosure import disclose
from cst.engine.plan import Situation, hanging, plan
from cst.walk.area_prompt import before_first, nearest_first
from cst.walk.walk import Next

if TYPE_CHECKING:
    from datetime import datetime

    from cst import contract
    from cst.engine.answers import Answers
    from cst.engine.disclosure import Disclosure
    from cst.toolkit.places import Place
    from cst.toolkit.toolkit import Toolkit


class PlanWalk(NamedTuple):
    """The topic (see `Topic`) of `cst triage`, at a minute, for somebody at a place."""

    toolkit: Toolkit
    at: datetime
    place: Place

    def first(self) -> str:
        """What the place that was given was taken as, or why it has no area."""
        return before_first(self.place)

    def step(self, answers: Answers) -> Next:
        """What can still change the plan, and what hangs on the first of it."""
        upcoming = Next(nearest_first(self.toolkit, self.end(answers)["next"]))
        asked = (question["id"] for question in upcoming.screen())
        return upcoming._replace(hangs=hanging(self._situation(answers), asked))

    def disclose(self, answers: Answers, shown: frozenset[str]) -> Disclosure | None:
        """Modes and what is urgent."""
        return disclose(self._situation(answers), self.end(answers), shown)

    def _situation(self, answers: Answers) -> Situation:
        return Situation(self.toolkit, answers, self.at, self.place.area)

    def end(self, answers: Answers) -> contract.Plan:
        """The plan."""
        return plan(self.toolkit, answers, self.at, *self.place)
