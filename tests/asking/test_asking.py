"""Prompts: every answer is meant, every screen can be left, nothing is guessed."""

from __future__ import annotations

import io
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cst import card, contract
from cst.checks.cases import read_answers
from cst.engine import answer_words
from cst.engine.answers import Answers
from cst.engine.questions import describe_question, describe_questions
from cst.walk import wording as words
from cst.walk.asker import Around, Back, End, Leave
from cst.walk.asking import asker
from cst.walk.console import Console
from cst.walk.numbered_lines import Lines
from cst.walk.walk import CHANGING, FIRST, Next, Walk
from tests.support.command import DOWN, ENTER, SPACE, Terminal
from tests.support.robot import Robot
from tests.support.states import shipped, small

CHILD = describe_question(small(), "child")
AGE = describe_question(small(), "age")
SIGNS = describe_question(small(), "signs")
AREA = describe_question(small(), "area")
GROUP = describe_questions(small(), ["child", "needs"])


def _given(**written: object) -> Answers:
    """Answers to the small toolkit's questions, as the contract writes them."""
    return read_answers(small(), written)


def _typed(screen: list[contract.Question], *lines: str) -> tuple[Answers, str]:
    sink = io.StringIO()
    answers = Lines(io.StringIO("".join(f"{line}\n" for line in lines)), sink).ask(screen, Around("Question 1."))
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
        ([CHILD], "dunno", {"child": "not-sure"}),
        ([AGE], "not sure", {"age": "not-sure"}),
        ([AGE], "I don't know", {"age": "not-sure"}),
        ([AREA], "2", {"area": "anyshire"}),
        ([AREA], "Anyshire", {"area": "anyshire"}),
        ([AREA], "not sure", {"area": "not-sure"}),
        ([SIGNS], "1,2", {"signs": ["weapon", "threat"]}),
        ([SIGNS], "1 2", {"signs": ["weapon", "threat"]}),
        ([SIGNS], "1;2", {"signs": ["weapon", "threat"]}),
        ([SIGNS], "1; 2", {"signs": ["weapon", "threat"]}),
        ([SIGNS], "3", {"signs": []}),
        ([SIGNS], "none", {"signs": []}),
        ([SIGNS], "4", {"signs": "not-sure"}),
        (GROUP, "1, 3", {"child": "yes", "needs": "no"}),
        (GROUP, "1, no", {"child": "yes", "needs": "no"}),
        (GROUP, "1, 2", {"child": "yes", "needs": "yes"}),
        (GROUP, "1, 4", {"child": "yes", "needs": "not-sure"}),
        (GROUP, "1, not sure", {"child": "yes", "needs": "not-sure"}),
        (GROUP, "no", {"child": "no", "needs": "no"}),
        (GROUP, "3", {"child": "no", "needs": "no"}),
        (GROUP, "4", {"child": "not-sure", "needs": "not-sure"}),
    ],
)
def test_lines_understand_numbers_words_and_not_sure(
    screen: list[contract.Question], typed: str, expected: dict[str, object]
) -> None:
    """The number of a line, its words, or a usual way to say it; in a group the rest is said, never taken for no."""
    assert _given(**expected) == _typed(screen, typed)[0]


@pytest.mark.parametrize(
    ("screen", "typed", "says"),
    [
        ([CHILD], "", "Blank is not an answer. If you do not know, type not sure."),
        ([CHILD], "maybe", '"maybe" is not one of the answers'),
        ([AGE], "14 of 24", '"14 of 24" is not a number I can use. Give'),
        ([AGE], f"{'x' * 40}\x1b[31m", f'"{"x" * 30}..." is not a number'),
        ([CHILD], "4", "from 1 to 3"),
        ([CHILD], "0", "from 1 to 3"),
        ([AGE], "121", "from 0 to 120"),
        ([AGE], "８２", "from 0 to 120"),
        ([SIGNS], "1,3", "cannot go with another"),
        ([SIGNS], "1,4", "cannot go with another"),
        ([SIGNS], "1,x", '"1,x" is not one of the answers: type numbers from 1 to 4 with commas between.'),
        ([SIGNS], "1,", "commas between"),
        (GROUP, "1", "And those you left blank?"),
        (GROUP, "1", "Type 1,3 for no, or 1,4 for not sure."),
        (GROUP, "3,4", words.ONE_REST),
    ],
)
def test_lines_refuse_kindly_and_ask_again(screen: list[contract.Question], typed: str, says: str) -> None:
    """What cannot be meant is said, and asked again; here the worker then leaves."""
    with pytest.raises(Leave):
        _typed(screen, typed, "q")
    sink = io.StringIO()
    with pytest.raises(Leave):
        Lines(io.StringIO(f"{typed}\n"), sink).ask(screen, Around("Question 1."))

    assert says in sink.getvalue()


