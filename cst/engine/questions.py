"""Questions, and the answers given to them, as the contract writes them."""

from __future__ import annotations

from cst.engine.answers import spoken_one
from cst.lean_typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from cst import contract
    from cst.engine.answers import Answers
    from cst.rules import Fact
    from cst.toolkit.toolkit import Toolkit

_WORDS = {"yes": "yes", "no": "no", "not-sure": "not sure"}


def danger_questions(toolkit: Toolkit) -> list[str]:
    """The questions that ask about danger now."""
    return [name for name, question in toolkit.kind("questions").items() if question.get("danger")]


def describe_questions(toolkit: Toolkit, names: Iterable[str]) -> list[contract.Question]:
    """Questions in the author's order, in screens: open questions of one group share a screen, but for numbers."""
    wanted = set(names)
    ordered = [name for name in toolkit.kind("questions") if name in wanted]
    screens: dict[str, int] = {}
    described = []
    for name in ordered:
        question = toolkit.kind("questions")[name]
        together = question.get("group") if question["type"] != "number" else None
        screen = screens.setdefault(together or name, len(screens))
        described.append(describe_question(toolkit, name, screen))
    return sorted(described, key=lambda question: question["screen"])


def describe_question(toolkit: Toolkit, name: str, screen: int = 0) -> contract.Question:
    """One question."""
    question = toolkit.kind("questions")[name]
    return {
        "id": name,
        "ask": question["ask"],
        "hint": question.get("hint"),
        "why": question["why"],
        "type": question["type"],
        "choices": [{"id": choice, "label": label} for choice, label in toolkit.choices(question).items()],
        "constraint": dict(question["constraint"]) if "constraint" in question else None,
        "unit": question.get("unit"),
        "group": question.get("group"),
        "screen": screen,
        "danger": question.get("danger", False),
        "sensitive": question.get("sensitive", False),
        "named": question.get("named"),
        "observe": question.get("observe", False),
    }


def describe_reasons(toolkit: Toolkit, facts: Sequence[Fact], answers: Answers) -> list[contract.Reason]:
    """The answers behind some facts, each question once."""
    return _in_words(toolkit, dict.fromkeys(fact.question for fact in facts), answers)


def describe_answers(toolkit: Toolkit, answers: Answers) -> list[contract.Reason]:
    """Every answer given, in the author's order of questions."""
    return _in_words(toolkit, toolkit.kind("questions"), answers)


def describe_given(toolkit: Toolkit, names: Iterable[str], answers: Answers) -> list[contract.Reason]:
    """The answers to these questions, where there are any."""
    return _in_words(toolkit, names, answers)


def _in_words(toolkit: Toolkit, names: Iterable[str], answers: Answers) -> list[contract.Reason]:
    """The answers to these questions, where there are any."""
    return [
        {
            "question": name,
            "answer": spoken_one(answers, name),
            "says": f"{toolkit.kind('questions')[name]['ask'].rstrip('?.')}: {answer_in_words(toolkit, name, answers)}",
        }
        for name in names
        if answers.answered(name)
    ]


def answer_in_words(toolkit: Toolkit, name: str, answers: Answers) -> str:
    """An answer as a person would read it."""
    answer = spoken_one(answers, name)
    question = toolkit.kind("questions")[name]
    if isinstance(answer, list):
        labels = toolkit.choices(question)
        return ", ".join(label for choice, label in labels.items() if choice in answer) or "none"
    if question["type"] == "choice" and answer != "not-sure":
        return toolkit.choices(question)[str(answer)]
    return _WORDS.get(str(answer), str(answer))
