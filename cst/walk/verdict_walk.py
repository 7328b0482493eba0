"""A walk to a verdict: asks about danger, then what it still needs; before what is sensitive it waits."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from cst.engine.disclosure import asked_for_verdict, disclose_in_verdict
from cst.engine.situation import Situation
from cst.engine.verdict import verdict
from cst.walk.area_prompt import nearest_first
from cst.walk.walk import Next

if TYPE_CHECKING:
    from datetime import datetime

    from cst import contract
    from cst.engine.answers import Answers
    from cst.engine.disclosure import Disclosure
    from cst.toolkit.places import Place
    from cst.toolkit.toolkit import Toolkit


class VerdictWalk(NamedTuple):
    """The topic (see `Topic`) of `cst eligible`: one scheme, at a minute, for somebody at a place.

    taken: what the words on the command line were taken as, where that has to be said.
    """

    toolkit: Toolkit
    scheme: str
    at: datetime
    place: Place
    taken: str = ""

    def first(self) -> str:
        """What the words and the place that were given were taken as, or why the place has no area."""
        return "\n".join(filter(None, (self.taken, self.place.says)))

    def step(self, answers: Answers) -> Next:
        """Danger first."""
        return Next(nearest_first(self.toolkit, asked_for_verdict(self.toolkit, answers, self.end(answers))))

    def disclose(self, answers: Answers, shown: frozenset[str]) -> Disclosure | None:
        """The emergency, and where to wait."""
        here = Situation(self.toolkit, answers, self.at, self.place.area)
        return disclose_in_verdict(here, self.step(answers).questions, shown)

    def end(self, answers: Answers) -> contract.Verdict:
        """The verdict."""
        return verdict(self.toolkit, self.scheme, answers, self.at, *self.place)
