"""The early lane: the plainest forms of `lookup` and `eligible --no-input`, answered before Typer is loaded.

Typer alone takes more than five times a bare interpreter start, and these two run in aliases and loops. The lane only
reads options that need no judgement and hands over to the same functions; it words no error and no help. Anything
else, a misspelt option or a missing value too, is left to Typer.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import Any

SWITCHES = ("--json", "--plain", "--accessible", "--no-input", "--short")
VALUED = ("--area", "--at", "-a", "--answer", "--field")


def quick(arguments: Sequence[str]) -> Callable[[], int] | None:
    """What to run for this command line, or None where Typer has to read it."""
    if len(arguments) < 2 or arguments[0] not in ("lookup", "eligible"):
        return None
    words, given = _sorted_out(arguments[1:])
    if given is None or not words or any(word.startswith("-") for word in words):
        return None
    return _lookup(words, given) if arguments[0] == "lookup" else _eligible(words, given)


def _sorted_out(arguments: Sequence[str]) -> tuple[list[str], dict[str, Any] | None]:
    """Words, and options with their values; None for the options where one is not among the plain ones."""
    words: list[str] = []
    given: dict[str, Any] = {"answers": []}
    rest = iter(arguments)
    for argument in rest:
        if argument in SWITCHES:
            given[argument] = True
        elif argument in VALUED:
            value = next(rest, None)
            if value is None:
                return words, None
            if argument in ("-a", "--answer"):
                given["answers"].append(value)
            else:
                given[argument] = value
        elif argument.startswith("-"):
            return words, None
        else:
            words.append(argument)
    return words, given


def _asked(given: dict[str, Any]) -> Any:
    from cst.commands.common import Asked

    switches = ("--json" in given, "--plain" in given, "--accessible" in given)
    return Asked.of(given.get("--area"), given.get("--at"), *switches, None, "--short" in given)


def _lookup(words: list[str], given: dict[str, Any]) -> Callable[[], int] | None:
    if given["answers"] or "--no-input" in given:
        return None
    from cst.commands.lookup import lookup

    return partial(lookup, _asked(given), words, given.get("--field"))


def _eligible(words: list[str], given: dict[str, Any]) -> Callable[[], int] | None:
    if len(words) != 1 or "--field" in given or not ("--no-input" in given or "--json" in given):
        return None
    from cst.commands.eligible import eligible

    return partial(eligible, _asked(given), words[0], given["answers"], None, ask=False)
