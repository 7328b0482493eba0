"""`cst` on its own: the emergency line, what to type first, the topics. It fits a screen of 24 rows."""

from __future__ import annotations

import sys

from cst import card
from cst.cli.request import Request
from cst.exits import Exit
from cst.views.formats.line_breaks import fitted
from cst.views.formats.safe_text import one_line

NO_DANGER = "No danger now, but police: 101."
COMMANDS = (
    ("cst triage", "a few questions, then what to do and whom to ring"),
    ("cst lookup marac", "a topic, a service, an acronym, or any words"),
    ("cst eligible fire-visit", "who can have something, or whether a duty is met"),
    ("cst lookup mash --short", "three lines"),
)
TOPICS = 'Topics, for triage and lookup. Any words will do, such as: lookup "two phones"'
MORE = (
    ("Your area each time:", "cst settings area gosport"),
    ("At 2 a.m.:", "cst help night"),
    ("What it leaves behind:", "cst help privacy"),
    ("Everything else:", "cst --help"),
)
COLUMN = 25  # columns for a topic; three stand beside each other where there is room


def welcome(request: Request) -> int:
    """Prints the emergency line, then the commands and the topics."""
    sys.stdout.write(f"{card.LINE}")
    sys.stdout.flush()
    area = request.area or "not set"
    sys.stdout.write(fitted(f" {NO_DANGER} Area: {one_line(area)}\n\n", sys.stdout))
    sys.stdout.write(fitted(_pairs(COMMANDS, "  ") + "\n", sys.stdout))
    toolkit = request.toolkit()
    sys.stdout.write(fitted(f"{TOPICS}\n{_in_columns(list(toolkit.kind('issues')))}\n", sys.stdout))
    edition = toolkit.records["edition"]
    sys.stdout.write(fitted(f"{_pairs(MORE)}Hampshire, edition {edition['version']}.\n", sys.stdout))
    return Exit.DONE


def _pairs(pairs: tuple[tuple[str, str], ...], before: str = "") -> str:
    """Two columns."""
    wide = max(len(first) for first, _ in pairs)
    return "".join(f"{before}{first:{wide}}  {second}\n" for first, second in pairs)


def _in_columns(names: list[str]) -> str:
    """The topics read down, three beside each other; one below the other where there is no room, or in a pipe."""
    beside = max(1, min(3, card.columns() // COLUMN)) if sys.stdout.isatty() else 1
    rows = -(-len(names) // beside)
    lines = [names[row::rows] for row in range(rows)]
    return "".join("  " + "".join(f"{name:{COLUMN}}" for name in line).rstrip() + "\n" for line in lines)