@given(st.text(max_size=20))
def test_nothing_typed_by_chance_is_taken_for_an_answer(text: str) -> None:
    """Only known words answer: junk is never a no."""
    known = {*answer_words.YES, *answer_words.NO, *answer_words.NOT_SURE, "1", "2", "3"}
    said = words.one_of(words.options([CHILD]), text)

    assert (said is not None) == (" ".join(text.casefold().split()) in known)


def test_why_back_leave_and_end_of_input_at_every_screen() -> None:
    """At each prompt: ? says why and asks again, b goes back, q and end of input leave."""
    for screen in ([CHILD], [AGE], [SIGNS], [AREA], GROUP):
        answers, shown = _typed(
            screen, "?", "not sure" if screen[0]["type"] == "number" else str(len(words.options(screen)))
        )
        assert screen[0]["why"] in shown
        assert answers.answered(screen[0]["id"])
        for key, ending in (("b", Back), ("BACK", Back), ("q", Leave), ("Quit", Leave)):
            with pytest.raises(ending):
                _typed(screen, key)
        with pytest.raises(Leave):
            _typed(screen)


def test_lines_write_no_escape_code() -> None:
    """Accessible mode and plain terminals get text and nothing else."""
    for screen in ([CHILD], [AGE], [SIGNS], [AREA], GROUP):
        answer = "not sure" if screen[0]["type"] == "number" else "1,4" if screen is GROUP else "1"
        assert "\x1b" not in _typed(screen, "?", answer)[1]


@pytest.mark.parametrize("menus", [False, True])
def test_without_a_real_terminal_lines_are_asked(menus: bool) -> None:
    """Menus only where both ends are a terminal, whatever is asked for."""
    console = Console(io.StringIO(), io.StringIO(), draw=lambda page, columns: "", menus=menus)

    assert isinstance(asker(console), Lines)


class _Script:
    """An asker that answers from a list, and remembers what it was asked."""

    stays = False

    def __init__(self, *answers: object) -> None:
        self.answers = list(answers)
        self.asked: list[list[str]] = []
        self.around: list[Around] = []

    def __enter__(self) -> _Script:
        return self

    def __exit__(self, *ending: object) -> None:
        pass

    def show(self, drawn: object) -> None:
        """Not used here."""

    def finish(self, drawn: object) -> Any:
        """Not used here."""

    def ask(self, screen: Any, around: Around) -> Answers:
        """The next answer, or the next exception."""
        self.around.append(around)
        self.asked.append([question["id"] for question in screen])
        answer = self.answers.pop(0)
        if isinstance(answer, BaseException):
            raise answer
        if isinstance(answer, Answers):
            return answer
        assert isinstance(answer, dict)
        return _given(**answer)


def _step(given: Answers) -> Next:
    names = ("child", "needs", "age", "signs")
    return Next(describe_questions(small(), [name for name in names if not given.answered(name)]))


def _walk(script: _Script, answers: dict[str, Any], earned: Any = lambda given: None) -> Answers:
    return Walk(_step, script, earned).run(_given(**answers))


def test_the_walk_asks_screen_by_screen_and_says_what_is_earned_before_each() -> None:
    """Groups are one screen; `before` is called before each screen, and once at the end."""
    script, earned = _Script({"child": "yes", "needs": "no"}, {"signs": []}, {"age": 82}), []
    answers = _walk(script, {}, earned.append)

    assert [["child", "needs"], ["signs"], ["age"]] == script.asked
    assert _given(child="yes", needs="no", signs=[], age=82) == answers
    assert 4 == len(earned)


