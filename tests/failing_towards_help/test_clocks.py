"""Promise: a wrong clock takes away only what hangs on the day: figures and opening hours, and never a number.

A laptop with a flat battery starts in 1970 or 2000; the last day that 32 bits can hold is in 2038.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
import tzdata  # type: ignore[import-untyped]

from cst import card
from cst.cli import request
from cst.london import LONDON
from tests.support.command import cst
from tests.support.in_process import Ran, run
from tests.support.states import shipped

YEARS = (1970, 2000, 2019, 2038, 2100)
NO = ("--no-input", "-a", "immediate-danger=no")
COMMANDS: dict[str, tuple[tuple[str, ...], set[int]]] = {
    "welcome": ((), {0}),
    "lookup": (("lookup", "nspcc"), {0}),
    "lookup-scheme": (("lookup", "fire-visit"), {0}),
    "lookup-local": (("lookup", "mash", "--area", "gosport"), {0}),
    "field": (("lookup", "nspcc", "--field", "phone"), {0}),
    "any-words": (("lookup", "frightened", "of", "my", "husband"), {0}),
    "danger": (("triage", "--no-input", "-a", "immediate-danger=yes"), {10}),
    "triage": (("triage", *NO, "-a", "concerns=scams"), {3}),
    "short": (("triage", *NO, "-a", "concerns=domestic-abuse", "--short"), {3}),
    "marac": (("triage", *NO, "-a", "concerns=domestic-abuse", "-a", "dash-count=20"), {3}),
    "eligible": (("eligible", "fire-visit", "--no-input", "-a", "age=82"), {0, 3}),
    "eligible-without": (("eligible", "fire-visit", "--no-input", "-a", "physical-disability=yes"), {0}),
    "graph": (("graph", "fire-visit"), {0}),
    "svg": (("graph", "da-high-risk", "--format", "svg"), {0}),
    "list": (("list", "contacts"), {0}),
    "settings": (("settings",), {0}),
}


def _clock(monkeypatch: pytest.MonkeyPatch, *moment: int) -> None:
    """Sets the computer's clock, as far as cst can see."""

    class Wrong(datetime):
        @classmethod
        def now(cls, tz: Any = None) -> Any:
            return datetime(*moment, tzinfo=tz)  # type: ignore[arg-type,misc]

    monkeypatch.setattr(request, "datetime", Wrong)


