"""Keys at a real terminal: a key alone never answers, ticks are kept, and leaving leaves nothing, whichever way."""

from __future__ import annotations

import io

import pytest

from cst.asking import Around, Leave
from cst.asking import wording as words
from cst.asking.lines import Lines
from cst.questioning import question_said, questions_said
from tests.command import DOWN, ENTER, SPACE, Terminal
from tests.states import shipped, small

GROUP = questions_said(small(), ["child", "needs"])
SIGNS = [question_said(small(), "signs")]
PAST_DANGER = ("triage", "--area", "winchester", "-a", "immediate-danger=no")
POINTER, TICKED = "\u00bb", "\u25cf"


def _on(terminal: Terminal, mark: str) -> list[str]:
    """The lines on the screen that bear a mark, once it is at rest."""
    terminal.waits()
    return [line.replace(POINTER, "").strip() for line in terminal.screen.display if mark in line]


def test_y_n_and_u_move_to_an_answer_and_enter_confirms_it() -> None:
    """The pointer moves, nothing is answered; then Enter does."""
    terminal = Terminal("triage")
    terminal.until("y n u or arrows, then Enter")
    for key, answer in (("y", "Yes"), ("u", "Not sure"), ("n", "No"), ("1", "Yes"), ("3", "Not sure"), ("2", "No")):
        terminal.send(key)
        assert [answer] == _on(terminal, POINTER)
    for key in "jk9ai":
        terminal.send(key)
        assert ["No"] == _on(terminal, POINTER)
    assert "Is anyone in danger now" in terminal.shown()
    terminal.send(ENTER)
    terminal.until("What are you worried about?")
    terminal.send("q")

    assert 20 == terminal.end()


def test_digits_move_to_the_choice_that_bears_them() -> None:
    """Each choice of a menu stands behind its digit."""
    answers = ("overheard=no", "only-chance=no", "child-affected=no", "care-needs=no", "cannot-protect-self=no")
    given = [part for answer in answers for part in ("-a", answer)]
    terminal = Terminal(*PAST_DANGER, "-a", "concerns=stalking", *given)
    while "Who may be causing" not in terminal.shown():
        terminal.waits()
        terminal.send(ENTER if "carry on" in terminal.shown() else "")
    terminal.until("1 to 9 or arrows, then Enter")
    terminal.send("4")
    assert ["4 A neighbour"] == _on(terminal, POINTER)
    terminal.send("q")

    assert 20 == terminal.end()


def test_ticks_stay_when_a_list_is_shown_again() -> None:
    """After ? and after a mistake; no letter ticks or moves; none of these and the rest take each other away."""
    terminal = Terminal(*PAST_DANGER)
    terminal.until("space ticks, then Enter")
    terminal.send(DOWN * 2 + SPACE + "?")
    terminal.until("It decides which steps")
    terminal.send(ENTER)
    terminal.until("space ticks, then Enter")
    assert ["\u25cf Domestic abuse"] == _on(terminal, TICKED)
    terminal.send("aijk")
    assert ["\u25cf Domestic abuse"] == _on(terminal, TICKED)
    assert ["\u25cf Domestic abuse"] == _on(terminal, POINTER)
    terminal.send("\x1b[A" * 3 + SPACE + ENTER)  # up over the top to the last: not sure
    terminal.until("Not sure cannot go with another choice")
    assert ["\u25cf Not sure"] == _on(terminal, POINTER)
    terminal.send("\x1b[A" + SPACE)
    assert ["\u25cf None of these"] == _on(terminal, TICKED)
    terminal.send("\x1b[A" + SPACE)
    assert 1 == len(_on(terminal, TICKED))
    assert ["\u25cf None of these"] != _on(terminal, TICKED)
    terminal.send("q")

    assert 20 == terminal.end()


@pytest.mark.parametrize(
    ("ticked", "name", "after"),
    [
        ([], "child", ["child"]),
        (["child"], "child", []),
        (["child"], "needs", ["child", "needs"]),
        (["child", "needs"], words.NONE, [words.NONE]),
        ([words.NONE], "child", ["child"]),
        ([words.NONE], words.NOT_SURE, [words.NOT_SURE]),
        (["child"], words.NOT_SURE, ["child", words.NOT_SURE]),  # what is known is never taken away by not sure
    ],
)
def test_none_of_these_and_the_rest_take_each_other_away(ticked: list[str], name: str, after: list[str]) -> None:
    """Nobody has to undo the one before they can say the other."""
    assert after == words.toggled(ticked, name)


def test_what_blank_means_in_a_list_of_questions_is_said() -> None:
    """Blank counts as no there, and how to say not sure; a list of one question has its own hint."""
    assert "What you leave blank counts as no." in words.hints(GROUP)[0]
    assert words.LEFT_OUT not in words.hints(SIGNS)
    sink = io.StringIO()
    with pytest.raises(Leave):
        Lines(io.StringIO("q\n"), sink).ask(GROUP, Around(""))

    assert words.LEFT_OUT in sink.getvalue()


def test_on_a_small_screen_the_keys_the_danger_line_and_some_choices_are_all_in_sight() -> None:
    """Also when why needs the whole of it: then why is a page of its own, and the question comes back as it was."""
    terminal = Terminal(*PAST_DANGER, "-a", "concerns=domestic-abuse", columns=40)
    terminal.until("b back, q leave)")
    for keys in ((), ("?", "\r")):
        for key in keys:
            terminal.send(key)
            terminal.waits()
            assert terminal.screen.display[0].startswith("Danger now: ring 999.")
        shown = [line.strip() for line in terminal.screen.display]
        assert shown[0].startswith("Danger now: ring 999.")
        assert "(space ticks, then Enter, ? why, b back, q leave)" in " ".join(shown)
        assert any(line.startswith(POINTER) for line in shown)
    terminal.send("q")

    assert 20 == terminal.end()