def test_going_back_asks_the_screen_before_again_and_keeps_what_was_given_at_the_start() -> None:
    """Back drops the last screen's answers and no others; at the first screen it says that it is the first."""
    script = _Script(Back(), {"signs": ["weapon"]}, Back(), {"signs": []}, {"age": 82})
    answers = _walk(script, {"child": "yes", "needs": "no"})

    assert [["signs"], ["signs"], ["age"], ["signs"], ["age"]] == script.asked
    assert _given(child="yes", needs="no", signs=[], age=82) == answers
    assert ["", FIRST, "", "", ""] == [around.notice for around in script.around]


def test_going_back_from_the_first_question_stays_there() -> None:
    """However often b is pressed, the first question is asked, and its old answer is not given again."""
    first, no = {"child": "yes", "needs": "no"}, {"child": "no", "needs": "no"}
    script = _Script(first, {"signs": []}, Back(), Back(), Back(), Back(), no, {"age": 82})
    answers = _walk(script, {})

    together = ["child", "needs"]
    assert [together, ["signs"], ["age"], ["signs"], together, together, together, ["age"]] == script.asked
    assert ["", "", "", "", "", FIRST, FIRST, ""] == [around.notice for around in script.around]
    assert _given(**no, signs=[], age=82) == answers


def test_going_back_from_a_page_of_advice_asks_the_screen_before() -> None:
    """What earned the advice is asked again, and the advice comes again where it is earned again."""
    pages: list[Answers] = []

    def earned(given: Answers) -> None:
        if given.known.get("child"):
            pages.append(given)
            if len(pages) == 1:
                raise Back

    script = _Script({"child": "yes", "needs": "no"}, {"child": "yes", "needs": "yes"}, {"signs": []}, {"age": 82})
    answers = _walk(script, {}, earned)

    assert [["child", "needs"], ["child", "needs"], ["signs"], ["age"]] == script.asked
    assert answers.known["needs"] is True


def test_going_back_twice_keeps_the_answer_given_after() -> None:
    """Back to the first screen and on again: the second is not asked a second time, nor is it forgotten."""
    script = _Script(
        {"child": "yes", "needs": "no"}, {"signs": []}, Back(), Back(), {"child": "no", "needs": "no"}, {"age": 82}
    )
    answers = _walk(script, {})

    assert [["child", "needs"], ["signs"], ["age"], ["signs"], ["child", "needs"], ["age"]] == script.asked
    assert _given(child="no", needs="no", signs=[], age=82) == answers


def test_each_screen_says_how_far_along_it_is() -> None:
    """The step, and about how many come after it; never that one is the last, for its answer may open others."""
    script = _Script({"child": "yes", "needs": "no"}, {"signs": []}, {"age": 82})
    _walk(script, {})

    assert [
        "Question 1, about 2 more after this.",
        "Question 2, about 1 more after this.",
        "Question 3.",
    ] == [around.progress for around in script.around]


def test_after_twelve_screens_there_is_a_plan_and_more_is_asked_only_if_wanted() -> None:
    """Fewest questions: however much could be asked, a walk pauses at twelve screens; nothing is lost by it."""
    names = [f"asked-{number}" for number in range(20)]
    question = describe_questions(small(), ["child"])[0]

    def step(given: Answers) -> Next:
        left = [name for name in names if not given.answered(name)]
        return Next([{**question, "id": name, "screen": place} for place, name in enumerate(left)])

    script = _Script(*(Answers({name: False}) for name in names))
    walk = Walk(step, script, lambda given: None)
    answers = walk.run(Answers())

    assert names[:12] == list(answers.known)
    assert walk.left(answers)
    answers = walk.more(answers)
    assert names == list(answers.known)
    assert not walk.left(answers)


def test_what_has_to_be_known_first_is_said_once_with_the_first_question() -> None:
    """A place that is not known, for one."""
    script = _Script({"child": "yes", "needs": "no"}, {"signs": []}, {"age": 82})
    Walk(_step, script, lambda given: None, first="No such place.").run(Answers())

    assert ["No such place.", "", ""] == [around.notice for around in script.around]


