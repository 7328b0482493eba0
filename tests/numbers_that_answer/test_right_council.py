"""Promise 4: a local number only where the area is known and is its own, by whatever road one comes to it (H15).

Every entry and every name, in every area, in none, and for places outside. What may be given is worked out here from
the records alone: a contact's own areas, and the areas around the one that was asked about.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

import pytest

from cst.engine.answers import Answers
from cst.engine.entry import ABOUT_WHAT, WHICH_AREA, entry
from cst.engine.plan import plan
from cst.engine.verdict import verdict
from cst.toolkit.names import NAMED_KINDS
from cst.toolkit.places import ANYWHERE, Place, place_called
from cst.views.formats.plain import plain
from cst.views.pages.entry import entry_page
from cst.views.pages.three_lines import short_page
from tests.support.in_process import run
from tests.support.levels import sample, within
from tests.support.states import TUESDAY, shipped

OUTSIDE = (
    *("Guildford", "Bournemouth", "Salisbury", "Bath", "Dorset"),
    *("Reading", "Brighton", "Chichester", "Paris", "nowhere-on-sea"),
)
CONTACTS = shipped().kind("contacts")
AREAS = shipped().kind("areas")
PLACES = (
    ANYWHERE,
    *(place_called(shipped(), called) for called in OUTSIDE),
    *(Place(area) for area in AREAS),
)
FEW = [PLACES[0], PLACES[1], PLACES[10], *map(Place, ("southampton", "gosport", "isle-of-wight", "harborough"))]
TRIED = PLACES if within("deep") else FEW
ENTRIES = [(kind, name) for kind in NAMED_KINDS for name in shipped().kind(kind)]
NUMBER = re.compile(r"\+?\d[\d ]{3,}\d")


def around(area: str | None) -> set[str]:
    """The area and those around it; England where none is known."""
    found = {"england"}
    while area is not None:
        found.add(area)
        area = AREAS[area].get("within")
    return found


def is_own(contact: str, area: str | None) -> bool:
    """Whether a contact may be given for an area, by the records alone."""
    return bool(around(area) & set(CONTACTS[contact]["serves"]))


def others(area: str | None) -> set[str]:
    """The numbers of today that only others than an area have."""
    numbers: dict[bool, set[str]] = {True: set(), False: set()}
    for name, contact in CONTACTS.items():
        numbers[is_own(name, area)] |= {phone["number"] for phone in contact.get("phones", ())}
    return numbers[False] - numbers[True]


def strangers(answer: Any, area: str | None) -> list[str]:
    """The contacts to ring first in an answer that are not the area's own."""
    firsts = [one["first"] for one in (answer, *answer.get("outcomes", ())) if one["first"]]
    return [first["contact"] for first in firsts if not is_own(first["contact"], area)]


def shown(answer: Any) -> set[str]:
    """Every number in the page and in the three lines of an entry."""
    text = plain(entry_page(answer)) + plain(short_page(answer))
    return {found.strip() for found in NUMBER.findall(text)}


def by_own_name(kind: str, place: Place) -> bool:
    """Whether a local number may be shown, and not first: a service or an area looked up by name, and no place."""
    return place == ANYWHERE and kind in ("contacts", "areas")


def test_no_place_outside_has_an_area() -> None:
    """They are places that this toolkit does not cover, and each is told so."""
    outside = PLACES[1 : 1 + len(OUTSIDE)]

    assert [None] * 10 == [place.area for place in outside]
    assert all(place.says for place in outside)


def test_the_first_to_ring_is_the_areas_own_or_national_for_every_entry() -> None:
    """Roles, terms, topics, services, pathways, schemes, areas: the contract's `first`, that all forms read."""
    wrong = []
    for place in TRIED:
        for kind, name in ENTRIES:
            wrong += [(name, *place, one) for one in strangers(_entry(kind, name, place), place.area)]

    assert not wrong


