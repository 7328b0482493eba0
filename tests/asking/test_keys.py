"""Keys at a real terminal: a key alone never answers, ticks are kept, and leaving leaves nothing, whichever way."""

from __future__ import annotations

import io

import pytest

from cst import contract
from cst.engine.questions import describe_question, describe_questions
from cst.walk import wording as words
from cst.walk.asker import Around, Leave
from cst.walk.numbered_lines import Lines
from tests.support.command import DOWN, ENTER, SPACE, Terminal
from tests.support.states import shipped, small

GROUP = describe_questions(small(), ["child", "needs"])
SIGNS = [describe_question(small(), "signs")]
PAST_DANGER = ("triage", "--area", "winchester", "-a", "immediate-danger=no")
POINTER, TICKED = "\u00bb", "\u25cf"


def _on(terminal: Terminal, mark: str) -> list[str]:
    """The lines on the screen that bear a mark, once it is at rest."""
    terminal.at_rest()
    return [line.replace(POINTER, "").strip() for line in terminal.screen.display if mark in line]


@pytest.mark.deep
def test_y_n_and_u_move_to_an_answer_and_enter_confirms_it() -> None:
    """The pointer moves, nothing is answered; then Enter does."""
    terminal = Terminal("triage")
    terminal.until("y n u or arrows, then Enter")
    yes, no, unsure = "y Yes", "n No", "u Not sure"
    for key, answer in (("y", yes), ("u", unsure), ("n", no), ("1", yes), ("3", unsure), ("2", no)):
        terminal.send(key)
        assert [answer] == _on(terminal, POINTER)
    for key in "jk9ai":
        terminal.send(key)
        assert [no] == _on(terminal, POINTER)
    assert "Is anyone in danger now" in terminal.shown()
    terminal.send(ENTER)
    terminal.until("What are you worried about?")
    terminal.send("q")

    assert 20 == terminal.end()


@pytest.mark.deep
def test_digits_move_to_the_choice_that_bears_them() -> None:
    """Each choice of a menu stands behind its digit."""
    answers = (
        "contact-mode=with",
        "communication=none",
        "overheard=no",
        "only-chance=no",
        "child-affected=no",
        "care-needs=no",
        "cannot-protect-self=no",
    )
    given = [part for answer in answers for part in ("-a", answer)]
    terminal = Terminal(*PAST_DANGER, "-a", "concerns=stalking", *given)
    while "Who may be causing" not in terminal.shown():
        shown = terminal.at_rest("carry on", "read on", "n No to the rest", "Who may be")
        if "n No to the rest" in shown:
            terminal.send("n" + ENTER)
        elif " on  " in terminal.screen.display[-1]:
            terminal.send(ENTER)
    terminal.at_rest("1 to 9 or arrows, then Enter")
    terminal.send("5")
    assert ["5 A neighbour"] == _on(terminal, POINTER)
    terminal.send("q")

    assert 20 == terminal.end()


@pytest.mark.deep
def test_ticks_stay_when_a_list_is_shown_again() -> None:
    """After ? and after a mistake; other letters type a word; none and the rest take each other away."""
    terminal = Terminal(*PAST_DANGER)
    terminal.until("space ticks, then Enter")
    terminal.send(DOWN * 2 + SPACE + "?")
    terminal.until("It decides which steps")
    terminal.send(ENTER)
    terminal.until("space ticks, then Enter")
    third = _on(terminal, TICKED)
    assert 1 == len(third)
    assert third[0].startswith("\u25cf 3 ")
    terminal.send("aijk")
    terminal.at_rest("Find: aijk_")
    terminal.send("\x1b")
    terminal.at_rest("Type a word")
    assert third == _on(terminal, TICKED)
    assert third == _on(terminal, POINTER)
    terminal.send("\x1b[A" * 3 + SPACE + ENTER)  # up over the top to the last: not sure
    terminal.until("Not sure cannot go with another choice")
    assert ["\u25cf u Not sure"] == _on(terminal, POINTER)
    terminal.send("\x1b[A" + SPACE)
    assert ["\u25cf n None of these"] == _on(terminal, TICKED)
    terminal.send("\x1b[A" + SPACE)
    assert 1 == len(_on(terminal, TICKED))
    assert ["\u25cf n None of these"] != _on(terminal, TICKED)
    terminal.send("q")

    assert 20 == terminal.end()


@pytest.mark.deep
def test_a_key_ticks_the_choice_it_stands_for_and_enter_still_has_to_follow() -> None:
    """Digits and n and u tick, the same key again takes the tick away; a blank row is asked about."""
    terminal = Terminal(*PAST_DANGER, "-a", "concerns=stalking", "--area", "winchester")
    terminal.until("space ticks, then Enter")
    for key, ticked in (
        ("6", ["6"]),
        ("7", ["6", "7"]),
        ("6", ["7"]),
        ("u", ["7", "u"]),
        ("n", ["7", "n"]),
        ("n", ["7"]),
    ):
        terminal.send(key)
        assert ticked == [line.split()[1] for line in _on(terminal, TICKED)]
    terminal.send(ENTER)
    terminal.until(words.REST_OPEN)
    assert ["7"] == [line.split()[1] for line in _on(terminal, TICKED)]
    terminal.send("q")

    assert 20 == terminal.end()