def test_the_limits_of_leaving_are_said_once_before_the_first_sensitive_question() -> None:
    """Promise 7 and hazard 16: what cannot be undone is said before it matters."""
    asked = [dict(CHILD), {**CHILD, "id": "second", "sensitive": True}, {**CHILD, "id": "third", "sensitive": True}]
    script = _Script(*(Answers({name: False}) for name in ("child", "second", "third")))

    def step(given: Answers) -> Next:
        left = [question for question in asked if not given.answered(str(question["id"]))]
        return Next([{**question, "screen": place} for place, question in enumerate(left)])  # type: ignore[typeddict-item]

    Walk(step, script, lambda given: None, "the limits").run(Answers())

    assert ["", "the limits", ""] == [around.notice for around in script.around]


def test_changing_an_answer_keeps_all_others_that_still_matter() -> None:
    """At the end one answer is asked again; the rest is given again unasked."""
    script = _Script({"signs": ["weapon"]})
    answers = Walk(_step, script, lambda given: None).change(
        _given(child="yes", needs="no", signs=[], age=82), ["signs"]
    )

    assert [["signs"]] == script.asked
    assert [CHANGING] == [around.progress for around in script.around]
    assert _given(child="yes", needs="no", signs=["weapon"], age=82) == answers


def test_going_back_from_the_answer_that_is_changed_changes_nothing() -> None:
    """b is for the plan then: it ends the change."""
    with pytest.raises(Back):
        Walk(_step, _Script(Back()), lambda given: None).change(_given(signs=[]), ["signs"])


def test_leaving_ends_the_walk() -> None:
    """Leave and Ctrl-C pass through."""
    for ending in (Leave(), KeyboardInterrupt()):
        script = _Script()
        script.answers = [ending]
        with pytest.raises((Leave, KeyboardInterrupt)):
            _walk(script, {})


def _past_danger(terminal: Terminal) -> None:
    terminal.until("Is anyone in danger now")
    terminal.until("q leave")
    terminal.send(DOWN + DOWN + ENTER)
    terminal.until("What are you worried about?")


def _pick(terminal: Terminal, issue: str) -> None:
    place = list(shipped().kind("issues")).index(issue)
    terminal.send(DOWN * place + SPACE + ENTER)


def _carry_on(terminal: Terminal) -> None:
    """Reads a page to its end, and goes on from it."""
    for _ in range(9):
        shown = terminal.at_rest("Enter carry on", "Enter read on")
        terminal.send(ENTER)
        if "Enter carry on" in shown:
            return
        assert "Enter read on" in shown, shown


@pytest.mark.deep
@pytest.mark.parametrize("columns", [80, 40])
def test_a_whole_triage_on_a_real_terminal(columns: int) -> None:
    """Abuse with a child in Southampton at 23:00: danger first, advice as it is earned, the night team first."""
    terminal = Terminal("triage", "--area", "southampton", "--at", "2026-11-24T23:00", columns=columns)
    _past_danger(terminal)
    _pick(terminal, "domestic-abuse")
    terminal.until(words.GROUP)
    assert "Get domestic abuse support" not in terminal.shown()  # somebody may be looking on
    terminal.send("1n" + ENTER)  # with the person, and nobody looks on
    terminal.until("Get domestic abuse support")
    terminal.until("0808 2000 247")
    _carry_on(terminal)
    terminal.until("A child may be affected")
    terminal.send("14n" + ENTER)  # a child is there, and it is a partner
    terminal.until("Protect a child now")
    terminal.until("023 8023 3344")
    _carry_on(terminal)
    terminal.until("A weapon")
    terminal.send("2n" + ENTER)  # choking or strangling
    asked = 0
    while "q end" not in (shown := terminal.at_rest()):
        asked += 1
        assert asked < 12
        terminal.send(ENTER if "Enter carry on" in shown or "Enter read on" in shown else "u" + ENTER)
    terminal.send("k")
    code = terminal.end()
    shown = terminal.shown()

    assert 3 == code  # what was answered not sure is still to be found out
    assert "High risk: police, and MARAC today" in " ".join(shown.split())
    assert terminal.raw.index("Danger now") < terminal.raw.index("Is anyone in danger")
    assert columns < 80 or "No answer: 101." in shown


