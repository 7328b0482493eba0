"""Answers from a file or standard input, as YAML or JSON: question ids to answers."""

from __future__ import annotations

import sys
from typing import Any, NamedTuple

from cst.cli.errors import Trouble, describe_faults, trouble
from cst.exits import Exit
from cst.source import yaml

NULL = "null"  # as JSON writes it; read as YAML every value is text
Places = dict[str, tuple[str, int]]  # question to file and line


class Held(NamedTuple):
    """What a file holds: answers by question, where each stands, and the area of a plan that is given back."""

    answers: dict[str, Any]
    places: Places
    area: str | None


def read(file: str) -> Held:
    """What a file holds; `-` is standard input. JSON is read as the YAML that it is.

    A plan printed with `--json` or saved can be given back: its `answers` and its `area` are taken. Its minute is
    not, for whom to ring depends on when that is.

    Raises:
        Trouble: the file is missing, or cannot be understood (with the place).
    """
    try:
        data = _bytes(file)
    except OSError as error:
        raise trouble(
            Exit.NO_INPUT, "file-missing", f"{file} cannot be read: {error.strerror}.", "Check the name."
        ) from None
    name = "standard input" if file == "-" else file
    tree, faults = yaml.read(data, name)
    if faults:
        raise Trouble(Exit.BAD_INPUT, describe_faults(faults))
    within = ("answers",) if isinstance(tree.get("answers"), yaml.Mapping) else ()
    answers = tree["answers"] if within else tree
    places = {str(question): (name, yaml.line_of(tree, (*within, question))) for question in answers}
    area = str(tree.get("area", NULL)) if within else NULL
    given = {str(question): _plain(value) for question, value in answers.items()}
    return Held(given, places, None if area == NULL else area)


def _bytes(file: str) -> bytes:
    """What is there, up to one byte more than is taken: a device never ends."""
    if file == "-":
        return sys.stdin.buffer.read(yaml.MOST_BYTES + 1)
    with open(file, "rb") as opened:
        return opened.read(yaml.MOST_BYTES + 1)


def _plain(value: Any) -> Any:
    return [str(one) for one in value] if isinstance(value, list) else value if isinstance(value, dict) else str(value)
