"""From what a person or a script wrote to an answer, or a refusal that says what is allowed.

Nothing is guessed: a word that is neither an allowed value nor a known way to say "not sure" is refused.
"""

from __future__ import annotations

from types import MappingProxyType

from cst.engine import answer_words
from cst.lean_typing import TYPE_CHECKING, NamedTuple
from cst.rules import NOTHING
from cst.toolkit.places import place_called

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from cst.rules import Known, Value
    from cst.source import records
    from cst.toolkit.toolkit import Toolkit

NOT_SURE = "not-sure"
LONGEST = 9  # digits of a number: Python itself refuses thousands of them


class Answers(NamedTuple):
    """What has been answered: facts by question, and the questions answered "not sure"."""

    known: Known = MappingProxyType({})
    unsure: frozenset[str] = NOTHING

    def answered(self, question: str) -> bool:
        """Whether the question has an answer; "not sure" is one."""
        return question in self.known or question in self.unsure

    def names(self) -> frozenset[str]:
        """The questions that have an answer."""
        return self.unsure.union(self.known)

    def without(self, *questions: str) -> Answers:
        """The same answers but for these."""
        known = {name: value for name, value in self.known.items() if name not in questions}
        return Answers(known, self.unsure.difference(questions))

    def only(self, questions: Iterable[str]) -> Answers:
        """The answers to these questions alone."""
        return self.without(*self.names().difference(questions))

    def joined(self, later: Answers) -> Answers:
        """These answers and later ones, which win."""
        before = self.without(*later.names())
        return Answers({**before.known, **later.known}, before.unsure | later.unsure)


class BadAnswer(ValueError):
    """An answer that is not allowed, with what is."""

    def __init__(self, says: str, remedy: str) -> None:
        super().__init__(f"{says} {remedy}")
        self.says = says
        self.remedy = remedy


class BadAnswers(ValueError):
    """Every answer that is not allowed, by question."""

    def __init__(self, refused: Mapping[str, BadAnswer]) -> None:
        super().__init__(" ".join(map(str, refused.values())))
        self.refused = refused


def read_answers(toolkit: Toolkit, written: Mapping[str, object]) -> Answers:
    """The answers to questions by id, from what was written for each of them.

    Raises:
        BadAnswers: questions are not known, or values not allowed: all of them.
    """
    known: dict[str, Value] = {}
    unsure: set[str] = set()
    refused: dict[str, BadAnswer] = {}
    for name, words in written.items():
        try:
            answer = one(toolkit, name, words)
        except BadAnswer as bad:
            refused[name] = bad
            continue
        if answer is None:
            unsure.add(name)
        else:
            known[name] = answer
    if refused:
        raise BadAnswers(refused)
    return Answers(known, frozenset(unsure))


def one(toolkit: Toolkit, name: str, written: object) -> Value | None:
    """The answer to one question; None is "not sure".

    Raises:
        BadAnswer: the question is not known, or the value is not allowed.
    """
    question = toolkit.kind("questions").get(name)
    if question is None:
        near = _close(str(name), toolkit.kind("questions"), 1)
        remedy = f"Did you mean {near[0]}?" if near else "See the questions with: cst list questions"
        raise BadAnswer(f"No question is called {name}.", remedy)
    if isinstance(written, str) and answer_words.is_not_sure(written):
        return None
    match question["type"]:
        case "yes-no":
            return _yes_no(name, written)
        case "number":
            return _number(name, question, written)
        case "choice":
            return _choice(toolkit, name, question, written)
        case "pick-many":
            return _picked(toolkit, name, question, written)
        case kind:
            raise ValueError(f"{name} is of no type that can be answered: {kind}")


def _yes_no(name: str, written: object) -> bool:
    word = answer_words.plainly(str(written))
    if word in answer_words.YES:
        return True
    if word in answer_words.NO:
        return False
    raise BadAnswer(f"{name} cannot be {written!s:.40}.", "Answer yes, no or not-sure.")


def _number(name: str, question: records.Question, written: object) -> int:
    limits = question["constraint"]
    text = str(written).strip()
    if is_whole_number(text) and limits["at_least"] <= int(text) <= limits["at_most"]:
        return int(text)
    raise BadAnswer(f"{name} cannot be {written!s:.40}.", f"{limits['message']} Or answer not-sure.")


def is_whole_number(text: str) -> bool:
    """Whether a text is a whole number in plain digits, and no longer than any that can be meant."""
    return text.isascii() and text.isdecimal() and len(text) <= LONGEST


def _choice(toolkit: Toolkit, name: str, question: records.Question, written: object) -> str:
    choices = toolkit.choices(question)
    text = str(written).strip()
    if text in choices:
        return text
    if question.get("choices_from") == "areas":
        place = place_called(toolkit, text)
        if place.area is None:
            raise BadAnswer(str(place.says), "Answer england for national numbers, or not-sure.")
        return place.area
    raise BadAnswer(f"{name} cannot be {text:.40}.", _allowed(text, choices))


def _picked(toolkit: Toolkit, name: str, question: records.Question, written: object) -> frozenset[str]:
    choices = toolkit.choices(question)
    texts = written.split(",") if isinstance(written, str) else written
    if not isinstance(texts, (list, tuple, set, frozenset)):
        raise BadAnswer(f"{name} cannot be {written!s:.40}.", "Give a list, or none, or not-sure.")
    picked = [str(text).strip() for text in texts]
    if picked == ["none"] or not texts:
        return frozenset()
    for text in picked:
        if text not in choices:
            raise BadAnswer(f"{name} cannot be {text or 'blank'!s:.40}.", _allowed(text, choices))
    return frozenset(picked)


def _allowed(text: str, choices: Mapping[str, str]) -> str:
    near = _close(text, choices, 1)
    closest = f"Did you mean {near[0]}? " if near else ""
    return f"{closest}Answer not-sure, or one of: {', '.join(choices)}."


def spoken(answers: Answers, toolkit: Toolkit) -> dict[str, object]:
    """The answers as the contract writes them, in the author's order of questions."""
    return {name: spoken_one(answers, name) for name in toolkit.kind("questions") if answers.answered(name)}


def spoken_one(answers: Answers, name: str) -> object:
    """One answer as the contract writes it."""
    value = answers.known.get(name)
    if value is None:
        return NOT_SURE
    if isinstance(value, bool):
        return "yes" if value else "no"
    return sorted(value) if isinstance(value, frozenset) else value


def _close(text: str, names: Iterable[str], most: int) -> list[str]:
    import difflib  # only for an answer that is not allowed

    return difflib.get_close_matches(text, names, most)
