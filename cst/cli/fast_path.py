"""The early lane: the plainest forms of the commands that scripts use, answered before Typer is loaded.

Typer alone takes more than five times a bare interpreter start, and these run in aliases and loops. The lane reads
only what the table of options says it may, and runs what Typer would; it words no error and no help. Anything else, a
misspelt option or a missing value too, is left to Typer.
"""

from __future__ import annotations

import os
import sys

from cst.cli import dispatch
from cst.cli.options import Given, taken_by
from cst.lean_typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    Act = Callable[[], int]
    Lane = Callable[[list[str], Given], Act | None]


def fast_path(arguments: Sequence[str]) -> Act | None:
    """What to run for this command line, or None where Typer has to read it."""
    if arguments and arguments[0] in LANES:
        read = _read(arguments[0], arguments[1:])
        return LANES[arguments[0]](*read) if read else None
    if not arguments and not any(name.endswith("_COMPLETE") for name in os.environ):  # a shell asks with no words
        return lambda: dispatch.welcome(Given())
    return dispatch.version if list(arguments) == ["--version"] else None


def _read(command: str, arguments: Sequence[str]) -> tuple[list[str], Given] | None:
    """Words and options of a command; None where there is anything but words and options that the lane may read."""
    options = {spelling: option for option in taken_by(command) if option.fast for spelling in option.spellings}
    words: list[str] = []
    given = Given()
    rest = iter(arguments)
    for argument in rest:
        option = options.get(argument)
        if option is None:
            if argument.startswith("-"):
                return None
            words.append(argument)
        elif option.metavar is None:
            given[option.name] = True
        elif (value := next(rest, None)) is None:
            return None
        else:
            given[option.name] = [*given[option.name], value] if option.repeatable else value
    return words, given


def _lookup(words: list[str], given: Given) -> Act | None:
    return (lambda: dispatch.lookup(words, given)) if words else None


def _eligible(words: list[str], given: Given) -> Act | None:
    return _walk(lambda: dispatch.eligible(" ".join(words) or None, given), given) if words else None


def _triage(words: list[str], given: Given) -> Act | None:
    return _walk(lambda: dispatch.triage(words, given), given)


def _walk(act: Act, given: Given) -> Act | None:
    """A command that may ask. At a terminal the walk too, with the danger line first: what asks takes long to load."""
    if not dispatch.asks(given):
        return act
    if not sys.stdin.isatty():
        return None

    def walk() -> int:
        if not _in_lines(given):
            from cst.cli.first_words import say

            say()
        from cst.cli.signals import settle_in

        settle_in()
        return act()

    return walk


def _in_lines(given: Given) -> bool:
    """Whether lines are asked for, and no menus."""
    from cst.cli.settings import from_file, in_force

    held = in_force(from_file())
    return any(given[f"--{name}"] or (name in held and held[name].value) for name in ("plain", "accessible"))


def _list(words: list[str], given: Given) -> Act | None:
    return (lambda: dispatch.list_(words[0], given)) if len(words) == 1 else None


LANES: Mapping[str, Lane] = {"lookup": _lookup, "eligible": _eligible, "triage": _triage, "list": _list}