@pytest.mark.deep
@pytest.mark.parametrize(
    "environment", [{"TERM": "dumb"}, {"CST_ACCESSIBLE": "1"}, {"ACCESSIBLE": "1"}, {"CST_PLAIN": "1"}]
)
def test_a_triage_by_numbered_lines_holds_no_escape_code(environment: dict[str, str]) -> None:
    """On a dumb terminal, in plain and in accessible mode a whole walk is numbered lines."""
    robot = Robot("fire-safety", answers={}, at="2026-11-24T10:00", area="gosport", accessible=True, **environment)
    robot.given["concerns"] = ["fire-safety"]
    robot.walk()
    robot.terminal.send("\r")

    assert 0 == robot.terminal.end()
    assert "\x1b" not in robot.terminal.raw
    assert "fire safety visit" in robot.terminal.shown()


def test_nothing_is_said_before_danger_is_asked() -> None:
    """With the topic given on the command line danger still comes first, before any advice on the topic."""
    terminal = Terminal("triage", "scams", "--area", "winchester")
    terminal.until("q leave")
    assert "NOW" not in terminal.shown()
    assert "TODAY" not in terminal.shown()
    terminal.send(DOWN + DOWN + ENTER)
    terminal.until("How do you know about it?")
    assert "TODAY" not in terminal.at_rest("How do you know about it?")
    terminal.send("38n" + ENTER)  # with the person, a trader who is not there now, and nobody looks on
    terminal.until("TODAY")
    terminal.send("q")

    assert 20 == terminal.end()


def test_being_overheard_shows_three_lines_and_no_advice() -> None:
    """Hazard 16: with somebody near, three lines and one question; no topic on the screen but the one chosen."""
    terminal = Terminal("triage", "--area", "gosport")
    _past_danger(terminal)
    _pick(terminal, "domestic-abuse")
    terminal.until(words.GROUP)
    terminal.send("15n" + ENTER)
    terminal.until("To leave this screen now, press q.")
    terminal.until("Enter when it is safe")
    terminal.send(ENTER)
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
    terminal.until("(was: no; move to your answer)")
    assert "Is anyone in danger now" in terminal.shown()
    terminal.send("?")
    terminal.until("Danger comes before everything else")
    terminal.send("q")

    assert 20 == terminal.end()


@pytest.mark.deep
def test_eligible_asks_about_danger_first_and_shows_the_card() -> None:
    """Promise 1 holds for every interactive command."""
    terminal = Terminal("eligible", "fire-visit")
    terminal.until("Is anyone in danger now")
    terminal.until("q leave")
    terminal.send(DOWN * 3 + ENTER)  # not sure
    terminal.until("EMERGENCY")
    _carry_on(terminal)
    terminal.until("How old is the person?")
    terminal.send("82\r")
    terminal.until("Which council area")
    terminal.send("gosport\r")
    terminal.until("Smoking indoors")
    terminal.send("n" + ENTER)
    terminal.until("Does the person agree")
    terminal.send(DOWN + ENTER)
    terminal.until("q end, clear all")
    terminal.send("k")

    assert 0 == terminal.end()
    assert "One reason is enough" in " ".join(terminal.shown().split())


def test_with_the_answer_in_a_pipe_the_walk_still_talks_to_the_screen() -> None:
    """`cst triage | cat`: card, questions and early advice come on the screen, the plan goes down the pipe."""
    terminal = Terminal("triage", "support", "--area", "gosport", shell="{} 2>/dev/tty | sed 's/^/PIPED /'")
    terminal.until("Answer:")
    assert "PIPED" not in terminal.shown()
    assert "Danger now: ring 999." in terminal.shown()
    terminal.send("no\r")
    terminal.until("Not sure about the rest")
    terminal.send("1,11\r")
    terminal.until("Enter to carry on")
    terminal.send("\r")
    terminal.until("Those needs make it hard")
    terminal.send("4\r")
    terminal.until("An overdose")
    terminal.send("3\r")
    terminal.until("locks, alarms")
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


