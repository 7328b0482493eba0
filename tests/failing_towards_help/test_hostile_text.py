"""Hazards H12 and H13, faults F3 to F5: no text that comes in reaches a screen as anything but words.

Naughty strings, control sequences and markup, through every way in and to every way out. In CI evenly spread ones go
the slow ways (a whole command each) and all of them the quick ones; the nightly run sends all of them every way.
"""

from __future__ import annotations

import io
import json
import os
import random
import re
from collections.abc import Callable
from functools import lru_cache
from pathlib import Path

import pytest
import yaml

from cst import card, contract
from cst.cli import request as common
from cst.cli.errors import Trouble
from cst.engine import answer_words
from cst.engine.answers import Answers
from cst.engine.questions import describe_question
from cst.views.formats.json import data
from cst.views.formats.markdown import markdown
from cst.views.formats.panels import panels
from cst.views.formats.plain import plain
from cst.views.formats.safe_text import clean, one_line
from cst.views.page import Block, Cited, Listed, Never, Page, Past, Reach, Ring, Row, Small, Step, Words
from cst.views.pages.listing import listing_page
from cst.views.pages.referral import referral_page
from cst.views.pages.three_lines import short_page
from cst.walk.asker import Around, Leave
from cst.walk.numbered_lines import Lines
from tests.same_everywhere.test_views import AT, PLAN, SAID, SGR, SURVIVORS, allowed, poisoned, unwrapped
from tests.support import CORPORA
from tests.support.command import cst
from tests.support.in_process import Ran, run
from tests.support.levels import sample
from tests.support.states import shipped

NAUGHTY = CORPORA / "naughty-strings.json"
MOMENT = ("--at", "2026-11-24T10:00")
SEED = 20261123


@lru_cache
def naughty() -> list[str]:
    """The Big List of Naughty Strings, where it is on this machine."""
    if not NAUGHTY.exists():
        pytest.skip("no naughty-strings.json in the folder that CST_CORPORA names")
    found: list[str] = json.loads(NAUGHTY.read_text("utf-8"))
    return found


def _sequences() -> list[str]:
    """Everything a terminal would obey, or that hides or turns words: each with words before and after."""
    csi = [
        f"{start}{given}{end}"
        for start in ("\x1b[", "\x9b")
        for given in ("", "2", "31", "?1049", "999;999")
        for end in "ABCDHJKSTfhlmnpqrsu"
    ]
    osc = [
        f"{start}{number};{text}{end}"
        for start in ("\x1b]", "\x9d")
        for number in ("0", "2", "8", "52", "777")
        for text in ("title", "c;c2VjcmV0", ";http://example.org")
        for end in ("\x07", "\x1b\\", "\x9c")
    ]
    strings = [
        f"{start}payload{end}"
        for start in ("\x1bP", "\x1b_", "\x1b^", "\x1bX", "\x90", "\x9f", "\x9e", "\x98")
        for end in ("\x1b\\", "\x9c", "")
    ]
    single = [chr(code) for code in (*range(0x20), *range(0x7F, 0xA0)) if chr(code) not in "\t\n"]
    hidden = [
        chr(code)
        for code in (
            0xAD,
            0x61C,
            *range(0x200B, 0x2010),
            *range(0x2028, 0x202F),
            *range(0x2060, 0x2070),
            0xFEFF,
            0xFFF9,
            0xE0041,
            0xD83D,
        )
    ]
    tricks = ["999\b\b\b111", "ring 999\rring 111", "a\x1bc", "\x1b#8", "\x1b(0", "\x0e\x0f", "\x1b7\x1b8", "\x05\x15"]
    rest = random.Random(SEED).sample(csi + osc, 400 - len(strings) - len(single) - len(hidden) - len(tricks))
    return [f"before{one}after" for one in (*strings, *single, *hidden, *tricks, *rest)]


def _markup() -> list[str]:
    """Words between all that Rich, Markdown, HTML and emoji codes would obey; no blanks at the ends or together."""
    chance = random.Random(SEED)
    parts = [
        "[bold]",
        "[/bold]",
        "[/]",
        "[red on blue]",
        "[link=http://a.b]",
        "[/nope]",
        "[",
        "]",
        "[[",
        "]]",
        "\\",
        "\\[",
        "\\\\",
        ":phone:",
        ":warning:",
        ":",
        "**",
        "__",
        "`",
        "<b>",
        "</b>",
        "<!--",
        "&amp;",
        "#",
        "- ",
        "1. ",
        "~~",
        "|",
        "{",
        "}",
        "{0}",
        "%s",
        "%n",
        "$HOME",
        "$(id)",
        "![a](b)",
        "=SUM(A1)",
        "@x",
        "[archive]",
        "\\n",
        "[@click]",
    ]
    return [
        " ".join("".join(chance.choice([*parts, "word", "ring "]) for _ in range(chance.randint(2, 7))).split())
        for _ in range(1000)
    ]


