"""The answers given on the command line and in a file, all checked before anything is asked."""

from __future__ import annotations

from cst.cli.errors import Trouble, trouble
from cst.engine.answers import Answers, BadAnswer, one
from cst.engine.plan import AREA
from cst.exits import Exit
from cst.lean_typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from typing import Any

    from cst import contract
    from cst.rules import Value
    from cst.toolkit.toolkit import Toolkit


class Resumed(NamedTuple):
    """The answers given, and the area of the plan they came from."""

    answers: Answers
    area: str | None


def given_answers(toolkit: Toolkit, options: Sequence[str], file: str | None) -> Answers:
    """The answers alone; see `resumed`."""
    return resumed(toolkit, options, file).answers


def resumed(toolkit: Toolkit, options: Sequence[str], file: str | None) -> Resumed:
    """Answers from `-a` options and a file; an option wins over the file.

    Raises:
        Trouble: the file is missing or cannot be understood, an option is not QUESTION=VALUE, or a question or
            value is not known (all of them at once).
    """
    given: dict[str, Any] = {}
    places: dict[str, tuple[str, int]] = {}
    area = None
    if file:
        from cst.cli import answer_files

        given, places, area = answer_files.read(file)
    for option in options:
        name, equals, value = option.partition("=")
        if not equals:
            raise trouble(
                Exit.USAGE, "answer", f"-a cannot be {option:.60}.", "Write -a QUESTION=VALUE, such as -a age=82."
            )
        given[name.strip()] = value
        places.pop(name.strip(), None)
        area = None if name.strip() == AREA else area
    return Resumed(_checked(toolkit, given, places), area)


def _checked(toolkit: Toolkit, given: Mapping[str, Any], places: Mapping[str, tuple[str, int]]) -> Answers:
    known: dict[str, Value] = {}
    unsure: set[str] = set()
    faults: list[contract.Fault] = []
    for name, written in given.items():
        try:
            value = one(toolkit, name, written)
        except BadAnswer as bad:
            file, line = places.get(name, ("", 0))
            faults.append({"code": "answer", "file": file, "line": line, "says": bad.says, "remedy": bad.remedy})
            continue
        if value is None:
            unsure.add(name)
        else:
            known[name] = value
    if faults:
        raise Trouble(Exit.BAD_INPUT if any(fault["file"] for fault in faults) else Exit.USAGE, faults)
    return Answers(known, frozenset(unsure))
