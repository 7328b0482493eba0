"""One screen: at 80 by 24 every look-up, verdict and plan fits, and what may never be cut stands on it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import datetime
from functools import cache
from itertools import combinations, product
from typing import Any

import pytest

from cst.engine.answers import Answers, read_answers
from cst.engine.do_nots import KILL
from cst.engine.entry import entry
from cst.engine.plan import plan
from cst.engine.verdict import verdict
from cst.exits import EMERGENCY
from cst.views.formats.framed import framed
from cst.views.screen.answer_screen import STANDARD, answer_screens, stands
from cst.views.screen.layout import Screen, Size, height
from tests.support.levels import NIGHTLY
from tests.support.states import LONDON, shipped

NIGHT = datetime(2026, 11, 28, 2, 0, tzinfo=LONDON)
DAY = datetime(2026, 11, 24, 11, 0, tzinfo=LONDON)
TIMES = (NIGHT, DAY)
AREAS = ("gosport", "southampton", None)
KINDS = ("issues", "roles", "contacts", "schemes", "pathways", "terms")
SMALL = (Size(40, 23), Size(80, 11))
URGENT = ("now", "today")


def _entries() -> Iterator[tuple[str, Any]]:
    every = [(kind, name) for kind in KINDS for name in shipped().kind(kind)]
    for place, (kind, name) in enumerate(every):
        for area, at in _minutes(place):
            yield f"{name} {area} {at:%H}", entry(shipped(), kind, name, at, area)


def _minutes(place: int) -> list[tuple[str | None, datetime]]:
    """Where and when something is looked at: every area by night and by day, or one of these after the other."""
    everywhere = list(product(AREAS, TIMES))
    return everywhere if NIGHTLY else [everywhere[place % len(everywhere)]]


def _verdicts() -> Iterator[tuple[str, Any]]:
    for name in shipped().kind("schemes"):
        for area in AREAS:
            yield f"{name} {area}", verdict(shipped(), name, Answers(), DAY, area)
    for case in shipped().records["cases"]:
        if "scheme" in case:
            at = datetime.fromisoformat(case["at"]).replace(tzinfo=LONDON)
            answers = read_answers(shipped(), case["answers"])
            yield case["name"], verdict(shipped(), case["scheme"], answers, at, case.get("area"))


def _plans() -> Iterator[tuple[str, Any]]:
    for case in shipped().records["cases"]:
        if "scheme" not in case:
            at = datetime.fromisoformat(case["at"]).replace(tzinfo=LONDON)
            yield case["name"], plan(shipped(), read_answers(shipped(), case["answers"]), at, case.get("area"))
    for place, pair in enumerate(combinations(shipped().kind("issues"), 2)):
        answers = Answers({"immediate-danger": False, "overheard": False, "concerns": frozenset(pair)})
        for area, at in _minutes(place):
            yield f"{' and '.join(pair)} {area} {at:%H}", plan(shipped(), answers, at, area)


@cache
def _answers() -> list[tuple[str, Any]]:
    """Everything that has the form of one screen: what is overheard has not."""
    made = [*_entries(), *_verdicts(), *_plans()]
    return [(name, answer) for name, answer in made if not answer.get("modes")]


@cache
def _screens(size: Size) -> list[tuple[str, Any, list[Screen]]]:
    return [(name, answer, answer_screens(answer, size)) for name, answer in _answers()]


_DRAWN: dict[tuple[int, Size], tuple[Screen, str]] = {}  # by identity: the screen is kept, so that no other gets it


def _drawn(screen: Screen, size: Size) -> str:
    """The screen as it is drawn, once for all tests."""
    if (id(screen), size) not in _DRAWN:
        _DRAWN[id(screen), size] = screen, framed(screen, size, colour=False, ascii_only=False)
    return _DRAWN[id(screen), size][1]


def _wrong(check: Any, size: Size = STANDARD) -> list[str]:
    """The answers for which a check on their screens does not hold."""
    return [name for name, answer, screens in _screens(size) if not check(answer, screens)]


def test_every_answer_fits_one_screen_or_is_marked_as_the_first_of_two() -> None:
    """24 rows with frame and prompt; the height that is reckoned is the height that is drawn."""

    def fits(answer: Any, screens: list[Screen]) -> bool:
        told = len(screens) == 1 or "1 of 2" in screens[0].place
        rows = [_drawn(one, STANDARD).count("\n") for one in screens]
        return told and rows == [height(one, STANDARD) for one in screens] and max(rows) <= STANDARD.rows

    assert _wrong(fits) == []


@pytest.mark.parametrize("size", SMALL, ids=str)
def test_a_smaller_window_has_its_own_layout(size: Size) -> None:
    """Within the window, no line wider than it, the danger line first."""

    def fits(answer: Any, screens: list[Screen]) -> bool:
        drawn = [_drawn(one, size) for one in screens]
        lines = [line for text in drawn for line in text.split("\n")]
        return all(text.count("\n") <= size.rows for text in drawn) and max(map(len, lines)) <= size.columns

    assert _wrong(fits, size) == []


def test_where_pathways_begin_with_the_same_number_the_next_of_each_tells_them_apart() -> None:
    """After choking the police come first for all three: the child's night team and the hospital's line stand too."""
    given = {"concerns": ["domestic-abuse"], "who-harms": "partner", "high-risk-signs": ["strangulation"]}
    answers = read_answers(shipped(), {**given, "immediate-danger": "no", "overheard": "no", "child-affected": "yes"})
    said = plan(shipped(), answers, datetime(2026, 11, 24, 23, tzinfo=LONDON), "southampton")
    urgent = [one for one in said["outcomes"] if one["urgency"] == "now"]
    shown = _drawn(answer_screens(said, STANDARD)[0], STANDARD)

    assert 3 == len(urgent)
    assert {"101"} == {one["first"]["phone"] for one in urgent if one["first"]}
    assert "023 8023 3344" in shown
    assert "│ 111 " in shown


def test_two_screens_are_only_for_many_pathways() -> None:
    """An entry, a verdict, and a plan of one or two pathways have one."""

    def one(answer: Any, screens: list[Screen]) -> bool:
        urgent = [one for one in answer.get("outcomes", ()) if one["urgency"] in URGENT and one["id"] != "find-out"]
        return len(screens) == 1 or len(urgent) > 2

    assert _wrong(one) == []


def test_the_first_whole_number_after_999_is_that_of_the_first_call() -> None:
    """Promise 8: the number of `first`, in digits, before every other."""

    def first(answer: Any, screens: list[Screen]) -> bool:
        text = _drawn(screens[0], STANDARD)
        found = [number.strip() for number in re.findall(r"(?<![\d.:])\d[\d ]{2,}\d|(?<!\d)1\d\d(?!\d)", text)]
        numbers = [one for one in found if one != "999" and any(one == known for known in _numbers(answer))]
        return answer["first"] is None or answer["first"]["phone"] in ("999", *numbers[:1])

    assert _wrong(first) == []


def _numbers(answer: Any) -> set[str]:
    holders = [*answer.get("outcomes", ()), answer.get("how", answer)]
    return {phone["number"] for one in holders for contact in one.get("contacts", ()) for phone in contact["phones"]}


def test_every_urgent_pathway_shows_its_own_first_number_and_says_why_where_there_is_none() -> None:
    """Never "as above": the number stands on the first screen for each."""

    def own(answer: Any, screens: list[Screen]) -> bool:
        text = " ".join(_drawn(screens[0], STANDARD).replace("│", " ").split())
        urgent = [one for one in answer.get("outcomes", ()) if one["urgency"] in URGENT and one["id"] != "find-out"]
        return all(one["first"] is None or text.count(one["first"]["phone"]) for one in urgent)

    assert _wrong(own) == []


def test_every_do_not_that_kills_stands_on_the_first_screen() -> None:
    """Classes A and B of all pathways together."""

    def all_of_them(answer: Any, screens: list[Screen]) -> bool:
        shown = screens[0].shown()
        deadly = [name for one in answer["do_nots"] if one["kills"] in KILL for name in one["of"]]
        return all(("do-nots", name) in shown for name in deadly)

    assert _wrong(all_of_them) == []


def test_the_own_steps_of_every_urgent_pathway_stand_on_one_of_the_screens() -> None:
    """What it is for: refer, book, report."""

    def own(answer: Any, screens: list[Screen]) -> bool:
        shown = {one for screen in screens for one in screen.shown()}
        holders = [one for one in answer.get("outcomes", ()) if one["urgency"] in URGENT and one["id"] != "find-out"]
        return all(
            any(("steps", f"{one['id']}:{place}") in shown for place, _ in enumerate(one["steps"]))
            for one in holders
            if one["steps"]
        )

    assert _wrong(own) == []


def test_what_is_not_known_has_at_least_one_line() -> None:
    """With the count of all; an emergency has one too."""

    def told(answer: Any, screens: list[Screen]) -> bool:
        rows = [row for row in screens[0].rows() if row.kind == "ask"]
        return bool(rows) == bool(answer.get("find_out"))

    assert _wrong(told) == []


def test_the_counts_of_what_is_not_shown_are_right() -> None:
    """Steps, do-nots and numbers, each by its count."""

    def right(answer: Any, screens: list[Screen]) -> bool:
        for screen in screens:
            hidden = len([one for kind, one in screen.whole - screen.shown() if kind == "steps"])
            told = re.search(r"(\d+) steps?", screen.not_shown())
            if (int(told[1]) if told else 0) != hidden:
                return False
        return True

    assert _wrong(right) == []


def test_an_emergency_stands_first_and_whole() -> None:
    """Nothing of it goes, and the rest is headed Then."""

    def first(answer: Any, screens: list[Screen]) -> bool:
        if not any(one["id"] == EMERGENCY and one["leads"] for one in answer.get("outcomes", ())):
            return True
        top = screens[0].sections[0]
        return top.tag == "EMERGENCY" and "999" in top.title and len(top.rows) == 3

    assert _wrong(first) == []


def test_a_smaller_window_shows_every_do_not_that_kills_too() -> None:
    """On one of its screens, in the same words."""

    def all_of_them(answer: Any, screens: list[Screen]) -> bool:
        shown = {one for screen in screens for one in screen.shown()}
        deadly = [name for one in answer["do_nots"] if one["kills"] in KILL for name in one["of"]]
        return all(("do-nots", name) in shown for name in deadly)

    assert [_wrong(all_of_them, size) for size in SMALL] == [[], []]


def test_every_screen_alone_holds_the_danger_line_the_area_and_the_minute() -> None:
    """A photo of it is read an hour later, in the next town; nothing is open without until when."""

    def holds(answer: Any, screens: list[Screen]) -> bool:
        area, at = answer["area_name"] or "No area", datetime.fromisoformat(answer["at"])
        texts = [" ".join(_drawn(one, STANDARD).split()) for one in screens]
        told = all("ring 999" in text and area in text and f"{at:%H:%M}" in text for text in texts)
        return told and not any("open now" in text for text in texts)

    assert _wrong(holds) == []


def test_what_the_law_asks_of_the_reader_stands_on_the_first_screen() -> None:
    """A duty is a step, never law that is folded; the only chance to speak keeps what it is for."""

    def duty(answer: Any, screens: list[Screen]) -> bool:
        shown = screens[0].shown()
        holder = answer.get("how", answer)
        about = answer.get("scheme", answer.get("id", ""))
        places = [place for place, step in enumerate(holder.get("steps", ())) if step["duty"]]
        return all(("steps", f"{about}:{place}") in shown for place in places)

    assert _wrong(duty) == []
    assert any(step["duty"] for _, answer in _answers() for step in answer.get("steps", ()))


def test_a_no_and_a_cannot_say_say_first_what_they_do_not_mean() -> None:
    """Whole, in the first row of the answer."""

    def told(answer: Any, screens: list[Screen]) -> bool:
        says = {"cannot-say": "This is not a no.", "not-eligible": "This does not mean that there is no risk."}
        wanted = says.get(answer.get("verdict", ""), "")
        return screens[0].sections[0].rows[0].text.startswith(wanted)

    assert _wrong(told) == []


def test_no_step_in_sight_tells_the_family_where_a_do_not_in_sight_forbids_it() -> None:
    """The strictest wins."""

    def kept(answer: Any, screens: list[Screen]) -> bool:
        if not any("do-not-contact-family" in one["of"] for one in answer["do_nots"]):
            return True
        steps = [row.text for screen in screens for row in screen.rows() if row.kind == "step"]
        return not any(
            re.search(r"\b(?:tell|ask|ring) (?:the |their )?(?:family|parents|relatives)", one) for one in steps
        )

    assert _wrong(kept) == []


def test_the_answer_as_data_says_of_each_step_and_do_not_what_the_screen_shows() -> None:
    """One decision: every form reads the same."""

    def same(answer: Any, screens: list[Screen]) -> bool:
        marked = stands(answer, screens)
        shown = {one for screen in screens for one in screen.shown()}
        holders = [*marked.get("outcomes", ()), marked.get("how", marked)]
        cautions = [one for holder in holders for one in holder.get("cautions", ())]
        return all(one["on_screen"] == (("do-nots", one["id"]) in shown) for one in cautions)

    assert _wrong(same) == []
