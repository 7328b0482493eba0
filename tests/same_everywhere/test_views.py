"""Promises 1, 4, 5 and 8 on the screen: danger first, numbers whole and beside their names, the same everywhere.

Golden screens stand under `screens/` beside this file; `CST_RESET=1` writes them anew. Look before you commit.
"""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import unicodedata
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any, cast

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cst import card, contract
from cst.engine.call_order import in_order
from cst.views.dates import day, moment
from cst.views.formats.json import data
from cst.views.formats.panels import panels
from cst.views.formats.plain import plain
from cst.views.formats.safe_text import clean, one_line
from cst.views.page import Block, Page
from cst.views.pages.common_blocks import NO_AREA
from cst.views.pages.contacts import contact_items
from cst.views.pages.entry import entry_page
from cst.views.pages.faults import faults_page
from cst.views.pages.listing import listing_page
from cst.views.pages.plan import earned_page, mode_page, plan_page
from cst.views.pages.three_lines import short_page
from cst.views.pages.verdict import verdict_page

SCREENS = Path(__file__).parent / "screens"
AT = "2026-11-27T16:45+00:00"
NUMBER = re.compile(r"01632 960\d{3}|(?<!\d)999(?!\d)")
SGR = re.compile(r"\x1b\[[0-9;]*m")
BOXES = re.compile(r"[\u2500-\u259f|]|\+-")
PLAIN_STEP = {"brief": None, "key": False, "duty": False}
EDITION = {
    "title": "Anyshire test toolkit",
    "version": "1",
    "published": "2026-11-23",
    "disclaimer": "It does not replace your judgement.",
}
PAGE = contract.Source(id="page", title="Report abuse", publisher="Anyshire", dated="undated", consulted="2026-11-22")
LEAFLET = contract.Source(
    id="leaflet", title="Leaflet", publisher="Anyshire", dated="2019-05-01", consulted="2026-11-22"
)


def phone(number: str, **more: Any) -> contract.Phone:
    """A voice line of which only the number is known, unless told more."""
    blank = {
        "kind": "voice",
        "open": None,
        "always": False,
        "until": None,
        "opens_at": None,
        "hours": "hours not known",
        "note": None,
        "cost": None,
    }
    return cast(contract.Phone, {"number": number, **blank, **more})


def contact(
    id: str, name: str, *phones: contract.Phone, hours: str = "hours not known", **more: Any
) -> contract.Contact:
    """A contact as open as its first phone."""
    first: Any = phones[0] if phones else phone("")
    keys = ("open", "always", "until", "opens_at")
    own: list[Any] = [{**one, "hours": hours} if all(one[key] == first[key] for key in keys) else one for one in phones]
    said: dict[str, Any] = {
        "id": id,
        "name": name,
        "area": "Anyshire",
        "here": True,
        "status": "active",
        "phones": own,
        "emails": [],
        "url": None,
        **{key: first[key] for key in keys},
        "hours": hours,
        "out_of_hours": False,
        "who_for": None,
        "only_for": None,
        "later": None,
        "application_process": None,
        "have_ready": [],
        "if_no_answer": None,
        "caution": None,
        "alert": None,
        "assured_date": None,
        "seen": "seen on Report abuse (undated), not yet rung",
        "review_by": "2027-11-22",
        "old": False,
        "confidence": "one page only",
        "settle": None,
        "conflicts": [],
        "became": None,
        "old_numbers": [],
        "old_emails": [],
        "local": None,
        "beside": None,
        "sources": [PAGE],
    }
    return cast(contract.Contact, {**said, **more})


def question(id: str, ask: str) -> contract.Question:
    """A yes-no question."""
    return contract.Question(
        id=id,
        ask=ask,
        hint=None,
        why="It decides what you get.",
        type="yes-no",
        choices=[],
        constraint=None,
        unit=None,
        group=None,
        screen=0,
        danger=False,
        sensitive=False,
        observe=False,
    )


NIGHT = contact(
    "night",
    "Anyshire children's services out of hours",
    phone("01632 960123", open=True, until="2026-11-28T08:30+00:00"),
    phone("01632 960124", kind="sms", open=True, always=True, hours="open day and night", note="if you cannot speak"),
    hours="open now, until Sat 08:30",
    alert="Lines are slower in the evening.",
    conflicts=[
        {
            "about": "The number",
            "values": [
                {"number": "01632 960123", "source": "Report abuse (undated)"},
                {"number": "01632 960125", "source": "Leaflet (2019-05-01)"},
            ],
            "handling": "Try the first one.",
        }
    ],
    sources=[PAGE, LEAFLET],
)
DAY = contact(
    "day",
    "Anyshire day team",
    phone("01632 960126", open=False, opens_at="2026-11-30T08:30+00:00"),
    hours="closed, opens Mon 08:30",
    emails=[{"address": "day@anyshire.example", "note": "for the written referral"}],
    local="Anytown additions",
)
ADVICE = contact("advice", "National advice line", phone("01632 960127", cost="free"), old=True, review_by="2026-01-31")
FORM = contact("form", "Anyshire early help", url="https://anyshire.example/early-help", status="unconfirmed")
LAST = contact(
    "police-emergency", "Police, fire and ambulance", phone("999", open=True, always=True), hours="open day and night"
)
SECRET = contract.Caution(
    id="secret", text="Do not promise to keep it secret", why="You may have to pass it on.", kills="E", brief=None
)
ALONE = contract.Caution(id="alone", text="Do not tell the person you fear", why=None, kills="A", brief=None)
CHILD = question("child-affected", "Might a child be affected, or be there?")


