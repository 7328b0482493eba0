"""Promise: the handbook holds the same numbers in the same order as every other form, and says nothing of a minute."""

from __future__ import annotations

import copy
import re
from datetime import datetime
from functools import lru_cache
from itertools import pairwise
from typing import Any

import pytest

from cst import card
from cst.engine.entry import entry
from cst.handbook.book import Book, book, ordinary_moments
from cst.handbook.html import EXIT, FILES, dial_link, html
from cst.handbook.sections import Section
from cst.source.open import open_toolkit
from cst.toolkit.toolkit import Toolkit
from cst.views.page import Ring
from tests.support.in_process import run
from tests.support.read_html import Element, elements
from tests.support.states import LONDON, SMALL, shipped, small

AT = datetime(2026, 12, 1, 1, 45, tzinfo=LONDON)
AREAS = (None, "gosport")


@lru_cache
def made(area: str | None) -> Book:
    """The shipped toolkit as a handbook."""
    return book(shipped(), AT, area)


@lru_cache
def page(area: str | None) -> str:
    """The same as HTML."""
    return html(made(area))


@lru_cache
def read(area: str | None) -> list[Element]:
    """Its elements."""
    return elements(page(area))


def digits(number: str) -> str:
    """A number as it is dialled."""
    return re.sub(r"[^0-9+]", "", number)


def links(found: list[Element]) -> list[str]:
    """Where its links lead."""
    return [one.has["href"] for one in found if one.tag == "a"]


@pytest.mark.parametrize("area", AREAS)
def test_the_danger_line_is_the_first_thing_that_is_said(area: str | None) -> None:
    """With the emergency number to tap, and the way out of the page beside it."""
    body = [one for one in read(area) if one.tag in ("p", "h1", "h2", "a")]

    assert card.LINE == next(one.text for one in body if one.tag == "p").replace(" .", ".")
    links_first = [one.has["href"] for one in body if one.tag == "a"][:6]
    assert ["#main", "tel:999", EXIT, "#contents", "#pocket", "#words-typed"] == links_first


@pytest.mark.parametrize("area", AREAS)
def test_each_topic_rings_first_whom_a_look_up_rings_first(area: str | None) -> None:
    """By day, and under "At night" where that is another number."""
    found, toolkit = made(area), shipped()
    wrong = []
    for section in found.issues:
        day, night = (entry(toolkit, "issues", section.id, at, area)["first"] for at in found.moments)
        large = [item.number for item in section.items if isinstance(item, Ring) and item.large]
        at_night = [ring.number for ring in section.night]
        if large != ([day["phone"]] if day else []):
            wrong.append((section.id, large))
        if at_night != ([night["phone"]] if night and night != day else []):
            wrong.append((section.id, at_night))

    assert not wrong
    assert 23 == len(found.issues)
    assert any(section.night for section in found.issues)


@pytest.mark.parametrize("area", AREAS)
def test_the_pocket_page_has_the_first_number_of_every_topic(area: str | None) -> None:
    """By day and at night; a topic that rings a local role first is under that role where no area is given."""
    found = made(area)
    by_day = {one.id: line.ring.number for line in found.pocket.lines for one in line.day}
    by_night = {one.id: line.ring.number for line in found.pocket.lines for one in line.night}
    local = {one.role.id for one in found.pocket.local}
    for topic in shipped().kind("issues"):
        day, night = (entry(shipped(), "issues", topic, at, area) for at in found.moments)
        if any(one["first"] and one["role"] in local for one in day["unfilled"]):
            assert topic not in by_day
            continue
        assert by_day.get(topic) == (day["first"] and day["first"]["phone"]), topic
        assert by_night.get(topic) == (night["first"] and night["first"]["phone"]), topic
    assert bool(local) is (area is None)


def test_where_the_area_is_not_known_the_numbers_of_areas_come_first_where_they_should() -> None:
    """As for a child: children's services where the child is, before the national helpline."""
    found = {section.id: section for section in made(None).issues}

    assert found["child-abuse"].area_first
    assert "children-services" == found["child-abuse"].roles[0].id
    assert not found["stalking"].area_first
    text = next(one.text for one in read(None) if one.tag == "section" and one.has.get("id") == "child-abuse")
    assert text.index("Ring first in the area where the person is: Children's services") < text.index("0808 800 5000")
    assert not any(section.area_first for section in made("gosport").issues)


def test_every_number_of_every_contact_can_be_tapped() -> None:
    """In the handbook of all areas."""
    tapped = {one.removeprefix("tel:").removeprefix("sms:") for one in links(read(None))}
    live = [one for one in shipped().kind("contacts").values() if one["status"] != "historic"]
    numbers = {digits(phone["number"]) for one in live for phone in one.get("phones", ())}

    assert len(numbers) > 100
    assert not numbers - tapped