def test_the_whole_card_comes_first_unless_the_question_would_not_fit() -> None:
    """At forty columns with a long notice the danger line alone: the question and its answers have to be seen."""
    for columns, notice, whole in ((80, "wincester", True), (40, "winchester", True), (40, "wincester", False)):
        terminal = Terminal("triage", "--area", notice, columns=columns)
        terminal.until("q leave)")
        terminal.waits()
        shown = "\n".join(terminal.screen.display)
        assert shown.startswith("Danger now: ring 999.")
        assert ("textphone" in shown) is whole
        assert "   Not sure" in shown
        terminal.send("q")
        assert 20 == terminal.end()


def test_back_on_the_first_question_stays_and_says_so() -> None:
    """Again and again, and in words that can be read."""
    terminal = Terminal("triage")
    terminal.until("q leave)")
    for _ in range(3):
        terminal.send("b")
        terminal.waits()
        shown = "\n".join(terminal.screen.display)
        assert "This is the first question. q leaves." in shown
        assert "Is anyone in danger now" in shown
    terminal.send("q")

    assert 20 == terminal.end()


@pytest.mark.parametrize("environment", [{}, {"CST_ACCESSIBLE": "1"}], ids=["menus", "lines"])
def test_back_from_advice_asks_the_question_before(environment: dict[str, str]) -> None:
    """A slip on the danger question can be mended from the emergency page that it brought."""
    enter = "\r"
    terminal = Terminal("triage", "--area", "winchester", **environment)
    terminal.until("Answer:" if environment else "q leave)")
    terminal.send("1\r")
    terminal.until("EMERGENCY")
    terminal.until("b to go back" if environment else "b back   q")
    terminal.send("b" + (enter if environment else ""))
    terminal.waits()
    terminal.send("2\r")
    terminal.until("What are you worried about?")
    terminal.send("q" + (enter if environment else ""))

    assert 20 == terminal.end()


def test_a_page_before_the_first_question_has_nothing_to_go_back_to() -> None:
    """Then b is not offered."""
    terminal = Terminal("triage", "scams", "-a", "immediate-danger=yes")
    terminal.until("Enter carry on")
    assert "b back" not in terminal.shown()
    terminal.send("q")

    assert 20 == terminal.end()


@pytest.mark.parametrize("environment", [{}, {"CST_ACCESSIBLE": "1"}], ids=["menus", "lines"])
@pytest.mark.parametrize(("key", "code"), [("q\r", 20), ("\x04", 20), ("\x03", 130)], ids=["q", "ctrl-d", "ctrl-c"])
def test_leaving_takes_the_command_line_and_the_case_off_the_screen(
    environment: dict[str, str], key: str, code: int
) -> None:
    """q, Ctrl-D and Ctrl-C leave in one way; after Ctrl-C the card comes, and nothing else."""
    terminal = Terminal("triage", "forced-marriage", shell="echo cst triage forced-marriage; exec {}", **environment)
    terminal.until("Answer:" if environment else "q leave)")
    terminal.send("n\r")
    terminal.until("see or hear this?")
    terminal.waits()
    terminal.send(key)

    assert code == terminal.end()
    shown = "\n".join(terminal.screen.display)
    assert "forced-marriage" not in shown
    assert "see or hear" not in shown
    assert ("Danger now: ring" in shown) is (code == 130)


def test_numbered_lines_say_the_question_again_and_how_to_hear_the_choices() -> None:
    """After ? and after a mistake; list reads them out."""
    sink = io.StringIO()
    Lines(io.StringIO("?\nperhaps\n\nlist\n1\n"), sink).ask(SIGNS, Around("Question 1."))
    shown = sink.getvalue()

    assert 5 == shown.count(SIGNS[0]["ask"])
    assert 3 == shown.count("Type list to hear the choices again.")
    assert 2 == shown.count("\n1 ")


def test_at_a_number_there_are_no_choices_to_hear() -> None:
    """The question is said again, and that is all."""
    sink = io.StringIO()
    age = question_said(small(), "age")
    Lines(io.StringIO("?\n82\n"), sink).ask([age], Around("Question 1."))

    assert 2 == sink.getvalue().count(age["ask"])
    assert "Type list" not in sink.getvalue()


def test_numbered_lines_do_not_promise_to_clear_the_screen() -> None:
    """What was read out stays above: it says so, and to close the window."""
    terminal = Terminal("triage", "fgm", CST_ACCESSIBLE="1")
    terminal.until("Answer:")
    terminal.send("no\r")
    terminal.until("1,3:")
    shown = " ".join(terminal.shown().split())
    assert "Leaving moves this off the screen, but anyone who scrolls up can read it. Close the window." in shown
    assert "clears this screen" not in shown
    terminal.send("q\r")

    assert 20 == terminal.end()


def test_the_word_that_reads_the_choices_out_is_no_answer() -> None:
    """No choice of any question is called list."""
    for name, question in shipped().kind("questions").items():
        if question["type"] in ("choice", "pick-many"):
            labels = words.options([question_said(shipped(), name)])
            assert words.one_of(labels, "list") is None