def with_first(said: dict[str, Any]) -> dict[str, Any]:
    """The same with the call to make first, as the call order has it."""
    calls = in_order(said["contacts"], said["unfilled"])
    return {**said, "first": calls.first, "no_first": calls.no_first}


def outcome(id: str, title: str, urgency: str, *contacts: contract.Contact, **more: Any) -> contract.Outcome:
    """A certain outcome with one step and one caution."""
    said: dict[str, Any] = {
        "id": id,
        "title": title,
        "brief": None,
        "urgency": urgency,
        "certain": True,
        "leads": True,
        "asks": [],
        "because": [{"question": "worried", "answer": "yes", "says": "You are worried: yes"}],
        "unsure_of": [],
        "steps": [{"text": "Ring first. Say what you saw.", "within": None, **PLAIN_STEP}],
        "cautions": [SECRET],
        "contacts": list(contacts),
        "unfilled": [],
        "have_ready": [],
        "if_worse": None,
        "issues": ["child-abuse"],
        "sources": [PAGE],
    }
    return cast(contract.Outcome, with_first({**said, **more}))


URGENT = outcome(
    "child-urgent",
    "Ring children's services",
    "now",
    NIGHT,
    ADVICE,
    FORM,
    DAY,
    LAST,
    certain=False,
    unsure_of=[CHILD],
    steps=[
        {"text": "Ring first. Say a child may be at risk tonight.", "within": None, **PLAIN_STEP},
        {"text": "Send the written referral.", "within": "one day", **PLAIN_STEP},
    ],
    cautions=[SECRET, ALONE],
    have_ready=["the child's name and age", "where the child is now"],
    if_worse="Ring the police.",
)
MARAC = outcome("marac", "Refer to MARAC", "today", ADVICE, LAST)


def said_once(outcomes: Iterable[Any]) -> list[dict[str, Any]]:
    """The do-nots of some outcomes, each once."""
    there = {one["id"]: one for outcome in outcomes for one in outcome["cautions"]}
    return [{"says": one["text"], "kills": one["kills"], "of": [name], "outcomes": []} for name, one in there.items()]


def a_plan(*outcomes: contract.Outcome, **more: Any) -> contract.Plan:
    """A plan for Anyshire."""
    said: dict[str, Any] = {
        "cst": 1,
        "kind": "plan",
        "edition": EDITION,
        "area": "anyshire",
        "area_name": "Anyshire",
        "area_says": None,
        "at": AT,
        "answers": {"worried": "yes"},
        "set_aside": [],
        "not_used": [],
        "not_asked": [],
        "lines": [],
        "find_out": [],
        "complete": False,
        "next": [question("repeat", "Has it happened before?"), CHILD],
        "open": ["mediation"],
        "modes": [],
        "outcomes": list(outcomes),
        "do_nots": said_once(outcomes),
        "first": outcomes[0]["first"] if outcomes else None,
        "no_first": outcomes[0]["no_first"] if outcomes else "Nothing is known yet.",
        "also_ask": [{"scheme": "fire-visit", "title": "Free home fire visit", "met": True, "says": "Offer a visit."}],
    }
    return cast(contract.Plan, {**said, **more})


PLAN = a_plan(URGENT, MARAC)
EMERGENCY = a_plan(outcome("emergency", "Ring the emergency line", "now", LAST), URGENT)
MODE = contract.Mode(id="short", title="Short mode", says=["Press q to leave.", "Find a safe time."], until="safe-now")
VERDICT = cast(
    contract.Verdict,
    {
        "cst": 1,
        "kind": "verdict",
        "edition": EDITION,
        "scheme": "fire-visit",
        "title": "Free home fire visit",
        "brief": None,
        "do_nots": [],
        "summary": "The fire service checks the home and fits alarms.",
        "verdict": "cannot-say",
        "answer": "cannot say yet",
        "urgency": None,
        "urgency_says": None,
        "says": "It cannot be said yet. You can still ask the fire service.",
        "law": {"status": "guidance", "since": "2013-01-01", "note": "The figure is from 2013."},
        "area": None,
        "area_name": None,
        "area_says": None,
        "area_note": None,
        "at": AT,
        "answers": {"age": 64},
        "because": [{"question": "age", "answer": 64, "says": "How old are they: 64"}],
        "also_because": [],
        "unsure_of": [question("frailty", "Are they frail?")],
        "would_settle": [question("frailty", "Are they frail?"), question("hearing", "Do they hear poorly?")],
        "next": [question("hearing", "Do they hear poorly?")],
        "how": {
            "steps": [{"text": "Ask if they agree to a visit.", "within": None, **PLAIN_STEP}],
            "cautions": [],
            "contacts": [DAY, LAST],
            "unfilled": [{"role": "home-security", "says": "Ask the council who fits locks.", "first": False}],
            "have_ready": ["the address"],
        },
        "first": {"contact": "day", "phone": "01632 960126"},
        "no_first": None,
        "sources": [LEAFLET],
    },
)
OLD_TEAM = contact(
    "old-team",
    "Anyshire youth line",
    status="historic",
    became={"outcome": "renamed", "says": "The day team does this now.", "see": ["day"]},
    old_numbers=["01632 960199"],
    old_emails=["old@anyshire.example"],
)


