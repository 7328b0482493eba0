"""Prompts as they are met: words that find, screens that are whole in every window, nothing answered unseen."""

from __future__ import annotations

import io
import os
import signal
import sys
import time
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from cst.engine.answers import Answers
from cst.engine.questions import describe_question
from cst.engine.situation import AREA
from cst.toolkit.places import near_places
from cst.walk import wording as words
from cst.walk.area_prompt import TypedPlaces
from cst.walk.asker import Around, Leave
from cst.walk.numbered_lines import Lines
from cst.walk.session import Topics
from cst.walk.terminal_screen import ALTERNATE, ESCAPE, NORMAL
from tests.support.command import CST, DOWN, ENTER, Terminal
from tests.support.states import shipped

TICKED = "\u25cf"
TOPICS = ("triage", "--area", "gosport", "-a", "immediate-danger=no")
ASKS = "Is anyone in danger now?"
MEANT = {
    "knife": "Serious violence and knife crime",
    "rogue": "Scams and doorstep crime",
    "trafficking": "Modern slavery and human trafficking",
    "harassed by ex": "Stalking",
    "abuse": "Domestic abuse",
    "nan is missing": "Somebody is missing",
    "neighbour": "Anti-social behaviour",
    "burglary": "",
}


def _on_topics(rows: int = 24) -> Terminal:
    terminal = Terminal(*TOPICS, rows=rows)
    terminal.at_rest("Type a word")
    return terminal


def _typed(terminal: Terminal, text: str) -> str:
    """Types letter by letter, as a person does; the screen after it."""
    for letter in text:
        terminal.send(letter)
    return terminal.at_rest(f"Find: {text}_")


def _ticked(screen: str) -> list[str]:
    return [
        line.replace("\u00bb", "").strip().lstrip(TICKED + " 0123456789nu").strip()
        for line in screen.split("\n")
        if TICKED in line
    ]


def _only_read(terminal: Terminal, text: str) -> None:
    """As a terminal that never answers where its cursor stands."""
    terminal.answered = True
    terminal.raw += text
    terminal.stream.feed(text)


def _left(terminal: Terminal) -> None:
    terminal.send("\x03")
    assert 130 == terminal.end()


def _resized(terminal: Terminal, columns: int, rows: int) -> str:
    terminal.answered = False
    terminal.screen.resize(rows, columns)
    terminal.child.setwinsize(rows, columns)
    return terminal.at_rest("q leave")


@pytest.mark.parametrize("typed", [one for one, topic in MEANT.items() if topic])
def test_a_typed_word_ends_in_its_topic(typed: str) -> None:
    """Enter ticks the one pointed at and nothing else, though n, u, b, q or y are in the word; then Enter answers."""
    terminal = _on_topics()
    _typed(terminal, typed)
    terminal.send(ENTER)
    assert [MEANT[typed]] == _ticked(terminal.at_rest("Type a word"))
    terminal.send(ENTER)
    assert "Which of these apply?" in terminal.at_rest("Which of these")
    _left(terminal)


def test_a_word_that_begins_with_a_key_of_the_list_is_a_word() -> None:
    """N, u, y and b do what they do alone; a letter after them takes that back, and the question stays."""
    terminal = _on_topics(rows=40)  # all of the list is in sight
    terminal.send("1")
    assert ["Domestic abuse"] == _ticked(terminal.at_rest("Type a word"))
    for word in ("neighbour", "unsafe", "nuisance", "youth", "burglary"):
        assert "What are you worried about?" in _typed(terminal, word)
        terminal.send("\x1b")
        assert ["Domestic abuse"] == _ticked(terminal.at_rest("Type a word"))
    terminal.send("n")
    assert ["Domestic abuse", "None of these"] == _ticked(terminal.at_rest("Type a word"))
    terminal.send("b")
    assert "This is the first question." in terminal.at_rest("This is the first question.")
    _left(terminal)


def test_what_nothing_is_like_leaves_the_list_whole_and_ticks_nothing() -> None:
    """It says so; Enter empties it, Backspace takes a letter back."""
    terminal = _on_topics()
    assert "Nothing here is like that." in _typed(terminal, "xqzv")
    terminal.send(ENTER)
    assert [] == _ticked(terminal.at_rest("Type a word"))
    _typed(terminal, "knifez")
    terminal.send("\x7f")
    assert "Find: knife_" in terminal.at_rest("Find: knife_")
    _left(terminal)


