"""A look-up on a screen: the sources in one line, and whom to ring first in sight where the page is longer."""

from __future__ import annotations

import re
from datetime import datetime

import pytest

from cst.engine.answers import read_answers
from cst.engine.plan import plan
from cst.views.formats.panels import panels
from cst.views.pages.plan import ending_page
from tests.support.command import Terminal, cst
from tests.support.states import LONDON, shipped

ENTRY = ("lookup", "domestic-abuse", "--area", "winchester", "--at", "2026-11-24T10:00")
FOOT = 22  # rows of a page above its keys, which may take two


def _shown(*arguments: str, columns: int = 80, rows: int = 24, **environment: str) -> str:
    terminal = Terminal(*arguments, columns=columns, rows=rows, **environment)
    assert terminal.end() == 0
    return terminal.shown()


@pytest.mark.parametrize("columns", [80, 40])
def test_the_sources_are_one_line_with_the_way_to_all_of_them(columns: int) -> None:
    """How many there are, when they were read, and the same look-up with --sources."""
    shown = " ".join(_shown(*ENTRY, columns=columns).split())

    found = re.search(r"Sources: (\d+) documents, read 22 Nov 2026\. All of them: (cst lookup [^.]*? --sources)", shown)
    assert found
    assert found[2] == "cst lookup domestic-abuse --area winchester --sources"
    assert len(re.findall("^Sources, read", cst(*ENTRY).stdout, re.MULTILINE)) == int(found[1])
    assert "Sources, read" not in shown


def test_every_source_is_there_when_asked_for() -> None:
    """As in plain text."""
    shown = " ".join(_shown(*ENTRY, "--sources").split())
    sources = re.findall(r"^Sources, read [^:]*: (.*)$", cst(*ENTRY).stdout, re.MULTILINE)

    assert sources
    assert all(" ".join(source.split()) in shown for source in sources)
    assert "All of them:" not in shown


def test_whom_to_ring_first_is_the_last_line_of_a_page_longer_than_the_screen() -> None:
    """What stays in view is a number that answers; a page that fits says it once."""
    long, short = _shown(*ENTRY).rstrip(), _shown(*ENTRY, rows=200)
    number, name = re.findall(r"^RING FIRST: ([\d ]+), ([^,]+)", cst(*ENTRY).stdout, re.MULTILINE)[0]

    assert f"Ring first: {number}, {name}" in long.splitlines()[-1]
    assert "Ring first:" not in short
    assert number in short


def test_a_plan_printed_on_the_screen_ends_with_whom_to_ring_first() -> None:
    """Its panel has scrolled away by then; plain text has it once."""
    plan = ("triage", "domestic-abuse", "-a", "immediate-danger=no", "--no-input", "--area", "winchester", *ENTRY[-2:])
    terminal = Terminal(*plan)
    assert terminal.end() == 3
    number, name = re.findall(r"^RING FIRST: ([\d ]+), ([^,]+)", cst(*plan).stdout, re.MULTILINE)[0]

    assert f"Ring first: {number}, {name}" in terminal.shown().rstrip().splitlines()[-1]
    assert "Ring first:" not in cst(*plan).stdout


@pytest.mark.deep
def test_the_first_step_is_on_the_first_screen_of_a_plan() -> None:
    """In nearly every case of the toolkit, at 80 by 24: only a card, or much that is not certain, comes before it."""
    seen = []
    for case in shipped().records["cases"]:
        if "scheme" in case:
            continue
        at = datetime.fromisoformat(case["at"]).replace(tzinfo=LONDON)
        said = plan(shipped(), read_answers(shipped(), case["answers"]), at, case.get("area"))
        if said["modes"] or not said["outcomes"]:
            continue
        rows = panels(ending_page(said), 80, colour=False, ascii_only=False).split("\n")
        seen.append(next(place for place, row in enumerate(rows) if row.startswith("│  1 ")))
    fits = [row for row in seen if row < FOOT]

    assert len(seen) > 300
    assert len(fits) > 0.9 * len(seen)


def test_what_has_no_number_to_ring_first_ends_as_it_did() -> None:
    """A caution has none."""
    assert "Ring first:" not in _shown("lookup", next(iter(shipped().kind("cautions"))), rows=5)


@pytest.mark.deep
@pytest.mark.parametrize("form", [["--plain"], ["--json"], ["--short"], ["--accessible"]], ids=lambda form: form[0])
def test_no_other_form_is_folded(form: list[str]) -> None:
    """Plain text, three lines and JSON hold what they hold in a pipe, with and without --sources."""
    shown = _shown(*ENTRY, *form, columns=2000, rows=100)

    assert shown.split() == cst(*ENTRY, *form).stdout.split()
    assert cst(*ENTRY, *form).stdout == cst(*ENTRY, *form, "--sources").stdout


def test_colour_asked_for_in_a_pipe_is_not_folded() -> None:
    """Panels in a pipe keep every source: nobody sees one screen of them."""
    piped = cst(*ENTRY, FORCE_COLOR="1").stdout

    assert "Sources, read" in piped
    assert "Ring first:" not in piped