SEQUENCES, MARKUP = _sequences(), _markup()


def _page(word: str) -> Page:
    """A page with the word in every place of every item."""
    pair = (word, word)
    ring = [Ring("01632 960001", word, word, "first", "ring", True, pair), Ring("01632 960002", word, word)]
    items = (
        *ring,
        Reach(word, word, "then", pair),
        Past(word, word),
        Step(1, word, word),
        Never(word, word),
        Listed(word, pair),
        Cited(word, pair),
        Row(word, word),
        Words(word, word, True),
        Words(word),
        Small(word, word),
    )
    return (Block(items, word, "now"), Block((Words(word),)))


VIEWS: dict[str, Callable[[str], str]] = {
    "plain": lambda word: plain(_page(word)),
    "panels": lambda word: panels(_page(word), 80, colour=False, ascii_only=False),
    "panels-in-colour": lambda word: _uncoloured(panels(_page(word), 80, colour=True, ascii_only=False)),
    "panels-in-ascii": lambda word: panels(_page(word), 30, colour=False, ascii_only=True),
    "markdown": lambda word: markdown(_page(word)),
    "short": lambda word: plain(short_page(poisoned(PLAN, iter(lambda: word, None)))),
    "referral": lambda word: plain(referral_page(_poisoned_plan(word), [])),
    "json": lambda word: data(poisoned(SAID["listing"][0], iter(lambda: word, None))),
    "list": lambda word: plain(listing_page(poisoned(SAID["listing"][0], iter(lambda: word, None)))),
}


def _poisoned_plan(word: str) -> object:
    return {**poisoned(PLAN, iter(lambda: word, None)), "at": AT, "set_aside": []}


def _uncoloured(text: str) -> str:
    """The text without colour codes, of which there may be none but those of harmless words."""
    assert set(SGR.findall(text)) <= RICHS
    return SGR.sub("", text)


RICHS = set(SGR.findall(panels(_page("word"), 80, colour=True, ascii_only=False)))


# Ways in: a word, to a command line, what is read, and settings


def _in_settings(word: str, folder: Path) -> Ran:
    place = folder / "cst" / "settings.toml"
    place.parent.mkdir(exist_ok=True)
    place.write_text(f"area = {json.dumps(clean(word))}\ntoolkit = {json.dumps([word])}\n", "utf-8", "replace")
    return run("settings", XDG_CONFIG_HOME=str(folder))


def _for_the_system(word: str) -> str:
    """A word as far as a system can hand it over as a name or a setting: without NULs and halves of characters."""
    return os.fsdecode(word.replace("\0", "").encode("utf-8", "replace"))


TRIAGE = ("triage", "--no-input", "-a", "immediate-danger=no")
WAYS_IN: dict[str, Callable[[str, Path], Ran]] = {
    "lookup": lambda word, _: run("lookup", *MOMENT, "--", word),
    "lookup-json": lambda word, _: run("lookup", "--json", *MOMENT, "--", word),
    "area": lambda word, _: run("lookup", "marac", "--area", word, *MOMENT),
    "area-panels": lambda word, _: run("lookup", "marac", "--area", word, *MOMENT, FORCE_COLOR="1"),
    "at": lambda word, _: run("lookup", "marac", "--at", word),
    "field": lambda word, _: run("lookup", "marac", "--field", word, *MOMENT),
    "answer-value": lambda word, _: run(*TRIAGE, "-a", f"concerns={word}", *MOMENT),
    "answer-area-json": lambda word, _: run(*TRIAGE, "--json", "-a", f"area={word}", *MOMENT),
    "answer-number": lambda word, _: run("eligible", "fire-visit", "--no-input", "-a", f"age={word}", *MOMENT),
    "answer-name": lambda word, _: run("eligible", "fire-visit", "--no-input", "--json", "-a", f"{word}=yes", *MOMENT),
    "answers-json": lambda word, _: run(*TRIAGE, "--answers", "-", *MOMENT, text=json.dumps({"age": word, word: "no"})),
    "answers-yaml": lambda word, _: run(*TRIAGE, "--answers", "-", *MOMENT, text=f"{word}: {word}\n"),
    "issue": lambda word, _: run(*TRIAGE, "--", word),
    "scheme": lambda word, _: run("eligible", "--no-input", "--", word),
    "list": lambda word, _: run("list", "--json", "--", word),
    "graph": lambda word, _: run("graph", "--", word),
    "save": lambda word, folder: run(*TRIAGE, "--save", str(folder / "no" / "such" / f"{_for_the_system(word)}.txt")),
    "help": lambda word, _: run("help", "--", word),
    "environment": lambda word, _: run("settings", CST_AREA=_for_the_system(word), CST_TOOLKIT=_for_the_system(word)),
    "settings-file": _in_settings,
}