TRADER_GONE = (  # the answers of that walk
    *("scams", "--area", "winchester", "--at", "2026-11-24T10:00"),
    *("-a", "contact-mode=with", "-a", "fraud-kind=trader", "-a", "who-harms=stranger", "-a", "high-risk-signs=none"),
    *("-a", "communication=none", "-a", "immediate-danger=no", "-a", "caller-there-now=no", "-a", "money-gone=no"),
    *("-a", "illegal-lender=no", "-a", "overheard=no", "-a", "child-affected=no", "-a", "care-needs=no"),
    *("-a", "cannot-protect-self=no"),
)


def _to_the_end(terminal: Terminal) -> None:
    """A walk about a scam by a stranger in which nothing else applies, up to the page at the end."""
    _past_danger(terminal)
    _pick(terminal, "scams")
    for _ in range(30):
        shown = terminal.at_rest()
        if "q end" in shown:
            return
        if "carry on" in shown or "read on" in shown:
            terminal.send(ENTER)
        elif "How do you know about it?" in shown:
            terminal.send("38n" + ENTER)  # with the person; a trader who came to the door and is not there now
        elif "A child may be affected" in shown:
            terminal.send("9n" + ENTER)  # a stranger or trader
        elif "n None of these" in shown or "n No to the rest" in shown:
            terminal.send("n" + ENTER)
        else:
            terminal.send(DOWN * (5 if "Who may be" in shown else 2) + ENTER)
    raise AssertionError("thirty screens and no end")


@pytest.mark.deep
def test_the_end_is_one_screen_with_the_whole_behind_a_key_and_is_cleared_or_kept() -> None:
    """q leaves nothing behind; k leaves the one screen."""
    for key, kept in (("q", False), ("k", True)):
        terminal = Terminal("triage", "--area", "winchester", "--at", "2026-11-24T10:00")
        _to_the_end(terminal)
        before = terminal.screen.display[:]
        terminal.send("a")
        terminal.at_rest()
        assert before != terminal.screen.display
        terminal.send("b")
        terminal.at_rest("q end")
        assert before == terminal.screen.display
        terminal.send(key)

        assert 0 == terminal.end()
        assert ("Stop the loss and report the scam" in terminal.shown()) is kept
        assert kept or not "".join(terminal.screen.display).strip()


@pytest.mark.deep
def test_an_answer_can_be_changed_at_the_end() -> None:
    """c asks which one; the rest is kept, and the new end shows what came of it."""
    terminal = Terminal("triage", "--area", "winchester", "--at", "2026-11-24T10:00")
    _to_the_end(terminal)
    terminal.send("c")
    terminal.at_rest("Change which answer?")
    terminal.send(DOWN + ENTER)  # the first answer: danger
    terminal.at_rest("was: no; move to your answer")
    terminal.send(DOWN + ENTER)
    terminal.until("Now as well")
    assert "Ring the emergency line" in terminal.shown()
    _carry_on(terminal)
    terminal.until("EMERGENCY")
    terminal.until("q end, clear all")
    terminal.send("k")

    assert 10 == terminal.end()


@pytest.mark.parametrize(("scheme", "age"), [("fgm-report", ""), ("fire-visit", "60")])
def test_eligible_waits_until_nobody_looks_on_before_it_asks_what_is_sensitive(scheme: str, age: str) -> None:
    """Hazard 16: nobody was asked whether somebody looks on, so the question itself waits behind a page."""
    terminal = Terminal("eligible", scheme, "--area", "gosport", "-a", "immediate-danger=no")
    if age:
        terminal.until("then Enter)")
        terminal.send(f"{age}\r")
    terminal.until("Enter when it is safe")
    before = terminal.shown()
    assert "Go on only when nobody who may be causing harm can see or hear this." in before
    assert words.GROUP not in before
    terminal.send(ENTER)
    terminal.until(words.GROUP)
    terminal.send("b")
    assert "Enter when it is safe" not in terminal.at_rest()  # it is said once
    terminal.send("q")

    assert 20 == terminal.end()


