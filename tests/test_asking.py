"""Prompts: every answer is meant, every screen can be left, nothing is guessed."""

from __future__ import annotations

import io
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cst.asking import Back, Leave, asker, walk
from cst.asking import wording as words
from cst.asking.lines import Lines
from cst.contract import QuestionSaid
from cst.said import question_said, questions_said
from tests.command import DOWN, ENTER, SPACE, Terminal
from tests.states import shipped, small

CHILD = question_said(small(), "child")
AGE = question_said(small(), "age")
SIGNS = question_said(small(), "signs")
AREA = question_said(small(), "area")
GROUP = questions_said(small(), ["child", "needs"])


def _typed(screen: list[QuestionSaid], *lines: str) -> tuple[dict[str, Any], str]:
    sink = io.StringIO()
    answers = Lines(io.StringIO("".join(f"{line}\n" for line in lines)), sink).ask(screen)
    return answers, sink.getvalue()


@pytest.mark.parametrize(
    ("screen", "typed", "expected"),
    [
        ([CHILD], "1", {"child": "yes"}),
        ([CHILD], "Y", {"child": "yes"}),
        ([CHILD], " yes ", {"child": "yes"}),
        ([CHILD], "2", {"child": "no"}),
        ([CHILD], "NO", {"child": "no"}),
        ([CHILD], "3", {"child": "not-sure"}),
        ([CHILD], "don't know", {"child": "not-sure"}),
        ([CHILD], "ns", {"child": "not-sure"}),
        ([AGE], "82", {"age": 82}),
        ([AGE], "not sure", {"age": "not-sure"}),
        ([AREA], "2", {"area": "anyshire"}),
        ([AREA], "Anyshire", {"area": "anyshire"}),
        ([AREA], "not sure", {"area": "not-sure"}),
        ([SIGNS], "1,2", {"signs": ["weapon", "threat"]}),
        ([SIGNS], "3", {"signs": []}),
        ([SIGNS], "none", {"signs": []}),
        ([SIGNS], "4", {"signs": "not-sure"}),
        (GROUP, "1", {"child": "yes", "needs": "no"}),
        (GROUP, "1, 4", {"child": "yes", "needs": "not-sure"}),
        (GROUP, "3", {"child": "no", "needs": "no"}),
        (GROUP, "4", {"child": "not-sure", "needs": "not-sure"}),
    ],
)
def test_lines_understand_numbers_words_and_not_sure(screen: list[QuestionSaid], typed: str, expected: object) -> None:
    """The number of a line, its words, or a usual way to say it; in a group what is not ticked is no."""
    assert expected == _typed(screen, typed)[0]


@pytest.mark.parametrize(
    ("screen", "typed", "says"),
    [
        ([CHILD], "", "Blank is not an answer"),
        ([CHILD], "maybe", "not one of the answers"),
        ([CHILD], "4", "from 1 to 3"),
        ([CHILD], "0", "from 1 to 3"),
        ([AGE], "121", "from 0 to 120"),
        ([AGE], "８２", "from 0 to 120"),
        ([SIGNS], "1,3", "cannot go with another"),
        ([SIGNS], "1,4", "cannot go with another"),
        ([SIGNS], "1,x", "commas between"),
        (GROUP, "3,1", "cannot go with another"),
    ],
)
def test_lines_refuse_kindly_and_ask_again(screen: list[QuestionSaid], typed: str, says: str) -> None:
    """What cannot be meant is said, and asked again; here the worker then leaves."""
    with pytest.raises(Leave):
        _typed(screen, typed, "q")
    sink = io.StringIO()
    with pytest.raises(Leave):
        Lines(io.StringIO(f"{typed}\n"), sink).ask(screen)

    assert says in sink.getvalue()


@given(st.text(max_size=20))
def test_nothing_typed_by_chance_is_taken_for_an_answer(text: str) -> None:
    """Only known words answer: junk is never a no."""
    known = {*words.YES, *words.NO, *words.UNSURE, "1", "2", "3"}
    said = words.one_of(words.options([CHILD]), text)

    assert (said is not None) == (" ".join(text.casefold().split()) in known)


def test_why_back_leave_and_end_of_input_at_every_screen() -> None:
    """At each prompt: ? says why and asks again, b goes back, q and end of input leave."""
    for screen in ([CHILD], [AGE], [SIGNS], [AREA], GROUP):
        answers, shown = _typed(
            screen, "?", "not sure" if screen[0]["type"] == "number" else str(len(words.options(screen)))
        )
        assert screen[0]["why"] in shown
        assert answers
        for key, ending in (("b", Back), ("BACK", Back), ("q", Leave), ("Quit", Leave)):
            with pytest.raises(ending):
                _typed(screen, key)
        with pytest.raises(Leave):
            _typed(screen)


