"""`cst` on its own: the emergency line, the commands, the issues."""

from __future__ import annotations

import sys

from cst import card
from cst.cli.request import Request
from cst.exits import Exit
from cst.views.formats.line_breaks import fitted

COMMANDS = (
    ("cst triage", "walk through it, question by question"),
    ("cst lookup WORD", "look up an issue, a service, an acronym, or any words"),
    ("cst eligible SCHEME", "check who can have something, or whether a duty is met"),
    ("cst list issues", "list issues, contacts, schemes, terms, areas"),
    ("cst check", "check the toolkit, or your team's own file"),
)


def welcome(request: Request) -> int:
    """Prints the emergency line, then the commands and the issues."""
    sys.stdout.write(card.LINE + "\n\n")
    sys.stdout.flush()
    wide = max(len(command) for command, _ in COMMANDS)
    sys.stdout.write(fitted("".join(f"  {command:{wide}}  {does}\n" for command, does in COMMANDS), sys.stdout))
    issues = request.toolkit().kind("issues")
    listed = "".join(f"  {name}: {issue['title']}\n" for name, issue in issues.items())
    sys.stdout.write(fitted(f"\nIssues\n{listed}\nMore: cst --help\n", sys.stdout))
    return Exit.DONE