@pytest.mark.parametrize(
    ("screen", "ticked", "name", "after"),
    [
        (SIGNS, [], "weapon", ["weapon"]),
        (SIGNS, ["weapon"], "weapon", []),
        (SIGNS, ["weapon"], "threat", ["weapon", "threat"]),
        (SIGNS, ["weapon", "threat"], words.NONE, ["weapon", "threat", words.NONE]),  # one key undoes nothing
        (SIGNS, [words.NOT_SURE], words.NONE, [words.NONE]),
        (SIGNS, [words.NONE], "weapon", ["weapon"]),
        (SIGNS, [words.NONE], words.NOT_SURE, [words.NOT_SURE]),
        (SIGNS, ["weapon"], words.NOT_SURE, ["weapon", words.NOT_SURE]),  # what is known is never taken away
        (GROUP, ["child"], words.NONE, ["child", words.NONE]),  # in a group both are for the rest
        (GROUP, ["child"], words.NOT_SURE, ["child", words.NOT_SURE]),
        (GROUP, ["child", words.NONE], words.NOT_SURE, ["child", words.NOT_SURE]),
        (GROUP, [words.NOT_SURE], words.NONE, [words.NONE]),
        (GROUP, [words.NONE], "child", [words.NONE, "child"]),
    ],
)
def test_what_cannot_go_together_takes_each_other_away(
    screen: list[contract.Question], ticked: list[str], name: str, after: list[str]
) -> None:
    """Nobody has to undo the one before they can say the other."""
    assert after == words.toggled(screen, ticked, name)


@pytest.mark.parametrize("ticked", [[], ["child"], ["needs"], [words.NONE, words.NOT_SURE]])
def test_a_blank_row_is_never_an_answer(ticked: list[str]) -> None:
    """Promise 2: what was left blank is asked about, and no tick at all is not a no to all."""
    assert isinstance(words.from_ticks(GROUP, ticked), str)


def test_a_list_of_questions_says_what_to_do_with_the_rest_and_each_hint_stands_by_its_question() -> None:
    """A warning on how to ask is seen before anyone asks; a list of one question has its own hint."""
    assert words.REST not in words.hints(SIGNS)
    fgm = describe_questions(shipped(), ["girl-told", "fgm-signs-seen", "regulated-role"])
    sink = io.StringIO()
    with pytest.raises(Leave):
        Lines(io.StringIO("q\n"), sink).ask(fgm, Around(""))

    shown = " ".join(sink.getvalue().split())
    assert words.REST in shown
    assert "2 You saw physical signs in the course of your work. Never look for signs." in shown


@pytest.mark.deep
@pytest.mark.parametrize(("columns", "rows"), [(80, 24), (40, 24), (40, 16)])
def test_how_to_ask_without_doing_harm_is_seen_in_a_list_too_long_for_the_screen(columns: int, rows: int) -> None:
    """The list of a fire visit is the longest; the hint of its one sensitive question stands in it all the same."""
    terminal = Terminal("eligible", "fire-visit", "--area", "winchester", columns=columns, rows=rows)
    terminal.until("q leave)")
    terminal.send("n\r")
    for _ in range(30):
        terminal.at_rest()
        shown = terminal.screen.display
        if any(POINTER in row and "domestic abuse" in row for row in shown):
            break
        waits, age = "when it is safe" in "".join(shown[-2:]), "How old" in "".join(shown)
        terminal.send(ENTER if waits else "60\r" if age else DOWN)
    assert any("Do not ask in front of anyone." in row for row in terminal.screen.display)
    terminal.send("q")

    assert 20 == terminal.end()


@pytest.mark.deep
def test_on_a_small_screen_the_keys_the_danger_line_and_some_choices_are_all_in_sight() -> None:
    """Also when why needs the whole of it: then why is a page of its own, and the question comes back as it was."""
    terminal = Terminal(*PAST_DANGER, "-a", "concerns=domestic-abuse", columns=40)
    terminal.until("b back, q leave)")
    for keys in ((), ("?", "\r")):
        for key in keys:
            terminal.send(key)
            terminal.at_rest()
            assert terminal.screen.display[0].startswith("Danger now: ring 999.")
        shown = [line.strip() for line in terminal.screen.display]
        assert shown[0].startswith("Danger now: ring 999.")
        assert "(arrows move, space ticks, then Enter, ? why, b back, q leave)" in " ".join(shown)
        assert any(line.startswith(POINTER) for line in shown)
    terminal.send("q")

    assert 20 == terminal.end()


