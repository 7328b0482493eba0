"""Promise: the handbook can be read, tapped, walked by keys and printed in a real browser, and asks for nothing."""

from __future__ import annotations

import io
import json
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import Any
from unicodedata import normalize

import pytest

from cst import card
from cst.handbook.book import book
from cst.handbook.html import EXIT, html
from tests.support.browser import Page, axe, browser
from tests.support.states import LONDON, shipped

AT = datetime(2026, 12, 1, 1, 45, tzinfo=LONDON)
pytestmark = pytest.mark.deep


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """The handbook of all areas, and that of one."""
    folder = tmp_path_factory.mktemp("handbook")
    found = {}
    for area in (None, "gosport"):
        found[area or "all"] = folder / f"{area}.html"
        found[area or "all"].write_text(html(book(shipped(), AT, area)), "utf-8")
    return found


@pytest.fixture(scope="module")
def page(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Page]:
    """One browser for all of these tests."""
    with browser(tmp_path_factory.mktemp("browser")) as opened:
        yield opened


@pytest.mark.parametrize("area", ["all", "gosport"])
def test_it_asks_for_nothing_and_breaks_no_rule_of_its_own(page: Page, files: dict[str, Path], area: str) -> None:
    """One request: the file itself. No message of the browser about what the page's policy forbids."""
    page.requests.clear()
    page.messages.clear()
    page.open(files[area])
    page.value("new Promise(done => setTimeout(done, 300))")

    assert [files[area].as_uri()] == page.requests
    assert [] == page.messages


@pytest.mark.parametrize("width", [320, 360, 1280])
def test_nothing_runs_off_the_side(page: Page, files: dict[str, Path], width: int) -> None:
    """As narrow as WCAG 2.2 asks for (1.4.10), the width of a phone, and that of a screen."""
    page.open(files["all"], width)

    assert page.value("document.documentElement.scrollWidth <= document.documentElement.clientWidth")


@pytest.mark.parametrize(("width", "dark"), [(360, False), (1280, True)])
@pytest.mark.parametrize("area", ["all", "gosport"])
def test_axe_finds_nothing_against_wcag(page: Page, files: dict[str, Path], area: str, width: int, dark: bool) -> None:
    """Levels A and AA of 2.0 to 2.2 and what axe holds good practice, in both colours."""
    script = axe()
    page.open(files[area], width, dark=dark)
    page.value(script + "; 0")
    tags = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
    asked = json.dumps({"runOnly": tags, "resultTypes": ["violations"]})
    each = "one => [one.id, one.nodes.length, one.nodes[0].html]"
    found = page.value(f"axe.run(document, {asked}).then(it => it.violations.map({each}))")

    assert [] == found


@pytest.mark.parametrize("width", [360, 1280])
def test_keys_alone_lead_from_the_start_to_a_number(page: Page, files: dict[str, Path], width: int) -> None:
    """Without script: to the contents, to a topic, to its first number; and what has the focus can be seen."""
    page.open(files["gosport"], width, scripts=False)
    page.press("Tab")
    assert "#main" == focused(page)
    page.press("Tab")
    assert "tel:999" == focused(page)
    page.press("Tab")
    assert EXIT == focused(page)
    page.press("Tab")
    assert "#contents" == focused(page)
    page.press("Enter")
    tab_to(page, "#domestic-abuse")
    page.press("Enter")
    page.press("Tab")

    assert "tel:03300165112" == focused(page)
    assert page.value(
        "(() => { const box = document.activeElement.getBoundingClientRect();"
        "return document.elementFromPoint(box.x + 5, box.y + box.height / 2) === document.activeElement; })()"
    )


def test_with_script_each_number_says_whether_it_is_open_at_the_minute_of_the_device(
    page: Page, files: dict[str, Path]
) -> None:
    """On a Friday at 16:45 the county's day line is closed, and the night line open."""
    with clock(page, "2026-11-27T16:45Z"):
        page.open(files["gosport"])

        assert "Closed at 16:45, opens Mon 08:30" == beside(page, "03005551384")
        assert "Open at 16:45, until Mon 08:30" == beside(page, "03005551373")
        assert "" == beside(page, "999")


def test_a_clock_from_before_the_edition_is_not_believed(page: Page, files: dict[str, Path]) -> None:
    """A device that has lost its battery starts in 1970 or 2000; then the page says nothing of now."""
    with clock(page, "2000-01-01T00:10Z"):
        page.open(files["gosport"])

        assert "" == page.value("[...document.querySelectorAll('.open-now')].map(one => one.textContent).join('')")
        assert page.value("document.querySelectorAll('.open-now').length") > 50


