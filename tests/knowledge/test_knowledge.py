"""What the shipped toolkit knows: every issue leads somewhere, everywhere, at the worst hour of the year.

The areas are the shipped ones, packs included, and no area at all.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from itertools import chain

import pytest

from cst import contract
from cst.engine.answers import Answers
from cst.engine.call_order import Call, call_order
from cst.engine.contact import Here, describe_contact
from cst.engine.entry import entry, serves
from cst.engine.plan import plan
from cst.toolkit.places import Place
from cst.views.formats.panels import panels
from cst.views.formats.plain import plain
from cst.views.pages.contacts import ONE_SOURCE
from cst.views.pages.entry import entry_page
from cst.views.pages.plan import plan_page
from cst.walk.wording import REST_OPEN, from_ticks
from tests.support.states import LONDON, TUESDAY, shipped

ISSUES = [
    "hate-crime",
    "anti-social-behaviour",
    "domestic-abuse",
    "marac",
    "forced-marriage",
    "fgm",
    "child-abuse",
    "prevent",
    "fire-safety",
    "scams",
    "drugs-alcohol",
    "support",
    "exploitation",
    "modern-slavery",
    "serious-violence",
    "stalking",
    "sexual-violence",
    "adult-safeguarding",
    "mental-health-crisis",
    "homelessness",
    "harmful-behaviour",
    "missing-person",
    "online-sexual-harm",
]
AREAS = [None, *shipped().kind("areas")]
CHRISTMAS_NIGHT = datetime(2026, 12, 25, 3, 0, tzinfo=LONDON)
PATHWAYS = shipped().kind("pathways")
URGENT = [name for name, pathway in PATHWAYS.items() if pathway["urgency"] in ("now", "today")]


def test_the_issues_are_those_that_scripts_may_rely_on() -> None:
    """All twenty-three, under their ids."""
    assert sorted(ISSUES) == sorted(shipped().kind("issues"))


@pytest.mark.parametrize("issue", ISSUES)
def test_every_issue_runs_to_an_outcome_everywhere_on_christmas_night(issue: str) -> None:
    """Steps, something not to do, sources, and a number that answers at three in the morning."""
    answers = Answers({"immediate-danger": False, "concerns": frozenset({issue})})
    for area in AREAS:
        outcomes = plan(shipped(), answers, CHRISTMAS_NIGHT, area)["outcomes"]

        assert {outcome["id"] for outcome in outcomes} & set(shipped().kind("issues")[issue]["pathways"]), area
        for outcome in outcomes:
            assert outcome["steps"], area
            assert outcome["sources"], area
            assert any(contact["open"] and contact["phones"] for contact in outcome["contacts"]), area
        assert any(outcome["cautions"] for outcome in outcomes), area


@pytest.mark.parametrize("issue", ISSUES)
def test_every_issue_says_what_it_is_who_leads_and_where_that_stands(issue: str) -> None:
    """An entry that a worker can read on its own."""
    record = shipped().kind("issues")[issue]

    assert len(record["signs"]) >= 4
    assert record["summary"]
    assert record["who_leads"]
    assert record["cautions"]
    assert record["sources"]
    assert record["also_known_as"]


def _doubtful(contact: contract.Contact) -> bool:
    return contact["status"] != "historic" and contact["assured_date"] is None and len(contact["sources"]) == 1


@pytest.mark.parametrize("pathway", URGENT)
def test_an_urgent_route_on_one_source_or_a_conflict_says_so(pathway: str) -> None:
    """Hazard H03: beside the number itself, not only in the small print."""
    for area in AREAS:
        _says_so(pathway, area)


def _says_so(pathway: str, area: str | None) -> None:
    calls = [Call(call["use"]) for call in PATHWAYS[pathway]["call"]]
    said = plan(shipped(), Answers({"immediate-danger": False}), TUESDAY, area)
    ordered = call_order(shipped(), calls, Here(area, TUESDAY))
    outcome = {**_bare(pathway), **ordered._asdict()}
    lines = plain(plan_page({**said, "outcomes": [outcome]})).splitlines()  # type: ignore[list-item]

    for contact in ordered.contacts:
        about = _notes_on(contact["name"], lines)
        assert not _doubtful(contact) or any(ONE_SOURCE in line for line in about), (contact["id"], area)
        assert not contact["conflicts"] or any("Sources differ" in line for line in about), (contact["id"], area)


def _notes_on(name: str, lines: list[str]) -> list[str]:
    """What stands behind a contact's name on its line, and the notes that follow it."""
    found, here = [], False
    for line in lines:
        if line.startswith("Note: "):
            found += [line] if here else []
        else:
            here = name in line
            found += [part.split("; 0")[0] for part in line.split(name)[1:]]
    return found


