"""The answers given with `-a` and in a file or on standard input, all checked before anything is asked."""

from __future__ import annotations

import sys

from cst.cli.core_file import leave_none
from cst.cli.errors import Trouble, cannot_read, describe_faults, trouble
from cst.engine.answers import Answers, BadAnswers, read_answers
from cst.engine.situation import AREA
from cst.exits import Exit
from cst.lean_typing import TYPE_CHECKING, NamedTuple
from cst.plain_file import read_plain

if TYPE_CHECKING:
    from collections.abc import Sequence
    from typing import Any

    from cst import contract
    from cst.toolkit.toolkit import Toolkit

    Places = dict[str, tuple[str, int]]  # question to file and line

NULL = "null"  # as JSON writes it; read as YAML every value is text


class Resumed(NamedTuple):
    """The answers given, and the area of the plan they came from."""

    answers: Answers
    area: str | None


class Written(NamedTuple):
    """What a file holds: words by question, where each stands, and the area of a plan that is given back."""

    answers: dict[str, Any]
    places: Places
    area: str | None


def resumed(toolkit: Toolkit, options: Sequence[str], file: str | None) -> Resumed:
    """Answers from `-a` options and a file; an option wins over the file.

    Raises:
        Trouble: the file is missing or cannot be understood, an option is not QUESTION=VALUE, or a question or
            value is not known (all of them at once).
    """
    leave_none()
    given, places, area = in_file(file) if file else Written({}, {}, None)
    for name, value in _typed(toolkit, options).items():
        given[name] = value
        places.pop(name, None)
        area = None if name == AREA else area
    try:
        return Resumed(read_answers(toolkit, given), area)
    except BadAnswers as bad:
        raise _refused(bad, places) from None


def _typed(toolkit: Toolkit, options: Sequence[str]) -> dict[str, str]:
    """The answers of `-a` options by question; what may be ticked together may also be given one by one.

    Raises:
        Trouble: an option is not QUESTION=VALUE, or two of them contradict each other: neither is dropped in silence.
    """
    from cst.views.formats.safe_text import clean

    several = {name for name, one in toolkit.kind("questions").items() if one["type"] == "pick-many"}
    typed: dict[str, str] = {}
    for option in options:
        name, equals, value = (part.strip() for part in clean(option).partition("="))
        if not (name and equals and value):
            says = f"-a cannot be {option:.60}." if option.strip() else "-a needs an answer."
            raise trouble(Exit.USAGE, "answer", says, "Write -a QUESTION=VALUE, such as -a age=82.")
        before = typed.setdefault(name, value)
        if value == before:
            continue
        if name not in several:
            says = f"-a gives {name:.40} two answers: {before:.40} and {value:.40}."
            raise trouble(
                Exit.USAGE, "answer", says, "Write only the one that is true. If you do not know, write not-sure."
            )
        typed[name] = f"{before},{value}"
    return typed


def _refused(bad: BadAnswers, places: Places) -> Trouble:
    """What to say of answers that are not allowed, each where it stands."""
    faults: list[contract.Fault] = []
    for name, one in bad.refused.items():
        file, line = places.get(name, ("", 0))
        faults.append({"code": "answer", "file": file, "line": line, "says": one.says, "remedy": one.remedy})
    return Trouble(Exit.BAD_INPUT if any(fault["file"] for fault in faults) else Exit.USAGE, faults)


def in_file(file: str) -> Written:
    """What a file holds, question ids to answers; `-` is standard input. JSON is read as the YAML that it is.

    A plan printed with `--json` or saved can be given back: its `answers` and its `area` are taken. Its minute is
    not, for whom to ring depends on when that is.

    Raises:
        Trouble: the file is missing, or cannot be understood (with the place).
    """
    from cst.source import yaml  # most often there is no file

    try:
        data = sys.stdin.buffer.read(yaml.MOST_BYTES + 1) if file == "-" else read_plain(file, yaml.MOST_BYTES)
    except OSError as error:
        raise cannot_read(file, error) from None
    name = "standard input" if file == "-" else file
    tree, faults = yaml.read(data, name, "answers, a line each, such as age: 82")
    if faults:
        raise Trouble(Exit.BAD_INPUT, describe_faults(faults))
    within = ("answers",) if isinstance(tree.get("answers"), yaml.Mapping) else ()
    answers = tree["answers"] if within else tree
    places = {str(question): (name, yaml.line_of(tree, (*within, question))) for question in answers}
    area = str(tree.get("area", NULL)) if within else NULL
    given = {str(question): _plain(value) for question, value in answers.items()}
    return Written(given, places, None if area == NULL else area)


def _plain(value: Any) -> Any:
    return [str(one) for one in value] if isinstance(value, list) else value if isinstance(value, dict) else str(value)