@contextmanager
def clock(page: Page, at: str) -> Iterator[None]:
    """A device with its clock at some minute."""
    fixed = f"Date = class extends Date {{ constructor(...a) {{ a.length ? super(...a) : super('{at}'); }} }}"
    script = page.call("Page.addScriptToEvaluateOnNewDocument", source=fixed)
    yield
    page.call("Page.removeScriptToEvaluateOnNewDocument", **script)


def beside(page: Page, number: str) -> Any:
    """What stands beside a number of the contacts about now; "" where nothing does."""
    return page.value(
        f"(() => {{ const ring = [...document.querySelectorAll('.ring')].find(one => one.querySelector("
        f"'[href=\"tel:{number}\"]')); return ring.querySelector('.open-now')?.textContent ?? 'none'; }})()"
    )


def test_any_words_lead_to_a_section_by_keys_alone(page: Page, files: dict[str, Path]) -> None:
    """Typed, then Tab to the first result and Enter; words of danger lead to the emergency."""
    page.open(files["gosport"], 360)
    page.value("document.getElementById('words-typed').focus()")
    for letter in "two phones":
        page.press(letter)
    page.press("Enter")
    found = page.value("[...document.querySelectorAll('#results a')].map(one => one.getAttribute('href'))")
    page.press("Tab")

    assert "#exploitation" == found[0] == focused(page)
    page.press("Enter")
    assert "#exploitation" == page.value("location.hash")
    page.value(
        "(() => { const box = document.getElementById('words-typed'); box.value = 'he has a knife to her throat';"
        "box.dispatchEvent(new KeyboardEvent('keydown', {key: 'Enter'})); })()"
    )
    assert "#emergency" == page.value("document.querySelector('#results a').getAttribute('href')")
    page.value(
        "(() => { const box = document.getElementById('words-typed'); box.value = 'xyzzy';"
        "box.dispatchEvent(new KeyboardEvent('keydown', {key: 'Enter'})); })()"
    )
    assert "Nothing here is like that. See the topics below." == page.value(
        "document.getElementById('found').textContent"
    )


@pytest.mark.parametrize("keys", [True, False])
def test_leaving_clears_the_page_at_once_and_back_does_not_lead_to_it(
    page: Page, files: dict[str, Path], keys: bool
) -> None:
    """By the button, or by Shift three times; here the other page never comes, and nothing is left all the same."""
    page.open(files["gosport"])
    page.requests.clear()
    stays = "document.querySelector('.exit').href = '#contents';"  # so that what is left can be looked at
    page.value(stays)
    if keys:
        for _ in range(3):
            page.press("Shift")
    else:
        page.value("document.querySelector('.exit').click()")

    assert "" == page.value("document.body.textContent")
    assert "" == page.value("document.title")
    assert [] == page.requests


@pytest.mark.parametrize("scripts", [True, False])
def test_leaving_asks_for_the_weather_page_with_and_without_script(
    page: Page, files: dict[str, Path], scripts: bool
) -> None:
    """The one thing that the page ever asks for, and only when it is told to."""
    page.open(files["gosport"], scripts=scripts)
    page.requests.clear()
    for _ in range(6):
        page.press("Tab")
        if focused(page) == EXIT:
            break
    page.press("Enter")
    page.until("Network.requestWillBeSent")

    assert [EXIT] == page.requests[:1]


def focused(page: Page) -> str:
    """Where the link leads that has the focus; "" for anything else."""
    return str(page.value("document.activeElement.getAttribute('href') || ''"))


def tab_to(page: Page, link: str) -> None:
    """Presses Tab until a link has the focus."""
    for _ in range(80):
        page.press("Tab")
        if focused(page) == link:
            return
    raise AssertionError(f"no way by keys to {link}")


def test_every_printed_page_has_the_danger_line_and_the_date(page: Page, files: dict[str, Path]) -> None:
    """A4; the pocket page on one sheet of its own; nothing but the last page nearly empty."""
    pypdf = pytest.importorskip("pypdf")
    page.open(files["gosport"])
    pages = pypdf.PdfReader(io.BytesIO(page.pdf())).pages
    texts = [" ".join(normalize("NFKC", one.extract_text()).split()) for one in pages]  # "fi" is one sign in print
    pocket = [text for text in texts if "Pocket page: Gosport" in text and "First by day" in text]

    assert (595, 842) == tuple(round(float(side)) for side in pages[0].mediabox[2:])
    assert not [number for number, text in enumerate(texts, 1) if card.LINE not in text]
    assert not [number for number, text in enumerate(texts, 1) if "As at Tue 1 Dec 2026" not in text]
    assert not [number for number, text in enumerate(texts, 1) if f"Page {number} of {len(texts)}" not in text]
    assert 1 == len(pocket)
    rings = [line.ring for line in book(shipped(), AT, "gosport").pocket.lines]
    assert not [ring for ring in rings if ring.number not in pocket[0] or ring.name not in pocket[0]]
    assert 100 < len(texts) < 320