@pytest.mark.deep
def test_the_whole_card_comes_first_unless_the_question_would_not_fit() -> None:
    """At forty columns with a long notice the danger line alone: the question and its answers have to be seen."""
    for columns, notice, whole in ((80, "wincester", True), (40, "winchester", False), (40, "wincester", False)):
        terminal = Terminal("triage", "--area", notice, columns=columns)
        shown = terminal.at_rest("q leave)")
        assert shown.startswith("Danger now: ring 999.")
        assert ("textphone" in shown) is whole
        assert "   u Not sure" in shown
        terminal.send("q")
        assert 20 == terminal.end()


def test_back_on_the_first_question_stays_and_says_so() -> None:
    """Again and again, and in words that can be read."""
    terminal = Terminal("triage")
    terminal.until("q leave)")
    for _ in range(3):
        terminal.send("b")
        shown = terminal.at_rest("This is the first question.")
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
    terminal.until("b to go back" if environment else "b back  q")
    terminal.send("b" + (enter if environment else ""))
    terminal.at_rest("Is anyone in danger now")
    terminal.send("2\r")
    terminal.until("What are you worried about?")
    terminal.send("q" + (enter if environment else ""))

    assert 20 == terminal.end()


def test_none_of_these_never_takes_away_what_is_ticked() -> None:
    """One key too many after a sign of high risk must not lose it: the list asks which of the two is meant."""
    terminal = Terminal(*PAST_DANGER)
    terminal.until("space ticks, then Enter")
    terminal.send("1n\r")
    terminal.until("None of these cannot go with another choice.")
    terminal.send("n" + ENTER)
    terminal.until("see or hear this?")
    assert "Ask your safeguarding lead" not in terminal.shown()  # the first tick was kept
    terminal.send("q")

    assert 20 == terminal.end()


@pytest.mark.parametrize(("before", "key", "code"), [("", "q", 20), ("82", "q", 20), ("8", "\x03", 130)])
def test_q_leaves_at_once_where_a_number_is_typed(before: str, key: str, code: int) -> None:
    """No number has a letter in it, so no Enter has to follow, whatever was typed before."""
    terminal = Terminal("eligible", "fire-visit", "--area", "gosport", "-a", "immediate-danger=no")
    terminal.until("How old is the person?")
    terminal.at_rest("then Enter)")
    terminal.send(before + key)

    assert code == terminal.end()
    assert not "".join(terminal.screen.display).strip()


def test_where_a_place_is_typed_the_way_out_is_one_that_works_there() -> None:
    """A letter may begin a name, so the first line names Ctrl-C, and it clears the screen."""
    terminal = Terminal("eligible", "fire-visit", "-a", "immediate-danger=no", "-a", "age=82")
    assert "To leave and clear the screen, press Ctrl-C." in terminal.at_rest("Which council area")
    terminal.send("qu\x03")

    assert 130 == terminal.end()
    assert not "".join(terminal.screen.display).strip()


@pytest.mark.deep
def test_enter_reads_on_to_the_end_of_a_page_before_it_goes_on() -> None:
    """What not to do stands last, so a tired thumb sees it on its way."""
    terminal = Terminal("triage", "child-abuse", "-a", "immediate-danger=no", "-a", "overheard=no", columns=40, rows=20)
    terminal.until("Enter read on")
    seen = ""
    for _ in range(9):
        shown = terminal.at_rest("Enter read on", "Enter carry on")
        assert shown.startswith("Danger now: ring 999.")
        seen += shown
        if "Enter carry on" in shown:
            break
        terminal.send(ENTER)
    assert "Enter carry on" in seen
    assert "Do not wait for consent" in seen
    terminal.send("q")

    assert 20 == terminal.end()


def test_a_page_before_the_first_question_has_nothing_to_go_back_to() -> None:
    """Then b is not offered."""
    terminal = Terminal("triage", "scams", "-a", "immediate-danger=yes")
    terminal.until("Enter carry on")
    assert "b back" not in terminal.shown()
    terminal.send("q")

    assert 20 == terminal.end()


@pytest.mark.deep
@pytest.mark.parametrize("environment", [{}, {"CST_ACCESSIBLE": "1"}], ids=["menus", "lines"])
@pytest.mark.parametrize(("key", "code"), [("q\r", 20), ("\x04", 20), ("\x03", 130)], ids=["q", "ctrl-d", "ctrl-c"])
def test_leaving_takes_the_command_line_and_the_case_off_the_screen(
    environment: dict[str, str], key: str, code: int
) -> None:
    """q, Ctrl-D and Ctrl-C leave in one way, and say nothing: a card that appears would tell who looks on."""
    terminal = Terminal("triage", "forced-marriage", shell="echo cst triage forced-marriage; exec {}", **environment)
    terminal.until("Answer:" if environment else "q leave)")
    terminal.send("n\r")
    terminal.at_rest("see or hear this?")
    terminal.send(key)

    assert code == terminal.end()
    shown = "\n".join(terminal.screen.display)
    assert "forced-marriage" not in shown
    assert "see or hear" not in shown
    assert not shown.strip()


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
    age = describe_question(small(), "age")
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
            labels = words.options([describe_question(shipped(), name)])
            assert words.one_of(labels, "list") is None