def test_the_search_is_loaded_for_the_first_letter_only() -> None:
    """Nothing is read before anything is typed."""
    topics = Topics(shipped())
    assert topics._search is None
    assert "serious-violence" == topics("knife")[0]
    assert topics._search is not None


def test_numbered_lines_name_the_topics_that_a_word_is_like() -> None:
    """With their numbers; words alone choose none."""
    sink = io.StringIO()
    asked = [describe_question(shipped(), words.TOPICS)]
    given = Lines(io.StringIO("knife\n13\n"), sink, topics=Topics(shipped())).ask(asked, Around(""))

    assert "Nearest: 13 Serious violence and knife crime" in sink.getvalue()
    assert frozenset({"serious-violence"}) == given.known[words.TOPICS]


def test_y_ticks_the_row_pointed_at_and_never_takes_it_away() -> None:
    """As yes does in a question of yes and no."""
    terminal = _on_topics()
    terminal.send(DOWN + "y")
    assert ["Abuse of children and young people"] == _ticked(terminal.at_rest(TICKED))
    terminal.send("y")
    assert ["Abuse of children and young people"] == _ticked(terminal.at_rest())
    _left(terminal)


@pytest.mark.parametrize("typed", ["u", "not sure\r", "dont know\r"])
def test_u_is_not_sure_at_a_number(typed: str) -> None:
    """The key alone, as no number has a letter, or the words."""
    terminal = Terminal("eligible", "fire-visit", "--area", "gosport", "-a", "immediate-danger=no")
    terminal.at_rest("How old is the person?")
    terminal.send(typed)
    assert "How old" not in terminal.at_rest("when it is safe", "Which of these", "q leave")
    _left(terminal)


@pytest.mark.parametrize("typed", ["u", "not sure", "dont know"])
def test_u_is_not_sure_at_a_place(typed: str) -> None:
    """By numbered lines and by menus it is the same word."""
    area = [describe_question(shipped(), AREA)]
    given = Lines(io.StringIO(f"{typed}\n"), io.StringIO(), found=TypedPlaces(shipped())).ask(area, Around(""))
    assert {AREA} == given.unsure

    terminal = Terminal("lookup", "mash")
    terminal.at_rest("a place, or")
    terminal.send(f"{typed}\r")
    assert 0 == terminal.end()


def test_going_back_shows_what_was_answered() -> None:
    """The answer of a question is named, and the ticks of a list stand; Enter alone still answers nothing."""
    terminal = Terminal("triage", "--area", "gosport")
    terminal.at_rest("q leave)")
    terminal.send("n" + ENTER)
    terminal.at_rest("Type a word")
    terminal.send("2" + ENTER)
    terminal.at_rest("Which of these apply?")
    terminal.send("b")
    assert ["Abuse of children and young people"] == _ticked(terminal.at_rest("Your ticks are kept."))
    terminal.send("b")
    assert "(was: no; move to your answer)" in terminal.at_rest("was: no")
    terminal.send(ENTER)
    assert ASKS in terminal.at_rest("Move to an answer first")
    _left(terminal)


@pytest.mark.parametrize(
    ("known", "says"),
    [(True, "was: yes"), (False, "was: no"), (None, "was: not sure")],
)
def test_what_was_answered_is_said_in_numbered_lines(known: bool | None, says: str) -> None:
    """One line before the question."""
    screen = [describe_question(shipped(), "immediate-danger")]
    before = Answers(unsure=frozenset({"immediate-danger"})) if known is None else Answers({"immediate-danger": known})
    sink = io.StringIO()
    with pytest.raises(Leave):
        Lines(io.StringIO("q\n"), sink).ask(screen, Around("", before=before))

    assert f"{says.capitalize()}." in sink.getvalue()