def an_entry(id: str, kind: str, title: str, *contacts: contract.Contact, **more: Any) -> contract.Entry:
    """An entry with nothing but a title, unless told more."""
    said: dict[str, Any] = {
        "cst": 1,
        "kind": "entry",
        "edition": EDITION,
        "id": id,
        "type": kind,
        "title": title,
        "brief": None,
        "do_nots": [],
        "also_known_as": [],
        "summary": None,
        "lists": [],
        "who_leads": None,
        "law": None,
        "urgency": None,
        "steps": [],
        "cautions": [],
        "contacts": list(contacts),
        "unfilled": [],
        "have_ready": [],
        "see_also": [],
        "area": "anyshire",
        "area_name": "Anyshire",
        "area_says": None,
        "local_says": None,
        "at": AT,
        "sources": [PAGE],
    }
    return cast(contract.Entry, with_first({**said, **more}))


ENTRY = an_entry(
    "child-abuse",
    "issue",
    "Child abuse",
    NIGHT,
    DAY,
    LAST,
    also_known_as=["child protection", "neglect"],
    summary="Harm to a child, or a need that nobody meets.",
    lists=[
        {
            "heading": "Signs",
            "items": ["A child is often hungry.", "A child fears to go home, and says so or shows it."],
        }
    ],
    who_leads="Children's services lead.",
    law="The duty is in the Children Act.",
    urgency="now",
    steps=[{"text": "Ring first.", "within": "the same hour", **PLAIN_STEP}],
    cautions=[SECRET],
    have_ready=["where the child is now"],
    see_also=[{"id": "fgm", "type": "issue", "title": "Female genital mutilation"}],
)
PAST = an_entry("old-team", "contact", "Anyshire youth line", OLD_TEAM, DAY, summary="The day team does this now.")
ANSWERING = an_entry("day", "contact", "Anyshire day team", {**DAY, "old_numbers": ["01632 960198"]}, NIGHT)
LISTING = contract.Listing(
    cst=1,
    kind="listing",
    of="issues",
    items=[
        {"id": "fgm", "title": "Female genital mutilation", "note": "now"},
        {"id": "anti-social-behaviour", "title": "Anti-social behaviour", "note": ""},
    ],
)
FAULTS = contract.Faults(
    cst=1,
    kind="faults",
    exit=1,
    faults=[
        {"code": "id", "file": "team.yaml", "line": 7, "says": "Two records have this id.", "remedy": "Rename one."},
        {"code": "case", "file": "", "line": 0, "says": "A case fails.", "remedy": "Mend the rule."},
    ],
    checked={"issues": 23, "contacts": 80},
)
Pager = Callable[[Any], Page]
SAID: dict[str, tuple[Any, Pager]] = {
    "plan": (PLAN, plan_page),
    "emergency": (EMERGENCY, plan_page),
    "verdict": (VERDICT, verdict_page),
    "entry": (ENTRY, entry_page),
    "past": (PAST, entry_page),
    "contact": (ANSWERING, entry_page),
    "listing": (LISTING, listing_page),
    "faults": (FAULTS, faults_page),
}
EVERY = pytest.mark.parametrize("name", list(SAID))
URGENT_PAGES = pytest.mark.parametrize("name", ["plan", "emergency", "verdict", "entry", "past", "contact"])


def drawn(name: str, width: int = 80, *, colour: bool = False, ascii_only: bool = False) -> str:
    """A sample as panels."""
    said, pager = SAID[name]
    return panels(pager(said), width, colour=colour, ascii_only=ascii_only)


def plainly(name: str) -> str:
    """A sample as plain text."""
    said, pager = SAID[name]
    return plain(pager(said))


def numbers(text: str) -> list[str]:
    """The telephone numbers in a text, in order, without those of the sentences that `card` writes."""
    for sentence in (card.NO_ANSWER, *card.CARD):
        text = text.replace(sentence, "")
    return NUMBER.findall(text)


def unwrapped(text: str) -> str:
    """The words of a screen on one line, without its frames."""
    return " ".join(re.sub(r"[\u2500-\u257f]", " ", text).split())


def without_first(said: Any) -> Any:
    """The same without the call to make first, whose number stands among the contacts too."""
    if isinstance(said, dict):
        return {key: without_first(value) for key, value in said.items() if key != "first"}
    return [without_first(one) for one in said] if isinstance(said, list) else said