def test_lines_write_no_escape_code() -> None:
    """Accessible mode and plain terminals get text and nothing else."""
    for screen in ([CHILD], [AGE], [SIGNS], [AREA], GROUP):
        answer = "not sure" if screen[0]["type"] == "number" else "1"
        assert "\x1b" not in _typed(screen, "?", answer)[1]


@pytest.mark.parametrize("term", ["", "dumb", "xterm"])
def test_without_a_real_terminal_lines_are_asked(term: str) -> None:
    """Menus only where both ends are a capable terminal, and never in accessible mode."""
    assert isinstance(asker(io.StringIO(), io.StringIO(), accessible=True, term=term, colour=True), Lines)
    assert isinstance(asker(io.StringIO(), io.StringIO(), accessible=False, term=term, colour=True), Lines)


class _Script:
    """An asker that answers from a list, and remembers what it was asked."""

    def __init__(self, *answers: object) -> None:
        self.answers = list(answers)
        self.asked: list[list[str]] = []
        self.said: list[str] = []

    def ask(self, screen: Any) -> dict[str, Any]:
        """The next answer, or the next exception."""
        self.asked.append([question["id"] for question in screen])
        answer = self.answers.pop(0)
        if isinstance(answer, BaseException):
            raise answer
        assert isinstance(answer, dict)
        return answer

    def say(self, text: str) -> None:
        """Remembers."""
        self.said.append(text)


def _step(given: dict[str, Any]) -> list[QuestionSaid]:
    return questions_said(small(), [name for name in ("child", "needs", "age", "signs") if name not in given])


def test_the_walk_asks_screen_by_screen_and_says_what_is_earned_before_each() -> None:
    """Groups are one screen; `before` is called before each screen, and once at the end."""
    script, earned = _Script({"child": "yes", "needs": "no"}, {"signs": []}, {"age": 82}), []
    answers = walk(_step, script, {}, lambda given: earned.append(dict(given)))

    assert [["child", "needs"], ["signs"], ["age"]] == script.asked
    assert {"child": "yes", "needs": "no", "signs": [], "age": 82} == answers
    assert 4 == len(earned)


def test_going_back_asks_the_screen_before_again_and_keeps_what_was_given_at_the_start() -> None:
    """Back drops the last screen's answers and no others; at the first screen there is nothing to go back to."""
    script = _Script(Back(), {"signs": ["weapon"]}, Back(), {"signs": []}, {"age": 82})
    answers = walk(_step, script, {"child": "yes", "needs": "no"}, lambda given: None)

    assert [["signs"], ["signs"], ["age"], ["signs"], ["age"]] == script.asked
    assert {"child": "yes", "needs": "no", "signs": [], "age": 82} == answers
    assert "nothing to go back to" in script.said[0]


def test_leaving_ends_the_walk() -> None:
    """Leave and Ctrl-C pass through."""
    for ending in (Leave(), KeyboardInterrupt()):
        script = _Script()
        script.answers = [ending]
        with pytest.raises((Leave, KeyboardInterrupt)):
            walk(_step, script, {}, lambda given: None)


def _past_danger(terminal: Terminal) -> None:
    terminal.until("Is anyone in danger now")
    terminal.until("q leave")
    terminal.send(DOWN + DOWN + ENTER)
    terminal.until("What are you worried about?")


def _pick(terminal: Terminal, issue: str) -> None:
    place = list(shipped().kind("issues")).index(issue)
    terminal.send(DOWN * place + SPACE + ENTER)


@pytest.mark.parametrize("columns", [80, 40])
def test_a_whole_triage_on_a_real_terminal(columns: int) -> None:
    """Abuse with a child in Southampton at 23:00: danger first, advice as it is earned, the night team first."""
    terminal = Terminal("triage", "--area", "southampton", "--at", "2026-11-24T23:00", columns=columns)
    _past_danger(terminal)
    _pick(terminal, "domestic-abuse")
    terminal.until("Do any of these apply?")
    assert "Get domestic abuse support" not in terminal.shown()  # somebody may be looking on
    terminal.send(DOWN + DOWN + SPACE + ENTER)  # neither overheard nor the only chance
    terminal.until("Get domestic abuse support")
    terminal.until("0808 2000 247")
    terminal.until("A child may be affected")
    terminal.send(SPACE + ENTER)
    terminal.until("Ring children's services")
    terminal.until("023 8023 3344")
    terminal.until("Who may be causing")
    terminal.send(DOWN + ENTER)
    terminal.until("signs of high risk")
    terminal.send(DOWN + SPACE + ENTER)  # choking or strangling
    asked = 0
    while terminal.waits():  # what is still asked: not sure, where it stands third
        asked += 1
        assert asked < 8
        terminal.send(DOWN * 3 + ENTER)
    code = terminal.end()
    shown = terminal.shown()

    assert 0 == code
    assert "High risk. Police, specialist and MARAC today" in " ".join(shown.split())
    assert shown.index("Danger now") < shown.index("Is anyone in danger")
    assert "If no one answers, ring 101." in " ".join(shown.split())


