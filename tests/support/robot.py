"""A worker at a real pseudo-terminal: reads the screen, presses real keys, and writes down what it saw.

What to press follows from answers given beforehand; what stands on the screen is checked against the plan, so a robot
that is asked something else than the plan says is a failed test.
"""

from __future__ import annotations

import time
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

import pexpect

from cst import contract
from cst.checks.cases import read_answers
from cst.engine.answers import Answers
from cst.engine.disclosure import asked_for_verdict
from cst.engine.plan import plan
from cst.engine.situation import AREA
from cst.engine.verdict import verdict
from cst.walk import wording as words
from cst.walk.area_prompt import nearest_first
from tests.support.command import DOWN, ENTER, SPACE, UP, Terminal
from tests.support.states import LONDON, shipped

CARRY_ON = ("Enter read on", "Enter carry on", "Enter to carry on", "Enter when it is safe")
END = ("c change", "c to change an answer")
PROMPTS = ("b back", "; then Enter)", *CARRY_ON, *END, "Answer: ", "such as 1,3: ")
QUIET = 0.2  # seconds without a change, after which a screen is whole if the command sleeps: it draws in pieces


class Robot:
    """One session, a triage or one `scheme`. `answers` are by question; what is asked and not among them is answered
    no, none or not sure. `accessible` says that it asks by numbered lines, for whichever reason of `environment`.
    """

    def __init__(
        self,
        *arguments: str,
        answers: Mapping[str, Any],
        at: str,
        area: str | None = None,
        columns: int = 80,
        accessible: bool = False,
        scheme: str = "",
        **environment: str,
    ) -> None:
        places = ("--area", area) if area else ()
        environment = environment or ({"CST_ACCESSIBLE": "1"} if accessible else {})
        command = ("eligible", scheme) if scheme else ("triage",)
        self.terminal = Terminal(*command, *arguments, "--at", at, *places, columns=columns, **environment)
        self.scheme = scheme
        self.answers = answers
        self.at = datetime.fromisoformat(at).replace(tzinfo=LONDON)
        self.area = area
        self.accessible = accessible
        self.given: dict[str, Any] = {}
        self.undone: dict[str, Any] = {}  # the answers of the screen that is shown again, whose ticks are kept
        self.order: list[list[str]] = []
        self.screens: list[str] = []
        self.seen = ""
        self.colours: set[str] = set()

    def look(self) -> str:
        """The next screen, when it has changed, is at rest and waits for keys."""
        deadline, last, still = time.monotonic() + 60, "", 0.0
        while time.monotonic() < deadline:
            try:
                self.terminal._read(self.terminal.child.read_nonblocking(4096, timeout=0.05))
                still = 0.0
            except pexpect.TIMEOUT:
                still += 0.05
            last = self._shown()
            there = last != self.seen and any(prompt in _unwrapped(last) for prompt in PROMPTS)
            if there and still >= QUIET and self.terminal.sleeps():
                break
        else:
            raise AssertionError(f"no new screen came after:\n{last}")
        buffer = self.terminal.screen.buffer
        self.colours |= {colour for row in buffer.values() for cell in row.values() for colour in (cell.fg, cell.bg)}
        self.screens.append(last[len(self.seen) :] if self.accessible else last)
        self.seen = last
        return self.screens[-1]

    def _shown(self) -> str:
        if self.accessible:  # numbered lines: all that was ever printed, for there are no escape codes in it
            return self.terminal.raw.replace("\r\n", "\n")
        return "\n".join(line.rstrip() for line in self.terminal.screen.display).rstrip()

    def walk(self, *, until: str = "") -> None:
        """Answers screen by screen to the end, or until a screen asks the question of this id."""
        for _ in range(40):
            shown = self.look()
            if any(end in _unwrapped(shown) for end in END):
                return
            if any(on in _unwrapped(shown) for on in CARRY_ON):
                self.terminal.send(ENTER)
                continue
            asked = self.asked()
            assert words.heading(asked)[:18] in shown, (words.heading(asked), shown)
            if until in [question["id"] for question in asked]:
                return
            self.answer(asked)
        raise AssertionError("forty screens and no end")

    def asked(self) -> Sequence[contract.Question]:
        """The questions that the plan, or the verdict, says come next."""
        answers = read_answers(shipped(), self.given)
        if self.scheme:
            said = verdict(shipped(), self.scheme, answers, self.at, self.area)
            asking: Sequence[contract.Question] = asked_for_verdict(shipped(), answers, said)
        else:
            asking = plan(shipped(), answers, self.at, self.area)["next"]
        return [question for question in nearest_first(shipped(), asking) if question["screen"] == 0]

    def answer(self, asked: Sequence[contract.Question]) -> None:
        """Presses the keys that give this screen its answers."""
        chosen = {question["id"]: self.answers.get(question["id"], _nothing(question)) for question in asked}
        first = asked[0]
        if first["type"] == "number" or (first["id"] == AREA and not self.accessible):  # typed
            self.terminal.send(f"{'not sure' if chosen[first['id']] == words.NOT_SURE else chosen[first['id']]}\r")
        else:
            places = _places(asked, chosen)
            kept = [] if self.accessible else self._kept(asked)
            self.terminal.send(self._typed(places) if self.accessible else _keys(places, kept, many=words.many(asked)))
        self.given |= _as_read(asked, chosen)
        self.order.append([question["id"] for question in asked])
        self.undone = {}

    def _kept(self, asked: Sequence[contract.Question]) -> list[int]:
        """Where the ticks stand from before going back, the first where the pointer is."""
        names = [name for name, _ in words.options(asked)]
        return [names.index(tick) for tick in words.ticks(asked, read_answers(shipped(), self.undone))]

    def back(self) -> None:
        """Goes back one screen."""
        self.terminal.send("b\r" if self.accessible else "b")
        self.undone = {name: self.given.pop(name) for name in self.order.pop()}

    @staticmethod
    def _typed(places: list[int]) -> str:
        return ",".join(str(place + 1) for place in places) + "\r"


