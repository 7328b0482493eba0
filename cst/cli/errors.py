"""What a command says when it cannot do what it was asked: the emergency line, what is wrong, how to mend it."""

from __future__ import annotations

import sys

from cst import CONTRACT, card
from cst.lean_typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from typing import Any

    from cst import contract


class Trouble(Exception):
    """Something to tell the user, and the exit code that goes with it.

    `whole_card` prints the whole emergency card instead of its first line.
    """

    def __init__(self, exit_code: int, faults: Sequence[contract.Fault], *, whole_card: bool = False) -> None:
        super().__init__(faults[0]["says"])
        self.exit_code = exit_code
        self.faults = list(faults)
        self.whole_card = whole_card

    def show(self, *, json: bool) -> int:
        """Writes it and gives the exit code: with `json` a document on standard output, else words."""
        from cst.cli.first_words import take_back

        take_back()
        if json:
            from cst.views.formats.json import data

            said = {"cst": CONTRACT, "kind": "faults", "exit": self.exit_code, "faults": self.faults, "checked": {}}
            sys.stdout.write(data(said))
        from cst.views.formats.line_breaks import fitted

        try:
            self._show_card(json=json)
        finally:  # what is wrong is said also where the card cannot be written
            sys.stderr.write(fitted("\n".join(map(_line, self.faults)), sys.stderr) + "\n")
        return self.exit_code

    def _show_card(self, *, json: bool) -> None:
        if not self.whole_card:
            sys.stderr.write(card.LINE + "\n")
            return
        stream = sys.stderr if json else sys.stdout
        stream.write(card.text(card.columns()))
        stream.flush()


def _line(fault: contract.Fault) -> str:
    from cst.views.formats.safe_text import clean

    line = f":{fault['line']}" if fault["line"] else ""
    place = f"{fault['file']}{line}: " if fault["file"] else ""
    return clean(f"{place}{fault['says']} {fault['remedy']}".strip())


def trouble(exit_code: int, code: str, says: str, remedy: str = "", *, whole_card: bool = False) -> Trouble:
    """One thing that is wrong with what the user gave."""
    return Trouble(
        exit_code, [{"code": code, "file": "", "line": 0, "says": says, "remedy": remedy}], whole_card=whole_card
    )


def cannot_read(file: str, error: OSError, remedy: str = "Check the name.") -> Trouble:
    """A file given by the user that is missing, or may not be read."""
    from cst.exits import Exit

    says, code = f"{file} cannot be read: {error.strerror}.", getattr(error, "code", "file-missing")
    own = getattr(error, "remedy", "")  # of a file that is there, and no plain one or too large
    exit_code = Exit.BAD_INPUT if code == "too-large" else Exit.NO_INPUT
    return trouble(exit_code, code, says, _begun(_ended(own)) if own else remedy)


def either(names: Sequence[str]) -> str:
    """Names to choose from: a, b or c."""
    *before, last = names
    return f"{', '.join(before)} or {last}" if before else last


def describe_faults(faults: Iterable[Any]) -> list[contract.Fault]:
    """Faults found in a file, as the contract writes them."""
    return [
        {
            "code": fault.code,
            "file": fault.file,
            "line": fault.line,
            "says": _ended(fault.says),
            "remedy": _begun(_ended(fault.remedy)),
        }
        for fault in faults
    ]


def _begun(text: str) -> str:
    """A sentence with a capital, unless it begins with something to type."""
    return text[:1].upper() + text[1:] if text.split(" ", 1)[0].isalpha() else text


def _ended(text: str) -> str:
    return text if text.endswith((".", "?")) else f"{text}."