def ladders(said: Any) -> list[contract.Contact]:
    """Every contact of a sample in the order of the JSON."""
    if isinstance(said, dict):
        inner = [found for value in said.values() for found in ladders(value)]
        return [cast(contract.Contact, said), *inner] if "phones" in said else inner
    return [found for value in said for found in ladders(value)] if isinstance(said, list) else []


# --- the same numbers everywhere ------------------------------------------------------------------------------------


@EVERY
def test_panel_and_plain_hold_the_same_numbers_in_the_same_order_as_the_json(name: str) -> None:
    """Promise 8, at every width that a terminal is likely to have."""
    expected = numbers(data(without_first(SAID[name][0])))

    assert expected == numbers(plainly(name))
    for width in (20, 33, 40, 57, 80, 120, 200):
        assert expected == numbers(unwrapped(drawn(name, width)).replace(card.NO_ANSWER, "")), width


@pytest.mark.deep
@URGENT_PAGES
@pytest.mark.parametrize("ascii_only", [False, True])
def test_every_number_is_whole_and_beside_its_name_at_every_width(name: str, ascii_only: bool) -> None:
    """H34: on each screen from 20 to 200 columns a number stands on one line, its name beside or right beneath."""
    wanted = [(phone["number"], one["name"]) for one in ladders(SAID[name][0]) for phone in one["phones"]]
    for width in range(20, 201):
        lines = drawn(name, width, ascii_only=ascii_only).split("\n")
        left = list(wanted)
        for place, line in enumerate(lines):
            if left and re.search(rf"(?<!\d){left[0][0]}(?!\d)", line) and _owned(lines[place:], *left[0]):
                left.pop(0)
        assert not left, (width, left)


@pytest.mark.deep
@URGENT_PAGES
def test_no_number_is_broken_even_in_small_print(name: str) -> None:
    """Numbers in the words of a conflict or of the past are as whole as those to ring, from 20 to 200 columns."""
    long = re.compile(r"01632 960\d{3}")
    expected = long.findall(data(without_first(SAID[name][0])))
    for width in range(20, 201):
        assert expected == long.findall(drawn(name, width)), width


def _owned(lines: list[str], number: str, name: str) -> bool:
    """Whether the first word of the name comes after the number, on its line or the next, before any other number."""
    after = lines[0].split(number, 1)[1] + " " + lines[1]
    other = NUMBER.search(after)
    return name.split()[0] in (after[: other.start()] if other else after)


def test_a_name_is_whole_before_the_next_number_at_forty_columns() -> None:
    """At 40 columns the whole name is read before another number comes."""
    text = unwrapped(drawn("plan", 40))
    for one in ladders(PLAN):
        for line in one["phones"]:
            assert re.search(rf"{line['number']}(?:(?!01632|999).)*{one['name']}", text)


@EVERY
def test_plain_puts_one_number_and_its_name_on_one_line(name: str) -> None:
    """A line of plain text cut from the rest still says whose number it holds."""
    lines = plainly(name).split("\n")
    for one in ladders(SAID[name][0]):
        for line in one["phones"] if one["status"] != "historic" else ():
            whole = re.compile(rf"[:;] (text )?{re.escape(line['number'])}, {re.escape(one['name'])}, ")
            assert [text for text in lines if whole.search(text)], line


@pytest.mark.deep
@URGENT_PAGES
def test_no_line_is_wider_than_the_terminal(name: str) -> None:
    """From 26 columns on nothing is left to the terminal to break."""
    for width in range(26, 201):
        assert max(len(line) for line in drawn(name, width).split("\n")) <= width


# --- danger first, the first number soon ----------------------------------------------------------------------------


@URGENT_PAGES
def test_every_page_of_advice_starts_with_the_danger_line(name: str) -> None:
    """Promise 1, in panels and in plain text."""
    for text in (plainly(name), drawn(name), drawn(name, ascii_only=True)):
        assert card.LINE in text.split("\n")[0]


def test_the_whole_card_comes_first_when_the_emergency_pathway_applies() -> None:
    """The card stands whole, under its word, before any other panel."""
    text = plainly("emergency")

    assert text.startswith("EMERGENCY: " + card.text())
    for width in (20, 40, 60, 80, 120):
        assert "EMERGENCY " + " ".join(card.CARD) in unwrapped(drawn("emergency", width))
    assert text.index(card.CARD[-1]) < text.index("NOW: Ring the emergency line")
    assert "EMERGENCY" not in plainly("plan")


@pytest.mark.parametrize("name", ["plan", "emergency", "entry"])
def test_the_first_number_stands_in_the_first_twelve_rows_alone_and_bold(name: str) -> None:
    """A tired worker sees whom to ring without scrolling; nothing else is on that line, nor above and beneath."""
    first = ladders(SAID[name][0])[0]["phones"][0]["number"]
    rows = drawn(name).split("\n")
    alone = [place for place, row in enumerate(rows) if row.strip(" │") == first]

    assert alone
    assert alone[0] < 12
    assert not rows[alone[0] - 1].strip(" │")
    assert ladders(SAID[name][0])[0]["name"] in rows[alone[0] + 1]
    assert re.search(rf"\x1b\[1;7m {first} \x1b", drawn(name, colour=True))


