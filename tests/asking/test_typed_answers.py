"""Fault F12: whatever is typed at whichever question is taken for what it says, or asked again; never for a guess.

What may be understood is written here apart from the program: a closed list of words, and numbers in plain digits.
"""

from __future__ import annotations

import io
import random
from functools import lru_cache
from typing import Any

import pytest

from cst import contract
from cst.engine.answers import spoken_one
from cst.engine.questions import describe_question
from cst.views.formats.safe_text import clean
from cst.walk.asker import Around, Back, Leave
from cst.walk.numbered_lines import Lines
from tests.support.states import shipped

SEED = 20261123
AGAIN = object()
MEANS = {
    "yes": ("yes", "y", "true"),
    "no": ("no", "n", "false"),
    "none": ("no", "n", "false"),
    "not-sure": (
        *("not sure", "not-sure", "notsure", "ns", "unsure", "dk", "dunno"),
        *("don't know", "dont know", "don\u2019t know", "do not know"),
        *("i don't know", "i dont know", "i don\u2019t know", "i do not know"),
    ),
}
# Near to an answer, and none: a human might guess, and could be wrong.
NEAR = (
    "ja",
    "oui",
    "si",
    "yep",
    "yeah",
    "ye",
    "yess",
    "yes!",
    "yes.",
    "yes no",
    "yes, no",
    "no yes",
    "nope",
    "nah",
    "noo",
    "no.",
    "non",
    "not",
    "not yes",
    "not no",
    "maybe",
    "perhaps",
    "probably",
    "i think so",
    "idk",
    "n/a",
    "na",
    "true",
    "false",
    "on",
    "off",
    "0",
    "-1",
    "+1",
    "1.0",
    "1,",
    ",1",
    "1 2",
    "01",
    "1e0",
    "one",
    "i",
    "l",
    "|",
    "¹",
    "①",
    "１",
    "２",
    "３",
    "ｙｅｓ",
    "ｎｏ",
    "уes",
    "nо",
    "ye\u0455",
    "١",
    "٢",
    "४",
    "Ⅰ",
    "½",
    "1\u200b",
    "\u202eoy",
    "ʏᴇs",
    "✓",
    "×",
    "👍",
    "yes\x00",
    "\x1b[A",
    "\x1b[31myes",
    "y/n",
    "[y]",
    "(yes)",
    "yes yes",
    "yes\tno",
    "\t",
    "  ",
    "",
    "-",
    "--",
    "*",
    "#",
    "null",
    "none of them",
    "nil",
    "none of",
    "all",
    "both",
    "1-3",
    "1;2",
    "1/2",
    "1 and 2",
    "999",
    "101",
    "1" * 60,
    "select *",
    "$(reboot)",
    "%s",
    "{0}",
    "../../x",
    "'; drop",
    "<b>yes</b>",
    "none,",
    ",none",
    "none none",
    "NaN",
    "inf",
)
SPELT = (
    "YES",
    "Yes",
    " yes ",
    "Y",
    "NO",
    "No",
    " n ",
    "Not Sure",
    "NOT-SURE",
    "  don't   know ",
    "DK",
    "Unsure",
    "Dunno",
    "I don't know",
    "none",
    "None",
)


@lru_cache
def lines_for(name: str) -> list[str]:
    """Three hundred different lines for a question: words, near words, its own labels, numbers, and rubbish."""
    question = describe_question(shipped(), name)
    chance = random.Random(f"{SEED} {name}")
    labels = [choice["label"] for choice in question["choices"]] + [choice["id"] for choice in question["choices"]]
    own = [*labels, *map(str.upper, labels[:3]), *(label[:-1] for label in labels[:5])]
    numbers = [str(number) for number in (*range(25), 64, 65, 120, 121, 10**8, 10**9, 10**40)]
    found = dict.fromkeys([*NEAR, *SPELT, *own, *numbers])
    while len(found) < 300:
        parts = chance.choices([*NEAR, *SPELT, *own, *numbers], k=chance.randint(2, 4))
        found[chance.choice((",", " ", ", ", "")).join(parts)] = None
    return [line.replace("\n", " ").replace("\r", " ") for line in found][:300]


def meaning(question: contract.Question, line: str) -> Any:
    """What a line may be taken for: an answer, or AGAIN."""
    said = " ".join(line.strip().casefold().split())
    if question["type"] == "number":
        limits: dict[str, Any] = question["constraint"] or {}
        if said in MEANS["not-sure"]:
            return "not-sure"
        whole = 0 < len(said) < 10 and all(sign in "0123456789" for sign in said)
        return int(said) if whole and limits["at_least"] <= int(said) <= limits["at_most"] else AGAIN
    if question["type"] != "pick-many":
        return _one(question, said)
    ticked = list(dict.fromkeys(_one(question, part) for part in _apart(line.strip().casefold())))
    if AGAIN in ticked or (len(ticked) > 1 and {"none", "not-sure"} & set(ticked)):
        return AGAIN
    return "not-sure" if ticked == ["not-sure"] else [] if ticked == ["none"] else sorted(ticked)


def _apart(line: str) -> list[str]:
    """A list one by one: commas or semicolons between; between whole numbers a blank as well."""
    found = []
    for part in line.replace(";", ",").split(","):
        numbers = part.split()
        plain = all(set(number) <= set("0123456789") and len(number) < 10 for number in numbers)
        found += numbers if numbers and plain else [part.strip()]
    return found


def _one(question: contract.Question, said: str) -> Any:
    said = " ".join(said.split())
    if question["type"] == "yes-no":
        offered = {"yes": "yes", "no": "no", "not-sure": "not sure"}
    else:
        none = {"none": "none of these"} if question["type"] == "pick-many" else {}
        offered = {choice["id"]: choice["label"] for choice in question["choices"]} | none | {"not-sure": "not sure"}
    if 0 < len(said) < 10 and all(sign in "0123456789" for sign in said):
        return list(offered)[int(said) - 1] if 1 <= int(said) <= len(offered) else AGAIN
    found = [name for name, label in offered.items() if said in (name, label.casefold(), *MEANS.get(name, ()))]
    return found[-1] if found else AGAIN


@pytest.mark.deep
def test_three_hundred_lines_at_every_question() -> None:
    """Each is taken for what it says, or asked again; and what is said back holds nothing but words."""
    tried = taken = 0
    for name in shipped().kind("questions"):
        question = describe_question(shipped(), name)
        for line in lines_for(name):
            tried += 1
            sink = io.StringIO()
            asking = Lines(io.StringIO(f"{line}\n"), sink)
            try:
                given: Any = spoken_one(asking.ask([question], Around("Question 1.")), name)
            except (Leave, Back):  # nothing was taken, and nothing more is typed
                given = AGAIN
            assert meaning(question, line) == given, (name, line)
            assert clean(sink.getvalue()) == sink.getvalue()
            taken += given is not AGAIN

    assert tried == 300 * len(shipped().kind("questions"))
    assert tried // 20 < taken < tried // 2
