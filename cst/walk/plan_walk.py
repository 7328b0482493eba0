"""A walk to a plan: asks what can change it, and says what is urgent as soon as it is known."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from cst.engine.disclosure import disclose
from cst.engine.plan import hanging, plan
from cst.engine.situation import Situation
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
    """The topic (see `Topic`) of `cst triage`, at a minute, for somebody at a place.

    taken: what the words on the command line were taken as, where that has to be said.
    """

    toolkit: Toolkit
    at: datetime
    place: Place
    taken: str = ""

    def first(self) -> str:
        """What the words and the place that were given were taken as, or why the place has no area."""
        return "\n".join(filter(None, (self.taken, before_first(self.place))))

    def step(self, answers: Answers) -> Next:
        """What can still change the plan, and what hangs on the first of it."""
        end = self.end(answers)
        upcoming = Next(nearest_first(self.toolkit, end["next"]), after=nearest_first(self.toolkit, end["not_asked"]))
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