def test_the_last_rung_is_the_emergency_line() -> None:
    """The line that is always open comes after all others of the same ladder."""
    panel = plainly("plan").split("NOW: ")[1].split("TODAY: ")[0]

    assert "999" == NUMBER.findall(panel)[-1]
    assert "THEN RING: 999, Police, fire and ambulance, open day and night" in panel


def test_the_emergency_line_as_last_rung_is_never_the_one_to_ring_first() -> None:
    """Where nobody else has a number it stays the last line: a fire visit is not asked for on the emergency line."""
    page = plan_page(a_plan(outcome("visit", "Ask for a visit", "soon", FORM, LAST)))

    assert "REACH: Anyshire early help: https://anyshire.example/early-help\n" in plain(page)
    assert "THEN RING: 999, Police, fire and ambulance" in plain(page)
    assert "│ then 999  Police, fire and ambulance" in panels(page, 80, colour=False, ascii_only=False)


def test_a_closed_line_says_so_before_it_is_rung() -> None:
    """A number that does not answer now is never introduced as the next to ring."""
    assert "RING WHEN OPEN: 01632 960126, Anyshire day team, closed, opens Mon 08:30" in plainly("plan")
    assert "when open 01632 960126" in drawn("plan")


# --- urgency, not sure, warnings ------------------------------------------------------------------------------------


@pytest.mark.parametrize("width", [20, 40, 80, 120])
def test_urgency_is_a_word_when_all_colour_is_gone(width: int) -> None:
    """H20: the escape codes taken out, the words stay, and the screen without colour is the very same."""
    all_four = a_plan(*(outcome(urgency, "Do it", urgency, LAST) for urgency in ("now", "today", "soon", "routine")))
    coloured = panels(plan_page(all_four), width, colour=True, ascii_only=False)
    bare = SGR.sub("", coloured)

    assert "\x1b" in coloured
    assert bare == panels(plan_page(all_four), width, colour=False, ascii_only=False)
    found = re.findall(r"NOW|TODAY|SOON|WHEN YOU CAN", unwrapped(bare))
    assert ["NOW", "TODAY", "SOON", "WHEN YOU CAN"] == found
    assert ["NOW", "TODAY", "SOON", "WHEN YOU CAN"] == re.findall(r"(?m)^([A-Z ]+): Do it$", plain(plan_page(all_four)))


@EVERY
def test_only_the_sixteen_terminal_colours_are_used_and_nothing_is_faint(name: str) -> None:
    """Every escape is a colour of the user's own theme, bold or reverse: no dim, no 256 colours, no cursor movement."""
    coloured = drawn(name, colour=True)
    codes = {int(code or 0) for run in re.findall(r"\x1b\[([0-9;]*)m", coloured) for code in run.split(";")}

    assert codes <= {0, 1, 7, *range(30, 38), *range(40, 48), *range(90, 98), *range(100, 108), 39}
    assert "\x1b" not in SGR.sub("", coloured)


def test_what_is_not_certain_is_said_with_what_was_not_sure() -> None:
    """Promise 2: shown because not sure is never no, and marked as such."""
    said = f'Not certain: you were not sure about "{CHILD["ask"]}"'

    assert said in plainly("plan").split("RING FIRST")[0]
    assert said in unwrapped(drawn("plan"))


def test_old_local_doubtful_and_disputed_contacts_are_marked_in_words() -> None:
    """Promise 5: marked beneath the number, both values of a conflict shown, never hidden."""
    text = plainly("plan")

    assert "Note: OLD: it was due to be checked by 31 Jan 2026" in text
    assert "Note: local: Anytown additions" in text
    assert "Note: Not confirmed" in text
    assert "Sources differ: 01632 960123 or 01632 960125. Try the first one." in text
    disputed = next(one for outcome in PLAN["outcomes"] for one in outcome["contacts"] if one["conflicts"])
    whole = plain((Block(tuple(contact_items([disputed], [], None, full=disputed["id"]))),))
    assert (
        "Sources differ. The number: 01632 960123, says Report abuse (undated); "
        "01632 960125, says Leaflet (2019-05-01). Try the first one." in whole
    )
    for line in text.split("\n"):
        assert not line.startswith("Note:") or unwrapped(line.split(": ", 1)[1]) in unwrapped(drawn("plan"))


def test_a_contact_without_a_number_says_how_to_reach_it() -> None:
    """A page, an e-mail address or a form stands where a number would."""
    assert "REACH: Anyshire early help: https://anyshire.example/early-help" in plainly("plan")
    assert "Anyshire early help: https://anyshire.example/early-help" in unwrapped(drawn("plan"))