@pytest.mark.parametrize("typed", ["x", "12", "yes"])
def test_numbered_lines_end_by_enter_and_by_nothing_else(typed: str) -> None:
    """A slip at the end of a plan does not end the program; Enter does."""
    sink = io.StringIO()
    assert "keep" == Lines(io.StringIO(f"{typed}\n\n"), sink).finish(End(lambda columns, rows: ["PLAN\n"]))
    assert f'"{typed}" does nothing here.' in sink.getvalue()
    sink = io.StringIO()
    Lines(io.StringIO(f"{typed}\n\n"), sink).show(lambda columns: "PAGE\n")
    assert f'"{typed}" does nothing here.' in sink.getvalue()


def test_overheard_there_is_no_end_that_leaves_the_few_lines_on_the_screen() -> None:
    """Enter leaves as q does, by numbered lines; the menus offer no printing of it."""
    lines = Lines(io.StringIO("\n"), io.StringIO())
    assert "leave" == lines.finish(End(lambda columns, rows: ["WAIT\n"]), held=True)
    assert lines.forgets
    terminal = Terminal(
        "triage", "stalking", "-a", "immediate-danger=no", "-a", "overheard=yes", "-a", "only-chance=no"
    )
    terminal.until("Enter when it is safe")
    terminal.send(ENTER)
    terminal.until("Is it safe to go on now")
    terminal.send("n" + ENTER)
    terminal.until("c go on when it is safe")
    assert "print it here" not in terminal.shown()
    terminal.send("kq")

    assert terminal.end() in (0, 3)
    assert not "".join(terminal.screen.display).strip()


@pytest.mark.deep
def test_a_page_that_is_scrolled_keeps_the_danger_line_and_loses_no_line() -> None:
    """Space by space to the end, the danger line on top of each screen: all that `--all` prints was to be seen."""
    terminal = Terminal("triage", "--area", "winchester", "--at", "2026-11-24T10:00")
    _to_the_end(terminal)
    terminal.send("a")
    terminal.at_rest("space or arrows")
    screens: list[list[str]] = []
    while not screens or screens[-1] != [line.rstrip() for line in terminal.screen.display]:
        screens.append([line.rstrip() for line in terminal.screen.display])
        assert screens[-1][0] == card.LINE
        terminal.send(SPACE)
        terminal.at_rest()
    terminal.send("b")
    terminal.at_rest("q end")
    terminal.send("k")

    assert 0 == terminal.end()
    seen = {line for screen in screens for line in screen}
    whole = Terminal("triage", *TRADER_GONE, "--no-input", "--all", shell="{} </dev/null")
    assert 0 == whole.end()
    lines = [line for line in whole.shown().splitlines() if line]
    assert len(lines) > 2 * len(screens[0])
    assert not [line for line in lines if line not in seen]


@pytest.mark.deep
def test_the_arrow_up_goes_back_to_the_start_of_a_page() -> None:
    """A worker who has gone past the number gets back to it, and is told how."""
    terminal = Terminal("triage", "--area", "winchester", "--at", "2026-11-24T10:00")
    _to_the_end(terminal)
    terminal.send("a")
    terminal.at_rest("space or arrows")
    first = terminal.screen.display[:]
    assert "space or arrows" in " ".join(first)
    terminal.send(SPACE)
    terminal.at_rest()
    assert first != terminal.screen.display
    terminal.send("\x1b[A" * 30)
    terminal.at_rest(first[1].strip())
    assert first == terminal.screen.display
    terminal.send("b")
    terminal.at_rest("q end")
    terminal.send("q")
    assert 0 == terminal.end()


@pytest.mark.deep
@pytest.mark.parametrize("columns", [40, 80])
def test_a_page_fits_the_screen_with_its_keys(columns: int) -> None:
    """No line of a page is cut off, and every key stands on the screen."""
    terminal = Terminal("triage", "--area", "winchester", columns=columns)
    _to_the_end(terminal)
    shown = " ".join(terminal.shown().split())

    for key in ("a all", "c change", "k end, print it", "q end, clear all"):
        assert key in shown
    terminal.send("q")
    assert 0 == terminal.end()
