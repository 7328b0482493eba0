"""Promise 4: whom to ring first is decided once, in the call order, and every form reads that decision."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import datetime
from typing import Any

import pytest

from cst import card, contract
from cst.cli.one_screen import stays
from cst.engine.answers import Answers
from cst.engine.call_order import LAST_RUNG, in_order
from cst.engine.entry import entry
from cst.engine.plan import plan
from cst.engine.questions import describe_answers
from cst.engine.verdict import verdict
from cst.views.formats.markdown import markdown
from cst.views.formats.panels import panels
from cst.views.formats.plain import plain
from cst.views.page import Page, Ring
from cst.views.pages.contacts import first_call
from cst.views.pages.entry import entry_page
from cst.views.pages.plan import plan_page
from cst.views.pages.referral import referral_page
from cst.views.pages.three_lines import short_page
from cst.views.pages.verdict import verdict_page
from tests.same_everywhere.test_views import contact, phone
from tests.support.command import cst
from tests.support.in_process import run
from tests.support.levels import NIGHTLY
from tests.support.states import LONDON, shipped

KINDS = ("issues", "contacts", "schemes", "pathways", "cautions", "terms", "areas")
MINUTES = (datetime(2026, 11, 24, 10, tzinfo=LONDON), datetime(2026, 12, 25, 3, tzinfo=LONDON))
RING = re.compile(r"(?:RING|TEXT|TEXTPHONE|RELAY|VIDEO): ([\d ]+), ")
AGAIN = re.compile(r"^(\d[\d ]*)  ", re.MULTILINE)


def entries() -> Iterator[tuple[str, str]]:
    """Every entry of the quick reference."""
    return ((kind, name) for kind in KINDS for name in shipped().kind(kind))


def large(page: Page) -> list[str]:
    """The numbers that stand large and alone on a page, before anything is drawn."""
    return [item.number for block in page for item in block.items if isinstance(item, Ring) and item.large]


def short_of(answer: Any) -> str | None:
    """The number that the three lines say to ring."""
    found = RING.match(plain(short_page(answer)))
    return found[1] if found else None


def again_of(answer: Any) -> str | None:
    """The first number that stays on the screen after the pager."""
    found = AGAIN.search(stays(answer))
    return found[1] if found else None


def number_of(answer: Any) -> str | None:
    """The decision itself."""
    return answer["first"]["phone"] if answer["first"] else None


def agrees(answer: Any, page: Page) -> bool:
    """Whether page, three lines and last line name the number of `first`, or none; and it stands among the contacts."""
    number = number_of(answer)
    call = first_call(answer)
    whole = (call[1]["number"] if call else None) == number and (number is None) is bool(answer["no_first"])
    return whole and [number] * bool(number) == large(page) and number == short_of(answer) == again_of(answer)


def test_what_stays_after_the_pager_is_five_rows_at_most_with_the_deadliest_do_not_and_whom_to_ring_first() -> None:
    """And the danger line with place and minute at the very end."""
    for concerns in (("scams",), ("domestic-abuse", "child-abuse"), ("suicide-self-harm", "stalking", "child-abuse")):
        answers = Answers({"immediate-danger": False, "concerns": frozenset(concerns)})
        said = plan(shipped(), answers, MINUTES[0], "gosport")
        rows = stays(said).splitlines()
        assert 3 <= len(rows) <= 5
        assert rows[0] == f"× {said['do_nots'][0]['says']}"
        assert rows[1].startswith(f"{number_of(said)}  ")
        assert rows[-1].startswith(f"{card.LINE}  Gosport, as it was")


def test_every_form_of_every_entry_names_the_same_first_number_or_none() -> None:
    """On a Tuesday morning and in the night of Christmas Day, everywhere by night and in every fifth area by day."""
    toolkit, seen, differing = shipped(), 0, []
    areas = [None, *toolkit.kind("areas")]
    for at in MINUTES:
        for place, (kind, name) in enumerate(entries()):
            for area in areas if NIGHTLY else areas[place % 5 :: 5]:
                said = entry(toolkit, kind, name, at, area)
                seen += 1
                if not agrees(said, entry_page(said)):
                    differing.append((name, area, at.hour))

    assert not differing
    assert seen > (20_000 if NIGHTLY else 4_000)


def test_every_form_of_every_case_names_the_same_first_number_or_none() -> None:
    """Plans by night and day, each outcome with its own; the text to paste says it before what is pasted."""
    toolkit = shipped()
    for issue in toolkit.kind("issues"):
        for area in (None, "gosport", "portsmouth", "harborough"):
            for at in MINUTES:
                answers = Answers({"immediate-danger": False, "concerns": frozenset({issue})})
                said = plan(toolkit, answers, at, area)
                number = number_of(said)
                assert number == number_of(said["outcomes"][0])
                assert number == short_of(said) == again_of(said), (issue, area)
                expected = [one["first"]["phone"] for one in said["outcomes"] if one["first"]]
                assert expected == large(plan_page(said))
                pasted = plain(referral_page(said, describe_answers(toolkit, answers)))
                assert (f"{number}, " in pasted.split("REFERRAL SUMMARY")[0]) is (number is not None)


def test_every_form_of_every_verdict_names_the_same_first_number_or_none() -> None:
    """Of each scheme with nothing answered, in a few areas and in none."""
    toolkit = shipped()
    for scheme in toolkit.kind("schemes"):
        for area in (None, "gosport", "isle-of-wight", "city-of-london"):
            said = verdict(toolkit, scheme, Answers(), MINUTES[0], area)
            assert agrees(said, verdict_page(said)), (scheme, area)


@pytest.mark.parametrize("width", [40, 80])
def test_the_drawn_forms_start_with_it(width: int) -> None:
    """Panels, plain text and Markdown: of the numbers to ring the first is the one that is decided."""
    for name in ("domestic-abuse", "child-abuse", "hate-crime"):
        said = entry(shipped(), "issues", name, MINUTES[0], "gosport")
        number = str(number_of(said))
        drawn = panels(entry_page(said), width, colour=False, ascii_only=True)
        assert drawn.index(number) == min(
            drawn.index(one["number"]) for rung in said["contacts"] for one in rung["phones"] if one["number"] != "999"
        )
        for text in (plain(entry_page(said)), markdown(entry_page(said))):
            assert re.search(rf"(FIRST|WHEN OPEN):(\*\*)? {number}, ", text)


@pytest.mark.parametrize(
    ("words", "why"),
    [
        (("fire-visit",), "No area was given"),
        (("fire-visit", "--area", "paris"), "Paris"),
        (("do-not-mediate",), "Nobody"),
    ],
)
def test_a_field_of_nobody_is_nothing_with_the_reason(words: tuple[str, ...], why: str) -> None:
    """Nothing on standard output, the reason on standard error, exit 1: never the emergency line in its place."""
    ran = cst("lookup", *words, "--field", "phone")

    assert ("", 1) == (ran.stdout, ran.returncode)
    assert why.casefold() in ran.stderr.casefold()


def test_a_field_is_of_whom_to_ring_first_for_every_entry() -> None:
    """`--field phone` and the JSON agree on each issue, scheme and pathway in a few areas."""
    for kind in ("issues", "schemes", "pathways"):
        for name in shipped().kind(kind):
            for area in ("gosport", "portsmouth"):
                said = entry(shipped(), kind, name, MINUTES[0], area)
                ran = run("lookup", name, "--area", area, "--at", "2026-11-24T10:00", "--field", "phone")
                assert (f"{number_of(said)}\n" if said["first"] else "", 0 if said["first"] else 1) == (
                    ran.out,
                    ran.code,
                )


def test_a_field_of_words_that_fit_several_entries_is_nothing() -> None:
    """A script that asks for one line gets one or none, and never a list of what may have been meant."""
    ran = cst("lookup", "money worries and shouting next door", "--field", "phone")

    assert ("", 1) == (ran.stdout, ran.returncode)
    assert ran.stderr.count("\n") > 1


@pytest.mark.parametrize("words", ["adults", "money worries and shouting next door"])
def test_three_lines_of_several_entries_are_the_list_of_them(words: str) -> None:
    """There is no one thing to do, so the choice is shown, and nothing breaks."""
    short, whole = cst("lookup", words, "--short"), cst("lookup", words)

    assert (0, whole.stdout) == (short.returncode, short.stdout)
    assert "These may fit" in short.stdout


LINE = contact("line", "A line", phone("01632 960001"))
TEXTS = contact("texts", "A text line", phone("01632 960002", kind="sms"))
PAGE = contact("page", "A page", url="https://anyshire.example")
NET = contact(LAST_RUNG, "Police, fire and ambulance", phone("999", open=True, always=True))
GONE = contact("gone", "A line of the past", phone("01632 960003"), status="historic")
HOLE: contract.RoleUnfilled = {"role": "bank", "says": "Ask the bank.", "first": True}


@pytest.mark.parametrize(
    ("contacts", "unfilled", "expected"),
    [
        ([LINE, NET], [], "line"),
        ([NET, LINE], [], LAST_RUNG),
        ([NET], [], LAST_RUNG),
        ([NET], [HOLE], None),
        ([LINE, NET], [HOLE], "line"),
        ([PAGE, NET], [], None),
        ([PAGE, LINE, NET], [], "line"),
        ([TEXTS, LINE, NET], [], "line"),
        ([TEXTS, NET], [], "texts"),
        ([GONE, NET], [], None),
        ([], [], None),
    ],
)
def test_whom_to_ring_first(
    contacts: list[contract.Contact], unfilled: list[contract.RoleUnfilled], expected: str | None
) -> None:
    """The first that can be rung: never a service of the past, nor the emergency line where it is but the last rung."""
    calls = in_order(contacts, unfilled)

    assert expected == (calls.first["contact"] if calls.first else None)
    assert (expected is None) is (calls.no_first is not None)
