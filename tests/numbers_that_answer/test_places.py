"""Where the person is: never guessed, and never a reason to refuse help (hazards H15 and F19).

Towns, misspellings and border places lead to their council area or are asked about; a place that is not known, or is
named only in passing by the documents, gives national numbers and says so.
"""

from __future__ import annotations

import json
from itertools import chain

import pytest

from cst.toolkit.names import normal
from cst.toolkit.places import NATIONAL, place_called
from tests.support.command import cst
from tests.support.states import shipped

AREAS = shipped().kind("areas")
ELSEWHERE = shipped().kind("elsewhere")
WRITTEN = [
    (called, {name for name, area in AREAS.items() if called in (name, area["name"], *area.get("also_known_as", ()))})
    for called in dict.fromkeys(
        chain.from_iterable((name, area["name"], *area.get("also_known_as", ())) for name, area in AREAS.items())
    )
]
AREA_NOTES_SECTION_4 = """
    Cambridgeshire, Bradford, Somerset, Barnsley, Liverpool, Shetland, Western Isles, Aberdeen, Edinburgh, Glasgow,
    Highland, Dacorum, Birmingham, Fylde Coast, East Sussex, Devon and Cornwall, Greenwich, Hull, Sandwell, Wiltshire,
    Wandsworth, Hounslow, North Tyneside, Bolton, Blackburn, Warrington, Lambeth, Kirklees, Renfrewshire, Southwark,
    Warwickshire, Merseyside, Plymouth, Ealing, Torfaen, Barnet, Tower Hamlets, Norfolk, Sligo, Hertfordshire, Rutland,
    Kent and Medway, Shropshire, Wales, Victoria, New Brunswick
"""
PASSING = [place.strip() for place in AREA_NOTES_SECTION_4.split(",")]


def _plan(*options: str) -> dict[str, object]:
    """A plan as JSON for a child at risk, on a Tuesday morning."""
    at = ("--at", "2026-11-24T10:00", "-a", "immediate-danger=no")
    found: dict[str, object] = json.loads(cst("triage", "child-abuse", "--no-input", "--json", *at, *options).stdout)
    return found


def test_every_way_of_writing_an_area_leads_there_or_asks() -> None:
    """One area is taken, and said where it was called something else; of several none is, and all are named."""
    for called, areas in WRITTEN:
        for written in (called, called.upper(), f"  {called} "):
            place = place_called(shipped(), written)
            if len(areas) == 1:
                (area,) = areas
                own = normal(called) in (normal(area), normal(AREAS[area]["name"]))
                says = None if own else f"Taken as {AREAS[area]['name']}."
                assert (area, says) == place, written
            else:
                assert place.area is None, written
                assert [] == [area for area in areas if f"--area {area}" not in (place.says or "")], written


def test_towns_on_a_border_are_asked_about() -> None:
    """There are such towns, and the plan for one holds no local number until the council is known."""
    several = [called for called, areas in WRITTEN if len(areas) > 1]
    assert {"Hook", "Waterlooville", "Whiteley"} <= set(several)

    said = _plan("--area", "Waterlooville")

    assert said["area"] is None
    assert "Havant or Winchester" in str(said["area_says"])
    assert "0300 555 1384" not in json.dumps(said)
    assert "999" in json.dumps(said)


@pytest.mark.parametrize("called", PASSING)
def test_places_named_in_passing_are_not_in_this_toolkit(called: str) -> None:
    """Section 4 of the area notes: national routes, and a sentence that says so."""
    place = place_called(shipped(), called)

    assert place.area is None
    assert f"{called} is not in this toolkit. {NATIONAL}" in str(place.says)


def test_no_place_is_both_here_and_elsewhere() -> None:
    """A name that the toolkit covers is not also said to lie elsewhere."""
    outside = {called for record in ELSEWHERE.values() for called in (record["name"], *record["also_known_as"])}

    assert not outside & {called for called, _ in WRITTEN}


@pytest.mark.parametrize("asked", ["Glasgow", "Surrey", "Nowhereville", "\u202eNowhere"])
@pytest.mark.parametrize("form", [(), ("--plain",), ("--json",)], ids=["piped", "plain", "json"])
def test_an_unknown_place_says_so_and_still_helps(asked: str, form: tuple[str, ...]) -> None:
    """The same exit code as with no area, the sentence before the advice, and a number that answers now."""
    ran = cst("triage", "child-abuse", "--no-input", "-a", "immediate-danger=no", "--area", asked, *form)
    without = cst("triage", "child-abuse", "--no-input", "-a", "immediate-danger=no", *form)

    assert ran.returncode == without.returncode
    assert NATIONAL in ran.stdout
    assert "999" in ran.stdout
    assert form or ran.stdout.index(NATIONAL) < ran.stdout.index("Protect a child now")


@pytest.mark.parametrize("command", [("lookup", "mash"), ("eligible", "fire-visit", "--no-input", "-a", "age=82")])
def test_lookup_and_eligible_say_it_too(command: tuple[str, ...]) -> None:
    """The sentence stands in every command that takes an area."""
    assert "Glasgow is not in this toolkit." in cst(*command, "--area", "Glasgow").stdout


def test_a_misspelling_that_is_not_listed_names_the_nearest() -> None:
    """A suggestion, never a guess: the area stays unknown."""
    place = place_called(shipped(), "Basingstke")

    assert place.area is None
    assert "Did you mean Basingstoke?" in str(place.says)


def test_an_answer_cannot_be_a_place_that_is_not_here() -> None:
    """As an answer to the question about the area it is refused, with the way on."""
    ran = cst("triage", "--no-input", "-a", "area=Glasgow")

    assert ran.returncode == 2
    assert "Answer england for national numbers, or not-sure." in ran.stderr


def test_an_area_in_the_answers_wins_over_a_place_that_is_not_known() -> None:
    """Where the person is was answered after all, so nothing is said about the option."""
    said = _plan("--area", "Nowhereville", "-a", "area=gosport")

    assert (said["area"], said["area_says"]) == ("gosport", None)