def test_no_number_of_another_council_is_on_any_page() -> None:
    """Not second either, nor in a note: neither where another area was asked about nor where it is not known."""
    wrong = []
    for place in TRIED:
        elsewhere = others(place.area)
        for kind, name in ENTRIES:
            if not by_own_name(kind, place):
                wrong += [(name, *place, number) for number in shown(_entry(kind, name, place)) & elsewhere]

    assert not wrong
    assert len(others(None)) > 20


def test_a_service_looked_up_by_its_own_name_with_no_place_is_shown_and_is_not_the_one_to_ring() -> None:
    """A worker may want that very service: its area stands in its name, and the area is asked for."""
    for name, record in CONTACTS.items():
        if record["status"] != "historic" and not is_own(name, None):
            said = _entry("contacts", name, ANYWHERE)
            text = plain(entry_page(said))
            area = ", ".join(AREAS[one]["name"] for one in record["serves"])
            assert (None, WHICH_AREA) == (said["first"], said["no_first"]), name
            assert f"{record['name']} ({area})" in text
            assert WHICH_AREA in text
            assert "FIRST" not in text


def test_a_service_of_another_area_says_whom_it_is_for_and_gives_no_number() -> None:
    """Said first of all, as the reason for which there is no first number, and with the role that helps here."""
    for place in (Place("southampton"), PLACES[1]):
        said = _entry("contacts", "hampshire-children", place)
        reason = "Hampshire children's services is for Hampshire, "

        assert said["first"] is None
        assert str(said["no_first"]).startswith(reason)
        assert [] == said["contacts"]
        assert ["children-services"] == [link["id"] for link in said["see_also"]]
        assert plain(entry_page(said)).index(reason) < plain(entry_page(said)).index("Also called")


def test_a_role_is_looked_up_by_its_everyday_names_in_every_area() -> None:
    """Each answers with who fills it here; where nobody does, that comes first, and then what else there is."""
    for name, record in shipped().kind("roles").items():
        for area in AREAS:
            said = _entry("roles", name, Place(area))
            filled = any(name in CONTACTS[one["id"]].get("fills", ()) for one in said["contacts"])
            assert filled is not bool(said["unfilled"]), (name, area)
            if not filled:
                assert [record["if_none"]] == [role["says"] for role in said["unfilled"]]
                assert plain(entry_page(said)).split("No local number: ")[1].startswith(record["if_none"])


@pytest.mark.parametrize(
    "words",
    [
        "adult social care",
        "children's front door",
        "housing",
        "MASH",
        "LADO",
        "council housing",
        "safeguarding adults team",
    ],
)
def test_everyday_words_ask_for_the_area_where_none_is_given(words: str) -> None:
    """With nobody to ask the answer says so; a dialler gets no number at all, and the reason on the error stream."""
    ran, field = run("lookup", words), run("lookup", words, "--field", "phone")

    assert WHICH_AREA in ran.out
    assert ("", 1) == (field.out, field.code)
    assert "--area" in field.err


def test_a_number_that_stands_in_for_a_local_one_is_said_to_be_that() -> None:
    """One line on standard output, and on the error stream that nobody local is known, or what a town was taken as."""
    instead = run("lookup", "housing", "--area", "harborough", "--field", "phone")
    town = run("lookup", "adult social care", "--area", "soton", "--at", "2026-11-24T10:00", "--field", "phone")

    assert "No local number: " in instead.err
    assert ("023 8083 3003\n", "Taken as Southampton.\n") == (town.out, town.err)


def test_a_local_service_without_a_number_hides_no_number() -> None:
    """Where those who fill a role here have no number, look-up gives whom the role says to ring otherwise."""
    drugs = run("lookup", "drug service", "--area", "portsmouth", "--field", "phone")
    listed = json.loads(run("lookup", "drug service", "--area", "portsmouth", "--json").out)

    assert ("0300 123 6600\n", 0) == (drugs.out, drugs.code)
    assert "portsmouth-drugs-alcohol" in [one["id"] for one in listed["contacts"]]


