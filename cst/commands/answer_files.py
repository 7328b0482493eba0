"""Answers from a file or standard input, as YAML or JSON: question ids to answers."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

from cst.commands.trouble import Trouble, faults_said, trouble
from cst.exits import Exit
from cst.toolkit import yaml

Places = dict[str, tuple[str, int]]  # question to file and line


def read(file: str) -> tuple[dict[str, Any], Places]:
    """The answers in a file and where each stands; `-` is standard input. JSON is read as the YAML that it is.

    A plan printed with `--json` can be given back: its `answers` are taken.

    Raises:
        Trouble: the file is missing, or cannot be understood (with the place).
    """
    try:
        data = sys.stdin.buffer.read() if file == "-" else Path(file).read_bytes()
    except OSError as error:
        raise trouble(
            Exit.NO_INPUT, "file-missing", f"{file} cannot be read: {error.strerror}.", "Check the name."
        ) from None
    name = "standard input" if file == "-" else file
    tree, faults = yaml.read(data, name)
    if faults:
        raise Trouble(Exit.BAD_INPUT, faults_said(faults))
    within = ("answers",) if isinstance(tree.get("answers"), yaml.Mapping) else ()
    answers = tree["answers"] if within else tree
    places = {str(question): (name, yaml.line_of(tree, (*within, question))) for question in answers}
    return {str(question): _plain(value) for question, value in answers.items()}, places


def _plain(value: Any) -> Any:
    return [str(one) for one in value] if isinstance(value, list) else value if isinstance(value, dict) else str(value)