def _unwrapped(shown: str) -> str:
    """A line of keys may break at any blank."""
    return " ".join(shown.split()) + " "


def _nothing(question: contract.Question) -> Any:
    """The answer where a test gives none: with the person, then no, none, nought, and not sure which."""
    choice = "with" if question["id"] == "contact-mode" else words.NOT_SURE
    return {"yes-no": "no", "pick-many": [], "number": 0, "choice": choice}[question["type"]]


def _ticked(asked: Sequence[contract.Question], chosen: Mapping[str, Any]) -> list[str]:
    """The rows of a list to tick for these answers. "Not sure" about one of them is said of all that is not ticked."""
    rows = [name for name, _ in words.options(asked)]
    ticked = []
    for name, answer in chosen.items():
        picked = [name] if answer == "yes" else [f"{name}{words.OF}{one}" for one in _as_list(answer)]
        ticked += [row for row in picked if row in rows]
    left = [name for name in chosen if not any(row.partition(words.OF)[0] == name for row in ticked)]
    rest = words.NOT_SURE if words.NOT_SURE in chosen.values() else words.NONE
    return [*ticked, *([rest] if left else [])]


def _as_list(answer: Any) -> list[Any]:
    return answer if isinstance(answer, list) else [answer]


def _as_read(asked: Sequence[contract.Question], chosen: Mapping[str, Any]) -> Mapping[str, Any]:
    """The answers as a screen takes them: in a list they are its ticks."""
    if not words.is_group(asked):
        return chosen
    read = words.from_ticks(asked, _ticked(asked, chosen))
    assert isinstance(read, Answers), read
    known = {name: sorted(value) if isinstance(value, frozenset) else value for name, value in read.known.items()}
    return {**known, **dict.fromkeys(read.unsure, words.NOT_SURE)}


def _places(asked: Sequence[contract.Question], chosen: Mapping[str, Any]) -> list[int]:
    """Where the options stand that give these answers, from nought."""
    names = [name for name, _ in words.options(asked)]
    if words.is_group(asked):
        return [names.index(name) for name in _ticked(asked, chosen)]
    answer = chosen[asked[0]["id"]]
    if isinstance(answer, list):
        return [names.index(name) for name in answer or [words.NONE]]
    return [names.index(answer)]


def _keys(places: list[int], kept: list[int], *, many: bool) -> str:
    """The keys that tick these places and no others; `kept` are ticked already."""
    if not many:
        return DOWN * (places[0] + 1) + ENTER  # the first line says: move to your answer
    keys, at = "", kept[0] if kept else 0
    for place in sorted({*places} ^ {*kept}):
        keys += (DOWN if place > at else UP) * abs(place - at) + SPACE
        at = place
    return keys + ENTER
