"""A first word that is no command: what was most likely meant, so that nobody is turned away for the wrong verb.

Whatever it becomes is said on the error stream. A misspelt command is still an error with the right one named: half of
a command line is too little to go by.
"""

from __future__ import annotations

from cst.cli.options import OPTIONS
from cst.lean_typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

COMMANDS = (
    "triage",
    "lookup",
    "eligible",
    "screen",
    "list",
    "graph",
    "help",
    "settings",
    "check",
    "verify",
    "changes",
    "export",
    "import",
)  # in app.py
_ASKS_WHOM = ("ring", "phone", "call", "dial", "text", "contact", "contacts", "number", "numbers", "who", "whom")
_ASKS_WHAT = ("search", "find", "look", "how", "what", "where", "info", "about", "show", "tell")
VERBS = frozenset((*_ASKS_WHOM, *_ASKS_WHAT))
LISTS = ("issues", "roles", "contacts", "schemes", "pathways", "cautions", "terms", "areas", "questions", "sources")
# Whole lines that are no command and no entry, and the command that answers them.
LINES = {
    "night": ["help", "night"],
    "at night": ["help", "night"],
    "help me": ["help", "night"],
    "help 2am": ["help", "night"],
    "out of hours": ["help", "night"],
    "who to ring": ["help", "night"],
    "who do i ring": ["help", "night"],
    "who do i call": ["help", "night"],
    "update": ["help", "update"],
    "upgrade": ["help", "update"],
    "handbook": ["list", "issues"],
    "manual": ["list", "issues"],
    "topics": ["list", "issues"],
    "save": ["help", "privacy"],
}
SAYS_VERSION = ("version", "-v", "-V")
SMALL = frozenset(["to", "is", "are", "the", "a", "an", "for", "do", "i", "my", "me", "up", "of", "can"])


def meant(arguments: Sequence[str]) -> list[str] | None:
    """The command line that was most likely meant by one whose first word is no command; None where it is one.

    Args:
        arguments: the words after `cst`.
    """
    if line := LINES.get(" ".join(_words(arguments)).casefold()):
        return line
    if not arguments or arguments[0] in COMMANDS:
        return None
    first, *rest = arguments
    if first.casefold() in COMMANDS:
        return [first.casefold(), *rest]
    if first in SAYS_VERSION:
        return ["--version"] if not rest else None
    if first in LISTS and not _words(rest):
        return ["list", *arguments]
    if first.startswith("-") or _misspelt(first, rest):
        return None
    words = list(arguments)
    while words and words[0].casefold() in VERBS | SMALL and _words(words[1:]):
        words.pop(0)
    return ["lookup", *words]


def _words(arguments: Sequence[str]) -> list[str]:
    """What is no option and no value of one."""
    takes_value = {spelling for option in OPTIONS if option.metavar for spelling in option.spellings}
    found, rest = [], iter(arguments)
    for one in rest:
        if one in takes_value:
            next(rest, None)
        elif not one.startswith("-"):
            found.append(one)
    return found


def _misspelt(word: str, rest: Sequence[str]) -> bool:
    """Whether a word is a command but for a slip."""
    from difflib import get_close_matches

    return bool(get_close_matches(word.casefold(), COMMANDS, 1, 0.8))


def taken_as(arguments: Sequence[str]) -> str:
    """What to say of it."""
    from cst.views.formats.safe_text import one_line

    return one_line(f"Taken as: cst {' '.join(arguments)}"[:200])
