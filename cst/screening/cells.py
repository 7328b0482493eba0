"""How one cell is read: an answer, nothing, not sure, or something that a person has to look at. Never a guess.

`cell_sql` writes the same readings as SQL; a test holds the two together.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from typing import TYPE_CHECKING, Literal, NamedTuple

from cst.engine import answer_words
from cst.engine.answers import one
from cst.toolkit.places import place_called
from cst.toolkit.toolkit import Toolkit

if TYPE_CHECKING:
    from cst.rules import Value
    from cst.toolkit.toolkit import Record

BLANKS = " \n\xa0"  # what is cut off at both ends of a cell; a tab or a carriage return does not belong in a cell
NUMBER = r"[0-9]{1,6}(\.0{1,6})?"  # spreadsheets and data frames write 82 as 82.0
SEPARATOR = r"[ ]*[,;|][ ]*"
ISO = r"([0-9]{4})-([0-9]{2})-([0-9]{2})([ t]00:00:00(\.0{1,6})?)?"
BRITISH = r"([0-9]{1,2})[/.-]([0-9]{1,2})[/.-]([0-9]{4})"  # the day first, always; two-digit years are not read
State = Literal["known", "blank", "unsure", "bad"]


class Cell(NamedTuple):
    """What a cell says. `value` is there where it is known."""

    state: State
    value: Value | None = None


_BLANK, _UNSURE, _BAD = Cell("blank"), Cell("unsure"), Cell("bad")


class Reading(NamedTuple):
    """How the cells of one column are read.

    Args:
        question: the question that the column answers.
        kind: the question's type, or `birth` for a date of birth that gives an age.
        words: what is written, in small letters and without blanks around it, to what it says.
        least, most: the range of a number.
        choices: what a pick-many cell may list.
        at: the day on which an age is wanted.
    """

    question: str
    kind: str
    words: Mapping[str, Cell]
    least: int = 0
    most: int = 0
    choices: tuple[str, ...] = ()
    at: date = date.min

    def read(self, raw: str | None) -> Cell:
        """What a cell says."""
        word = normal(raw or "")
        if word in self.words:
            return self.words[word]
        match self.kind:
            case "number":
                return self._ranged(int(float(word))) if re.fullmatch(NUMBER, word) else _BAD
            case "birth":
                return self._age(word)
            case "pick-many":
                return self._picked(word)
            case "date":
                return Cell("known", (raw or "").strip(BLANKS))
            case _:
                return _BAD

    def _ranged(self, number: int) -> Cell:
        return Cell("known", number) if self.least <= number <= self.most else _BAD

    def _age(self, word: str) -> Cell:
        born = birthday(word)
        return self._ranged(whole_years(born, self.at)) if born and born <= self.at else _BAD

    def _picked(self, word: str) -> Cell:
        picked = re.split(SEPARATOR, word)
        return Cell("known", frozenset(picked)) if set(picked) <= set(self.choices) else _BAD


def normal(raw: str) -> str:
    """A cell without blanks around it, in small letters."""
    return raw.strip(BLANKS).lower()


def birthday(word: str) -> date | None:
    """A date as 1950-03-31 or 31/03/1950; None where it is neither, or there is no such day."""
    try:
        if found := re.fullmatch(ISO, word):
            return date(*map(int, found.group(1, 2, 3)))
        if found := re.fullmatch(BRITISH, word):
            return date(*map(int, found.group(3, 2, 1)))
    except ValueError:
        pass
    return None


def whole_years(born: date, at: date) -> int:
    """The age on a day. Who was born on 29 February is a year older from 1 March in years without one."""
    return at.year - born.year - ((at.month, at.day) < (born.month, born.day))


def reading(toolkit: Toolkit, question: str, at: date, own: Mapping[str, str], *, birth: bool = False) -> Reading:
    """How cells that answer a question are read.

    Args:
        toolkit: what is known.
        question: its id.
        at: the day on which ages are wanted.
        own: spellings of the user's own, each with the answer that it stands for.
        birth: the cells are dates of birth.

    Raises:
        BadAnswer: a spelling stands for what is no answer.
    """
    record = toolkit.kind("questions")[question]
    kind = "birth" if birth else record["type"]
    words = dict.fromkeys(answer_words.BLANK_IN_FILES, _BLANK)
    words |= dict.fromkeys(answer_words.NOT_SURE_IN_FILES, _UNSURE)
    words |= _words(toolkit, record, kind)
    for written, answer in own.items():
        value = None if answer == "blank" else one(toolkit, question, answer)
        words[normal(written)] = _BLANK if answer == "blank" else _UNSURE if value is None else Cell("known", value)
    limits = record.get("constraint", {"at_least": 0, "at_most": 0})
    choices = tuple(toolkit.choices(record)) if kind == "pick-many" else ()
    return Reading(question, kind, words, limits["at_least"], limits["at_most"], choices, at)


def _words(toolkit: Toolkit, record: Record, kind: str) -> dict[str, Cell]:
    """The spellings that are understood without being told."""
    match kind:
        case "yes-no":
            return {word: Cell("known", True) for word in answer_words.YES_IN_FILES} | {
                word: Cell("known", False) for word in answer_words.NO_IN_FILES
            }
        case "choice":
            return _choices(toolkit, record)
        case "pick-many":
            return {"none": Cell("known", frozenset())}
        case _:
            return {}


def _choices(toolkit: Toolkit, record: Record) -> dict[str, Cell]:
    """A choice by its id or its label; an area also by every name that means one area and no other."""
    labels = toolkit.choices(record)
    words = {normal(label): Cell("known", choice) for choice, label in labels.items()}
    if record.get("choices_from") == "areas":
        called = [also for one in toolkit.kind("areas").values() for also in one.get("also_known_as", ())]
        words |= {normal(name): Cell("known", area) for name in called if (area := place_called(toolkit, name).area)}
    return words | {choice: Cell("known", choice) for choice in labels}