def _check(ran: Ran, word: str) -> None:
    assert ran.code in (0, 1, 2, 3, 10, 65, 66, 74, 78), (word, ran)
    assert "Traceback" not in ran.out + ran.err
    for shown in (SGR.sub("", ran.out), ran.err):
        assert allowed(shown, *SURVIVORS), (word, shown)
    assert set(SGR.findall(ran.out)) <= set(SGR.findall(coloured().out)), word
    if ran.code not in (0, 1, 3, 10):
        assert card.LINE in ran.out + ran.err


@lru_cache
def coloured() -> Ran:
    """What harmless words look like in panels."""
    return run("lookup", "marac", "--area", "gosport", *MOMENT, FORCE_COLOR="1")


def test_the_counts_are_those_of_the_matrix() -> None:
    """F3: 515 strings by 20 ways in and 9 ways out; F4: 400 sequences; F5: 1,000 markups; each a different one."""
    assert 400 == len(SEQUENCES) == len(set(SEQUENCES))
    assert 1000 == len(MARKUP)
    assert (20, 9) == (len(WAYS_IN), len(VIEWS))


def test_there_are_as_many_naughty_strings_as_the_list_has() -> None:
    """The list at the commit that the matrix names."""
    assert 515 == len(naughty())


@pytest.mark.parametrize("way", WAYS_IN)
def test_no_naughty_string_and_no_sequence_breaks_a_command(way: str, tmp_path: Path) -> None:
    """Each ends in an answer or a refusal with the emergency line, and nothing but words is written."""
    for word in (*sample(naughty(), 20), *sample(SEQUENCES, 20), *sample(MARKUP, 10)):
        _check(WAYS_IN[way](word, tmp_path), word)


@pytest.mark.parametrize("view", VIEWS)
def test_no_sequence_reaches_a_screen_or_a_file(view: str) -> None:
    """F4: every sequence in every field, in every form in which an answer is written."""
    for word in sample(SEQUENCES, 400 if view in QUICK else 80):
        assert allowed(VIEWS[view](word), *SURVIVORS), ascii(word)


QUICK = ("plain", "markdown", "short", "referral", "json", "list")


@pytest.mark.parametrize("view", VIEWS)
def test_no_naughty_string_reaches_a_screen_as_more_than_words(view: str) -> None:
    """F3: nothing in the list moves a cursor, and nothing in it breaks a view."""
    for word in sample(naughty(), 515 if view in QUICK else 80):
        assert allowed(VIEWS[view](word), *SURVIVORS), ascii(word)


def test_markup_is_shown_as_it_stands_in_plain_text_and_json() -> None:
    """F5: each word for word; nothing vanishes and nothing turns into a picture."""
    for word in MARKUP:
        lines = plain(_page(word)).splitlines()
        assert {word, f"NOW: {word}"} <= set(lines), word
        assert f"Step 1: {word[0].upper()}{word[1:]}: {word}" in lines
        assert word == json.loads(VIEWS["json"](word))["items"][0]["title"]


def test_markup_is_shown_as_it_stands_in_markdown() -> None:
    """Unescaped, the paragraph is the word."""
    for word in MARKUP:
        paragraphs = markdown(_page(word)).rstrip("\n").split("\n\n")
        assert word == re.sub(r"\\([\\`*\[\]<>&#|~_.)=+-])", r"\1", paragraphs[-1]), word


@pytest.mark.parametrize("colour", [False, True], ids=["plain", "colour"])
def test_markup_is_shown_as_it_stands_in_panels(colour: bool) -> None:
    """On a screen so wide that no line ends within a word."""
    for word in sample(MARKUP, 150):
        shown = SGR.sub("", panels(_page(word), 400, colour=colour, ascii_only=False))
        assert f"{word}\n" == shown[shown.rindex("\n", 0, -1) + 1 :], word
        assert f"1 {word[0].upper()}{word[1:]}: {word}" in unwrapped(shown)
        assert f"{word}: {word}" in unwrapped(shown)


# A local file


def test_a_local_file_is_refused_or_its_words_are_shown_as_they_stand(tmp_path: Path) -> None:
    """F3 to F5 as the meaning of a term: a refusal names its line; what is let in stands on the screen, cleaned."""
    words = dict(enumerate((*sample(naughty(), 120), *sample(SEQUENCES, 80), *sample(MARKUP, 100))))
    words = {place: word for place, word in words.items() if clean(word) == word and word.strip() == word and word}
    let_in = _let_in(words, tmp_path / "team.yaml")

    assert len(words) * 3 // 4 < len(let_in) <= len(words)
    for place, word in let_in.items():
        ran = run("lookup", f"hostile-{place}", "--toolkit", str(tmp_path / "team.yaml"), *MOMENT)
        assert 0 == ran.code, (word, ran)
        assert one_line(word) in ran.out, word
        assert allowed(ran.out, *SURVIVORS)