@pytest.mark.parametrize(
    ("typed", "offered"),
    [
        ("hampton", ["Southampton"]),
        ("wincester", ["Winchester"]),
        ("whiteley", ["Fareham", "Winchester"]),
        ("Bournemouth", []),
        ("xqzv", []),
    ],
)
def test_towns_near_to_a_misspelling_are_offered(typed: str, offered: Any) -> None:
    """Three at most, each of another council; none where the place is known, or known to lie elsewhere."""
    near = near_places(shipped(), typed)

    assert offered == list(near.values())[: len(offered) or 1]
    assert len(near) <= 3
    areas = [TypedPlaces(shipped())(one).area for one in near]
    assert None not in areas
    assert len(set(areas)) == len(areas)


def test_a_town_that_is_offered_is_chosen_and_confirmed() -> None:
    """The misspelt name is never taken by itself; none of them asks for the place again."""
    terminal = Terminal("lookup", "mash")
    terminal.at_rest("a place, or")
    terminal.send("whiteley\r")
    assert "Winchester" in terminal.at_rest("Which place is it?")
    terminal.send("n" + ENTER)
    terminal.at_rest("a place, or")
    terminal.send("whiteley\r")
    terminal.at_rest("Which place is it?")
    terminal.send("2" + ENTER)
    assert 0 == terminal.end()
    assert "Winchester" in terminal.shown()


def test_keys_pressed_before_the_first_question_stands_there_answer_nothing() -> None:
    """N and Enter at once would have said that nobody is in danger."""
    terminal = Terminal("triage")
    terminal.child.send("n\r")
    assert ASKS in terminal.at_rest("q leave)")
    time.sleep(0.5)
    terminal.send(DOWN)
    assert ASKS in terminal.at_rest("q leave)")
    _left(terminal)


def test_keys_pressed_before_a_held_page_stands_there_do_not_turn_it() -> None:
    """An impatient second Enter shows the page all the same."""
    terminal = Terminal("eligible", "fire-visit", "--area", "winchester", "-a", "immediate-danger=no")
    terminal.at_rest("How old")
    terminal.send("60\r\r\r\r")
    assert "Enter when it is safe" in terminal.at_rest("when it is safe")
    _left(terminal)