def test_an_area_has_no_number_of_another_one() -> None:
    """Gosport's handbook rings nobody who serves neither Gosport nor an area around it."""
    chain = set(shipped().around("gosport"))
    contacts = [one for one in shipped().kind("contacts").values() if one["status"] != "historic"]
    ours = {digits(p["number"]) for one in contacts for p in one.get("phones", ()) if chain & set(one["serves"])}
    theirs = {digits(p["number"]) for one in contacts for p in one.get("phones", ()) if not chain & set(one["serves"])}
    tapped = {one.partition(":")[2] for one in links(read("gosport")) if one.startswith(("tel:", "sms:"))}

    assert len(theirs - ours) > 30
    assert not tapped & (theirs - ours)


def test_a_number_of_the_past_cannot_be_tapped() -> None:
    """Unless somebody answers there today."""
    contacts = shipped().kind("contacts").values()
    live = {digits(p["number"]) for one in contacts if one["status"] != "historic" for p in one.get("phones", ())}
    past = {digits(number) for one in contacts for number in one.get("old_numbers", ())} - live

    assert len(past) > 10
    assert not past & {one.partition(":")[2] for one in links(read(None))}


@pytest.mark.parametrize("area", AREAS)
def test_nothing_speaks_of_this_minute_or_of_the_command_line(area: str | None) -> None:
    """Paper is read at another minute, and by people without `cst`."""
    text = elements(page(area))[0].text

    assert not re.findall(r"open now|closed, opens|\bopens (?:Mon|Tue|\d)|--area|cst (?:lookup|list|triage)", text)


@pytest.mark.parametrize("area", AREAS)
def test_every_link_leads_somewhere_within_the_file(area: str | None) -> None:
    """Each id is there once; besides the way out, links ring, text or lead to a section."""
    ids = [one.has["id"] for one in read(area) if "id" in one.has]

    assert len(ids) == len(set(ids))
    assert not [one for one in links(read(area)) if one.startswith("#") and one[1:] not in ids]
    assert {EXIT} == {one for one in links(read(area)) if not one.startswith(("#", "tel:", "sms:"))}


@pytest.mark.parametrize("area", AREAS)
def test_nothing_is_fetched(area: str | None) -> None:
    """No picture, style, script or frame from elsewhere; and the policy in the page forbids it."""
    found = read(area)

    assert not [one for one in found if {"src", "srcset", "action", "data", "poster", "style"} & set(one.has)]
    assert not [one for one in found if one.tag in ("link", "iframe", "object", "img", "form", "base")]
    assert not re.findall(r"url\(|@import", next(one.text for one in found if one.tag == "style"))
    policy = next(one.has["content"] for one in found if one.has.get("http-equiv") == "Content-Security-Policy")
    assert policy.startswith("default-src 'none';")
    assert "unsafe" not in policy


@pytest.mark.parametrize("area", AREAS)
def test_headings_leave_out_no_level(area: str | None) -> None:
    """One h1, and each next heading at most one level deeper."""
    levels = [int(one.tag[1]) for one in read(area) if re.fullmatch("h[1-6]", one.tag)]

    assert 1 == levels.count(1) == levels[0]
    assert not [pair for pair in pairwise(levels) if pair[1] > pair[0] + 1]


@pytest.mark.parametrize("area", AREAS)
def test_all_that_is_known_stands_in_it(area: str | None) -> None:
    """Every topic, pathway, scheme, do-not and word; every contact that serves there; every source with its dates."""
    toolkit, chain = shipped(), set(shipped().around(area))
    ids = {one.has["id"] for one in read(area) if "id" in one.has}
    contacts = toolkit.kind("contacts").items()
    kinds = ("issues", "pathways", "schemes", "cautions", "terms", "roles")
    wanted = {name for kind in kinds for name in toolkit.kind(kind)}
    wanted |= {name for name, one in contacts if not area or chain & set(one["serves"]) or one["status"] == "historic"}

    assert not wanted - ids
    assert len(toolkit.kind("sources")) == len([one for one in ids if one.startswith("source-")])
    text = elements(page(area))[0].text
    assert not [one["title"] for one in toolkit.kind("sources").values() if " ".join(one["title"].split()) not in text]


def test_a_contact_for_two_areas_is_named_under_both() -> None:
    """In full under the first, as a link under the other."""
    named = {area.id: {one.id for one in (*area.contacts, *area.also)} for area in made(None).areas}
    contacts = shipped().kind("contacts").items()
    shared = [(name, one) for name, one in contacts if one["status"] != "historic" and len(one["serves"]) > 1]

    assert len(shared) > 5
    assert not [name for name, one in shared for area in one["serves"] if name not in named[area]]