def _bare(pathway: str) -> dict[str, object]:
    nothing: dict[str, object] = {field: [] for field in ("because", "unsure_of", "steps", "cautions", "have_ready")}
    record = PATHWAYS[pathway]
    return {
        **nothing,
        "id": pathway,
        "title": record["title"],
        "urgency": record["urgency"],
        "certain": True,
        "leads": True,
        "asks": [],
        "if_worse": None,
        "issues": [],
        "sources": [],
    }


@pytest.mark.parametrize("area", AREAS)
def test_a_look_up_in_an_area_leads_to_no_service_that_is_only_for_others(area: str | None) -> None:
    """A worker in the City is not sent to Hampshire's youth justice service; without an area all are named."""
    issues = shipped().kind("issues")
    linked = {link["id"] for name in issues for link in entry(shipped(), "issues", name, TUESDAY, area)["see_also"]}
    contacts = shipped().kind("contacts")
    named = {other for record in issues.values() for other in record["see_also"] if other in contacts}

    assert linked & contacts.keys() == {name for name in named if serves(shipped(), ("contacts", name), Place(area))}
    assert len(named) > 5


# Records as they come to the screen


ACTIVE = [name for name, contact in shipped().kind("contacts").items() if contact["status"] != "historic"]


def test_every_contact_is_marked_old_from_the_day_after_its_review() -> None:
    """Hazard H01: not on that day, and in words from the next midnight on."""
    for name in ACTIVE:
        due = date.fromisoformat(describe_contact(shipped(), name, Here(None, TUESDAY))["review_by"])
        for days, old in ((0, False), (1, True)):
            at = datetime.combine(due + timedelta(days), time(), LONDON)
            said = entry(shipped(), "contacts", name, at, None)
            marks = {contact["id"]: contact["old"] for contact in said["contacts"]}
            assert old == marks[name], (name, at)
            assert sum(marks.values()) == plain(entry_page(said)).count("OLD: it was due to be checked by"), (name, at)


@pytest.mark.parametrize("kind", ["issues", "contacts", "schemes", "pathways", "terms"])
def test_every_word_of_every_entry_is_on_its_panel(kind: str) -> None:
    """Hazard H13: nothing shipped is taken for markup; brackets, stars and colons stand there as written."""
    tried = 0
    for name in shipped().kind(kind):
        said = entry(shipped(), kind, name, TUESDAY, None)
        shown = _run_together(panels(entry_page(said), 80, colour=False, ascii_only=False))
        for words in _words(said):
            assert _run_together(words) in shown, (name, words)
            tried += 1

    assert tried >= 2 * len(shipped().kind(kind))


def _words(said: contract.Entry) -> Iterator[str]:
    """What an entry has to say, sentence by sentence."""
    yield said["title"]
    yield from (text for text in (said["summary"], said["law"], said["who_leads"]) if text)
    yield from chain(said["also_known_as"], said["have_ready"], *(one["items"] for one in said["lists"]))
    yield from (step["text"] for step in said["steps"])
    yield from (caution["text"] for caution in said["cautions"])
    yield from (contact["name"] for contact in said["contacts"] if contact["status"] != "historic")


def _run_together(text: str) -> str:
    """Without blanks, ends of lines, frames and bullets, which depend on the width."""
    return re.sub(r"[\s\u2022\u2500-\u259f]+", "", text)


@pytest.mark.parametrize("issue", list(shipped().kind("issues")))
def test_look_up_of_an_issue_leaves_out_nobody_whom_a_plan_about_it_rings(issue: str) -> None:
    """Quick reference has no answers, and must not lose a number for that."""
    answers = Answers({"immediate-danger": False, "concerns": frozenset({issue})})
    first, *others = shipped().kind("issues")[issue]["pathways"]
    for area in ("fareham", "southampton", None):
        told = {one["id"]: one for one in plan(shipped(), answers, TUESDAY, area)["outcomes"]}
        # Of some the first is for what nobody has asked about yet: high risk, who is missing, a picture of a child.
        outcomes = [told[name] for name in (first, *others) if name in told][:1]
        assert outcomes or issue == "marac"
        shown = {contact["id"] for contact in entry(shipped(), "issues", issue, TUESDAY, area)["contacts"]}

        assert {contact["id"] for outcome in outcomes for contact in outcome["contacts"]} <= shown


@pytest.mark.parametrize("issue", ["domestic-abuse", "scams", "fire-safety", "drugs-alcohol"])
def test_hard_to_protect_themselves_is_asked_beside_the_needs(issue: str) -> None:
    """One screen for both tests of the duty: a row left blank is no answer, so it cannot become a no."""
    known = {"immediate-danger": False, "concerns": frozenset({issue}), "overheard": False, "contact-mode": "with"}
    asked = plan(shipped(), Answers(known), TUESDAY, "fareham")["next"]
    screens = {question["id"]: question["screen"] for question in asked}
    screen = [question for question in asked if question["screen"] == screens["care-needs"]]

    assert screens["cannot-protect-self"] == screens["care-needs"]
    assert from_ticks(screen, ["care-needs"]) == REST_OPEN