def test_a_caution_is_given_once_for_the_whole_plan_the_deadliest_first() -> None:
    """What not to do stands in one block below the panels; the same lines again would bury the new ones."""
    text = plainly("plan")

    assert 1 == text.count("CAUTION: Do not promise to keep it secret")
    assert text.index("Do not tell the person you fear") < text.index("Do not promise to keep it secret")
    assert 1 == text.count("You may have to pass it on.")
    assert "X Do not promise" in drawn("plan", ascii_only=True)
    assert "× Do not promise" in drawn("plan")


def test_a_plan_closes_with_why_what_is_open_and_what_to_do_when_nobody_answers() -> None:
    """Promises 5 and 6, and H48: the closing lines come after the panels, in this order."""
    text = plainly("plan")
    order = [
        "TODAY: Refer to MARAC",
        "Why: Ring children's services - You are worried: yes",
        "Still open: 2 more questions could change this. First: Has it happened before?",
        "Also ask: Free home fire visit, already met: Offer a visit. (cst eligible fire-visit)",
        card.NO_ANSWER,
        "Anyshire, Fri 27 Nov 2026 16:45",
        "Numbers: seen in the sources below, not yet rung.",
        "Sources, read 22 Nov 2026: Report abuse (undated)",
        "Sources, read 22 Nov 2026: Leaflet (1 May 2019)",
        "Anyshire test toolkit, edition 1, 23 Nov 2026. It does not replace your judgement. End of plan: 2 pathways.",
    ]
    places = [text.index(part) for part in order]
    assert sorted(places) == places
    assert 1 == text.count("Report abuse (undated)\n")


def test_the_notes_on_a_contact_are_given_once_and_its_warnings_every_time() -> None:
    """A ladder that comes again is short, but says again what is old."""
    noted = {**ADVICE, "phones": [phone("01632 960127", note="Ask for the duty desk.", cost="free")]}
    twice = cast(list[contract.Contact], [noted, LAST])
    text = plain(plan_page(a_plan(outcome("one", "One", "now", *twice), outcome("two", "Two", "today", *twice))))

    assert 1 == text.count("Ask for the duty desk.")
    assert 2 == text.count("OLD: it was due to be checked by 31 Jan 2026")
    assert 2 == text.count("01632 960127, National advice line, hours not known, free")


def test_without_an_area_the_page_says_that_only_national_numbers_are_shown() -> None:
    """A worker is told what is missing and how to get it."""
    assert NO_AREA in plainly("verdict")
    assert "No area given" not in plainly("plan")


# --- the other pages ------------------------------------------------------------------------------------------------


def test_a_verdict_says_what_was_decided_on_what_and_what_would_settle_it() -> None:
    """The answer in words, its reasons, the questions that could change it, the state of the law."""
    lines = plainly("verdict").split("\n")

    assert "Free home fire visit: cannot say yet" == lines[2]
    assert VERDICT["says"] == lines[3]
    assert "Why: How old are they: 64" in lines
    assert "Any one of these could settle it: Are they frail?; Do they hear poorly?" in lines
    assert "Law: This is guidance, not law. Since 1 Jan 2013. The figure is from 2013." in lines
    assert "No local number: Ask the council who fits locks." in lines


def test_a_verdict_that_says_how_soon_shows_it_and_what_to_do_before_whom_to_ring() -> None:
    """A worker reads at the door: what to do before leaving comes first. Another verdict names the number first."""
    soon = cast("contract.Verdict", {**VERDICT, "answer": "not now", "urgency": "today", "urgency_says": "Today."})
    lines = plain(verdict_page(soon)).split("\n")
    order = [
        next(n for n, line in enumerate(lines) if line.startswith(start)) for start in ("How soon", "Step", "RING")
    ]

    assert "Free home fire visit: not now" == lines[2]
    assert "How soon: Today." == lines[4]
    assert sorted(order) == order
    assert plainly("verdict").index("RING WHEN OPEN") < plainly("verdict").index("Step 1")


def test_a_verdict_names_further_reasons_beside_the_first() -> None:
    """One line, in the order of the rule."""
    also = [{"question": "frailty", "answer": "yes", "says": "They are frail: yes"}]

    assert "Why: How old are they: 64; They are frail: yes\n" in plain(
        verdict_page(cast("contract.Verdict", {**VERDICT, "also_because": also}))
    )


def test_a_service_of_the_past_says_do_not_ring_and_where_to_go_now() -> None:
    """Its numbers are there to be known again, under words that stop one from ringing them."""
    text = plainly("past")

    assert "Old: do not ring. It has another name now." in text
    assert "OLD NUMBER, NO LONGER TO BE RUNG: 01632 960199, Anyshire youth line" in text
    assert "OLD E-MAIL, NO LONGER TO BE USED: old@anyshire.example, Anyshire youth line" in text
    assert "REACH: " not in text
    assert "RING WHEN OPEN: 01632 960126, Anyshire day team" in text
    assert "Old number, no longer to be rung: 01632 960199" in unwrapped(drawn("past"))


def test_a_list_says_how_many_there_are_so_that_a_cut_shows() -> None:
    """H34: the last line counts; plain text is one record a line."""
    assert "fgm: Female genital mutilation (now)\nanti-social-behaviour: Anti-social behaviour\n" in plainly("listing")
    assert plainly("listing").endswith("issues: 2 in all.\n")
    assert "fgm                    Female genital mutilation (now)\n" in drawn("listing", 80)


