"""Promise: hours in words hold at any minute, and say what is not known."""

from __future__ import annotations

from typing import Any

import pytest

from cst.handbook.any_minute import schedules
from cst.views.timetable import timetable
from tests.support.states import shipped

OFFICE = {"days": "Mon-Fri", "opens_at": "09:00", "closes_at": "17:00"}


@pytest.mark.parametrize(
    ("schedule", "says"),
    [
        ("always", "open day and night"),
        ("unknown", "hours not known"),
        ([OFFICE], "Mon-Fri 09:00 to 17:00; bank holidays not known"),
        ([OFFICE, {"days": "bank-holidays", "closed": True}], "Mon-Fri 09:00 to 17:00; bank holidays closed"),
        (
            [OFFICE, {"days": "Sat-Sun", "unknown": True}, {"days": "bank-holidays", "unknown": True}],
            "Mon-Fri 09:00 to 17:00; Sat-Sun not known; bank holidays not known",
        ),
        (
            [
                {"days": "Fri", "opens_at": "00:00", "closes_at": "08:30"},
                {"days": "Fri", "opens_at": "16:30", "closes_at": "24:00"},
                {"days": "Sat-Sun", "opens_at": "00:00", "closes_at": "24:00"},
                {"days": "bank-holidays", "opens_at": "00:00", "closes_at": "24:00"},
            ],
            "Fri 00:00 to 08:30 and 16:30 to midnight; Sat-Sun all day and night; bank holidays all day and night",
        ),
    ],
)
def test_a_timetable_says_each_row_and_what_no_row_says(schedule: Any, says: str) -> None:
    """A day without a row is closed; a bank holiday without one is not known."""
    assert says == timetable(schedule)


def test_a_line_that_answers_out_of_hours_says_so_though_nobody_states_when() -> None:
    """As a look-up does."""
    assert "hours not known; answers out of hours" == timetable("unknown", out_of_hours=True)


def test_two_timetables_in_the_same_words_are_the_same() -> None:
    """The script of the handbook knows a schedule by its words."""
    contacts = shipped().kind("contacts").values()
    stated = [
        one["schedule"] for record in contacts for one in (record, *record.get("phones", ())) if "schedule" in one
    ]
    by_words: dict[str, list[Any]] = {}
    for schedule in stated:
        unstated = {"days": "bank-holidays", "unknown": True}  # the same as no row for them
        rows = schedule if isinstance(schedule, str) else [row for row in schedule if row != unstated]
        by_words.setdefault(timetable(schedule), []).append(rows)

    assert len(by_words) > 30
    assert not [words for words, found in by_words.items() if any(one != found[0] for one in found)]
    assert set(schedules(shipped())) <= set(by_words)