def test_words_of_the_data_are_never_taken_for_markup() -> None:
    """Signs of markup, and letters that hide or turn words round."""
    toolkit = with_title("<script>alert(1)</script> & \u202eturned\x1b[31m")
    text = html(book(toolkit, AT, None))

    assert "<script>alert" not in text
    assert 2 == text.count("<script")
    assert "&lt;script&gt;alert(1)&lt;/script&gt; &amp; turned[31m" in text


@pytest.mark.parametrize("area", AREAS)
def test_it_is_the_same_on_a_console_with_other_letters(area: str | None) -> None:
    """ASCII alone; what runs and what gives it its looks has no sign that HTML would have to write in another way."""
    assert page(area).isascii()
    assert [] == [file.name for file in FILES.glob("*.[cj]s*") if not file.read_text("utf-8").isascii()]
    assert 4 == len([*FILES.glob("*.[cj]s*")])
    assert "\u2019" in elements(page(area))[0].text or "\u201c" in elements(page(area))[0].text


def test_a_number_that_a_local_file_corrects_has_both_timetables_in_words() -> None:
    """And no "open at": two schedules stand there."""
    toolkit = open_toolkit([str(SMALL)], [], None)
    records: Any = copy.deepcopy(toolkit.records)
    name, contact = next((name, one) for name, one in records["contacts"].items() if one.get("schedule") == "always")
    corrected = {"days": "Mon-Fri", "opens_at": "09:00", "closes_at": "17:00"}
    records["contacts"][name] = {**contact, "schedule": [corrected], "shipped": contact, "local": "Team file"}
    made_here = book(Toolkit(records, toolkit.names), AT, None)
    words = "Mon-Fri 09:00 to 17:00; bank holidays not known; cst says open day and night"
    hours = {item.hours for area in made_here.areas for one in area.contacts if one.id == name for item in _rings(one)}

    assert {words} == hours
    assert words not in made_here.known["hours"]["schedules"]


def _rings(section: Section) -> list[Ring]:
    return [item for item in section.items if isinstance(item, Ring)]


def with_title(title: str) -> Toolkit:
    """The invented toolkit with another title on its first topic."""
    records: Any = copy.deepcopy(small().records)
    next(iter(records["issues"].values()))["title"] = title
    return Toolkit(records, small().names)


def test_what_is_no_voice_line_is_texted_and_what_no_telephone_dials_is_not_linked() -> None:
    """A textphone or relay dials its number."""
    assert "tel:01632960123" == dial_link(Ring("01632 960123", "A team", "open day and night"))
    assert "sms:61016" == dial_link(Ring("61016", "A team", "open day and night", way="text"))
    assert "tel:18001101" == dial_link(Ring("18001 101", "A team", "open day and night", way="relay"))
    assert "" == dial_link(Ring("by video", "A team", "open day and night", way="video"))


def test_the_two_minutes_are_ordinary_ones() -> None:
    """A Tuesday in office hours and the Sunday night before it, with no bank holiday near."""
    day, night = ordinary_moments(shipped(), datetime(2026, 12, 20, 9, 0, tzinfo=LONDON))

    assert "Tue 2027-01-05 10:00" == f"{day:%a %Y-%m-%d %H:%M}"
    assert "Sun 2027-01-03 03:00" == f"{night:%a %Y-%m-%d %H:%M}"


def test_the_command_writes_it_for_an_area_or_for_all() -> None:
    """To standard output, with its edition and day."""
    ran = run("export", "handbook", "--area", "gosport", "--at", "2026-12-01T01:45")

    assert 0 == ran.code
    assert page("gosport") == ran.out
    assert "Edition 2026.1 of 23 Nov 2026. As at Tue 1 Dec 2026 01:45 for Gosport." in ran.out


def test_a_place_that_is_not_known_gets_no_handbook() -> None:
    """It would be read as if it had the numbers of that place."""
    ran = run("export", "handbook", "--area", "Atlantis")

    assert (2, "") == (ran.code, ran.out)
    assert "No area here is called Atlantis." in ran.err
    assert "leave out --area" in ran.err


def test_a_clock_from_before_the_edition_makes_no_handbook() -> None:
    """A page dated 1970 would be wrong, and one dated later than it is would never look old."""
    ran = run("export", "handbook", "--at", "2026-11-22T10:00")

    assert (2, "") == (ran.code, ran.out)
    assert "The handbook would say 22 Nov 2026, and this edition is of 23 Nov 2026." in ran.err
    assert 0 == run("export", "handbook", "--at", "2026-11-23T10:00", "--area", "gosport").code


def test_without_jinja2_it_says_what_to_type(monkeypatch: pytest.MonkeyPatch) -> None:
    """For the very Python that runs this."""
    monkeypatch.setattr("importlib.util.find_spec", lambda name: None)
    ran = run("export", "handbook")

    assert (2, "") == (ran.code, ran.out)
    assert '-m pip install "jinja2>=3.1,<4"' in ran.err