def test_a_fault_gives_its_place_what_is_wrong_and_what_to_do() -> None:
    """One paragraph each, then how many and what was checked."""
    first, second, last = plainly("faults").split("\n\n")

    assert "team.yaml:7: Two records have this id. Rename one. [id]" == first
    assert "Fault: A case fails. Mend the rule. [case]" == second
    assert "2 faults.\nChecked: 23 issues, 80 contacts\n" == last


def test_advice_already_earned_is_short() -> None:
    """Promise 3: the first number, two steps and the cautions of what is earned."""
    text = plain(earned_page(PLAN["outcomes"][:1]))

    ring = "NOW: Ring children's services\nRING FIRST: 01632 960123, Anyshire children's services"
    assert text.startswith(f"{card.LINE}\n\n{ring}")
    assert ["999", "01632 960123"] == NUMBER.findall(text.split("Note:")[0])
    assert "Step 2: One day: Send the written referral." in text
    assert "CAUTION: Do not tell the person you fear" in text
    assert "MARAC" not in text
    assert plain(earned_page(EMERGENCY["outcomes"])).startswith("EMERGENCY: " + card.text())


def test_short_mode_is_exactly_its_lines_under_the_danger_line() -> None:
    """Somebody may be looking: nothing else is shown."""
    assert f"{card.LINE}\n\nPress q to leave.\nFind a safe time.\n" == plain(mode_page(MODE))


# --- nothing hostile gets through -----------------------------------------------------------------------------------

HOSTILE = [
    "[bold]x[/bold]",
    "[/nope]",
    ":phone:",
    "see [archive]",
    "\x1b[2J",
    "\x1b]8;;http://x\x07",
    "\x9b31m",
    "a\u202eb",
    "a\tb",
]
HOSTILE += [
    "\u200bhidden",
    "two\nlines",
    "x\u2028y",
    "\x7f\x00",
    "é’—£",
    "\ud800half",
    "\U000e0041tag",
    "[link=x]y[/link]",
    "漢字",
]
WORDS = st.lists(st.sampled_from(HOSTILE) | st.text(max_size=8), min_size=1, max_size=3).map(" ".join)
CLOSED = {"kind", "type", "status", "urgency", "verdict", "outcome", "number", "id", "contact", "phone"}


def poisoned(said: Any, words: Iterator[str], key: str = "") -> Any:
    """The sample with other words in every field that holds free text."""
    if isinstance(said, dict):
        return {name: poisoned(value, words, name) for name, value in said.items()}
    if isinstance(said, list):
        return [poisoned(value, words, key) for value in said]
    return next(words) if isinstance(said, str) and key not in CLOSED else said


def allowed(text: str, *also: str) -> bool:
    """Whether a text holds nothing that a terminal would obey, but newlines."""
    return all(
        char == "\n" or char in also or unicodedata.category(char) not in ("Cc", "Cf", "Cs", "Zl", "Zp")
        for char in text
    )


SURVIVORS = "".join(
    chr(code) for code in range(0x110000) if unicodedata.category(chr(code)) == "Cf" and clean(chr(code))
)