@pytest.mark.parametrize("year", YEARS)
@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_answers_in_any_year(name: str, year: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """With the computer's clock so, and the same minute given with --at."""
    words, codes = COMMANDS[name]
    _clock(monkeypatch, year, 1, 1, 10, 0)
    ran = run(*words)
    assert ran.code in codes, ran
    assert ran.out
    if "settings" not in words and words:
        asked = run(*words, "--at", f"{year}-01-01T10:00")
        assert (ran.code, ran.out) == (asked.code, asked.out)
        assert not asked.err or "clock" not in asked.err
    if words and words[0] not in ("list", "graph", "settings") and "--field" not in words:
        assert card.LINE in ran.out
    wrong = "clock says" in ran.err
    assert wrong is (year < 2026 and bool(words) and words[0] not in ("list", "settings"))


@pytest.mark.parametrize("year", YEARS)
def test_what_no_answer_can_settle_is_not_done_and_not_no(year: int) -> None:
    """Before a figure begins an age proves nothing; what needs no figure decides as ever."""
    at = ("--at", f"{year}-01-01T10:00", "--json", "--no-input")
    by_age = json.loads(run("eligible", "fire-visit", "-a", "age=82", *at).out)
    other = json.loads(run("eligible", "fire-visit", "-a", "age=20", "-a", "frailty=yes", *at).out)

    assert ("cannot-say" if year < 2013 else "eligible") == by_age["verdict"]
    assert "eligible" == other["verdict"]
    assert "age" not in [one["id"] for one in (*by_age["would_settle"], *by_age["next"])]


def test_a_plan_that_hangs_on_a_figure_says_that_it_is_open() -> None:
    """It never ends as done."""
    answers: dict[str, Any] = {"immediate-danger": "no", "concerns": ["domestic-abuse"], "dash-count": 20}
    for _ in range(60):
        given = json.dumps({"answers": answers})
        ran = run("triage", "--no-input", "--json", "--answers", "-", "--at", "2000-01-01T10:00", text=given)
        plan = json.loads(ran.out)
        assert not {one["id"] for one in plan["next"]} & answers.keys()  # nothing is asked twice
        if not plan["next"]:
            break
        answers |= {one["id"]: "no" if one["type"] == "yes-no" else "not-sure" for one in plan["next"]}

    assert not plan["next"]
    assert "da-high-risk" in plan["open"]
    assert not plan["complete"]
    assert 3 == ran.code


def _contacts(document: Any) -> Iterator[Any]:
    if isinstance(document, dict):
        if "always" in document and "phones" in document:
            yield document
        document = list(document.values())
    for one in document if isinstance(document, list) else ():
        yield from _contacts(one)


@pytest.mark.parametrize("moment", [(1970, 1, 1), (2000, 1, 3), (2026, 3, 3), (2026, 11, 22)])
def test_with_a_clock_before_the_edition_no_hours_are_known(
    moment: tuple[int, int, int], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Also where the calendar covers the day: the edition could not have been there. The message names the clock."""
    _clock(monkeypatch, *moment, 10, 0)
    words = ("triage", *NO, "-a", "concerns=child-abuse", "--area", "gosport", "--json")
    ran = run(*words)
    found = list(_contacts(json.loads(ran.out)))

    assert len(found) > 3
    assert [] == [one["id"] for one in found if one["open"] is not None and not one["always"]]
    assert f"This computer's clock says {moment[0]}-" in ran.err
    assert "Opening hours are not known." in ran.err
    given = run(*words, "--at", "2026-11-24T10:00")
    assert [one["id"] for one in _contacts(json.loads(given.out)) if one["open"] is not None and not one["always"]]
    assert "clock" not in given.err


def test_the_clock_of_the_edition_and_later_is_not_doubted(monkeypatch: pytest.MonkeyPatch) -> None:
    """From its first day on."""
    published = datetime.fromisoformat(shipped().records["edition"]["published"])
    for year in (published.year, published.year + 1):
        _clock(monkeypatch, year, published.month, published.day, 10, 0)
        assert "clock" not in run("lookup", "nspcc").err


@pytest.mark.parametrize(
    "command", [("screen", "fire-visit", "FILE"), ("export", "sql", "--scheme", "fire-visit", "--dialect", "duckdb")]
)
def test_what_works_on_many_people_at_once_is_refused_without_its_figure(
    command: tuple[str, ...], tmp_path: Path
) -> None:
    """A file where each person over 65 came out as not known would pass for an answer."""
    people = tmp_path / "people.csv"
    people.write_text("age,frailty\n82,no\n", "utf-8")
    words = tuple(str(people) if word == "FILE" else word for word in command)
    ran: Ran = run(*words, "--at", "2000-01-01T10:00")

    assert 2 == ran.code
    assert "no figure for fire-visit-age on 2000-01-01" in ran.err
    assert not ran.out


def test_londons_time_comes_from_the_package_that_cst_depends_on(tmp_path: Path) -> None:
    """Data of the system that say otherwise move no opening hour."""
    there = tmp_path / "Europe" / "London"
    there.parent.mkdir()
    there.write_bytes((Path(tzdata.__file__).parent / "zoneinfo" / "Asia" / "Tokyo").read_bytes())
    ran = cst("lookup", "nspcc", "--json", "--at", "2026-07-01T10:00", PYTHONTZPATH=str(tmp_path))

    assert "2026-07-01T10:00+01:00" == json.loads(ran.stdout)["at"]
    assert "Europe/London" == str(LONDON)
    assert os.path.exists(there)