@pytest.mark.parametrize(
    "environment", [{"TERM": "dumb"}, {"CST_ACCESSIBLE": "1"}, {"ACCESSIBLE": "1"}, {"CST_PLAIN": "1"}]
)
def test_a_triage_by_numbered_lines_holds_no_escape_code(environment: dict[str, str]) -> None:
    """On a dumb terminal, in plain and in accessible mode a whole walk is numbered lines."""
    terminal = Terminal("triage", "fire-safety", "--area", "gosport", **environment)
    terminal.until("Is anyone in danger now")
    terminal.until("Answer:")
    terminal.send("no\r")
    terminal.until("Do any of these apply?")
    terminal.until("1,3:")
    terminal.send("4\r")
    terminal.until("threatened to set a fire")
    terminal.send("no\r")
    terminal.until("live with domestic abuse")
    terminal.send("no\r")

    assert 0 == terminal.end()
    assert "\x1b" not in terminal.raw
    assert "Ask for a fire safety visit" in terminal.shown()


def test_nothing_is_said_before_danger_is_asked() -> None:
    """With the topic given on the command line danger still comes first, before any advice on the topic."""
    terminal = Terminal("triage", "scams", "--area", "winchester")
    terminal.until("q leave")
    assert "NOW" not in terminal.shown()
    assert "TODAY" not in terminal.shown()
    terminal.send(DOWN + DOWN + ENTER)
    terminal.until("TODAY")
    terminal.send("q")

    assert 20 == terminal.end()


def test_being_overheard_shows_three_lines_and_no_advice() -> None:
    """Hazard 16: with somebody near, three lines and one question; no topic on the screen but the one chosen."""
    terminal = Terminal("triage", "--area", "gosport")
    _past_danger(terminal)
    _pick(terminal, "domestic-abuse")
    terminal.until("Do any of these apply?")
    terminal.send(SPACE + ENTER)
    terminal.until("To leave this screen now, press q.")
    terminal.until("Is it safe to go on now")
    assert "Do not mediate" not in terminal.shown()
    terminal.send("q")

    assert 20 == terminal.end()


def test_enter_alone_never_answers() -> None:
    """Nothing is selected beforehand: Enter on a fresh question asks for an answer."""
    terminal = Terminal("triage")
    terminal.until("q leave")
    terminal.send(ENTER)
    terminal.until("Move to an answer first")
    terminal.until("Is anyone in danger now")
    terminal.send("q")

    assert 20 == terminal.end()


def test_back_and_why_on_a_real_terminal() -> None:
    """b goes to the screen before, ? says why."""
    terminal = Terminal("triage")
    _past_danger(terminal)
    terminal.send("?")
    terminal.until("It decides which steps")
    terminal.send("b")
    shown = terminal.until("(move to your answer)")
    terminal.send("?")
    terminal.until("Danger comes before everything else")
    terminal.send("q")

    assert 20 == terminal.end()
    assert shown.count("Is anyone in danger now") >= 2


def test_eligible_asks_about_danger_first_and_shows_the_card() -> None:
    """Promise 1 holds for every interactive command."""
    terminal = Terminal("eligible", "fire-visit")
    terminal.until("Is anyone in danger now")
    terminal.until("q leave")
    terminal.send(DOWN * 3 + ENTER)  # not sure
    terminal.until("EMERGENCY")
    terminal.until("How old is the person?")
    terminal.send("82\r")
    terminal.until("Does the person agree")
    terminal.send(DOWN + ENTER)

    assert 0 == terminal.end()
    assert "One reason is enough" in " ".join(terminal.shown().split())


def test_with_the_answer_in_a_pipe_the_walk_still_talks_to_the_screen() -> None:
    """`cst triage | cat`: card, questions and early advice come on the screen, the plan goes down the pipe."""
    terminal = Terminal("triage", "support", "--area", "gosport", shell="{} 2>/dev/tty | sed 's/^/PIPED /'")
    terminal.until("Answer:")
    assert "PIPED" not in terminal.shown()
    assert "Danger now: ring 999." in terminal.shown()
    terminal.send("no\r")
    terminal.until("1,3:")
    terminal.send("4\r")
    terminal.until("1,3:")
    terminal.send("q\r")
    terminal.end()

    assert "Left before the end" in terminal.shown()


def test_without_colour_a_walk_still_works() -> None:
    """NO_COLOR is honoured at the prompts too."""
    terminal = Terminal("triage", NO_COLOR="1")
    terminal.until("q leave")
    assert not [code for code in ("\x1b[31m", "\x1b[38;5", "\x1b[0;38", "\x1b[34") if code in terminal.raw]
    terminal.send("q")

    assert 20 == terminal.end()