@pytest.mark.deep
@EVERY
@settings(max_examples=40, deadline=None)
@given(words=st.lists(WORDS, min_size=1, max_size=6), width=st.integers(20, 120))
def test_hostile_words_in_any_field_reach_no_screen(name: str, words: list[str], width: int) -> None:
    """H12: no control character but the newline on any screen, and the JSON still says just what was said."""
    said, pager = SAID[name]
    bad = poisoned(said, iter(lambda: words[len(words) // 2], None))
    if name == "verdict":
        bad["law"] = said["law"]
    page = pager(bad)

    assert allowed(plain(page), *SURVIVORS)
    assert allowed(panels(page, width, colour=False, ascii_only=False), *SURVIVORS)
    assert allowed(data(bad), *SURVIVORS)
    assert bad == json.loads(data(bad))


def test_no_character_that_turns_words_round_is_let_through() -> None:
    """What the gate lets through of the format characters belongs to a script: none of them turns words round."""
    assert not [
        char
        for char in SURVIVORS
        if unicodedata.bidirectional(char) in ("LRE", "RLE", "LRO", "RLO", "PDF", "LRI", "RLI", "FSI", "PDI")
    ]


@pytest.mark.parametrize(
    "words", ["[bold]x[/bold]", "[/nope]", "[link=a]b[/link]", ":phone: [x]", r"\[x] [[y]]", "see [archive] [1]"]
)
def test_words_that_look_like_markup_are_shown_as_they_stand(words: str) -> None:
    """H13: nothing in brackets is obeyed, nothing vanishes, nothing turns into a picture."""
    step = {"text": words, "within": words, **PLAIN_STEP}
    bad = a_plan({**URGENT, "title": words, "steps": [step], "if_worse": words})

    assert f"NOW: {words}\n" in plain(plan_page(bad))
    text = unwrapped(panels(plan_page(bad), 120, colour=False, ascii_only=False))
    assert f"NOW {words}" in text
    assert f"1 {words[0].upper()}{words[1:]}: {words}" in text
    assert f"If it gets worse: {words}" in text


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ("a\tb\nc", "a b\nc"),
        ("a\x00\x07\x08\x0b\x0c\r\x1b[0m\x7f\x9b1mb", "a[0m1mb"),
        ("a\u202e\u2066\u200b\u200f\u2028\u2029\u061c\ufeff\u00ad\U000e0041b", "ab"),
        ("café ‘quoted’ – £5 漢字", "café ‘quoted’ – £5 漢字"),
        ("\ud83d", "?"),
    ],
)
def test_the_gate_takes_out_what_moves_hides_or_turns_and_nothing_else(given: str, expected: str) -> None:
    """The one gate for every string, and it changes nothing the second time."""
    assert expected == clean(given) == clean(clean(given))
    assert "\n" not in one_line(given)


# --- plain, ASCII, and the modules ----------------------------------------------------------------------------------


@EVERY
def test_plain_has_no_boxes_tabs_escapes_or_trailing_space(name: str) -> None:
    """H19: what a screen reader meets is words, one item a line."""
    text = plainly(name)

    assert not BOXES.search(text)
    assert not [line for line in text.split("\n") if line != line.strip()]
    assert not [sign for sign in ("\x1b", "\t", "\n\n\n") if sign in text]
    assert text == text.rstrip("\n") + "\n"


@EVERY
@pytest.mark.parametrize("width", [20, 40, 80, 120])
def test_frames_and_signs_are_ascii_where_the_terminal_shows_no_more(name: str, width: int) -> None:
    """H43: on a console of the past nothing of ours has to be replaced."""
    assert drawn(name, width, ascii_only=True).isascii()


def test_words_beyond_ascii_are_left_to_the_stream() -> None:
    """An accent that a console of the past does know is not lost; curled quotes become straight ones."""
    text = panels(plan_page(a_plan({**URGENT, "title": "Café ‘Été’ – £5"})), 80, colour=False, ascii_only=True)

    assert "Café 'Été' - £5" in text


def test_plain_text_and_json_load_no_rich() -> None:
    """A look-up in a pipe does not pay for panels."""
    modules = ", ".join(
        f"cst.views.{name}"
        for name in (
            "formats.plain",
            "formats.json",
            "pages.plan",
            "pages.verdict",
            "pages.entry",
            "pages.listing",
            "pages.faults",
        )
    )
    program = f"import sys, {modules}; print([name for name in sys.modules if name.startswith('rich')])"
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)

    assert "[]\n" == done.stdout


def test_days_are_written_out() -> None:
    """Dates are read by people, in British order."""
    assert "Fri 27 Nov 2026 16:45" == moment(AT)
    assert "22 Nov 2026" == day("2026-11-22")
    assert "undated" == day("undated")


# --- whole screens --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["plan", "verdict", "entry"])
@pytest.mark.parametrize("form", ["40", "80", "120", "ascii", "colour", "plain"])
def test_the_whole_screen_is_the_golden_one(name: str, form: str) -> None:
    """What a worker sees, kept as a file so that every change is looked at."""
    width = int(form) if form.isdigit() else 80
    text = plainly(name) if form == "plain" else drawn(name, width, colour=form == "colour", ascii_only=form == "ascii")
    golden = SCREENS / f"{name}-{form}.txt"
    if os.environ.get("CST_RESET"):
        golden.write_text(text, encoding="utf-8")

    assert golden.read_text(encoding="utf-8") == text


def test_three_lines_hide_nothing_that_is_urgent() -> None:
    """Several things cannot wait: each of the others has a line, with its number and its step."""
    twice = a_plan({**URGENT, "id": "one", "title": "First thing"}, {**URGENT, "id": "two", "title": "Second thing"})
    short = plain(short_page(twice))

    assert "ALSO NOW: Second thing. RING: 01632 960123" in short
    assert "DO: " in short.split("ALSO NOW")[1]


def test_the_shortest_answer_says_nothing_of_the_case_while_somebody_may_look_on() -> None:
    """Hazard 16: overheard, and asked for in three lines, is still overheard."""
    seen = {**a_plan(URGENT), "modes": [MODE]}

    assert "Press q to leave.\nFind a safe time.\n" == plain(short_page(seen))


def test_where_nobody_fills_the_first_role_that_is_said_before_the_next_best() -> None:
    """A national line must not be taken for the council's; a lesser role that nobody fills waits its turn."""
    missing = {"role": "housing", "says": "Ask the council."}
    for first in (True, False):
        text = plain(plan_page(a_plan({**URGENT, "unfilled": [{**missing, "first": first}]})))

        assert first is (text.index("No local number: Ask the council.") < text.index("RING FIRST"))
        short = plain(short_page(a_plan({**URGENT, "unfilled": [{**missing, "first": first}]})))
        assert first is ("NO LOCAL NUMBER: Ask the council." in short)