def test_a_name_of_two_roles_is_a_choice() -> None:
    """Social services are a child's or an adult's: neither is taken for the other."""
    listed = json.loads(run("lookup", "social services", "--json").out)

    assert ["children-services", "adult-services"] == [one["id"] for one in listed["items"]]
    assert 1 == run("lookup", "social services", "--field", "phone").code
    assert 0 == run("lookup", "social services", "--short").code


def names() -> list[str]:
    """Every name that leads to an entry: all of them, or a few evenly spread."""
    return list(shipped().names) if within("deep") else sample(list(shipped().names), 60)


@pytest.mark.parametrize("asked", [None, "southampton", "guildford", "isle of wight", "harborough", "nowhere-on-sea"])
def test_no_name_leads_to_the_first_number_of_another_council(asked: str | None) -> None:
    """By the command line itself, which chooses among entries of one name: as JSON, and as one field."""
    area = None if asked is None else place_called(shipped(), asked).area
    options = () if asked is None else ("--area", asked)
    elsewhere = others(area)
    for name in names():
        said = json.loads(run("lookup", name, "--json", *options).out)
        assert [] == (strangers(said, area) if said["kind"] == "entry" else []), name
    for name in sample(names(), 15):
        assert run("lookup", name, "--field", "phone", *options).out.strip() not in elsewhere, name


def test_plans_and_verdicts_give_no_number_of_another_council() -> None:
    """Whatever the topic or scheme: no first number, and no number at all."""
    for place in TRIED:
        for said in answers(place):
            holders = said["outcomes"] if said["kind"] == "plan" else [said["how"]]
            assert [] == strangers(said, place.area)
            assert all(is_own(one["id"], place.area) for holder in holders for one in holder["contacts"])


def answers(place: Place) -> Iterator[Any]:
    """A plan for each topic, and a verdict for each scheme."""
    for issue in shipped().kind("issues"):
        given = Answers({"immediate-danger": False, "concerns": frozenset({issue})})
        yield plan(shipped(), given, TUESDAY, *place)
    for scheme in shipped().kind("schemes"):
        yield verdict(shipped(), scheme, Answers(), TUESDAY, *place)


def test_an_area_looked_up_says_what_to_do_next() -> None:
    """Its own contacts are no answer to a question that was not put."""
    said = _entry("areas", "hart", ANYWHERE)

    assert (None, ABOUT_WHAT) == (said["first"], said["no_first"])
    assert "hart-community-safety" in [one["id"] for one in said["contacts"]]


@pytest.mark.parametrize("area", ["fareham", "southampton", "portsmouth", "isle-of-wight"])
def test_each_of_the_four_councils_has_its_own_officer_for_allegations(area: str) -> None:
    """Hazard of a child: the county's officer is not the city's."""
    first = _entry("terms", "lado", Place(area))["first"]
    council = "hampshire" if area == "fareham" else area

    assert first is not None
    assert f"{council}-lado" == first["contact"]


def test_a_dead_number_stands_below_every_live_one() -> None:
    """What became of a service comes first: at a glance the first number is the one that is dialled."""
    for name, record in CONTACTS.items():
        if record["status"] == "historic":
            for place in FEW:
                ids = [contact["id"] for contact in _entry("contacts", name, place)["contacts"]]
                assert ids[-1] == name or name not in ids


def test_a_term_leads_on() -> None:
    """It shows the first number and the own step of the pathway that it belongs to, for the area."""
    said = _entry("terms", "idva", Place("southampton"))

    assert said["first"] is not None
    assert "pippa" == said["first"]["contact"]
    assert 1 == len(said["steps"])
    leads_on = {*shipped().kind("pathways"), *shipped().kind("issues")}
    for name, record in shipped().kind("terms").items():
        if leads_on.intersection(record.get("see_also", ())):
            assert 1 == len(_entry("terms", name, Place("gosport"))["steps"]), name


def _entry(kind: str, name: str, place: Place) -> Any:
    return entry(shipped(), kind, name, TUESDAY, *place)