def test_a_local_file_with_control_sequences_is_refused_or_harmless(tmp_path: Path) -> None:
    """Written as YAML would write them, with escapes: what is let in is shown without them."""
    words = dict(enumerate(sample(SEQUENCES, 150)))
    for place, word in _let_in(words, tmp_path / "team.yaml").items():
        ran = run("lookup", f"hostile-{place}", "--toolkit", str(tmp_path / "team.yaml"), *MOMENT)
        assert allowed(ran.out + ran.err, *SURVIVORS), ascii(word)


def _let_in(words: dict[int, str], file: Path) -> dict[int, str]:
    """The words that are not refused, in a file with a term for each of them."""
    page = next(iter(shipped().kind("sources")))
    while True:
        terms = {
            f"hostile-{place}": {"title": f"Hostile {place}", "meaning": word, "sources": [page]}
            for place, word in words.items()
        }
        text = "".join(yaml.safe_dump({"terms": terms}, default_style='"', width=10**6))
        file.write_text(re.sub(r'^( *)"([a-z0-9-]+)":', r"\1\2:", text, flags=re.MULTILINE), "utf-8")
        lines = file.read_text("utf-8").splitlines()
        faults = _faults(file)
        if not faults:
            return words
        said = "\n".join(f"{fault['says']} {fault['remedy']}" for fault in faults)
        assert {fault["file"] for fault in faults} <= {str(file), file.name}, said
        bad = {_term(lines, fault["line"]) for fault in faults}
        words = {place: word for place, word in words.items() if place not in bad}


def _faults(file: Path) -> list[contract.Fault]:
    try:
        common.open_with([str(file)])
    except Trouble as refused:
        return refused.faults
    return []


def _term(lines: list[str], line: int) -> int:
    """The number of the term that stands at a line."""
    above = (found for text in lines[line - 1 :: -1] if (found := re.match(r"  hostile-(\d+):", text)))
    return int(next(above)[1])


# Prompts


SAID_SO = {"none", *answer_words.YES, *answer_words.NO, *answer_words.NOT_SURE}


def test_what_is_typed_is_an_answer_or_is_asked_again() -> None:
    """Every naughty string, sequence and markup at every kind of prompt: never a fault, and never said back raw."""
    for name in ("immediate-danger", "concerns", "area", "age"):
        question = describe_question(shipped(), name)
        for word in (*sample(naughty(), 80), *sample(SEQUENCES, 60), *MARKUP[:40], "9" * 5000, "0" * 5000):
            sink = io.StringIO()
            line = word.replace("\n", " ").replace("\r", " ")
            asking = Lines(io.StringIO(f"{line}\n"), sink)
            try:
                given = asking.ask([question], Around("Question 1."))
            except Leave:
                given = Answers()
            assert not given.names() or line.strip().isdecimal() or line.strip().casefold() in SAID_SO, (name, word)
            assert allowed(sink.getvalue(), *SURVIVORS), (name, word)


# Whole processes


@pytest.mark.parametrize("place", range(4))
def test_whole_processes_do_the_same(place: int) -> None:
    """A handful, so that what is said in process is what a user gets."""
    word = ("before\x1b]0;title\x07after", "\u202e999", "[/bold] :phone:", "9" * 5000)[place]
    for command in (("lookup", "marac", "--area", word), ("triage", "--json", "-a", f"{word}=yes"), ("settings",)):
        ran = cst(*command, CST_AREA=word)
        assert ran.returncode in (0, 2), ran
        assert allowed(ran.stdout + ran.stderr), ran


def test_texts_that_broke_cst_once_are_refused() -> None:
    """Found by this matrix: digits without end, minutes before the first day, settings that are no texts."""
    for number in ("9" * 5000, "0" * 4301):
        assert 2 == run("eligible", "fire-visit", "--no-input", "-a", f"age={number}").code
    for at in ("9999-12-31T23:59-05:00", "0001-01-01T00:00+05:00"):
        assert 2 == run("lookup", "marac", "--at", at).code


@pytest.mark.parametrize("says", ['area = "a\\u0000b"', 'toolkit = ["a\\u0000b"]', "toolkit = [1]", "toolkit = [[1]]"])
def test_settings_that_can_be_no_file_and_no_place_are_passed_over(says: str, tmp_path: Path) -> None:
    """With the place and what to write, never with a fault of our own; and the look-up is answered."""
    (tmp_path / "cst").mkdir()
    (tmp_path / "cst" / "settings.toml").write_text(says, "utf-8")
    ran = run("lookup", "marac", XDG_CONFIG_HOME=str(tmp_path))

    assert 0 == ran.code
    assert "settings.toml" in ran.err
    assert allowed(ran.err)
