"""How many questions a worker is asked: over the personas of the toolkit, each walked from nothing to the end.

By day over one in four of them, and by night over all.
"""

from __future__ import annotations

from datetime import datetime
from functools import lru_cache
from statistics import median
from typing import Any

from cst.engine.answers import Answers, read_answers
from cst.engine.plan import plan
from tests.support.levels import sample
from tests.support.states import LONDON, shipped

MOST = 12  # screens in any walk
NOTHING = {"yes-no": False, "pick-many": frozenset(), "number": 0}


@lru_cache
def _walks() -> list[tuple[int, int]]:
    """For each persona with a topic: the screens asked in all, and those asked before the first advice."""
    personas = [case for case in shipped().records["cases"] if "scheme" not in case and "concerns" in case["answers"]]
    tried = sample(personas, len(personas) // 4)
    return [_walk(read_answers(shipped(), case["answers"]), case) for case in tried]


def _walk(wanted: Answers, case: Any) -> tuple[int, int]:
    """What the persona does not say is answered no, none or nought; a choice, and the area, not sure."""
    at = datetime.fromisoformat(case["at"]).replace(tzinfo=LONDON)
    answers, screens, first = Answers(), 0, 0
    while True:
        said = plan(shipped(), answers, at, case.get("area"))
        if not said["outcomes"]:
            first = screens + 1
        asked = [question for question in said["next"] if question["screen"] == 0]
        if not asked:
            return screens, first
        screens += 1
        known, unsure = dict(answers.known), set(answers.unsure)
        for question in asked:
            name = question["id"]
            value = wanted.known.get(name, None if name in wanted.unsure else NOTHING.get(question["type"]))
            if value is None:
                unsure.add(name)
            else:
                known[name] = value
        answers = Answers(known, frozenset(unsure))


def test_there_are_enough_personas_to_speak_of_a_median() -> None:
    """At least eighty."""
    assert len(_walks()) >= 80


def test_half_of_all_walks_take_six_screens_or_fewer_and_none_more_than_twelve() -> None:
    """Fewest questions: a list of rows and choices is one screen, "Which of these apply?"."""
    assert median(screens for screens, _ in _walks()) <= 6
    assert max(screens for screens, _ in _walks()) <= MOST


def test_the_first_advice_comes_after_three_questions_at_most() -> None:
    """Promise 3, in every walk and not only in the median."""
    assert max(first for _, first in _walks()) <= 3
