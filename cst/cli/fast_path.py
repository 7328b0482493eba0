"""The early lane: the plainest forms of the commands that scripts use, answered before Typer is loaded.

Typer alone takes more than five times a bare interpreter start, and these run in aliases and loops. The lane only
reads options that need no judgement and hands over to the same functions; it words no error and no help. Anything
else, a misspelt option or a missing value too, is left to Typer.
"""

from __future__ import annotations

import sys

from cst.lean_typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from typing import Any

    Act = Callable[[], int]

SWITCHES = ("--json", "--plain", "--accessible", "--no-input", "--short", "--sources")
VALUED = ("--area", "--at", "-a", "--answer", "--field")
_SHOWN = {"--json", "--plain", "--accessible", "--area", "--at"}
_ASKED = {*_SHOWN, "--short", "--no-input", "-a"}


def fast_path(arguments: Sequence[str]) -> Act | None:
    """What to run for this command line, or None where Typer has to read it."""
    if arguments and arguments[0] in _LANES:
        lane, allowed = _LANES[arguments[0]]
        words, given = _sorted_out(arguments[1:])
        if given is not None and given.keys() <= allowed and not any(word.startswith("-") for word in words):
            return lane(words, given)
    return _version if list(arguments) == ["--version"] else None


def _sorted_out(arguments: Sequence[str]) -> tuple[list[str], dict[str, Any] | None]:
    """Words, and options with their values; None for the options where one is not among the plain ones."""
    words: list[str] = []
    given: dict[str, Any] = {}
    rest = iter(arguments)
    for argument in rest:
        if argument in SWITCHES:
            given[argument] = True
        elif argument in VALUED:
            value = next(rest, None)
            if value is None:
                return words, None
            if argument in ("-a", "--answer"):
                given.setdefault("-a", []).append(value)
            else:
                given[argument] = value
        elif argument.startswith("-"):
            return words, None
        else:
            words.append(argument)
    return words, given


def _request(given: dict[str, Any]) -> Any:
    from cst.cli.request import Request

    switches = ("--json" in given, "--plain" in given, "--accessible" in given)
    return Request.of(given.get("--area"), given.get("--at"), *switches, None, "--short" in given)


def _lookup(words: list[str], given: dict[str, Any]) -> Act | None:
    if not words:
        return None
    from cst.cli.commands.lookup import LookupOptions, lookup

    return lambda: lookup(_request(given), words, LookupOptions(given.get("--field"), "--sources" in given))


def _eligible(words: list[str], given: dict[str, Any]) -> Act | None:
    if len(words) != 1 or not _is_not_to_ask(given):
        return None
    from cst.cli.commands.eligible import eligible

    return lambda: eligible(_request(given), words[0], given.get("-a", ()), None, ask=False)


def _triage(words: list[str], given: dict[str, Any]) -> Act | None:
    """At a terminal the walk too: loading what asks takes long enough by itself."""
    ask = not _is_not_to_ask(given)
    if ask and not sys.stdin.isatty():
        return None
    from cst.cli.commands.triage import triage

    def run() -> int:
        if ask:
            from cst.cli.signals import settle_in

            settle_in()
        return triage(_request(given), words, given.get("-a", ()), None, ask=ask)

    return run


def _list(words: list[str], given: dict[str, Any]) -> Act | None:
    if len(words) != 1:
        return None
    from cst.cli.commands.listing import list_all

    return lambda: list_all(_request(given), words[0])


def _is_not_to_ask(given: dict[str, Any]) -> bool:
    return "--no-input" in given or "--json" in given


def _version() -> int:
    from cst.cli.commands.version import show_version

    return show_version()


_LANES: dict[str, tuple[Callable[[list[str], dict[str, Any]], Act | None], set[str]]] = {
    "lookup": (_lookup, {*_SHOWN, "--short", "--field", "--sources"}),
    "eligible": (_eligible, _ASKED),
    "triage": (_triage, _ASKED),
    "list": (_list, _SHOWN),
}
