"""What a scheme says where its rule is met: the same yes is another thing to do for another answer.

Someone who refuses is not "yes, ask for a visit"; a smoker with oxygen cannot wait as long as somebody of 82. The
data says so: `instead` has words and steps for such answers, `how_soon` the urgency. Of each the first that fits
counts.
"""

from __future__ import annotations

from cst.lean_typing import TYPE_CHECKING

if TYPE_CHECKING:
    from cst.engine.situation import Situation
    from cst.toolkit.toolkit import Record


def instead(here: Situation, scheme: Record) -> Record:
    """The words, and perhaps steps, that stand in the place of the scheme's own; empty where its own stand."""
    return _first_that_fits(here, scheme, "instead")


def how_soon(here: Situation, scheme: Record) -> Record:
    """The urgency and its words; empty where the scheme does not say."""
    return _first_that_fits(here, scheme, "how_soon")


def hint(here: Situation, scheme: Record) -> str:
    """What is said where the scheme is met, in one go: what to do, and how soon where that is today."""
    says: str = instead(here, scheme).get("says", scheme["says"]["eligible"])
    soon = how_soon(here, scheme)
    return f"{says} {soon['says']}" if soon.get("urgency") in ("now", "today") else says


def _first_that_fits(here: Situation, scheme: Record, part: str) -> Record:
    return next((one for one in scheme.get(part, ()) if _fits(here, one)), {})


def _fits(here: Situation, one: Record) -> bool:
    """Whether the condition is certain, or its question was answered "not sure"; with no condition it fits."""
    if "not_sure_of" in one:
        return one["not_sure_of"] in here.answers.unsure
    return "when" not in one or here.left(one["when"]) is True