@pytest.mark.parametrize(
    "environment",
    [{"PROMPT_TOOLKIT_NO_CPR": "1"}, {"TERM": "unknown"}, {"SILENT": "1"}],
    ids=["no-cpr", "unknown", "silent"],
)
def test_the_question_is_there_whatever_the_terminal_tells(
    environment: dict[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Also where nobody ever says where the cursor stands."""
    terminal = Terminal("triage", **environment)
    if "SILENT" in environment:
        monkeypatch.setattr(terminal, "_read", partial(_only_read, terminal))
    shown = terminal.at_rest("Not sure")
    for part in ("Danger now: ring 999.", ASKS, "Yes", "No", "Not sure"):
        assert part in shown
    terminal.send("2" + ENTER)
    assert "What are you worried about?" in terminal.until("Abuse of children")
    assert "Danger now: ring 999." in terminal.shown()
    _left(terminal)


def test_a_window_that_shrinks_and_grows_shows_the_question_its_choices_and_the_danger_line() -> None:
    """What was typed and ticked stays."""
    terminal = Terminal("triage", "--area", "gosport")
    terminal.at_rest("q leave)")
    for columns, rows in ((40, 12), (80, 24)):
        shown = _resized(terminal, columns, rows)
        for part in ("Danger now: ring 999.", ASKS, "y Yes", "n No"):
            assert part in shown
    assert "textphone" in shown
    terminal.send("n" + ENTER)
    terminal.at_rest("Type a word")
    terminal.send("2")
    terminal.at_rest(TICKED)
    _typed(terminal, "knife")
    for columns, rows in ((40, 12), (80, 24)):
        shown = _resized(terminal, columns, rows)
        for part in ("Danger now: ring 999.", "What are you worried about?", "Find: knife_", "Serious violence"):
            assert part in shown
    terminal.send("\x1b")
    assert ["Abuse of children and young people"] == _ticked(terminal.at_rest("Type a word"))
    _left(terminal)


def test_what_is_typed_at_a_number_outlives_a_change_of_the_window() -> None:
    """It is drawn anew with it."""
    terminal = Terminal("eligible", "fire-visit", "--area", "gosport", "-a", "immediate-danger=no")
    terminal.at_rest("How old")
    terminal.send("82")
    terminal.at_rest("82")
    assert "82" in _resized_to_number(terminal, 40, 12)
    assert "82" in _resized_to_number(terminal, 80, 24)
    _left(terminal)


def _resized_to_number(terminal: Terminal, columns: int, rows: int) -> str:
    terminal.answered = False
    terminal.screen.resize(rows, columns)
    terminal.child.setwinsize(rows, columns)
    return terminal.at_rest("How old")


@pytest.mark.parametrize("key", [True, False], ids=["ctrl-z", "signal"])
def test_stopped_and_continued_the_screen_is_given_back_and_drawn_anew(key: bool) -> None:
    """The shell has its own screen back, with nothing of the case on it; after fg the question stands there again."""
    terminal = _in_bash()
    terminal.at_rest("q leave)")
    if key:
        terminal.send("\x1a")
    else:
        os.kill(_child_of(terminal), signal.SIGTSTP)
    terminal.until("Stopped")
    assert terminal.raw.rindex(NORMAL) < terminal.raw.index("Stopped")
    assert ASKS not in terminal.raw[terminal.raw.rindex(NORMAL) :]
    assert "^Z" not in terminal.raw
    terminal.send("fg\r")
    shown = terminal.at_rest("q leave)")
    assert ALTERNATE in terminal.raw[terminal.raw.index("Stopped") :]
    assert shown.startswith("Danger now: ring 999.")
    assert "y Yes" in shown
    terminal.send("n" + ENTER)
    terminal.at_rest("What are you worried about?")
    terminal.send("q")
    terminal.at_rest("prompt>")
    terminal.send("exit\r")
    terminal.end()


def _in_bash() -> Terminal:
    """Cst as a job of a shell that a person types to."""
    terminal = Terminal(shell="PS1='prompt>' exec bash --norc --noprofile -i; : {}")
    terminal.at_rest("prompt>")
    command = " ".join(terminal._command([*CST, "triage", "--area", "gosport"], "")[1])
    terminal.send(f"{sys.executable} {command}\r")
    return terminal


def _child_of(terminal: Terminal) -> int:
    pid = terminal.child.pid
    return int(Path(f"/proc/{pid}/task/{pid}/children").read_text("utf-8").split()[-1])


@pytest.mark.parametrize(("text", "says"), [("scam", "  Enter ticks it."), ("zzqvzzqvzzqvzzqvzzqv", "")])
def test_in_a_narrow_window_what_was_typed_stands_with_a_whole_sentence_or_none(text: str, says: str) -> None:
    """Never a part of one."""
    terminal = Terminal(*TOPICS, columns=40)
    terminal.at_rest("Type a word")
    shown = _typed(terminal, text)
    assert f"Find: {text}_{says}" in [line.strip() for line in shown.splitlines()]
    _left(terminal)


def test_esc_is_felt_at_once() -> None:
    """No other key is needed, and what `cst` waits for the rest of a key is under half a second."""
    assert 0 < ESCAPE < 0.45
    terminal = _on_topics()
    _typed(terminal, "knife")
    terminal.send("\x1b")
    while "Type a word" not in "\n".join(terminal.screen.display):
        terminal._read(terminal.child.read_nonblocking(4096, timeout=5))
    _left(terminal)


def test_at_the_end_keys_open_parts_and_esc_comes_back() -> None:
    """Each key shows its own page, and the same end stands there again after it; q leaves nothing."""
    given = ("-a", "immediate-danger=yes", "-a", "concerns=domestic-abuse", "-a", "overheard=no")
    terminal = Terminal("triage", "--area", "gosport", *given)
    while "c change" not in (end := terminal.at_rest("read on", "carry on", "c change")):
        terminal.send(ENTER)
    opened = set()
    for key in "1tsgnea":
        terminal.send(key)
        shown = terminal.at_rest("Esc back")
        assert "Danger now: ring 999." in shown
        opened.add(shown)
        terminal.send("\x1b")
        assert end == terminal.at_rest("c change")
    assert len(opened) >= 6  # the whole and the emergency may begin alike
    terminal.send("q")

    assert terminal.end() in (0, 10, 20)
    assert not "".join(terminal.screen.display).strip()
