"""Counter-examples in words."""

from __future__ import annotations

from cst.engine.answers import Answers
from cst.engine.questions import describe_answers
from cst.toolkit.toolkit import Toolkit


def in_answers(toolkit: Toolkit, answers: Answers) -> str:
    """Answers as a sentence, so that the state can be brought about by hand."""
    said = [f"{one['question']}={_value(one['answer'])}" for one in describe_answers(toolkit, answers)]
    return f"with {', '.join(said)}" if said else "with nothing answered"


def _value(answer: object) -> str:
    return "+".join(map(str, answer)) or "none" if isinstance(answer, list) else str(answer)
